"""A book of 20,000 items in 60 sheets, and a sheet of 1,048,576 rows with 30 of data: time and memory of reading.

    python -m benchmarks.big_book [--items 20000] [--rows 1048576] [--keep FOLDER]

Each step runs as ``tracegraph`` in a process of its own with an empty data folder. Memory is the largest resident set
of the process and of the child that opens the files, sampled together from /proc (Linux); elsewhere it is not measured.
Reading must give every item; one JSON object is printed, and the exit status tells whether the limits of issue 4 hold
(30 s and 600 MB for the book, 10 s for the sheet).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.invented_book import write_book, write_sparse

BOOK_SECONDS, BOOK_MB, SHEET_SECONDS = 30.0, 600.0, 10.0
_SAMPLE_SECONDS = 0.05
_SPARSE_ITEMS = 30
_LONGEST_SECONDS = 300.0  # a run that takes longer hangs and is ended


@dataclass(frozen=True, slots=True)
class Step:
    """One run: seconds from start to end, processor seconds, largest memory of all its processes, and what it gave."""

    name: str
    seconds: float
    cpu: float
    megabytes: float | None
    items: int
    status: int


def measure(name: str, arguments: list[str], home: Path, out: Path) -> Step:
    """Run ``tracegraph`` with these arguments; its output goes to ``out``, and is counted where it is a CSV."""
    env = {**os.environ, "TRACEGRAPH_HOME": str(home), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    before, started = os.times(), time.monotonic()
    with out.open("wb") as target, out.with_suffix(".err").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tracegraph", *arguments], stdout=target, stderr=errors, env=env
        )
        peak = 0.0
        while process.poll() is None:
            if time.monotonic() - started > _LONGEST_SECONDS:
                process.kill()
                process.wait()
                break
            peak = max(peak, _family_megabytes(process.pid))
            time.sleep(_SAMPLE_SECONDS)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Step(
        name, round(time.monotonic() - started, 2), round(cpu, 2), round(peak) or None, _count(out), process.returncode
    )


def _family_megabytes(pid: int) -> float:
    """Resident memory of a process and of those it started; 0 where /proc does not tell."""
    total, waiting = 0.0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            status = Path(f"/proc/{one}/status").read_text(encoding="ascii", errors="replace")
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split())
        except (OSError, ValueError):
            continue
        total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0) / 1e3
    return total


def _count(out: Path) -> int:
    """Items of a CSV of ``tracegraph read``; 0 for other output."""
    if out.suffix != ".csv":
        return 0
    csv.field_size_limit(10_000_000)
    with out.open(encoding="utf-8-sig", newline="") as rows:
        return sum(1 for row in csv.DictReader(rows) if row.get("name"))


def run(folder: Path, items: int, rows: int) -> tuple[list[Step], list[str]]:
    """All steps, and what is beyond a limit."""
    book, sparse = folder / "book.xlsx", folder / "sparse.xlsx"
    written = write_book(book, items)
    write_sparse(sparse, rows, _SPARSE_ITEMS)
    read = measure("read the book", ["read", str(book), "--format", "csv"], folder / "home", folder / "book.csv")
    far = measure("read the sheet", ["read", str(sparse), "--format", "csv"], folder / "home", folder / "sparse.csv")
    kept = measure(
        "import the book", ["import", str(book), "--owner", "เทศบาลเมืองตัวอย่าง"], folder / "home", folder / "import.txt"
    )
    broken = [f"{step.name}: exit status {step.status}" for step in (read, far, kept) if step.status]
    broken += [
        f"{step.name}: {step.items} items of {wanted}"
        for step, wanted in ((read, written), (far, _SPARSE_ITEMS))
        if step.items != wanted
    ]
    broken += [
        f"{step.name}: {step.seconds} s"
        for step, most in ((read, BOOK_SECONDS), (far, SHEET_SECONDS))
        if step.seconds > most
    ]
    broken += [f"{step.name}: {step.megabytes} MB" for step in (read, far) if (step.megabytes or 0) > BOOK_MB]
    return [read, far, kept], broken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--rows", type=int, default=1_048_576)
    parser.add_argument("--keep", type=Path, help="write the files here and leave them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        steps, broken = run(folder, options.items, options.rows)
    print(json.dumps({"steps": [asdict(step) for step in steps], "beyond": broken}, ensure_ascii=False, indent=2))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

"""Ways of finding the same work, side by side on invented projects: ``python -m benchmarks same-work --count 10000``.

Each way runs in a process of its own, one after the other, on the same records. The threshold is chosen (and what
learns learns) on records of another seed. Prints a table in Markdown, ready for RESULTS.md; a way whose package is not
installed (extra ``benchmarks``) is left out and named.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.competitors import COMPETITORS

REPO = Path(__file__).resolve().parent.parent
#: Packages whose versions stand under the table.
_NAMED = ("rapidfuzz", "sparse-dot-topn", "scikit-learn", "splink", "dedupe", "duckdb", "numpy")
_KINDS = ("village", "phase", "road_number", "year", "tambon")
#: What the numeric libraries of a child use: ways are compared on one core unless asked otherwise.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main() -> int:
    """Run every way (or those of ``--only``), print the table, and keep the figures as JSON where asked."""
    asked = _read_arguments()
    print(f"$ python -m benchmarks same-work {' '.join(sys.argv[1:])}", flush=True)
    figures = []
    for name in asked.only or COMPETITORS:
        missing = find_missing(name, asked.count)
        if missing:
            print(f"{name}: left out, {missing}", flush=True)
            continue
        found = run_one(name, asked)
        print(f"{name}: {'failed' if found is None else json.dumps(found)}", flush=True)
        if found is not None:
            figures.append(found)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    print()
    print(build_report(figures, asked))
    return 0 if figures else 1


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks same-work", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="records of the test")
    parser.add_argument("--seed", type=int, default=7, help="seed of the test, never learned from")
    parser.add_argument("--density", type=float, default=140.0, help="records for each tambon")
    parser.add_argument("--patterns", default="usual", help="'other': name patterns that no training has")
    parser.add_argument("--train-count", type=int, default=10_000, help="records to learn from, at most")
    parser.add_argument("--train-seed", type=int, default=1007)
    parser.add_argument("--workers", type=int, default=1, help="threads or processes of each way")
    parser.add_argument("--only", action="append", choices=COMPETITORS, help="may be given several times")
    parser.add_argument("--json", type=Path, help="keep all figures in this file as well")
    asked = parser.parse_args()
    if asked.seed == asked.train_seed:
        parser.error("the seed of the test must not be the one that is learned from")
    return asked


def find_missing(name: str, count: int) -> str:
    """Why a way cannot run here, '' where it can."""
    competitor = COMPETITORS[name]
    try:
        found = importlib.util.find_spec(competitor.needs)
    except ModuleNotFoundError:
        found = None
    if found is None:
        return f"{competitor.needs} is not installed (pip install tracegraph[benchmarks])"
    return f"it is not tried beyond {competitor.most:,} records" if count > competitor.most else ""


def run_one(name: str, asked: argparse.Namespace) -> dict[str, Any] | None:
    """The figures of one way from a process of its own, or None where it failed (its error is shown)."""
    options = [
        f"--{option}={getattr(asked, option.replace('-', '_'))}"
        for option in ("count", "seed", "density", "patterns", "train-count", "train-seed", "workers")
    ]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.same_work_run", name, *options],
        cwd=REPO,
        env={**os.environ, **dict.fromkeys(_THREADS, str(asked.workers))},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    lines = done.stdout.strip().splitlines()
    return dict(json.loads(lines[-1])) if done.returncode == 0 and lines else None


def build_report(figures: list[dict[str, Any]], asked: argparse.Namespace) -> str:
    """The table and what it was measured with, in Markdown."""
    kinds = {"village": "หมู่", "phase": "phase", "road_number": "soi no.", "year": "year", "tambon": "tambon"}
    heads = ["", "s", "CPU s", "of it parsing", "peak MB", "pairs", "candidate recall (misplaced)"]
    heads += ["precision", "recall", "F1", *(f"{kinds[kind]} merged" for kind in _KINDS), "learning s"]
    rows = [heads, ["---"] * len(heads), *map(_build_row, figures)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    about = (
        f"{time.strftime('%-d %B %Y') if os.name != 'nt' else time.strftime('%d %B %Y')}: "
        f"{asked.count:,} records, seed {asked.seed}, {asked.density:g} a tambon, {asked.patterns} patterns; "
        f"trained on seed {asked.train_seed}. {_describe_machine()}, {asked.workers} "
        f"{'thread' if asked.workers == 1 else 'threads'}. {_list_versions()}."
    )
    return "\n".join([about, "", *lines])


def _build_row(found: dict[str, Any]) -> list[str]:
    recall, odd = found["candidate_recall"], found["candidate_recall_misplaced"]
    parsing = found["notes"].get("parsing")
    return [
        COMPETITORS[found["name"]].title,
        f"{found['wall']:.1f}",
        f"{found['cpu']:.1f}",
        "" if parsing is None else f"{parsing:.1f}",
        f"{found['peak_mb']:,} ({found['input_mb']:,} before)",
        f"{found['pairs']:,}",
        "" if recall is None else f"{recall:.3f} ({odd:.2f})",
        *(f"{found[name]:.3f}" for name in ("precision", "recall", "f1")),
        *(f"{found['merged'].get(kind, 0.0):.1%}" for kind in _KINDS),
        f"{found['learning']:.0f}",
    ]


def _describe_machine() -> str:
    cores = os.cpu_count() or 1
    memory = ""
    if hasattr(os, "sysconf"):
        memory = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
    return f"{cores} cores{memory}, Python {platform.python_version()}"


def _list_versions() -> str:
    found = []
    for package in _NAMED:
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


if __name__ == "__main__":
    sys.exit(main())

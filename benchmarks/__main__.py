"""Every benchmark, one after another: ``python -m benchmarks [--quick]``.

``python -m benchmarks generate …`` writes invented projects with their truth, ``python -m benchmarks same-work …``
compares ways of finding the same work on them; ``--help`` behind either tells more.

``--quick`` takes a tenth of everything and the embedded engine only. Figures that were kept are in ``RESULTS.md``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent

#: module, arguments, arguments of a quick look.
BENCHES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("bench_thai", (), ("--repeat", "1")),
    ("bench_places", (), ("--cases", "2000")),
    ("big_book", (), ("--items", "2000", "--rows", "100000")),
    ("bench_answers", (), ("--needs", "400", "--projects", "300")),
    ("bench_lookup", (), ("--count", "20000")),
    ("province", (), ("--share", "0.1", "--engine", "arcadedb", "--repeats", "1")),
)


#: Commands of their own, which take their own options.
COMMANDS = {"generate": "generate_projects", "same-work": "same_work"}


def main() -> int:
    """The highest exit status of all; a bench whose data are not here is left out and named."""
    if len(sys.argv) > 1 and sys.argv[1] in COMMANDS:
        module = f"benchmarks.{COMMANDS[sys.argv[1]]}"
        return subprocess.run([sys.executable, "-m", module, *sys.argv[2:]], check=False).returncode
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--shared", type=Path, default=REPO.parent / "shared", help="folder of real records")
    arguments = parser.parse_args()
    worst = 0
    for name, full, quick in BENCHES:
        options = list(quick if arguments.quick else full)
        if name in ("bench_thai", "bench_places"):
            if not (arguments.shared / "data").is_dir():
                print(f"== {name}: left out, the folder of real records is not here", flush=True)
                continue
            options += ["--shared", str(arguments.shared)]
        print(f"== {name} {' '.join(quick if arguments.quick else full)}".rstrip(), flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *options], cwd=REPO, check=False)
        worst = max(worst, abs(done.returncode))
    return worst


if __name__ == "__main__":
    sys.exit(main())

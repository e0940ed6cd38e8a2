"""Write invented projects with truth: ``python -m benchmarks generate --count 10000 --seed 7 --out FOLDER``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks.invented_projects import DENSITY, generate, write_csv
from benchmarks.project_patterns import SETS


def main() -> int:
    """Write records.csv and labels.csv and tell what they hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks generate", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="records")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--density", type=float, default=DENSITY, help="records for each tambon")
    parser.add_argument("--patterns", choices=SETS, default="usual", help="'other': name patterns the usual ones lack")
    parser.add_argument("--misplaced", type=float, default=0.05, help="share of repeated records with a wrong place")
    parser.add_argument("--out", type=Path, required=True, help="folder for records.csv and labels.csv")
    asked = parser.parse_args()
    invented = generate(
        asked.count, seed=asked.seed, density=asked.density, patterns=asked.patterns, misplaced=asked.misplaced
    )
    for path in write_csv(invented, asked.out):
        print(path)
    works = len({record.work for record in invented.records})
    print(f"{len(invented.records)} records of {works} works, {len(invented.hard)} hard pairs")
    return 0


if __name__ == "__main__":
    sys.exit(main())

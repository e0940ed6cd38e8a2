"""How many real names a second one core normalizes, parses, makes canonical, cuts into words and places.

    python benchmarks/bench_thai.py [--shared ../shared] [--repeat 5]

Reads the project names of Khlong Luang and of the national budget beside the checkout and prints one JSON object:
names, mean characters, and names a second of the best of ``--repeat`` passes for each step.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Callable
from pathlib import Path

from tracegraph.thai.normalize import normalize
from tracegraph.thai.parse import parse_name
from tracegraph.thai.places import Gazetteer
from tracegraph.thai.variants import canonical
from tracegraph.thai.words import words

REPO = Path(__file__).resolve().parent.parent
SOURCES = (
    ("klongluang/plan_projects.csv", "project_name_th"),
    ("national_budget/place_items_derived.csv", "item"),
)


def load_names(shared: Path) -> list[str]:
    """Every name of the two files, repeats included."""
    names: list[str] = []
    for file, column in SOURCES:
        with (shared / "data" / file).open(encoding="utf-8-sig", newline="") as rows:
            names += [row[column] for row in csv.DictReader(rows)]
    return names


def measure(step: Callable[[str], object], names: list[str], repeat: int) -> int:
    """Names a second of processor time, best of ``repeat`` passes."""
    best = float("inf")
    for _ in range(repeat):
        started = time.process_time()
        for name in names:
            step(name)
        best = min(best, time.process_time() - started)
    return round(len(names) / best)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=REPO.parent / "shared")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    names = load_names(options.shared)
    gazetteer = Gazetteer()
    parse_name("ก่อสร้างถนน คสล. หมู่ที่ 1 ต.คลองหนึ่ง")  # loads the word lists and the official names
    canonical.cache_clear()
    words("ถนน")
    result = {
        "names": len(names),
        "mean_characters": round(sum(map(len, names)) / len(names)),
        "normalize_and_parse_a_second": measure(parse_name, names, options.repeat),
        "normalize_a_second": measure(normalize, names, options.repeat),
        "canonical_a_second": measure(canonical.__wrapped__, names, options.repeat),
        "words_a_second": measure(words.__wrapped__, names, 1),
        "resolve_a_second": measure(lambda name: gazetteer.resolve(text=name), names, 1),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()

"""How many real names a second one core normalizes, parses, makes canonical, cuts into words and places.

    python benchmarks/bench_thai.py [--shared ../shared] [--repeat 5]

Reads the names beside the checkout: projects of local plans and needs, contracts, and lines of the national budget.
Every name counts once (no repeats, and the functions with a cache are called behind it). One JSON object is printed:
for each group of names their number, mean length and names a second. A group is measured in slices of 50 names, each
``--repeat`` times; the best time of each slice is added up, so that other work of the machine disturbs little.
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
GROUPS = {
    "local plans and needs": (
        ("klongluang/plan_projects.csv", "project_name_th"),
        ("nakhonsawan_p02/key.csv", "name"),
        ("maesai/1_village_proposals_oct2567.csv", "proposal"),
        ("maesai/4_action_plan_2568.csv", "project"),
    ),
    "contracts": (("klongluang/contracts.csv", "project_name"),),
    "national budget lines": (("national_budget/place_items_derived.csv", "item"),),
}
SLICE = 50


def load_names(shared: Path, group: str) -> list[str]:
    """Every distinct name of a group, in the order of its files."""
    names: list[str] = []
    for file, column in GROUPS[group]:
        with (shared / "data" / file).open(encoding="utf-8-sig", newline="") as rows:
            names += [row[column] for row in csv.DictReader(rows)]
    return list(dict.fromkeys(names))


def measure(step: Callable[[str], object], names: list[str], repeat: int) -> int:
    """Names a second of processor time."""
    total = 0.0
    for start in range(0, len(names), SLICE):
        part = names[start : start + SLICE]
        times = []
        for _ in range(repeat):
            started = time.process_time()
            for name in part:
                step(name)
            times.append(time.process_time() - started)
        total += min(times)
    return round(len(names) / total)


def read_whole(name: str) -> object:
    """What an import and a match need of one name: its fields and its words."""
    return parse_name(name), words.__wrapped__(name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=REPO.parent / "shared")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    gazetteer = Gazetteer()
    parse_name("ก่อสร้างถนน คสล. หมู่ที่ 1 ต.คลองหนึ่ง")  # loads the word lists and the official names
    words("ถนน")
    steps: dict[str, tuple[Callable[[str], object], int]] = {
        "parse": (parse_name, options.repeat),  # with the normalizing that it begins with
        "normalize": (normalize, options.repeat),
        "canonical": (canonical.__wrapped__, options.repeat),
        "place": (lambda name: gazetteer.resolve(text=name), 2),
        "words": (words.__wrapped__, 1),
        "parse and words": (read_whole, 1),
    }
    result: dict[str, dict[str, int]] = {}
    for group in GROUPS:
        names = load_names(options.shared, group)
        canonical.cache_clear()
        result[group] = {
            "names": len(names),
            "mean_characters": round(sum(map(len, names)) / len(names)),
            **{f"{step}_a_second": measure(call, names, repeat) for step, (call, repeat) in steps.items()},
        }
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()

"""How many places are found, how sure the gazetteer says it is, and what one look-up costs.

    python -m benchmarks.bench_places [--shared ../shared] [--cases 20000]

Two sets: the triples of the national budget (tambon, district, province as stated, and the item's whole text) beside
the checkout, and invented slips of official names (``invented_slips``), whose right code is known. One JSON object:
for each set the fates, the share found right by band of confidence, and microseconds for each look-up.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.invented_slips import iter_cases
from tracegraph.thai.name_slips import find_slip
from tracegraph.thai.place_types import PlaceMatch
from tracegraph.thai.places import Gazetteer

REPO = Path(__file__).resolve().parent.parent
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)


def count_bands(pairs: Iterable[tuple[PlaceMatch, str | None]]) -> dict[str, str]:
    """For each band of confidence, of the matches on a tambon: right of all, and the share."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for match, code in pairs:
        if match.area and len(match.area) >= 6:
            low = max(band for band in BANDS if band <= match.confidence)
            counts[f"{low:.2f}-{BANDS[BANDS.index(low) + 1]:.2f}"][match.area[:6] == code] += 1
    return {
        band: f"{count[True]}/{count.total()} = {count[True] / count.total():.3f}"
        for band, count in sorted(counts.items())
    }


def time_each(call: Callable[[dict[str, str]], PlaceMatch], rows: list[dict[str, str]]) -> tuple[list[PlaceMatch], int]:
    """The matches, and microseconds of processor time for each."""
    find_slip.cache_clear()
    started = time.process_time()
    matches = [call(row) for row in rows]
    return matches, round((time.process_time() - started) / max(len(rows), 1) * 1e6)


def by_triple(gazetteer: Gazetteer, district: str) -> Callable[[dict[str, str]], PlaceMatch]:
    """A look-up by the columns tambon, ``district`` and province."""
    return lambda row: gazetteer.resolve(tambon=row["tambon"], district=row[district], province=row["province"])


def measure_invented(gazetteer: Gazetteer, count: int) -> dict[str, object]:
    """Invented slips: fates by kind of slip, bands, and the time."""
    cases = list(iter_cases(gazetteer.names, count, seed=2569))
    rows = [{"tambon": case.tambon, "district": case.district, "province": case.province} for case in cases]
    matches, each = time_each(by_triple(gazetteer, "district"), rows)
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    for match, case in zip(matches, cases, strict=True):
        exact = match.area is not None and len(match.area) >= 6
        fates[case.how]["right" if exact and match.area == case.code else "wrong" if exact else "wider"] += 1
    pairs = zip(matches, (case.code for case in cases), strict=True)
    return {"fates": fates, "right by confidence": count_bands(pairs), "microseconds": each}


def measure_budget(gazetteer: Gazetteer, file: Path) -> dict[str, object]:
    """The national budget's triples: which level and problem, and the time, by triple and by text."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found: dict[str, object] = {}
    for name, right in (("exact", True), ("misspelt", False)):
        part = [row for row in rows if (row["in_kongvut_list"] == "ok") is right]
        for way, call in (
            ("triple", by_triple(gazetteer, "amphoe")),
            ("text", lambda row: gazetteer.resolve(text=row["item"])),
        ):
            matches, each = time_each(call, part)
            fates = Counter(f"{match.level} {match.problem or ''}".strip() for match in matches)
            found[f"{name} by {way}"] = {"fates": dict(fates.most_common()), "microseconds": each}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=REPO.parent / "shared")
    parser.add_argument("--cases", type=int, default=20_000)
    options = parser.parse_args()
    gazetteer = Gazetteer()
    gazetteer.resolve(text="ต.ใด")
    result: dict[str, object] = {"invented slips": measure_invented(gazetteer, options.cases)}
    file = options.shared / "data" / "national_budget" / "place_items_derived.csv"
    if file.is_file():
        result["national budget"] = measure_budget(gazetteer, file)
    print(json.dumps(result, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()

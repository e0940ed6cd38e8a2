"""Tambon, district and province as 6,994 lines of the national budget state them, against the official codes.

The right code of a triple that the official list has is the list's. A misspelt triple's right code is found here by
another way than the gazetteer's: the official triple of the province with the fewest letters changed (Levenshtein,
every letter alike), and only where one triple is nearest.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.thai.thai_names import load_rows
from tracegraph.thai.normalize import normalize
from tracegraph.thai.place_types import PlaceMatch
from tracegraph.thai.places import Gazetteer

pytestmark = pytest.mark.shared

Row = dict[str, str]
Official = dict[str, list[tuple[str, str, str]]]
"""Tambon, district and code of every tambon, by province."""


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[Row]:
    return load_rows(shared / "data" / "national_budget" / "place_items_derived.csv")


@pytest.fixture(scope="module")
def official(shared: Path) -> Official:
    found: Official = defaultdict(list)
    with gzip.open(shared / "data" / "places" / "tambon.csv.gz", "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["obsolete"]:
                found[row["province"]].append((row["name_th"], row["district"], row["tambon_code"]))
    return found


def resolve(gazetteer: Gazetteer, row: Row) -> PlaceMatch:
    return gazetteer.resolve(tambon=row["tambon"], district=row["amphoe"], province=row["province"])


def is_exact(row: Row) -> bool:
    return row["in_kongvut_list"] == "ok"


def find_codes(row: Row, official: Official) -> set[str]:
    """Codes of the triple in the official list; เมือง alone is the capital's district, a dash in a name is not told."""
    district = row["amphoe"] if row["amphoe"] != "เมือง" else f"เมือง{row['province']}"
    want = (row["tambon"].replace("-", ""), district.replace("-", ""))
    return {code for name, within, code in official[row["province"]] if (name, within) == want}


def count_changes(left: str, right: str) -> int:
    above = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b)))
        above = row
    return above[-1]


def find_nearest_code(row: Row, official: Official) -> str | None:
    """Code of the one nearest triple; None where two are as near or nothing is near."""
    province = min(official, key=lambda name: count_changes(name, row["province"]))
    district = row["amphoe"] if row["amphoe"] != "เมือง" else f"เมือง{province}"
    tambon = normalize(row["tambon"])
    far = sorted(
        (count_changes(tambon, name) + count_changes(normalize(district), within), code)
        for name, within, code in official[province]
    )
    nearest = [code for changes, code in far if changes == far[0][0]]
    return nearest[0] if len(nearest) == 1 and far[0][0] <= len(tambon) else None


def test_exact_triples_are_resolved_to_their_code(
    gazetteer: Gazetteer, rows: list[Row], official: Official, capsys: pytest.CaptureFixture[str]
) -> None:
    exact = [row for row in rows if is_exact(row)]
    matches = [resolve(gazetteer, row) for row in exact]
    right = sum(match.area in find_codes(row, official) for row, match in zip(exact, matches, strict=True))
    with capsys.disabled():
        sys.stdout.write(f"\nexact triples: {right} of {len(exact)} right")
    assert len(exact) > 6_000
    assert right >= 0.99 * len(exact)
    assert all(match.confidence > 0.9 and match.words for match in matches if match.level == "tambon")


def test_exact_places_are_found_in_the_words_of_the_item(
    gazetteer: Gazetteer, rows: list[Row], official: Official, capsys: pytest.CaptureFixture[str]
) -> None:
    """An item that names several tambons states them all; one of a road's two ends may be the place of the other."""
    fates: Counter[str] = Counter()
    for row in filter(is_exact, rows):
        match = gazetteer.resolve(text=row["item"])
        codes = find_codes(row, official)
        if match.area and len(match.area) >= 6:
            fates["right" if match.area[:6] in codes else "another"] += 1
        else:
            fates["among several" if codes & set(match.areas) else "wider"] += 1
    with capsys.disabled():
        sys.stdout.write(f"\nexact places by the item's words: {dict(fates)}")
    assert fates["right"] >= 0.98 * fates.total()
    assert fates["right"] + fates["among several"] >= 0.99 * fates.total()
    assert fates["another"] < 0.005 * fates.total()


def test_misspelt_triples_are_resolved_with_their_confidence(
    gazetteer: Gazetteer, rows: list[Row], official: Official, capsys: pytest.CaptureFixture[str]
) -> None:
    misspelt = [row for row in rows if not is_exact(row)]
    bands: dict[str, Counter[bool]] = defaultdict(Counter)
    for row in misspelt:
        match = resolve(gazetteer, row)
        right = match.level == "tambon" and match.area == find_nearest_code(row, official)
        sure = "0.8 and more" if match.confidence >= 0.8 else "less than 0.8"
        bands[sure if match.level == "tambon" else "wider or unknown"][right] += 1
        assert 0.0 <= match.confidence <= 1.0
        assert match.area is None or match.words
    with capsys.disabled():
        sys.stdout.write(
            f"\nmisspelt triples, right and wrong by confidence: { {k: dict(v) for k, v in bands.items()} }"
        )
    high = bands["0.8 and more"]
    assert sum(band[True] for band in bands.values()) >= 0.7 * len(misspelt)
    assert high[True] >= 0.95 * high.total()


def test_what_is_misspelt_is_said(gazetteer: Gazetteer, rows: list[Row]) -> None:
    """No slip is mended silently: it has a problem, or differs only by a sign that is no letter or by a short form."""
    silent = 0
    for row in rows:
        match = resolve(gazetteer, row)
        if not is_exact(row) and match.level == "tambon" and match.problem is None:
            silent += 1
        assert match.problem != "misspelt" or match.confidence <= 0.9
    assert silent < 0.15 * sum(not is_exact(row) for row in rows)

"""The shipped sample is what the story says, is marked as an example, and its truth is complete and sound."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from geothai import districts, subdistricts
from openpyxl import load_workbook

from tests.sample.story import builder, carried_of, fate_of, items_of, rank_of, rows, truth
from tracegraph.model.graph import WORK_CLASSES, Fate
from tracegraph.sample import sample_files, sample_mapping


def cells_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The cell values of a workbook by worksheet."""
    book = load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_built_files_are_up_to_date(tmp_path: Path) -> None:
    names = builder().build_sample(tmp_path)
    assert names == [path.name for path in sample_files()]
    for path in sample_files():
        if path.suffix == ".xlsx":
            assert cells_of(path) == cells_of(tmp_path / path.name), f"run scripts/build_sample.py: {path.name}"
        else:
            assert path.read_bytes() == (tmp_path / path.name).read_bytes(), f"run scripts/build_sample.py: {path.name}"
        built = tmp_path / "mappings" / sample_mapping(path).name
        assert sample_mapping(path).read_text(encoding="utf-8") == built.read_text(encoding="utf-8")


def test_the_same_story_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        builder().build_sample(tmp_path / folder)
    assert all(p.read_bytes() == (tmp_path / "b" / p.name).read_bytes() for p in (tmp_path / "a").glob("*.xlsx"))


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_every_file_is_marked_as_an_example(path: Path) -> None:
    if path.suffix == ".csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        titles = [path.read_text(encoding="utf-8-sig").splitlines()[0]]
    else:
        titles = [str(lines[0][0]) for lines in cells_of(path).values()]
    assert all("ตัวอย่าง" in title for title in titles)
    assert yaml.safe_load(sample_mapping(path).read_text(encoding="utf-8"))["document"]["sample"] is True


def test_the_case_has_the_size_and_the_levels_that_it_should() -> None:
    kinds = Counter(row.kind for row in rows().values())
    assert 55 <= kinds["PK01"] <= 75
    assert 150 <= len(rows()) - kinds["PK01"] <= 220
    assert set(kinds) == {f"PK{n:02d}" for n in range(1, 13)}
    assert {row.stage for row in rows().values()} == {"plan", "action", "budget", "contract"}
    strategies = [row for file in builder().read_story() if file.get("kind") == "strategies" for row in file["rows"]]
    assert len(strategies) >= 40


def test_places_are_real_and_villages_are_not(shared: Path) -> None:
    codes = {s.code: s.name_th for d in districts("81") for s in subdistricts(d.code)}
    with gzip.open(shared / "data" / "places" / "villages.csv.gz", "rt", encoding="utf-8", newline="") as f:
        real = {(row["tambon"], row["name_th"]) for row in csv.DictReader(f) if row["province"] == "กระบี่"}
    for file in builder().read_story():
        area = file.get("plan", {}).get("area", "")
        if len(area) == 6:
            assert codes[area] in file["title"]
        for name in (file.get("villages") or {}).values():
            assert (codes[area], name) not in real


def test_nothing_is_copied_from_the_reference(shared: Path) -> None:
    taken = set()
    for name, column in (("needs.csv", "villager_words"), ("projects.csv", "title")):
        with (shared / "domain" / name).open(encoding="utf-8-sig", newline="") as f:
            taken |= {row[column] for row in csv.DictReader(f)}
    own = {str(row.cells.get("text") or row.cells.get("name")) for row in rows().values()}
    assert not taken & own


def test_thai_is_typed_as_people_type_it() -> None:
    text = " ".join(path.read_text(encoding="utf-8-sig") for path in sample_files() if path.suffix == ".csv")
    assert "\u200b" in text
    assert re.search("\u0e4d[\u0e48-\u0e4b]?\u0e32", text) and "ำ" in text
    assert re.search("[๐-๙]", text) and "หมู่ที่" in text and "ม.1" in text
    assert "คสล." in text and "ค.ส.ล." in text


def test_truth_names_every_need_once_and_only_known_ids() -> None:
    needs = [need for thread in truth()["threads"] for need in thread["needs"]]
    assert sorted(needs) == sorted(name for name, row in rows().items() if row.kind == "PK01")
    named = {item for thread in truth()["threads"] for item in items_of(thread)}
    named |= {pair[side] for pair in truth()["pairs"] for side in ("a", "b")}
    named |= {pair[side] for pair in truth()["apart"] for side in ("need", "item")}
    named |= {need for pair in truth()["again"] for need in pair}
    assert named <= set(rows())


@pytest.mark.parametrize("thread", truth()["threads"], ids=lambda thread: thread["id"])
def test_stated_fates_follow_from_the_right_links(thread: dict[str, Any]) -> None:
    for need in thread["needs"]:
        fate, reached = fate_of(need, items_of(thread))
        assert (fate, reached) == (thread["fate"], set(thread["reached"])), need
        over = fate in (Fate.ARRIVED, Fate.FUNDED)
        assert thread["stopped"] is None if over else {thread["stopped"]} == (reached - {None} or {"PK01"})


def test_links_lead_upward_or_onward() -> None:
    assert all(rank_of(a) <= rank_of(b) for t in truth()["threads"] for a, b in carried_of(t))


def test_every_fate_and_every_class_occurs() -> None:
    assert {Fate(thread["fate"]) for thread in truth()["threads"]} == set(Fate)
    classes = Counter(pair["class"] for pair in truth()["pairs"])
    assert all(classes[work_class.code] >= 2 for work_class in WORK_CLASSES)


def test_needs_stop_at_every_level() -> None:
    kinds = {
        kind
        for t in truth()["threads"]
        for kind in (t["stopped"] if isinstance(t["stopped"], list) else [t["stopped"]])
    }
    reached = {kind for thread in truth()["threads"] for kind in thread["reached"]}
    assert {f"PK{n:02d}" for n in range(1, 9)} <= kinds
    assert {f"PK{n:02d}" for n in range(2, 13)} <= reached

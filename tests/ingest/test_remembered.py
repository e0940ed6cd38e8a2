"""A corrected mapping serves the same layout in other years, and is left aside where it no longer fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.ingest.conftest import MakeFile
from tracegraph.errors import MappingError
from tracegraph.ingest.headings import KINDS, properties
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.mapping_file import DocumentInfo, read_mapping
from tracegraph.ingest.property_words import has_words, reason_words
from tracegraph.ingest.remembered import (
    Remembered,
    build_remembered,
    forget,
    layout_key,
    load_remembered,
    save_remembered,
)

ON = date(2026, 11, 23)
HEADINGS = ("ที่", "งานที่จะทำ", "หมู่ที่", "ประเด็นการพัฒนาจังหวัด (2566-2570)", "ปี 2566", "ปี 2567")
MAPPING = read_mapping(
    "document: {owner: อบต.คลองเขม้า, years: 2566-2570, plan_kind: PK03}\n"
    "columns: {งานที่จะทำ: name, หมู่ที่: village_no, 'ประเด็นการพัฒนาจังหวัด (2566-2570)': PV}\n"
    "constants: {fund_source: เงินสะสม}\noptional: [หมู่ที่]\nignore: [ที่]\n",
    "แก้.yaml",
)


def kept(mapping: object = MAPPING, headings: tuple[str, ...] = HEADINGS) -> Remembered:
    return build_remembered(mapping, headings, "แผน.xlsx", ON)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        ("ที่", "งานที่จะทำ", "หมู่ที่", "ประเด็นการพัฒนาจังหวัด (2571-2575)", "ปี 2571", "ปี 2572", "ปี 2573"),
        ("ที่", "งาน ที่จะทํา", "หมู่ที่", "", "ประเด็นการพัฒนาจังหวัด (๒๕๗๑-๒๕๗๕)", "พ.ศ. ๒๕๗๑ (บาท)"),
    ],
)
def test_years_spaces_and_spellings_make_no_other_layout(other: tuple[str, ...]) -> None:
    assert layout_key(other) == layout_key(HEADINGS)


@pytest.mark.parametrize(
    "other",
    [
        ("ที่", "หมู่ที่", "งานที่จะทำ", *HEADINGS[3:]),
        (*HEADINGS, "หมายเหตุ"),
        HEADINGS[:4],
    ],
)
def test_other_columns_make_another_layout(other: tuple[str, ...]) -> None:
    assert layout_key(other) != layout_key(HEADINGS)
    assert layout_key(("", "  ")) == ""


def test_what_one_document_says_of_itself_is_not_remembered(tmp_path: Path) -> None:
    one = kept()
    assert one.mapping.document == DocumentInfo() and not one.mapping.constants
    assert one.reason == "จำไว้จาก แผน.xlsx, 23/11/2569 / remembered from แผน.xlsx, 2026-11-23"
    save_remembered(one, tmp_path)
    assert load_remembered(tmp_path) == {one.key: one}
    assert reason_words(one.reason) == ("จำไว้จาก แผน.xlsx, 23/11/2569", "remembered from แผน.xlsx, 2026-11-23")


def test_years_that_only_the_mapping_knows_are_not_remembered() -> None:
    with pytest.raises(MappingError, match="not remembered"):
        kept(replace(MAPPING, money={"ปีที่ 1": 2566}), ("งานที่จะทำ", "ปีที่ 1"))
    assert kept(replace(MAPPING, money={"ปี 2566": 2566, "ปี 2567": 2567})).mapping.money == {}


def test_a_file_of_the_next_period_is_read_by_it(csv_file: MakeFile) -> None:
    one = kept()
    headings = ["ที่", "งานที่จะทำ", "หมู่ที่", "ประเด็นการพัฒนาจังหวัด (2571-2575)", "ปี 2571", "ปี 2572"]
    path = csv_file([headings, ["1", "ขุดลอกคลอง", "3", "", "5,000", "7"]])
    with pytest.raises(MappingError):
        read_files([path])
    (batch,) = read_files([path], remembered={one.key: one})
    (item,) = batch.projects
    assert (item.name, item.years, item.amounts, item.fund_source) == ("ขุดลอกคลอง", (2571, 2572), (5000.0, 7.0), None)
    reasons = {column.prop: column.reason for column in batch.layouts[0].columns}
    assert reasons["name"] == reasons["PV"] == one.reason and reasons["money"] == "year in the heading"


def test_it_wins_over_known_headings_and_a_mapping_file_over_it(csv_file: MakeFile) -> None:
    headings = ("โครงการ", "ชื่อที่ใช้จริง", "หมู่ที่", "ปี 2568")
    path = csv_file([list(headings), ["โครงการพัฒนาถนน", "ปูหินคลุก", "3", "5"]])
    assert read_files([path])[0].projects[0].name == "โครงการพัฒนาถนน"
    one = kept(read_mapping("columns: {ชื่อที่ใช้จริง: name}\nignore: [โครงการ]", "ก.yaml"), headings)
    assert read_files([path], remembered={one.key: one})[0].projects[0].name == "ปูหินคลุก"
    given = read_mapping("columns: {โครงการ: name}", "ข.yaml")
    assert read_files([path], mapping=given, remembered={one.key: one})[0].projects[0].name == "โครงการพัฒนาถนน"


def test_one_that_no_longer_fits_is_left_aside_with_a_note(csv_file: MakeFile) -> None:
    headings = ("โครงการ", "ปี 2568", "หมายเหตุ")
    one = kept(read_mapping("columns: {ชื่อที่ไม่มีแล้ว: name}", "ก.yaml"), headings)
    (batch,) = read_files([csv_file([list(headings), ["ขุดสระ", "5", ""]])], remembered={one.key: one})
    assert batch.projects[0].name == "ขุดสระ"
    (note,) = [problem for problem in batch.problems if problem.code == "remembered-left"]
    assert note.severity == "warning" and "แผน.xlsx" in note.th and "ชื่อที่ไม่มีแล้ว" in note.en


def test_files_that_cannot_be_read_are_left_and_only_known_keys_are_forgotten(tmp_path: Path) -> None:
    path = save_remembered(kept(), tmp_path)
    for text in ("", "a: 1\n---\ncolumns: 3\n", "- x", "source: a\n--- \ncolumns: {x: nothing}\n", "\x00"):
        (tmp_path / f"{'0' * 16}.yaml").write_text(text, encoding="utf-8")
        assert list(load_remembered(tmp_path)) == [path.stem]
    assert not forget("../" + path.stem, tmp_path) and not forget("f" * 16, tmp_path)
    assert forget(path.stem, tmp_path) and not path.exists()
    assert load_remembered(tmp_path / "none") == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_has_words_for_people(kind: str) -> None:
    assert [name for name in sorted(properties(kind)) if not has_words(name)] == []

"""The search accepts what people type (docs: Thai digits, ม./หมู่, missing spaces, คสล./ค.ส.ล.)."""

from __future__ import annotations

import pytest

from api.search import build_key, matches, read_search

ROAD = ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านน้ำตื้น หมู่ที่ 3 งบ 500,000 บาท ปี 2568", "คลองเขม้า", "KB-N-004")


@pytest.mark.parametrize(
    "typed",
    [
        "ถนน หมู่ 3 คลองเขม้า",
        "ถนน ม.๓ คลองเขม้า",
        "ถนนม.3คลองเขม้า",
        "คสล.",
        "ถนน ค.ส.ล. ม.3",
        "คลองเขม้า ถนน",
        "บ้านน้ำตื้น",
        "บ้านนํ้าตื้น",
        "บ้าน\u200bน้ำตื้น",
        "kb-n-004",
        "500000",
        "๕๐๐,๐๐๐",
        "",
    ],
)
def test_what_people_type_finds_the_road(typed: str) -> None:
    assert matches(read_search(typed), build_key(ROAD), [3])


@pytest.mark.parametrize("typed", ["ถนน ม.13", "หมู่ 30", "ขุดลอก", "บ้านน้าตื้น", "ม.3 ลาดยาง", "68", "50000"])
def test_what_is_not_there_does_not_find_it(typed: str) -> None:
    assert not matches(read_search(typed), build_key(ROAD), [3])


def test_a_village_counts_by_its_number_whether_stated_in_a_column_or_in_the_text() -> None:
    assert matches(read_search("ม.5"), build_key(["ขุดลอกคลอง"]), [5])
    assert matches(read_search("ม.5"), build_key(["ขุดลอกคลอง หมู่ที่ ๕"]), [])
    assert not matches(read_search("ม.5"), build_key(["ขุดลอกคลอง หมู่ที่ ๕๕"]), [])


def test_nothing_typed_is_an_empty_search() -> None:
    assert read_search("  ").empty and not read_search("น้ำ").empty

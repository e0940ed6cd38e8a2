"""What is read from an item before it is compared."""

from __future__ import annotations

import pytest

from tests.link.readers import make_item
from tracegraph.link.same_work.prepare import prepare_item

ASPHALT = ("แอสฟัลท์ติกคอนกรีต", "แอสฟัลต์ติกคอนกรีต", "แอสฟัลติกคอนกรีต", "แอสฟัลต์คอนกรีต", "แอสฟัลท์ติกฯ", "ลาดยาง")


@pytest.mark.parametrize("surface", ASPHALT)
def test_every_spelling_of_asphalt_is_one_surface_and_leaves_no_core(surface: str) -> None:
    item = prepare_item(make_item(f"ซ่อมสร้างผิวทาง{surface} สายบ้านทุ่งทอง – บ้านสระแก้ว หมู่ที่ 2"))
    assert (item.family, item.core) == ("ลาดยาง", "")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("ก่อสร้างถนน คสล. สายบ้านทุ่งยาว – บ้านในไร่ (กม.0+000–0+800)", "ทุ่งยาว–ในไร่"),
        ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านทุ่งยาว เชื่อม บ้านในไร่ ระยะทาง 800 เมตร", "ทุ่งยาว–ในไร่"),
        ("ซ่อมสร้างผิวทาง บ้านทุ่งทอง–บ้านสระแก้ว (อบจ.ตัวอย่าง)", "ทุ่งทอง–สระแก้ว"),
    ],
)
def test_the_two_ends_of_a_line_are_one_road_however_they_are_joined(text: str, ends: str) -> None:
    assert [road.name for road in prepare_item(make_item(text)).roads] == [ends]


def test_a_length_after_a_name_is_no_part_of_the_name() -> None:
    roads = prepare_item(make_item("ก่อสร้างถนน คสล. ซอยสุขใจยาว 200 เมตร")).roads
    assert [road.name for road in roads] == ["สุขใจ"]


def test_numbers_stay_with_their_own_road() -> None:
    roads = prepare_item(make_item("ก่อสร้างถนน คสล. ซอยสวนใหม่ 17/7 (ซอยท่าดี ซอย 7) หมู่ที่ 16")).roads
    assert {(road.name, *road.numbers) for road in roads} == {("สวนใหม่", "17/7"), ("ท่าดี", "7")}


def test_a_list_of_sois_is_one_road_with_all_numbers() -> None:
    roads = prepare_item(make_item("วางท่อระบายน้ำ ซอยสวนใหม่ 5,7,9 หมู่ที่ 7")).roads
    assert [(road.name, sorted(road.numbers)) for road in roads] == [("สวนใหม่", ["5", "7", "9"])]

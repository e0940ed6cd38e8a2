"""A place that a road only leads to is not where the road is built."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracegraph.thai.far_ends import find_far_ends, find_far_villages, read_home
from tracegraph.thai.parse import parse_name
from tracegraph.thai.places import Gazetteer, PlaceContext

OWN, NEXT, DISTRICT = "810402", "810404", "8104"  # two tambons of one district, and the district
OWN_NAME, NEXT_NAME = "คลองท่อมเหนือ", "ทรายขาว"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("ก่อสร้างถนน คสล. เชื่อม บ้านหนองจอก ตำบลทรายขาว", OWN),
        ("ก่อสร้างถนน คสล. หมู่ที่ 3 เชื่อมหมู่ที่ 4 ตำบลทรายขาว", f"{OWN}03"),
        ("ก่อสร้างถนน คสล. หมู่ที่ ๓ เชื่อมต่อหมู่ที่ ๔ ต.ทรายขาว", f"{OWN}03"),
        ("ถนนสายบ้านไร่ หมู่ที่ 3 เชื่อมบ้านทุ่ง หมู่ที่ 5 ตำบลทรายขาว อำเภอคลองท่อม", f"{OWN}03"),
        ("ถนนหมู่ที่ 3 เชื่อมต่อเขตตำบลทรายขาว อำเภอคลองท่อม", f"{OWN}03"),
        ("ถนนหมู่ที่ 3 เช\u0e37\u0e48\u200bอมต\u0e48อเขตต\u0e4d\u0e32บลทรายขาว", f"{OWN}03"),
        ("เชื่อมระหว่างหมู่ที่ 3 ตำบลคลองท่อมเหนือ กับหมู่ที่ 4 ตำบลทรายขาว", f"{OWN}03"),
        ("ถนนเชื่อมตำบลทรายขาว หมู่ที่ 4", f"{OWN}04"),
        ("ถนนเชื่อมอำเภอเขาพนม", OWN),
        ("ถนนบ้านไร่ บรรจบตำบลทรายขาว", OWN),
        ("ถนนหมู่ที่ 3 เชื่อมหมู่ที่ 5", OWN),  # two villages of its own: no single one
        ("สะพานข้ามคลอง หมู่ที่ 4 ตำบลทรายขาว", f"{NEXT}04"),  # leads nowhere: the work itself is in the next tambon
    ],
)
def test_the_far_end_does_not_move_work_of_a_tambon(gazetteer: Gazetteer, text: str, area: str) -> None:
    assert gazetteer.resolve(text=text, context=PlaceContext(owner=OWN)).area == area


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("ถนนสายบ้านไร่ ตำบลคลองท่อมเหนือ เชื่อมบ้านทุ่ง ตำบลทรายขาว", OWN),
        # nothing else says where: the tambon is the best that is known, the far village is not
        ("ถนนสายบ้านไร่ เชื่อมบ้านทุ่ง หมู่ที่ 5 ตำบลทรายขาว อำเภอคลองท่อม", NEXT),
        ("ถนน คสล. ซอยพัฒนา เชื่อมต่อถนนเดิม หมู่ที่ 3 ตำบลทรายขาว", f"{NEXT}03"),
        ("ถนนเชื่อมตำบลทรายขาว", DISTRICT),
    ],
)
def test_the_far_end_for_a_plan_of_many_tambons(gazetteer: Gazetteer, text: str, area: str) -> None:
    assert gazetteer.resolve(text=text, context=PlaceContext(owner=DISTRICT)).area == area


def test_an_end_is_the_address_after_the_word_and_no_more() -> None:
    name = parse_name("ถนน หมู่ที่ 3 เชื่อมบ้านทุ่ง หมู่ที่ 5 ต.ทรายขาว หมู่ที่ 6 พร้อมท่อ ตำบลคลองพน")
    (end,) = find_far_ends(name)
    said = [name.normalized[span.start : span.end] for _, span in end.parts]
    assert said == ["บ้านทุ่ง", "หมู่ที่ 5", "ต.ทรายขาว"]
    assert (end.tambons, end.straight, end.is_elsewhere) == (("ทรายขาว",), False, True)
    home = read_home(name, (OWN_NAME,))
    assert (home.villages, home.village_names, home.tambons) == ((3, 6), (), ("คลองพน",))


@pytest.mark.parametrize(
    ("text", "far"),
    [
        ("ถนนสายหลัก เชื่อมหมู่ที่ 4 ตำบลทรายขาว", {4}),
        ("ถนนสายหลัก เชื่อมบ้านควน หมู่ที่ 4 ตำบลทรายขาว", {4}),
        ("ถนน หมู่ที่ 3 เชื่อมหมู่ที่ 4", {4}),
        ("ถนน หมู่ที่ 4 เชื่อมหมู่ที่ 4 ตำบลทรายขาว", set()),
        ("ถนน หมู่ที่ 4 ตำบลทรายขาว", set()),
    ],
)
def test_villages_of_a_far_end(text: str, far: set[int]) -> None:
    assert find_far_villages(parse_name(text)) == far


PIECES = st.sampled_from((
    "เชื่อม", "เชื่อมระหว่าง", "ไปยัง", "ถึง", " ", "กับ", "หมู่ที่ 3", "หมู่ที่ 4 ", "บ้านทุ่ง ", "ตำบลทรายขาว", "ต.คลองท่อมเหนือ ",
    "อำเภอคลองท่อม ", "ถนน", "พร้อม", "-", "\u200b", "จังหวัดกระบี่",
))  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_reading_home_only_takes_away_and_twice_is_once(text: str) -> None:
    name = parse_name(text)
    home = read_home(name, (OWN_NAME,))
    assert set(home.villages) <= set(name.villages) and set(home.tambons) <= set(name.tambons)
    assert not (OWN_NAME in name.tambons and OWN_NAME not in home.tambons)
    assert read_home(home, (OWN_NAME,)) == home

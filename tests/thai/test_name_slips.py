"""Slips in names of places: what they cost, which of a few names is meant, and when nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.thai.name_slips import Slip, SlipKind, find_slip
from tracegraph.thai.place_types import PlaceContext
from tracegraph.thai.places import Gazetteer
from tracegraph.thai.slip_cost import fold_name, measure_slip

DISTRICT = ("คลองพน", "ทรายขาว", "คลองท่อมใต้", "คลองท่อมเหนือ", "ห้วยน้ำขาว", "พรุดินนา", "เพหลา")
NAMES = st.text(st.sampled_from("กคงดตนบพมรลวสอะาเแ\u0e34\u0e35\u0e38\u0e48\u0e49\u0e33"), max_size=12)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("said", "meant", "kind"),
    [
        ("คลองพล", "คลองพน", SlipKind.ONE),
        ("ห้วยน\u0e33ขาว", "ห้วยน้ำขาว", SlipKind.ONE),  # the tone over ำ is lost
        ("หวยน้าขาว", "ห้วยน้ำขาว", SlipKind.ONE),  # a tone lost, ำ read as า
        ("ทรายขาว)", "ทรายขาว", SlipKind.SAME),
        ("พุรดินนา", "พรุดินนา", SlipKind.ONE),  # neighbors swapped
        ("พรุดืมน", "พรุดินนา", SlipKind.SEVERAL),
        ("บ้านเพหลา", "เพหลา", SlipKind.PART),
        ("คลองท่อมใต", "คลองท่อมใต้", SlipKind.ONE),
    ],
)
def test_the_name_meant(said: str, meant: str, kind: SlipKind) -> None:
    slip = find_slip(said, DISTRICT)
    assert isinstance(slip, Slip)
    assert (slip.name, slip.kind) == (meant, kind)


def test_what_two_names_are_as_near_to_is_left_open() -> None:
    assert find_slip("คลองท่อม", DISTRICT) == ("คลองท่อมใต้", "คลองท่อมเหนือ")
    assert find_slip("ไม่มีชื่อนี้", DISTRICT) == ()
    assert find_slip("ก", DISTRICT) == ()
    assert find_slip("", ()) == ()


def test_short_names_differ_by_marks_only() -> None:
    assert isinstance(find_slip("ลี่", ("ลี้", "แม่ทา")), Slip)
    assert find_slip("นา", ("นาคู",)) == ()


def test_dear_and_cheap_slips() -> None:
    tone = measure_slip("คลองพน", "คลองพ้น", 3)
    alike = measure_slip("คลองพน", "คลองผน", 3)
    other = measure_slip("คลองพน", "คลองหน", 3)
    assert 0 < tone < alike < other <= 1
    assert measure_slip("ตะพง", "พะตง", 3) == other  # two letters have changed places
    assert measure_slip("คลองพน", "ทรายขาว", 2) == float("inf")
    assert fold_name("โพธิ์ไชย") == fold_name("โพธิ์ชัย")


@given(NAMES, NAMES)
def test_costs_are_mutual_and_nothing_for_the_same(left: str, right: str) -> None:
    assert measure_slip(left, right, 3) == pytest.approx(measure_slip(right, left, 3))
    assert measure_slip(left, left, 3) == 0.0


@given(NAMES, st.lists(NAMES, max_size=6).map(tuple))
def test_a_name_that_is_there_is_meant(said: str, others: tuple[str, ...]) -> None:
    slip = find_slip(said, (*others, said))
    assert slip == () or isinstance(slip, tuple) or fold_name(slip.name) == fold_name(said)


@pytest.mark.parametrize(
    ("words", "area", "problem"),
    [
        ({"tambon": "นำแวน", "district": "เชียงคำ", "province": "พะเยา"}, "560306", "misspelt"),
        ({"tambon": "หว้ยนาขาว", "district": "คลองท่อม", "province": "กระบี"}, "810405", "misspelt"),
        ({"tambon": "คลองพน", "district": "คลองทุ่ม", "province": "กระบี่ผิวจราจร"}, "810403", "misspelt"),
        ({"tambon": "ปากน้ำ", "district": "กระบี่", "province": "กระบี่"}, "810101", None),  # the capital's district
        ({"tambon": "จปร.", "district": "กระบุรี", "province": "ระนอง"}, "850406", None),
        ({"tambon": "จ.ป.ร.", "district": "กิ่งอ.กระบุรี", "province": "จว.ระนอง"}, "850406", None),
        ({"tambon": "คลองพน", "district": "อ่าวลึก", "province": "กระบี่"}, "810403", "district-disagrees"),
        ({"text": "ครุภัณฑ์ทั่วไป ตำบลคลองพน อำเภอคลองท่อม"}, "810403", None),  # ทั่วไป leads nowhere
        ({"text": "อาคารพร้อมทางเชื่อม ตำบลคลองพน อำเภอคลองท่อม"}, "810403", None),
        ({"text": "ถนน ตำบลคลองพน - ตำบลทรายขาว อำเภอคลองท่อม"}, "810403", None),
        ({"text": "ขยายเขตประปา องค์การบริหารส่วนตำบลคลองพน อำเภอคลองท่อม"}, "810403", None),
    ],
)
def test_places(gazetteer: Gazetteer, words: dict[str, Any], area: str, problem: str | None) -> None:
    match = gazetteer.resolve(**words)
    assert (match.area, match.problem) == (area, problem)
    assert match.words


def test_several_tambons_in_one_column(gazetteer: Gazetteer) -> None:
    match = gazetteer.resolve(tambon="คลองพน,ตำบลทรายขาว", district="คลองท่อม", province="กระบี่")
    assert (match.area, match.problem, match.areas) == ("8104", "several-tambons", ("810403", "810404"))


def test_a_rival_in_the_stated_district_is_reported(gazetteer: Gazetteer) -> None:
    """A tambon of the province has the name exactly, one of the stated district is named by a word more."""
    match = gazetteer.resolve(tambon="เขวา", district="นาเชือก", province="มหาสารคาม")
    assert match.problem == "district-disagrees"
    assert match.confidence < 0.6
    assert [gazetteer.names.by_code[code][:4] for code in match.homonyms] == ["เขวา"]


def test_the_owner_helps_only_with_near_slips(gazetteer: Gazetteer) -> None:
    near = gazetteer.resolve(tambon="คลองพล", context=PlaceContext(owner="8104"))
    far = gazetteer.resolve(tambon="คอลงพ้ล", context=PlaceContext(owner="8104"))
    assert (near.area, near.problem) == ("810403", "misspelt")
    assert (far.area, far.problem) == ("8104", "unknown-tambon")

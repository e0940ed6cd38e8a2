"""Place words to codes: the ladder, homonyms, slips, and the traps in names of tambons."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thai.place_cases import CASES
from tests.thai.thai_names import load_rows
from tracegraph.thai.places import Gazetteer, PlaceContext, find_tambon_names

KHLONG_THOM, MAE_SAI = "8104", "560114"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.fixture
def villages() -> Gazetteer:
    known = Gazetteer()
    for code, name in (
        ("81040301", "บ้านทุ่งใส"),
        ("81040302", "บ้านหนองแก้ว"),
        ("81040303", "บ้านหนองแก้ว"),
        ("81040401", "บ้านควนเหนือ"),
        ("81040402", "บ้านทุ่งใส"),
    ):
        known.add_village(code, name)
    return known


@pytest.mark.parametrize(("words", "context", "area", "problem"), CASES)
def test_the_ladder(
    gazetteer: Gazetteer, words: dict[str, str], context: PlaceContext, area: str | None, problem: str | None
) -> None:
    match = gazetteer.resolve(context=context, **words)
    assert (match.area, match.problem) == (area, problem)
    assert (match.level is None) == (area is None)


def test_homonyms_are_reported_and_never_guessed(gazetteer: Gazetteer) -> None:
    match = gazetteer.resolve(text="ขุดลอก ต.หนองบัว")
    assert (match.area, match.confidence) == (None, 0.0)
    assert len(match.homonyms) > 20


def test_homonyms_inside_a_province_keep_the_province(gazetteer: Gazetteer) -> None:
    match = gazetteer.resolve(tambon="ในเมือง", province="ขอนแก่น")
    assert (match.area, match.problem, len(match.homonyms)) == ("40", "homonym", 3)


def test_confidence_falls_along_the_ladder(gazetteer: Gazetteer) -> None:
    near = PlaceContext(owner=KHLONG_THOM)
    ladder = [
        gazetteer.resolve(tambon="คลองพน", district="คลองท่อม", province="กระบี่"),
        gazetteer.resolve(tambon="คลองพน", context=near),
        gazetteer.resolve(tambon="คลองพล", district="คลองท่อม"),
        gazetteer.resolve(text="อบรม", context=near),
        gazetteer.resolve(text="อบรม"),
    ]
    confidences = [match.confidence for match in ladder]
    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == len(confidences)


def test_a_slip_is_said(gazetteer: Gazetteer) -> None:
    match = gazetteer.resolve(tambon="คลองพล", district="คลองท่อม", province="กระบี่")
    assert (match.area, match.problem, match.words) == ("810403", "misspelt", "ต.คลองพล อ.คลองท่อม จ.กระบี่")


def test_a_column_wins_over_the_text(gazetteer: Gazetteer) -> None:
    match = gazetteer.resolve(text="ถนน ต.ทรายขาว", tambon="คลองพน", context=PlaceContext(owner=KHLONG_THOM))
    assert match.area == "810403"


def test_village_by_number_and_by_name(villages: Gazetteer) -> None:
    context = PlaceContext(owner="810403")
    by_number = villages.resolve(text="ถนน หมู่ที่ 1", context=context)
    by_name = villages.resolve(text="ถนน บ้านทุ่งใส", context=context)
    assert (by_number.area, by_name.area) == ("81040301", "81040301")
    assert by_number.words == "หมู่ 1"


def test_two_villages_of_one_name_are_reported(villages: Gazetteer) -> None:
    match = villages.resolve(text="ถนน บ้านหนองแก้ว", context=PlaceContext(owner="810403"))
    assert (match.area, match.problem, match.homonyms) == ("810403", "homonym", ("81040302", "81040303"))


def test_a_number_decides_between_two_villages_of_one_name(villages: Gazetteer) -> None:
    match = villages.resolve(text="ถนน บ้านหนองแก้ว หมู่ 3", context=PlaceContext(owner="810403"))
    assert (match.area, match.problem) == ("81040303", None)


def test_number_and_name_that_disagree(villages: Gazetteer) -> None:
    match = villages.resolve(text="ถนน บ้านทุ่งใส หมู่ที่ 2", context=PlaceContext(owner="810403"))
    assert (match.area, match.problem) == ("81040302", "village-name-disagrees")


def test_a_village_that_nobody_listed(villages: Gazetteer) -> None:
    match = villages.resolve(text="ถนน หมู่ที่ 9", context=PlaceContext(owner="810403"))
    assert (match.area, match.problem) == ("81040309", "village-not-listed")


def test_a_village_name_finds_its_tambon_in_the_owners_district(villages: Gazetteer) -> None:
    match = villages.resolve(text="ถนน บ้านควนเหนือ", context=PlaceContext(owner=KHLONG_THOM))
    assert (match.area, match.level) == ("81040401", "village")
    both = villages.resolve(text="ถนน บ้านทุ่งใส", context=PlaceContext(owner=KHLONG_THOM))
    assert (both.area, both.homonyms) == (KHLONG_THOM, ("81040301", "81040402"))


def test_a_misspelt_village(villages: Gazetteer) -> None:
    match = villages.resolve(text="ถนน บ้านควนเหนื่อ", context=PlaceContext(owner="810404"))
    assert (match.area, match.problem) == ("81040401", "misspelt")


def test_several_villages_are_the_tambon(villages: Gazetteer) -> None:
    match = villages.resolve(text="ถนน หมู่ที่ 1, 2", context=PlaceContext(owner="810403"))
    assert (match.area, match.level, match.words) == ("810403", "tambon", "หมู่ 1,2")


def test_records_and_their_chain(villages: Gazetteer) -> None:
    chain = list(villages.iter_area_chain("81040301"))
    assert [(area.uid, area.name, area.level, area.parent) for area in chain] == [
        ("81040301", "บ้านทุ่งใส", "village", "810403"),
        ("810403", "คลองพน", "tambon", "8104"),
        ("8104", "คลองท่อม", "district", "81"),
        ("81", "กระบี่", "province", None),
    ]
    unnamed = villages.area_record("81040309")
    assert unnamed is not None
    assert unnamed.name == "หมู่ที่ 9"


@pytest.mark.parametrize("code", ["", "9", "99", "819999", "81040300", "99999901", "8104030x", "C:อันดามัน"])
def test_codes_that_no_area_has(gazetteer: Gazetteer, code: str) -> None:
    assert gazetteer.area_record(code) is None


@pytest.mark.parametrize("code", ["8104", "8104030", "8104030x", "๘๑๐๔๐๓๐๑"])
def test_a_village_code_has_eight_digits(gazetteer: Gazetteer, code: str) -> None:
    with pytest.raises(ValueError, match="8 digits"):
        gazetteer.add_village(code, "บ้านใด")


def test_names_of_tambons_in_a_text() -> None:
    text = "อบต.แม่ใส และเทศบาลตำบลบ้านต๋อม ต.แม่ต๋ำ ตำบลท่าวังทอง ทั้งตำบล อบจ.พะเยา แขวงสามเสนใน"
    assert set(find_tambon_names(text)) == {"แม่ใส", "บ้านต๋อม", "แม่ต๋ำ", "ท่าวังทอง", "สามเสนใน"}


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("ตอจ.มหมู่ที่บ้านคลองพน 0123456789เขตแขวง"), max_size=30),
    st.sampled_from([None, "81", "8104", "810403", "9", "10"]),
    st.one_of(st.none(), st.text(max_size=8)),
)
def test_resolving_never_raises(text: str, owner: str | None, tambon: str | None) -> None:
    match = Gazetteer().resolve(text=text, tambon=tambon, context=PlaceContext(owner=owner))
    assert 0.0 <= match.confidence <= 1.0
    assert (match.area is None) == (match.level is None)


@pytest.mark.shared
def test_places_of_the_national_budget(shared: Path, gazetteer: Gazetteer) -> None:
    """6,788 items that name tambon, district and province correctly: nearly all resolve, and hardly one wrongly."""
    rows = load_rows(shared / "data" / "national_budget" / "place_items_derived.csv")
    fates: Counter[str] = Counter()
    for row in rows:
        if row["in_kongvut_list"] != "ok":
            continue
        district = row["amphoe"] if row["amphoe"] != "เมือง" else f"เมือง{row['province']}"
        key = gazetteer.resolve(tambon=row["tambon"], district=district, province=row["province"])
        match = gazetteer.resolve(text=row["item"])
        if match.level in ("tambon", "village") and match.area and key.area:
            fates["right" if match.area[:6] == key.area else "wrong"] += 1
        else:
            fates["wider"] += 1
    assert fates["right"] > 0.975 * fates.total()
    assert fates["wrong"] < 0.005 * fates.total()


@pytest.mark.shared
def test_misspelt_places_of_the_national_budget_are_found_and_said(shared: Path, gazetteer: Gazetteer) -> None:
    rows = load_rows(shared / "data" / "national_budget" / "place_items_derived.csv")
    matches = [gazetteer.resolve(text=row["item"]) for row in rows if row["in_kongvut_list"] != "ok"]
    assert sum(match.problem == "misspelt" for match in matches) > 0.6 * len(matches)
    assert not any(match.confidence > 0.9 and match.problem for match in matches if match.problem == "misspelt")

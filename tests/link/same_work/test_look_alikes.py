"""What keeps look-alikes apart, which place counts where text and code disagree, and how a crowd is weighed."""

from __future__ import annotations

import pytest

from tests.link.same_work.cases import project
from tracegraph.link.same_work.blocking import find_candidates
from tracegraph.link.same_work.classes import classify
from tracegraph.link.same_work.features import FEATURE_BY_NAME
from tracegraph.link.same_work.features.crowd import MOST, find_space
from tracegraph.link.same_work.locating import find_scopes, resolve_tambon
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.prepare import prepare, prepare_item
from tracegraph.link.same_work.score import explain, find_veto, observe, total
from tracegraph.link.same_work.texts import find_ordinals, is_continued

#: Official: ตำบลเหนือคลอง (810801) and ตำบลเกาะศรีบอยา (810802) of อำเภอเหนือคลอง, ตำบลอ่าวนาง (810106).
HERE, NEXT, AWAY = "810801", "810802", "810106"


def level(feature: str, left: str, right: str) -> str:
    a, b = (prepare_item(project(text, uid=text)) for text in (left, right))
    there, back = (FEATURE_BY_NAME[feature].observe(x, y).level for x, y in ((a, b), (b, a)))
    assert there == back
    return there


@pytest.mark.parametrize(
    ("name", "ordinals"),
    [
        ("ก่อสร้างสะพานข้ามคลอง (จุดที่ 3)", {"จุด 3"}),
        ("ก่อสร้างสะพานข้ามคลอง (จุด ๓)", {"จุด 3"}),
        ("ติดตั้งเสาไฟ จุดที่ 1-3", {"จุด 1", "จุด 2", "จุด 3"}),
        ("ก่อสร้างบ่อพัก แห่งที่ 1 และ 4", {"แห่ง 1", "แห่ง 4"}),
        ("ติดตั้งเสาไฟ จำนวน 3 จุด", set()),
        ("", set()),
        ("จุดที่ " + "9" * 5_000, set()),
    ],
)
def test_places_in_a_row_are_read(name: str, ordinals: set[str]) -> None:
    assert find_ordinals(name) == ordinals


@pytest.mark.parametrize("second", ["(จุดที่ 2)", "(จุดที่ ๒)", "(จุด 2)", "จุดที่\u200b 2"])
def test_another_spot_of_a_row_is_ruled_out_however_its_number_is_typed(second: str) -> None:
    text = "ก่อสร้างสะพานข้ามคลองบางควาย"
    a, b = (prepare_item(project(f"{text} {spot}", uid=spot, amount=1_900_000)) for spot in ("(จุดที่ 1)", second))
    found = observe(a, b)
    assert found["leftover"].level == "place_differs"
    assert find_veto(found, load_model()) == "leftover"


def test_a_spot_that_only_one_names_speaks_against_the_pair() -> None:
    assert level("leftover", "ติดตั้งไฟฟ้า ซอยสวนใหม่", "ติดตั้งไฟฟ้า ซอยสวนใหม่ (จุดที่ 2)") == "place_one_side"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("เครื่องพ่นยา พี 20", "เครื่องพ่นยา พี 35", "numbers"),
        ("เครื่องพ่นยาแบบลาก", "เครื่องพ่นยาแบบลาก", "none"),
        ("เครื่องตูดฝุ่น", "เครื่องดูดฝุ่น", "letters"),
        ("เครื่องพ่นยาแบบเด็กใช้", "เครื่องพ่นยาแบบผู้ใหญ่ถือ", "words"),
        ("เครื่องพ่นยา", "เครื่องพ่นยาพร้อมอุปกรณ์ครบชุด", "added"),
    ],
)
def test_how_two_names_differ(left: str, right: str, expected: str) -> None:
    assert level("difference", left, right) == expected


def test_places_of_one_name_with_different_numbers_are_two_places() -> None:
    left = "ซื้อพัดลม ศูนย์พัฒนาเด็กเล็กบ้านควน ๓"
    assert level("spot", left, "ซื้อพัดลม ศูนย์พัฒนาเด็กเล็กบ้านควน 5") == "number_differs"
    assert level("spot", left, "ซื้อพัดลม ศพด.บ้านควน 3") == "same"


@pytest.mark.parametrize(
    ("name", "goes_on"),
    [
        ("ก่อสร้างถนน คสล. ซอยสวนใหม่ (ต่อจากของเดิม)", True),
        ("ติดตั้งไฟฟ้าส่องสว่าง (เพิ่มเติม)", True),
        ("ก่อสร้างสะพาน (อีกจุด)", True),
        ("อบรมการศึกษาต่อเนื่องของผู้สูงอายุ", False),
        ("ซื้อหนังสือเรียนเพิ่มเติมสำหรับเด็ก", False),
    ],
)
def test_names_that_go_on_from_another_piece(name: str, goes_on: bool) -> None:
    assert is_continued(name) is goes_on


def test_offices_years_and_areas_are_compared_for_themselves_and_leave_the_wording() -> None:
    names = (
        "เช่าเครื่องถ่ายเอกสาร กองการศึกษา ประจำปี พ.ศ.2566",
        "เช่าเครื่องถ่ายเอกสาร (กองการศึกษา) ปีงบประมาณ ๒๕๖๖",
        "เช่าเครื่องถ่ายเอกสาร ในเขต อบต.ยางสูง",
    )
    assert {prepare_item(project(name)).whole for name in names} == {"เช่าเครื่องถ่ายเอกสาร"}
    assert prepare_item(project(names[0])).unit == prepare_item(project(names[1])).unit == "กองการศึกษา"
    assert level("unit", names[0], "เช่าเครื่องถ่ายเอกสาร กองคลัง") == "names_differ"


class TestPlaces:
    """The place that the text names, against the code of the row."""

    def test_the_tambon_and_district_of_the_text_beat_a_wrong_code(self) -> None:
        code, names = resolve_tambon(AWAY, "81", ("เหนือคลอง",), ("เหนือคลอง",), leads_on=False)
        assert (code, names) == (HERE, {"เหนือคลอง"})

    def test_a_misprinted_tambon_is_found_in_the_district_beside_it(self) -> None:
        assert resolve_tambon(None, "81", ("เกาะศรีบอยย",), ("เหนือคลอง",), leads_on=False)[0] == NEXT

    def test_a_name_that_no_tambon_has_leaves_the_code_alone(self) -> None:
        assert resolve_tambon(HERE, "81", ("ฮฮฮฮฮฮ",), (), leads_on=False) == (HERE, frozenset())

    def test_the_tambon_behind_the_far_end_of_a_line_is_not_the_place_of_the_line(self) -> None:
        line = prepare_item(project("ปรับปรุงถนน สายบ้านท่ามะนาว - บ้านนาใน ตำบลอ่าวนาง", tambon=HERE, area=HERE))
        assert (line.tambon, line.tambon_names) == (HERE, frozenset())

    def test_a_row_filed_in_another_district_is_looked_for_where_its_text_says(self) -> None:
        text = "ก่อสร้างลานตากข้าวชุมชน หมู่ที่ 4 ต.เหนือคลอง อ.เหนือคลอง"
        wrong = {"province": "80", "district": "8001", "tambon": "800101", "area": "800101", "owner": "body:x"}
        items = [project(text, tambon=HERE, area=HERE, district="8108"), project(text + " จ.กระบี่", uid="b", **wrong)]
        assert find_scopes(items) == ["8108", "8108"]
        assert len(find_candidates(prepare(items))) == 1

    @pytest.mark.parametrize(
        "text", ["", "ก", "ต.", "ตำบล", "ต." * 2_000, "ตำบล " + "ก" * 5_000, "๑๒๓ต.๔๕๖", "tambon ต.X อ.Y"]
    )
    def test_hostile_places_leave_the_code_alone(self, text: str) -> None:
        assert prepare_item(project(text, tambon=HERE, area=HERE)).tambon == HERE


class TestCrowd:
    """How many works of a kind a place has."""

    def test_it_is_known_only_of_records_that_were_read_together(self) -> None:
        items = [project(f"ก่อสร้างถนน คสล. ซอยสวนใหม่ {n}", uid=f"p{n}", row=n) for n in range(12)]
        together, alone = prepare(items), [prepare_item(item) for item in items[:2]]
        assert {item.crowd for item in together} == {12}
        assert observe(*alone)["crowd"].level == "unknown"
        found = observe(*together[:2])["crowd"]
        assert (found.level, found.left, found.right) == ("some", "12", "12")
        assert all("12" in sentence for sentence in FEATURE_BY_NAME["crowd"].sentences(found))

    def test_two_kinds_of_work_say_nothing_about_each_other(self) -> None:
        items = prepare([project("ก่อสร้างถนน คสล."), project("จัดซื้อเครื่องพิมพ์", uid="b")])
        assert observe(items[0], items[1])["crowd"].level == "unknown"

    def test_the_larger_the_crowd_the_less_likely_and_contributions_still_add_up(self) -> None:
        model = load_model()
        scores = []
        for size in (2, 60, 900):
            items = prepare([project("ก่อสร้างถนน คสล. หมู่ที่ 3", uid=f"p{n:04d}", row=n) for n in range(size)])
            found = observe(items[0], items[1])
            scores.append(total(found, model))
            assert sum(part.weight for part in explain(found, model)) == pytest.approx(scores[-1])
        assert scores == sorted(scores, reverse=True)
        assert scores[0] > scores[-1]

    def test_space_falls_from_one_to_nothing(self) -> None:
        assert [find_space(size) for size in (0, 1, MOST, 10 * MOST)] == [1.0, 1.0, 0.0, 0.0]
        assert find_space(30) == pytest.approx(0.508, abs=0.01)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("ศพด.วัดนาดอนพัฒนา", "ศพด.บ้านหัวขนุนใน", "differs"),
        ("ศพด.วัดแหลมทองใต้", "ศูนย์เด็กเล็กบ้านแหลมทองใต้", "differs"),
        ("ศพด.วัดแหลมทองใต้", "ศูนย์เด็กเล็กวัดแหลมทองใต้", "same"),
        ("ศพด.วัดแหลมทองใต้", "ศพด.วัดแหลมทองใต", "same"),
    ],
)
def test_two_centers_are_no_more_alike_for_both_being_centers(left: str, right: str, expected: str) -> None:
    assert level("spot", f"ก่อสร้างรั้ว {left} หมู่ 3", f"ก่อสร้างรั้ว {right} หมู่ 3") == expected


def test_invisible_characters_change_nothing() -> None:
    text = "อุดหนุนการไฟฟ้าส่วนภูมิภาค ขยายเขตไฟฟ้า ซอยสุขใจ ในเขต อบต.ทุ่งดี (กองช่าง)"
    spread = "\u200b".join(text)
    left, right = (prepare_item(project(one, uid="one")) for one in (text, spread))
    assert (left.whole, left.verb, left.roads, left.unit) == (right.whole, right.verb, right.roads, right.unit)


@pytest.mark.parametrize("name", ["โรงจอดรถกองช่าง", "โรงจอดรถ (กองช่าง)", "โรงจอดรถกองช่างจำนวน 1 แห่ง"])
def test_an_office_is_read_where_no_space_stands_before_it(name: str) -> None:
    assert prepare_item(project(f"ก่อสร้าง{name}", uid="one")).unit == "กองช่าง"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("อุดหนุนโรงเรียนบ้านหนองบัว อาหารกลางวัน", "อุดหนุนโรงเรียนบ้านหนองแวง อาหารกลางวัน", "differs"),
        ("อุดหนุนโรงเรียนบ้านหนองบัว อาหารกลางวัน", "อุดหนุน รร.บ้านหนองบัว\u200b อาหารกลางวัน", "same"),
        ("ปรับปรุงศาลาวัดสว่าง", "ปรับปรุงศาลาวัดศรีดอน", "differs"),
        ("ก่อสร้างถนน คสล. หน้าวัดสว่าง", "ก่อสร้างถนน คสล. ข้างวัดสว่าง", "similar"),
        ("สร้างถนน จากบ้านนายดี - บ้านนางมา", "สร้างถนน จากบ้านนายดี - บ้านนายมี", "partly"),
        ("สร้างถนน จากบ้านนายดี - บ้านนางมา", "สร้างถนน จากบ้านนางมา ถึงบ้านนายดี", "same"),
        ("สร้างถนน จากบ้านนายดี - บ้านนางมา", "สร้างถนน ข้างบ้านนายดี", "same"),
    ],
)
def test_landmarks_of_one_kind_are_told_apart_by_their_own_names(left: str, right: str, expected: str) -> None:
    assert level("spot", left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("ก่อสร้างถนน สายหนองบัว-หนองแวง", "ก่อสร้างถนน สายหนองบัว-หนองแสง", "differs"),
        ("ก่อสร้างถนน สายบ้านหนองบัว - บ้านหนองแวง", "ก่อสร้างถนน สายบ้านหนองแวง ถึง บ้านหนองบัว", "same_ends"),
        ("ก่อสร้างถนน สายบ้านหนองบัว - บ้านหนองแวง", "ก่อสร้างถนน สายบ้านหนองบัว - บ้านหนองแสง", "differs"),
        ("ขุดลอกสระหนองบัว", "ขุดลอกสระหนองแวง", "differs"),
        ("ขุดลอกสระน้ำหนองบัว", "ขุดลอกหนองบัว", "same"),
    ],
)
def test_lines_and_ponds_are_told_apart_by_their_own_names(left: str, right: str, expected: str) -> None:
    assert level("road_name", left, right) == expected


def test_two_lines_with_one_end_in_common_are_two_works_at_other_places() -> None:
    a, b = (
        prepare_item(project(f"ก่อสร้างถนน คสล. จากบ้านนายดี ถึงบ้าน{end} หมู่ที่ 4", uid=end, amount=480_000))
        for end in ("นางมา", "นายมี")
    )
    model = load_model()
    found = observe(a, b)
    assert total(found, model) < 0
    assert classify(a, b, found, model) == "elsewhere"

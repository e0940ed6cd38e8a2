"""What is read from the wording of a name: the work behind a wish or a subsidy, partners, furniture, house numbers."""

from __future__ import annotations

import time

import pytest

from tests.link.readers import make_item
from tracegraph.link.same_work.prepare import prepare_item
from tracegraph.link.same_work.texts import (
    find_added_verbs,
    find_furniture,
    find_house_numbers,
    find_loose_numbers,
    find_work_text,
    find_year_forwarded,
    undouble,
)
from tracegraph.thai.parse import parse_name


def whole(text: str, **fields: object) -> str:
    return prepare_item(make_item(text, **fields)).whole


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("ขอขยายเขตไฟฟ้า หมู่ที่ 2", "ขยายเขตไฟฟ้า หมู่ที่ 2"),
        ("อยากได้รางระบายน้ำ ซอย 2", "รางระบายน้ำ ซอย 2"),
        ("อยากให้ปรับปรุงถนน", "ปรับปรุงถนน"),
        ("ต้องการให้ซ่อมสะพาน", "ซ่อมสะพาน"),
        ("ขอรับการสนับสนุนเครื่องออกกำลังกาย", "เครื่องออกกำลังกาย"),
        ("ของเล่นเด็ก ศูนย์พัฒนาเด็กเล็ก", "ของเล่นเด็ก ศูนย์พัฒนาเด็กเล็ก"),
        ("ขอบทางเท้า หมู่ที่ 2", "ขอบทางเท้า หมู่ที่ 2"),
        ("ขอ", "ขอ"),
    ],
)
def test_a_wish_names_the_work_that_is_wished_for(text: str, work: str) -> None:
    assert find_work_text(text, wishing=True) == work
    assert find_work_text(text, wishing=False) == text


@pytest.mark.parametrize(
    "text",
    [
        "อุดหนุนการไฟฟ้าส่วนภูมิภาคอำเภอตัวอย่าง ขยายเขตไฟฟ้าแรงต่ำ หมู่ที่ 2",
        "เงินอุดหนุนให้แก่ กฟภ.ตัวอย่าง ขยายเขตไฟฟ้าแรงต่ำ หมู่ที่ 2",
        "โครงการอุดหนุนการไฟฟ้าส่วนภูมิภาคขยายเขตไฟฟ้าแรงต่ำ หมู่ที่ 2",
    ],
)
def test_a_subsidy_to_a_utility_is_the_work_that_it_pays_for(text: str) -> None:
    assert find_work_text(text, wishing=False) == "ขยายเขตไฟฟ้าแรงต่ำ หมู่ที่ 2"


def test_a_subsidy_to_anybody_else_keeps_its_words() -> None:
    text = "อุดหนุนโรงเรียนบ้านควน โครงการจัดการแข่งขันกีฬา"
    assert find_work_text(text, wishing=False) == text


@pytest.mark.parametrize(
    "text",
    [
        "ก่อสร้างสะพานข้ามคลองหอย (ร่วมกับ อบต.ตัวอย่าง สมทบคนละครึ่ง)",
        "ค่าก่อสร้างสะพานข้ามคลองหอย (สมทบกับ ทต.ตัวอย่าง)",
        "แผนจัดซื้อจัดจ้าง ก่อสร้างสะพานข้ามคลองหอย",
        "โครงการก่อสร้างสะพานข้ามคลองหอย (ยกมาจากปี 2567)",
        "โครงการก่อสร้างสะพานข้ามคลองหอย 1,200,000 บาท",
    ],
)
def test_partners_wrappers_money_and_carrying_are_no_part_of_the_wording(text: str) -> None:
    assert whole(text) == "ก่อสร้างสะพานข้ามคลองหอย"


def test_of_two_jobs_joined_the_one_with_an_object_is_compared() -> None:
    item = prepare_item(make_item("กำจัดวัชพืชและขุดลอกคลองหอย"))
    assert (item.verb, item.work_object, item.core) == ("ขุดลอก", "ลำน้ำ", "")


def test_further_actions_of_a_name_are_read_from_its_parts() -> None:
    item = prepare_item(make_item("ปรับปรุงระบบประปาหมู่บ้าน (ติดตั้งระบบกรองน้ำ) หมู่ที่ 3"))
    assert item.verb == "ปรับปรุง"
    assert item.added_verbs == {"จัดซื้อ"}
    assert find_added_verbs("", lambda text: parse_name(text).verb) == frozenset()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ก่อสร้างอาคารอเนกประสงค์พร้อมโต๊ะเก้าอี้", ("อาคารอเนกประสงค์", "โต๊ะ")),
        ("ปรับปรุงห้องประชุมพร้อมติดตั้งเครื่องเสียง", ("ห้องประชุม", "เครื่องเสียง")),
        ("ก่อสร้างถนนคอนกรีตเสริมเหล็กพร้อมวางท่อระบายน้ำ", None),
        ("จัดซื้อโต๊ะพร้อมเก้าอี้", None),
        ("", None),
    ],
)
def test_a_building_with_its_furniture_is_told_from_other_works_with_more(
    name: str, found: tuple[str, str] | None
) -> None:
    assert find_furniture(name) == found


def test_public_water_is_known_by_its_own_name() -> None:
    names = {
        prepare_item(make_item(f"ขุดลอก{name} หมู่ที่ 2")).roads[0].name
        for name in ("หนองน้ำสาธารณะหนองบัว", "หนองบัว", "หนองน้ำสาธารณประโยชน์หนองบัว")
    }
    assert names == {"หนองบัว"}


def test_a_length_by_stations_is_a_length() -> None:
    item = prepare_item(make_item("ก่อสร้างถนน คสล. สายบ้านทุ่งยาว – บ้านในไร่ (กม.0+000–0+800)"))
    assert item.sizes["length"] == {800.0}
    stated = prepare_item(make_item("ก่อสร้างถนน คสล. สายบ้านทุ่งยาว – บ้านในไร่ (กม.0+000–0+800) ยาว 750 เมตร"))
    assert stated.sizes["length"] == {750.0}


def test_utilities_and_the_village_itself_pin_no_spot() -> None:
    assert prepare_item(make_item("อุดหนุน กฟภ. ตัวอย่าง หมู่ที่ 2")).spots == ()
    assert prepare_item(make_item("ปรับปรุงระบบกรองน้ำ ประปาหมู่บ้านนาเตย")).spots == ()


def test_house_numbers_loose_numbers_years_and_doubled_names() -> None:
    assert find_house_numbers("หน้าบ้านเลขที่ 46/1 ถึงเลขที่ 48") == ("เลขที่ 46/1", "เลขที่ 48")
    assert find_loose_numbers("กล่อง 12x8 ชุดที่ 2 ราคา 1,500 บาท", frozenset(("2",))) == {"12x8"}
    assert find_year_forwarded("ปรับปรุงลาน (ยกยอดจากปี 2567)") == 2567
    assert find_year_forwarded("ปรับปรุงลาน ปี 2567") is None
    assert undouble("รถบรรทุกขยะ จัดซื้อรถบรรทุกขยะ") == "รถบรรทุกขยะ"
    assert undouble("จัดซื้อรถบรรทุกขยะ ก่อสร้างโรงจอดรถ") == "จัดซื้อรถบรรทุกขยะ ก่อสร้างโรงจอดรถ"


@pytest.mark.parametrize("letter", ["8", "ก", " ", "(", "ๆ", "1,000"])
def test_very_long_texts_are_read_in_time(letter: str) -> None:
    start = time.process_time()
    prepare_item(make_item(letter * 5_000))
    assert time.process_time() - start < 3

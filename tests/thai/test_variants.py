"""Spellings and abbreviations to one form; ambiguous short forms only where the words around decide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.thai.lexicon import load_rows
from tracegraph.thai.normalize import normalize
from tracegraph.thai.variants import canonical, find_concepts


@pytest.mark.parametrize(
    "typed", ["คสล.", "คสล", "ค.ส.ล.", "ค ส ล", "คอนกรีดเสริมเหล็ก", "คอนกรีตเสริมเหล็ก", "คอนกรีตเสริมเหล้ก"]
)
def test_reinforced_concrete(typed: str) -> None:
    assert canonical(f"ถนน {typed} ซอย 2") == "ถนน คอนกรีตเสริมเหล็ก ซอย 2"


@pytest.mark.parametrize("typed", ["โซล่าเซลล์", "โซลาเซลล์", "โซลาร์เซลล์", "โซล่าเซล", "Solar Cell"])
def test_solar(typed: str) -> None:
    assert canonical(f"ติดตั้งไฟ{typed}") == "ติดตั้งไฟโซลาร์เซลล์"


@pytest.mark.parametrize("typed", ["แอสฟัลท์ติกคอนกรีต", "แอสฟัลต์ติกคอนกรีต", "แอสฟัลติกคอนกรีต", "แอสฟัลท์ติกฯ", "แอสฟัลท์ฯ"])
def test_asphalt(typed: str) -> None:
    assert canonical(f"ผิวทาง{typed} สาย 3") == "ผิวทางแอสฟัลท์ติกคอนกรีต สาย 3"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ม.5 ยาว 250 ม.", "หมู่ที่5 ยาว 250 เมตร"),
        ("ซอยข้าง ม.อ.ก.", "ซอยข้าง ม.อ.ก."),
        ("กม.0+000", "กิโลเมตร0+000"),
        ("ระยะทาง 5 กม.", "ระยะทาง 5 กิโลเมตร"),
        ("ประชุม กม. ประจำเดือน", "ประชุม คณะกรรมการหมู่บ้าน ประจำเดือน"),
        ("เสนอ กม.", "เสนอ กม."),
        ("ทช. ซ่อมถนน กบ.4013", "กรมทางหลวงชนบท ซ่อมถนน กบ.4013"),
        ("ทช. ปลูกป่าชายเลน", "กรมทรัพยากรทางทะเลและชายฝั่ง ปลูกป่าชายเลน"),
        ("ขอ ทช.", "ขอ ทช."),
        ("ทน.นครสวรรค์", "เทศบาลนครนครสวรรค์"),
        ("ทน. ฟื้นฟูแหล่งน้ำ", "กรมทรัพยากรน้ำ ฟื้นฟูแหล่งน้ำ"),
        ("ขอ ทน.", "ขอ ทน."),
        ("ทบ. เจาะบ่อบาดาล", "กรมทรัพยากรน้ำบาดาล เจาะบ่อบาดาล"),
        ("ทบ. ส่งทหารช่วย", "กองทัพบก ส่งทหารช่วย"),
        ("วงเงิน 2 ลบ.", "วงเงิน 2 ล้านบาท"),
        ("ถมดิน 200 ลบ.", "ถมดิน 200 ลูกบาศก์เมตร"),
        ("ถมดิน 200 ลบ.ม.", "ถมดิน 200 ลูกบาศก์เมตร"),
        ("จำนวน 2 ลบ.", "จำนวน 2 ลบ."),
        ("สป.กระทรวงมหาดไทย", "สำนักงานปลัดกระทรวงกระทรวงมหาดไทย"),
        ("สป. อบต.แม่ใส", "สำนักปลัด องค์การบริหารส่วนตำบลแม่ใส"),
        ("ขอ สป.", "ขอ สป."),
        ("ทล.4034", "ทางหลวงหมายเลข 4034"),
        ("ขยายเขตน้ำดี ซอย 5", "ขยายเขตประปา ซอย 5"),
        ("กล้องส่องท่อน้ำดี", "กล้องส่องท่อน้ำดี"),
        ("ต.แม่ใส อ.เมือง จ.พะเยา", "ตำบลแม่ใส อำเภอเมือง จังหวัดพะเยา"),
        ("พ.ต.อ. ประจำ", "พ.ต.อ. ประจำ"),
        ("ศพด.บ้านใหม่", "ศูนย์พัฒนาเด็กเล็กบ้านใหม่"),
        ("คสล.ซ.2", "คอนกรีตเสริมเหล็กซอย2"),
        ("ระบบ ACER", "ระบบ acer"),
    ],
)
def test_short_forms_are_decided_by_what_stands_around(typed: str, expected: str) -> None:
    assert canonical(typed) == expected


@given(st.text(st.sampled_from("คสลกมทชบ.ตอจ 0123456789าีู่้ำ"), max_size=40))
def test_canonical_twice_changes_nothing(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once


def test_concepts_join_other_words_for_the_same_thing() -> None:
    assert find_concepts("ติดไฟกิ่ง") & find_concepts("โคมไฟถนน") == {"ไฟฟ้าสาธารณะ"}
    assert find_concepts("ลอกท่อ") != find_concepts("ขุดลอกคลอง")


def _rows(*kinds: str) -> list[dict[str, str]]:
    return [row for row in load_rows("variants") if row["kind"] in kinds]


@pytest.mark.parametrize("row", _rows("spelling", "abbreviation"), ids=lambda row: row["canonical"])
def test_every_listed_variant_becomes_its_canonical_form(row: dict[str, str]) -> None:
    for variant in row["variants"].split("|"):
        found = canonical(f"งาน {variant} กก 5")  # a name after it, as ต. อ. ถ. need
        assert row["canonical"] in found, (variant, found)


def test_the_lists_do_not_contradict_one_another() -> None:
    meant: dict[str, set[str]] = {}
    for row in _rows("spelling", "abbreviation"):
        for variant in row["variants"].split("|"):
            meant.setdefault(normalize(variant), set()).add(row["canonical"])
    assert {variant: names for variant, names in meant.items() if len(names) > 1} == {}


@pytest.mark.parametrize("row", _rows("synonym"), ids=lambda row: row["canonical"])
def test_every_synonym_is_found_in_a_text(row: dict[str, str]) -> None:
    for word in row["variants"].split("|"):
        assert find_concepts(f"โครงการ {word} หมู่ที่ 3"), word

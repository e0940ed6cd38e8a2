"""Village numbers and phases whose words a scan or a typist damaged, and words that only look like them."""

from __future__ import annotations

import pytest

from tracegraph.thai.parse import parse_name


@pytest.mark.parametrize(
    ("text", "villages"),
    [
        ("สร้างสะพานข้ามลำน้ำ หนู้ที่1 ต.ท่าดี", (1,)),
        ("วางท่อ หมู้ที่ 6", (6,)),
        ("วางท่อ หมมู่ที่ 7", (7,)),
        ("วางท่อ หมู่ทที่ ๘", (8,)),
        ("วางท่อ หมูที 3", (3,)),
        ("วางท่อ หมู่หี่ 3 จำนวน 15 ตัว", (3,)),
        ("ซ่อมแซมเหมือง หมู 3 กว้าง 0.50 เมตร", (3,)),
        ("ปรับปรุงประปา หมู 9 ต.หนองไม้", (9,)),
        ("ขยายผิวทาง ค.ส.ล.ม.4 ซอยสวนใหม่", (4,)),
        ("ขยายผิวทางถนน ซอยโคกกว้าง 51 ม.2 ช่วงที่ 1", (2,)),
        ("สนับสนุนกลุ่มดนตรีพื้นบ้านม.7 ตำบลท่าดี", (7,)),
        ("ก่อสร้างศาลา ทมู่ 9 ต.ท่าดี", (9,)),
        ("ปลูกป่า มู่ ๒ ต.ท่าดี", (2,)),
        ("แปรรูปผลิตภัณฑ์ทางการเกษตรม. 8 ต.ท่าดี", (8,)),
        ("ซ่อมถนนบ้านควนมะกอกม.6", (6,)),
        ("วางท่อ ซอยสันกว้าง 27 ม. 5", (5,)),
        ("ซ่อมถนนตั้งแต่ต้นสายจากกม.6", ()),
        ("ถนนซอยสันดี กว้าง 4 ม. 5 แห่ง", ()),
        ("ส่งเสริมการเลี้ยงหมู 20 ตัว", ()),
        ("กำจัดหนู 30 ตัว", ()),
        ("ก่อสร้างถนน กว้าง 4 ม. ยาว 250 ม. 4 แห่ง", ()),
    ],
)
def test_village_numbers_are_read_and_pigs_are_not(text: str, villages: tuple[int, ...]) -> None:
    assert parse_name(text).villages == villages


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("ก่อสร้างถนน (ชวงที่ 1)", 1),
        ("ก่อสร้างถนน (ระยะทิ่ 2)", 2),
        ("ก่อสร้างถนน ระยะหี่ 1", 1),
        ("ก่อสร้างถนน (ช่งที่ 2) หมู่ 3", 2),
        ("ก่อสร้างถนน ซ่วง ๑ บ้านไร่", 1),
        ("ก่อสร้างถนน (ะยะที่ 1)", 1),
        ("ก่อสร้างถนน ดอนทิ่ 2 บ้านไร่", 2),
        ("ก่อสร้างถนน ตอนทที่ ๒", 2),
        ("ระยะทาง 100 เมตร", None),
        ("ระระยะทาง 100 เมตร", None),
        ("บ้านหนองดอน 2 แห่ง", None),
        ("ปรับปรุงช่องที่ 2 ของท่อ", None),
        ("อบรมช่างที่ 2", None),
        ("ดวงที่ 3 ของโครงการ", None),
    ],
)
def test_phases_are_read_though_a_mark_is_lost(text: str, phase: int | None) -> None:
    assert parse_name(text).phase == phase


@pytest.mark.parametrize(
    ("text", "numbers", "tambons"),
    [
        ("สายชลวิถี รหัส ถ.95-062 บ้านโนนตูม", ("ถ.95-062",), ()),
        ("สายควน กบ.ถ.1-0023", ("กบ.ถ.1-0023",), ()),
        ("ถนนสู่พื้นที่การเกษตรซ.๑๗ ตำบลท่าดี", ("ซอย 17",), ("ท่าดี",)),
        ("แข่งขันกีฬาระดับอำเภอต.เหนือคลองอ.เหนือคลองจ.กระบี่", (), ("เหนือคลอง",)),
        ("ร่วมกับอบต.เหนือคลอง", (), ()),
        ("ตรวจโดยรพ.สต.เหนือคลอง", (), ()),
    ],
)
def test_codes_alleys_and_areas_without_spaces(text: str, numbers: tuple[str, ...], tambons: tuple[str, ...]) -> None:
    name = parse_name(text)
    assert (name.road_numbers, name.tambons) == (numbers, tambons)


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("วางท่อ ซย 13 หมู่ 2", (), ("ซอย 13",)),
        ("วางท่อ ซฮยธารชัย 15 หมู่ 5", ("ธารชัย",), ("ซอย 15",)),
        ("วางท่อ ซออยสันติใหม่ หมู่ 4", ("สันติใหม่",), ()),
        ("วางท่อ ซอยที 5 หมู่ 4", (), ("ซอย 5",)),
        ("วางท่อ ซอยสามัคคีอุทิศ 46 บ้านไร่", ("สามัคคีอุทิศ",), ("ซอย 46",)),
        ("วางท่อ ซอยสามัคคีทิศเหนือ", ("สามัคคี",), ()),
        ("วางท่อ ซอยยาวรุ่ง 3", ("ยาวรุ่ง",), ("ซอย 3",)),
        ("แจกอาหาร ขอย 15 ถุง", (), ()),
    ],
)
def test_alleys_are_read_though_a_letter_is_lost(text: str, name: tuple[str, ...], number: tuple[str, ...]) -> None:
    read = parse_name(text)
    assert (read.roads, read.road_numbers) == (name, number)


@pytest.mark.parametrize(
    "text", ["กม.1+750 ~ - 2+500", "กม.ที่ 1+750 ถง กม.ที 2+500", "กิโลเมตร ที่ 1+750 ถึง กิโลเมตร ที่ 2+500"]
)
def test_stations_are_read_though_what_joins_them_is_damaged(text: str) -> None:
    (found,) = parse_name(f"ซ่อมถนน ({text}) หมู่ 8").stations
    assert (found.start_m, found.end_m) == (1750, 2500)


def test_points_of_a_list_are_no_stretch() -> None:
    assert parse_name("สะพาน กม.1+800,กม.3+630,กม.4+600").stations == ()

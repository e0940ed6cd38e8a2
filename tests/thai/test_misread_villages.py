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
        ("ระยะทาง 100 เมตร", None),
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

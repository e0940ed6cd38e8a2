"""Phases, stations, measures, years, bodies and work taken out of a name, and the core that they leave."""

from __future__ import annotations

import pytest

from tracegraph.thai.parse import parse_name


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("ช่วงที่ 1", 1),
        ("(ช่วงที่1)", 1),
        ("ช่วง 2", 2),
        ("ตอนที่ 2", 2),
        ("ระยะที่ ๑", 1),
        ("เฟส 2", 2),
        ("ระยะ 100 เมตร", None),
        ("ระยะทาง 2 กิโลเมตร", None),
        ("ช่วงที่ 1-2", None),
        ("ช่วง กม.0+000-1+200", None),
        ("แผนระยะ 5 ปี", None),
    ],
)
def test_phases(text: str, phase: int | None) -> None:
    assert parse_name(f"ปรับปรุงถนน {text}").phase == phase


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("(กม.0+000–1+200)", 0, 1200),
        ("กม.ที่ 0+000 ถึง กม.ที่ 1+250", 0, 1250),
        ("ช่วง กม. ๖+๕๐๐ - กม. ๙+๒๐๐", 6500, 9200),
        ("Sta. 0+000 - 0+800", 0, 800),
        ("กม.2+400-1+200", 1200, 2400),
        ("กม. 42 + 100 ถึง กม. 41 + 400", 41400, 42100),
    ],
)
def test_stations(text: str, start: float, end: float) -> None:
    (stations,) = parse_name(f"ถนนสายบ้าน ก {text}").stations
    assert (stations.start_m, stations.end_m) == (start, end)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("กว้าง 4.00 ม. ยาว 250 ม. หนา 0.15 ม.", [("width", 4.0), ("length", 250.0), ("thickness", 0.15)]),
        ("กว้าง ๓.๐๐ เมตร ยาว ๑๕๐.๐๐ เมตร", [("width", 3.0), ("length", 150.0)]),
        ("กว้าง 4x250x0.15", [("width", 4.0), ("length", 250.0), ("thickness", 0.15)]),
        ("4.00x250x0.15 ม.", [("width", 4.0), ("length", 250.0), ("thickness", 0.15)]),
        ("ขนาด 20 × 30 เมตร", [("width", 20.0), ("length", 30.0)]),
        ("ก.4.00 ม. ย.250 ม. น.0.15 ม.", [("width", 4.0), ("length", 250.0), ("thickness", 0.15)]),
        ("ระยะทาง 2.5 กิโลเมตร", [("length", 2500.0)]),
        ("ความยาวรวมบ่อพัก 288.00 เมตร", [("length", 288.0)]),
        ("หนาเฉลี่ย 5 เซนติเมตร", [("thickness", 0.05)]),
        ("หรือมีพื้นที่ไม่น้อยกว่า 2,000 ตร.ม.", [("area", 2000.0)]),
        ("พื้นที่รับประโยชน์ 10 ไร่", [("area", 16000.0)]),
        ("ปริมาตร 200 ลบ.ม.", [("volume", 200.0)]),
        ("ถังเก็บน้ำ 20 ลูกบาศก์เมตร", [("volume", 20.0)]),
        ("ท่อ Ø 0.60 เมตร", [("diameter", 0.6)]),
        ("ท่อ ø 0.60 ม. ยาว 100 ม.", [("diameter", 0.6), ("length", 100.0)]),
        ("ลึกเฉลี่ย 2.00 ม.", [("depth", 2.0)]),
        ("สูง 1.50 ม.", [("height", 1.5)]),
        ("กว้าง 5-6 เมตร", [("width", 5.0)]),
        ("จำนวน 15 ชุด", [("count", 15.0)]),
        ("ขนาด 6 ล้อ", [("count", 6.0)]),
        ("งบ 1,150,000 บาท", []),
        ("1,150,000", []),
        ("ในพื้นที่เขต 3", []),
    ],
)
def test_measures(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(m.kind, m.value) for m in parse_name(f"งาน {text}").measures] == expected


def test_money_in_a_name_is_no_part_of_its_core() -> None:
    assert parse_name("รถยนต์ดับเพลิง งบ 6,900,000 บาท/คัน").core == ""


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("จ้างซ่อมเครื่องถ่ายเอกสาร หมายเลขครุภัณฑ์ 412-60-0007", ("412-60-0007",)),
        ("ครุภัณฑ์ หมายเลข 415-61-0003", ("415-61-0003",)),
        ("หมายเลขครุภัณฑ์ ๔๑๕-๖๕-๐๐๑๑ , ๔๑๕-๖๑-๐๐๑๒", ("415-65-0011", "415-61-0012")),
        ("รถยนต์ ทะเบียน กข 1234", ("กข1234",)),
        ("โทร 081-234-5678", ()),
    ],
)
def test_asset_numbers(text: str, numbers: tuple[str, ...]) -> None:
    assert parse_name(text).asset_numbers == numbers


@pytest.mark.parametrize(
    ("text", "period", "years"),
    [
        ("อาหารกลางวัน ประจำเดือน กุมภาพันธ์ ๒๕๖๘", "2568-02", ()),
        ("นมโรงเรียน (เดือน มี.ค. ๖๘ - พ.ค.๖๘)", "2568-03/2568-05", ()),
        ("ประจำภาคเรียนที่ ๑/๒๕๖๘", "ภาคเรียน 1/2568", ()),
        ("ฝึกอบรม (รุ่นที่ 2)", "รุ่น 2", ()),
        ("แข่งกีฬา ครั้งที่ 5/2567", "ครั้ง 5/2567", ()),
        ("ประจำปี พ.ศ.๒๕๖๙", None, (2569,)),
        ("ประจำปีงบประมาณ 2568", None, (2568,)),
        ("(ปี 2567)", None, (2567,)),
        ("ปี 66", None, (2566,)),
        ("พ.ศ. 2566-2570", None, (2566, 2567, 2568, 2569, 2570)),
        ("ยาว 2,550 เมตร", None, ()),
        ("ขนาด 2550 วัตต์", None, ()),
        ("อายุ 3 - 4 ปี", None, ()),
    ],
)
def test_periods_and_years(text: str, period: str | None, years: tuple[int, ...]) -> None:
    parsed = parse_name(text)
    assert (parsed.period, parsed.years) == (period, years)


@pytest.mark.parametrize(
    "text",
    [
        "โครงการก่อสร้างถนน คสล. ซอย 2",
        "ประกวดราคาจ้างก่อสร้างโครงการก่อสร้างถนน ค.ส.ล. ซอย 2 ด้วยวิธีประกวดราคาอิเล็กทรอนิกส์ (e-bidding)",
        "ประกวดราคาจ้างก่อสร้างถนน คสล. ซอย ๒ โดยวิธีเฉพาะเจาะจง (เลขที่โครงการ : 60000000001)",
        "จ้างก่อสร้างโครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก ซอย 2 (โอนงบครั้งที่ 3/2567)",
    ],
)
def test_wrappers_of_procurement_say_nothing(text: str) -> None:
    parsed = parse_name(text)
    assert (parsed.verb, parsed.work_object, parsed.family) == ("ก่อสร้าง", "ถนน", "คอนกรีต")
    assert (parsed.core, parsed.road_numbers, parsed.years) == ("", ("ซอย 2",), ())


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("ซอยข้างบ้านนายสมมติ1", ("นายสมมติ1",)),
        ("ถนน คสล.บ้านนายสมมติ2 และบ้านนางสมมติ3", ("นายสมมติ2", "นางสมมติ3")),
        ("หน้าบ้าน รตท.สมมติ4", ("รตท.สมมติ4",)),
        ("บ้านผู้ใหญ่สมมติ", ("ผู้ใหญ่สมมติ",)),
        ("ที่ว่าการนายอำเภอ", ()),
        ("นายกองค์การบริหารส่วนตำบล", ()),
        ("พัฒนาแหล่งน้ำ", ()),
    ],
)
def test_persons_are_kept_apart(text: str, persons: tuple[str, ...]) -> None:
    parsed = parse_name(text)
    assert parsed.persons == persons
    assert not any("สมมติ" in part for part in (parsed.core, *parsed.roads, *parsed.village_names, *parsed.landmarks))


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("ภูมิทัศน์ อบต.แม่ใส", ("อบต.แม่ใส",)),
        ("หน้า รพ.สต.แม่ใส", ("รพ.สต.แม่ใส",)),
        ("อุดหนุน กฟภ. ขยายเขตไฟฟ้า", ("กฟภ.",)),
        ("วัสดุสำนักงาน (กองคลัง)", ("กองคลัง",)),
        ("ศูนย์พัฒนาเด็กเล็กเทศบาลเมืองตัวอย่าง ๕", ("ศูนย์พัฒนาเด็กเล็กเทศบาลเมืองตัวอย่าง 5",)),
        ("อาหารเสริม (นม) ศพด.บ้านทับไทร", ("ศพด.บ้านทับไทร",)),
        ("นมโรงเรียน", ()),
    ],
)
def test_bodies(text: str, bodies: tuple[str, ...]) -> None:
    assert parse_name(text).bodies == bodies


@pytest.mark.parametrize(
    ("text", "landmarks"),
    [
        ("รางระบายน้ำ ข้างวัดทุ่งสวน", ("ข้างวัดทุ่งสวน",)),
        ("รางระบายน้ำ (3 แยกทางไปบึง)", ("3 แยกทางไปบึง",)),
        ("ถนน คสล.หลัง อบต.แม่ใส", ("หลัง อบต.แม่ใส",)),
        ("จ้างเจ้าหน้าที่", ()),
        ("ซ่อมหลังคา", ()),
        ("เครื่องวัดความดัน", ()),
        ("อาคาร 1 หลัง", ()),
    ],
)
def test_landmarks(text: str, landmarks: tuple[str, ...]) -> None:
    assert parse_name(text).landmarks == landmarks


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("ก่อสร้างถนน คสล. ซอย 2", ("ก่อสร้าง", "ถนน", "คอนกรีต")),
        ("เทปูนซอย 2", ("ก่อสร้าง", None, "คอนกรีต")),
        ("ซ่อมสร้างผิวทางแอสฟัลท์ติกคอนกรีต", ("ปรับปรุง", "ถนน", "ลาดยาง")),
        ("ซ่อมสร้างผิวจราจรแอสฟัลต์คอนกรีต", ("ปรับปรุง", "ถนน", "ลาดยาง")),
        ("ปรับปรุงถนนลาดยาง", ("ปรับปรุง", "ถนน", "ลาดยาง")),
        ("ลงหินคลุก ซอย 2", ("ก่อสร้าง", None, "หินคลุก")),
        ("ปรับปรุงราง คสล.ฝาปิด", ("ปรับปรุง", "รางระบายน้ำ", "ราง")),
        ("วางท่อระบายน้ำ คสล.", ("ก่อสร้าง", "ท่อระบายน้ำ", "ท่อ")),
        ("จ้างเหมาลอกท่อระบายน้ำ", ("ลอกท่อ", "ท่อระบายน้ำ", "ท่อ")),
        ("ขุดลอกคลองห้วยลึก", ("ขุดลอก", "ลำน้ำ", "ลำน้ำ")),
        ("ขยายเขตไฟฟ้า", (None, "ขยายเขตไฟฟ้า", "ไฟบ้าน")),
        ("ติดตั้งไฟฟ้าสาธารณะ", ("จัดซื้อ", "ไฟฟ้าสาธารณะ", "ไฟทาง")),
        ("ติดตั้งไฟส่องสว่างโซลาเซลล์", ("จัดซื้อ", "ไฟฟ้าสาธารณะ", "ไฟทาง")),
        ("ขยายเขตน้ำดี ซอย 5", ("ขยายเขต", "ประปา", "ประปา")),
        ("ระบบประปาหมู่บ้าน", (None, "ประปา", "ประปา")),
        ("จัดซื้อรถบรรทุกขยะแบบอัดท้าย", ("จัดซื้อ", "รถบรรทุกขยะ", "รถขยะ")),
        ("จัดซื้อรถบรรทุกน้ำดับเพลิงเอนกประสงค์", ("จัดซื้อ", "รถดับเพลิง", "รถดับเพลิง")),
        ("เสริมสร้างความโปร่งใส", (None, None, None)),
        ("ศูนย์ฟื้นฟูสภาพทางสังคม", (None, None, None)),
        ("ชุดทันตกรรม พร้อมโคมไฟ", (None, None, None)),
        ("ซื้อวัสดุก่อสร้าง", ("จัดซื้อ", None, None)),
    ],
)
def test_work(text: str, work: tuple[str | None, ...]) -> None:
    parsed = parse_name(text)
    assert (parsed.verb, parsed.work_object, parsed.family) == work


def test_a_second_work_stands_beside_the_first() -> None:
    parsed = parse_name("โครงการก่อสร้างถนน ค.ส.ล. พร้อมวางท่อระบายน้ำ ค.ส.ล. ซอยดอกบัว 19 หมู่ที่ 6 ต.คลองสอง")
    assert (parsed.work_object, parsed.other_objects, parsed.core) == ("ถนน", ("ท่อระบายน้ำ",), "")


def test_the_core_is_what_the_fields_leave() -> None:
    assert parse_name("สัตว์ปลอดโรค คนปลอดภัย ประจำปี 2568 ต.แม่ใส").core == "สัตว์ปลอดโรค คนปลอดภัย"


def test_an_empty_name() -> None:
    parsed = parse_name("")
    assert (parsed.core, parsed.spans, parsed.villages) == ("", (), ())

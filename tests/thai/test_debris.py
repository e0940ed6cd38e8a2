"""Names misread from scans: what is flagged and how surely, and that names as people type them are not."""

from __future__ import annotations

import csv
import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.thai.debris import find_debris

MISREAD = (
    "โครงการติตตั้งไฟฟ้าริมทาง",
    "โครงการปรับปรุงสวนหัฒนา",
    "โครงการค่อสร้างฝายน้ำล้น",
    "โครงการล่งเสริมอาชีท",
    "เครื่องตุดฝุ่น ขนาด 15 ลิตร",
    "รถยนต์ ขนิดขับเคลื่อน 4 ล้อ",
    "โครงการจัดซื้อกล้อง | “เพื่อความสงบ",
    "รถขุดตีนตะขาบ 2,500,000| 2,500,000] 2,500,000",
    "โครงการวางท่อ 1,200,000} 1,300,000",
    "ตู้เก็บแฟ้ม 4 du",
    "โครงการขุดสระน้้าบ้านควน",
    "โครงการ ิขยายถนน",
    "โครงการก่อสร้างเ ระบบกรองน้ำ",
    "ซ่อมแซมถhนนลูกรัง",
    "ก่อสร้าง\ufffd\ufffd (cid:12) ถนน",
)
TYPED = (
    "โครงการก่อสร้างถนน ค.ส.ล. หมู่ที่ ๓ บ้านทุ่งน้ำใส กว้าง 4.00 เมตร ยาว 1,250.00 เมตร (ช่วงที่ 2)",
    "จัดซื้อเครื่องคอมพิวเตอร์ All In One จำนวน 2 เครื่อง ๆ ละ 23,000 บาท",
    "เครื่องรับ-ส่งวิทยุ VHF/FM ชนิดมือถือ 5 W พร้อม SD card",
    'ปั๊มน้ำ 2 hp ท่อ PVC Ø 2" 3x4 m.',
    "ขุดเจาะบ่อบาดาล ฯลฯ (เกาะหมาก - บ้านแหลม)",
    'ส่งเสริมกิจกรรม "เมืองสะอาด คนในชาติมีสุข" ประจำปี 2568...',
    "พ่นหมอกควันกำจัดยุงลาย, แจกทรายอะเบท; ครั้งที่ 2/2567",
    "โครงการสานสัมพันธ์ผู้สูงอายุ “สุขใจวัยเก๋า”",
    "โครงการ “คลองสวย น้ำใส",
    "กม. 1+000 ~ 2+000 (<18 ปี)",
    "ติดตั้งระบบ solar cell on grid สำนักงาน อบต.",
    "ถนนลาดยาง Asphaltic Concrete สายเนตรทราย",
    "ท่อนํ้าประปา",  # ำ in two signs is another way of writing it, not a misreading
    "ความสุขนิดหน่อย",
    "",
)


@pytest.mark.parametrize("text", MISREAD)
def test_misread_names_are_flagged_with_reasons(text: str) -> None:
    debris = find_debris(text)
    assert debris is not None
    assert 0.5 <= debris.confidence <= 1
    assert debris.found
    assert len(debris.reasons) == len(debris.found)
    assert all(th and en for th, en in debris.reasons)
    assert all(piece in text for piece in debris.found)


@pytest.mark.parametrize("text", TYPED)
def test_names_as_people_type_them_are_not(text: str) -> None:
    assert find_debris(text) is None


def test_more_signs_make_it_surer_and_the_likely_word_is_named() -> None:
    one, two = find_debris("โครงการปรับปรุงสวนหัฒนา"), find_debris("โครงการติตตั้งป้าย | สวนหัฒนา")
    assert one is not None
    assert two is not None
    assert two.confidence > one.confidence
    assert one.found == ("หัฒนา",)
    assert one.reasons == (("‘หัฒนา’ น่าจะเป็น ‘พัฒนา’", "‘หัฒนา’ is probably ‘พัฒนา’"),)


@given(st.text(alphabet=st.sampled_from([*map(chr, range(0x0E01, 0x0E5C)), *" |.,ab19[]“\ufffd\n"]), max_size=60))
def test_any_text_is_taken(text: str) -> None:
    debris = find_debris(text)
    assert debris is None or (0.5 <= debris.confidence <= 1 and all(piece in text for piece in debris.found))


def _sample_names() -> set[str]:
    found: set[str] = set()
    for entry in files("tracegraph.sample").iterdir():
        if entry.name.endswith(".csv"):
            rows = csv.reader(entry.read_text(encoding="utf-8-sig").splitlines())
            found.update(cell for row in rows for cell in row if len(cell) > 12 and not cell.isascii())
    return found


def test_no_text_of_the_sample_is_flagged() -> None:
    texts = _sample_names()
    assert len(texts) > 300
    assert [text for text in texts if find_debris(text)] == []


def _column(path: Path, *names: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sorted({row[name] for row in csv.DictReader(file) for name in names if row.get(name)})


@pytest.mark.shared
def test_clean_real_names_raise_no_alarm_and_scanned_ones_do(shared: Path) -> None:
    data = shared / "data"
    clean = _column(data / "nakhonsawan_p02" / "key.csv", "name", "objective", "target")
    for path in sorted((data / "maesai").glob("[1-4]_*.csv")):
        clean += _column(path, "project", "project_name", "name", "proposal")
    scanned = _column(data / "klongluang" / "plan_projects.csv", "project_name_th")
    alarms = [text for text in clean if find_debris(text)]
    assert len(clean) > 500
    assert len(alarms) < len(clean) * 0.01, alarms
    assert 0.06 < sum(find_debris(name) is not None for name in scanned) / len(scanned) < 0.15


def test_twenty_thousand_names_take_little_time() -> None:
    names = [f"{text[:80]} {number}" for text in sorted(_sample_names()) for number in range(8)][:2_000]
    find_debris(MISREAD[0])  # reads the dictionary
    started = time.process_time()
    for name in names:
        find_debris(name)
    assert time.process_time() - started < 0.6  # 0.2 s would be 2 s for 20,000; three times that on a slow machine

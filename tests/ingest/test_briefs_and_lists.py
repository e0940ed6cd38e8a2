"""Project briefs (แบบ จ.1-1) become a record each, and so does each numbered need of a forum's cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest import form_books as books
from tests.ingest.conftest import MakeFile, codes
from tracegraph.ingest.importer import read_files


@pytest.mark.parametrize("colon", [True, False])
def test_two_briefs_in_one_sheet(colon: bool, tmp_path: Path) -> None:
    (batch,) = read_files([books.write_book(tmp_path / "a.xlsx", books.briefs(colon=colon))])
    (layout,) = batch.layouts
    assert (layout.form, layout.rows) == ("j1-1", 2) and layout.form_confidence >= 0.6
    first, second = batch.readings
    assert [r.row for r in batch.readings] == ([5, 21] if colon else [6, 23])
    assert (first.name, second.name) == ("พัฒนาเส้นทางท่องเที่ยวชุมชน", "ปรับปรุงท่าเทียบเรือ")
    assert dict(first.words) == {
        "objective": "เพื่อเพิ่มรายได้ชุมชน",
        "target": "ปรับปรุงเส้นทาง",
        "kpi": "รายได้เพิ่มขึ้นร้อยละ 5",
        "expected": "นักท่องเที่ยวเพิ่มขึ้น",
        "department": "สำนักงานการท่องเที่ยวจังหวัด",
    }
    assert first.programme == second.programme == "พัฒนาแหล่งท่องเที่ยว"
    assert [(p.years, p.amounts, p.area) for p in batch.projects] == [
        ((2571,), (5000000.0,), "810305"),
        ((2571,), (20000000.0,), "810301"),
    ]
    assert {plan.kind for plan in batch.plans} == {"PK11"}


@pytest.mark.parametrize(
    ("duration", "years"),
    [
        ("ปีงบประมาณ พ.ศ. 2571", (2571,)),
        ("ตุลาคม 2570 – กันยายน 2571", (2571,)),
        ("ปีงบประมาณ พ.ศ. 2571 - 2575", ()),
        ("1 ปี", ()),
    ],
)
def test_a_brief_has_the_one_fiscal_year_of_its_duration(
    duration: str, years: tuple[int, ...], xlsx_file: MakeFile
) -> None:
    rows = [
        ["แบบฟอร์มโครงการแบบย่อ (Project Brief)"],
        ["1. ชื่อโครงการสำคัญ", "ปรับปรุงท่าเรือ"],
        ["2. หลักการและเหตุผล", "ท่าเรือชำรุด"],
        ["3. วัตถุประสงค์", "เพื่อความปลอดภัย"],
        ["8. ระยะเวลา", duration],
        ["9. งบประมาณ", "100,000"],
    ]
    (batch,) = read_files([xlsx_file({"Sheet1": rows})])
    (project,) = batch.projects
    assert (project.years, project.amounts) == (years, (100000.0,))


def test_words_of_a_brief_go_on_in_the_rows_below(xlsx_file: MakeFile) -> None:
    rows = [
        ["แบบ จ.1-1"],
        ["1. ชื่อโครงการสำคัญ : ปรับปรุงท่าเรือ"],
        ["2. หลักการและเหตุผล :"],
        ["ท่าเรือชำรุด"],
        ["และมีผู้ใช้จำนวนมาก"],
        ["3. วัตถุประสงค์ : เพื่อความปลอดภัย"],
        ["7. หน่วยงานดําเนินการ : กรมเจ้าท่า"],
        ["9. งบประมาณ : ๑๐๐,๐๐๐ บาท"],
        ["11. ผลลัพธ์ : เดินทางสะดวก"],
    ]
    (batch,) = read_files([xlsx_file({"Sheet1": rows})])
    (reading,) = batch.readings
    words = dict(reading.words)
    assert (words["objective"], words["department"]) == ("เพื่อความปลอดภัย", "กรมเจ้าท่า")
    assert batch.projects[0].amounts == (100000.0,)


def test_the_needs_of_a_cell_become_a_record_each(tmp_path: Path) -> None:
    (batch,) = read_files([books.write_book(tmp_path / "a.xlsx", books.forum())])
    assert [(n.village_no, n.text) for n in batch.needs] == [
        (1, "ก่อสร้างถนนคอนกรีตสายในบ้าน"),
        (1, "ขยายเขตไฟฟ้า"),
        (1, "ขุดลอกคลอง"),
        (2, "ซ่อมแซมประปาหมู่บ้าน\nที่ชำรุด"),
        (2, "ไฟส่องสว่าง"),
        (3, "ก่อสร้างศาลาเอนกประสงค์"),
    ]
    assert [n.origin.row for n in batch.needs] == [4, 4, 4, 5, 5, 6]
    assert len({n.uid for n in batch.needs}) == 6
    assert [(p.row, p.found) for p in batch.problems if p.code == "cell-split"] == [(4, "3"), (5, "2")]


def test_a_list_that_does_not_count_from_one_stays_one_need(xlsx_file: MakeFile) -> None:
    rows = [
        ["หมู่ที่", "จำนวนผู้เข้าร่วม", "โครงการที่เสนอ"],
        [1, 40, "ถนนสาย 3\n4. เลนกว้าง"],
        [2, 40, "2. ถนน\n3. น้ำ"],
        [3, 40, "๑. ถนน\n๒. น้ำ"],
    ]
    (batch,) = read_files([xlsx_file({"Sheet1": rows})])
    assert [n.text for n in batch.needs] == ["ถนนสาย 3\n4. เลนกว้าง", "2. ถนน\n3. น้ำ", "ถนน", "น้ำ"]
    assert codes(batch.problems).count("cell-split") == 1


def test_a_table_whose_cells_begin_like_labels_is_no_brief(xlsx_file: MakeFile) -> None:
    rows = [
        ["ที่", "ชื่อโครงการ", "เป้าหมาย", "งบประมาณ", "ปีงบประมาณ"],
        [1, "กิจกรรมวันเด็ก", "1 ครั้ง", 5000, 2568],
        [2, "ผลผลิตทางการเกษตรปลอดภัย", "1 กลุ่ม", 6000, 2568],
    ]
    (batch,) = read_files([xlsx_file({"Sheet1": rows})])
    assert [p.name for p in batch.projects] == ["กิจกรรมวันเด็ก", "ผลผลิตทางการเกษตรปลอดภัย"]

"""How headings stand: one to four rows of them, 12, 13 and 17 columns, years in any spelling; and bad shapes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest import form_books as books
from tests.ingest.form_books import work
from tracegraph.errors import FileRefused, MappingError, TracegraphError
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import RecordBatch


def read(path: Path, *sheets: books.Sheet) -> RecordBatch:
    context = ImportContext(owner="เทศบาลตำบลศาลาด่าน", area="810305")
    (batch,) = read_files([books.write_book(path / "book.xlsx", *sheets)], context=context)
    return batch


def props(batch: RecordBatch) -> list[str]:
    return [column.prop for column in batch.layouts[0].columns]


def years(batch: RecordBatch, prop: str = "money") -> list[int | None]:
    return [column.year for column in batch.layouts[0].columns if column.prop == prop]


P02 = ["seq", "name", "objective", "target", *["money"] * 5, "kpi", "expected", "department"]
WORKS = [work(1, "งานก", 1, 2, 3, 4, 5), work(2, "งานข", 1)]


def test_eleven_lines_above_and_three_heading_rows_of_12_columns(tmp_path: Path) -> None:
    batch = read(tmp_path, books.p02(edition="ทบทวน ครั้งที่ 2/2565", body=WORKS))
    layout = batch.layouts[0]
    assert (layout.heading_first, layout.heading_last, props(batch)) == (12, 14, P02)
    assert layout.headings[3] == "เป้าหมาย (ผลผลิตของโครงการ)" and layout.headings[9] == "ตัวชี้วัด (KPI)"
    assert layout.unused == ()
    reading = batch.readings[0]
    assert (reading.strategy_no, reading.tactic_no, reading.tactic) == ("1", "1.1", "พัฒนาเส้นทางคมนาคม")
    assert reading.edition == "original" and batch.plans[0].edition_no == 256502
    links = {link.to_uid for link in batch.links if link.from_uid == batch.projects[0].uid}
    assert {"NS:5", "M13:10", "SDG:6", "BP:00310"} <= links


def test_13_columns(tmp_path: Path) -> None:
    rows = [[*row, *[None] * (12 - len(row)), None] for row in books.p02(body=WORKS).rows]
    rows[11][12], rows[14][12] = "หมายเหตุ", "รอผลสำรวจ"
    batch = read(tmp_path, books.sheet("S", rows))
    assert props(batch) == [*P02, "note"]
    assert batch.projects[0].status_text == "รอผลสำรวจ"


@pytest.mark.parametrize("merged", [True, False])
def test_17_columns(merged: bool, tmp_path: Path) -> None:
    sheet = books.p02(body=[[*work(1, "งานก", 10), 7, 8]], ordinance=True)
    merges = [*sheet.merges, "M12:Q12"] if merged else []
    batch = read(tmp_path, books.sheet("S", sheet.rows, merges))
    assert props(batch) == [*P02, *["budgeted"] * 5]
    assert years(batch) == years(batch, "budgeted") == list(books.YEARS)
    assert batch.readings[0].money[0] == (2566, 10.0)
    assert batch.projects[0].amounts == (10.0,)  # what was planned, not what was budgeted


def test_the_edition_of_the_title_is_the_books_own(tmp_path: Path) -> None:
    batch = read(tmp_path, books.p02(edition="เพิ่มเติม ครั้งที่ 3/2568", body=WORKS))
    assert [plan.edition_no for plan in batch.plans] == [256803]


@pytest.mark.parametrize(
    "spelled",
    [
        [2566, 2567, 2568, 2569, 2570],
        ["2566", "2567", "2568", "2569", "2570"],
        ["๒๕๖๖", "๒๕๖๗", "๒๕๖๘", "๒๕๖๙", "๒๕๗๐"],
        ["พ.ศ.\n2566", "พ.ศ. 2567<br>(บาท)", "ปี 2568", "ปีงบประมาณ 2569", "พ.ศ.๒๕๗๐"],
        [2566.0, " 2567 ", "25\u200b68", "ปี พ.ศ. 2569", "พ.ศ.\u00a02570"],
    ],
)
def test_years_in_any_spelling(spelled: list[books.Cell], tmp_path: Path) -> None:
    batch = read(tmp_path, books.p02(years=spelled, body=WORKS))
    assert years(batch) == list(books.YEARS)
    assert batch.readings[0].money == tuple(zip(books.YEARS, (1.0, 2.0, 3.0, 4.0, 5.0), strict=True))


def test_a_plan_of_three_years(tmp_path: Path) -> None:
    row = [1, "งานก", "ว", "ป", 1, 2, 3, "ร้อยละ 80", "ผล", "กองช่าง"]
    batch = read(tmp_path, books.p02(years=[2566, 2567, 2568], body=[row]))
    assert years(batch) == [2566, 2567, 2568]
    assert dict(batch.readings[0].words)["kpi"] == "ร้อยละ 80"


ONE_ROW = [["ที่", "โครงการ", "เป้าหมาย", 2566, 2567, "หน่วยงาน"], [1, "งานก", "1", 5, 6, "กองช่าง"]]
TWO_ROWS = [
    ["ที่", "รายการ", "งบประมาณ", None, "หน่วยงาน"],
    [None, None, "ปี 2566", "ปี 2567", None],
    [1, "งานก", 5, 6, "กองช่าง"],
]
FOUR_ROWS = [
    ["ที่", "โครงการ", "รายละเอียด", None, "งบประมาณและที่ผ่านมา", None, "ตัวชี้วัด", "ผลที่คาดว่า", "หน่วยงาน"],
    [None, None, "วัตถุประสงค์", "เป้าหมาย", "พ.ศ.", None, "(KPI)", "จะได้รับ", "รับผิดชอบ"],
    [None, None, None, "(ผลผลิตของโครงการ)", 2566, 2567, None, None, "หลัก"],
    [None, None, None, None, "(บาท)", "(บาท)"],
    [1, "งานก", "ว", "ป", 5, 6, "ร", "ผล", "กองช่าง"],
]


@pytest.mark.parametrize(
    ("rows", "merges", "last"),
    [
        (ONE_ROW, [], 1),
        (TWO_ROWS, ["A1:A2", "B1:B2", "C1:D1", "E1:E2"], 2),
        (TWO_ROWS, [], 2),
        (FOUR_ROWS, ["A1:A4", "B1:B4", "C1:D1", "E1:F1", "C2:C4", "E2:F2"], 4),
        (FOUR_ROWS, [], 4),
    ],
)
def test_one_to_four_heading_rows(rows: list[list[books.Cell]], merges: list[str], last: int, tmp_path: Path) -> None:
    batch = read(tmp_path, books.sheet("S", rows, merges))
    layout = batch.layouts[0]
    assert (layout.heading_first, layout.heading_last, layout.unused) == (1, last, ())
    (reading,) = batch.readings
    assert (reading.name, reading.row) == ("งานก", last + 1)
    assert reading.money == ((2566, 5.0), (2567, 6.0))
    assert dict(reading.words)["department"] == "กองช่าง"
    if rows is FOUR_ROWS:
        assert [value for _, value in reading.words] == ["ว", "ป", "ร", "ผล", "กองช่าง"]


def test_details_that_name_more_than_the_row_above(tmp_path: Path) -> None:
    rows = [
        ["ที่", "โครงการ", "รายละเอียดโครงการ", None, None, None, "หน่วยงาน"],
        [None, None, "วัตถุประสงค์", "เป้าหมาย", "ตัวชี้วัด", "ผลที่คาดว่าจะได้รับ", None],
        [1, "งานก", "ว", "ป", "ร", "ผล", "กองช่าง"],
    ]
    batch = read(tmp_path, books.sheet("S", rows))
    assert props(batch) == ["seq", "name", "objective", "target", "kpi", "expected", "department"]
    assert batch.layouts[0].heading_first == 1


def test_a_sheet_without_headings_is_refused_with_what_is_needed(tmp_path: Path) -> None:
    rows = [["ก", "ข", "ค"], ["ง", "จ", "ฉ"]]
    with pytest.raises(MappingError, match="no row of known headings") as caught:
        read(tmp_path, books.sheet("S", rows))
    assert caught.value.hint_th and caught.value.hint_en


def test_headings_only_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="headings only"):
        read(tmp_path, books.p02())


def test_two_columns_of_one_meaning_are_refused(tmp_path: Path) -> None:
    rows = [["ที่", "โครงการ", "ชื่อโครงการ", "เป้าหมาย"], [1, "งานก", "งานข", "1"]]
    with pytest.raises(MappingError, match="two columns hold the same property") as caught:
        read(tmp_path, books.sheet("S", rows))
    assert "โครงการ" in caught.value.th and "ชื่อโครงการ" in caught.value.th


def test_the_same_year_twice_is_refused(tmp_path: Path) -> None:
    rows = [["ที่", "โครงการ", "2566", "พ.ศ. 2566"], [1, "งานก", 1, 2]]
    with pytest.raises(MappingError, match="two columns hold the same property"):
        read(tmp_path, books.sheet("S", rows))


def test_a_sheet_of_notes_only_is_refused_alone_and_told_beside_others(tmp_path: Path) -> None:
    notes = books.sheet("บันทึก", [["หมายเหตุ: แก้ไขแล้ว"], ["ประชุมวันที่ 5"], ["ส่งเล่มแผนแล้ว"]])
    with pytest.raises(TracegraphError):
        read(tmp_path, notes)
    batch = read(tmp_path, books.p02(body=WORKS), notes)
    assert [(p.sheet, p.code) for p in batch.problems if p.code == "sheet-skipped"] == [("บันทึก", "sheet-skipped")]
    assert len(batch.projects) == 2


@pytest.mark.parametrize("numbers", [[1, 2, 3, 4, 5, 6], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], list("๑๒๓๔๕๖")])
def test_a_row_that_numbers_the_columns_belongs_to_the_headings(numbers: list[books.Cell], tmp_path: Path) -> None:
    batch = read(tmp_path, books.sheet("S", [ONE_ROW[0], numbers, ONE_ROW[1], [2, "งานข", "1"]]))
    assert batch.layouts[0].heading_last == 2
    assert [(r.row, r.name) for r in batch.readings] == [(3, "งานก"), (4, "งานข")]

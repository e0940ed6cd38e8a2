"""What each row of a sheet is: records, rows that go on, dividers, repeated headings, ditto marks, money as typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.ingest import form_books as books
from tests.ingest.conftest import MakeFile, ReadOne, codes
from tests.ingest.form_books import work
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import ItemReading, RecordBatch, RowFate


def read(path: Path, *sheets: books.Sheet) -> RecordBatch:
    (batch,) = read_files([books.write_book(path / "book.xlsx", *sheets)])
    return batch


def names(batch: RecordBatch) -> list[tuple[int, str]]:
    return [(reading.row, reading.name) for reading in batch.readings]


def by_name(batch: RecordBatch) -> dict[str, ItemReading]:
    return {reading.name: reading for reading in batch.readings}


def told(batch: RecordBatch, code: str) -> list[tuple[int | None, str | None, str]]:
    return [(p.row, p.column, p.found) for p in batch.problems if p.code == code]


def test_rows_that_go_on_belong_to_the_row_above(tmp_path: Path) -> None:
    body = [
        work(1, "ก่อสร้างถนนคอนกรีต\nซอย 1", 500000),
        [None, "บ้านคลองนิน", "ลดอุบัติเหตุ", "ยาว 200 ม."],
        [None, None, None, None, None, 250000],
        work(2, "วางท่อระบายน้ำ", None, 300000),
    ]
    batch = read(tmp_path, books.p02(body=body))
    assert names(batch) == [(15, "ก่อสร้างถนนคอนกรีต\nซอย 1\nบ้านคลองนิน"), (18, "วางท่อระบายน้ำ")]
    road = batch.readings[0]
    words = dict(road.words)
    assert (words["objective"], words["target"]) == ("เพื่อให้สัญจรสะดวก\nลดอุบัติเหตุ", "1 แห่ง\nยาว 200 ม.")
    assert road.money[:2] == ((2566, 500000.0), (2567, 250000.0))
    assert batch.projects[0].amounts == (500000.0, 250000.0)
    fates = [(row.row, row.fate) for row in batch.rows]
    assert fates == [(15, RowFate.LOADED), (16, RowFate.MERGED), (17, RowFate.MERGED), (18, RowFate.LOADED)]
    assert [row for row, _, _ in told(batch, "continued-row")] == [16, 17]


def test_one_merged_name_beside_several_lines_is_one_item(tmp_path: Path) -> None:
    line = [None, None, "ข้อสอง", "2 แห่ง", None, 200, None, None, None, "ร้อยละ 90", "ผลสอง", "กองคลัง"]
    sheet = books.p02(body=[work(1, "ก่อสร้างถนน", 100), line, work(2, "ขุดบ่อ", 1)])
    batch = read(tmp_path, replace(sheet, merges=(*sheet.merges, "A15:A16", "B15:B16")))
    assert names(batch) == [(15, "ก่อสร้างถนน"), (17, "ขุดบ่อ")]
    road = batch.readings[0]
    assert dict(road.words)["kpi"] == "ร้อยละ 80\nร้อยละ 90"
    assert dict(road.words)["department"] == "กองช่าง\nกองคลัง"
    assert road.money[:2] == ((2566, 100.0), (2567, 200.0))


def test_dividers_start_programmes_editions_and_groups(tmp_path: Path) -> None:
    body = [
        work(1, "งานก", 1),
        ["แผนงานสาธารณสุข"],
        work(1, "งานข", 2),
        [None, "เพิ่มเติมครั้งที่ 5 / 2567"],
        work(1, "งานค", 3),
        ["(3) แผนงานการศึกษา"],
        work(1, "งานง", 4),
        ["เปลี่ยนแปลง ครั้งที่ ๑/๒๕๖๘"],
        work(1, "งานจ", 5),
        [None],
        ["ครุภัณฑ์สำนักงาน"],
        work(1, "เครื่องปรับอากาศ", 6),
    ]
    sheet = books.p02(body=body)
    batch = read(tmp_path, replace(sheet, merges=(*sheet.merges, "A16:L16", "A22:L22")))
    found = by_name(batch)
    assert [r.programme for r in batch.readings] == [
        "แผนงานอุตสาหกรรมและการโยธา",
        "แผนงานสาธารณสุข",
        "แผนงานสาธารณสุข",
        "แผนงานการศึกษา",
        "แผนงานการศึกษา",
        "แผนงานการศึกษา",
    ]
    assert [found[name].edition for name in ("งานก", "งานข", "งานค", "งานง", "งานจ")] == [
        "original",
        "original",
        "เพิ่มเติม 5/2567",
        "เพิ่มเติม 5/2567",
        "เปลี่ยนแปลง 1/2568",
    ]
    assert sorted(plan.edition_no for plan in batch.plans) == [0, 256705, 256801]
    assert {p.name: p.item_kind.value for p in batch.projects}["เครื่องปรับอากาศ"] == "equipment"
    assert told(batch, "table-lines") == [(None, None, "16, 18, 20, 22, 25")]
    assert len(batch.readings) == len({r.uid for r in batch.readings}) == 6


def test_ditto_marks_and_pointers_take_words_and_money(tmp_path: Path) -> None:
    like_first = work(3, "ทาสีเสา", "เหมือนข้อ 1")
    like_first[2] = "เช่นเดียวกับลำดับที่ 1"
    nowhere = work(4, "ทาสีประตู", "เหมือนข้อ 9")
    batch = read(
        tmp_path, books.p02(body=[work(1, "ทาสีอาคาร", "๑,๐๐๐"), [2, "ทาสีรั้ว", '"', "〃", '"'], like_first, nowhere])
    )
    found = by_name(batch)
    assert dict(found["ทาสีรั้ว"].words)["objective"] == "เพื่อให้สัญจรสะดวก"
    assert dict(found["ทาสีเสา"].words)["objective"] == "เพื่อให้สัญจรสะดวก"
    assert [found[name].money[0] for name in ("ทาสีรั้ว", "ทาสีเสา", "ทาสีประตู")] == [
        (2566, 1000.0),
        (2566, 1000.0),
        (2566, None),
    ]
    assert [row for row, _, _ in told(batch, "ditto")] == [16, 16, 16, 17, 17]
    assert [(row, found) for row, _, found in told(batch, "pointer-unknown")] == [(18, "เหมือนข้อ 9")]


@pytest.mark.parametrize(
    "cell", ["1,500,00", "100,000-200,000", "ประมาณ 5 แสน", "-5000", "=1+1", "#REF!", "1.500", "(500)"]
)
def test_money_that_is_not_plainly_one_amount_stays_in_the_problems(cell: str, tmp_path: Path) -> None:
    batch = read(tmp_path, books.p02(body=[work(1, "สร้างฝาย", cell, 5000), work(2, "ขุดบ่อ", 1)]))
    assert batch.readings[0].money[:2] == ((2566, None), (2567, 5000.0))
    assert batch.projects[0].amounts == (5000.0,)
    assert told(batch, "money-unsure") == [(15, "งบประมาณ 2566 (บาท)", cell)]
    assert "money-unsure" in batch.projects[0].problems


@pytest.mark.parametrize(
    ("cell", "baht"),
    [
        ("๑๐๐,๐๐๐", 100000.0),
        (" 1,632,820 ", 1632820.0),
        ("1.5 ล้าน", 1.5e6),
        ("500000.-", 500000.0),
        ("\u00a01,000", 1000.0),
    ],
)
def test_money_as_officers_type_it(cell: str, baht: float, tmp_path: Path) -> None:
    batch = read(tmp_path, books.p02(body=[work(1, "สร้างฝาย", cell, "-"), work(2, "ขุดบ่อ", 1)]))
    assert batch.readings[0].money[:2] == ((2566, baht), (2567, None))
    assert batch.projects[0].amounts == (baht,)


def test_the_unit_of_a_heading_holds_for_bare_numbers_only(tmp_path: Path) -> None:
    rows = [
        ["ที่", "โครงการ", "เป้าหมาย", "งบประมาณ ปี 2568 (ล้านบาท)", "ปี 2569 (ล้านบาท)", "หน่วยงาน"],
        [1, "งานก", "1", 1.5, "2 ล้าน", "กองช่าง"],
        [2, "งานข", "1", "๐.๒๕", "500,000 บาท", "กองช่าง"],
    ]
    batch = read(tmp_path, books.sheet("S", rows))
    assert [r.money for r in batch.readings] == [((2568, 1.5e6), (2569, 2e6)), ((2568, 250000.0), (2569, 500000.0))]
    assert [p.amounts for p in batch.projects] == [(1.5e6, 2e6), (250000.0, 500000.0)]


def test_headings_of_every_printed_page_are_no_records(tmp_path: Path) -> None:
    sheet = books.p02(body=[work(1, "งานก", 1000)])
    again = books.sheet("S", [*sheet.rows, *sheet.rows[11:14], work(2, "งานค", 3000), *sheet.rows[11:14]])
    batch = read(tmp_path, again)
    assert names(batch) == [(15, "งานก"), (19, "งานค")]
    assert told(batch, "table-lines") == [(None, None, "16, 17, 18, 20, 21, 22")]


def test_numbering_that_starts_again_is_never_an_id(tmp_path: Path) -> None:
    body = [work(1, "งานก", 1), work(2, "งานข", 1), [None, "เพิ่มเติมครั้งที่ 1/2567"], work(1, "งานก", 1), work(2, "งานค", 1)]
    batch = read(tmp_path, books.p02(body=body))
    assert [name for _, name in names(batch)] == ["งานก", "งานข", "งานก", "งานค"]
    assert len({r.uid for r in batch.readings}) == 4


def test_rows_alike_in_every_cell_count_once_and_a_copied_sheet_is_told(tmp_path: Path) -> None:
    body = [work(1, "งานก", 1), work(2, "งานข", 2)]
    batch = read(tmp_path, books.p02(body=body), books.p02("ผ.02 (2)", body=body))
    assert len(batch.projects) == 2
    assert [(row.sheet, row.fate) for row in batch.rows][2:] == [("ผ.02 (2)", RowFate.MERGED)] * 2
    assert told(batch, "copied-sheet") == [(None, None, "ผ.02 (2)")]


def test_hidden_sheets_and_rows_are_data_and_told(tmp_path: Path) -> None:
    first = replace(books.p02("หนึ่ง", body=[work(1, "งานก", 1), work(2, "งานข", 2)]), hidden_rows=(16,))
    second = replace(books.p02("สอง", body=[work(1, "งานค", 3)]), hidden=True)
    batch = read(tmp_path, first, second)
    assert [p.name for p in batch.projects] == ["งานก", "งานข", "งานค"]
    assert told(batch, "hidden-rows") == [(None, None, "1")]
    assert told(batch, "hidden-sheet") == [(None, None, "สอง")]


def test_two_departments_in_a_cell_are_kept_as_written(tmp_path: Path) -> None:
    batch = read(tmp_path, books.p02(body=[work(1, "งานก", 1, department="กองช่าง\nกองคลัง"), work(2, "งานข", 1)]))
    assert dict(batch.readings[0].words)["department"] == "กองช่าง\nกองคลัง"


def test_both_spellings_of_am_and_hidden_spaces(tmp_path: Path) -> None:
    rows = [
        ["ท\u200bี่", "โครง\u200bการ", "จ\u0e4d\u0e32นวนเงิน", "หน่วยงานที่\u00a0รับผิดชอบ", "ปีงบประมาณ"],
        [1, "ขยายเขตประปาน\u0e4d\u0e49า", "\u00a01,000 ", "กองช่าง", "๒๕๖๘"],
        [2, "ขยายเขตประปาน้ำ", "2,000", "กองช่าง", "๒๕๖๘"],
    ]
    batch = read(tmp_path, books.sheet("S", rows))
    assert [c.prop for c in batch.layouts[0].columns] == ["seq", "name", "budget", "department", "year"]
    assert [(p.years, p.amounts) for p in batch.projects] == [((2568,), (1000.0,)), ((2568,), (2000.0,))]
    assert batch.readings[0].name == "ขยายเขตประปาน\u0e4d\u0e49า"  # the document's own spelling


def test_a_row_with_a_name_that_is_no_text_is_kept_out_and_told(tmp_path: Path) -> None:
    batch = read(
        tmp_path, books.p02(body=[work(1, "งานก", 1), work(2, "#REF!", 2), work(3, "-", 3), work(4, "งานง", 4)])
    )
    assert [p.name for p in batch.projects] == ["งานก", "งานง"]
    assert [(row.row, row.fate) for row in batch.rows if row.fate is RowFate.QUARANTINED] == [
        (16, RowFate.QUARANTINED),
        (17, RowFate.QUARANTINED),
    ]
    errors = [(p.row, p.code) for row in batch.rows for p in row.problems if p.severity == "error"]
    assert errors == [(16, "name-is-formula"), (17, "no-name")]
    assert "no-headings" not in codes(batch.problems)


def test_one_merged_department_holds_for_every_item_beside_it(tmp_path: Path) -> None:
    rows = [
        ["ที่", "แผนงาน", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ 2568", "หน่วยงานรับผิดชอบ"],
        [1, "แผนงานสาธารณสุข", "งานก", "ว", "ป", 5, "กองช่าง"],
        [2, None, "งานข", None, "ป", None, None],
        [3, "แผนงานการศึกษา", "งานค", "ส", None, 5, "กองคลัง"],
    ]
    batch = read(tmp_path, books.sheet("S", rows, ["B2:B3", "D2:D3", "F2:F3", "G2:G3", "D4:E4"]))
    assert [r.programme for r in batch.readings] == ["แผนงานสาธารณสุข"] * 2 + ["แผนงานการศึกษา"]
    assert [dict(r.words)["department"] for r in batch.readings] == ["กองช่าง", "กองช่าง", "กองคลัง"]
    assert [dict(r.words)["objective"] for r in batch.readings] == ["ว", "ว", "ส"]
    assert dict(batch.readings[2].words)["target"] == ""  # runs over from the left: not the target's own words
    assert [p.amounts for p in batch.projects] == [(5.0,), (), (5.0,)]  # one sum for both is counted once


def test_what_stands_below_the_table_is_no_record(tmp_path: Path) -> None:
    body = [
        work(1, "งานก", 100),
        [None],
        [None, None, None, None, None, "(ลงชื่อ)...........ผู้จัดทำ"],
        [None, None, None, None, None, "(ผู้อำนวยการกองยุทธศาสตร์)"],
        ["หมายเหตุ: ข้อมูล ณ วันที่ 1 ตุลาคม"],
        [None, "หมายเหตุ ราคาประเมินเบื้องต้น"],
    ]
    batch = read(tmp_path, books.p02(body=body))
    assert names(batch) == [(15, "งานก")]
    assert batch.readings[0].money[:2] == ((2566, 100.0), (2567, None))
    assert told(batch, "table-lines") == [(None, None, "17, 18, 19, 20")]


def test_lines_of_villages_say_where_the_rows_below_them_are(tmp_path: Path) -> None:
    rows = [
        ["สรุปปัญหาและความต้องการ ปี 2568"],
        [books.OFFICE],
        ["ที่", "ปัญหาและความต้องการ", "ลำดับความสำคัญ"],
        ["หมู่ที่ 1 บ้านศาลาด่าน"],
        [1, "ถนนชำรุด", 1],
        [2, "น้ำไม่พอใช้", 2],
        [None, "หมู่ที่ ๓ บ้านคลองดาว"],
        [1, "ไฟฟ้าดับบ่อย", 1],
    ]
    batch = read(tmp_path, books.sheet("S", rows))
    assert [(n.text, n.village_no, n.area) for n in batch.needs] == [
        ("ถนนชำรุด", 1, "81030501"),
        ("น้ำไม่พอใช้", 1, "81030501"),
        ("ไฟฟ้าดับบ่อย", 3, "81030503"),
    ]
    assert {n.side for n in batch.needs} == {None}


def test_communities_in_the_column_of_names_are_groups_where_the_numbers_start_again(tmp_path: Path) -> None:
    body = [
        [None, "ชุมชนวัดกลาง"],
        work(1, "งานก", 1),
        work(2, "งานข", 1),
        [None, "ชุมชนตลาดเก่า"],
        work(1, "งานค", 1),
        work(2, "ก่อสร้างถนน", 1),
        [None, "บ้านคลองนิน หมู่ที่ 2"],
        work(3, "งานง", 1),
    ]
    batch = read(tmp_path, books.p02(first="บัญชีโครงการพัฒนาท้องถิ่นจากแผนชุมชน", body=body))
    assert names(batch) == [
        (16, "งานก"),
        (17, "งานข"),
        (19, "งานค"),
        (20, "ก่อสร้างถนน\nบ้านคลองนิน หมู่ที่ 2"),
        (22, "งานง"),
    ]
    assert [p.village_name for p in batch.projects[:3]] == ["ชุมชนวัดกลาง"] * 2 + ["ชุมชนตลาดเก่า"]
    assert told(batch, "table-lines") == [(None, None, "15, 18")]


def test_a_row_with_only_its_printed_number_is_no_record(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["ที่", "โครงการ", "เป้าหมาย", "2568", "หน่วยงาน"]
    rows = [
        ["1", "ขุดลอกคลอง", "1 สาย", "5", "กองช่าง"],
        ["๒", "", "", "", ""],
        ["3", "", "", "-", ""],
        ["4", "", "ก", "5", ""],
    ]
    batch = read_one(csv_file([headings, *rows]))
    assert [(row.row, row.fate) for row in batch.rows] == [(2, RowFate.LOADED), (5, RowFate.QUARANTINED)]
    assert next(p.found for p in batch.problems if p.code == "table-lines") == "3, 4"

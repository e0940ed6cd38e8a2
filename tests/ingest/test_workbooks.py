"""Workbooks: what cells of every type, hidden rows and sheets become; the real book, value by value."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.ingest import foreign_files as make
from tests.ingest.foreign_files import cells_of, read_one
from tracegraph.ingest.cell_values import NumberKind, find_number_kind, read_number, read_value
from tracegraph.ingest.files import read_tables


@pytest.mark.parametrize("namespace", [make.MAIN, make.STRICT])
def test_shared_texts_join_their_runs_and_leave_readings_out(tmp_path: Path, namespace: str) -> None:
    strings = (
        "<si><t xml:space='preserve'> ขุดลอก  คลอง\nหมู่ ๓ </t></si>"
        "<si><r><t>ก่อสร้าง</t></r><r><rPr><b/></rPr><t>ถนน</t></r><rPh sb='0' eb='1'><t>อ่าน</t></rPh></si>"
        "<si><t>บรรทัด_x000D_\nสอง_x005F_x000D_</t></si><si/>"
    )
    sheet = "".join(f'<c r="{letter}1" t="s"><v>{at}</v></c>' for at, letter in enumerate("ABCD"))
    path = make.write_book(
        tmp_path / "b.xlsx", f'<sheetData><row r="1">{sheet}</row></sheetData>', strings=strings, namespace=namespace
    )
    assert cells_of(path) == [(" ขุดลอก  คลอง\nหมู่ ๓ ", "ก่อสร้างถนน", "บรรทัด\nสอง_x000D_")]


def test_every_type_of_cell_is_read_as_a_person_sees_it(tmp_path: Path) -> None:
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="[$-107041E]d mmm bbbb;@"/>'
        '<numFmt numFmtId="171" formatCode="&quot;วันที่ &quot;#,##0.00\\d"/>'
        '<numFmt numFmtId="172" formatCode="[h]:mm"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/>'
        '<xf numFmtId="71"/></cellXfs>'
    )
    cells = (
        '<c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="str"><f>A1&amp;"x"</f><v>ผล</v></c>'
        "<c><f>1+1</f><v>2</v></c>"
        '<c><f>SUM(A1:A9)</f></c><c t="str"><f>IF(A1="","",1)</f><v></v></c><c s="1"><v>45000</v></c>'
        '<c s="2"><v>1500.50</v></c>'
        '<c s="3"><v>1.5</v></c><c s="4"><v>45000.5</v></c><c><v>1632820.0</v></c><c><v>0.30000000000000004</v></c>'
        '<c t="d"><v>2024-05-06T00:00:00</v></c><c><v>1E+6</v></c><c s="1"><v>99999999999</v></c>'
    )
    path = make.write_book(tmp_path / "b.xlsx", f"<sheetData><row>{cells}</row></sheetData>", styles=styles)
    assert cells_of(path) == [
        (
            "TRUE", "#REF!", "ผล", "2", "=SUM(A1:A9)", "", "2023-03-15", "1500.5", "1 day, 12:00:00",
            "2023-03-15 12:00:00", "1632820", "0.3", "2024-05-06", "1000000", "99999999999",
        )
    ]  # fmt: skip


def test_days_may_count_from_1904(tmp_path: Path) -> None:
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    sheet = '<sheetData><row r="1"><c r="A1" s="0"><v>43538</v></c></row></sheetData>'
    book = '<workbookPr date1904="1"/>'
    assert cells_of(make.write_book(tmp_path / "b.xlsx", sheet, styles=styles, book=book)) == [("2023-03-15",)]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e18, max_value=1e18))
def test_a_stored_number_reads_as_its_value_does(number: float) -> None:
    assert read_number(repr(number)) == read_value(number)


@given(st.one_of(st.text(max_size=30), st.from_regex(r"-?[0-9]{1,400}(\.[0-9]+)?(E-?[0-9]{1,5})?", fullmatch=True)))
def test_no_stored_number_of_any_kind_raises(text: str) -> None:
    for kind in NumberKind:
        assert isinstance(read_number(text, kind), str)


@pytest.mark.parametrize(
    "code", ["General", "#,##0.00", "[$฿-41E]#,##0", '"วัน d"0', "_-* #,##0_-", "0.00E+00", "[Red]0"]
)
def test_formats_of_numbers_are_no_dates(code: str) -> None:
    assert find_number_kind(200, code) is NumberKind.PLAIN


def test_hidden_sheets_and_rows_are_marked_and_kept(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
        '<row r="3" hidden="true"/><row r="4" hidden="0"><c r="A4"><v>4</v></c></row></sheetData>'
        '<autoFilter ref="A1:A4"/>'
    )
    table = read_one(make.write_book(tmp_path / "b.xlsx", sheet, state="veryHidden"))
    assert table.hidden and table.hidden_rows == {2}
    assert [row.number for row in table.rows] == [1, 2, 4]


def test_rows_out_of_order_are_put_in_order_and_lose_nothing(tmp_path: Path) -> None:
    sheet = (
        '<sheetData><row r="3"><c r="B3"><v>3</v></c></row>'
        '<row r="1"><c r="C1"><v>2</v></c><c r="A1"><v>1</v></c></row>'
        '<row r="3"><c r="A3"><v>9</v></c></row></sheetData>'
    )
    table = read_one(make.write_book(tmp_path / "b.xlsx", sheet))
    assert [(row.number, row.cells) for row in table.rows] == [(1, ("1", "", "2")), (3, ("9", "3"))]


@pytest.mark.shared
def test_the_real_book_gives_every_value_and_every_box(shared: Path) -> None:
    path = shared / "data" / "nakhonsawan_p02" / "p02.xlsx"
    tables = read_tables(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path, data_only=True)
    assert [table.sheet for table in tables] == book.sheetnames
    for table, sheet in zip(tables, book.worksheets, strict=True):
        found = {row.number: row for row in table.rows}
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [read_value(value) for value in values]
            row = found.get(number)
            assert [row.cell(at) if row else "" for at in range(len(cells))] == cells
    assert sum(len(table.notes) for table in tables) == 55

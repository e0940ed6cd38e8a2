"""Workbooks of other programs and times: .xls, .xlsb, .ods, and what only has their names."""

from __future__ import annotations

import contextlib
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest import foreign_files as make
from tests.ingest.foreign_files import cells_of, read_one
from tracegraph.errors import FileRefused
from tracegraph.ingest.files import read_tables
from tracegraph.ingest.ole_stream import find_stream
from tracegraph.ingest.tables import SheetNote
from tracegraph.ingest.xls_notes import read_xls_marks


def test_an_old_workbook_keeps_places_merges_and_spaces(tmp_path: Path) -> None:
    first, hidden = read_tables(make.write_xls(tmp_path / "old.xls"))
    assert [(row.number, row.cells) for row in first.rows] == [
        (2, ("", "", "งบประมาณ")),
        (3, ("", "", "2566", "2567", "2568")),
        (4, ("", "ขุดลอกคลอง  ตื้นเขิน\nหมู่ ๓", "1632820.5")),
    ]
    assert first.filled(first.rows[0], 4) == "งบประมาณ"
    assert (first.hidden, hidden.hidden, hidden.sheet) == (False, True, "ซ่อน")
    assert not first.remarks


def test_boxes_comments_and_hidden_rows_of_an_old_workbook_are_found(tmp_path: Path) -> None:
    table = read_one(make.write_old_notes(tmp_path / "old.xls"))
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("โครงการ",)),
        (2, ("ซ่อน", "#REF!", "TRUE")),
        (5, ("#N/A",)),
    ]
    assert table.hidden_rows == {2}
    assert table.notes == (
        SheetNote(4, 4, 1, "ตรวจแล้ว", "comment"),
        SheetNote(10, 12, 2, "ย้ายไปแผนงานอื่น", "textbox"),
        SheetNote(34, 35, 5, "แก้ไข ครั้งที่ 4 / 2567\nซ้ำลำดับที่ 63", "textbox"),
    )


@given(data=st.data())
def test_no_damage_of_an_old_workbook_is_more_than_a_value_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = make.write_old_notes(tmp_path_factory.getbasetemp() / "base.xls")
    found = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(found) - 1), max_size=8)):
        found[at] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ValueError):
        stream = find_stream(bytes(found[: data.draw(st.integers(0, len(found)))]), ("Workbook",))
        read_xls_marks(stream or b"")


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    path = make.write_xlsb(tmp_path / "b.xlsb", [["โครงการ", "2566"], ["ถนน", 500000.0], ["น้ำ", 0.5]])
    assert cells_of(path) == [("โครงการ", "2566"), ("ถนน", "500000"), ("น้ำ", "0.5")]


def test_a_binary_workbook_keeps_merges_hidden_rows_errors_boxes_and_comments(tmp_path: Path) -> None:
    after = make.record(176, struct.pack("<4I", 0, 0, 0, 2)) + make.record(550, make.wide("rId7"))
    comment = make.record(635, struct.pack("<5I", 0, 2, 2, 1, 1) + bytes(16))
    comment += make.record(637, b"\0" + make.wide("ตรวจแล้ว"))
    drawing = f"<xdr:wsDr {make.DRAWING}>{make.anchor(2, 4, make.box('แก้ไข 2/2568'))}</xdr:wsDr>"
    rels = make.relation("rId7", "drawing", "../drawings/drawing1.xml")
    rels += make.relation("rId8", "comments", "../comments1.bin")
    parts: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.bin.rels": f"<Relationships>{rels}</Relationships>",
        "xl/drawings/drawing1.xml": drawing,
        "xl/comments1.bin": comment,
    }
    rows: list[list[str | float]] = [["งบประมาณ"], ["2566", "#REF!"], ["1"]]
    table = read_one(make.write_xlsb(tmp_path / "b.xlsb", rows, hidden=2, after=after, parts=parts))
    assert [row.cells for row in table.rows] == [("งบประมาณ",), ("2566", "#REF!"), ("1",)]
    assert table.filled(table.rows[0], 2) == "งบประมาณ"
    assert table.hidden_rows == {2} and not table.remarks
    assert table.notes == (
        SheetNote(3, 3, 1, "ตรวจแล้ว", "comment"),
        SheetNote(3, 4, 4, "แก้ไข 2/2568", "textbox"),
    )


@pytest.mark.parametrize(
    ("stream", "says"),
    [
        ("EncryptedPackage", "password"),
        ("WordDocument", "Word document"),
        ("PowerPoint Document", "PowerPoint"),
        ("Nothing known", "without a workbook"),
        ("Workbook", "damaged"),
    ],
)
def test_an_ole_file_that_is_no_open_workbook_says_what_it_is(tmp_path: Path, stream: str, says: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600))
    with pytest.raises(FileRefused) as refused:
        read_tables(path)
    assert says in refused.value.en and refused.value.hint_th and refused.value.hint_en


def test_a_csv_file_under_the_name_of_a_workbook_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes("ลำดับ\tโครงการ\r\n1\tถนน\r\n".encode("cp874"))
    table = read_one(path)
    assert table.rows[1].cells == ("1", "ถนน")
    assert [(mark.code, mark.found, mark.expected) for mark in table.remarks] == [("other-kind-of-file", "CSV", ".xls")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_a_web_page_under_the_name_of_a_workbook_says_so(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "export.xls"
    path.write_bytes("<html><table><tr><td>โครงการ</td></tr></table></html>".encode(encoding))
    with pytest.raises(FileRefused, match="web page"):
        read_tables(path)


ODS = """
<table:tracked-changes><table:table-cell><text:p>เก่า</text:p></table:table-cell></table:tracked-changes>
<table:table table:name="ยุทธ 1" table:style-name="ta1">
<table:shapes><draw:frame svg:y="1.0cm" svg:height="0.4cm"><draw:text-box><text:p>แบบ ผ.02</text:p></draw:text-box>
</draw:frame></table:shapes>
<table:table-row table:style-name="ro1"><table:table-cell office:value-type="string" table:number-columns-spanned="3"
 table:number-rows-spanned="2"><text:p>งบประมาณ</text:p></table:table-cell>
<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>
<table:table-row table:style-name="ro1" table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell/><table:table-cell office:value-type="string">
<text:p>ขุดลอก<text:s text:c="2"/><text:span>คลอง</text:span></text:p><text:p>หมู่ ๓<text:line-break/>น้ำ</text:p>
<office:annotation><text:p>ตรวจ</text:p><text:p>แล้ว</text:p></office:annotation>
<draw:g><draw:custom-shape table:end-cell-address="'ยุทธ 1'.C6"><text:p>แก้ไข 2/2568</text:p></draw:custom-shape></draw:g>
</table:table-cell><table:table-cell office:value-type="float" office:value="1632820.5"><text:p>1,632,820.50</text:p>
</table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-05-06"><text:p>6/5/67</text:p>
</table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"/>
<table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="2"/>
<table:table-cell table:formula="of:=SUM([.A1])"/><table:table-cell table:number-columns-repeated="16376"/>
</table:table-row><table:table-row table:number-rows-repeated="1048570">
<table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table>
<table:table table:name="ซ่อน" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="time"
 office:time-value="PT08H30M00S"/></table:table-row></table:table>
"""
STYLES = """
<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
<style:style style:name="ro1"><style:table-row-properties style:row-height="0.6cm"/></style:style>
"""


def test_an_opendocument_spreadsheet_gives_the_same_as_a_workbook(tmp_path: Path) -> None:
    first, hidden = read_tables(make.write_ods(tmp_path / "plan.ods", ODS, styles=STYLES))
    text = "ขุดลอก  คลอง\nหมู่ ๓\nน้ำ"
    assert [(row.number, row.cells) for row in first.rows] == [
        (1, ("งบประมาณ",)),
        (4, ("", text, "1632820.5", "2024-05-06", "TRUE", "7", "7", "=SUM([.A1])")),
    ]
    assert first.filled(first.rows[0], 2) == "งบประมาณ"
    assert (first.hidden, first.hidden_rows, hidden.hidden) == (False, frozenset({4}), True)
    assert hidden.rows[0].cells == ("08:30:00",)
    assert first.notes == (
        SheetNote(2, 3, 0, "แบบ ผ.02", "textbox"),
        SheetNote(4, 4, 1, "ตรวจ\nแล้ว", "comment"),
        SheetNote(4, 6, 1, "แก้ไข 2/2568", "textbox"),
    )


@pytest.mark.parametrize(
    "cell",
    [
        '<table:table-cell table:number-columns-repeated="999999999999999"><text:p>x</text:p></table:table-cell>',
        '<table:table-cell table:number-columns-repeated="x"><text:p>x</text:p></table:table-cell>',
    ],
)
def test_an_opendocument_file_that_repeats_beyond_reason_is_refused(tmp_path: Path, cell: str) -> None:
    tables = f'<table:table table:name="x"><table:table-row>{cell}</table:table-row></table:table>'
    with pytest.raises(FileRefused):
        read_tables(make.write_ods(tmp_path / "x.ods", tables))
    row = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell><text:p>x</text:p>'
    rows = f'<table:table table:name="x">{row}'
    with pytest.raises(FileRefused, match="exceeds"):
        read_tables(make.write_ods(tmp_path / "y.ods", f"{rows}</table:table-cell></table:table-row></table:table>"))


def test_an_opendocument_file_with_a_password_says_so(tmp_path: Path) -> None:
    path = make.write_ods(tmp_path / "x.ods", "", manifest="<manifest:encryption-data/>")
    with pytest.raises(FileRefused, match="password"):
        read_tables(path)

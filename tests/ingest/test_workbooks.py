"""Workbooks of every kind: what cells, merged ranges, hidden rows, boxes and comments become, and what is refused."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from tests.ingest import foreign_files as make
from tracegraph.errors import FileRefused
from tracegraph.ingest.cell_values import NumberKind, find_number_kind, read_number, read_value
from tracegraph.ingest.empty_cells import iter_filled
from tracegraph.ingest.files import read_tables
from tracegraph.ingest.ole_stream import find_stream
from tracegraph.ingest.tables import Limits, SheetNote, Table
from tracegraph.ingest.xls_notes import read_xls_marks
from tracegraph.ingest.xlsx_sheet import BookValues, _SheetReader
from tracegraph.ingest.xml_parts import iter_blocks, parse_stream

DRAWN = "xl/drawings/drawing1.xml"
DATA = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>โครงการ</t></is></c></row></sheetData>'


def read_one(path: Path, limits: Limits | None = None) -> Table:
    (table,) = read_tables(path, limits)
    return table


def cells_of(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in read_one(path).rows]


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


def test_text_boxes_of_every_anchor_are_found_with_their_row(tmp_path: Path) -> None:
    place = '<a:xfrm><a:off x="0" y="{}"/><a:ext cx="900" cy="100"/></a:xfrm>'
    top, low = (make.box(f"{word}สุดของกลุ่ม", place=place.format(at)) for word, at in (("บน", 5000), ("ล่าง", 5900)))
    group = (
        '<xdr:grpSp><xdr:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900" cy="1000"/><a:chOff x="0" y="5000"/>'
        '<a:chExt cx="900" cy="1000"/></a:xfrm></xdr:grpSpPr>'
        f"{top}{low}</xdr:grpSp>"
    )
    chosen = (
        f"<mc:AlternateContent><mc:Choice Requires='a14'>{make.box('ย้ายไปแผนงานอื่น')}</mc:Choice>"
        f"<mc:Fallback>{make.box('ย้ายไปแผนงานอื่น')}</mc:Fallback></mc:AlternateContent>"
    )
    height = 21 * 12700
    drawing = (
        f"<xdr:wsDr {make.DRAWING}>"
        + make.anchor(16, 5, make.box("แก้ไข| ครั้งที่ 4 / 2567", "ซ้ำลำดับที่ 63"))
        + make.anchor(16, 5, make.box("แก้ไข| ครั้งที่ 4 / 2567", "ซ้ำลำดับที่ 63"))
        + make.anchor(19, 1, chosen)
        + make.anchor(20, 1, make.box("", "  "))
        + make.anchor(29, 2, group, last=39)
        + "<xdr:oneCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:row>8</xdr:row></xdr:from>"
        + f'<xdr:ext cx="900" cy="{2 * height}"/>{make.box("รวมกับลำดับที่ 2")}</xdr:oneCellAnchor>'
        + f'<xdr:absoluteAnchor><xdr:pos x="700000" y="{height * 12 + 5}"/><xdr:ext cx="900" cy="{height}"/>'
        + f"{make.box('แบบ ผ.02')}</xdr:absoluteAnchor></xdr:wsDr>"
    )
    path = make.write_book(
        tmp_path / "b.xlsx",
        f'<sheetFormatPr defaultRowHeight="21"/>{DATA}<drawing r:id="rId7"/>',
        relations=make.relation("rId7", "drawing", "../drawings/drawing1.xml"),
        parts={"xl/drawings/drawing1.xml": drawing},
    )
    stamp = SheetNote(17, 18, 5, "แก้ไข ครั้งที่ 4 / 2567\nซ้ำลำดับที่ 63", "textbox")
    assert read_one(path).notes == (
        SheetNote(9, 10, 3, "รวมกับลำดับที่ 2", "textbox"),
        SheetNote(13, 14, 1, "แบบ ผ.02", "textbox"),
        stamp,
        stamp,
        SheetNote(20, 21, 1, "ย้ายไปแผนงานอื่น", "textbox"),
        SheetNote(30, 31, 2, "บนสุดของกลุ่ม", "textbox"),
        SheetNote(39, 40, 2, "ล่างสุดของกลุ่ม", "textbox"),
    )


def test_old_vml_boxes_comments_and_threads_are_notes(tmp_path: Path) -> None:
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<v:shape id="a"><v:textbox><div style="text-align:left"><font face="Tahoma">ไปประสาน<br>02/2</font></div>'
        "<div>น&#3657;ำ &amp; ดิน</div></v:textbox><x:ClientData ObjectType='Rect'>"
        "<x:Anchor>\n 2, 15, 6, 2, 4, 31, 8, 1</x:Anchor></x:ClientData></v:shape>"
        "<v:shape><v:textbox><div></div></v:textbox><x:ClientData ObjectType='Note'>"
        "<x:Anchor>1,0,1,0,2,0,2,0</x:Anchor></x:ClientData></v:shape></xml>"
    )
    comments = (
        '<comments xmlns="x"><commentList><comment ref="B3"><text><r><t>ตรวจ</t></r><r><t>แล้ว</t></r></text></comment>'
        '<comment ref="C4"><text><t>[Threaded comment]</t></text></comment></commentList></comments>'
    )
    threads = (
        '<ThreadedComments xmlns="x"><threadedComment ref="C4"><text>งบใครจ่าย</text></threadedComment>'
        '<threadedComment ref="C4"><text>อบจ.</text></threadedComment></ThreadedComments>'
    )
    path = make.write_book(
        tmp_path / "b.xlsx",
        f'{DATA}<legacyDrawing r:id="rId1"/>',
        relations=make.relation("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml")
        + make.relation("rId2", "comments", "../comments1.xml")
        + '<Relationship Id="rId3" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        ' Target="../threadedComments/threadedComment1.xml"/>',
        parts={
            "xl/drawings/vmlDrawing1.vml": vml,
            "xl/comments1.xml": comments,
            "xl/threadedComments/threadedComment1.xml": threads,
        },
    )
    assert read_one(path).notes == (
        SheetNote(3, 3, 1, "ตรวจแล้ว", "comment"),
        SheetNote(4, 4, 2, "งบใครจ่าย", "comment"),
        SheetNote(4, 4, 2, "อบจ.", "comment"),
        SheetNote(7, 9, 2, "ไปประสาน\n02/2\nน้ำ & ดิน", "textbox"),
    )


@pytest.mark.parametrize("drawing", ["<xdr:wsDr", "<w><twoCellAnchor><from><col>x</col></from></twoCellAnchor></w>"])
def test_damaged_boxes_cost_no_cell(tmp_path: Path, drawing: str) -> None:
    relations = make.relation("rId7", "drawing", "../drawings/drawing1.xml")
    sheet = f'{DATA}<drawing r:id="rId7"/>'
    parts: dict[str, str | bytes] = {DRAWN: drawing}
    table = read_one(make.write_book(tmp_path / "b.xlsx", sheet, relations=relations, parts=parts))
    assert table.rows[0].cells == ("โครงการ",)
    assert [remark.code for remark in table.remarks] == ["notes-damaged"]


def test_comments_that_openpyxl_writes_are_read(tmp_path: Path) -> None:
    book = Workbook()
    book.active["B2"] = "ถนน"
    book.active["B2"].comment = Comment("ย้ายไปแผนงานเคหะ", "กองช่าง")
    book.save(tmp_path / "b.xlsx")
    assert read_one(tmp_path / "b.xlsx").notes == (SheetNote(2, 2, 1, "ย้ายไปแผนงานเคหะ", "comment"),)


def test_what_lies_outside_the_file_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(
        f"<wsDr>{make.anchor(0, 0, make.box('ลับ'))}</wsDr>".replace("xdr:", "").replace("a:", ""), encoding="utf-8"
    )
    outside = f'<Relationship Id="rId7" Type="x/drawing" TargetMode="External" Target="{secret.as_uri()}"/>'
    upwards = '<Relationship Id="rId8" Type="x/drawing" Target="../../../secret.xml"/>'
    sheet = f'{DATA}<drawing r:id="rId7"/><drawing r:id="rId8"/>'
    assert read_one(make.write_book(tmp_path / "b.xlsx", sheet, relations=outside + upwards)).notes == ()


def test_a_part_s_name_is_found_in_any_case_and_with_backslashes(tmp_path: Path) -> None:
    path = make.write_book(tmp_path / "b.xlsx", "<sheetData/>", parts={"xl\\Drawings\\X.xml": ""})
    with pytest.raises(FileRefused, match="nothing in the file"):
        read_tables(path)
    sheet = f'{DATA}<drawing r:id="rId7"/>'
    drawing = f"<xdr:wsDr {make.DRAWING}>{make.anchor(0, 0, make.box('แบบ ผ.03'))}</xdr:wsDr>"
    relations = make.relation("rId7", "drawing", "../drawings/drawing1.xml")
    path = make.write_book(
        tmp_path / "c.xlsx", sheet, relations=relations, parts={"xl\\Drawings\\Drawing1.xml": drawing}
    )
    assert [note.text for note in read_one(path).notes] == ["แบบ ผ.03"]


# --- hostile shapes -----------------------------------------------------------------------------------------------


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ฮา"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/drawings/drawing1.xml",
    ],
)
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    path = make.write_book(
        tmp_path / "b.xlsx",
        f'{DATA}<drawing r:id="rId7"/>',
        strings="<si><t>x</t></si>",
        styles="<cellXfs/>",
        relations=make.relation("rId7", "drawing", "../drawings/drawing1.xml"),
        parts={part: f"{LAUGHS}<x>&b;</x>"} if part == DRAWN else {},
    )
    if part != DRAWN:
        rewrite(path, part, lambda text: LAUGHS + text)
    with pytest.raises(FileRefused, match="DTD"):
        read_tables(path)


def rewrite(path: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(bytes(parts[part]).decode("utf-8"))
    make.write_zip(path, parts)


def test_declared_dimensions_and_counts_are_not_believed(tmp_path: Path) -> None:
    sheet = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    path = make.write_book(tmp_path / "b.xlsx", sheet, strings="<si><t>ถนน</t></si>")
    assert cells_of(path) == [("ถนน",)]


def test_a_merge_over_the_whole_sheet_covers_only_the_rows_that_there_are(tmp_path: Path) -> None:
    last = '<row r="9"><c r="C9"><v>1</v></c></row>'
    sheet = DATA.replace("</sheetData>", f"{last}</sheetData>")
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    table = read_one(make.write_book(tmp_path / "b.xlsx", sheet + merges))
    assert {row for row, _ in table.merged} == {1, 9} and len(table.merged) < 500


def test_merges_without_end_are_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 400))
    merges = "".join(f'<mergeCell ref="A{n}:ALL400"/>' for n in range(1, 400))
    path = make.write_book(tmp_path / "b.xlsx", f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>")
    with pytest.raises(FileRefused, match="merged cells cover"):
        read_tables(path, Limits(max_covered=100_000))


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row r="1048577"><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="0"><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>-1</v></c></row></sheetData>',
        f'{DATA}<mergeCells><mergeCell ref="A1:ZZZZ9"/></mergeCells>',
        "<sheetData><row>",
        "<cols>" + '<col min="1" max="16384" width="9"/>' * 2 + f"</cols>{DATA}",
    ],
)
def test_nonsense_in_a_worksheet_is_a_stated_refusal(tmp_path: Path, sheet: str) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        read_tables(make.write_book(tmp_path / "b.xlsx", sheet))


def test_a_worksheet_that_is_listed_again_and_again_is_refused(tmp_path: Path) -> None:
    path = make.write_book(tmp_path / "b.xlsx", DATA)
    again = '<sheet name="x" sheetId="2" r:id="rId1"/></sheets>'
    rewrite(path, "xl/workbook.xml", lambda text: text.replace("</sheets>", again))
    with pytest.raises(FileRefused, match="two worksheets"):
        read_tables(path)


def test_a_text_that_many_cells_share_counts_as_often_as_it_is_seen(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 300))
    path = make.write_book(
        tmp_path / "b.xlsx", f"<sheetData>{rows}</sheetData>", strings=f"<si><t>{'ก' * 1000}</t></si>"
    )
    with pytest.raises(FileRefused, match="letters"):
        read_tables(path, Limits(max_text=200_000))
    with pytest.raises(FileRefused, match="row 1 has a cell of 1,000 letters"):
        read_tables(path, Limits(max_cell=999))


@pytest.mark.parametrize("name", ["../outside.xml", "xl/../../outside.xml", "C:/x.xml", "xl/WORKBOOK.xml"])
def test_a_workbook_with_odd_names_is_refused(tmp_path: Path, name: str) -> None:
    path = make.write_book(tmp_path / "b.xlsx", DATA, parts={name: "x"})
    with pytest.raises(FileRefused, match="damaged"):
        read_tables(path)
    assert not (tmp_path.parent / "outside.xml").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_workbook_with_two_parts_of_one_name_is_refused(tmp_path: Path) -> None:
    path = make.write_book(tmp_path / "b.xlsx", DATA)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(FileRefused, match="two parts"):
        read_tables(path)


def test_parts_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = make.write_book(tmp_path / "b.xlsx", DATA, parts={"xl/media/a": "x" * 5000, "xl/media/b": "x" * 5000})
    data = bytearray(path.read_bytes())
    first = data.find(b"PK\x01\x02")
    entries = [at for at in range(first, len(data) - 46) if data[at : at + 4] == b"PK\x01\x02"]
    offset = data[entries[-2] + 42 : entries[-2] + 46]
    data[entries[-1] + 42 : entries[-1] + 46] = offset
    path.write_bytes(data)
    with pytest.raises(FileRefused, match="lies over"):
        read_tables(path)


ROWS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.lists(st.sampled_from(["", "ก", "<", "</row>"]), max_size=6),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=30,
)


@given(ROWS, st.integers(1, 300))
def test_leaving_empty_cells_out_early_changes_nothing(rows: list[tuple[int, list[str], int, bool]], size: int) -> None:
    """The quick way (bytes of empty cells never reach the parser) and the plain one give the same rows."""
    parts, number = ["<worksheet><sheetData>"], 0
    for skip, texts, empties, stated in rows:
        number += skip + 1 if stated else 1
        cells = "".join(
            f"<c r='{chr(65 + at)}{number}' t='inlineStr'><is><t><![CDATA[{text}]]></t></is></c>" if text == "<"
            else f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text.replace("<", "&lt;")}</t></is></c>'
            for at, text in enumerate(texts)
        )  # fmt: skip
        cells += "".join(f'<c r="{chr(75 + at)}{number}" s="{at}"/>' for at in range(empties))
        parts.append(f'<row r="{number}" ht="21">{cells}</row>' if stated else f"<row>{cells}</row>")
    data = "".join([*parts, "</sheetData></worksheet>"]).encode()
    assert read_bytes(data, size, quick=True) == read_bytes(data, size, quick=False)


def read_bytes(data: bytes, size: int, *, quick: bool) -> list[object]:
    class Slow(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    reader = _SheetReader(BookValues(), Limits(), "x", "x")
    blocks = iter_filled(Slow(data), far_down=0) if quick else iter_blocks(Slow(data))
    parse_stream(blocks, reader.start, reader.end, reader.characters)
    return list(reader.found.rows)


def formatted_row(number: int) -> str:
    """A row of three formatted cells; every 34,000th has its number in the first."""
    first = f'<c r="A{number}" s="1"><v>{number}</v></c>' if number % 34_000 == 0 else f'<c r="A{number}" s="1"/>'
    return f'<row r="{number}" ht="21" customHeight="1">{first}<c r="B{number}" s="1"/><c r="C{number}" s="1"/></row>'


def test_a_sheet_of_every_row_there_is_reads_in_seconds(tmp_path: Path) -> None:
    """1,048,576 formatted rows, 30 of them with words."""
    path = make.write_book(tmp_path / "full.xlsx", "")
    head = '<worksheet><dimension ref="A1:XFD1048576"/><sheetData>'
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w") as target:
            target.write(head.encode())
            for first in range(1, 1_048_577, 4096):
                target.write("".join(formatted_row(n) for n in range(first, first + 4096)).encode())
            target.write(b"</sheetData></worksheet>")
    before = time.process_time()
    table = read_one(path)
    assert time.process_time() - before < 10
    assert [row.number for row in table.rows] == list(range(34_000, 1_048_577, 34_000))
    assert len(table.rows) == 30 and {row.cells for row in table.rows} == {(str(row.number),) for row in table.rows}


# --- other kinds of workbooks -------------------------------------------------------------------------------------


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
    assert (first.hidden, first.hidden_rows, hidden.hidden) == (False, {4}, True)
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


# --- the real book ------------------------------------------------------------------------------------------------


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

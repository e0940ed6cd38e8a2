"""What lies over a worksheet's cells: text boxes of every anchor, old boxes, comments and threads."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.ingest import foreign_files as make
from tests.ingest.foreign_files import DATA, DRAWN, read_one
from tracegraph.errors import FileRefused
from tracegraph.ingest.files import read_tables
from tracegraph.ingest.tables import SheetNote


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
    sheet = book.create_sheet("ถนน", 0)
    sheet["B2"] = "ถนน"
    sheet["B2"].comment = Comment("ย้ายไปแผนงานเคหะ", "กองช่าง")
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

"""Tables of Word documents: lines above, merged cells, tables that go on, notes, tracked changes, own numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.docx_documents import cell, paragraph, row, run, table, text_box, write_docx
from tracegraph.errors import FileRefused
from tracegraph.ingest.docx_files import read_docx
from tracegraph.ingest.docx_numbers import write_number
from tracegraph.ingest.headings import find_heading_rows
from tracegraph.ingest.tables import Limits, Table

LINES = (
    "รายละเอียดโครงการพัฒนา",
    "แผนพัฒนาท้องถิ่น (พ.ศ. ๒๕๖๖ - ๒๕๗๐) เพิ่มเติม ครั้งที่ 2/2567",
    "1. ยุทธศาสตร์การพัฒนาด้านโครงสร้างพื้นฐาน",
    "(1) แผนงานอุตสาหกรรมและการโยธา",
)
HEADINGS = (
    row(
        cell("ที่", merge="restart"),
        cell("โครงการ", merge="restart"),
        cell("เป้าหมาย\n(ผลผลิตของโครงการ)", merge="restart"),
        cell("งบประมาณ", span=2),
        cell("หน่วยงานรับผิดชอบหลัก", merge="restart"),
    ),
    row(
        cell(merge="continue"), cell(merge="continue"), cell(merge="continue"), "2566\n(บาท)", "2567\n(บาท)",
        cell(merge="continue"),
    ),
)  # fmt: skip


def item(number: int, name: str = "ก่อสร้างถนน คสล. หมู่ที่ {}") -> str:
    return row(str(number), name.format(number), "1 สาย", "-", "๕๐๐,๐๐๐", "กองช่าง\n\nสำนักปลัด")


def read(path: Path, *blocks: str, **more: object) -> list[Table]:
    return read_docx(write_docx(path / "แผน.docx", *blocks, **more), Limits())  # type: ignore[arg-type]


def cells(table: Table, number: int) -> tuple[str, ...]:
    return next(row.cells for row in table.rows if row.number == number)


def test_lines_above_a_table_are_rows_above_its_headings(tmp_path: Path) -> None:
    found = read(tmp_path, *map(paragraph, LINES), paragraph(), table(*HEADINGS, item(1), item(2)))
    assert [t.sheet for t in found] == ["ตาราง 1"]
    assert [row.cells for row in found[0].rows[:4]] == [(line,) for line in LINES]
    assert cells(found[0], 5) == ("ที่", "โครงการ", "เป้าหมาย\n(ผลผลิตของโครงการ)", "งบประมาณ", "", "หน่วยงานรับผิดชอบหลัก")
    assert cells(found[0], 7) == ("1", "ก่อสร้างถนน คสล. หมู่ที่ 1", "1 สาย", "-", "๕๐๐,๐๐๐", "กองช่าง\nสำนักปลัด")
    assert found[0].merged == {
        (5, 4): "งบประมาณ",
        (6, 0): "ที่",
        (6, 1): "โครงการ",
        (6, 2): "เป้าหมาย\n(ผลผลิตของโครงการ)",
        (6, 5): "หน่วยงานรับผิดชอบหลัก",
    }
    headings = find_heading_rows(found[0])
    assert headings is not None
    assert headings.headings[3:5] == ("งบประมาณ 2566\n(บาท)", "งบประมาณ 2567\n(บาท)")


def test_tables_that_go_on_are_one(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        *map(paragraph, LINES),
        table(*HEADINGS, item(1)),
        paragraph(),
        table(item(2), item(3)),  # no headings
        *map(paragraph, LINES),  # the page's title once more
        table(*HEADINGS, item(4)),
        paragraph("(2) แผนงานสาธารณสุข"),
        table(item(5)),
    )
    assert len(found) == 1
    assert [r.cells[0] for r in found[0].rows[6:]] == ["1", "2", "3", "4", "(2) แผนงานสาธารณสุข", "5"]
    assert found[0].rows[-1].number == 12


def test_a_new_group_above_repeated_headings_begins_a_table_that_keeps_the_plan(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        *map(paragraph, LINES),
        table(*HEADINGS, item(1)),
        paragraph("(2) แผนงานสาธารณสุข"),
        table(*HEADINGS, item(1, "พ่นหมอกควัน หมู่ที่ {}")),
        paragraph("แผนพัฒนาท้องถิ่น (พ.ศ. 2571 - 2575)"),
        table(*HEADINGS, item(1)),
        table(row("ลงชื่อ", "ตำแหน่ง"), row("…", "…")),
    )
    assert [t.sheet for t in found] == ["ตาราง 1", "ตาราง 2", "ตาราง 3", "ตาราง 4"]
    assert [row.cells[0] for row in found[1].rows[:4]] == [*LINES[:3], "(2) แผนงานสาธารณสุข"]
    assert [row.cells[0] for row in found[2].rows[:2]] == ["แผนพัฒนาท้องถิ่น (พ.ศ. 2571 - 2575)", "ที่"]


def test_text_boxes_and_comments_are_notes_at_their_row(tmp_path: Path) -> None:
    stamped = row("2", cell(inner=paragraph("ขุดลอกคลอง", text_box("แก้ไข ครั้งที่ 1/2567", "หน้า 5"))), "", "", "9", "")
    commented = row(cell(inner=paragraph("3", '<w:r><w:commentReference w:id="7"/></w:r>')), "วางท่อ", "", "", "8", "")
    found = read(
        tmp_path,
        paragraph("", text_box("แบบ ผ.02")),
        paragraph(LINES[0]),
        table(*HEADINGS, item(1), stamped, commented),
        paragraph("", text_box("ยกเลิก")),
        comments=[("7", "ซ้ำลำดับที่ 63"), ("8", "ไม่ได้อ้างถึง")],
    )
    assert [(note.row, note.last_row, note.column, note.text, note.source) for note in found[0].notes] == [
        (1, 1, 0, "แบบ ผ.02", "textbox"),
        (5, 5, 1, "แก้ไข ครั้งที่ 1/2567\nหน้า 5", "textbox"),
        (6, 6, 0, "ซ้ำลำดับที่ 63", "comment"),
        (6, 6, 0, "ยกเลิก", "textbox"),
    ]
    assert cells(found[0], 5)[1] == "ขุดลอกคลอง"


def test_tracked_changes_read_as_accepted(tmp_path: Path) -> None:
    changed = paragraph(
        "ก่อสร้าง", f"<w:del w:id='1'>{run('ถนน').replace('w:t', 'w:delText')}</w:del><w:ins>{run('ฝาย')}</w:ins>"
    )
    gone = row("9", "ลบแล้ว", "", "", "1", "", properties="<w:del w:id='2'/>")
    moved = f"<w:moveFrom>{paragraph('ย้ายออก')}</w:moveFrom><w:moveTo>{paragraph('ย้ายมา')}</w:moveTo>"
    added = row("3", "เพิ่ม", "", "", "1", "", properties="<w:ins w:id='3'/>")
    found = read(tmp_path, moved, table(*HEADINGS, row("1", cell(inner=changed), "", "", "5", ""), gone, added))
    assert [row.cells[:2] for row in found[0].rows[3:]] == [("1", "ก่อสร้างฝาย"), ("3", "เพิ่ม")]
    assert found[0].rows[0].cells == ("ย้ายมา",)


def test_a_table_in_a_cell_a_content_control_and_fields_keep_their_text(tmp_path: Path) -> None:
    nested = cell(inner=paragraph("กิจกรรม") + table(row("ก. สำรวจ", "5,000"), row("ข. ก่อสร้าง", "95,000")) + paragraph())
    field = "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>กองช่าง</w:t></w:r></w:hyperlink>"
    body = table(*HEADINGS, row("1", nested, "", "", "100,000", cell(inner=paragraph("", field))))
    found = read(tmp_path, f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{body}</w:sdtContent></w:sdt>")
    assert cells(found[0], 3) == ("1", "กิจกรรม\nก. สำรวจ 5,000\nข. ก่อสร้าง 95,000", "", "", "100,000", "กองช่าง")


NUMBERING = (
    '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="thaiNumbers"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="5"/></w:num>'
)


def numbered(list_id: int, text: str = "", level: int = 0) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def test_numbers_that_word_writes_by_itself_are_read(tmp_path: Path) -> None:
    def auto(list_id: int, name: str) -> str:
        return row(cell(inner=numbered(list_id)), cell(inner=paragraph(name) + numbered(3, "ระยะ 1")), "", "", "5", "")

    styled = row(cell(inner=paragraph(properties='<w:pStyle w:val="Own"/>')), "สาม", "", "", "5", "")
    found = read(
        tmp_path,
        numbered(1, "ยุทธศาสตร์ที่หนึ่ง"),
        numbered(1, "กลยุทธ์", level=1),
        table(*HEADINGS, auto(2, "หนึ่ง"), auto(2, "สอง"), styled),
        numbering=NUMBERING,
        styles='<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Own"><w:basedOn w:val="Base"/></w:style>',
    )
    assert [row.cells[0] for row in found[0].rows[:2]] == ["๑. ยุทธศาสตร์ที่หนึ่ง", "๑.1 กลยุทธ์"]
    assert [row.cells[0] for row in found[0].rows[4:]] == ["๑.", "๒.", "๓."]
    assert cells(found[0], 5)[1] == "หนึ่ง\n- ระยะ 1"


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [(3, "decimal", "3"), (12, "thaiNumbers", "๑๒"), (3, "thaiLetters", "ค"), (42, "thaiLetters", "กก"),
     (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"), (5, "none", ""),
     (6, "chicago", "6")],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, written: str) -> None:
    assert write_number(number, form) == written


def test_thai_text_is_kept_as_written(tmp_path: Path) -> None:
    texts = ("น้ำ", "น\u0e4d\u0e49า", "บ้าน\u200bใหม่", "ค.ส.ล. Ø 0.60 ม.", "=1+1", "ก<ข&ค")
    found = read(tmp_path, table(*HEADINGS, row("1", *texts[:5]), row("2", texts[5], "", "", "", "")))
    assert cells(found[0], 3)[1:] == texts[:5]
    assert cells(found[0], 4)[1] == texts[5]


def refused(path: Path, limits: Limits | None = None) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_docx(path, limits or Limits())
    assert caught.value.hint_th
    assert caught.value.hint_en
    return caught.value


def test_what_is_no_table_of_word_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert "ไม่มีตาราง" in refused(write_docx(tmp_path / "text.docx", paragraph("มีแต่ข้อความ"))).th
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert "แมโคร" in refused(write_docx(tmp_path / "a.docm", table(*HEADINGS), main_type=macro)).th
    old = tmp_path / "a.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert ".docx" in refused(old).hint_th
    old.write_bytes(b"{\\rtf1 \\ansi text}")
    assert "old Word" in refused(old).en
    cut = write_docx(tmp_path / "cut.docx", table(*HEADINGS, item(1)))
    cut.write_bytes(cut.read_bytes()[:-200])
    assert "ไฟล์เสีย" in refused(cut).th


def test_hostile_documents_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    assert "DTD" in refused(write_docx(tmp_path / "a.docx", table(*HEADINGS), before_root=bomb)).en
    wide = write_docx(tmp_path / "b.docx", table(row(*(cell("x", span=900),) * 3)))
    assert "columns" in refused(wide).en
    deep = "<w:sdt><w:sdtContent>" * 300 + table(*HEADINGS) + "</w:sdtContent></w:sdt>" * 300
    assert "deep" in refused(write_docx(tmp_path / "c.docx", deep)).en
    long = write_docx(tmp_path / "d.docx", table(*HEADINGS, *(item(n) for n in range(30))))
    assert "20 " in refused(long, Limits(max_rows=20)).en
    absurd = write_docx(
        tmp_path / "e.docx", table(row(cell("x").replace("<w:tcW w:w='1'/>", '<w:gridSpan w:val="999999999"/>')))
    )
    assert "columns" in refused(absurd).en

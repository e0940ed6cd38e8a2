"""Files as other programs write them, part by part: workbooks with drawings, OpenDocument, .xls and .xlsb."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import xlwt
from xlwt.CompoundDoc import XlsDoc

from tracegraph.ingest.files import read_tables
from tracegraph.ingest.tables import Limits, Table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


DRAWN = "xl/drawings/drawing1.xml"
DATA = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>โครงการ</t></is></c></row></sheetData>'


def read_one(path: Path, limits: Limits | None = None) -> Table:
    """The one table of a file."""
    (table,) = read_tables(path, limits)
    return table


def cells_of(path: Path) -> list[tuple[str, ...]]:
    """The cells of the one table of a file."""
    return [row.cells for row in read_one(path).rows]


def write_zip(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A ZIP of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def replace_part(path: Path, name: str, data: str | bytes) -> None:
    """Another content for one part of a ZIP."""
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {part: archive.read(part) for part in archive.namelist()}
    write_zip(path, {**parts, name: data})


def write_book(
    path: Path,
    sheet: str,
    *,
    parts: Mapping[str, str | bytes] | None = None,
    relations: str = "",
    strings: str = "",
    styles: str = "",
    state: str = "visible",
    namespace: str = MAIN,
    book: str = "",
) -> Path:
    """A workbook of one worksheet ``ก``: ``sheet`` is what stands inside its root element."""
    rels = f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{namespace}" xmlns:r="{RELATION}">{sheet}</worksheet>',
    }
    if strings:
        rels += f'<Relationship Id="rId2" Type="{RELATION}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        found["xl/sharedStrings.xml"] = (
            f'<sst xmlns="{namespace}" count="4294967295" uniqueCount="9999999">{strings}</sst>'
        )
    if styles:
        rels += f'<Relationship Id="rId3" Type="{RELATION}/styles" Target="styles.xml"/>'
        found["xl/styles.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
    found["xl/workbook.xml"] = (
        f'<workbook xmlns="{namespace}" xmlns:r="{RELATION}">{book}'
        f'<sheets><sheet name="ก" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>'
    )
    found["xl/_rels/workbook.xml.rels"] = f"<Relationships>{rels}</Relationships>"
    if relations:
        found["xl/worksheets/_rels/sheet1.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    return write_zip(path, {**found, **(parts or {})})


def relation(number: str, kind: str, target: str) -> str:
    """A relationship of the worksheet."""
    return f'<Relationship Id="{number}" Type="{RELATION}/{kind}" Target="{target}"/>'


def anchor(row: int, column: int, shape: str, *, last: int | None = None) -> str:
    """A two-cell anchor from a cell (both from 0) to just into the row ``last``."""
    last = row + 1 if last is None else last
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{column + 2}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{last}</xdr:row><xdr:rowOff>38100</xdr:rowOff></xdr:to>{shape}</xdr:twoCellAnchor>"
    )


def box(*paragraphs: str, place: str = "") -> str:
    """A shape with text, each paragraph of runs divided by ``|``."""
    lines = "".join(
        "<a:p>" + "".join(f"<a:r><a:rPr/><a:t>{run}</a:t></a:r>" for run in paragraph.split("|")) + "</a:p>"
        for paragraph in paragraphs
    )
    return f'<xdr:sp macro=""><xdr:spPr>{place}</xdr:spPr><xdr:txBody><a:bodyPr/>{lines}</xdr:txBody></xdr:sp>'


def write_ods(path: Path, tables: str, *, styles: str = "", manifest: str = "<manifest/>") -> Path:
    """An OpenDocument spreadsheet: ``tables`` is what stands in office:spreadsheet."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return write_zip(path, {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def write_xls(path: Path) -> Path:
    """An old workbook: a merged heading at C2, text with spaces and breaks, money, a hidden sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("แผน")
    sheet.write_merge(1, 1, 2, 4, "งบประมาณ")
    for column, year in enumerate((2566, 2567, 2568), start=2):
        sheet.write(2, column, year)
    sheet.write(3, 1, "ขุดลอกคลอง  ตื้นเขิน\nหมู่ ๓")
    sheet.write(3, 2, 1632820.5)
    hidden = book.add_sheet("ซ่อน")
    hidden.write(0, 0, "น้ำท่วม")
    hidden.visibility = 1
    book.save(str(path))
    return path


def write_old_notes(path: Path) -> Path:
    """An old workbook, record by record: texts, errors, boxes (in two parts, in a group), a comment, a hidden row."""
    bof = struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0x0600)
    name = b"\x01\x01" + "ก".encode("utf-16-le")
    start = len(_old(0x809, bof) + _old(0x85, bytes(6) + name) + _old(0x0A))
    book = _old(0x809, bof) + _old(0x85, struct.pack("<IBB", start, 0, 0) + name) + _old(0x0A)
    book += _old(0x809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0x0600))
    book += _old(0x200, struct.pack("<IIHHH", 0, 2, 0, 1, 0))
    for row, (text, flags) in enumerate((("โครงการ", 0), ("ซ่อน", 0x20))):
        book += _old(0x208, struct.pack("<6HI", row, 0, 1, 300, 0, 0, flags))
        book += _old(0x204, struct.pack("<HHHHB", row, 0, 0, len(text), 1) + text.encode("utf-16-le"))
    book += _old(0x205, struct.pack("<HHHBB", 1, 1, 0, 0x17, 1)) + _old(0x205, struct.pack("<HHHBB", 1, 2, 0, 1, 0))
    book += _old(0x06, struct.pack("<HHH8B", 4, 0, 0, 2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF) + bytes(8))
    book += _old_box(6, 1, (5, 33, 34), "แก้ไข ครั้งที่ 4 / 2567", "\nซ้ำลำดับที่ 63")
    book += _old_box(0, 2, (2, 9, 11)) + _old_box(6, 3, None, "ย้ายไปแผนงานอื่น") + _old_box(0x19, 4, (7, 7, 8), "ตรวจแล้ว")
    book += _old_box(6, 5, (1, 1, 2), "  ")
    book += _old(0x1C, struct.pack("<4H", 3, 1, 0, 4) + bytes(4)) + _old(0x0A)
    XlsDoc().save(str(path), book)
    return path


def _old_box(kind: int, number: int, place: tuple[int, int, int] | None, *texts: str) -> bytes:
    """A drawing record with its anchor (column, row, last row), its object, and its text in parts."""
    drawing = b"\x0f\x00\x04\xf0" + bytes(20)
    if place is not None:
        column, row, last = place
        drawing += b"\x00\x00\x10\xf0\x12\x00\x00\x00" + struct.pack(
            "<9H", 2, column, 0, row, 0, column + 2, 0, last, 90
        )
    box = _old(0xEC, drawing) + _old(0x5D, struct.pack("<4H", 0x15, 0x12, kind, number) + bytes(14))
    if texts:
        letters = sum(map(len, texts))
        box += _old(0xEC, b"\x00\x00\x0d\xf0" + bytes(4)) + _old(0x1B6, struct.pack("<HH6xHH6x", 0, 0, letters, 16))
        box += b"".join(_old(0x3C, b"\x01" + text.encode("utf-16-le")) for text in texts) + _old(0x3C, bytes(16))
    return box


def _old(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def write_xlsb(
    path: Path,
    rows: list[list[str | float]],
    *,
    hidden: int = 0,
    after: bytes = b"",
    parts: Mapping[str, str | bytes] | None = None,
) -> Path:
    """A binary workbook of one worksheet ``ก``; ``hidden`` is a row from 1, ``after`` records that follow the cells."""
    body = [record(129), record(148, struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)), record(145)]
    for number, row in enumerate(rows):
        flags = 0x10 if number + 1 == hidden else 0
        body.append(record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0)))
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if isinstance(value, str) and value.startswith("#"):
                body.append(record(3, head + b"\x17"))
            elif isinstance(value, str):
                body.append(record(6, head + wide(value)))
            else:
                body.append(record(5, head + struct.pack("<d", value)))
    body += [record(146), after, record(130)]
    book = [record(131), record(143), record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("ก"))]
    book += [record(144), record(132)]
    rels = f"<Relationships>{relation('rId1', 'worksheet', 'worksheets/sheet1.bin')}</Relationships>"
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.bin": b"".join(book),
        "xl/_rels/workbook.bin.rels": rels,
        "xl/worksheets/sheet1.bin": b"".join(body),
    }
    return write_zip(path, {**found, **(parts or {})})


def record(number: int, data: bytes = b"") -> bytes:
    """One record of a binary workbook."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size = len(data)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return head + length + data


def wide(text: str) -> bytes:
    """Text as a binary workbook stores it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")

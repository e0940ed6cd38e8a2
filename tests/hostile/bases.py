"""Small sound files of every kind, built by hand, from which the hostile ones are made."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Parts = dict[str, bytes]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

VML = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>x</div></v:textbox></v:shape></xml>'
MIME_ODS = "application/vnd.oasis.opendocument.spreadsheet"
HEADINGS = ("ที่", "โครงการ", "เป้าหมาย", "2567 (บาท)", "หน่วยงานรับผิดชอบ")
LINES = (
    ("1", "ก่อสร้างถนน คสล. หมู่ที่ 3 ตำบลตัวอย่าง", "ยาว 200 เมตร", "500000", "กองช่าง"),
    ("2", "ขุดลอกลำเหมืองบ้านตัวอย่าง หมู่ที่ ๔", "1 แห่ง", "120,000", "กองช่าง"),
    ("3", "ส่งเสริมอาชีพผู้สูงอายุ", "40 คน", "-", "สำนักปลัด"),
)


def pack(parts: Iterable[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    """A ZIP of the parts, the same bytes each time."""
    target = io.BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, data in parts:
            info = ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = method
            archive.writestr(info, data)
    return target.getvalue()


def xml(text: str) -> bytes:
    """The bytes of a part with its declaration."""
    return (HEAD + text).encode()


def rels(*targets: tuple[str, str]) -> bytes:
    """A part of relationships: kind and target of each, numbered rId1, rId2 …"""
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{RELS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return xml(f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>')


def sheet_xml(body: str, after: str = "", before: str = "") -> bytes:
    """A worksheet: ``body`` is the content of sheetData."""
    return xml(f'<worksheet xmlns="{MAIN}" xmlns:r="{RELS}">{before}<sheetData>{body}</sheetData>{after}</worksheet>')


def cell(reference: str, text: str) -> str:
    """A cell that holds its text itself."""
    return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def rows_xml(lines: Iterable[tuple[str, ...]] = (HEADINGS, *LINES)) -> str:
    """Rows of cells from A1 on."""
    return "".join(
        f'<row r="{n}">{"".join(cell(f"{chr(65 + at)}{n}", text) for at, text in enumerate(line))}</row>'
        for n, line in enumerate(lines, 1)
    )


def book_parts() -> Parts:
    """A workbook: two sheets, shared texts, styles, a merged title, a text box and a comment."""
    texts = "".join(f"<si><t>{text}</t></si>" for text in HEADINGS)
    heading = "".join(f'<c r="{chr(65 + at)}2" t="s"><v>{at}</v></c>' for at in range(len(HEADINGS)))
    title = f'<row r="1">{cell("A1", "แผนพัฒนาท้องถิ่น (ตัวอย่าง)")}</row><row r="2">{heading}</row>'
    lines = rows_xml(LINES)
    for n in range(len(LINES), 0, -1):
        lines = lines.replace(f'r="{n}"', f'r="{n + 2}"').replace(f'{n}" t=', f'{n + 2}" t=')
    first = sheet_xml(
        title + lines,
        '<mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells><drawing r:id="rId1"/><legacyDrawing r:id="rId2"/>',
        '<dimension ref="A1:E5"/>',
    )
    return {
        "[Content_Types].xml": xml('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": xml(
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="ผ.02" sheetId="1" r:id="rId1"/>'
            '<sheet name="อื่น" sheetId="2" r:id="rId2"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": rels(
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "worksheets/sheet2.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/sharedStrings.xml": xml(f'<sst xmlns="{MAIN}" count="5" uniqueCount="5">{texts}</sst>'),
        "xl/styles.xml": xml(
            f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="d mmm yyyy"/></numFmts>'
            '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
        ),
        "xl/worksheets/sheet1.xml": first,
        "xl/worksheets/sheet2.xml": sheet_xml(rows_xml()),
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            ("drawing", "../drawings/drawing1.xml"),
            ("vmlDrawing", "../drawings/vml1.vml"),
            ("comments", "../comments1.xml"),
        ),
        "xl/drawings/drawing1.xml": drawing_xml("เพิ่มเติมครั้งที่ 1/2567", 3),
        "xl/drawings/vml1.vml": VML,
        "xl/comments1.xml": xml(
            f'<comments xmlns="{MAIN}"><authors><author>a</author></authors><commentList>'
            '<comment ref="B4" authorId="0">'
            "<text><t>ซ้ำลำดับที่ 2</t></text></comment></commentList></comments>"
        ),
    }


def drawing_xml(text: str, row: int | str) -> bytes:
    """A text box anchored at a row (from 0)."""
    draw = "http://schemas.openxmlformats.org/drawingml/2006"
    point = f"<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    return xml(
        f'<xdr:wsDr xmlns:xdr="{draw}/spreadsheetDrawing" xmlns:a="{draw}/main"><xdr:twoCellAnchor>'
        f"<xdr:from>{point}</xdr:from><xdr:to>{point}</xdr:to><xdr:sp><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        "</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )


def word_table(lines: Iterable[tuple[str, ...]] = (HEADINGS, *LINES), extra: str = "") -> str:
    """A table of a DOCX; ``extra`` goes into the properties of every cell."""
    return "<w:tbl>{}</w:tbl>".format(
        "".join(
            "<w:tr>{}</w:tr>".format(
                "".join(
                    f"<w:tc><w:tcPr>{extra}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in line
                )
            )
            for line in lines
        )
    )


def word_parts(body: str | None = None) -> Parts:
    """A DOCX with a paragraph and a table."""
    inner = f"<w:p><w:r><w:t>แผนพัฒนาท้องถิ่น</w:t></w:r></w:p>{word_table()}" if body is None else body
    return {
        "[Content_Types].xml": xml('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        "_rels/.rels": rels(("officeDocument", "word/document.xml")),
        "word/document.xml": xml(
            f'<w:document xmlns:w="{WORD}" xmlns:r="{RELS}"><w:body>{inner}</w:body></w:document>'
        ),
    }


def ods_parts(table: str | None = None) -> Parts:
    """An ODS with one sheet."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(
        "<table:table-row>{}</table:table-row>".format(
            "".join(
                f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
                for text in line
            )
        )
        for line in (HEADINGS, *LINES)
    )
    return {
        "mimetype": MIME_ODS.encode(),
        "content.xml": xml(
            f'<office:document-content xmlns:office="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
            f'xmlns:text="{names}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="ก">{lines if table is None else table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        ),
        "META-INF/manifest.xml": xml(
            f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0" manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME_ODS}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
        ),
    }


def pack_ods(parts: Parts) -> bytes:
    """An ODS: its mimetype stands first and is not packed."""
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(info, data)
    return target.getvalue()


def csv_bytes() -> bytes:
    """A CSV as Excel writes it, with a byte-order mark."""
    lines = (HEADINGS, *LINES)
    return ("\ufeff" + "\r\n".join(",".join(f'"{text}"' for text in line) for line in lines) + "\r\n").encode()


def pdf_page(lines: Iterable[tuple[str, ...]] = (("No", "Project", "Baht"), ("1", "Road", "500000"))) -> bytes:
    """Drawing operators of a ruled table with its text."""
    drawn: list[str] = []
    for n, line in enumerate(lines):
        for at, text in enumerate(line):
            x, y = 50 + at * 120, 700 - n * 24
            drawn.append(f"{x} {y} 120 24 re S BT /F1 10 Tf {x + 4} {y + 8} Td ({text}) Tj ET")
    return "\n".join(drawn).encode("latin-1")


def build_pdf(objects: dict[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of the numbered objects with a right table of their places."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    out += b"trailer\n<< /Size %d /Root %d 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start)
    return bytes(out)


def pdf_objects(content: bytes | None = None) -> dict[int, bytes]:
    """The objects of a PDF of one page with a ruled table."""
    drawn = pdf_page() if content is None else content
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        4: b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }

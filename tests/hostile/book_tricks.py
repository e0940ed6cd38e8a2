"""Workbooks that lie about what they hold: rows, cells, merges, texts, parts and where they point."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.hostile.bases import MAIN, RELS, Parts, book_parts, cell, drawing_xml, rels, rows_xml, sheet_xml, xml
from tests.hostile.xml_tricks import EXTREMES, TEXTS

BookTrick = Callable[[Parts, random.Random], None]

SHEET, BOOK, STRINGS = "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
ROWS = ("0", "-1", "1", "2", "1048576", "1048577", "4294967297", "99999999999999999999", "x", "", "1.5", "๓")
RANGES = (
    "A1:XFD1048576",
    "A1:A1048576",
    "A1:XFD1",
    "B2:A1",
    "A1",
    "A1:",
    ":",
    "A0:B0",
    "ZZZZ1:ZZZZ2",
    "A1:B2:C3",
    "x",
    "A1:E5",
    "$A$1:$B$2",
    "A1:XFD99999999999",
)


def _dimension(parts: Parts, draw: random.Random) -> None:
    parts[SHEET] = sheet_xml(rows_xml(), before=f'<dimension ref="{draw.choice(RANGES)}"/>')


def _merges(parts: Parts, draw: random.Random) -> None:
    found = draw.choices(RANGES, k=draw.choice((1, 2, 30)))
    lines = "".join(f'<mergeCell ref="{ref}"/>' for ref in found)
    parts[SHEET] = sheet_xml(rows_xml(), f'<mergeCells count="{draw.choice(ROWS)}">{lines}</mergeCells>')


def _many_merges(parts: Parts, draw: random.Random) -> None:
    size = draw.choice((100, 3_000))
    lines = "".join(f'<mergeCell ref="A{n}:XFD{n + draw.choice((0, 50))}"/>' for n in range(1, size))
    parts[SHEET] = sheet_xml(rows_xml(), f"<mergeCells>{lines}</mergeCells>")


def _row_numbers(parts: Parts, draw: random.Random) -> None:
    lines = "".join(
        f'<row r="{draw.choice(ROWS)}">{cell("A" + draw.choice(ROWS), "ก")}</row>'
        for _ in range(draw.choice((1, 4, 40)))
    )
    parts[SHEET] = sheet_xml(draw.choice(("", rows_xml())) + lines)


def _references(parts: Parts, draw: random.Random) -> None:
    cells = "".join(cell(draw.choice(EXTREMES), "ก") for _ in range(draw.choice((1, 5, 60))))
    parts[SHEET] = sheet_xml(f'{rows_xml()}<row r="9">{cells}</row><row>{cells}</row>')


def _far_cells(parts: Parts, draw: random.Random) -> None:
    """Two cells at the far ends of the sheet: a grid between them would fill the memory."""
    far = draw.choice(("XFD1048576", "XFD1", "A1048576", "ZZ900000"))
    parts[SHEET] = sheet_xml(f'<row r="1">{cell("A1", "ก")}</row><row r="1048576">{cell(far, "ข")}</row>')


def _shared(parts: Parts, draw: random.Random) -> None:
    """Numbers of shared texts that are not there, and counts that lie."""
    cells = "".join(f'<c r="A{n}" t="s"><v>{draw.choice(EXTREMES)}</v></c>' for n in range(1, 6))
    parts[SHEET] = sheet_xml("".join(f'<row r="{n}">{c}</c></row>' for n, c in enumerate(cells.split("</c>")[:-1], 1)))
    count = draw.choice(("4294967295", "-1", "99999999999999999999", "x", "0"))
    parts[STRINGS] = parts[STRINGS].replace(b'count="5"', f'count="{count}"'.encode())
    parts[STRINGS] = parts[STRINGS].replace(b'uniqueCount="5"', f'uniqueCount="{count}"'.encode())


def _values(parts: Parts, draw: random.Random) -> None:
    """Values that do not fit their kind, and styles that are not there."""
    cells = "".join(
        f'<c r="{chr(65 + n)}7" s="{draw.choice(("0", "1", "2", "-1", "99999", "x"))}" '
        f't="{draw.choice(EXTREMES[-11:])}">'
        f"<v>{draw.choice((*EXTREMES, '1e400', '9' * 5_000, '-2958466', '2958466', '1e15', '0.1', '44927.5'))}</v></c>"
        for n in range(20)
    )
    parts[SHEET] = sheet_xml(f'{rows_xml()}<row r="7">{cells}</row>')


def _formulas(parts: Parts, draw: random.Random) -> None:
    """Formulas that would fetch or run something, with and without the value they gave."""
    said = (
        'WEBSERVICE("http://127.0.0.1:9/x")',
        "cmd|'/C calc'!A0",
        'HYPERLINK("file:///etc/passwd")',
        "'[\\\\127.0.0.1\\x.xlsx]S'!A1",
        "INDIRECT(A1)",
        "A1:XFD1048576*2",
        "(" * 8_000,
        "CALL(1)",
        "x" * 20_000,
    )
    lines = "".join(
        f'<row r="{n}"><c r="A{n}" t="str"><f>{draw.choice(said)}</f>'
        f"{draw.choice(('', '<v>ก</v>', '<v></v>'))}</c></row>"
        for n in range(7, 12)
    )
    parts[SHEET] = sheet_xml(rows_xml() + lines)


def _texts(parts: Parts, draw: random.Random) -> None:
    lines = "".join(
        f'<row r="{n}">{cell(f"B{n}", draw.choice(TEXTS))}{cell(f"C{n}", draw.choice(TEXTS))}</row>'
        for n in range(7, 15)
    )
    parts[SHEET] = sheet_xml(rows_xml() + lines)


def _relations(parts: Parts, draw: random.Random) -> None:
    """Parts that point at themselves, at each other, outside the file or at the network."""
    where = draw.choice(("xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels", "_rels/.rels"))
    targets = (
        "workbook.xml",
        "../workbook.xml",
        "worksheets/sheet1.xml",
        "../worksheets/sheet1.xml",
        "../../../../etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:9/x",
        "//127.0.0.1/x",
        "",
        "#x",
        "sharedStrings.xml",
        "%2e%2e/x",
        "../drawings/drawing1.xml",
        "_rels/workbook.xml.rels",
        "x" * 5_000,
        ".",
        "..",
        "xl/workbook.xml",
    )
    kinds = (
        "worksheet",
        "sharedStrings",
        "styles",
        "drawing",
        "comments",
        "vmlDrawing",
        "officeDocument",
        "externalLink",
        "oleObject",
        "attachedTemplate",
        "image",
        "chartsheet",
        "",
    )
    parts[where] = rels(*((draw.choice(kinds), draw.choice(targets)) for _ in range(draw.choice((1, 3, 9, 400)))))


def _external(parts: Parts, draw: random.Random) -> None:
    target = draw.choice(("http://127.0.0.1:9/book.xlsx", "file:////127.0.0.1/share/x.xlsx", "../../x.xlsx"))
    parts["xl/externalLinks/externalLink1.xml"] = xml(
        f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    )
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = rels(("externalLinkPath", target))
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId9" Type="{RELS}/externalLink" Target="{target}" TargetMode="External"/>'
        "</Relationships>".encode(),
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + draw.randbytes(400)


def _sheets(parts: Parts, draw: random.Random) -> None:
    """Many sheets on one part, or sheets of odd names and states."""
    many = draw.choice((1, 3, 60))
    names = (*TEXTS[:24], "x" * 3_000, "", "../x", "a/b", "ผ.02 (2)", "\u202eก")
    lines = "".join(
        f'<sheet name="{draw.choice(names).replace(chr(34), "")}" sheetId="{draw.choice(ROWS)}" '
        f'r:id="rId{draw.choice((1, 2, 2, 2, 3, 99))}"'
        f' state="{draw.choice(("visible", "hidden", "veryHidden", "x"))}"/>'
        for _ in range(many)
    ).replace("<script>", "")
    parts[BOOK] = xml(f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets>{lines}</sheets></workbook>')


def _boxes(parts: Parts, draw: random.Random) -> None:
    """Text boxes anchored nowhere, or of very much text."""
    row = draw.choice(("-1", "1048577", "4294967296", "x", "", "1e9", "99999999999999999999"))
    parts["xl/drawings/drawing1.xml"] = drawing_xml(draw.choice((*TEXTS, "ก" * 200_000)), row)


def _comments(parts: Parts, draw: random.Random) -> None:
    lines = "".join(
        f'<comment ref="{draw.choice(EXTREMES)}" authorId="{draw.choice(ROWS)}"><text><r>'
        f"<t>{draw.choice(TEXTS)}</t></r></text></comment>"
        for _ in range(draw.choice((1, 9, 300)))
    )
    parts["xl/comments1.xml"] = xml(f'<comments xmlns="{MAIN}"><commentList>{lines}</commentList></comments>')


def _formats(parts: Parts, draw: random.Random) -> None:
    code = draw.choice(
        (
            "[" * 4_000,
            "y" * 40_000,
            "[$-F800]dddd",
            '"x',
            "\\",
            ";;;;;;",
            "[Red][>1e999]0",
            "_" * 999,
            "d" + "\u0e48" * 99,
        )
    )
    parts["xl/styles.xml"] = xml(
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="{draw.choice(ROWS)}" '
        f'formatCode="{code.replace(chr(34), "&quot;")}"/></numFmts>'
        f'<cellXfs><xf numFmtId="{draw.choice(ROWS)}"/><xf/></cellXfs></styleSheet>'.replace("[>", "[&gt;")
    )


def _repeated(parts: Parts, draw: random.Random) -> None:
    """Sheet data twice, rows twice, cells twice."""
    body = f"<sheetData>{rows_xml()}</sheetData>" * draw.choice((2, 40))
    parts[SHEET] = xml(f'<worksheet xmlns="{MAIN}">{body}{rows_xml() * 3}</worksheet>')


def _big_attribute(parts: Parts, draw: random.Random) -> None:
    size = draw.choice((70_000, 1_000_000))
    parts[SHEET] = sheet_xml(
        rows_xml(), f'<pageSetup x="{"9" * size}"/><mergeCells><mergeCell ref="{"A" * size}1:B2"/></mergeCells>'
    )


BOOK_TRICKS: dict[str, BookTrick] = {
    "absurd dimension": _dimension,
    "absurd merges": _merges,
    "many merges": _many_merges,
    "row numbers": _row_numbers,
    "cell references": _references,
    "far cells": _far_cells,
    "shared texts": _shared,
    "values": _values,
    "formulas": _formulas,
    "texts": _texts,
    "relations": _relations,
    "external links": _external,
    "sheets": _sheets,
    "text boxes": _boxes,
    "comments": _comments,
    "formats": _formats,
    "repeated data": _repeated,
    "big attributes": _big_attribute,
}


def mutate_book(draw: random.Random) -> tuple[str, Parts]:
    """One or two tricks with a workbook."""
    parts = book_parts()
    names = draw.sample(sorted(BOOK_TRICKS), draw.choice((1, 1, 2)))
    for name in names:
        BOOK_TRICKS[name](parts, draw)
    return " + ".join(names), parts

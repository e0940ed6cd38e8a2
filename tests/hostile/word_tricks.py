"""DOCX and ODS files that lie about their tables."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.hostile.bases import Parts, ods_parts, rels, word_parts, word_table
from tests.hostile.xml_tricks import TEXTS

NUMBERS = ("0", "-1", "2", "63", "16384", "2147483647", "4294967296", "99999999999999999999", "x", "", "1.5")
Trick = Callable[[random.Random], Parts]


def _nested(draw: random.Random) -> Parts:
    deep = draw.choice((3, 50, 300, 1_000))
    opened = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ก</w:t></w:r></w:p>" * deep
    return word_parts(opened + "</w:tc></w:tr></w:tbl>" * draw.choice((deep, deep, deep - 1)))


def _span(draw: random.Random) -> Parts:
    kind = draw.choice(("gridSpan", "vMerge", "hMerge", "tcW"))
    extra = f'<w:{kind} w:val="{draw.choice((*NUMBERS, "restart", "continue"))}"/>'
    return word_parts(word_table(extra=extra))


def _before(draw: random.Random) -> Parts:
    kind = draw.choice(("gridBefore", "gridAfter"))
    table = word_table().replace("<w:tr>", f'<w:tr><w:trPr><w:{kind} w:val="{draw.choice(NUMBERS)}"/></w:trPr>')
    return word_parts(table)


def _grid(draw: random.Random) -> Parts:
    columns = '<w:gridCol w:w="1"/>' * draw.choice((0, 5, 40_000))
    return word_parts(word_table().replace("<w:tbl>", f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>", 1))


def _many(draw: random.Random) -> Parts:
    return word_parts(word_table([("ก",)] * draw.choice((50, 5_000))) + "<w:tbl/>" * draw.choice((1, 3_000)))


def _wide(draw: random.Random) -> Parts:
    return word_parts(word_table([("ก",) * draw.choice((64, 1_001, 8_000))]))


def _fields(draw: random.Random) -> Parts:
    """Fields that would run or fetch something."""
    said = draw.choice(
        (
            'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"',
            'INCLUDETEXT "http://127.0.0.1:9/x"',
            'INCLUDEPICTURE "file:///etc/passwd"',
            'HYPERLINK "javascript:x"',
        )
    ).replace('"', "&quot;")
    parts = word_parts(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{said}</w:instrText></w:r></w:p>'
        f'<w:altChunk r:id="rId1"/>{word_table()}'
    )
    parts["word/_rels/document.xml.rels"] = rels(
        ("aFChunk", "http://127.0.0.1:9/x"), ("attachedTemplate", "file:///x.dotm")
    )
    return parts


def _texts(draw: random.Random) -> Parts:
    return word_parts(word_table([("ก", "ข"), *(tuple(draw.choices(TEXTS, k=2)) for _ in range(6))]))


def _marked(draw: random.Random) -> Parts:
    """Deleted and inserted rows, symbols, breaks, runs without end."""
    run = draw.choice(
        (
            "<w:del><w:r><w:delText>ลบ</w:delText></w:r></w:del>",
            "<w:ins><w:r><w:t>เพิ่ม</w:t></w:r></w:ins>",
            "<w:r><w:br/><w:tab/><w:sym w:char='F0FF'/></w:r>",
            "<w:r><w:t>ก</w:t></w:r>" * 9_000,
        )
    )
    return word_parts(word_table().replace("</w:p>", run + "</w:p>", draw.choice((1, 3))))


def _no_body(draw: random.Random) -> Parts:
    parts = word_parts(
        draw.choice(("", "<w:p/>", "<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:sdt><w:sdtContent/></w:sdt>"))
    )
    if draw.random() < 0.3:
        parts["_rels/.rels"] = rels(
            ("officeDocument", draw.choice(("word/x.xml", "../x", "/etc/passwd", "word/document.xml")))
        )
    return parts


WORD_TRICKS: dict[str, Trick] = {
    "nested tables": _nested,
    "absurd spans": _span,
    "absurd grid": _before,
    "many grid columns": _grid,
    "many tables": _many,
    "wide rows": _wide,
    "fields": _fields,
    "texts": _texts,
    "revisions": _marked,
    "no body": _no_body,
}


def _ods_cell(attributes: str, text: str = "ก") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def _ods_repeated(draw: random.Random) -> Parts:
    columns = f'table:number-columns-repeated="{draw.choice(NUMBERS)}"'
    rows = f'table:number-rows-repeated="{draw.choice(NUMBERS)}"'
    filled = draw.choice((_ods_cell(columns), f"<table:table-cell {columns}/>"))
    return ods_parts(f"<table:table-row {rows}>{_ods_cell('')}{filled}</table:table-row>")


def _ods_values(draw: random.Random) -> Parts:
    kinds = ("float", "date", "time", "boolean", "currency", "percentage", "x", "")
    cells = "".join(
        f'<table:table-cell office:value-type="{draw.choice(kinds)}" '
        f'office:value="{draw.choice((*NUMBERS, "NaN", "1e999"))}" '
        f'office:date-value="{draw.choice(NUMBERS)}" table:formula="of:=WEBSERVICE(&quot;http://127.0.0.1:9&quot;)"/>'
        for _ in range(9)
    )
    return ods_parts(f"<table:table-row>{_ods_cell('', draw.choice(TEXTS))}{cells}</table:table-row>")


def _ods_nested(draw: random.Random) -> Parts:
    deep = draw.choice((5, 400, 4_000))
    return ods_parts(
        "<table:table-row>"
        + "<table:table-cell><text:p>" * deep
        + "</text:p></table:table-cell>" * deep
        + "</table:table-row>"
    )


ODS_TRICKS: dict[str, Trick] = {"repeats": _ods_repeated, "values": _ods_values, "nested": _ods_nested}

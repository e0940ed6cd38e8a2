"""PDF files for tests, written by ReportLab in the report's own Thai font."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont as FontFile
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

FONT = "Sarabun"
WIDE = landscape(A4)


@cache
def thai_font() -> str:
    """Register the font: its Thai file with the digits and Latin letters of the other one."""
    folder = files("tracegraph.report").joinpath("fonts")
    thai = _unpacked(folder.joinpath("sarabun-thai-400-normal.woff2").read_bytes())
    latin = _unpacked(folder.joinpath("sarabun-latin-400-normal.woff2").read_bytes())
    _add_glyphs(thai, latin)
    packed = io.BytesIO()
    thai.save(packed)
    packed.seek(0)
    pdfmetrics.registerFont(TTFont(FONT, packed))
    return FONT


def _unpacked(content: bytes) -> FontFile:
    font = FontFile(io.BytesIO(content))
    font.flavor = None
    for table in ("GDEF", "GPOS", "GSUB"):
        del font[table]
    return font


def _add_glyphs(font: FontFile, other: FontFile) -> None:
    """Plain glyphs of ``other`` for the letters that ``font`` has none for."""
    letters = font.getBestCmap()
    order = font.getGlyphOrder()
    added: dict[int, str] = {}
    for code, name in other.getBestCmap().items():
        glyph = other["glyf"][name]
        if code in letters or glyph.isComposite():
            continue
        new = f"latin.{name}"
        order.append(new)
        font["glyf"].glyphs[new] = glyph
        font["hmtx"].metrics[new] = other["hmtx"].metrics[name]
        added[code] = new
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: name for code, name in added.items() if code < 0x10000})


def write_tables(
    path: Path,
    pages: Sequence[tuple[Sequence[str], Sequence[Sequence[str]], Sequence[tuple[object, ...]]]],
    *,
    widths: Sequence[float] | None = None,
    repeat: int = 0,
    footer: str = "",
    ruled: bool = True,
    encrypt: str | None = None,
) -> Path:
    """A document of (lines, rows, further table styles), each begun on a page of its own and flowing over pages.

    ``repeat`` heading rows are repeated on each page; ``footer`` stands below each page with its number.
    """
    style = ParagraphStyle("th", fontName=thai_font(), fontSize=9, leading=12, wordWrap="CJK")
    flow: list[object] = []
    for number, (lines, rows, marks) in enumerate(pages):
        if number:
            flow.append(PageBreak())
        flow += [Paragraph(line, style) for line in lines]
        if rows:
            cells = [[Paragraph(cell.replace("\n", "<br/>"), style) for cell in row] for row in rows]
            table = Table(cells, colWidths=widths, repeatRows=repeat)
            grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
            table.setStyle(TableStyle([*grid, ("VALIGN", (0, 0), (-1, -1), "TOP"), *marks]))
            flow.append(table)

    def draw_footer(canvas: Canvas, _: object) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(40, 15, footer)
        canvas.drawCentredString(WIDE[0] / 2, 25, f"- {canvas.getPageNumber()} -")

    document = SimpleDocTemplate(
        str(path), pagesize=WIDE, leftMargin=30, rightMargin=30, topMargin=30, bottomMargin=40, encrypt=encrypt
    )
    document.build(flow, onFirstPage=draw_footer, onLaterPages=draw_footer)
    return path


def open_canvas(path: Path) -> Canvas:
    """An empty document to draw on, 9 points of the Thai font."""
    canvas = Canvas(str(path), pagesize=WIDE)
    canvas.setFont(thai_font(), 9)
    return canvas

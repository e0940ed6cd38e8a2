"""One page of a PDF as lines of text and grids from top to bottom, its Thai repaired; or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracegraph.ingest.document_tables import Grid, TextLine
from tracegraph.ingest.pdf_aligned import Column, find_aligned
from tracegraph.ingest.pdf_grids import Box, RuledTable, build_ruled
from tracegraph.ingest.pdf_text import NAMELESS, Letter, Line, build_lines, read_letters
from tracegraph.ingest.tables import Remark
from tracegraph.thai.lost_letters import LOST, LOST_MARK
from tracegraph.thai.repair import repair

_MOST_EDGES = 20_000  # lines of a page; drawings and hatched areas have more, tables do not
_MOST_LETTERS = 100_000
_NEAR = 4.0  # points within which lines meet
_STROKE = 10.0  # points; a shorter horizontal edge is the end of a thick vertical line
_FEWEST_OPEN = 3  # vertical lines that end side by side
_MOST_CONTENT = 3_000_000  # bytes; a full page of a plan has a tenth of it
_FEW_LETTERS = 20  # on a page that is a picture: a page number or a stamp, not its text
_PICTURE = 0.3  # share of the page that pictures cover
_WHOLE = 0.7  # share from which the picture is the page
_MANY_CURVES = 300  # text drawn as outlines has several for each letter
_UNMAPPED = 0.2  # share of letters whose font does not say what they are
_SHOWN = 200  # letters of a mended cell that its remark repeats; the cell has them all
_PAGE_NUMBER = re.compile(
    r"^[-–—\s]*(?:หน้า(?:ที่)?|page)?[\s.]*[\d๐-๙]{1,4}(?:\s*(?:/|จาก|of)\s*[\d๐-๙]{1,4})?[-–—\s]*$", re.I
)
_PAGE_BEHIND = re.compile(r"\s+(?:หน้า(?:ที่)?|page)\s*[\d๐-๙]{1,4}(?:\s*/\s*[\d๐-๙]{1,4})?\s*$", re.I)


class Unread(StrEnum):
    """Why a page was not read."""

    SCANNED = "scanned"
    NO_LETTERS = "no-letters"  # its fonts do not say which letters they draw
    DAMAGED = "damaged"
    HEAVY = "heavy"  # drawn with more commands than any table
    LATE = "late"  # the time that the file may take was over before


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a page holds. ``below`` are the lines under its last table; ``columns`` those of a table by alignment.

    ``pictured``: the page is a picture with text laid over it, as programs for OCR write it.
    """

    number: int
    blocks: tuple[TextLine | Grid, ...] = ()
    below: tuple[TextLine, ...] = ()
    unread: Unread | None = None
    columns: tuple[Column, ...] = ()
    has_text: bool = False
    pictured: bool = False


def read_page(page: Any, number: int, before: Sequence[Column]) -> PageRead:
    """Read a page of pdfplumber; ``before`` are the columns of the page before, where it had no ruling lines."""
    if _content_size(page) > _MOST_CONTENT:
        return PageRead(number, unread=Unread.HEAVY)
    chars = page.chars
    if len(chars) > _MOST_LETTERS:
        raise ValueError(f"{len(chars):,} letters on page {number}")
    shown = [char for char in chars if str(char["text"]).strip()]
    unread = _why_unreadable(page, shown)
    if unread or not shown:
        return PageRead(number, unread=unread)
    letters = read_letters(chars)
    tables = _find_ruled(page, letters)
    outside = [letter for letter in letters if not any(table.take(letter) for table in tables)]
    lines = [line for line in build_lines(outside) if not _PAGE_NUMBER.match(line.text)]
    columns: tuple[Column, ...] = ()
    placed: list[tuple[float, TextLine | Grid]] = [(table.box[1], _ruled_grid(table, number)) for table in tables]
    if not tables and (aligned := find_aligned(lines, before)):
        columns = aligned.columns
        placed.append((lines[aligned.first].top, _mended(aligned.rows, {}, number)))
        lines = [line for at, line in enumerate(lines) if not aligned.first <= at < aligned.end]
    lowest = max((top for top, _ in placed), default=-1.0)
    placed += [(line.top, _text_line(line, number)) for line in lines if line.top <= lowest]
    below = tuple(_text_line(line, number) for line in lines if line.top > lowest)
    blocks = tuple(block for _, block in sorted(placed, key=lambda pair: pair[0]))
    return PageRead(number, blocks, below, None, columns, has_text=True, pictured=_pictured(page) > _WHOLE)


def _content_size(page: Any) -> int:
    """Bytes of the commands that draw the page, unpacked; parsing them takes more than a second for each million."""
    from pdfminer.pdftypes import PDFStream, resolve1  # noqa: PLC0415  (comes with the extra)

    streams = (resolve1(content) for content in page.page_obj.contents)
    return sum(len(stream.get_data()) for stream in streams if isinstance(stream, PDFStream))


def _why_unreadable(page: Any, shown: Sequence[Any]) -> Unread | None:
    if len(shown) < _FEW_LETTERS:
        return Unread.SCANNED if _pictured(page) > _PICTURE or len(page.curves) > _MANY_CURVES else None
    unmapped = sum(1 for char in shown if str(char["text"]).startswith("(cid:") or char["text"] in NAMELESS)
    return Unread.NO_LETTERS if unmapped > _UNMAPPED * len(shown) else None


def _pictured(page: Any) -> float:
    """The share of the page that pictures cover; more than 1 where they lie upon each other."""
    area = max(1.0, float(page.width) * float(page.height))
    return sum(abs(float(i["x1"] - i["x0"]) * float(i["bottom"] - i["top"])) for i in page.images) / area


def _find_ruled(page: Any, letters: Sequence[Letter]) -> list[RuledTable]:
    if len(page.edges) > _MOST_EDGES:
        return []
    closing = _missing_ends(page.edges)
    settings = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "explicit_horizontal_lines": closing}
    found = page.find_tables(settings)
    boxes: list[list[Box]] = [[_box(cell) for cell in table.cells] for table in found]
    return [table for cells in boxes if (table := build_ruled(cells, letters)) is not None]


def _missing_ends(edges: Sequence[Any]) -> list[float]:
    """Where several vertical lines end without a horizontal one: a row that goes on on the next page is open there."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    drawn = [edge for edge in edges if edge["orientation"] == "h" and float(edge["x1"] - edge["x0"]) > _STROKE]
    level = {round(float(edge["top"])) for edge in drawn}
    found: list[float] = []
    for side in ("top", "bottom"):
        ends = sorted(float(edge[side]) for edge in upright)
        groups: list[list[float]] = []
        for end in ends:
            if groups and end - groups[-1][0] <= _NEAR:
                groups[-1].append(end)
            else:
                groups.append([end])
        for group in groups:
            if len(group) >= _FEWEST_OPEN and all(abs(place - group[0]) > _NEAR for place in level):
                found.append(group[0] if side == "top" else group[-1])
    return found


def _box(cell: Sequence[Any]) -> Box:
    x0, top, x1, bottom = (float(value) for value in cell)
    return x0, top, x1, bottom


def _text_line(line: Line, page: int) -> TextLine:
    return TextLine(repair(_PAGE_BEHIND.sub("", line.text)).text, page)


def _ruled_grid(table: RuledTable, page: int) -> Grid:
    rows, merged = table.read()
    return _mended(rows, merged, page)


def _mended(rows: Sequence[Sequence[str]], merged: dict[tuple[int, int], str], page: int) -> Grid:
    """A grid with its Thai repaired, and a remark for each cell that was changed or has lost letters."""
    remarks: list[Remark] = []
    mended: list[tuple[str, ...]] = []
    for number, cells in enumerate(rows, start=1):
        texts: list[str] = []
        for cell in cells:
            found = repair(cell)
            texts.append(found.text)
            if found.text != cell:
                remarks.append(Remark("repaired-text", cell.replace(LOST_MARK, LOST), _shown(found.text), number))
            if found.lost:
                remarks.append(Remark("damaged-text", found.text, "", number))
        mended.append(tuple(texts))
    covered = {place: repair(text).text for place, text in merged.items()}
    return Grid(tuple(mended), page, covered, (), tuple(remarks))


def _shown(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _SHOWN else f"{folded[:_SHOWN]}…"

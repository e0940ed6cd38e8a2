"""Tables without ruling lines: columns told by the white space between them, below a line of known headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracegraph.ingest.headings import count_known
from tracegraph.ingest.pdf_text import Chunk, Line, join_lines
from tracegraph.ingest.tables import Row

_FEWEST_HEADINGS = 3
_FEWEST_LINES = 2
_SEQ = re.compile(r"[\d๐-๙]{1,4}[.)]?")


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column lies from left to right, in points."""

    x0: float
    x1: float

    def overlap(self, chunk: Chunk) -> float:
        """Points that a piece of text shares with the column; negative is the distance to it."""
        return min(self.x1, chunk.x1) - max(self.x0, chunk.x0)


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """Rows of a table by alignment, its columns, and which lines (first, behind the last) it took."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    first: int
    end: int


def find_aligned(lines: Sequence[Line], before: Sequence[Column] = ()) -> AlignedTable | None:
    """The table on a page that has headings, or that goes on in the columns of the page before; None without one."""
    heading = next((at for at, line in enumerate(lines) if _known(line) >= _FEWEST_HEADINGS), None)
    first = heading if heading is not None else _first_in(lines, before)
    if first is None:
        return None
    body = lines[first + 1 :] if heading is not None else lines[first:]
    columns = _find_columns(lines[first], body) if heading is not None else tuple(before)
    if len(columns) < _FEWEST_HEADINGS:
        return None
    end = _last_in(lines, first, columns) + 1
    rows = _rows(lines[first:end], columns)
    return AlignedTable(rows, columns, first, end) if len(rows) >= _FEWEST_LINES or heading is None else None


def _known(line: Line) -> int:
    return count_known(Row(1, tuple(chunk.text for chunk in line.chunks)))


def _first_in(lines: Sequence[Line], columns: Sequence[Column]) -> int | None:
    fitting = [at for at, line in enumerate(lines) if len(line.chunks) >= _FEWEST_HEADINGS and _fits(line, columns)]
    return fitting[0] if len(columns) >= _FEWEST_HEADINGS and fitting else None


def _fits(line: Line, columns: Sequence[Column]) -> bool:
    """Whether each piece of the line lies in a column of its own."""
    places = [_column_of(chunk, columns) for chunk in line.chunks]
    return None not in places and len(set(places)) == len(places)


def _last_in(lines: Sequence[Line], first: int, columns: Sequence[Column]) -> int:
    """The last line of the table: below it stands no line with several pieces.

    A single piece right below still belongs to it where it is short and in one column: the rest of a broken cell.
    """
    last = first
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if len(line.chunks) > 1 or (at == last + 1 and _fits(line, columns) and line.x1 - line.x0 < columns[-1].x1 / 2):
            last = at
    return last


def _find_columns(heading: Line, body: Sequence[Line]) -> tuple[Column, ...]:
    """The strips that text of the rows fills, and those of headings over empty columns."""
    strips: list[Column] = []
    for line in body:
        if len(line.chunks) >= _FEWEST_HEADINGS:
            for chunk in line.chunks:
                strips = _merged(strips, chunk)
    for chunk in heading.chunks:
        if sum(strip.overlap(chunk) > 0 for strip in strips) <= 1:  # a heading over several columns joins none
            strips = _merged(strips, chunk)
    return tuple(sorted(strips, key=lambda strip: strip.x0))


def _merged(strips: Sequence[Column], chunk: Chunk) -> list[Column]:
    touching = [strip for strip in strips if strip.overlap(chunk) > 0]
    whole = Column(min([chunk.x0, *(s.x0 for s in touching)]), max([chunk.x1, *(s.x1 for s in touching)]))
    return [*(strip for strip in strips if strip not in touching), whole]


def _column_of(chunk: Chunk, columns: Sequence[Column]) -> int | None:
    if not columns:
        return None
    best = max(range(len(columns)), key=lambda at: columns[at].overlap(chunk))
    return best if columns[best].overlap(chunk) > -12 else None


def _rows(lines: Sequence[Line], columns: Sequence[Column]) -> tuple[tuple[str, ...], ...]:
    """A row for each running number, with the lines below it; without running numbers, for each line."""
    placed = [_placed(line, columns) for line in lines]
    numbered = sum(1 for cells in placed if _has_number(cells)) >= _FEWEST_LINES
    rows: list[dict[int, list[Line]]] = []
    after_wide = False
    for cells in placed:
        wide = set(cells) == {0} and not _has_number(cells)  # a group line over the whole table
        if not rows or not numbered or wide or after_wide or _has_number(cells):
            rows.append({})
        for column, line in cells.items():
            rows[-1].setdefault(column, []).append(line)
        after_wide = wide
    return tuple(
        tuple(join_lines(row.get(at, []), column.x1 - column.x0) for at, column in enumerate(columns)) for row in rows
    )


def _has_number(cells: Mapping[int, Line]) -> bool:
    return 0 in cells and _SEQ.fullmatch(cells[0].text.strip()) is not None


def _placed(line: Line, columns: Sequence[Column]) -> dict[int, Line]:
    """The line's pieces by column; pieces of one column are one, and a line across columns stands in the first."""
    if len(line.chunks) == 1 and sum(column.overlap(line.chunks[0]) > line.size for column in columns) > 1:
        return {0: line}
    found: dict[int, Line] = {}
    for chunk in line.chunks:
        at = _column_of(chunk, columns) or 0
        before = found.get(at)
        text, x0 = (f"{before.text} {chunk.text}", before.x0) if before else (chunk.text, chunk.x0)
        found[at] = Line(text, x0, chunk.x1, line.top, line.bottom, line.size, spaced=line.spaced)
    return found

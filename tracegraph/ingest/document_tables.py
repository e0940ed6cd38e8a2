"""Tables of a document that flows (Word, PDF): lines of text and grids in reading order become ``Table``s.

The lines before a grid become rows above its headings, one text in the first cell, as in a worksheet. A grid that only
goes on with the one before (headings repeated or left out, as on a printed page) becomes part of that table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracegraph.errors import FileRefused
from tracegraph.ingest.headings import find_heading_rows, heading_key
from tracegraph.ingest.tables import Limits, Remark, Row, SheetNote, Table
from tracegraph.thai.normalize import normalize

_MOST_LINES = 25  # above a table; a ผ.02 has 11. What stands further up is the running text of the book
_MOST_BETWEEN = 6  # lines between two grids without headings that still are one table
_SEQ = re.compile(r"[\d๐-๙]{1,4}[.)]?")
_FIGURE = re.compile(r"[\d๐-๙][\d๐-๙,.]*")
_ENTRY = re.compile(r"\s*(?:[-–•*]|\(?[\d๐-๙]{1,2}[.)](?![\d๐-๙])|กอง|สำนัก)")
_LEVELS = (
    re.compile(r"\d{1,2}\s?\.(?!\s?\d)|ยุทธศาสตร์(?!ชาติ)|ประเด็น"),
    re.compile(r"\d{1,2}\.\d|กลยุทธ์|แนวทาง"),
    re.compile(r"\(\d{0,2}\)|แผนงาน"),
)
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_FEWEST_COLUMNS = 3  # a grid of two columns without headings is as likely a block of signatures


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line outside tables. ``notes`` lie beside it; a line without text is only the place of its notes."""

    text: str
    page: int | None = None
    notes: tuple[SheetNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as it stands on the page: texts by row, '' where a cell is empty or covered by a merged one.

    Rows of ``merged``, ``notes`` and ``remarks`` are counted from 1 within the grid.
    """

    rows: tuple[tuple[str, ...], ...]
    page: int | None = None
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[SheetNote, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def width(self) -> int:
        """Columns of the widest row, covered cells too."""
        covered = max((column + 1 for _, column in self.merged), default=0)
        return max(covered, max((len(row) for row in self.rows), default=0))


@dataclass(frozen=True, slots=True)
class _Top:
    """Comparison forms of a grid's headings and of the rows above them; ``last`` is the last heading row."""

    headings: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    last: int = 0


@dataclass(slots=True)
class _Growing:
    """A table that may still go on; ``lines`` are those with text above it and between its parts."""

    width: int
    top: _Top
    lines: list[TextLine] = field(default_factory=list)
    count: int = 0
    ends_on: int | None = None  # the page on which the last row ends
    rows: list[Row] = field(default_factory=list)
    merged: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: list[SheetNote] = field(default_factory=list)
    pages: dict[int, int] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def add_lines(self, lines: Iterable[TextLine]) -> None:
        for line in lines:
            self._add_line(line)
            if line.text.strip():
                self.lines.append(replace(line, notes=()))

    def _add_line(self, line: TextLine) -> None:
        if line.text.strip():
            self._add_row((line.text,), line.page)
        at = self.count + (0 if line.text.strip() else 1)
        self.notes += [replace(note, row=at, last_row=at) for note in line.notes]

    def add_notes(self, line: TextLine) -> None:
        """Notes beside a line below the table: they belong to its last row."""
        self.notes += [replace(note, row=self.count, last_row=self.count) for note in line.notes]

    def add_grid(self, grid: Grid, skipped: int = 0, *, goes_on: bool = False) -> None:
        """The rows of a grid but its first ``skipped``, which repeat the headings.

        Where the grid ``goes_on`` right after the last row, the rest of a row that the page's end cut joins that row.
        """
        first = next((at for at in range(skipped, len(grid.rows)) if any(map(str.strip, grid.rows[at]))), None)
        if goes_on and first is not None and self._is_cut(grid, grid.rows[first]):
            self._join_cut(grid.rows[first], grid.page)
            skipped = first + 1
            self.remarks += [replace(r, row=self.rows[-1].number) for r in grid.remarks if r.row == skipped]
        shift = self.count - skipped
        for cells in grid.rows[skipped:]:
            self._add_row(cells, grid.page)
        self.merged.update({(row + shift, at): text for (row, at), text in grid.merged.items() if row > skipped})
        for note in grid.notes:
            at = max(1, note.row + shift)
            self.notes.append(replace(note, row=at, last_row=at))
        self.remarks += [
            remark if remark.row is None else replace(remark, row=remark.row + shift)
            for remark in grid.remarks
            if remark.row is None or remark.row > skipped
        ]

    def _is_cut(self, grid: Grid, rest: tuple[str, ...]) -> bool:
        """Whether a row without a running number is the rest of the numbered row at the end of the page before."""
        last = self.rows[-1] if self.rows else None
        if grid.page is None or last is None or self.ends_on != grid.page - 1:
            return False
        both = [(a, b) for a, b in zip(last.cells, rest, strict=False) if a.strip() and b.strip()]
        figures = any(_FIGURE.fullmatch(a.strip()) and _FIGURE.fullmatch(b.strip()) for a, b in both)
        return bool(_SEQ.fullmatch(last.cells[0].strip())) and not rest[0].strip() and bool(both) and not figures

    def _join_cut(self, rest: tuple[str, ...], page: int | None) -> None:
        last = self.rows[-1]
        width = max(len(last.cells), len(rest))
        cells = [last.cell(at) for at in range(width)]
        for at, text in enumerate(rest):
            cells[at] += _joint(cells[at], text) + text
        self.rows[-1] = Row(last.number, tuple(cells))
        self.ends_on = page

    def _add_row(self, cells: tuple[str, ...], page: int | None) -> None:
        self.count += 1
        if any(cell.strip() for cell in cells):
            self.rows.append(Row(self.count, cells))
            self.ends_on = page
        if page is not None:
            self.pages[self.count] = page


def build_tables(file: str, blocks: Iterable[TextLine | Grid], limits: Limits) -> list[Table]:
    """The tables of a document, called ``ตาราง 1`` …; FileRefused where one is larger than the limits."""
    tables: list[_Growing] = []
    waiting: list[TextLine] = []
    letters = 0
    for block in blocks:
        if isinstance(block, TextLine):
            waiting.append(block)
            continue
        if not any(cell.strip() for row in block.rows for cell in row):  # a frame, or the end of a row cut by a page
            waiting.append(TextLine("", block.page, block.notes))
            continue
        letters += sum(len(cell) for row in block.rows for cell in row)
        _place(block, waiting, tables)
        waiting = []
        _require_size(file, tables[-1], letters, limits)
    for line in waiting if tables else ():
        tables[-1].add_notes(line)
    return [_finished(file, number, table) for number, table in enumerate(tables, start=1)]


def _place(grid: Grid, before: list[TextLine], tables: list[_Growing]) -> None:
    """Join a grid to the last table, or begin a new one with it."""
    top = _find_top(grid)
    above = tables[-1] if tables else None
    if above and above.top.headings and above.width == grid.width:
        stated = [line for line in before if line.text.strip()]
        repeated = _repeats(stated, above.lines)
        goes_on = top.headings == above.top.headings and top.titles == above.top.titles and repeated
        few = repeated or len(stated) <= _MOST_BETWEEN
        if goes_on or (not top.headings and few and grid.width >= _FEWEST_COLUMNS):
            fresh = [line for line in before if not (repeated and line.text.strip())]
            above.add_lines(fresh)
            above.add_grid(grid, skipped=top.last if goes_on else 0, goes_on=repeated)
            return
    lines = before[-_MOST_LINES:]
    if above and top.headings and top.headings == above.top.headings and not _names_a_plan(lines):
        lines = [*_still_hold(above.lines, lines), *lines][-_MOST_LINES:]
    table = _Growing(grid.width, top)
    table.add_lines(lines)
    table.add_grid(grid)
    tables.append(table)


def _find_top(grid: Grid) -> _Top:
    """The headings among the first rows of a grid, and the rows above them; no headings where there are none."""
    rows = tuple(Row(number, cells) for number, cells in enumerate(grid.rows[:10], start=1) if any(cells))
    found = find_heading_rows(Table("", "", rows, grid.merged))
    if found is None:
        return _Top()
    titles = tuple(normalize(" ".join(row.cells)).replace(" ", "") for row in rows if row.number < found.first)
    return _Top(tuple(heading_key(text) for text in found.headings), titles, found.last)


def _still_hold(above: Sequence[TextLine], fresh: Sequence[TextLine]) -> list[TextLine]:
    """Lines of the table before that hold for the next one: a new strategy ends its กลยุทธ์ and แผนงาน too."""
    keys = {_line_key(line) for line in fresh}
    highest = min((level for line in fresh if (level := _level(line))), default=len(_LEVELS) + 1)
    return [line for line in above if _level(line) < highest and _line_key(line) not in keys]


def _level(line: TextLine) -> int:
    """1 for a line with a strategy, 2 for one with a กลยุทธ์, 3 for one with a แผนงาน, 0 for any other."""
    text = normalize(line.text)
    return next((level for level, pattern in enumerate(_LEVELS, start=1) if pattern.match(text)), 0)


def _repeats(lines: Sequence[TextLine], above: Sequence[TextLine]) -> bool:
    """Whether these lines only say again what holds already: some of those above, in their order, the last one too."""
    keys, known = [_line_key(line) for line in lines], [_line_key(line) for line in above]
    rest = iter(known)
    return not keys or (bool(known) and keys[-1] == known[-1] and all(key in rest for key in keys))


def _joint(before: str, after: str) -> str:
    """What stands between two parts of a text that the end of a page cut."""
    if not before.strip() or not after.strip():
        return ""
    if _ENTRY.match(after):
        return "\n"
    return "" if _THAI_LETTER.match(before[-1]) and _THAI_LETTER.match(after[0]) else " "


def _names_a_plan(lines: Iterable[TextLine]) -> bool:
    """Whether the lines above a table say which plan it is of; without, they go on from those of the table before."""
    return any("แผนพัฒนา" in key or "แผนการดำเนินงาน" in key for key in map(_line_key, lines))


def _line_key(line: TextLine) -> str:
    return normalize(line.text).replace(" ", "")


def _require_size(file: str, table: _Growing, letters: int, limits: Limits) -> None:
    if table.count > limits.max_rows or table.width > limits.max_columns or letters > limits.max_text:
        raise FileRefused(
            f"{file}: ตารางใหญ่เกิน {limits.max_rows:,} แถว × {limits.max_columns:,} คอลัมน์"
            f" หรือ {limits.max_text:,} ตัวอักษร",
            f"{file}: a table exceeds {limits.max_rows:,} rows × {limits.max_columns:,} columns"
            f" or {limits.max_text:,} letters",
            hint_th="แบ่งเอกสารเป็นหลายไฟล์ หรือคัดลอกตารางไปไว้ใน Excel",
            hint_en="split the document, or copy the tables into Excel",
        )


def _finished(file: str, number: int, table: _Growing) -> Table:
    return Table(
        file=file,
        sheet=f"ตาราง {number}",
        rows=tuple(table.rows),
        merged=table.merged,
        notes=tuple(table.notes),
        pages=table.pages,
        remarks=tuple(table.remarks),
    )

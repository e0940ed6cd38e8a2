"""Walk through the rows of a table: what is a record, what is only a line of it, and what the cells say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracegraph.ingest.headings import group_properties, heading_key
from tracegraph.ingest.lines import Section, is_total, read_line
from tracegraph.ingest.mapping import Column, TableMapping
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.ingest.tables import Row, Table
from tracegraph.model.records import Problem
from tracegraph.thai.normalize import normalize

_UNKNOWN = frozenset(
    ("", "-", "--", "ไม่ทราบข้อมูลในส่วนนี้", "ไม่ทราบ", "ไม่ระบุ", "ไม่มีข้อมูล", "n/a", "na", "none", "null", "nan")
)
_COUNT = re.compile(r"[\d,]+ ?(?:โครงการ|รายการ)")  # what stands under โครงการ in a line of totals
_FEWEST_HEADINGS = 3  # cells that a repeated heading row has at least
_LONGEST_MARKER = 40  # characters; longer cells are never a mark for "unknown"
#: First characters of those marks and of error values, hidden spaces included; other cells need no closer look.
_MARKER_STARTS = frozenset("-–—‐‑‒―−#ไnN\u200b\u200c\u200d\ufeff\u2060")
_DITTO_STARTS = frozenset("\"'“”〃-เ(\u200b\ufeff")
_ERRORS = ("#ref!", "#n/a", "#value!", "#name?", "#div/0!", "#null!", "#num!")
_DITTO = frozenset(('"', "''", '""', "〃", '-"-', "เช่นเดียวกัน", "(เดียวกัน)", "เดียวกัน"))
_READ_ELSEWHERE = frozenset(("money", "budget", "budgeted", "name", "text"))
_NO_DITTO = frozenset(("id", "seq", "money", "budgeted", "budget", "page"))


@dataclass(slots=True)
class RowCells:
    """The cells of one row by property, and the problems found in them."""

    table: Table
    row: Row
    mapping: TableMapping
    section: Section
    cells: tuple[tuple[Column, str], ...]
    problems: list[Problem] = field(default_factory=list)
    _texts: dict[str, str] | None = None

    def text(self, prop: str) -> str | None:
        """What the row, or a constant of the mapping, says for a property; None where it says nothing."""
        if self._texts is None:
            self._texts = dict(self.mapping.constants)
            for name in {column.prop for column, _ in self.cells}:
                said = [clean for column, cell in self.cells if column.prop == name and (clean := _stated(cell))]
                if said:
                    self._texts[name] = " ".join(said)
        return self._texts.get(prop)

    def all(self, prop: str) -> tuple[tuple[Column, str], ...]:
        """Every column of a property with its text, empty cells too."""
        return tuple((column, cell) for column, cell in self.cells if column.prop == prop)

    def warn(self, code: str, prop: str | None, found: str = "", expected: str = "", **words: object) -> None:
        """Note a problem in the column of a property (or in one heading, where ``prop`` is a heading)."""
        column = self.mapping.find(prop) if prop else None
        heading = column.heading if column else prop
        place = Place(self.table.file, self.table.sheet, self.row.number, heading)
        self.problems.append(make_problem(code, place, found, expected, **words))

    @property
    def failed(self) -> bool:
        """True where a problem keeps the row out."""
        return any(problem.severity == "error" for problem in self.problems)

    def shown(self) -> tuple[tuple[str, str], ...]:
        """Heading and original text of every cell of the row, mapped or not."""
        headings = self.mapping.rows.headings
        return tuple(
            (headings[i] if i < len(headings) and headings[i] else f"#{i + 1}", cell)
            for i, cell in enumerate(self.row.cells)
        )


def _stated(cell: str) -> str | None:
    text = cell.strip()
    if not text:
        return None
    if len(text) > _LONGEST_MARKER or text[0] not in _MARKER_STARTS:
        return text
    bare = normalize(text)
    return None if bare in _UNKNOWN or bare.startswith(_ERRORS) else text


@dataclass(slots=True)
class RowWalk:
    """Iterate once; ``lines`` then holds the numbers of the rows that were lines of the table, not records."""

    table: Table
    mapping: TableMapping
    section: Section
    lines: list[int] = field(default_factory=list)
    _last: dict[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[RowCells]:
        for row in self.table.rows:
            if row.number <= self.mapping.rows.last:
                continue
            if self._is_line(row):
                self.lines.append(row.number)
                continue
            yield self._cells(row)

    def _is_line(self, row: Row) -> bool:
        texts = [cell.strip() for cell in row.cells if cell.strip()]
        if _repeats_headings(row, self.mapping.rows.headings):
            return True
        if self._is_total_row(row):
            return True
        if len(set(texts)) == 1 and len(self.mapping.columns) >= 3:
            section = read_line(texts[0], self.section)
            if section is not None:
                self.section = section
                return True
        return False

    def _is_total_row(self, row: Row) -> bool:
        name = self._raw(row, "name") or self._raw(row, "text")
        counted = not name or is_total(name) or _COUNT.fullmatch(normalize(name)) is not None
        return counted and not self._raw(row, "id") and any(is_total(cell) for cell in row.cells if cell)

    def _raw(self, row: Row, prop: str) -> str:
        column = self.mapping.find(prop)
        return row.cell(column.index).strip() if column else ""

    def _cells(self, row: Row) -> RowCells:
        cells = RowCells(self.table, row, self.mapping, self.section, ())
        cells.cells = tuple((column, self._cell(row, column, cells)) for column in self.mapping.columns)
        return cells

    def _cell(self, row: Row, column: Column, cells: RowCells) -> str:
        text = row.cell(column.index)
        above = self._last.get(column.index, "")
        if not text.strip():
            if column.prop in group_properties():
                text = self.table.merged.get((row.number, column.index), "")
            if not text and column.prop in self.mapping.fill_down:
                return above
        elif above and _may_be_ditto(text) and normalize(text) in _DITTO and column.prop not in _NO_DITTO:
            cells.warn("ditto", column.heading, text, above)
            return above
        elif (
            text.lstrip().startswith("#") and normalize(text).startswith(_ERRORS) and column.prop not in _READ_ELSEWHERE
        ):
            cells.warn("damaged-text", column.heading, text)
        if text.strip():
            self._last[column.index] = text
        return text


def _may_be_ditto(text: str) -> bool:
    bare = text.strip()
    return len(bare) <= _LONGEST_MARKER and bare[0] in _DITTO_STARTS


def _repeats_headings(row: Row, headings: Sequence[str]) -> bool:
    """True for the heading row again, as it stands on every printed page."""
    same = 0
    for at, cell in enumerate(row.cells):
        if not cell.strip():
            continue
        heading = headings[at] if at < len(headings) else ""
        if not heading or not heading_key(heading).startswith(heading_key(cell)):
            return False
        same += 1
    return same >= _FEWEST_HEADINGS

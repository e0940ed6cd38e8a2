"""Read one worksheet's XML as a stream: cells, merged ranges, hidden rows, and what the drawings' anchors need.

The declared dimension is not believed, and rows of nothing but formatted empty cells cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from tracegraph.errors import FileRefused
from tracegraph.ingest.cell_references import LAST_COLUMN, Range, parse_column, parse_range, require_row
from tracegraph.ingest.cell_values import EPOCH_1900, NumberKind, read_iso, read_number, read_text
from tracegraph.ingest.empty_cells import iter_filled
from tracegraph.ingest.tables import Limits, Row
from tracegraph.ingest.xml_parts import local_name, parse_stream

_MAX_RANGES = 1_000_000
_SIZED_ROWS = 20_000  # how far down row heights are kept: drawings are placed by them


@dataclass(slots=True)
class SheetXml:
    """What stands in a worksheet; heights in points and widths in letters where they are not the default."""

    rows: list[Row] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    drawings: list[str] = field(default_factory=list)
    row_height: float = 15.0
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookValues:
    """What the cells of all worksheets refer to: shared strings, kinds of number formats, where days count from."""

    strings: Sequence[str] = ()
    kinds: Sequence[NumberKind] = ()
    epoch: datetime = EPOCH_1900


def read_sheet(source: IO[bytes], book: BookValues, limits: Limits, name: str, title: str) -> SheetXml:
    """The worksheet's content; FileRefused beyond the limits, ValueError or ExpatError where it is damaged."""
    reader = _SheetReader(book, limits, name, title)
    parse_stream(iter_filled(source), reader.start, reader.end, reader.characters)
    reader.finish()
    return reader.found


class _SheetReader:
    """The parser's three functions and what they remember between calls."""

    def __init__(self, book: BookValues, limits: Limits, name: str, title: str) -> None:
        self.found = SheetXml()
        self._book, self._limits, self._name, self._title = book, limits, name, title
        self._locals: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._row = self._column = 0
        self._row_hidden = False
        self._sorted = True
        self._cells: list[str] = []
        self._in_cell = False
        self._kind = ""
        self._style = 0
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] = []
        self._phonetic = 0
        self._stated_widths = 0
        self._taken: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = self._locals.get(tag) or self._locals.setdefault(tag, local_name(tag))
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif self._in_cell:
            if name == "rPh":
                self._phonetic += 1
            elif name in ("v", "f") or (name == "t" and not self._phonetic):
                self._taken = []
        elif name == "mergeCell":
            self._take_range(attributes.get("ref", ""))
        elif name in ("drawing", "legacyDrawing"):
            self.found.drawings += [value for key, value in attributes.items() if local_name(key) == "id"]
        elif name == "col":
            self._take_width(attributes)
        elif name == "sheetFormatPr":
            self.found.row_height = _size(attributes.get("defaultRowHeight")) or 15.0

    def characters(self, text: str) -> None:
        """Text between elements."""
        if self._taken is not None:
            self._taken.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = self._locals[tag]
        if name == "row":
            self._end_row()
        elif not self._in_cell:
            return
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self._phonetic -= 1
        elif self._taken is not None and name in ("v", "t", "f"):
            text = "".join(self._taken)
            self._taken = None
            if name == "v":
                self._value = text
            elif name == "f":
                self._formula = text
            else:
                self._inline.append(text)

    def finish(self) -> None:
        """Put rows in order where the file has them otherwise."""
        if not self._sorted:
            self.found.rows = _in_order(self.found.rows)

    def _start_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r")
        number = require_row(int(stated) if stated else self._row + 1)
        self._sorted = self._sorted and number > self._row
        self._row, self._column, self._cells = number, 0, []
        self._row_hidden = attributes.get("hidden") in ("1", "true")
        if number <= _SIZED_ROWS and (self._row_hidden or "ht" in attributes):
            self.found.heights[number] = 0.0 if self._row_hidden else _size(attributes["ht"])

    def _end_row(self) -> None:
        cells = self._cells
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            return
        rows = self.found.rows
        if len(cells) > self._limits.max_columns or len(rows) >= self._limits.max_rows:
            raise too_large(self._name, self._title, self._limits)
        rows.append(Row(self._row, tuple(cells)))
        if self._row_hidden:
            self.found.hidden_rows.add(self._row)
        self._cells = []

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._in_cell = True
        self._kind = attributes.get("t", "n")
        style = attributes.get("s")
        self._style = int(style) if style else 0
        self._value = self._formula = None
        self._inline = []
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        number = self._columns.get(letters)
        if number is None:
            number = self._columns[letters] = parse_column(letters.replace("$", ""))
        self._column = number

    def _end_cell(self) -> None:
        self._in_cell, self._taken, self._phonetic = False, None, 0
        text = self._read_cell()
        if text:
            cells, at = self._cells, self._column - 1
            if at < 0 or at >= LAST_COLUMN:
                raise ValueError(f"row {self._row} has a cell beyond the grid")
            if at >= len(cells):
                cells.extend([""] * (at - len(cells)))
                cells.append(text)
            else:
                cells[at] = text

    def _read_cell(self) -> str:
        kind, value = self._kind, self._value
        if kind == "inlineStr":
            return read_text("".join(self._inline))
        if self._formula is not None and not value:
            # A stored empty text is a result, too; without any stored result the formula itself is shown.
            return "" if kind == "str" and value is not None else f"={self._formula}"
        if not value:
            return ""
        if kind == "s":
            return self._shared(value)
        return read_number(value, self._number_kind(), self._book.epoch) if kind == "n" else _read_typed(kind, value)

    def _shared(self, value: str) -> str:
        at = int(value)
        if not 0 <= at < len(self._book.strings):
            raise ValueError(f"row {self._row} names the text {at}, which the workbook does not have")
        return self._book.strings[at]

    def _number_kind(self) -> NumberKind:
        kinds = self._book.kinds
        return kinds[self._style] if 0 <= self._style < len(kinds) else NumberKind.PLAIN

    def _take_range(self, reference: str) -> None:
        if len(self.found.ranges) >= _MAX_RANGES:
            raise ValueError("more merged ranges than any worksheet has")
        self.found.ranges.append(parse_range(reference))

    def _take_width(self, attributes: dict[str, str]) -> None:
        first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
        self._stated_widths += max(1, last - first + 1)
        if self._stated_widths > LAST_COLUMN:
            raise ValueError("more widths than a worksheet has columns")
        hidden = attributes.get("hidden") in ("1", "true")
        width = 0.0 if hidden else _size(attributes.get("width"))
        for column in range(max(1, first), min(last, self._limits.max_columns) + 1):
            self.found.widths[column] = width


def _read_typed(kind: str, value: str) -> str:
    """Truth values, dates as ISO text, results of formulas that are text, and errors such as ``#REF!``."""
    if kind == "b":
        return "TRUE" if value.strip() in ("1", "true") else "FALSE"
    return read_iso(value) if kind == "d" else read_text(value)


def _size(text: str | None) -> float:
    """A height or width as stored; 0 for none or nonsense."""
    try:
        size = float(text or "0")
    except ValueError:
        return 0.0
    return size if 0 <= size < 10_000 else 0.0


def _in_order(rows: list[Row]) -> list[Row]:
    """Rows by number; of two with one number the earlier keeps its cells and takes what it lacks from the later."""
    by_number: dict[int, list[str]] = {}
    for row in rows:
        cells = by_number.setdefault(row.number, [])
        cells.extend([""] * (len(row.cells) - len(cells)))
        for at, cell in enumerate(row.cells):
            cells[at] = cells[at] or cell
    return [Row(number, tuple(by_number[number])) for number in sorted(by_number)]


def too_large(name: str, title: str, limits: Limits) -> FileRefused:
    """The refusal of a worksheet with more rows or columns than are taken."""
    return FileRefused(
        f"{name}: แผ่นงาน {title!r} ใหญ่เกิน {limits.max_rows:,} แถว × {limits.max_columns:,} คอลัมน์",
        f"{name}: worksheet {title!r} exceeds {limits.max_rows:,} rows × {limits.max_columns:,} columns",
        hint_th="ลบแถวและคอลัมน์ที่ไม่ใช้ หรือแบ่งแผ่นงาน",
        hint_en="delete unused rows and columns, or split the worksheet",
    )

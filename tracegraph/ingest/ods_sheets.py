"""The parser's three functions for the content of an OpenDocument spreadsheet, and what they find."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracegraph.ingest.cell_references import LAST_COLUMN, LAST_ROW, Range, parse_column
from tracegraph.ingest.cell_values import read_iso, read_number, read_value
from tracegraph.ingest.sheet_grid import Axis
from tracegraph.ingest.tables import Limits, Row, SheetNote
from tracegraph.ingest.xlsx_files import OnSheet
from tracegraph.ingest.xlsx_sheet import too_large
from tracegraph.ingest.xml_parts import local_name

_SIZED_ROWS = 20_000  # how far down row heights are kept: boxes that no cell holds are placed by them
_ROW_HEIGHT = 162_560  # EMU of 0.4516 cm, the usual height
_EMU = {"cm": 360_000.0, "mm": 36_000.0, "in": 914_400.0, "pt": 12_700.0, "pc": 152_400.0, "px": 9_525.0}
_LENGTH = re.compile(r"\s*(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)\s*([a-z]{2})", re.ASCII)
_CLOCK = re.compile(r"PT(\d{1,9})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S", re.ASCII)
_CELL_END = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$", re.ASCII)
#: Parts of drawings that have no words of their own.
_NOT_SHAPES = frozenset(
    ("text-box", "g", "a", "image", "object", "enhanced-geometry", "glue-point", "layer", "equation")
)
#: Old values of changed cells, and other things in which cells and paragraphs stand that are not the sheet's.
_LEFT_OUT = frozenset(("tracked-changes", "dde-links", "content-validations", "forms", "named-expressions"))


@dataclass(slots=True)
class OdsSheet:
    """One sheet as it is found."""

    title: str
    hidden: bool
    rows: list[Row] = field(default_factory=list)
    ranges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    notes: list[SheetNote] = field(default_factory=list)


@dataclass(slots=True)
class _Words:
    """Where text goes: a cell, a box or a comment, by the element that began it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    lines: list[list[str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join("".join(line) for line in self.lines)


class OdsReader:
    """Takes the parser's calls; ``sheets`` has what was found. FileRefused beyond the limits."""

    def __init__(self, name: str, limits: Limits, on_sheet: OnSheet | None) -> None:
        self.sheets: list[OdsSheet] = []
        self._name, self._limits, self._on_sheet = name, limits, on_sheet
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._heights: dict[str, int] = {}
        self._sheet: OdsSheet | None = None
        self._row = self._column = 0
        self._row_attributes: dict[str, str] = {}
        self._row_heights: dict[int, int] = {}
        self._cells: list[str] = []
        self._words: list[_Words] = []
        self._floating: list[tuple[int, int, int, str]] = []
        self._paragraph = 0
        self._skipped = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = local_name(tag)
        if self._skipped or name in _LEFT_OUT or (name == "table" and self._sheet is not None):
            self._skipped += 1
            return
        stated = {local_name(key): value for key, value in attributes.items()}
        if self._sheet is None:
            self._start_outside(name, stated)
        elif name == "table-row":
            self._row_attributes, self._cells, self._column = stated, [], 0
        elif name in ("table-cell", "covered-table-cell", "annotation") or (
            tag.startswith("draw:") and name not in _NOT_SHAPES
        ):
            self._words.append(_Words(name, stated))
        elif self._words:
            self._start_text(name, stated)

    def characters(self, text: str) -> None:
        """Text between elements; only what stands in paragraphs is anybody's."""
        if self._paragraph and not self._skipped and self._words and self._words[-1].lines:
            self._words[-1].lines[-1].append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        name = local_name(tag)
        if self._skipped:
            self._skipped -= 1
        elif self._sheet is None:
            return
        elif name == "p":
            self._paragraph = max(0, self._paragraph - 1)
        elif name == "table-row":
            self._end_row(self._sheet)
        elif name == "table":
            self._end_sheet(self._sheet)
        elif self._words and name == self._words[-1].tag:
            words = self._words.pop()
            if name.endswith("table-cell"):
                self._end_cell(self._sheet, words)
            else:
                self._end_note(self._sheet, words)

    def _start_outside(self, name: str, stated: dict[str, str]) -> None:
        if name == "style":
            self._style = stated.get("name", "")
        elif name == "table-properties" and stated.get("display") == "false":
            self._hidden_styles.add(self._style)
        elif name == "table-row-properties" and "row-height" in stated:
            self._heights[self._style] = _length(stated["row-height"])
        elif name == "table":
            title = stated.get("name", "")
            self._sheet = OdsSheet(title, stated.get("style-name", "") in self._hidden_styles)
            self._row, self._row_heights, self._floating = 0, {}, []
            if self._on_sheet:
                self._on_sheet(title, len(self.sheets), len(self.sheets) + 1)

    def _start_text(self, name: str, stated: dict[str, str]) -> None:
        words = self._words[-1]
        if name == "p":
            self._paragraph += 1
            words.lines.append([])
        elif self._paragraph and words.lines:
            if name == "s":
                words.lines[-1].append(" " * min(_count(stated, "c"), self._limits.max_cell))
            elif name in ("tab", "line-break"):
                words.lines[-1].append("\t" if name == "tab" else "\n")

    def _end_cell(self, sheet: OdsSheet, words: _Words) -> None:
        stated = words.attributes
        times = _count(stated, "number-columns-repeated")
        text = _value(stated, words.text)
        at, most = self._column, self._limits.max_columns
        if text.strip() and at + times > most:
            raise too_large(self._name, sheet.title, self._limits)
        if text and at < most:
            self._cells += [""] * (at - len(self._cells))
            self._cells += [text] * min(times, most - at)
        down, right = _count(stated, "number-rows-spanned"), _count(stated, "number-columns-spanned")
        if down > 1 or right > 1:
            row, column = self._row + 1, self._column + 1
            sheet.ranges.append((row, column, row + down - 1, column + right - 1))
        self._column = min(self._column + times, LAST_COLUMN)

    def _end_row(self, sheet: OdsSheet) -> None:
        times = _count(self._row_attributes, "number-rows-repeated")
        cells = self._cells
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            if len(sheet.rows) + times > self._limits.max_rows:
                raise too_large(self._name, sheet.title, self._limits)
            numbers = range(self._row + 1, self._row + times + 1)
            shared = tuple(cells)
            sheet.rows += [Row(number, shared) for number in numbers]
            if self._row_attributes.get("visibility", "visible") != "visible":
                sheet.hidden_rows.update(numbers)
        height = self._heights.get(self._row_attributes.get("style-name", ""))
        if height is not None:
            last = min(self._row + times, _SIZED_ROWS)
            self._row_heights.update((row, height) for row in range(self._row, last))
        self._row = min(self._row + times, LAST_ROW)
        self._cells = []

    def _end_note(self, sheet: OdsSheet, words: _Words) -> None:
        """A comment or a box: in a cell it lies where the cell is, outside cells where its coordinates say."""
        text = words.text.strip("\n")
        if not text.strip():
            return
        in_cell = any(outer.tag.endswith("table-cell") for outer in self._words)
        if words.tag == "annotation":
            sheet.notes.append(SheetNote(self._row + 1, self._row + 1, self._column, text, "comment"))
        elif in_cell:
            match = _CELL_END.search(words.attributes.get("end-cell-address", ""))
            last = int(match[2]) if match else self._row + 1
            sheet.notes.append(SheetNote(self._row + 1, max(self._row + 1, last), self._column, text, "textbox"))
        else:
            top, height = _length(words.attributes.get("y", "")), _length(words.attributes.get("height", ""))
            match = _CELL_END.search(words.attributes.get("end-cell-address", ""))
            column = parse_column(match[1]) - 1 if match else 0
            self._floating.append((top, top + height, column, text))

    def _end_sheet(self, sheet: OdsSheet) -> None:
        rows = Axis(_ROW_HEIGHT, self._row_heights)
        for top, bottom, column, text in self._floating:
            first = rows.find(top, LAST_ROW - 1)
            last = rows.find(max(top, bottom - 1), LAST_ROW - 1)
            sheet.notes.append(SheetNote(first + 1, last + 1, column, text, "textbox"))
        self.sheets.append(sheet)
        self._sheet = None
        self._words = []


def _value(stated: dict[str, str], text: str) -> str:
    """A cell's value by its type; the text shown where there is none, a formula where nothing was stored of it."""
    kind = stated.get("value-type", "")
    if kind in ("float", "percentage", "currency") and "value" in stated:
        return read_number(stated["value"])
    if kind == "date" and "date-value" in stated:
        return read_iso(stated["date-value"])
    if kind == "time" and (clock := _CLOCK.fullmatch(stated.get("time-value", ""))):
        return ":".join(f"{int(part):02}" for part in clock.groups())
    if kind == "boolean" and "boolean-value" in stated:
        return read_value(stated["boolean-value"] == "true")
    if not kind and not text and "formula" in stated:
        return "=" + stated["formula"].partition("=")[2]
    return text or stated.get("string-value", "")


def _count(stated: dict[str, str], name: str) -> int:
    """How often something is repeated; ValueError for no number."""
    text = stated.get(name)
    return 1 if text is None else min(max(1, int(text[:12])), LAST_ROW)


def _length(text: str) -> int:
    """A length in EMU, 0 for none."""
    match = _LENGTH.match(text)
    return max(0, int(float(match[1]) * _EMU.get(match[2], 0.0))) if match else 0

"""What stands in a paragraph, a cell or a table of a Word document, and what lies beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tracegraph.ingest.document_tables import Grid
from tracegraph.ingest.docx_numbers import ListNumbers
from tracegraph.ingest.tables import Limits, SheetNote

_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class WordText:
    """Reads the texts of one document. Text boxes and comments met on the way gather in ``notes`` (source, text)."""

    numbers: ListNumbers
    comments: Mapping[str, str]
    limits: Limits
    notes: list[tuple[str, str]] = field(default_factory=list)

    def take_notes(self, row: int, column: int) -> tuple[SheetNote, ...]:
        """The notes met since the last call, anchored to a row (from 1) and column (from 0)."""
        taken = tuple(SheetNote(row, row, column, text, source) for source, text in self.notes)
        self.notes.clear()
        return taken

    def paragraph(self, paragraph: Element) -> str:
        """The paragraph's text with the number that Word writes before it."""
        label = self.numbers.label(paragraph)
        text = "".join(self._pieces(paragraph))
        return f"{label} {text}".strip() if label else text

    def block(self, holder: Element) -> str:
        """The text of a cell, text box or comment: paragraphs as lines, rows of a table inside it too."""
        lines: list[str] = []
        for element in holder:
            if element.tag == "p":
                lines.append(self.paragraph(element))
            elif element.tag == "tbl":
                inner = self.grid(element)
                lines += [" ".join(text for text in row if text) for row in inner.rows]
                self.notes += [(note.source, note.text) for note in inner.notes]
        while lines and not lines[-1].strip():
            lines.pop()
        return "\n".join(lines)

    def _pieces(self, paragraph: Element) -> Iterator[str]:
        for element in paragraph:
            if element.tag == "t":
                yield element.text or ""
            elif element.tag == "sym":
                yield _symbol(element.get("char", ""))
            elif element.tag == "txbxContent":
                self._note("textbox", self.block(element))
            elif element.tag == "commentReference":
                self._note("comment", self.comments.get(element.get("id", ""), ""))
            elif element.tag in _SIGNS:
                yield _SIGNS[element.tag]

    def _note(self, source: str, text: str) -> None:
        if text.strip():
            self.notes.append((source, text))

    def grid(self, table: Element) -> Grid:
        """A table with its merged cells; rows that a tracked change deletes are left out."""
        building = _GridRows(self.limits)
        rows = [row for row in table.iterfind("tr") if row.find("trPr/del") is None]
        for number, row in enumerate(rows, start=1):
            building.begin(row)
            for cell in row.iterfind("tc"):
                outer, self.notes = self.notes, []
                text = self.block(cell)
                building.add(cell, text)
                building.notes += self.take_notes(number, building.column - 1)
                self.notes = outer
        return Grid(tuple(tuple(row) for row in building.rows), None, building.merged, tuple(building.notes))


class _GridRows:
    """The rows of a table while they are read; ``column`` is the one behind the last cell."""

    def __init__(self, limits: Limits) -> None:
        self.rows: list[list[str]] = []
        self.merged: dict[tuple[int, int], str] = {}
        self.notes: list[SheetNote] = []
        self.column = 0
        self._limits = limits
        self._above: dict[int, str] = {}  # first text of the vertical merge that is open in a column

    def begin(self, row: Element) -> None:
        """Start a row, behind the columns that it leaves out."""
        if len(self.rows) >= self._limits.max_rows:
            raise ValueError(f"a table of more than {self._limits.max_rows:,} rows")
        self.column = _whole(row.find("trPr/gridBefore"), 0, self._limits)
        self.rows.append([""] * self.column)

    def add(self, cell: Element, text: str) -> None:
        """A cell, over as many columns as it spans."""
        row, first = self.rows[-1], self.column
        span = max(1, _whole(cell.find("tcPr/gridSpan"), 1, self._limits))
        self.column += span
        if self.column > self._limits.max_columns or len(self.merged) > self._limits.max_covered:
            raise ValueError(f"a table of more than {self._limits.max_columns:,} columns, or merged all over")
        across = cell.find("tcPr/hMerge")
        if across is not None and across.get("val", "continue") == "continue" and first:
            row.append("")
            self.merged[len(self.rows), first] = row[first - 1] or self.merged.get((len(self.rows), first - 1), "")
            return
        down = cell.find("tcPr/vMerge")
        covered = down is not None and down.get("val", "continue") == "continue" and first in self._above
        text = self._above[first] if covered else text
        row += ["" if covered else text, *[""] * (span - 1)]
        for column in range(first if covered else first + 1, self.column):
            self.merged[len(self.rows), column] = text
        for column in range(first, self.column):
            if down is None:
                self._above.pop(column, None)
            elif not covered:
                self._above[column] = text


def _whole(element: Element | None, default: int, limits: Limits) -> int:
    """The number that an element states; ValueError where no table can be so wide."""
    text = "" if element is None else element.get("val", "")
    if not text.isascii() or not text.isdigit():
        return default
    if len(text) > 6 or int(text) > limits.max_columns:
        raise ValueError(f"a cell over {text[:12]} columns")
    return int(text)


def _symbol(code: str) -> str:
    """A character given by its code; signs of symbol fonts, which have no letter, are left out."""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return sign if sign.isprintable() and not "\ue000" <= sign <= "\uf8ff" else ""

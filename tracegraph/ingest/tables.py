"""What a file looks like before anybody has said what it means: tables of text cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may be at most; anything beyond is refused before it can fill the memory.

    ``max_ratio`` is unpacked ÷ packed size of a workbook's parts: real workbooks stay under 100.
    ``max_cell`` counts the letters of one cell (Excel holds a quarter of it), ``max_text`` those of all cells of a
    file, ``max_covered`` the cells under merged ranges of a sheet, ``max_members`` the parts of a ZIP.
    ``max_memory`` (bytes) is what the child may have in all; Linux holds it to that, macOS and Windows do not.
    A file of up to one megabyte may take ``seconds``, a larger one ``seconds_per_mb`` more for each further
    megabyte, and none more than ``max_seconds``.
    """

    max_bytes: int = 200_000_000
    max_unpacked: int = 1_500_000_000
    max_ratio: float = 400.0
    max_rows: int = 1_000_000
    max_columns: int = 1_000
    max_cell: int = 131_072
    max_text: int = 100_000_000
    max_covered: int = 2_000_000
    max_members: int = 10_000
    max_memory: int = 1_000_000_000
    seconds: float = 28.0
    seconds_per_mb: float = 10.0
    max_seconds: float = 300.0

    def seconds_for(self, size: int) -> float:
        """How long a file of so many bytes may take."""
        beyond = max(0.0, size / 1e6 - 1.0)
        return min(self.max_seconds, self.seconds + self.seconds_per_mb * beyond)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it (from 1) and its cells as text, '' where empty."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The cell at this index, '' beyond the end of the row."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class SheetNote:
    """Words that lie over the cells, not in them: a text box or a cell's comment.

    ``row`` (from 1) and ``column`` (from 0) are where its upper left corner is anchored, ``last_row`` where it ends;
    ``text`` is as written, paragraphs as lines. ``source`` is ``textbox`` or ``comment``.
    """

    row: int
    last_row: int
    column: int
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of files has to say of a table: a code of ``data/problems.yaml`` and its words.

    ``row`` and ``column`` (heading or letter) are None where the whole table is meant.
    """

    code: str
    found: str = ""
    expected: str = ""
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One worksheet, one table of a DOCX or PDF, or a whole CSV file (``sheet`` is then '').

    Rows without any text are left out. ``merged`` gives, for (row number, column index) of every cell
    that a merged range covers, the text of the range's first cell; the first cell itself is not in it.
    ``pages`` gives the page of a row number where the source has pages.
    """

    file: str
    sheet: str
    rows: tuple[Row, ...]
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[SheetNote, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    pages: Mapping[int, int] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    def filled(self, row: Row, column: int) -> str:
        """The cell's text, or the text of the merged range that covers it."""
        return row.cell(column) or self.merged.get((row.number, column), "")

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)

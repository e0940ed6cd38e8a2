"""The cells of one row by property: what they say, and the problems found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tracegraph.ingest.edition_chain import RowEdition, Source
from tracegraph.ingest.editions import Edition
from tracegraph.ingest.lines import Section
from tracegraph.ingest.mapping import Column, TableMapping
from tracegraph.ingest.note_words import NoteReading
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.ingest.tables import Row, Table
from tracegraph.model.records import Problem
from tracegraph.thai.normalize import normalize

_UNKNOWN = frozenset(
    ("", "-", "--", "ไม่ทราบข้อมูลในส่วนนี้", "ไม่ทราบ", "ไม่ระบุ", "ไม่มีข้อมูล", "n/a", "na", "none", "null", "nan")
)
LONGEST_MARKER = 40  # characters; longer cells are never a mark for "unknown" or "the same"
#: First characters of those marks and of error values, hidden spaces included; other cells need no closer look.
_MARKER_STARTS = frozenset("-–—‐‑‒―−#ไnN\u200b\u200c\u200d\ufeff\u2060")
ERRORS = ("#ref!", "#n/a", "#value!", "#name?", "#div/0!", "#null!", "#num!")


@dataclass(slots=True)
class RowCells:
    """The cells of one row by property, and the problems found in them.

    ``more`` are rows below that go on with this one; their texts and money are among ``cells``. ``notes`` are the text
    boxes and comments at these rows, ``row_edition`` what stamps and lines between the rows say of their edition.
    """

    table: Table
    row: Row
    mapping: TableMapping
    section: Section
    cells: tuple[tuple[Column, str], ...]
    more: tuple[Row, ...] = ()
    notes: tuple[NoteReading, ...] = ()
    row_edition: RowEdition | None = None
    problems: list[Problem] = field(default_factory=list)
    _texts: dict[str, str] | None = None
    _columns: dict[str, list[tuple[Column, str]]] | None = None

    def text(self, prop: str) -> str | None:
        """What the row, or a constant of the mapping, says for a property; None where it says nothing."""
        if self._texts is None:
            self._texts = dict(self.mapping.constants)
            for name, cells in self._by_prop().items():
                said = [clean for _, cell in cells if (clean := _stated(cell))]
                if said:
                    self._texts[name] = " ".join(said)
        return self._texts.get(prop)

    def written(self, prop: str) -> str:
        """The words of a property as they stand in its cells, marks for "unknown" too; '' where empty."""
        return "\n".join(cell for _, cell in self._by_prop().get(prop, ()) if cell.strip())

    def _by_prop(self) -> dict[str, list[tuple[Column, str]]]:
        if self._columns is None:
            self._columns = {}
            for pair in self.cells:
                self._columns.setdefault(pair[0].prop, []).append(pair)
        return self._columns

    @property
    def amended_by(self) -> Edition | None:
        """The newest edition that touches the row by a stamp or a line between the rows; None for the sheet's own."""
        return self.row_edition.current if self.row_edition else None

    @property
    def edition(self) -> Edition | None:
        """The edition whose plan the row stands in, as stated, not as it follows from numbers around."""
        inferred = self.row_edition is not None and self.row_edition.source is Source.INFERRED
        return (None if inferred else self.amended_by) or self.section.edition

    def all(self, prop: str) -> tuple[tuple[Column, str], ...]:
        """Every column of a property with its text, empty cells too."""
        return tuple(self._by_prop().get(prop, ()))

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
        return show_cells(self.row, self.mapping.rows.headings)


def show_cells(row: Row, headings: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Heading and original text of every cell of a row; a column without a heading is ``#`` and its number."""
    return tuple(
        (headings[i] if i < len(headings) and headings[i] else f"#{i + 1}", cell) for i, cell in enumerate(row.cells)
    )


def _stated(cell: str) -> str | None:
    text = cell.strip()
    if not text:
        return None
    if len(text) > LONGEST_MARKER or text[0] not in _MARKER_STARTS:
        return text
    bare = normalize(text)
    return None if bare in _UNKNOWN or bare.startswith(ERRORS) else text

"""To which row of a sheet a text box or comment belongs, and which rows an amendment's stamp touches.

A comment lies in its cell. A text box only lies near its row, and the layer of drawings can have drifted against the
cells: a row is removed, the shapes below it stay where they were, one row too low from then on. Stamps show it, for
nobody stamps a divider, a total or a blank row: where some lie on such rows, all stamps of the stretch lie too low.
A stretch ends where the numbering starts again without a line that says why, since there such a line was removed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from tracegraph.ingest.editions import Edition
from tracegraph.ingest.note_words import NoteReading, read_note
from tracegraph.ingest.tables import SheetNote
from tracegraph.thai.normalize import normalize

SHEET = 0  # the home of notes that belong to the whole sheet
_MOST_DRIFT = 3  # rows; more would put a stamp beside a project that nobody meant
_NUMBER = re.compile(r"\D{0,3}(\d{1,4})\D{0,2}")
_BESIDE = 1  # rows above and below its own that a stamp is meant for


class RowKind(StrEnum):
    """What a row of a sheet is to the notes beside it."""

    ITEM = "item"
    CONTINUATION = "continuation"
    DIVIDER = "divider"
    TOTAL = "total"
    BLANK = "blank"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """One row of a sheet as notes see it; rows that are left out count as blank.

    ``block`` numbers the runs of items between dividers (a divider has the block of the run below it); ``seq`` is the
    cell ที่ as typed; ``edition`` is what the line above the run states, None where none does; ``name`` is the item's.
    """

    number: int
    kind: RowKind
    block: int = 0
    seq: str = ""
    edition: Edition | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class AnchoredNote:
    """A note, its words, and where it belongs.

    ``home`` is the item's row (``SHEET`` for the whole sheet). ``touches`` are the items that a stamp is meant for,
    home among them; of any other note only the home. ``drift`` is by how many rows the note lies too low;
    ``confidence`` (0–1) says how sure the home is.
    """

    note: SheetNote
    reading: NoteReading
    home: int
    touches: tuple[int, ...]
    drift: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Items between two places where the numbering starts again unexplained; ``shows_loss`` says that it began so."""

    rows: tuple[AnchorRow, ...]
    shows_loss: bool


@dataclass(slots=True)
class _Sheet:
    rows: dict[int, AnchorRow]
    stretches: tuple[Stretch, ...]
    items: list[AnchorRow] = field(init=False)
    numbers: list[int] = field(init=False)
    first: int = field(init=False)

    def __post_init__(self) -> None:
        self.items = [row for stretch in self.stretches for row in stretch.rows]
        self.numbers = sorted(self.rows)
        body = [row.number for row in self.rows.values() if row.kind not in (RowKind.HEADING, RowKind.BLANK)]
        self.first = min(body, default=0)

    def is_item(self, number: int) -> bool:
        row = self.rows.get(number)
        return row is not None and row.kind in (RowKind.ITEM, RowKind.CONTINUATION)

    def block_at(self, number: int) -> int:
        """The block of a row, or of the row above it where it is left out."""
        at = bisect_right(self.numbers, number)
        return self.rows[self.numbers[at - 1]].block if at else 0

    def stretch_at(self, number: int) -> int | None:
        """Index of the stretch that a row lies in or below; None above the first item."""
        at = bisect_right(self.stretches, number, key=lambda stretch: stretch.rows[0].number)
        return at - 1 if at else None

    def items_between(self, first: int, last: int) -> list[AnchorRow]:
        start = bisect_left(self.items, first, key=lambda row: row.number)
        return self.items[start : bisect_right(self.items, last, key=lambda row: row.number)]

    def item_above(self, number: int) -> AnchorRow | None:
        at = bisect_right(self.items, number, key=lambda row: row.number)
        return self.items[at - 1] if at else None

    def item_below(self, number: int) -> AnchorRow | None:
        at = bisect_right(self.items, number, key=lambda row: row.number)
        return self.items[at] if at < len(self.items) else None


def anchor_notes(notes: Sequence[SheetNote], rows: Sequence[AnchorRow]) -> dict[int, tuple[AnchoredNote, ...]]:
    """Home row → its notes, in the order of ``notes``; every note has exactly one home.

    A note on a divider, total or blank row belongs to the item above it in the same block, else to the item below, else
    to the item above. Notes above the first row that is no heading, and all notes of a sheet without items, belong to
    the sheet (``SHEET``).
    """
    sheet = _Sheet({row.number: row for row in rows}, find_stretches(rows))
    read = [(note, read_note(note.text)) for note in notes]
    drifts = _find_drifts(sheet, read)
    found: dict[int, list[AnchoredNote]] = {}
    for note, reading in read:
        anchored = _anchor(sheet, drifts, note, reading)
        found.setdefault(anchored.home, []).append(anchored)
    return {home: tuple(anchored) for home, anchored in found.items()}


def find_touching(anchored: dict[int, tuple[AnchoredNote, ...]]) -> dict[int, tuple[AnchoredNote, ...]]:
    """Item row → every note that is meant for it: its own, and stamps whose home is the row above or below."""
    found: dict[int, list[AnchoredNote]] = {}
    for home in sorted(anchored):
        for note in anchored[home]:
            for row in note.touches:
                found.setdefault(row, []).append(note)
    return {row: tuple(touching) for row, touching in found.items()}


def find_stretches(rows: Sequence[AnchorRow]) -> tuple[Stretch, ...]:
    """The items of a sheet, split where the numbering starts again at 1 within one block.

    A single 1 among numbers that go on as if it were not there is a slip, not a new start.
    """
    items = sorted((row for row in rows if row.kind is RowKind.ITEM), key=lambda row: row.number)
    numbers = [read_seq(row.seq) for row in items]
    starts = [at for at in range(1, len(items)) if _starts_again(items, numbers, at)]
    bounds = pairwise((0, *starts, len(items)))
    return tuple(Stretch(tuple(items[start:end]), start > 0) for start, end in bounds if end > start)


def read_seq(seq: str) -> int | None:
    """The number in a cell ที่ (``1``, ``๑.``, ``(2)``, ``3.0``); None where it holds none or a longer text."""
    match = _NUMBER.fullmatch(re.sub(r"\.0+$", "", normalize(seq).strip()))
    return int(match[1]) if match else None


def _starts_again(items: Sequence[AnchorRow], numbers: Sequence[int | None], at: int) -> bool:
    if items[at].block != items[at - 1].block or numbers[at] != 1 or numbers[at - 1] is None:
        return False
    following = numbers[at + 1] if at + 1 < len(items) and items[at + 1].block == items[at].block else None
    return following is None or following != (numbers[at - 1] or 0) + 1 or following == 2


@dataclass(frozen=True, slots=True)
class _Drift:
    rows: int = 0
    explained: int = 0  # stamps that lie on no item as they are, and beside one when moved up


def _find_drift(sheet: _Sheet, stamps: Sequence[SheetNote]) -> _Drift:
    """The smallest shift that puts most stamps of a stretch beside items; 0 where they lie well."""
    off = [sum(not sheet.is_item(note.row - drift) for note in stamps) for drift in range(_MOST_DRIFT + 1)]
    best = off.index(min(off))
    return _Drift(best, off[0] - off[best])


def _find_drifts(sheet: _Sheet, read: Sequence[tuple[SheetNote, NoteReading]]) -> list[_Drift]:
    stamps: list[list[SheetNote]] = [[] for _ in sheet.stretches]
    for note, reading in read:
        at = sheet.stretch_at(note.row)
        if at is not None and reading.is_stamp and note.source != "comment":
            stamps[at].append(note)
    return [_find_drift(sheet, notes) for notes in stamps]


def _anchor(sheet: _Sheet, drifts: Sequence[_Drift], note: SheetNote, reading: NoteReading) -> AnchoredNote:
    if note.row < sheet.first or not sheet.items:
        return AnchoredNote(note, reading, SHEET, ())
    at = sheet.stretch_at(note.row) or 0
    drift = _Drift() if note.source == "comment" else drifts[at]
    home = _find_home(sheet, max(note.row - drift.rows, sheet.first))
    touches = _find_touched(sheet, at, drift.rows, note, home) if reading.is_stamp else (home.number,)
    return AnchoredNote(note, reading, home.number, touches, drift.rows, _confidence(sheet, drift, note))


def _find_home(sheet: _Sheet, row: int) -> AnchorRow:
    above, below = sheet.item_above(row), sheet.item_below(row)
    if above is None or below is None:
        return above or below or sheet.items[0]
    block = sheet.block_at(row)
    return below if block == below.block != above.block else above


def _find_touched(sheet: _Sheet, at: int, drift: int, note: SheetNote, home: AnchorRow) -> tuple[int, ...]:
    """Items within a row of the stamp as the rows stood when it was put there, not across a divider.

    Where a stretch has drifted, a row was lost below its first item (which still stands where it stood), or above it
    where the stretch begins with the loss.
    """
    if note.source == "comment":
        return (home.number,)
    stretch = sheet.stretches[at]
    first, last = note.row - _BESIDE, max(note.row + _BESIDE, note.last_row - 1)
    touched = {home.number}
    for row in sheet.items_between(max(first - drift, stretch.rows[0].number), min(last, stretch.rows[-1].number)):
        stood = row.number + (drift if stretch.shows_loss or row is not stretch.rows[0] else 0)
        if row.block == home.block and first <= stood <= last:
            touched.add(row.number)
    return tuple(sorted(touched))


def _confidence(sheet: _Sheet, drift: _Drift, note: SheetNote) -> float:
    """1 for a comment, 0.95 beside an item; less where drift had to be assumed or the note lies on no item."""
    if note.source == "comment":
        return 1.0
    if not sheet.is_item(note.row - drift.rows):
        return 0.6
    if drift.rows:
        return 0.85 if drift.explained > 1 else 0.7
    return 0.95

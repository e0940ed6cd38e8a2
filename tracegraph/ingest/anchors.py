"""To which row of a sheet a text box or comment belongs, and which rows an amendment's stamp touches.

A comment lies in its cell. A text box only lies near its row, and the layer of drawings can have drifted against the
cells: a row is removed, the shapes below it stay where they were, one row too low from then on. Stamps show it, for
nobody stamps a divider, a total or a blank row: where some lie on such rows, all stamps of the stretch lie too low.
A stretch ends where the numbering starts again without a line that says why, since there such a line was removed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from tracegraph.ingest.note_words import NoteReading, read_note
from tracegraph.ingest.stretches import AnchorRow, RowKind, Stretch, find_stretches
from tracegraph.ingest.tables import SheetNote

__all__ = ["SHEET", "AnchorRow", "AnchoredNote", "RowKind", "anchor_notes", "find_touching"]

SHEET = 0  # the home of notes that belong to the whole sheet
_MOST_DRIFT = 3  # rows; more would put a stamp beside a project that nobody meant
_BESIDE = 1  # rows above and below its own that a stamp is meant for


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


@dataclass(frozen=True, slots=True)
class _Drift:
    """By how many rows the notes below row ``since`` lie too low, and how many stamps on no item that explains."""

    rows: int = 0
    since: int = 0
    explained: int = 0

    def at(self, row: int) -> int:
        return self.rows if row > self.since else 0


def _find_drift(sheet: _Sheet, stretch: Stretch, stamps: Sequence[SheetNote]) -> _Drift:
    """The smallest shift that puts most stamps of a stretch beside items; none where they lie well.

    The row was lost above the first stamp unless the stamps lie better with some of them left in place: a shift would
    put those on no item.
    """
    rows = sorted(note.row for note in stamps)
    off = [_count_off(sheet, rows, shift) for shift in range(_MOST_DRIFT + 1)]
    fits = [
        (off[0][kept] + off[shift][-1] - off[shift][kept], shift, kept)
        for shift in range(_MOST_DRIFT + 1)
        for kept in range(len(rows) if shift else 1)
    ]
    misfits, shift, kept = min(fits)
    since = rows[kept - 1] if kept else stretch.rows[0].number - (1 if stretch.shows_loss else 0)
    return _Drift(shift, since, off[0][-1] - misfits) if shift else _Drift()


def _count_off(sheet: _Sheet, rows: Sequence[int], shift: int) -> list[int]:
    """How many of the first 0, 1, 2 … stamps lie on no item once they are moved up."""
    return list(accumulate((not sheet.is_item(row - shift) for row in rows), initial=0))


def _find_drifts(sheet: _Sheet, read: Sequence[tuple[SheetNote, NoteReading]]) -> list[_Drift]:
    stamps: list[list[SheetNote]] = [[] for _ in sheet.stretches]
    for note, reading in read:
        at = sheet.stretch_at(note.row)
        if at is not None and reading.is_stamp and note.source != "comment":
            stamps[at].append(note)
    return [_find_drift(sheet, *pair) for pair in zip(sheet.stretches, stamps, strict=True)]


def _anchor(sheet: _Sheet, drifts: Sequence[_Drift], note: SheetNote, reading: NoteReading) -> AnchoredNote:
    if note.row < sheet.first or not sheet.items:
        return AnchoredNote(note, reading, SHEET, ())
    at = sheet.stretch_at(note.row) or 0
    drift = _Drift() if note.source == "comment" else drifts[at]
    shift = drift.at(note.row)
    home = _find_home(sheet, max(note.row - shift, sheet.first))
    touches = _find_touched(sheet, sheet.stretches[at], drift, note, home) if reading.is_stamp else (home.number,)
    return AnchoredNote(note, reading, home.number, touches, shift, _confidence(sheet, drift, note))


def _find_home(sheet: _Sheet, row: int) -> AnchorRow:
    above, below = sheet.item_above(row), sheet.item_below(row)
    if above is None or below is None:
        return above or below or sheet.items[0]
    block = sheet.block_at(row)
    return below if block == below.block != above.block else above


def _find_touched(sheet: _Sheet, stretch: Stretch, drift: _Drift, note: SheetNote, home: AnchorRow) -> tuple[int, ...]:
    """Items within a row of the stamp as the rows stood when it was put there, not across a divider.

    Rows above the place where a row was lost still stand where they stood; of a stretch that does not begin with the
    loss the first item is one of them.
    """
    if note.source == "comment":
        return (home.number,)
    first, last = note.row - _BESIDE, max(note.row + _BESIDE, note.last_row - 1)
    low, high = stretch.rows[0].number, stretch.rows[-1].number
    near = sheet.items_between(max(first - drift.rows, low), min(last, high))
    beside = (r.number for r in near if r.block == home.block and first <= r.number + drift.at(r.number) <= last)
    return tuple(sorted({home.number, *beside}))


def _confidence(sheet: _Sheet, drift: _Drift, note: SheetNote) -> float:
    """1 for a comment, 0.95 beside an item; less where drift had to be assumed or the note lies on no item."""
    if note.source == "comment":
        return 1.0
    shift = drift.at(note.row)
    if not sheet.is_item(note.row - shift):
        return 0.6
    if shift:
        return 0.85 if drift.explained > 1 else 0.7
    return 0.95

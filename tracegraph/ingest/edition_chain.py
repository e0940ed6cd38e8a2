"""Which editions touch a row, which is its current state, and which rows are one item before and after a change.

A plan is a base book and a series of editions. A line above a run of rows says by which edition they came in; stamps
beside a row say what was done to it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracegraph.ingest.anchors import AnchoredNote, find_touching
from tracegraph.ingest.editions import Edition
from tracegraph.ingest.stretches import AnchorRow, Stretch, find_stretches

ADDED = "เพิ่มเติม"
_INFERRED = 0.6  # confidence of an edition that stands nowhere and follows from the numbers around it


class Source(StrEnum):
    """Where the current edition of a row is stated."""

    BOOK = "book"
    LINE = "line"
    STAMP = "stamp"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class RowEdition:
    """The editions of one item's row.

    ``current`` is the newest that touches it, None for a row of the base book; ``chain`` is all of them, oldest first;
    ``words`` are the document's own, ``note`` the stamp that says it. ``unstated``: the numbering starts again above
    the row without a line that says why, so an edition is missing. ``confidence`` is 0–1.
    """

    row: int
    current: Edition | None
    source: Source
    chain: tuple[Edition, ...] = ()
    words: str = ""
    note: AnchoredNote | None = None
    unstated: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class _Run:
    """Items that came in together: ``origin`` by which edition, ``beside`` the edition of a line that says another."""

    rows: tuple[AnchorRow, ...]
    origin: Edition | None
    beside: Edition | None = None
    inferred: bool = False
    unstated: bool = False


def order_editions(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Editions of one plan, oldest first, each once: by year, number and kind (see ``Edition.rank``)."""
    return tuple(sorted({edition.key: edition for edition in editions}.values(), key=lambda edition: edition.rank))


def find_row_editions(
    rows: Sequence[AnchorRow], anchored: Mapping[int, tuple[AnchoredNote, ...]]
) -> dict[int, RowEdition]:
    """Row number of every item → its editions.

    What stands beside a row says more of it than the line above its run: the newest stamp holds, the line only where no
    stamp touches the row, or where it states an addition of a later year (a row cannot be corrected before it came in).
    """
    touching = find_touching(dict(anchored))
    found: dict[int, RowEdition] = {}
    for run in _find_runs(find_stretches(rows)):
        for row in run.rows:
            beside = run.beside if row is run.rows[0] else None
            found[row.number] = _read_row(row, run, beside, touching.get(row.number, ()))
    return found


def _read_row(row: AnchorRow, run: _Run, beside: Edition | None, notes: Sequence[AnchoredNote]) -> RowEdition:
    stamps = [(edition, note) for note in notes for edition in note.reading.editions]
    chain = order_editions([e for e in (run.origin, beside) if e] + [edition for edition, _ in stamps])
    newest = max(stamps, key=lambda stamp: (stamp[0].rank, stamp[1].home == row.number), default=None)
    if newest and not (beside and beside.rank > newest[0].rank) and not _came_later(run.origin, newest[0]):
        edition, note = newest
        return RowEdition(row.number, edition, Source.STAMP, chain, edition.text, note, run.unstated, note.confidence)
    if beside:
        return RowEdition(row.number, beside, Source.LINE, chain, beside.text)
    if run.origin:
        source, sure = (Source.INFERRED, _INFERRED) if run.inferred else (Source.LINE, 1.0)
        return RowEdition(row.number, run.origin, source, chain, run.origin.text, None, False, sure)
    return RowEdition(row.number, None, Source.BOOK, chain, "", None, run.unstated, 0.5 if run.unstated else 1.0)


def _came_later(origin: Edition | None, stamp: Edition) -> bool:
    """Whether a row was added in a year after that of a stamp, which then only lies near it."""
    years = (origin.year, stamp.year) if origin and origin.word == ADDED else (None, None)
    return None not in years and (years[0] or 0) > (years[1] or 0)


def _find_runs(stretches: Sequence[Stretch]) -> list[_Run]:
    runs: list[_Run] = []
    for stretch in stretches:
        start = 0
        for at in range(1, len(stretch.rows) + 1):
            if at == len(stretch.rows) or stretch.rows[at].block != stretch.rows[start].block:
                rows = stretch.rows[start:at]
                lost = stretch.shows_loss and start == 0
                runs.append(_Run(rows, None if lost else rows[0].edition, unstated=lost))
                start = at
    return [_restore_origin(runs, at) for at in range(len(runs))]


def _restore_origin(runs: Sequence[_Run], at: int) -> _Run:
    """The run with the addition that it came in by, where its line names a later correction instead.

    Runs are added at the end, one addition after another. A line of a correction or change that is dated after the
    addition below it was written over an older line; where exactly one addition of that year is missing between the
    ones above and below, the run came in by it, and the line tells only what was done at its first row.
    """
    run = runs[at]
    line = run.origin
    if line is None or line.word == ADDED or line.year is None:
        return run
    above = next((runs[i].origin for i in range(at - 1, -1, -1) if _is_addition(runs[i])), None)
    below = next((runs[i].origin for i in range(at + 1, len(runs)) if _is_addition(runs[i])), None)
    if above is None or below is None or above.year is None or below.year is None:
        return run
    written_over = line.year > below.year
    if not written_over or above.year != below.year or below.number - above.number != 2:
        return run
    number, year = above.number + 1, above.year
    missing = Edition("", f"{ADDED} ครั้งที่ {number}/{year}", ADDED, year * 100 + number)
    return _Run(run.rows, missing, beside=line, inferred=True)


def _is_addition(run: _Run) -> bool:
    return run.origin is not None and run.origin.word == ADDED

"""Links between two rows of one sheet that a note states: ``ซ้ำลำดับที่ 63``, ``รวมกับลำดับที่ 2``.

Numbers of a table start again in every run, so a number names a row only together with the run that is meant: the
note's own, else the first of the sheet, the base book. What cannot be told apart makes no link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tracegraph.ingest.anchors import SHEET, AnchoredNote
from tracegraph.ingest.stretches import AnchorRow, find_stretches, read_seq
from tracegraph.model.graph import LinkKind
from tracegraph.thai.normalize import normalize

_ALIKE = 0.75  # of two names' letters: rewordings of one name lie above, other works of the same kind mostly below
_COMPARED = 400  # letters of a name; comparing takes the square of it


@dataclass(frozen=True, slots=True)
class RowLink:
    """A link that a note states between two items' rows of its sheet.

    ``SAME_WORK`` leads from the row that was there first; ``work_class`` is ``same_book`` (one item twice in a book,
    which counts twice) or ``merged_split`` (from the row that was merged to the row it went into). ``words`` is the
    note's text; ``confidence`` (0–1) how sure both rows are.
    """

    from_row: int
    to_row: int
    kind: LinkKind
    work_class: str
    words: str
    confidence: float


@dataclass(frozen=True, slots=True)
class UnresolvedNote:
    """A number in a note that names no row of the sheet for sure; ``code`` is one of ``data/problems.yaml``.

    ``row`` is where the note belongs, ``candidates`` the rows that have the number.
    """

    row: int
    number: int
    words: str
    code: str
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteLinks:
    """What the notes of one sheet link, and what they leave open."""

    links: tuple[RowLink, ...] = ()
    unresolved: tuple[UnresolvedNote, ...] = ()


def find_note_links(anchored: Mapping[int, tuple[AnchoredNote, ...]], rows: Sequence[AnchorRow]) -> NoteLinks:
    """Links and open references of all notes of a sheet; a row's reference to itself is none."""
    runs = _Runs(_find_runs(rows))
    links: dict[tuple[int, int, str], RowLink] = {}
    unresolved: list[UnresolvedNote] = []
    for home in sorted(anchored):
        for note in anchored[home] if home != SHEET else ():
            said = note.reading
            for work_class, numbers in (("same_book", said.same_as), ("merged_split", said.merged_with)):
                for number in numbers:
                    found = _find_row(runs, note, number)
                    if isinstance(found, UnresolvedNote):
                        unresolved.append(found)
                        continue
                    link = _build(note, found, work_class)
                    links.setdefault((link.from_row, link.to_row, work_class), link)
    return NoteLinks(tuple(links.values()), tuple(unresolved))


def _find_runs(rows: Sequence[AnchorRow]) -> list[list[AnchorRow]]:
    """Items between two starts of the numbering, by divider or without."""
    runs: list[list[AnchorRow]] = []
    for stretch in find_stretches(rows):
        for row in stretch.rows:
            if row is stretch.rows[0] or row.block != runs[-1][-1].block:
                runs.append([])
            runs[-1].append(row)
    return runs


@dataclass(slots=True)
class _Runs:
    """The runs of a sheet, to be looked up by row and by number."""

    runs: list[list[AnchorRow]]
    of_row: dict[int, tuple[int, str]] = field(init=False)  # row → its run and the item's name
    by_number: list[dict[int, list[AnchorRow]]] = field(init=False)

    def __post_init__(self) -> None:
        self.of_row = {row.number: (at, row.name) for at, run in enumerate(self.runs) for row in run}
        self.by_number = [{} for _ in self.runs]
        for at, run in enumerate(self.runs):
            for row in run:
                if (number := read_seq(row.seq)) is not None:
                    self.by_number[at].setdefault(number, []).append(row)

    def find(self, at: int, number: int, home: int) -> list[AnchorRow]:
        """Rows of a run that have the number, but for the home itself."""
        return [row for row in self.by_number[at].get(number, ()) if row.number != home]


def _find_row(runs: _Runs, note: AnchoredNote, number: int) -> AnchorRow | UnresolvedNote:
    """The row that a number means: of the same run, else of the first; among several the only one named alike."""
    words = " ".join(note.note.text.split())
    if note.reading.elsewhere:
        return UnresolvedNote(note.home, number, words, "note-elsewhere")
    own, name = runs.of_row[note.home]
    here = runs.find(own, number, note.home)
    base = runs.find(0, number, note.home)
    both = list({row.number: row for row in (*here, *base)}.values())
    if not both:
        return UnresolvedNote(note.home, number, words, "note-row-unknown")
    alike = [row for row in both if _is_alike(row.name, name)] if len(both) > 1 else []
    chosen = alike or here or base
    if len(chosen) > 1:
        return UnresolvedNote(note.home, number, words, "note-row-ambiguous", tuple(row.number for row in chosen))
    return chosen[0]


def _is_alike(left: str, right: str) -> bool:
    a, b = (normalize(name).replace(" ", "")[:_COMPARED] for name in (left, right))
    return bool(a and b) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= _ALIKE


def _build(note: AnchoredNote, row: AnchorRow, work_class: str) -> RowLink:
    ends = (note.home, row.number) if work_class == "merged_split" else sorted((note.home, row.number))
    words = " ".join(note.note.text.split())
    return RowLink(ends[0], ends[1], LinkKind.SAME_WORK, work_class, words, note.confidence)

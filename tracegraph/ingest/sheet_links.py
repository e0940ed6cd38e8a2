"""What a sheet says of its own rows: links in notes, rows printed before and after a change, editions left unsaid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracegraph.ingest.changed_pairs import ChangedPair, ChangeRow, find_changed_pairs
from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.note_links import find_note_links
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.ingest.walk import RowWalk
from tracegraph.model.graph import LinkKind
from tracegraph.model.records import ItemReading, Origin, PendingLink

_AMENDED = "amended"


def link_sheet(job: TableJob, walk: RowWalk) -> None:
    """Add the links that the sheet states between its rows, and tell what its notes leave open."""
    uids = {row.row: row.uid for row in job.out.rows if row.sheet == job.table.sheet and row.uid}
    _note_editions(job, walk)
    found = find_note_links(walk.notes, walk.anchors)
    for link in found.links:
        _link(job, uids, link.from_row, link.to_row, link.work_class, link.words)
    for left in found.unresolved:
        expected = ", ".join(map(str, left.candidates)) or str(left.number)
        _tell(job, left.code, left.row, left.words, expected)
    for pair in find_changed_pairs(_change_rows(job, walk)):
        _link_change(job, uids, pair)


def _link_change(job: TableJob, uids: Mapping[int, str], pair: ChangedPair) -> None:
    """The old row and its new one are one project where the document marks them; else a person is asked."""
    changes = "; ".join(f"{change.field}: {change.before} → {change.after}" for change in pair.changes)
    if pair.marked:
        _link(job, uids, pair.old, pair.new, _AMENDED, f"{pair.words} {changes}".strip())
    else:
        _tell(job, "changed-pair", pair.new, changes, str(pair.old))


def _link(job: TableJob, uids: Mapping[int, str], old: int, new: int, work_class: str, words: str) -> None:
    if old not in uids or new not in uids or uids[old] == uids[new]:
        return  # a row that was quarantined or merged into the other has no end of its own
    job.out.pending.append(
        PendingLink(
            kind=LinkKind.SAME_WORK,
            from_id=uids[old],
            to_id=uids[new],
            origin=Origin(document=job.document.uid, file=job.table.file, sheet=job.table.sheet, row=new),
            work_class=work_class,
            reason=words,
        )
    )


def _tell(job: TableJob, code: str, row: int, found: str, expected: str) -> None:
    place = Place(job.table.file, job.table.sheet, row)
    job.out.problems.append(make_problem(code, place, found, expected))


def _note_editions(job: TableJob, walk: RowWalk) -> None:
    """Where the numbering starts again without a line, and where text boxes have slipped from their rows."""
    before = False
    for row in sorted(walk.editions):
        unstated = walk.editions[row].unstated
        if unstated and not before:
            _tell(job, "edition-unstated", row, "", "")
        before = unstated
    drifts = [note.drift for notes in walk.notes.values() for note in notes if note.drift]
    if drifts:
        job.note("notes-drifted", str(max(drifts)))


def _change_rows(job: TableJob, walk: RowWalk) -> Sequence[ChangeRow]:
    readings: dict[int, ItemReading] = {r.row: r for r in job.out.readings if r.sheet == job.table.sheet}
    mark = job.mapping.find("amendment")
    rows = []
    for walked in walk.rows:
        reading = readings.get(walked.row.number)
        if reading is not None:
            rows.append(
                ChangeRow(
                    number=walked.row.number,
                    block=walked.block,
                    seq=walked.seq,
                    name=reading.name,
                    mark=walked.row.cell(mark.index) if mark else "",
                    edition=edition.current if (edition := walk.editions.get(walked.row.number)) else None,
                    fields=reading.words,
                    money=reading.money,
                )
            )
    return rows

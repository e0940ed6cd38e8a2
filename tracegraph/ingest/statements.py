"""The common walk over needs and items: each row becomes a record, is merged into one, or is quarantined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tracegraph.ingest.identity import build_uid
from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.rows import RowCells
from tracegraph.ingest.walk import RowWalk
from tracegraph.model.records import RowFate
from tracegraph.thai.normalize import normalize, text_hash

_FORMULA = ("=", "#ref", "#n/a", "#value", "#name", "#div")


class Statement(Protocol):
    """A need or a project, as far as the walk must know it."""

    @property
    def uid(self) -> str:
        """Its stable id."""


Build = Callable[[RowCells, str], Statement | None]
"""From a row and its text: the record, added to the job's output; None where a problem keeps the row out."""


def read_statements(job: TableJob, prop: str, build: Build) -> RowWalk:
    """Every row of the table meets its fate; ``prop`` is the property without which a row states nothing."""
    walk = job.walk()
    for cells in walk:
        job.tally.add(cells)
        where = f"{job.table.sheet}!{cells.row.number}" if job.table.sheet else str(cells.row.number)
        text = cells.text(prop)
        if text is None or not any(char.isalpha() for char in text) or normalize(text).startswith(_FORMULA):
            _refuse_name(cells, prop)
            job.report(cells, RowFate.QUARANTINED)
            continue
        key = _row_key(cells)
        if key in job.seen.rows:
            row_before, uid = job.seen.rows[key]
            cells.warn("repeated-row", None, row_before=row_before)
            job.report(cells, RowFate.MERGED, uid)
            continue
        record = build(cells, text)
        if record is None or cells.failed:
            job.report(cells, RowFate.QUARANTINED)
            continue
        job.seen.rows[key] = (where, record.uid)
        job.read(cells, record.uid, text)
        job.report(cells, RowFate.LOADED, record.uid)
    job.finish(walk)
    return walk


def _refuse_name(cells: RowCells, prop: str) -> None:
    raw = next((cell.strip() for column, cell in cells.cells if column.prop == prop), "")
    code = "name-is-formula" if normalize(raw).startswith(_FORMULA) else "no-name"
    cells.warn(code, prop, raw)


def _row_key(cells: RowCells) -> tuple[object, ...]:
    """Everything a row says except its running number; rows of different sections are different rows."""
    said = tuple(
        (column.prop, column.year, " ".join(cell.split())) for column, cell in cells.cells if column.prop != "seq"
    )
    edition = cells.edition.key if cells.edition else ""
    return (cells.mapping.kind, edition, cells.section.programme, cells.section.strategy, said)


def identify(
    job: TableJob, cells: RowCells, prefix: str, plan: str, text: str, villages: tuple[int, ...]
) -> tuple[str, str | None, str] | None:
    """Uid, the source's own id and text hash of a row; None where its id stands with other text already.

    The uid comes from the source's id where it gives one, else from the text, the village and how many
    equal ones came before, never from the row number: rows may move between two versions of a file. Rows mended
    apart from their file make way for the uids that its other rows have taken.
    """
    hashed, taken = text_hash(text), cells.mapping.taken
    source_id = cells.text("id")
    if source_id is not None:
        uid = build_uid(prefix, plan, "id", source_id)
        earlier = taken.get(uid) or job.seen.ids.setdefault((plan, source_id), str(cells.row.number))
        if uid in taken or earlier != str(cells.row.number):
            cells.warn("duplicate-id", "id", source_id, row_before=earlier)
            return None
        return uid, source_id, hashed
    place = ",".join(map(str, villages)) or (cells.text("village_no") or cells.text("place_text") or "")
    ordinal = job.seen.equals[plan, hashed, place]
    while (uid := build_uid(prefix, plan, "text", hashed, place, ordinal)) in taken:
        ordinal += 1
    job.seen.equals[plan, hashed, place] = ordinal + 1
    return uid, None, hashed

"""Links that a table states by the ids of its records: from, to, and what kind of link it is."""

from __future__ import annotations

from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.rows import RowCells
from tracegraph.model.graph import CLASS_BY_CODE, MEANING_LINKS, WORK_CLASSES, LinkKind
from tracegraph.model.records import PendingLink, RowFate
from tracegraph.thai.normalize import normalize

_KINDS_TH = {
    "ตอบความต้องการ": LinkKind.ANSWERED_BY,
    "ส่งต่อ": LinkKind.CARRIED_TO,
    "สอดคล้อง": LinkKind.ALIGNS_WITH,
    "งานเดียวกัน": LinkKind.SAME_WORK,
}


def read_links(job: TableJob) -> None:
    """Every row of a table of links. A table without kinds is settled when the records are known (``settle``)."""
    walk = job.walk()
    for cells in walk:
        link = _build(job, cells)
        if link is None or cells.failed:
            job.report(cells, RowFate.QUARANTINED)
            continue
        before = job.seen.ids.setdefault((f"{link.kind}>{link.from_id}", link.to_id), str(cells.row.number))
        if before != str(cells.row.number):
            cells.warn("repeated-row", None, row_before=before)
            job.report(cells, RowFate.MERGED)
            continue
        job.out.pending.append(link)
        job.report(cells, RowFate.LOADED)
    job.finish(walk)


def _build(job: TableJob, cells: RowCells) -> PendingLink | None:
    from_id, to_id = cells.text("from"), cells.text("to")
    if from_id is None or to_id is None:
        cells.warn("no-ends", "from" if from_id is None else "to", f"{from_id or ''} → {to_id or ''}".strip())
        return None
    kind = _kind_of(cells)
    return PendingLink(
        kind=kind or LinkKind.CARRIED_TO,
        from_id=from_id,
        to_id=to_id,
        origin=job.origin(cells),
        work_class=_class_of(cells),
        reason=cells.text("reason"),
        kind_assumed=kind is None,
    )


def _kind_of(cells: RowCells) -> LinkKind | None:
    said = cells.text("kind")
    if said is None:
        return None
    found = next((kind for kind in MEANING_LINKS if kind.value == said.strip().upper()), None)
    found = found or _KINDS_TH.get(normalize(said))
    if found is None:
        cells.warn("link-kind-unknown", "kind", said, ", ".join(MEANING_LINKS))
    return found


def _class_of(cells: RowCells) -> str | None:
    said = cells.text("class")
    if said is None:
        return None
    bare = normalize(said)
    found = next((c.code for c in WORK_CLASSES if bare in (c.code, str(c.number), normalize(c.th))), None)
    if found is None:
        cells.warn("class-unknown", "class", said, ", ".join(CLASS_BY_CODE))
    return found

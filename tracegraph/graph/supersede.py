"""A newer document of a series: what only the older one stated is current no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from neo4j import Transaction

from tracegraph.graph import write_structure as structure
from tracegraph.graph.database import read_batched, rows_of, run_batched
from tracegraph.graph.write_plans import rejoin_plans
from tracegraph.model.graph import Label
from tracegraph.model.records import MENDED, RecordBatch, RowFate


def find_replaced(tx: Transaction | None, batches: Sequence[RecordBatch]) -> list[dict[str, str]]:
    """Which series these documents take the place of, as rows of ``series`` and ``uid``: each its own.

    A document without quarantined rows says all that it has to say, and so takes the place of the rows that were
    mended from an earlier version of it; one with such rows leaves them in force.
    """
    rows = [{"series": batch.document.series, "uid": batch.document.uid} for batch in batches]
    own = {row["series"] for row in rows}
    whole = {
        b.document.series: b.document.uid for b in batches if all(r.fate is not RowFate.QUARANTINED for r in b.rows)
    }
    if tx is None or not whole:
        return rows
    cypher = "MATCH (d:Document) WHERE d.current AND d.series CONTAINS $mark RETURN DISTINCT d.series AS series"
    mended = [row["series"] for row in rows_of(tx, cypher, mark=MENDED)]
    rows += [
        {"series": series, "uid": uid}
        for series in sorted(mended)
        for base, uid in whole.items()
        if series not in own and series.startswith(base + MENDED)
    ]
    return rows


def retire_documents(tx: Transaction, rows: Sequence[dict[str, str]]) -> dict[str, str]:
    """Older documents of these series cease to be current; each with the uid that takes its place."""
    found = read_batched(
        tx,
        "UNWIND $rows AS row MATCH (d:Document {series: row.series}) WHERE d.uid <> row.uid AND d.current"
        " SET d.current = false, d.superseded_by = row.uid RETURN d.uid AS old, row.uid AS new",
        list(rows),
    )
    return {row["old"]: row["new"] for row in found}


def retire_statements(
    tx: Transaction, batches: Sequence[RecordBatch], again: Collection[str], retired: dict[str, str]
) -> dict[str, int]:
    """Take back what documents read ``again`` do not state now, and what only ``retired`` ones stated.

    Returns how many items ceased to be current, by the document that brought it about.
    """
    gone: dict[str, int] = {}
    for label, now in stated_now(batches).items():
        before = sort_stated(read_stated(tx, label, [*again, *retired]), again, retired)
        dropped = [pair for pair in before if pair[1] not in retired and pair not in now]
        structure.delete_links(tx, structure.stated_in(label), dropped)
        restated = {uid for uid, _ in now}
        affected = {uid: document for uid, document in before if uid not in restated}
        if label is Label.PLAN:
            rejoin_plans(tx, affected)
        elif label is not Label.STRATEGY:
            for uid in _refresh_current(tx, label, affected):
                cause = retired.get(affected[uid], affected[uid])
                gone[cause] = gone.get(cause, 0) + 1
    return gone


def sort_stated(
    pairs: Iterable[structure.Pair], again: Collection[str], retired: Collection[str]
) -> list[structure.Pair]:
    """What was stated, in an order that no engine decides: of several documents that stated one item and cease at the
    same time, the last brings it about that the item is current no more."""
    order = {uid: number for number, uid in enumerate((*again, *sorted(retired)))}
    return sorted(pairs, key=lambda pair: (order[pair[1]], pair[0]))


def stated_now(batches: Sequence[RecordBatch]) -> dict[Label, set[structure.Pair]]:
    """What these documents state: (uid, document) by label."""
    return {
        Label.NEED: {(n.uid, b.document.uid) for b in batches for n in b.needs},
        Label.PROJECT: {(p.uid, b.document.uid) for b in batches for p in b.projects},
        Label.STRATEGY: {(s.uid, b.document.uid) for b in batches for s in b.strategies},
        Label.PLAN: {(p.uid, b.document.uid) for b in batches for p in b.plans},
    }


def read_stated(tx: Transaction, label: Label, documents: list[str]) -> list[structure.Pair]:
    """What stored documents state, as (uid, document)."""
    cypher = (
        f"UNWIND $rows AS uid MATCH (d:Document {{uid: uid}})<-[:STATED_IN]-(n:{label})"
        " RETURN n.uid AS uid, d.uid AS document"
    )
    return [(row["uid"], row["document"]) for row in read_batched(tx, cypher, documents)]


def _refresh_current(tx: Transaction, label: Label, uids: Collection[str]) -> list[str]:
    """Items are current as long as a current document states them, and show it as their origin.

    Returns those that are current no more.
    """
    found = read_batched(
        tx,
        f"UNWIND $rows AS uid MATCH (n:{label} {{uid: uid}}) OPTIONAL MATCH (n)-[s:STATED_IN]->(d:Document)"
        " WHERE d.current RETURN n.uid AS uid, d.uid AS document, d.file AS file, s.sheet AS sheet, s.row AS row",
        sorted(uids),
    )
    origin = {}
    for row in sorted(found, key=lambda r: (r["uid"], r["document"] or "")):
        origin[row["uid"]] = row
    gone = [uid for uid, row in origin.items() if row["document"] is None]
    kept = [row for row in origin.values() if row["document"] is not None]
    run_batched(tx, f"UNWIND $rows AS uid MATCH (n:{label} {{uid: uid}}) SET n.current = false", gone)
    run_batched(
        tx,
        f"UNWIND $rows AS row MATCH (n:{label} {{uid: row.uid}})"
        " SET n.document = row.document, n.file = row.file, n.sheet = row.sheet, n.row = row.row",
        kept,
    )
    return gone

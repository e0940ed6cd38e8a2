"""A newer document of a series: what only the older one stated is current no more."""

from __future__ import annotations

from neo4j import Transaction

from tracegraph.graph import write_structure as structure
from tracegraph.graph.database import read_batched, rows_of, run_batched
from tracegraph.graph.write_plans import rejoin_plans
from tracegraph.model.graph import Label
from tracegraph.model.records import DocumentRecord

_ITEMS = (Label.NEED, Label.PROJECT)


def retire_statements(
    tx: Transaction, document: DocumentRecord, stated: dict[Label, set[str]]
) -> tuple[int, list[str]]:
    """Retire older documents of the series, and what the document itself said in an earlier reading.

    ``stated`` are the uids that the document states now. Returns how many items ceased to be current, and the
    documents retired.
    """
    older = rows_of(
        tx,
        "MATCH (d:Document {series: $series}) WHERE d.uid <> $uid AND d.current"
        " SET d.current = false, d.superseded_by = $uid RETURN d.uid AS uid",
        series=document.series,
        uid=document.uid,
    )
    retired = 0
    for label in (*_ITEMS, Label.PLAN, Label.STRATEGY):
        now = stated.get(label, set())
        dropped = _stated_by(tx, label, [document.uid]) - now
        structure.delete_links(tx, structure.stated_in(label), [(uid, document.uid) for uid in dropped])
        affected = dropped | (_stated_by(tx, label, [row["uid"] for row in older]) - now)
        if label in _ITEMS:
            retired += _refresh_current(tx, label, affected)
        elif label is Label.PLAN:
            rejoin_plans(tx, affected | now if older else affected)
    return retired, [row["uid"] for row in older]


def _stated_by(tx: Transaction, label: Label, documents: list[str]) -> set[str]:
    cypher = f"UNWIND $rows AS uid MATCH (d:Document {{uid: uid}})<-[:STATED_IN]-(n:{label}) RETURN n.uid AS uid"
    return {row["uid"] for row in read_batched(tx, cypher, documents)}


def _refresh_current(tx: Transaction, label: Label, uids: set[str]) -> int:
    """Items are current as long as one current document states them; they show that one as their origin."""
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
    return len(gone)

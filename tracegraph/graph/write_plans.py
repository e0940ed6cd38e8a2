"""Plans: one node for what several documents state about the same book.

Each document's words are kept on its STATED_IN link (``says``); the node is computed from those of current
documents, a register of plans before others, then the earlier import. So the order of files in one import
does not matter twice, and a document that leaves something out takes nothing away.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from neo4j import Transaction

from tracegraph.graph import properties as props
from tracegraph.graph import write_structure as structure
from tracegraph.graph.database import read_batched, rows_of
from tracegraph.graph.write_nodes import NodeChanges, Properties, read_nodes, write_nodes
from tracegraph.model.graph import Label
from tracegraph.model.records import RecordBatch

_REGISTER = "plans"


def write_plans(tx: Transaction, batches: Sequence[RecordBatch]) -> NodeChanges:
    """Plans as all current documents together state them, with OWNED_BY and the items' copies."""
    said = {(p.uid, b.document.uid): props.plan_properties(p) for b in batches for p in b.plans}
    documents = read_nodes(tx, Label.DOCUMENT, {document for _, document in said})
    statements = read_statements(tx, {plan for plan, _ in said}, but_of=set(documents))
    for (plan, uid), words in said.items():
        document = documents[uid]
        statements.setdefault(plan, []).append(
            {"document": uid, "kind": document["kind"], "imported_at": document["imported_at"], "says": words}
        )
    changes = _write_rows(tx, [join_statements(statements[uid]) for uid in sorted(statements)])
    says: dict[structure.Pair, Properties] = {
        pair: {"says": json.dumps(words, ensure_ascii=False, sort_keys=True)} for pair, words in said.items()
    }
    structure.sync_links(tx, structure.stated_in(Label.PLAN), says, known=changes.known, only_to=set(documents))
    return changes


def rejoin_plans(tx: Transaction, uids: Iterable[str]) -> None:
    """Compute plans anew after a document that stated them was retired; one that nobody states stays as it is."""
    statements = read_statements(tx, uids)
    _write_rows(tx, [join_statements(of_plan) for _, of_plan in sorted(statements.items())])


def _write_rows(tx: Transaction, rows: list[Properties]) -> NodeChanges:
    owners = read_nodes(tx, Label.BODY, {row["owner"] for row in rows if "owner" in row})
    add_owner_names(rows, owners)
    changes = write_nodes(tx, Label.PLAN, rows)
    owned: dict[structure.Pair, Properties] = {
        (row["uid"], row["owner"]): {} for row in rows if row.get("owner") in owners
    }
    structure.sync_links(tx, structure.OWNED_BY, owned, known=changes.known)
    _refresh_copies(tx, changes.changed)
    return changes


def add_owner_names(rows: Iterable[Properties], owners: Mapping[str, Properties]) -> None:
    """Put the owner's name on plans whose owner is known."""
    for row in rows:
        name = owners.get(row.get("owner", ""), {}).get("name")
        if name:
            row["owner_name"] = name


def read_statements(
    tx: Transaction, uids: Iterable[str], but_of: Collection[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """What current documents, but those of ``but_of``, say about each plan."""
    found: dict[str, list[dict[str, Any]]] = {}
    cypher = (
        "UNWIND $rows AS uid MATCH (p:Plan {uid: uid})-[s:STATED_IN]->(d:Document) WHERE d.current"
        " RETURN uid, d.uid AS document, d.kind AS kind, d.imported_at AS imported_at, s.says AS says"
    )
    for row in read_batched(tx, cypher, sorted(set(uids))):
        if row["document"] in but_of:
            continue
        found.setdefault(row["uid"], []).append(row | {"says": json.loads(row["says"])})
    return found


def join_statements(statements: list[dict[str, Any]]) -> Properties:
    """A plan from what current documents say of it: a register first, then the earlier import."""
    ordered = sorted(statements, key=lambda s: (s["kind"] != _REGISTER, s["imported_at"], s["document"]))
    joined: Properties = {}
    for statement in reversed(ordered):
        joined |= {name: value for name, value in statement["says"].items() if value != ""}
    return joined


def read_copies(tx: Transaction, plans: Iterable[str]) -> dict[str, props.PlanCopies]:
    """What the items of these plans copy."""
    return {uid: props.PlanCopies.of(plan) for uid, plan in read_nodes(tx, Label.PLAN, plans).items()}


def refresh_owner_names(tx: Transaction, bodies: Iterable[str]) -> None:
    """A body with a new name: its plans and their items carry it."""
    for uid in sorted(bodies):
        plans = rows_of(
            tx,
            "MATCH (b:Body {uid: $uid})<-[:OWNED_BY]-(p:Plan) SET p.owner_name = b.name RETURN p.uid AS uid",
            uid=uid,
        )
        _refresh_copies(tx, [row["uid"] for row in plans])


def _refresh_copies(tx: Transaction, plans: Iterable[str]) -> None:
    """Items keep copies of their plan: they follow it."""
    for uid, plan in sorted(read_copies(tx, set(plans)).items()):
        for label, shape, copies in (
            (Label.NEED, structure.RAISED_IN, plan.for_need()),
            (Label.PROJECT, structure.LISTED_IN, plan.for_project()),
        ):
            cypher = f"MATCH (p:Plan {{uid: $uid}})<-[:{shape.kind}]-(n:{label}) SET n += $copies"
            tx.run(cypher, uid=uid, copies=copies).consume()

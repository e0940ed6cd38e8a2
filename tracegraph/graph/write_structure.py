"""Links of structure: made to match what the records say, nothing else of the node's links touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from neo4j import Transaction

from tracegraph.errors import EngineError
from tracegraph.graph.database import BATCH, read_batched, rows_of, run_batched
from tracegraph.model.graph import Label, LinkKind

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shape:
    """A link kind between two labels: (left)-[kind]->(right)."""

    left: Label
    kind: LinkKind
    right: Label


RAISED_IN = Shape(Label.NEED, LinkKind.RAISED_IN, Label.PLAN)
LISTED_IN = Shape(Label.PROJECT, LinkKind.LISTED_IN, Label.PLAN)
NEED_LOCATED_IN = Shape(Label.NEED, LinkKind.LOCATED_IN, Label.AREA)
PROJECT_LOCATED_IN = Shape(Label.PROJECT, LinkKind.LOCATED_IN, Label.AREA)
WITHIN = Shape(Label.AREA, LinkKind.WITHIN, Label.AREA)
OWNED_BY = Shape(Label.PLAN, LinkKind.OWNED_BY, Label.BODY)
GUIDES = Shape(Label.STRATEGY, LinkKind.GUIDES, Label.STRATEGY)


def stated_in(label: Label) -> Shape:
    """(label)-[STATED_IN]->(Document)."""
    return Shape(label, LinkKind.STATED_IN, Label.DOCUMENT)


def read_links_from(tx: Transaction, shape: Shape, uids: Iterable[str]) -> dict[Pair, dict[str, Any]]:
    """Stored links of a shape that leave these nodes, with their properties."""
    cypher = (
        f"UNWIND $rows AS uid MATCH (a:{shape.left} {{uid: uid}})-[r:{shape.kind}]->(b:{shape.right})"
        " RETURN a.uid AS a, b.uid AS b, properties(r) AS p"
    )
    return {(row["a"], row["b"]): row["p"] for row in read_batched(tx, cypher, sorted(set(uids)))}


def sync_links(
    tx: Transaction,
    shape: Shape,
    wanted: Mapping[Pair, dict[str, Any]],
    *,
    known: Iterable[str],
    only_to: Collection[str] | None = None,
) -> None:
    """Make the links of a shape that leave ``known`` and newly written nodes exactly ``wanted``.

    ``known`` are nodes that were there before and may have links already; ``only_to`` leaves links to
    other nodes alone (a need is stated in several documents).
    """
    stored = read_links_from(tx, shape, known)
    if only_to is not None:
        stored = {pair: p for pair, p in stored.items() if pair[1] in only_to}
    delete_links(tx, shape, [pair for pair in stored if pair not in wanted])
    create_links(tx, shape, {pair: p for pair, p in wanted.items() if pair not in stored})
    changed = [_row(pair, p) for pair, p in wanted.items() if pair in stored and stored[pair] != p]
    run_batched(tx, f"UNWIND $rows AS row {_match(shape)} SET r = row.p", changed)


def create_links(tx: Transaction, shape: Shape, wanted: Mapping[Pair, dict[str, Any]]) -> None:
    """Create links that are not there; EngineError where an end is missing."""
    rows = [_row(pair, p) for pair, p in wanted.items()]
    setting = " SET r = row.p" if any(row["p"] for row in rows) else ""
    cypher = (
        f"UNWIND $rows AS row MATCH (a:{shape.left} {{uid: row.a}}), (b:{shape.right} {{uid: row.b}})"
        f" CREATE (a)-[r:{shape.kind}]->(b){setting} RETURN count(r) AS made"
    )
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        made = rows_of(tx, cypher, rows=part)[0]["made"]
        if made != len(part):
            raise EngineError(
                f"เชื่อม {shape.kind} ได้ {made} จาก {len(part)} รายการ เพราะไม่มีปลายทาง",
                f"{made} of {len(part)} {shape.kind} links could be made: an end is missing",
            )


def delete_links(tx: Transaction, shape: Shape, pairs: Iterable[Pair]) -> None:
    """Delete links between these pairs."""
    run_batched(tx, f"UNWIND $rows AS row {_match(shape)} DELETE r", [_row(pair, {}) for pair in pairs])


def _match(shape: Shape) -> str:
    return f"MATCH (a:{shape.left} {{uid: row.a}})-[r:{shape.kind}]->(b:{shape.right} {{uid: row.b}})"


def _row(pair: Pair, properties: dict[str, Any]) -> dict[str, Any]:
    return {"a": pair[0], "b": pair[1], "p": properties}

"""Text hashes of nodes: what a link compares to know whether a text has changed since."""

from __future__ import annotations

from collections.abc import Iterable

from neo4j import Transaction

from tracegraph.graph.database import read_batched
from tracegraph.graph.keys import content_hash
from tracegraph.model.graph import Label


def read_hashes(tx: Transaction, label: Label, uids: Iterable[str]) -> dict[str, str]:
    """The text hash of each node that is there; a strategy has none of its own, its name is hashed."""
    name = "n.name" if label is Label.STRATEGY else "n.text_hash"
    cypher = f"UNWIND $rows AS uid MATCH (n:{label} {{uid: uid}}) RETURN n.uid AS uid, {name} AS text"
    rows = read_batched(tx, cypher, sorted(set(uids)))
    if label is Label.STRATEGY:
        return {row["uid"]: content_hash(row["text"]) for row in rows}
    return {row["uid"]: row["text"] for row in rows}

"""Decisions in the graph: append, read, and the effect of declines on needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neo4j import Transaction

from tracegraph.graph.database import rows_of, run_batched
from tracegraph.graph.decisions import Decision, fold_declines
from tracegraph.graph.write_items import with_decline
from tracegraph.graph.write_nodes import Properties, read_nodes
from tracegraph.model.graph import Label

_DECLINE_NAMES = ("outcome", "outcome_reason", "declined_by", "declined_at", "stated_outcome", "stated_reason")


def read_decisions(tx: Transaction) -> list[Decision]:
    """Every decision ever made, in order."""
    decisions = [_decision(row["d"]) for row in rows_of(tx, "MATCH (d:Decision) RETURN d")]
    return sorted(decisions, key=lambda d: (d.at, d.seq, d.uid))


def _decision(properties: dict[str, Any]) -> Decision:
    values = dict(properties)
    values["work_class"] = values.pop("class", None)
    return Decision(**values)


def append_decisions(tx: Transaction, decisions: Iterable[Decision]) -> None:
    """Store decisions that are not there yet (the caller has looked)."""
    rows = [decision.properties() for decision in decisions]
    run_batched(tx, "UNWIND $rows AS row CREATE (d:Decision) SET d = row", rows)


def apply_declines(tx: Transaction, decisions: Iterable[Decision], uids: set[str] | None = None) -> int:
    """Make the outcome of needs what the standing decisions say; ``uids`` also looks at needs no decision names now."""
    declined = fold_declines(decisions)
    stored = read_nodes(tx, Label.NEED, set(declined) | (uids or set()))
    changed = []
    for uid, need in stored.items():
        wanted = with_decline(as_stated(need), declined.get(uid))
        if wanted != need:
            changed.append({"uid": uid, "properties": wanted})
    run_batched(tx, "UNWIND $rows AS row MATCH (n:Need {uid: row.uid}) SET n = row.properties", changed)
    return len(changed)


def as_stated(need: Properties) -> Properties:
    """A need as its document states it, without what a person decided."""
    if "declined_by" not in need:
        return need
    bare = {name: value for name, value in need.items() if name not in _DECLINE_NAMES}
    outcome = {"outcome": need.get("stated_outcome"), "outcome_reason": need.get("stated_reason")}
    return bare | {name: value for name, value in outcome.items() if value is not None}

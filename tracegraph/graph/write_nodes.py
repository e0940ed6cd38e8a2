"""Nodes: written only where they say something new, so that the same records twice change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from neo4j import Transaction

from tracegraph.graph.database import read_batched, run_batched
from tracegraph.graph.properties import PLACE_OF_STATEMENT
from tracegraph.model.graph import Label

Properties = dict[str, Any]


@dataclass(slots=True)
class NodeChanges:
    """Uids by what happened to them; ``moved`` say the same at another place of a document."""

    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)

    @property
    def known(self) -> set[str]:
        """Nodes that were there before."""
        return self.changed | self.moved | self.unchanged


def read_nodes(tx: Transaction, label: Label, uids: Iterable[str]) -> dict[str, Properties]:
    """Stored properties by uid, of those that are there."""
    cypher = f"UNWIND $rows AS uid MATCH (n:{label} {{uid: uid}}) RETURN n"
    return {row["n"]["uid"]: row["n"] for row in read_batched(tx, cypher, sorted(set(uids)))}


def write_nodes(tx: Transaction, label: Label, rows: Iterable[Properties]) -> NodeChanges:
    """Create and update nodes of one label; of rows with the same uid the last one counts."""
    wanted = {row["uid"]: row for row in rows}
    done = compare_nodes(read_nodes(tx, label, wanted), wanted)
    creates = [row for uid, row in wanted.items() if uid in done.new]
    updates = [{"uid": uid, "properties": row} for uid, row in wanted.items() if uid in done.changed | done.moved]
    run_batched(tx, f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", creates)
    run_batched(tx, f"UNWIND $rows AS row MATCH (n:{label} {{uid: row.uid}}) SET n = row.properties", updates)
    return done


def compare_nodes(stored: Mapping[str, Properties], wanted: Mapping[str, Properties]) -> NodeChanges:
    """What writing ``wanted`` over ``stored`` would do to each node, both by uid."""
    done = NodeChanges()
    for uid, row in wanted.items():
        old = stored.get(uid)
        if old is None:
            done.new.add(uid)
        elif row == old:
            done.unchanged.add(uid)
        else:
            (done.moved if _says_the_same(old, row) else done.changed).add(uid)
    return done


def _says_the_same(old: Properties, new: Properties) -> bool:
    names = (old.keys() | new.keys()) - PLACE_OF_STATEMENT
    return all(old.get(name) == new.get(name) for name in names)

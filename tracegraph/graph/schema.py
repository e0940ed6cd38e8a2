"""Constraints and indexes, made from one declaration before anything is written.

Both engines take the same Cypher DDL; ArcadeDB makes the node type with the constraint, and a link
type of its own where none is declared, so that a question about links that are not there yet finds none.
"""

from __future__ import annotations

import logging

from tracegraph.graph.database import Database, rows_of
from tracegraph.model.graph import Label

log = logging.getLogger(__name__)

#: Counter and version of the store itself; never shown, never counted.
META = "Meta"

#: Raised when what stands in the graph must be read in another way.
SCHEMA_VERSION = 1

_ITEM_RANGES = ("source_id", "plan", "plan_kind", "province", "district", "tambon", "area")

#: Properties with a range index, beside the unique ``uid`` that every label has.
RANGE_INDEXES: dict[Label, tuple[str, ...]] = {
    Label.NEED: _ITEM_RANGES,
    Label.PROJECT: _ITEM_RANGES,
    Label.PLAN: ("kind", "area"),
    Label.STRATEGY: ("list_id",),
    Label.DOCUMENT: ("series",),
    Label.DECISION: ("from_uid", "to_uid"),
}


def schema_statements() -> tuple[str, ...]:
    """The DDL: unique ``uid`` for every label first, then the range indexes."""
    labels = [*(label.value for label in Label), META]
    unique = [
        f"CREATE CONSTRAINT {label.lower()}_uid IF NOT EXISTS FOR (n:{label}) REQUIRE n.uid IS UNIQUE"
        for label in labels
    ]
    ranges = [
        f"CREATE INDEX {label.lower()}_{name} IF NOT EXISTS FOR (n:{label}) ON (n.{name})"
        for label, names in RANGE_INDEXES.items()
        for name in names
    ]
    return (*unique, *ranges)


def ensure_schema(database: Database) -> None:
    """Make what is missing; nothing is dropped."""
    for statement in schema_statements():
        database.run(statement)


def clear_store(database: Database) -> None:
    """Delete everything but the national strategies; for tests and rebuilding."""
    for label in Label:
        kept = " WHERE n.level <> 'national'" if label is Label.STRATEGY else ""
        with database.transaction() as tx:
            for row in rows_of(tx, f"MATCH (n:{label}){kept} DETACH DELETE n RETURN count(n) AS deleted"):
                log.debug("deleted %s of %s", row["deleted"], label)
    database.run(f"MATCH (m:{META}) SET m.linked = null")  # no link is there that a linking run wrote

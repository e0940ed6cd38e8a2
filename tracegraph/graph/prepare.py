"""A store before its first question: schema, the store's own node, the national strategies."""

from __future__ import annotations

from tracegraph.errors import EngineError
from tracegraph.graph.database import Database
from tracegraph.graph.keys import content_hash
from tracegraph.graph.properties import strategy_properties
from tracegraph.graph.schema import SCHEMA_VERSION, ensure_schema, schema_statements
from tracegraph.graph.write_items import write_strategies
from tracegraph.graph.writer import META_UID, exclusive
from tracegraph.model.strategies import national_strategies


def _fingerprint() -> str:
    strategies = [strategy_properties(s) for s in national_strategies()]
    return content_hash(SCHEMA_VERSION, schema_statements(), strategies)


def is_prepared(database: Database) -> bool:
    """Whether a store was ever made here; asks, and makes nothing."""
    return bool(database.read("MATCH (m:Meta {uid: $uid}) RETURN m.version AS version", {"uid": META_UID}))


def prepare_store(database: Database) -> None:
    """Make what is missing; one question where everything is in place.

    EngineError where a newer tracegraph made the store.
    """
    rows = database.run("MATCH (m:Meta {uid: $uid}) RETURN m.version AS version, m.fingerprint AS f", {"uid": META_UID})
    if rows and rows[0]["version"] > SCHEMA_VERSION:
        raise EngineError(
            "ข้อมูลนี้สร้างโดย tracegraph รุ่นใหม่กว่า",
            "a newer tracegraph made this graph",
            hint_th="ปรับรุ่น: pip install -U tracegraph",
            hint_en="update: pip install -U tracegraph",
        )
    fingerprint = _fingerprint()
    if rows and rows[0]["f"] == fingerprint:
        return
    ensure_schema(database)
    database.run("MERGE (m:Meta {uid: $uid}) SET m.version = $version", {"uid": META_UID, "version": SCHEMA_VERSION})
    with exclusive(database) as tx:
        write_strategies(tx, national_strategies())
        tx.run("MATCH (m:Meta {uid: $uid}) SET m.fingerprint = $f", uid=META_UID, f=fingerprint).consume()

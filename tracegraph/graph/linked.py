"""What each job of matching looked at when it ran last: kept with its links, written with them or not at all."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict

from neo4j import Transaction

from tracegraph.graph.database import Database, rows_of
from tracegraph.graph.writer import META_UID
from tracegraph.model.records import LinkedJob


def read_linked(database: Database) -> dict[str, LinkedJob]:
    """By job; a job that never ran, or that ran without saying what it looked at, is not there."""
    rows = database.read("MATCH (m:Meta {uid: $uid}) RETURN m.linked AS linked", {"uid": META_UID})
    return _parse(rows[0]["linked"]) if rows else {}


def keep_linked(tx: Transaction, ran: Collection[str], linked: Mapping[str, LinkedJob]) -> None:
    """Of the jobs that ``ran``, what they looked at; nothing is known any more of one that does not say."""
    rows = rows_of(tx, "MATCH (m:Meta {uid: $uid}) RETURN m.linked AS linked", uid=META_UID)
    known = {job: one for job, one in _parse(rows[0]["linked"] if rows else None).items() if job not in ran}
    text = json.dumps({job: asdict(one) for job, one in sorted({**known, **linked}.items())})
    tx.run("MATCH (m:Meta {uid: $uid}) SET m.linked = $text", uid=META_UID, text=text).consume()


def _parse(text: str | None) -> dict[str, LinkedJob]:
    return {job: LinkedJob(**one) for job, one in json.loads(text or "{}").items()}

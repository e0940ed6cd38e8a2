"""Links that a document states by ids nobody knows yet: kept with the document, tried again on every import.

So files may come in any order: a list of known links before the items that it names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from neo4j import Transaction

from tracegraph.graph.database import rows_of
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.records import Origin, PendingLink

_SLICE = 2_000_000
"""Letters sent at once: ArcadeDB takes no message over 16 MB, and leaves the driver waiting for an answer."""


def read_waiting(tx: Transaction) -> dict[str, list[PendingLink]]:
    """Waiting links of current documents, by document uid."""
    rows = rows_of(
        tx, "MATCH (d:Document) WHERE d.current AND d.waiting IS NOT NULL RETURN d.uid AS uid, d.waiting AS waiting"
    )
    return {row["uid"]: [_parse(link) for link in json.loads(row["waiting"])] for row in rows}


def keep_waiting(tx: Transaction, document: str, links: Sequence[PendingLink]) -> None:
    """Make these the document's waiting links; none takes the note away."""
    text = json.dumps([asdict(link) for link in links], ensure_ascii=False) if links else None
    first = text[:_SLICE] if text else None
    tx.run("MATCH (d:Document {uid: $uid}) SET d.waiting = $text", uid=document, text=first).consume()
    for start in range(_SLICE, len(text or ""), _SLICE):
        more = (text or "")[start : start + _SLICE]
        tx.run("MATCH (d:Document {uid: $uid}) SET d.waiting = d.waiting + $more", uid=document, more=more).consume()


def _parse(values: dict[str, Any]) -> PendingLink:
    known = {"kind": LinkKind(values["kind"]), "status": Status(values["status"])}
    return PendingLink(**{**values, **known, "origin": Origin(**values["origin"])})

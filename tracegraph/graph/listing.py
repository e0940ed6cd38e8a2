"""Links of meaning as lists for people: best first, with the ids that their files use."""

from __future__ import annotations

from typing import Any

from tracegraph.graph.database import Database
from tracegraph.graph.decisions import require_link_kind
from tracegraph.model.graph import LINK_ENDS, Label, LinkKind

_TIMEOUT_S = 50.0


def _shown(name: str, label: Label) -> str:
    if label is Label.STRATEGY:
        return f"{name}.uid"
    return f"coalesce({name}.source_id, {name}.file + '#' + {name}.sheet + '#' + toString({name}.row))"


def _select(kind: LinkKind, where: str) -> str:
    left, right = LINK_ENDS[kind]
    return (
        f"MATCH (a:{left})-[r:{kind}]->(b:{right}) WHERE {where} RETURN '{kind}' AS kind, r.uid AS uid,"
        f" {_shown('a', left)} AS from_id, a.uid AS from_uid, {_shown('b', right)} AS to_id, b.uid AS to_uid,"
        " r.status AS status, r.probability AS probability, r.class AS class, r.flow AS flow, r.method AS method,"
        " r.suggested_probability AS suggested_probability, r.reason AS reason, r.decided_by AS decided_by,"
        " r.decided_at AS decided_at, r.evidence AS evidence"
    )


def list_links(database: Database, kind: str | None, status: str | None) -> list[dict[str, Any]]:
    """Links between current items, by falling probability; InputError for an unknown kind."""
    kinds = [require_link_kind(kind)] if kind else list(LINK_ENDS)
    found: list[dict[str, Any]] = []
    for one in kinds:
        current = "a.current" if LINK_ENDS[one][1] is Label.STRATEGY else "a.current AND b.current"
        where = current + (" AND r.status = $status" if status else "")
        found += database.read(_select(one, where), {"status": status} if status else {}, timeout_s=_TIMEOUT_S)
    return sorted(found, key=lambda r: (-r["probability"], r["kind"], r["from_id"], r["to_id"], r["uid"]))


def find_link(database: Database, uid: str) -> dict[str, Any] | None:
    """The link with this uid, or None; links have no index, so each kind is scanned."""
    for kind in LINK_ENDS:
        rows = database.read(_select(kind, "r.uid = $uid"), {"uid": uid})
        if rows:
            return rows[0]
    return None

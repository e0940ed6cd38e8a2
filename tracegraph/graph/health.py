"""What is in the graph, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tracegraph.graph.database import Database
from tracegraph.model.graph import LINK_ENDS, Label, LinkKind, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """State of a store: ``wrong`` holds a (Thai, English) sentence for each thing that needs somebody."""

    engine: str
    version: str
    where: str
    nodes: dict[str, int]
    links: dict[str, int]
    statuses: dict[str, dict[str, int]]
    unfinished: tuple[dict[str, Any], ...] = ()
    suspect: int = 0
    wrong: tuple[tuple[str, str], ...] = field(default=())


def read_health(database: Database) -> Health:
    """Counts by label, link kind and status; runs that did not finish; links whose texts have changed."""
    nodes = {x.value: _count(database, f"MATCH (n:{x}) RETURN count(n) AS c") for x in Label}
    links = {k.value: _count(database, f"MATCH ()-[r:{k}]->() RETURN count(r) AS c") for k in LinkKind}
    unfinished = database.read(
        "MATCH (r:Run) WHERE r.status <> 'done' RETURN r.uid AS uid, r.command AS command, r.status AS status,"
        " r.started_at AS started_at, r.reason AS reason ORDER BY started_at"
    )
    suspect = sum(count_suspect(database, kind) for kind in LINK_ENDS)
    return Health(
        engine=database.engine,
        version=database.version,
        where=str(database.home) if database.home else database.uri,
        nodes=nodes,
        links=links,
        statuses={kind.value: _statuses(database, kind) for kind in LINK_ENDS},
        unfinished=tuple(unfinished),
        suspect=suspect,
        wrong=tuple(_wrong(nodes, unfinished, suspect)),
    )


def _count(database: Database, cypher: str) -> int:
    return int(database.read(cypher)[0]["c"])


def _statuses(database: Database, kind: LinkKind) -> dict[str, int]:
    left, right = LINK_ENDS[kind]
    rows = database.read(f"MATCH (:{left})-[r:{kind}]->(:{right}) RETURN r.status AS status, count(r) AS c")
    found = {row["status"]: row["c"] for row in rows}
    return {status.value: found.get(status.value, 0) for status in Status}


def count_suspect(database: Database, kind: LinkKind) -> int:
    """Links that count and whose text at either end is not the one they were made on."""
    left, right = LINK_ENDS[kind]
    changed = "r.from_hash <> a.text_hash"
    if right is not Label.STRATEGY:
        changed += " OR r.to_hash <> b.text_hash"
    return _count(
        database,
        f"MATCH (a:{left})-[r:{kind}]->(b:{right}) WHERE r.status <> 'rejected' AND a.current AND ({changed})"
        " RETURN count(r) AS c",
    )


def _wrong(nodes: dict[str, int], unfinished: list[dict[str, Any]], suspect: int) -> list[tuple[str, str]]:
    found = []
    for run in unfinished:
        if run["status"] == "running":
            continue
        found.append(
            (
                f"{run['command']} เมื่อ {run['started_at'][:19]} ไม่เสร็จ ({run['status']}) ข้อมูลไม่ถูกเปลี่ยน",
                f"{run['command']} of {run['started_at'][:19]} did not finish ({run['status']}); nothing was changed",
            )
        )
    if suspect:
        found.append(
            (
                f"ความเชื่อมโยง {suspect:,} เส้นต้องดูใหม่ เพราะข้อความเปลี่ยน",
                f"{suspect:,} links are suspect: a text has changed",
            )
        )
    if not nodes[Label.NEED] and not nodes[Label.PROJECT]:
        found.append(("ยังไม่มีข้อมูล: tracegraph import FILES…", "nothing is loaded yet: tracegraph import FILES…"))
    return found

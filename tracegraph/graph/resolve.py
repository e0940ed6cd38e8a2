"""Links stated by ids: from the ids that files use to uids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from neo4j import Transaction

from tracegraph.graph.database import read_batched
from tracegraph.model.graph import LINK_ENDS, Label, LinkKind
from tracegraph.model.records import PendingLink, Problem


@dataclass(frozen=True, slots=True)
class Resolved:
    """A pending link with the uids it means."""

    link: PendingLink
    from_uid: str
    to_uid: str


def find_uids(tx: Transaction, label: Label, ids: Iterable[str]) -> dict[str, list[str]]:
    """Uids of current records by the id that a file or a screen shows: uid, source id, or file#sheet#row."""
    wanted = sorted(set(ids))
    found: dict[str, set[str]] = {}
    lookups = [f"UNWIND $rows AS id MATCH (n:{label} {{uid: id}}) RETURN id, n.uid AS uid"]
    if label is not Label.STRATEGY:
        lookups.append(
            f"UNWIND $rows AS id MATCH (n:{label} {{source_id: id}}) WHERE n.current RETURN id, n.uid AS uid"
        )
    for cypher in lookups:
        for row in read_batched(tx, cypher, wanted):
            found.setdefault(row["id"], set()).add(row["uid"])
    for shown, uid in _by_cell(tx, label, [x for x in wanted if x not in found and x.count("#") >= 2]):
        found.setdefault(shown, set()).add(uid)
    return {shown: sorted(uids) for shown, uids in found.items()}


def _by_cell(tx: Transaction, label: Label, ids: list[str]) -> list[tuple[str, str]]:
    if not ids or label is Label.STRATEGY:
        return []
    rows = []
    for shown in ids:
        file, sheet, row = shown.rsplit("#", 2)
        if row.isdigit():
            rows.append({"id": shown, "file": file, "sheet": sheet, "row": int(row)})
    found = read_batched(
        tx,
        f"UNWIND $rows AS x MATCH (d:Document {{file: x.file}})<-[s:STATED_IN]-(n:{label})"
        " WHERE d.current AND s.sheet = x.sheet AND s.row = x.row RETURN x.id AS id, n.uid AS uid",
        rows,
    )
    return [(row["id"], row["uid"]) for row in found]


def resolve_pending(
    tx: Transaction, links: Iterable[PendingLink]
) -> tuple[list[Resolved], list[tuple[PendingLink, Problem]]]:
    """Links whose both ids name exactly one current record; the others, each with what is wrong and where."""
    resolved: list[Resolved] = []
    unresolved: list[tuple[PendingLink, Problem]] = []
    by_kind: dict[LinkKind, list[PendingLink]] = {}
    for link in links:
        by_kind.setdefault(link.kind, []).append(link)
    for kind, stated in by_kind.items():
        found, left_over = _resolve_kind(tx, kind, stated)
        resolved += found
        unresolved += left_over
    return resolved, unresolved


def _resolve_kind(
    tx: Transaction, kind: LinkKind, links: list[PendingLink]
) -> tuple[list[Resolved], list[tuple[PendingLink, Problem]]]:
    """Links of one kind. Very many items name few strategies: where the list is not there, no item is looked up."""
    left, right = LINK_ENDS[kind]
    ends = find_uids(tx, right, {link.to_id for link in links})
    asked = [link for link in links if right is not Label.STRATEGY or len(ends.get(link.to_id, [])) == 1]
    starts = find_uids(tx, left, {link.from_id for link in asked})
    resolved: list[Resolved] = []
    unresolved: list[tuple[PendingLink, Problem]] = []
    for link in links:
        above, below = ends.get(link.to_id, []), starts.get(link.from_id, [])
        if len(above) == 1 == len(below):
            resolved.append(Resolved(link, below[0], above[0]))
        elif len(below) != 1 and right is not Label.STRATEGY:
            unresolved.append((link, _problem(link, link.from_id, below, left)))
        else:
            shown, found, label = (link.to_id, above, right) if len(above) != 1 else (link.from_id, below, left)
            unresolved.append((link, _problem(link, shown, found, label)))
    return resolved, unresolved


def _problem(link: PendingLink, shown: str, found: list[str], label: Label) -> Problem:
    many = len(found) > 1
    th = f"รหัส {shown} ตรงกับ {len(found)} รายการ" if many else f"ไม่พบรหัส {shown} ในข้อมูล"
    en = f"id {shown} names {len(found)} records" if many else f"id {shown} is not in the data"
    return Problem(
        code="ambiguous-id" if many else "unknown-id",
        severity="warning",
        file=link.origin.file,
        sheet=link.origin.sheet,
        row=link.origin.row,
        column=None,
        found=shown,
        expected=f"{label} ({link.kind})",
        th=f"{th} จึงไม่เชื่อม {link.kind} {link.from_id} → {link.to_id}",
        en=f"{en}; {link.kind} {link.from_id} → {link.to_id} is not written",
    )

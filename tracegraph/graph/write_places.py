"""Areas and bodies: shared by all documents, so one document must not rename what another states.

The name belongs to the document that stated it first, for as long as that document is current; another
one only fills in what is not said. So the same files in the same order, again and again, change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from neo4j import Transaction

from tracegraph.graph import properties as props
from tracegraph.graph import write_structure as structure
from tracegraph.graph.database import rows_of
from tracegraph.graph.write_nodes import NodeChanges, Properties, read_nodes, write_nodes
from tracegraph.model.graph import Label
from tracegraph.model.records import AreaRecord, DocumentRecord, RecordBatch

#: Level of an area by the length of its official code.
_LEVELS = {2: "province", 4: "district", 6: "tambon", 8: "village"}


def write_areas(tx: Transaction, batch: RecordBatch) -> NodeChanges:
    """Areas of the batch with what lies around them, and a stand-in (named by its code) for each only mentioned."""
    stated = {area.uid: area for area in batch.areas}
    mentioned = {n.area for n in batch.needs} | {p.area for p in batch.projects} | {p.area for p in batch.plans}
    mentioned |= {area.parent for area in batch.areas} | {area.uid for area in batch.areas}
    for code in sorted(code for code in mentioned if code):
        for uid in _with_ancestors(code):
            if uid not in stated:
                stated[uid] = _stand_in(uid)
    changes = _write_shared(tx, Label.AREA, map(props.area_properties, stated.values()), batch.document)
    within: dict[structure.Pair, Properties] = {(a.uid, a.parent): {} for a in stated.values() if a.parent}
    stored = structure.read_links_from(tx, structure.WITHIN, changes.known)
    structure.create_links(tx, structure.WITHIN, {pair: p for pair, p in within.items() if pair not in stored})
    return changes


def _stand_in(uid: str) -> AreaRecord:
    level = _LEVELS.get(len(uid), "cluster") if uid.isdigit() else "cluster"
    return AreaRecord(uid=uid, name=uid, level=level, parent=props.parent_code(uid))


def _with_ancestors(code: str) -> list[str]:
    if not code.isdigit():
        return [code]
    return [code[:length] for length in _LEVELS if length <= len(code)]


def write_bodies(tx: Transaction, batch: RecordBatch) -> NodeChanges:
    """Bodies of the batch."""
    return _write_shared(tx, Label.BODY, map(props.body_properties, batch.bodies), batch.document)


def _write_shared(tx: Transaction, label: Label, rows: Iterable[Properties], document: DocumentRecord) -> NodeChanges:
    wanted = {row["uid"]: row for row in rows}
    stored = read_nodes(tx, label, wanted)
    others = _current_elsewhere(tx, document) if stored else set()
    full = []
    for uid, row in wanted.items():
        said = {name: value for name, value in row.items() if value != ""}
        if row["name"] != uid:
            said["source"] = document.uid
        full.append(_joined(stored.get(uid, {}), said, others))
    return write_nodes(tx, label, full)


def _joined(old: Properties, said: Properties, others: set[str]) -> Properties:
    if old.get("source") in others:
        return {**said, **old}
    stand_in = "source" not in said
    return {**old, **said} | ({"name": old["name"]} if stand_in and old.get("name") else {})


def _current_elsewhere(tx: Transaction, document: DocumentRecord) -> set[str]:
    rows = rows_of(
        tx,
        "MATCH (d:Document) WHERE d.current AND d.series <> $series AND d.uid <> $uid RETURN d.uid AS uid",
        series=document.series,
        uid=document.uid,
    )
    return {row["uid"] for row in rows}

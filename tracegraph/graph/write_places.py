"""Areas and bodies: shared by all documents, so one document must not rename what another states.

The name belongs to the document that stated it first, for as long as that document is current; another
one only fills in what is not said. So the same files in the same order, again and again, change nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from neo4j import Transaction

from tracegraph.graph import properties as props
from tracegraph.graph import write_structure as structure
from tracegraph.graph.database import rows_of
from tracegraph.graph.write_nodes import NodeChanges, Properties, read_nodes, write_nodes
from tracegraph.model.graph import Label
from tracegraph.model.records import AreaRecord, DocumentRecord, RecordBatch

#: Level of an area by the length of its official code.
_LEVELS = {2: "province", 4: "district", 6: "tambon", 8: "village"}

#: Properties of an area or a body, and the document that states them; None for a stand-in.
Row = tuple[Properties, DocumentRecord | None]


def write_areas(tx: Transaction, batches: Sequence[RecordBatch]) -> NodeChanges:
    """Areas with what lies around them; one that is only mentioned gets a stand-in, named by its code."""
    stated = [(area, batch.document) for batch in batches for area in batch.areas]
    known = {area.uid for area, _ in stated}
    mentioned = known | {area.parent for area, _ in stated}
    for batch in batches:
        mentioned |= {n.area for n in batch.needs} | {p.area for p in batch.projects} | {p.area for p in batch.plans}
    missing = {uid for code in mentioned if code for uid in _with_ancestors(code)} - known
    rows: list[Row] = [(props.area_properties(area), document) for area, document in stated]
    rows += [(props.area_properties(_stand_in(uid)), None) for uid in sorted(missing)]
    changes, written = _write_shared(tx, Label.AREA, rows)
    within: dict[structure.Pair, Properties] = {(a["uid"], a["parent"]): {} for a in written if a.get("parent")}
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


def write_bodies(tx: Transaction, batches: Sequence[RecordBatch]) -> NodeChanges:
    """Bodies that own plans."""
    return _write_shared(tx, Label.BODY, body_rows(batches))[0]


def body_rows(batches: Sequence[RecordBatch]) -> list[Row]:
    """Bodies as these documents state them."""
    return [(props.body_properties(body), batch.document) for batch in batches for body in batch.bodies]


def _write_shared(tx: Transaction, label: Label, rows: list[Row]) -> tuple[NodeChanges, list[Properties]]:
    """Write rows by the rule of this module."""
    nodes = read_nodes(tx, label, {row["uid"] for row, _ in rows})
    current = _current_documents(tx) if rows else set()
    written = join_shared(nodes, rows, current)
    return write_nodes(tx, label, written), written


def join_shared(nodes: dict[str, Properties], rows: Sequence[Row], current: Collection[str]) -> list[Properties]:
    """The nodes that rows name, by the rule of this module; ``nodes`` (those stored, by uid) is brought up to date."""
    for row, document in rows:
        old = nodes.get(row["uid"], {})
        said = {name: value for name, value in row.items() if value != ""}
        owner = old.get("source") if old.get("source") in current else None
        if document is not None and owner in (None, document.uid):
            nodes[row["uid"]] = {**old, **said, "source": document.uid}
        else:
            nodes[row["uid"]] = {**said, **old}
    return [nodes[uid] for uid in sorted({row["uid"] for row, _ in rows})]


def _current_documents(tx: Transaction) -> set[str]:
    return {row["uid"] for row in rows_of(tx, "MATCH (d:Document) WHERE d.current RETURN d.uid AS uid")}

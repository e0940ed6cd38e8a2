"""One document into the graph: its records, the links of structure between them, and what it supersedes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from neo4j import Transaction

from tracegraph.errors import InputError
from tracegraph.graph import properties as props
from tracegraph.graph import write_structure as structure
from tracegraph.graph.database import rows_of
from tracegraph.graph.keys import now_iso
from tracegraph.graph.summary import DocumentSummary
from tracegraph.graph.supersede import is_superseded, retire_statements
from tracegraph.graph.values import without_none
from tracegraph.graph.write_nodes import NodeChanges, Properties, read_nodes, write_nodes
from tracegraph.model.graph import Label
from tracegraph.model.records import AreaRecord, Origin, RecordBatch, RowFate

#: Level of an area by the length of its official code.
_LEVELS = {2: "province", 4: "district", 6: "tambon", 8: "village"}


@dataclass(slots=True)
class Written:
    """What one document did to the graph: changes by label, and what derived links must look at."""

    summary: DocumentSummary
    changes: dict[Label, NodeChanges] = field(default_factory=dict)

    @property
    def plans_touched(self) -> bool:
        """Whether links between plans and frames must be derived anew."""
        labels = (Label.PLAN, Label.STRATEGY, Label.AREA)
        return any(self.changes[x].new or self.changes[x].changed for x in labels if x in self.changes)


def write_document(tx: Transaction, batch: RecordBatch, declined: dict[str, Properties]) -> Written:
    """Write everything that one file states, except links of meaning.

    ``declined`` are the outcome of needs that a person said no to, by uid.
    """
    document = batch.document
    quarantined = sum(row.fate is RowFate.QUARANTINED for row in batch.rows)
    if is_superseded(tx, document):
        return Written(DocumentSummary(uid=document.uid, file=document.file, quarantined=quarantined, skipped=True))
    changes: dict[Label, NodeChanges] = {}
    known_document = read_nodes(tx, Label.DOCUMENT, [document.uid]).get(document.uid)
    imported_at = known_document["imported_at"] if known_document else now_iso()
    changes[Label.DOCUMENT] = write_nodes(tx, Label.DOCUMENT, [props.document_properties(document, imported_at)])
    changes[Label.AREA] = _write_areas(tx, batch)
    changes[Label.BODY] = write_nodes(tx, Label.BODY, map(props.body_properties, batch.bodies))
    changes[Label.PLAN] = _write_plans(tx, batch, changes[Label.BODY])
    changes[Label.STRATEGY] = write_strategies(tx, batch.strategies)
    plans = _copies(tx, {n.plan for n in batch.needs} | {p.plan for p in batch.projects})
    changes[Label.NEED] = _write_needs(tx, batch, plans, declined)
    changes[Label.PROJECT] = _write_projects(tx, batch, plans)
    superseded = _write_statements(tx, batch, changes)
    return Written(_summary(batch, changes, superseded, quarantined), changes)


def _summary(
    batch: RecordBatch, changes: dict[Label, NodeChanges], superseded: int, quarantined: int
) -> DocumentSummary:
    counted = [changes[Label.NEED], changes[Label.PROJECT], changes[Label.STRATEGY]]
    if not (batch.needs or batch.projects or batch.strategies):
        counted = [changes[Label.PLAN]]  # a list of plans states plans
    return DocumentSummary(
        uid=batch.document.uid,
        file=batch.document.file,
        new=sum(len(c.new) for c in counted),
        changed=sum(len(c.changed) for c in counted),
        unchanged=sum(len(c.unchanged) + len(c.moved) for c in counted),
        superseded=superseded,
        quarantined=quarantined,
    )


def _write_areas(tx: Transaction, batch: RecordBatch) -> NodeChanges:
    """Areas of the batch, and a stand-in (named by its code) for each that is only mentioned."""
    stated = {area.uid: area for area in batch.areas}
    mentioned = {n.area for n in batch.needs} | {p.area for p in batch.projects} | {p.area for p in batch.plans}
    mentioned |= {area.parent for area in batch.areas}
    for code in sorted(code for code in mentioned if code):
        for uid in _with_ancestors(code):
            if uid not in stated:
                level = _LEVELS.get(len(uid), "cluster") if uid.isdigit() else "cluster"
                stated[uid] = AreaRecord(uid=uid, name=uid, level=level, parent=_parent_code(uid))
    changes = write_nodes(tx, Label.AREA, map(props.area_properties, stated.values()))
    within = {(a.uid, a.parent): dict[str, Any]() for a in stated.values() if a.parent}
    stored = structure.read_links_from(tx, structure.WITHIN, changes.known)
    missing = {pair: p for pair, p in within.items() if pair not in stored}
    structure.create_links(tx, structure.WITHIN, missing)
    return changes


def _with_ancestors(code: str) -> list[str]:
    if not code.isdigit():
        return [code]
    return [code[:length] for length in (2, 4, 6, 8) if length <= len(code)]


def _parent_code(code: str) -> str | None:
    return code[:-2] if code.isdigit() and len(code) > 2 else None


def _write_plans(tx: Transaction, batch: RecordBatch, bodies: NodeChanges) -> NodeChanges:
    owners = read_nodes(tx, Label.BODY, {p.owner for p in batch.plans if p.owner})
    rows = [props.plan_properties(p, owners.get(p.owner or "", {}).get("name")) for p in batch.plans]
    changes = write_nodes(tx, Label.PLAN, rows)
    owned = {(p.uid, p.owner): dict[str, Any]() for p in batch.plans if p.owner and p.owner in owners}
    structure.sync_links(tx, structure.OWNED_BY, owned, known=changes.known)
    _refresh_owner_names(tx, bodies.changed)
    _refresh_copies(tx, changes.changed)
    return changes


def _refresh_owner_names(tx: Transaction, bodies: Iterable[str]) -> None:
    """A body with a new name: its plans and their items carry it."""
    for uid in sorted(bodies):
        plans = rows_of(
            tx,
            "MATCH (b:Body {uid: $uid})<-[:OWNED_BY]-(p:Plan) SET p.owner_name = b.name RETURN p.uid AS uid",
            uid=uid,
        )
        _refresh_copies(tx, [row["uid"] for row in plans])


def _refresh_copies(tx: Transaction, plans: Iterable[str]) -> None:
    """Items keep copies of their plan: they follow it."""
    for uid, plan in sorted(_copies(tx, set(plans)).items()):
        for label, shape, copies in (
            (Label.NEED, structure.RAISED_IN, plan.for_need()),
            (Label.PROJECT, structure.LISTED_IN, plan.for_project()),
        ):
            tx.run(
                f"MATCH (p:Plan {{uid: $uid}})<-[:{shape.kind}]-(n:{label}) SET n += $copies",
                uid=uid,
                copies=copies,
            ).consume()


def write_strategies(tx: Transaction, records: Iterable[Any]) -> NodeChanges:
    """Entries of strategy lists and the GUIDES links from each parent to its children."""
    records = list(records)
    changes = write_nodes(tx, Label.STRATEGY, map(props.strategy_properties, records))
    parents = {(props.parent_uid(r) or "", r.uid): dict[str, Any]() for r in records if r.parent}
    there = read_nodes(tx, Label.STRATEGY, {parent for parent, _ in parents})
    wanted = {pair: p for pair, p in parents.items() if pair[0] in there}
    stored = structure.read_links_from(tx, structure.GUIDES, there)
    structure.create_links(tx, structure.GUIDES, {pair: p for pair, p in wanted.items() if pair not in stored})
    return changes


def _copies(tx: Transaction, plans: set[str]) -> dict[str, props.PlanCopies]:
    return {uid: props.PlanCopies.of(plan) for uid, plan in read_nodes(tx, Label.PLAN, plans).items()}


def _plan_of(record: Any, plans: dict[str, props.PlanCopies]) -> props.PlanCopies:
    if record.plan not in plans:
        raise InputError(
            f"รายการ {record.origin.cell_id} อยู่ในแผน {record.plan} ซึ่งไม่มีในข้อมูล",
            f"item {record.origin.cell_id} belongs to plan {record.plan}, which is not there",
        )
    return plans[record.plan]


def _write_needs(
    tx: Transaction, batch: RecordBatch, plans: dict[str, props.PlanCopies], declined: dict[str, Properties]
) -> NodeChanges:
    sample = batch.document.sample
    rows = []
    for record in batch.needs:
        row = props.need_properties(record, _plan_of(record, plans), sample=sample)
        rows.append(with_decline(row, declined.get(record.uid)))
    changes = write_nodes(tx, Label.NEED, rows)
    raised = {(n.uid, n.plan): dict[str, Any]() for n in batch.needs}
    structure.sync_links(tx, structure.RAISED_IN, raised, known=changes.known)
    located = {(n.uid, n.area): dict[str, Any]() for n in batch.needs if n.area}
    structure.sync_links(tx, structure.NEED_LOCATED_IN, located, known=changes.known)
    return changes


def with_decline(need: Properties, decline: Properties | None) -> Properties:
    """A need as a person declined it; what the document said is kept beside."""
    if decline is None:
        return need
    stated = {"stated_outcome": need.get("outcome"), "stated_reason": need.get("outcome_reason")}
    return without_none({**need, **stated, **decline})


def _write_projects(tx: Transaction, batch: RecordBatch, plans: dict[str, props.PlanCopies]) -> NodeChanges:
    sample = batch.document.sample
    rows = [props.project_properties(p, _plan_of(p, plans), sample=sample) for p in batch.projects]
    changes = write_nodes(tx, Label.PROJECT, rows)
    listed = {(p.uid, p.plan): _place(p.origin, page=True) for p in batch.projects}
    structure.sync_links(tx, structure.LISTED_IN, listed, known=changes.known)
    located = {(p.uid, p.area): dict[str, Any]() for p in batch.projects if p.area}
    structure.sync_links(tx, structure.PROJECT_LOCATED_IN, located, known=changes.known)
    return changes


def _place(origin: Origin | None, *, page: bool = False) -> dict[str, Any]:
    if origin is None:
        return {}
    return without_none({"sheet": origin.sheet, "row": origin.row, "page": origin.page if page else None})


def _write_statements(tx: Transaction, batch: RecordBatch, changes: dict[Label, NodeChanges]) -> int:
    """STATED_IN links of the document; returns how many statements are superseded."""
    uid = batch.document.uid
    stated: dict[Label, dict[structure.Pair, dict[str, Any]]] = {
        Label.NEED: {(n.uid, uid): _place(n.origin) for n in batch.needs},
        Label.PROJECT: {(p.uid, uid): _place(p.origin) for p in batch.projects},
        Label.STRATEGY: {(s.uid, uid): _place(s.origin) for s in batch.strategies},
        Label.PLAN: {(p.uid, uid): {} for p in batch.plans},
    }
    for label, wanted in stated.items():
        structure.sync_links(tx, structure.stated_in(label), wanted, known=changes[label].known, only_to=uid)
    return retire_statements(tx, batch.document, {label: {a for a, _ in w} for label, w in stated.items()})

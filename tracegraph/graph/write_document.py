"""One document into the graph: its records, the links of structure between them, and what it supersedes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from neo4j import Transaction

from tracegraph.errors import InputError
from tracegraph.graph import properties as props
from tracegraph.graph import write_structure as structure
from tracegraph.graph.keys import content_hash, now_iso
from tracegraph.graph.summary import DocumentSummary
from tracegraph.graph.supersede import retire_statements
from tracegraph.graph.values import without_none
from tracegraph.graph.write_nodes import NodeChanges, Properties, read_nodes, write_nodes
from tracegraph.graph.write_places import write_areas, write_bodies
from tracegraph.graph.write_plans import read_copies, write_plans
from tracegraph.graph.write_structure import Pair
from tracegraph.model.graph import Label
from tracegraph.model.records import NeedRecord, Origin, ProjectRecord, RecordBatch, RowFate, StrategyRecord


@dataclass(slots=True)
class Written:
    """What one document did to the graph: counts, changes by label, and the older documents it retired.

    ``known`` is True where the document was there before, so that it may have stated links.
    """

    summary: DocumentSummary
    known: bool = True
    changes: dict[Label, NodeChanges] = field(default_factory=dict)
    retired: list[str] = field(default_factory=list)

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
    summary = DocumentSummary(
        uid=document.uid,
        file=document.file,
        quarantined=sum(row.fate is RowFate.QUARANTINED for row in batch.rows),
    )
    known = read_nodes(tx, Label.DOCUMENT, [document.uid]).get(document.uid)
    if known and not known["current"]:
        return Written(replace(summary, skipped=True))
    records_hash = _records_hash(batch)
    if known and known["records_hash"] == records_hash:
        return Written(replace(summary, unchanged=len(_counted(batch))))
    own = props.document_properties(document, known["imported_at"] if known else now_iso())
    changes = {Label.DOCUMENT: write_nodes(tx, Label.DOCUMENT, [own | {"records_hash": records_hash}])}
    changes |= _write_records(tx, batch, declined)
    superseded, retired = _write_statements(tx, batch, changes)
    return Written(_with_counts(summary, batch, changes, superseded), known is not None, changes, retired)


def _records_hash(batch: RecordBatch) -> str:
    """The records as read: the same file read in the same way needs no second look."""
    records = (batch.areas, batch.bodies, batch.plans, batch.needs, batch.projects, batch.strategies)
    return content_hash(repr(batch.document), *map(repr, records))


def _write_records(tx: Transaction, batch: RecordBatch, declined: dict[str, Properties]) -> dict[Label, NodeChanges]:
    changes = {Label.AREA: write_areas(tx, batch), Label.BODY: write_bodies(tx, batch)}
    changes[Label.PLAN] = write_plans(tx, batch, changes[Label.BODY])
    changes[Label.STRATEGY] = write_strategies(tx, batch.strategies)
    plans = read_copies(tx, {n.plan for n in batch.needs} | {p.plan for p in batch.projects})
    changes[Label.NEED] = _write_needs(tx, batch, plans, declined)
    changes[Label.PROJECT] = _write_projects(tx, batch, plans)
    return changes


def _counted(batch: RecordBatch) -> set[str]:
    """What a document's counts are about: its items and strategies; of a list of plans, the plans."""
    uids = {n.uid for n in batch.needs} | {p.uid for p in batch.projects} | {s.uid for s in batch.strategies}
    return uids or {p.uid for p in batch.plans}


def _with_counts(
    summary: DocumentSummary, batch: RecordBatch, changes: dict[Label, NodeChanges], superseded: int
) -> DocumentSummary:
    uids = _counted(batch)
    labels = (Label.NEED, Label.PROJECT, Label.STRATEGY, Label.PLAN)
    new = sum(len(changes[label].new & uids) for label in labels)
    changed = sum(len(changes[label].changed & uids) for label in labels)
    return replace(summary, new=new, changed=changed, unchanged=len(uids) - new - changed, superseded=superseded)


def write_strategies(tx: Transaction, records: Iterable[StrategyRecord]) -> NodeChanges:
    """Entries of strategy lists and the GUIDES links from each parent to its children."""
    records = list(records)
    changes = write_nodes(tx, Label.STRATEGY, map(props.strategy_properties, records))
    parents = {(props.parent_uid(r) or "", r.uid) for r in records if r.parent}
    there = read_nodes(tx, Label.STRATEGY, {parent for parent, _ in parents})
    stored = structure.read_links_from(tx, structure.GUIDES, there)
    wanted: dict[Pair, Properties] = {pair: {} for pair in sorted(parents) if pair[0] in there and pair not in stored}
    structure.create_links(tx, structure.GUIDES, wanted)
    return changes


def _plan_of(record: NeedRecord | ProjectRecord, plans: dict[str, props.PlanCopies]) -> props.PlanCopies:
    if record.plan not in plans:
        raise InputError(
            f"รายการ {record.origin.cell_id} อยู่ในแผน {record.plan} ซึ่งไม่มีในข้อมูล",
            f"item {record.origin.cell_id} belongs to plan {record.plan}, which is not there",
        )
    return plans[record.plan]


def _write_needs(
    tx: Transaction, batch: RecordBatch, plans: dict[str, props.PlanCopies], declined: dict[str, Properties]
) -> NodeChanges:
    rows = []
    for record in batch.needs:
        row = props.need_properties(record, _plan_of(record, plans), sample=batch.document.sample)
        rows.append(with_decline(row, declined.get(record.uid)))
    changes = write_nodes(tx, Label.NEED, rows)
    raised: dict[Pair, Properties] = {(n.uid, n.plan): {} for n in batch.needs}
    structure.sync_links(tx, structure.RAISED_IN, raised, known=changes.known)
    located: dict[Pair, Properties] = {(n.uid, n.area): {} for n in batch.needs if n.area}
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
    located: dict[Pair, Properties] = {(p.uid, p.area): {} for p in batch.projects if p.area}
    structure.sync_links(tx, structure.PROJECT_LOCATED_IN, located, known=changes.known)
    return changes


def _place(origin: Origin | None, *, page: bool = False) -> Properties:
    if origin is None:
        return {}
    return without_none({"sheet": origin.sheet, "row": origin.row, "page": origin.page if page else None})


def _write_statements(tx: Transaction, batch: RecordBatch, changes: dict[Label, NodeChanges]) -> tuple[int, list[str]]:
    """STATED_IN links of the document; returns how many items ceased to be current, and the documents it retired."""
    uid = batch.document.uid
    stated: dict[Label, dict[Pair, Properties]] = {
        Label.NEED: {(n.uid, uid): _place(n.origin) for n in batch.needs},
        Label.PROJECT: {(p.uid, uid): _place(p.origin) for p in batch.projects},
        Label.STRATEGY: {(s.uid, uid): _place(s.origin) for s in batch.strategies},
    }
    for label, wanted in stated.items():
        structure.sync_links(tx, structure.stated_in(label), wanted, known=changes[label].known, only_to=uid)
    now = {label: {pair[0] for pair in wanted} for label, wanted in stated.items()}
    return retire_statements(tx, batch.document, now | {Label.PLAN: {p.uid for p in batch.plans}})

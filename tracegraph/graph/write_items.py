"""Needs, items of plans and strategies, each with its links of structure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from neo4j import Transaction

from tracegraph.errors import InputError
from tracegraph.graph import properties as props
from tracegraph.graph import write_structure as structure
from tracegraph.graph.values import without_none
from tracegraph.graph.write_nodes import NodeChanges, Properties, read_nodes, write_nodes
from tracegraph.graph.write_structure import Pair
from tracegraph.model.graph import Label
from tracegraph.model.records import NeedRecord, Origin, ProjectRecord, RecordBatch, StrategyRecord

Plans = dict[str, props.PlanCopies]


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


def write_needs(
    tx: Transaction, batches: Sequence[RecordBatch], plans: Plans, declined: dict[str, Properties]
) -> NodeChanges:
    """Needs with RAISED_IN and LOCATED_IN; of two statements of one need the last counts.

    A need that a person declined keeps that outcome.
    """
    last = {need.uid: need for batch in batches for need in batch.needs}
    changes = write_nodes(tx, Label.NEED, need_rows(batches, plans, declined))
    raised: dict[Pair, Properties] = {(need.uid, need.plan): {} for need in last.values()}
    located: dict[Pair, Properties] = {(need.uid, need.area): {} for need in last.values() if need.area}
    structure.sync_links(tx, structure.RAISED_IN, raised, known=changes.known)
    structure.sync_links(tx, structure.NEED_LOCATED_IN, located, known=changes.known)
    return changes


def need_rows(batches: Sequence[RecordBatch], plans: Plans, declined: dict[str, Properties]) -> list[Properties]:
    """Properties of the needs that these documents state, once each."""
    last = {need.uid: (need, batch.document.sample) for batch in batches for need in batch.needs}
    return [
        with_decline(props.need_properties(need, _plan_of(need, plans), sample=sample), declined.get(need.uid))
        for need, sample in last.values()
    ]


def with_decline(need: Properties, decline: Properties | None) -> Properties:
    """A need as a person declined it; what the document said is kept beside."""
    if decline is None:
        return need
    stated = {"stated_outcome": need.get("outcome"), "stated_reason": need.get("outcome_reason")}
    return without_none({**need, **stated, **decline})


def write_projects(tx: Transaction, batches: Sequence[RecordBatch], plans: Plans) -> NodeChanges:
    """Items of plans with LISTED_IN and LOCATED_IN; of two statements of one item the last counts."""
    last = {item.uid: item for batch in batches for item in batch.projects}
    changes = write_nodes(tx, Label.PROJECT, project_rows(batches, plans))
    listed = {(item.uid, item.plan): place_of(item.origin, page=True) for item in last.values()}
    located: dict[Pair, Properties] = {(item.uid, item.area): {} for item in last.values() if item.area}
    structure.sync_links(tx, structure.LISTED_IN, listed, known=changes.known)
    structure.sync_links(tx, structure.PROJECT_LOCATED_IN, located, known=changes.known)
    return changes


def project_rows(batches: Sequence[RecordBatch], plans: Plans) -> list[Properties]:
    """Properties of the items that these documents state, once each."""
    last = {item.uid: (item, batch.document.sample) for batch in batches for item in batch.projects}
    return [props.project_properties(item, _plan_of(item, plans), sample=sample) for item, sample in last.values()]


def write_statements(tx: Transaction, batches: Sequence[RecordBatch], changes: dict[Label, NodeChanges]) -> None:
    """STATED_IN links from items and strategies to these documents, with sheet and row."""
    documents = {batch.document.uid for batch in batches}
    for label, records in (
        (Label.NEED, [(b.document.uid, n.uid, n.origin) for b in batches for n in b.needs]),
        (Label.PROJECT, [(b.document.uid, p.uid, p.origin) for b in batches for p in b.projects]),
        (Label.STRATEGY, [(b.document.uid, s.uid, s.origin) for b in batches for s in b.strategies]),
    ):
        wanted = {(uid, document): place_of(origin) for document, uid, origin in records}
        structure.sync_links(tx, structure.stated_in(label), wanted, known=changes[label].known, only_to=documents)


def place_of(origin: Origin | None, *, page: bool = False) -> Properties:
    """Sheet and row (and page) as they stand on a link."""
    if origin is None:
        return {}
    return without_none({"sheet": origin.sheet, "row": origin.row, "page": origin.page if page else None})


def _plan_of(record: NeedRecord | ProjectRecord, plans: Plans) -> props.PlanCopies:
    if record.plan not in plans:
        raise InputError(
            f"รายการ {record.origin.cell_id} อยู่ในแผน {record.plan} ซึ่งไม่มีในข้อมูล",
            f"item {record.origin.cell_id} belongs to plan {record.plan}, which is not there",
        )
    return plans[record.plan]

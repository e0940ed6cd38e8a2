"""The links of chosen pairs, with their evidence: a pure function over plain data, as comparing is."""

from __future__ import annotations

from dataclasses import dataclass

from tracegraph.link.same_work.known import Integers, PairRow
from tracegraph.link.same_work.levels import find_flow
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.places import Tell, prepare_place
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import explain, observe
from tracegraph.link.scores import to_probability
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord


@dataclass(frozen=True, slots=True)
class ExplainTask:
    """Chosen pairs, and the items at their ends with the scope and crowd of each."""

    rows: tuple[PairRow, ...]
    items: tuple[Item, ...]
    scopes: tuple[str, ...]
    crowds: Integers
    model: Model


def explain_rows(task: ExplainTask, tell: Tell | None = None) -> list[LinkRecord]:
    """The links of the pairs, in their order."""
    prepared = {item.uid: item for item in prepare_place(task.items, task.scopes, task.crowds)}
    links = []
    for count, row in enumerate(task.rows, start=1):
        links.append(build_link(row, prepared[row.early], prepared[row.late], task.model))
        if tell:
            tell(count / len(task.rows))
    return links


def build_link(row: PairRow, early: Prepared, late: Prepared, model: Model) -> LinkRecord:
    """The link of one pair; its evidence adds up to its probability."""
    kind = LinkKind(row.kind)
    evidence = explain(observe(early, late), model, aside=row.aside)
    return LinkRecord(
        kind=kind,
        from_uid=early.uid,
        to_uid=late.uid,
        status=Status.SUGGESTED,
        probability=to_probability(sum(part.weight for part in evidence)),
        method=model.method,
        work_class=row.work_class,
        flow=find_flow(early.item, late.item) if kind is LinkKind.CARRIED_TO else None,
        evidence=evidence,
        from_hash=early.item.text_hash,
        to_hash=late.item.text_hash,
    )

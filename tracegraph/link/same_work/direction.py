"""Which way a link between two items runs, and which flow of the letter it is."""

from __future__ import annotations

from functools import cache

from tracegraph.link.same_work.classes import order_of
from tracegraph.link.same_work.features.document import STAGE_ORDER
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.graph import CLASS_BY_CODE, LinkKind, Stage
from tracegraph.model.items import Item
from tracegraph.model.process import flows

#: Classes in which one item continues another, where stage or plan level differ.
_CONTINUES = frozenset({"carried", "carried_forward", "procurement_step", "merged_split", "joint", "recurring"})

#: Classes whose members stand in a row of phases or periods.
IN_ROWS = ("next_phase", "recurring")


def find_direction(a: Prepared, b: Prepared, work_class: str) -> tuple[LinkKind, Prepared, Prepared]:
    """The kind of link and both ends in its direction: lower or earlier → higher or later, else older → newer."""
    early, late = sorted((a, b), key=order_of)
    if work_class in _CONTINUES and not CLASS_BY_CODE[work_class].counts_twice and _continues(early.item, late.item):
        return LinkKind.CARRIED_TO, early, late
    older, newer = sorted((a, b), key=place_in_row if work_class in IN_ROWS else _age)
    return LinkKind.SAME_WORK, older, newer


def place_in_row(item: Prepared) -> tuple[int, float, str, int, str]:
    """Where an item stands among the phases or periods of one line of work."""
    start = item.stations[0][0] if item.stations else 0.0
    return (item.phase or 0, start, item.period or "", min(item.years, default=0), item.uid)


def _continues(early: Item, late: Item) -> bool:
    """Whether ``late`` is higher or at a later stage; what is paid for below is not carried to a wish above."""
    if early.plan_rank != late.plan_rank:
        return late.stage != Stage.PLAN or early.stage == Stage.PLAN
    return STAGE_ORDER.get(early.stage, 0) < STAGE_ORDER.get(late.stage, 0)


def _age(item: Prepared) -> tuple[int, int, str, str, int, str]:
    """Older first: edition, first year with money, then the order within one document, then uid."""
    it = item.item
    return (it.edition_no, min(item.years, default=0), it.document, it.sheet, it.row, it.uid)


def find_flow(early: Item, late: Item) -> str | None:
    """The id of the letter's flow between the plan kinds of two items, or None."""
    return _flow_ids().get((early.plan_kind, late.plan_kind))


@cache
def _flow_ids() -> dict[tuple[str, str], str]:
    return {(flow.source, flow.target): flow.id for flow in flows() if flow.direction == "bottom-up"}

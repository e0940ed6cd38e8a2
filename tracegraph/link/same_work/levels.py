"""How two items stand to each other on the way of the plans: order of levels and stages, flows of the letter.

Only some plans spend: those of the bodies that build and pay (อปท., อบจ.). All others (village and tambon plans, lists
of needs, the province's plans) say what should be done; the same work in such a plan and in another is handed on, not
planned twice.
"""

from __future__ import annotations

from tracegraph.link.same_work.features.document import STAGE_ORDER, flow_ids
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.graph import Stage
from tracegraph.model.items import Item
from tracegraph.model.process import BEYOND_CAPACITY_KINDS

#: Plans of bodies that pay for their own projects.
SPENDING_KINDS = ("PK03", "PK08")
OWN_MONEY_FORM = "ผ.02"


def order_of(item: Prepared) -> tuple[int, str, int, int, int, str, int, str]:
    """From lower or earlier to higher or later: level, kind, stage, edition, first year; then row and uid."""
    it = item.item
    stage = STAGE_ORDER.get(it.stage, 0)
    return (it.plan_rank, it.plan_kind, stage, it.edition_no, min(it.years, default=0), it.document, it.row, it.uid)


def continues(early: Item, late: Item) -> bool:
    """Whether ``late`` is higher or at a later stage; what is paid for below is not carried to a wish above."""
    if early.plan_kind != late.plan_kind:
        upwards = early.plan_rank < late.plan_rank or find_flow(early, late) is not None
        return upwards and (late.stage != Stage.PLAN or early.stage == Stage.PLAN)
    return STAGE_ORDER.get(early.stage, 0) < STAGE_ORDER.get(late.stage, 0)


def find_flow(early: Item, late: Item) -> str | None:
    """The id of the letter's flow between the plan kinds of two items, or None."""
    return flow_ids().get((early.plan_kind, late.plan_kind))


def asks(item: Item) -> bool:
    """Whether the row asks another body to do or pay it (ผ.02/2, beyond capacity)."""
    return item.beyond_capacity or "02/2" in (item.form or "")


def is_handed_on(early: Item, late: Item) -> bool:
    """Whether the same work in two plans of different kinds is one that is passed up, not one planned twice."""
    if early.plan_kind == late.plan_kind:
        return False
    if asks(early):
        return True
    if early.plan_kind not in SPENDING_KINDS:
        return True
    if late.plan_kind in SPENDING_KINDS or early.stage != Stage.PLAN or early.plan_kind == "PK08":
        return False
    if late.plan_kind in BEYOND_CAPACITY_KINDS:
        own_money = early.form == OWN_MONEY_FORM
        return not (own_money and late.payer and late.payer != early.owner_name)
    return True

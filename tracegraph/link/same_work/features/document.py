"""How the two records stand to each other as rows of documents: stage, plan level, edition, declared reference."""

from __future__ import annotations

import re
from functools import cache

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.items import Item
from tracegraph.model.process import find_plan_kind, flows

#: From a plan to money spent. An approval or ordinance comes before the operation plan that lists it.
STAGE_ORDER = {"plan": 0, "budget": 1, "action": 2, "contract": 3}
#: What the stages are called where two are told apart.
_STAGES = {"plan": "แผน", "budget": "งบประมาณ", "action": "แผนการดำเนินงาน", "contract": "สัญญา"}

#: Words of the notices of one purchase, later steps first where one notice says both.
_STEPS = (
    ("cancelled", ("ยกเลิก",)),
    ("winner", ("ผู้ชนะ",)),
    ("invitation", ("เชิญชวน", "ร่างประกาศ", "ร่างเอกสาร")),
    ("terms", ("TOR", "tor", "ร่างขอบเขต", "ขอบเขตของงาน")),
    ("plan", ("แผนการจัดซื้อจัดจ้าง", "แผนจัดซื้อจัดจ้าง")),
    ("contract", ("จัดทำสัญญา", "บริหารสัญญา", "ลงนามสัญญา")),
)
#: What offices use up and buy again all year.
_SUPPLIES = re.compile(r"วัสดุ(?!อุปกรณ์ก่อสร้าง)|เวชภัณฑ์|ซื้อยา|น้ำดื่ม|น้ำมันเชื้อเพลิง|ผงหมึก|หมึกพิมพ์")
OLD_ROW = "เดิม"
NEW_ROWS = ("เปลี่ยนแปลง", "แก้ไข", "ใหม่")
_ADJACENT = 2


@cache
def flow_ids() -> dict[tuple[str, str], str]:
    """Ids of the letter's flows upwards, by kind of plan from which and to which they lead."""
    return {(flow.source, flow.target): flow.id for flow in flows() if flow.direction == "bottom-up"}


def name_plan_kind(code: str) -> str:
    """What a kind of plan is called in short; a code that the letter does not have stays as it is."""
    kind = find_plan_kind(code)
    return kind.short_th if kind is not None and kind.short_th else code


def is_old_row(item: Item) -> bool:
    """Whether the row is marked as what stood before (เดิม)."""
    return OLD_ROW in (item.amendment or "")


def is_new_row(item: Item) -> bool:
    """Whether the row is marked as what stands from now on (เปลี่ยนแปลง, แก้ไข, ใหม่)."""
    return not is_old_row(item) and any(mark in (item.amendment or "") for mark in NEW_ROWS)


def is_amendment(old: Prepared, new: Prepared) -> bool:
    """Whether ``new`` is the changed form of ``old``: the next row or the next but one of one document, marked so."""
    before, after = old.item, new.item
    if before.document != after.document or before.sheet != after.sheet:
        return False
    return 0 < after.row - before.row <= _ADJACENT and is_old_row(before) and is_new_row(after)


@feature(
    "relation",
    "ความสัมพันธ์ของเอกสาร",
    "relation of the documents",
    {
        "amended": ("แถวเดิมกับแถวที่เปลี่ยนแปลง อยู่ติดกัน", "the old row and its changed row, one below the other"),
        "later_stage": ("คนละขั้นของแผนเดียวกัน ({left} → {right})", "two stages of one plan ({left} → {right})"),
        "next_level": (
            "แผนหนึ่งส่งต่อไปอีกแผนตามสายงานแผน ({left} / {right})",
            "one plan feeds the other, as the letter says ({left} / {right})",
        ),
        "higher_level": ("แผนคนละระดับ ({left} / {right})", "plans of different levels ({left} / {right})"),
        "new_edition": ("คนละฉบับของแผนเดียวกัน", "two editions of one plan"),
        "one_book": ("อยู่ในเล่มเดียวกัน", "in one and the same book"),
        "two_steps": ("คนละขั้นของการจัดซื้อจัดจ้าง ({left} / {right})", "two steps of procurement ({left} / {right})"),
        "two_contracts": ("สัญญาคนละฉบับของหน่วยงานเดียวกัน", "two contracts of one body"),
        "supplies": (
            "ซื้อวัสดุสิ้นเปลืองคนละครั้ง ({left} / {right})",
            "two purchases of what is used up and bought again ({left} / {right})",
        ),
        "two_bodies": ("แผนของสองหน่วยงานในระดับเดียวกัน", "plans of two bodies of the same level"),
    },
)
def relation(a: Prepared, b: Prepared) -> Finding:
    """What the two rows are to each other before any word is read: amended, carried, two contracts, one book."""
    left, right = a.item, b.item
    if is_amendment(a, b) or is_amendment(b, a):
        return Finding("amended", left.amendment or "", right.amendment or "")
    if not left.plan_kind or not right.plan_kind or left.uid == right.uid:
        return NOTHING
    if left.plan_kind != right.plan_kind:
        feeds = {(left.plan_kind, right.plan_kind), (right.plan_kind, left.plan_kind)} & flow_ids().keys()
        level = "next_level" if feeds else "higher_level"
        return Finding(level, name_plan_kind(left.plan_kind), name_plan_kind(right.plan_kind))
    if left.owner != right.owner:
        return Finding("two_bodies", left.owner_name or "–", right.owner_name or "–")
    return _within_one_body(left, right)


def _within_one_body(left: Item, right: Item) -> Finding:
    if left.stage != right.stage:
        return Finding("later_stage", _STAGES.get(left.stage, left.stage), _STAGES.get(right.stage, right.stage))
    if left.stage == "contract":
        if _SUPPLIES.search(left.text) and _SUPPLIES.search(right.text):
            return Finding("supplies", left.shown_id, right.shown_id)
        steps = find_step(left), find_step(right)
        apart = None not in steps and steps[0] != steps[1] and "cancelled" not in steps  # given up, then bought anew
        return Finding("two_steps" if apart else "two_contracts", left.status_text or "", right.status_text or "")
    book = "one_book" if left.plan == right.plan else "new_edition"
    return Finding(book, left.amendment or "", right.amendment or "")


def find_purchase(text: str) -> tuple[bool, str | None]:
    """What the wording of a contract says of the purchase: whether of supplies, and its step where no status does."""
    return bool(_SUPPLIES.search(text)), _find_step("", text)


def find_step(item: Item) -> str | None:
    """The step of procurement that a notice states (plan, terms, invitation, winner, contract), or None."""
    return _find_step(item.status_text or "", item.text)


def _find_step(status: str, text: str) -> str | None:
    stated = f"{status} {text[:40]}"
    return next((step for step, words in _STEPS if any(word in stated for word in words)), None)


@feature(
    "reference",
    "การอ้างถึง",
    "declared reference",
    {
        "names": ("ฝ่ายหนึ่งอ้างรหัสของอีกฝ่าย ({left} / {right})", "one cites the other's number ({left} / {right})"),
        "same": ("อ้างเลขโครงการเดียวกัน ({left})", "both cite the same project number ({left})"),
        "forward": (
            "ระบุว่ายกมาจากปีของอีกแถว ({left} / {right})",
            "one is said to be carried from the other's year ({left} / {right})",
        ),
    },
)
def reference(a: Prepared, b: Prepared) -> Finding:
    """Whether one row cites the other by its id or its year, or both cite one project number."""
    if _cites(a, b) or _cites(b, a):
        return Finding("names", a.item.shown_id, b.item.shown_id)
    if a.forwarded in b.years or b.forwarded in a.years:
        return Finding("forward", str(a.forwarded or "–"), str(b.forwarded or "–"))
    shared = a.references & b.references
    return Finding("same", ", ".join(sorted(shared)), ", ".join(sorted(shared))) if shared else NOTHING


def _cites(item: Prepared, other: Prepared) -> bool:
    return bool(other.item.source_id) and other.item.source_id in item.references

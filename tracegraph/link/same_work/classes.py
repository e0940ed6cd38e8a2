"""In which of the 14 classes two similar records stand to each other: a decision table, first row that fits.

Legitimate repetitions (carried, another phase, recurring, amended …) are explained, not flagged; only what may be paid
twice is. Source of the table: the redundancy decision table of the domain notes, and the forms that หน่วยงาน fill.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from tracegraph.link.same_work.features import Finding
from tracegraph.link.same_work.features.document import NEW_ROWS, OLD_ROW
from tracegraph.link.same_work.levels import asks, is_handed_on, order_of
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.graph import ItemKind, Stage

_PLACE_VETOES = ("tambon", "village", "road_number", "bank", "leftover")
_SEGMENT_VETOES = ("phase", "stations")
#: What a class sets aside when it is proposed: the line of work is one, and what these features find against it (never
#: what they find for it) is what makes the class.
SET_ASIDE: dict[str, tuple[str, ...]] = {
    "next_phase": ("phase", "stations", "measures", "money", "difference"),
    "recurring": ("period", "years", "measures", "money", "relation", "difference"),
    "merged_split": ("whole_name", "core", "difference", "measures", "money", "road_number"),
    "amended": (
        *("whole_name", "core", "difference", "verb", "work_object", "family", "village", "village_name", "road_name"),
        *("road_number", "spot", "bank", "phase", "stations", "measures", "leftover", "money", "period"),
    ),
    "next_step": ("family", "verb", "work_object", "whole_name", "core", "difference", "measures", "money", "years"),
}

_RECURRING = re.compile(
    r"ประเพณี|เบี้ยยังชีพ|อาหารเสริม|อาหารกลางวัน|วันเด็ก|วันผู้สูงอายุ|วันสำคัญ|สงกรานต์|ลอยกระทง|เข้าพรรษา|"
    r"ไข้เลือดออก|พิษสุนัขบ้า|พ่นหมอกควัน|แข่งขันกีฬา|เฉลิมพระเกียรติ|จ้างเหมาบริการ|ค่าตอบแทน|ยาเสพติด"
)
_JOINT = re.compile(r"ร่วมกับ|ดำเนินการร่วม|โครงการร่วม|สมทบ|แบ่งงบ")
#: Surfaces from the first laid to the last: each may be laid on the one before, years later.
_SURFACE_STEP = {"ลูกรัง": 0, "หินคลุก": 1, "คอนกรีต": 2, "ลาดยาง": 2}
#: Works that follow one another on one project: draw up, then build; drill, then put up a tank, then extend.
_VERB_STEPS = (frozenset({"ศึกษาออกแบบ", "ก่อสร้าง"}), frozenset({"ขุดเจาะ", "ขยายเขต"}), frozenset({"รื้อถอน", "ก่อสร้าง"}))


@dataclass(frozen=True, slots=True)
class _Case:
    """A pair in the order earlier → later, with what was found and its score in log-odds."""

    early: Prepared
    late: Prepared
    found: Mapping[str, Finding]
    model: Model
    score: float

    def is_(self, feature: str, *levels: str) -> bool:
        """Whether a feature found one of these levels."""
        return self.found[feature].level in levels

    def score_aside(self, work_class: str) -> float:
        """The score with what a class sets aside."""
        return self.score - find_losses(self.found, self.model, SET_ASIDE[work_class])

    def vetoes(self) -> list[str]:
        return [name for name, found in self.found.items() if found.level in self.model.features[name].veto]

    @property
    def one_owner(self) -> bool:
        return bool(self.early.item.owner) and self.early.item.owner == self.late.item.owner

    @property
    def same_place(self) -> bool:
        """Whether something pins both to one spot, not only to one village."""
        return (
            self.is_("road_number", "same", "same_code")
            or self.is_("road_name", "same", "same_ends")
            or self.is_("spot", "same")
        )


def find_losses(found: Mapping[str, Finding], model: Model, features: Iterable[str]) -> float:
    """What some features take away from a score; a sum of negative weights, 0 where they take nothing."""
    return sum(min(0.0, model.features[name].weigh(found[name])) for name in features)


def classify(a: Prepared, b: Prepared, found: Mapping[str, Finding], model: Model, *, least: float = 0.0) -> str | None:
    """The class of a pair, or None where nothing relates the two.

    From a score of ``least`` (log-odds) on, a pair that no other class explains is classed as the same work: who asks
    for links with a probability below one half is told what they would be.
    """
    early, late = sorted((a, b), key=order_of)
    score = model.base + sum(model.features[name].weigh(finding) for name, finding in found.items())
    case = _Case(early, late, found, model, score)
    if _is_changed_below(case):
        return "amended"
    vetoes = case.vetoes()
    if vetoes:
        return _class_of_vetoed(case, vetoes)
    if case.score >= 0:
        return _class_of_same(case)
    return _class_of_unlikely(case) or (_class_of_same(case) if case.score >= least else None)


def _class_of_vetoed(case: _Case, vetoes: list[str]) -> str | None:
    if set(vetoes) <= set(_SEGMENT_VETOES):
        return "next_phase" if case.score_aside("next_phase") >= 0 else None
    if vetoes == ["period"]:
        return "recurring" if case.score_aside("recurring") >= 0 else None
    if any(name in _PLACE_VETOES for name in vetoes):
        return "elsewhere" if _same_kind_of_work(case) else None
    return None


def _class_of_unlikely(case: _Case) -> str | None:
    if case.is_("purpose", "part", "furnishes") or (case.is_("road_number", "part") and _same_kind_of_work(case)):
        return "merged_split"
    if _is_next_step(case):
        return "next_step"
    if case.is_("phase", "one_side", "continued") and case.score_aside("next_phase") >= 0:
        return "next_phase"
    if case.is_("relation", "two_contracts", "supplies") and case.score_aside("recurring") >= 0:
        return "recurring"
    apart = any(case.is_(name, "differs") for name in ("road_name", "spot", "village_name", "leftover"))
    other_spot = case.is_("spot", "house_differs", "number_differs", "partly")
    return "elsewhere" if (apart or other_spot) and _same_kind_of_work(case) else None


def _class_of_same(case: _Case) -> str:
    for code, fits in _SAME_RULES:
        if fits(case):
            return code
    if case.early.item.plan_kind != case.late.item.plan_kind or not case.one_owner:
        return "carried" if _is_handed_on(case) else _degree(case)
    return _class_within_owner(case)


def _is_changed_below(case: _Case) -> bool:
    """The changed row right below the old one: the document itself says that they are one, whatever was changed.

    Something must still be shared, so that two rows that only stand one below the other are not joined.
    """
    if not case.is_("relation", "amended") or abs(case.late.item.row - case.early.item.row) != 1:
        return False
    named = case.is_("road_name", "same", "same_ends") or case.is_("spot", "same", "similar")
    return named or case.is_("whole_name", "alike", "partly", "holds")


def _is_amended(case: _Case) -> bool:
    """The changed row below the old one, or either of them in an edition of changes, to the row that it changes."""
    mark = case.late.item.amendment or ""
    changes = case.is_("relation", "new_edition") and case.late.item.edition_no > case.early.item.edition_no
    return case.is_("relation", "amended") or (changes and any(word in mark for word in (OLD_ROW, *NEW_ROWS)))


def _is_procured(case: _Case) -> bool:
    return case.one_owner and Stage.CONTRACT in (case.early.item.stage, case.late.item.stage)


def _is_furnished(case: _Case) -> bool:
    return case.is_("purpose", "furnished", "furnishes") and case.early.item.stage == case.late.item.stage


def _is_merged(case: _Case) -> bool:
    """A wish of one village or soi in a project for several: all of one row are among those of the other."""
    if case.is_("road_number", "part") and case.early.item.plan_kind != case.late.item.plan_kind:
        return True
    mine, theirs = case.early.villages, case.late.villages
    part = bool(mine and theirs) and (mine < theirs or theirs < mine)
    return part and not case.same_place and case.early.item.plan_kind != case.late.item.plan_kind


def _is_phase(case: _Case) -> bool:
    """One of two rows of one body and stage names a phase: they share the work, not the ground."""
    return (
        case.is_("phase", "one_side", "continued") and case.one_owner and case.early.item.stage == case.late.item.stage
    )


def _is_joint(case: _Case) -> bool:
    return not case.one_owner and bool(_JOINT.search(_said(case)))


def _class_within_owner(case: _Case) -> str:
    """Both stand in plans of one body and one level."""
    early, late = case.early.item, case.late.item
    if early.stage != late.stage:
        return "carried"
    if early.stage != Stage.PLAN:  # money was set aside twice
        return _degree(case) if case.is_("years", "same", "unknown") else "likely_duplicate"
    if asks(case.early.item) != asks(case.late.item) and not case.is_("years", "far"):
        return "two_channels"
    kept_name = case.is_("whole_name", "alike", "holds") or case.is_("difference", "none", "letters")
    if case.is_("reference", "forward") or (kept_name and _years_apart(case)):
        return "carried_forward"
    parts = case.is_("village", "overlap", "covered") or case.is_("road_number", "overlap", "part")
    return "merged_split" if parts and not case.is_("whole_name", "alike") else "same_book"


def _said(case: _Case) -> str:
    fields = ("text", "status_text", "payer", "target", "amendment")
    return " ".join(str(getattr(side.item, name) or "") for side in (case.early, case.late) for name in fields)


def _is_handed_on(case: _Case) -> bool:
    """Whether the later row continues the earlier one on its way up, as a document says or the plan kinds imply."""
    named = case.is_("reference", "names", "same") or case.is_("body", "asked")
    return named or is_handed_on(case.early.item, case.late.item)


def _degree(case: _Case) -> str:
    """True duplicate where the same ground is proven; likely where segment or measures are missing."""
    ground = (
        case.is_("stations", "same", "overlap")
        or (case.same_place and case.is_("measures", "agree"))
        or (case.is_("spot", "same") and case.is_("village", "same"))
    )
    soon = not case.is_("years", "far")
    work = case.is_("verb", "same", "near") and case.is_("work_object", "same", "unknown")
    return "duplicate" if ground and soon and work else "likely_duplicate"


def _is_recurring(case: _Case) -> bool:
    """A yearly activity in another year or book; twice in one book and year it is a repetition like any other."""
    kinds = {case.early.item.item_kind, case.late.item.item_kind}
    regular = ItemKind.RECURRING in kinds or all(_RECURRING.search(side.item.text) for side in (case.early, case.late))
    other_time = _years_apart(case) or case.is_("relation", "new_edition")
    return regular and other_time and case.early.item.stage == case.late.item.stage


def _is_next_step(case: _Case) -> bool:
    """The same place, but the next layer or the next step of the work."""
    placed = case.same_place or case.is_("village", "same")
    if not placed or any(case.is_(name, "differs") for name in ("road_name", "spot", "leftover")):
        return False
    steps = [_SURFACE_STEP.get(side.family or "") for side in (case.early, case.late)]
    if None not in steps and steps[0] != steps[1]:
        return case.same_place
    if case.is_("job", "step"):
        return True
    verbs = frozenset((case.early.verb or "", case.late.verb or ""))
    return verbs in _VERB_STEPS and case.is_("core", "alike", "partly")


def _same_kind_of_work(case: _Case) -> bool:
    same_words = case.is_("core", "alike") or case.is_("whole_name", "alike")
    same_job = case.is_("verb", "same") and case.is_("work_object", "same") and case.is_("family", "same", "unknown")
    return (same_words or same_job) and not case.is_("verb", "differs") and not case.is_("work_object", "differs")


def _years_apart(case: _Case) -> bool:
    """The earlier row's years with money end before the later row's begin."""
    early, late = case.early.years, case.late.years
    return bool(early and late) and (max(early) < min(late) or max(late) < min(early))


#: First row that fits; what none of them explains depends on the bodies, plans and years.
_SAME_RULES: tuple[tuple[str, Callable[[_Case], bool]], ...] = (
    ("amended", _is_amended),
    ("procurement_step", _is_procured),
    ("merged_split", _is_furnished),
    ("merged_split", _is_merged),
    ("next_phase", _is_phase),
    ("next_step", _is_next_step),
    ("recurring", _is_recurring),
    ("joint", _is_joint),
)

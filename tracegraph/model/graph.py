"""What stands in the graph: node labels, link types, and the closed sets of values they use.

Declared once; constraints, loading, import mappings and the documentation come from here.
The reasons for each name are in ``docs/architecture.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """Node labels. Every node has a property ``uid``, unique within its label."""

    AREA = "Area"
    BODY = "Body"
    PLAN = "Plan"
    NEED = "Need"
    PROJECT = "Project"
    STRATEGY = "Strategy"
    DOCUMENT = "Document"
    RUN = "Run"
    DECISION = "Decision"


class LinkKind(StrEnum):
    """Link types. An arrow reads in the direction of its name: (Need)-[ANSWERED_BY]->(Project)."""

    RAISED_IN = "RAISED_IN"
    LISTED_IN = "LISTED_IN"
    FEEDS = "FEEDS"
    FRAMES = "FRAMES"
    ANSWERED_BY = "ANSWERED_BY"
    CARRIED_TO = "CARRIED_TO"
    ALIGNS_WITH = "ALIGNS_WITH"
    GUIDES = "GUIDES"
    SAME_WORK = "SAME_WORK"
    LOCATED_IN = "LOCATED_IN"
    WITHIN = "WITHIN"
    OWNED_BY = "OWNED_BY"
    STATED_IN = "STATED_IN"


class Status(StrEnum):
    """Who says that a link of meaning holds. Never mixed in one figure.

    ``declared``: a document says so. ``suggested``: the engine proposes it.
    ``confirmed`` and ``rejected``: a person decided.
    """

    DECLARED = "declared"
    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


#: Links that join meaning; only these carry status, probability, evidence and text hashes.
MEANING_LINKS = (LinkKind.ANSWERED_BY, LinkKind.CARRIED_TO, LinkKind.ALIGNS_WITH, LinkKind.SAME_WORK)

#: Labels at both ends of each link of meaning, in reading order.
LINK_ENDS: dict[LinkKind, tuple[Label, Label]] = {
    LinkKind.ANSWERED_BY: (Label.NEED, Label.PROJECT),
    LinkKind.CARRIED_TO: (Label.PROJECT, Label.PROJECT),
    LinkKind.ALIGNS_WITH: (Label.PROJECT, Label.STRATEGY),
    LinkKind.SAME_WORK: (Label.PROJECT, Label.PROJECT),
}


class Stage(StrEnum):
    """How far an item of a body's plan has come on its way to money.

    ``plan``: listed. ``action``: in the annual operation plan (แผนการดำเนินงาน), which lists what got
    money. ``budget``: in an ordinance, an approved accumulated fund or a transfer. ``contract``: bought.
    """

    PLAN = "plan"
    ACTION = "action"
    BUDGET = "budget"
    CONTRACT = "contract"


#: Stages that mean that somebody pays.
FUNDED_STAGES = (Stage.ACTION, Stage.BUDGET, Stage.CONTRACT)


class ItemKind(StrEnum):
    """What an item of a plan is; only ``project`` counts in the denominator of grounding."""

    PROJECT = "project"
    RECURRING = "recurring"
    ADMINISTRATIVE = "administrative"
    EQUIPMENT = "equipment"


class Fate(StrEnum):
    """What became of a need (``docs/architecture.md``, "Reached and fate")."""

    UNANSWERED = "unanswered"
    REJECTED = "rejected"
    WAITING_BEYOND_CAPACITY = "waiting_beyond_capacity"
    NOT_CARRIED = "not_carried"
    FUNDED = "funded"
    ARRIVED = "arrived"


FATE_TH: dict[Fate, str] = {
    Fate.UNANSWERED: "ยังไม่มีโครงการรองรับ",
    Fate.REJECTED: "ไม่รับ (มีเหตุผล)",
    Fate.WAITING_BEYOND_CAPACITY: "เกินขีดความสามารถ รอหน่วยงานรับต่อ",
    Fate.NOT_CARRIED: "อยู่ในแผนแล้ว แต่ยังไม่ไปต่อ",
    Fate.FUNDED: "ได้รับงบประมาณแล้ว",
    Fate.ARRIVED: "ถึงแผนพัฒนาจังหวัด",
}


@dataclass(frozen=True, slots=True)
class WorkClass:
    """One of the 14 classes in which two records of similar work can stand to each other."""

    code: str
    number: int
    th: str
    en: str
    counts_twice: bool
    """True where the money may be paid twice; legitimate repetitions are False."""


#: The classes of ``SAME_WORK.class`` and ``CARRIED_TO.class`` (redundancy decision table).
WORK_CLASSES: tuple[WorkClass, ...] = (
    WorkClass("duplicate", 1, "ซ้ำซ้อนจริง", "true duplicate", True),
    WorkClass("likely_duplicate", 2, "น่าจะซ้ำซ้อน – ต้องตรวจสอบ", "likely duplicate, check", True),
    WorkClass("two_channels", 3, "ตั้งสองช่องทาง", "asked for in two channels", True),
    WorkClass("same_book", 4, "ซ้ำในเล่มเดียวกัน", "twice in one book", True),
    WorkClass("carried", 5, "ส่งต่อ/ประสานแผน (ไม่ซ้ำ)", "carried to another body", False),
    WorkClass("carried_forward", 6, "ยกยอด/เลื่อนปี (ไม่ซ้ำ)", "carried forward a year", False),
    WorkClass("next_phase", 7, "คนละช่วง/ระยะ (ไม่ซ้ำ)", "another phase or section", False),
    WorkClass("recurring", 8, "งานประจำทุกปี (ไม่ซ้ำ)", "recurring every year", False),
    WorkClass("elsewhere", 9, "งานเดียวกันคนละพื้นที่ (ไม่ซ้ำ)", "same work elsewhere", False),
    WorkClass("merged_split", 10, "รวมโครงการ/แตกโครงการ", "merged or split", False),
    WorkClass("next_step", 11, "คนละขั้นงาน", "next step of the work", False),
    WorkClass("procurement_step", 12, "ขั้นจัดซื้อของโครงการเดียว", "procurement step of one project", False),
    WorkClass("amended", 13, "แก้ไข/เปลี่ยนแปลงแถวเดิม", "amended row", False),
    WorkClass("joint", 14, "หลายหน่วยร่วมกัน", "joint project", False),
)

CLASS_BY_CODE: dict[str, WorkClass] = {c.code: c for c in WORK_CLASSES}

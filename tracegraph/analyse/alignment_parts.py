"""The parts of the alignment score: numerators and denominators read from the graph, values, reasons, the whole.

Formulas: docs/alignment.md. A part without a denominator has no value and says why; it never counts as zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Parts in reading order: name, Thai, English.
PARTS: tuple[tuple[str, str, str], ...] = (
    ("reach", "ความต้องการที่ถึงแผนพัฒนาจังหวัด", "needs that arrived in the provincial plan"),
    ("served", "ความต้องการที่ถึงแผนจังหวัดหรือได้รับงบประมาณ", "needs that arrived or were funded"),
    ("grounding", "โครงการที่มีที่มาจากประชาคม", "projects behind which a need stands"),
    ("grounding_money", "งบประมาณของโครงการที่มีที่มาจากประชาคม", "money of projects behind which a need stands"),
    ("strategy", "ความสอดคล้องกับยุทธศาสตร์ที่ต้องรองรับ", "alignment with the strategies that must be served"),
    ("coverage", "ประเด็นยุทธศาสตร์ที่มีโครงการรองรับ", "strategies that have a project"),
    ("redundancy", "งบประมาณที่อาจตั้งซ้ำ (น้อยดีกว่า)", "money that may be planned twice (less is better)"),
)

#: Why a part does not apply, in Thai and English.
REASONS: dict[str, tuple[str, str]] = {
    "no_needs": ("ไม่มีความต้องการในขอบเขตนี้", "no needs in this scope"),
    "no_area": ("ไม่ทราบพื้นที่ของแผนหรือหน่วยงาน", "the area of the plan or body is not known"),
    "no_projects": (
        "ไม่มีโครงการที่ต้องมีที่มา (ไม่นับงานประจำ งานบริหาร ครุภัณฑ์)",
        "no project in this scope (recurring, administrative and equipment rows do not count)",
    ),
    "no_money": ("ไม่มีรายการที่ระบุงบประมาณ", "no item states money"),
    "no_lists": (
        "ยังไม่ได้นำเข้าบัญชียุทธศาสตร์ที่แผนนี้ต้องรองรับสำหรับพื้นที่และปีนี้",
        "no list that these plans must serve is loaded for the place and year",
    ),
    "one_project": ("โครงการเดียววัดความครอบคลุมไม่ได้", "coverage is no measure of one project"),
    "no_entries": ("ไม่มีข้อย่อยใต้ยุทธศาสตร์นี้", "nothing stands below this strategy"),
}

#: Parts in which less is better: they enter the whole as 1 − value.
INVERSE = frozenset({"redundancy"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``value`` = numerator ÷ denominator (0–1), None with a reason where it does not apply."""

    name: str
    th: str
    en: str
    numerator: float
    denominator: float
    value: float | None
    reason_th: str = ""
    reason_en: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Items that stay out of the denominator of grounding, counted apart."""

    kind: str
    items: int
    money: float


@dataclass(frozen=True, slots=True)
class ScoreSet:
    """All parts at one floor, and the whole: 0–100, None where no part applies."""

    floor: float
    parts: tuple[Part, ...]
    overall: float | None
    left_out: tuple[LeftOut, ...]

    def part(self, name: str) -> Part:
        """The part of this name."""
        return next(part for part in self.parts if part.name == name)


def build_part(name: str, numerator: float, denominator: float, reason: str) -> Part:
    """A part; ``reason`` is the key of ``REASONS`` that holds where there is no denominator."""
    th, en = next((th, en) for known, th, en in PARTS if known == name)
    if denominator > 0:
        return Part(name, th, en, numerator, denominator, round(numerator / denominator, 6))
    return Part(name, th, en, numerator, denominator, None, *REASONS[reason])


def build_overall(parts: tuple[Part, ...], weights: Mapping[str, float]) -> float | None:
    """100 × weighted mean of the parts that apply, one decimal; None where none does."""
    counted = [
        (weights[part.name], 1.0 - part.value if part.name in INVERSE else part.value)
        for part in parts
        if part.value is not None and weights.get(part.name, 0.0) > 0
    ]
    total = sum(weight for weight, _ in counted)
    return round(100.0 * sum(weight * value for weight, value in counted) / total, 1) if total else None

"""Words of the pictures in Thai and English: plan levels, statuses, levels of confidence.

The Thai words are those of the field (``docs/architecture.md``); a probability is never shown without its level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.process import find_plan_kind

Lang = Literal["th", "en"]


@dataclass(frozen=True, slots=True)
class Term:
    """One idea in both languages."""

    th: str
    en: str

    def to(self, lang: Lang) -> str:
        """The word in one language."""
        return self.th if lang == "th" else self.en


#: Columns of a trace from left to right; strategies enter from the other side.
LEVELS: dict[str, Term] = {
    "need": Term("ปัญหา/ความต้องการ", "Needs"),
    "village": Term("แผนหมู่บ้าน/ชุมชน", "Village plan"),
    "tambon": Term("แผนชุมชนระดับตำบล", "Tambon plan"),
    "local": Term("แผนพัฒนา อปท.", "Local plan"),
    "district": Term("แผนระดับอำเภอ", "District plans"),
    "province": Term("แผนระดับจังหวัด", "Provincial plans"),
    "budget": Term("คำของบ/งบประมาณ", "Budget (asked, given)"),
    "strategy": Term("ยุทธศาสตร์ในพื้นที่", "Area strategies"),
    "national": Term("ยุทธศาสตร์ระดับชาติ", "National strategies"),
}

STATUSES: dict[Status, Term] = {
    Status.DECLARED: Term("ระบุในแผน", "declared in a plan"),
    Status.CONFIRMED: Term("เจ้าหน้าที่ยืนยันแล้ว", "confirmed by an officer"),
    Status.SUGGESTED: Term("ระบบเสนอแนะ", "suggested by the system"),
    Status.REJECTED: Term("เจ้าหน้าที่ตัดสินว่าไม่ใช่", "rejected by an officer"),
}

LINK_WORDS: dict[LinkKind, Term] = {
    LinkKind.ANSWERED_BY: Term("มีโครงการรองรับ", "answered by"),
    LinkKind.CARRIED_TO: Term("ส่งต่อไปยัง", "carried to"),
    LinkKind.ALIGNS_WITH: Term("สอดคล้องกับ", "aligns with"),
    LinkKind.SAME_WORK: Term("คู่โครงการที่อาจซ้ำซ้อน (โปรดตรวจสอบ)", "may be the same work (please check)"),
}

CONFIDENCE: dict[str, Term] = {
    "high": Term("สูง", "high"),
    "medium": Term("ปานกลาง", "medium"),
    "low": Term("ต่ำ", "low"),
}

SUSPECT = Term("ข้อความต้นทางเปลี่ยนไปหลังเชื่อมโยง โปรดตรวจสอบ", "text changed since the link was made: please check")


def confidence_of(probability: float) -> Literal["high", "medium", "low"]:
    """Level of confidence: ``high`` from .90, ``medium`` from .70, else ``low``."""
    if probability >= 0.9:
        return "high"
    return "medium" if probability >= 0.7 else "low"


def shown_probability(probability: float) -> str:
    """Two decimals; a suggestion is never shown as certain (``0.99+``)."""
    return "0.99+" if probability >= 0.995 else f"{probability:.2f}"


def plan_kind_word(code: str | None, lang: Lang) -> str:
    """The short name of a plan kind (``PK03`` → แผน อปท.), the code itself where it is unknown."""
    kind = find_plan_kind(code) if code else None
    if kind is None:
        return code or ""
    return kind.short_th if lang == "th" else kind.english.split("(")[0].split(";")[0].strip()


def baht(amount: float | None, lang: Lang = "th") -> str:
    """Money with separators, satang only where there are any; '' for None."""
    if amount is None:
        return ""
    text = f"{amount:,.2f}".removesuffix(".00")
    return f"{text} บาท" if lang == "th" else f"{text} baht"

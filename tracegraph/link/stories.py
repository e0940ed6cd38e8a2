"""The story of a pair of records: its waterfall, what stands between the two, and what keeps them apart.

The same story is told on the command line, by the API and on the pages, so that no two of them can differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracegraph.link.scores import to_probability
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item
from tracegraph.model.records import Contribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A link that stands between the two: who says so, and since when; ``suspect`` where a text changed since."""

    kind: str
    status: str
    probability: float
    method: str
    work_class: str | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: str | None = None
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that brings the two together as candidates, in words."""

    name: str
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that keeps the pair from being proposed. ``partner`` is the uid of the record it lost to, if any."""

    code: str
    th: str
    en: str
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the waterfall: a contribution, the sum so far, and the probability that this sum would mean."""

    part: Contribution
    total: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PairStory:
    """Everything about one pair. ``contributions`` are in log-odds and add up to ``score``.

    ``plain_score`` is the score with nothing set aside, as ``tracegraph score`` gives it; another phase or period is
    proposed on a score that sets the phase ``aside``. ``causes`` is empty where the pair is proposed.
    """

    job: str
    model: str
    left: Item
    right: Item
    floor: float
    score: float
    plain_score: float
    contributions: tuple[Contribution, ...]
    aside: tuple[str, ...] = ()
    work_class: str | None = None
    veto: str | None = None
    rules: tuple[Rule, ...] = ()
    causes: tuple[Cause, ...] = ()
    standing: tuple[Standing, ...] = ()

    @property
    def probability(self) -> float:
        """The logistic function of the score."""
        return to_probability(self.score)

    @property
    def plain_probability(self) -> float:
        """The probability with nothing set aside."""
        return to_probability(self.plain_score)

    def iter_steps(self) -> Iterator[Step]:
        """The waterfall from the starting point down."""
        total = 0.0
        for part in self.contributions:
            total += part.weight
            yield Step(part, total, to_probability(total))

    @property
    def verdict(self) -> tuple[str, str]:
        """What holds between the two, in Thai and in English: a link that stands, else whether one is proposed."""
        if self.standing:
            return say_standing(self.standing[0])
        if self.causes:
            return f"ไม่เสนอ: {self.causes[0].th}", f"not proposed: {self.causes[0].en}"
        return (
            "เข้าเกณฑ์ จะเสนอเมื่อสั่ง tracegraph link ครั้งต่อไป",
            "meets all conditions; proposed by the next tracegraph link",
        )


_SAID = {
    Status.DECLARED: ("เอกสารระบุไว้", "declared by a document"),
    Status.CONFIRMED: ("ยืนยันแล้ว", "confirmed"),
    Status.REJECTED: ("ตัดสินว่าไม่ใช่", "rejected"),
    Status.SUGGESTED: ("ระบบเสนอไว้ รอคนตัดสิน", "suggested, waits for a decision"),
}

_KINDS = {
    LinkKind.ANSWERED_BY: ("มีโครงการรองรับ", "answered by"),
    LinkKind.CARRIED_TO: ("ส่งต่อไปยัง", "carried to"),
    LinkKind.ALIGNS_WITH: ("สอดคล้องกับ", "aligns with"),
    LinkKind.SAME_WORK: ("งานเดียวกัน", "same work"),
}


def say_standing(link: Standing) -> tuple[str, str]:
    """A link that stands, in words: of what kind, its status, who decided and when, why, by which method."""
    th, en = _SAID[Status(link.status)]
    if link.decided_by:
        th += f" โดย {link.decided_by} เมื่อ {(link.decided_at or '')[:10]}"
        en += f" by {link.decided_by} on {(link.decided_at or '')[:10]}"
    if link.reason:
        th, en = f"{th} ({link.reason})", f"{en} ({link.reason})"
    if link.status == Status.SUGGESTED:
        th, en = f"{th} ({link.method} {link.probability:.4f})", f"{en} ({link.method} {link.probability:.4f})"
    if link.suspect:
        th, en = f"{th} · ข้อความเปลี่ยนไปหลังจากนั้น", f"{en}; a text has changed since"
    kind_th, kind_en = _KINDS[LinkKind(link.kind)]
    return f"{th} · {kind_th}", f"{en}; {kind_en}"


def order_standing(links: list[Standing]) -> tuple[Standing, ...]:
    """What people decided first, then what documents declare, then what is suggested."""
    ranks = [Status.CONFIRMED, Status.REJECTED, Status.DECLARED, Status.SUGGESTED]
    return tuple(sorted(links, key=lambda link: (ranks.index(Status(link.status)), link.kind)))

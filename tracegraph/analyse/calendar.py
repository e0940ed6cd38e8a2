"""Who owes what to whom, when: the letter's months as duties, and the plans that are late in the loaded data.

The letters themselves (A01–A04) were sent once, in 2559, and are no duty of any year. What the letter gives no month
for has month None.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracegraph.analyse.items import Reader, Row
from tracegraph.analyse.questions import ask
from tracegraph.errors import UsageError
from tracegraph.model.process import THAI_MONTHS, Flow, PlanKind, find_plan_kind, flows, plan_kinds


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty in one month (1–12; None where the letter says none).

    ``task`` is ``make`` (a body makes a plan, holds a forum, gives data) or ``send`` (it hands something on);
    ``source`` and ``target`` are short names of plan kinds or the bodies of the letter.
    """

    month: int | None
    task: str
    id: str
    who: str
    what: str
    source: str
    target: str
    condition: str
    letter_words: str
    months_text: str
    readings: tuple[str, ...]
    confidence: str

    @property
    def month_th(self) -> str:
        """The month as the letter writes it."""
        return THAI_MONTHS[self.month - 1] if self.month else "ไม่ระบุเดือน"


def name_of(end: str) -> str:
    """The short Thai name of a plan kind with its code; a body as it stands."""
    kind = find_plan_kind(end)
    return f"{kind.short_th} ({kind.id})" if kind else end


def _making(kind: PlanKind) -> Iterator[Duty]:
    for month in kind.months or (None,):
        yield Duty(
            month=month,
            task="make",
            id=kind.id,
            who=kind.owner,
            what=kind.thai,
            source=kind.inputs,
            target=kind.sent_to,
            condition="",
            letter_words=kind.legal,
            months_text=kind.months_text,
            readings=kind.owner_readings,
            confidence="low" if kind.owner_readings else "high",
        )


def _sending(flow: Flow) -> Iterator[Duty]:
    for month in flow.months or (None,):
        yield Duty(
            month=month,
            task="send",
            id=flow.id,
            who=flow.actor,
            what=flow.carried,
            source=name_of(flow.source),
            target=name_of(flow.target),
            condition=flow.condition,
            letter_words=flow.letter_words,
            months_text=flow.months_text,
            readings=flow.readings,
            confidence=flow.confidence,
        )


def list_duties(month: int | None = None) -> tuple[Duty, ...]:
    """Every duty of the letter by month, or those of one month (1–12); plans before what is sent, in letter order."""
    if month is not None and not 1 <= month <= len(THAI_MONTHS):
        raise UsageError(f"เดือนต้องเป็น 1–12 พบ {month}", f"a month is 1–12, found {month}")
    found = [duty for kind in plan_kinds() for duty in _making(kind)]
    found += [duty for flow in flows() if flow.direction != "admin" for duty in _sending(flow)]
    wanted = [duty for duty in found if month is None or duty.month == month]
    return tuple(sorted(wanted, key=lambda duty: (duty.month or 13, duty.task)))


def find_late_plans(store: Reader, *, as_of: date, area: str = "") -> list[Row]:
    """Plans of the loaded data that were handed in late or are missing on this date (question ``late_plans``)."""
    return ask(store, "late_plans", {"area": area, "as_of": as_of.isoformat()}).rows

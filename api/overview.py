"""The figures of the overview, each with the address of its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.answers import ask_kept
from api.cache import AnswerCache
from api.formats import thai_date
from api.i18n import label
from api.limits import DEFAULT_FLOOR, FACTS_FLOOR
from api.pairs import find_pairs
from api.register import fate_words
from api.render import Page, build_link
from api.steps import class_words
from tracegraph.graph.store import Store
from tracegraph.model.graph import Fate
from tracegraph.report.funnel import FunnelStep
from tracegraph.report.terms import CONFIDENCE, confidence_of, plan_kind_word

#: Level of ``reach_funnel`` → (color of the column, plan kind of the filter "reached at least").
_STEPS: dict[str, tuple[str, str]] = {
    "answered": ("village", "PK01"),
    "tambon": ("tambon", "PK02"),
    "local": ("local", "PK03"),
    "district": ("district", "PK04"),
    "province_lists": ("province", "PK07"),
    "province": ("province", "PK09"),
    "budget_request": ("budget", "PK12"),
}
_TOP = 4


@dataclass(frozen=True, slots=True)
class FateCount:
    """Needs of one fate, by facts and with suggestions."""

    code: str
    words: str
    facts: int
    total: int


def find_steps(cache: AnswerCache, store: Store, area: str, page: Page) -> list[FunnelStep]:
    """The steps of the funnel; a level that adds nothing to the one before it and has no plan is left out."""
    answer = ask_kept(cache, store, "reach_funnel", {"area": area, "floor": DEFAULT_FLOOR})
    facts, total, raised = _sum_levels(answer.rows)
    if not raised:
        return []
    whole = build_link(page, "/needs", area=area, floor=None)
    steps = [FunnelStep("need", label("funnel.need", page.lang), raised, raised, whole, whole)]
    before = ""
    for level, (color, kind) in _STEPS.items():
        if not total[level] and level == "budget_request":
            continue
        stopped = build_link(page, "/needs", area=area, reached=before, below=kind, floor=None)
        steps.append(
            FunnelStep(
                color,
                label(f"funnel.{level}", page.lang),
                facts[level],
                total[level],
                build_link(page, "/needs", area=area, reached=kind, floor="facts"),
                build_link(page, "/needs", area=area, reached=kind, floor=None),
                stopped,
            )
        )
        before = kind
    return steps


def _sum_levels(rows: Iterable[Mapping[str, Any]]) -> tuple[Counter[str], Counter[str], int]:
    """Needs by level over all areas: facts, with suggestions; and all needs."""
    facts: Counter[str] = Counter()
    total: Counter[str] = Counter()
    raised: dict[str, int] = {}
    for row in rows:
        facts[row["level"]] += row["reached_facts"]
        total[row["level"]] += row["reached_with_suggestions"]
        raised[row["area"]] = row["needs_raised"]
    return facts, total, sum(raised.values())


def count_fates(cache: AnswerCache, store: Store, area: str, page: Page) -> list[FateCount]:
    """How many needs have which fate, best first."""
    counted = []
    for floor in (FACTS_FLOOR, DEFAULT_FLOOR):
        answer = ask_kept(cache, store, "needs_reach", {"area": area, "floor": floor})
        counted.append(Counter(row["fate"] for row in answer.rows))
    facts, total = counted
    return [FateCount(f, fate_words(f, page.lang), facts[f], total[f]) for f in map(str, reversed(Fate))]


def find_money(cache: AnswerCache, store: Store, area: str, page: Page) -> dict[str, Any]:
    """Money that may be paid twice: the sum, the number of pairs, and the largest pairs."""
    params = {"area": area, "floor": page.floor}
    sums = [r for r in ask_kept(cache, store, "money_at_stake", params).rows if r["class"] == "all"]
    pairs = find_pairs(cache, store, area, page.floor)
    number = sum(r["pairs_declared"] + r["pairs_confirmed"] + r["pairs_suggested"] for r in sums)
    return {
        "pairs": number,
        "amount": sum(r["money_with_suggestions"] for r in sums),
        "planned": sum(r["money_planned"] for r in sums),
        "href": build_link(page, "/pairs", area=area),
        "classes_href": build_link(page, "/ask/money_at_stake", area=area),
        "top": [_pair(row, page) for row in pairs[:_TOP]],
    }


def _pair(row: Mapping[str, Any], page: Page) -> dict[str, Any]:
    words = [class_words(str(row["class"] or ""), str(row["status"]), page.lang)]
    words.append(" / ".join(str(row[side] or "–") for side in ("left_owner", "right_owner")))
    suggested = row["status"] == "suggested" and row["probability"] is not None
    return {
        "uid": row["left_uid"],
        "text": row["left"],
        "words": " · ".join(word for word in words if word),
        "amount": row["money_at_stake"],
        "probability": row["probability"] if suggested else None,
        "level": CONFIDENCE[confidence_of(row["probability"])].to(page.lang) if suggested else "",
    }


def find_late(cache: AnswerCache, store: Store, area: str, page: Page) -> dict[str, Any]:
    """Plans past their date as of today."""
    rows = ask_kept(cache, store, "late_plans", {"area": area}).rows
    return {
        "count": len(rows),
        "href": build_link(page, "/ask/late_plans", area=area),
        "rows": [_late(row, page) for row in rows[: _TOP + 2]],
    }


def _late(row: Mapping[str, Any], page: Page) -> dict[str, Any]:
    due = label("late.due", page.lang, date=thai_date(row["due_on"], page.lang))
    handed = row["submitted_on"]
    if handed:
        state = label("late.handed", page.lang, date=thai_date(handed, page.lang), days=row["days_late"])
    else:
        state = label("late.missing", page.lang, days=row["days_late"])
    title = row["plan"] or plan_kind_word(row["plan_kind"], page.lang)
    return {"title": title, "words": " · ".join(str(p) for p in (row["owner"], due, state) if p)}

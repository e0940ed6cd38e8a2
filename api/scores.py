"""The alignment score as a page shows it: every part by facts and with suggestions, with both numbers of its share."""

from __future__ import annotations

from dataclasses import dataclass

from api.cache import AnswerCache
from api.formats import number, percent
from api.i18n import label
from api.limits import DEFAULT_FLOOR
from api.render import Page, build_link
from tracegraph.analyse.alignment import AlignmentScore, Part, score
from tracegraph.graph.store import Store
from tracegraph.report.terms import Lang

#: The question that lists what a part counts.
_LISTS = {
    "reach": "needs_reach",
    "served": "needs_reach",
    "grounding": "projects_without_need",
    "grounding_money": "projects_without_need",
    "strategy": "projects_without_strategy",
    "coverage": "strategies_without_project",
    "redundancy": "duplicates_across_bodies",
}
_MONEY = frozenset({"grounding_money", "redundancy"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a part; ``share`` None where it does not apply, with the reason."""

    share: float | None
    shown: str
    fraction: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part by facts and with suggestions, and the address of the list behind it."""

    words: str
    facts: Value
    total: Value
    href: str
    overall: bool = False


def score_kept(cache: AnswerCache, store: Store, scope: str, uid: str, floor: float) -> AlignmentScore:
    """The score from the cache where nothing changed since."""
    return cache.get(store, ("score", scope, uid, floor), lambda: score(store, scope, uid, floor))


def build_parts(cache: AnswerCache, store: Store, area: str, page: Page) -> list[PartRow]:
    """The overall score of an area and its parts."""
    found = score_kept(cache, store, "area", area, DEFAULT_FLOOR)
    rows = [
        PartRow(
            label("score.overall", page.lang),
            _overall(found.facts.overall),
            _overall(found.with_suggestions.overall),
            build_link(page, "/ask/alignment_by_area", area=area),
            overall=True,
        )
    ]
    for part, more in zip(found.facts.parts, found.with_suggestions.parts, strict=True):
        words = part.th if page.lang == "th" else part.en
        href = build_link(page, f"/ask/{_LISTS[part.name]}", area=area)
        rows.append(PartRow(words, _value(part, page.lang), _value(more, page.lang), href))
    return rows


def _overall(value: float | None) -> Value:
    return Value(value, "" if value is None else f"{value:.0f}", "" if value is None else "/ 100")


def _value(part: Part, lang: Lang) -> Value:
    if part.value is None:
        return Value(None, "", "", part.reason_th if lang == "th" else part.reason_en)
    top, bottom = (number(round(n) if part.name in _MONEY else round(n, 2)) for n in (part.numerator, part.denominator))
    return Value(part.value, percent(part.value), f"{top} / {bottom}")

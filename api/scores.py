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

#: Where the rows behind a part are listed, with the parameters of that address; of a part that counts what is
#: there, the list is what is not yet: what somebody has to look at.
_LISTS: dict[str, tuple[str, dict[str, str]]] = {
    "reach": ("/needs", {"fate": "arrived"}),
    "served": ("/needs", {"fate": "served"}),
    "grounding": ("/ask/projects_without_need", {}),
    "grounding_money": ("/ask/projects_without_need", {}),
    "strategy": ("/ask/projects_without_strategy", {}),
    "coverage": ("/ask/strategies_without_project", {}),
    "redundancy": ("/pairs", {}),
}
#: ``floor`` of the addresses behind the two columns; None leaves the default.
_FLOORS = ("facts", None)
_MONEY = frozenset({"grounding_money", "redundancy"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a part with the address of its rows; ``share`` None where it does not apply, with the reason."""

    share: float | None
    shown: str
    fraction: str
    href: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part by facts and with suggestions; ``listed`` says what the list behind it holds."""

    words: str
    facts: Value
    total: Value
    listed: str
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
            _overall(found.facts.overall, build_link(page, "/ask/alignment_by_area", area=area, floor="facts")),
            _overall(found.with_suggestions.overall, build_link(page, "/ask/alignment_by_area", area=area, floor=None)),
            label("score.list.overall", page.lang),
            overall=True,
        )
    ]
    for part, more in zip(found.facts.parts, found.with_suggestions.parts, strict=True):
        words = part.th if page.lang == "th" else part.en
        path, params = _LISTS[part.name]
        facts, total = (
            _value(one, build_link(page, path, area=area, **params, floor=floor), page.lang)
            for one, floor in zip((part, more), _FLOORS, strict=True)
        )
        rows.append(PartRow(words, facts, total, label(f"score.list.{part.name}", page.lang)))
    return rows


def _overall(value: float | None, href: str) -> Value:
    return Value(value, "" if value is None else f"{value:.0f}", "" if value is None else "/ 100", href)


def _value(part: Part, href: str, lang: Lang) -> Value:
    if part.value is None:
        return Value(None, "", "", href, part.reason_th if lang == "th" else part.reason_en)
    top, bottom = (number(round(n) if part.name in _MONEY else round(n, 2)) for n in (part.numerator, part.denominator))
    return Value(part.value, percent(part.value), f"{top} / {bottom}", href)

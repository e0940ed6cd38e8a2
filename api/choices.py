"""What a parameter of a question can be, where that is a closed set: people choose, and never type a code."""

from __future__ import annotations

from dataclasses import dataclass

from api.areas import list_areas
from api.cache import AnswerCache
from api.i18n import label
from api.register import fate_words
from tracegraph.graph.store import Store
from tracegraph.model.graph import Fate, Stage, Status
from tracegraph.model.process import plan_kinds
from tracegraph.report.terms import STATUSES, Lang, plan_kind_word
from tracegraph.thai.collate import sort_key

_LISTS = "MATCH (s:Strategy) RETURN DISTINCT s.list_id AS id, s.list_name AS name"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: what is asked, and its words."""

    code: str
    name: str


def find_choices(name: str, value: str, cache: AnswerCache, store: Store, lang: Lang) -> tuple[Choice, ...]:
    """The entries for a parameter by its name, the empty one first; () where anything may be typed.

    A ``value`` that is none of them is kept as an entry of its own, so that a form never changes what was asked.
    """
    found = _entries(name, cache, store, lang)
    if not found:
        return ()
    everything = label("filter.area_all" if name == "area" else "choice.all", lang)
    entries = (Choice("", everything), *found)
    return entries if value in {entry.code for entry in entries} else (*entries, Choice(value, value))


def _entries(name: str, cache: AnswerCache, store: Store, lang: Lang) -> tuple[Choice, ...]:
    """What the data hold (areas, lists), else what is closed, else nothing."""
    if name == "area":
        return tuple(Choice(a.code, a.name) for a in cache.get(store, "areas", lambda: list_areas(store)))
    if name == "list":
        lists = cache.get(store, "lists", lambda: store.read(_LISTS))
        return tuple(Choice(row["id"], row["name"]) for row in sorted(lists, key=lambda r: sort_key(r["name"] or "")))
    return tuple(Choice(code, words) for code, words in _closed(name, lang).items())


def _closed(name: str, lang: Lang) -> dict[str, str]:
    """Code → words of a parameter with a closed set; {} for any other."""
    if name in ("reached", "plan_kind"):
        return {kind.id: plan_kind_word(kind.id, lang) for kind in plan_kinds() if kind.rank is not None}
    codes: dict[str, dict[str, str]] = {
        "fate": {str(fate): fate_words(fate, lang) for fate in reversed(Fate)},
        "stage": {str(stage): label(f"stage.{stage}", lang) for stage in Stage},
        "status": {str(status): STATUSES[status].to(lang) for status in Status},
    }
    return codes.get(name) or {code: label(f"choice.{name}_{code}", lang) for code in _CODES.get(name, ())}


#: Codes that questions define for themselves.
_CODES = {
    "change": ("money", "name"),
    "verdict": ("differ", "only_declared", "only_suggested", "confirmed"),
}

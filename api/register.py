"""The register of needs: rows of ``needs_reach``, each with the place of its need, filtered."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.i18n import label
from api.search import Search, build_key, matches
from tracegraph.graph.store import Store
from tracegraph.model.graph import FATE_TH, Fate
from tracegraph.model.process import find_plan_kind
from tracegraph.report.terms import CONFIDENCE, Lang, baht, confidence_of, plan_kind_word

FATE_EN: dict[Fate, str] = {
    Fate.UNANSWERED: "no project answers it yet",
    Fate.REJECTED: "declined (with a reason)",
    Fate.WAITING_BEYOND_CAPACITY: "beyond capacity, waits for a body above",
    Fate.NOT_CARRIED: "in a plan, not carried further",
    Fate.FUNDED: "funded",
    Fate.ARRIVED: "reached the provincial plan",
}

#: Filters that stand for several fates: ``served`` is what the score of an area counts.
FATES_OF: dict[str, tuple[str, ...]] = {"served": (str(Fate.ARRIVED), str(Fate.FUNDED))}

_PLACES = """
MATCH (n:Need) WHERE n.current AND ($area = '' OR n.area STARTS WITH $area)
OPTIONAL MATCH (a:Area {uid: n.tambon})
RETURN coalesce(n.source_id, n.file + '#' + n.sheet + '#' + toString(n.row)) AS need_id, n.uid AS uid,
       n.village_no AS village_no, n.village_name AS village_name, a.name AS tambon, n.side AS side,
       n.file AS file, n.sheet AS sheet, n.row AS row
ORDER BY coalesce(n.area, '~'), coalesce(n.year, 0), need_id, n.uid
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the register is narrowed to. Kinds are codes (PK03); ``reached`` is at least, ``below`` less than."""

    search: Search
    fate: str = ""
    reached: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need as the register shows it. ``certainty`` says whether its fate rests on facts or on a suggestion."""

    uid: str
    id: str
    text: str
    village: str
    tambon: str
    source: str
    fate: str
    fate_words: str
    certainty: str
    suggested: bool
    reached: str
    stopped: str
    reason: str
    funded_by: str
    funded: str
    asked_again: tuple[str, ...]


def fate_words(code: str, lang: Lang) -> str:
    """The words for a fate in one language."""
    return (FATE_TH if lang == "th" else FATE_EN)[Fate(code)]


def rank_of(kind: str | None) -> int:
    """The rank of a plan kind on the way up; 0 where nothing was reached."""
    known = find_plan_kind(kind) if kind else None
    return (known.rank or 0) if known else 0


def read_places(store: Store, area: str) -> dict[str, deque[dict[str, Any]]]:
    """Uid and place of every need of an area by its shown id; ids that repeat stand in the order of the question."""
    places: dict[str, deque[dict[str, Any]]] = {}
    for row in store.read(_PLACES, {"area": area}):
        places.setdefault(row["need_id"], deque()).append(row)
    return places


def find_rows(
    rows: Iterable[Mapping[str, Any]], places: dict[str, deque[dict[str, Any]]], asked: Filter
) -> list[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Rows of ``needs_reach`` that the filter lets through, each with its place."""
    kept = []
    for row in rows:
        known = places.get(row["need_id"])
        place = known.popleft() if known else {}
        if _passes(row, place, asked):
            kept.append((row, place))
    return kept


def _passes(row: Mapping[str, Any], place: Mapping[str, Any], asked: Filter) -> bool:
    if asked.fate and row["fate"] not in FATES_OF.get(asked.fate, (asked.fate,)):
        return False
    rank = rank_of(row["reached"])
    if asked.reached and rank < rank_of(asked.reached):
        return False
    if asked.below and rank >= rank_of(asked.below):
        return False
    if asked.search.empty:
        return True
    village = place.get("village_no")
    key = build_key((row["need"], row["village"], place.get("tambon"), place.get("side"), row["need_id"]))
    return matches(asked.search, key, [village] if village else [])


def build_row(row: Mapping[str, Any], place: Mapping[str, Any], lang: Lang) -> NeedRow:
    """One row in the words of the page."""
    tambon = place.get("tambon")
    weakest = row["weakest_probability"]
    return NeedRow(
        uid=str(place.get("uid") or row["need_id"]),
        id=str(row["need_id"]),
        text=str(row["need"]),
        village=str(row["village"] or ""),
        tambon=f"ต.{tambon}" if tambon else "",
        source=_source(place, lang),
        fate=str(row["fate"]),
        fate_words=fate_words(row["fate"], lang),
        certainty=certainty(row, lang),
        suggested=weakest is not None and weakest < 1,
        reached=plan_kind_word(row["reached"], lang),
        stopped=plan_kind_word(row["stopped_at"], lang),
        reason=str(row["reason"] or ""),
        funded_by=str(row["funded_by"] or ""),
        funded=_year_and_money(row, lang),
        asked_again=tuple(str(one) for one in row["asked_again_in"] or ()),
    )


def certainty(row: Mapping[str, Any], lang: Lang) -> str:
    """Whether the way of a need rests on facts, or on suggestions of which confidence; '' without a way."""
    weakest = row["weakest_probability"]
    if weakest is None:
        return ""
    if weakest >= 1:
        return label("need.fact", lang)
    return label("need.suggestion", lang, level=CONFIDENCE[confidence_of(weakest)].to(lang))


def funded(row: Mapping[str, Any], lang: Lang) -> str:
    """Who pays, in which year, how much; '' where nobody does."""
    return " · ".join(part for part in (str(row["funded_by"] or ""), _year_and_money(row, lang)) if part)


def _year_and_money(row: Mapping[str, Any], lang: Lang) -> str:
    amount = row["funded_amount"]
    return " · ".join(part for part in (str(row["funded_year"] or ""), baht(amount, lang)) if part)


def _source(place: Mapping[str, Any], lang: Lang) -> str:
    parts = [str(place.get("file") or "")]
    if place.get("sheet"):
        parts.append(f"{label('source.sheet', lang)} {place['sheet']}")
    if place.get("row"):
        parts.append(f"{label('source.row', lang)} {place['row']}")
    return " · ".join(part for part in parts if part)

"""How far up a need came, level by level: by facts, by suggestions only, or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracegraph.model.graph import LinkKind, Status
from tracegraph.report.picture import Graph, column_of
from tracegraph.report.terms import LEVELS, Lang

#: Levels on the way up that a need can reach; a village's own plan is where it starts.
LEVELS_UP = ("tambon", "local", "district", "province", "budget")
_WAY = frozenset({LinkKind.ANSWERED_BY, LinkKind.CARRIED_TO})
_FACTS = frozenset({Status.DECLARED, Status.CONFIRMED})

State = Literal["fact", "suggested", "none"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One level and how sure it is that the need reached it."""

    level: str
    words: str
    state: State


def build_ladder(graph: Graph, floor: float, lang: Lang) -> list[Rung]:
    """The levels above the need that ``graph`` is about; suggestions count from ``floor``."""
    by_facts, by_all = (_find_levels(graph, floor, facts=facts) for facts in (True, False))
    rungs = []
    for level in LEVELS_UP:
        state: State = "fact" if level in by_facts else "suggested" if level in by_all else "none"
        rungs.append(Rung(level, LEVELS[level].to(lang), state))
    return rungs


def _find_levels(graph: Graph, floor: float, *, facts: bool) -> set[str]:
    """Levels of the items that links of the way lead to, from the one asked about."""
    seen = {str(graph.graph["focus"])}
    waiting = list(seen)
    while waiting:
        for _, target, data in graph.out_edges(waiting.pop(), data=True):
            if target not in seen and data.get("kind") in _WAY and _counts(data, floor, facts=facts):
                seen.add(target)
                waiting.append(target)
    return {column for uid in seen if (column := column_of(graph.nodes[uid]))}


def _counts(link: dict[str, object], floor: float, *, facts: bool) -> bool:
    if link.get("status") in _FACTS:
        return True
    probability = link.get("probability")
    suggested = link.get("status") == Status.SUGGESTED and isinstance(probability, int | float)
    return not facts and suggested and isinstance(probability, int | float) and probability >= floor

"""The alignment score of a project, plan, body, area or strategy: how well needs, projects and strategies meet.

    reach            needs that arrived (PK09–PK12) ÷ needs raised
    served           needs that arrived or were funded ÷ needs raised (weight 0 unless an office wants it)
    grounding        projects behind which a need stands ÷ projects (recurring, administrative and equipment apart)
    grounding_money  the same in baht
    strategy         sum over items of the mean over the lists that they must serve ÷ items; for a list: declared or
                     confirmed = 1, suggested = its probability, none = 0
    coverage         entries of those lists with a project ÷ entries
    redundancy       money planned twice (all but the largest item of each cluster) ÷ money planned

overall = 100 × Σ weight × value ÷ Σ weight over the parts that apply, redundancy as 1 − value. Always two values:
facts only, and with suggestions from a floor on. The whole is written down in ``docs/alignment.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracegraph.analyse import alignment_cypher as cypher
from tracegraph.analyse.alignment_cypher import Scope
from tracegraph.analyse.alignment_parts import LeftOut, Part, ScoreSet, build_overall, build_part
from tracegraph.analyse.clusters import find_surplus
from tracegraph.analyse.items import Reader, Row
from tracegraph.analyse.params import FACTS
from tracegraph.analyse.required_lists import as_params, read_due_lists
from tracegraph.analyse.scopes import Place, require_place
from tracegraph.analyse.weights import load_weights
from tracegraph.model.process import ARRIVAL_KINDS

__all__ = ["AlignmentScore", "LeftOut", "Part", "Scope", "ScoreSet", "score"]


@dataclass(frozen=True, slots=True)
class AlignmentScore:
    """The score of one thing: the same parts by facts only, and with suggestions from ``floor`` on."""

    scope: Scope
    uid: str
    name: str
    floor: float
    weights: Mapping[str, float]
    facts: ScoreSet
    with_suggestions: ScoreSet


def score(
    store: Reader, scope: str, uid: str, floor: float = 0.5, *, weights: Mapping[str, float] | None = None
) -> AlignmentScore:
    """The alignment score of a project (any id), plan, body (uid or name), area (code, '' = all) or strategy.

    ``weights`` by part name; default: those of the package. UsageError for an unknown scope, NotFoundError for
    an id that is not there.
    """
    place = require_place(store, scope, uid)
    used = dict(load_weights().weights if weights is None else weights)
    params = {"uid": place.uid, "arrival": list(ARRIVAL_KINDS), **as_params(read_due_lists(store))}
    due = [row["list"] for row in _rows(store, cypher.due_lists, place, {**params, "floor": floor})]
    facts, more = (_score_at(store, place, at, params | {"ids": due}, used) for at in (FACTS, floor))
    return AlignmentScore(place.scope, place.uid, place.name, floor, used, facts, more)


def _rows(store: Reader, build: Any, place: Place, params: Mapping[str, Any]) -> list[Row]:
    return store.read(build(place.scope, place.uid), dict(params))


def _score_at(
    store: Reader, place: Place, floor: float, params: Mapping[str, Any], weights: Mapping[str, float]
) -> ScoreSet:
    at = {**params, "floor": floor}
    grounding, left_out = _grounding(store, place, at)
    parts = (
        *_reach(store, place, at),
        *grounding,
        _strategy(store, place, at),
        _coverage(store, place, at),
        _redundancy(store, place, at),
    )
    return ScoreSet(floor, parts, build_overall(parts, weights), left_out)


def _reach(store: Reader, place: Place, params: Mapping[str, Any]) -> tuple[Part, Part]:
    if place.needs_scope is None:
        return build_part("reach", 0, 0, "no_area"), build_part("served", 0, 0, "no_area")
    query = cypher.reach(place.needs_scope, place.needs_uid)
    (row,) = store.read(query, {**params, "uid": place.needs_uid})
    return (
        build_part("reach", row["arrived"], row["raised"], "no_needs"),
        build_part("served", row["served"], row["raised"], "no_needs"),
    )


def _grounding(store: Reader, place: Place, params: Mapping[str, Any]) -> tuple[tuple[Part, Part], tuple[LeftOut, ...]]:
    rows = _rows(store, cypher.grounding, place, params)
    counted = next((row for row in rows if row["kind"] == "project"), None) or dict.fromkeys(
        ("grounded", "items", "money_grounded", "money"), 0
    )
    parts = (
        build_part("grounding", counted["grounded"], counted["items"], "no_projects"),
        build_part(
            "grounding_money",
            counted["money_grounded"],
            counted["money"],
            "no_money" if counted["items"] else "no_projects",
        ),
    )
    left_out = tuple(LeftOut(row["kind"], row["items"], row["money"]) for row in rows if row["kind"] != "project")
    return parts, left_out


def _strategy(store: Reader, place: Place, params: Mapping[str, Any]) -> Part:
    (row,) = _rows(store, cypher.strategy, place, params)
    return build_part("strategy", row["aligned"], row["items"], "no_lists")


def _coverage(store: Reader, place: Place, params: Mapping[str, Any]) -> Part:
    if place.scope is Scope.PROJECT:
        return build_part("coverage", 0, 0, "one_project")
    if place.scope is Scope.STRATEGY:
        (row,) = store.read(cypher.BELOW, dict(params))
        return build_part("coverage", row["covered"], row["entries"], "no_entries")
    (entries,) = store.read(cypher.ENTRIES, dict(params))
    (covered,) = _rows(store, cypher.coverage, place, params)
    return build_part("coverage", covered["covered"], entries["entries"], "no_lists")


def _redundancy(store: Reader, place: Place, params: Mapping[str, Any]) -> Part:
    (row,) = _rows(store, cypher.planned, place, params)
    surplus = find_surplus(store, area=place.cluster_area, floor=params["floor"])
    inside = {one["uid"] for one in _rows(store, cypher.items_among, place, {**params, "among": sorted(surplus)})}
    twice = round(sum(surplus[uid] for uid in sorted(inside)), 2)
    return build_part("redundancy", twice, row["money"], "no_money")

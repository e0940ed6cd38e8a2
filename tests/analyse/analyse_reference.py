"""Reached and fate once more: slow, obvious, from records alone, one need at a time (docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracegraph.model.graph import FUNDED_STAGES, Stage
from tracegraph.model.process import ARRIVAL_KINDS, BEYOND_CAPACITY_KINDS, require_plan_kind
from tracegraph.model.records import NeedRecord, PlanRecord, ProjectRecord

Links = Mapping[tuple[str, str], tuple[str, float]]
STEPS = 6


@dataclass(frozen=True)
class World:
    """Everything that a question sees: records by uid, and links as (from, to): (status, probability)."""

    needs: Mapping[str, NeedRecord]
    projects: Mapping[str, ProjectRecord]
    plans: Mapping[str, PlanRecord]
    owners: Mapping[str, str]
    answered: Links
    carried: Links

    def plan_of(self, item: ProjectRecord) -> PlanRecord:
        return self.plans[item.plan]

    def height(self, item: ProjectRecord) -> tuple[int, str]:
        kind = self.plan_of(item).kind
        return require_plan_kind(kind).rank or 0, kind


@dataclass(frozen=True)
class Way:
    """One path: the items on it, and its weakest probability."""

    items: tuple[str, ...]
    weakest: float

    @property
    def end(self) -> str:
        return self.items[-1]


def counts(link: tuple[str, float], floor: float) -> bool:
    status, probability = link
    if status == "rejected":
        return False
    return status in ("declared", "confirmed") or probability >= floor


def strength(link: tuple[str, float]) -> float:
    return link[1] if link[0] == "suggested" else 1.0


def find_ways(world: World, need: str, floor: float) -> list[Way]:
    """Every path of one answer and up to six carrying links; no link twice on a path."""
    ways: list[Way] = []

    def walk(items: tuple[str, ...], weakest: float, used: frozenset[tuple[str, str]]) -> None:
        ways.append(Way(items, weakest))
        if len(items) > STEPS:
            return
        for (start, end), link in world.carried.items():
            if start == items[-1] and (start, end) not in used and counts(link, floor):
                walk((*items, end), min(weakest, strength(link)), used | {(start, end)})

    for (start, end), link in world.answered.items():
        if start == need and counts(link, floor):
            walk((end,), strength(link), frozenset())
    return ways


def shown(record: NeedRecord | ProjectRecord) -> str:
    return record.source_id or record.origin.cell_id


def row_of(world: World, uid: str, floor: float) -> dict[str, Any]:
    """The row of needs_reach for one need, without need, village and asked_again_in."""
    need = world.needs[uid]
    ways = find_ways(world, uid, floor)
    furthest = _furthest(world, ways)
    chosen = min(furthest, key=lambda way: _preference(world, uid, way)) if furthest else None
    paid = _paid(world, uid, ways)
    fate = _fate(world, need, furthest, chosen, paid)
    kind = world.height(world.projects[chosen.end])[1] if chosen else None
    return {
        "need_id": shown(need),
        "reached": kind,
        "fate": fate,
        "stopped_at": None if fate in ("arrived", "funded") else kind or world.plans[need.plan].kind,
        "reason": _reason(world, need, fate, chosen),
        "funded_by": paid and (paid.payer or world.owners[world.plan_of(paid).owner or ""]),
        "funded_year": paid and min(paid.years, default=None),
        "funded_amount": paid and paid.amount,
        "path": [shown(need), *(shown(world.projects[item]) for item in chosen.items)] if chosen else [],
        "weakest_probability": chosen and chosen.weakest,
    }


def _furthest(world: World, ways: list[Way]) -> list[Way]:
    """Paths to the highest items, among them only those that go on to no other of the highest."""
    if not ways:
        return []
    top = max(world.height(world.projects[way.end]) for way in ways)
    highest = [way for way in ways if world.height(world.projects[way.end]) == top]
    passed = {item for way in highest for item in way.items[:-1]}
    return [way for way in highest if way.end not in passed] or highest


def _is_funded(world: World, item: ProjectRecord) -> bool:
    return world.plan_of(item).stage in FUNDED_STAGES


def _preference(world: World, need: str, way: Way) -> tuple[Any, ...]:
    funded = _is_funded(world, world.projects[way.end])
    return (not funded, -way.weakest, len(way.items), " " + " ".join((need, *way.items)))


def _paid(world: World, need: str, ways: list[Way]) -> ProjectRecord | None:
    order = {Stage.CONTRACT: 0, Stage.BUDGET: 1, Stage.ACTION: 2}
    found = [way for way in ways if _is_funded(world, world.projects[way.end])]
    if not found:
        return None

    def key(way: Way) -> tuple[Any, ...]:
        item = world.projects[way.end]
        rank, kind = world.height(item)
        stage = world.plan_of(item).stage
        first = order[stage] if stage is not Stage.ACTION else 2
        return (first, -rank, -int(kind[2:]), *_preference(world, need, way))

    return world.projects[min(found, key=key).end]


def _fate(world: World, need: NeedRecord, furthest: list[Way], chosen: Way | None, paid: ProjectRecord | None) -> str:
    ends = [world.projects[way.end] for way in furthest]
    if chosen and world.height(world.projects[chosen.end])[1] in ARRIVAL_KINDS:
        return "arrived"
    if paid:
        return "funded"
    if need.outcome == "rejected" or (ends and all(end.outcome == "rejected" for end in ends)):
        return "rejected"
    if any(end.beyond_capacity or world.height(end)[1] in BEYOND_CAPACITY_KINDS for end in ends):
        return "waiting_beyond_capacity"
    return "not_carried" if ends else "unanswered"


def _reason(world: World, need: NeedRecord, fate: str, chosen: Way | None) -> str | None:
    item = world.projects[chosen.end] if chosen else None
    said = (item.outcome_reason or item.status_text) if item else None
    if fate == "rejected":
        return need.outcome_reason if need.outcome == "rejected" else said
    if fate == "waiting_beyond_capacity" and item:
        return item.beyond_reason or said
    if fate == "not_carried":
        return said
    return need.outcome_reason if fate == "unanswered" else None


def asked_again(world: World, uid: str, floor: float) -> list[str]:
    """Later needs of the same village with the same words or a project in common, by year and id."""
    need = world.needs[uid]
    if not need.area or len(need.area) != 8:
        return []

    def answers(one: str) -> set[str]:
        return {end for (start, end), link in world.answered.items() if start == one and counts(link, floor)}

    later = [
        other
        for other in world.needs.values()
        if other.area == need.area
        and (other.year or 0) > (need.year or 0)
        and (other.text_hash == need.text_hash or answers(other.uid) & answers(uid))
    ]
    return [shown(other) for other in sorted(later, key=lambda other: (other.year or 0, shown(other)))]


def rows(world: World, floor: float) -> dict[str, dict[str, Any]]:
    """Every need's row by uid."""
    return {uid: row_of(world, uid, floor) | {"asked_again_in": asked_again(world, uid, floor)} for uid in world.needs}

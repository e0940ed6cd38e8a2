"""Which node stands in which column, and in what order, so that few links cross (layered drawing).

Sugiyama's method: columns are given by the plan levels, links over several columns are cut by invisible
waypoints, and barycentre sweeps order each column. Everything is decided by uid where values are equal, so the
same graph always gives the same picture.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracegraph.report.picture import COLUMN_ORDER, Picture, PictureLink

SWEEPS = 12
#: Steps of one level (a row and its amendment, a district list and the next) get a column of their own, up to this.
MAX_STEPS_IN_LEVEL = 3


@dataclass(slots=True)
class Columns:
    """Slots by column, top to bottom: uids of nodes and of waypoints (``(link uid, column)``).

    ``levels`` names the plan level of each column; ``chains`` holds for each link the slots that it passes.
    """

    slots: list[list[str]]
    levels: list[str]
    index: dict[str, int]
    chains: dict[str, tuple[str, ...]]
    waypoints: frozenset[str]


def _steps_in_level(picture: Picture) -> dict[str, int]:
    """How many links within its own level lead to each node (longest path, links back ignored)."""
    level = {n.uid: n.column for n in picture.nodes}
    inner: dict[str, list[str]] = {}
    for link in picture.links:
        if level[link.source] == level[link.target] and link.source != link.target and link.kind == "CARRIED_TO":
            inner.setdefault(link.source, []).append(link.target)
    steps = {n.uid: 0 for n in picture.nodes}
    for _ in range(MAX_STEPS_IN_LEVEL - 1):
        for source in sorted(inner):
            for target in inner[source]:
                steps[target] = max(steps[target], min(steps[source] + 1, MAX_STEPS_IN_LEVEL - 1))
    return steps


def assign_columns(picture: Picture) -> tuple[dict[str, int], list[str]]:
    """Column number of every node, and the level of every column; levels without nodes take no column."""
    steps = _steps_in_level(picture)
    rank = {name: i for i, name in enumerate(COLUMN_ORDER)}
    keys = {n.uid: (rank[n.column], steps[n.uid]) for n in picture.nodes}
    used = sorted(set(keys.values()))
    number = {key: i for i, key in enumerate(used)}
    return {uid: number[key] for uid, key in keys.items()}, [COLUMN_ORDER[key[0]] for key in used]


def _chain(link: PictureLink, index: Mapping[str, int]) -> tuple[str, ...]:
    """The slots that a link passes from left to right, with a waypoint in every column between its ends."""
    left, right = sorted((link.source, link.target), key=lambda uid: index[uid])
    between = range(index[left] + 1, index[right])
    return (left, *(f"\0{link.uid}\0{c}" for c in between), right)


def build_columns(picture: Picture) -> Columns:
    """Columns in an order with few crossings; the best of all sweeps is kept."""
    index, levels = assign_columns(picture)
    slots: list[list[str]] = [[] for _ in levels]
    for node in sorted(picture.nodes, key=lambda n: (n.rank, n.uid)):
        slots[index[node.uid]].append(node.uid)
    chains = {link.uid: _chain(link, index) for link in picture.links}
    waypoints: set[str] = set()
    for chain in chains.values():
        for position, slot in enumerate(chain[1:-1], start=index[chain[0]] + 1):
            slots[position].append(slot)
            index[slot] = position
            waypoints.add(slot)
    columns = Columns(slots, levels, index, chains, frozenset(waypoints))
    _reduce_crossings(columns)
    return columns


def neighbors_of(columns: Columns) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Neighbors of each slot in the column before it and in the column after it."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for chain in columns.chains.values():
        for left, right in itertools.pairwise(chain):
            if columns.index[right] == columns.index[left] + 1:
                after.setdefault(left, []).append(right)
                before.setdefault(right, []).append(left)
    return before, after


def _sorted_by_barycentre(column: Sequence[str], near: Mapping[str, list[str]], place: Mapping[str, int]) -> list[str]:
    def weight(slot: str) -> tuple[float, int]:
        others = near.get(slot)
        mean = sum(place[o] for o in others) / len(others) if others else float(place[slot])
        return mean, place[slot]

    return sorted(column, key=weight)


def count_crossings(columns: Columns) -> int:
    """How many pairs of link pieces cross between neighboring columns."""
    _, after = neighbors_of(columns)
    total = 0
    for here, there in zip(columns.slots, columns.slots[1:], strict=False):
        place = {slot: i for i, slot in enumerate(there)}
        seen: list[int] = []
        for slot in here:
            ends = sorted(place[o] for o in after.get(slot, ()))
            for end in ends:
                total += len(seen) - bisect_right(seen, end)
            for end in ends:
                insort(seen, end)
    return total


def _reduce_crossings(columns: Columns) -> None:
    before, after = neighbors_of(columns)
    best, fewest = [list(c) for c in columns.slots], count_crossings(columns)
    last = len(columns.slots) - 1
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        forward = sweep % 2 == 0
        for number in range(1, last + 1) if forward else range(last - 1, -1, -1):
            fixed = columns.slots[number - 1 if forward else number + 1]
            place = {slot: i for i, slot in enumerate(fixed)}
            place.update({slot: i for i, slot in enumerate(columns.slots[number])})
            near = before if forward else after
            columns.slots[number] = _sorted_by_barycentre(columns.slots[number], near, place)
        crossings = count_crossings(columns)
        if crossings < fewest:
            best, fewest = [list(c) for c in columns.slots], crossings
    columns.slots = best

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

from tracegraph.model.graph import LinkKind
from tracegraph.report.picture import COLUMN_ORDER, Picture, PictureLink

SWEEPS = 12
#: Links within one level are followed this far when its items are put one below the other.
MOST_STEPS_IN_LEVEL = 12


@dataclass(slots=True)
class Columns:
    """Slots by column, top to bottom: uids of nodes and of waypoints (``(link uid, column)``).

    ``levels`` names the plan level of each column; ``chains`` holds for each link the slots that it passes.
    ``stacks`` gives items of one level that carry each other on a common name: they stand together, in ``depths``.
    """

    slots: list[list[str]]
    levels: list[str]
    index: dict[str, int]
    chains: dict[str, tuple[str, ...]]
    waypoints: frozenset[str]
    stacks: dict[str, str]
    depths: dict[str, int]


def _links_in_level(picture: Picture) -> list[PictureLink]:
    """Links by which items of one level follow each other (a row and its amendment, a plan and its yearly part)."""
    level = {n.uid: n.column for n in picture.nodes}
    return [
        link
        for link in picture.links
        if link.kind == LinkKind.CARRIED_TO and link.source != link.target and level[link.source] == level[link.target]
    ]


def _build_stacks(links: Sequence[PictureLink]) -> dict[str, str]:
    """Stack of every item that such a link touches: the least uid of those joined."""
    stack: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for link in links:
        one, other = sorted((stack.get(link.source, link.source), stack.get(link.target, link.target)))
        joined = {*members.get(one, [one]), *members.pop(other, [other])}
        members[one] = sorted(joined)
        stack.update(dict.fromkeys(joined, one))
    return stack


def _count_depths(picture: Picture, links: Sequence[PictureLink]) -> dict[str, int]:
    """How many links within its own level lead to each node (longest path; a circle ends at the limit)."""
    depths = {n.uid: 0 for n in picture.nodes}
    for _ in range(min(len(links), MOST_STEPS_IN_LEVEL)):
        for link in links:
            depths[link.target] = max(depths[link.target], min(depths[link.source] + 1, MOST_STEPS_IN_LEVEL))
    return depths


def assign_columns(picture: Picture) -> tuple[dict[str, int], list[str]]:
    """Column number of every node, and the level of every column; levels without nodes take no column."""
    used = {n.column for n in picture.nodes}
    levels = [level for level in COLUMN_ORDER if level in used]
    number = {level: i for i, level in enumerate(levels)}
    return {n.uid: number[n.column] for n in picture.nodes}, levels


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
    inner = _links_in_level(picture)
    columns = Columns(
        slots, levels, index, chains, frozenset(waypoints), _build_stacks(inner), _count_depths(picture, inner)
    )
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


def _sorted_by_barycentre(
    columns: Columns, column: Sequence[str], near: Mapping[str, list[str]], place: Mapping[str, int]
) -> list[str]:
    """A column sorted by the mean place of what its slots are joined to; a stack moves as one."""
    members: dict[str, list[str]] = {}
    for slot in column:
        members.setdefault(columns.stacks.get(slot, slot), []).append(slot)

    def weight(stack: str) -> tuple[float, int]:
        first = min(place[slot] for slot in members[stack])
        others = [place[o] for slot in members[stack] for o in near.get(slot, ())]
        return (sum(others) / len(others) if others else float(first)), first

    def step(slot: str) -> tuple[int, int]:
        return columns.depths.get(slot, 0), place[slot]

    return [slot for stack in sorted(members, key=weight) for slot in sorted(members[stack], key=step)]


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
    for number, slots in enumerate(columns.slots):
        columns.slots[number] = _sorted_by_barycentre(columns, slots, {}, {slot: i for i, slot in enumerate(slots)})
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
            columns.slots[number] = _sorted_by_barycentre(columns, columns.slots[number], near, place)
        crossings = count_crossings(columns)
        if crossings < fewest:
            best, fewest = [list(c) for c in columns.slots], crossings
    columns.slots = best

"""Where everything of a trace stands: plan levels as columns, no two boxes over each other.

Units are pixels at 100 %; y grows downward. Deterministic: the same picture gives the same numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracegraph.model.graph import LinkKind
from tracegraph.report.order import Columns, build_columns, neighbors_of
from tracegraph.report.picture import Picture

SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes of boxes and gaps."""

    node_width: float = 164.0
    node_height: float = 90.0
    strategy_height: float = 72.0  # one small line, not two
    column_gap: float = 50.0
    row_gap: float = 16.0
    step_gap: float = 32.0  # between two items of one level that carry each other on
    waypoint_height: float = 10.0
    margin: float = 24.0
    header: float = 56.0


@dataclass(frozen=True, slots=True)
class Box:
    """A placed box: left, top, width, height; ``column`` from 0."""

    x: float
    y: float
    width: float
    height: float
    column: int

    @property
    def middle(self) -> float:
        """The y of the box's middle, where links end."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Header:
    """The heading over the columns of one plan level: left edge, width, level, number of nodes in it."""

    x: float
    width: float
    level: str
    count: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes by uid, routes by link uid (points from source to target), headings, and the size of the whole.

    ``upright`` names the links that run straight from a box to the one below or above it.
    """

    boxes: dict[str, Box]
    routes: dict[str, tuple[tuple[float, float], ...]]
    upright: frozenset[str]
    headers: tuple[Header, ...]
    width: float
    height: float


def build_layout(picture: Picture, metrics: Metrics | None = None) -> Layout:
    """Place a picture. An empty picture gives an empty layout of the size of its margins."""
    metrics = metrics or Metrics()
    if not picture.nodes:
        return Layout({}, {}, frozenset(), (), 2 * metrics.margin, 2 * metrics.margin + metrics.header)
    columns = build_columns(picture)
    heights = _heights_of(picture, columns, metrics)
    middles = _place_rows(columns, heights, metrics)
    boxes: dict[str, Box] = {}
    step = metrics.node_width + metrics.column_gap
    for number, slots in enumerate(columns.slots):
        for slot in slots:
            top = middles[slot] - heights[slot] / 2
            boxes[slot] = Box(metrics.margin + number * step, top, metrics.node_width, heights[slot], number)
    upright = _upright_links(picture, columns)
    routes = {
        link.uid: _route_upright(boxes[link.source], boxes[link.target])
        if link.uid in upright
        else _route(columns, boxes, link.uid, link.source)
        for link in picture.links
    }
    shown = {uid: box for uid, box in boxes.items() if uid not in columns.waypoints}
    bottom = max(box.y + box.height for box in boxes.values())
    width = 2 * metrics.margin + len(columns.slots) * step - metrics.column_gap
    return Layout(shown, routes, upright, _headers(columns, metrics), width, bottom + metrics.margin)


def spread(desired: Sequence[float], gaps: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Positions nearest to ``desired`` (least squares) with ``gaps[i]`` at least between ``i`` and ``i + 1``.

    Isotonic regression by pooling neighbors that would violate the order.
    """
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    pools: list[tuple[float, float, int]] = []  # mean, weight, size
    for want, offset, weight in zip(desired, offsets, weights, strict=True):
        mean, mass, size = want - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, heavy, many = pools.pop()
            mean = (mean * mass + other * heavy) / (mass + heavy)
            mass, size = mass + heavy, size + many
        pools.append((mean, mass, size))
    flat = [mean for mean, _, size in pools for _ in range(size)]
    return [value + offset for value, offset in zip(flat, offsets, strict=True)]


def _heights_of(picture: Picture, columns: Columns, metrics: Metrics) -> dict[str, float]:
    """The height of every slot."""
    heights = dict.fromkeys(columns.waypoints, metrics.waypoint_height)
    for node in picture.nodes:
        heights[node.uid] = metrics.strategy_height if node.label == "Strategy" else metrics.node_height
    return heights


def _upright_links(picture: Picture, columns: Columns) -> frozenset[str]:
    """Links between neighbors of one column that carry each other on."""
    below = {one: other for slots in columns.slots for one, other in itertools.pairwise(slots)}
    return frozenset(
        link.uid
        for link in picture.links
        if link.kind == LinkKind.CARRIED_TO
        and (below.get(link.source) == link.target or below.get(link.target) == link.source)
    )


def _place_rows(columns: Columns, heights: Mapping[str, float], metrics: Metrics) -> dict[str, float]:
    """The middle of every slot: near its neighbors' middles, in the order found, never overlapping."""
    middles: dict[str, float] = {}
    for slots in columns.slots:
        y = 0.0
        for slot in slots:
            middles[slot] = y + heights[slot] / 2
            y += heights[slot] + metrics.row_gap
    before, after = neighbors_of(columns)
    last = len(columns.slots) - 1
    for sweep in range(SWEEPS):
        near = before if sweep % 2 == 0 else after
        for number in range(last + 1) if sweep % 2 == 0 else range(last, -1, -1):
            _settle(columns.slots[number], near, middles, heights, columns, metrics)
    top = min(middles[slot] - heights[slot] / 2 for slot in middles)
    shift = metrics.margin + metrics.header - top
    return {slot: y + shift for slot, y in middles.items()}


def _settle(
    slots: Sequence[str],
    near: Mapping[str, list[str]],
    middles: dict[str, float],
    heights: Mapping[str, float],
    columns: Columns,
    metrics: Metrics,
) -> None:
    waypoints, stacks = columns.waypoints, columns.stacks
    desired = []
    for slot in slots:
        others = [middles[o] for o in near.get(slot, ())]
        desired.append(sum(others) / len(others) if others else middles[slot])
    gaps = []
    for one, other in itertools.pairwise(slots):
        both_links = one in waypoints and other in waypoints
        together = one in stacks and stacks[one] == stacks.get(other)
        gap = 0.0 if both_links else metrics.step_gap if together else metrics.row_gap
        gaps.append((heights[one] + heights[other]) / 2 + gap)
    weights = [4.0 if slot in waypoints else 1.0 for slot in slots]  # long links stay straight
    middles.update(zip(slots, spread(desired, gaps, weights), strict=True))


def _route_upright(source: Box, target: Box) -> tuple[tuple[float, float], ...]:
    """From the edge of a box straight to the facing edge of the one below or above it."""
    x = source.x + source.width / 2
    down = source.y < target.y
    start, end = (source.y + source.height, target.y) if down else (source.y, target.y + target.height)
    return (x, start), (x, end)


def _route(columns: Columns, boxes: Mapping[str, Box], link: str, source: str) -> tuple[tuple[float, float], ...]:
    """Points of a link: out of a box's right side, level across waypoints, into the next box's left side."""
    chain = columns.chains[link]
    first, last = boxes[chain[0]], boxes[chain[-1]]
    if first.column == last.column:  # two rows of one column: an arc beside them
        right = first.x + first.width
        points = [(right, first.middle), (right, last.middle)]
    else:
        points = [(first.x + first.width, first.middle)]
        for slot in chain[1:-1]:
            box = boxes[slot]
            points += [(box.x, box.middle), (box.x + box.width, box.middle)]
        points.append((last.x, last.middle))
    return tuple(points if chain[0] == source else reversed(points))


def _headers(columns: Columns, metrics: Metrics) -> tuple[Header, ...]:
    """One heading for each run of columns of one level."""
    headers: list[Header] = []
    step = metrics.node_width + metrics.column_gap
    for number, (level, slots) in enumerate(zip(columns.levels, columns.slots, strict=True)):
        count = sum(1 for slot in slots if slot not in columns.waypoints)
        x = metrics.margin + number * step
        if headers and headers[-1].level == level:
            start = headers[-1]
            headers[-1] = Header(start.x, x + metrics.node_width - start.x, level, start.count + count)
        else:
            headers.append(Header(x, metrics.node_width, level, count))
    return tuple(headers)

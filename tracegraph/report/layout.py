"""Where everything of a trace stands: plan levels as columns, no two boxes over each other.

Units are pixels at 100 %; y grows downward. Deterministic: the same picture gives the same numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracegraph.report.order import Columns, build_columns, neighbors_of
from tracegraph.report.picture import Picture

SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes of boxes and gaps."""

    node_width: float = 176.0
    node_height: float = 76.0
    column_gap: float = 68.0
    row_gap: float = 16.0
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
    """Boxes by uid, routes by link uid (points from source to target), headings, and the size of the whole."""

    boxes: dict[str, Box]
    routes: dict[str, tuple[tuple[float, float], ...]]
    headers: tuple[Header, ...]
    width: float
    height: float


def build_layout(picture: Picture, metrics: Metrics | None = None) -> Layout:
    """Place a picture. An empty picture gives an empty layout of the size of its margins."""
    metrics = metrics or Metrics()
    if not picture.nodes:
        return Layout({}, {}, (), 2 * metrics.margin, 2 * metrics.margin + metrics.header)
    columns = build_columns(picture)
    middles = _place_rows(columns, metrics)
    boxes: dict[str, Box] = {}
    step = metrics.node_width + metrics.column_gap
    for number, slots in enumerate(columns.slots):
        for slot in slots:
            height = metrics.waypoint_height if slot in columns.waypoints else metrics.node_height
            top = middles[slot] - height / 2
            boxes[slot] = Box(metrics.margin + number * step, top, metrics.node_width, height, number)
    routes = {link.uid: _route(columns, boxes, link.uid, link.source) for link in picture.links}
    shown = {uid: box for uid, box in boxes.items() if uid not in columns.waypoints}
    bottom = max(box.y + box.height for box in boxes.values())
    width = 2 * metrics.margin + len(columns.slots) * step - metrics.column_gap
    return Layout(shown, routes, _headers(columns, metrics), width, bottom + metrics.margin)


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


def _place_rows(columns: Columns, metrics: Metrics) -> dict[str, float]:
    """The middle of every slot: near its neighbors' middles, in the order found, never overlapping."""
    heights = {
        slot: metrics.waypoint_height if slot in columns.waypoints else metrics.node_height
        for slots in columns.slots
        for slot in slots
    }
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
            _settle(columns.slots[number], near, middles, heights, columns.waypoints, metrics.row_gap)
    top = min(middles[slot] - heights[slot] / 2 for slot in middles)
    shift = metrics.margin + metrics.header - top
    return {slot: y + shift for slot, y in middles.items()}


def _settle(
    slots: Sequence[str],
    near: Mapping[str, list[str]],
    middles: dict[str, float],
    heights: Mapping[str, float],
    waypoints: frozenset[str],
    row_gap: float,
) -> None:
    desired = []
    for slot in slots:
        others = [middles[o] for o in near.get(slot, ())]
        desired.append(sum(others) / len(others) if others else middles[slot])
    gaps = []
    for one, other in itertools.pairwise(slots):
        both_links = one in waypoints and other in waypoints
        gaps.append((heights[one] + heights[other]) / 2 + (0.0 if both_links else row_gap))
    weights = [4.0 if slot in waypoints else 1.0 for slot in slots]  # long links stay straight
    middles.update(zip(slots, spread(desired, gaps, weights), strict=True))


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

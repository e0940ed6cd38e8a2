"""Columns by plan level, no two boxes over each other, the same picture every time."""

from __future__ import annotations

from itertools import combinations, pairwise

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.picture_graphs import build_graph, build_wide_graph
from tracegraph.report.layout import Box, build_layout, spread
from tracegraph.report.order import build_columns, count_crossings
from tracegraph.report.picture import COLUMN_ORDER, read_picture

KINDS = [f"PK{n:02d}" for n in range(1, 13)]


def _overlap(one: Box, other: Box) -> bool:
    apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
    apart_y = one.y + one.height <= other.y + 1e-6 or other.y + other.height <= one.y + 1e-6
    return not (apart_x or apart_y)


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Any graph of needs, projects and strategies, with cycles, loops and parallel links."""
    graph = nx.MultiDiGraph()
    count = draw(st.integers(1, 24))
    for number in range(count):
        label = draw(st.sampled_from(["Need", "Project", "Strategy"]))
        graph.add_node(f"n{number}", label=label, text=f"ข้อ {number}", plan_kind=draw(st.sampled_from(KINDS)))
    ends = st.integers(0, count - 1)
    for number, (a, b) in enumerate(draw(st.lists(st.tuples(ends, ends), max_size=40))):
        kind = draw(st.sampled_from(["ANSWERED_BY", "CARRIED_TO", "SAME_WORK", "ALIGNS_WITH"]))
        graph.add_edge(f"n{a}", f"n{b}", key=f"k{number}", uid=f"k{number}", kind=kind, status="declared")
    return graph


@given(graphs())
@settings(max_examples=80, deadline=None)
def test_no_two_boxes_overlap_and_every_link_has_a_route(graph: nx.MultiDiGraph) -> None:
    picture = read_picture(graph)
    layout = build_layout(picture)
    assert set(layout.boxes) == {n.uid for n in picture.nodes}
    for one, other in combinations(layout.boxes.values(), 2):
        assert not _overlap(one, other)
    for box in layout.boxes.values():
        assert box.x >= 0 and box.x + box.width <= layout.width
        assert box.y >= 0 and box.y + box.height <= layout.height
    for link in picture.links:
        points = layout.routes[link.uid]
        start, end = layout.boxes[link.source], layout.boxes[link.target]
        if link.uid in layout.upright:
            assert points[0][0] == points[-1][0] == start.x + start.width / 2
            assert {points[0][1], points[-1][1]} <= {b.y + h for b in (start, end) for h in (0, b.height)}
        else:
            assert points[0][1] == start.middle and points[-1][1] == end.middle


@settings(deadline=None)
@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=30), st.floats(0, 100))
def test_spread_keeps_order_and_gaps(desired: list[float], gap: float) -> None:
    placed = spread(desired, [gap] * (len(desired) - 1), [1.0] * len(desired))
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(placed))
    if all(b - a >= gap for a, b in pairwise(desired)):
        assert all(abs(a - b) < 1e-6 for a, b in zip(desired, placed, strict=True))


def test_levels_stand_from_village_to_budget_and_strategies_on_the_other_side() -> None:
    layout = build_layout(read_picture(build_graph()))
    levels = [h.level for h in layout.headers]
    assert levels == ["need", "tambon", "local", "district", "province", "budget", "strategy", "national"]
    assert levels == sorted(levels, key=COLUMN_ORDER.index)
    x = {uid: box.x for uid, box in layout.boxes.items()}
    assert x["need:1"] < x["proj:a"] < x["proj:b"] == x["proj:b2"] < x["proj:d"] < x["proj:f"] < x["proj:g"] < x["PV:2"]
    assert sum(h.count for h in layout.headers) == 10


def test_items_of_one_level_that_carry_each_other_on_stand_one_below_the_other() -> None:
    graph = build_graph()
    for uid in ("proj:b3", "proj:b4"):
        graph.add_node(uid, label="Project", name=uid, plan_kind="PK03", plan_rank=3)
    graph.add_edge("proj:b2", "proj:b3", key="k1", uid="k1", kind="CARRIED_TO", status="declared", probability=1.0)
    graph.add_edge("need:2", "proj:b4", key="k2", uid="k2", kind="ANSWERED_BY", status="declared", probability=1.0)
    layout = build_layout(read_picture(graph))
    column = sorted((b.y, u) for u, b in layout.boxes.items() if b.column == layout.boxes["proj:b"].column)
    order = [uid for _, uid in column]
    start = order.index("proj:b")
    assert order[start : start + 3] == ["proj:b", "proj:b2", "proj:b3"]
    assert {"link:CARRIED_TO-proj:b-proj:b2", "k1"} <= layout.upright and "k2" not in layout.upright


def test_items_that_carry_each_other_on_in_a_circle_are_placed() -> None:
    graph = nx.MultiDiGraph()
    for uid in ("a", "b", "c"):
        graph.add_node(uid, label="Project", name=uid, plan_kind="PK03")
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        graph.add_edge(one, other, key=one, uid=one, kind="CARRIED_TO", status="declared", probability=1.0)
    layout = build_layout(read_picture(graph))
    assert len({box.y for box in layout.boxes.values()}) == 3


def test_the_same_graph_gives_the_same_picture_whatever_order_it_was_built_in() -> None:
    graph = build_wide_graph(30)
    turned = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert build_layout(read_picture(graph)) == build_layout(read_picture(turned))


def test_sweeps_leave_far_fewer_crossings_than_the_order_of_ids() -> None:
    picture = read_picture(build_wide_graph(60))
    columns = build_columns(picture)
    swept = count_crossings(columns)
    waypoints = columns.waypoints
    columns.slots = [sorted(slots, key=lambda s: (s in waypoints, s)) for slots in columns.slots]
    assert swept < count_crossings(columns) * 0.6


def test_an_empty_graph_has_an_empty_layout() -> None:
    layout = build_layout(read_picture(nx.MultiDiGraph()))
    assert layout.boxes == {} and layout.headers == () and layout.width > 0

"""What a picture leaves out: suggestions that facts imply, weaker suggestions of a list; and that it says so."""

from __future__ import annotations

import networkx as nx
import pytest

from tests.picture_graphs import build_graph
from tracegraph.report.fold import fold_picture
from tracegraph.report.picture import Picture, read_picture
from tracegraph.report.svg import trace_svg


def _graph(*links: tuple[str, str, str, str, float]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for kind, source, target, status, probability in links:
        for uid in (source, target):
            label = {"n": "Need", "p": "Project", "s": "Strategy"}[uid[0]]
            graph.add_node(
                uid, label=label, name=uid, plan_rank=int(uid[1:]), list_id=uid[1] if label == "Strategy" else None
            )
        graph.add_edge(source, target, key=f"{kind}{source}{target}", kind=kind, status=status, probability=probability)
    return graph


def _drawn(graph: nx.MultiDiGraph) -> tuple[set[tuple[str, str]], Picture]:
    picture = fold_picture(read_picture(graph))
    return {(k.source, k.target) for k in picture.links}, picture


def test_a_suggestion_that_facts_imply_is_not_drawn() -> None:
    way = [("ANSWERED_BY", "n1", "p2", "declared", 1.0), ("CARRIED_TO", "p2", "p3", "confirmed", 1.0)]
    drawn, picture = _drawn(
        _graph(*way, ("ANSWERED_BY", "n1", "p3", "suggested", 0.9), ("SAME_WORK", "p3", "p2", "suggested", 0.9))
    )
    assert drawn == {("n1", "p2"), ("p2", "p3")} and picture.folded == 2


@pytest.mark.parametrize(("status", "probability"), [("suggested", 0.8), ("rejected", 0.95)])
def test_a_direct_suggestion_is_drawn_where_the_other_way_is_weaker(status: str, probability: float) -> None:
    way = [("ANSWERED_BY", "n1", "p2", "declared", 1.0), ("CARRIED_TO", "p2", "p3", status, probability)]
    drawn, picture = _drawn(_graph(*way, ("ANSWERED_BY", "n1", "p3", "suggested", 0.9)))
    assert ("n1", "p3") in drawn and picture.folded == 0


def test_of_suggestions_to_every_stage_the_way_step_by_step_is_drawn() -> None:
    stages = [("ANSWERED_BY", "n1", f"p{n}", "suggested", 0.94) for n in (2, 3, 4)]
    way = [("CARRIED_TO", "p2", "p3", "suggested", 0.92), ("CARRIED_TO", "p3", "p4", "suggested", 0.97)]
    drawn, picture = _drawn(_graph(*stages, *way, ("ANSWERED_BY", "n1", "p9", "suggested", 0.6)))
    assert drawn == {("n1", "p2"), ("p2", "p3"), ("p3", "p4"), ("n1", "p9")} and picture.folded == 2
    circle = [("CARRIED_TO", "p2", "p3", "suggested", 0.9), ("CARRIED_TO", "p3", "p2", "suggested", 0.9)]
    drawn, picture = _drawn(_graph(*circle, *stages[:2]))
    assert {t for s, t in drawn if s == "n1"} and picture.folded == 1, "one way in stays"


def test_facts_about_strategies_stay_and_of_a_list_the_best_suggestion_only_where_there_is_no_fact() -> None:
    drawn, picture = _drawn(
        _graph(
            ("ALIGNS_WITH", "p3", "s11", "declared", 1.0),
            ("ALIGNS_WITH", "p9", "s11", "declared", 1.0),
            ("ALIGNS_WITH", "p3", "s12", "suggested", 0.99),
            ("ALIGNS_WITH", "p3", "s21", "suggested", 0.6),
            ("ALIGNS_WITH", "p9", "s22", "suggested", 0.7),
            ("ALIGNS_WITH", "p9", "s31", "rejected", 0.7),
        )
    )
    assert drawn == {("p9", "s11"), ("p9", "s22")} and picture.folded == 4
    assert {n.uid for n in picture.nodes} == {"p3", "p9", "s11", "s22"}


def test_the_picture_says_how_many_lines_it_left_out() -> None:
    assert "รวม 1 เส้น" in trace_svg(build_graph())
    assert "ย่อผัง" not in trace_svg(_graph(("ANSWERED_BY", "n1", "p2", "suggested", 0.9)))

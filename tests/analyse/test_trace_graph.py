"""The trace as networkx: what is in it, in which order, and what is left out."""

from __future__ import annotations

import networkx as nx
import pytest

from tracegraph.analyse.items import find_item
from tracegraph.analyse.trace import trace_item, trace_need, trace_project
from tracegraph.errors import NotFoundError
from tracegraph.graph import Store
from tracegraph.report.svg import trace_svg

F3 = "story.xlsx#ผ.02#25"


def meaning(graph: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    kinds = {"ANSWERED_BY", "CARRIED_TO", "ALIGNS_WITH", "SAME_WORK"}
    return {(d["kind"], a, b) for a, b, d in graph.edges(data=True) if d["kind"] in kinds}


def test_a_need_with_everything_around_it(told: Store) -> None:
    graph = trace_need(told, "N01", 0.5)
    assert meaning(graph) == {
        ("ANSWERED_BY", "need:N01", "proj:A3"),
        ("CARRIED_TO", "proj:A3", "proj:A5"),
        ("CARRIED_TO", "proj:A5", "proj:A6"),
        ("CARRIED_TO", "proj:A6", "proj:A9"),
        ("ALIGNS_WITH", "proj:A3", "PV81-2566:2"),
        ("ALIGNS_WITH", "proj:A3", "PV81-2566:2.1"),
        ("ALIGNS_WITH", "proj:A3", "NS:2"),
        ("SAME_WORK", "proj:A3", "proj:A5"),
    }
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert labels == {"Need", "Project", "Plan", "Body", "Area", "Document", "Strategy"}
    structure = {(d["kind"], a, b) for a, b, d in graph.edges(data=True)} - meaning(graph)
    assert structure >= {
        ("RAISED_IN", "need:N01", "plan:V1"),
        ("LISTED_IN", "proj:A3", "plan:L1"),
        ("OWNED_BY", "plan:L1", "body:อบต.ก"),
        ("LOCATED_IN", "need:N01", "81040101"),
        ("WITHIN", "81040101", "810401"),
        ("WITHIN", "8104", "81"),
        ("GUIDES", "PV81-2566:2", "PV81-2566:2.1"),
        ("STATED_IN", "need:N01", graph.nodes["need:N01"]["document"]),
    }
    assert graph.graph == {"focus": "need:N01", "floor": 0.5, "dropped": 0}


def test_node_and_link_data_are_the_properties(told: Store) -> None:
    graph = trace_need(told, "N01", 0.5)
    project = graph.nodes["proj:A3"]
    assert (project["name"], project["plan_kind"], project["amount"], project["row"]) == (
        "ก่อสร้างถนน คสล. บ้านหนึ่ง",
        "PK03",
        1_000_000.0,
        16,
    )
    (key,) = graph["need:N01"]["proj:A3"]
    link = graph.edges["need:N01", "proj:A3", key]
    assert key == link["uid"]
    assert key.startswith("link:")
    assert (link["status"], link["probability"], link["kind"]) == ("declared", 1.0, "ANSWERED_BY")
    stated = next(d for _, _, d in graph.out_edges("proj:A3", data=True) if d["kind"] == "STATED_IN")
    assert (stated["sheet"], stated["row"]) == ("ผ.02", 16)


def test_facts_only_and_below_the_floor(told: Store) -> None:
    facts = trace_need(told, "N01", 1.01)
    assert "proj:A9" not in facts
    assert ("ALIGNS_WITH", "proj:A3", "PV81-2566:2.1") not in meaning(facts)
    assert meaning(trace_need(told, "N08", 0.0)) == set()  # the only link is rejected
    assert "need:N08" in trace_need(told, "N08", 0.0)


def test_a_project_both_up_and_down(told: Store) -> None:
    assert meaning(trace_project(told, "B4", 0.5)) >= {
        ("ANSWERED_BY", "need:N02", "proj:B3"),
        ("CARRIED_TO", "proj:B3", "proj:B4"),
        ("CARRIED_TO", "proj:B4", "proj:B5"),
        ("ALIGNS_WITH", "proj:B3", "PV81-2566:2"),
    }
    needs = {uid for uid, data in trace_project(told, F3, 0.2).nodes(data=True) if data["label"] == "Need"}
    assert needs == {"need:N06", "need:N07", "need:N10", "need:N13"}


def test_an_item_by_any_of_its_ids(told: Store) -> None:
    assert find_item(told, "N06")["uid"] == find_item(told, "need:N06")["uid"] == "need:N06"
    assert find_item(told, F3)["label"] == "Project"
    assert find_item(told, " story.xlsx#ผ.02#15 ", "Need")["uid"] == "need:N14"
    assert find_item(told, "forum.csv##2")["uid"] == "need:NEW"
    assert trace_item(told, "A5", 0.5).graph["focus"] == "proj:A5"


@pytest.mark.parametrize("item", ["ZZ", "story.xlsx#ผ.02#999", "story.xlsx#ผ.02#x", "need:none", "", "' OR 1=1 //"])
def test_an_unknown_id_is_refused_with_a_hint(told: Store, item: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_item(told, item)
    assert "file#sheet#row" in caught.value.hint_en
    with pytest.raises(NotFoundError):
        trace_project(told, "N01", 0.5)


def test_the_order_is_the_same_each_time(told: Store) -> None:
    one, two = trace_need(told, "N11", 0.5), trace_need(told, "N11", 0.5)
    assert list(one.nodes) == list(two.nodes) == sorted(one.nodes)
    assert list(one.edges(keys=True)) == list(two.edges(keys=True))


def test_a_limit_keeps_the_nearest(told: Store) -> None:
    whole = trace_need(told, "N01", 0.5)
    cut = trace_need(told, "N01", 0.5, most=4)
    assert len(cut) == 4
    assert cut.graph["dropped"] == len(whole) - 4
    assert "need:N01" in cut
    near = nx.single_source_shortest_path_length(whole.to_undirected(), "need:N01")
    assert max(near[uid] for uid in cut) == 1


def test_pictures_can_be_drawn_of_it(told: Store) -> None:
    drawn = trace_svg(trace_need(told, "N01", 0.5))
    assert "ก่อสร้างถนน" in drawn
    assert "need:N01" in drawn

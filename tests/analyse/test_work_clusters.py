"""Clusters of the same work: connected components, surplus money, bridges."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tracegraph.analyse.clusters import TWICE_CLASSES, build_clusters, find_clusters, find_surplus
from tracegraph.graph import Store


def pair(left: str, right: str, amounts: dict[str, float], status: str = "suggested") -> dict[str, Any]:
    ends = {end: {"uid": uid, "name": f"งาน {uid}", "amount": amounts[uid]} for end, uid in (("a", left), ("b", right))}
    link = {"uid": f"link:{left}{right}", "status": status, "probability": 0.8, "class": "duplicate"}
    return {**ends, **link}


def test_all_but_the_largest_is_surplus() -> None:
    amounts = {"p1": 100.0, "p2": 300.0, "p3": 200.0}
    (cluster,) = build_clusters([pair("p1", "p2", amounts), pair("p2", "p3", amounts), pair("p1", "p3", amounts)])
    assert (cluster.money, cluster.surplus) == (600.0, 300.0)
    assert [(item.uid, item.surplus) for item in cluster.items] == [("p2", False), ("p3", True), ("p1", True)]
    assert [link.bridge for link in cluster.links] == [False, False, False]
    assert cluster.weak_bridges == ()


def test_equal_amounts_keep_the_first_by_uid() -> None:
    amounts = dict.fromkeys(("p1", "p2", "p3"), 50.0)
    (cluster,) = build_clusters([pair("p2", "p3", amounts), pair("p1", "p2", amounts)])
    assert [item.uid for item in cluster.items if not item.surplus] == ["p1"]
    assert cluster.surplus == 100.0


def test_two_groups_on_one_suggested_link_are_warned_about() -> None:
    amounts = dict.fromkeys("abcdef", 10.0)
    triangle = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "e"), ("e", "f"), ("d", "f")]
    rows = [pair(x, y, amounts) for x, y in triangle] + [pair("c", "d", amounts)]
    (cluster,) = build_clusters(rows)
    assert [link.uid for link in cluster.weak_bridges] == ["link:cd"]
    (confirmed,) = build_clusters([*rows[:-1], pair("c", "d", amounts, status="confirmed")])
    assert confirmed.weak_bridges == ()
    assert [link.bridge for link in confirmed.links].count(True) == 1


def test_a_pair_of_two_is_no_weak_bridge_and_nothing_gives_nothing() -> None:
    (cluster,) = build_clusters([pair("a", "b", {"a": 1.0, "b": 2.0})])
    assert cluster.weak_bridges == ()
    assert build_clusters([]) == ()


@given(
    st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda p: p[0] < p[1]), max_size=12), st.randoms()
)
def test_order_of_the_pairs_changes_nothing(pairs: set[tuple[int, int]], random: Any) -> None:
    amounts = {f"p{n}": float(n % 3) for n in range(8)}
    rows = [pair(f"p{a}", f"p{b}", amounts) for a, b in sorted(pairs)]
    shuffled = list(rows)
    random.shuffle(shuffled)
    clusters = build_clusters(rows)
    assert build_clusters(shuffled) == clusters
    # each item in one cluster, and as many surplus items as items less clusters
    uids = [item.uid for cluster in clusters for item in cluster.items]
    assert len(uids) == len(set(uids))
    assert sum(item.surplus for cluster in clusters for item in cluster.items) == len(uids) - len(clusters)


def test_clusters_of_the_story(told: Store) -> None:
    found = find_clusters(told, floor=0.5)
    assert [([item.shown_id for item in c.items], c.surplus) for c in found] == [
        (["E3", "K3"], 3_000_000.0),
        (["story.xlsx#ผ.02#25", "X3"], 280_000.0),
        (["G4", "G3"], 50_000.0),
    ]
    assert find_surplus(told, floor=0.5) == {"proj:K3": 3_000_000.0, "proj:X3": 280_000.0, "proj:G3": 50_000.0}
    joined = find_clusters(told, floor=0.3)  # B3–X3 joins F3–X3
    assert [len(c.items) for c in joined] == [2, 3, 2]
    assert {link.uid for c in joined for link in c.weak_bridges} == {link.uid for link in joined[1].links}
    assert find_clusters(told, floor=1.01)[0].items[0].owner_name == "อบต.ก"
    assert find_clusters(told, area="82") == ()


def test_the_classes_in_the_questions_are_those_of_the_model() -> None:
    from tracegraph.analyse.questions import load_questions

    listed = "[" + ", ".join(f"'{code}'" for code in TWICE_CLASSES) + "]"
    for name in ("duplicates_across_bodies", "money_at_stake", "area_profile"):
        assert f"r.class IN {listed}" in load_questions()[name].cypher, name

"""Clusters: components cut at vetoes, ids that survive, bridges that are named."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracegraph.link.clusters import build_clusters, find_bridges

PAIRS = st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))
LINKS = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.floats(0, 1)), max_size=20)


def members(links: list[tuple[str, str, float]], **options: object) -> list[tuple[str, ...]]:
    return sorted(cluster.members for cluster in build_clusters(links, **options).clusters)  # type: ignore[arg-type]


def test_linked_records_are_one_cluster_and_single_ones_are_none() -> None:
    assert members([("a", "b", 0.9), ("b", "c", 0.8), ("x", "y", 0.7), ("z", "z", 0.7)]) == [
        ("a", "b", "c"),
        ("x", "y"),
    ]


def test_a_veto_inside_cuts_at_the_weakest_link() -> None:
    found = build_clusters([("a", "b", 0.9), ("b", "c", 0.6), ("c", "d", 0.9)], apart=[("a", "d")])
    assert sorted(cluster.members for cluster in found.clusters) == [("a", "b"), ("c", "d")]
    assert found.cuts == (("b", "c"),)


def test_a_must_link_stands_before_stronger_suggestions_and_yields_only_to_a_cannot_link() -> None:
    assert members([("a", "b", 0.99)], must=[("b", "c")], apart=[("a", "c")]) == [("b", "c")]
    assert members([], must=[("a", "b")], apart=[("b", "a")]) == []


def test_ids_survive_new_members_and_are_given_by_the_majority() -> None:
    first = build_clusters([("b", "c", 0.9), ("c", "d", 0.9)])
    old = first.clusters[0].id
    previous = dict.fromkeys(("b", "c", "d"), old)
    second = build_clusters([("a", "b", 0.9), ("b", "c", 0.9), ("c", "d", 0.9)], previous=previous)
    assert second.clusters[0].id == old
    split = build_clusters([("b", "c", 0.9), ("d", "e", 0.9)], previous=previous)
    assert {cluster.members: cluster.id == old for cluster in split.clusters} == {("b", "c"): True, ("d", "e"): False}


def test_a_single_link_between_two_halves_is_a_bridge() -> None:
    links = [
        ("a", "b", 0.9),
        ("b", "c", 0.9),
        ("a", "c", 0.9),
        ("c", "d", 0.6),
        ("d", "e", 0.9),
        ("e", "f", 0.9),
        ("d", "f", 0.9),
    ]
    found = build_clusters(links).clusters[0]
    assert found.bridges == (("c", "d"),)
    assert build_clusters([*links, ("a", "f", 0.6)]).clusters[0].bridges == ()


def test_a_long_chain_needs_no_deep_recursion() -> None:
    names = [f"r{n:05d}" for n in range(5_000)]
    links = [(a, b, 0.9) for a, b in pairwise(names)]
    found = build_clusters(links).clusters[0]
    assert len(found.members) == 5_000
    assert len(found.bridges) == 4_997


@given(LINKS, st.lists(PAIRS, max_size=6), st.randoms(use_true_random=False))
def test_no_cluster_holds_a_vetoed_pair_and_order_changes_nothing(
    links: list[tuple[str, str, float]], apart: list[tuple[str, str]], rng: random.Random
) -> None:
    vetoes = [(a, b) for a, b in apart if a != b]
    found = build_clusters(links, apart=vetoes)
    for cluster in found.clusters:
        assert not any(a in cluster.members and b in cluster.members for a, b in vetoes)
    shuffled = list(links)
    rng.shuffle(shuffled)
    assert build_clusters(shuffled, apart=vetoes) == found


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), min_size=3, max_size=16))
def test_bridges_are_those_whose_removal_parts_two_halves(pairs: list[tuple[str, str]]) -> None:
    edges = sorted({tuple(sorted(pair)) for pair in pairs if pair[0] != pair[1]})
    for cluster in build_clusters([(a, b, 1.0) for a, b in edges]).clusters:
        inside = [edge for edge in edges if edge[0] in cluster.members]
        assert set(cluster.bridges) == {edge for edge in inside if _parts(cluster.members, inside, edge)}


def _parts(records: tuple[str, ...], edges: list[tuple[str, ...]], removed: tuple[str, ...]) -> bool:
    """The slow obvious way: remove the link and see how far one end still reaches."""
    reached = {removed[0]}
    for _ in records:
        reached |= {b for a, b in edges if a in reached and (a, b) != removed}
        reached |= {a for a, b in edges if b in reached and (a, b) != removed}
    return removed[1] not in reached and 2 <= len(reached) <= len(records) - 2


def test_a_cluster_of_three_has_no_halves() -> None:
    assert find_bridges(("a", "b", "c"), {"a": ["b"], "b": ["a", "c"], "c": ["b"]}) == ()

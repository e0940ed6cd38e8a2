"""Clusters of labelled pairs against the truth, counted by hand."""

from __future__ import annotations

import pytest

from tracegraph.link.same_work.evaluation import JudgedPair, compare_clusters, find_wrong, split_pairs
from tracegraph.link.same_work.labels import LabelledPair


def judged(row: int, left: str, right: str, same: bool, score: float, *, veto: str | None = None) -> JudgedPair:
    label = LabelledPair(row, left, right, same, "SAME" if same else "DIFF", "village" if not same else "")
    return JudgedPair(label, left, right, score, "duplicate" if score > 0 else None, veto)


PAIRS = [
    judged(2, "a", "b", True, 3.0),
    judged(3, "b", "c", True, -1.0),
    judged(4, "c", "d", False, 2.0),
    judged(5, "e", "f", False, -4.0),
]


def test_clusters_pairwise_and_b_cubed_by_hand() -> None:
    found = compare_clusters(PAIRS, 0.5)
    # found: {a,b} {c,d} e f; true: {a,b,c} d e f
    assert (found.records, found.found, found.true, found.cuts) == (6, 2, 1, 0)
    assert (found.pairwise.found, found.pairwise.wrong, found.pairwise.missed) == (1, 1, 2)
    assert found.precision == pytest.approx((1 + 1 + 0.5 + 0.5 + 1 + 1) / 6)
    assert found.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1 + 1) / 6)


def test_a_join_across_a_veto_is_cut() -> None:
    pairs = [
        judged(2, "a", "b", True, 3.0),
        judged(3, "b", "c", False, 2.0),
        judged(4, "a", "c", False, -9.0, veto="village"),
    ]
    found = compare_clusters(pairs, 0.5)
    assert found.cuts == 1
    assert found.pairwise.precision == found.pairwise.recall == 1.0


def test_wrong_pairs_come_surest_first_and_parts_leave_nothing_out() -> None:
    assert [pair.label.row for pair in find_wrong(PAIRS, 0.5)] == [4, 3]
    assert find_wrong([], 0.5) == []
    parts = split_pairs(PAIRS, lambda pair: pair.label.label)
    assert {name: len(pairs) for name, pairs in parts.items()} == {"DIFF": 2, "SAME": 2}
    assert split_pairs(PAIRS, lambda pair: pair.label.kind).keys() == {"village"}


def test_nothing_to_compare_gives_no_figure_instead_of_zero() -> None:
    found = compare_clusters([], 0.5)
    assert (found.precision, found.recall, found.f1, found.pairwise.precision) == (None, None, None, None)

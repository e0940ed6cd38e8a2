"""Figures of labelled pairs, against their definitions."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.link.evaluate import (
    build_folds,
    build_reliability,
    cross_validate,
    find_average_precision,
    find_best,
    find_calibration_error,
    find_curve,
    find_recall_at,
    measure,
)

SCORED = st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), st.booleans()), min_size=1, max_size=30)


def test_precision_recall_and_f1_at_a_threshold() -> None:
    figures = measure([(0.9, True), (0.8, False), (0.5, True), (0.2, True), (0.1, False)])
    assert (figures.found, figures.wrong, figures.missed) == (2, 1, 1)
    assert figures.precision == pytest.approx(2 / 3)
    assert figures.recall == pytest.approx(2 / 3)
    assert figures.f1 == pytest.approx(2 / 3)


def test_a_ratio_without_a_denominator_is_none_and_not_zero() -> None:
    assert measure([(0.1, False)]).precision is None
    assert measure([(0.1, False)]).recall is None
    assert measure([]).f1 is None
    assert find_average_precision([(0.5, False)]) is None
    assert find_average_precision([]) is None
    assert find_best([]) is None


def test_average_precision_of_a_perfect_and_of_a_known_ranking() -> None:
    assert find_average_precision([(0.9, True), (0.8, True), (0.1, False)]) == 1.0
    assert find_average_precision([(0.9, True), (0.8, False), (0.7, True)]) == pytest.approx((1 + 2 / 3) / 2)


def test_recall_at_a_precision_takes_the_furthest_threshold_that_keeps_it() -> None:
    pairs = [(0.9, True), (0.8, False), (0.7, True), (0.6, True), (0.5, False)]
    assert find_recall_at(pairs, 0.75) == 1.0
    assert find_recall_at(pairs, 0.9) == pytest.approx(1 / 3)
    assert find_recall_at([(0.9, False), (0.1, True)], 0.9) == 0.0


@given(SCORED, st.randoms(use_true_random=False))
def test_no_figure_depends_on_the_order_of_equal_scores(pairs: list[tuple[float, bool]], rng: random.Random) -> None:
    shuffled = list(pairs)
    rng.shuffle(shuffled)
    assert find_curve(shuffled) == find_curve(pairs)
    assert find_average_precision(shuffled) == find_average_precision(pairs)


@given(SCORED)
def test_the_best_threshold_is_as_good_as_any(pairs: list[tuple[float, bool]]) -> None:
    best = find_best(pairs)
    assert best is not None
    assert best == measure(pairs, best.threshold)
    assert all((best.f1 or 0) >= (measure(pairs, t / 20).f1 or 0) for t in range(21))


def test_pairs_that_share_a_record_are_in_one_fold() -> None:
    pairs = [("a", "b"), ("b", "c"), ("x", "y"), ("p", "q"), ("c", "a"), ("y", "z")]
    folds = build_folds(pairs, 3)
    assert folds[0] == folds[1] == folds[4]
    assert folds[2] == folds[5]
    assert len({folds[0], folds[2], folds[3]}) == 3


def test_no_row_is_scored_by_a_model_that_saw_its_fold() -> None:
    rows = list(range(6))
    folds = [0, 0, 1, 1, 2, 2]

    def seen(train: list[int], test: list[int]) -> list[float]:
        assert {folds[row] for row in train}.isdisjoint(folds[row] for row in test)
        return [float(row) for row in test]

    assert cross_validate(rows, folds, seen) == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_calibration_error_is_the_weighted_gap_of_promise_and_outcome() -> None:
    pairs = [(0.85, True), (0.85, True), (0.85, False), (0.85, True), (0.15, False), (0.15, False)]
    low, high = build_reliability(pairs)
    assert (low.low, low.pairs, low.promised, low.observed) == (0.1, 2, pytest.approx(0.15), 0.0)
    assert (high.low, high.pairs, high.promised, high.observed) == (0.8, 4, pytest.approx(0.85), 0.75)
    assert find_calibration_error(pairs) == pytest.approx((2 * 0.15 + 4 * 0.10) / 6)


def test_calibration_of_nothing_is_none_and_of_certainty_exact() -> None:
    assert find_calibration_error([]) is None
    assert find_calibration_error([(1.0, True), (0.0, False)]) == 0.0
    assert find_calibration_error([(1.0, False), (0.0, True)]) == 1.0
    with pytest.raises(ValueError, match="bins"):
        build_reliability([(0.5, True)], bins=0)


@given(SCORED)
def test_the_bins_hold_every_pair_once(pairs: list[tuple[float, bool]]) -> None:
    table = build_reliability(pairs, bins=4)
    assert sum(one.pairs for one in table) == len(pairs)
    assert all(one.low <= one.promised <= one.high and 0 <= one.observed <= 1 for one in table)

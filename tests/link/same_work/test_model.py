"""The table of weights: complete, readable, checked on reading; and the fit that stays near it."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest

from tests.link.same_work.cases import CASES
from tracegraph.link.same_work.features import FEATURES, UNKNOWN, Finding
from tracegraph.link.same_work.fit import build_design, fit, list_parameters, read_weights, write_weights
from tracegraph.link.same_work.model import interpolate, load_model, parse_model, read_table
from tracegraph.link.same_work.prepare import prepare_item
from tracegraph.link.same_work.score import observe, total

FOUND = [observe(prepare_item(case.left), prepare_item(case.right)) for case in CASES]
LABELS = [case.same for case in CASES]


def test_no_sum_of_other_weights_outweighs_a_veto() -> None:
    model = load_model()
    everything = model.base + sum(weights.highest for weights in model.features.values())
    vetoes = [(name, weights.levels[level]) for name, weights in model.features.items() for level in weights.veto]
    assert len(vetoes) >= 7
    for name, weight in vetoes:
        assert everything + weight < 0, name


def test_likeness_never_counts_less_as_it_grows() -> None:
    for weights in load_model().features.values():
        heights = [height for _, height in weights.curve]
        assert heights == sorted(heights)


def test_levels_keep_the_signs_that_people_gave_them() -> None:
    for name, entry in read_table()["features"].items():
        if "levels" in entry:
            for level, weight in entry["levels"].items():
                assert weight * entry["hand"][level] >= 0, (name, level)


def test_a_curve_is_straight_between_its_points_and_flat_beyond() -> None:
    curve = ((0.5, -2.0), (1.0, 2.0))
    assert [interpolate(curve, value) for value in (0.0, 0.5, 0.75, 1.0, 1.5)] == [-2.0, -2.0, 0.0, 2.0, 2.0]


def test_no_information_weighs_nothing() -> None:
    for feature in FEATURES:
        assert load_model().features[feature.name].weigh(Finding(UNKNOWN)) == 0.0


@pytest.mark.parametrize("break_it", ["feature", "level", "unknown"])
def test_a_table_that_does_not_fit_the_features_is_refused(break_it: str) -> None:
    table = deepcopy(read_table())
    if break_it == "feature":
        del table["features"]["village"]
    elif break_it == "level":
        del table["features"]["village"]["levels"]["same"]
    else:
        table["features"]["weather"] = {"levels": {"fine": 1.0}}
    with pytest.raises(ValueError, match="same_work-4"):
        parse_model(table)


def test_the_design_times_the_weights_is_the_score() -> None:
    table = read_table()
    design, fixed = build_design(FOUND, table)
    scores = design @ read_weights(table) + fixed
    assert scores == pytest.approx([total(found, load_model()) for found in FOUND])


def test_writing_the_weights_back_changes_nothing() -> None:
    table = read_table()
    assert write_weights(table, read_weights(table)) == table


def test_the_fit_moves_towards_the_labels_and_not_far() -> None:
    table = read_table()
    inverted = [not label for label in LABELS]
    moved = parse_model(fit(FOUND, inverted, table, spread=0.3))
    stayed = parse_model(fit(FOUND, LABELS, table, spread=0.01))
    before = np.array([total(found, load_model()) for found in FOUND])
    after = np.array([total(found, moved) for found in FOUND])
    wanted = np.where(inverted, 1, -1)
    assert (wanted * after).mean() > (wanted * before).mean()
    assert read_weights(fit(FOUND, LABELS, table, spread=0.01)) == pytest.approx(read_weights(table), abs=0.02)
    assert stayed.features["village"].veto == {"differs"}


def test_every_parameter_is_listed_once_and_vetoes_are_not_fitted() -> None:
    parameters = list_parameters(read_table())
    assert len(parameters) == len(set(parameters))
    assert ("village", "differs") not in parameters
    assert ("village", "same") in parameters

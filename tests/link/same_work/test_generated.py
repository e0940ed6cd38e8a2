"""Invented projects of seeds that no fit has seen: candidates, figures after clustering, calibration by density."""

from __future__ import annotations

import pytest

from tests.link.same_work.generated import Generated, build_generated, measure_generated, score_generated
from tracegraph.link.same_work.bounds import find_bounds
from tracegraph.link.same_work.model import load_model

SEED = 21


@pytest.fixture(scope="module", params=[30.0, 140.0, 1000.0], ids=lambda density: f"density {density:g}")
def made(request: pytest.FixtureRequest) -> Generated:
    return build_generated(2_000, seed=SEED, density=request.param)


def test_nearly_every_pair_of_one_work_is_a_candidate(made: Generated) -> None:
    assert made.find_recall() >= 0.975
    assert made.find_recall(misplaced=True) >= 0.85


def test_candidates_do_not_explode(made: Generated) -> None:
    assert len(made.candidates) <= 40 * len(made.items)


def test_pairs_after_clustering_and_calibration(made: Generated) -> None:
    figures = measure_generated(made, load_model())
    assert (figures.clusters.f1 or 0) >= 0.93
    assert figures.calibration_error <= 0.03
    for kind in ("village", "phase", "road_number", "year", "tambon"):
        assert figures.merged.get(kind, 0) <= 1 + figures.hard.get(kind, 0) // 200, kind


def test_no_score_is_above_its_bound(made: Generated) -> None:
    model = load_model()
    bounds, scores = find_bounds(made.items, made.candidates, model), score_generated(made, model)
    assert bool((bounds >= scores - 1e-6).all())

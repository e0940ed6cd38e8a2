"""The bulk bound is never below the true score, whatever the model: so pruning by it loses nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.link.same_work.cases import CASES
from tests.link.same_work.invented import invent
from tracegraph.link.same_work.blocking import Candidates
from tracegraph.link.same_work.bounds import find_bounds
from tracegraph.link.same_work.model import Model, load_model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.score import observe, total

ITEMS = prepare([*invent(60, seed=5).items, *(item for case in CASES for item in (case.left, case.right))])
LEFT, RIGHT = np.triu_indices(len(ITEMS), k=1)
PAIRS = Candidates(LEFT.astype(np.int64), RIGHT.astype(np.int64), np.zeros(len(LEFT), dtype=np.int64), 0)
MODELS = {
    "shipped": load_model(),
    "without money and wording": load_model().without(["money", "whole_name", "core"]),
    "losses forgiven": load_model().with_losses_forgiven(["phase", "family", "whole_name", "money"]),
}


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_no_score_is_above_its_bound(model: Model) -> None:
    bounds = find_bounds(ITEMS, PAIRS, model)
    scores = [total(observe(ITEMS[a], ITEMS[b]), model) for a, b in zip(LEFT, RIGHT, strict=True)]
    worst = int(np.argmin(bounds - np.array(scores)))
    assert bounds[worst] >= scores[worst] - 1e-6, (ITEMS[LEFT[worst]].item.text, ITEMS[RIGHT[worst]].item.text)


def test_the_bound_prunes_most_pairs() -> None:
    assert (find_bounds(ITEMS, PAIRS, load_model()) >= 0).mean() < 0.15


def test_no_candidates_have_no_bounds() -> None:
    none = PAIRS.take(np.zeros(0, dtype=np.int64))
    assert len(find_bounds(ITEMS, none, load_model())) == 0

"""Levels of ``money`` for pairs of single sums, all at once."""

from __future__ import annotations

import numpy as np

from tracegraph.link.bulk.columns import Floats, Ints
from tracegraph.link.bulk.sides import list_levels
from tracegraph.link.same_work.features import money as rules


def find_money_levels(left: Floats, right: Floats) -> Ints:
    """The level that ``money`` finds on each pair of sums; unknown where either is 0."""
    names = list_levels("money")
    left, right = np.round(left, 2), np.round(right, 2)
    high, low = np.maximum(left, right), np.minimum(left, right)
    ratio = np.divide(high, low, out=np.full(len(high), np.inf), where=low > 0)
    levels = np.full(len(high), names.index("far"))
    for name, most in (("apart", rules.APART), ("close", rules.CLOSE), ("near", rules.NEAR)):
        levels[ratio <= most] = names.index(name)
    equal = np.abs(left - right) < 1.0
    levels[equal] = np.where(left[equal] % rules.ROUND == 0, names.index("equal_round"), names.index("equal"))
    levels[low <= 0] = 0
    return np.asarray(levels)

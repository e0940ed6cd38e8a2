"""Scores of very many pairs: the features of same work over columns, cheapest first, dropping pairs that cannot count.

Each step adds the weights of one feature to all pairs that are left. After it, pairs whose score could not reach the
floor even if every feature to come found the best are dropped. What remains has its exact score: the number that
``score_pairs`` gives, feature by feature.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracegraph.link.bulk.columns import Columns, Floats, Ints
from tracegraph.link.bulk.levels import Levels
from tracegraph.link.bulk.presence import Presence
from tracegraph.link.bulk.wording import Wording
from tracegraph.link.same_work.features import FEATURE_BY_NAME
from tracegraph.link.same_work.model import Model

Bools = npt.NDArray[np.bool_]

#: Cheapest first, and among those the ones that drop most.
ORDER = (
    *(
        "relation",
        "body",
        "crowd",
        "verb",
        "work_object",
        "family",
        "village",
        "phase",
        "bank",
        "money",
        "years",
        "tambon",
    ),
    *(
        "period",
        "leftover",
        "whole_name",
        "core",
        "village_name",
        "spot",
        "road_number",
        "measures",
        "road_name",
        "job",
    ),
    *("difference", "stations", "unit", "asset", "purpose", "reference", "cut_off"),
)
#: Features of wording, which are reckoned for all pairs at once.
_WORDED = ("whole_name", "core", "difference")


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs by row, each once, with their score in log-odds."""

    left: Ints
    right: Ints
    score: Floats

    def __len__(self) -> int:
        return len(self.left)

    def take(self, kept: Bools) -> Scored:
        """Some of the pairs."""
        return Scored(self.left[kept], self.right[kept], self.score[kept])

    def at(self, rows: Ints) -> Scored:
        """The same pairs, row *i* of theirs being ``rows[i]``."""
        return Scored(rows[self.left], rows[self.right], self.score)


class PairScorer:
    """Scores pairs of rows of one set of columns under one model; ValueError for a feature without a bulk form."""

    def __init__(self, columns: Columns, model: Model, threads: int = -1) -> None:
        if missing := set(FEATURE_BY_NAME) - set(ORDER):
            raise ValueError(f"no bulk form of the features {sorted(missing)}")
        self.columns = columns
        self.model = model
        self.levels = Levels(columns, model)
        self.wording = Wording(columns, threads)
        self.presence = Presence(columns, model)

    def score(self, left: Ints, right: Ints, lowest: float) -> Scored:
        """The pairs whose score is at least ``lowest``."""
        pairs = Scored(left, right, np.full(len(left), self.model.base))
        outlook = self.presence.outlook(left, right)
        self.levels.start()
        for name in ORDER:
            scores = pairs.score + self._weigh(name, pairs.left, pairs.right)
            outlook -= self.presence.best(name, pairs.left, pairs.right)
            kept = scores + outlook >= lowest
            pairs = Scored(pairs.left, pairs.right, scores)
            if not kept.all():
                pairs, outlook = pairs.take(kept), outlook[kept]
                self.levels.keep(kept)
        return pairs

    def _weigh(self, name: str, left: Ints, right: Ints) -> Floats:
        if name in _WORDED:
            weigh = getattr(self.wording, name)
            return np.asarray(weigh(left, right, self.model.features[name]))
        return self.levels.weigh(name, left, right)

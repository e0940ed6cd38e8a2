"""A scored pair: what every job of matching answers when it is asked about two given records."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tracegraph.model.records import Contribution


def to_probability(score: float) -> float:
    """Probability of a score in log-odds; stable for large scores of either sign."""
    if score >= 0:
        return 1.0 / (1.0 + math.exp(-score))
    odds = math.exp(score)
    return odds / (1.0 + odds)


def to_log_odds(probability: float) -> float:
    """Log-odds of a probability strictly between 0 and 1."""
    return math.log(probability / (1.0 - probability))


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScore:
    """How likely two records belong together, and why.

    ``work_class`` is a code of ``model.graph.WORK_CLASSES`` (None for answers). ``veto`` names the feature that alone
    rules the pair out, or is None. ``contributions`` are in log-odds and add up to the score whose logistic function
    is ``probability``.
    """

    probability: float
    work_class: str | None
    reason_th: str
    reason_en: str
    contributions: tuple[Contribution, ...]
    veto: str | None = None

    @property
    def score(self) -> float:
        """The sum of the contributions, in log-odds."""
        return math.fsum(part.weight for part in self.contributions)

"""Are these two records the same piece of work? Duplicates, carried items, amendments, contracts.

``propose(items)`` finds candidates by place, scores them and returns links with evidence; ``score_pairs(left, right)``
scores any given pairs. The order of work: prepare (read each text once) → blocking (candidates, in SQL) → features →
model (an additive table of weights) → classes → propose (which links to suggest, in which direction).
"""

from __future__ import annotations

from tracegraph.link.same_work.proposing import propose
from tracegraph.link.same_work.score import score_pairs

__all__ = ["propose", "score_pairs"]

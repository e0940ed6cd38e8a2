"""Choose among proposals that compete: one item is carried to one item of a plan, unless others are as good.

CARRIED_TO: of each item the best partner in each target list, and of each target the best in each source plan; others
only within NEAR of the best, at most MOST. As a target, a plan is two lists: what its body does itself and what it asks
of others (ผ.02, ผ.02/2); one wish may go into both. Another phase or period: only neighbors in the row of phases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracegraph.link.same_work.direction import IN_ROWS, place_in_row
from tracegraph.link.same_work.levels import asks
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.graph import LinkKind

#: Log-odds within which a second partner is kept beside the best one.
NEAR = 1.0
#: The same for the steps of one purchase (notice, invitation, contract) and the parts of one wish: wording and sum
#: change from step to step and from part to part.
NEAR_STEPS = 3.5
_MANY = frozenset({"procurement_step", "merged_split"})
MOST = 3
#: Partners of one item among records that repeat one another; a group of n alike would have n² pairs.
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that could be made: both ends in its direction, score in log-odds, class, and features set aside."""

    kind: LinkKind
    early: Prepared
    late: Prepared
    score: float
    work_class: str
    aside: frozenset[str] = frozenset()

    @property
    def rank(self) -> tuple[float, str, str]:
        """Best first, then by uid."""
        return (-self.score, self.early.uid, self.late.uid)


def choose(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals that stand after competition; the order of the input does not matter."""
    ranked = sorted(proposals, key=lambda proposal: proposal.rank)
    carried = [p for p in ranked if p.kind is LinkKind.CARRIED_TO]
    rows = [p for p in ranked if p.kind is LinkKind.SAME_WORK and p.work_class in IN_ROWS]
    alike = [p for p in ranked if p.kind is LinkKind.SAME_WORK and p.work_class not in IN_ROWS]
    return [*choose_carried(carried), *choose_neighbors(rows), *choose_alike(alike)]


def choose_carried(ranked: list[Proposal]) -> list[Proposal]:
    """The best for both ends, and those that are near the best for both."""
    by_source = _keep_best(ranked, lambda p: (p.early.uid, *_list_of(p.late)))
    by_target = _keep_best(ranked, lambda p: (p.late.uid, p.early.item.plan, False))
    return [p for p in ranked if id(p) in by_source and id(p) in by_target]


def _list_of(item: Prepared) -> tuple[str, bool]:
    return item.item.plan, asks(item.item)


def _keep_best(ranked: list[Proposal], group: Callable[[Proposal], tuple[str, str, bool]]) -> set[int]:
    """Ids of the best of each group and of up to MOST in all that are near it; ``ranked`` is best first."""
    groups: dict[tuple[str, str, bool], list[Proposal]] = defaultdict(list)
    for proposal in ranked:
        mine = groups[group(proposal)]
        near = NEAR_STEPS if proposal.work_class in _MANY else NEAR
        if not mine or (len(mine) < MOST and proposal.score >= mine[0].score - near):
            mine.append(proposal)
    return {id(proposal) for mine in groups.values() for proposal in mine}


def choose_neighbors(ranked: list[Proposal]) -> list[Proposal]:
    """Of each item only the nearest phase or period before and after it."""
    before: dict[str, Proposal] = {}
    after: dict[str, Proposal] = {}
    for proposal in ranked:
        low, high = sorted((proposal.early, proposal.late), key=place_in_row)
        distance = (place_in_row(high), place_in_row(low))
        if high.uid not in before or place_in_row(_low(before[high.uid])) < distance[1]:
            before[high.uid] = proposal
        if low.uid not in after or place_in_row(_high(after[low.uid])) > distance[0]:
            after[low.uid] = proposal
    return [p for p in ranked if before.get(_high(p).uid) is p or after.get(_low(p).uid) is p]


def _low(proposal: Proposal) -> Prepared:
    return min((proposal.early, proposal.late), key=place_in_row)


def _high(proposal: Proposal) -> Prepared:
    return max((proposal.early, proposal.late), key=place_in_row)


def choose_alike(ranked: list[Proposal]) -> list[Proposal]:
    """Up to MOST_ALIKE partners of an item, the best first."""
    counts: dict[str, int] = defaultdict(int)
    kept = []
    for proposal in ranked:
        ends = (proposal.early.uid, proposal.late.uid)
        if min(counts[uid] for uid in ends) < MOST_ALIKE:
            kept.append(proposal)
            for uid in ends:
                counts[uid] += 1
    return kept

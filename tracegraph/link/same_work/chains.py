"""Links that say the same thing again are left out: shortcuts along a chain, and copies of one double planning.

A work that is carried from plan to plan stands in many rows. Each row that comes from one plan resembles each row that
comes from the plan that doubles it; told for every pair of rows, the money at stake would be counted many times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tracegraph.link.same_work.choose import Proposal
from tracegraph.model.graph import CLASS_BY_CODE, LinkKind

Sources = dict[str, frozenset[str]]

#: Log-odds by which a shortcut must beat the weaker part of the way around to stand beside it.
_BETTER = 2.0


def drop_repetitions(chosen: Iterable[Proposal]) -> list[Proposal]:
    """The proposals without shortcuts, and of each double planning only the pair of rows from which the others come."""
    kept = drop_shortcuts(list(chosen))
    twice = [proposal for proposal in kept if CLASS_BY_CODE[proposal.work_class].counts_twice]
    sources = find_sources(kept, {uid for proposal in twice for uid in _ends(proposal)})
    told = {frozenset(_ends(proposal)) for proposal in twice}
    return [p for p in kept if not CLASS_BY_CODE[p.work_class].counts_twice or not _is_copy(p, told, sources)]


def _ends(proposal: Proposal) -> tuple[str, str]:
    return proposal.early.uid, proposal.late.uid


def _is_copy(proposal: Proposal, told: set[frozenset[str]], sources: Sources) -> bool:
    """Whether one row comes from the other, or both come from rows of which the same is told."""
    left, right = _ends(proposal)
    if left in sources[right] or right in sources[left]:
        return True
    pair = frozenset((left, right))
    return any(other != pair and other in told for other in _pairs(sources[left], sources[right]))


def _pairs(left: frozenset[str], right: frozenset[str]) -> Iterable[frozenset[str]]:
    return (frozenset((a, b)) for a in left for b in right)


def find_sources(proposals: Iterable[Proposal], uids: set[str]) -> Sources:
    """For each of ``uids`` itself and all rows from which it is carried, directly or not."""
    before: dict[str, set[str]] = defaultdict(set)
    for proposal in proposals:
        if proposal.kind is LinkKind.CARRIED_TO:
            before[proposal.late.uid].add(proposal.early.uid)
    sources = {}
    for uid in uids:
        seen, waiting = {uid}, [uid]
        while waiting:
            fresh = before.get(waiting.pop(), set()) - seen
            seen |= fresh
            waiting.extend(fresh)
        sources[uid] = frozenset(seen)
    return sources


def drop_shortcuts(chosen: list[Proposal]) -> list[Proposal]:
    """Without a link a → c where a → b and b → c stand and are nearly as sure."""
    out: dict[str, dict[str, float]] = defaultdict(dict)
    for proposal in chosen:
        if proposal.kind is LinkKind.CARRIED_TO:
            out[proposal.early.uid][proposal.late.uid] = proposal.score

    def is_shortcut(proposal: Proposal) -> bool:
        start, end = _ends(proposal)
        around = [min(score, out[via][end]) for via, score in out[start].items() if end in out.get(via, {})]
        return max(around, default=float("-inf")) >= proposal.score - _BETTER

    return [p for p in chosen if p.kind is not LinkKind.CARRIED_TO or not is_shortcut(p)]

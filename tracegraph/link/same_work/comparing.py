"""Compare candidates in full: which of them are worth it, and what is proposed of each pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from tracegraph.link.same_work.blocking import Candidates, mask
from tracegraph.link.same_work.bounds import find_bounds
from tracegraph.link.same_work.choose import Proposal
from tracegraph.link.same_work.classes import SET_ASIDE, classify, find_losses
from tracegraph.link.same_work.crowds import choose_compared
from tracegraph.link.same_work.direction import IN_ROWS, find_direction
from tracegraph.link.same_work.features.job import DRAWING, may_step
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import Findings, observe, total
from tracegraph.model.items import Item

Progress = Callable[[float], None]

#: Classes that are told to people as one group, never as pairs.
_NEVER_PAIRED = frozenset({"elsewhere"})
_CHUNK = 20_000
#: What classes may set aside; but for amended rows, which are few and set almost everything aside.
_MAY_SET = tuple(features for work_class, features in SET_ASIDE.items() if work_class != "amended")


def find_proposals(
    items: Sequence[Prepared], candidates: Candidates, model: Model, lowest: float, tell: Progress
) -> list[Proposal]:
    """Every candidate whose score, after what its class sets aside, is at least ``lowest``."""
    found: list[Proposal] = []
    positions, lenient = find_compared(items, candidates, model, lowest)
    for count, position in enumerate(positions.tolist()):
        a, b = items[candidates.left[position]], items[candidates.right[position]]
        proposal = find_proposal(a, b, model, lowest, lenient=bool(lenient[count]))
        if proposal:
            found.append(proposal)
        if count % _CHUNK == 0:
            tell(count / len(positions))
    return found


def find_compared(
    items: Sequence[Prepared], candidates: Candidates, model: Model, lowest: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Positions of the candidates worth comparing in full, and of each whether its class may set features aside."""
    if not len(candidates):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    bounds = find_bounds(items, candidates, model)
    aside = find_set_aside(items, candidates)
    bounds[aside] = find_bounds(items, candidates.take(aside), _without_set_aside_losses(model))
    lenient = candidates.made_by("changed_row")
    bounds[lenient] = np.inf  # few, and their class sets almost everything aside
    lenient[aside] = True
    possible = choose_compared(items, candidates, bounds, lowest)
    return possible, lenient[possible]


def find_proposal(a: Prepared, b: Prepared, model: Model, lowest: float, *, lenient: bool = True) -> Proposal | None:
    """What is proposed of one pair, or None; ``lenient`` where its class may set features aside."""
    return compare_pair(a, b, model, lowest, lenient=lenient)[0]


def compare_pair(
    a: Prepared, b: Prepared, model: Model, lowest: float, *, lenient: bool
) -> tuple[Proposal | None, float]:
    """What is proposed of one pair, and the highest score that it has under any class that it may have."""
    findings = observe(a, b)
    score = total(findings, model)
    if score < lowest and not lenient:
        return None, score
    work_class = classify(a, b, findings, model, least=lowest)
    losses = (find_losses(findings, model, features) for features in _MAY_SET) if lenient else ()
    reach = np.inf if work_class == "amended" else score - min((0.0, *losses))
    return _propose(a, b, findings, score, work_class, model, lowest), reach


def _propose(
    a: Prepared, b: Prepared, findings: Findings, score: float, work_class: str | None, model: Model, lowest: float
) -> Proposal | None:
    if work_class is None or work_class in _NEVER_PAIRED:
        return None
    in_row = work_class in IN_ROWS or (work_class == "next_step" and findings["job"].level == "step")
    if in_row and _row_of(a.item) != _row_of(b.item):
        return None  # the copies of a phase or step in other plans repeat what one plan says
    aside = SET_ASIDE.get(work_class, ()) if score < lowest else ()
    if aside and work_class == "recurring" and findings["period"].level != "differs":
        return None  # two purchases of office paper repeat nothing that anybody must know
    score -= find_losses(findings, model, aside)
    if score < lowest:
        return None
    kind, early, late = find_direction(a, b, work_class)
    return Proposal(kind, early, late, score, work_class, frozenset(aside))


def _row_of(item: Item) -> tuple[str, str, str | None]:
    return (item.plan_kind, item.stage, item.owner)


def find_set_aside(items: Sequence[Prepared], candidates: Candidates) -> npt.NDArray[np.int64]:
    """Positions of the candidates that may be another phase, period, part or step of one line of work."""
    left, right = candidates.left, candidates.right
    phased = np.array([item.phase is not None or bool(item.stations) for item in items])
    periods = np.array([item.period is not None for item in items])
    names = {family: code for code, family in enumerate(sorted({item.family or "" for item in items}))}
    families = np.array([names[item.family or ""] for item in items])
    placed = np.array([bool(item.roads or item.spots) for item in items])
    steps = (families[left] != families[right]) & placed[left] & placed[right]
    stepping = np.array([may_step(item) for item in items])
    steps |= (families[left] != families[right]) & stepping[left] & stepping[right]
    drawn = np.array([item.verb == DRAWING for item in items])
    steps |= drawn[left] != drawn[right]
    furnished = np.array([item.furnished is not None for item in items])
    numbers = np.array([mask(item.road_numbers) for item in items])
    parts = (numbers[left] & numbers[right] != 0) & (numbers[left] != numbers[right])
    rows = phased[left] | phased[right] | (periods[left] & periods[right])
    return np.nonzero(rows | steps | parts | furnished[left] | furnished[right])[0]


def _without_set_aside_losses(model: Model) -> Model:
    """The model as a bound must see it: what a class may set aside costs nothing."""
    return model.with_losses_forgiven({name for features in _MAY_SET for name in features})

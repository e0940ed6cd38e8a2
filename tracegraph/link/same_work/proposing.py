"""Propose links between all items: candidates, scores, classes, direction, and the choice among competing partners.

Pure and deterministic: the same items give the same links, in the same order, whatever order they come in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from tracegraph.link.same_work.blocking import Candidates, find_candidates, mask
from tracegraph.link.same_work.bounds import find_bounds
from tracegraph.link.same_work.chains import drop_repetitions
from tracegraph.link.same_work.choose import Proposal, choose
from tracegraph.link.same_work.classes import SET_ASIDE, classify, find_losses
from tracegraph.link.same_work.crowds import choose_compared
from tracegraph.link.same_work.direction import IN_ROWS, find_direction
from tracegraph.link.same_work.features.job import DRAWING, may_step
from tracegraph.link.same_work.levels import find_flow
from tracegraph.link.same_work.model import Model, load_model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import explain, observe, total
from tracegraph.link.scores import to_log_odds, to_probability
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord

Progress = Callable[[float], None]

#: Classes that are told to people as one group, never as pairs.
_NEVER_PAIRED = frozenset({"elsewhere"})
_CHUNK = 20_000
_PREPARED, _BLOCKED, _SCORED = 0.2, 0.3, 0.95


def propose(
    items: Iterable[Item], *, floor: float = 0.5, progress: Progress | None = None, model: Model | None = None
) -> list[LinkRecord]:
    """Links with ``probability >= floor`` between the current projects of ``items``, best first.

    CARRIED_TO where the later or higher item continues the earlier one, SAME_WORK with a class otherwise. For another
    phase, period or step the probability is that of one line of work, the phase set aside (``classes.SET_ASIDE``).
    """
    weights = model or load_model()
    tell = progress or _silent
    prepared = prepare(sorted(_unique_projects(items), key=lambda item: item.uid))
    tell(_PREPARED)
    candidates = find_candidates(prepared)
    tell(_BLOCKED)
    lowest = to_log_odds(floor) if 0 < floor < 1 else (-np.inf if floor <= 0 else np.inf)
    proposals = find_proposals(prepared, candidates, weights, lowest, tell)
    chosen = drop_repetitions(choose(proposals))
    links = [_to_link(proposal, weights) for proposal in chosen]
    tell(1.0)
    return sorted(links, key=lambda link: (-link.probability, link.kind, link.from_uid, link.to_uid))


def _silent(_: float) -> None:
    """No progress is wanted."""


def _unique_projects(items: Iterable[Item]) -> list[Item]:
    """The current projects, each uid once."""
    return list({item.uid: item for item in items if item.role == "project" and item.current}.values())


def find_proposals(
    items: Sequence[Prepared], candidates: Candidates, model: Model, lowest: float, tell: Progress
) -> list[Proposal]:
    """Every candidate whose score, after what its class sets aside, is at least ``lowest``."""
    if not len(candidates):
        return []
    bounds = find_bounds(items, candidates, model)
    aside = find_set_aside(items, candidates)
    bounds[aside] = find_bounds(items, candidates.take(aside), _without_set_aside_losses(model))
    lenient = candidates.made_by("changed_row")
    bounds[lenient] = np.inf  # few, and their class sets almost everything aside
    lenient[aside] = True
    possible = choose_compared(items, candidates, bounds, lowest)
    found: list[Proposal] = []
    for count, position in enumerate(possible.tolist()):
        a, b = items[candidates.left[position]], items[candidates.right[position]]
        proposal = find_proposal(a, b, model, lowest, lenient=bool(lenient[position]))
        if proposal:
            found.append(proposal)
        if count % _CHUNK == 0:
            tell(_BLOCKED + (_SCORED - _BLOCKED) * count / max(1, len(possible)))
    return found


def find_proposal(a: Prepared, b: Prepared, model: Model, lowest: float, *, lenient: bool = True) -> Proposal | None:
    """What is proposed of one pair, or None; ``lenient`` where its class may set features aside."""
    findings = observe(a, b)
    score = total(findings, model)
    if score < lowest and not lenient:
        return None
    work_class = classify(a, b, findings, model)
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
    names = {name for work_class, features in SET_ASIDE.items() if work_class != "amended" for name in features}
    return model.with_losses_forgiven(names)


def _to_link(proposal: Proposal, model: Model) -> LinkRecord:
    early, late = proposal.early.item, proposal.late.item
    findings = observe(proposal.early, proposal.late)
    evidence = explain(findings, model, aside=proposal.aside)
    return LinkRecord(
        kind=proposal.kind,
        from_uid=early.uid,
        to_uid=late.uid,
        status=Status.SUGGESTED,
        probability=to_probability(sum(part.weight for part in evidence)),
        method=model.method,
        work_class=proposal.work_class,
        flow=find_flow(early, late) if proposal.kind is LinkKind.CARRIED_TO else None,
        evidence=evidence,
        from_hash=early.text_hash,
        to_hash=late.text_hash,
    )

"""Which pairs are most worth a person's time: the ones that the model is least sure of, of many places and kinds.

Some are drawn at random among all pairs that the model does not rule out, so that figures on them hold for all of
these. Questions are blind: they carry no score and no class, and order and sides are shuffled, so that nobody is led to
the model's answer.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from tracegraph.link.same_work.blocking import Candidates, find_candidates
from tracegraph.link.same_work.bounds import find_bounds
from tracegraph.link.same_work.classes import classify
from tracegraph.link.same_work.features import UNKNOWN
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import Findings, find_veto, observe, total
from tracegraph.link.scores import to_log_odds, to_probability

Pair = frozenset[str]

#: A pair that cannot reach this probability is not worth comparing, nor labelling.
_LEAST = 0.02
#: At most so many pairs are compared in full to choose from.
_COMPARED = 20_000
_POOL_EACH, _POOL_LEAST = 15, 400
#: Records among which questions are looked for; of a larger store some places, by chance.
_MOST_RECORDS = 20_000
#: The share of the questions that is drawn at random.
RANDOM_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Question:
    """A pair to label, sides shuffled; ``drawn`` where chance chose it, else because the model is unsure of it."""

    left: Prepared
    right: Prepared
    drawn: bool


@dataclass(frozen=True, slots=True)
class _Case:
    """A compared pair: how unsure the model is of it (1 at probability .5, 0 when certain), and what it is like."""

    left: Prepared
    right: Prepared
    doubt: float
    traits: tuple[str, ...]

    @property
    def uids(self) -> tuple[str, str]:
        return self.left.uid, self.right.uid


def choose_questions(
    items: Sequence[Prepared],
    model: Model,
    known: Collection[Pair],
    count: int,
    *,
    seed: int = 1,
    random_share: float = RANDOM_SHARE,
) -> list[Question]:
    """``count`` pairs of ``items`` (prepared together), fewer where there are no more; ``known`` pairs are never asked.

    The same items, model, known pairs and seed give the same questions. No record is asked about twice where there are
    others.
    """
    rng = random.Random(seed)  # noqa: S311 (a draw that can be repeated, no secret)
    items = choose_places(items, rng)
    positions = _find_worth_comparing(items, find_candidates(items), model, known)
    rng.shuffle(positions)
    compared = (_compare(items[left], items[right], model) for left, right in positions[:_COMPARED])
    cases = [case for case in compared if case]
    share = round(count * random_share)  # the first of the shuffled ones: a plain random sample
    drawn = cases[:share]
    chosen = _choose_diverse(cases[share:], count - len(drawn), {uid for case in drawn for uid in case.uids})
    questions = [Question(case.left, case.right, at < len(drawn)) for at, case in enumerate((*drawn, *chosen))]
    rng.shuffle(questions)
    return [_turn(question, rng.random() < 0.5) for question in questions]


def choose_places(items: Sequence[Prepared], rng: random.Random, most: int = _MOST_RECORDS) -> list[Prepared]:
    """All items, or of more than ``most`` those of some places drawn at random, whole places as far as they fit."""
    if len(items) <= most:
        return list(items)
    sizes = Counter(item.scope for item in items)
    scopes = sorted(sizes)
    rng.shuffle(scopes)
    chosen, count = set(scopes[:1]), sizes[scopes[0]]
    for scope in scopes[1:]:
        if count + sizes[scope] <= most:
            chosen.add(scope)
            count += sizes[scope]
    return [item for item in items if item.scope in chosen][:most]


def _find_worth_comparing(
    items: Sequence[Prepared], candidates: Candidates, model: Model, known: Collection[Pair]
) -> list[tuple[int, int]]:
    """Positions of the pairs that could reach _LEAST and on which nobody decided, in order."""
    if not len(candidates):
        return []
    possible = np.nonzero(find_bounds(items, candidates, model) >= to_log_odds(_LEAST))[0]
    pairs = zip(candidates.left[possible].tolist(), candidates.right[possible].tolist(), strict=True)
    decided = set(known)
    return [(a, b) for a, b in pairs if frozenset((items[a].uid, items[b].uid)) not in decided]


def _compare(left: Prepared, right: Prepared, model: Model) -> _Case | None:
    """The pair with its doubt and traits; None where a veto decides it, or the model is sure that it is no pair."""
    findings = observe(left, right)
    probability = to_probability(total(findings, model))
    if find_veto(findings, model) or probability < _LEAST:
        return None
    return _Case(left, right, 4.0 * probability * (1.0 - probability), _traits(left, right, findings, model))


def _traits(left: Prepared, right: Prepared, findings: Findings, model: Model) -> tuple[str, ...]:
    """What a question is like: its place, its class, and what speaks most for and against."""
    weights = {
        f"{name} {finding.level}": model.features[name].weigh(finding)
        for name, finding in findings.items()
        if finding.level != UNKNOWN
    }
    most, least = max(weights, key=lambda n: weights[n], default=""), min(weights, key=lambda n: weights[n], default="")
    work_class = classify(left, right, findings, model) or "none"
    return (
        f"place {left.tambon or left.scope}",
        f"class {work_class}",
        f"for {most}",
        f"against {least}",
        f"kind {left.work_object}",
    )


def _choose_diverse(cases: Sequence[_Case], count: int, asked: set[str]) -> list[_Case]:
    """The most doubtful; each is worth less the more of its traits were chosen, and much less if a record was."""
    pool = sorted(cases, key=lambda case: (-case.doubt, case.uids))[: max(_POOL_LEAST, _POOL_EACH * count)]
    seen: Counter[str] = Counter()
    records = Counter(asked)
    chosen: list[_Case] = []

    def worth(case: _Case) -> float:
        same = sum(seen[trait] for trait in case.traits)
        again = sum(records[uid] for uid in case.uids)
        return case.doubt / (1.0 + 0.2 * same) / (1.0 + 4.0 * again)

    while pool and len(chosen) < count:
        best = max(pool, key=worth)  # the first of equals: the pool is in order
        pool.remove(best)
        chosen.append(best)
        seen.update(best.traits)
        records.update(best.uids)
    return chosen


def _turn(question: Question, turned: bool) -> Question:
    return Question(question.right, question.left, question.drawn) if turned else question

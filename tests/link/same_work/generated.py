"""Candidates among generated projects with their truth: for fitting the weights of same work and for measuring them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from benchmarks.invented_projects import HardPair, generate, to_item
from tracegraph.link.clusters import build_clusters
from tracegraph.link.evaluate import Figures, find_calibration_error
from tracegraph.link.same_work.blocking import Candidates, find_candidates
from tracegraph.link.same_work.bounds import find_bounds
from tracegraph.link.same_work.features import Finding
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import find_veto, observe, total
from tracegraph.link.scores import to_probability

Pair = tuple[int, int]

#: Candidates whose upper bound is lower are not scored in full; the bound stands for their score.
_LOWEST = -3.0
#: What is drawn for labels of one set: shares of pairs of one work, of others that may score, and of the rest.
_SAME_SHARE, _NEAR_SHARE = 0.32, 0.46
_NEAR_BOUND = -1.5
#: The rest, told apart without effort, counts at most so many times as much as the pairs of one work.
_REST_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Generated:
    """Prepared records, their candidate pairs, the pairs that tell one work (by position), and the hard pairs."""

    items: list[Prepared]
    candidates: Candidates
    true: frozenset[Pair]
    hard: tuple[HardPair, ...]
    misplaced: frozenset[int]

    @property
    def pairs(self) -> list[Pair]:
        """The candidates as pairs of positions."""
        return list(zip(self.candidates.left.tolist(), self.candidates.right.tolist(), strict=True))

    def find_recall(self, *, misplaced: bool = False) -> float:
        """The share of true pairs that are candidates; ``misplaced``: only pairs with a record filed wrongly."""
        wanted = [pair for pair in self.true if not misplaced or not self.misplaced.isdisjoint(pair)]
        found = set(self.pairs)
        return sum(pair in found for pair in wanted) / len(wanted)


def build_generated(count: int, *, seed: int, density: float) -> Generated:
    """``count`` records at ``density`` for each tambon, prepared together, with their candidates."""
    invented = generate(count, seed=seed, density=density)
    items = prepare([to_item(record) for record in invented.records])
    works: dict[str, list[int]] = {}
    for position, record in enumerate(invented.records):
        works.setdefault(record.work, []).append(position)
    true = frozenset(pair for members in works.values() for pair in combinations(members, 2))
    misplaced = frozenset(i for i, record in enumerate(invented.records) if "_district" in record.noise)
    return Generated(items, find_candidates(items), true, tuple(invented.hard), misplaced)


def draw_labels(
    made: Generated, model: Model, count: int, *, seed: int
) -> list[tuple[dict[str, Finding], bool, Pair, float]]:
    """About ``count`` labelled candidates: findings, truth, positions, and how many candidates each stands for (a pair
    of one work for one)."""
    bounds = find_bounds(made.items, made.candidates, model)
    same, near, rest = [], [], []
    for position, pair in enumerate(made.pairs):
        (same if pair in made.true else near if bounds[position] >= _NEAR_BOUND else rest).append(pair)
    rng = random.Random(seed)  # noqa: S311 - a sample, nothing secret
    wanted = (round(count * _SAME_SHARE), round(count * _NEAR_SHARE))
    groups = (
        (True, same, wanted[0], len(same)),
        (False, near, wanted[1], len(near)),
        (False, rest, count - sum(wanted), min(len(rest), _REST_AT_MOST * len(same))),
    )
    drawn = []
    for truth, pairs, most, stands_for in groups:
        chosen = rng.sample(pairs, min(most, len(pairs)))
        weight = stands_for / max(1, len(chosen)) / max(1, len(same))
        drawn += [(observe(made.items[a], made.items[b]), truth, (a, b), weight) for a, b in chosen]
    return drawn


@dataclass(frozen=True, slots=True)
class GeneratedFigures:
    """Figures of a model on generated records: at 0.5, after clustering; ``merged`` and ``hard`` are counts by kind."""

    clusters: Figures
    calibration_error: float
    merged: dict[str, int]
    hard: dict[str, int]

    def __str__(self) -> str:
        kinds = ", ".join(f"{kind} {self.merged.get(kind, 0)}/{count}" for kind, count in sorted(self.hard.items()))
        found = self.clusters
        return (
            f"after clustering F1 {found.f1 or 0:.3f} precision {found.precision or 0:.3f} "
            f"recall {found.recall or 0:.3f}, calibration error {self.calibration_error:.3f}, "
            f"hard pairs merged: {kinds}"
        )


def measure_generated(made: Generated, model: Model) -> GeneratedFigures:
    """Score all candidates, cluster what reaches 0.5 apart from vetoes, and compare pairs with the truth."""
    pairs, scores = made.pairs, score_generated(made, model)
    strong = [pair for pair, score in zip(pairs, scores, strict=True) if score >= 0]
    merged = cluster_pairs(made.items, list(zip(strong, scores[scores >= 0].tolist(), strict=True)), model)
    found = len(merged & made.true)
    uids = {item.uid.removeprefix("proj:"): position for position, item in enumerate(made.items)}
    wrong = Counter(h.kind for h in made.hard if tuple(sorted((uids[h.left], uids[h.right]))) in merged)
    scored = [(to_probability(score), pair in made.true) for pair, score in zip(pairs, scores.tolist(), strict=True)]
    return GeneratedFigures(
        Figures(0.5, found, len(made.true) - found, len(merged) - found),
        find_calibration_error(scored) or 0.0,
        dict(wrong),
        dict(Counter(h.kind for h in made.hard)),
    )


def score_generated(made: Generated, model: Model) -> npt.NDArray[np.float64]:
    """Scores of all candidates; an upper bound where that is already very low."""
    scores = find_bounds(made.items, made.candidates, model)
    left, right = made.candidates.left, made.candidates.right
    for position in np.nonzero(scores >= _LOWEST)[0].tolist():
        scores[position] = total(observe(made.items[left[position]], made.items[right[position]]), model)
    return scores


def cluster_pairs(items: Sequence[Prepared], strong: Sequence[tuple[Pair, float]], model: Model) -> set[Pair]:
    """All pairs within clusters of the strong pairs, cut where a veto stands between two of a component."""
    links = [(items[a].uid, items[b].uid, score) for (a, b), score in strong]
    uids = {item.uid: position for position, item in enumerate(items)}
    apart = []
    for loose in build_clusters(links).clusters:
        members = [uids[uid] for uid in loose.members]
        for a, b in combinations(members, 2) if len(members) > 2 else ():
            if find_veto(observe(items[a], items[b]), model):
                apart.append((items[a].uid, items[b].uid))
    clusters = build_clusters(links, apart=apart).clusters
    return {pair for c in clusters for pair in combinations(sorted(uids[uid] for uid in c.members), 2)}

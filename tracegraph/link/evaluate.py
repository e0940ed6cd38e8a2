"""Figures for labelled pairs: precision, recall, F1, average precision, recall at a given precision, calibration error.

A pair is (probability, truth). Ties in probability are taken together, so that no figure depends on the order of
the input. Average precision is the area under the precision–recall steps (no interpolation). Calibration error is the
expected one over bins of equal width: the mean distance between what was promised and what came, weighted by pairs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

Scored = tuple[float, bool]

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts at one threshold and what follows from them; a ratio without a denominator is None."""

    threshold: float
    found: int
    missed: int
    wrong: int

    @property
    def precision(self) -> float | None:
        """Share of what was called the same that is the same."""
        called = self.found + self.wrong
        return self.found / called if called else None

    @property
    def recall(self) -> float | None:
        """Share of what is the same that was called so."""
        true = self.found + self.missed
        return self.found / true if true else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; 0 where nothing was found."""
        total = 2 * self.found + self.wrong + self.missed
        return 2 * self.found / total if total else None


def measure(pairs: Iterable[Scored], threshold: float = 0.5) -> Figures:
    """Figures where every pair with ``probability >= threshold`` is called the same."""
    found = missed = wrong = 0
    for probability, truth in pairs:
        called = probability >= threshold
        found += called and truth
        wrong += called and not truth
        missed += truth and not called
    return Figures(threshold, found, missed, wrong)


def find_curve(pairs: Iterable[Scored]) -> list[Figures]:
    """Figures at every probability that occurs, from the highest down."""
    ranked = sorted(pairs, key=lambda pair: -pair[0])
    positives = sum(truth for _, truth in ranked)
    curve: list[Figures] = []
    found = wrong = 0
    for probability, group in groupby(ranked, key=lambda pair: pair[0]):
        truths = [truth for _, truth in group]
        found += sum(truths)
        wrong += len(truths) - sum(truths)
        curve.append(Figures(probability, found, positives - found, wrong))
    return curve


def find_average_precision(pairs: Iterable[Scored]) -> float | None:
    """Mean over the true pairs of the precision at their rank; None without a true pair."""
    total, before = 0.0, 0.0
    curve = find_curve(pairs)
    if not curve or not curve[-1].found:
        return None
    for figures in curve:
        recall, precision = figures.recall or 0.0, figures.precision or 0.0
        total += (recall - before) * precision
        before = recall
    return total


def find_recall_at(pairs: Iterable[Scored], precision: float) -> float:
    """Highest recall at any threshold whose precision is at least ``precision``; 0 where there is none."""
    reached = [f.recall or 0.0 for f in find_curve(pairs) if (f.precision or 0.0) >= precision]
    return max(reached, default=0.0)


def find_best(pairs: Iterable[Scored]) -> Figures | None:
    """The figures at the threshold with the highest F1 (the highest such threshold)."""
    return max(find_curve(pairs), key=lambda f: (f.f1 or 0.0, f.threshold), default=None)


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Pairs whose probability lies in [``low``, ``high``) (the last bin has 1.0 too): promised and observed share."""

    low: float
    high: float
    pairs: int
    promised: float
    observed: float

    @property
    def gap(self) -> float:
        """How far the promise is from what came, as a share; above 0 where the probabilities promise too much."""
        return self.promised - self.observed


def build_reliability(pairs: Iterable[Scored], bins: int = 10) -> list[ReliabilityBin]:
    """The bins that hold pairs, from the lowest; ValueError for fewer than one bin."""
    if bins < 1:
        raise ValueError(f"{bins} bins")
    members: dict[int, list[Scored]] = {}
    for probability, truth in pairs:
        members.setdefault(min(bins - 1, int(probability * bins)), []).append((probability, truth))
    return [
        ReliabilityBin(
            low=index / bins,
            high=(index + 1) / bins,
            pairs=len(found),
            promised=math.fsum(probability for probability, _ in found) / len(found),
            observed=sum(truth for _, truth in found) / len(found),
        )
        for index, found in sorted(members.items())
    ]


def find_calibration_error(pairs: Iterable[Scored], bins: int = 10) -> float | None:
    """Expected calibration error: mean of the bins' gaps, each weighted by its pairs; None without a pair."""
    table = build_reliability(pairs, bins)
    total = sum(one.pairs for one in table)
    return math.fsum(one.pairs * abs(one.gap) for one in table) / total if total else None


def build_folds(groups: Sequence[Sequence[str]], count: int) -> list[int]:
    """A fold for each pair such that pairs which share a group are in one fold.

    ``groups[i]`` are the keys (records, clusters) that pair *i* touches. Joined groups of pairs go, largest first,
    to the fold that is smallest so far; ``count`` folds at most.
    """
    parent: dict[str, str] = {}

    def find(key: str) -> str:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for keys in groups:
        for key in keys[1:]:
            parent[find(key)] = find(keys[0])
    members: dict[str, list[int]] = {}
    for index, keys in enumerate(groups):
        members.setdefault(find(keys[0]), []).append(index)
    sizes = [0] * count
    folds = [0] * len(groups)
    for indexes in sorted(members.values(), key=lambda found: (-len(found), found[0])):
        target = sizes.index(min(sizes))
        sizes[target] += len(indexes)
        for index in indexes:
            folds[index] = target
    return folds


def cross_validate(
    rows: Sequence[Row],
    folds: Sequence[int],
    fit_and_score: Callable[[list[Row], list[Row]], Sequence[float]],
) -> list[float]:
    """Scores of every row by a model that saw no row of its fold; ``fit_and_score(train, test)`` makes one."""
    scores = [0.0] * len(rows)
    for fold in sorted(set(folds)):
        train = [row for row, other in zip(rows, folds, strict=True) if other != fold]
        test = [index for index, other in enumerate(folds) if other == fold]
        for index, score in zip(test, fit_and_score(train, [rows[i] for i in test]), strict=True):
            scores[index] = score
    return scores

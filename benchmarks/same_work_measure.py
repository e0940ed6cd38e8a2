"""Figures of scored pairs after clustering: connected components of the pairs at or above a threshold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.same_work_case import Case, Ints, Pairs

_SHIFT = 32


@dataclass(frozen=True, slots=True)
class Quality:
    """Pairwise precision, recall and F1 of the clusters at ``threshold``."""

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class _Clusters:
    """Records joined one pair after another, with the true and the called pairs inside the clusters kept up."""

    def __init__(self, works: Ints) -> None:
        self.head = list(range(len(works)))
        self.inside = [Counter({work: 1}) for work in works.tolist()]
        self.called = 0
        self.right = 0

    def find(self, record: int) -> int:
        head = self.head
        while head[record] != record:
            head[record] = head[head[record]]
            record = head[record]
        return record

    def join(self, left: int, right: int) -> None:
        a, b = self.find(left), self.find(right)
        if a == b:
            return
        if len(self.inside[a]) < len(self.inside[b]):
            a, b = b, a
        large, small = self.inside[a], self.inside[b]
        self.called += large.total() * small.total()
        for work, count in small.items():
            self.right += large[work] * count if work in large else 0
            large[work] += count
        self.inside[b] = Counter()
        self.head[b] = a


def find_best(case: Case, pairs: Pairs) -> Quality:
    """The threshold with the highest F1 of the clusters on a (training) case."""
    true = len(case.true_pairs[0])
    clusters = _Clusters(case.works)
    order = np.argsort(-pairs.score, kind="stable")
    left, right, score = pairs.left[order].tolist(), pairs.right[order].tolist(), pairs.score[order].tolist()
    best = Quality(float("inf"), 1.0, 0.0)
    for position, (a, b, value) in enumerate(zip(left, right, score, strict=True)):
        clusters.join(a, b)
        if (position + 1 == len(score) or score[position + 1] != value) and clusters.called:
            here = Quality(value, clusters.right / clusters.called, clusters.right / max(1, true))
            best = max(best, here, key=lambda quality: quality.f1)
    return best


def cluster(case: Case, pairs: Pairs, threshold: float) -> Ints:
    """The cluster of each record at a threshold."""
    clusters = _Clusters(np.zeros(len(case), dtype=np.int64))
    kept = np.nonzero(pairs.score >= threshold)[0]
    for a, b in zip(pairs.left[kept].tolist(), pairs.right[kept].tolist(), strict=True):
        clusters.join(a, b)
    return np.array([clusters.find(record) for record in range(len(case))], dtype=np.int64)


def number_groups(groups: Ints) -> Ints:
    """A way's own clusters with a number of its own for each record that is alone (-1)."""
    alone = groups < 0
    numbered = groups.copy()
    numbered[alone] = groups.max(initial=0) + 1 + np.arange(int(alone.sum()))
    return numbered


def measure(case: Case, found: Ints, threshold: float) -> Quality:
    """Quality of given clusters."""
    both = np.unique(np.stack((found, case.works)), axis=1, return_counts=True)[1]
    called, true = (_count(np.unique(groups, return_counts=True)[1]) for groups in (found, case.works))
    right = _count(both)
    return Quality(threshold, right / max(1, called), right / max(1, true))


def _count(sizes: npt.NDArray[np.intp]) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def find_merged(case: Case, found: Ints) -> dict[str, float]:
    """Share of the hard pairs of each kind that ended in one cluster."""
    return {kind: float(np.mean(found[left] == found[right])) for kind, (left, right) in case.hard_pairs.items()}


def find_candidate_recall(case: Case, pairs: Pairs) -> tuple[float, float] | None:
    """Share of the true pairs that were compared at all: of all, and of those with a wrong or missing district."""
    if pairs.seen is None:
        return None
    codes = np.sort((np.minimum(*pairs.seen) << _SHIFT) + np.maximum(*pairs.seen))
    left, right = case.true_pairs
    wanted = (left << _SHIFT) + right
    at = np.minimum(np.searchsorted(codes, wanted), max(0, len(codes) - 1))
    hit = codes[at] == wanted if len(codes) else np.zeros(len(wanted), dtype=bool)
    odd = np.array(["district" in str(noise) for noise in case.table["noise"]])
    strange = odd[left] | odd[right]
    return float(hit.mean()), float(hit[strange].mean()) if strange.any() else float("nan")

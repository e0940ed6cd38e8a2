"""RapidFuzz alone: the ratio of two normalized names, every name of a district against every other one."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from benchmarks.same_work_case import Case, Pairs
from tracegraph.thai.normalize import normalize
from tracegraph.thai.variants import canonical

_CUTOFF = 75.0
_ROWS = 512


class Way:
    """Nothing is learned but the threshold."""

    def __init__(self, _option: str, workers: int) -> None:
        self.workers = workers

    def learn(self, case: Case, labels: int) -> None:
        """There is nothing to learn."""

    def link(self, case: Case, threshold: float | None = None) -> Pairs:
        """Pairs of one district whose ratio is at least 75; records without a district stand among themselves."""
        texts = [canonical(normalize(record.text)).removeprefix("โครงการ") for record in case.records]
        groups: dict[str, list[int]] = defaultdict(list)
        for position, record in enumerate(case.records):
            groups[record.district].append(position)
        found = [self._compare(np.array(rows), [texts[row] for row in rows]) for rows in groups.values()]
        left, right, score = (np.concatenate(columns) for columns in zip(*found, strict=True))
        compared = sum(len(rows) * (len(rows) - 1) // 2 for rows in groups.values())
        return Pairs(left, right, score, compared, _every_pair(groups) if compared < 60_000_000 else None)

    def _compare(self, rows: np.ndarray, texts: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        lefts, rights, scores = [], [], []
        for start in range(0, len(texts), _ROWS):
            ratios = cdist(
                texts[start : start + _ROWS],
                texts,
                scorer=fuzz.ratio,
                score_cutoff=_CUTOFF,
                dtype=np.float32,
                workers=self.workers,
            )
            at, other = np.nonzero(ratios)
            upper = other > at + start
            at, other = at[upper], other[upper]
            lefts.append(rows[at + start])
            rights.append(rows[other])
            scores.append(ratios[at, other].astype(np.float64))
        return np.concatenate(lefts), np.concatenate(rights), np.concatenate(scores)


def _every_pair(groups: dict[str, list[int]]) -> tuple[np.ndarray, np.ndarray]:
    lefts, rights = [], []
    for rows in groups.values():
        at, other = np.triu_indices(len(rows), 1)
        listed = np.array(rows)
        lefts.append(listed[at])
        rights.append(listed[other])
    return np.concatenate(lefts), np.concatenate(rights)

"""How well "same work" does on labelled pairs: by class, by kind of look-alike, and by cluster.

Clusters are built from the scored pairs of the labels alone (joined from the threshold on, strongest first, cut at
vetoes) and compared with those that the labels' SAME pairs make. Two measures, because they disagree on large clusters:
pairs of records that share a cluster (``pairwise``), and B-cubed, the mean over records of how much of their cluster is
right and how much of it is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracegraph.link.clusters import build_clusters
from tracegraph.link.evaluate import Figures, Scored
from tracegraph.link.same_work.classes import classify
from tracegraph.link.same_work.labels import LabelledPair, group_records
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import explain, find_veto, observe
from tracegraph.link.scores import to_probability


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A labelled pair with what the model says of it; ``score`` in log-odds."""

    label: LabelledPair
    left: str
    right: str
    score: float
    work_class: str | None
    veto: str | None

    @property
    def probability(self) -> float:
        """The probability that both are one piece of work."""
        return to_probability(self.score)

    @property
    def scored(self) -> Scored:
        """Probability and truth, as the figures take them."""
        return self.probability, self.label.same


def judge(label: LabelledPair, left: Prepared, right: Prepared, model: Model) -> JudgedPair:
    """One pair, scored exactly as ``score_prepared`` does."""
    findings = observe(left, right)
    return JudgedPair(
        label=label,
        left=left.uid,
        right=right.uid,
        score=sum(part.weight for part in explain(findings, model)),
        work_class=classify(left, right, findings, model),
        veto=find_veto(findings, model),
    )


def find_wrong(pairs: Iterable[JudgedPair], threshold: float) -> list[JudgedPair]:
    """The pairs that are called wrongly at the threshold, those that the model is surest of first."""
    wrong = [pair for pair in pairs if (pair.probability >= threshold) != pair.label.same]
    return sorted(wrong, key=lambda pair: (-abs(pair.score), pair.label.row))


def split_pairs(pairs: Iterable[JudgedPair], key: Callable[[JudgedPair], str | None]) -> dict[str, list[JudgedPair]]:
    """The pairs by a key, those without one left out; in order of the key."""
    groups: dict[str, list[JudgedPair]] = {}
    for pair in pairs:
        if name := key(pair):
            groups.setdefault(name, []).append(pair)
    return dict(sorted(groups.items()))


@dataclass(frozen=True, slots=True)
class ClusterFigures:
    """Found clusters against true ones, over the ``records`` that the labels name.

    ``found`` and ``true`` count clusters of two records or more; ``cuts`` are joins left out because of a veto.
    ``pairwise`` counts pairs of records in one cluster; ``precision`` and ``recall`` are B-cubed.
    """

    records: int
    found: int
    true: int
    cuts: int
    pairwise: Figures
    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the B-cubed precision and recall."""
        if self.precision is None or self.recall is None:
            return None
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def compare_clusters(pairs: Sequence[JudgedPair], threshold: float) -> ClusterFigures:
    """Clusters of the pairs at a threshold against the clusters of their labels."""
    records = sorted({uid for pair in pairs for uid in (pair.left, pair.right)})
    truth = group_records((pair.left, pair.right) for pair in pairs if pair.label.same)
    built = build_clusters(
        [(pair.left, pair.right, pair.score) for pair in pairs if pair.probability >= threshold],
        apart=[(pair.left, pair.right) for pair in pairs if pair.veto],
    )
    found = {uid: cluster.id for cluster in built.clusters for uid in cluster.members}
    both = Counter((found.get(uid, uid), truth.get(uid, uid)) for uid in records)
    of_found, of_true = Counter(found.get(uid, uid) for uid in records), Counter(truth.get(uid, uid) for uid in records)
    right = _count_pairs(both.values())
    called, true = _count_pairs(of_found.values()), _count_pairs(of_true.values())
    total = len(records)
    return ClusterFigures(
        records=total,
        found=sum(size > 1 for size in of_found.values()),
        true=sum(size > 1 for size in of_true.values()),
        cuts=len(built.cuts),
        pairwise=Figures(threshold, right, true - right, called - right),
        precision=sum(n * n / of_found[a] for (a, _), n in both.items()) / total if total else None,
        recall=sum(n * n / of_true[b] for (_, b), n in both.items()) / total if total else None,
    )


def _count_pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)

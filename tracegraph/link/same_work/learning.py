"""Learn the weights of "same work" from labels and from an office's own decisions.

The new weights start from those that ship and are held near them (``fit``), so that a hundred labels correct the table
and do not replace it. What people decided on is a biased sample: only what was proposed. So pairs on which nobody
decided are put beside it, a little each, with what the shipped model says of them: there, nothing shall change without
a reason. Old and new are compared on the same folds; pairs that share a record or a cluster are in one fold, so that
the new one is never measured on a record that it saw.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracegraph.errors import InputError
from tracegraph.link.evaluate import (
    Figures,
    Scored,
    build_folds,
    cross_validate,
    find_average_precision,
    find_calibration_error,
    find_recall_at,
    measure,
)
from tracegraph.link.same_work.features import Finding
from tracegraph.link.same_work.fit import fit
from tracegraph.link.same_work.model import FORMAT, Model, parse_model
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import Findings, observe, total
from tracegraph.link.scores import to_probability
from tracegraph.model.graph import LinkKind, Status

#: Fewer labels than these correct nothing reliably.
LEAST_LABELS = 100
#: Of both kinds there must be some.
LEAST_OF_EACH = 5
FOLDS = 5
#: By how much labels may move a weight, in log-odds (standard deviation).
SPREAD = 0.5
#: How much one pair on which nobody decided counts beside one that somebody did.
BACKGROUND = 0.05
_LEAST_PROBABILITY = 1e-6
#: Log-odds that a veto keeps below the sum of everything else.
_MARGIN = 3.0

#: Confirmed links of these classes join two pieces of work, not one: another phase, period, place, part or step.
_TWO_WORKS = frozenset({"next_phase", "recurring", "elsewhere", "merged_split", "next_step"})
#: The kinds of links whose decisions say something about same work.
DECIDED_KINDS = (LinkKind.CARRIED_TO, LinkKind.SAME_WORK)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A pair with its answer. ``keys`` are what it shares with other pairs: its records, its cluster.

    ``source`` is "label" (a file) or "decision" (the store).
    """

    found: Findings
    same: bool
    keys: tuple[str, ...]
    source: str = "label"


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Figures of one model on the folds; ``different`` counts the pairs of two works."""

    at_half: Figures
    different: int
    average_precision: float | None
    recall_at_95: float | None
    calibration_error: float | None
    log_loss: float

    def as_dict(self) -> dict[str, float | None]:
        """The figures by name, rounded for a file that people read."""
        values = {
            "precision": self.at_half.precision,
            "recall": self.at_half.recall,
            "f1": self.at_half.f1,
            "average_precision": self.average_precision,
            "recall_at_precision_95": self.recall_at_95,
            "false_merges": self.at_half.wrong / self.different if self.different else None,
            "calibration_error": self.calibration_error,
            "log_loss": self.log_loss,
        }
        return {name: None if value is None else round(value, 4) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Training:
    """What came of training: the table fitted to all lessons, and the figures of both models on the same folds."""

    table: dict[str, Any]
    old: HeldOut
    new: HeldOut
    pairs: int
    same: int
    folds: int

    @property
    def is_better(self) -> bool:
        """Whether the new model may replace the old: it is surer of what is right, and calls no fewer pairs right."""
        return self.new.log_loss < self.old.log_loss and (self.new.at_half.f1 or 0.0) >= (self.old.at_half.f1 or 0.0)


def read_verdict(status: str, work_class: str | None) -> bool | None:
    """What a decision on a CARRIED_TO or SAME_WORK link says of same work; None where it says nothing."""
    if status == Status.CONFIRMED:
        return work_class not in _TWO_WORKS
    return False if status == Status.REJECTED else None


def build_lesson(left: Prepared, right: Prepared, *, same: bool, cluster: str = "", source: str = "label") -> Lesson:
    """A lesson of two prepared records."""
    keys = (left.uid, right.uid, f"cluster {cluster}") if cluster else (left.uid, right.uid)
    return Lesson(observe(left, right), same, keys, source)


def train(
    lessons: Sequence[Lesson],
    shipped: Mapping[str, Any],
    old: Model,
    *,
    background: Sequence[Findings] = (),
    spread: float = SPREAD,
) -> Training:
    """Fit ``shipped`` to the lessons, and compare with ``old``, the model in use, by cross-validation.

    ``background``: findings of pairs on which nobody decided. InputError where there are too few lessons or of one
    kind only.
    """
    require_lessons(lessons)
    rest = _Background.of(background, parse_model(shipped))
    folds = build_folds([lesson.keys for lesson in lessons], FOLDS)

    def fit_all(rows: Sequence[Lesson]) -> dict[str, Any]:
        found, same, weight = rest.with_lessons(rows)
        return deepen_vetoes(fit(found, same, shipped, importance=weight, spread=spread))

    def fit_and_score(rows: list[Lesson], others: list[Lesson]) -> list[float]:
        return _score(others, parse_model(fit_all(rows)))

    _require_folds(folds)
    scores = cross_validate(lessons, folds, fit_and_score)
    truth = [lesson.same for lesson in lessons]
    return Training(
        table=fit_all(lessons),
        old=measure_scores(_score(lessons, old), truth),
        new=measure_scores(scores, truth),
        pairs=len(lessons),
        same=sum(truth),
        folds=len(set(folds)),
    )


def deepen_vetoes(table: dict[str, Any]) -> dict[str, Any]:
    """The table with vetoes that nothing outweighs: what was learned may have raised the sum of the other weights."""
    model = parse_model(table)
    deepest = -math.ceil(max(0.0, model.base) + sum(weights.highest for weights in model.features.values())) - _MARGIN
    features = {}
    for name, entry in table["features"].items():
        deeper = {level: min(entry["levels"][level], deepest) for level in entry.get("veto", ())}
        features[name] = {**entry, "levels": {**entry["levels"], **deeper}} if deeper else entry
    return {**table, "features": features}


@dataclass(frozen=True, slots=True)
class _Background:
    """Pairs on which nobody decided, each as a little of both answers: as much of each as the model expects."""

    found: tuple[Findings, ...]
    expected: tuple[float, ...]

    @classmethod
    def of(cls, found: Sequence[Findings], model: Model) -> _Background:
        return cls(tuple(found), tuple(to_probability(total(one, model)) for one in found))

    def with_lessons(self, rows: Sequence[Lesson]) -> tuple[list[Mapping[str, Finding]], list[bool], list[float]]:
        found = [*(row.found for row in rows), *self.found, *self.found]
        same = [*(row.same for row in rows), *(True for _ in self.found), *(False for _ in self.found)]
        both = [*(BACKGROUND * p for p in self.expected), *(BACKGROUND * (1.0 - p) for p in self.expected)]
        return list(found), same, [*(1.0 for _ in rows), *both]


def _score(lessons: Sequence[Lesson], model: Model) -> list[float]:
    return [to_probability(total(lesson.found, model)) for lesson in lessons]


def measure_scores(scores: Sequence[float], truth: Sequence[bool]) -> HeldOut:
    """Figures of probabilities against the truth; the log loss is the mean of −ln of what was given to the truth."""
    pairs: list[Scored] = list(zip(scores, truth, strict=True))
    given = [max(_LEAST_PROBABILITY, score if same else 1.0 - score) for score, same in pairs]
    return HeldOut(
        at_half=measure(pairs),
        different=sum(not same for same in truth),
        average_precision=find_average_precision(pairs),
        recall_at_95=find_recall_at(pairs, 0.95),
        calibration_error=find_calibration_error(pairs),
        log_loss=-math.fsum(math.log(share) for share in given) / len(given),
    )


def require_lessons(lessons: Sequence[Lesson]) -> None:
    """InputError where there are fewer than LEAST_LABELS lessons, or hardly any of one kind."""
    same = sum(lesson.same for lesson in lessons)
    other = len(lessons) - same
    if len(lessons) < LEAST_LABELS:
        raise InputError(
            f"มีคู่ที่ตัดสินแล้ว {len(lessons):,} คู่ น้อยกว่า {LEAST_LABELS} คู่ ยังปรับแบบจำลองไม่ได้",
            f"{len(lessons):,} decided pairs, fewer than {LEAST_LABELS}: too few to learn from",
            hint_th="ให้คนตัดสินเพิ่ม: tracegraph label หรือ tracegraph review",
            hint_en="have more pairs decided: tracegraph label, tracegraph review",
        )
    if min(same, other) < LEAST_OF_EACH:
        raise InputError(
            f"คู่ที่ตัดสินแล้วเกือบทั้งหมดเป็นชนิดเดียว (เหมือน {same:,} ต่าง {other:,}) ต้องมีอย่างน้อยชนิดละ {LEAST_OF_EACH}",
            f"nearly all decided pairs are of one kind ({same:,} same, {other:,} different); "
            f"at least {LEAST_OF_EACH} of each are needed",
            hint_th="ให้คนตัดสินคู่ที่ tracegraph label เลือก ซึ่งมีทั้งสองชนิด",
            hint_en="label what tracegraph label offers: it has both kinds",
        )


def _require_folds(folds: Sequence[int]) -> None:
    if len(set(folds)) < 2:
        raise InputError(
            "คู่ที่ตัดสินแล้วเกี่ยวกันเป็นกลุ่มเดียวทั้งหมด จึงแบ่งส่วนไว้ทดสอบไม่ได้",
            "all decided pairs hang together as one cluster, so none can be held out",
            hint_th="เพิ่มคู่จากงานอื่น", hint_en="add pairs of other works",
        )  # fmt: skip


def name_next(shipped: str, current: str | None) -> str:
    """The name of an office's next model: ``same_work-1+office-3`` after ``same_work-1+office-2``."""
    number = current.rpartition("+office-")[2] if current and "+office-" in current else ""
    return f"{shipped}+office-{int(number) + 1 if number.isdecimal() else 1}"


def build_table(training: Training, *, name: str, date: str, counts: Mapping[str, int]) -> dict[str, Any]:
    """The table of the new model with its name, its figures, and how many pairs it learned from and when.

    Nothing of the pairs themselves is in it: no id, no text.
    """
    made = {"date": date, "pairs": training.pairs, "same": training.same, **counts}
    figures = {
        "split": f"{training.folds} folds by cluster",
        "new": training.new.as_dict(),
        "old": training.old.as_dict(),
    }
    head = {"format": FORMAT, "name": name, "trained_on": made, "figures": figures}
    rest = {key: value for key, value in training.table.items() if key not in head}
    return {**head, **rest}

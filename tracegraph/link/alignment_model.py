"""The model of alignment: curves by feature, read from ``models/alignment-2.json``, and one list scored by it.

A leaf's score is the sum of its contributions in log-odds: starting point, features, what was learned from labels, and
what its rivals take away. An entry above the leaves gathers what they got: it is never less likely than one of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from tracegraph.errors import InputError
from tracegraph.link.alignment_features import NAMES, Feature
from tracegraph.link.alignment_texts import NATIONAL, Entry
from tracegraph.link.alignment_themes import Floats
from tracegraph.link.scores import to_log_odds, to_probability
from tracegraph.model.records import Contribution

#: What the method of a link adds to the model's version where labels were learned from, and where it contradicts.
LEARNED, DISAGREES = "-learned", "-disagrees"

#: No probability that is inferred is closer to 0 or 1 than this.
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class LearningSettings:
    """When and how a list is learned from labels; see ``about`` of the model."""

    texts: int
    entries: int
    most: int
    trust: float
    ridge: float
    rounds: int
    folds: int


@dataclass(frozen=True, slots=True)
class AlignmentModel:
    """Curves by feature and the numbers around them; see ``about`` of the model file."""

    version: str
    prior: float
    slope: float
    intercept: float
    rivalry_list: float
    rivalry_national: float
    names_national: float
    near_second: float
    objection: float
    learning: LearningSettings
    curves: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]

    def rivalry(self, list_id: str) -> float:
        """How much of its rivals' weight is taken away from an entry of a list."""
        return self.rivalry_national if list_id in NATIONAL else self.rivalry_list

    def weight(self, feature: str, list_id: str) -> float:
        """What a feature's curve is multiplied by: in the national lists names say less beside the usual entries."""
        return 1.0 if list_id not in NATIONAL or feature in ("usual", "programme") else self.names_national

    def weigh(self, values: Mapping[str, Floats], leaves: int, list_id: str) -> Floats:
        """The sum of all features of each leaf, in log-odds, before calibration."""
        total = np.full(leaves, self.prior)
        for name in NAMES:
            if name in values:
                total += self.weight(name, list_id) * np.interp(values[name], *self.curves[name])
        return total


@cache
def load_alignment_model(name: str = "alignment-2") -> AlignmentModel:
    """The model that ships with the package; InputError where the file lacks something or has an unknown feature."""
    table = json.loads(files("tracegraph.link").joinpath(f"models/{name}.json").read_text(encoding="utf-8"))
    try:
        curves = {
            feature: (tuple(float(x) for x, _ in points), tuple(float(y) for _, y in points))
            for feature, points in table["features"].items()
        }
        if set(curves) != set(NAMES):
            raise KeyError(", ".join(sorted(set(curves) ^ set(NAMES))))
        return AlignmentModel(
            version=table["version"],
            prior=float(table["prior"]),
            slope=float(table["calibration"]["slope"]),
            intercept=float(table["calibration"]["intercept"]),
            rivalry_list=float(table["rivalry"]["list"]),
            rivalry_national=float(table["rivalry"]["national"]),
            names_national=float(table["names_national"]),
            near_second=float(table["near_second"]),
            objection=float(table["objection"]),
            learning=LearningSettings(**table["learning"]),
            curves=curves,
        )
    except (KeyError, TypeError) as error:
        raise InputError(
            f"แบบจำลอง {name} ไม่ตรงกับรุ่นนี้: {error}", f"model {name} does not fit this version: {error}"
        ) from error


@dataclass(frozen=True, slots=True)
class Inference:
    """One entry as inferred for one project, with a probability and the contributions to its log-odds."""

    entry: Entry
    probability: float
    contributions: tuple[Contribution, ...]


def take_rivals(scores: Floats, rivalry: float) -> Floats:
    """Final log-odds of each leaf: its score less ``rivalry`` times the log of 1 + the odds of all others."""
    if not len(scores):
        return scores
    odds = np.exp(np.minimum(scores, 50.0))
    others = np.maximum(odds.sum() - odds, 0.0)
    taken: Floats = scores - rivalry * np.log1p(others)
    return taken


def to_probabilities(log_odds: Floats) -> Floats:
    """Logistic function, kept off 0 and 1."""
    found: Floats = np.clip(1.0 / (1.0 + np.exp(-np.clip(log_odds, -50.0, 50.0))), _LEAST, 1.0 - _LEAST)
    return found


def gather(chances: Sequence[float], rivalry: float) -> float:
    """Chance that one of several leaves is served: their sum where leaves exclude each other, else at least one."""
    if rivalry >= 1.0:
        together = sum(chances)
    else:
        missed = 1.0
        for chance in chances:
            missed *= 1.0 - chance
        together = 1.0 - missed
    return min(max(together, *chances, 0.0), 1.0 - _LEAST)


def build_contributions(
    model: AlignmentModel, list_id: str, features: Sequence[Feature], *, slope: float, intercept: float, trust: float
) -> list[Contribution]:
    """Starting point and features in log-odds; ``trust`` scales what the names say beside what was learned."""
    start = slope * trust * model.prior + intercept
    parts = [build_part("prior", start, th="ค่าเริ่มต้นของแต่ละข้อ", en="starting point of every entry")]
    for one in features:
        weight = slope * trust * model.weight(one.name, list_id) * float(np.interp(one.value, *model.curves[one.name]))
        if weight:
            parts.append(build_part(one.name, weight, one.left, one.right, one.th, one.en))
    return parts


def build_rivalry(rivals: float) -> list[Contribution]:
    """What the other entries of the list take away (a number of log-odds, 0 or less)."""
    if round(rivals, 4) == 0:
        return []
    return [build_part("rivalry", rivals, th="ข้ออื่นในชุดเดียวกันก็ใกล้เคียง", en="other entries of the list come close")]


def build_parent(entry: Entry, best: Inference, leaves: int, probability: float) -> Inference:
    """An entry above the leaves: its best leaf's contributions, and what the other leaves below it add."""
    extra = to_log_odds(probability) - sum(part.weight for part in best.contributions)
    th, en = f"รวมข้อย่อย {leaves} ข้อ", f"{leaves} entries below it taken together"
    parts = (*best.contributions, build_part("below", extra, best.entry.name, entry.name, th, en))
    return Inference(entry, score_of(parts), parts)


def score_of(parts: Sequence[Contribution]) -> float:
    """The probability that contributions add up to, four decimals, kept off 0 and 1."""
    return round(min(max(to_probability(sum(part.weight for part in parts)), _LEAST), 1.0 - _LEAST), 4)


def build_part(
    feature: str, weight: float, left: str = "", right: str = "", th: str = "", en: str = ""
) -> Contribution:
    """A contribution with its weight to four decimals."""
    return Contribution(feature=feature, weight=round(weight, 4), left=left, right=right, th=th, en=en)

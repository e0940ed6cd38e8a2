"""The additive model of answers: a readable table of weights, and the score that they add up to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from tracegraph.link.scores import PairScore, to_probability
from tracegraph.model.records import Contribution

#: How many contributions the reason in words names, strongest first.
_NAMED = 3

#: The model in use.
CURRENT = "answers-4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one feature found: a named level, or a value between 0 and 1 on one of the feature's curves."""

    feature: str
    level: str = ""
    value: float | None = None
    curve: str = "points"
    left: str = ""
    right: str = ""
    th: str = ""
    en: str = ""


Curve = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """What one feature may weigh: by named level, and on curves of a value from 0 to 1; ``vetoes`` are levels."""

    levels: Mapping[str, float]
    curves: Mapping[str, Curve]
    vetoes: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """Weights by feature, read from its file in ``models/``; everything in log-odds, calibration included."""

    version: str
    start: float
    features: Mapping[str, Weights]

    def weight(self, finding: Finding) -> float:
        """The weight of a finding."""
        if finding.value is None:
            return self.level(finding.feature, finding.level)
        return self.at(finding.feature, finding.value, finding.curve)

    def level(self, feature: str, level: str) -> float:
        """The weight of a named level."""
        return self.features[feature].levels[level]

    def at(self, feature: str, value: float, curve: str = "points") -> float:
        """The weight of a value on one of the feature's curves."""
        return on_curve(self.features[feature].curves[curve], value)

    def most(self, feature: str, curve: str = "") -> float:
        """The largest weight that a feature can give, on one curve or at all."""
        table = self.features[feature]
        if curve:
            return max((*table.levels.values(), *(w for _, w in table.curves[curve])))
        return max((*table.levels.values(), *(w for points in table.curves.values() for _, w in points)))

    def is_veto(self, finding: Finding) -> bool:
        """Whether this finding alone rules the pair out."""
        return finding.level in self.features[finding.feature].vetoes

    def score(self, findings: Iterable[Finding]) -> PairScore:
        """The pair's score with its contributions; findings that say nothing are left out."""
        parts = [_contribution(Finding(feature="prior", th=PRIOR_TH, en=PRIOR_EN), self.start)]
        veto = None
        for finding in findings:
            weight = self.weight(finding)
            if self.is_veto(finding):
                veto = veto or finding.feature
            if weight or finding.value is not None:
                parts.append(_contribution(finding, weight))
        probability = to_probability(sum(part.weight for part in parts))
        named = sorted((p for p in parts if p.feature != "prior"), key=lambda p: (-abs(p.weight), p.feature))[:_NAMED]
        return PairScore(
            probability=probability,
            work_class=None,
            reason_th="; ".join(part.th for part in named),
            reason_en="; ".join(part.en for part in named),
            contributions=tuple(parts),
            veto=veto,
        )


PRIOR_TH = "ค่าเริ่มต้น: ความต้องการส่วนใหญ่ไม่มีโครงการรองรับ"
PRIOR_EN = "starting point: most needs are answered by no project"


@cache
def load_model(name: str = CURRENT) -> AnswerModel:
    """The model that ships with the package."""
    return parse_model(read_table(name))


def read_table(name: str = CURRENT) -> dict[str, Any]:
    """The table of weights as its file holds it."""
    text = files("tracegraph.link").joinpath(f"models/{name}.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


def parse_model(table: Mapping[str, Any]) -> AnswerModel:
    """The model of a table of weights, its calibration worked in."""
    slope, intercept = float(table["calibration"]["slope"]), float(table["calibration"]["intercept"])
    return AnswerModel(
        version=table["version"],
        start=slope * float(table["prior"]) + intercept,
        features={feature: _read_weights(row, slope) for feature, row in table["features"].items()},
    )


def _read_weights(row: Mapping[str, Any], slope: float) -> Weights:
    curves = {key: tuple((x, slope * y) for x, y in row[key]) for key in row if key.startswith("points")}
    levels = {level: slope * weight for level, weight in row.get("levels", {}).items()}
    return Weights(levels, curves, frozenset(row.get("vetoes", ())))


def _contribution(finding: Finding, weight: float) -> Contribution:
    return Contribution(
        feature=finding.feature,
        weight=round(weight, 4),
        left=finding.left,
        right=finding.right,
        th=finding.th,
        en=finding.en,
    )


def on_curve(points: Curve, value: float) -> float:
    """Straight between the points, flat beyond the ends."""
    if value <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if value <= x1:
            return y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return points[-1][1]

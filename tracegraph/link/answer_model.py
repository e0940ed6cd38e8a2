"""The additive model of answers: a readable table of weights, and the score that they add up to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tracegraph.link.scores import PairScore, to_probability
from tracegraph.model.records import Contribution

#: How many contributions the reason in words names, strongest first.
_NAMED = 3


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


@dataclass(frozen=True, slots=True)
class AnswerModel:
    """Weights by feature, read from ``models/answers-1.json``; everything in log-odds."""

    version: str
    prior: float
    slope: float
    intercept: float
    features: Mapping[str, Mapping[str, Any]]

    def weight(self, finding: Finding) -> float:
        """The calibrated weight of a finding."""
        table = self.features[finding.feature]
        if finding.value is None:
            return self.slope * float(table["levels"][finding.level])
        return self.slope * _on_curve(table[finding.curve], finding.value)

    def most(self, feature: str) -> float:
        """The largest weight that a feature can give."""
        table = self.features[feature]
        curves = (w for name, points in table.items() if name.startswith("points") for _, w in points)
        return self.slope * max((*table.get("levels", {}).values(), *curves))

    def is_veto(self, finding: Finding) -> bool:
        """Whether this finding alone rules the pair out."""
        return finding.level in self.features[finding.feature].get("vetoes", ())

    @property
    def start(self) -> float:
        """The score before anything is known: most needs have no answer."""
        return self.slope * self.prior + self.intercept

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
            probability=round(probability, 4),
            work_class=None,
            reason_th="; ".join(part.th for part in named),
            reason_en="; ".join(part.en for part in named),
            contributions=tuple(parts),
            veto=veto,
        )


PRIOR_TH = "ค่าเริ่มต้น: ความต้องการส่วนใหญ่ไม่มีโครงการรองรับ"
PRIOR_EN = "starting point: most needs are answered by no project"


@cache
def load_model(name: str = "answers-1") -> AnswerModel:
    """The model that ships with the package."""
    table = json.loads(files("tracegraph.link").joinpath(f"models/{name}.json").read_text(encoding="utf-8"))
    calibration = table["calibration"]
    return AnswerModel(
        version=table["version"],
        prior=float(table["prior"]),
        slope=float(calibration["slope"]),
        intercept=float(calibration["intercept"]),
        features=table["features"],
    )


def _contribution(finding: Finding, weight: float) -> Contribution:
    return Contribution(
        feature=finding.feature,
        weight=round(weight, 4),
        left=finding.left,
        right=finding.right,
        th=finding.th,
        en=finding.en,
    )


def _on_curve(points: list[list[float]], value: float) -> float:
    """Straight between the points, flat beyond the ends."""
    if value <= points[0][0]:
        return float(points[0][1])
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        if value <= x1:
            return float(y0 + (y1 - y0) * (value - x0) / (x1 - x0))
    return float(points[-1][1])

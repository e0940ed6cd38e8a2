"""Fit the weights of answers to labelled pairs, held near the weights that people set by hand.

Regularized logistic regression (NumPy only), as for same work: each weight is pulled to its hand-set value, keeps its
sign, and a curve never falls as likeness grows; vetoes stay as they are, for they are rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import numpy.typing as npt

from tracegraph.link.answer_model import Finding

Floats = npt.NDArray[np.float64]
#: (feature, 'levels' or the name of a curve, level or value); the prior has no feature.
Parameter = tuple[str, str, str | float]

#: Standard deviation, in log-odds, by which labels may move a weight from its hand-set value.
PRIOR_SPREAD = 0.5
_STEPS = 1_500
#: Part of its hand-set rise that a curve keeps: what is more alike stays ahead, however few labels speak of it.
_LEAST_SLOPE = 0.5
_PRIOR: Parameter = ("", "prior", "")


def list_parameters(table: Mapping[str, Any]) -> list[Parameter]:
    """What can be fitted: the prior, every level that is no veto, every point of every curve."""
    found: list[Parameter] = [_PRIOR]
    for feature, row in table["features"].items():
        vetoes = set(row.get("vetoes", ()))
        found += [(feature, "levels", level) for level in row.get("levels", {}) if level not in vetoes]
        found += [(feature, key, float(x)) for key in row if key.startswith("points") for x, _ in row[key]]
    return found


def build_design(pairs: Sequence[Sequence[Finding]], table: Mapping[str, Any]) -> Floats:
    """The matrix (pairs × parameters), so that score = matrix · weights for pairs without a veto."""
    index = {parameter: column for column, parameter in enumerate(list_parameters(table))}
    design = np.zeros((len(pairs), len(index)))
    design[:, index[_PRIOR]] = 1.0
    for number, findings in enumerate(pairs):
        for finding in findings:
            if finding.value is None:
                column = index.get((finding.feature, "levels", finding.level))
                if column is not None:
                    design[number, column] += 1.0
                continue
            points = [float(x) for x, _ in table["features"][finding.feature][finding.curve]]
            for point, share in _shares(points, finding.value):
                design[number, index[finding.feature, finding.curve, point]] += share
    return design


def _shares(points: Sequence[float], value: float) -> list[tuple[float, float]]:
    """The points beside ``value`` with their shares in a linear interpolation, flat beyond the ends."""
    heights = [float(np.interp(value, points, np.eye(len(points))[at])) for at in range(len(points))]
    return [(point, share) for point, share in zip(points, heights, strict=True) if share > 0]


def read_weights(table: Mapping[str, Any]) -> Floats:
    """The weights of a table in the order of ``list_parameters``."""
    return np.array([_value(table, parameter) for parameter in list_parameters(table)])


def _value(table: Mapping[str, Any], parameter: Parameter) -> float:
    feature, key, at = parameter
    if parameter == _PRIOR:
        return float(table["prior"])
    row = table["features"][feature][key]
    return float(row[at] if key == "levels" else dict(map(tuple, row))[at])


def fit(
    design: Floats,
    labels: Sequence[bool],
    table: Mapping[str, Any],
    *,
    importance: Sequence[float] | None = None,
    spread: float = PRIOR_SPREAD,
) -> dict[str, Any]:
    """A new table whose weights fit the labels of pairs without a veto; ``importance`` weighs each pair (default 1)."""
    start = read_weights(table)
    truth = np.array(labels, dtype=np.float64)
    share = np.ones(len(truth)) if importance is None else np.array(importance, dtype=np.float64)
    step = 1.0 / (1.0 / spread**2 + 0.25 * float(np.linalg.norm(design * np.sqrt(share)[:, None], ord=2)) ** 2)
    weights = start.copy()
    for _ in range(_STEPS):
        probability = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (share * (probability - truth)) + (weights - start) / spread**2
        weights = _keep_shape(weights - step * gradient, start, table)
    return write_weights(table, weights)


def _keep_shape(weights: Floats, start: Floats, table: Mapping[str, Any]) -> Floats:
    """Levels keep their sign (0 stays 0: silence is no evidence); curves rise, and none speaks for a pair earlier."""
    parameters = list_parameters(table)
    kept = weights.copy()
    curves: dict[tuple[str, str], list[int]] = {}
    for column, (feature, key, _) in enumerate(parameters):
        if key == "levels" and (start[column] == 0 or weights[column] * start[column] < 0):
            kept[column] = 0.0
        elif key.startswith("points"):
            kept[column] = min(kept[column], 0.0) if start[column] <= 0 else max(kept[column], 0.0)
            curves.setdefault((feature, key), []).append(column)
    for columns in curves.values():
        least = _LEAST_SLOPE * np.diff(start[columns])
        for at, rise in zip(range(1, len(columns)), least, strict=True):
            kept[columns[at]] = max(kept[columns[at]], kept[columns[at - 1]] + float(rise))
    return kept


def write_weights(table: Mapping[str, Any], weights: Floats) -> dict[str, Any]:
    """A copy of ``table`` with these weights, rounded to hundredths so that people can read them."""
    written = deepcopy(dict(table))
    for parameter, weight in zip(list_parameters(table), (np.round(weights, 2) + 0.0).tolist(), strict=True):
        feature, key, at = parameter
        if parameter == _PRIOR:
            written["prior"] = weight
        elif key == "levels":
            written["features"][feature]["levels"][at] = weight
        else:
            row = written["features"][feature][key]
            written["features"][feature][key] = [[x, weight if x == at else y] for x, y in row]
    return written

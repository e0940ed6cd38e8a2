"""Fit the weights of a model to labelled pairs, held near the weights that people set by hand.

Regularized logistic regression (NumPy only): each weight is pulled to its hand-set value with the strength of a
Gaussian prior, keeps its sign, and a curve never falls as likeness grows. Vetoes stay as they are: they are rules.
So some dozens of labels correct the table without inventing a rule that nobody would sign.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import numpy.typing as npt

from tracegraph.link.same_work.features import FEATURES, UNKNOWN, Finding

Floats = npt.NDArray[np.float64]
Parameter = tuple[str, str | float]

#: Standard deviation, in log-odds, by which labels may move a weight from its hand-set value.
PRIOR_SPREAD = 0.7
_STEPS = 2_000
_BASE: Parameter = ("base", "")


def list_parameters(table: Mapping[str, Any]) -> list[Parameter]:
    """What can be fitted: the base, every level that is no veto, every point of a curve."""
    found: list[Parameter] = [_BASE]
    for name, entry in table["features"].items():
        vetoes = set(entry.get("veto", ()))
        found += [(name, level) for level in entry.get("levels", {}) if level not in vetoes]
        found += [(name, float(value)) for value, _ in entry.get("curve", ())]
    return found


def build_design(findings: Sequence[Mapping[str, Finding]], table: Mapping[str, Any]) -> tuple[Floats, Floats]:
    """The matrix (pairs × parameters) and the fixed part of each score (vetoes), so that score = X·weights + fixed."""
    index = {parameter: column for column, parameter in enumerate(list_parameters(table))}
    design = np.zeros((len(findings), len(index)))
    fixed = np.zeros(len(findings))
    design[:, index[_BASE]] = 1.0
    for row, found in enumerate(findings):
        for feature in FEATURES:
            finding = found[feature.name]
            entry = table["features"][feature.name]
            if finding.level == UNKNOWN:
                continue
            if finding.value is not None and "curve" in entry:
                for value, share in _hats([v for v, _ in entry["curve"]], finding.value):
                    design[row, index[feature.name, float(value)]] += share
            elif finding.level in entry.get("veto", ()):
                fixed[row] += entry["levels"][finding.level]
            else:
                design[row, index[feature.name, finding.level]] = 1.0
    return design, fixed


def _hats(points: Sequence[float], value: float) -> list[tuple[float, float]]:
    """The points beside ``value`` with their shares in a linear interpolation."""
    heights = [float(np.interp(value, points, np.eye(len(points))[i])) for i in range(len(points))]
    return [(point, share) for point, share in zip(points, heights, strict=True) if share > 0]


def read_weights(table: Mapping[str, Any]) -> Floats:
    """The weights of a table in the order of ``list_parameters``."""
    values = [float(table["base"])]
    for name, key in list_parameters(table)[1:]:
        entry = table["features"][name]
        values.append(float(dict(entry["curve"])[key] if isinstance(key, float) else entry["levels"][key]))
    return np.array(values)


def fit(
    findings: Sequence[Mapping[str, Finding]],
    labels: Sequence[bool],
    table: Mapping[str, Any],
    *,
    importance: Sequence[float] | None = None,
    spread: float = PRIOR_SPREAD,
) -> dict[str, Any]:
    """A new table whose weights fit the labels; ``importance`` weighs each pair (default 1)."""
    design, fixed = build_design(findings, table)
    start = read_weights(table)
    truth = np.array(labels, dtype=np.float64)
    share = np.ones(len(truth)) if importance is None else np.array(importance, dtype=np.float64)
    step = 1.0 / (1.0 / spread**2 + 0.25 * float(np.linalg.norm(design * np.sqrt(share)[:, None], ord=2)) ** 2)
    weights = start.copy()
    for _ in range(_STEPS):
        probability = 1.0 / (1.0 + np.exp(-np.clip(design @ weights + fixed, -30, 30)))
        gradient = design.T @ (share * (probability - truth)) + (weights - start) / spread**2
        weights = _keep_shape(weights - step * gradient, start, table)
    return write_weights(table, weights)


def _keep_shape(weights: Floats, start: Floats, table: Mapping[str, Any]) -> Floats:
    """Signs of levels as set by hand; curves that never fall."""
    parameters = list_parameters(table)
    levels = np.array([isinstance(key, str) and name != "base" for name, key in parameters])
    wrong = levels & (np.sign(weights) * np.sign(start) < 0)
    kept = np.where(wrong, 0.0, weights)
    for name, entry in table["features"].items():
        if "curve" in entry:
            columns = [i for i, (other, key) in enumerate(parameters) if other == name and isinstance(key, float)]
            kept[columns] = np.maximum.accumulate(kept[columns])
    return np.asarray(kept)


def write_weights(table: Mapping[str, Any], weights: Floats) -> dict[str, Any]:
    """A copy of ``table`` with these weights, rounded to hundredths so that people can read them."""
    written = deepcopy(dict(table))
    for (name, key), weight in zip(list_parameters(table), (np.round(weights, 2) + 0.0).tolist(), strict=True):
        if name == "base":
            written["base"] = weight
        elif isinstance(key, float):
            curve = written["features"][name]["curve"]
            written["features"][name]["curve"] = [[v, weight if v == key else w] for v, w in curve]
        else:
            written["features"][name]["levels"][key] = weight
    return written

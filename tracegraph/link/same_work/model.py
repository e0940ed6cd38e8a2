"""The model of "same work": a declared table of weights in log-odds, read from a file that people can read.

Invariant: the score of a pair is the base plus one weight for each feature, nothing else; its logistic function is the
probability. So the contributions that are shown add up to the log-odds of the probability that is stored.
A level listed under ``veto`` carries a weight that no sum of the others can outweigh.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tracegraph.link.same_work.features import FEATURES, UNKNOWN, Finding

CURRENT = "same_work-1"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of one feature: by level, or along a curve of (value, weight) points joined by straight lines."""

    levels: Mapping[str, float]
    curve: tuple[tuple[float, float], ...] = ()
    veto: frozenset[str] = frozenset()

    def weigh(self, finding: Finding) -> float:
        """The weight of a finding; no information weighs nothing."""
        if finding.level == UNKNOWN:
            return 0.0
        if finding.value is not None and self.curve:
            return interpolate(self.curve, finding.value)
        return self.levels[finding.level]

    def silenced(self) -> Weights:
        """The same levels and points, all weighing nothing."""
        return Weights(dict.fromkeys(self.levels, 0.0), tuple((value, 0.0) for value, _ in self.curve))

    @property
    def highest(self) -> float:
        """The largest weight that this feature can add."""
        return max((0.0, *self.levels.values(), *(weight for _, weight in self.curve)))


def interpolate(curve: Sequence[tuple[float, float]], value: float) -> float:
    """The weight at ``value`` on straight lines between the points; flat beyond both ends."""
    position = bisect_right(curve, (value, float("inf")))
    if position == 0:
        return curve[0][1]
    if position == len(curve):
        return curve[-1][1]
    (x0, w0), (x1, w1) = curve[position - 1], curve[position]
    return w0 + (w1 - w0) * (value - x0) / (x1 - x0)


@dataclass(frozen=True, slots=True)
class Model:
    """Named weights for all features; ``method`` is how links name it."""

    name: str
    base: float
    features: Mapping[str, Weights]

    @property
    def method(self) -> str:
        """The name in ``LinkRecord.method``: job and version."""
        return self.name.replace("_", "-")

    def without(self, names: Iterable[str]) -> Model:
        """The same model with some features weighing nothing, to see what the others can do."""
        silent = set(names)
        kept = {name: weights.silenced() if name in silent else weights for name, weights in self.features.items()}
        return Model(self.name, self.base, kept)

    def with_losses_forgiven(self, names: Iterable[str]) -> Model:
        """The same model with some features able to add but not to take away; for upper bounds."""
        forgiven = set(names)
        kept = {
            name: Weights(
                {level: max(0.0, weight) for level, weight in weights.levels.items()},
                tuple((value, max(0.0, weight)) for value, weight in weights.curve),
            )
            if name in forgiven
            else weights
            for name, weights in self.features.items()
        }
        return Model(self.name, self.base, kept)


def parse_model(table: Mapping[str, Any]) -> Model:
    """A model from its table; ValueError where a feature or a level has no weight or is unknown."""
    weights = {name: _parse_weights(entry) for name, entry in table["features"].items()}
    for feature in FEATURES:
        if feature.name not in weights:
            raise ValueError(f"model {table['name']}: no weights for feature {feature.name!r}")
        mine = weights[feature.name]
        missing = set(feature.says) - set(mine.levels) if not mine.curve else set()
        if missing or mine.veto - set(feature.says):
            raise ValueError(f"model {table['name']}: levels of {feature.name!r} do not fit: {sorted(missing)}")
    unknown = set(weights) - {feature.name for feature in FEATURES}
    if unknown:
        raise ValueError(f"model {table['name']}: unknown features {sorted(unknown)}")
    return Model(table["name"], float(table["base"]), weights)


def _parse_weights(entry: Mapping[str, Any]) -> Weights:
    curve = tuple((float(value), float(weight)) for value, weight in entry.get("curve", ()))
    levels = {level: float(weight) for level, weight in entry.get("levels", {}).items()}
    return Weights(levels, curve, frozenset(entry.get("veto", ())))


def read_table(name: str = CURRENT) -> dict[str, Any]:
    """The table of a model as it stands in its file."""
    text = files("tracegraph.link").joinpath("models", f"{name}.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


@cache
def load_model(name: str = CURRENT) -> Model:
    """A model that ships with the package."""
    return parse_model(read_table(name))

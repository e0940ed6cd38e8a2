"""The model of "same work": a declared table of weights in log-odds, read from a file that people can read.

Invariant: the score of a pair is the base plus one weight for each feature, nothing else; its logistic function is the
probability. So the contributions that are shown add up to the log-odds of the probability that is stored.
A level listed under ``veto`` carries a weight that no sum of the others can outweigh.

An office may have a model of its own, learned from its decisions: ``HOME/models/same_work.json``. Its name tells the
shipped model it grew from (``same_work-1+office-3``) and stands on every link it made.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from tracegraph.errors import InputError
from tracegraph.link.same_work.features import FEATURES, UNKNOWN, Finding

CURRENT = "same_work-4"
#: The format of model files that this version reads; a file that does not say is taken for the first.
FORMAT = 1
#: The office's own model, inside its data folder.
OFFICE_FILE = Path("models", "same_work.json")
_JOB = "same_work-"


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
def _load_shipped(name: str) -> Model:
    return parse_model(read_table(name))


def load_model(source: str | Path = CURRENT) -> Model:
    """A model that ships with the package, by name, or one in a file, by its path; InputError says what is wrong."""
    return read_model_file(source)[1] if isinstance(source, Path) else _load_shipped(source)


def find_model(home: Path | None) -> Model:
    """The office's own model where its data folder has one, else the shipped one.

    InputError where the office's file cannot be used: another model in its place would be a silent change.
    """
    if home is not None and (home / OFFICE_FILE).is_file():
        return load_model(home / OFFICE_FILE)
    return load_model()


def read_model_file(path: Path) -> tuple[dict[str, Any], Model]:
    """The table in a file and its model; InputError for another format, another job, missing or unknown features."""
    try:
        table = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise _refuse(path, f"อ่านไม่ได้: {error}", f"cannot be read: {error}") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise _refuse(path, f"ไม่ใช่ JSON: {error}", f"is no JSON: {error}") from error
    if not isinstance(table, dict) or not isinstance(table.get("name"), str) or "features" not in table:
        raise _refuse(path, "ไม่มี name และ features", "has no name and features")
    name, stated = table["name"], table.get("format", FORMAT)
    if stated != FORMAT:
        said = f"format {stated!r}"
        raise _refuse(path, f"เป็นรูปแบบอื่น ({said} ต้องเป็น {FORMAT})", f"has another {said}, expected {FORMAT}")
    if not name.startswith(_JOB):
        raise _refuse(path, f"เป็นแบบจำลองของงานอื่น ({name})", f"is a model of another job ({name})")
    try:
        model = parse_model(table)
        _check_numbers(model)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        said = f"{type(error).__name__}: {error}"
        raise _refuse(path, f"ไม่ตรงกับรุ่นนี้ของโปรแกรม ({said})", f"does not fit this version ({said})") from error
    return table, model


def _refuse(path: Path, th: str, en: str) -> InputError:
    return InputError(
        f"แบบจำลอง {path.name}: {th}",
        f"model {path.name}: {en}",
        hint_th="ย้ายไฟล์นี้ออกเพื่อใช้แบบจำลองที่มากับโปรแกรม หรือสร้างใหม่ด้วย tracegraph train --replace",
        hint_en="move the file away to use the model that ships, or make a new one with tracegraph train --replace",
    )


def _check_numbers(model: Model) -> None:
    """ValueError where a weight is no finite number, a curve does not rise in value, or a veto can be outweighed."""
    most = model.base + sum(weights.highest for weights in model.features.values())
    for name, weights in model.features.items():
        values = [value for value, _ in weights.curve]
        numbers = (*weights.levels.values(), *(weight for _, weight in weights.curve), *values)
        if not all(math.isfinite(number) for number in numbers):
            raise ValueError(f"feature {name!r} has a weight that is no number")
        if any(later <= before for before, later in pairwise(values)):
            raise ValueError(f"the curve of {name!r} is not in order")
        if any(most + weights.levels[level] >= 0 for level in weights.veto):
            raise ValueError(f"the veto of {name!r} can be outweighed")
    if not math.isfinite(model.base):
        raise ValueError("the base is no number")

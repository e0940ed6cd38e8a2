"""The best that the features still to come could add to a pair, told from what each record states at all.

Two records of which neither names a road gain nothing by roads; where one alone names a soi number, the pair can only
lose by it. Never below what the feature then finds.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

from tracegraph.link.bulk.columns import Columns, Floats, Ints
from tracegraph.link.same_work.features import job as jobs
from tracegraph.link.same_work.features.roads import is_code
from tracegraph.link.same_work.model import Model, Weights

Bools = npt.NDArray[np.bool_]

#: The fields of which both records must state one for the feature to add anything.
_BOTH = {
    "verb": ("verb",),
    "work_object": ("work_object",),
    "family": ("family",),
    "village_name": ("village_names",),
    "road_name": ("roads",),
    "spot": ("spots",),
    "bank": ("bank",),
    "period": ("period",),
    "phase": ("phase",),
    "stations": ("stations",),
    "measures": ("sizes",),
    "leftover": ("leftover", "ordinals"),
    "unit": ("unit",),
    "asset": ("assets",),
}
#: The fields of which it is enough that one record states one.
_EITHER = {"reference": ("references", "forwarded"), "purpose": ("purpose", "furnished")}
#: What a feature of ``_BOTH`` can find where one record alone states something; the others then add nothing.
_ONE_SIDED = {
    "road_number": ("one_side",),
    "road_name": ("mentioned", "one_side"),
    "spot": ("one_side",),
    "bank": ("one_side",),
    "period": ("within", "one_side"),
    "leftover": ("one_side",),
}
#: Levels that tables cannot have: they hold no rows of amendments.
_NEVER = {"relation": ("amended",)}
#: The parts of ``job`` and of ``road_number`` that only some works can have, each with what both records must be.
_PARTS = ("job_step", "job_water", "job_here", "road_number_coded")


class Presence:
    """Upper bounds of features for pairs of rows of one set of columns.

    ``both`` and ``either`` hold for each feature which records state something; ``most`` gives the weight where both
    (or either) do, and where one alone does.
    """

    def __init__(self, columns: Columns, model: Model) -> None:
        self.model = model
        self.both: dict[str, Bools] = {name: _states(columns, fields) for name, fields in _BOTH.items()}
        self.either: dict[str, Bools] = {name: _states(columns, fields) for name, fields in _EITHER.items()}
        roads = columns.codes["roads"]
        self.both["road_number"] = _holds(columns, "roads", lambda found: any(road.numbers for road in found))[roads]
        self.both["money"] = columns.table.amount > 0
        self.both["years"] = columns.table.year > 0
        self.both |= self._build_parts(columns)

    def _build_parts(self, columns: Columns) -> dict[str, Bools]:
        thing, roads = columns.codes["work_object"], columns.codes["roads"]
        drawn = _holds(columns, "verb", lambda verb: verb == jobs.DRAWING)[columns.codes["verb"]]
        numbers = _holds(columns, "roads", lambda found: any(is_code(n) for road in found for n in road.numbers))
        placed = (roads > 0) | (columns.codes["spots"] > 0)
        return {
            "job_step": _holds(columns, "work_object", lambda value: value in jobs.STEPS)[thing] | drawn,
            "job_water": _holds(columns, "work_object", lambda value: value in jobs.WATERS)[thing] & (roads > 0),
            "job_here": placed,
            "road_number_coded": numbers[roads],
        }

    def most(self, name: str) -> tuple[float, float]:
        """The most that a feature can add where both records state something, and where one alone does."""
        weights = self.model.features.get(name)
        if weights is None:
            return self._most_of_part(name), 0.0
        levels = [weight for level, weight in weights.levels.items() if level not in _NEVER.get(name, ())]
        highest = max((0.0, *levels, *(weight for _, weight in weights.curve)))
        if name == "job":
            highest = max(0.0, weights.levels["village"])
        elif name == "road_number":
            highest = _best(weights, set(weights.levels) - {"same_code"})
        single = highest if name in self.either else _best(weights, _ONE_SIDED.get(name, ()))
        return highest, single

    def _most_of_part(self, part: str) -> float:
        """What a part adds beyond what ``most`` says of its feature."""
        feature = "road_number" if part.startswith("road_number") else "job"
        levels = {"job_step": ("step",), "job_water": ("water",), "job_here": ("here",)}.get(part, ("same_code",))
        return max(0.0, _best(self.model.features[feature], levels) - self.most(feature)[0])

    def outlook(self, left: Ints, right: Ints) -> Floats:
        """The sum of ``best`` over all features."""
        total = np.zeros(len(left))
        for name in self.model.features:
            total += self.best(name, left, right)
        return total

    def best(self, name: str, left: Ints, right: Ints) -> Floats | float:
        """The most that a feature can add to each pair; at least 0, for it may have nothing to go by."""
        found = self._best_of(name, left, right)
        for part in _PARTS:
            if part.startswith(name):
                found = found + self._best_of(part, left, right)
        return found

    def _best_of(self, name: str, left: Ints, right: Ints) -> Floats | float:
        highest, single = self.most(name)
        has = self.both.get(name, self.either.get(name))
        if has is None:
            return highest
        mine, theirs = has[left], has[right]
        return np.asarray(np.where(mine & theirs, highest, np.where(mine | theirs, single, 0.0)))


def _best(weights: Weights, levels: Collection[str]) -> float:
    return max((0.0, *(weights.levels[level] for level in levels)))


def _states(columns: Columns, fields: Collection[str]) -> Bools:
    found = np.zeros(len(columns), dtype=bool)
    for name in fields:
        found |= columns.codes[name] > 0
    return found


def _holds(columns: Columns, field: str, test: Any) -> Bools:
    return np.fromiter((bool(test(value)) for value in columns.values[field]), np.bool_)

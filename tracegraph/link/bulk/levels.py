"""The levels that features find, for pairs of rows: each feature asked once for each pair of values that occurs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from tracegraph.link.bulk.columns import Columns, Floats, Ints
from tracegraph.link.bulk.money import find_money_levels
from tracegraph.link.bulk.sides import ask_levels, build_side, find_states, list_levels
from tracegraph.link.same_work.bounds import weigh_all
from tracegraph.link.same_work.features import FEATURE_BY_NAME, UNKNOWN
from tracegraph.link.same_work.features import crowd as crowds
from tracegraph.link.same_work.features import job as jobs
from tracegraph.link.same_work.features.roads import is_mentioned_in
from tracegraph.link.same_work.features.text import is_cut_off
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepared import Prepared

Bools = npt.NDArray[np.bool_]

#: What each feature reads of a record: fields of Prepared, fields of its item.
READS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("verb", "added_verbs"), ()),
    "work_object": (("work_object",), ()),
    "family": (("family",), ()),
    "tambon": (("tambon", "tambon_names", "tambon_called"), ()),
    "village_number": (("villages", "everywhere"), ()),
    "village": (("tambon", "tambon_names", "villages", "everywhere"), ()),
    "village_name": (("village_names",), ()),
    "road_number": (("roads",), ()),
    "road_name": (("roads",), ()),
    "spot": (("spots",), ()),
    "bank": (("bank",), ()),
    "phase": (("phase", "continued"), ()),
    "stations": (("stations",), ()),
    "measures": (("sizes", "name_sizes"), ()),
    "leftover": (("leftover", "ordinals"), ()),
    "years": (("years",), ()),
    "body": ((), ("owner",)),
    "unit": (("unit", "unit_named"), ("owner",)),
    "period": (("period", "years"), ()),
    "asset": (("assets",), ()),
    "relation": ((), ("plan_kind", "owner", "stage", "text")),
}

_SPOTTED = ("road_name", "road_number", "spot", "bank")
#: With these levels, and no others but "unknown", two works are at one spot.
_AGREE = ("same", "same_ends", "same_code")
#: Fields that are the same in all stand-ins of a feature.
_CONSTANTS: dict[str, dict[str, object]] = {
    "village": {"roads": ()},
    "village_number": {"roads": (), "tambon": None, "tambon_names": frozenset(), "tambon_called": ""},
}
_ASKED_AS = {"village_number": "village"}


class Levels:
    """Weights of the features that compare fields; keeps the levels of those that later features build on."""

    def __init__(self, columns: Columns, model: Model) -> None:
        self.columns = columns
        self.model = model
        self._found: dict[str, Ints] = {}
        self._cut: dict[int, bool] = {}

    def start(self) -> None:
        """Forget the levels of the pairs before."""
        self._found = {}

    def keep(self, kept: Bools) -> None:
        """Only some of the pairs go on."""
        self._found = {name: levels[kept] for name, levels in self._found.items()}

    def weigh(self, name: str, left: Ints, right: Ints) -> Floats:
        """The weights of one feature for pairs of rows."""
        special = getattr(self, f"_weigh_{name}", None)
        if special is not None:
            return np.asarray(special(left, right))
        if name in _RARE:
            return self._weigh_rare(name, left, right)
        levels = self._ask(name, left, right)
        if name in _SPOTTED:
            self._found[name] = levels
        return self._to_weights(name, levels)

    def _ask(self, name: str, left: Ints, right: Ints) -> Ints:
        fields, item_fields = READS[name]
        rows = np.unique(np.concatenate((left, right)))
        states = find_states(self.columns, rows, fields, item_fields, _CONSTANTS.get(name, {}))
        return ask_levels(FEATURE_BY_NAME[_ASKED_AS.get(name, name)], states, left, right)

    def _to_weights(self, name: str, levels: Ints) -> Floats:
        weights = self.model.features[name].levels
        return np.array([weights.get(level, 0.0) for level in list_levels(name)])[levels]

    def _weigh_money(self, left: Ints, right: Ints) -> Floats:
        amounts = self.columns.table.amount
        return self._to_weights("money", find_money_levels(amounts[left], amounts[right]))

    def _weigh_crowd(self, left: Ints, right: Ints) -> Floats:
        weights = weigh_crowds(self.model, self.columns.crowd)
        larger = self.columns.crowd[left] >= self.columns.crowd[right]
        return np.asarray(np.where(larger, weights[left], weights[right]))

    def _weigh_relation(self, left: Ints, right: Ints) -> Floats:
        """Whether two rows of one body stand in one book is asked last: there are as many plans as bodies and years."""
        levels, names = self._ask("relation", left, right), list_levels("relation")
        plans = self.columns.table.plan.codes
        two_books = (levels == names.index("one_book")) & (plans[left] != plans[right])
        return self._to_weights("relation", np.where(two_books, names.index("new_edition"), levels))

    def _weigh_village(self, left: Ints, right: Ints) -> Floats:
        """As if no road were named; ``road_name`` adds what one common road changes.

        Only a line that joins two tambons asks for the tambons; in one tambon the village numbers are all.
        """
        tambon = self.columns.tambon
        apart = (tambon[left] != tambon[right]) & (tambon[left] > 0) & (tambon[right] > 0)
        levels = self._ask("village_number", left, right)
        levels[apart] = self._ask("village", left[apart], right[apart])
        self._found["village"] = levels
        return self._to_weights("village", levels)

    def _weigh_road_name(self, left: Ints, right: Ints) -> Floats:
        names = list_levels("road_name")
        roads, values = self.columns.codes["roads"], self.columns.values["roads"]
        codes = np.unique(np.concatenate((roads[left], roads[right])))
        named = np.zeros(len(values), dtype=bool)
        named[codes] = [any(road.name for road in values[code]) for code in codes.tolist()]
        alone = (named[roads[left]] & (roads[right] == 0)) | (named[roads[right]] & (roads[left] == 0))
        levels = np.zeros(len(left), dtype=np.int64)
        rest = ~alone
        levels[rest] = self._ask("road_name", left[rest], right[rest])
        for position in np.flatnonzero(alone).tolist():
            i, j = int(left[position]), int(right[position])
            holder, other = (i, j) if roads[i] else (j, i)
            known = [road.name for road in values[roads[holder]] if road.name]
            mentioned = is_mentioned_in(known, self.columns.whole[other])
            levels[position] = names.index("mentioned" if mentioned else "one_side")
        self._found["road_name"] = levels
        return self._to_weights("road_name", levels) + self._village_on_one_road()

    def _village_on_one_road(self) -> Floats:
        """What it changes for ``village`` that two records, of which one names a village, are on one road."""
        weights = self.model.features["village"].levels
        one_side = self._found["village"] == list_levels("village").index("one_side")
        one_road = self._is("road_name", "same", "same_ends") & self._is("road_number", "same", "same_code", UNKNOWN)
        return np.asarray((one_side & one_road) * (weights["one_side_named"] - weights["one_side"]))

    def _is(self, name: str, *levels: str) -> Bools:
        names = list_levels(name)
        return np.isin(self._found[name], [names.index(level) for level in levels])

    def _weigh_job(self, left: Ints, right: Ints) -> Floats:
        columns, names = self.columns, list_levels("job")
        verb, thing, villages = columns.codes["verb"], columns.codes["work_object"], columns.codes["villages"]
        verbs, things = columns.values["verb"], columns.values["work_object"]
        in_one = (villages[left] == villages[right]) & (villages[left] > 0)
        same_thing = (thing[left] == thing[right]) & (thing[left] > 0)
        both_things = (thing[left] > 0) & (thing[right] > 0)
        is_step = np.array([value in jobs.STEPS for value in things])
        drawing = _code_of(verbs, jobs.DRAWING)
        building = _code_of(verbs, jobs.BUILDING)
        a, b = verb[left], verb[right]
        drawn = ((a == drawing) & (b == building)) | ((a == building) & (b == drawing))
        steps = in_one & np.where(
            thing[left] == thing[right], same_thing & drawn, is_step[thing[left]] & is_step[thing[right]]
        )
        one_job = (a == b) & (a > 0) & (~both_things | same_thing) & ~steps
        placed = (columns.codes["roads"] > 0) | (columns.codes["spots"] > 0)
        somewhere = placed[left] | placed[right]
        agree = np.zeros(len(left), dtype=bool)
        only = np.ones(len(left), dtype=bool)
        for name in _SPOTTED:
            agree |= self._is(name, *(level for level in _AGREE if level in list_levels(name)))
            only &= self._is(name, UNKNOWN, *(level for level in _AGREE if level in list_levels(name)))
        is_water = np.array([value in jobs.WATERS for value in things])[thing] & (columns.codes["roads"] > 0)
        wet = is_water[left] & is_water[right]
        found = np.zeros(len(left), dtype=np.int64)
        here = one_job & somewhere & agree & only
        found[here] = np.where(wet[here], names.index("water"), names.index("here"))
        found[one_job & ~somewhere & both_things & in_one] = names.index("village")
        found[steps] = names.index("step")
        return self._to_weights("job", found)

    def _weigh_cut_off(self, left: Ints, right: Ints) -> Floats:
        names = list_levels("cut_off")
        cut = [np.fromiter((self._is_cut(row) for row in side.tolist()), np.int64, len(side)) for side in (left, right)]
        table = np.array([names.index(UNKNOWN), names.index("one"), names.index("both")])
        return self._to_weights("cut_off", table[cut[0] + cut[1]])

    def _is_cut(self, row: int) -> bool:
        if row not in self._cut:
            self._cut[row] = is_cut_off(
                cast(Prepared, build_side(self.columns, row, ("whole", "village_names", "roads", "spots")))
            )
        return self._cut[row]

    def _weigh_rare(self, name: str, left: Ints, right: Ints) -> Floats:
        """A feature that few records have anything to say to, asked pair by pair where one does."""
        says, reads = _RARE[name]
        stated = np.zeros(len(self.columns), dtype=bool)
        for field in says:
            stated |= self.columns.codes[field] > 0
        names, feature = list_levels(name), FEATURE_BY_NAME[name]
        levels = np.zeros(len(left), dtype=np.int64)
        for position in np.flatnonzero(stated[left] | stated[right]).tolist():
            sides = [build_side(self.columns, int(side[position]), reads) for side in (left, right)]
            levels[position] = names.index(feature.observe(*cast(tuple[Prepared, Prepared], sides)).level)
        return self._to_weights(name, levels)


#: Fields of which one must be stated for the feature to say anything, and all that it then reads.
_RARE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "purpose": (("purpose", "furnished"), ("purpose", "furnished", "whole", "verb")),
    "reference": (("references", "forwarded"), ("references", "forwarded", "years")),
}


def weigh_crowds(model: Model, sizes: Ints) -> Floats:
    """The weight of ``crowd`` for each size; of a pair the larger crowd counts. Alone it says nothing."""
    weights, together = model.features["crowd"], sizes > 1
    if weights.curve:
        space = 1.0 - np.minimum(1.0, np.log(np.maximum(1, sizes)) / np.log(crowds.MOST))
        return np.asarray(weigh_all(weights, space) * together)
    level = np.where(sizes <= crowds.FEW, "few", np.where(sizes <= crowds.SOME, "some", "many"))
    return np.array([weights.levels[name] for name in level.tolist()]) * together


def _code_of(values: Sequence[Hashable], value: Hashable) -> int:
    return values.index(value) if value in values else -1

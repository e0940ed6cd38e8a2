"""Features asked once for each pair of values: stand-ins of records that hold only the fields which a feature reads.

A feature is a pure function of some fields of two records. Records with equal values of those fields are one *state*;
the feature is asked once for each pair of states that occurs. A field that was not declared is missing from the
stand-in, so that a feature which begins to read more fails at once instead of answering wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

import numpy as np

from tracegraph.link.bulk.columns import Codes32, Columns, Ints
from tracegraph.link.same_work.features import FEATURE_BY_NAME, UNKNOWN, Feature, document
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.graph import Stage
from tracegraph.thai.gazetteer import load_names


class Side:
    """What a feature sees of a record: the declared fields, nothing else."""

    item: Side

    def __init__(self, values: Mapping[str, object]) -> None:
        self.__dict__.update(values)

    @property
    def road_numbers(self) -> frozenset[str]:
        """Numbers of all its roads, as ``Prepared`` gives them."""
        roads = cast(Any, self).roads
        return frozenset().union(*(road.numbers for road in roads))


@dataclass(frozen=True, slots=True)
class States:
    """A number for each record, the same for the same values of some fields; stand-ins are made when they are asked."""

    numbers: Ints
    first: Ints
    build: Callable[[int], Side]
    made: dict[int, Side] = field(default_factory=dict)

    def side(self, state: int) -> Side:
        """The stand-in of a state."""
        if state not in self.made:
            self.made[state] = self.build(int(self.first[state]))
        return self.made[state]


class _Nobody:
    """The uid of a stand-in: two of them are never one record."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return False


#: Fields of an item that tables do not have, as features see them.
_ABSENT: dict[str, object] = {
    **dict.fromkeys(("owner_name", "payer", "amendment", "status_text", "source_id")),
    **dict.fromkeys(("document", "sheet", "shown_id", "form"), ""),
    "row": 0,
    "plan": "",
    "uid": _Nobody(),
}


def find_states(
    columns: Columns, rows: Ints, fields: Sequence[str], item_fields: Sequence[str], constants: Mapping[str, object]
) -> States:
    """The states of some records in ``fields`` of Prepared and ``item_fields`` of its item; ``constants`` are the same
    in every stand-in."""
    coded = {name: _field_codes(columns, name) for name in fields}
    of_item = {name: _item_codes(columns, name) for name in item_fields}
    found = np.zeros(len(rows), dtype=np.int64)
    for codes, values in (*coded.values(), *of_item.values()):
        _, found = np.unique(found * len(values) + codes[rows], return_inverse=True)
    _, first = np.unique(found, return_index=True)
    numbers = np.zeros(len(columns), dtype=np.int64)
    numbers[rows] = found

    def build(record: int) -> Side:
        side = {name: _as_field(name, values[codes[record]]) for name, (codes, values) in coded.items()}
        item = {name: values[codes[record]] for name, (codes, values) in of_item.items()}
        return Side({**constants, **side, "item": Side({**_ABSENT, **item})})

    return States(numbers, rows[first], build)


def build_side(columns: Columns, row: int, fields: Sequence[str]) -> Side:
    """The stand-in of one record with these fields."""
    side: dict[str, object] = {"item": Side({**_ABSENT, "text": columns.table.text[row]})}
    for name in fields:
        if name in ("whole", "core"):
            side[name] = getattr(columns, name)[row]
        elif name == "years":
            side[name] = frozenset((int(columns.table.year[row]),)) if columns.table.year[row] else frozenset()
        else:
            side[name] = _as_field(name, columns.values[name][columns.codes[name][row]])
    return Side(side)


def _field_codes(columns: Columns, name: str) -> tuple[Codes32, Sequence[Hashable]]:
    if name == "tambon":
        return _by_value(columns.tambon, lambda code: f"{code:06d}" if code else None)
    if name == "tambon_called":
        names = load_names().by_code
        return _by_value(columns.tambon, lambda code: names.get(f"{code:06d}", "") if code else "")
    if name == "years":
        return _by_value(columns.table.year, lambda year: frozenset((year,)) if year else frozenset())
    return columns.codes[name], columns.values[name]


def _by_value(column: Ints, show: Callable[[int], Hashable]) -> tuple[Codes32, Sequence[Hashable]]:
    values, codes = np.unique(column, return_inverse=True)
    return codes.astype(np.int32), [show(int(value)) for value in values]


def _item_codes(columns: Columns, name: str) -> tuple[Codes32, Sequence[Hashable]]:
    table = columns.table
    if name == "text":
        return _purchase_texts(columns)
    labels = {"owner": table.owner, "plan": table.plan, "plan_kind": table.plan_kind, "stage": table.stage}[name]
    unknown = {"owner": None, "stage": "plan"}.get(name, "")
    return labels.codes, [value or unknown for value in labels.values]


def _purchase_texts(columns: Columns) -> tuple[Codes32, Sequence[Hashable]]:
    """The text of a contract, by one that says the same of the purchase; of all other records nothing is asked."""
    stage = columns.table.stage
    codes = np.zeros(len(columns), dtype=np.int32)
    values: list[Hashable] = [""]
    known: dict[Hashable, int] = {}
    bought = stage.values.index(Stage.CONTRACT) if Stage.CONTRACT in stage.values else -1
    for row in np.flatnonzero(stage.codes == bought).tolist():
        says = document.find_purchase(columns.table.text[row])
        if says not in known:
            known[says] = len(values)
            values.append(columns.table.text[row])
        codes[row] = known[says]
    return codes, values


def _as_field(name: str, value: Hashable) -> object:
    """``sizes`` is a mapping in Prepared and a tuple of pairs in a code."""
    return dict(cast(Any, value)) if name == "sizes" else value


#: Pairs of states of which a table is kept while a feature is asked.
_DENSE = 1_000_000


@cache
def list_levels(name: str) -> tuple[str, ...]:
    """The levels of a feature by number; 0 is "unknown"."""
    return (UNKNOWN, *FEATURE_BY_NAME[name].says)


def ask_levels(feature: Feature, states: States, left: Ints, right: Ints) -> Ints:
    """The level that ``feature`` finds on each pair, as its number."""
    count = len(states.first)
    low = np.minimum(states.numbers[left], states.numbers[right])
    keys = low * count + np.maximum(states.numbers[left], states.numbers[right])
    numbers = {level: number for number, level in enumerate(list_levels(feature.name))}
    side = cast(Callable[[int], Prepared], states.side)

    def ask(pairs: Ints) -> Ints:
        levels = (feature.observe(side(pair // count), side(pair % count)).level for pair in pairs.tolist())
        return np.fromiter((numbers[level] for level in levels), np.int64, len(pairs))

    if count * count <= _DENSE:  # a table of all pairs of states is faster than sorting the pairs of records
        occurs = np.zeros(count * count, dtype=bool)
        occurs[keys] = True
        table = np.zeros(count * count, dtype=np.int8)
        pairs = np.flatnonzero(occurs)
        table[pairs] = ask(pairs)
        return np.asarray(table[keys], dtype=np.int64)
    pairs, inverse = np.unique(keys, return_inverse=True)
    return np.asarray(ask(pairs)[inverse])

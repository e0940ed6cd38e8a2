"""The fields that our parser reads from names, as plain columns: what Splink and dedupe are given to compare.

They are read as ``link/bulk`` reads them (every distinct piece of a name once), so that no way pays more for parsing.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.same_work_case import Case
from tracegraph.link.bulk.columns import Labels, Table, build_columns, read_table
from tracegraph.link.bulk.pieces import PieceBook

Objects = npt.NDArray[np.object_]
#: Column → the field of ``Prepared`` it holds, and what stands where a name does not say it: ``""`` for what few names
#: state, where silence differs from not knowing.
_FIELDS = {
    "verb": ("verb", None),
    "object": ("work_object", None),
    "family": ("family", None),
    "village": ("villages", ""),
    "village_name": ("village_names", None),
    "phase": ("phase", ""),
    "stations": ("stations", ""),
    "period": ("period", ""),
    "spot": ("spots", None),
    "asset": ("assets", None),
    "tambon_name": ("tambon_names", None),
}
#: Columns whose likeness is measured letter by letter.
_WORDED = ("core", "name", "road", "village_name", "spot")


def build_table(case: Case) -> Table:
    """The case as ``link/bulk`` takes it."""
    table = case.table
    return Table(
        uid=[f"proj:{record_id}" for record_id in table["id"]],
        text=table["text"],
        province=_read_codes(table["province"]),
        district=_read_codes(table["district"]),
        tambon=_read_codes(table["tambon"]),
        year=np.array(table["year"], dtype=np.int64),
        amount=np.array([amount or 0.0 for amount in table["amount"]], dtype=np.float64),
        owner=Labels.of([f"body:{owner}" for owner in table["owner"]]),
        plan=Labels.of(table["plan"]),
        plan_kind=Labels.of(table["plan_kind"]),
        stage=Labels.of(table["stage"]),
    )


def _read_codes(codes: list[str]) -> npt.NDArray[np.int64]:
    return np.array([int(code or 0) for code in codes], dtype=np.int64)


def read_fields(case: Case, *, bytewise: bool) -> dict[str, Any]:
    """Columns by name, with None (or ``""``, see ``_FIELDS``) where the record does not say.

    ``bytewise`` writes each Thai letter as one byte: string distances in DuckDB count bytes, and Thai has three each.
    """
    read = build_columns(read_table(build_table(case), PieceBook()), np.arange(len(case)))
    found: dict[str, Any] = {"unique_id": np.arange(len(case)), "core": _texts(read.core), "name": _texts(read.whole)}
    for column, (field, silent) in _FIELDS.items():
        found[column] = _show(read.codes[field], read.values[field], _write, silent)
    found["road"] = _show(read.codes["roads"], read.values["roads"], _write_roads, None)
    found["road_number"] = _show(read.codes["roads"], read.values["roads"], _write_numbers, "")
    found["tambon"] = np.where(read.tambon > 0, read.tambon.astype(str).astype(object), None)
    found["year"] = np.array(case.table["year"])
    found["amount"] = np.array(case.table["amount"], dtype=object)  # None and not NaN, which would be a number
    for column in _WORDED if bytewise else ():
        found[column] = _texts([write_bytewise(text) if text else "" for text in found[column].tolist()])
    return found


def _texts(texts: Any) -> Objects:
    return np.array([text or None for text in texts], dtype=object)


def _show(codes: Any, values: Any, write: Callable[[Hashable], str], silent: str | None) -> Objects:
    """The value of each record in words; each distinct value is written once."""
    return np.array([write(value) or silent for value in values], dtype=object)[codes]


def _write(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (tuple, frozenset)):
        return "|".join(sorted(map(str, value)))
    return str(value)


def _write_roads(roads: Any) -> str:
    return "|".join(sorted(road.name for road in roads if road.name))


def _write_numbers(roads: Any) -> str:
    return "|".join(sorted({number for road in roads for number in road.numbers}))


@cache
def _find_bytes() -> dict[int, str]:
    """One printable character of one byte for each Thai letter and mark; Latin letters give way."""
    thai = [chr(code) for code in range(0x0E01, 0x0E5B) if chr(code).isprintable()]
    kept = set(string.digits + " .|-/+")
    free = [chr(code) for code in range(0x21, 0x7F) if chr(code) not in kept]
    return {ord(letter): free[index % len(free)] for index, letter in enumerate(thai)}


def write_bytewise(text: str) -> str:
    """``text`` with one byte for each letter, so that a distance of bytes is a distance of letters."""
    return text.translate(_find_bytes()).encode("ascii", "replace").decode("ascii")

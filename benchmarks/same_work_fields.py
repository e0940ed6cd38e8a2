"""The fields that our parser reads from a name, as plain columns: what Splink and dedupe are given to compare."""

from __future__ import annotations

import string
from collections.abc import Sequence
from functools import cache

from benchmarks.invented_projects import Record, to_item
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.prepared import Prepared

FIELDS = (
    *(
        "unique_id",
        "core",
        "name",
        "verb",
        "object",
        "family",
        "road",
        "road_number",
        "village",
        "village_name",
        "phase",
    ),
    *(
        "stations",
        "period",
        "spot",
        "asset",
        "tambon",
        "district",
        "province",
        "tambon_name",
        "owner",
        "year",
        "amount",
    ),
)
Value = str | int | float | None


def read_fields(records: Sequence[Record], *, bytewise: bool) -> dict[str, list[Value]]:
    """Columns by the names of FIELDS; None where the record does not say ('' in what few records state).

    ``bytewise`` writes each Thai letter as one byte: string distances in DuckDB count bytes, and Thai has three each.
    """
    rows = [_read(number, item, bytewise) for number, item in enumerate(prepare(map(to_item, records)))]
    return {name: list(values) for name, values in zip(FIELDS, zip(*rows, strict=True), strict=True)}


def _read(number: int, name: Prepared, bytewise: bool) -> tuple[Value, ...]:
    write = write_bytewise if bytewise else str
    item = name.item
    stations = ";".join(f"{first:g}-{last:g}" for first, last in name.stations)
    return (
        number,
        write(name.core) or None,
        write(name.whole) or None,
        name.verb,
        name.work_object,
        name.family,
        write("|".join(sorted(road.name for road in name.roads))) or None,
        "|".join(sorted(name.road_numbers)),
        "|".join(str(village) for village in sorted(name.villages)),
        write("|".join(sorted(name.village_names))) or None,
        str(name.phase or ""),
        stations,
        name.period or "",
        write("|".join(sorted(name.spots))) or None,
        "|".join(sorted(name.assets)) or None,
        name.tambon,
        item.district,
        item.province,
        "|".join(sorted(name.tambon_names)) or None,
        item.owner,
        item.year,
        item.amount,
    )


@cache
def _table() -> dict[int, str]:
    """One printable character of one byte for each Thai letter and mark; Latin letters give way."""
    thai = [chr(code) for code in range(0x0E01, 0x0E5B) if chr(code).isprintable()]
    kept = set(string.digits + " .|-/+")
    free = [chr(code) for code in range(0x21, 0x7F) if chr(code) not in kept]
    return {ord(letter): free[index % len(free)] for index, letter in enumerate(thai)}


def write_bytewise(text: str) -> str:
    """``text`` with one byte for each letter, so that a distance of bytes is a distance of letters."""
    return text.translate(_table()).encode("ascii", "replace").decode("ascii")

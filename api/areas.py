"""The areas that the data know, for filters: those with needs or projects, by level, under their own names."""

from __future__ import annotations

from dataclasses import dataclass

from tracegraph.graph.store import Store
from tracegraph.thai.collate import sort_key

_LEVELS = {2: "จ.", 4: "อ.", 6: "ต.", 8: ""}

_QUERY = """
MATCH (n:Need) WHERE n.current
RETURN n.province AS province, n.district AS district, n.tambon AS tambon, count(*) AS items
UNION ALL
MATCH (n:Project) WHERE n.current
RETURN n.province AS province, n.district AS district, n.tambon AS tambon, count(*) AS items
"""
_NAMES = "MATCH (a:Area) WHERE a.uid IN $codes RETURN a.uid AS code, a.name AS name"


def read_area(value: str | None) -> str:
    """The code of an area as typed into an address; '' for what is none."""
    return value if value and value.isascii() and value.isdigit() and len(value) <= 8 else ""


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """One entry of an area filter."""

    code: str
    name: str


def list_areas(store: Store) -> list[AreaChoice]:
    """Provinces, their districts and tambons that have items, each under its parent, in Thai order."""
    codes: set[str] = set()
    for row in store.read(_QUERY):
        codes.update(code for code in (row["province"], row["district"], row["tambon"]) if code)
    names = {row["code"]: str(row["name"]) for row in store.read(_NAMES, {"codes": sorted(codes)})}

    def path(code: str) -> tuple[object, ...]:
        return tuple(sort_key(names.get(code[:n], code[:n])) for n in range(2, len(code) + 1, 2))

    return [AreaChoice(code, _indented(code, names)) for code in sorted(codes, key=lambda c: (path(c), c))]


def _indented(code: str, names: dict[str, str]) -> str:
    depth = len(code) // 2 - 1
    return "\u2003" * depth + _LEVELS.get(len(code), "") + names.get(code, code)

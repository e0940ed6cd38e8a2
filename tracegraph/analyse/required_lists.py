"""Which loaded strategy lists an item must serve, by plan kind, place, owner and year.

A list that is not loaded for the place and the year is not applicable: it leaves the denominator instead of
counting as zero.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tracegraph.analyse.items import Reader, Row
from tracegraph.model.process import REQUIRED_LISTS

_LISTS = """
MATCH (s:Strategy)
RETURN s.list_id AS list, s.level AS level, s.area AS area, s.owner AS owner,
       min(coalesce(s.valid_from, 0)) AS first, max(coalesce(s.valid_to, 9999)) AS last
ORDER BY list, level, coalesce(area, ''), coalesce(owner, '')
"""
_CLUSTERS = """
MATCH (p:Area)-[:WITHIN]->(c:Area)
WHERE c.level = 'cluster' AND p.level = 'province'
RETURN c.uid AS cluster, p.uid AS province
ORDER BY cluster, province
"""

#: Codes of ``REQUIRED_LISTS`` that stand for lists of a place, and the level of those lists.
_LEVEL_OF = {"PV": "province", "CL": "cluster", "LAO": "local"}


@dataclass(frozen=True, slots=True)
class DueList:
    """Items of ``kind`` in ``area`` ('' = anywhere), of ``owner`` ('' = anybody) must serve ``list`` in these years."""

    kind: str
    code: str
    list: str
    area: str
    owner: str
    first: int
    last: int


def read_due_lists(store: Reader) -> tuple[DueList, ...]:
    """Every requirement that the loaded lists can meet."""
    provinces: dict[str, list[str]] = {}
    for row in store.read(_CLUSTERS):
        provinces.setdefault(row["cluster"], []).append(row["province"])
    stored = store.read(_LISTS)
    return tuple(
        DueList(kind, code, row["list"], area, owner, row["first"], row["last"])
        for kind, codes in REQUIRED_LISTS.items()
        for code in codes
        for row in stored
        if _stands_for(code, row)
        for area, owner in _places(row, provinces)
    )


def _stands_for(code: str, row: Row) -> bool:
    level = _LEVEL_OF.get(code)
    return bool(row["level"] == level) if level else bool(row["list"] == code)


def _places(row: Row, provinces: dict[str, list[str]]) -> list[tuple[str, str]]:
    """(area, owner) pairs of a list: its owner where it has one; a cluster's provinces where they are known."""
    if row["owner"] and row["level"] == "local":
        return [("", row["owner"])]
    area = row["area"] or ""
    if row["level"] == "cluster":
        return [(code, "") for code in provinces.get(area, [""])]
    return [(area, "")]


def as_params(due: tuple[DueList, ...]) -> dict[str, Any]:
    """The parameters ``lists`` and ``codes`` of the aggregates."""
    return {"lists": [asdict(one) for one in due], "codes": list(dict.fromkeys(one.code for one in due))}

"""Items as linking sees them, read in one go."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Literal

from tracegraph.graph.database import Database
from tracegraph.model.graph import LINK_ENDS, Label
from tracegraph.model.items import Item, StoredItems, StrategyScope

#: Whole tables are read here; a province takes seconds.
_TIMEOUT_S = 50.0
_DISTRICT = 4

_NEED_NAMES = (
    "uid", "source_id", "text", "text_hash", "plan", "plan_kind", "plan_rank", "side", "year", "village_no",
    "village_name", "area", "province", "district", "tambon", "file", "sheet", "row", "document",
)  # fmt: skip
_PROJECT_NAMES = tuple(
    f.name for f in fields(Item) if f.name not in ("role", "text", "side", "year", "current")
)  # fmt: skip
_TUPLES = ("years", "amounts", "village_nos")


def load_items(database: Database) -> StoredItems:
    """Current needs and projects, strategies, and the links of meaning between current items."""
    needs = _rows(database, Label.NEED, "text", [n for n in _NEED_NAMES if n != "text"])
    projects = _rows(database, Label.PROJECT, "name", list(_PROJECT_NAMES))
    return StoredItems(
        needs=tuple(_item("need", row) for row in needs),
        projects=tuple(_item("project", row) for row in projects),
        strategies=_strategies(database),
        links=_links(database),
        scopes=_scopes(database),
    )


def load_projects_near(database: Database, place: str) -> tuple[Item, ...]:
    """Current projects that an official code does not rule out: of its district (of its province, where it is one), or
    of unknown place; every current project for ''."""
    wanted = ["n.current"]
    if place:
        wanted.append("(n.province IS NULL OR n.province = $province)")
    if len(place) >= _DISTRICT:
        wanted.append("(n.district IS NULL OR n.district = $district)")
    params = {"province": place[:2], "district": place[:_DISTRICT]}
    names = list(_PROJECT_NAMES)
    rows = _rows(database, Label.PROJECT, "name", names, where=" AND ".join(wanted), params=params)
    return tuple(_item("project", row) for row in rows)


def _rows(
    database: Database,
    label: Label,
    text: str,
    names: list[str],
    *,
    where: str = "n.current",
    params: dict[str, Any] | None = None,
) -> list[dict[str, Any]]:
    # a list a row, not a node: half the bytes, since names are not repeated
    values = ", ".join(f"n.{name}" for name in (text, *names))
    rows = database.read(
        f"MATCH (n:{label}) WHERE {where} RETURN [{values}] AS v ORDER BY n.uid", params, timeout_s=_TIMEOUT_S
    )
    keys = ("text", *names)
    return [dict(zip(keys, row["v"], strict=True)) for row in rows]


def _item(role: Literal["need", "project"], row: dict[str, Any]) -> Item:
    values = {k: v for k, v in row.items() if v is not None}
    number = values.pop("village_no", None)
    if number is not None:
        values["village_nos"] = [number]
    for name in _TUPLES:
        if name in values:
            values[name] = tuple(values[name])
    return Item(role=role, **values)


def _strategies(database: Database) -> tuple[tuple[str, str, str, str, str | None, str], ...]:
    rows = database.read(
        "MATCH (s:Strategy) RETURN s.uid AS uid, s.list_id AS list_id, s.number AS number, s.name AS name,"
        " s.parent AS parent, s.aliases AS aliases ORDER BY s.uid"
    )
    return tuple(
        (r["uid"], r["list_id"], r["number"], r["name"], r["parent"], "|".join(r["aliases"] or ())) for r in rows
    )


def _scopes(database: Database) -> dict[str, StrategyScope]:
    rows = database.read(
        "MATCH (s:Strategy) RETURN DISTINCT s.list_id AS list_id, s.level AS level, s.area AS area, s.owner AS owner,"
        " s.valid_from AS valid_from, s.valid_to AS valid_to ORDER BY list_id, valid_from"
    )
    return {row.pop("list_id"): StrategyScope(**row) for row in rows}


def _links(database: Database) -> tuple[tuple[str, str, str, str, str | None, str | None], ...]:
    found = []
    for kind, (left, right) in LINK_ENDS.items():
        current = "a.current" if right is Label.STRATEGY else "a.current AND b.current"
        rows = database.read(
            f"MATCH (a:{left})-[r:{kind}]->(b:{right}) WHERE {current} RETURN a.uid AS a, b.uid AS b,"
            " r.status AS status, r.from_hash AS from_hash, r.to_hash AS to_hash ORDER BY a, b",
            timeout_s=_TIMEOUT_S,
        )
        found += [(kind.value, r["a"], r["b"], r["status"], r["from_hash"], r["to_hash"]) for r in rows]
    return tuple(found)

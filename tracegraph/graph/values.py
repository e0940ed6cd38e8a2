"""Values that the driver returns, as plain Python."""

from __future__ import annotations

from typing import Any

from neo4j.graph import Node, Path, Relationship


def plain(value: Any) -> Any:
    """Nodes and links become dicts of their properties, a path a dict of ``nodes`` and ``links``."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, Node | Relationship):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, Path):
        return {"nodes": [plain(n) for n in value.nodes], "links": [plain(r) for r in value.relationships]}
    iso = getattr(value, "iso_format", None)
    return iso() if callable(iso) else str(value)


def without_none(properties: dict[str, Any]) -> dict[str, Any]:
    """The properties that say something: engines keep no null."""
    return {k: v for k, v in properties.items() if v is not None}

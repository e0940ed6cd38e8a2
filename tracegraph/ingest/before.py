"""Whose the documents of the graph are: for files that do not tell it themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tracegraph.ingest.context import Ownership
from tracegraph.model.records import BodyRecord


def build_owners(rows: Iterable[Mapping[str, Any]]) -> dict[str, Ownership]:
    """Owners by document uid and by series, from the rows of ``Store.list_owners``; documents of several left out."""
    found: dict[str, set[Ownership]] = {}
    for row in rows:
        body = None
        if row["owner"]:
            body = BodyRecord(uid=row["owner"], name=row["name"], kind=row["kind"], area=row["body_area"])
        if body or row["area"]:
            for key in (row["document"], row["series"]):
                found.setdefault(key, set()).add(Ownership(body, row["area"], "before"))
    return {key: next(iter(owners)) for key, owners in found.items() if len(owners) == 1}

"""Finding a need or a project by words, for the page that opens traces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.cache import AnswerCache
from api.search import Search, build_key, matches
from tracegraph.graph.store import Store

#: Rows of one kind shown; more words narrow further.
MOST_FOUND = 50

_ITEMS = """
MATCH (n:Need) WHERE n.current
RETURN 'Need' AS label, n.uid AS uid, n.source_id AS id, n.text AS text, n.village_name AS village,
       n.village_no AS village_no, '' AS owner, n.plan_kind AS plan_kind, n.year AS year, null AS amount,
       n.file AS file, n.sheet AS sheet, n.row AS row
UNION ALL
MATCH (n:Project) WHERE n.current
RETURN 'Project' AS label, n.uid AS uid, n.source_id AS id, n.name AS text, n.village_name AS village,
       null AS village_no, n.owner_name AS owner, n.plan_kind AS plan_kind, n.year_first AS year, n.amount AS amount,
       n.file AS file, n.sheet AS sheet, n.row AS row
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Items whose words match: the first of each kind, and how many there are."""

    needs: tuple[Mapping[str, Any], ...]
    projects: tuple[Mapping[str, Any], ...]
    all_needs: int
    all_projects: int


def find_items(cache: AnswerCache, store: Store, search: Search) -> Found:
    """Needs and projects that hold every word; nothing where nothing was asked."""
    if search.empty:
        return Found((), (), 0, 0)
    hits: dict[str, list[Mapping[str, Any]]] = {"Need": [], "Project": []}
    for key, row in cache.get(store, "items by words", lambda: _read_items(store)):
        village = row["village_no"]
        if matches(search, key, [village] if village else []):
            hits[row["label"]].append(row)
    needs, projects = hits["Need"], hits["Project"]
    return Found(tuple(needs[:MOST_FOUND]), tuple(projects[:MOST_FOUND]), len(needs), len(projects))


def _read_items(store: Store) -> list[tuple[str, Mapping[str, Any]]]:
    rows = sorted(store.read(_ITEMS), key=lambda row: (row["label"], row["file"] or "", row["row"] or 0, row["uid"]))
    return [(build_key((row["text"], row["village"], row["owner"], row["id"])), row) for row in rows]

"""The subgraph around one need or one project: where it comes from and where it goes, as networkx.

Node keys are uids and node data their properties with ``label``; link keys are the links' own uids (``KIND from
to`` for links of structure) and link data their properties with ``kind``. ``graph.graph`` holds ``focus``,
``floor`` and ``dropped`` (nodes beyond the limit). Two questions to the engine, whatever the size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import networkx as nx

from tracegraph.analyse.items import Reader, Row, find_item
from tracegraph.model.graph import LINK_ENDS, Label, LinkKind

if TYPE_CHECKING:
    Graph = nx.MultiDiGraph[str]
else:
    Graph = nx.MultiDiGraph  # generic for the type checker only

__all__ = ["MOST_NODES", "Graph", "find_item", "trace_item", "trace_need", "trace_project"]

#: Nodes kept of a trace, nearest first.
MOST_NODES = 1_000

_COUNT = "r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)"
_COUNTS = f"all(r IN relationships(path) WHERE {_COUNT})"
_WHERE = f"WHERE {_COUNTS} AND all(x IN nodes(path) WHERE x.current)"
_LINKS = """
UNWIND relationships(path) AS r
WITH DISTINCT r
RETURN type(r) AS kind, properties(r) AS link, startNode(r) AS source, endNode(r) AS target
"""

#: From a need up; and down from the items that answer it, for a need may be tied to a later stage of its project.
_FROM_NEED = f"""
MATCH (n:Need {{uid: $uid}})
CALL (n) {{
  MATCH path = (n)-[:ANSWERED_BY]->(:Project)-[:CARRIED_TO*0..6]->(:Project) {_WHERE} RETURN path
  UNION ALL
  MATCH path = (n)-[:ANSWERED_BY]->(:Project)<-[:CARRIED_TO*1..6]-(:Project) {_WHERE} RETURN path
}}{_LINKS}"""

#: From a project up to later items, down to earlier items and the needs behind them.
_FROM_PROJECT = f"""
MATCH (p:Project {{uid: $uid}})
CALL (p) {{
  MATCH path = (p)-[:CARRIED_TO*1..6]->(:Project) {_WHERE} RETURN path
  UNION ALL
  MATCH path = (p)<-[:CARRIED_TO*1..6]-(:Project) {_WHERE} RETURN path
  UNION ALL
  MATCH path = (p)<-[:CARRIED_TO*0..6]-(:Project)<-[:ANSWERED_BY]-(:Need) {_WHERE} RETURN path
}}{_LINKS}"""

#: What stands around the items of the chain: plans and bodies, areas, documents, strategies, duplicates among them.
#: Each node comes once, and the items, which are known by then, not at all: sending them is what takes the time.
_AROUND = f"""
CALL () {{
  UNWIND $needs AS uid
  MATCH path = (:Need {{uid: uid}})-[:RAISED_IN]->(:Plan)-[:OWNED_BY*0..1]->() RETURN path
  UNION ALL
  UNWIND $projects AS uid
  MATCH path = (:Project {{uid: uid}})-[:LISTED_IN]->(:Plan)-[:OWNED_BY*0..1]->() RETURN path
  UNION ALL
  UNWIND $needs AS uid
  MATCH path = (:Need {{uid: uid}})-[:LOCATED_IN]->(:Area)-[:WITHIN*0..4]->(:Area) RETURN path
  UNION ALL
  UNWIND $projects AS uid
  MATCH path = (:Project {{uid: uid}})-[:LOCATED_IN]->(:Area)-[:WITHIN*0..4]->(:Area) RETURN path
  UNION ALL
  UNWIND $needs AS uid
  MATCH path = (:Need {{uid: uid}})-[:STATED_IN]->(:Document) RETURN path
  UNION ALL
  UNWIND $projects AS uid
  MATCH path = (:Project {{uid: uid}})-[:STATED_IN]->(:Document) RETURN path
  UNION ALL
  UNWIND $projects AS uid
  MATCH path = (:Project {{uid: uid}})-[:ALIGNS_WITH]->(:Strategy)<-[:GUIDES*0..4]-(:Strategy)
  WHERE all(r IN relationships(path) WHERE r.status IS NULL OR ({_COUNT}))
  RETURN path
  UNION ALL
  UNWIND $projects AS uid
  MATCH path = (:Project {{uid: uid}})-[:SAME_WORK]->(o:Project)
  WHERE o.uid IN $projects AND {_COUNTS}
  RETURN path
}}
UNWIND relationships(path) AS r
WITH DISTINCT r
WITH collect(r) AS found
UNWIND found AS r
UNWIND [startNode(r), endNode(r)] AS n
WITH found, collect(DISTINCT n) AS ends
RETURN [r IN found | {{kind: type(r), link: properties(r), source: startNode(r).uid, target: endNode(r).uid}}] AS links,
       [n IN ends WHERE NOT labels(n)[0] IN ['Need', 'Project'] | {{label: labels(n)[0], node: properties(n)}}] AS nodes
"""


def trace_need(store: Reader, need: str, floor: float, *, most: int = MOST_NODES) -> Graph:
    """The trace of a need (uid, source id or ``file#sheet#row``) over links that count at ``floor``."""
    return _trace(store, find_item(store, need, Label.NEED), floor, most)


def trace_project(store: Reader, project: str, floor: float, *, most: int = MOST_NODES) -> Graph:
    """The trace of a project (uid, source id or ``file#sheet#row``) over links that count at ``floor``."""
    return _trace(store, find_item(store, project, Label.PROJECT), floor, most)


def trace_item(store: Reader, item: str, floor: float, *, most: int = MOST_NODES) -> Graph:
    """The trace of whichever need or project has this id."""
    return _trace(store, find_item(store, item), floor, most)


def _trace(store: Reader, focus: Row, floor: float, most: int) -> Graph:
    cypher = _FROM_NEED if focus["label"] == Label.NEED else _FROM_PROJECT
    nodes: dict[str, Row] = {focus["uid"]: focus}
    links: list[Row] = []
    for row in store.read(cypher, {"uid": focus["uid"], "floor": floor}):
        for end, label in zip(("source", "target"), LINK_ENDS[LinkKind(row["kind"])], strict=True):
            nodes.setdefault(row[end]["uid"], {**row[end], "label": label.value})
        links.append({**row, "source": row["source"]["uid"], "target": row["target"]["uid"]})
    params: dict[str, Any] = {"floor": floor}
    for name, label in (("needs", Label.NEED), ("projects", Label.PROJECT)):
        params[name] = sorted(uid for uid, node in nodes.items() if node["label"] == label)
    for row in store.read(_AROUND, params):  # one row, or none where nothing stands around
        for found in row["nodes"]:
            nodes.setdefault(found["node"]["uid"], {**found["node"], "label": found["label"]})
        links += row["links"]
    return _build(focus["uid"], nodes, links, floor, most)


def _build(focus: str, nodes: Mapping[str, Row], links: Iterable[Row], floor: float, most: int) -> Graph:
    """A graph whose nodes and links are added in one order, whatever the order of the rows."""
    edges = {str(row["link"].get("uid") or f"{row['kind']} {row['source']} {row['target']}"): row for row in links}
    kept = _nearest(focus, edges, most)
    graph: Graph = nx.MultiDiGraph(focus=focus, floor=floor, dropped=len(nodes) - len(kept))
    for uid in sorted(kept):
        graph.add_node(uid, **nodes[uid])
    for key, row in sorted(edges.items()):
        if row["source"] in kept and row["target"] in kept:
            graph.add_edge(row["source"], row["target"], key=key, **{**row["link"], "uid": key, "kind": row["kind"]})
    return graph


def _nearest(focus: str, edges: dict[str, Row], most: int) -> set[str]:
    """The ``most`` nodes nearest to ``focus`` by number of links, then by uid."""
    neighbors: dict[str, set[str]] = {focus: set()}
    for row in edges.values():
        source, target = row["source"], row["target"]
        neighbors.setdefault(source, set()).add(target)
        neighbors.setdefault(target, set()).add(source)
    kept, ring = {focus}, [focus]
    while ring and len(kept) < most:
        outer = sorted({other for uid in ring for other in neighbors[uid]} - kept)
        kept.update(outer[: most - len(kept)])
        ring = outer
    return kept

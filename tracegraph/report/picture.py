"""What a picture shows of a subgraph: nodes with a column, links with a status. Read from networkx.

Node keys are uids; node data are the properties of ``docs/architecture.md`` with ``label``. Link keys are the links'
own uids; link data are their properties with ``kind``. Nodes of other labels than Need, Project and Strategy are
left out: a picture of a trace shows statements, not books or areas.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import networkx as nx

from tracegraph.model.graph import FUNDED_STAGES, MEANING_LINKS, LinkKind, Status
from tracegraph.model.process import find_plan_kind
from tracegraph.report.terms import LEVELS, Lang, baht, plan_kind_word

if TYPE_CHECKING:
    Graph = nx.MultiDiGraph[str]
else:
    Graph = nx.MultiDiGraph  # generic for the type checker only

COLUMN_ORDER = tuple(LEVELS)
_FUNDED = frozenset(FUNDED_STAGES)


@dataclass(frozen=True, slots=True)
class PictureNode:
    """One statement: ``column`` is a key of ``terms.LEVELS``; ``meta`` is up to two small lines under the text."""

    uid: str
    label: str
    column: str
    text: str
    meta: tuple[str, ...]
    shown_id: str
    rank: int
    focus: bool = False
    group: str = ""  # the list that a strategy belongs to


@dataclass(frozen=True, slots=True)
class PictureLink:
    """One link of meaning; ``probability`` is None where nothing was estimated."""

    uid: str
    source: str
    target: str
    kind: LinkKind
    status: Status
    probability: float | None
    suspect: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything drawn. ``dropped`` counts nodes that a limit left out, ``folded`` links that were folded away."""

    nodes: tuple[PictureNode, ...]
    links: tuple[PictureLink, ...]
    dropped: int = 0
    folded: int = 0


def column_of(data: Mapping[str, Any]) -> str | None:
    """The column of a node by its label, plan kind and stage; None for what a picture leaves out."""
    label = data.get("label")
    if label == "Need":
        return "need"
    if label == "Strategy":
        return "national" if data.get("level") == "national" else "strategy"
    if label != "Project":
        return None
    if data.get("funded") or data.get("stage") in _FUNDED or data.get("plan_kind") == "PK12":
        return "budget"
    kind = find_plan_kind(str(data.get("plan_kind") or ""))
    level = kind.level if kind else "local"
    return level if level in LEVELS else "province"


def source_id(data: Mapping[str, Any]) -> str:
    """The id that the source gave, or ``file#sheet#row``."""
    if data.get("source_id"):
        return str(data["source_id"])
    if data.get("file"):
        return f"{data['file']}#{data.get('sheet') or ''}#{data.get('row') or ''}"
    return str(data.get("uid") or "")


def _meta_of(data: Mapping[str, Any], lang: Lang) -> tuple[str, ...]:
    if data.get("label") == "Strategy":
        lines = [_joined(" · ", data.get("number"), data.get("list_name"))]
    elif data.get("label") == "Need":
        village = f"ม.{data['village_no']}" if data.get("village_no") else ""
        lines = [_joined(" ", village, data.get("village_name")), source_id(data)]
    else:
        kind = plan_kind_word(data.get("plan_kind"), lang)
        lines = [
            str(data.get("owner_name") or "") or kind,
            _joined(" · ", data.get("year_first"), baht(data.get("amount"), lang)) or kind,
        ]
    return tuple(dict.fromkeys(line for line in lines if line))


def _joined(mark: str, *parts: object) -> str:
    return mark.join(str(part) for part in parts if part)


def _is_suspect(link: Mapping[str, Any], source: Mapping[str, Any], target: Mapping[str, Any]) -> bool:
    """True where the text of an end is not the one the link was made on."""
    if "suspect" in link:
        return bool(link["suspect"])
    pairs = ((link.get("from_hash"), source.get("text_hash")), (link.get("to_hash"), target.get("text_hash")))
    return any(then and now and then != now for then, now in pairs)


def _read_node(uid: str, data: Mapping[str, Any], column: str, focus: str | None, lang: Lang) -> PictureNode:
    text = data.get("text") or data.get("name") or uid
    return PictureNode(
        uid=uid,
        label=str(data["label"]),
        column=column,
        text=str(text),
        meta=_meta_of(data, lang),
        shown_id=source_id({"uid": uid, **data}),
        rank=int(data.get("plan_rank") or 0),
        focus=uid == focus,
        group=str(data.get("list_id") or "") if data["label"] == "Strategy" else "",
    )


def read_picture(graph: Graph, *, lang: Lang = "th", limit: int | None = None) -> Picture:
    """The nodes and links to draw, sorted by uid; ``graph.graph['focus']`` names the one asked about."""
    focus = graph.graph.get("focus")
    nodes = []
    for uid in sorted(graph.nodes):
        data = graph.nodes[uid]
        column = column_of(data)
        if column is not None:
            nodes.append(_read_node(uid, data, column, focus, lang))
    shown = {n.uid for n in nodes}
    links = []
    for source, target, key in sorted(graph.edges(keys=True), key=lambda e: (e[0], e[1], str(e[2]))):
        data = graph.edges[source, target, key]
        kind = data.get("kind")
        if source in shown and target in shown and kind in MEANING_LINKS:
            suspect = _is_suspect(data, graph.nodes[source], graph.nodes[target])
            uid = str(data.get("uid") or f"{source} {key} {target}")
            status = Status(data.get("status") or Status.SUGGESTED)
            links.append(PictureLink(uid, source, target, LinkKind(kind), status, data.get("probability"), suspect))
    picture = Picture(tuple(nodes), tuple(links))
    return picture if limit is None else cut_picture(picture, limit)


def cut_picture(picture: Picture, limit: int) -> Picture:
    """The ``limit`` nodes nearest to the one asked about (by number of links, then by uid), and their links."""
    if len(picture.nodes) <= limit:
        return picture
    neighbors: dict[str, list[str]] = {n.uid: [] for n in picture.nodes}
    for link in picture.links:
        neighbors[link.source].append(link.target)
        neighbors[link.target].append(link.source)
    order: dict[str, None] = {}
    starts = [n.uid for n in picture.nodes if n.focus] + sorted(neighbors, key=lambda u: (-len(neighbors[u]), u))
    for start in starts:
        queue = deque([start])
        while queue and len(order) < limit:
            uid = queue.popleft()
            if uid not in order:
                order[uid] = None
                queue.extend(sorted(n for n in neighbors[uid] if n not in order))
    nodes = tuple(n for n in picture.nodes if n.uid in order)
    links = tuple(k for k in picture.links if k.source in order and k.target in order)
    return replace(picture, nodes=nodes, links=links, dropped=picture.dropped + len(picture.nodes) - len(nodes))

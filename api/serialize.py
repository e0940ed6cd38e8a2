"""A subgraph as the members of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from starlette.responses import Response

from api.models import Evidence, GraphLink, Node
from api.steps import load_evidence
from tracegraph.report.picture import Graph, PictureLink, read_picture, source_id

#: Properties that say nothing to a caller.
_INNER = ("text_hash", "area_words")


def graph_members(graph: Graph, floor: float, limit: int) -> dict[str, Any]:
    """``focus, floor, nodes, links, dropped`` of a graph, sorted, at most ``limit`` nodes."""
    picture = read_picture(graph, limit=limit)
    return {
        "focus": graph.graph["focus"],
        "floor": floor,
        "nodes": [_node(node.uid, graph.nodes[node.uid]) for node in picture.nodes],
        "links": [_link(link, _data_of(graph, link)) for link in picture.links],
        "dropped": picture.dropped,
    }


def json_of(answer: BaseModel) -> Response:
    """An answer as JSON without validating it a second time, which took half of the time of a trace."""
    return Response(answer.model_dump_json(), media_type="application/json")


def _node(uid: str, data: Mapping[str, Any]) -> Node:
    known = {"uid": uid, "label": str(data["label"]), "id": source_id({"uid": uid, **data})}
    known["text"] = str(data.get("text") or data.get("name") or uid)
    more = {k: v for k, v in data.items() if k not in (*known, *_INNER) and v not in (None, "", [])}
    return Node(**known, **more)


def _data_of(graph: Graph, link: PictureLink) -> Mapping[str, Any]:
    parallel = graph.get_edge_data(link.source, link.target) or {}
    for key, data in parallel.items():
        if str(data.get("uid") or f"{link.source} {key} {link.target}") == link.uid:
            found: Mapping[str, Any] = data
            return found
    return {}


def _link(link: PictureLink, data: Mapping[str, Any]) -> GraphLink:
    return GraphLink(
        uid=link.uid,
        kind=str(link.kind),
        source=link.source,
        target=link.target,
        status=str(link.status),
        probability=link.probability,
        suspect=link.suspect,
        work_class=data.get("class"),
        reason=data.get("reason"),
        method=data.get("method"),
        decided_by=data.get("decided_by"),
        decided_at=str(data["decided_at"]) if data.get("decided_at") else None,
        evidence=[Evidence(**part) for part in load_evidence(data.get("evidence"))],
    )

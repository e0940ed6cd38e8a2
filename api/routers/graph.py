"""The subgraph around an item, as JSON and as a picture that works with no network."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.deps import Floor, Language, StoreDep
from api.limits import DEFAULT_FLOOR, DEFAULT_NODES, MOST_NODES
from api.models import GraphAnswer, Problem
from api.routers.trace import ItemId
from api.serialize import graph_members, json_of
from api.traces import require_trace
from tracegraph.report.picture import source_id
from tracegraph.report.pyvis_page import build_graph_page

router = APIRouter(tags=["graph"], responses={404: {"model": Problem}})

NodeLimit = Annotated[int, Query(ge=1, le=MOST_NODES, description="จำนวนรายการสูงสุด / most nodes")]


@router.get(
    "/graph/{uid:path}.html",
    summary="ผังโต้ตอบ ใช้ได้ไม่ต้องต่อเน็ต / interactive picture, works offline",
    response_class=Response,
    responses={200: {"content": {"text/html": {}}}},
)
def graph_page(
    uid: ItemId, store: StoreDep, floor: Floor = DEFAULT_FLOOR, limit: NodeLimit = DEFAULT_NODES, lang: Language = "th"
) -> Response:
    """One self-contained HTML file (pyvis), with a policy that allows its own two scripts only."""
    graph = require_trace(store, uid, floor)
    data = graph.nodes[graph.graph["focus"]]
    page = build_graph_page(graph, str(data.get("text") or data.get("name") or uid), lang=lang, limit=limit)
    name = quote(f"{source_id(data)}.html", safe="")
    return Response(
        page.html,
        media_type="text/html; charset=utf-8",
        headers={
            "Content-Security-Policy": f"{page.policy}; frame-ancestors 'self'; sandbox allow-scripts",
            "Content-Disposition": f"inline; filename*=UTF-8''{name}",
        },
    )


@router.get("/graph/{uid:path}", response_model=GraphAnswer, summary="ผังเป็น JSON / nodes and links")
def graph_json(
    uid: ItemId, store: StoreDep, floor: Floor = DEFAULT_FLOOR, limit: NodeLimit = DEFAULT_NODES
) -> Response:
    """Nodes and links around an item; those nearest to it where there are more than ``limit``."""
    graph = require_trace(store, uid, floor)
    return json_of(GraphAnswer(**graph_members(graph, floor, limit)))

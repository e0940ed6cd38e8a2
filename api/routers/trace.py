"""The trace of one need or project."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.deps import Floor, StoreDep
from api.limits import DEFAULT_FLOOR, MOST_NODES
from api.models import Need, Problem, TraceAnswer
from api.serialize import graph_members, json_of
from api.traces import find_fate, require_trace

router = APIRouter(tags=["trace"], responses={404: {"model": Problem}})

ItemId = Annotated[
    str,
    Path(description="uid หรือรหัสที่ไฟล์ให้ไว้ / uid, or the id of the file", examples=["N-01", "need:3f1c9a5be0d24c77"]),
]


@router.get("/needs/{uid:path}/trace", response_model=TraceAnswer, summary="เส้นทางของความต้องการ / the trace of a need")
def need_trace(uid: ItemId, store: StoreDep, floor: Floor = DEFAULT_FLOOR) -> Response:
    """Everything a need reached, link by link, with evidence, and its fate."""
    graph = require_trace(store, uid, floor, label="Need")
    row = find_fate(store, graph, floor)
    return json_of(TraceAnswer(**graph_members(graph, floor, MOST_NODES), fate=Need(**row) if row else None))


@router.get(
    "/projects/{uid:path}/trace",
    response_model=TraceAnswer,
    summary="ที่มาและที่ไปของโครงการ / where a project comes from and goes",
)
def project_trace(uid: ItemId, store: StoreDep, floor: Floor = DEFAULT_FLOOR) -> Response:
    """The needs and items that lead to a project, and what it was carried to."""
    graph = require_trace(store, uid, floor, label="Project")
    return json_of(TraceAnswer(**graph_members(graph, floor, MOST_NODES)))

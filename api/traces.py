"""The trace of an item by its uid or by the id that its file gave."""

from __future__ import annotations

from typing import Any

from tracegraph.analyse.questions import ask
from tracegraph.analyse.trace import trace_item, trace_need, trace_project
from tracegraph.graph.store import Store
from tracegraph.report.picture import Graph


def require_trace(store: Store, item: str, floor: float, *, label: str | None = None) -> Graph:
    """The graph around one need or project with ``focus`` set; NotFoundError where there is no such item.

    ``label`` (Need or Project) restricts what is looked for.
    """
    build = _BUILD[label]
    graph: Graph = build(store, item, floor)
    return graph


_BUILD = {None: trace_item, "Need": trace_need, "Project": trace_project}


def find_fate(store: Store, graph: Graph, floor: float) -> dict[str, Any] | None:
    """The row of ``needs_reach`` of the need that a graph is about; None for a project."""
    uid = graph.graph["focus"]
    data = graph.nodes[uid]
    if data.get("label") != "Need":
        return None
    params = {"area": str(data.get("area") or ""), "need": str(uid), "floor": floor}
    return next((dict(row) for row in ask(store, "needs_reach", params).rows), None)

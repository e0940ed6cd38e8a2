"""เส้นทาง: one need or project, the plans it went through, and the evidence of every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from api.deps import StoreDep
from api.ladder import build_ladder
from api.register import certainty, fate_words, funded
from api.render import Page, build_link, read_page, render
from api.steps import Step, build_end, build_steps
from api.traces import find_fate, require_trace
from tracegraph.model.graph import LinkKind
from tracegraph.report.fold import fold_implied, fold_shortcuts
from tracegraph.report.picture import Graph, read_picture, source_id
from tracegraph.report.svg import trace_svg
from tracegraph.report.terms import confidence_of, plan_kind_word

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class FateView:
    """What became of a need, in the words of the page."""

    code: str
    words: str
    reached: str
    stopped: str
    reason: str
    funded: str
    suggested: bool
    weakest: str
    weakest_level: str
    asked_again: tuple[str, ...]


@router.get("/trace/{item:path}")
def trace(request: Request, item: str, store: StoreDep) -> HTMLResponse:
    """The trace of an item by uid or by the id of its file."""
    page = read_page(request, "trace")
    graph = require_trace(store, item, page.floor)
    focus = str(graph.graph["focus"])
    data = graph.nodes[focus]
    return render(
        request,
        "trace.html",
        page=page,
        item=build_end(focus, data, page.lang),
        fate=_fate(find_fate(store, graph, page.floor), page),
        ladder=build_ladder(graph, page.floor, page.lang) if data.get("label") == "Need" else [],
        svg=trace_svg(graph, lang=page.lang, href=_addresses(page), embed_font=False),
        groups=_groups(build_steps(graph, page.lang), _folded(graph)),
        svg_file=build_link(page, f"/trace-picture/{focus}.svg"),
        graph_page=_graph_page(focus, page),
    )


@router.get("/trace-picture/{item:path}.svg")
def picture(request: Request, item: str, store: StoreDep) -> Response:
    """The picture alone, with its font, as a file."""
    page = read_page(request)
    graph = require_trace(store, item, page.floor)
    name = quote(f"{source_id(graph.nodes[graph.graph['focus']])}.svg", safe="")
    return Response(
        trace_svg(graph, lang=page.lang),
        media_type="image/svg+xml",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox",
        },
    )


def _groups(steps: list[Step], folded: set[str]) -> list[tuple[str, list[Step]]]:
    """Steps of the way, suggestions that these imply, strategies, possible duplicates; empty groups are left out."""
    of = {LinkKind.ALIGNS_WITH: "trace.strategies", LinkKind.SAME_WORK: "trace.same_work"}
    groups: dict[str, list[Step]] = {
        key: [] for key in ("trace.steps", "trace.more", "trace.strategies", "trace.same_work")
    }
    for step in steps:
        groups[of.get(step.kind, "trace.more" if step.uid in folded else "trace.steps")].append(step)
    return [(key, found) for key, found in groups.items() if found or key == "trace.steps"]


def _folded(graph: Graph) -> set[str]:
    """Links that the picture leaves out because other links lead to the same end."""
    picture = read_picture(graph)
    return {k.uid for k in picture.links} - {k.uid for k in fold_shortcuts(fold_implied(picture)).links}


def _graph_page(focus: str, page: Page) -> str:
    return f"/v1/graph/{quote(focus, safe=':')}.html?lang={page.lang}&floor={page.floor:g}"


def _addresses(page: Page) -> Any:
    def address(label: str, uid: str) -> str | None:
        return build_link(page, f"/trace/{uid}") if label in ("Need", "Project") else None

    return address


def _fate(row: dict[str, Any] | None, page: Page) -> FateView | None:
    if row is None:
        return None
    weakest = row["weakest_probability"]
    return FateView(
        code=row["fate"],
        words=fate_words(row["fate"], page.lang),
        reached=plan_kind_word(row["reached"], page.lang),
        stopped=plan_kind_word(row["stopped_at"], page.lang),
        reason=str(row["reason"] or ""),
        funded=funded(row, page.lang),
        suggested=weakest is not None and weakest < 1,
        weakest=certainty(row, page.lang),
        weakest_level="confirmed" if weakest == 1 else confidence_of(weakest or 0.0),
        asked_again=tuple(str(one) for one in row["asked_again_in"] or ()),
    )

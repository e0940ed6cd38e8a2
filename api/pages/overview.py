"""ภาพรวม: the funnel, what became of the needs, alignment with its parts, money at stake, late plans."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.areas import list_areas, read_area
from api.counts import count_all
from api.deps import CacheDep, StoreDep
from api.overview import count_fates, find_late, find_money, find_steps
from api.render import read_page, render
from api.scores import build_parts
from tracegraph.report.funnel import funnel_svg

router = APIRouter(include_in_schema=False)


@router.get("/")
def overview(request: Request, store: StoreDep, cache: CacheDep) -> HTMLResponse:
    """The first page; says what to do where there are no data yet."""
    page = read_page(request, "overview")
    counts = cache.get(store, "counts", lambda: count_all(store))
    if not counts.documents:
        return render(request, "empty.html", page=page, home=request.app.state.home)
    area = read_area(request.query_params.get("area"))
    steps = find_steps(cache, store, area, page)
    context: dict[str, Any] = {
        "steps": steps,
        "raised": steps[0].total if steps else 0,
        "counts": counts,
        "areas": cache.get(store, "areas", lambda: list_areas(store)),
        "chosen": area,
        "funnel": funnel_svg(steps, lang=page.lang, embed_font=False),
        "fates": count_fates(cache, store, area, page),
        "scores": build_parts(cache, store, area, page),
        "money": find_money(cache, store, area, page),
        "late": find_late(cache, store, area, page),
    }
    return render(request, "overview.html", page=page, **context)

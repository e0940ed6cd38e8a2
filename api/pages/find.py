"""เส้นทาง: find a need or a project by words or id and open its trace."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.deps import CacheDep, StoreDep
from api.finding import find_items
from api.limits import MOST_SEARCH_TEXT
from api.render import read_page, render
from api.search import read_search
from tracegraph.report.terms import plan_kind_word

router = APIRouter(include_in_schema=False)


@router.get("/trace")
def find(request: Request, store: StoreDep, cache: CacheDep) -> HTMLResponse:
    """A form, and what was found; without words only the form."""
    page = read_page(request, "trace")
    text = (request.query_params.get("q") or "")[:MOST_SEARCH_TEXT]
    search = read_search(text)
    found = find_items(cache, store, search)
    return render(
        request,
        "find.html",
        page=page,
        q=text,
        asked=not search.empty,
        groups=[
            ("find.needs", found.needs, found.all_needs),
            ("find.projects", found.projects, found.all_projects),
        ],
        kind_of=lambda code: plan_kind_word(code, page.lang),
    )

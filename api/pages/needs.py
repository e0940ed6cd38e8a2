"""ความต้องการ: the register with the fate of every need, searched and filtered."""

from __future__ import annotations

from collections import deque

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.answers import ask_kept
from api.areas import list_areas, read_area
from api.deps import CacheDep, StoreDep
from api.i18n import label
from api.limits import MOST_SEARCH_TEXT
from api.paging import read_pager, shown
from api.register import FATES_OF, Filter, build_row, fate_words, find_rows, rank_of, read_places
from api.render import Page, read_page, render
from api.search import read_search
from tracegraph.model.graph import Fate
from tracegraph.model.process import plan_kinds
from tracegraph.report.terms import plan_kind_word

router = APIRouter(include_in_schema=False)

#: Kinds offered as "reached at least": one for each rank on the way up.
_LEVELS = ("PK01", "PK02", "PK03", "PK04", "PK07", "PK09", "PK10", "PK12")


@router.get("/needs")
def needs(request: Request, store: StoreDep, cache: CacheDep) -> HTMLResponse:
    """The register, one page of it."""
    page = read_page(request, "needs")
    query = request.query_params
    area = read_area(query.get("area"))
    text = (query.get("q") or "")[:MOST_SEARCH_TEXT]
    asked = Filter(
        search=read_search(text),
        fate=_one_of(query.get("fate"), {*(str(f) for f in Fate), *FATES_OF}),
        reached=_one_of(query.get("reached"), _KINDS),
        below=_one_of(query.get("below"), _KINDS),
    )
    answer = ask_kept(cache, store, "needs_reach", {"area": area, "floor": page.floor})
    places = cache.get(store, ("places", area), lambda: read_places(store, area))
    found = find_rows(answer.rows, {key: deque(rows) for key, rows in places.items()}, asked)
    pager = read_pager(len(found), query.get("page"))
    return render(
        request,
        "needs.html",
        page=page,
        rows=[build_row(row, place, page.lang) for row, place in shown(found, pager)],
        pager=pager,
        q=text,
        chosen=area,
        areas=cache.get(store, "areas", lambda: list_areas(store)),
        fate=asked.fate,
        total=len(answer.rows),
        fates=[{"code": str(f), "words": fate_words(f, page.lang)} for f in Fate]
        + [{"code": one, "words": label(f"fate.{one}", page.lang)} for one in FATES_OF],
        reached=asked.reached,
        levels=[{"code": kind, "words": plan_kind_word(kind, page.lang)} for kind in _LEVELS],
        stopped=asked.below,
        stopped_words=_stopped_words(asked, page),
    )


_KINDS = {kind.id for kind in plan_kinds() if kind.rank is not None}


def _one_of(value: str | None, known: set[str]) -> str:
    return value if value in known else ""


def _stopped_words(asked: Filter, page: Page) -> str:
    if not asked.below or rank_of(asked.below) == 0:
        return ""
    return label("needs.stopped", page.lang, level=plan_kind_word(asked.below, page.lang))

"""คู่ที่ควรตรวจสอบ: the rows behind the money that may be planned twice."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.areas import list_areas, read_area
from api.deps import CacheDep, StoreDep
from api.paging import read_pager, shown
from api.pairs import find_pairs
from api.render import Page, build_link, read_page, render
from api.steps import class_words
from tracegraph.model.graph import Status
from tracegraph.report.terms import CONFIDENCE, STATUSES, confidence_of, plan_kind_word

router = APIRouter(include_in_schema=False)


@router.get("/pairs")
def pairs(request: Request, store: StoreDep, cache: CacheDep) -> HTMLResponse:
    """Pairs of items that may be the same work paid twice, side by side, each with its source cell."""
    page = read_page(request, "overview")
    area = read_area(request.query_params.get("area"))
    found = find_pairs(cache, store, area, page.floor)
    pager = read_pager(len(found), request.query_params.get("page"))
    return render(
        request,
        "pairs.html",
        page=page,
        pairs=[_view(row, page) for row in shown(found, pager)],
        pager=pager,
        chosen=area,
        areas=cache.get(store, "areas", lambda: list_areas(store)),
        classes_href=build_link(page, "/ask/money_at_stake", area=area),
    )


def _view(row: dict[str, object], page: Page) -> dict[str, object]:
    probability = row["probability"]
    estimated = row["status"] == Status.SUGGESTED and isinstance(probability, float)
    level = confidence_of(probability) if estimated and isinstance(probability, float) else ""
    return {
        "ends": [_end(row, side, page) for side in ("left", "right")],
        "work_class": class_words(str(row["class"] or ""), str(row["status"]), page.lang),
        "status": row["status"],
        "status_words": STATUSES[Status(str(row["status"]))].to(page.lang),
        "level": level,
        "level_words": CONFIDENCE[level].to(page.lang) if level else "",
        "probability": probability,
        "amount": row["money_at_stake"],
        "reason": row["reason"] or "",
        "explain_href": build_link(page, "/explain", left=row["left_uid"], right=row["right_uid"]),
    }


def _end(row: dict[str, object], side: str, page: Page) -> dict[str, object]:
    names = ("id", "uid", "owner", "year", "amount", "file", "sheet", "row")
    end = {name: row[f"{side}_{name}"] for name in names}
    kind = row[f"{side}_plan_kind"]
    return {**end, "page": "", "text": row[side], "kind": plan_kind_word(str(kind), page.lang) if kind else ""}

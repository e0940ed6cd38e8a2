"""อธิบาย: the waterfall of two records, or what answers one need, as the command line and the API tell it."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from api.deps import CacheDep, StoreDep
from api.limits import DEFAULT_FLOOR
from api.render import Page, read_page, render
from api.routers.explain import MOST_ID, find_need_story, find_story
from api.steps import Part
from tracegraph.analyse.need_story import NeedStory
from tracegraph.link.scores import PairScore
from tracegraph.link.stories import PairStory, say_standing
from tracegraph.model.graph import CLASS_BY_CODE
from tracegraph.model.items import Item
from tracegraph.model.records import Contribution
from tracegraph.report.terms import plan_kind_word

router = APIRouter(include_in_schema=False)


@router.get("/explain")
def explain(request: Request, store: StoreDep, cache: CacheDep) -> HTMLResponse:
    """Two ids in, the story of the pair out; one need alone, what answers it or why nothing does; else the form."""
    page = read_page(request, "overview")
    left, right = (request.query_params.get(side, "").strip()[:MOST_ID] for side in ("left", "right"))
    told = alone = None
    if left and right:
        told = _view(find_story(store, cache, request.app.state.home, left, right, DEFAULT_FLOOR), page)
    elif left:
        alone = _view_need(find_need_story(store, cache, request.app.state.home, left, DEFAULT_FLOOR), page)
    return render(request, "explain.html", page=page, left=left, right=right, told=told, alone=alone)


def _view(story: PairStory, page: Page) -> dict[str, object]:
    thai = page.lang == "th"
    known = CLASS_BY_CODE.get(story.work_class or "")
    return {
        "ends": [_end(item, page) for item in (story.left, story.right)],
        "verdict": story.verdict[0 if thai else 1],
        "standing": [say_standing(link)[0 if thai else 1] for link in story.standing[1:]],
        "rules": [rule.th if thai else rule.en for rule in story.rules],
        "causes": [cause.th if thai else cause.en for cause in story.causes[0 if story.standing else 1 :]],
        "work_class": (known.th if thai else known.en) if known else "",
        "probability": story.probability,
        "aside": story.plain_probability if story.aside else None,
        "model": story.model,
        **_waterfall(story.contributions, page),
    }


def _view_need(story: NeedStory, page: Page) -> dict[str, object]:
    thai = page.lang == "th"
    linked = {item.uid for _, item in story.standing}
    nearest = story.outcome.nearest
    return {
        "end": _end(story.need, page),
        "verdict": story.verdict[0 if thai else 1],
        "standing": [(say_standing(link)[0 if thai else 1], _end(item, page)) for link, item in story.standing],
        "nearest": _view_nearest(*nearest, page) if nearest and nearest[0].uid not in linked else None,
    }


def _view_nearest(item: Item, score: PairScore, page: Page) -> dict[str, object]:
    return {"end": _end(item, page), "probability": score.probability, **_waterfall(score.contributions, page)}


def _waterfall(contributions: Iterable[Contribution], page: Page) -> dict[str, object]:
    thai = page.lang == "th"
    parts = tuple(Part(p.th if thai else p.en, p.weight, p.left, p.right) for p in contributions)
    return {
        "evidence": parts,
        "total": f"{sum(part.weight for part in parts):+.2f}",
        "most": max((abs(part.weight) for part in parts), default=1.0) or 1.0,
    }


def _end(item: Item, page: Page) -> dict[str, object]:
    names = ("uid", "text", "file", "sheet", "row", "amount")
    year = item.years[0] if item.years else item.year
    kind = plan_kind_word(item.plan_kind, page.lang) if item.plan_kind else ""
    end = {name: getattr(item, name) for name in names}
    return {**end, "page": "", "kind": kind, "owner": item.owner_name or "", "year": year, "id": item.shown_id}

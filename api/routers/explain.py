"""Why two records are linked, or why not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.cache import AnswerCache
from api.deps import CacheDep, StoreDep
from api.explain_models import NeedExplanation, PairExplanation
from api.limits import DEFAULT_FLOOR
from api.models import Problem
from tracegraph.analyse.need_story import NeedStory, need_story_as_dict, tell_need
from tracegraph.analyse.pair_story import require_item, story_as_dict, tell_pair
from tracegraph.graph.store import Store
from tracegraph.link.same_work.model import find_model
from tracegraph.link.stories import PairStory

router = APIRouter(tags=["match"])

_ID = "uid, รหัสที่ไฟล์ให้ไว้ หรือ ไฟล์#แผ่นงาน#แถว / uid, the id of the file, or file#sheet#row"
MOST_ID = 400


def find_story(store: Store, cache: AnswerCache, home: str, left: str, right: str, floor: float) -> PairStory:
    """The story of two records by any of their ids; what is loaded is read once while the data stay as they are."""
    items = cache.get(store, "items", store.load_items)
    ends = require_item(items, left), require_item(items, right)
    key = ("story", ends[0].uid, ends[1].uid, floor, find_model(Path(home)).name)  # a new model tells a new story
    return cache.get(store, key, lambda: tell_pair(store, items, *ends, home=Path(home), floor=floor))


def find_need_story(store: Store, cache: AnswerCache, home: str, need: str, floor: float) -> NeedStory:
    """How one need stands, by any of its ids; InputError for a project."""
    items = cache.get(store, "items", store.load_items)
    asked = require_item(items, need)
    key = ("need story", asked.uid, floor)
    return cache.get(store, key, lambda: tell_need(store, items, asked, home=Path(home), floor=floor))


@router.get(
    "/explain",
    summary="อธิบายคู่รายการ / why two records are linked, or not",
    responses={404: {"model": Problem}, 422: {"model": Problem}},
)
def explain(
    request: Request,
    store: StoreDep,
    cache: CacheDep,
    left: Annotated[str, Query(min_length=1, max_length=MOST_ID, description=_ID, examples=["KB-L-HN-07"])],
    right: Annotated[str, Query(min_length=1, max_length=MOST_ID, description=_ID, examples=["KB-X-HN68-04"])],
    floor: Annotated[float, Query(ge=0, le=1, description="เกณฑ์ที่ใช้เสนอ / the floor of proposing")] = DEFAULT_FLOOR,
) -> PairExplanation:
    """The waterfall of any two records, also of a pair that nobody proposed, as `tracegraph explain` tells it.

    Two projects are compared as the same work, a need and a project as an answer. `contributions` are log-odds that
    add up to `score`, whose logistic function is `probability`. `causes` says what keeps the pair from being
    proposed (no blocking rule, veto, class, floor, a better partner, a way around); `standing` which links hold between
    the two, by whom and since when.
    """
    return PairExplanation(**story_as_dict(find_story(store, cache, request.app.state.home, left, right, floor)))


@router.get(
    "/explain/need",
    summary="อธิบายความต้องการ / what answers a need, or why nothing does",
    responses={404: {"model": Problem}, 422: {"model": Problem}},
)
def explain_need(
    request: Request,
    store: StoreDep,
    cache: CacheDep,
    need: Annotated[str, Query(min_length=1, max_length=MOST_ID, description=_ID, examples=["KB-N-HN4-2"])],
    floor: Annotated[float, Query(ge=0, le=1, description="เกณฑ์ที่ใช้เสนอ / the floor of proposing")] = DEFAULT_FLOOR,
) -> NeedExplanation:
    """How one need of the store stands, as `tracegraph explain NEED` tells it.

    "No project answers it" is a result: `outcome.code` says whether no project lies in the place, none there is of a
    fitting kind, the fitting kind lies elsewhere, or what fits stays below the floor; with the numbers behind it.
    """
    return NeedExplanation(**need_story_as_dict(find_need_story(store, cache, request.app.state.home, need, floor)))

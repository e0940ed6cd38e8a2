"""What the routes take from the application: the store, and checked parameters."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from api.cache import AnswerCache
from api.limits import DEFAULT_FLOOR, DEFAULT_ROWS, FACTS_FLOOR, MOST_ROWS
from tracegraph.graph.store import Store
from tracegraph.report.terms import Lang


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _cache(request: Request) -> AnswerCache:
    cache: AnswerCache = request.app.state.cache
    return cache


StoreDep = Annotated[Store, Depends(_store)]
CacheDep = Annotated[AnswerCache, Depends(_cache)]

Floor = Annotated[
    float,
    Query(
        ge=0,
        le=FACTS_FLOOR,
        description="ความน่าจะเป็นต่ำสุดของข้อเสนอแนะที่นับรวม; 1.01 = เฉพาะข้อเท็จจริง / "
        "lowest probability of a suggested link that counts; 1.01 = facts only",
        examples=[DEFAULT_FLOOR, FACTS_FLOOR],
    ),
]
Language = Annotated[Lang, Query(description="ภาษาของคำในรูป / language of the words in pictures")]
RowLimit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="จำนวนแถวสูงสุดในคำตอบ / most rows in the answer")]
RowOffset = Annotated[int, Query(ge=0, le=10_000_000, description="ข้ามกี่แถวแรก / rows to skip")]
__all__ = ["DEFAULT_ROWS", "CacheDep", "Floor", "Language", "RowLimit", "RowOffset", "StoreDep"]

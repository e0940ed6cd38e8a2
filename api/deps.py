"""What the routes take from the application: the store, and checked parameters."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from api.cache import AnswerCache
from api.imports import Imports, NotThisComputer
from api.limits import DEFAULT_FLOOR, DEFAULT_ROWS, FACTS_FLOOR, MOST_ROWS
from api.security import is_loopback
from tracegraph.graph.store import Store
from tracegraph.report.terms import Lang


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _cache(request: Request) -> AnswerCache:
    cache: AnswerCache = request.app.state.cache
    return cache


def _imports(request: Request) -> Imports:
    imports: Imports = request.app.state.imports
    return imports


def require_local(request: Request) -> None:
    """Importing is for this computer: a server that others may open has no sign-in to tell them apart."""
    client = request.client.host if request.client else ""
    if request.app.state.remote and not is_loopback(client):
        raise NotThisComputer(
            "นำเข้าได้จากเครื่องที่เปิดโปรแกรมเท่านั้น",
            "files can be imported only on the computer that runs this server",
            hint_th="เปิดหน้านี้ที่เครื่องนั้น หรือใช้คำสั่ง tracegraph import",
            hint_en="open this page there, or use tracegraph import",
        )


StoreDep = Annotated[Store, Depends(_store)]
CacheDep = Annotated[AnswerCache, Depends(_cache)]

ImportsDep = Annotated[Imports, Depends(_imports)]

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
__all__ = [
    "DEFAULT_ROWS",
    "CacheDep",
    "Floor",
    "ImportsDep",
    "Language",
    "RowLimit",
    "RowOffset",
    "StoreDep",
    "require_local",
]

"""The application: one store for its life, the API under ``/v1``, the pages, and the guard around all of it."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.staticfiles import StaticFiles

from api.cache import AnswerCache
from api.errors import add_error_handlers
from api.imports import Imports
from api.pages import ROUTERS as PAGES
from api.routers import ROUTERS, health
from api.security import Guard
from api.warm import WarmUp
from tracegraph import __version__
from tracegraph.graph.store import open_store
from tracegraph.settings import Settings, read_settings

if TYPE_CHECKING:
    from tracegraph.graph.store import Store

DESCRIPTION = """
เชื่อมโยงความต้องการของหมู่บ้านกับแผนทุกระดับจนถึงงบประมาณ: เส้นทางที่มาที่ไป ความสอดคล้อง และคู่โครงการที่อาจซ้ำซ้อน (โปรดตรวจสอบ)

Follow village needs through every plan up to the budget. Every figure names its parts; links are declared,
confirmed or suggested, and `floor` says which suggestions count.
"""


def create_app(
    settings: Settings | None = None, *, store: Store | None = None, remote: bool = False, warm: bool = False
) -> FastAPI:
    """The application over the data of ``settings`` (default: environment), or over a store already open.

    ``remote``: others on the network may connect (their ``Host`` is checked less strictly). ``warm``: ask what the
    first page asks as soon as the server runs, beside the first requests.
    """
    app = FastAPI(
        title="tracegraph",
        summary="ความต้องการของหมู่บ้านไปถึงแผนไหน / which village needs reached which plan",
        description=DESCRIPTION,
        version=__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings, store, warm=warm),
    )
    app.state.cache = AnswerCache()
    home = (settings or read_settings()).home
    app.state.home = str(home)
    app.state.imports = Imports(home)
    app.state.remote = remote
    app.add_middleware(Guard, remote=remote)
    add_error_handlers(app)
    _include(app, ROUTERS, "/v1")
    _include(app, (health.router, *PAGES), "")
    with as_file(files("api").joinpath("static")) as folder:  # a wheel is always unpacked: no temporary folder
        app.mount("/static", StaticFiles(directory=folder), name="static")
    return app


def _include(app: FastAPI, included: Iterable[APIRouter], prefix: str) -> None:
    for router in included:
        app.include_router(router, prefix=prefix)


def _lifespan(
    settings: Settings | None, store: Store | None, *, warm: bool
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = open_store(settings or read_settings()) if store is None else nullcontext(store)
        app.state.store = await run_in_threadpool(opened.__enter__)  # starting the engine takes seconds
        gc.freeze()  # dictionaries and gazetteer live as long as the server: going through them cost 0.1 s at a time
        warm_up = WarmUp(app.state.store, app.state.cache, Path(app.state.home)) if warm else None
        if warm_up:
            warm_up.start()
        try:
            yield
        finally:
            await run_in_threadpool(app.state.imports.stop)
            gc.unfreeze()  # what is let go at the end must be found
            if warm_up:
                await run_in_threadpool(warm_up.stop)
            await run_in_threadpool(opened.__exit__, None, None, None)

    return lifespan

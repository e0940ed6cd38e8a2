"""The server-rendered pages."""

from __future__ import annotations

from api.pages import ask, explain, files, find, imports, needs, overview, pairs, trace

ROUTERS = (
    overview.router,
    needs.router,
    find.router,
    trace.router,
    pairs.router,
    explain.router,
    ask.router,
    imports.router,
    files.router,
)

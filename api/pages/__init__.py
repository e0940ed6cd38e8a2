"""The server-rendered pages."""

from __future__ import annotations

from api.pages import ask, files, needs, overview, trace

ROUTERS = (overview.router, needs.router, trace.router, ask.router, files.router)

"""Fonts from the package that owns them, and the documentation of the API without a CDN."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse, Response

from api.render import render
from tracegraph.report.typeface import FACES, read_font

router = APIRouter(include_in_schema=False)
_NAMES = frozenset(name for name, _, _ in FACES)


@router.get("/fonts/{name}")
def font(name: str) -> Response:
    """One of the shipped font files."""
    if name not in _NAMES:
        raise HTTPException(404)
    return Response(read_font(name), media_type="font/woff2", headers={"Cache-Control": "public, max-age=31536000"})


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """The API by Swagger UI, from files of ours."""
    return render(request, "docs.html")

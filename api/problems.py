"""Problem documents (RFC 9457) in Thai and English."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int, code: str, th: str, en: str, path: str, *, hint_th: str = "", hint_en: str = "", **more: Any
) -> dict[str, Any]:
    """The members of a problem document; ``detail`` is Thai, ``detail_en`` English."""
    body: dict[str, Any] = {
        "type": f"urn:tracegraph:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": th,
        "detail_en": en,
        "instance": path,
    }
    if hint_th or hint_en:
        body["hint"], body["hint_en"] = hint_th, hint_en
    return {**body, **more}


def problem_response(status: int, code: str, th: str, en: str, path: str, **more: Any) -> JSONResponse:
    """A problem document as an answer."""
    return JSONResponse(problem(status, code, th, en, path, **more), status, media_type=MEDIA_TYPE)

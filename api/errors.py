"""One table that maps our errors to HTTP; problem documents for programs, a page for people."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.imports import ImportConflict, NotThisComputer, TooManyImports
from api.problems import problem_response
from api.render import render
from tracegraph import errors

log = logging.getLogger(__name__)

#: Most exact class first.
STATUS_OF: tuple[tuple[type[errors.TracegraphError], int], ...] = (
    (ImportConflict, 409),
    (TooManyImports, 429),
    (NotThisComputer, 403),
    (errors.UsageError, 400),
    (errors.NotFoundError, 404),
    (errors.FileRefused, 422),
    (errors.MappingError, 422),
    (errors.InputError, 422),
    (errors.EngineBusyError, 503),
    (errors.EngineError, 503),
    (errors.RunFailed, 500),
    (errors.TracegraphError, 500),
)

_PHRASES_TH = {
    400: "คำขอไม่ถูกต้อง",
    404: "ไม่พบหน้าหรือรายการที่ขอ",
    405: "ใช้วิธีเรียกนี้กับที่อยู่นี้ไม่ได้",
    422: "ค่าที่ส่งมาไม่ถูกต้อง",
}


def status_of(error: errors.TracegraphError) -> int:
    """The HTTP status of one of our errors."""
    return next(status for kind, status in STATUS_OF if isinstance(error, kind))


def add_error_handlers(app: FastAPI) -> None:
    """Register the handlers of this module."""
    app.add_exception_handler(errors.TracegraphError, _own_error)
    app.add_exception_handler(RequestValidationError, _bad_values)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)


def wants_page(request: Request) -> bool:
    """True for the pages; the API always answers with a problem document."""
    path = request.url.path
    return not path.startswith(("/v1/", "/healthz", "/readyz", "/openapi.json"))


def _answer(
    request: Request, status: int, code: str, th: str, en: str, hint_th: str = "", hint_en: str = "", **more: object
) -> Response:
    if wants_page(request):
        detail = {"th": (th, hint_th), "en": (en, hint_en)}
        return render(request, "error.html", status=status, code=code, detail=detail)
    return problem_response(status, code, th, en, request.url.path, hint_th=hint_th, hint_en=hint_en, **more)


def _own_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.TracegraphError)  # noqa: S101  (registered for this class)
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s %s: %s", request.method, request.url.path, error)
    return _answer(request, status, error.code, error.th, error.en, error.hint_th, error.hint_en)


def _bad_values(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    found = [
        {
            "where": ".".join(str(part) for part in one["loc"]),
            "message": one["msg"],
            "found": repr(one.get("input"))[:200],
        }
        for one in error.errors()
    ]
    named = ", ".join(one["where"] for one in found)
    return _answer(request, 422, "bad-value", f"ค่าที่ส่งมาไม่ถูกต้อง: {named}", f"bad value: {named}", errors=found)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    status = error.status_code
    phrase = HTTPStatus(status).phrase
    th = _PHRASES_TH.get(status, phrase)
    code = phrase.lower().replace(" ", "-")
    return _answer(request, status, code, th, f"{phrase}: {request.url.path}")


def _unexpected(request: Request, error: Exception) -> Response:
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _answer(
        request,
        500,
        "unexpected",
        "ระบบขัดข้อง ข้อมูลไม่ถูกเปลี่ยนแปลง",
        "something went wrong here; no data was changed",
        "ดูบันทึกในหน้าต่างที่เปิดโปรแกรม",
        "see the log in the window where the program runs",
    )

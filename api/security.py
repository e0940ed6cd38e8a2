"""What every answer carries against misuse in a browser, which hosts are answered, and who may change anything.

The pages hold plans and names of places of real offices and have no sign-in: they are for the computer they run on.
A page elsewhere could make a name of its own point to 127.0.0.1 and read them (DNS rebinding), so only known names in
``Host`` are answered. An address written in digits cannot be rebound and is safe.
A page elsewhere could also send a form to 127.0.0.1: what changes anything is taken only from pages of this server, or
from programs, which send no ``Origin``.
"""

from __future__ import annotations

import ipaddress
import socket

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import MOST_BODY, MOST_UPLOAD, UPLOAD_PATHS
from api.problems import problem_response

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def host_name(header: str) -> str:
    """The name in a ``Host`` header, lower case, without port and brackets."""
    value = header.strip().lower()
    if value.startswith("["):
        return value[1:].split("]")[0]
    return value.rsplit(":", 1)[0] if value.count(":") == 1 else value


def is_loopback(name: str) -> bool:
    """True for localhost and the addresses of this computer itself."""
    if name in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_known_host(name: str, *, remote: bool) -> bool:
    """Loopback names always; where others may connect, also addresses in digits and this computer's own name."""
    if is_loopback(name):
        return True
    if not remote:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        own = socket.gethostname().lower()
        return name == own or name.split(".", maxsplit=1)[0] == own.split(".")[0]
    return True


class Guard:
    """ASGI middleware: checks ``Host``, bounds the body, adds the headers above to every answer."""

    def __init__(self, app: ASGIApp, *, remote: bool = False) -> None:
        self.app = app
        self.remote = remote

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse with a problem document."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "HEAD":  # every page and route that can be read answers it, as HTTP wants
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        refused = self._refusal(headers, scope["method"], scope["path"])
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        await self.app(scope, receive, _with_headers(send))

    def _refusal(self, headers: Headers, method: str, path: str) -> ASGIApp | None:
        name = host_name(headers.get("host", ""))
        if not is_known_host(name, remote=self.remote):
            return problem_response(
                421,
                "host-refused",
                "ชื่อเครื่องในคำขอไม่ใช่เครื่องนี้ เปิดด้วย 127.0.0.1 หรือ localhost",
                "the host in the request is not this computer: open 127.0.0.1 or localhost",
                path,
            )
        if method not in _SAFE and is_foreign(headers):
            return problem_response(
                403,
                "foreign-origin",
                "คำขอนี้มาจากหน้าเว็บอื่น จึงไม่รับ",
                "this request comes from a page of another site and is refused",
                path,
            )
        length = headers.get("content-length", "0")
        chunked = "transfer-encoding" in headers
        most = MOST_UPLOAD if method == "POST" and path in UPLOAD_PATHS else MOST_BODY
        if chunked or not length.isdigit() or int(length) > most:
            return problem_response(
                413,
                "too-large",
                f"คำขอใหญ่เกินไป ส่งได้ไม่เกิน {most:,} ไบต์",
                f"the request is too large: at most {most:,} bytes, with Content-Length",
                path,
            )
        return None


def is_foreign(headers: Headers) -> bool:
    """True for a request that a page of another site caused a browser to send."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").strip().lower()


def _without_body(send: Send) -> Send:
    async def send_without_body(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return send_without_body


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        await send(message)

    return send_with_headers

"""Which hosts are answered, how large a request may be, and what every answer carries."""

from __future__ import annotations

import socket

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from api.limits import MOST_BODY
from api.security import CONTENT_POLICY, Guard, host_name, is_known_host, is_loopback


async def _echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


def _client(host: str, *, remote: bool = False) -> TestClient:
    app = Guard(Starlette(routes=[Route("/{path:path}", _echo, methods=["GET", "POST"])]), remote=remote)
    return TestClient(app, base_url=f"http://{host}")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8765", "localhost:80", "LOCALHOST", "[::1]:8765", "127.8.9.1"]
)
def test_this_computer_is_answered_under_its_loopback_names(host: str) -> None:
    assert _client("127.0.0.1").get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "localhost.evil", "192.168.1.5", ""]
)
def test_any_other_name_is_refused_so_that_no_page_elsewhere_can_rebind_it(host: str) -> None:
    answer = _client("127.0.0.1").get("/needs", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == "urn:tracegraph:problem:host-refused" and "เครื่องนี้" in body["detail"]
    assert answer.headers["content-security-policy"] == CONTENT_POLICY


def test_where_others_may_connect_names_of_others_are_still_refused() -> None:
    own = socket.gethostname()
    assert is_known_host("192.168.1.5", remote=True) and is_known_host(own, remote=True)
    assert not is_known_host("evil.example", remote=True)
    assert _client("192.168.1.5", remote=True).get("/").status_code == 200


def test_names_are_read_from_hosts_with_ports_and_brackets() -> None:
    assert [host_name(h) for h in ("a:1", "[::1]:8", "::1", "A.b", " x ")] == ["a", "::1", "::1", "a.b", "x"]
    assert is_loopback("127.1.2.3") and is_loopback("::1") and not is_loopback("10.0.0.1") and not is_loopback("x")


def test_every_answer_forbids_what_pages_do_not_need() -> None:
    headers = _client("localhost").get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "http" not in policy
    assert "frame-ancestors 'self'" in policy and "object-src 'none'" in policy and "base-uri 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


def test_large_bodies_and_bodies_of_unknown_length_are_refused() -> None:
    client = _client("localhost")
    assert client.post("/", content=b"x" * MOST_BODY).text == str(MOST_BODY)
    assert client.post("/", content=b"x" * (MOST_BODY + 1)).status_code == 413
    assert client.post("/", content=iter([b"x"])).status_code == 413
    assert client.post("/", content=b"x", headers={"content-length": "-1"}).status_code == 413

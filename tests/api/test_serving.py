"""The API over real HTTP: many at once, HEAD, other origins, speed, a store that another process holds, leaving."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import uvicorn

from api import create_app
from tracegraph.cli.serve import open_listener
from tracegraph.graph.store import Store
from tracegraph.settings import Settings

NEED = "KB-N-HN2-2"
PATHS = (
    "/",
    "/needs?q=" + quote("ถนน ม.๓"),
    f"/trace/{NEED}",
    "/ask/needs_reach",
    f"/v1/needs/{NEED}/trace",
    "/v1/queries/reach_funnel?area=8104",
    "/v1/queries/needs_reach?format=csv",
    "/v1/alignment?scope=area&uid=81",
    f"/v1/graph/{NEED}",
    "/readyz",
)


@pytest.fixture(scope="module")
def site(site_store: Store, site_settings: Settings) -> Iterator[str]:
    """The address of the application, served and warmed up."""
    listener = open_listener("127.0.0.1", 0)
    app = create_app(site_settings, store=site_store, warm=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=60)
    listener.close()
    assert not thread.is_alive(), "the server leaves while its warm-up runs"


def _ask(
    address: str, *, method: str = "GET", headers: dict[str, str] | None = None, body: bytes | None = None
) -> tuple[int, dict[str, str], bytes]:
    parts = urlsplit(address)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_twenty_at_once_get_what_one_gets(site: str) -> None:
    alone = {path: _ask(site + path) for path in PATHS}
    assert {status for status, _, _ in alone.values()} == {200}
    asked = list(PATHS) * 6
    with ThreadPoolExecutor(20) as people:
        together = list(people.map(lambda path: _ask(site + path), asked))
    for path, (status, _, body) in zip(asked, together, strict=True):
        assert status == 200 and body == alone[path][2], path


@pytest.mark.parametrize("path", PATHS)
def test_head_says_what_get_would_say(site: str, path: str) -> None:
    status, headers, body = _ask(site + path, method="HEAD")
    full_status, full_headers, full = _ask(site + path)
    assert (status, body) == (full_status, b"")
    assert headers["content-type"] == full_headers["content-type"]
    assert int(headers["content-length"]) == len(full)


def test_pages_of_other_origins_may_not_read(site: str) -> None:
    origin = {"Origin": "https://evil.example"}
    _, headers, _ = _ask(f"{site}/v1/needs/{NEED}/trace", headers=origin)
    assert not any(name.startswith("access-control-") for name in headers)
    asked = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    status, headers, body = _ask(f"{site}/v1/match", method="OPTIONS", headers=asked)
    assert status == 405 and not any(name.startswith("access-control-") for name in headers)
    assert json.loads(body)["detail"]
    plain = {**origin, "Content-Type": "text/plain"}  # what a form of another page could send without asking
    assert _ask(f"{site}/v1/match", method="POST", headers=plain, body=b'{"text": "x"}')[0] == 403
    del plain["Origin"]  # a program, which must name what it sends
    assert _ask(f"{site}/v1/match", method="POST", headers=plain, body=b'{"text": "x"}')[0] == 422
    assert _ask(f"{site}/", headers={"Host": "evil.example"})[0] == 421


def test_a_typed_need_is_answered_within_a_second(site: str) -> None:
    body = json.dumps({"text": "ขอถนนคอนกรีตเข้าหมู่บ้าน น้ำท่วมขังทุกปี", "place": "ต.ห้วยน้ำขาว อ.คลองท่อม จ.กระบี่"}).encode()
    took = []
    for _ in range(4):
        started = time.perf_counter()
        status, _, said = _ask(
            f"{site}/v1/match", method="POST", headers={"Content-Type": "application/json"}, body=body
        )
        took.append(time.perf_counter() - started)
        assert status == 200 and json.loads(said)["considered"] > 20
    assert min(took[1:]) < 1.0, took


@contextmanager
def _served(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "tracegraph", "--home", str(home), "serve", "--no-open", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8") as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
            _wait_ready(address)
            yield process, address
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=60)


def _wait_ready(address: str) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            status, _, _ = _ask(f"{address}/readyz")
        except OSError:
            status = 0
        if status == 200:
            return
        assert time.monotonic() < deadline, "not ready"
        time.sleep(0.2)


@pytest.mark.skipif(os.name == "nt", reason="a process there cannot be sent these signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_leaving_is_clean(tmp_path: Path, number: int) -> None:
    with _served(tmp_path) as (process, _):
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "ปิดแล้ว / stopped" in said and "Traceback" not in said


def test_a_second_server_over_the_same_data_joins_the_first(tmp_path: Path) -> None:
    with _served(tmp_path) as (_, first), _served(tmp_path) as (_, second):
        assert first != second
        for address in (first, second):
            status, _, page = _ask(f"{address}/")
            assert status == 200 and "ยังไม่มีข้อมูล" in page.decode("utf-8")

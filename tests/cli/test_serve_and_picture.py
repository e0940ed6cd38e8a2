"""The commands serve and picture as a person calls them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.sample_site import HOSTILE_NEED
from tracegraph.cli.serve import PortError, open_listener
from tracegraph.graph.store import Store
from tracegraph.settings import Settings


def _run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tracegraph", "--home", str(home), *words]
    env = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J")}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=env, timeout=120)


def test_a_port_in_use_is_said_in_both_languages_before_anything_starts(tmp_path: Path) -> None:
    with open_listener("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match="taken"):
            open_listener("127.0.0.1", port)
        done = _run(tmp_path / "home", "serve", "--no-open", "--port", str(port))
    assert done.returncode == 1 and done.stdout == ""
    assert f"พอร์ต {port}" in done.stderr and "--port" in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists(), "the database is not started for nothing"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])  # noqa: S104  (refused)
def test_other_computers_are_let_in_only_when_asked_for(tmp_path: Path, host: str) -> None:
    done = _run(tmp_path, "serve", "--no-open", "--host", host)
    assert done.returncode == 2 and "--allow-remote" in done.stderr


def test_serve_prints_its_address_and_answers_there(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tracegraph", "--home", str(tmp_path), "serve", "--no-open", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8") as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
            assert "ยังไม่มีข้อมูล" in _fetch(address + "/")
            assert _fetch(address + "/healthz") == '{"status":"ok"}'
        finally:
            process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
            process.wait(timeout=60)
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", int(address.rsplit(":", 1)[1]))) != 0


def _fetch(address: str) -> str:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode("utf-8"))
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_picture_writes_both_files(site_store: Store, site_settings: Settings, tmp_path: Path) -> None:
    svg, page = tmp_path / "รูป.svg", tmp_path / "ผัง.html"
    done = _run(site_settings.home, "picture", HOSTILE_NEED, "--svg", str(svg), "--html", str(page))
    assert done.returncode == 0, done.stderr
    assert "เขียนแล้ว" in done.stderr and done.stdout == ""
    root = ET.fromstring(svg.read_text(encoding="utf-8"))  # noqa: S314  (our own file)
    assert root.tag.endswith("svg") and "ถนนพัง" in "".join(root.itertext())
    assert "<script>window" not in page.read_text(encoding="utf-8")


def test_picture_of_nothing_and_to_nowhere(site_store: Store, site_settings: Settings, tmp_path: Path) -> None:
    assert _run(site_settings.home, "picture", "no-such", "--svg", str(tmp_path / "x.svg")).returncode == 1
    assert _run(site_settings.home, "picture", HOSTILE_NEED).returncode == 2
    nowhere = _run(site_settings.home, "picture", HOSTILE_NEED, "--svg", str(tmp_path / "no" / "x.svg"))
    assert nowhere.returncode == 1 and "Traceback" not in nowhere.stderr and "no" in nowhere.stderr

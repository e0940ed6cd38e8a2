"""The built wheel, installed in an empty environment and run from another folder, passes the demo."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
UV = shutil.which("uv")  # builds and installs in a quarter of the time of pip, where it is there


def _run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _install(python: Path, wheel: Path, cwd: Path) -> None:
    if UV:
        _run(UV, "pip", "install", "--quiet", "--python", python, wheel, cwd=cwd)
    else:
        _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=cwd)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the scripts of an environment that holds nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    installer = ("--installer", "uv") if UV else ()
    _run(sys.executable, "-m", "build", *installer, "--wheel", "--outdir", folder / "dist", REPO, cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "env", with_pip=UV is None)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    _install(scripts / ("python.exe" if os.name == "nt" else "python"), wheel, folder)
    return scripts


def _environment(home: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NEO4J", "TRACEGRAPH"))}
    return {**env, "TRACEGRAPH_HOME": str(home), "PYTHONIOENCODING": "utf-8"}


@pytest.fixture(scope="module")
def demo(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], str]:
    """The environment of a data folder that holds the demo, and what the demo said."""
    folder = tmp_path_factory.mktemp("elsewhere")
    env = _environment(folder / "home")
    return env, _run(installed / "tracegraph", "demo", "--no-serve", cwd=folder, env=env)


def test_demo_of_the_wheel_says_what_became_of_the_needs(demo: tuple[dict[str, str], str]) -> None:
    _, out = demo
    assert "377 แถว กักไว้ 0 แถว" in out
    funnel, needs, pairs, score = out.split("\n\n")[1:5]
    assert re.search(r"มีโครงการรองรับ .*\d+/66  \(ข้อเท็จจริง \d+/66\)", funnel)
    assert needs.count("หยุดที่") == 3
    assert needs.count("เอกสารให้เหตุผลว่า") >= 2
    assert pairs.count("งบที่อาจซ้ำ ") == 3
    assert "จากข้อเท็จจริงล้วน" in score


def test_commands_of_the_wheel_answer(installed: Path, demo: tuple[dict[str, str], str], tmp_path: Path) -> None:
    env, _ = demo
    rows = _run(installed / "tracegraph", "query", "needs_reach", "--format", "csv", cwd=tmp_path, env=env).splitlines()
    assert rows[0].startswith("need_id,need,village,reached,fate")
    assert len(rows) == 67


def test_pages_of_the_wheel_are_all_there(installed: Path, demo: tuple[dict[str, str], str], tmp_path: Path) -> None:
    env, _ = demo
    command = [str(installed / "tracegraph"), "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            for path, word in (
                ("/", "ความต้องการ"),
                ("/docs", "swagger-ui"),
                ("/v1/queries", "needs_reach"),
                ("/openapi.json", "/v1/match"),
                ("/readyz", '"ok"'),
            ):
                with urllib.request.urlopen(address + path, timeout=60) as answer:
                    assert word in answer.read().decode("utf-8"), path
        finally:
            server.terminate()


def test_what_the_wheel_carries(installed: Path, tmp_path: Path) -> None:
    code = (
        "from importlib.resources import files\n"
        "from tracegraph.analyse.questions import load_questions\n"
        "print(len(load_questions()))\n"
        "print(any(p.name.endswith('.woff2') for p in (files('tracegraph.report') / 'fonts').iterdir()))\n"
    )
    python = installed / ("python.exe" if os.name == "nt" else "python")
    questions, font = _run(python, "-c", code, cwd=tmp_path, env=_environment(tmp_path / "home")).splitlines()
    assert int(questions) >= 20
    assert font == "True"

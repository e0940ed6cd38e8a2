"""The built wheel, installed in an empty environment and run from another folder, passes the demo."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent


def _run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _install(python: Path, wheel: Path, cwd: Path) -> None:
    uv = shutil.which("uv")
    if uv:
        _run(uv, "pip", "install", "--quiet", "--python", python, wheel, cwd=cwd)
    else:
        _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=cwd)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the scripts of an environment that holds nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", REPO, cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    _install(scripts / ("python.exe" if os.name == "nt" else "python"), wheel, folder)
    return scripts


def _environment(home: Path) -> dict[str, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "NEO4J", "TRACEGRAPH"))}
    return {**env, "TRACEGRAPH_HOME": str(home), "PYTHONIOENCODING": "utf-8"}


def test_demo_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    env = _environment(tmp_path / "home")
    out = _run(installed / "tracegraph", "demo", "--no-serve", cwd=tmp_path, env=env)
    assert "ตัวอย่าง" in out
    assert "ความต้องการ" in out
    rows = _run(installed / "tracegraph", "query", "needs_reach", "--format", "csv", cwd=tmp_path, env=env).splitlines()
    assert rows[0].startswith("need_id,need,village,reached,fate")
    assert len(rows) > 50


def test_what_the_wheel_carries(installed: Path, tmp_path: Path) -> None:
    code = (
        "from importlib.resources import files\n"
        "from api import create_app\n"
        "from tracegraph.analyse.questions import load_questions\n"
        "print(len(load_questions()), len(create_app().routes))\n"
        "print(any(p.name.endswith('.woff2') for p in (files('tracegraph.report') / 'fonts').iterdir()))\n"
    )
    python = installed / ("python.exe" if os.name == "nt" else "python")
    counts, font = _run(python, "-c", code, cwd=tmp_path, env=_environment(tmp_path / "home")).splitlines()
    questions, routes = (int(part) for part in counts.split())
    assert questions >= 20
    assert routes >= 15
    assert font == "True"

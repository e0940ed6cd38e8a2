"""A disk that fills up during an import: a clear refusal, and a graph as it was once there is room again.

Two ways to make real writes fail: a small file system of its own (needs the right to mount), and a limit on the size
of files, which any POSIX process may set for itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.graph.child import LARGE
from tests.graph.records import dump, put, runs, two_files
from tracegraph.graph import open_store
from tracegraph.settings import Settings

REPO = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="file size limits and tmpfs are those of POSIX")


def run_large_import(home: Path, *limit: str) -> subprocess.CompletedProcess[str]:
    # Python may leave half a file of bytecode where no file may grow, and would read it the next time: -B writes none
    return subprocess.run(
        [sys.executable, "-B", "-m", "tests.graph.child", "import", str(home), *limit],
        cwd=REPO, capture_output=True, text=True, encoding="utf-8", check=False, timeout=180,
    )  # fmt: skip


def check_failed(done: subprocess.CompletedProcess[str]) -> None:
    last = done.stdout.strip().splitlines()[-1]
    assert done.returncode == 1, done.stdout + done.stderr
    assert last.startswith(("RunFailed:", "EngineError:")), last
    assert "SIGSEGV" not in done.stdout + done.stderr


def test_no_file_may_grow_any_more(tmp_path: Path) -> None:
    with open_store(Settings(home=tmp_path)) as store:
        put(store, *two_files())
        before = dump(store)
    largest = max(path.stat().st_size for path in (tmp_path / "engine").rglob("*") if path.is_file())
    done = run_large_import(tmp_path, str(largest + 200_000))
    check_failed(done)
    with open_store(Settings(home=tmp_path)) as store:
        assert dump(store) == before
        assert {status for _, status in runs(store)} <= {"done", "failed", "abandoned"}
        assert put(store, *two_files()).unchanged == 4


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB; a stated skip where this user may not mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command; the limit on file sizes is tested above")
    if mounted.returncode:
        pytest.skip(f"may not mount a file system ({mounted.stderr.strip()}); the limit on file sizes is tested above")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_file_system(small_disk: Path) -> None:
    home = small_disk / "home"
    with open_store(Settings(home=home)) as store:
        put(store, *two_files())
        before = dump(store)
    ballast = small_disk / "ballast"
    free = os.statvfs(small_disk)
    ballast.write_bytes(b"\0" * (free.f_bavail * free.f_frsize - 1_000_000))
    done = run_large_import(home)
    check_failed(done)
    assert "ข้อมูลยังเป็นเหมือนเดิม" in done.stdout
    assert "free disk space" in done.stdout
    ballast.unlink()
    with open_store(Settings(home=home)) as store:
        assert dump(store) == before
        assert store.health().nodes["Need"] != LARGE + 2
        assert put(store, *two_files()).unchanged == 4

"""Several processes, and processes that end in the middle: the data folder opens again, with a graph that holds.

All about the engine in the process; on Neo4j a client that goes away is a transaction that the server rolls back.
"""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.graph.child import LARGE
from tests.graph.records import dump, put, runs, two_files
from tracegraph.errors import EngineBusyError, EngineError
from tracegraph.graph import Store, embedded, open_store
from tracegraph.settings import Settings

REPO = Path(__file__).resolve().parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and file modes are those of POSIX")


@contextmanager
def child(action: str, home: Path, *, until: str) -> Iterator[subprocess.Popen[str]]:
    """The process, once it has printed ``until``; killed at the end of the block if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.graph.child", action, str(home)],
        cwd=REPO, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.strip() == until, line + (process.stderr.read() if process.stderr else "")
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def loaded_home(tmp_path: Path) -> tuple[Path, dict[str, list[object]]]:
    """A data folder with two small files in it, and what its graph holds."""
    home = tmp_path / "ข้อมูล ของเรา"  # a name with Thai and a space, as people have them
    with open_store(Settings(home=home)) as store:
        put(store, *two_files())
        return home, dump(store)


def crash_reports(home: Path) -> list[Path]:
    return [*home.rglob("hs_err*"), *home.rglob("java_error*"), *REPO.glob("hs_err*"), *home.rglob("core*")]


def check_as_before_or_complete(store: Store, before: dict[str, list[object]]) -> None:
    """The graph is as it was or holds the whole import; nothing in between."""
    needs = store.health().nodes["Need"]
    assert needs in (2, 2 + LARGE)
    if needs == 2:
        assert dump(store) == before


@POSIX
def test_a_process_killed_in_the_middle_of_an_import(loaded_home: tuple[Path, dict[str, list[object]]]) -> None:
    home, before = loaded_home
    with child("import", home, until="writing") as process:
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    with open_store(Settings(home=home)) as store:
        check_as_before_or_complete(store, before)
        assert runs(store) == [("import", "done"), ("import", "abandoned")]
        said = [text for text in store.health().wrong if "abandoned" in text[1]]
        assert len(said) == 1
        assert "ไม่เสร็จ" in said[0][0]
        assert "ข้อมูลไม่ถูกเปลี่ยน" in said[0][0]
        assert "did not finish (abandoned); nothing was changed" in said[0][1]
        assert put(store, *two_files()).unchanged == 4, "the store takes imports again"


@POSIX
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_command_that_is_told_to_end_ends_cleanly(
    loaded_home: tuple[Path, dict[str, list[object]]], name: str
) -> None:
    home, before = loaded_home
    number = getattr(signal, name)
    with child("import", home, until="writing") as process:
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        assert process.returncode == (-number if name == "SIGINT" else 128 + number), err
        for text in ("SIGSEGV", "fatal error", "hs_err", "JRE version"):
            assert text not in out + err
        if name != "SIGINT":  # Python's own answer to Ctrl-C is a traceback; the command line shows none
            assert err == ""
    assert crash_reports(home) == []
    assert not (home / "engine.json").exists(), "the engine was closed"
    with open_store(Settings(home=home)) as store:
        check_as_before_or_complete(store, before)
        assert runs(store) == [("import", "done"), ("import", "failed")]


@POSIX
def test_a_command_line_that_is_told_to_end(tmp_path: Path) -> None:
    """``timeout 5 tracegraph …`` at any moment, while Java starts and while it works."""
    from tracegraph.sample import sample_files

    for delay in (0.8, 2.5):
        command = [sys.executable, "-m", "tracegraph", "--home", str(tmp_path), "import", *map(str, sample_files())]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        time.sleep(delay)
        process.terminate()
        out, err = process.communicate(timeout=60)
        assert process.returncode in (-signal.SIGTERM, 128 + signal.SIGTERM, 0), err
        assert "SIGSEGV" not in out + err
        assert "Traceback" not in err
        assert crash_reports(tmp_path) == []
    with open_store(Settings(home=tmp_path)) as store:
        assert {status for _, status in runs(store)} <= {"done", "failed", "abandoned"}


def test_a_second_process_reads_and_writes_through_the_first(
    loaded_home: tuple[Path, dict[str, list[object]]],
) -> None:
    home, before = loaded_home
    with child("hold", home, until="open") as first:
        with open_store(Settings(home=home)) as store:
            assert dump(store) == before
            store.decide("SAME_WORK", "proj:1", "proj:2", "confirm", by="คนที่สอง")
            third = subprocess.run(
                [sys.executable, "-m", "tests.graph.child", "small", str(home)],
                cwd=REPO, capture_output=True, text=True, encoding="utf-8", check=False,
            )  # fmt: skip
            assert third.stdout.strip() == "done", third.stderr
            assert store.health().nodes["Need"] == 3
        assert first.poll() is None, "leaving does not end the engine of the other process"
        assert first.stdin is not None
        first.stdin.write("\n")
        first.stdin.flush()
        assert first.wait(timeout=60) == 0
    with open_store(Settings(home=home)) as store:
        assert [d.by for d in store.list_decisions()] == ["คนที่สอง"]


@POSIX
def test_the_password_is_for_its_owner_only(loaded_home: tuple[Path, dict[str, list[object]]]) -> None:
    home, before = loaded_home
    path = home / "engine.password"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    password = path.read_text(encoding="utf-8")
    assert len(password) >= 32
    path.unlink()
    with open_store(Settings(home=home)) as store:  # lost: made anew, the data stay
        assert dump(store) == before
    assert path.read_text(encoding="utf-8") != password
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_password_is_nowhere_else(loaded_home: tuple[Path, dict[str, list[object]]]) -> None:
    home, _ = loaded_home
    password = (home / "engine.password").read_bytes()
    holding = [path.name for path in home.rglob("*") if path.is_file() and password in path.read_bytes()]
    assert holding == ["engine.password"]
    with open_store(Settings(home=home)) as store:
        assert password.decode() not in repr(store)


def test_a_port_that_is_taken_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody takes the chosen port between choosing and listening: the engine takes the next."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        choose, offered = embedded._free_ports, []

        def taken_first(count: int) -> list[int]:
            offered.append(count)
            return [taken, *choose(count - 1)] if len(offered) == 1 else choose(count)

        monkeypatch.setattr(embedded, "_free_ports", taken_first)
        with open_store(Settings(home=tmp_path)) as store:
            assert not store.database.uri.endswith(f":{taken}")
            assert put(store, *two_files()).new == 4
        assert len(offered) >= 2


def test_a_folder_held_by_somebody_who_does_not_answer(tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(tmp_path / "engine.lock"), pytest.raises(EngineBusyError) as caught:
        embedded.acquire_engine(tmp_path, wait_s=0.5)
    assert "ใช้โฟลเดอร์ข้อมูล" in caught.value.th
    assert "--home" in caught.value.hint_en
    with open_store(Settings(home=tmp_path)) as store:
        assert store.health().nodes["Need"] == 0


def test_a_data_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EngineError, match="โฟลเดอร์ข้อมูล"), open_store(Settings(home=tmp_path / "file")):
        pass

"""The embedded engine: ArcadeDB in this process, on loopback, for one data folder.

Files of the data folder: ``engine.lock`` (held by the process that runs the engine), ``engine.json``
(its port and process id, for others to join over Bolt), ``engine.password`` (0600) and ``engine/``.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import secrets
import shutil
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from tracegraph.errors import EngineBusyError, EngineError
from tracegraph.graph.jvm import start_jvm

log = logging.getLogger(__name__)

DATABASE = "tracegraph"
USER = "root"

_PORT_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Address:
    """Where the engine of a data folder listens; ``owner`` says that it runs in this process."""

    port: int
    password: str = field(repr=False)
    owner: bool

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"


@dataclass(slots=True)
class _Running:
    server: Any
    lock: FileLock
    address: Address
    users: int


_running: dict[Path, _Running] = {}
_guard = threading.RLock()


def acquire_engine(home: Path, *, wait_s: float = 20.0) -> Address:
    """The engine of ``home``: already here, started here, or another process's.

    Raises EngineBusyError where another process holds the folder and does not answer in ``wait_s``.
    """
    home = home.resolve()
    with _guard:
        here = _running.get(home)
        if here is not None:
            here.users += 1
            return here.address
        _make_folder(home)
        deadline = time.monotonic() + wait_s
        while True:
            lock = _try_lock(home)
            if lock is not None:
                return _start(home, lock)
            joined = _find_other(home)
            if joined is not None:
                return joined
            if time.monotonic() > deadline:
                raise _busy(home)
            time.sleep(0.2)


def release_engine(home: Path) -> None:
    """Give the engine back; the last user in this process stops it. A joined engine is left alone."""
    home = home.resolve()
    with _guard:
        here = _running.get(home)
        if here is None:
            return
        here.users -= 1
        if here.users <= 0:
            _stop(home)


def has_engine(home: Path) -> bool:
    """Whether the data folder holds a database already."""
    return (home / "engine" / "databases" / DATABASE).is_dir()


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(
            f"สร้างโฟลเดอร์ข้อมูลไม่ได้: {home} ({error.strerror})",
            f"cannot make the data folder {home} ({error.strerror})",
            hint_th="เลือกโฟลเดอร์อื่นด้วย --home หรือ TRACEGRAPH_HOME",
            hint_en="choose another folder with --home or TRACEGRAPH_HOME",
        ) from error


def _try_lock(home: Path) -> FileLock | None:
    # thread_local=False: the lock belongs to the process, whichever thread lets it go
    lock = FileLock(home / "engine.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    except OSError as error:
        raise EngineError(
            f"เขียนในโฟลเดอร์ข้อมูลไม่ได้: {home} ({error.strerror})",
            f"cannot write in the data folder {home} ({error.strerror})",
            hint_th="ตรวจสิทธิ์ของโฟลเดอร์และที่ว่างของดิสก์",
            hint_en="check the folder's permissions and the free disk space",
        ) from error
    return lock


def _find_other(home: Path) -> Address | None:
    """The other process's engine, once its port is written and answers."""
    try:
        note = json.loads((home / "engine.json").read_text(encoding="utf-8"))
        password = (home / "engine.password").read_text(encoding="utf-8").strip()
        port = int(note["port"])
        with socket.create_connection(("127.0.0.1", port), timeout=1.0):
            pass
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Address(port=port, password=password, owner=False)


def _busy(home: Path) -> EngineBusyError:
    try:
        pid = json.loads((home / "engine.json").read_text(encoding="utf-8")).get("pid", "?")
    except (OSError, ValueError):
        pid = "?"
    return EngineBusyError(
        f"โปรแกรมอื่น (process {pid}) ใช้โฟลเดอร์ข้อมูล {home} อยู่และไม่ตอบ",
        f"another process ({pid}) holds the data folder {home} and does not answer",
        hint_th="ปิด tracegraph ที่เปิดค้างไว้ หรือใช้โฟลเดอร์อื่นด้วย --home",
        hint_en="end the other tracegraph, or use another folder with --home",
    )


def _start(home: Path, lock: FileLock) -> Address:
    try:
        password = _password(home)
        server, port = _start_server(home, password)
    except BaseException:
        lock.release()
        raise
    address = Address(port=port, password=password, owner=True)
    note = home / "engine.json.new"
    note.write_text(json.dumps({"port": port, "pid": os.getpid(), "database": DATABASE}), encoding="utf-8")
    note.replace(home / "engine.json")
    _running[home] = _Running(server, lock, address, users=1)
    log.info("embedded engine listens on port %s for %s", port, home)
    return address


def _start_server(home: Path, password: str) -> tuple[Any, int]:
    root = home / "engine"
    start_jvm(root / "log")
    from arcadedb_embedded.exceptions import ArcadeDBError  # noqa: PLC0415 (not there where Neo4j is used)
    from arcadedb_embedded.server import ArcadeDBServer  # noqa: PLC0415

    problem = ""
    for _ in range(_PORT_ATTEMPTS):
        port, http_port = _free_ports(2)
        config = {
            "mode": "development",
            "host": "127.0.0.1",
            "http_port": str(http_port),  # the listener cannot be switched off; same password, loopback
            "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
            "bolt_port": port,
            "bolt_defaultDatabase": DATABASE,
            "server_defaultDatabases": f"{DATABASE}[]",
        }
        server = ArcadeDBServer(str(root), password, config)
        try:
            server.start()
        except ArcadeDBError as error:
            problem = str(error)
            if "port" not in problem.lower() and "bind" not in problem.lower():
                break
            continue
        return server, port
    raise EngineError(
        f"เปิดฐานข้อมูลใน {root} ไม่ได้: {problem}",
        f"cannot open the database in {root}: {problem}",
        hint_th=f"ดูรายละเอียดใน {root / 'log'}",
        hint_en=f"see the log in {root / 'log'}",
    )


def _free_ports(count: int) -> list[int]:
    held = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in held]
    finally:
        for one in held:
            one.close()


def _password(home: Path) -> str:
    """The password of the data folder, made on first use and readable by its owner only."""
    path = home / "engine.password"
    try:
        known = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        known = ""
    if known:
        return known
    # the engine keeps only a hash: without the password its user list must be made anew
    shutil.rmtree(home / "engine" / "config", ignore_errors=True)
    path.unlink(missing_ok=True)
    made = secrets.token_urlsafe(24)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(made)
    return made


def _stop(home: Path) -> None:
    here = _running.pop(home)
    try:
        here.server.stop()
    finally:
        (home / "engine.json").unlink(missing_ok=True)
        here.lock.release()


def _stop_all() -> None:
    with _guard:
        for home in list(_running):
            _stop(home)


atexit.register(_stop_all)

"""Runs in every Python that the test starts: writes down what a reader of tables must never do.

One line for each attempt: to reach a network, to start a process, to write or remove anything outside the folder of
the test, to open a file that only a hostile document names.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_LOG = os.environ.get("HOSTILE_LOG")
_INSIDE = os.environ.get("HOSTILE_FOLDER", "")
_NEVER = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "webbrowser.",
    "pty.",
    "os.startfile",
)
_CHANGES = (
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "shutil.",
)
_NAMED = ("passwd", "outside", "win.ini", "bashrc", "127.0.0.1")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def _is_outside(path: Any) -> bool:
    if isinstance(path, int):
        return False
    path = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 (a link is judged by its own place)
    return path != os.devnull and not path.startswith(_INSIDE)


def _is_wrong(event: str, args: tuple[Any, ...]) -> bool:
    if event.startswith(_NEVER):
        return True
    if event.startswith(_CHANGES):
        return any(_is_outside(path) for path in args if isinstance(path, (str, bytes)))
    if event != "open" or args[0] is None or isinstance(args[0], int):
        return False
    path, mode, flags = args
    writes = any(sign in mode for sign in "wax+") if isinstance(mode, str) else bool((flags or 0) & _WRITES)
    return (writes and _is_outside(path)) or (_is_outside(path) and any(word in str(path) for word in _NAMED))


if _LOG:
    _OUT = os.open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(_OUT, b"observing\n")

    def _observe(event: str, args: tuple[Any, ...]) -> None:
        if event[:3] not in ("imp", "com", "exe", "obj", "sys") and _is_wrong(event, args):
            os.write(_OUT, f"{event} {args!r}\n".encode("utf-8", "replace"))

    sys.addaudithook(_observe)

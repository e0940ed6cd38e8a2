"""The child that opens foreign files: ``python -m tracegraph.ingest.child LIMITS`` with frames on stdin and stdout.

It ends when its stdin ends, so that it never outlives the process that started it. It can reach no network and start
no process: nothing that reads a table needs either.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from tracegraph.errors import FileRefused, InputError
from tracegraph.ingest.archives import iter_members, unpack_member
from tracegraph.ingest.child_protocol import Message, encode_error, iter_table_frames, read_frame, write_frame
from tracegraph.ingest.file_kinds import FileKind, find_kind
from tracegraph.ingest.files import fingerprint, read_tables
from tracegraph.ingest.tables import Limits, Table

_GRACE = 10.0  # seconds after which the child ends itself if its parent, which should have ended it, is gone
_DENIED = (
    "socket.",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "pty.spawn",
    "urllib.Request",
    "webbrowser.open",
)


def main() -> None:
    """Answer requests until stdin ends."""
    limits = Limits(**json.loads(sys.argv[1]))
    requests, answers = _take_pipes()
    set_limits(limits)
    deny_outside()
    waiting: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
    write_frame(answers, {"kind": "ready"})
    while True:
        request = waiting.get()
        _set_alarm(request["seconds"] + _GRACE)
        for message in answer(request, limits, answers):
            write_frame(answers, message)
        _set_alarm(0)


def answer(request: Message, limits: Limits, answers: IO[bytes]) -> Iterator[Message]:
    """The messages that answer a request to read a file or a member of an archive; the last one ends the answer."""
    path, name = Path(request["path"]), request["name"]
    scratch = Path(request["scratch"]) if request["scratch"] else None

    def tell(title: str, done: int, total: int) -> None:
        write_frame(answers, {"kind": "sheet", "title": title, "done": done, "total": total})

    try:
        if scratch is not None:
            unpack_member(path, request["member"], name, scratch, limits)
        elif find_kind(path, limits) is FileKind.ARCHIVE:
            members = [[member.index, member.name, member.size] for member in iter_members(path, limits)]
            yield {"kind": "archive", "members": members}
            return
        source = scratch or path
        sha256, size = fingerprint(source)
        tables = read_tables(source, limits, tell)
        for table in tables:
            yield from iter_table_frames(_named(table, name))
        yield {"kind": "end", "sha256": sha256, "size": size}
    except InputError as error:
        yield {"kind": "refused", "last": False, **_renamed(encode_error(error), (scratch or path).name, name)}
    except MemoryError:
        yield {"kind": "refused", "last": True, **encode_error(_too_hungry(name, limits))}
    except Exception as error:  # a reader's own failure on a file is that file's refusal, never the end of an import
        yield {"kind": "refused", "last": False, **encode_error(_unread(name, error))}
    finally:
        if scratch is not None:
            with contextlib.suppress(OSError):  # Windows keeps what a library left open; the parent clears the folder
                scratch.unlink(missing_ok=True)


def set_limits(limits: Limits) -> None:
    """Hold this process to its memory and to files no larger than are taken, where the platform can.

    Windows has no such limits and macOS does not keep to that of memory: there only the looks at each file's
    structure and the time limit stand guard.
    """
    try:
        import resource  # noqa: PLC0415 (POSIX only)
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, limits.max_memory),
        (resource.RLIMIT_FSIZE, limits.max_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (allowed, allowed))
        except (ValueError, OSError):
            continue  # a platform that knows the limit and does not let it be set


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the parent for this module alone: what a library prints goes nowhere, not into an answer."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _listen(requests: IO[bytes], waiting: queue.SimpleQueue[Message]) -> None:
    """Pass requests on; when the parent is gone, end at once, whatever is being read."""
    while (request := read_frame(requests, 1_000_000)) is not None:
        waiting.put(request)
    os._exit(0)


def deny_outside() -> None:
    """From now on this process reaches no network and starts no process: PermissionError where it tries."""
    sys.addaudithook(_deny)


def _deny(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(_DENIED):
        raise PermissionError(f"{event} is not for the reader of files")


def _set_alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _named(table: Table, name: str) -> Table:
    return table if table.file == name else replace(table, file=name)


def _renamed(error: Message, was: str, name: str) -> Message:
    """The error with the name that people know in place of that of the unpacked copy."""
    return error if was == name else {key: text.replace(was, name) for key, text in error.items()}


def _too_hungry(name: str, limits: Limits) -> FileRefused:
    megabytes = limits.max_memory // 1_000_000
    return FileRefused(
        f"{name}: ต้องใช้หน่วยความจำเกิน {megabytes:,} MB จึงหยุดอ่าน",
        f"{name}: needs more than {megabytes:,} MB of memory, so reading was stopped",
        hint_th="แบ่งไฟล์ให้เล็กลง หรือคัดลอกเฉพาะตารางไปไว้ในสมุดงานใหม่",
        hint_en="split the file, or copy only the tables into a new workbook",
    )


def _unread(name: str, error: Exception) -> FileRefused:
    reason = f"{type(error).__name__}: {error}"[:300]
    return FileRefused(
        f"{name}: อ่านไม่ได้ ไฟล์อาจเสียหาย ({reason})",
        f"{name}: cannot be read, perhaps it is damaged ({reason})",
        hint_th="เปิดด้วยโปรแกรมเดิม แล้วบันทึกเป็น .xlsx ใหม่",
        hint_en="open it with its own program and save it again as .xlsx",
    )


if __name__ == "__main__":
    main()

"""The importing process's side of the child that opens files: start it, ask it, end it when it overruns."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO

from tracegraph.ingest.child_protocol import NONSENSE, Message, most_bytes, read_frame, write_frame
from tracegraph.ingest.tables import Limits

_START_SECONDS = 60.0
_MOST_FILES = 500  # then a child is let go: what its libraries keep of files must not add up
_LAST = ("end", "refused", "archive", "ready")


class ChildFailed(Exception):
    """The child did not answer a request to its end: it died, took too long, or sent what is no answer."""

    def __init__(self, reason: str, *, overran: bool = False, asked: bool = True) -> None:
        super().__init__(reason)
        self.overran = overran
        self.asked = asked  # False where the child was gone before it could take the request


class Child:
    """One child process. It is started at once and may be asked before it is ready."""

    def __init__(self, limits: Limits) -> None:
        self._most = most_bytes(limits)
        self._ready = False
        self.limits = limits
        self.asked = 0
        # -P: a file called zipfile.py beside the documents must not be taken for the library's
        command = [sys.executable, "-P", "-m", "tracegraph.ingest.child", json.dumps(asdict(limits))]
        try:
            self._process = subprocess.Popen(  # noqa: S603 (a fixed command, never a shell)
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise ChildFailed(f"cannot be started: {error}") from error

    @property
    def pid(self) -> int:
        """The number of the child's process."""
        return self._process.pid

    def ask(self, request: Message, seconds: float) -> Iterator[Message]:
        """The messages of the answer, the last one included; ChildFailed when it does not come to an end in time.

        After ChildFailed, or when the caller stops half way, the child is no more.
        """
        self.asked += 1
        if not self._ready:
            for _ in self._exchange(None, _START_SECONDS):
                self._ready = True
        yield from self._exchange({**request, "seconds": seconds}, seconds)

    def _exchange(self, request: Message | None, seconds: float) -> Iterator[Message]:
        overran = threading.Event()

        def end() -> None:
            overran.set()
            self._process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        finished = False
        try:
            if request is not None:
                self._send(request)
            while (message := read_frame(self._pipe(self._process.stdout), self._most)) is not None:
                finished = message["kind"] in _LAST
                yield message
                if finished:
                    return
            raise ChildFailed(self._cause(), overran=overran.is_set())
        except (OSError, MemoryError, *NONSENSE) as error:
            raise ChildFailed(f"answered nonsense: {error}", overran=overran.is_set()) from error
        finally:
            timer.cancel()
            if not finished:
                self.kill()

    def _send(self, request: Message) -> None:
        try:
            write_frame(self._pipe(self._process.stdin), request)
        except OSError as error:
            raise ChildFailed(f"took no request: {error}", asked=False) from error

    def _cause(self) -> str:
        status = self._process.wait(timeout=10)
        return f"died of signal {-status}" if status < 0 else f"ended with {status}"

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """Let the child end by itself; kill it when it does not."""
        self._pipe(self._process.stdin).close()
        try:
            self._process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self.kill()

    def kill(self) -> None:
        """End the child at once and wait for its end."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                self._pipe(pipe).close()
            except OSError:
                continue  # a request that the dead child did not take
        self._process.wait()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:
            raise OSError("no pipe to the child")
        return pipe


class _Spare:
    """The child of the last reader, kept for the next one: a start costs more than most files."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: Child | None = None
        atexit.register(self.close)

    def take(self, limits: Limits) -> Child | None:
        """The kept child where it has these limits and still runs."""
        with self._lock:
            child, self._child = self._child, None
        if child is None or (child.alive and child.limits == limits):
            return child
        child.close()
        return None

    def keep(self, child: Child) -> None:
        """Keep a child that answered all it was asked; the one kept before, or a worn one, ends."""
        worn = not child.alive or child.asked >= _MOST_FILES
        with self._lock:
            old, self._child = self._child, None if worn else child
        for ended in (old, child if worn else None):
            if ended is not None:
                ended.close()

    def close(self) -> None:
        """End the kept child."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.close()


spare = _Spare()


def _environment() -> dict[str, str]:
    """The child finds the package where this process found it, and writes text as UTF-8 on every platform."""
    folders = [folder for folder in sys.path if folder]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(folders), "PYTHONUTF8": "1"}

"""A bound on the time of a query that the server does not keep: the connection is cut at the deadline."""

from __future__ import annotations

import atexit
import heapq
import itertools
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from neo4j import Session

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Deadline:
    """One running query; ``passed`` is True once its connection was cut."""

    session: Session
    passed: bool = False
    over: bool = False


@dataclass(slots=True)
class _Watch:
    """One thread watches every query of the process: a thread for each would cost more than the query."""

    heap: list[tuple[float, int, Deadline]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    changed: threading.Condition = field(default_factory=threading.Condition)
    thread: threading.Thread | None = None
    ended: bool = False

    def add(self, when: float, deadline: Deadline) -> None:
        with self.changed:
            first = not self.heap or when < self.heap[0][0]
            heapq.heappush(self.heap, (when, next(self.numbers), deadline))
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, daemon=True, name="tracegraph-deadlines")
                self.thread.start()
            elif first:
                self.changed.notify()

    def run(self) -> None:
        while not self.ended:
            with self.changed:
                while self.heap and (self.heap[0][2].over or self.heap[0][0] <= time.monotonic()):
                    due = heapq.heappop(self.heap)[2]
                    if not due.over:
                        due.passed = True
                        _cut(due.session)
                self.changed.wait(self.heap[0][0] - time.monotonic() if self.heap else None)

    def end(self) -> None:
        """Join the thread: one that wakes while the interpreter ends takes the process down with it."""
        with self.changed:
            self.ended = True
            self.changed.notify()
        if self.thread is not None:
            self.thread.join()


_watch = _Watch()
atexit.register(_watch.end)


@contextmanager
def deadline(session: Session, seconds: float) -> Iterator[Deadline]:
    """Watch what ``session`` does inside the block."""
    mine = Deadline(session)
    _watch.add(time.monotonic() + seconds, mine)
    try:
        yield mine
    finally:
        with _watch.changed:
            mine.over = True


def _cut(session: Session) -> None:
    # the driver has no public way to give up a synchronous query; shutdown wakes the reader, close would not
    connection = getattr(session, "_connection", None)
    raw = getattr(getattr(connection, "socket", None), "_socket", None)
    try:
        if raw is not None:
            raw.shutdown(socket.SHUT_RDWR)
    except OSError as error:
        log.debug("connection was closed already: %s", error)

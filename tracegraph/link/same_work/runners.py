"""Where the heavy part of linking runs: in this process, in worker processes, or on Spark; the links are the same.

A runner calls one pure function for each task and gives back the results in any order. Tasks and results are plain
data: a worker sees records and a model, never the store. ``__main__`` must be importable for worker processes, as
always where they are started anew (Windows, macOS, and here everywhere).
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tracegraph.errors import RunFailed, UsageError

Task = TypeVar("Task")
Result = TypeVar("Result")
Tell = Callable[[float], None]


RUNNERS = ("local", "processes", "spark")


def tell_nobody(_: float) -> None:
    """No progress is wanted."""


class Work(Protocol[Task, Result]):  # type: ignore[misc]  # a function of a module, found again by its name
    """A pure function of one task that may tell how far it is."""

    def __call__(self, task: Task, tell: Tell | None = None, /) -> Result:
        """The result of the task."""
        ...


class Runner(Protocol):
    """Something that calls a function for every task. ``workers`` is how many tasks it does at a time."""

    @property
    def workers(self) -> int:
        """How many tasks are done at a time."""
        ...

    def run(self, work: Work[Task, Result], tasks: Sequence[Task], tell: Tell) -> Iterator[tuple[int, Result]]:
        """(position of the task, its result) as they are done; ``tell`` is told the share done, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class InProcess:
    """One task after another, here."""

    workers: int = 1

    def run(self, work: Work[Task, Result], tasks: Sequence[Task], tell: Tell) -> Iterator[tuple[int, Result]]:
        """Results in the order of the tasks; progress within a task is told as well."""
        sizes = [size_of(task) for task in tasks]
        whole, done = sum(sizes) or 1, 0
        for position, (task, size) in enumerate(zip(tasks, sizes, strict=True)):

            def tell_part(share: float, before: int = done, mine: int = size) -> None:
                tell((before + share * mine) / whole)

            yield position, work(task, tell_part)
            done += size
            tell(done / whole)


@dataclass(frozen=True, slots=True)
class Processes:
    """Worker processes on this computer, started anew (nothing of this process is copied into them)."""

    workers: int
    pool: ProcessPoolExecutor

    def run(self, work: Work[Task, Result], tasks: Sequence[Task], tell: Tell) -> Iterator[tuple[int, Result]]:
        """Large tasks first, so that none is left alone at the end. RunFailed where a worker dies."""
        sizes = [size_of(task) for task in tasks]
        whole, done = sum(sizes) or 1, 0
        waiting: dict[Future[Result], int] = {}
        try:
            for position in sorted(range(len(tasks)), key=lambda at: -sizes[at]):
                waiting[self.pool.submit(work, tasks[position])] = position
            for future in as_completed(waiting):
                position = waiting[future]
                yield position, future.result()
                done += sizes[position]
                tell(done / whole)
        except BrokenProcessPool as error:
            raise RunFailed(
                "โพรเซสช่วยทำงานหยุดไปกลางคัน ไม่มีการบันทึกใด ๆ",
                "a worker process died; nothing was written",
                hint_th="หน่วยความจำอาจไม่พอ: ลด --workers หรือใช้ --runner local",
                hint_en="memory may be short: lower --workers, or use --runner local",
            ) from error
        finally:
            for future in waiting:
                future.cancel()


def size_of(task: object) -> int:
    """How much work a task is, roughly: the number of its items."""
    items = getattr(task, "items", ())
    return max(1, len(items))


@contextmanager
def open_runner(name: str = "local", workers: int | None = None) -> Iterator[Runner]:
    """The runner of this name with so many workers, one for each processor where not said; its workers end here.

    UsageError for another name, and where Spark or its Java is not there.
    """
    count = workers if workers is not None else (os.cpu_count() or 1)
    if count < 1:
        raise UsageError(f"จำนวน workers ต้องเป็น 1 ขึ้นไป: {count}", f"workers must be 1 or more: {count}")
    if name == "local":
        yield InProcess()
    elif name == "processes":
        with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield Processes(count, pool)
    elif name == "spark":
        from tracegraph.link.same_work.spark import open_spark  # noqa: PLC0415 - an extra: only who wants it needs it

        with open_spark(count) as runner:
            yield runner
    else:
        raise UsageError(
            f"ไม่รู้จัก runner {name!r}: มี {', '.join(RUNNERS)}",
            f"no runner {name!r}: there are {', '.join(RUNNERS)}",
        )

"""One writer at a time, and what it must leave behind: a finished run, or a graph as it was."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from filelock import FileLock, Timeout
from neo4j import Transaction

from tracegraph import __version__
from tracegraph.errors import EngineBusyError, EngineError, InputError, RunFailed
from tracegraph.graph.database import Database
from tracegraph.graph.keys import now_iso, run_uid

log = logging.getLogger(__name__)

META_UID = "meta:store"

#: How long a writer waits for the one before it.
WAIT_S = 300.0


@contextmanager
def exclusive(database: Database, prepare: Callable[[], None] = lambda: None) -> Iterator[Transaction]:
    """A writing transaction that no other writer of the same graph can overlap.

    The embedded engine has no locks that wait: a file of the data folder is the lock. On Neo4j the
    transaction itself locks one node. ``prepare`` runs under the lock, outside the transaction.
    """
    if database.home is None:
        with database.transaction() as tx:
            tx.run("MATCH (m:Meta {uid: $uid}) SET m.locked_at = $now", uid=META_UID, now=now_iso()).consume()
            prepare()
            yield tx
        return
    lock = FileLock(database.home / "write.lock", thread_local=False)
    try:
        lock.acquire(timeout=WAIT_S)
    except Timeout as error:
        raise EngineBusyError(
            f"รอการเขียนข้อมูลของอีกโปรแกรมเกิน {WAIT_S:g} วินาที",
            f"waited more than {WAIT_S:g} seconds for another process to finish writing",
            hint_th="ลองใหม่เมื่อการนำเข้าอีกชุดเสร็จ",
            hint_en="try again when the other import has ended",
        ) from error
    try:
        prepare()
        with database.transaction() as tx:
            yield tx
    finally:
        lock.release()


@dataclass(slots=True)
class Run:
    """A run in progress; what stands in ``counts_out`` and ``quarantined`` at the end is kept with it."""

    uid: str
    tx: Transaction
    counts_out: dict[str, Any] = field(default_factory=dict)
    quarantined: int = 0


@contextmanager
def running(database: Database, command: str, counts_in: dict[str, Any]) -> Iterator[Run]:
    """One run: visible as ``running`` at once; ``done`` together with its writes, else ``failed`` without any.

    Raises RunFailed for what the engine or the disk refuses; InputError passes as it is.
    """
    uid = run_uid()

    def begin() -> None:
        close_abandoned(database)
        database.run(
            "CREATE (r:Run {uid: $uid, command: $command, started_at: $now, status: 'running',"
            " counts_in: $counts, version: $version})",
            {"uid": uid, "command": command, "now": now_iso(), "counts": json.dumps(counts_in), "version": __version__},
        )

    try:
        with exclusive(database, begin) as tx:
            run = Run(uid, tx)
            yield run
            tx.run(
                "MATCH (r:Run {uid: $uid}) SET r.status = 'done', r.ended_at = $now, r.counts_out = $counts,"
                " r.quarantined = $quarantined",
                uid=uid,
                now=now_iso(),
                counts=json.dumps(run.counts_out),
                quarantined=run.quarantined,
            ).consume()
    except (EngineBusyError, InputError) as error:
        _mark_failed(database, uid, error)
        raise
    except (EngineError, OSError, MemoryError) as error:
        _mark_failed(database, uid, error)
        th = error.th if isinstance(error, EngineError) else str(error)
        en = error.en if isinstance(error, EngineError) else str(error)
        raise RunFailed(
            f"{command} หยุดกลางคัน ข้อมูลยังเป็นเหมือนเดิม: {th}",
            f"{command} stopped half way, the graph is as it was: {en}",
            hint_th=getattr(error, "hint_th", "") or "ตรวจที่ว่างของดิสก์และ tracegraph doctor แล้วทำใหม่",
            hint_en=getattr(error, "hint_en", "")
            or "check the free disk space and tracegraph doctor, then run it again",
        ) from error
    except BaseException as error:
        _mark_failed(database, uid, error)
        raise


def _mark_failed(database: Database, uid: str, error: BaseException) -> None:
    try:
        database.run(
            "MATCH (r:Run {uid: $uid}) WHERE r.status = 'running'"
            " SET r.status = 'failed', r.ended_at = $now, r.reason = $reason",
            {"uid": uid, "now": now_iso(), "reason": f"{type(error).__name__}: {error}"[:500]},
        )
    except EngineError as second:  # the engine is gone: the next writer finds the run abandoned
        log.warning("run %s could not be marked as failed: %s", uid, second.en)


def close_abandoned(database: Database) -> int:
    """Mark runs whose process is gone; call under the writer's lock, where no other run can be alive."""
    rows = database.run(
        "MATCH (r:Run) WHERE r.status = 'running' SET r.status = 'abandoned', r.ended_at = $now RETURN r.uid AS uid",
        {"now": now_iso()},
    )
    return len(rows)


def close_abandoned_if_idle(database: Database) -> None:
    """The same for a reader: only where no writer is at work now."""
    if not database.run("MATCH (r:Run) WHERE r.status = 'running' RETURN r.uid AS uid LIMIT 1"):
        return
    if database.home is None:
        _close_on_server(database)
        return
    lock = FileLock(database.home / "write.lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return
    try:
        close_abandoned(database)
    finally:
        lock.release()


def _close_on_server(database: Database) -> None:
    try:
        with database.transaction(timeout_s=1.0) as tx:
            tx.run("MATCH (m:Meta {uid: $uid}) SET m.locked_at = $now", uid=META_UID, now=now_iso()).consume()
            close_abandoned(database)
    except EngineError as error:
        log.debug("a writer is at work: %s", error.en)

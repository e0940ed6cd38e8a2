"""Reading and writing over Bolt: one driver, errors in the field's words, bounded time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, Query, Transaction
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)

from tracegraph.errors import EngineError, TracegraphError, UsageError
from tracegraph.graph.deadline import deadline
from tracegraph.graph.guard import require_read_only
from tracegraph.graph.values import plain

Row = dict[str, Any]

#: Rows sent in one statement; a Bolt message of the embedded engine is bounded at 16 MB.
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Database:
    """A signed-in driver and its database; ``engine`` is ``arcadedb`` (then with its data folder) or ``neo4j``."""

    driver: Driver
    name: str
    engine: str
    version: str
    uri: str
    home: Path | None = None

    def read(
        self, cypher: str, params: Row | None = None, *, timeout_s: float = 30.0, limit: int | None = None
    ) -> list[Row]:
        """Rows of a read-only query, at most ``limit``; EngineError after ``timeout_s``."""
        require_read_only(cypher)
        with (
            translated(cypher, timeout_s),
            self.driver.session(database=self.name, default_access_mode=READ_ACCESS, fetch_size=10_000) as session,
            deadline(session, timeout_s) as bound,
        ):
            try:
                result = session.run(Query(cypher, timeout=timeout_s), params or {})
                keys = result.keys()
                return [dict(zip(keys, map(plain, record.values()), strict=True)) for record in islice(result, limit)]
            except (DriverError, Neo4jError) as error:
                if bound.passed:
                    raise _too_slow(timeout_s) from error
                raise

    @contextmanager
    def transaction(self, timeout_s: float | None = None) -> Iterator[Transaction]:
        """One writing transaction: committed at the end, rolled back on any exception."""
        with (
            translated("", 0.0),
            self.driver.session(database=self.name, default_access_mode=WRITE_ACCESS) as session,
            session.begin_transaction(timeout=timeout_s) as tx,
        ):
            yield tx
            tx.commit()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Several questions about one state of the graph: a transaction for reading, never committed."""
        with (
            translated("", 0.0),
            self.driver.session(database=self.name, default_access_mode=READ_ACCESS) as session,
            session.begin_transaction() as tx,
        ):
            yield tx

    def run(self, cypher: str, params: Row | None = None) -> list[Row]:
        """One statement of ours (DDL, a run's status) in its own transaction."""
        with (
            translated(cypher, 0.0),
            self.driver.session(database=self.name, default_access_mode=WRITE_ACCESS) as session,
        ):
            return [plain(r.data()) for r in session.run(cypher, params or {})]


def rows_of(tx: Transaction, cypher: str, **params: Any) -> list[Row]:
    """Rows of one statement inside a transaction."""
    result = tx.run(cypher, params)
    keys = result.keys()
    return [dict(zip(keys, map(plain, record.values()), strict=True)) for record in result]


def run_batched(tx: Transaction, cypher: str, rows: Sequence[Any], *, size: int = BATCH, **params: Any) -> None:
    """``UNWIND $rows AS row …`` in slices of ``size``."""
    for start in range(0, len(rows), size):
        tx.run(cypher, {"rows": rows[start : start + size], **params}).consume()


def read_batched(tx: Transaction, cypher: str, rows: Sequence[Any], *, size: int = 5_000, **params: Any) -> list[Row]:
    """Rows of ``UNWIND $rows AS row … RETURN …`` over all slices."""
    found: list[Row] = []
    for start in range(0, len(rows), size):
        found += rows_of(tx, cypher, rows=rows[start : start + size], **params)
    return found


@contextmanager
def translated(cypher: str, timeout_s: float) -> Iterator[None]:
    """Driver errors as ours, with what to do next."""
    try:
        yield
    except TracegraphError:
        raise
    except (AuthError, ServiceUnavailable, ConfigurationError) as error:
        raise connection_error(error) from error
    except ClientError as error:
        raise refusal(error, cypher, timeout_s) from error
    except (Neo4jError, DriverError) as error:
        message = _first_line(error)
        full = isinstance(error, Neo4jError) and "MemoryPool" in (error.code or "")
        raise EngineError(
            f"ฐานข้อมูลตอบว่าทำไม่ได้: {message}",
            f"the database failed: {message}",
            hint_th="นำเข้าทีละน้อย หรือเพิ่ม server.memory.heap.max_size ของ Neo4j" if full else "",
            hint_en="import fewer files at once, or raise server.memory.heap.max_size of Neo4j" if full else "",
        ) from error


def connection_error(error: Exception, uri: str = "") -> EngineError:
    """Wrong password, unreachable server, or a URI that cannot be read."""
    if isinstance(error, AuthError):
        return EngineError(
            f"เข้าฐานข้อมูล {uri} ไม่ได้: ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง",
            f"the database {uri} refuses the user name or password",
            hint_th="ตรวจ NEO4J_USERNAME และ NEO4J_PASSWORD",
            hint_en="check NEO4J_USERNAME and NEO4J_PASSWORD",
        )
    message = _first_line(error)
    return EngineError(
        f"ติดต่อฐานข้อมูล {uri} ไม่ได้: {message}",
        f"cannot reach the database {uri}: {message}",
        hint_th="ตรวจว่าเครื่องแม่ข่ายเปิดอยู่และ NEO4J_URI ถูกต้อง",
        hint_en="check that the server runs and that NEO4J_URI is right",
    )


def refusal(error: ClientError, cypher: str = "", timeout_s: float = 0.0) -> TracegraphError:
    """What the server said no to: an unknown database, a slow query, a query that cannot be run."""
    code, message = error.code or "", _first_line(error)
    if "DatabaseNotFound" in code:
        return EngineError(
            f"ไม่มีฐานข้อมูลชื่อนี้: {message}",
            f"no such database: {message}",
            hint_th="ตรวจ NEO4J_DATABASE",
            hint_en="check NEO4J_DATABASE",
        )
    if "TransactionTimedOut" in code or "Terminated" in code:
        return _too_slow(timeout_s)
    if code.startswith("Neo.ClientError.Statement") and cypher:
        return UsageError(f"คำถามนี้ทำไม่ได้: {message}", f"this query cannot be run: {message}")
    return EngineError(f"ฐานข้อมูลไม่รับ: {message}", f"the database refused: {message}")


def _too_slow(timeout_s: float) -> EngineError:
    return EngineError(
        f"คำถามใช้เวลานานเกิน {timeout_s:g} วินาที จึงหยุด",
        f"the query took longer than {timeout_s:g} seconds and was stopped",
        hint_th="ลองจำกัดพื้นที่หรือปีให้แคบลง",
        hint_en="narrow it to an area or a year",
    )


def _first_line(error: BaseException) -> str:
    text = getattr(error, "message", None) or str(error)
    return text.strip().splitlines()[0][:300] if text.strip() else type(error).__name__

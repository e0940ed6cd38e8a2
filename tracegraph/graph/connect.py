"""From settings to a signed-in driver: the embedded engine, or the server that ``NEO4J_URI`` names."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity
from neo4j.exceptions import AuthError, ClientError, ConfigurationError, DriverError, Neo4jError

from tracegraph.graph.database import Database, connection_error, refusal
from tracegraph.graph.embedded import DATABASE, USER, Address, acquire_engine, release_engine
from tracegraph.settings import Settings

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """A database ready to use; the embedded engine is released at the end."""
    if settings.neo4j_uri:
        with _open_server(settings, settings.neo4j_uri) as database:
            yield database
        return
    address = acquire_engine(settings.home)
    try:
        with _open_embedded(address, settings.home) as database:
            yield database
    finally:
        if address.owner:
            release_engine(settings.home)


@contextmanager
def _open_embedded(address: Address, home: Path) -> Iterator[Database]:
    with _driver(address.uri, USER, address.password) as driver:
        info = _sign_in(driver, address.uri, DATABASE)
        # agent: "Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)"
        version = info.rpartition("ArcadeDB ")[2].rstrip(")")
        yield Database(driver, DATABASE, "arcadedb", version, address.uri, home)


@contextmanager
def _open_server(settings: Settings, uri: str) -> Iterator[Database]:
    with _driver(uri, settings.neo4j_user, settings.neo4j_password) as driver:
        agent = _sign_in(driver, uri, settings.neo4j_database)
        yield Database(driver, settings.neo4j_database, "neo4j", agent.rpartition("/")[2], uri)


@contextmanager
def _driver(uri: str, user: str, password: str) -> Iterator[Driver]:
    if uri.partition("://")[0] not in _SCHEMES:  # the driver would try HTTP as well, which is another protocol
        raise connection_error(ValueError(f"{', '.join(_SCHEMES)}://HOST:PORT"), uri)
    try:
        driver = GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=10.0,
            max_connection_pool_size=64,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            user_agent="tracegraph",
        )
    except (DriverError, ValueError) as error:
        raise connection_error(error, uri) from error
    with driver:
        yield driver


def _sign_in(driver: Driver, uri: str, database: str, *, patience_s: float = 5.0) -> str:
    """The server's agent string; a server that has just opened its port gets a moment to answer."""
    deadline = time.monotonic() + patience_s
    while True:
        try:
            with driver.session(database=database) as session:  # execute_query would try for half a minute
                return session.run("RETURN 1").consume().server.agent
        except (AuthError, ConfigurationError, ValueError) as error:  # ValueError: a port that is no number
            raise connection_error(error, uri) from error
        except ClientError as error:
            raise refusal(error) from error
        except (DriverError, Neo4jError) as error:
            if time.monotonic() > deadline:
                raise connection_error(error, uri) from error
            time.sleep(0.3)

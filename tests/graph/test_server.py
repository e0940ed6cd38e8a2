"""A Neo4j server that says no, or is not there: clear words in both languages, and no password in them."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.graph.records import put, two_files
from tracegraph.errors import EngineError
from tracegraph.graph import open_store
from tracegraph.settings import Settings, read_settings

SECRET = "รหัสลับ-hunter2"


@pytest.fixture
def every_log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged, the driver's own messages too."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


def refused(settings: Settings) -> EngineError:
    with pytest.raises(EngineError) as caught, open_store(settings):
        pass
    return caught.value


def check_no_secret(error: BaseException, log: pytest.LogCaptureFixture) -> None:
    seen: BaseException | None = error
    while seen is not None:
        assert SECRET not in str(seen)
        seen = seen.__cause__
    assert SECRET not in log.text


@pytest.mark.neo4j
def test_a_wrong_password(neo4j_settings: Settings, every_log: pytest.LogCaptureFixture) -> None:
    settings = replace(neo4j_settings, neo4j_password=SECRET)
    error = refused(settings)
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in error.th
    assert "refuses the user name or password" in error.en
    assert "NEO4J_PASSWORD" in error.hint_th
    check_no_secret(error, every_log)
    assert SECRET not in repr(settings)


@pytest.mark.neo4j
def test_an_unknown_database(neo4j_settings: Settings) -> None:
    error = refused(replace(neo4j_settings, neo4j_database="nowhere"))
    assert "ไม่มีฐานข้อมูลชื่อนี้" in error.th
    assert "NEO4J_DATABASE" in error.hint_en


def test_a_server_that_is_not_there(neo4j_home: Settings, every_log: pytest.LogCaptureFixture) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers
        error = refused(replace(neo4j_home, neo4j_uri=f"bolt://127.0.0.1:{free.getsockname()[1]}"))
    assert "ติดต่อฐานข้อมูล" in error.th
    assert "cannot reach the database bolt://127.0.0.1" in error.en
    assert "NEO4J_URI" in error.hint_en
    check_no_secret(error, every_log)


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7474", "127.0.0.1:7687", "bolt://127.0.0.1:เจ็ด"])
def test_an_address_that_cannot_be_read(neo4j_home: Settings, uri: str) -> None:
    error = refused(replace(neo4j_home, neo4j_uri=uri))
    assert "ติดต่อฐานข้อมูล" in error.th
    assert error.hint_th


@pytest.fixture
def neo4j_home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a server nobody started."""
    return read_settings(
        tmp_path_factory.mktemp("nobody"), {"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": SECRET}
    )


def test_settings_name_the_engine(neo4j_home: Settings) -> None:
    assert (neo4j_home.neo4j_user, neo4j_home.neo4j_database) == ("neo4j", "neo4j")
    assert SECRET not in repr(neo4j_home)


@pytest.mark.neo4j
def test_a_neo4j_needs_no_data_folder(neo4j_settings: Settings, tmp_path: Path) -> None:
    with open_store(replace(neo4j_settings, home=tmp_path)) as store:
        put(store, *two_files())
        assert store.health().where == neo4j_settings.neo4j_uri
    assert list(tmp_path.iterdir()) == []

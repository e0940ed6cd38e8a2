"""Both engines as fixtures: every test that takes ``store`` runs on the embedded engine and on a real Neo4j.

Each engine is started once a session. The graph is cleared before each test (``store``), or before each
module (``module_store``, for tests that share one loaded graph); one module uses one of the two.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tracegraph.graph import Store, open_store
from tracegraph.graph.schema import clear_store
from tracegraph.settings import Settings

REPO = Path(__file__).resolve().parent.parent
ENGINES = ("arcadedb", "neo4j")

#: For the command ``java`` in ``JDK_JAVA_OPTIONS``: what tests start is too short-lived to earn what more compiling,
#: and collecting beside it, cost; the tests of one folder take half the time of the processor.
SHORT_LIVED_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def _skip_or_fail(reason: str) -> None:
    if os.environ.get("TRACEGRAPH_REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def load_script(name: str) -> ModuleType:
    """A module of ``scripts/``, which is no package."""
    spec = importlib.util.spec_from_file_location(name, REPO / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def arcadedb_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An empty data folder for the embedded engine."""
    return Settings(home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def neo4j_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A real Neo4j Community on loopback; a stated skip where there is no Java or Maven."""
    script = load_script("neo4j_server")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JDK_JAVA_OPTIONS", SHORT_LIVED_JAVA)
            server = script.start_server(tmp_path_factory.mktemp("neo4j"))
    except script.CannotStart as error:
        _skip_or_fail(f"no Neo4j: {error}")
    try:
        yield Settings(
            home=tmp_path_factory.mktemp("neo4j-home"),
            neo4j_uri=server.uri,
            neo4j_user=server.user,
            neo4j_password=server.password,
        )
    finally:
        script.stop_server(server)


@pytest.fixture(scope="session", params=[pytest.param(e, marks=[pytest.mark.neo4j] * (e == "neo4j")) for e in ENGINES])
def engine_settings(request: pytest.FixtureRequest) -> Settings:
    """Settings of each engine in turn."""
    settings: Settings = request.getfixturevalue(f"{request.param}_settings")
    return settings


@pytest.fixture(scope="session")
def engine_env(engine_settings: Settings) -> dict[str, str]:
    """Environment variables for the command line on the engine of ``engine_settings``."""
    env = {"TRACEGRAPH_HOME": str(engine_settings.home)}
    if engine_settings.neo4j_uri:
        env |= {
            "NEO4J_URI": engine_settings.neo4j_uri,
            "NEO4J_USERNAME": engine_settings.neo4j_user,
            "NEO4J_PASSWORD": engine_settings.neo4j_password,
            "NEO4J_DATABASE": engine_settings.neo4j_database,
        }
    return env


@pytest.fixture(scope="session")
def open_engine(engine_settings: Settings) -> Iterator[Store]:
    """The store of each engine, open for the session; not cleared."""
    with open_store(engine_settings) as store:
        yield store


@pytest.fixture
def store(open_engine: Store) -> Store:
    """An empty store (national strategies only) on each engine, for one test."""
    clear_store(open_engine.database)
    return open_engine


@pytest.fixture(scope="module")
def module_store(open_engine: Store) -> Store:
    """An empty store on each engine, for the tests of one module together."""
    clear_store(open_engine.database)
    return open_engine

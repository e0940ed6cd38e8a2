"""Fixtures that every test may use: the folder of real records, and what must be there in CI."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.engines import (  # noqa: F401 (fixtures)
    arcadedb_settings,
    engine_env,
    engine_settings,
    module_store,
    neo4j_settings,
    open_engine,
    store,
)
from tests.sample_site import site_settings, site_store  # noqa: F401 (fixtures)

REPO = Path(__file__).resolve().parent.parent
REQUIRE_ALL = os.environ.get("TRACEGRAPH_REQUIRE_ALL") == "1"


def skip_or_fail(reason: str) -> None:
    """A stated skip on a bare machine; a failure where everything real is required."""
    if REQUIRE_ALL:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real records beside the checkout (read only; nothing of it is in the repository)."""
    folder = Path(os.environ.get("TRACEGRAPH_SHARED", REPO.parent / "shared"))
    if not (folder / "data").is_dir():
        skip_or_fail("the folder ../shared with real records is not here")
    return folder

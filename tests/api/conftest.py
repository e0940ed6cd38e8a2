"""A client of the application over the linked sample."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from api import create_app
from tracegraph.graph.store import Store
from tracegraph.settings import Settings


@pytest.fixture(scope="session")
def client(site_store: Store, site_settings: Settings) -> Iterator[TestClient]:
    """Requests to the application as a browser on this computer would send them."""
    with TestClient(create_app(site_settings, store=site_store), base_url="http://127.0.0.1:8765") as made:
        yield made

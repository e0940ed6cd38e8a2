"""The story, told once for each module and engine."""

from __future__ import annotations

import pytest

from tests.analyse.analyse_story import tell
from tracegraph.graph import Store


@pytest.fixture(scope="module")
def told(module_store: Store) -> Store:
    """The store with the story in it, on each engine."""
    return tell(module_store)

"""Fixtures for the tests of matching: items built straight from the files of real records beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.link.readers import read_gold, read_klongluang, read_maesai
from tracegraph.model.items import Item


@pytest.fixture(scope="session")
def maesai(shared: Path) -> dict[str, Item]:
    """All four files of Mae Sai as items by source id (needs included)."""
    return {item.source_id or "": item for item in read_maesai(shared / "data" / "maesai")}


@pytest.fixture(scope="session")
def klongluang(shared: Path) -> dict[str, Item]:
    """Plan items and contracts of Khlong Luang by source id."""
    return {item.source_id or "": item for item in read_klongluang(shared / "data" / "klongluang")}


@pytest.fixture(scope="session")
def gold(shared: Path) -> list[tuple[str, str, str]]:
    """The labelled pairs of Khlong Luang: left id, right id, label."""
    return read_gold(shared / "gold" / "klongluang_same_work_dev.csv")

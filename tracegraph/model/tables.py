"""The CSV tables that ship with this package."""

from __future__ import annotations

import csv
import io
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of ``model/data/NAME`` by heading."""
    text = files("tracegraph.model").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))

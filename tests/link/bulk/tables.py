"""Tables for the tests of bulk linking, from invented records and from items."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.invented_projects import Record
from tracegraph.link.bulk import Labels, Table


def build_table(records: Sequence[Record]) -> Table:
    """Invented records as a table."""

    def labels(name: str) -> Labels:
        return Labels.of([getattr(record, name) for record in records])

    def numbers(name: str) -> np.ndarray:
        return np.array([int(getattr(record, name) or 0) for record in records], dtype=np.int64)

    return Table(
        [record.id for record in records],
        [record.text for record in records],
        numbers("province"),
        numbers("district"),
        numbers("tambon"),
        numbers("year"),
        np.array([record.amount or 0.0 for record in records]),
        *(labels(name) for name in ("owner", "plan", "plan_kind", "stage")),
    )


def name_table(names: Sequence[str], tambon: int = 810401) -> Table:
    """Names alone, all of one tambon."""
    count = len(names)
    codes = np.full(count, tambon, dtype=np.int64)
    none = Labels.of([""] * count)
    zeros = np.zeros(count, dtype=np.int64)
    uids = [f"r{number}" for number in range(count)]
    years, sums = zeros, np.zeros(count)
    return Table(uids, list(names), codes // 10_000, codes // 100, codes, years, sums, none, none, none, none)

"""Tables for the tests of bulk linking, from invented records and from items."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.invented_projects import Record, to_item
from tracegraph.link.bulk import Labels, Table, build_table


def record_table(records: Sequence[Record]) -> Table:
    """Invented records as a table."""
    return build_table([to_item(record) for record in records])


def name_table(names: Sequence[str], tambon: int = 810401) -> Table:
    """Names alone, all of one tambon."""
    count = len(names)
    codes = np.full(count, tambon, dtype=np.int64)
    none = Labels.of([""] * count)
    zeros = np.zeros(count, dtype=np.int64)
    uids = [f"r{number}" for number in range(count)]
    years, sums = zeros, np.zeros(count)
    return Table(uids, list(names), codes // 10_000, codes // 100, codes, years, sums, none, none, none, none)

"""One text against very many records: how long a look-up takes, and how often it brings the copy of what is asked.

    python -m benchmarks.bench_lookup [--count 1000000] [--seed 2024] [--asked 1500]

Invented projects (``invented_projects``) are indexed once; some of them are then asked for one after the other in this
process, after a few that warm it up. One JSON object: seconds to build, bytes a record, milliseconds a look-up (half,
95 and 99 of 100, the slowest), and of those that have another record of the same work how many find one first.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from benchmarks.same_work_case import Case
from benchmarks.same_work_fields import build_table
from tracegraph.link.bulk import Table
from tracegraph.link.same_work.lookup import Lookup
from tracegraph.model.items import Item

_WARMING = 200


@dataclass(frozen=True, slots=True)
class TableItems(Sequence[Item]):
    """The rows of a table as items, made when they are asked for."""

    table: Table

    def __len__(self) -> int:
        return len(self.table)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> list[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | list[Item]:
        if isinstance(at, slice):
            return [self.table.item(row) for row in range(len(self))[at]]
        return self.table.item(at)


def measure(count: int, seed: int, asked: int) -> dict[str, float | int | str]:
    """All figures."""
    case = Case.of(count, seed, 140.0)
    items = TableItems(build_table(case))
    started = time.process_time()
    lookup = Lookup(items)
    built = time.process_time() - started
    rows = np.random.default_rng(seed).permutation(count)[: asked + _WARMING].tolist()
    for row in rows[:_WARMING]:
        lookup.find(items[row])
    gc.collect()
    gc.freeze()  # as ``serve`` does: the index is no garbage, and looking for some takes a tenth of a second
    work_of = dict(zip(items.table.uid, case.works.tolist(), strict=True))
    sizes = np.bincount(case.works)
    times, copied, first = [], 0, 0
    for row in rows[_WARMING:]:
        item = items[row]
        started = time.perf_counter()
        hits = lookup.find(item)
        times.append((time.perf_counter() - started) * 1e3)
        if sizes[case.works[row]] > 1:
            copied += 1
            first += bool(hits) and work_of[hits[0].item.uid] == case.works[row]
    gc.unfreeze()
    p50, p95, p99, slowest = np.percentile(times, [50, 95, 99, 100]).round(2).tolist()
    return {
        "records": count,
        "build_cpu_s": round(built, 1),
        "bytes_a_record": round(lookup.size / count),
        "asked": len(times),
        "p50_ms": p50,
        "p95_ms": p95,
        "p99_ms": p99,
        "slowest_ms": slowest,
        "copy_first": f"{first}/{copied}",
    }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--asked", type=int, default=1_500)
    given = parser.parse_args()
    print(json.dumps(measure(given.count, given.seed, given.asked)))


if __name__ == "__main__":
    main()

"""Divide a table by tambon before its names are read: by the code, or by the words where they contradict it."""

from __future__ import annotations

import numpy as np

from tracegraph.link.bulk.columns import Ints, Table, read_table
from tracegraph.link.bulk.pieces import PieceBook
from tracegraph.thai.gazetteer import load_names

_WORDS = ("ตำบล", "ต.", "แขวง", "ตําบล")


def divide(table: Table, parts: int) -> list[Ints]:
    """Rows of each part, records of one tambon in one part; of few parts all are about equally large.

    Records without a tambon are spread over the parts; they meet others only across tambons.
    """
    if parts <= 1:
        return [np.arange(len(table), dtype=np.int64)]
    tambon = find_tambons(table)
    order = np.argsort(tambon, kind="stable")
    names, starts = np.unique(tambon[order], return_index=True)
    part_of = np.searchsorted(np.arange(1, parts) * (len(table) / parts), starts, side="right")
    parted = np.repeat(part_of, np.diff(np.append(starts, len(table))))
    if len(names) and names[0] == 0:
        unknown = int(starts[1]) if len(names) > 1 else len(table)
        parted[:unknown] = np.arange(unknown) % parts
    return [np.sort(order[parted == part]) for part in range(parts)]


def find_tambons(table: Table) -> Ints:
    """The tambon of each record as reading its name will most likely decide it; only names that may contradict their
    code are read for it."""
    official = load_names().by_code
    tambons, codes = np.unique(table.tambon, return_inverse=True)
    called = [official.get(f"{code:06d}", "") for code in tambons.tolist()]
    doubted = [
        row
        for row, (text, code) in enumerate(zip(table.text, codes.tolist(), strict=True))
        if not (called[code] and called[code] in text) and any(word in text for word in _WORDS)
    ]
    rows = np.array(doubted, dtype=np.int64)
    found = table.tambon.copy()
    if len(rows):
        found[rows] = read_table(table.take(rows), PieceBook()).tambon
    return found

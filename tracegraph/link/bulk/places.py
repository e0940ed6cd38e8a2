"""Divide a table by tambon before its names are read: by the code, or by the words where they contradict it."""

from __future__ import annotations

import numpy as np

from tracegraph.link.bulk.columns import Ints, Table, read_table
from tracegraph.link.bulk.pieces import PieceBook
from tracegraph.thai.finds import has_any
from tracegraph.thai.gazetteer import load_names

_TAMBON = ("ตำบล", "ต.", "แขวง", "ตําบล")
_DISTRICT = ("อำเภอ", "อ.", "เขต", "อําเภอ")


def divide(tambon: Ints, parts: int) -> list[Ints]:
    """Rows of each part, records of one tambon in one part; of few parts all are about equally large.

    Records without a tambon are spread over the parts; they meet others only across tambons.
    """
    order = np.argsort(tambon, kind="stable")
    names, starts = np.unique(tambon[order], return_index=True)
    part_of = np.searchsorted(np.arange(1, parts) * (len(tambon) / parts), starts, side="right")
    parted = np.repeat(part_of, np.diff(np.append(starts, len(tambon))))
    if len(names) and names[0] == 0:
        unknown = int(starts[1]) if len(names) > 1 else len(tambon)
        parted[:unknown] = np.arange(unknown) % parts
    return [np.sort(order[parted == part]) for part in range(parts)]


def guess_tambons(table: Table) -> Ints:
    """The tambon of each record as reading its name will decide it, in nearly all cases; only names that may
    contradict their code are read for it."""
    official = load_names().by_code
    tambons, codes = np.unique(table.tambon, return_inverse=True)
    called = [(official.get(f"{code:06d}", ""), official.get(f"{code // 100:04d}", "")) for code in tambons.tolist()]
    doubted = [
        row
        for row, (text, code) in enumerate(zip(table.text, codes.tolist(), strict=True))
        if not _agrees(text, *called[code]) and (not text.isprintable() or has_any(text, _TAMBON))
    ]
    rows = np.array(doubted, dtype=np.int64)
    found = table.tambon.copy()
    if len(rows):
        found[rows] = read_table(table.take(rows), PieceBook()).tambon
    return found


def _agrees(text: str, tambon: str, district: str) -> bool:
    """Whether a name says what its code says; tambons of one name lie in many districts."""
    return bool(tambon) and tambon in text and (district in text or not has_any(text, _DISTRICT))

"""Pairs across tambons: records whose place is unknown, or whose code and words name two places.

Such a record is compared with those of every tambon that is called as its words say, where kind of work and villages
agree; so a copy that was filed under another district, or under none, still meets its like.
"""

from __future__ import annotations

import zlib
from typing import cast

import numpy as np
import numpy.typing as npt

from tracegraph.link.bulk.columns import Ints, Reading, read_field
from tracegraph.link.bulk.pieces import FIELD_INDEX, Codes
from tracegraph.thai.gazetteer import build_key, load_names

#: Records of one key that are compared with the unsure ones among them; larger keys say too little and are counted.
MAX_BLOCK = 200


def find_keys(reading: Reading) -> Ints:
    """What a record and its copy elsewhere have in common: the name of the tambon, work and villages; 0: nothing."""
    names, called = _find_called(reading)
    work, villages = read_field(reading, "work_object"), read_field(reading, "villages")
    kinds, inverse = np.unique(np.stack((called, work, villages)), axis=1, return_inverse=True)
    works, numbers = (reading.book.codes[FIELD_INDEX[name]].values for name in ("work_object", "villages"))
    keys = [
        zlib.crc32(f"{names[c]}|{works[w] or ''}|{sorted(cast(frozenset[int], numbers[v]))}".encode())
        if c and (w or v)
        else 0
        for c, w, v in kinds.T.tolist()
    ]
    return np.asarray(np.array(keys, dtype=np.int64)[inverse.ravel()])


def find_unsure(tambon: Ints, stated: Ints) -> npt.NDArray[np.bool_]:
    """Which records have no tambon, or another than their table states."""
    return np.asarray((tambon == 0) | ((stated > 0) & (tambon != stated)))


def find_across(keys: Ints, tambon: Ints, stated: Ints) -> tuple[Ints, Ints, int]:
    """Pairs (left row, right row) of which at least one is unsure of its place, and the number of keys skipped."""
    unsure = find_unsure(tambon, stated)
    asked = np.isin(keys, np.unique(keys[unsure & (keys > 0)]))
    rows = np.flatnonzero(asked)
    rows = rows[np.argsort(keys[rows], kind="stable")]
    bounds = np.flatnonzero(np.diff(keys[rows])) + 1
    none = np.zeros(0, dtype=np.int64)
    left, right, skipped = [none], [none], 0
    for block in np.split(rows, bounds):
        if len(block) > MAX_BLOCK:
            skipped += 1
            continue
        a, b = np.triu_indices(len(block), 1)
        apart = (tambon[block[a]] != tambon[block[b]]) | (tambon[block[a]] == 0)
        apart &= unsure[block[a]] | unsure[block[b]]
        left.append(block[a][apart])
        right.append(block[b][apart])
    return np.concatenate(left), np.concatenate(right), skipped


def _find_called(reading: Reading) -> tuple[list[str], Ints]:
    """Names of tambons, and for each record the place of its own: as its words have it, else the official one."""
    codes, official = Codes(""), load_names().by_code
    typed = [build_key(min(cast(frozenset[str], found))) if found else "" for found in reading.names.values]
    by_words = np.array([codes.code(name) for name in typed], dtype=np.int64)[reading.tambon_names]
    tambons, inverse = np.unique(reading.tambon, return_inverse=True)
    by_code = [codes.code(build_key(official.get(f"{code:06d}", "")) if code else "") for code in tambons.tolist()]
    called = np.where(by_words > 0, by_words, np.array(by_code, dtype=np.int64)[inverse])
    return cast(list[str], codes.values), np.asarray(called)

"""Candidates of different places: records that share a name, a code or a number wherever they are.

Each place tells the keys of its records that hold anywhere, and what vetoes look at, as numbers. They are joined here;
comparing is done in bundles, by the first record of a pair, so that a new record touches its own bundles only.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from tracegraph.link.same_work.blocking import MAX_BLOCK, Candidates, join_blocks

Integers = npt.NDArray[np.int64]

#: Into so many tasks the pairs are put; part of what links come out, since a crowd is bounded within its bundle.
BUNDLES = 8


def find_across(
    columns: Mapping[str, Integers], keys: Mapping[str, Integers], scopes: Integers, *, max_block: int = MAX_BLOCK
) -> Candidates:
    """Pairs of records of different ``scopes`` (a number for each record) that share a key and no veto."""
    order = np.argsort(keys["key"], kind="stable")
    sorted_keys = {name: values[order] for name, values in keys.items()}
    _, starts, counts = np.unique(sorted_keys["key"], return_index=True, return_counts=True)
    if not len(starts):
        nothing = np.zeros(0, dtype=np.int64)
        return Candidates(nothing, nothing, nothing, 0)
    mine = scopes[sorted_keys["item"]]
    spans = np.minimum.reduceat(mine, starts) != np.maximum.reduceat(mine, starts)
    wanted = np.repeat(spans, counts)
    found = join_blocks(columns, {name: values[wanted] for name, values in sorted_keys.items()}, max_block=max_block)
    return found.take(np.nonzero(scopes[found.left] != scopes[found.right])[0])


def split_pairs(uids: Sequence[str], pairs: Candidates) -> dict[int, Integers]:
    """Positions of the pairs of each bundle, by the uid of the first record."""
    first = np.unique(pairs.left)
    of_item = np.zeros(len(uids), dtype=np.int64)
    of_item[first] = [zlib.crc32(uids[at].encode("utf-8", "surrogatepass")) % BUNDLES for at in first.tolist()]
    bundles = of_item[pairs.left]
    return {bundle: np.nonzero(bundles == bundle)[0] for bundle in np.unique(bundles).tolist()}

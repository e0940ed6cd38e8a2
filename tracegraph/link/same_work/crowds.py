"""Bounds on how much is compared where very many records look alike: rows copied a thousand times, one title for all.

A group of n alike has n² pairs, and people are shown a handful of partners of each. So rows that repeat each other to
the letter are compared with their neighbors only, and each row with the partners that could score highest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from tracegraph.link.same_work.blocking import Candidates
from tracegraph.link.same_work.choose import MOST_ALIKE
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.items import Item

#: Partners with which one item is compared in full, as the first and as the second of a pair.
MOST_COMPARED = 80


def choose_compared(
    items: Sequence[Prepared],
    candidates: Candidates,
    bounds: npt.NDArray[np.float64],
    lowest: float,
    *,
    most: int = MOST_COMPARED,
) -> npt.NDArray[np.int64]:
    """Positions of the candidates worth comparing in full, rising: bound of at least ``lowest``, and no crowd."""
    possible = np.nonzero((bounds >= lowest) & ~_far_twins(items, candidates))[0]
    near = np.zeros(len(possible), dtype=bool)
    for ends in (candidates.left[possible], candidates.right[possible]):
        order = np.lexsort((possible, -bounds[possible], ends))
        _, starts, counts = np.unique(ends[order], return_index=True, return_counts=True)
        rank = np.arange(len(order)) - np.repeat(starts, counts)
        near[order[rank < most]] = True
    return possible[near]


def _far_twins(items: Sequence[Prepared], candidates: Candidates) -> npt.NDArray[np.bool_]:
    """For each candidate whether both repeat one another and more than MOST_ALIKE of their like stand between them."""
    groups: dict[Item, list[int]] = {}
    for position, item in enumerate(items):
        groups.setdefault(replace(item.item, uid="", source_id=None, row=0), []).append(position)
    group, rank = np.zeros(len(items), dtype=np.int64), np.zeros(len(items), dtype=np.int64)
    for code, members in enumerate(groups.values()):
        in_order = sorted(members, key=lambda position: (items[position].item.row, items[position].uid))
        group[in_order], rank[in_order] = code, np.arange(len(members))
    left, right = candidates.left, candidates.right
    return np.asarray((group[left] == group[right]) & (np.abs(rank[left] - rank[right]) > MOST_ALIKE))

"""Links to groups: connected records, taken apart where a veto stands between two of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tracegraph.link.bulk.columns import Ints
from tracegraph.link.bulk.scoring import Scored
from tracegraph.link.clusters import build_clusters

#: A pair with a score below this is kept apart by a veto; no sum of other findings comes near it.
VETOED = -15.0
#: Pairs of one group that are looked at for a veto; a larger group is looked at along its links only.
_MOST_INSIDE = 5_000

ScorePairs = Callable[[Ints, Ints], Scored]


def find_vetoed(count: int, links: Scored, score: ScorePairs) -> Scored:
    """Pairs of records that ``links`` bring into one set though a veto keeps them apart.

    ``score`` gives the scores of any pairs. Sets of two are one link, which no veto parts.
    """
    root = find_roots(count, links.left, links.right)
    inside = [pair for rows in _list_members(root, links) if len(rows) > 2 for pair in _inner_pairs(rows)]
    pairs = np.array(inside, dtype=np.int64).reshape(-1, 2)
    found = score(pairs[:, 0], pairs[:, 1])
    return found.take(found.score < VETOED)


def build_groups(count: int, links: Scored, vetoed: Scored, uids: Sequence[str]) -> Ints:
    """The group of each of ``count`` records, -1 for a record alone; groups are numbered by their first record.

    Two of a group that a veto keeps apart do not stay together; of the links between them the weakest go
    (``link.clusters``).
    """
    root = find_roots(count, links.left, links.right)
    torn = set(root[vetoed.left].tolist())
    if torn:
        _tear(root, torn, links, vetoed, uids)
    return _number(root)


def find_roots(count: int, left: Ints, right: Ints) -> Ints:
    """The lowest row of each row's connected set."""
    root = np.arange(count)
    while True:
        low = np.minimum(root[left], root[right])
        before = root.copy()
        np.minimum.at(root, left, low)
        np.minimum.at(root, right, low)
        root = root[root]
        if np.array_equal(root, before):
            return root


def _list_members(root: Ints, links: Scored) -> list[list[int]]:
    rows = np.unique(np.concatenate((links.left, links.right)))
    order = rows[np.argsort(root[rows], kind="stable")]
    bounds = np.flatnonzero(np.diff(root[order])) + 1
    return [part.tolist() for part in np.split(order, bounds)] if len(order) else []


def _inner_pairs(rows: list[int]) -> list[tuple[int, int]]:
    pairs = [(a, b) for i, a in enumerate(rows) for b in rows[i + 1 : i + 1 + _MOST_INSIDE // len(rows)]]
    return pairs[:_MOST_INSIDE]


def _tear(root: Ints, torn: set[int], links: Scored, vetoes: Scored, uids: Sequence[str]) -> None:
    """Build the groups that hold a veto anew, from their strongest links down."""
    inside = np.isin(root[links.left], list(torn))
    strong = [
        (uids[a], uids[b], score)
        for a, b, score in zip(
            links.left[inside].tolist(), links.right[inside].tolist(), links.score[inside].tolist(), strict=True
        )
    ]
    apart = [(uids[a], uids[b]) for a, b in zip(vetoes.left.tolist(), vetoes.right.tolist(), strict=True)]
    rows = np.flatnonzero(np.isin(root, list(torn)))
    row_of = {uids[row]: row for row in rows.tolist()}
    root[rows] = rows
    for cluster in build_clusters(strong, apart=apart).clusters:
        mine = [row_of[uid] for uid in cluster.members]
        root[mine] = min(mine)


def _number(root: Ints) -> Ints:
    _, inverse, counts = np.unique(root, return_inverse=True, return_counts=True)
    kept = counts > 1
    numbers = np.where(kept, np.cumsum(kept) - 1, -1)
    return np.asarray(numbers[inverse])

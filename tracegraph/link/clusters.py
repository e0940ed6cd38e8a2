"""Records joined by links into clusters, one cluster for one piece of work.

Invariant: no cluster holds two records that a veto keeps apart. Links are taken strongest first; a link that would
bring such a pair together is left out and reported as a cut. A must-link of a person comes before all others and
is itself left out only where a person also said the opposite.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[str, str]
StrongLink = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Records of one piece of work; ``members`` sorted, ``bridges`` the single links that hold two halves together."""

    id: str
    members: tuple[str, ...]
    bridges: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Clustering:
    """All clusters of two records or more, by id, and the links left out because of a veto."""

    clusters: tuple[Cluster, ...]
    cuts: tuple[Pair, ...]


class _Groups:
    """Sets of records with the records that each must not join."""

    def __init__(self, apart: Iterable[Pair]) -> None:
        self.group: dict[str, int] = {}
        self.members: dict[int, list[str]] = {}
        self.apart: dict[str, set[str]] = {}
        for left, right in apart:
            self.apart.setdefault(left, set()).add(right)
            self.apart.setdefault(right, set()).add(left)

    def find(self, record: str) -> int:
        if record not in self.group:
            self.group[record] = len(self.group)
            self.members[self.group[record]] = [record]
        return self.group[record]

    def join(self, left: str, right: str) -> bool:
        """Join the groups of both records; False where a veto stands between them."""
        a, b = self.find(left), self.find(right)
        if a == b:
            return True
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        moving = self.members[b]
        staying = set(self.members[a])
        if any(not staying.isdisjoint(self.apart.get(record, ())) for record in moving):
            return False
        for record in moving:
            self.group[record] = a
        self.members[a].extend(self.members.pop(b))
        return True


def build_clusters(
    links: Iterable[StrongLink],
    *,
    apart: Iterable[Pair] = (),
    must: Iterable[Pair] = (),
    previous: Mapping[str, str] | None = None,
) -> Clustering:
    """Clusters of ``links`` (two uids and a strength), cut at ``apart`` (vetoes and cannot-links).

    ``previous`` gives each record's cluster id of an earlier run: a cluster keeps the id that most of its members
    had, so that ids survive new records. The result does not depend on the order of any input.
    """
    groups = _Groups(apart)
    kept: list[Pair] = []
    cuts: list[Pair] = []
    forced = sorted({_ordered(*pair) for pair in must})
    ranked = sorted({(*_ordered(a, b), strength) for a, b, strength in links}, key=lambda k: (-k[2], k[0], k[1]))
    for pair in [*forced, *((a, b) for a, b, _ in ranked)]:
        (kept if groups.join(*pair) else cuts).append(pair)
    sets = sorted(tuple(sorted(members)) for members in groups.members.values() if len(members) > 1)
    ids = _choose_ids(sets, previous or {})
    neighbors = _neighbors(kept)
    clusters = [Cluster(ids[members], members, find_bridges(members, neighbors)) for members in sets]
    return Clustering(tuple(sorted(clusters, key=lambda c: c.id)), tuple(sorted(set(cuts))))


def _ordered(left: str, right: str) -> Pair:
    return (left, right) if left <= right else (right, left)


def _neighbors(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for left, right in pairs:
        if left != right:
            found.setdefault(left, set()).add(right)
            found.setdefault(right, set()).add(left)
    return {record: sorted(others) for record, others in found.items()}


def _choose_ids(sets: list[tuple[str, ...]], previous: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """The id that most members had before; where two clusters claim one id, the one with more of it keeps it."""
    claims: list[tuple[int, str, tuple[str, ...]]] = []
    for members in sets:
        votes = Counter(previous[record] for record in members if record in previous)
        claims.extend((-count, old, members) for old, count in votes.items())
    ids: dict[tuple[str, ...], str] = {}
    for _, old, members in sorted(claims):
        if members not in ids and old not in ids.values():
            ids[members] = old
    for members in sets:
        if members not in ids:
            ids[members] = "cluster:" + hashlib.sha256(members[0].encode()).hexdigest()[:16]
    return ids


def find_bridges(members: tuple[str, ...], neighbors: Mapping[str, list[str]]) -> tuple[Pair, ...]:
    """Links without which the cluster falls into two halves of two records or more (Tarjan, without recursion)."""
    if len(members) < 4:
        return ()
    order: dict[str, int] = {members[0]: 0}
    low: dict[str, int] = {members[0]: 0}
    size: dict[str, int] = dict.fromkeys(members, 1)
    bridges: list[Pair] = []
    stack: list[tuple[str, str | None, int]] = [(members[0], None, 0)]
    while stack:
        record, parent, position = stack.pop()
        others = neighbors[record]
        if position < len(others):
            stack.append((record, parent, position + 1))
            other = others[position]
            if other not in order:
                order[other] = low[other] = len(order)
                stack.append((other, record, 0))
            elif other != parent:
                low[record] = min(low[record], order[other])
        elif parent is not None:
            low[parent] = min(low[parent], low[record])
            size[parent] += size[record]
            if low[record] > order[parent] and 2 <= size[record] <= len(members) - 2:
                bridges.append(_ordered(parent, record))
    return tuple(sorted(bridges))

"""Clusters of projects that may be the same work: connected components over SAME_WORK links that may pay twice.

Money at stake of a cluster is what would remain if only its largest item were kept: the *surplus* items are all
but the largest (by amount, then by uid). A link whose removal would split a cluster is a *bridge*; where a cluster
of three or more hangs on a suggested bridge, its two halves may be two works: the cluster says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from tracegraph.analyse.items import Reader, Row, shown_id
from tracegraph.model.graph import WORK_CLASSES

if TYPE_CHECKING:
    _Pairs = nx.Graph[str]
else:
    _Pairs = nx.Graph  # generic for the type checker only

#: Classes in which money may be paid twice.
TWICE_CLASSES = tuple(one.code for one in WORK_CLASSES if one.counts_twice)

_MATCH = """
MATCH (a:Project)-[r:SAME_WORK]->(b:Project)
WHERE a.current AND b.current AND r.class IN $classes
  AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
  AND ($area = '' OR a.area STARTS WITH $area OR b.area STARTS WITH $area)
  AND NOT EXISTS { MATCH (a)-[c:CARRIED_TO]-(b) WHERE c.status IN ['declared', 'confirmed'] }
"""
_SHOWN = (
    "uid",
    "source_id",
    "file",
    "sheet",
    "row",
    "name",
    "owner",
    "owner_name",
    "plan",
    "plan_kind",
    "area",
    "amount",
)


def _ends(*names: str) -> str:
    return ", ".join(f"{end} {{{', '.join('.' + name for name in names)}}} AS {end}" for end in ("a", "b"))


_PAIRS = f"""{_MATCH}
RETURN {_ends(*_SHOWN)}, r.uid AS uid, r.status AS status, r.probability AS probability, r.class AS class
ORDER BY uid
"""
_AMOUNTS = f"{_MATCH} RETURN {_ends('uid', 'amount')}"


@dataclass(frozen=True, slots=True)
class ClusterItem:
    """One project of a cluster; ``surplus`` where another item of the cluster is kept instead."""

    uid: str
    shown_id: str
    name: str
    owner: str | None
    owner_name: str | None
    plan: str | None
    plan_kind: str | None
    area: str | None
    amount: float
    surplus: bool


@dataclass(frozen=True, slots=True)
class ClusterLink:
    """One link of a cluster; ``bridge`` where it alone holds two parts together."""

    uid: str
    left: str
    right: str
    status: str
    probability: float
    work_class: str
    bridge: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Projects that may be one work. ``money`` is baht over all items, ``surplus`` all but the largest."""

    items: tuple[ClusterItem, ...]
    links: tuple[ClusterLink, ...]
    money: float
    surplus: float

    @property
    def weak_bridges(self) -> tuple[ClusterLink, ...]:
        """Suggested links that alone hold a cluster of three or more together: check these first."""
        if len(self.items) < 3:
            return ()
        return tuple(link for link in self.links if link.bridge and link.status == "suggested")


def find_clusters(store: Reader, *, area: str = "", floor: float = 0.5) -> tuple[Cluster, ...]:
    """Every cluster with an item in the area, most surplus money first."""
    rows = store.read(_PAIRS, {"classes": list(TWICE_CLASSES), "floor": floor, "area": area})
    return build_clusters(rows)


def find_surplus(store: Reader, *, area: str = "", floor: float = 0.5) -> dict[str, float]:
    """Baht of every surplus item by uid, over the same clusters as ``find_clusters``."""
    pairs: _Pairs = nx.Graph()
    amounts: dict[str, float] = {}
    for row in store.read(_AMOUNTS, {"classes": list(TWICE_CLASSES), "floor": floor, "area": area}):
        amounts |= {row[end]["uid"]: _amount(row[end]) for end in ("a", "b")}
        pairs.add_edge(row["a"]["uid"], row["b"]["uid"])
    surplus: dict[str, float] = {}
    for uids in nx.connected_components(pairs):
        kept = min(uids, key=lambda uid: (-amounts[uid], uid))
        surplus |= {uid: amounts[uid] for uid in uids if uid != kept}
    return surplus


def build_clusters(rows: Iterable[Row]) -> tuple[Cluster, ...]:
    """Clusters from rows of ``a`` and ``b`` (project properties), ``uid``, ``status``, ``probability``, ``class``."""
    pairs: _Pairs = nx.Graph()
    projects: dict[str, Row] = {}
    links: dict[frozenset[str], Row] = {}
    for row in rows:
        left, right = row["a"]["uid"], row["b"]["uid"]
        projects |= {left: row["a"], right: row["b"]}
        links[frozenset((left, right))] = row
        pairs.add_edge(left, right)
    bridges = {frozenset(pair) for pair in nx.bridges(pairs)} if links else set()
    found = [
        _build(sorted(uids), projects, {pair: row for pair, row in links.items() if pair <= uids}, bridges)
        for uids in nx.connected_components(pairs)
    ]
    return tuple(sorted(found, key=lambda cluster: (-cluster.surplus, cluster.items[0].uid)))


def _build(
    uids: list[str], projects: dict[str, Row], links: dict[frozenset[str], Row], bridges: set[frozenset[str]]
) -> Cluster:
    ordered = sorted(uids, key=lambda uid: (-_amount(projects[uid]), uid))
    items = tuple(_item(projects[uid], surplus=rank > 0) for rank, uid in enumerate(ordered))
    drawn = tuple(_link(row, bridge=pair in bridges) for pair, row in sorted(links.items(), key=lambda p: p[1]["uid"]))
    money = round(sum(item.amount for item in items), 2)
    return Cluster(items, drawn, money, round(money - items[0].amount, 2))


def _amount(project: Row) -> float:
    return float(project.get("amount") or 0.0)


def _item(project: Row, *, surplus: bool) -> ClusterItem:
    names = ("owner", "owner_name", "plan", "plan_kind", "area")
    known: dict[str, Any] = {name: project.get(name) for name in names}
    return ClusterItem(
        uid=project["uid"],
        shown_id=shown_id(project),
        name=str(project.get("name") or ""),
        amount=_amount(project),
        surplus=surplus,
        **known,
    )


def _link(row: Row, *, bridge: bool) -> ClusterLink:
    return ClusterLink(
        uid=row["uid"],
        left=row["a"]["uid"],
        right=row["b"]["uid"],
        status=row["status"],
        probability=float(row["probability"]),
        work_class=row["class"],
        bridge=bridge,
    )

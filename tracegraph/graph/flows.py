"""FEEDS and FRAMES: which plan feeds or frames which, derived from the flows of the letter.

(Plan)-[FEEDS {flow}]->(Plan) for each bottom-up flow between two plan kinds, (Plan|Strategy)-[FRAMES
{flow}]->(Plan) for each top-down one, where one area lies within the other and the years overlap.
The frames of the letter are found in what stands for them: TF6 (กรอบแผนพัฒนาอำเภอ) is the district
plan, TF5 and TF4 are the strategy lists of the province and the cluster. The national frames (TF1 to
TF3) frame the provincial list and no plan, TF7 is a set of rules: neither gives a link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from neo4j import Transaction

from tracegraph.graph.database import rows_of, run_batched
from tracegraph.model.graph import Stage
from tracegraph.model.process import Flow, flows

#: Which strategy lists stand for a frame of the letter, by their level.
FRAME_LEVELS = {"TF5": "province", "TF4": "cluster"}

#: A frame that is drawn up as a plan of this kind.
FRAME_PLANS = {"TF6": "PK04"}

#: (label, uid) of the source, uid of the target plan, flow.
Edge = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A plan or a strategy with its area (a chain of codes from itself upward) and its years."""

    label: str
    uid: str
    key: str  # plan kind, or the frame that the strategy stands for
    chain: tuple[str, ...]
    year_from: int | None
    year_to: int | None

    def overlaps(self, other: Place) -> bool:
        """Whether years overlap; an open end of a strategy list has no bound, a plan must say its years."""
        low, high = self.year_from or 0, self.year_to or 9999
        other_low, other_high = other.year_from or 0, other.year_to or 9999
        return low <= other_high and other_low <= high


@cache
def plan_flows() -> tuple[tuple[str, str, Flow], ...]:
    """(link kind, source key, flow) for each flow between kinds that the graph holds."""
    found = []
    for flow in flows():
        kind = {"bottom-up": "FEEDS", "top-down": "FRAMES"}.get(flow.direction)
        source = FRAME_PLANS.get(flow.source, flow.source)
        known = source.startswith("PK") or source in FRAME_LEVELS
        if kind and known and flow.target.startswith("PK"):
            found.append((kind, source, flow))
    return tuple(found)


def derive_flows(plans: Iterable[Place], strategies: Iterable[Place]) -> dict[str, set[Edge]]:
    """The edges by link kind that hold between these plans and strategies."""
    plans = list(plans)
    sources: dict[str, list[Place]] = {}
    for place in (*plans, *strategies):
        sources.setdefault(place.key, []).append(place)
    near = _Index(plans)
    edges: dict[str, set[Edge]] = {"FEEDS": set(), "FRAMES": set()}
    for kind, source, flow in plan_flows():
        for start in sources.get(source, ()):
            for target in near.find(flow.target, start):
                if target.uid != start.uid and start.overlaps(target):
                    edges[kind].add((start.label, start.uid, target.uid, flow.id))
    return edges


class _Index:
    """Plans by kind and area: those within an area, and those around it."""

    def __init__(self, plans: Iterable[Place]) -> None:
        self._at: dict[tuple[str, str], list[Place]] = {}
        self._under: dict[tuple[str, str], list[Place]] = {}
        for plan in plans:
            if not plan.chain:
                continue
            self._at.setdefault((plan.key, plan.chain[0]), []).append(plan)
            for code in plan.chain:
                self._under.setdefault((plan.key, code), []).append(plan)

    def find(self, kind: str, start: Place) -> Iterator[Place]:
        """Plans of a kind whose area lies within the start's, or around it."""
        if not start.chain:
            return
        yield from self._under.get((kind, start.chain[0]), ())
        for code in start.chain[1:]:
            yield from self._at.get((kind, code), ())


def refresh_flows(tx: Transaction) -> None:
    """Make FEEDS and FRAMES in the graph what the plans and strategies in it give."""
    parents = {
        row["uid"]: row["parent"] for row in rows_of(tx, "MATCH (a:Area) RETURN a.uid AS uid, a.parent AS parent")
    }
    plans = [_plan(row, parents) for row in rows_of(tx, _PLANS, stage=Stage.PLAN.value)]
    strategies = [s for row in rows_of(tx, _STRATEGIES) if (s := _strategy(row, parents)) is not None]
    for kind, edges in derive_flows(plans, strategies).items():
        _write(tx, kind, edges)


_PLANS = (
    "MATCH (p:Plan) WHERE p.stage = $stage AND p.area IS NOT NULL AND p.year_from IS NOT NULL AND p.year_to IS NOT NULL"
    " RETURN p.uid AS uid, p.kind AS kind, p.area AS area, p.year_from AS year_from, p.year_to AS year_to"
)
_STRATEGIES = (
    "MATCH (s:Strategy) WHERE s.parent IS NULL RETURN s.uid AS uid, s.level AS level,"
    " s.area AS area, s.valid_from AS year_from, s.valid_to AS year_to"
)


def _plan(row: dict[str, Any], parents: dict[str, str | None]) -> Place:
    chain = area_chain(row["area"], parents)
    return Place("Plan", row["uid"], row["kind"], chain, row["year_from"], row["year_to"])


def _strategy(row: dict[str, Any], parents: dict[str, str | None]) -> Place | None:
    frame = next((frame for frame, level in FRAME_LEVELS.items() if level == row["level"]), None)
    if frame is None or not row["area"]:
        return None
    chain = area_chain(row["area"], parents)
    return Place("Strategy", row["uid"], frame, chain, row["year_from"], row["year_to"])


def area_chain(code: str, parents: dict[str, str | None]) -> tuple[str, ...]:
    """An area and all around it; official codes are cut where the area itself is unknown."""
    chain = [code]
    while len(chain) < 10:
        last = chain[-1]
        above = parents.get(last) or (last[:-2] if last.isdigit() and len(last) > 2 else None)
        if above is None or above in chain:
            break
        chain.append(above)
    return tuple(chain)


def _write(tx: Transaction, kind: str, edges: set[Edge]) -> None:
    labels = ("Plan",) if kind == "FEEDS" else ("Plan", "Strategy")
    for label in labels:
        wanted = {edge[1:] for edge in edges if edge[0] == label}
        rows = rows_of(tx, f"MATCH (a:{label})-[r:{kind}]->(b:Plan) RETURN a.uid AS a, b.uid AS b, r.flow AS flow")
        stored = {(row["a"], row["b"], row["flow"]) for row in rows}
        match = f"UNWIND $rows AS row MATCH (a:{label} {{uid: row[0]}})"
        run_batched(
            tx,
            f"{match}-[r:{kind}]->(b:Plan {{uid: row[1]}}) WHERE r.flow = row[2] DELETE r",
            [list(edge) for edge in sorted(stored - wanted)],
        )
        run_batched(
            tx,
            f"{match}, (b:Plan {{uid: row[1]}}) CREATE (a)-[:{kind} {{flow: row[2]}}]->(b)",
            [list(edge) for edge in sorted(wanted - stored)],
        )

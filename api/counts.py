"""How much the graph holds."""

from __future__ import annotations

from dataclasses import dataclass

from tracegraph.graph.store import Store

_COUNTS = """
OPTIONAL MATCH (n:Need) WHERE n.current WITH count(n) AS needs
OPTIONAL MATCH (p:Project) WHERE p.current WITH needs, count(p) AS projects
OPTIONAL MATCH (b:Plan) WITH needs, projects, count(b) AS plans
OPTIONAL MATCH (d:Document) WITH needs, projects, plans, count(d) AS documents,
  sum(CASE WHEN d.sample THEN 1 ELSE 0 END) AS samples
RETURN needs, projects, plans, documents, samples
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is; ``samples`` counts documents of the invented sample."""

    needs: int
    projects: int
    plans: int
    documents: int
    samples: int


def count_all(store: Store) -> Counts:
    """What the graph holds."""
    (row,) = store.read(_COUNTS)
    return Counts(**row)

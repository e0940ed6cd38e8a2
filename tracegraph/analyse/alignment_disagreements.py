"""Where inference contradicts what a plan declares: a result of its own beside the alignment score.

Alignment proposes an entry against a declared one only where it is sure; such links bear a method of their own
(``DISAGREES``), so that they are never mistaken for an ordinary suggestion where nothing was declared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracegraph.analyse.alignment_cypher import Scope, items_of
from tracegraph.analyse.items import Reader, Row, shown_id
from tracegraph.analyse.scopes import require_place
from tracegraph.link.alignment_model import DISAGREES

#: Sentences of the evidence that are shown, the heaviest first.
_SHOWN = 3
#: Parts of the evidence that tell nothing of the entry itself.
_FRAME = frozenset({"prior", "rivalry", "below", "declared"})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A project, what its plan declares in a list, and the entry that is inferred instead, with the reasons."""

    project_id: str
    project: str
    uid: str
    list_id: str
    declared: tuple[str, ...]
    inferred: str
    inferred_name: str
    probability: float
    method: str
    why_th: str
    why_en: str


def find_disagreements(store: Reader, scope: str, uid: str, floor: float = 0.5) -> list[Disagreement]:
    """The undecided disagreements of a project, plan, body, area or strategy, surest first.

    UsageError for an unknown scope, NotFoundError for an id that is not there.
    """
    place = require_place(store, scope, uid)
    rows = store.read(_query(place.scope, place.uid), {"uid": place.uid, "floor": floor})
    found = [_read(row) for row in rows if str(row["method"] or "").endswith(DISAGREES)]
    return sorted(found, key=lambda one: (-one.probability, one.project_id, one.inferred, one.uid))


def _query(scope: Scope, uid: str) -> str:
    """A row for each suggested link of the scope's items in a list of which they declare an entry."""
    return f"""{items_of(scope, uid, every_stage=True)}
WITH DISTINCT p
MATCH (p)-[r:ALIGNS_WITH]->(s:Strategy)
WHERE r.status = 'suggested' AND r.probability >= $floor
MATCH (p)-[d:ALIGNS_WITH]->(t:Strategy)
WHERE d.status = 'declared' AND t.list_id = s.list_id
WITH p, r, s, t
ORDER BY t.uid
RETURN p.uid AS uid, p.source_id AS source_id, p.name AS project, p.file AS file, p.sheet AS sheet, p.row AS row,
       s.list_id AS list_id, s.uid AS inferred, s.name AS inferred_name, collect(t.uid) AS declared,
       r.probability AS probability, r.method AS method, r.evidence AS evidence
"""


def _read(row: Row) -> Disagreement:
    reasons = _find_reasons(row.get("evidence"))
    return Disagreement(
        project_id=shown_id(row),
        project=row["project"],
        uid=row["uid"],
        list_id=row["list_id"],
        declared=tuple(row["declared"]),
        inferred=row["inferred"],
        inferred_name=row["inferred_name"],
        probability=row["probability"],
        method=row["method"],
        why_th="; ".join(str(part.get("th", "")) for part in reasons),
        why_en="; ".join(str(part.get("en", "")) for part in reasons),
    )


def _find_reasons(evidence: Any) -> list[Mapping[str, Any]]:
    """The heaviest parts of the evidence that speak for the entry."""
    parts = json.loads(evidence) if isinstance(evidence, str) and evidence else []
    telling = [part for part in parts if part.get("feature") not in _FRAME and part.get("weight", 0.0) > 0]
    return sorted(telling, key=lambda part: -part["weight"])[:_SHOWN]

"""Pairs of items whose money may be paid twice: the rows behind the sum of ``money_at_stake``, within bodies too."""

from __future__ import annotations

from typing import Any

from api.cache import AnswerCache
from tracegraph.graph.store import Store

#: The pairs that ``money_at_stake`` counts, each with the columns of ``duplicates_across_bodies``.
_PAIRS = """
MATCH (a:Project)-[r:SAME_WORK]->(b:Project)
WHERE a.current AND b.current AND r.class IN ['duplicate', 'likely_duplicate', 'two_channels', 'same_book']
  AND r.status <> 'rejected' AND (r.status <> 'suggested' OR r.probability >= $floor)
  AND NOT EXISTS { MATCH (a)-[c:CARRIED_TO]-(b) WHERE c.status IN ['declared', 'confirmed'] }
WITH a, b, r, coalesce(a.amount, 0.0) AS one, coalesce(b.amount, 0.0) AS other
WITH a, b, r, CASE WHEN one > other OR (one = other AND a.uid < b.uid) THEN b ELSE a END AS smaller
WHERE $area = '' OR smaller.area STARTS WITH $area
RETURN coalesce(a.source_id, a.file + '#' + a.sheet + '#' + toString(a.row)) AS left_id, a.name AS left,
       a.owner_name AS left_owner, a.plan_kind AS left_plan_kind, a.year_first AS left_year, a.amount AS left_amount,
       coalesce(b.source_id, b.file + '#' + b.sheet + '#' + toString(b.row)) AS right_id, b.name AS right,
       b.owner_name AS right_owner, b.plan_kind AS right_plan_kind, b.year_first AS right_year,
       b.amount AS right_amount, r.class AS class, r.status AS status, r.probability AS probability,
       coalesce(smaller.amount, 0.0) AS money_at_stake, r.reason AS reason,
       a.file AS left_file, a.sheet AS left_sheet, a.row AS left_row,
       b.file AS right_file, b.sheet AS right_sheet, b.row AS right_row, a.uid AS left_uid, b.uid AS right_uid
ORDER BY money_at_stake DESC, left_uid, right_uid
"""


def find_pairs(cache: AnswerCache, store: Store, area: str, floor: float) -> list[dict[str, Any]]:
    """Every pair that may be paid twice in an area, the largest sum first. Each pair counts its smaller item."""
    params = {"area": area, "floor": floor}
    return cache.get(store, ("pairs", area, floor), lambda: store.read(_PAIRS, params))

"""``tracegraph.link.bulk``: the product's way for a million records, raw names in and clusters out."""

from __future__ import annotations

import numpy as np

from benchmarks.same_work_case import Case, Pairs
from tracegraph.link.bulk.columns import Labels, Table
from tracegraph.link.bulk.linking import link_table
from tracegraph.link.same_work.model import load_model
from tracegraph.link.scores import to_probability

_FLOOR = 0.05


class Way:
    """Nothing is learned but the threshold; clusters are its own, cut at vetoes."""

    def __init__(self, _option: str, workers: int) -> None:
        self.workers = workers

    def learn(self, case: Case, labels: int) -> None:
        """The shipped model is taken as it is."""

    def link(self, case: Case, threshold: float | None = None) -> Pairs:
        """Links and groups from the threshold on."""
        floor = _FLOOR if threshold is None else to_probability(threshold)
        found = link_table(_build(case), load_model(), floor=floor, threads=self.workers)
        groups = None if threshold is None else found.groups
        return Pairs(found.left, found.right, found.score, len(found.score), groups=groups)


def _build(case: Case) -> Table:
    table = case.table
    return Table(
        uid=[f"proj:{record_id}" for record_id in table["id"]],
        text=table["text"],
        province=_numbers(table["province"]),
        district=_numbers(table["district"]),
        tambon=_numbers(table["tambon"]),
        year=np.array(table["year"], dtype=np.int64),
        amount=np.array([amount or 0.0 for amount in table["amount"]], dtype=np.float64),
        owner=Labels.of([f"body:{owner}" for owner in table["owner"]]),
        plan=Labels.of(table["plan"]),
        plan_kind=Labels.of(table["plan_kind"]),
        stage=Labels.of(table["stage"]),
    )


def _numbers(codes: list[str]) -> np.ndarray:
    return np.array([int(code or 0) for code in codes], dtype=np.int64)

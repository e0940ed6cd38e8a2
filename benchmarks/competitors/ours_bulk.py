"""``tracegraph.link.bulk``: the product's way for a million records, raw names in and clusters out."""

from __future__ import annotations

from benchmarks.competitors.product_models import open_model
from benchmarks.same_work_case import Case, Pairs
from benchmarks.same_work_fields import build_table
from tracegraph.link.bulk import link_table
from tracegraph.link.same_work.runners import open_runner
from tracegraph.link.scores import to_probability

_FLOOR = 0.05


class Way:
    """Nothing is learned but the threshold; clusters are its own, cut at vetoes."""

    def __init__(self, option: str, workers: int) -> None:
        self.workers = workers
        self.model = open_model(option)

    def learn(self, case: Case, labels: int) -> None:
        """The model is taken as it is."""

    def link(self, case: Case, threshold: float | None = None) -> Pairs:
        """Links and groups from the threshold on."""
        floor = _FLOOR if threshold is None else to_probability(threshold)
        with open_runner("local" if self.workers == 1 else "processes", self.workers) as runner:
            found = link_table(build_table(case), self.model, floor=floor, runner=runner)
        groups = None if threshold is None else found.groups
        return Pairs(found.left, found.right, found.score, len(found.score), groups=groups)

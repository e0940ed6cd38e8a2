"""``tracegraph.link.same_work.propose``: the product's own way, with the shipped model or one trained on labels."""

from __future__ import annotations

import numpy as np

from benchmarks.competitors.product_models import open_model, open_table
from benchmarks.invented_projects import to_item
from benchmarks.same_work_case import Case, Pairs, draw_labels, find_position
from tracegraph.link.same_work import propose
from tracegraph.link.same_work.blocking import find_candidates
from tracegraph.link.same_work.learning import build_lesson, train
from tracegraph.link.same_work.model import Model, parse_model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.score import observe, total
from tracegraph.link.scores import to_log_odds

#: Links of these classes say that two works belong together and are not one.
_TWO_WORKS = frozenset({"next_phase", "recurring", "elsewhere", "merged_split", "next_step"})
_FLOOR = 0.05
#: How far thousands of labels may move a weight; the product's default is for an office's some hundred.
_SPREAD = 1.2


class Way:
    """Without labels nothing is learned but the threshold."""

    def __init__(self, option: str, workers: int) -> None:
        self.workers = workers
        self.table = open_table(option)
        self.model: Model = open_model(option)

    def learn(self, case: Case, labels: int) -> None:
        """Fit the weights to labels of pairs that blocking makes."""
        if not labels:
            return
        items = prepare(map(to_item, case.records))
        found = find_candidates(items)
        scores = np.array(
            [total(observe(items[a], items[b]), self.model) for a, b in zip(found.left, found.right, strict=True)]
        )
        pairs = Pairs(found.left, found.right, scores, len(scores))
        lessons = [
            build_lesson(items[left], items[right], same=same) for left, right, same in draw_labels(case, pairs, labels)
        ]
        self.model = parse_model(train(lessons, self.table, self.model, spread=_SPREAD).table)

    def link(self, case: Case, threshold: float | None = None) -> Pairs:
        """The proposed links that join records of one work, by their log-odds; and what blocking compared."""
        items = [to_item(record) for record in case.records]
        at = {item.uid: position for position, item in enumerate(items)}
        links = [link for link in propose(items, floor=_FLOOR, model=self.model) if link.work_class not in _TWO_WORKS]
        left = np.array([at[link.from_uid] for link in links], dtype=np.int64)
        right = np.array([at[link.to_uid] for link in links], dtype=np.int64)
        score = np.array([to_log_odds(link.probability) for link in links], dtype=np.float64)
        return Pairs(left, right, score, 0)

    def see(self, case: Case) -> tuple[np.ndarray, np.ndarray]:
        """The pairs that blocking makes, for the recall of candidates; apart, so that no time counts twice."""
        prepared = prepare(sorted(map(to_item, case.records), key=lambda item: item.uid))
        found = find_candidates(prepared)
        at = np.array([find_position(item.item.source_id or "") for item in prepared], dtype=np.int64)
        return at[found.left], at[found.right]

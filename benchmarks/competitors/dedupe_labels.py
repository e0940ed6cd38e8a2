"""dedupe 3 on the fields that our parser reads: blocking rules and a regression, both learned from 400 labels."""

from __future__ import annotations

import io
import json
import logging
from itertools import islice
from typing import Any

import dedupe
import numpy as np
from dedupe import variables

from benchmarks.same_work_case import Case, Pairs, find_position
from benchmarks.same_work_fields import read_fields

_TEXTS = ("core", "name", "road", "spot", "village_name")
_EXACT = ("object", "verb", "family", "road_number", "village", "phase", "period", "tambon", "tambon_name", "asset")
_LOT = 500_000
Record = dict[str, Any]


class Way:
    """Half of the labels are pairs of one work, as its makers ask for."""

    def __init__(self, _option: str, workers: int) -> None:
        self.workers = workers
        logging.getLogger("dedupe").setLevel(logging.ERROR)
        self.deduper: dedupe.Dedupe | None = None

    def learn(self, case: Case, labels: int) -> None:
        """Train on half true pairs and half of the pairs that look most like them."""
        data = _read(case)
        fields = [variables.String(name, has_missing=True) for name in _TEXTS]
        fields += [variables.Exact(name, has_missing=True) for name in _EXACT]
        fields += [variables.Price("amount", has_missing=True)]
        self.deduper = dedupe.Dedupe(fields, num_cores=self.workers)
        same, other = _draw(case, labels)
        training = {
            "match": [(data[a], data[b]) for a, b in same],
            "distinct": [(data[a], data[b]) for a, b in other],
        }
        file = io.StringIO(json.dumps(training, default=str))
        self.deduper.prepare_training(data, training_file=file, sample_size=2_000)
        self.deduper.train(recall=0.95)

    def link(self, case: Case, threshold: float | None = None) -> Pairs:
        """Its probabilities for the pairs that its own blocking rules make."""
        if self.deduper is None:
            raise RuntimeError("dedupe needs labels")
        scores = self.deduper.score(self.deduper.pairs(_read(case)))
        left, right = scores["pairs"][:, 0].astype(np.int64), scores["pairs"][:, 1].astype(np.int64)
        value = np.asarray(scores["score"], dtype=np.float64)
        return Pairs(left, right, value, len(left), (left, right))


def _read(case: Case) -> dict[int, Record]:
    columns = read_fields(case, bytewise=False)
    names = [*_TEXTS, *_EXACT, "amount"]
    rows = zip(*(columns[name].tolist() for name in names), strict=True)
    return {
        number: {name: value or None for name, value in zip(names, row, strict=True)} for number, row in enumerate(rows)
    }


def _draw(case: Case, labels: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """True pairs; and of those that differ half hard ones, half any two of a tambon."""
    true = list(zip(*(side[: labels // 2].tolist() for side in case.true_pairs), strict=True))
    hard = [(find_position(pair.left), find_position(pair.right)) for pair in islice(case.table.hard, labels // 4)]
    by_tambon: dict[str, list[int]] = {}
    for position, record in enumerate(case.records):
        by_tambon.setdefault(record.tambon, []).append(position)
    near = [
        (rows[0], rows[at])
        for rows in by_tambon.values()
        for at in range(1, min(len(rows), 8))
        if case.works[rows[0]] != case.works[rows[at]]
    ]
    return true, hard + near[: labels - len(true) - len(hard)]

"""Splink 5 on DuckDB, on the fields that our parser reads: the strongest settings that we know how to write for it.

Names are written with one byte for each letter (its distances count bytes). Blocks are places with kinds of work, and
for records whose code is missing or wrong the tambon's name. Values that many records share weigh less (term
frequencies). Phases and stations are compared also where one side has none.
"""

from __future__ import annotations

import logging
import time
import warnings
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.same_work_case import Case, Pairs, draw_labels
from benchmarks.same_work_fields import read_fields

#: Records beyond which only likely pairs are fetched, so that memory is Splink's and not ours.
_LARGE = 100_000
_SAMPLED = 2_000_000
#: Of DuckDB, also in one process: what ``link/bulk`` takes as well.
_THREADS = 2
#: Chance among true pairs of a difference that none of the training pairs showed.
_UNSEEN = 0.0005

_BLOCKS = (
    block_on("tambon", "object"),
    block_on("tambon", "village", "verb"),
    block_on("tambon", "core"),
    block_on("tambon", "road"),
    block_on("tambon", "spot"),
    block_on("tambon", "village_name"),
    block_on("tambon", "amount"),
    block_on("tambon_name", "object", "year"),
    block_on("tambon_name", "core"),
    block_on("tambon_name", "village", "year"),
    block_on("tambon_name", "road"),
)


def _levels(column: str, *near: Any, frequencies: bool = False) -> cl.CustomComparison:
    exact = cll.ExactMatchLevel(column, term_frequency_adjustments=frequencies)
    return cl.CustomComparison([cll.NullLevel(column), exact, *near, cll.ElseLevel()], output_column_name=column)


def _stated(column: str) -> cl.CustomComparison:
    """Of what few names state: the same, stated by one side only, or another; nothing where both are silent."""
    return cl.CustomComparison(
        [
            cll.CustomLevel(f"{column}_l = '' AND {column}_r = ''", "both silent").configure(is_null_level=True),
            cll.ExactMatchLevel(column),
            cll.CustomLevel(f"{column}_l = '' OR {column}_r = ''", "one silent"),
            cll.ElseLevel(),
        ],
        output_column_name=column,
    )


def _fuzzy(column: str, *likeness: float) -> cl.CustomComparison:
    return _levels(column, *(cll.JaroWinklerLevel(column, value) for value in likeness), frequencies=True)


def _comparisons() -> list[cl.CustomComparison]:
    return [
        _levels(
            "core",
            cll.LevenshteinLevel("core", 1),
            cll.JaroWinklerLevel("core", 0.95),
            cll.JaroWinklerLevel("core", 0.88),
            cll.JaroWinklerLevel("core", 0.75),
            frequencies=True,
        ),
        _levels("object"),
        _levels("verb"),
        _levels("family"),
        _fuzzy("road", 0.95, 0.88),
        _stated("road_number"),
        _stated("village"),
        _fuzzy("village_name", 0.95, 0.85),
        _stated("phase"),
        _stated("stations"),
        _stated("period"),
        _fuzzy("spot", 0.95, 0.85),
        _levels("asset"),
        _levels("tambon"),
        _levels(
            "amount",
            cll.PercentageDifferenceLevel("amount", 0.02),
            cll.PercentageDifferenceLevel("amount", 0.12),
            cll.PercentageDifferenceLevel("amount", 0.35),
        ),
        _levels("year", cll.AbsoluteDifferenceLevel("year", 1), cll.AbsoluteDifferenceLevel("year", 2)),
    ]


class Way:
    """``learn`` trains on the training case; the model is then applied to the case of the test."""

    def __init__(self, _option: str, workers: int) -> None:
        self.workers = workers
        self.model: dict[str, Any] | None = None
        logging.getLogger("splink").setLevel(logging.ERROR)
        warnings.filterwarnings("ignore", module="splink")

    def learn(self, case: Case, labels: int) -> None:
        """Estimate u by drawing pairs and m by EM; with labels, m from those that are the same."""
        linker = self._open(case, self._read(case), _settings())
        linker.training.estimate_probability_two_random_records_match(
            [block_on("tambon", "core", "village", "road", "year"), block_on("tambon", "core", "spot", "amount")],
            recall=0.4,
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED, seed=1)
        if labels:
            first = self._predict(linker, None)
            same = [(left, right) for left, right, true in draw_labels(case, first, labels) if true]
            table = pa.table({"unique_id_l": [a for a, _ in same], "unique_id_r": [b for _, b in same]})
            linker.training.estimate_m_from_pairwise_labels(self._api.register(table, dataset_display_name="labels"))
        else:
            for block in (
                block_on("tambon", "core"),
                block_on("tambon", "road", "village"),
                block_on("tambon", "amount", "object"),
            ):
                linker.training.estimate_parameters_using_expectation_maximisation(block, record_sample_proportion=1.0)
        self.model = _smooth(linker.misc.save_model_to_json())

    def link(self, case: Case, threshold: float | None = None) -> Pairs:
        """Splink's match weights of all blocked pairs; of a large case, those that reach the threshold."""
        started = time.process_time()
        table = self._read(case)
        parsed = time.process_time() - started
        linker = self._open(case, table, self.model or _settings())
        pairs = self._predict(linker, None if len(case) <= _LARGE else threshold)
        pairs.notes["parsing"] = parsed
        return pairs

    def _read(self, case: Case) -> pa.Table:
        return pa.table(read_fields(case, bytewise=True))

    def _open(self, case: Case, table: pa.Table, settings: Any) -> Linker:
        connection = duckdb.connect(":memory:")
        connection.execute(f"SET threads = {max(_THREADS, self.workers)}")
        self._api = DuckDBAPI(connection)
        return Linker(self._api.register(table, dataset_display_name="records"), settings, log_level=None)

    def _predict(self, linker: Linker, limit: float | None) -> Pairs:
        found = linker.inference.predict(threshold_match_weight=limit, warning_mode="never")
        columns = found.as_duckdbpyrelation().select("unique_id_l, unique_id_r, match_weight").fetchnumpy()
        left, right = (columns[name].astype(np.int64) for name in ("unique_id_l", "unique_id_r"))
        score = columns["match_weight"].astype(np.float64)
        return Pairs(left, right, score, len(left), (left, right) if limit is None else None)


def _smooth(model: dict[str, Any]) -> dict[str, Any]:
    """Give what no true pair showed a small chance: Splink would leave "another phase" without any weight."""
    for comparison in model["comparisons"]:
        levels = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
        for level in levels:
            level["m_probability"] = max(level.get("m_probability") or 0.0, _UNSEEN)
            level["u_probability"] = max(level.get("u_probability") or 0.0, _UNSEEN / 100)
        total = sum(level["m_probability"] for level in levels)
        for level in levels:
            level["m_probability"] /= total
    return model


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=_comparisons(),
        blocking_rules_to_generate_predictions=list(_BLOCKS),
        retain_matching_columns=False,
    )

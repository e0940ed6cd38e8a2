"""Budget lines that an office labelled: sub-strategy from names alone, and learned on half of them.

Many of the lines repeat each other (the same line for each district), so that figures by row say little of new texts:
every figure is also taken by group of near-identical lines, and halves are split by group as well as by row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.fuzz import ratio

from tracegraph.cli.evaluate_alignment import read_strategies, read_texts
from tracegraph.link.alignment_evaluation import LevelFigures, judge, measure_level
from tracegraph.link.alignment_labels import LabelledText
from tracegraph.link.alignment_lists import StrategyList
from tracegraph.link.evaluate import find_calibration_error
from tracegraph.link.vectors import Vectors, open_vectors

pytestmark = pytest.mark.shared

NAME_ONLY, ALL = ("output_proj_name",), ()
_SUB = 2


@cache
def encoder() -> Vectors | None:
    return open_vectors()


def load(shared: Path, columns: Sequence[str]) -> tuple[StrategyList, list[LabelledText]]:
    folder = shared / "data" / "bkk_budget"
    listed = read_strategies(folder / "strategies.csv")
    return listed, read_texts(folder / "labelled.csv", listed, columns, ()).texts


def group(texts: Sequence[LabelledText]) -> list[int]:
    """A group for each text: texts of nearly the same name, chained."""
    names = [re.sub(r"[\s\d()]", "", one.item.text) for one in texts]
    groups = [-1] * len(names)
    for start in range(len(names)):
        if groups[start] < 0:
            groups[start], open_ = max(groups) + 1, [start]
            while open_:
                at = open_.pop()
                for other, name in enumerate(names):
                    if groups[other] < 0 and ratio(names[at], name) >= 85:
                        groups[other] = groups[start]
                        open_.append(other)
    return groups


def accuracy(found: LevelFigures, groups: Sequence[int]) -> tuple[float, float]:
    """Share of rows whose first hit is right, and the mean over groups of that share."""
    by_group: dict[int, list[bool]] = {}
    for (_, hit), one in zip(found.hits, groups, strict=True):
        by_group.setdefault(one, []).append(hit)
    return found.right / len(found.hits), sum(sum(hits) / len(hits) for hits in by_group.values()) / len(by_group)


@pytest.mark.parametrize(
    ("columns", "vectors", "rows", "groups"),
    [(NAME_ONLY, True, 0.9, 0.8), (ALL, True, 0.9, 0.8), (NAME_ONLY, False, 0.88, 0.74), (ALL, False, 0.88, 0.74)],
)
def test_from_the_names_of_the_list_alone(
    shared: Path, columns: Sequence[str], vectors: bool, rows: float, groups: float
) -> None:
    listed, texts = load(shared, columns)
    judged, corpus = judge(texts, listed, vectors=encoder() if vectors else None)
    assert not corpus.learned and len(listed.at_level(_SUB)) == 21
    found = measure_level(judged, listed, _SUB)
    by_row, by_group = accuracy(found, group(texts))
    assert by_row >= rows and by_group >= groups
    error = find_calibration_error(found.pairs)
    assert error is not None and error <= 0.03


@pytest.mark.parametrize(
    ("by_group", "columns", "rows", "groups"),
    [(False, NAME_ONLY, 0.93, 0.82), (False, ALL, 0.93, 0.82), (True, ALL, 0.85, 0.8)],
)
def test_learned_on_half_and_tested_on_the_other(
    shared: Path, by_group: bool, columns: Sequence[str], rows: float, groups: float
) -> None:
    listed, texts = load(shared, columns)
    grouped = group(texts)
    figures: list[tuple[float, float]] = []
    hits: list[tuple[float, bool]] = []
    for seed in range(4):
        keys = sorted(set(grouped)) if by_group else list(range(len(texts)))
        half = {int(one) for one in np.random.default_rng(seed).permutation(keys)[: len(keys) // 2]}
        inside = [(one if by_group else at) in half for at, one in enumerate(grouped)]
        train = [one for one, learned in zip(texts, inside, strict=True) if learned]
        test = [one for one, learned in zip(texts, inside, strict=True) if not learned]
        judged, corpus = judge(test, listed, train=train, vectors=encoder())
        assert corpus.learned
        found = measure_level(judged, listed, _SUB)
        figures.append(accuracy(found, [one for one, learned in zip(grouped, inside, strict=True) if not learned]))
        hits.extend(found.hits)
    assert sum(by_row for by_row, _ in figures) / len(figures) >= rows
    assert sum(mean for _, mean in figures) / len(figures) >= groups
    if not by_group:
        error = find_calibration_error(hits)
        assert error is not None and error <= 0.03

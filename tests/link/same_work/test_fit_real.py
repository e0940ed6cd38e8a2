"""The fit on labelled pairs of real records: what it reaches on records that it never saw, and what it ships."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.engines import load_script
from tracegraph.link.evaluate import find_average_precision, find_best, find_recall_at, measure
from tracegraph.link.same_work.model import read_table

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return load_script("fit_same_work")


@pytest.fixture(scope="module")
def fitting(script: ModuleType, shared: Path) -> Any:
    return script.fit_all(shared)


def test_records_that_the_fit_never_saw_are_matched(fitting: Any) -> None:
    pairs = list(zip(fitting.held_out, fitting.labels, strict=True))
    assert (measure(pairs).f1 or 0.0) >= 0.92
    assert (find_average_precision(pairs) or 0.0) >= 0.9
    assert find_recall_at(pairs, 0.95) >= 0.9


def test_the_threshold_of_one_half_is_near_the_best_there_is(fitting: Any) -> None:
    pairs = list(zip(fitting.held_out, fitting.labels, strict=True))
    best = find_best(pairs)
    assert best is not None
    assert (measure(pairs).f1 or 0.0) >= (best.f1 or 0.0) - 0.05


def test_labels_improve_on_weights_set_by_hand(fitting: Any) -> None:
    by_hand = measure(zip(fitting.by_hand, fitting.labels, strict=True)).f1 or 0.0
    held_out = measure(zip(fitting.held_out, fitting.labels, strict=True)).f1 or 0.0
    assert held_out >= by_hand


def test_the_weights_that_ship_are_those_that_the_fit_gives(fitting: Any) -> None:
    shipped = read_table()
    assert fitting.fitted["base"] == pytest.approx(shipped["base"], abs=0.15)
    for name, entry in fitting.fitted["features"].items():
        for level, weight in entry.get("levels", {}).items():
            assert weight == pytest.approx(shipped["features"][name]["levels"][level], abs=0.15), (name, level)
        for (_, fitted), (_, mine) in zip(
            entry.get("curve", ()), shipped["features"][name].get("curve", ()), strict=True
        ):
            assert fitted == pytest.approx(mine, abs=0.15), name

"""Weights of an office: tracegraph.yaml overrides the package's own, and is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracegraph.analyse.alignment_parts import build_overall, build_part
from tracegraph.analyse.weights import load_weights
from tracegraph.errors import UsageError


def _home(folder: Path, text: str) -> Path:
    (folder / "tracegraph.yaml").write_text(text, encoding="utf-8")
    return folder


def test_defaults_add_up_to_a_hundred(tmp_path: Path) -> None:
    weights = load_weights(tmp_path)
    assert sum(weights.weights.values()) == 100
    assert weights.weights["served"] == 0
    assert weights.floor == 0.5
    assert weights == load_weights()


def test_an_office_overrides_what_it_names(tmp_path: Path) -> None:
    weights = load_weights(_home(tmp_path, "\ufeffalignment:\n  weights: {reach: 40, served: 10.5}\n  floor: facts\n"))
    assert (weights.weights["reach"], weights.weights["served"], weights.weights["coverage"]) == (40.0, 10.5, 15.0)
    assert weights.floor == 1.01
    assert load_weights(_home(tmp_path, "")) == load_weights()
    assert load_weights(_home(tmp_path, "other: 1\n")) == load_weights()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("alignment: {weights: {reech: 1}}", "reach"),
        ("alignment: {wieghts: {reach: 1}}", "weights"),
        ("alignment: {weights: {reach: -1}}", "reach"),
        ("alignment: {weights: {reach: much}}", "reach"),
        ("alignment: {weights: {reach: true}}", "reach"),
        ("alignment: {weights: {reach: .nan}}", "reach"),
        ("alignment: {weights: [1]}", "weights"),
        ("alignment: 3", "alignment"),
        ("- 1", "alignment"),
        ("alignment: {floor: 2}", "floor"),
        ("alignment: [", "YAML"),
        (
            "alignment: {weights: {reach: 0, grounding: 0, grounding_money: 0, "
            "strategy: 0, coverage: 0, redundancy: 0}}",
            "weights > 0",
        ),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_weights(_home(tmp_path, text))
    assert named in f"{caught.value.en} {caught.value.hint_en}"
    assert "tracegraph.yaml" in caught.value.th


def test_the_whole_is_the_weighted_mean_of_what_applies() -> None:
    parts = (
        build_part("reach", 1, 4, "no_needs"),
        build_part("strategy", 0, 0, "no_lists"),
        build_part("redundancy", 1, 10, "no_money"),
    )
    weights = {"reach": 3.0, "strategy": 100.0, "redundancy": 1.0}
    assert build_overall(parts, weights) == round(100 * (3 * 0.25 + 1 * 0.9) / 4, 1)
    assert build_overall(parts, {"strategy": 1.0}) is None
    assert build_overall((), weights) is None
    assert parts[1].value is None
    assert parts[1].reason_th

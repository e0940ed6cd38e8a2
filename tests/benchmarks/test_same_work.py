"""The side-by-side runner: its figures on cases whose answer is known, and one run of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.competitors import COMPETITORS
from benchmarks.same_work import find_missing
from benchmarks.same_work_case import Case, Pairs, draw_labels
from benchmarks.same_work_fields import read_fields, write_bytewise
from benchmarks.same_work_measure import (
    cluster,
    find_best,
    find_candidate_recall,
    find_merged,
    measure,
    number_groups,
)

REPO = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def case() -> Case:
    return Case.of(1_500, 4, 140.0)


def _pairs(left: np.ndarray, right: np.ndarray, score: np.ndarray) -> Pairs:
    return Pairs(left, right, score.astype(np.float64), len(left), (left, right))


def test_the_case_knows_all_true_pairs(case: Case) -> None:
    left, right = case.true_pairs
    works = [record.work for record in case.records]
    told = {(min(a, b), max(a, b)) for a, b in zip(left.tolist(), right.tolist(), strict=True)}
    assert len(told) == len(left)
    assert told == {(a, b) for a in range(len(works)) for b in range(a + 1, len(works)) if works[a] == works[b]}


def test_the_truth_measures_as_perfect(case: Case) -> None:
    pairs = _pairs(*case.true_pairs, np.ones(len(case.true_pairs[0])))
    best = find_best(case, pairs)
    assert (best.precision, best.recall, best.f1, best.threshold) == (1.0, 1.0, 1.0, 1.0)
    found = cluster(case, pairs, best.threshold)
    assert measure(case, found, 1.0).f1 == 1.0
    assert set(find_merged(case, found).values()) == {0.0}
    assert find_candidate_recall(case, pairs) == (1.0, 1.0)


def test_the_best_threshold_leaves_out_wrong_pairs_below_it(case: Case) -> None:
    true, hard = case.true_pairs, case.hard_pairs["village"]
    left, right = np.concatenate((true[0], hard[0])), np.concatenate((true[1], hard[1]))
    score = np.concatenate((np.full(len(true[0]), 2.0), np.full(len(hard[0]), 1.0)))
    pairs = _pairs(left, right, score)
    assert find_best(case, pairs).threshold == 2.0
    merged = find_merged(case, cluster(case, pairs, 1.0))
    assert merged["village"] == 1.0
    low = measure(case, cluster(case, pairs, 1.0), 1.0)
    assert low.recall == 1.0
    assert low.precision < 1.0


def test_half_the_true_pairs_are_half_of_the_candidate_recall(case: Case) -> None:
    left, right = (side[::2] for side in case.true_pairs)
    recall = find_candidate_recall(case, _pairs(right, left, np.ones(len(left))))
    assert recall is not None
    assert recall[0] == pytest.approx(0.5, abs=0.01)


def test_nothing_found_is_a_recall_of_nothing(case: Case) -> None:
    none = _pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    assert find_best(case, none).f1 == 0.0
    alone = measure(case, cluster(case, none, 0.0), 0.0)
    assert (alone.recall, alone.f1) == (0.0, 0.0)


def test_own_groups_keep_those_that_are_alone_apart() -> None:
    assert len(set(number_groups(np.array([3, -1, 3, -1, -1])).tolist())) == 4


def test_labels_are_of_the_training_case_and_half_from_the_best(case: Case) -> None:
    true, hard = case.true_pairs, case.hard_pairs["year"]
    pairs = _pairs(
        np.concatenate((true[0], hard[0])),
        np.concatenate((true[1], hard[1])),
        np.concatenate((np.full(len(true[0]), 2.0), np.full(len(hard[0]), 1.0))),
    )
    drawn = draw_labels(case, pairs, 60)
    assert len(drawn) == 60
    assert all(same == (case.works[a] == case.works[b]) for a, b, same in drawn)
    assert {same for *_, same in drawn} == {True, False}
    assert drawn == draw_labels(case, pairs, 60)


def test_thai_is_one_byte_a_letter_and_numbers_stay() -> None:
    written = write_bytewise("ถนนซอย 17/3 กข")
    assert len(written.encode()) == len("ถนนซอย 17/3 กข")
    assert " 17/3 " in written
    letters = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาำิีึืุูเแโใไ่้๊๋์"
    assert len({write_bytewise(letter) for letter in letters}) == len(letters)


def test_every_way_gets_the_fields_that_the_parser_reads(case: Case) -> None:
    fields = read_fields(case, bytewise=False)
    assert {len(column) for column in fields.values()} == {len(case)}
    stated = {
        name: sum(value not in (None, "") for value in column.tolist()) / len(case) for name, column in fields.items()
    }
    assert stated["object"] > 0.4
    assert stated["tambon"] > 0.97
    assert 0.01 < stated["phase"] < 0.3


def test_a_way_whose_package_is_absent_is_named_with_what_to_install() -> None:
    assert find_missing("rapidfuzz", 1_000) == ""
    assert "not tried beyond" in find_missing("rapidfuzz", 10_000_000)
    if not any(name in sys.modules for name in ("splink", "dedupe")) and find_missing("dedupe", 1_000):
        assert "tracegraph[benchmarks]" in find_missing("dedupe", 1_000)
    assert all(competitor.title for competitor in COMPETITORS.values())


def test_the_command_prints_a_table_and_keeps_the_figures(tmp_path: Path) -> None:
    kept = tmp_path / "figures.json"
    options = ["--count=600", "--train-count=600", "--only=rapidfuzz", "--only=bulk", f"--json={kept}"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "same-work", *options],
        cwd=REPO,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    table = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert len(table) == 4
    assert len({line.count("|") for line in table}) == 1
    figures = {found["name"]: found for found in json.loads(kept.read_text(encoding="utf-8"))}
    assert figures["bulk"]["f1"] > figures["rapidfuzz"]["f1"]
    assert figures["rapidfuzz"]["pairs"] > 10_000

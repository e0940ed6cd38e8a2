"""``tracegraph evaluate alignment``: what it prints, writes and refuses, without a store."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.link.alignment.invented import LIST, invent
from tracegraph.cli import cli
from tracegraph.errors import InputError, UsageError
from tracegraph.link import vectors


def write(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_labels(path: Path, first: int, last: int) -> Path:
    rows = ((item.text, entry.removeprefix("I:")) for item, entry in invent(first, last))
    return write(path, ("text", "strategy"), *rows)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return write(tmp_path / "list.csv", ("code", "name"), *((row[2], row[3]) for row in LIST))


def run(home: Path, *words: object) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home / "home"), "evaluate", "alignment", *map(str, words)])


def figures(result: Result) -> dict[tuple[str, str], dict[str, object]]:
    assert result.exception is None, result.output
    return {(row["part"], row["figure"]): row for row in json.loads(result.stdout)}


def test_figures_scores_and_errors(tmp_path: Path, listed: Path) -> None:
    labels, train = write_labels(tmp_path / "labels.csv", 3, 8), write_labels(tmp_path / "train.csv", 0, 4)
    scores, errors = tmp_path / "scores.csv", tmp_path / "errors.json"
    words = ("--strategies", listed, "--labels", labels, "--format", "json")
    learned = figures(run(tmp_path, *words, "--train", train, "--scores", scores))
    texts = len(invent(3, 8))
    assert learned["data", "texts"]["numerator"] == texts
    assert learned["data", "seen_in_train"]["numerator"] == len(invent(3, 4))
    assert learned["level 2", "accuracy"] | {"title": ""} == {
        "part": "level 2", "figure": "accuracy", "value": 1.0, "numerator": texts, "denominator": texts, "title": "",
    }  # fmt: skip
    for figure in ("precision", "recall", "f1", "average_precision", "recall_at_precision_95", "calibration_error"):
        assert ("level 2, pairs", figure) in learned
    assert {("level 1", "top_3"), ("level 2", "macro_f1"), ("class: 1.1", "recall")} <= learned.keys()
    assert ("level 2, new texts", "accuracy") in learned
    rows = list(csv.DictReader(io.StringIO(scores.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 4 * texts and sum(int(row["right"]) for row in rows) == texts
    blind = figures(run(tmp_path, *words, "--errors", errors))
    wrong = texts - int(str(blind["level 2", "accuracy"]["numerator"]))
    told = json.loads(errors.read_text(encoding="utf-8"))
    assert len(told) == 2 * wrong > 0 and blind["data", "train"]["numerator"] == 0
    for story in told:
        assert story["contributions"] and all(part["th"] and part["en"] for part in story["contributions"])


def test_a_level_above_the_labels(tmp_path: Path, listed: Path) -> None:
    labels = write_labels(tmp_path / "labels.csv", 0, 2)
    words = ("--strategies", listed, "--labels", labels, "--format", "json")
    found = figures(run(tmp_path, *words, "--level", 1))
    assert next(part for part, _ in found if part != "data") == "level 1" and ("class: 1", "f1") in found
    assert isinstance(run(tmp_path, *words, "--level", 3).exception, UsageError)


def test_what_is_odd_is_told(tmp_path: Path, listed: Path) -> None:
    labels = write(
        tmp_path / "labels.csv",
        ("text", "strategy"),
        ("สร้างถนน", "1.1"), ("สร้างถนน", "2.1"), ("", "1.1"), ("แข่งกีฬา", "9.9"), ("แข่งกีฬา", ""),
        ("ขยะ", "1.1 แนวทางใจดี"),
    )  # fmt: skip
    done = run(tmp_path, "--strategies", listed, "--labels", labels, "--format", "json")
    found = figures(done)
    counts = {figure: row["numerator"] for (part, figure), row in found.items() if part == "data"}
    assert counts["texts"] == 3 and counts["contradicting"] == 2 and counts["empty_text"] == 1
    assert counts["unknown_entry"] == counts["unclear_entry"] == counts["unlabelled"] == 1
    for said in ("ข้อที่ไม่มีในบัญชี", "number and name disagree", "no label yet", "the same text under different entries"):
        assert said in done.stderr


def test_labels_of_another_list_are_refused(tmp_path: Path, listed: Path) -> None:
    labels = write(tmp_path / "labels.csv", ("text", "strategy"), ("สร้างถนน", "8.8"))
    refused = run(tmp_path, "--strategies", listed, "--labels", labels).exception
    assert isinstance(refused, InputError) and "8.8" in refused.th and "--strategies" in refused.hint_en
    empty = write(tmp_path / "empty.csv")
    assert isinstance(run(tmp_path, "--strategies", empty, "--labels", labels).exception, InputError)
    headed = write(tmp_path / "headed.csv", ("code", "name"))
    assert isinstance(run(tmp_path, "--strategies", headed, "--labels", labels).exception, InputError)


def test_too_few_labels_to_learn_from_are_told(tmp_path: Path, listed: Path) -> None:
    labels = write_labels(tmp_path / "labels.csv", 0, 1)
    few = write(tmp_path / "few.csv", ("text", "strategy"), ("สร้างถนน", "1.1"), ("แข่งกีฬา", "2.2"))
    done = run(tmp_path, "--strategies", listed, "--labels", labels, "--train", few)
    assert done.exception is None and "too few to learn from" in done.stderr


def test_without_the_sentence_encoder_it_says_so(tmp_path: Path, listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors.importlib.util, "find_spec", lambda name: None)
    labels = write_labels(tmp_path / "labels.csv", 0, 1)
    done = run(tmp_path, "--strategies", listed, "--labels", labels, "--format", "json")
    assert vectors.DISTRIBUTION in done.stderr
    assert figures(done)["data", "vectors"]["numerator"] == 0

"""``tracegraph evaluate same-work`` and ``train`` over a file of records: figures, files, and every bad label file."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.invented_projects import generate, write_csv
from tests.acceptance.office import Office
from tracegraph.link.evaluate import find_average_precision, find_calibration_error, measure
from tracegraph.link.scores import to_log_odds

FORMULA = '=HYPERLINK("http://x";"ก")'


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with records.csv and labels.csv of invented projects."""
    folder = tmp_path_factory.mktemp("invented")
    write_csv(generate(350, seed=11, density=60.0), folder)
    return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("home"))


def evaluate(office: Office, invented: Path, *words: str | Path, status: int = 0, labels: Path | None = None) -> Any:
    return office.run(
        "evaluate", "same-work", "--labels", labels or invented / "labels.csv", "--records", invented / "records.csv",
        *words, status=status,
    )  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def figures_of(stdout: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["part"], row["figure"]): row for row in json.loads(stdout)}


def write_labels(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(("left_id,right_id,label", *rows)) + "\n", encoding=encoding)
    return path


def test_figures_follow_from_the_scores_that_are_written(office: Office, invented: Path, tmp_path: Path) -> None:
    scores, errors = tmp_path / "scores.csv", tmp_path / "errors.json"
    done = evaluate(office, invented, "--scores", scores, "--errors", errors, "--format", "json")
    found, rows = figures_of(done.stdout), read(scores)
    pairs = [(float(row["probability"]), row["label"] == "SAME") for row in rows]
    at_half = measure(pairs)
    assert scores.read_bytes().startswith(b"\xef\xbb\xbf")
    assert found["pairwise", "precision"]["value"] == at_half.precision
    assert found["pairwise", "recall"]["denominator"] == sum(truth for _, truth in pairs)
    assert found["pairwise", "average_precision"]["value"] == pytest.approx(find_average_precision(pairs))
    assert found["pairwise", "calibration_error"]["value"] == pytest.approx(find_calibration_error(pairs))
    assert found["data", "scored"]["numerator"] == len(rows) == len(read(invented / "labels.csv"))
    kinds = {row["kind"] for row in read(invented / "labels.csv")} - {""}
    assert {"village", "phase"} <= kinds <= {part.removeprefix("kind: ") for part, _ in found}
    assert ("clusters", "bcubed_f1") in found
    stories = json.loads(errors.read_text(encoding="utf-8"))
    assert len(stories) == at_half.wrong + at_half.missed
    for story in stories:
        assert story["contributions"][-1]["sum"] == pytest.approx(to_log_odds(story["probability"]), abs=1e-9)
        assert sum(part["weight"] for part in story["contributions"]) == pytest.approx(
            to_log_odds(story["probability"])
        )


def test_the_threshold_moves_what_is_called_the_same_and_nothing_else(office: Office, invented: Path) -> None:
    low = figures_of(evaluate(office, invented, "--threshold", "0.05", "--format", "json").stdout)
    high = figures_of(evaluate(office, invented, "--threshold", "0.99", "--format", "json").stdout)
    assert low["pairwise", "recall"]["value"] > high["pairwise", "recall"]["value"]
    assert low["pairwise", "average_precision"] == high["pairwise", "average_precision"]


def test_labels_in_the_words_and_files_of_an_office(office: Office, invented: Path, tmp_path: Path) -> None:
    first, second, third = read(invented / "labels.csv")[:3]
    path = tmp_path / "ป้าย.csv"
    lines = [
        "left_id;right_id;label;kind",
        f"{first['left_id']};{first['right_id']};เหมือน;หมู่",
        f"{second['right_id']};{second['left_id']};๐;",
        f"{third['left_id']};{third['right_id']};ไม่แน่ใจ;",
        f"{third['left_id']};{first['right_id']};;",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp874"))
    found = figures_of(evaluate(office, invented, "--format", "json", labels=path).stdout)
    assert [found["data", name]["numerator"] for name in ("labelled", "scored", "unsure", "empty")] == [2, 2, 1, 1]
    assert ("kind: หมู่", "precision") in found


def test_unknown_ids_are_counted_with_their_rows(office: Office, invented: Path, tmp_path: Path) -> None:
    good = read(invented / "labels.csv")[0]
    path = write_labels(
        tmp_path / "labels.csv", f"{good['left_id']},{good['right_id']},1", f"{good['left_id']},ไม่มีรหัสนี้,1", "x,y,0"
    )
    done = evaluate(office, invented, "--format", "json", labels=path)
    assert figures_of(done.stdout)["data", "unknown_ids"]["numerator"] == 2
    assert "2 of 3 pairs" in done.stderr
    assert "rows 3, 4" in done.stderr
    assert "ไม่มีรหัสนี้" in done.stderr


def test_labels_that_contradict_one_another_around_a_corner_are_named(
    office: Office, invented: Path, tmp_path: Path
) -> None:
    a, b, c = (row["id"] for row in read(invented / "records.csv")[:3])
    path = write_labels(tmp_path / "labels.csv", f"{a},{b},1", f"{b},{c},1", f"{a},{c},0")
    done = evaluate(office, invented, labels=path)
    assert "rows 4" in done.stderr
    assert "A=B, B=C, A≠C" in done.stderr


REFUSED = {
    "contradiction": (b"left_id,right_id,label\nP1,P2,SAME\nP2,P1,DIFF\n", "2≠3"),
    "words": ("left_id,right_id,label\nP1,P2,อาจจะ\n".encode(), "SAME, DIFF"),
    "columns": (b"left,right,label\nP1,P2,1\n", "no column left_id, right_id"),
    "empty": (b"", "empty"),
    "blank": (b"\n\n\n", "empty"),
    "no rows": (b"left_id,right_id,label\n", "no pair can be used"),
    "no id": (b"left_id,right_id,label\nP1,,1\n", "rows lack an id"),
    "unknown": (b"left_id,right_id,label\nnone,nobody,1\n", "no pair can be used"),
    "bytes": (bytes(range(128, 256)) * 20, "encoding"),
    "zeros": (b"\x00" * 400, "labels.csv"),
    "quotes": (b'left_id,right_id,label\n"P1,P2,1\n' * 2, "labels.csv"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_label_file_that_cannot_be_used_is_refused_in_words(
    name: str, office: Office, invented: Path, tmp_path: Path
) -> None:
    content, words = REFUSED[name]
    path = tmp_path / "labels.csv"
    path.write_bytes(content)
    done = evaluate(office, invented, labels=path, status=1)
    assert words in done.stderr
    assert "ผิดพลาด" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id,text\nA,ถนน\nB,สะพาน\nA,คลอง\n", "A (2, 4)"),
        ("id,text\n,ถนน\n", "row 2: id"),
        ("id,text,tambon\nA,ถนน,13\n", "tambon"),
        ("id,text,plan_kind\nA,ถนน,PK99\n", "plan_kind"),
        ("id,text,amount\nA,ถนน,มาก\n", "amount"),
        ("id,text,stage\nA,ถนน,ฝัน\n", "stage"),
        ("name\nถนน\n", "no column id"),
    ],
)
def test_a_file_of_records_that_cannot_be_used_is_refused(
    content: str, words: str, office: Office, invented: Path, tmp_path: Path
) -> None:
    path = tmp_path / "records.csv"
    path.write_text(content, encoding="utf-8")
    done = office.run("evaluate", "same-work", "--labels", invented / "labels.csv", "--records", path, status=1)
    assert words in done.stderr


def test_strange_texts_are_measured_in_bounded_time_and_never_run_in_a_spreadsheet(
    office: Office, tmp_path: Path
) -> None:
    texts = ["", "ก", "๑๒๓๔๕", "ก่อสร้างถนน" * 450, FORMULA, "road ถนน 道路 \u200b\u0e4d\u0e32", "\U0001f6a7"]
    records, labels = tmp_path / "records.csv", tmp_path / "labels.csv"
    with records.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "text"))
        writer.writerows((f"=R{number}", text) for number, text in enumerate(texts))
    write_labels(
        labels, *(f"=R{a},=R{b},{int(b == a + 1)}" for a in range(len(texts)) for b in range(a + 1, len(texts)))
    )
    scores, errors = tmp_path / "scores.csv", tmp_path / "errors.csv"
    office.run(
        "evaluate", "same-work", "--labels", labels, "--records", records, "--scores", scores, "--errors", errors
    )  # fmt: skip
    assert len(read(scores)) == 21
    for row in (*read(scores), *read(errors)):
        assert not any(cell.startswith(("=", "@", "\t")) for cell in row.values())
    office.run("evaluate", "same-work", "--labels", scores, "--records", records)


def test_training_shows_both_models_and_replaces_only_a_worse_one(invented: Path, tmp_path: Path) -> None:
    office = Office(tmp_path / "home")
    train = ("train", "--labels", invented / "labels.csv", "--records", invented / "records.csv")
    looked = office.run(*train, "--format", "json")
    rows = {row["figure"]: row for row in json.loads(looked.stdout)}
    assert {"f1", "average_precision", "calibration_error", "log_loss"} <= rows.keys()
    assert "nothing written" in looked.stderr
    assert not (office.home / "models").exists()
    better = rows["log_loss"]["new"] < rows["log_loss"]["old"] and rows["f1"]["new"] >= rows["f1"]["old"]
    done = office.run(*train, "--replace", status=0 if better else 1)
    if not better:
        assert "stays" in done.stderr
        return
    model = json.loads((office.home / "models" / "same_work.json").read_text(encoding="utf-8"))
    assert model["name"].endswith("+office-1")
    assert model["trained_on"]["labels"] == model["trained_on"]["pairs"]
    again = evaluate(office, invented)
    assert "+office-1" in again.stderr
    refused = office.run(*train, "--replace", status=1)
    assert "F1" in refused.stderr
    assert json.loads((office.home / "models" / "same_work.json").read_text(encoding="utf-8")) == model
    shutil.copy(office.home / "models" / "same_work.json", tmp_path / "other.json")
    assert "+office-1" in evaluate(Office(tmp_path / "bare"), invented, "--model", tmp_path / "other.json").stderr


def test_too_few_labels_are_refused_with_their_number(office: Office, invented: Path, tmp_path: Path) -> None:
    few = [f"{row['left_id']},{row['right_id']},{row['label']}" for row in read(invented / "labels.csv")[:40]]
    path = write_labels(tmp_path / "few.csv", *few)
    done = office.run("train", "--labels", path, "--records", invented / "records.csv", "--replace", status=1)
    assert "40 decided pairs, fewer than 100" in done.stderr
    assert not (office.home / "models").exists()


def test_a_model_of_another_version_stops_every_command_that_would_use_it(invented: Path, tmp_path: Path) -> None:
    office = Office(tmp_path / "home")
    (office.home / "models").mkdir(parents=True)
    (office.home / "models" / "same_work.json").write_text(
        '{"format": 7, "name": "same_work-9", "features": {}}', "utf-8"
    )
    done = evaluate(office, invented, status=1)
    assert "format 7" in done.stderr
    assert "same_work.json" in done.stderr


def test_questions_are_blind_new_each_time_and_come_back_as_labels(
    office: Office, invented: Path, tmp_path: Path
) -> None:
    records = ("--records", invented / "records.csv")
    first, second = tmp_path / "ask-1.csv", tmp_path / "ask-2.csv"
    office.run("label", *records, "--count", "16", "--out", first)
    rows = read(first)
    assert len(rows) == 16
    assert not {"probability", "class", "score"} & rows[0].keys()
    assert {row["label"] for row in rows} == {""}
    assert {row["kind"] for row in rows} == {"", "random"}
    same_again = office.run("label", *records, "--count", "16", "--format", "json")
    assert [row["left_id"] for row in json.loads(same_again.stdout)] == [row["left_id"] for row in rows]
    office.run("label", *records, "--count", "16", "--labelled", first, "--out", second)
    asked = {frozenset((row["left_id"], row["right_id"])) for row in rows}
    assert asked.isdisjoint(frozenset((row["left_id"], row["right_id"])) for row in read(second))
    refused = office.run("label", *records, "--out", first, status=1)
    assert "exists" in refused.stderr
    done = evaluate(office, invented, labels=first, status=1)
    assert "no pair can be used" in done.stderr


def test_answers_at_the_keyboard_are_kept_one_by_one(office: Office, invented: Path, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    out = tmp_path / "answers.csv"
    words = (
        "--home",
        office.home,
        "label",
        "--records",
        invented / "records.csv",
        "--count",
        "4",
        "--ask",
        "--out",
        out,
    )
    done = subprocess.run(
        [sys.executable, "-m", "tracegraph", *map(str, words)],
        input="1\nอะไร\n0\ns\n", capture_output=True, text=True, encoding="utf-8", check=True, env=dict(os.environ),
    )  # fmt: skip
    assert [row["label"] for row in read(out)] == ["SAME", "DIFF"]
    assert "2 of 4 labelled" in done.stderr

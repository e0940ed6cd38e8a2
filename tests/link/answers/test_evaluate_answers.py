"""``tracegraph evaluate answers`` over plain files and over the store, and labels that cannot be taken."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.acceptance.office import Office
from tracegraph.cli import cli
from tracegraph.errors import InputError
from tracegraph.graph import Store
from tracegraph.link.answer_evaluation import ANSWERS, NONE, AnswerLabel, build_labels, read_label
from tracegraph.sample import sample_files

NEEDS = """id,text,tambon,village_no
n1,น้ำท่วมขังในซอย,990101,3
n2,ไฟทางดับ มืดมาก,990101,3
n3,ลิงลงมากินผลไม้,990101,3
n4,ถนนเป็นหลุมเป็นบ่อ,990101,๔
"""
PROJECTS = """id,text,tambon,village_no
p1,ก่อสร้างรางระบายน้ำ คสล. หมู่ที่ 3,990101,3
p2,ติดตั้งไฟส่องสว่างสาธารณะ หมู่ที่ 3,990101,3
p3,จัดงานวันเด็ก,990101,
p4,ก่อสร้างถนน คสล. หมู่ที่ 5,990101,5
"""
LABELS = "need_id,project_id,label\nn1,p1,ANSWERS\nn2,p2,1\nn2,p3,ไม่ตอบ\nn3,,\nn4,,none\nn1,p3,UNSURE\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("home"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("needs", NEEDS), ("projects", PROJECTS), ("labels", LABELS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8-sig")
    return tmp_path


def evaluate(office: Office, folder: Path, *words: str | Path, status: int = 0) -> Any:
    return office.run(
        "evaluate", "answers", "--labels", folder / "labels.csv", "--needs", folder / "needs.csv",
        "--projects", folder / "projects.csv", *words, status=status,
    )  # fmt: skip


def figures_of(stdout: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["part"], row["figure"]): row for row in json.loads(stdout)}


def test_figures_over_plain_files_with_their_denominators(office: Office, folder: Path) -> None:
    scores, errors = folder / "scores.csv", folder / "errors.json"
    done = evaluate(office, folder, "--scores", scores, "--errors", errors, "--format", "json")
    found = figures_of(done.stdout)
    for key, value, above, below in (
        (("needs", "first_hit"), 1.0, 2, 2),
        (("needs", "hit_in_3"), 1.0, 2, 2),
        (("needs", "false_answers"), 0.0, 0, 2),
        (("proposed", "precision"), 1.0, 2, 2),
        (("proposed", "recall"), 1.0, 2, 2),
        (("pairs", "f1"), 1.0, 4, 4),
        (("data", "unsure"), None, 1, 6),
    ):
        assert (found[key]["value"], found[key]["numerator"], found[key]["denominator"]) == (value, above, below), key
    assert found["pairs", "calibration_error"]["denominator"] == 3
    assert json.loads(errors.read_text(encoding="utf-8")) == []
    rows = list(csv.DictReader(io.StringIO(scores.read_text(encoding="utf-8-sig"), newline="")))
    first = {row["need_id"]: row["project_id"] for row in rows if row["rank"] == "1"}
    assert (first["n1"], first["n2"]) == ("p1", "p2")
    assert "answers-4" in done.stderr


def test_errors_carry_their_waterfall(office: Office, folder: Path) -> None:
    (folder / "labels.csv").write_text("need_id,project_id,label\nn1,p3,1\nn2,,\n", encoding="utf-8")
    errors = folder / "errors.json"
    found = figures_of(evaluate(office, folder, "--errors", errors, "--format", "json").stdout)
    assert found["needs", "first_hit"]["value"] == 0.0
    assert found["needs", "false_answers"]["numerator"] == 1
    stories = json.loads(errors.read_text(encoding="utf-8"))
    assert {(story["left_id"], story["right_id"]) for story in stories} == {("n1", "p3"), ("n1", "p1"), ("n2", "p2")}
    for story in stories:
        assert story["contributions"][-1]["sum"] == pytest.approx(
            sum(part["weight"] for part in story["contributions"])
        )


def test_the_office_lexicon_changes_what_is_found(office: Office, folder: Path) -> None:
    (folder / "needs.csv").write_text("id,text\nn1,ริ้นดำกัดเด็ก\n", encoding="utf-8")
    (folder / "projects.csv").write_text("id,text\np1,จัดซื้อเครื่องยูแอลวี\np2,จัดงานวันเด็ก\n", encoding="utf-8")
    (folder / "labels.csv").write_text("need_id,project_id\nn1,p1\n", encoding="utf-8")
    own = folder / "own.csv"
    own.write_text(
        "kind,id,reach,phrases,answers\nwork,fogger,area,ยูแอลวี,\nproblem,mosquito,,ริ้นดำ,fogger:0.9\n", encoding="utf-8"
    )
    (found,) = [
        row for row in json.loads(evaluate(office, folder, "--lexicon", own, "--format", "json").stdout)
        if (row["part"], row["figure"]) == ("needs", "first_hit")
    ]  # fmt: skip
    assert found["value"] == 1.0
    own.write_text("kind,id,phrases\nthing,x,คำ\n", encoding="utf-8")
    assert "own.csv" in evaluate(office, folder, "--lexicon", own, status=1).stderr


@pytest.mark.parametrize(
    ("labels", "says"),
    [
        ("n1,p1,ANSWERS\nn1,p1,OTHER\n", ("ขัดกัน", "contradictions", "2, 3")),
        ("n1,,\nn1,p1,1\n", ("ขัดกัน", "contradictions", "n1")),
        ("n1,p1,perhaps\n", ("ไม่รู้จัก", "unknown labels", "perhaps")),
        (",p1,1\n", ("need_id", "rows 2")),
        ("x,y,1\n", ("ไม่พบ", "none of the need_ids is known")),
        ("", ("need_id",)),
    ],
)
def test_labels_that_cannot_be_taken_are_told_with_their_rows(
    office: Office, folder: Path, labels: str, says: tuple[str, ...]
) -> None:
    (folder / "labels.csv").write_text(f"need_id,project_id,label\n{labels}", encoding="utf-8")
    message = evaluate(office, folder, status=1).stderr
    assert all(part in message for part in says), message


def test_unknown_ids_are_told_and_the_others_are_measured(office: Office, folder: Path) -> None:
    (folder / "labels.csv").write_text("need_id,project_id,label\nn1,p1,1\nn1,p9,0\nn8,,\n", encoding="utf-8")
    done = evaluate(office, folder, "--format", "json")
    found = figures_of(done.stdout)
    assert "แถว 3, 4" in done.stderr and "rows 3, 4" in done.stderr
    assert found["data", "unknown_ids"]["numerator"] == 2
    assert found["needs", "first_hit"]["denominator"] == 1


def test_needs_and_projects_go_together(office: Office, folder: Path) -> None:
    done = office.run(
        "evaluate", "answers", "--labels", folder / "labels.csv", "--needs", folder / "needs.csv", status=2
    )
    assert "--projects" in done.stderr


@pytest.mark.parametrize(
    ("cell", "project", "meaning"),
    [
        ("", "p", ANSWERS),
        ("", "", NONE),
        ("SAME", "p", ANSWERS),
        ("ใช่", "p", ANSWERS),
        ("1", "", NONE),
        ("ไม่มี", "", NONE),
    ],
)
def test_words_of_labels(cell: str, project: str, meaning: str) -> None:
    assert read_label(cell, project) == meaning


def test_rows_said_again_are_counted() -> None:
    rows = [
        AnswerLabel(2, "a", "b", "1"),
        AnswerLabel(3, "a", "b", "yes"),
        AnswerLabel(4, "c", "", ""),
        AnswerLabel(5, "c", "", ""),
    ]
    found = build_labels(rows, "x")
    assert (len(found.pairs), len(found.none), found.repeated) == (1, 1, (3, 5))
    with pytest.raises(InputError, match="a–b"):
        build_labels([*rows, AnswerLabel(6, "a", "b", "0")], "x")


def test_labels_over_the_store_on_both_engines(store: Store, engine_env: dict[str, str], tmp_path: Path) -> None:
    run = CliRunner(env=engine_env)
    files = [str(path) for path in sample_files() if path.name[0] in "13"]
    assert run.invoke(cli, ["import", *files]).exit_code == 0
    items = store.load_items()
    need, project = items.needs[0], items.projects[0]
    labels = tmp_path / "labels.csv"
    labels.write_text(f"need_id,project_id,label\n{need.uid},{project.uid},0\n", encoding="utf-8")
    done = run.invoke(cli, ["evaluate", "answers", "--labels", str(labels), "--format", "json"])
    assert done.exit_code == 0, done.output
    found = figures_of(done.stdout)
    assert found["pairs", "calibration_error"]["denominator"] == 1
    assert found["needs", "first_hit"]["denominator"] == 0

"""explain, label --record, train and score over a loaded store, on both engines: one figure everywhere."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.analyse.test_query_commands import Run, run_with
from tracegraph.graph import Store
from tracegraph.ingest.importer import read_files
from tracegraph.link import same_work
from tracegraph.link.same_work.model import load_model
from tracegraph.link.scores import to_log_odds
from tracegraph.sample import sample_files

#: Plans, operation plans, budgets, contracts, and the file of links that are known.
PLANS = ("3", "5", "6", "7", "98")


@pytest.fixture(scope="module")
def office(module_store: Store, engine_env: dict[str, str]) -> Run:
    """A command line over the plans of the sample and what became of them, with its same-work links."""
    module_store.write_batches(read_files([p for p in sample_files() if p.name.startswith(PLANS)]), command="import")
    links = same_work.propose(module_store.load_items().projects)
    module_store.write_links(links, method_scope="same-work", command="link")
    return run_with(engine_env)


def explain(run: Run, left: str, right: str, *words: str) -> dict[str, Any]:
    story: dict[str, Any] = json.loads(run("explain", left, right, "--format", "json", *words).stdout)
    return story


def check_sums(story: dict[str, Any]) -> None:
    total = sum(part["weight"] for part in story["contributions"])
    assert total == pytest.approx(story["score"], abs=1e-9)
    assert story["contributions"][-1]["sum"] == pytest.approx(story["score"], abs=1e-9)
    assert all(part["th"] and part["en"] for part in story["contributions"])


def suggested(store: Store, kind: str) -> list[dict[str, Any]]:
    return store.list_links(kind=kind, status="suggested")


def test_the_story_of_a_suggested_link_has_the_link_s_own_figures(office: Run, module_store: Store) -> None:
    link = suggested(module_store, "SAME_WORK")[0]
    story = explain(office, link["to_uid"], link["from_uid"])
    check_sums(story)
    assert story["score"] == pytest.approx(to_log_odds(link["probability"]), abs=1e-9)
    assert {p["feature"]: p["weight"] for p in story["contributions"]} == pytest.approx(
        {p["feature"]: p["weight"] for p in json.loads(link["evidence"])}, abs=1e-9
    )
    assert (story["proposed"], story["causes"]) == (True, [])
    assert story["standing"][0]["status"] == "suggested"
    assert "ระบบเสนอไว้" in story["verdict_th"]
    assert story["rules"]


def test_a_pair_that_was_never_proposed_names_what_kept_it_out(office: Run) -> None:
    story = explain(office, "KB-L-SK-02", "KB-L-SK-19")
    check_sums(story)
    assert [cause["code"] for cause in story["causes"]] == ["veto"]
    assert "คนละซอย" in story["causes"][0]["th"]
    assert story["standing"] == []
    table = office("explain", "KB-L-SK-02", "KB-L-SK-19").stdout
    assert "ไม่เสนอ: ข้อห้าม" in table
    assert f"{load_model().features['road_number'].levels['differs']:.2f}" in table


def test_records_without_anything_in_common_are_told_so(office: Run) -> None:
    codes = [cause["code"] for cause in explain(office, "KB-L-SK-02", "KB-X-HN69-01")["causes"]]
    assert codes[0] == "no_rule"


def test_a_high_floor_is_the_reason_where_nothing_else_is(office: Run, module_store: Store) -> None:
    link = suggested(module_store, "SAME_WORK")[-1]
    story = explain(office, link["from_uid"], link["to_uid"], "--floor", "0.9999")
    assert story["causes"][0]["code"] == "floor"


def test_a_declared_pair_says_which_document_and_a_rejected_one_who_and_when(office: Run, module_store: Store) -> None:
    declared = explain(office, "KB-L-HN-07", "KB-X-HN68-04")
    assert declared["standing"][0]["status"] == "declared"
    assert declared["verdict_th"].startswith("เอกสารระบุไว้")
    link = suggested(module_store, "SAME_WORK")[0]
    office("review", "reject", link["uid"], "--by", "ผู้ตรวจ", "--reason", "คนละสาย")
    story = explain(office, link["from_uid"], link["to_uid"])
    assert story["verdict_th"].startswith("ตัดสินว่าไม่ใช่ โดย ผู้ตรวจ เมื่อ 20")
    assert "คนละสาย" in story["verdict_en"]
    office("review", "undo", "--by", "ผู้ตรวจ")


def test_score_and_explain_give_one_figure(office: Run, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("left_id,right_id\nKB-L-HN-07,KB-X-HN68-04\n", encoding="utf-8")
    row = next(csv.DictReader(io.StringIO(office("score", "same-work", path.as_posix(), "--format", "csv").stdout)))
    assert float(row["probability"]) == explain(office, "KB-L-HN-07", "KB-X-HN68-04")["plain_probability"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("KB-L-HN-07", "ไม่มีรหัส"), "unknown id ไม่มีรหัส"),
        (("KB-L-HN-07", "KB-L-HN-07"), "name one record"),
        (("KB-L-HN-07", "KB-X-HN68-04", "--job", "answers"), "does not compare"),
    ],
)
def test_ids_that_cannot_be_explained_are_refused(words: tuple[str, ...], said: str, office: Run) -> None:
    done = office("explain", *words, status=1)
    assert said in done.stderr
    assert "ผิดพลาด" in done.stderr


def test_labels_become_decisions_and_decisions_become_lessons(office: Run, module_store: Store, tmp_path: Path) -> None:
    asked = tmp_path / "ask.csv"
    office("label", "--count", "6", "--out", asked.as_posix())
    rows = list(csv.DictReader(io.StringIO(asked.read_text(encoding="utf-8-sig"))))
    assert len(rows) == 6
    for number, row in enumerate(rows):
        row["label"] = ("เหมือน", "ต่าง", "?", "", "SAME", "0")[number]
    labelled = tmp_path / "labelled.csv"
    with labelled.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    before = len(module_store.list_decisions())
    done = office("label", "--record", labelled.as_posix(), "--by", "ผู้ตรวจ")
    assert "2 confirmed, 2 rejected, 0 known" in done.stderr
    assert len(module_store.list_decisions()) == before + 4
    again = office("label", "--record", labelled.as_posix(), "--by", "ผู้ตรวจ")
    assert "0 confirmed, 0 rejected, 4 known" in again.stderr
    offered = json.loads(office("label", "--count", "40", "--format", "json").stdout)
    pairs = {frozenset((row["left_id"], row["right_id"])) for row in offered}
    decided = {frozenset((row["left_id"], row["right_id"])) for n, row in enumerate(rows) if n not in (2, 3)}
    assert pairs.isdisjoint(decided)
    refused = office("train", status=1)
    assert "4 decided pairs, fewer than 100" in refused.stderr
    figures = json.loads(office("evaluate", "same-work", "--labels", labelled.as_posix(), "--format", "json").stdout)
    counts = {row["figure"]: row["numerator"] for row in figures if row["part"] == "data"}
    assert (counts["scored"], counts["unsure"], counts["empty"]) == (4, 1, 1)

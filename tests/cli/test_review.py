"""link, links, review and doctor as a person calls them, on both engines: propose, decide, undo, carry away."""

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
from tracegraph.sample import sample_files

STATUSES = ("declared", "suggested", "confirmed", "rejected")


@pytest.fixture(scope="module")
def office(module_store: Store, engine_env: dict[str, str]) -> Run:
    """A command line over the sample, linked by the command ``link``."""
    module_store.write_batches(read_files(sample_files()), command="import")
    run = run_with(engine_env)
    done = run("link", "--format", "json")
    proposed = {row["job"]: row["proposed"] for row in json.loads(done.stdout)}
    assert set(proposed) == {"same-work", "answers", "alignment"}
    assert all(proposed.values())
    assert "66 รายการ" in done.stderr
    return run


def links(run: Run, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("links", *words, "--format", "csv").stdout)))


def suggested(run: Run, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run("review", *words, "--format", "json").stdout)
    return rows


def status_of(store: Store, uid: str) -> str:
    return str(store.require_link(uid)["status"])


def test_links_are_listed_best_first_in_the_columns_others_rely_on(office: Run) -> None:
    rows = links(office, "--kind", "ANSWERED_BY", "--status", "suggested")
    assert list(rows[0]) == [
        "kind",
        "from_id",
        "from_uid",
        "to_id",
        "to_uid",
        "status",
        "probability",
        "class",
        "method",
    ]
    probabilities = [float(row["probability"]) for row in rows]
    assert probabilities == sorted(probabilities, reverse=True)
    assert {(row["kind"], row["status"]) for row in rows} == {("ANSWERED_BY", "suggested")}
    assert all(row["from_id"].startswith("KB-N") for row in rows)


def test_review_shows_both_texts_and_why(office: Run) -> None:
    rows = suggested(office, "--kind", "ANSWERED_BY", "--limit", "5")
    assert len(rows) == 5
    assert all(row["from_text"] and row["to_text"] and row["because"] for row in rows)


def test_a_decision_stands_until_it_is_undone_and_survives_linking(office: Run, module_store: Store) -> None:
    yes, no = suggested(office, "--kind", "ANSWERED_BY", "--limit", "2")
    first = office("review", "confirm", yes["uid"], "--by", "ผู้ตรวจ", "--reason", "ตรวจในพื้นที่แล้ว").stdout.strip()
    second = office("review", "reject", no["uid"], "--by", "ผู้ตรวจ", "--reason", "คนละสาย").stdout.strip()
    assert first.startswith("dec:")
    assert (status_of(module_store, yes["uid"]), status_of(module_store, no["uid"])) == ("confirmed", "rejected")
    office("link", "--job", "answers")
    assert (status_of(module_store, yes["uid"]), status_of(module_store, no["uid"])) == ("confirmed", "rejected")
    assert no["uid"] not in {row["uid"] for row in suggested(office, "--limit", "9999")}
    office("review", "undo", second, "--by", "ผู้ตรวจ")
    office("review", "undo", "--by", "ผู้ตรวจ")
    office("link", "--job", "answers")
    assert (status_of(module_store, yes["uid"]), status_of(module_store, no["uid"])) == ("suggested", "suggested")
    assert [d.verdict for d in module_store.list_decisions()] == ["confirm", "reject", "undo", "undo"]


def test_a_class_may_be_corrected_with_the_decision(office: Run, module_store: Store) -> None:
    pair = suggested(office, "--kind", "SAME_WORK", "--limit", "1")[0]
    office("review", "confirm", pair["uid"], "--class", "next_phase", "--reason", "คนละช่วง", "--by", "ผู้ตรวจ")
    link = module_store.require_link(pair["uid"])
    assert (link["status"], link["class"], link["reason"]) == ("confirmed", "next_phase", "คนละช่วง")
    refused = office("review", "confirm", pair["uid"], "--class", "no_such_class", status=2)
    assert "no_such_class" in refused.stderr


def test_decisions_travel_as_json_lines_and_come_in_once(office: Run, module_store: Store, tmp_path: Path) -> None:
    link = suggested(office, "--kind", "ANSWERED_BY", "--limit", "1")[0]
    office("review", "confirm", link["uid"], "--by", "ผู้ตรวจ", "--reason", "น้ำ ํ า \u200b ๑๒")
    file = tmp_path / "decisions.jsonl"
    office("review", "export", file.as_posix())
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(module_store.list_decisions())
    assert rows[-1]["reason"] == "น้ำ ํ า \u200b ๑๒"
    before = office("links", "--format", "json").stdout
    office("review", "import", file.as_posix())
    assert len(module_store.list_decisions()) == len(rows)
    assert office("links", "--format", "json").stdout == before


def test_a_file_that_holds_no_decisions_is_refused_with_its_line(office: Run, tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text('\n"no decision"\n', encoding="utf-8")
    refused = office("review", "import", file.as_posix(), status=1)
    assert "บรรทัด 2" in refused.stderr
    assert "line 2" in refused.stderr


def test_a_need_is_declined_with_its_reason(office: Run) -> None:
    office("review", "decline", "KB-N-SK1-3", "--reason", "อยู่นอกอำนาจหน้าที่", "--by", "นายอำเภอ")
    rows = json.loads(office("query", "needs_reach", "-p", "area=81", "--format", "json").stdout)
    need = next(row for row in rows if row["need_id"] == "KB-N-SK1-3")
    assert (need["fate"], need["reason"]) == ("rejected", "อยู่นอกอำนาจหน้าที่")


def test_an_unknown_link_is_named_in_both_languages(office: Run) -> None:
    refused = office("review", "confirm", "link:none", status=1)
    assert "ไม่พบความเชื่อมโยง link:none" in refused.stderr
    assert "no link link:none" in refused.stderr


def test_doctor_counts_every_status_apart(office: Run, module_store: Store) -> None:
    done = office("doctor", "--format", "json")
    rows = json.loads(done.stdout)
    values = {(row["part"], row["name"]): row["value"] for row in rows}
    assert ("engine", module_store.health().engine) in values
    assert values["nodes", "Need"] == 66
    assert values["nodes", "Project"] == 200
    for kind in ("ANSWERED_BY", "CARRIED_TO", "ALIGNS_WITH", "SAME_WORK"):
        assert sum(values["status", f"{kind} {status}"] for status in STATUSES) >= 1
    assert not [row for row in rows if row["part"] == "wrong"]
    assert "ไม่พบสิ่งที่ต้องแก้ไข" in done.stderr


def test_doctor_speaks_where_the_database_cannot(tmp_path: Path) -> None:
    env = {"TRACEGRAPH_HOME": str(tmp_path), "NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "not-to-be-shown"}
    done = run_with(env)("doctor", status=1)
    assert "python" in done.stdout
    assert "127.0.0.1:9" in done.stderr
    assert "not-to-be-shown" not in done.stdout + done.stderr

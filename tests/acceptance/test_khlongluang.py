"""A city's plan, its amendments and its contracts: read from scans, so with the debris of OCR."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from tests.acceptance.office import Office
from tracegraph.link.evaluate import find_average_precision, find_recall_at, measure

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Office:
    office = Office(tmp_path_factory.mktemp("khlongluang"))
    folder = shared / "data" / "klongluang"
    office.run("import", folder / "plan_projects.csv", folder / "contracts.csv")
    return office


@pytest.fixture(scope="module")
def gold(shared: Path) -> Path:
    return shared / "gold" / "klongluang_same_work_dev.csv"


def test_every_row_has_a_fate(office: Office) -> None:
    counts = office.rows("query", "area_profile")
    assert counts


def test_same_work_on_labelled_pairs(office: Office, gold: Path) -> None:
    rows = [row for row in office.rows("score", "same-work", gold) if row["label"] != "UNSURE"]
    assert len(rows) > 300
    assert all(row["probability"] and row["reason"] for row in rows)
    pairs = [(float(row["probability"]), row["label"] == "SAME") for row in rows]
    assert (measure(pairs).f1 or 0.0) >= 0.92
    assert (find_average_precision(pairs) or 0.0) >= 0.92
    assert find_recall_at(pairs, 0.95) >= 0.9


def test_amendments_are_linked_to_the_rows_they_change(office: Office, shared: Path) -> None:
    office.run("link", "--job", "same-work")
    links = office.rows("links", "--kind", "SAME_WORK")
    amended = {frozenset((link["from_id"], link["to_id"])) for link in links if link["class"] == "amended"}
    with (shared / "data" / "klongluang" / "plan_projects.csv").open(encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    # a changed row stands right after the row that it changes: both are in one book, one marked เดิม, one เปลี่ยนแปลง
    pairs = [
        frozenset((old["master_project_id"], new["master_project_id"]))
        for old, new in itertools.pairwise(rows)
        if (old["project_status_type"], new["project_status_type"]) == ("เดิม", "เปลี่ยนแปลง")
        and old["document_type"] == new["document_type"]
    ]
    assert len(pairs) == 38
    assert set(pairs) <= amended

"""One real tambon from its files to the answer, through the command line as a planner would."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.office import Office
from tests.link.answers.maesai_labels import ANSWERS, UNSURE

pytestmark = pytest.mark.shared

FILES = (
    "1_village_proposals_oct2567.csv",
    "2_approved_accumulated_fund_2568.csv",
    "3_local_plan_supplement3_2567.csv",
    "4_action_plan_2568.csv",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield Office(tmp_path_factory.mktemp("maesai"))


@pytest.fixture(scope="module")
def imported(office: Office, shared: Path) -> str:
    return office.run("import", *(shared / "data" / "maesai" / name for name in FILES)).stderr


@pytest.fixture(scope="module")
def links(office: Office, imported: str) -> list[dict[str, str]]:
    assert imported
    office.run("link")
    return office.rows("links")


def _best(links: list[dict[str, str]], start: str, among: str, kinds: set[str]) -> str | None:
    """The best partner of ``start`` whose id begins with ``among``, over links of these kinds."""
    for link in links:  # best first
        ends = (link["from_id"], link["to_id"])
        if link["kind"] in kinds and link["status"] != "rejected" and start in ends:
            other = ends[1] if ends[0] == start else ends[0]
            if other.startswith(among):
                return other
    return None


def test_all_152_records_are_in_and_the_money_slip_is_reported(office: Office, imported: str) -> None:
    doctor = json.loads(office.run("doctor", "--format", "json").stdout)
    text = json.dumps(doctor, ensure_ascii=False)
    assert '"Need"' in text
    assert "478,324.82" in imported or "478324.82" in imported
    needs = office.rows("query", "needs_reach")
    assert len(needs) == 55
    assert set(ANSWERS) <= {row["need_id"] for row in needs}


def test_the_same_files_twice_change_nothing(office: Office, shared: Path, links: list[dict[str, str]]) -> None:
    office.run("import", *(shared / "data" / "maesai" / name for name in FILES))
    assert office.rows("links") == links


def test_links_proven_by_money_are_all_at_rank_one(links: list[dict[str, str]], shared: Path) -> None:
    with (shared / "data" / "maesai" / "gold_links_by_identical_budget.csv").open(encoding="utf-8-sig") as f:
        gold = list(csv.DictReader(f))
    assert len(gold) == 16
    wrong = [
        (row["from"], row["to"], found)
        for row in gold
        if (found := _best(links, row["from"], "MS-X", {"CARRIED_TO", "SAME_WORK"})) != row["to"]
    ]
    assert wrong == []


def test_two_drains_that_cost_the_same_are_not_linked(links: list[dict[str, str]]) -> None:
    assert not [link for link in links if {link["from_id"], link["to_id"]} == {"MS-A07", "MS-A10"}]


@pytest.fixture(scope="module")
def answered(office: Office, links: list[dict[str, str]]) -> dict[str, list[str]]:
    """Every need with the items that answer it at the default floor, best first."""
    assert links
    found: dict[str, list[str]] = {row["need_id"]: [] for row in office.rows("query", "needs_reach")}
    for link in office.rows("links", "--kind", "ANSWERED_BY"):
        if float(link["probability"]) >= 0.5:
            found[link["from_id"]].append(link["to_id"])
    return found


def test_answered_needs_have_their_answer_first(answered: dict[str, list[str]]) -> None:
    assert len(ANSWERS) == 15
    missed = {need: answered[need] for need, right in ANSWERS.items() if answered[need][:1] not in ([i] for i in right)}
    assert len(missed) <= 0.2 * len(ANSWERS), missed


def test_needs_without_an_answer_are_rarely_given_one(answered: dict[str, list[str]]) -> None:
    without = {need: items for need, items in answered.items() if need not in ANSWERS}
    assert len(without) == 40
    given = {need: items for need, items in without.items() if items}
    assert len(given) <= 0.1 * len(without), given
    surely_wrong = {need: items for need, items in given.items() if not set(items) & set(UNSURE.get(need, ()))}
    assert len(surely_wrong) <= 1, surely_wrong


def test_one_item_answers_two_needs_and_both_of_its_stages_answer_one(answered: dict[str, list[str]]) -> None:
    assert {"MS-A06", "MS-X06"} <= set(answered["MS-N04-3"]) & set(answered["MS-N04-4"])


def test_every_need_has_a_fate_and_a_reason_to_stop(office: Office, links: list[dict[str, str]]) -> None:
    assert links
    rows = json.loads(office.run("query", "needs_reach", "--format", "json").stdout)
    assert list(rows[0]) == [
        "need_id",
        "need",
        "village",
        "reached",
        "fate",
        "stopped_at",
        "reason",
        "funded_by",
        "funded_year",
        "funded_amount",
        "path",
        "weakest_probability",
        "asked_again_in",
    ]
    funded = [row for row in rows if row["fate"] == "funded"]
    assert funded
    assert all(row["funded_by"] and row["funded_amount"] for row in funded)
    facts = json.loads(office.run("query", "needs_reach", "-p", "floor=facts", "--format", "json").stdout)
    assert {row["fate"] for row in facts} == {"unanswered"}  # no document of this tambon declares an answer

"""The steps of one tambon's projects from plan to money, proven by equal sums, and found again without those sums."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.office import Office

pytestmark = pytest.mark.shared

#: The files with projects, and the columns that state money.
FILES = {
    "2_approved_accumulated_fund_2568.csv": ("budget",),
    "3_local_plan_supplement3_2567.csv": ("y2566", "y2567", "y2568", "y2569", "y2570"),
    "4_action_plan_2568.csv": ("budget",),
}


def write_without_money(path: Path, columns: tuple[str, ...], folder: Path) -> Path:
    """A copy of a file whose columns of money are empty."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert set(columns) <= set(rows[0])
    copy = folder / path.name
    with copy.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, **dict.fromkeys(columns, "")} for row in rows)
    return copy


@pytest.fixture(scope="module", params=["with money", "without money"])
def links(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared: Path
) -> list[dict[str, str]]:
    """Links between projects that ``tracegraph links`` lists after import and linking, best first."""
    folder = tmp_path_factory.mktemp("files")
    paths = [shared / "data" / "maesai" / name for name in FILES]
    if request.param == "without money":
        paths = [write_without_money(path, FILES[path.name], folder) for path in paths]
    office = Office(tmp_path_factory.mktemp("home"))
    office.run("import", *paths)
    office.run("link", "--job", "same-work")
    return [link for link in office.rows("links") if link["kind"] in ("CARRIED_TO", "SAME_WORK")]


@pytest.fixture(scope="module")
def proven(shared: Path) -> dict[str, str]:
    """Which item each item became, where an equal sum proves it."""
    path = shared / "data" / "maesai" / "gold_links_by_identical_budget.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = {row["from"]: row["to"] for row in csv.DictReader(file)}
    assert len(found) == 16
    return found


def partners(links: list[dict[str, str]], start: str) -> Iterator[str]:
    """The other ends of the links of an item, best first."""
    for link in links:
        ends = [link["from_id"], link["to_id"]]
        if start in ends:
            ends.remove(start)
            yield ends[0]


def test_every_step_that_money_proves_is_the_first_link_of_its_item(
    links: list[dict[str, str]], proven: dict[str, str]
) -> None:
    first = {start: next(partners(links, start), None) for start in proven}
    assert first == proven


def test_every_such_step_runs_from_the_earlier_to_the_later_item(
    links: list[dict[str, str]], proven: dict[str, str]
) -> None:
    carried = {(link["from_id"], link["to_id"]) for link in links if link["kind"] == "CARRIED_TO"}
    assert set(proven.items()) <= carried


def test_little_else_is_proposed_and_no_two_villages_are_joined(
    links: list[dict[str, str]], proven: dict[str, str]
) -> None:
    others = [frozenset((link["from_id"], link["to_id"])) for link in links]
    others = [pair for pair in others if pair not in [frozenset(step) for step in proven.items()]]
    assert len(others) <= 5, others
    assert frozenset(("MS-A07", "MS-A10")) not in others

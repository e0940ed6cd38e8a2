"""One real tambon: links proven by equal budgets are found first, also when nobody looks at the money."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tracegraph.link.same_work import propose, score_pairs
from tracegraph.link.same_work.model import Model, load_model
from tracegraph.model.graph import LinkKind
from tracegraph.model.items import Item

pytestmark = pytest.mark.shared

MODELS = {
    "all features": load_model(),
    "without money": load_model().without(["money"]),
    "without money and years": load_model().without(["money", "years"]),
}


@pytest.fixture(scope="module")
def proven(shared: Path) -> list[tuple[str, str]]:
    path = shared / "data" / "maesai" / "gold_links_by_identical_budget.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["from"], row["to"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_all_proven_links_are_at_rank_one(maesai: dict[str, Item], proven: list[tuple[str, str]], model: Model) -> None:
    action = [item for item in maesai.values() if item.stage == "action"]
    for start, end in proven:
        scores = score_pairs([maesai[start]] * len(action), action, model=model)
        ranked = sorted(zip(scores, action, strict=True), key=lambda pair: -pair[0].probability)
        assert ranked[0][1].source_id == end
        assert ranked[0][0].probability > 0.5, start
        assert ranked[0][0].score > ranked[1][0].score + 1.0, start


def test_equal_money_in_two_villages_is_never_one_work(maesai: dict[str, Item]) -> None:
    found = score_pairs([maesai["MS-A07"]], [maesai["MS-A10"]])[0]
    assert found.probability < 0.001
    assert found.veto == "village"


def test_what_is_proposed_is_what_is_proven_and_the_road_that_grew(
    maesai: dict[str, Item], proven: list[tuple[str, str]]
) -> None:
    ids = {item.uid: item.source_id for item in maesai.values()}
    links = propose(maesai.values())
    carried = {(ids[link.from_uid], ids[link.to_uid]) for link in links if link.kind is LinkKind.CARRIED_TO}
    assert carried == {*proven, ("MS-P15", "MS-X21")}


def test_one_sum_from_two_sources_is_asked_about_and_a_second_phase_is_explained(maesai: dict[str, Item]) -> None:
    ids = {item.uid: item.source_id for item in maesai.values()}
    found = {
        (ids[link.from_uid], ids[link.to_uid]): link.work_class
        for link in propose(maesai.values())
        if link.kind is LinkKind.SAME_WORK
    }
    assert found[("MS-X17", "MS-X19")] in ("likely_duplicate", "duplicate")
    assert found[("MS-A09", "MS-A10")] == "next_phase"

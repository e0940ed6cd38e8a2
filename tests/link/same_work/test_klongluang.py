"""A real city's plan, amendments and contracts, read from scans: figures on pairs labelled by two readers."""

from __future__ import annotations

import copy
from itertools import pairwise

import pytest

from tracegraph.link.evaluate import build_folds, cross_validate, find_average_precision, measure
from tracegraph.link.same_work import propose, score_pairs
from tracegraph.link.same_work.features import Finding
from tracegraph.link.same_work.fit import fit
from tracegraph.link.same_work.model import Model, load_model, parse_model, read_table
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.score import observe, total
from tracegraph.link.scores import to_probability
from tracegraph.model.graph import LinkKind
from tracegraph.model.items import Item

pytestmark = pytest.mark.shared

Gold = list[tuple[str, str, str]]
Row = tuple[dict[str, Finding], bool, tuple[str, str]]


def decided(gold: Gold) -> Gold:
    """The pairs on which the two readers agreed to decide."""
    return [row for row in gold if row[2] != "UNSURE"]


def hand_table() -> dict[str, object]:
    """The table as people set it, before any label was seen."""
    table = copy.deepcopy(read_table())
    table["base"] = table["hand_base"]
    for entry in table["features"].values():
        entry["curve" if "curve" in entry else "levels"] = copy.deepcopy(entry["hand"])
    return table


def scored(klongluang: dict[str, Item], gold: Gold, model: Model) -> list[tuple[float, bool]]:
    rows = decided(gold)
    found = score_pairs([klongluang[a] for a, _, _ in rows], [klongluang[b] for _, b, _ in rows], model=model)
    return [(score.probability, label == "SAME") for score, (_, _, label) in zip(found, rows, strict=True)]


@pytest.mark.parametrize("name", ["shipped", "set by hand", "without money"])
def test_f1_of_the_labelled_pairs(klongluang: dict[str, Item], gold: Gold, name: str) -> None:
    models = {
        "shipped": load_model(),
        "set by hand": parse_model(hand_table()),
        "without money": load_model().without(["money"]),
    }
    pairs = scored(klongluang, gold, models[name])
    assert (measure(pairs).f1 or 0) >= 0.9
    assert (find_average_precision(pairs) or 0) >= 0.9


def test_f1_where_no_pair_is_scored_by_a_model_that_saw_its_records(klongluang: dict[str, Item], gold: Gold) -> None:
    items = {item.item.source_id: item for item in prepare(klongluang.values())}
    rows = [(observe(items[a], items[b]), label == "SAME", (a, b)) for a, b, label in decided(gold)]

    def fit_and_score(train: list[Row], test: list[Row]) -> list[float]:
        model = parse_model(fit([row[0] for row in train], [row[1] for row in train], hand_table(), spread=0.5))
        return [to_probability(total(row[0], model)) for row in test]

    probabilities = cross_validate(rows, build_folds([row[2] for row in rows], 5), fit_and_score)
    figures = measure([(p, row[1]) for p, row in zip(probabilities, rows, strict=True)])
    assert (figures.f1 or 0) >= 0.9


@pytest.fixture(scope="module")
def links(klongluang: dict[str, Item]) -> dict[tuple[str, str], tuple[str, str | None]]:
    ids = {item.uid: item.source_id or "" for item in klongluang.values()}
    return {
        (ids[link.from_uid], ids[link.to_uid]): (link.kind.value, link.work_class)
        for link in propose(klongluang.values())
    }


def test_amended_rows_are_linked_to_the_rows_they_change(
    klongluang: dict[str, Item], links: dict[tuple[str, str], tuple[str, str | None]]
) -> None:
    plan = sorted((i for i in klongluang.values() if i.stage == "plan"), key=lambda item: item.row)
    rows = [(a, b) for a, b in pairwise(plan) if (a.amendment, b.amendment) == ("เดิม", "เปลี่ยนแปลง")]
    linked = [links.get((a.source_id or "", b.source_id or "")) for a, b in rows]
    assert len(rows) >= 35
    assert linked == [("SAME_WORK", "amended")] * len(rows)


def test_contracts_are_reached_from_the_plan_and_no_look_alike_is_proposed(
    links: dict[tuple[str, str], tuple[str, str | None]], gold: Gold
) -> None:
    contracts = [pair for pair, found in links.items() if found == (LinkKind.CARRIED_TO.value, "procurement_step")]
    assert len(contracts) >= 15
    explained = {"next_phase", "next_step", "recurring", "merged_split", "amended"}
    for left, right, label in gold:
        found = links.get((left, right)) or links.get((right, left))
        if found and label.startswith("DIFF"):
            assert found[1] in explained, (left, right, label, found)

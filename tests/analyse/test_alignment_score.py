"""The alignment score on the hand-made graph: every part worked out on paper, on both engines."""

from __future__ import annotations

import pytest

from tests.analyse.analyse_story import ALIGNS, Story
from tracegraph.analyse.alignment import AlignmentScore, LeftOut, Part, ScoreSet, score
from tracegraph.analyse.weights import load_weights
from tracegraph.errors import NotFoundError, UsageError
from tracegraph.graph import Store
from tracegraph.model.records import StrategyRecord


def fractions(parts: ScoreSet) -> dict[str, tuple[float, float]]:
    return {part.name: (part.numerator, part.denominator) for part in parts.parts}


def fraction(found: AlignmentScore, name: str) -> tuple[tuple[float, float], tuple[float, float]]:
    return fractions(found.facts)[name], fractions(found.with_suggestions)[name]


def test_a_tambon_by_facts_and_with_suggestions(told: Store) -> None:
    found = score(told, "area", "810401", 0.5)
    assert found.name == "ตำบลก"
    assert fractions(found.facts) == {
        "reach": (0, 12),
        "served": (0, 12),
        "grounding": (6, 7),
        "grounding_money": (10_500_000.0, 11_000_000.0),
        "strategy": (1.0, 8),  # A3 2/4 (NS, PV of NS, M13, SDG, PV), B3 1/4, R3 1/4; no LAO list is loaded
        "coverage": (3, 40),  # NS:2, NS:4, PV:2 of 6 + 13 + 17 + 4 entries
        "redundancy": (50_000.0, 13_900_000.0),
    }
    assert fractions(found.with_suggestions) == {
        "reach": (1, 12),
        "served": (2, 12),
        "grounding": (7, 7),
        "grounding_money": (11_000_000.0, 11_000_000.0),
        "strategy": (1.15, 8),  # and E3 0.6/4
        "coverage": (5, 40),  # and PV:1, PV:2.1
        "redundancy": (50_000.0, 13_900_000.0),
    }
    assert (found.facts.overall, found.with_suggestions.overall) == (36.1, 42.5)


def test_rows_outside_the_denominator_are_counted_apart(told: Store) -> None:
    assert score(told, "area", "810401").facts.left_out == (
        LeftOut("administrative", 1, 2_000_000.0),
        LeftOut("equipment", 1, 800_000.0),
        LeftOut("recurring", 1, 100_000.0),
    )


def test_everywhere_counts_surplus_money_once_a_cluster(told: Store) -> None:
    found = score(told, "area", "", 0.5)
    assert fraction(found, "redundancy") == ((3_050_000.0, 18_680_000.0), (3_330_000.0, 17_180_000.0))
    assert fraction(found, "reach") == ((0, 15), (1, 15))


def test_a_part_that_does_not_apply_has_a_reason_and_leaves_the_whole(told: Store) -> None:
    found = score(told, "project", "A6", 0.5)
    parts = {part.name: part for part in found.with_suggestions.parts}
    assert parts["strategy"].value is None
    assert parts["coverage"].value is None
    assert "ยังไม่ได้นำเข้าบัญชียุทธศาสตร์" in parts["strategy"].reason_th
    assert fractions(found.with_suggestions)["reach"] == (1, 1)
    assert fractions(found.facts)["reach"] == (0, 1)
    assert fractions(found.facts)["grounding"] == (1, 1)
    # reach 1×25 + grounding 1×20 + money 1×5 + redundancy (1 − 0)×10 of 60
    assert found.with_suggestions.overall == 100.0
    assert found.facts.overall == round(100 * 35 / 60, 1)


def test_a_recurring_item_needs_no_village_behind_it(told: Store) -> None:
    found = score(told, "project", "R3")
    part = found.facts.part("grounding")
    assert (part.value, part.denominator) == (None, 0)
    assert "ไม่นับงานประจำ" in part.reason_th
    assert found.facts.left_out == (LeftOut("recurring", 1, 100_000.0),)
    assert fractions(found.facts)["strategy"] == (0.25, 1)


def test_a_plan_that_raises_needs_is_measured_by_them(told: Store) -> None:
    found = score(told, "plan", "plan:V1")
    assert fraction(found, "reach") == ((0, 14), (1, 14))
    assert found.facts.part("grounding").value is None
    assert found.facts.part("redundancy").reason_en == "no item states money"


def test_a_plan_that_raises_none_by_those_of_its_area(told: Store) -> None:
    found = score(told, "plan", "plan:L2")
    assert fraction(found, "reach") == ((0, 2), (0, 2))
    assert fraction(found, "grounding") == ((1, 2), (1, 2))
    assert fraction(found, "redundancy") == ((3_000_000.0, 3_280_000.0), (3_280_000.0, 3_280_000.0))


def test_a_body_by_its_name(told: Store) -> None:
    by_name, by_uid = score(told, "body", "อบต.ข"), score(told, "body", "body:อบต.ข")
    assert by_name == by_uid
    assert fraction(by_name, "grounding") == ((1, 2), (1, 2))


def test_a_strategy_with_what_stands_below_it(told: Store) -> None:
    found = score(told, "strategy", "PV81-2566:2", 0.5)
    assert fraction(found, "reach") == ((0, 1), (1, 3))
    assert fraction(found, "served") == ((0, 1), (2, 3))
    assert fraction(found, "grounding") == ((1, 2), (3, 3))
    assert fraction(found, "coverage") == ((0, 1), (1, 1))
    assert score(told, "strategy", "PV81-2566:3").facts.overall is None


def test_weights_change_the_whole_and_nothing_else(told: Store) -> None:
    only_served = score(told, "area", "810401", 0.5, weights={"served": 1.0})
    assert only_served.with_suggestions.overall == round(100 * 2 / 12, 1)
    assert only_served.with_suggestions.parts == score(told, "area", "810401", 0.5).with_suggestions.parts
    assert set(load_weights().weights) == {part.name for part in only_served.facts.parts}


@pytest.mark.parametrize("floor", [0.2, 0.5, 0.9])
def test_facts_do_not_depend_on_the_floor(told: Store, floor: float) -> None:
    assert score(told, "area", "81", floor).facts == score(told, "area", "81", 1.01).with_suggestions


def test_values_lie_between_nothing_and_one(told: Store) -> None:
    for uid in ("", "81", "8104", "810402", "81040101"):
        found = score(told, "area", uid, 0.0)
        values: list[Part] = [*found.facts.parts, *found.with_suggestions.parts]
        assert all(part.value is None or 0.0 <= part.value <= 1.0 for part in values), uid


@pytest.mark.parametrize(
    ("scope", "uid", "error"),
    [("village", "81", UsageError), ("area", "810", UsageError), ("area", "99", NotFoundError),
     ("plan", "plan:none", NotFoundError), ("project", "N01", NotFoundError), ("strategy", "NS:99", NotFoundError)],
)  # fmt: skip
def test_what_is_not_there_is_refused(told: Store, scope: str, uid: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        score(told, scope, uid)


def _entry(uid: str, level: str, **more: object) -> StrategyRecord:
    list_id, number = uid.split(":")
    fields = {
        "list_id": list_id,
        "list_name": list_id,
        "version": "1",
        "number": number,
        "name": f"ข้อ {uid}",
        "level": level,
    }
    return StrategyRecord(uid=uid, **(fields | more))  # type: ignore[arg-type]


def test_a_list_is_due_only_in_its_place_for_its_owner_in_its_years(store: Store) -> None:
    story = Story()
    story.plan("L1", "PK03", "810401", "อบต.ก")
    story.plan("L2", "PK03", "810402", "อบต.ข")
    story.project("P1", "ถนน", "L1", amount=1.0)
    story.project("P2", "ถนน", "L2", area="810402", amount=1.0)
    story.project("P3", "ถนนปี 2571", "L1", amount=1.0, year=2571)
    story.strategies += [
        _entry("LAO1:1", "local", owner="body:อบต.ก", area="810401"),
        _entry("PV82:1", "province", area="82"),
        _entry("PV81-2566:1", "province", area="81", valid_from=2566, valid_to=2570),
    ]
    story.declare(ALIGNS, "P1", "LAO1:1")
    story.declare(ALIGNS, "P1", "NS:1")
    story.declare(ALIGNS, "P2", "NS:1")
    story.declare(ALIGNS, "P3", "NS:1")
    story.write(store)
    means = {uid: fractions(score(store, "project", uid).facts)["strategy"] for uid in ("P1", "P2", "P3")}
    assert means == {
        "P1": (0.4, 1),  # NS and LAO of NS, M13, SDG, PV, LAO
        "P2": (0.25, 1),  # NS of NS, M13, SDG, PV: the other body's list is not due
        "P3": (round(1 / 3, 6), 1),  # NS of NS, SDG, LAO: plan 13 and the provincial list end in 2570
    }

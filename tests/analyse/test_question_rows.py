"""Every other question on the hand-made graph, on both engines, against rows worked out on paper."""

from __future__ import annotations

from typing import Any

import pytest

from tracegraph.analyse.questions import ask, load_questions
from tracegraph.errors import NotFoundError
from tracegraph.graph import Store

F3 = "story.xlsx#ผ.02#25"
N14 = "story.xlsx#ผ.02#15"
PV = "PV81-2566"


def pick(store: Store, name: str, *columns: str, **params: Any) -> list[tuple[Any, ...]]:
    """The answer's rows, only these columns."""
    return [tuple(row[column] for column in columns) for row in ask(store, name, params).rows]


def test_every_question_answers_with_its_columns(told: Store) -> None:
    given = {"trace_need": {"need": "N01"}, "trace_project": {"project": "A5"}}
    for name, question in load_questions().items():
        answer = ask(
            told, name, given.get(name, {"floor": 0.2} if "floor" in {p.name for p in question.params} else {})
        )
        assert {tuple(row) for row in answer.rows} <= {question.columns}, name
        assert answer.rows or name == "suspect_links", name


def test_reach_funnel_by_tambon(told: Store) -> None:
    rows = pick(
        told, "reach_funnel", "area", "level", "reached_facts", "reached_with_suggestions", "needs_raised", area="8104"
    )
    assert rows == [
        ("810401", "answered", 7, 8, 12),
        ("810401", "tambon", 7, 8, 12),
        ("810401", "local", 7, 8, 12),
        ("810401", "district", 1, 1, 12),
        ("810401", "province_lists", 0, 1, 12),
        ("810401", "province", 0, 1, 12),
        ("810401", "province_action", 0, 0, 12),
        ("810401", "project_file", 0, 0, 12),
        ("810401", "budget_request", 0, 0, 12),
        ("810401", "funded", 0, 1, 12),
        ("810402", "answered", 1, 1, 2),
        ("810402", "tambon", 1, 1, 2),
        ("810402", "local", 1, 1, 2),
        ("810402", "district", 1, 1, 2),
        ("810402", "province_lists", 1, 1, 2),
        ("810402", "province", 0, 0, 2),
        ("810402", "province_action", 0, 0, 2),
        ("810402", "project_file", 0, 0, 2),
        ("810402", "budget_request", 0, 0, 2),
        ("810402", "funded", 0, 0, 2),
    ]


def test_reach_funnel_names_its_areas_and_those_it_does_not_know(told: Store) -> None:
    found = set(pick(told, "reach_funnel", "area", "area_name", "needs_raised"))
    assert found == {("", "ไม่ทราบพื้นที่ย่อย", 1), ("81", "กระบี่", 14)}
    assert {area for area, *_ in pick(told, "reach_funnel", "area", area="810401")} == {"81040101"}


def test_needs_unanswered_shows_the_nearest_suggestion(told: Store) -> None:
    rows = pick(told, "needs_unanswered", "need_id", "nearest_project_id", "nearest_probability", "file", "row")
    assert rows == [
        ("N07", F3, 0.3, "story.xlsx", 8),
        ("N08", None, None, "story.xlsx", 9),
        ("N12", None, None, "story.xlsx", 13),
        ("forum.csv##2", None, None, "forum.csv", 2),
        (N14, None, None, "story.xlsx", 15),
    ]
    assert pick(told, "needs_unanswered", "need_id", floor="facts", area="810401") == [
        ("N02",),
        ("N07",),
        ("N08",),
        ("N12",),
    ]


def test_needs_asked_again_counts_from_the_first_asking(told: Store) -> None:
    columns = ("need_id", "first_year", "years_asked", "times_asked", "asked_again_in", "answered_by")
    assert pick(told, "needs_asked_again", *columns) == [
        ("N06", 2567, [2567, 2568, 2569], 3, ["N12", "N13"], [F3]),
        ("N10", 2567, [2567, 2569], 2, ["N13"], [F3]),
    ]


def test_trace_need_step_by_step(told: Store) -> None:
    rows = pick(told, "trace_need", "step", "link", "status", "from_id", "to_id", "plan_kind", need="N01")
    assert rows == [
        (0, "RAISED_IN", None, "N01", "plan:V1", "PK01"),
        (1, "ANSWERED_BY", "declared", "N01", "A3", "PK03"),
        (2, "ALIGNS_WITH", "declared", "A3", "NS:2", None),
        (2, "ALIGNS_WITH", "declared", "A3", f"{PV}:2", None),
        (2, "ALIGNS_WITH", "suggested", "A3", f"{PV}:2.1", None),
        (2, "CARRIED_TO", "declared", "A3", "A5", "PK05"),
        (3, "CARRIED_TO", "declared", "A5", "A6", "PK06"),
        (4, "CARRIED_TO", "suggested", "A6", "A9", "PK09"),
    ]
    assert (4, "A9") not in pick(told, "trace_need", "step", "to_id", need="need:N01", floor="facts")
    assert [row[0] for row in pick(told, "trace_need", "link", need=N14)] == ["RAISED_IN"]


def test_trace_project_both_ways(told: Store) -> None:
    rows = pick(told, "trace_project", "step", "link", "from_id", "to_id", project="A5")
    assert rows == [
        (-2, "ANSWERED_BY", "N01", "A3"),
        (-1, "CARRIED_TO", "A3", "A5"),
        (1, "CARRIED_TO", "A5", "A6"),
        (2, "CARRIED_TO", "A6", "A9"),
    ]
    with pytest.raises(NotFoundError):
        ask(told, "trace_project", {"project": "N01"})


def test_projects_without_need(told: Store) -> None:
    assert pick(told, "projects_without_need", "project_id") == [("X3",)]
    columns = ("project_id", "stage", "nearest_need_id", "nearest_probability")
    assert pick(told, "projects_without_need", *columns, floor="facts") == [
        ("A9", "plan", None, None),
        ("B3", "plan", "N02", 0.7),
        ("B4", "action", None, None),
        ("B5", "contract", None, None),
        ("X3", "plan", None, None),
    ]
    assert pick(told, "projects_without_need", "project_id", floor="facts", stage="contract") == [("B5",)]
    assert pick(told, "projects_without_need", "project_id", year=2567) == []


def test_projects_without_strategy_by_list(told: Store) -> None:
    any_list = [row[0] for row in pick(told, "projects_without_strategy", "project_id")]
    assert sorted(any_list) == sorted(["A5", "A6", "A9", "D3", F3, "G3", "G4", "K3", "K7", "K8", "X3"])
    provincial = pick(told, "projects_without_strategy", "project_id", "nearest_strategy_id", list="PV", area="810401")
    assert sorted(provincial) == sorted([("D3", None), (F3, f"{PV}:1"), ("G3", None), ("G4", None), ("R3", None)])
    budget = [row[0] for row in pick(told, "projects_without_strategy", "project_id", list="BP", area="810401")]
    assert "G3" not in budget
    assert "A3" in budget


def test_strategies_without_project(told: Store) -> None:
    columns = ("strategy_id", "children", "children_served", "suggestions_below_floor")
    assert pick(told, "strategies_without_project", *columns, list="PV") == [(f"{PV}:3", 0, 0, 0)]
    assert pick(told, "strategies_without_project", *columns, list="PV", floor="facts") == [
        (f"{PV}:1", 0, 0, 2),
        (f"{PV}:2.1", 0, 0, 1),
        (f"{PV}:3", 0, 0, 0),
    ]
    elsewhere = pick(told, "strategies_without_project", *columns, list="PV", area="810402")
    assert (f"{PV}:2", 1, 0, 0) in elsewhere
    assert pick(told, "strategies_without_project", "strategy_id", list="PV", area="82") == []
    assert pick(told, "strategies_without_project", "strategy_id", list="PV", year=2571) == []


def test_strategy_coverage_keeps_who_says_so_apart(told: Store) -> None:
    columns = (
        "strategy_id", "projects_declared", "projects_confirmed", "projects_suggested", "projects_in_scope",
        "money_facts", "money_with_suggestions", "money_in_scope",
    )  # fmt: skip
    assert pick(told, "strategy_coverage", *columns, list="PV", area="81") == [
        (f"{PV}:1", 0, 0, 1, 15, 0.0, 500_000.0, 24_780_000.0),
        (f"{PV}:2", 2, 0, 1, 15, 1_500_000.0, 10_500_000.0, 24_780_000.0),
        (f"{PV}:2.1", 0, 0, 1, 15, 0.0, 1_000_000.0, 24_780_000.0),
        (f"{PV}:3", 0, 0, 0, 15, 0.0, 0.0, 24_780_000.0),
    ]
    assert ("NS:4", 0, 1, 0) in pick(told, "strategy_coverage", *columns[:4], list="NS")


def test_declared_and_suggested_disagree_only_where_neither_holds_the_other(told: Store) -> None:
    columns = ("project_id", "list_id", "verdict", "declared", "suggested", "best_probability")
    assert pick(told, "declared_vs_inferred", *columns) == [("B3", PV, "differ", [f"{PV}:2"], [f"{PV}:1"], 0.8)]
    verdicts = {(p, lst): v for p, lst, v, *_ in pick(told, "declared_vs_inferred", *columns, verdict="")}
    assert verdicts == {
        ("B3", PV): "differ",
        ("A3", PV): "only_declared",
        ("A3", "NS"): "only_declared",
        ("E3", PV): "only_suggested",
        ("R3", "NS"): "confirmed",
        ("G3", "BP"): "only_declared",
    }


def test_alignment_by_plan(told: Store) -> None:
    columns = (
        "uid", "items", "left_out", "grounded_facts", "grounded_with_suggestions", "projects", "money_grounded_facts",
        "money_grounded_with_suggestions", "money_projects", "aligned_declared", "aligned_confirmed",
        "aligned_suggested", "aligned_of",
    )  # fmt: skip
    assert pick(told, "alignment_by_plan", *columns, plan_kind="PK03") == [
        ("plan:L1a", 1, 0, 0, 1, 1, 0.0, 480_000.0, 480_000.0, 0, 0, 0, 1),
        ("plan:L1c", 1, 0, 0, 1, 1, 0.0, 470_000.5, 470_000.5, 0, 0, 0, 1),
        ("plan:L1", 10, 3, 6, 7, 7, 10_500_000.0, 11_000_000.0, 11_000_000.0, 2, 1, 1, 8),
        ("plan:L2", 2, 0, 1, 1, 2, 3_000_000.0, 3_000_000.0, 3_280_000.0, 0, 0, 0, 2),
    ]


def test_alignment_by_area(told: Store) -> None:
    columns = (
        "area", "arrived_facts", "arrived_with_suggestions", "served_facts", "served_with_suggestions", "needs_raised",
        "grounded_facts", "grounded_with_suggestions", "projects", "left_out",
    )  # fmt: skip
    assert pick(told, "alignment_by_area", *columns, area="8104") == [
        ("", 0, 0, 0, 0, 0, 2, 2, 2, 0),
        ("810401", 0, 1, 0, 2, 12, 6, 7, 7, 3),
        ("810402", 0, 0, 0, 0, 2, 1, 1, 2, 0),
    ]


def test_duplicates_are_of_two_bodies_and_not_explained_by_carrying(told: Store) -> None:
    columns = ("left_id", "right_id", "class", "status", "probability", "money_at_stake", "left_row", "right_row")
    assert pick(told, "duplicates_across_bodies", *columns) == [
        ("E3", "K3", "duplicate", "confirmed", 1.0, 3_000_000.0, 24, 28),
        (F3, "X3", "likely_duplicate", "suggested", 0.75, 280_000.0, 25, 34),
    ]
    assert pick(told, "duplicates_across_bodies", "left_id", floor="facts") == [("E3",)]
    lower = pick(told, "duplicates_across_bodies", "left_id", "right_id", floor=0.4)
    assert lower == [("E3", "K3"), (F3, "X3"), ("B3", "X3")]
    assert pick(told, "duplicates_across_bodies", "left_id", area="82") == []


def test_money_at_stake_counts_each_item_once(told: Store) -> None:
    columns = (
        "class", "pairs_declared", "pairs_confirmed", "pairs_suggested", "items", "money_facts",
        "money_with_suggestions", "money_planned",
    )  # fmt: skip
    assert pick(told, "money_at_stake", *columns) == [
        ("duplicate", 0, 1, 0, 1, 3_000_000.0, 3_000_000.0, 17_180_000.0),
        ("likely_duplicate", 0, 0, 1, 1, 0.0, 280_000.0, 17_180_000.0),
        ("same_book", 1, 0, 0, 1, 50_000.0, 50_000.0, 17_180_000.0),
        ("all", 1, 1, 1, 3, 3_050_000.0, 3_330_000.0, 17_180_000.0),
    ]
    lower = pick(told, "money_at_stake", *columns, floor=0.3)
    assert [row[:5] for row in lower if row[0] in ("two_channels", "all")] == [
        ("two_channels", 0, 0, 1, 1),
        ("all", 1, 1, 2, 3),
    ]
    assert pick(told, "money_at_stake", *columns, area="82") == [("all", 0, 0, 0, 0, 0.0, 0.0, 0.0)]


def test_beyond_capacity_waits_until_somebody_above_takes_it(told: Store) -> None:
    columns = ("project_id", "stands_at", "flow", "reason", "needs_waiting")
    assert pick(told, "beyond_capacity_waiting", *columns) == [("E3", "PK03", "B14", "เกินงบประมาณ อบต.", 1)]
    assert pick(told, "beyond_capacity_waiting", *columns, floor="facts") == [
        ("E3", "PK03", "B14", "เกินงบประมาณ อบต.", 1),
        ("A6", "PK06", "B20", None, 1),
    ]


def test_carried_changes_of_name_and_money(told: Store) -> None:
    columns = ("from_id", "to_id", "difference", "change_percent", "money_changed", "name_changed")
    assert pick(told, "carried_changes", *columns) == [
        ("K7", "K8", 500_000.0, 16.7, True, False),
        ("A6", "A9", 300_000.0, 25.0, True, True),
        ("A3", "A5", 200_000.0, 20.0, True, False),
        ("B3", "B4", -20_000.0, -4.0, True, True),
        ("B4", "B5", -9_999.5, -2.1, True, True),
        ("K3", "K7", 0.0, 0.0, False, True),
    ]
    by_money = pick(told, "carried_changes", "from_id", change="money", min_percent=10)
    assert by_money == [("K7",), ("A6",), ("A3",)]
    assert pick(told, "carried_changes", "from_id", change="name") == [("A6",), ("B3",), ("B4",), ("K3",)]


def test_late_plans_as_of_a_day(told: Store) -> None:
    columns = ("uid", "state", "days_late", "submitted_on", "file")
    assert pick(told, "late_plans", *columns, as_of="2026-11-23") == [
        ("plan:P9", "missing", 54, None, "story.xlsx"),
        ("plan:L1", "missing", 23, None, "story.xlsx"),
        ("plan:L2", "late", 4, "2026-11-04", "story.xlsx"),
    ]
    assert pick(told, "late_plans", *columns[:3], as_of="2569-11-01", area="8104") == [
        ("plan:L1", "missing", 1),
        ("plan:L2", "missing", 1),
    ]


def test_area_profile(told: Store) -> None:
    rows = pick(
        told, "area_profile", "figure", "facts", "with_suggestions", "out_of", area="810401", as_of="2026-11-23"
    )
    assert rows == [
        ("needs_answered", 7, 8, 12),
        ("needs_in_local_plan", 7, 8, 12),
        ("needs_in_district_plan", 1, 1, 12),
        ("needs_arrived", 0, 1, 12),
        ("needs_funded", 0, 1, 12),
        ("needs_served", 0, 2, 12),
        ("needs_unanswered", 4, 3, 12),
        ("needs_declined", 2, 2, 12),
        ("projects_grounded", 6, 7, 7),
        ("items_left_out", 3, 3, 10),
        ("items_aligned", 3, 4, 8),
        ("money_in_plans", 13_900_000.0, 13_900_000.0, 13_900_000.0),
        ("beyond_capacity_waiting", 1, 1, 2),
        ("pairs_maybe_twice", 1, 1, 1),
        ("money_maybe_twice", 50_000.0, 50_000.0, 13_900_000.0),
        ("plans_late", 1, 1, 1),
    ]
    assert {row["question"] for row in ask(told, "area_profile", {}).rows} <= set(load_questions())

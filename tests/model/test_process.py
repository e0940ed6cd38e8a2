"""The letter as data: nothing missing, both readings kept, and it agrees with the tables it was read from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tracegraph.errors import NotFoundError
from tracegraph.model.graph import CLASS_BY_CODE, LINK_ENDS, MEANING_LINKS, WORK_CLASSES
from tracegraph.model.process import (
    ARRIVAL_KINDS,
    BEYOND_CAPACITY_KINDS,
    REQUIRED_LISTS,
    find_plan_kind,
    flows,
    plan_kinds,
    require_plan_kind,
)
from tracegraph.model.strategies import NATIONAL_LISTS, national_strategies


def _table(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "domain" / name).open(encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def test_every_kind_and_flow_has_its_id() -> None:
    expected = ["EV1", "DS1", *(f"PK{n:02}" for n in range(1, 13)), *(f"TF{n}" for n in range(1, 8))]
    assert [kind.id for kind in plan_kinds()] == expected
    expected = [f"{letter}{n:02}" for letter, last in (("B", 26), ("T", 12), ("A", 4)) for n in range(1, last + 1)]
    assert [flow.id for flow in flows()] == expected


def test_ranks_rise_along_every_bottom_up_flow_between_plans() -> None:
    for flow in flows():
        source, target = find_plan_kind(flow.source), find_plan_kind(flow.target)
        if flow.direction == "bottom-up" and source and target:
            assert source.rank is not None
            assert target.rank is not None
            assert source.rank <= target.rank, flow.id


def test_both_readings_are_kept_where_the_letter_is_ambiguous() -> None:
    (b04,) = (flow for flow in flows() if flow.id == "B04")
    assert len(b04.readings) == 2
    assert b04.confidence == "low"
    assert len(require_plan_kind("PK05").owner_readings) == 2
    assert [flow.id for flow in flows() if flow.readings] == ["B04"]


def test_months_are_those_of_the_letter() -> None:
    assert require_plan_kind("PK01").months == (1, 2)
    assert require_plan_kind("PK05").months == (6,)
    assert require_plan_kind("PK09").months == (7, 8, 9)
    assert require_plan_kind("PK11").months == (10,)
    assert all(1 <= month <= 12 for kind in plan_kinds() for month in kind.months)


def test_names_of_2569_are_aliases() -> None:
    assert "แผนพัฒนาตำบล" in require_plan_kind("PK02").names_2569
    assert any("ห้าปี" in name for name in require_plan_kind("PK03").names_2569)


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(NotFoundError, match="PK99") as caught:
        require_plan_kind("PK99")
    assert "PK01" in caught.value.hint_en


def test_declarations_name_kinds_and_lists_that_exist() -> None:
    known = {kind.id for kind in plan_kinds()}
    assert {*ARRIVAL_KINDS, *BEYOND_CAPACITY_KINDS, *REQUIRED_LISTS} <= known
    imported = {"PV", "CL", "LAO"}
    shipped = {lst.id for lst in NATIONAL_LISTS}
    assert {name for lists in REQUIRED_LISTS.values() for name in lists} <= shipped | imported


def test_national_lists_are_complete_and_versioned() -> None:
    counts = {lst.id: sum(s.list_id == lst.id for s in national_strategies()) for lst in NATIONAL_LISTS}
    assert counts == {"NS": 6, "MP": 23, "M13": 13, "SDG": 17, "BP": 12}
    assert len({s.uid for s in national_strategies()}) == 71
    milestones = [s for s in national_strategies() if s.list_id == "M13"]
    assert {(s.valid_from, s.valid_to) for s in milestones} == {(2566, 2570)}
    assert any("เป็นมิตรกับสิ่งแวดล้อม" in alias for s in national_strategies() for alias in s.aliases)


def test_fourteen_classes_and_which_of_them_count_twice() -> None:
    assert [c.number for c in WORK_CLASSES] == list(range(1, 15))
    assert {c.code for c in WORK_CLASSES if c.counts_twice} == {
        "duplicate",
        "likely_duplicate",
        "two_channels",
        "same_book",
    }
    assert len(CLASS_BY_CODE) == 14
    assert set(LINK_ENDS) == set(MEANING_LINKS)


@pytest.mark.shared
def test_kinds_agree_with_the_domain_table(shared: Path) -> None:
    rows = {row["id"]: row for row in _table(shared, "plan_kinds.csv")}
    assert set(rows) == {kind.id for kind in plan_kinds()}
    for kind in plan_kinds():
        assert kind.thai == rows[kind.id]["thai"]


@pytest.mark.shared
def test_flows_agree_with_the_domain_table(shared: Path) -> None:
    rows = {row["id"]: row for row in _table(shared, "edges.csv")}
    for flow in flows():
        row = rows[flow.id]
        assert (flow.direction, flow.source, flow.target) == (row["direction"], row["from"], row["to"])
        assert flow.carried == row["carried"]
        assert flow.actor == row["actor"]

"""Real lists beside the checkout: one tambon from proposals to budget, a city's amendments, a workbook of ผ.02."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.ingest.conftest import codes
from tracegraph.ingest.importer import read_files
from tracegraph.model.graph import ItemKind, LinkKind, Stage
from tracegraph.model.records import RecordBatch, RowFate
from tracegraph.thai.normalize import normalize

pytestmark = pytest.mark.shared

FILES = (
    "1_village_proposals_oct2567.csv",
    "2_approved_accumulated_fund_2568.csv",
    "3_local_plan_supplement3_2567.csv",
    "4_action_plan_2568.csv",
)


@pytest.fixture(scope="module")
def maesai(shared: Path) -> list[RecordBatch]:
    return read_files([shared / "data" / "maesai" / name for name in FILES])


@pytest.fixture(scope="module")
def city(shared: Path) -> list[RecordBatch]:
    folder = shared / "data" / "klongluang"
    return read_files([folder / "plan_projects.csv", folder / "contracts.csv"])


@pytest.fixture(scope="module")
def workbook(shared: Path) -> RecordBatch:
    return read_files([shared / "data" / "nakhonsawan_p02" / "p02.xlsx"])[0]


def test_all_152_records_go_in_without_any_option(maesai: list[RecordBatch]) -> None:
    assert [(len(b.needs), len(b.projects), len(b.rows)) for b in maesai] == [
        (55, 0, 55), (0, 16, 16), (0, 23, 23), (0, 58, 58),
    ]  # fmt: skip
    assert {row.fate for batch in maesai for row in batch.rows} == {RowFate.LOADED}


def test_each_list_is_the_plan_and_stage_that_it_is(maesai: list[RecordBatch]) -> None:
    plans = [plan for batch in maesai for plan in batch.plans]
    assert [(p.kind, p.stage, p.year_from, p.year_to) for p in plans] == [
        ("PK01", Stage.PLAN, 2567, 2567),
        ("PK03", Stage.BUDGET, 2568, 2568),
        ("PK03", Stage.PLAN, 2566, 2570),
        ("PK03", Stage.ACTION, 2568, 2568),
    ]
    assert plans[2].edition == "เพิ่มเติม ครั้งที่ 3/2567"


def test_owner_and_place_are_told_for_all_four(maesai: list[RecordBatch]) -> None:
    for batch in maesai:
        (plan,) = batch.plans
        (body,) = batch.bodies
        assert (body.name, body.area, plan.area, plan.owner) == ("อบต.แม่ใส", "560114", "560114", body.uid)
        named = {area.uid: area.name for area in batch.areas}
        assert (named["560114"], named["5601"], named["56"]) == ("แม่ใส", "เมืองพะเยา", "พะเยา")
    for need in maesai[0].needs:
        assert need.area == f"560114{need.village_no:02d}"
        assert need.source_id is not None and need.source_id[4:6] == f"{need.village_no:02d}"


def test_the_slip_of_row_10_is_reported_and_no_other(maesai: list[RecordBatch]) -> None:
    slips = [p for batch in maesai for p in batch.problems if p.code == "repeated-money"]
    assert [(p.file, p.row, p.found) for p in slips] == [(FILES[1], 11, "478,324.82")]
    assert "MS-A07" in slips[0].th
    assert all(p.severity == "warning" for batch in maesai for p in batch.problems)


def test_items_of_the_tambon(maesai: list[RecordBatch]) -> None:
    plan = {p.source_id: p for p in maesai[2].projects}
    action = {p.source_id: p for p in maesai[3].projects}
    assert sum(p.beyond_capacity for p in plan.values()) == 15
    assert {p.payer for p in plan.values() if p.beyond_capacity} == {"อบจ.พะเยา"}
    assert (plan["MS-P14"].years, plan["MS-P14"].amounts) == ((2567,), (1879000.0,))
    assert action["MS-X20"].payer == "อบจ.พะเยา" and action["MS-X20"].area == "56011404"
    assert action["MS-X21"].area == "560114"
    assert action["MS-X18"].village_nos == (4, 12) and action["MS-X18"].fund_source == "โอนงบครั้งที่ 13/2567"
    assert action["MS-X47"].item_kind is ItemKind.RECURRING
    assert action["MS-X58"].item_kind is ItemKind.ADMINISTRATIVE
    assert len(maesai[3].strategies) == 5
    assert sum(link.kind is LinkKind.ALIGNS_WITH for link in maesai[2].links) == 23  # one แผนงาน each


def test_the_proven_links_are_readable(shared: Path, maesai: list[RecordBatch]) -> None:
    (batch,) = read_files([shared / "data" / "maesai" / "gold_links_by_identical_budget.csv"])
    known = {p.source_id for b in maesai for p in b.projects}
    assert len(batch.pending) == 16
    assert all(link.from_id in known and link.to_id in known for link in batch.pending)
    assert {link.kind for link in batch.pending} == {LinkKind.CARRIED_TO}


def test_every_row_of_the_city_goes_in(city: list[RecordBatch]) -> None:
    plan, contracts = city
    assert (len(plan.projects), len(contracts.projects)) == (1333, 911)
    assert Counter(p.stage for p in contracts.plans) == {Stage.CONTRACT: 3}
    assert len(plan.plans) == 6 and {p.kind for p in plan.plans} == {"PK03"}
    assert {body.name for batch in city for body in batch.bodies} == {"เทศบาลเมืองคลองหลวง"}
    assert {body.area for batch in city for body in batch.bodies} == {"1302"}
    ids = Counter(p.source_id for p in plan.projects)
    assert set(ids.values()) == {1} and None not in ids


def test_the_city_knows_its_amendments_capacity_and_strategies(city: list[RecordBatch], shared: Path) -> None:
    plan = city[0]
    assert Counter(p.amendment for p in plan.projects)["เดิม"] == 38
    assert sum(p.beyond_capacity for p in plan.projects) == 2
    assert [s.uid.rpartition(":")[2] for s in plan.strategies] == ["1", "2", "3", "4", "5", "6"]
    with (shared / "data" / "klongluang" / "plan_projects.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["master_project_id"]: row for row in csv.DictReader(file)}
    for project in plan.projects:
        row = rows[project.source_id or ""]
        stated = {y: float(row[f"budget_{y}"]) for y in range(2566, 2571) if row[f"budget_{y}"]}
        paid = {year: money for year, money in stated.items() if money}
        assert dict(zip(project.years, project.amounts, strict=True)) == (paid or stated)
        if "หมู่ที่ 1 ต.คลองหนึ่ง" in project.name:
            assert project.area == "13020101"


def test_the_workbook_reads_as_its_key_says(workbook: RecordBatch, shared: Path) -> None:
    with (shared / "data" / "nakhonsawan_p02" / "key.csv").open(encoding="utf-8-sig", newline="") as file:
        key = list(csv.DictReader(file))
    budgets = {plan.uid for plan in workbook.plans if plan.stage is Stage.BUDGET}
    found = {(p.origin.sheet, str(p.origin.row)): p for p in workbook.projects if p.plan not in budgets}
    assert len(key) == len(found) == 225 and len(workbook.projects) == 225 + 56  # cells of the columns เทศบัญญัติ

    def words(text: str | None) -> list[str]:
        return normalize(text or "").split()

    for row in key:
        project = found[row["sheet"], row["row"]]
        for name in ("name", "objective", "target", "kpi", "expected", "department"):
            assert words(getattr(project, name)) == words(row[name])
        money = {int(k[1:]): float(v) for k, v in row.items() if k.startswith("y2") and v not in ("", "-") and float(v)}
        assert {y: a for y, a in zip(project.years, project.amounts, strict=True) if a} == money
        assert (project.programme or "") == row["programme"]


def test_dividers_and_totals_of_the_workbook_are_no_projects(workbook: RecordBatch) -> None:
    assert codes(workbook.problems).count("table-lines") == 8
    assert {plan.kind for plan in workbook.plans} == {"PK03"} and len(workbook.plans) > 10
    assert workbook.bodies[0].name == "เทศบาลนครนครสวรรค์"

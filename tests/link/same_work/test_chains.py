"""Chains of plans: what is handed on is not double, shortcuts and copies are left out."""

from __future__ import annotations

import pytest

from tests.link.same_work.cases import AGENCY, DISTRICT_LIST, LOCAL, PROVINCIAL, project
from tracegraph.link.same_work import propose, score_pairs
from tracegraph.link.same_work.levels import asks, continues, find_flow, is_handed_on
from tracegraph.model.graph import LinkKind
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord

ROAD = "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านควนไผ่ – บ้านทุ่งหยี หมู่ที่ 1"
TAMBON_PLAN = {"owner": "body:tambon", "owner_name": "ศอช.ต.ตัวอย่าง", "plan_kind": "PK02", "plan_rank": 2}
DISTRICT_BOARD = {
    "owner": "body:board6",
    "owner_name": "คณะกรรมการประสานแผนฯ อำเภอ",
    "plan_kind": "PK06",
    "plan_rank": 4,
}
PROVINCE_BOARD = {
    "owner": "body:board7",
    "owner_name": "คณะกรรมการประสานแผนฯ จังหวัด",
    "plan_kind": "PK07",
    "plan_rank": 5,
}
PROVINCE = {"owner": "body:province", "owner_name": "จังหวัดตัวอย่าง", "plan_kind": "PK09", "plan_rank": 6}
ACTION = {"stage": "action", "plan": "plan:action", "document": "doc:action"}


def step(uid: str, **fields: object) -> Item:
    return project(ROAD, uid=uid, amount=2_000_000, **{"plan": f"plan:{uid}", "document": f"doc:{uid}", **fields})


def ends(links: list[LinkRecord], kind: LinkKind) -> set[tuple[str, str]]:
    return {(link.from_uid, link.to_uid) for link in links if link.kind is kind}


def test_a_work_that_climbs_through_the_lists_is_one_chain_without_shortcuts() -> None:
    climb = [
        step("t", **TAMBON_PLAN),
        step("l", form="ผ.02/2", beyond_capacity=True),
        step("r", **DISTRICT_LIST),
        step("g", **DISTRICT_BOARD),
        step("v", **PROVINCE_BOARD),
        step("a", **PROVINCIAL),
    ]
    links = propose(climb)
    assert {link.kind for link in links} == {LinkKind.CARRIED_TO}
    assert ends(links, LinkKind.CARRIED_TO) == {("t", "l"), ("l", "r"), ("r", "g"), ("g", "v"), ("v", "a")}
    flows = {(link.from_uid, link.to_uid): link.flow for link in links}
    assert flows == {("t", "l"): "B09", ("l", "r"): "B14", ("r", "g"): "B19", ("g", "v"): "B20", ("v", "a"): "B21"}


def test_two_bodies_that_plan_one_road_are_told_once_however_far_each_has_come() -> None:
    rows = [
        step("l", form="ผ.02"),
        step("x", **ACTION),
        step("c", stage="contract", plan="plan:c"),
        step("a", **PROVINCIAL),
        step("ax", **{**PROVINCIAL, **ACTION, "plan": "plan:pao-action"}),
    ]
    twice = [link for link in propose(rows) if link.work_class in ("duplicate", "likely_duplicate")]
    assert [(link.kind, {link.from_uid, link.to_uid}) for link in twice] == [(LinkKind.SAME_WORK, {"l", "a"})]


def test_two_lines_of_money_for_one_planned_work_are_asked_about() -> None:
    rows = [
        step("l"),
        step("b68", stage="budget", plan="plan:transfer", year=2568),
        step("b69", stage="budget", plan="plan:ordinance", year=2569),
    ]
    links = propose(rows)
    assert {("l", "b68"), ("l", "b69")} <= ends(links, LinkKind.CARRIED_TO)
    assert [link.work_class for link in links if link.kind is LinkKind.SAME_WORK] == ["likely_duplicate"]


@pytest.mark.parametrize(
    ("early", "late", "expected"),
    [
        (TAMBON_PLAN, LOCAL, True),
        ({**LOCAL, "beyond_capacity": True}, DISTRICT_LIST, True),
        ({**LOCAL, "form": "ผ.02/2"}, PROVINCIAL, True),
        (LOCAL, DISTRICT_LIST, True),
        ({**LOCAL, "form": "ผ.02"}, {**DISTRICT_LIST, "payer": "โครงการชลประทานตัวอย่าง"}, False),
        ({**LOCAL, "form": "ผ.02"}, PROVINCIAL, False),
        ({**LOCAL, "stage": "contract"}, DISTRICT_LIST, False),
        (DISTRICT_LIST, PROVINCE, True),
        (PROVINCIAL, PROVINCE, False),
        (LOCAL, AGENCY, False),
    ],
)
def test_what_is_handed_on_and_what_is_planned_twice(early: dict, late: dict, expected: bool) -> None:
    assert is_handed_on(step("a", **early), step("b", **late)) is expected


def test_up_and_later_is_onwards_and_nothing_else() -> None:
    plan, action, contract = step("p"), step("x", **ACTION), step("c", stage="contract")
    listed, above = step("r", **DISTRICT_LIST), step("g", **DISTRICT_BOARD)
    assert continues(plan, action)
    assert continues(plan, listed)
    assert continues(listed, above)  # one rank, but the letter has a flow
    assert not continues(action, listed)
    assert not continues(contract, action)
    assert not continues(plan, plan)
    assert find_flow(plan, listed) == "B14"
    assert find_flow(plan, action) is None
    assert asks(step("q", form="ผ.02/2"))
    assert not asks(plan)


def test_steps_of_one_purchase_are_one_and_supplies_bought_again_are_not() -> None:
    def notice(text: str, status: str, uid: str, amount: float) -> Item:
        return project(text, uid=uid, stage="contract", plan="plan:c", status_text=status, amount=amount, row=int(uid))

    announced = notice("แผนจัดซื้อจัดจ้าง ก่อสร้างรางระบายน้ำ คสล. ซอย 1 หมู่ที่ 1", "ประกาศแผนการจัดซื้อจัดจ้าง", "1", 860_000)
    won = notice("ประกวดราคาจ้างก่อสร้างรางระบายน้ำ คสล. ซอย 1 หมู่ที่ 1", "ประกาศผู้ชนะ", "2", 823_000)
    paper = notice("ซื้อวัสดุสำนักงาน จำนวน 5 รายการ (กองคลัง)", "จัดทำสัญญา", "3", 21_500)
    again = notice("ซื้อวัสดุสำนักงาน จำนวน 5 รายการ (กองคลัง)", "ประกาศผู้ชนะ", "4", 23_900)
    one, two = score_pairs([announced, paper], [won, again])
    assert (one.probability > 0.5, one.work_class) == (True, "procurement_step")
    assert (two.probability < 0.5, two.work_class) == (True, "recurring")


def test_a_row_that_says_it_is_carried_forward_is_linked_to_the_year_it_names() -> None:
    first = project("ปรับปรุงลานกีฬาอเนกประสงค์ หมู่ที่ 4", uid="a", amount=500_000, year=2567)
    later = {"amount": 550_000, "year": 2570, "plan": "plan:add", "edition_no": 2, "document": "doc:add"}
    again = project("ปรับปรุงลานกีฬาอเนกประสงค์ หมู่ที่ 4 (ยกมาจากปี 2567)", uid="b", **later)
    link = propose([again, first])[0]
    assert (link.kind, link.from_uid, link.to_uid, link.work_class) == (
        LinkKind.CARRIED_TO,
        "a",
        "b",
        "carried_forward",
    )
    assert any(part.feature == "reference" and "2567" in part.th for part in link.evidence)


def test_one_soi_of_two_is_a_part_of_the_merged_project() -> None:
    plan = {**TAMBON_PLAN, "plan": "plan:t", "payer": "อบต.คลองตัวอย่าง"}
    part = project("ก่อสร้างรางระบายน้ำ ซอย 1 หมู่ที่ 1 บ้านปลายพรุ", uid="t", amount=400_000, **plan)
    merged = project("ก่อสร้างรางระบายน้ำ คสล. แบบมีฝาปิด ซอย 1 และซอย 3 หมู่ที่ 1 บ้านปลายพรุ", uid="l", amount=860_000)
    link = propose([part, merged])[0]
    assert (link.kind, link.from_uid, link.to_uid, link.work_class) == (LinkKind.CARRIED_TO, "t", "l", "merged_split")


def test_a_canal_that_only_the_wording_names_is_still_the_same_canal() -> None:
    left = project("สร้างฝายเก็บน้ำห้วยควนมะพลับ หมู่ที่ 5", uid="t", amount=400_000)
    right = project("ก่อสร้างฝายชะลอน้ำ ห้วยควนมะพลับ หมู่ที่ 5", uid="l", amount=390_000, plan="plan:b", edition_no=2)
    assert score_pairs([left], [right])[0].probability > 0.5


def test_a_yearly_activity_belongs_to_the_plan_row_with_money_in_its_year() -> None:
    row = project("จัดงานประเพณีลอยเรือ ตำบลตัวอย่าง", uid="p", item_kind="recurring")
    planned = project(row.text, uid="p", years=(2567, 2568, 2569), amounts=(1e5, 1e5, 1e5), item_kind="recurring")
    held = project("จัดงานประเพณีลอยเรือ ปี 2568", uid="x", amount=100_000, year=2568, **ACTION)
    found = score_pairs([planned], [held])[0]
    assert any(part.feature == "period" and part.weight > 0 for part in found.contributions)
    assert found.probability > 0.5

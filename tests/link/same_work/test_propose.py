"""Links that are proposed: kind, direction, flow, competition, order, and what is never proposed."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.link.same_work.cases import DISTRICT_LIST, NOT_SAME, PROVINCIAL, SAME, Case, project
from tests.link.same_work.invented import invent
from tracegraph.link.clusters import build_clusters
from tracegraph.link.same_work import propose
from tracegraph.link.scores import to_probability
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord

INVENTED = invent(120, seed=21)


def only(links: list[LinkRecord]) -> LinkRecord:
    assert len(links) == 1, links
    return links[0]


@pytest.mark.parametrize("case", SAME, ids=lambda case: case.name)
def test_one_work_is_proposed_with_its_class(case: Case) -> None:
    link = only(propose([case.left, case.right]))
    assert link.work_class == case.work_class
    assert link.status is Status.SUGGESTED
    assert link.method == "same-work-4"


@pytest.mark.parametrize("case", NOT_SAME, ids=lambda case: case.name)
def test_look_alikes_are_not_called_the_same_and_elsewhere_is_never_a_pair(case: Case) -> None:
    assert {link.work_class for link in propose([case.left, case.right])} <= {"next_phase", "next_step", "recurring"}


def test_another_phase_is_proposed_older_to_newer_and_says_so() -> None:
    case = next(case for case in NOT_SAME if case.name == "the second phase")
    link = only(propose([case.right, case.left]))
    assert (link.kind, link.work_class) == (LinkKind.SAME_WORK, "next_phase")
    assert (link.from_uid, link.to_uid) == (case.left.uid, case.right.uid)
    phase = next(part for part in link.evidence if part.feature == "phase")
    assert phase.weight == 0
    assert "คนละช่วง" in phase.th


def test_carried_runs_from_the_lower_plan_to_the_higher_with_the_flow_of_the_letter() -> None:
    case = next(case for case in SAME if case.name == "carried to the district list")
    link = only(propose([case.right, case.left]))
    assert (link.kind, link.work_class, link.flow) == (LinkKind.CARRIED_TO, "carried", "B14")
    assert (link.from_uid, link.to_uid) == (case.left.uid, case.right.uid)
    assert (link.from_hash, link.to_hash) == (case.left.text_hash, case.right.text_hash)


def test_a_stage_of_one_plan_has_no_flow() -> None:
    case = next(case for case in SAME if case.name == "from the plan to the operation plan")
    link = only(propose([case.left, case.right]))
    assert (link.kind, link.flow) == (LinkKind.CARRIED_TO, None)


def test_money_spent_below_is_not_carried_to_a_wish_above() -> None:
    spent = project("ก่อสร้างเขื่อนป้องกันตลิ่ง คลองหน้าเขา หมู่ที่ 7", stage="contract", plan="plan:c")
    wish = project("ก่อสร้างเขื่อนป้องกันตลิ่ง คลองหน้าเขา หมู่ที่ 7", plan="plan:pk05", **DISTRICT_LIST)
    assert only(propose([spent, wish])).kind is LinkKind.SAME_WORK


def test_a_true_duplicate_is_never_told_as_carried() -> None:
    link = only(propose([SAME[0].left, SAME[0].right]))
    assert (link.kind, link.work_class) == (LinkKind.SAME_WORK, "duplicate")


def test_one_item_goes_to_its_best_partner_in_a_plan_and_a_weaker_rival_stands_back() -> None:
    def drain(words: str, **fields: object) -> Item:
        return project(f"ปรับปรุงรางระบายน้ำ คสล. {words}", **fields)

    action = {"stage": "action", "plan": "plan:action", "document": "doc:action"}
    first = drain("ซอย 2 บ้านควนใน หมู่ที่ 6", uid="a1", amount=419_669.33, stage="budget", plan="plan:fund")
    second = drain("ซอย 2 บ้านควนใน หมู่ที่ 6 (ช่วงที่ 2)", uid="a2", amount=478_324.82, stage="budget", plan="plan:fund")
    listed = drain("มีฝาปิด ซอย 2 บ้านควนใน หมู่ที่ 6", uid="x1", amount=419_669.33, **action)
    carried = [link for link in propose([first, second, listed]) if link.kind is LinkKind.CARRIED_TO]
    assert [(link.from_uid, link.to_uid) for link in carried] == [("a1", "x1")]


def test_of_many_phases_only_neighbors_are_joined() -> None:
    phases = [project(f"ก่อสร้างรางระบายน้ำ คสล. ซอย 4 ช่วงที่ {n} หมู่ที่ 6", uid=f"p{n}", row=n) for n in range(1, 6)]
    pairs = [(link.from_uid, link.to_uid) for link in propose(phases)]
    assert sorted(pairs) == [("p1", "p2"), ("p2", "p3"), ("p3", "p4"), ("p4", "p5")]


def test_a_crowd_of_equal_rows_does_not_make_all_its_pairs() -> None:
    crowd = [project("จัดซื้อเครื่องพิมพ์เลเซอร์", uid=f"p{n:02d}", amount=8_900, row=n) for n in range(20)]
    links = propose(crowd)
    assert 0 < len(links) < 110


def test_needs_and_withdrawn_items_take_no_part() -> None:
    left, right = SAME[6].left, SAME[6].right
    need = project(left.text, uid="need:1", role="need")
    old = project(left.text, uid="proj:old", current=False)
    assert {link.from_uid for link in propose([need, old, left, right])} == {left.uid}


def test_the_floor_is_kept_and_the_best_come_first() -> None:
    links = propose(INVENTED.items, floor=0.9)
    assert links
    assert all(link.probability >= 0.9 for link in links)
    assert [link.probability for link in links] == sorted((link.probability for link in links), reverse=True)
    assert propose(INVENTED.items, floor=1.01) == []


def test_who_asks_for_less_than_one_half_is_told_what_such_links_would_be() -> None:
    left = project("ก่อสร้างถนนลูกรัง ซอยสุขใจ 3 หมู่ที่ 4", amount=138_100)
    right = project("บุกเบิกถนนลูกรัง ซอยสุขใจ 3", amount=77_800)
    assert propose([left, right]) == []
    link = only(propose([left, right], floor=0.05))
    assert 0.05 <= link.probability < 0.5
    assert link.work_class == "same_book"
    assert propose([left, project("จัดงานวันเด็ก หมู่ที่ 4", amount=77_800)], floor=0.05) == []


def test_evidence_adds_up_to_the_probability_of_every_link() -> None:
    for link in propose(INVENTED.items):
        assert link.probability == pytest.approx(to_probability(sum(part.weight for part in link.evidence)))


def test_true_links_are_found_and_false_ones_are_rare() -> None:
    aside = {"next_phase", "next_step", "recurring"}
    links = [link for link in propose(INVENTED.items) if link.work_class not in aside]
    right = sum(INVENTED.same(link.from_uid, link.to_uid) for link in links)
    assert right / len(links) > 0.95
    chains = build_clusters((link.from_uid, link.to_uid, link.probability) for link in links).clusters
    found = sum(INVENTED.same(a, b) for chain in chains for a, b in combinations(chain.members, 2))
    true = sum(INVENTED.same(a, b) for a, b in combinations(sorted(INVENTED.work_of), 2))
    assert found / true > 0.95


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_order_of_the_items_gives_the_same_links(rng: random.Random) -> None:
    shuffled = list(INVENTED.items)
    rng.shuffle(shuffled)
    assert propose(shuffled) == propose(INVENTED.items)


def test_progress_rises_to_one() -> None:
    told: list[float] = []
    propose(INVENTED.items, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_nothing_in_nothing_out() -> None:
    assert propose([]) == []


def test_two_provincial_bodies_are_not_mistaken_for_one_owner() -> None:
    left = project("ปรับปรุงสะพานท่าเทียบเรือบ้านหัวแหลม หมู่ที่ 2", plan="p1", amount=900_000, **PROVINCIAL)
    right = project(
        "ปรับปรุงสะพานท่าเทียบเรือบ้านหัวแหลม หมู่ที่ 2",
        plan="p2",
        amount=900_000,
        **{**PROVINCIAL, "owner": "body:province", "owner_name": "จังหวัดตัวอย่าง", "plan_kind": "PK09", "plan_rank": 6},
    )
    assert only(propose([left, right])).work_class in ("duplicate", "likely_duplicate")

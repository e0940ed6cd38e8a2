"""Candidates: nothing true is lost, vetoes of SQL are vetoes of the features, rules are named, blocks are bounded."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.link.same_work.cases import SAME, project
from tests.link.same_work.invented import invent
from tracegraph.link.same_work.blocking import find_candidates, mask
from tracegraph.link.same_work.keys import RULES, find_rare_runs
from tracegraph.link.same_work.locating import find_scopes
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.score import find_veto, observe, total

INVENTED = invent(150, seed=11)
ITEMS = prepare(sorted(INVENTED.items, key=lambda item: item.uid))


def pairs_of(items: list[Prepared], **options: int) -> dict[tuple[str, str], tuple[str, ...]]:
    found = find_candidates(items, **options)
    return {
        (items[a].uid, items[b].uid): found.rules_of(i)
        for i, (a, b) in enumerate(zip(found.left.tolist(), found.right.tolist(), strict=True))
    }


def test_every_pair_that_scores_is_a_candidate_and_every_other_true_pair_too() -> None:
    model = load_model()
    found = pairs_of(ITEMS)
    for a, b in combinations(ITEMS, 2):
        if total(observe(a, b), model) >= 0:
            assert (a.uid, b.uid) in found, (a.item.text, b.item.text)


def test_a_pair_that_sql_leaves_out_for_a_veto_has_that_veto() -> None:
    model = load_model()
    found = pairs_of(ITEMS)
    left_out = 0
    for a, b in combinations(ITEMS[:120], 2):
        same_road = bool({road.name for road in a.roads} & {road.name for road in b.roads})
        if same_road and a.tambon == b.tambon and (a.uid, b.uid) not in found:
            left_out += 1
            assert find_veto(observe(a, b), model), (a.item.text, b.item.text)
    assert left_out > 0


def test_each_pair_stands_once_in_order_and_names_the_rules_that_made_it() -> None:
    found = find_candidates(ITEMS)
    positions = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert positions == sorted(set(positions))
    assert all(a < b for a, b in positions)
    names = {rule.name for rule in RULES}
    for position in range(len(found)):
        rules = found.rules_of(position)
        assert rules
        assert set(rules) <= names


@pytest.mark.parametrize("case", SAME, ids=lambda case: case.name)
def test_true_pairs_of_every_kind_meet(case: object) -> None:
    items = prepare([case.left, case.right])  # type: ignore[attr-defined]
    assert len(find_candidates(items)) == 1


def test_items_without_a_place_meet_by_exact_name_and_by_code() -> None:
    nowhere = {"tambon": None, "area": None, "district": None, "owner": None}
    items = prepare(
        [
            project("ก่อสร้างถนน คสล. สาย กบ.ถ.1-0023 บ้านท่าดี"),
            project("ซ่อมสร้างผิวทาง กบ.ถ.1-0023", uid="b", **nowhere),
            project("ก่อสร้างอาคารเอนกประสงค์ริมหาดทรายงาม", uid="c", **nowhere),
            project("ก่อสร้างอาคารเอนกประสงค์ริมหาดทรายงาม", uid="d"),
            project("จัดซื้อรถพยาบาล", uid="e", **nowhere),
        ]
    )
    found = pairs_of(items)
    assert {frozenset(pair) for pair in found} == {frozenset((items[0].uid, "b")), frozenset(("c", "d"))}
    assert all("anywhere" in rules for rules in found.values())


def test_an_item_without_a_place_is_looked_for_in_the_district_of_its_body() -> None:
    placed = project("ก่อสร้างถนน คสล. ซอยสวนใหม่ 2 หมู่ที่ 3")
    unplaced = project("จัดซื้อรถพยาบาล", uid="b", tambon=None, area=None, district=None)
    stranger = project("จัดซื้อรถพยาบาล", uid="c", tambon=None, area=None, district=None, owner="body:x")
    nobody = project("จัดซื้อรถพยาบาล", uid="d", tambon=None, area=None, district=None, owner=None)
    assert find_scopes([placed, unplaced, stranger, nobody]) == ["8108", "8108", "owner:body:x", ""]


def test_keys_that_are_too_common_are_skipped_and_counted() -> None:
    items = prepare([project("จัดซื้อเครื่องพิมพ์", uid=f"p{n}", row=n) for n in range(8)])
    assert len(find_candidates(items)) == 28
    bounded = find_candidates(items, max_block=5)
    assert len(bounded) == 0
    assert bounded.skipped > 0


def test_two_sets_with_a_common_value_always_share_a_bit() -> None:
    assert mask(["5", "7"]) & mask(["7", "9"])
    assert mask([]) == 0
    assert mask(str(number) for number in range(500)) < 2**63


def test_rare_runs_survive_one_wrong_letter_elsewhere() -> None:
    items = prepare(
        [
            project("เครื่องบดกิ่งไม้แบบลากจูง", uid="a"),
            project("เครื่องบดกึงไม้แบบลากจูง", uid="b"),
            *(project(f"เครื่องพิมพ์แบบที่ {n}", uid=f"c{n}") for n in range(4)),
        ]
    )
    runs = find_rare_runs(items)
    assert set(runs[0]) & set(runs[1])


def test_no_items_and_one_item_make_no_pairs() -> None:
    assert len(find_candidates([])) == 0
    assert len(find_candidates(prepare([project("ก่อสร้างถนน")]))) == 0

"""Of every link the story is that it is proposed, with its very figures; of every other pair what kept it out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from benchmarks.invented_projects import generate, to_item
from tests.link.readers import make_item
from tracegraph.link.same_work import propose
from tracegraph.link.same_work.blocking import find_candidates
from tracegraph.link.same_work.explaining import ALL_UP_TO, explain_pair, prepare_around
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.score import score_prepared
from tracegraph.link.scores import to_log_odds
from tracegraph.link.stories import Standing, order_standing
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord


@cache
def items() -> dict[str, Item]:
    return {item.uid: item for item in (to_item(r) for r in generate(120, seed=9, density=60.0).records)}


@cache
def links() -> tuple[LinkRecord, ...]:
    return tuple(propose(items().values()))


def test_every_link_is_told_as_proposed_with_its_own_evidence() -> None:
    assert len(links()) >= 10
    for link in links()[::2]:
        story = explain_pair(items()[link.to_uid], items()[link.from_uid], items().values(), load_model())
        assert story.causes == (), story.causes
        assert story.score == pytest.approx(to_log_odds(link.probability), abs=1e-9)
        assert [part.weight for part in story.contributions] == [part.weight for part in link.evidence]
        assert story.work_class == link.work_class
        assert story.rules
        assert list(story.iter_steps())[-1].total == pytest.approx(story.score, abs=1e-9)


def test_every_candidate_that_is_no_link_says_what_kept_it_out() -> None:
    linked = {frozenset((link.from_uid, link.to_uid)) for link in links()}
    prepared = prepare(items()[uid] for uid in sorted(items()))
    found = find_candidates(prepared)
    pairs = [(prepared[a], prepared[b]) for a, b in zip(found.left.tolist(), found.right.tolist(), strict=True)]
    free = [pair for pair in pairs if frozenset((pair[0].uid, pair[1].uid)) not in linked]
    free.sort(key=lambda pair: -score_prepared(*pair, load_model()).probability)
    codes: Counter[str] = Counter()
    for a, b in free[:30]:
        story = explain_pair(a.item, b.item, items().values(), load_model())
        assert story.causes, (a.item.text, b.item.text, story.probability)
        codes[story.causes[0].code] += 1
    assert codes["floor"] > 0


def place(text: str, **fields: object) -> Item:
    known = {"tambon": "810401", "district": "8104", "province": "81", "plan": "a", "plan_kind": "PK03", "plan_rank": 3}
    return make_item(text, **{**known, **fields})


def test_the_better_partner_is_named() -> None:
    own = {"owner": "body:x", "owner_name": "อบต.ก", "village_nos": (3,)}
    money = {**own, "years": (2568,), "amounts": (500_000.0,), "amount": 500_000.0}
    name = "โครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านทุ่งใหญ่ หมู่ที่ 3 กว้าง 4 เมตร ยาว 200 เมตร"
    plan = place(name, uid="proj:plan", **money)
    late = {"plan": "b", "stage": "action", "document": "doc:b"}
    good = place(name, uid="proj:good", **money, **late)
    worse_money = {**money, "amounts": (900_000.0,), "amount": 900_000.0}
    worse = place("ก่อสร้างถนนคอนกรีต สายบ้านทุ่งใหญ่ หมู่ที่ 3", uid="proj:worse", **worse_money, **late)
    story = explain_pair(plan, worse, [plan, good, worse], load_model(), floor=0.05)
    assert [cause.code for cause in story.causes] == ["outcompeted"]
    assert story.causes[0].partner == "proj:good"
    assert explain_pair(plan, worse, [plan, worse], load_model(), floor=0.05).causes == ()


def test_of_rows_that_repeat_each_other_only_neighbors_are_compared() -> None:
    money = {"years": (2568,), "amounts": (500_000.0,), "amount": 500_000.0, "owner": "body:x", "village_nos": (3,)}
    name = "โครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านทุ่งใหญ่ หมู่ที่ 3"
    rows = [place(name, uid=f"proj:{n:02}", row=n, document="doc:a", **money) for n in range(12)]
    far = explain_pair(rows[0], rows[-1], rows, load_model())
    assert [cause.code for cause in far.causes] == ["uncompared"]
    near = explain_pair(rows[0], rows[1], rows, load_model())
    assert "uncompared" not in [cause.code for cause in near.causes]


def test_records_of_two_worlds_share_no_rule() -> None:
    a = place("ก่อสร้างถนน หมู่ที่ 3", uid="proj:a")
    b = make_item("อบรมอาชีพผู้สูงอายุ", uid="proj:b", tambon="500101", district="5001", province="50")
    story = explain_pair(a, b, [a, b], load_model())
    assert story.rules == ()
    assert story.causes[0].code == "no_rule"
    assert "not proposed" in story.verdict[1]


@pytest.mark.parametrize("text", ["", "ก", "๑๒๓", "ถนน" * 1_700, "\u200b\u0e4d\u0e32", "A🚧"])
def test_any_text_can_be_asked_about(text: str) -> None:
    a, b = place(text, uid="proj:a"), place("ก่อสร้างถนน", uid="proj:b")
    story = explain_pair(a, b, [], load_model())
    assert story.score == pytest.approx(sum(part.weight for part in story.contributions), abs=1e-9)


def test_of_a_large_store_only_the_districts_of_both_are_read() -> None:
    here, there = place("ถนน", uid="proj:here"), make_item("คลอง", uid="proj:there", tambon="500101", district="5001")
    many = [replace(there, uid=f"proj:{number}") for number in range(ALL_UP_TO)]
    other = place("สะพาน", uid="proj:other")
    assert {one.uid for one in prepare_around(here, other, [here, other, *many])} == {"proj:here", "proj:other"}


def test_what_people_decided_is_told_before_what_is_suggested() -> None:
    def link(status: str) -> Standing:
        return Standing(
            kind="SAME_WORK", status=status, probability=0.5, method="m", decided_by="ก", decided_at="2026-01-02T"
        )

    ordered = order_standing([link("suggested"), link("declared"), link("rejected")])
    assert [one.status for one in ordered] == ["rejected", "declared", "suggested"]
    a, b = place("ก่อสร้างถนน", uid="proj:a"), place("ก่อสร้างถนน", uid="proj:b")
    story = explain_pair(a, b, [a, b], load_model(), standing=ordered)
    assert story.verdict[0].startswith("ตัดสินว่าไม่ใช่ โดย ก เมื่อ 2026-01-02")

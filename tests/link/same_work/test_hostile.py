"""Texts and files as bad as they come: nothing breaks, nothing takes long, and numbers that differ are never merged."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.link.same_work.cases import DISTRICT_LIST, project
from tracegraph.link.clusters import build_clusters
from tracegraph.link.same_work import propose, score_pairs
from tracegraph.link.same_work.blocking import find_candidates
from tracegraph.link.same_work.bounds import find_bounds
from tracegraph.link.same_work.crowds import MOST_COMPARED, choose_compared
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.scores import to_probability
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord

LONG = "ก่อสร้างถนน คสล. ซอยสวนใหม่ 2 หมู่ที่ 3 พร้อมวางท่อระบายน้ำ "
HOSTILE = {
    "empty": "",
    "blank": " \t\n\u200b\ufeff",
    "one letter": "ก",
    "a vowel without its consonant": "ํา",
    "tone marks only": "่้๊๋" * 20,
    "digits": "1234567890" * 8,
    "Thai digits": "๑๒๓๔๕๖๗๘๙๐" * 8,
    "brackets": "((((((((((" * 40,
    "5,000 letters": (LONG * 90)[:5_000],
    "5,000 of one letter": "ก" * 5_000,
    "5,000 digits": "7" * 5_000,
    "village numbers without end": "หมู่ที่ " + ",".join(str(n) for n in range(1, 900)),
    "scripts": "ถนน Road дорога 道路 طريق रास्ता หมู่ที่ 3 🚧🛣️",
    "OCR debris": "โครงก1รก่อส ร้า งถน น ค.ส.ล. |l1I ]}> 4,O00,0O0} หมูที่ 3 ฯฯ ๆๆ",
    "markup": "<script>alert('ถนน')</script> {left} {{right}} %s %(x)s \\1 $1",
    "a surrogate's neighbors": "ถนน \ud7ff \ue000 \U0010ffff หมู่ที่ 3",
}


def adds_up(link: LinkRecord) -> bool:
    """Whether the evidence of a link is its probability."""
    return link.probability == pytest.approx(to_probability(sum(part.weight for part in link.evidence)), abs=1e-9)


def test_every_hostile_text_meets_every_other_without_a_crash_and_in_time() -> None:
    items = [project(text, uid=f"p{n:02d}", row=n) for n, text in enumerate(HOSTILE.values())]
    start = time.process_time()
    left = [a for a in items for _ in items]
    right = [b for _ in items for b in items]
    for found in score_pairs(left, right):
        assert 0.0 <= found.probability <= 1.0
        assert found.reason_th
        assert found.reason_en
    links = propose(items, floor=0.0)
    assert all(adds_up(link) for link in links)
    assert time.process_time() - start < 20


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_row_joins_no_honest_one(text: str) -> None:
    honest = project("ขุดลอกคลองห้วยลึก หมู่ที่ 4 บ้านคลองใน", uid="a", amount=300_000)
    links = propose([honest, project(text, uid="b", amount=300_000, row=2)])
    assert links == []


def test_two_thousand_rows_of_one_name_take_seconds_and_give_few_links() -> None:
    rows = [project(LONG, uid=f"p{n:04d}", amount=500_000, row=n) for n in range(2_000)]
    start = time.process_time()
    links = propose(rows)
    assert time.process_time() - start < 40
    assert 0 < len(links) <= 5 * len(rows)
    assert {link.work_class for link in links} == {"same_book"}


def test_of_rows_that_repeat_one_another_only_neighbors_are_compared() -> None:
    items = prepare([project(LONG, uid=f"p{n:04d}", amount=500_000, row=n) for n in range(60)])
    candidates = find_candidates(items)
    bounds = find_bounds(items, candidates, load_model())
    chosen = choose_compared(items, candidates, bounds, 0.0)
    gaps = {items[candidates.right[i]].item.row - items[candidates.left[i]].item.row for i in chosen.tolist()}
    assert len(candidates) == 60 * 59 / 2
    assert gaps == {1, 2, 3, 4, 5}


def test_of_a_crowd_that_differs_in_money_each_row_meets_the_best_and_no_more() -> None:
    items = prepare([project(LONG, uid=f"p{n:04d}", amount=500_000 + n, row=n) for n in range(200)])
    candidates = find_candidates(items)
    bounds = find_bounds(items, candidates, load_model())
    chosen = choose_compared(items, candidates, bounds, 0.0, most=10)
    assert len(chosen) <= 2 * 10 * len(items)
    assert set(candidates.left[chosen]) | set(candidates.right[chosen]) == set(range(200))
    assert len(choose_compared(items, candidates, bounds, 0.0)) <= 2 * MOST_COMPARED * len(items)
    assert len(choose_compared(items, candidates, bounds, 99.0)) == 0


def test_a_uid_that_stands_twice_is_one_record() -> None:
    row = project("ก่อสร้างถนน คสล. ซอยสวนใหม่ 2 หมู่ที่ 3", uid="a", amount=500_000)
    assert propose([row, row]) == []
    again = project("ก่อสร้างถนน คสล. ซอยสวนใหม่ 2 หมู่ที่ 3", uid="b", amount=500_000, **DISTRICT_LIST)
    assert [(link.from_uid, link.to_uid) for link in propose([row, again, row, again])] == [("a", "b")]


SPELLINGS = (
    "ปรับปรุงท่อระบายน้ำ ซอยบ้านดำ ซอย 2 หมู่ที่ 3",
    "ปรับปรุงท่อระบายน้ํา ซอยบ้านดํา ซอย 2 หมู่ที่ 3",
    "ปรับปรุงท่อระบายน้ำ ซอยบ้านดำ ซอย ๒ หมู่ที่ ๓",
    "ปรับ\u200bปรุงท่อระบาย\u200bน้ำ ซอยบ้านดำ ซอย 2 หมู่ที่ 3\ufeff",
    "  ปรับปรุงท่อระบายน้ำ   ซอยบ้านดำ  ซอย 2   ม.3 ",
    "โครงการปรับปรุงท่อระบายน้ำ ซ.บ้านดำ ซ.2 หมู่ 3",
)


@pytest.mark.parametrize("text", SPELLINGS[1:])
def test_no_spelling_of_one_name_parts_one_work(text: str) -> None:
    later = {"plan": "plan:x", "stage": "action", "document": "doc:x"}
    links = propose([project(SPELLINGS[0], uid="a", amount=500_500), project(text, uid="b", amount=500_500, **later)])
    assert [(link.from_uid, link.to_uid, link.work_class) for link in links] == [("a", "b", "carried")]
    assert links[0].probability > 0.95


WORKS = ("ก่อสร้างถนน คสล.", "ปรับปรุงรางระบายน้ำ คสล.", "วางท่อระบายน้ำ คสล.", "ติดตั้งโคมไฟถนนโซล่าเซลล์", "ขุดลอกลำเหมือง")
NAMES = ("สวนใหม่", "ควนใน", "ท่าดี", "หนองจิก")
NUMBERS = st.integers(min_value=1, max_value=30)
ONE_THING = {
    "soi": "{work} ซอย{name} {number} หมู่ที่ 3",
    "village": "{work} ซอย{name} หมู่ที่ {number}",
    "phase": "{work} ซอย{name} ช่วงที่ {number} หมู่ที่ 3",
    "lane of a soi": "{work} ซอย{name} ซอย {number} หมู่ที่ 3",
    "road code": "{work} กบ.ถ.1-{number:04d} หมู่ที่ 3",
}


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(WORKS),
    st.sampled_from(NAMES),
    st.sampled_from(sorted(ONE_THING)),
    st.lists(NUMBERS, min_size=2, max_size=5, unique=True),
    st.sampled_from([None, 500_000.0, 478_324.82]),
)
def test_another_village_phase_or_road_number_is_never_merged(
    work: str, name: str, thing: str, numbers: list[int], amount: float | None
) -> None:
    texts = [ONE_THING[thing].format(work=work, name=name, number=number) for number in numbers]
    rows = [project(text, uid=f"p{n}", amount=amount, row=n) for n, text in enumerate(texts)]
    for found in score_pairs([a for a, _ in pairwise(rows)], [b for _, b in pairwise(rows)]):
        assert found.probability < 0.01, found.reason_en
    links = propose(rows)
    assert {link.work_class for link in links} <= {"next_phase"}
    merged = [(link.from_uid, link.to_uid, link.probability) for link in links if link.work_class != "next_phase"]
    assert build_clusters(merged).clusters == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*HOSTILE.values(), *SPELLINGS]), min_size=2, max_size=8), st.randoms())
def test_any_mixture_in_any_order_gives_the_same_links_and_evidence_that_adds_up(
    texts: list[str], rng: random.Random
) -> None:
    rows: list[Item] = [project(text, uid=f"p{n}", amount=400_000, row=n) for n, text in enumerate(texts)]
    links = propose(rows)
    assert all(adds_up(link) for link in links)
    rng.shuffle(rows)
    assert propose(rows) == links

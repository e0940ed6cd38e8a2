"""One text against many records: the scores of ``score_pairs``, the best found, few bytes, little time."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.invented_projects import generate, to_item
from tests.link.readers import make_item
from tests.link.same_work.cases import project
from tests.link.same_work.test_hostile import HOSTILE, SPELLINGS
from tracegraph.link.same_work import score_pairs
from tracegraph.link.same_work.lookup import Lookup
from tracegraph.link.same_work.packing import pack, unpack
from tracegraph.link.same_work.prepare import prepare_item
from tracegraph.model.items import Item

RECORDS = generate(3_000, seed=23).records


class Made:
    """Records that are made when they are asked for, as a table of a million would be."""

    asked = 0

    def __len__(self) -> int:
        return len(RECORDS)

    def __getitem__(self, position: int) -> Item:
        self.asked += 1
        return to_item(RECORDS[position])

    def __iter__(self) -> Iterator[Item]:
        return (self[position] for position in range(len(self)))


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    return Lookup(list(Made()))


def test_a_hit_has_the_score_that_any_other_way_gives_it(lookup: Lookup) -> None:
    for record in RECORDS[:60]:
        asked = to_item(record)
        hits = lookup.find(asked, limit=5)
        scores = score_pairs([asked] * len(hits), [hit.item for hit in hits])
        assert [hit.probability for hit in hits] == pytest.approx([score.probability for score in scores])
        assert [hit.explain() for hit in hits] == scores
        assert [hit.probability for hit in hits] == sorted((hit.probability for hit in hits), reverse=True)
        assert asked.uid not in {hit.item.uid for hit in hits}
        assert all(score.veto is None for score in scores)


def test_of_works_that_are_told_again_nearly_all_are_found(lookup: Lookup) -> None:
    works = {to_item(record).uid: record.work for record in RECORDS}
    told = Counter(works.values())
    again = [to_item(record) for record in RECORDS if told[record.work] > 1][:300]
    found = sum(works[a.uid] in {works[hit.item.uid] for hit in lookup.find(a)} for a in again)
    assert found >= 0.95 * len(again)


def test_no_record_that_is_left_out_scores_higher() -> None:
    """Against every record: the best of all is the first hit."""
    everything = [to_item(record) for record in RECORDS[:800]]
    lookup, missed = Lookup(everything), 0
    for asked in everything[:10]:
        others = [item for item in everything if item.uid != asked.uid]
        scores = score_pairs([asked] * len(others), others)
        best = max(score.probability for score in scores if score.veto is None)
        first = lookup.find(asked, limit=3)
        missed += best >= 0.5 and (not first or first[0].probability < best - 1e-9)
    assert missed == 0


def test_a_record_takes_some_hundred_bytes(lookup: Lookup) -> None:
    assert lookup.size / len(lookup) < 700


def test_only_the_best_records_are_asked_for() -> None:
    records = Made()
    made = Lookup(records)
    before = records.asked
    made.find(to_item(RECORDS[0]), limit=5)
    assert records.asked - before <= 10


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_finds_the_record(text: str) -> None:
    others = [project(f"ขุดลอกคลองห้วยลึก ช่วงที่ {n} หมู่ที่ 4", uid=f"p{n}", row=n) for n in range(50)]
    made = Lookup([*others, project(SPELLINGS[0], uid="wanted", amount=500_500.0)])
    hits = made.find(project(text, uid="asked", amount=500_500.0, plan="plan:x", stage="action"))
    assert hits[0].item.uid == "wanted"
    assert hits[0].probability > 0.95


def test_a_name_alone_finds_the_record_wherever_it_is() -> None:
    there = project("ก่อสร้างศาลาประชาคมบ้านทุ่งหยี หมู่ที่ 8", uid="there", amount=450_000.0)
    made = Lookup([there, *(to_item(record) for record in RECORDS[:500])])
    hits = made.find(make_item("ศาลาประชาคม บ้านทุ่งหยี ม.8", uid="asked"))
    assert hits[0].item.uid == "there"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_questions_and_records_break_nothing(lookup: Lookup, text: str) -> None:
    start = time.process_time()
    hits = lookup.find(make_item(text, uid="asked"))
    assert all(0.0 <= hit.probability <= 1.0 for hit in hits)
    assert time.process_time() - start < 2
    made = Lookup([make_item(other, uid=f"p{n}") for n, other in enumerate(HOSTILE.values())])
    assert len(made.find(make_item(text, uid="asked"))) <= 10


def test_ten_thousand_records_of_one_name_take_no_longer() -> None:
    items = [project(SPELLINGS[0], uid=f"p{n:05d}", amount=400_000.0 + n, row=n) for n in range(10_000)]
    made = Lookup(items)
    start = time.process_time()
    hits = made.find(replace(items[-1], uid="asked"), limit=10)
    assert time.process_time() - start < 0.5
    assert len(hits) == 10


def test_nothing_to_look_in_gives_nothing() -> None:
    assert Lookup([]).find(project("ก่อสร้างถนน")) == []
    assert Lookup([project("ก่อสร้างถนน", uid="a")]).find(project("", uid="b")) == []


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([*HOSTILE.values(), *SPELLINGS])
    | st.text(max_size=60)
    | st.sampled_from(RECORDS[:200]).map(to_item)
)
def test_a_packed_record_is_the_same_record(given_text: str | Item) -> None:
    item = prepare_item(given_text if isinstance(given_text, Item) else project(given_text, uid="a"))
    assert unpack(pack(item), item.item) == item

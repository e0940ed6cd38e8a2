"""Records as bad as they come, in numbers: time and memory are bounded, and what is cut is counted and told."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.link.same_work.cases import project
from tests.link.same_work.invented import invent
from tests.link.same_work.test_hostile import HOSTILE
from tracegraph.cli.linking import describe_same_work
from tracegraph.link.same_work.blocking import MAX_BLOCK, MOST_JOINED, find_candidates, find_largest_block
from tracegraph.link.same_work.crowds import MOST_COMPARED
from tracegraph.link.same_work.memory import Memory
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.places import PlaceTask, link_place
from tracegraph.link.same_work.prepare import prepare
from tracegraph.link.same_work.proposing import link_projects

NAME = "ก่อสร้างถนน คสล. ซอยสวนใหม่ 2 หมู่ที่ 3"


def test_thousands_of_records_of_one_name_are_not_paired_and_that_is_told() -> None:
    items = [project(NAME, uid=f"p{n:05d}", amount=500_000, row=n) for n in range(8_000)]
    pair = [
        project("ขุดลอกคลองห้วยลึก หมู่ที่ 4", uid="a", amount=300_000),
        project("ขุดลอกคลองห้วยลึก หมู่ที่ 4", uid="b", amount=300_000, stage="action", plan="plan:a"),
    ]
    start = time.process_time()
    found = link_projects([*items, *pair])
    assert time.process_time() - start < 60, "a few seconds on an idle machine"
    assert [(link.from_uid, link.to_uid) for link in found.links] == [("a", "b")], "the others are found all the same"
    assert found.skipped_keys > 3
    told = " ".join(th + en for th, en in describe_same_work(found))
    assert f"{found.skipped_keys:,} words or codes shared by more than {MAX_BLOCK:,} projects" in told
    assert "กว้างเกินไป" in told


def test_pairs_of_one_village_are_bounded_by_the_number_of_its_records() -> None:
    """Whatever a block holds, one record is compared with a bounded number of others."""
    items = tuple(
        project(f"ก่อสร้างถนน คสล. ซอย {n % 40} หมู่ที่ 3 บ้านควน{n % 7}", uid=f"p{n:04d}", amount=400_000 + n, row=n)
        for n in range(700)
    )
    task = PlaceTask("place", items, ("8108",) * len(items), load_model(), -50.0)
    assert link_place(task).compared <= 2 * MOST_COMPARED * len(items)


@pytest.mark.parametrize(
    ("counts", "largest"),
    [
        ([], 1),
        ([1, 1, 1], 1),
        ([3_000], 3_000),
        ([20_000], 1),
        ([10, 20_000, 2_900], 2_900),
        ([2_000] * 60, 2_000),
        ([2_000] * 100, 1),
        ([100] * 50 + [2_500] * 100, 100),
    ],
)
def test_keys_that_would_bring_too_many_pairs_together_are_left_out_from_the_largest(
    counts: list[int], largest: int
) -> None:
    assert find_largest_block(np.array(counts, dtype=np.int64)) == largest
    kept = [count for count in counts if count <= largest]
    assert sum(count * (count - 1) // 2 for count in kept) <= MOST_JOINED


def test_keys_that_are_left_out_are_counted() -> None:
    items = prepare([project(NAME, uid=f"p{n:02d}", row=n) for n in range(12)])
    assert find_candidates(items).skipped == 0
    assert find_candidates(items, max_block=11).skipped > 3
    assert len(find_candidates(items, max_block=11)) == 0


def test_hostile_texts_are_remembered_and_linked_as_ever(tmp_path: Path) -> None:
    texts = [*HOSTILE.values(), "ถนน\x00หมู่ที่ 3"]
    hostile = [project(text, uid=f"h{n:02d}", amount=400_000, row=n) for n, text in enumerate(texts)]
    items = [*hostile, *(replace(one, uid=f"{one.uid}-again", stage="action", plan="plan:a") for one in hostile)]
    items += invent(20, seed=2).items
    first = link_projects(items, floor=0.05, memory=Memory.open(tmp_path, load_model(), 0.05))
    again = link_projects(items, floor=0.05, memory=Memory.open(tmp_path, load_model(), 0.05))
    assert again.pairs_compared == 0
    assert again.links == first.links == link_projects(items, floor=0.05).links


def test_records_without_any_place_or_words_are_in_nobodys_way() -> None:
    bare = {"province": None, "district": None, "tambon": None, "area": None, "owner": None}
    items = [project("", uid=f"p{n:03d}", row=n, **bare) for n in range(300)]
    start = time.process_time()
    assert link_projects(items).links == []
    assert time.process_time() - start < 20

"""Bulk linking gives the scores of ``score_pairs`` and the groups of the truth, in any order and number of parts."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from benchmarks.invented_projects import Invented, generate
from tests.link.bulk.tables import name_table, record_table
from tests.link.readers import read_klongluang
from tracegraph.link.bulk import link_table
from tracegraph.link.bulk.candidates import MAX_BLOCK
from tracegraph.link.bulk.columns import read_table
from tracegraph.link.bulk.linking import link_within_tambons
from tracegraph.link.bulk.pieces import FIELDS, PieceBook, cut_name
from tracegraph.link.bulk.signatures import build_signatures, join_signatures
from tracegraph.link.same_work.model import load_model
from tracegraph.link.same_work.prepare import prepare, prepare_item
from tracegraph.link.same_work.runners import open_runner
from tracegraph.link.same_work.score import observe, total
from tracegraph.model.items import Item
from tracegraph.thai.normalize import normalize

SEED, COUNT = 41, 3_000


@pytest.fixture(scope="module")
def invented() -> Invented:
    return generate(COUNT, seed=SEED)


def test_scores_are_those_of_pairs(invented: Invented) -> None:
    table, model = record_table(invented.records), load_model()
    reading = read_table(table, PieceBook())
    found, _, _ = link_within_tambons(reading, model, -6.0, 2, lambda _: None)
    prepared = prepare([table.item(row) for row in range(len(table))])
    exact = np.array(
        [
            total(observe(prepared[a], prepared[b]), model)
            for a, b in zip(found.left.tolist(), found.right.tolist(), strict=True)
        ]
    )
    assert len(exact) > 400
    same = np.abs(exact - found.score) < 1e-9
    assert same.mean() > 0.985  # the rest: a name whose parts are read otherwise than the whole


def test_no_pair_above_the_floor_is_dropped_on_the_way(invented: Invented) -> None:
    reading, model = read_table(record_table(invented.records), PieceBook()), load_model()
    everything, _, _ = link_within_tambons(reading, model, -np.inf, 2, lambda _: None)
    links, _, _ = link_within_tambons(reading, model, 0.0, 2, lambda _: None)
    above = everything.take(everything.score >= 0)
    assert set(zip(above.left.tolist(), above.right.tolist(), strict=True)) == set(
        zip(links.left.tolist(), links.right.tolist(), strict=True)
    )
    assert len(links) < len(everything) / 5


def test_groups_are_mostly_the_truth(invented: Invented) -> None:
    found = link_table(record_table(invented.records))
    works = [record.work for record in invented.records]
    groups = found.groups.tolist()
    pairs = {
        (a, b)
        for a in range(COUNT)
        for b in range(a + 1, min(COUNT, a + 400))
        if groups[a] >= 0 and groups[a] == groups[b]
    }
    right = sum(works[a] == works[b] for a, b in pairs)
    assert right / len(pairs) > 0.95
    assert len(found.left) > 300


def test_same_links_in_any_order_and_any_number_of_processes(invented: Invented) -> None:
    records = list(invented.records)
    shuffled = records.copy()
    random.Random(5).shuffle(shuffled)  # noqa: S311
    once = link_table(record_table(records))
    again = link_table(record_table(shuffled))
    assert _by_id(records, once) == _by_id(shuffled, again)
    with open_runner("processes", 2) as runner:
        divided = link_table(record_table(records), runner=runner)
    assert np.array_equal(once.left, divided.left)
    assert np.array_equal(once.right, divided.right)
    assert np.allclose(once.score, divided.score)
    assert np.array_equal(once.groups, divided.groups)


def _by_id(records, found) -> set[tuple[frozenset[str], float]]:  # type: ignore[no-untyped-def]
    ends = zip(found.left.tolist(), found.right.tolist(), found.score.tolist(), strict=True)
    return {(frozenset((records[a].id, records[b].id)), round(score, 6)) for a, b, score in ends}


def test_names_are_cut_where_nothing_is_lost(invented: Invented) -> None:
    for record in invented.records:
        name = normalize(record.text)
        assert " ".join(cut_name(name)) == name


@pytest.mark.shared
def test_real_names_read_by_pieces_as_whole(shared: Path) -> None:
    names = sorted({item.text for item in read_klongluang(shared / "data" / "klongluang")})
    book, differ = PieceBook(), 0
    cut = [[book.number(part) for part in cut_name(normalize(name))] for name in names]
    book.read()
    for name, parts in zip(names, cut, strict=True):
        whole = prepare_item(Item(uid="", role="project", text=name, text_hash=""))
        bare = "".join(book.whole[part] for part in parts)
        differ += bare != whole.whole
    assert differ <= 0.01 * len(names)


THAI = [
    ("ก่อสร้างถนน คสล. หมู่ที่ ๕ ตำบลคลองพน", "ก่อสร้างถนน คสล. หมู่ที่ 5 ตำบลคลองพน"),  # Thai digits
    ("ขุดลอกลำห้วยน้ำดำ ม.3", "ขุดลอกลำห้วยนํ้าดํา ม.3"),  # ำ in both spellings
    ("ปรับ\u200bปรุงรางระบายน้ำ หมู่ 2", "ปรับปรุงรางระบายน้ำ หมู่ 2"),  # a zero-width space
    ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก ซอย 7 ม.1", "ก่อสร้างถนน ค.ส.ล. ซ.7 หมู่ที่ 1"),  # abbreviations
    ("ติดตั้งกล้องวงจรปิดบริเวณตลาดเก่า หมู่ 4", "ติดตั้งกลองวงจรปิดบริเวณตลาดเก่า หมู่ 4"),  # a lost tone mark
]


@pytest.mark.parametrize(("left", "right"), THAI)
def test_thai_spellings_of_one_work_meet(left: str, right: str) -> None:
    assert link_table(name_table([left, right])).groups.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ก่อสร้างถนน คสล. หมู่ที่ 5", "ก่อสร้างถนน คสล. หมู่ที่ 6"),
        ("ก่อสร้างถนน คสล. ซอย 53 หมู่ที่ 5", "ก่อสร้างถนน คสล. ซอย 55 หมู่ที่ 5"),
        ("ขุดลอกคลองใหญ่ ช่วงที่ 1 หมู่ที่ 5", "ขุดลอกคลองใหญ่ ช่วงที่ 2 หมู่ที่ 5"),
    ],
)
def test_numbers_keep_works_apart(left: str, right: str) -> None:
    assert link_table(name_table([left, right])).groups.tolist() == [-1, -1]


def test_a_group_is_torn_at_a_veto() -> None:
    """A name without a village is like both; the two with villages must not meet through it."""
    names = [
        "ก่อสร้างรางระบายน้ำ คสล. สายบ้านไร่เหนือ หมู่ที่ 5",
        "ก่อสร้างรางระบายน้ำ คสล. สายบ้านไร่เหนือ",
        "ก่อสร้างรางระบายน้ำ คสล. สายบ้านไร่เหนือ หมู่ที่ 6",
    ]
    groups = link_table(name_table(names), floor=0.01).groups
    assert groups[0] != groups[2] or groups[0] < 0


HOSTILE = [
    *("", "ก", " ", "0", "1234567890", "่้๊๋", "\u200b", "(((((", "\ufffd" * 40, "Road ถนน дорога 路"),
    *("ก" * 5_000, "ถนน " * 1_200),
]


def test_hostile_names_end() -> None:
    names = [*HOSTILE, *HOSTILE]
    found = link_table(name_table(names))
    assert len(found.groups) == len(names)


def test_no_records_and_one() -> None:
    for names in ([], ["ก่อสร้างถนน"]):
        found = link_table(name_table(names))
        assert len(found.left) == 0
        assert found.groups.tolist() == [-1] * len(names)


def test_identical_names_are_one_group_without_their_pairs() -> None:
    found = link_table(name_table(["ก่อสร้างถนน คสล. สายบ้านไร่ หมู่ที่ 5"] * 20_000))
    assert len(found.left) == 19_999
    assert set(found.groups.tolist()) == {0}


def test_a_crowd_of_look_alikes_is_skipped_and_counted() -> None:
    """More names of one village and one kind of work than can be compared with each other."""
    names = [f"ก่อสร้างถนน คสล. หมู่ที่ 5 กว้าง {number} เมตร" for number in range(1, MAX_BLOCK + 500)]
    found = link_table(name_table(names))
    assert found.skipped == 2  # by village and by kind of work
    assert len(found.left) == 0


def test_two_records_with_one_id_are_two_rows() -> None:
    table = name_table(["ก่อสร้างถนน คสล. หมู่ที่ 5 สายบ้านไร่"] * 3)
    table.uid[1:] = [table.uid[0]] * 2  # type: ignore[index]
    assert link_table(table).groups.tolist() == [0, 0, 0]


def test_signatures_of_pieces_join_to_that_of_the_name() -> None:
    names = ["ก่อสร้างถนน", "หมู่ที่ 5", "", "ก", "ab"]
    bits = build_signatures(names)
    assert not bits[2].any()
    assert not bits[3].any()
    joined = join_signatures(bits, np.array([2, 5]))
    assert np.array_equal(joined[0], bits[0] | bits[1])
    alone = build_signatures(["ก่อสร้างถนน"])
    assert np.array_equal(alone[0], bits[0])


def test_every_field_of_a_piece_has_a_code() -> None:
    book = PieceBook()
    book.number("ก่อสร้างถนน คสล. ซอย 5")
    book.read()
    assert book.rows_array().shape == (1, len(FIELDS))

"""Labels of people: what counts as a label, and files that say two things at once."""

from __future__ import annotations

import pytest

from tracegraph.errors import InputError
from tracegraph.link.same_work.labels import LabelRow, build_label_set, find_group_conflicts, group_records, parse_label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("SAME", "SAME"),
        (" same ", "SAME"),
        ("1", "SAME"),
        ("๑", "SAME"),
        ("เหมือน", "SAME"),
        ("เห\u200bมือน", "SAME"),
        ("ใช่", "SAME"),
        ("0", "DIFF"),
        ("ต่าง", "DIFF"),
        ("No", "DIFF"),
        ("diff-period", "DIFF-PERIOD"),
        ("PART", "PART"),
        ("ไม่แน่ใจ", "UNSURE"),
        ("?", "UNSURE"),
        ("", ""),
        ("  ", ""),
        ("maybe", None),
        ("2", None),
    ],
)
def test_a_label_in_the_words_of_people(text: str, label: str | None) -> None:
    assert parse_label(text) == label


def rows(*cells: tuple[str, str, str]) -> list[LabelRow]:
    return [LabelRow(number, *row) for number, row in enumerate(cells, start=2)]


def test_rows_that_decide_nothing_are_counted_and_not_lost() -> None:
    found = build_label_set(
        rows(
            ("a", "b", "SAME"),
            ("b", "a", "1"),
            ("a", "c", ""),
            ("a", "d", "UNSURE"),
            ("e", "e", "SAME"),
            ("f", "g", "PART"),
        ),
        "labels.csv",
    )
    assert [(pair.row, pair.same, pair.label) for pair in found.pairs] == [(2, True, "SAME"), (7, False, "PART")]
    assert (found.repeated, found.empty, found.unsure, found.itself) == ((3,), (4,), (5,), (6,))


def test_a_pair_labelled_both_ways_is_refused_with_both_rows_whatever_the_sides() -> None:
    with pytest.raises(InputError) as caught:
        build_label_set(rows(("ก", "ข", "เหมือน"), ("x", "y", "0"), ("ข", "ก", "ต่าง")), "labels.csv")
    assert "2≠4" in caught.value.th
    assert "2≠4" in caught.value.en


def test_unknown_words_are_named_with_their_rows() -> None:
    with pytest.raises(InputError, match=r"2: 'อาจจะ'.*"):
        build_label_set(rows(("a", "b", "อาจจะ"), *(("a", str(n), "maybe") for n in range(30))), "labels.csv")


def test_groups_and_the_pairs_that_contradict_them() -> None:
    assert group_records([("b", "a"), ("c", "b"), ("x", "y")]) == {"a": "a", "b": "a", "c": "a", "x": "x", "y": "x"}
    found = build_label_set(rows(("a", "b", "1"), ("b", "c", "1"), ("a", "c", "0"), ("a", "x", "0")), "labels.csv")
    assert [pair.row for pair in find_group_conflicts(found.pairs)] == [4]

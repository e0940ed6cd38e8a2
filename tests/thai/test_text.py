"""Dictionary order, visible characters, shortening, word differences, words and near names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.thai.collate import sort_key
from tracegraph.thai.graphemes import DiffKind, graphemes, shorten, word_diff
from tracegraph.thai.near import find_near, is_one_apart
from tracegraph.thai.words import split_words, words

THAI = st.text(st.sampled_from("กขคงนมยรสหเแโไะาำ\u0e34\u0e35\u0e38\u0e48\u0e49\u0e4c ๒5a👩🏽\u200d"), max_size=30)


def test_dictionary_order() -> None:
    ordered = ["กา", "ก่า", "ก้า", "เกาะ", "แก้ว", "ไก่", "ขา", "หมู่ 2", "หมู่ ๑๐"]
    mixed = [ordered[at] for at in (4, 0, 8, 2, 6, 1, 7, 3, 5)]
    assert sorted(mixed, key=sort_key) == ordered


def test_numbers_sort_by_value_and_punctuation_is_loose() -> None:
    assert sorted(["ซอย 10", "ซอย 9", "ซอย-1"], key=sort_key) == ["ซอย-1", "ซอย 9", "ซอย 10"]


@pytest.mark.parametrize(
    ("text", "clusters"),
    [
        ("น้ำ", ("น้ำ",)),
        ("เก้าอี้", ("เก้", "า", "อี้")),
        ("สันป่าถ่อน", ("สั", "น", "ป่", "า", "ถ่", "อ", "น")),
        ("e\u0301a", ("e\u0301", "a")),
        ("👩🏽\u200d🦰!", ("👩🏽\u200d🦰", "!")),
        ("", ()),
    ],
)
def test_visible_characters(text: str, clusters: tuple[str, ...]) -> None:
    assert graphemes(text) == clusters


@given(st.one_of(THAI, st.text(max_size=30)))
def test_visible_characters_make_the_text_again(text: str) -> None:
    assert "".join(graphemes(text)) == text


@given(THAI, st.integers(min_value=0, max_value=40))
def test_shortening_cuts_between_visible_characters(text: str, n: int) -> None:
    short = shorten(text, n)
    if len(graphemes(text)) <= n:
        assert short == text
    else:
        assert len(graphemes(short)) <= n
        assert short == ("".join(graphemes(text)[: n - 1]).rstrip() + "…" if n else "")


def test_shortening_a_name() -> None:
    assert shorten("ปรับปรุงน้ำประปา", 100) == "ปรับปรุงน้ำประปา"
    assert shorten("น้ำท่วมถนน", 3) == "น้ำท่…"


def test_word_differences() -> None:
    pieces = word_diff("ซ่อมถนน ซอย 2 หมู่ 3", "ซ่อมถนน ซอย 3 หมู่ 3")
    assert [(p.kind, p.text) for p in pieces] == [
        (DiffKind.SAME, "ซ่อมถนน ซอย "),
        (DiffKind.LEFT, "2"),
        (DiffKind.RIGHT, "3"),
        (DiffKind.SAME, " หมู่ 3"),
    ]


@given(THAI, THAI)
def test_word_differences_make_both_texts_again(left: str, right: str) -> None:
    pieces = word_diff(left, right)
    assert "".join(p.text for p in pieces if p.kind is not DiffKind.RIGHT) == left
    assert "".join(p.text for p in pieces if p.kind is not DiffKind.LEFT) == right


@given(st.one_of(THAI, st.text(max_size=40)))
def test_words_as_typed_make_the_text_again(text: str) -> None:
    assert "".join(split_words(text)) == text


def test_words_are_canonical_and_telling() -> None:
    assert words("โครงการติดตั้งโซล่าเซลล์ และขุดลอกลำเหมือง") == ("ติดตั้ง", "โซลาร์เซลล์", "ขุดลอก", "ลำเหมือง")
    assert words("ถนน คสล. ซอย ๒") == ("ถนน", "คอนกรีตเสริมเหล็ก", "ซอย", "2")
    assert words("") == ()


@pytest.mark.parametrize("name", ["คลองพล", "คลองผน", "คลองพนน", "คลอพน", "คองลพน"])
def test_near_names(name: str) -> None:
    near = find_near(name, ["คลองพน", "ทรายขาว"])
    assert near == (("คลองพน",) if name != "คองลพน" else ())


def test_confusable_letters_come_before_other_slips() -> None:
    assert find_near("บ่อแฮว", ["บ่อแฮ้ว", "บ่อแฮวา"]) == ("บ่อแฮ้ว",)


def test_short_names_are_near_to_nothing() -> None:
    assert find_near("นาค", ["นาคู", "นาคา"]) == ()


@given(THAI, THAI)
def test_being_one_apart_is_mutual(left: str, right: str) -> None:
    assert is_one_apart(left, right) == is_one_apart(right, left)


@given(THAI, st.integers(min_value=0, max_value=30), st.sampled_from("กขเา"))
def test_one_letter_more_is_one_apart(text: str, at: int, letter: str) -> None:
    assert is_one_apart(text, text[:at] + letter + text[at:])

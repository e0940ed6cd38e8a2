"""Words of the regions: the table itself, and that a regional sentence reads as its standard one does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.corpus.common import thai_words

from tracegraph.link.lexicon import load_lexicon
from tracegraph.link.lexicon_dialect import load_dialect, to_standard

#: Longer words of the dictionary with the same meaning as the word of the table that they hold.
SAME_SENSE = {"ผู้เฒ่าผู้แก่", "คนเก่าคนแก่", "ปู่ย่าตายาย", "สถานพักฟื้นคนชรา"}


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("บ่มีน้ำใซ้", "ไม่มีน้ำใช้"),
        ("น้ำบ่ไหลมาหลายมื้อแล้ว", "น้ำไม่ไหลมาหลายมื้อแล้ว"),
        ("ตางเป๋นหลุม", "ทางเป็นหลุม"),
        ("แม่อุ๊ยอยู่คนเดียว", "ผู้สูงอายุอยู่คนเดียว"),
        ("เงินเหม็ด", "เงินหมด"),
        ("ขี้เหยื้อเต๋มบ้าน", "ขยะเต๋มบ้าน"),
        ("น้ำบ่อแห้ง", "น้ำบ่อแห้ง"),
        ("", ""),
    ],
)
def test_regional_words_become_standard_ones(said: str, standard: str) -> None:
    assert to_standard(said) == standard


@pytest.mark.parametrize("said", ["บ่มีนํ้าใซ้", "บ่มีน้ํา\u200bใซ้", "บ่มีน้ำใซ้"])
def test_every_spelling_of_a_regional_sentence_names_the_same_problem(said: str) -> None:
    assert load_lexicon().find_concepts(said, asking=True).problems == ("no_water",)


def test_a_project_keeps_its_own_words() -> None:
    assert load_lexicon().find_concepts("บ่มีน้ำใซ้").problems == ()


def test_no_word_of_the_table_is_part_of_another_word() -> None:
    ordinary = [word for word in thai_words() if " " not in word]
    for said in load_dialect():
        assert {word for word in ordinary if said in word and word != said} - SAME_SENSE <= set(load_dialect()), said


def test_the_table_is_settled_in_one_step() -> None:
    assert len(load_dialect()) >= 60
    for said, standard in load_dialect().items():
        assert said != standard and to_standard(standard) == standard


@given(st.text(max_size=60))
def test_standard_text_is_left_alone(text: str) -> None:
    once = to_standard(text)
    assert once == text or to_standard(once) == once

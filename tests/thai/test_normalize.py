"""The comparison form: every storage of the same letters becomes one, and no letter gets lost."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracegraph.thai.normalize import fold_spaces, normalize, normalize_with_offsets, text_hash

MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d"
THAI = st.text(
    st.sampled_from("กขคงจดตนบปมยรลวสหอะาำเแโใไๆฯ" + MARKS + " .-0123456789๐๑๒๕\u200b\u00a0\ufeff\u00ad\uf70a\uf712"),
    max_size=60,
)
ANY = st.one_of(THAI, st.text(max_size=60))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("อ\u0e4d\u0e32เภอ", "อำเภอ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("อา\u0e4d เภอ", "อำเภอ"),
        ("เเม่ใส", "แม่ใส"),
        ("ซอย\u200b ๒", "ซอย 2"),
        ("\ufeffถนน\u00a0คสล.", "ถนน คสล."),
        ("ซ่อม\u00adแซม\u202e", "ซ่อมแซม"),
        ("ป\uf70aา", "ป่า"),
        ("บ\u0e48\u0e48อ", "บ่อ"),
        ("เชื\u0e48\u0e37อม", "เชื่อม"),
        ("ก\u0e48\u0e35", "กี่"),
        ("หา\u0e49", "ห้า"),
        ("คู่ มื อ ส ม า ชิ ก", "คู่มือสมาชิก"),
        ("คู่ มื อ ส ม า ชิ ก สภา", "คู่มือสมาชิก สภา"),
        ("ถนน  คสล.\tซอย\n2 ", "ถนน คสล. ซอย 2"),
        ("กม.0+000–1+200 — 2", "กม.0+000-1+200 - 2"),
        ("ท่อ Ø 0.60 ⌀ Ф", "ท่อ ø 0.60 ø ø"),
        ("4×250", "4x250"),
        ("LED “โซลาร์”", 'led "โซลาร์"'),
        ("จังหวดั", "จังหวัด"),
        ("อาเภอเมือง", "อำเภอเมือง"),
        ("บรู ณาการ", "บูรณาการ"),
        ("๑,๘๗๙,๐๐๐", "1,879,000"),
        ("", ""),
        ("\u200b", ""),
    ],
)
def test_every_spelling_becomes_one(typed: str, expected: str) -> None:
    assert normalize(typed) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("สันปาถอน", "สันป่าถ่อน"), ("บ่อแฮว", "บ่อแฮ้ว"), ("ซอย 53", "ซอย 55"), ("ก ข ค", "กขค")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert normalize(one) != normalize(other)


@given(ANY)
@example("อา\u0e4d เภอ")
@example("ก\u0e48\u200b\u0e48")
@example("เ\u200bเม่")
@example("ก \u0e4d\u0e32")
@example("e\u200b\u0301")
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(THAI)
def test_no_consonant_vowel_or_tone_is_lost(text: str) -> None:
    before = re.sub("[\u200b\u00a0\ufeff\u00ad]", "", text).replace("\uf70a", "\u0e48").replace("\uf712", "\u0e47")
    after = normalize(text)
    assert re.findall("[ก-ฮ]", before) == re.findall("[ก-ฮ]", after)
    for mark in "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39":
        assert (mark in before) == (mark in after)


@given(ANY)
def test_offsets_lead_back_to_the_original(text: str) -> None:
    plain, offsets = normalize_with_offsets(text)
    assert plain == normalize(text)
    assert len(offsets) == len(plain) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)


def test_offsets_of_a_text_with_debris() -> None:
    typed = "  ถนน\u200b  คสล. อ\u0e4d\u0e32เภอ ๕"
    plain, offsets = normalize_with_offsets(typed)
    at = plain.index("อำเภอ")
    assert typed[offsets[at] : offsets[at + len("อำเภอ")]] == "อ\u0e4d\u0e32เภอ"
    assert typed[offsets[plain.index("5")]] == "๕"


@pytest.mark.parametrize("piece", ["\u0e48", "\u0e48\u0e35", "า\u0e4d ", "ก ", "เ", " ", "\u200b", "๕", "อาเภอ"])
def test_twenty_thousand_characters_take_no_time(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    started = time.process_time()
    once = normalize(text)
    assert time.process_time() - started < 2.0  # a pattern that tries every run at every place would need minutes
    assert normalize(once) == once


def test_hash_ignores_spaces_and_storage_only() -> None:
    assert text_hash("ซอย ๒ หมู่ที่ 5") == text_hash(" ซอย2  หมู่ที่ 5")
    assert text_hash("ซอย 2") != text_hash("ซอย 3")
    assert re.fullmatch("[0-9a-f]{16}", text_hash("ซอย 2"))


def test_folding_spaces_keeps_the_letters() -> None:
    assert fold_spaces(" ถนน \n\t ๒ ") == "ถนน ๒"

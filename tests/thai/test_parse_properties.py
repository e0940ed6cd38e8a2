"""What must hold for any text: no error, bounded time, spans that lead back to the words they came from."""

from __future__ import annotations

import time
from dataclasses import fields
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.thai.thai_names import load_names
from tracegraph.thai.fields import ParsedName
from tracegraph.thai.normalize import normalize
from tracegraph.thai.parse import MAX_LENGTH, parse_name

PIECES = st.sampled_from((
    "ก่อสร้าง", "ปรับปรุง", "ถนน", "ซอย", "สาย", "บ้าน", "หมู่ที่ ", "ม.", "ต.", "ตำบล", "อ.", "จ.", "คสล.",
    "อบต.", "นาย", "วัด", "คลอง", "กม.", "ช่วงที่ ", "กว้าง", "ยาว", "หนา", " เมตร", "-", "–", ",", "และ",
    "เชื่อม", " ", "  ", "(", ")", "+", "/", ".", "x", "ø", "ที่", "5", "๑๒", "0.15", "1,000", "2568", "ปี ",
    "แม่ใส", "คลองหนึ่ง", "ทุ่งยาว", "\u200b", "อ\u0e4d\u0e32เภอ", "\u0e48", "า", "โครงการ", "\n",
))  # fmt: skip
NAMES = st.lists(PIECES, max_size=25).map("".join)
ANY = st.one_of(NAMES, st.text(max_size=80))
WORDED = ("tambons", "districts", "provinces", "village_names", "bodies", "landmarks")
"""Fields whose value is the normalized text of its span, after the word that introduces it."""


def assert_sound(parsed: ParsedName) -> None:
    text = parsed.original
    fields = dict.fromkeys(WORDED, 0)
    for field, span in parsed.spans:
        assert 0 <= span.start <= span.end <= len(text)
        if field in fields:
            said = normalize(text[span.start : span.end])
            assert any(value.replace(" ", "") in said.replace(" ", "") for value in getattr(parsed, field)), (
                field,
                said,
            )
    for measure in parsed.measures:
        assert 0 <= measure.span.start < measure.span.end <= len(text)
        assert any(letter.isdigit() for letter in text[measure.span.start : measure.span.end])
    assert "\0" not in parsed.core
    assert list(parsed.villages) == sorted(set(parsed.villages))


@settings(max_examples=400, deadline=None)
@given(ANY)
@example("บ้าน")
@example("ซอย")
@example("ม.")
@example("กม.+")
@example("ก\0ข")
def test_any_text_is_read_and_its_spans_lead_back(text: str) -> None:
    assert_sound(parse_name(text))


@settings(max_examples=100, deadline=None)
@given(NAMES)
def test_storage_of_letters_changes_no_field(text: str) -> None:
    plain, stored = parse_name(normalize(text)), parse_name(text)
    for field in (
        "core",
        "verb",
        "work_object",
        "family",
        "villages",
        "roads",
        "road_numbers",
        "tambons",
        "phase",
        "years",
    ):
        assert getattr(plain, field) == getattr(stored, field)


SAME = tuple(f.name for f in fields(ParsedName) if f.name not in ("original", "spans", "measures", "stations"))
"""Everything that a name says, whatever the places in its text."""


def respell(text: str, random: Random) -> str:
    """The same letters stored otherwise: ำ in two characters, เเ, Thai digits, invisible characters between letters."""
    out = []
    for at, letter in enumerate(text):
        new = letter
        if letter == "ำ" and random.random() < 0.5:
            new = "\u0e4d\u0e32"
        elif letter == "แ" and random.random() < 0.5:
            new = "เเ"
        elif letter in "0123456789" and random.random() < 0.5:
            new = chr(0x0E50 + int(letter))
        if at and random.random() < 0.2:
            new = random.choice("\u200b\u200c\u200d\ufeff\u2060") + new
        out.append(new)
    return "".join(out)


def assert_same_fields(text: str, random: Random) -> None:
    plain, other = parse_name(text), parse_name(respell(text, random))
    for field in SAME:
        assert getattr(plain, field) == getattr(other, field), (field, other.original)
    for one, two in zip(plain.measures, other.measures, strict=True):
        assert (one.kind, one.value, one.unit) == (two.kind, two.value, two.unit)
    for (field, one), (_, two) in zip(plain.spans, other.spans, strict=True):
        assert normalize(text[one.start : one.end]) == normalize(other.original[two.start : two.end]), field


@settings(max_examples=200, deadline=None)
@given(NAMES, st.randoms(use_true_random=False))
def test_every_way_to_store_a_name_is_read_alike(text: str, random: Random) -> None:
    assert_same_fields(normalize(text), random)


ALONE = frozenset((
    "all_villages", "villages", "tambons", "districts", "provinces", "persons", "village_names", "phase", "years",
    "asset_numbers", "money", "wrapper", "stations", "verb", "work_object", "other_objects", "surface", "sides",
    "road_ends", "roads",
))  # fmt: skip
"""Fields whose places belong to one field only: a letter is not both a tambon's and a road's. A road's number may stand
in the road, and a body in a landmark (หน้า อบต.)."""
TOGETHER = ({"roads", "work_object"}, {"roads", "other_objects"}, {"roads"})
"""ขุดลอก + คลองหนึ่ง: the canal is what is worked on, and where; คลองส่งน้ำหนองกก holds a second name."""


def assert_apart(parsed: ParsedName) -> None:
    found = [(field, span) for field, span in parsed.spans if field in ALONE]
    for at, (field, span) in enumerate(found):
        for other, after in found[at + 1 :]:
            apart = after.start >= span.end or {field, other} in TOGETHER
            assert apart, (field, other, parsed.original[after.start : span.end])


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_places_of_two_fields_do_not_overlap(text: str) -> None:
    assert_apart(parse_name(text))


@pytest.mark.parametrize("piece", (
    "ก", "บ้าน", "ซอย", "สาย", "ม.", "5 ", "หมู่ 1,", "หมู่ที่ 1-", "กว้าง", "กว้าง 5 ", "1x", "0+000-", "-",
    "(", "ต.", "ตำบล", "เ", "\u0e48", " ", "อา\u0e4d ", "ข้างหน้าหลัง", "เลขที่โครงการ", "วันที่ 1 ", "ขนาดมีความ",
    "ทั้ง ", "ซอย 1,", "บ้านนาย", "พ.ศ.", "1,000,", "ก ", "จำนวน",
))  # fmt: skip
def test_five_thousand_characters_take_no_time(piece: str) -> None:
    text = (piece * 5000)[:5000]
    parse_name(text[:50])
    started = time.process_time()
    parsed = parse_name(text)
    assert time.process_time() - started < 2.0  # a pattern that backtracks would need minutes
    assert parsed.original == text


def test_only_the_beginning_of_prose_is_read() -> None:
    text = "ปรับปรุงถนน " + "ก" * MAX_LENGTH + " หมู่ที่ 5"
    assert (parse_name(text).villages, parse_name(text).verb) == ((), "ปรับปรุง")


@pytest.mark.shared
def test_every_real_name_is_read_and_its_spans_lead_back(shared: Path) -> None:
    random = Random(0)  # noqa: S311 (which spellings are tried, not a secret)
    for at, name in enumerate(load_names(shared)):
        parsed = parse_name(name)
        assert_sound(parsed)
        assert_apart(parsed)
        if at % 5 == 0:
            assert_same_fields(parsed.normalized, random)

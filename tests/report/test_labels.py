"""Widths, wrapping and colors of labels: Thai marks take no room and are never cut off."""

from __future__ import annotations

import unicodedata
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tracegraph.report import colors
from tracegraph.report.terms import LEVELS, baht, confidence_of, plan_kind_word
from tracegraph.report.widths import fit, text_width
from tracegraph.report.wrap import wrap
from tracegraph.thai.graphemes import graphemes

THAI = st.text(alphabet="กขคงจชดตนบปพมยรลวสหอะาำิีึืุูเแโใไ็่้๊๋์ํ ๆฯ๐๓abc.–(5", max_size=80)


def test_marks_above_and_below_take_no_room() -> None:
    assert text_width("น้ำ", 10) == text_width("นา", 10)
    assert text_width("ที่", 10) == text_width("ท", 10)
    assert text_width("กก", 10, bold=True) > text_width("กก", 10)


@settings(deadline=None)
@given(THAI, st.floats(30, 300))
def test_what_fits_is_as_narrow_as_asked_and_ends_between_clusters(text: str, width: float) -> None:
    cut = fit(text, width, 13)
    flat = " ".join(text.split())
    assert text_width(cut, 13) <= width or len(graphemes(cut)) <= 1
    if cut != flat:
        assert cut.endswith("…")
        kept = graphemes(cut[:-1])
        assert "".join(graphemes(flat)[: len(kept)]).rstrip() == cut[:-1]  # no space stands before the ellipsis


@settings(deadline=None)
@given(THAI, st.integers(1, 4))
def test_lines_are_narrow_enough_and_lose_nothing_but_the_end(text: str, lines: int) -> None:
    wrapped = wrap(text, 120, 13, lines=lines)
    assert len(wrapped) <= lines
    for line in wrapped:
        assert text_width(line, 13) <= 120 or len(graphemes(line)) <= 1
        assert not line or unicodedata.category(line[0]) != "Mn" or unicodedata.category(text.lstrip()[0]) == "Mn"
    joined = "".join(wrapped).replace(" ", "").removesuffix("…")
    assert "".join(text.split()).startswith(joined)


def test_lines_break_between_words() -> None:
    first, second = wrap("ก่อสร้างถนนคอนกรีตเสริมเหล็ก", 110, 13, lines=2)
    assert (first, second.rstrip("…")) in {("ก่อสร้างถนน", "คอนกรีตเสริมเหล็ก"), ("ก่อสร้าง", "ถนนคอนกรีตเสริมเหล็ก")}


def test_every_text_on_a_picture_can_be_read() -> None:
    assert set(colors.LEVEL_FILL) == set(LEVELS)
    for level, fill in colors.LEVEL_FILL.items():
        assert colors.contrast(colors.ink_on(fill), fill) >= 4.5
        box, ink = colors.box_colors(level)
        assert colors.contrast(ink, box) >= 4.5
        assert colors.contrast(fill, colors.PAPER) >= 3, "edges of boxes are graphics"
    for ink in (colors.INK, colors.MUTED, colors.STATUS_LINE["suggested"], colors.SUSPECT_LINE):
        assert colors.contrast(ink, colors.PAPER) >= 4.5
    for status in ("declared", "confirmed", "suggested"):  # lines: 3:1 for graphics
        assert colors.contrast(colors.STATUS_LINE[status], colors.PAPER) >= 3


def test_contrast_is_the_formula_of_wcag() -> None:
    assert round(colors.contrast("#000000", "#ffffff"), 2) == 21
    assert round(colors.contrast("#777777", "#ffffff"), 2) == 4.48
    for one, other in product(("#14532d", "#ffffff"), repeat=2):
        assert colors.contrast(one, other) == colors.contrast(other, one)


def test_words_of_the_field() -> None:
    assert [confidence_of(p) for p in (1.0, 0.9, 0.89, 0.7, 0.69, 0.0)] == [
        "high",
        "high",
        "medium",
        "medium",
        "low",
        "low",
    ]
    assert plan_kind_word("PK03", "th") == "แผน อปท." and plan_kind_word("XX", "th") == "XX"
    assert baht(2450000.0) == "2,450,000 บาท" and baht(0.5, "en") == "0.50 baht" and baht(None) == ""

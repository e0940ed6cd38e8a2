"""Thai dictionary order: the vowel written before its consonant is read after it, tone marks decide only ties."""

from __future__ import annotations

import re

from tracegraph.thai.normalize import normalize

_LEADING = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_LATER = re.compile("[\u0e47-\u0e4e]")  # tone marks, ไม้ไต่คู้, การันต์
_LOOSE = re.compile(r"[^\w\u0e00-\u0e7f]+")
_DIGITS = re.compile(r"\d+")
_PAD = 12


def sort_key(text: str) -> tuple[str, str]:
    """A key for ``sorted``: letters in dictionary order first, then marks; numbers by value (หมู่ 2 before หมู่ 10)."""
    plain = normalize(text)
    swapped = _LEADING.sub(r"\2\1", plain)
    numbered = _DIGITS.sub(lambda m: m[0].zfill(_PAD), swapped)
    return _LOOSE.sub(" ", _LATER.sub("", numbered)).strip(), swapped

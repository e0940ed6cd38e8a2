"""Slips of the few short words before a number that tell one work from its neighbor: ช่วง, ระยะ, ตอน, หมู่, ซอย.

A name that says "ช่งที่ 2" is about the second stretch; read without the number, it is taken for the first one. Only
one slip is forgiven (a letter lost, doubled or taken for one that looks like it in print), and only of a word that
stands apart and before a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracegraph.thai.finds import TAKEN
from tracegraph.thai.lexicon import build_pattern

#: What a letter is taken for by a scan or a tired eye.
_LOOKS = {
    "ช": "ซข", "ซ": "ชข", "ต": "ดค", "ห": "ทพ", "ว": "ร", "ร": "ว", "น": "บม", "ม": "น", "อ": "ฮ", "ย": "ผ",
    "เ": "แ", "ค": "ดต", "ด": "คต", "บ": "ปน", "ล": "ส", "ส": "ล",
}  # fmt: skip
_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e48\u0e49\u0e4a\u0e4b")
_TONES = frozenset("\u0e48\u0e49\u0e4a\u0e4b")
#: ที่ before a number, its marks lost or misread, its letter doubled.
TH_NUMBER = r"[ทหพ][ทห]?[ีิื]{1,2}[่้๊]{0,2}"


def build_slips(word: str) -> frozenset[str]:
    """``word`` with one slip: a letter lost (none that bears a mark), doubled or misread, a tone lost or exchanged."""
    slips = set()
    for at, letter in enumerate(word):
        before, after = word[:at], word[at + 1 :]
        bears = after[:1] in _MARKS
        if letter in _TONES or (letter not in _MARKS and not bears and len(word) > 2):
            slips.add(before + after)
        if letter in _TONES:
            slips.update(before + tone + after for tone in _TONES)
        else:
            slips.add(before + letter + letter + after)
        slips.update(before + other + after for other in _LOOKS.get(letter, ""))
    return frozenset(slips - {word})


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips as a regular expression, and a quick ``sign`` of them: what the engine can look for, as it cannot for a
    pattern that looks back first."""

    pattern: str
    sign: re.Pattern[str]


def build_slip_pattern(*kinds: tuple[Iterable[str], str, Iterable[str]]) -> Slips:
    """One slip of a word, standing apart. For each kind the words, what follows (an expression), and the slips that are
    words of their own."""
    patterns: list[str] = []
    first: set[str] = set()
    for words, before, spared in kinds:
        listed = list(words)
        found = sorted({slip for word in listed for slip in build_slips(word)}.difference(listed, spared))
        patterns.append(rf"(?<![ก-๎.]){build_pattern(found)}(?={before})")
        first.update(slip[0] for slip in found)
    pattern = "|".join(patterns)
    return Slips(pattern, re.compile(rf"[ ({TAKEN}](?=[{''.join(sorted(first))}])(?:{pattern})"))

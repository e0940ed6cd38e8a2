"""Whether a word found in Thai text stands there as a word, although Thai writes no spaces.

A match may begin or end inside a compound only where what it leaves over is made of words (รางระบาย|น้ำ, but not
ปัญ|หาน้ำ, จัง|หวัด or โค|รงการ).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from tracegraph.thai.lexicon import load_rows
from tracegraph.thai.words import split_words

Span = tuple[int, int]

#: Fewer letters than these are no syllable of their own.
_SYLLABLE = 2
#: Of several leftover words each has at least so many letters: two-letter words make up nearly anything (สามา|รถ).
_SURE = 3
#: Vowels and marks that belong to the letter before them.
_FOLLOWING = frozenset("ะัาำิีึืุูๅ็่้๊๋์ํ๎")


def find_cuts(bare: str, gaps: frozenset[int] = frozenset()) -> dict[int, Span]:
    """For each place inside a word, not at its edge, the range of that word; ``gaps`` are edges that the text shows."""
    inside: dict[int, Span] = {}
    start = 0
    for word in split_words(bare):
        end = start + len(word)
        inside.update((at, (start, end)) for at in range(start + 1, end) if at not in gaps)
        start = end
    return inside


def stands_alone(bare: str, start: int, end: int, cuts: Mapping[int, Span]) -> bool:
    """False where the match cuts a letter from its vowel, or a word so that no words are left over."""
    if end < len(bare) and bare[end] in _FOLLOWING:
        return False
    first, last = cuts.get(start), cuts.get(end)
    if first is not None and not _may_begin(bare[first[0] : first[1]], start - first[0]):
        return False
    return last is None or _may_end(bare[last[0] : last[1]], end - last[0], bare[start:end])


@lru_cache(maxsize=65536)
def _may_begin(token: str, at: int) -> bool:
    """Whether a match from ``at`` of a word on leaves a word before it."""
    if min(at, len(token) - at) < _SYLLABLE:
        return False
    return token not in _words() or _made_of_words(token[:at])


@lru_cache(maxsize=65536)
def _may_end(token: str, at: int, match: str) -> bool:
    """Whether a match up to ``at`` of a word leaves a word after it; a word cut short on purpose (แอสฟัล) may end so."""
    if min(at, len(token) - at) < _SYLLABLE:
        return False
    return token not in _words() or match not in _words() or _made_of_words(token[at:])


def _made_of_words(part: str) -> bool:
    pieces = split_words(part)
    known = all(piece in _words() or piece in _terms() for piece in pieces)
    return known and (len(pieces) == 1 or min(map(len, pieces)) >= _SURE)


@cache
def _words() -> frozenset[str]:
    from pythainlp.corpus.common import thai_words  # noqa: PLC0415  (reading its word list takes a quarter of a second)

    return frozenset(thai_words())


@cache
def _terms() -> frozenset[str]:
    """Terms of planning, by which text is cut as well."""
    terms = {word for row in load_rows("works") for word in row["words"].split("|")}
    return frozenset(terms | {row["canonical"] for row in load_rows("variants")})

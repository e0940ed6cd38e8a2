"""Finding needs by what people type: Thai digits, ม./หมู่, missing spaces, คสล. and ค.ส.ล. all mean the same.

Both sides go through the comparison form and the variant table; village numbers are compared as numbers, the rest
word by word, so that the order of words and the spaces between them do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracegraph.thai.variants import canonical
from tracegraph.thai.words import split_words

_VILLAGE = re.compile(r"(?:หมู่บ้านที่|หมู่ที่|หมู่|ม\.)\s*(\d{1,3})(?!\d)")
_NUMBER = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, slots=True)
class Search:
    """What must all be found: village numbers (any one of them), and words without spaces."""

    villages: frozenset[int]
    words: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """True where nothing was asked for: everything matches."""
        return not self.villages and not self.words


def read_search(text: str) -> Search:
    """The search that a person typed."""
    form = canonical(text)
    villages = frozenset(int(number) for number in _VILLAGE.findall(form))
    rest = _VILLAGE.sub(" ", form)
    words = []
    for chunk in rest.split():
        words += [word for word in split_words(chunk) if any(letter.isalnum() for letter in word)]
    return Search(villages, tuple(dict.fromkeys(word.replace(",", "") for word in words)))


def build_key(texts: Iterable[str | None]) -> str:
    """What a record is searched in: its texts in comparison form, without spaces and number separators."""
    joined = " \u00b7 ".join(canonical(text) for text in texts if text)
    return _NUMBER.sub(lambda m: m[0].replace(",", ""), joined).replace(" ", "")


def matches(search: Search, key: str, villages: Iterable[int]) -> bool:
    """True where every word stands in ``key`` and, if villages were named, the record is of one of them."""
    if search.villages:
        own = set(villages) | {int(number) for number in _VILLAGE.findall(key)}
        if not search.villages & own:
            return False
    return all(_stands_in(word, key) for word in search.words)


def _stands_in(word: str, key: str) -> bool:
    """A number stands only as a whole number: 5 is not in 2568."""
    if word.isdigit():
        return re.search(rf"(?<!\d){word}(?!\d)", key) is not None
    return word in key

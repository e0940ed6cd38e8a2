"""Lists of Thai words that begin, end or forbid a name, from ``data/cues.csv``."""

from __future__ import annotations

import re
from functools import cache

from tracegraph.thai.finds import Ends, group_ends
from tracegraph.thai.lexicon import build_pattern, load_rows


@cache
def load_cues(kind: str) -> tuple[str, ...]:
    """The words of one kind, the longest first."""
    words = {word for row in load_rows("cues") if row["kind"] == kind for word in row["words"].split("|")}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def load_ends(kind: str) -> Ends:
    """The words of one kind by their last letter."""
    return group_ends(*load_cues(kind))


@cache
def load_pairs(kind: str) -> dict[str, tuple[str, ...]]:
    """Words written ``word:other``, grouped by ``word``."""
    pairs: dict[str, list[str]] = {}
    for pair in load_cues(kind):
        word, _, other = pair.partition(":")
        pairs.setdefault(word, []).append(other)
    return {word: tuple(others) for word, others in pairs.items()}


@cache
def load_signs(kind: str) -> tuple[str, ...]:
    """Words of one kind of which one must stand in a text that holds any word of the kind (วัด stands for หน้าวัด)."""
    words = load_cues(kind)
    return tuple(word for word in words if not any(other in word for other in words if other != word))


@cache
def compile_cues(*kinds: str) -> re.Pattern[str]:
    """A pattern that finds the words of these kinds, the longest at each place."""
    words = {word for kind in kinds for word in load_cues(kind)}
    short = "".join(sorted(word[0] for word in words if len(word) == 2 and word.endswith(".")))
    plain = build_pattern(sorted(word for word in words if not (len(word) == 2 and word.endswith("."))))
    if not short:
        return re.compile(plain)
    return re.compile(rf"{plain}|(?<![บสท.])[{short}]\.")  # not the end of อบต. รพ.สต. ทม.

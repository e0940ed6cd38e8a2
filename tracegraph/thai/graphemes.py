"""Text by what a reader sees as one character; shortening and comparing that never cut inside one."""

from __future__ import annotations

import difflib
import re
from enum import StrEnum
from typing import NamedTuple

from tracegraph.thai.words import split_words

ELLIPSIS = "…"
# A leading vowel belongs to its consonant; า of ำ, marks above and below, joiners and modifiers to what they follow.
_CLUSTER = re.compile(
    r"[\u0e40-\u0e44]?[\s\S](?:[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0300-\u036f\u200d\ufe00-\ufe0f\u20d0-\u20ff\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ecd]"
    r"|(?<=\u200d)[\s\S]|[\U0001f3fb-\U0001f3ff])*"
)


class DiffKind(StrEnum):
    """Whether a piece stands in both texts, only in the left one or only in the right one."""

    SAME = "same"
    LEFT = "left"
    RIGHT = "right"


class DiffPiece(NamedTuple):
    """A run of words and where it stands."""

    kind: DiffKind
    text: str


def graphemes(text: str) -> tuple[str, ...]:
    """The characters a reader sees; joined again they are ``text``."""
    return tuple(_CLUSTER.findall(text))


def shorten(text: str, n: int) -> str:
    """``text`` in at most ``n`` visible characters, the last one an ellipsis where something was cut."""
    if n < 1:
        return ""
    clusters = graphemes(text)
    if len(clusters) <= n:
        return text
    return "".join(clusters[: n - 1]).rstrip() + ELLIPSIS


def word_diff(left: str, right: str) -> tuple[DiffPiece, ...]:
    """What two texts share and where they differ, word by word; same + left pieces make ``left`` again."""
    a, b = split_words(left), split_words(right)
    pieces: list[DiffPiece] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(DiffPiece(DiffKind.SAME, "".join(a[i:j])))
            continue
        if j > i:
            pieces.append(DiffPiece(DiffKind.LEFT, "".join(a[i:j])))
        if m > k:
            pieces.append(DiffPiece(DiffKind.RIGHT, "".join(b[k:m])))
    return tuple(pieces)

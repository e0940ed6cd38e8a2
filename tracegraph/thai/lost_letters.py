"""Letters that a PDF lost: its font draws them but does not say which they are (U+FFFD stands in their place).

Nearly always it is a tone mark that the font draws lower or to the left beside a vowel ("ที\ufffd", "เป\ufffdาหมาย"),
or า.
The dictionary tells which; where two words fit, the one that is written far more often; else nothing is put in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from tracegraph.thai.broken_words import dictionary

LOST = "\ufffd"
LOST_MARK = "\ufffc"
"""A lost letter without width, so a mark: readers of files put it in, ``restore_lost`` leaves U+FFFD at most."""
_MARKS = "\u0e31\u0e34-\u0e37\u0e47-\u0e4c"  # above the letter; fonts draw those below in one way only
_EITHER = f"{LOST}{LOST_MARK}"
_TALL = "ปฝฟฬ"  # beside their stroke a font draws every mark further left
_UPPER = "\u0e31\u0e34-\u0e37"
_DROPPED = dict.fromkeys(map(ord, f"\u0e31\u0e32\u0e33\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39{_EITHER}"), None)
_DROPPED |= dict.fromkeys(range(0x0E47, 0x0E4E), None)
_RUN = re.compile(f"[\u0e01-\u0e4e{_EITHER}]*[{_EITHER}][\u0e01-\u0e4e{_EITHER}]*")
_ONE_LOST = re.compile(f"[{_EITHER}]")
_REACH = 14  # letters to each side of a lost one in which its word must lie
_SHORTEST = 2
_SHORT = 3
_UNTOLD = 4  # letters behind a word; with a lost one among them nothing tells whether they begin a word
_MORE_OFTEN = 4.0  # times that the likelier of two words must be written more often
_MOST_LOST = 200  # in one piece of text; more is no text
_LONGEST_RUN = 2_000


def restore_lost(text: str) -> str:
    """The text with every lost letter put in that the dictionary is sure of; the others stay U+FFFD."""
    if LOST not in text and LOST_MARK not in text:
        return text
    if len(_ONE_LOST.findall(text)) <= _MOST_LOST:
        text = _RUN.sub(_restored, re.sub(f"(?<=\u0e33){LOST}", "", text))  # "สำ\ufffdนัก": ำ was drawn as two
    return text.replace(LOST_MARK, LOST)


def _restored(match: re.Match[str]) -> str:
    run = match[0]
    at = 0
    while len(run) <= _LONGEST_RUN and (lost := _ONE_LOST.search(run, at)):
        left, right = run[max(0, lost.start() - _REACH) : lost.start()], run[lost.end() : lost.end() + _REACH]
        start, end, word = _word_over(left, lost[0], right)
        begin = lost.start() - len(left)
        at = begin + start + len(word) if word else lost.end()
        run = run[: begin + start] + word + run[begin + end :] if word else run
    return run


@lru_cache(maxsize=20_000)
def _word_over(left: str, lost: str, right: str) -> tuple[int, int, str]:
    """Start, end and true spelling of the longest word over the lost letter between ``left`` and ``right``.

    A word behind which the text goes on with another word is taken before a longer one that cuts into the next.
    """
    text = f"{left}{lost}{right}"
    spans = [(start, end) for start in range(len(left) + 1) for end in range(len(left) + 1, len(text) + 1)]
    longest: tuple[int, int, str] = (0, 0, "")
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if end - start < _SHORTEST:
            break
        if (end < len(text) and "\u0e30" <= text[end] <= "\u0e3a") or (start and "เ" <= text[start - 1] <= "ไ"):
            continue  # a word does not end before a vowel sign, nor begin behind one
        word = _spelling(text[start:end])
        if word is not None and _begins_a_word(text[end:]):
            return start, end, word
        if word and not longest[2]:
            longest = start, end, word
    return longest


def _begins_a_word(text: str) -> bool:
    if len(text) < _SHORTEST or _ONE_LOST.search(text[:_UNTOLD]):
        return True
    words = dictionary()
    return any(text[:length] in words for length in range(_SHORTEST, len(text) + 1))


def _spelling(piece: str) -> str | None:
    """The one word that ``piece`` can be; '' where several are written about as often, None where there is none."""
    words = _by_skeleton().get(piece.translate(_DROPPED))
    if not words:
        return None
    fitting = [word for word in words if _pattern(piece).fullmatch(word)]
    if len(piece) <= _SHORT:  # rare short words ("กปิ") turn up by chance across the edge of two others
        fitting = [word for word in fitting if word in _frequency()]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    used = sorted(((_frequency().get(word, 0), word) for word in fitting), reverse=True)
    return used[0][1] if used[0][0] >= _MORE_OFTEN * max(1, used[1][0]) else ""


def _pattern(piece: str) -> re.Pattern[str]:
    """What a word must look like to have lost letters as in ``piece``."""
    parts: list[str] = []
    for at, letter in enumerate(piece):
        if letter == "\u0e32" and piece[at - 1 : at] in (LOST, LOST_MARK):
            continue  # told with the lost one before it
        parts.append(_lost(piece, at) if letter in _EITHER else re.escape(letter))
    return re.compile("".join(parts))


def _lost(piece: str, at: int) -> str:
    """What may stand for the lost letter here; before า also ้ำ, whose marks fonts draw as one."""
    before, am = piece[at - 1 : at], piece[at + 1 : at + 2] == "\u0e32"
    if re.match(f"[{_UPPER}]", before):
        return "[\u0e48-\u0e4c]" + ("\u0e32" if am else "")
    if am and piece[at] == LOST_MARK and before not in _TALL:
        return "[\u0e48-\u0e4b]\u0e33"
    if am:
        return f"(?:[{_MARKS}]\u0e32|[\u0e48-\u0e4b]\u0e33)"
    return f"[{_MARKS}]" if piece[at] == LOST_MARK else f"[{_MARKS}\u0e32]"


@cache
def _by_skeleton() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in dictionary():
        found[word.translate(_DROPPED)].append(word)
    return {skeleton: tuple(sorted(words)) for skeleton, words in found.items()}


@cache
def _frequency() -> Mapping[str, int]:
    from pythainlp.corpus import ttc  # noqa: PLC0415  (read only where two words fit)

    return dict(ttc.word_freqs())

"""Names that a program read wrongly from a scanned page: pieces of other columns, odd signs, look-alike letters.

A name is only flagged, never mended: what was printed is for a person to look up. Each sign counts by itself; the
confidence is 1 minus the product of the signs' doubts, which were set by reading names of scanned and of typed plans.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tracegraph.thai.broken_words import dictionary
from tracegraph.thai.lexicon import build_pattern, load_rows

_LEAST = 0.5  # confidence below which a name is not flagged
_MARKS = "ัิ-ฺ็-๎"
_LONGEST = 400  # characters of a name that are looked at


@dataclass(frozen=True, slots=True)
class Debris:
    """How sure (0–1) a name is misread, the pieces that show it, and the reasons as (Thai, English)."""

    confidence: float
    found: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Sign:
    pattern: re.Pattern[str]
    weight: float
    th: str
    en: str


#: Short Latin words that people write in names: units, parts of devices, small words.
_UNIT = (
    "mm|cm|km|kg|mg|kw|kv|hp|hz|ml|cc|no|ph|pe|pp|gb|tb|mb|fm|am|wi|fi|ai|it|id|pc|tv|hd|ip|sd|dc|ac|co"
    "|of|in|on|to|by|at|is|or|an|be|m|g|w|v|a|l|x|e|i|o|s|t|k|n|r|u|y"
)
_SIGNS = (
    _Sign(re.compile(r"[^|]{0,12}\|[^|]{0,8}"), 0.85, "มีเส้นแบ่งช่องตาราง", "a ruling line of the table"),
    _Sign(
        re.compile(r"\d[\d.,]{4,}\s*[|\]})]\s*\d[\d.,]{4,}"), 0.9, "มีเงินของช่องอื่นปนมา", "money of other columns",
    ),
    _Sign(
        re.compile(r"[«»©®§¢€£¥\\^{}]+|(?<![=\d])=(?![=\d])"), 0.5,
        "มีเครื่องหมายแปลก", "odd signs",
    ),
    _Sign(re.compile(r"[;:,!?|]{2,}|“[^“”]*$|(?<!\.)\.[,;:]|[,;:]\.(?!\.)|\s[.,:;](?=[ก-ฮเ-ไ])"), 0.4,
          "เครื่องหมายวรรคตอนซ้อนหรือผิดที่", "punctuation doubled or out of place"),
    _Sign(
        re.compile(rf"(?:^|(?<=[^{_MARKS}ก-ฮำ]))[{_MARKS}]|([ิ-ื็ั])(?!\1)[ิ-ื็ัุู]|[่-๋์][ิ-ื็ัุู]|[ะา][{_MARKS}]|้้า"),
        0.55, "มีสระหรือวรรณยุกต์ลอยหรือซ้อนกัน", "vowels or tone marks loose or upon each other",
    ),
    _Sign(re.compile(rf"([{_MARKS}])\1|[่-๋][่-๋]"), 0.4, "มีวรรณยุกต์ซ้ำ", "a mark typed or read twice"),
    _Sign(
        re.compile(r"[เ-ไ](?![ก-ฮฤ])|ั(?![ก-ฮ่-๋])|(?<![ก-ฮ่-๋])ำ|(?<![ก-ฮ่-๋็\u0e4dาฤ])[ะา]|าา"), 0.55,
        "มีสระที่ไม่มีพยัญชนะ", "a vowel without its consonant",
    ),
    _Sign(
        re.compile(rf"(?<![A-Za-z0-9./#&+-])(?!(?:{_UNIT})(?![a-z]))[a-z]{{1,2}}(?![A-Za-z0-9.])(?=\s|[ก-๙]|$)"), 0.5,
        "มีอักษรโรมันหลงมา", "stray Latin letters",
    ),
    _Sign(re.compile(r"[ก-๎][a-z]{1,2}[ก-๎]"), 0.5, "มีอักษรโรมันกลางคำไทย", "Latin letters inside a Thai word"),
    _Sign(re.compile(r"\ufffd|\(cid:\d+\)"), 0.6, "มีตัวอักษรที่อ่านไม่ได้", "letters that cannot be read"),
)  # fmt: skip
_MISREAD = 0.75


def find_debris(text: str) -> Debris | None:
    """The signs that a name was misread from a scan; None where they are too weak or there is none."""
    text = text[:_LONGEST]
    doubt = 1.0
    found: list[str] = []
    reasons: list[tuple[str, str]] = []
    for sign in _SIGNS:
        match = sign.pattern.search(text)
        if match:
            doubt *= 1 - sign.weight
            found.append(match[0].strip() or match[0])
            reasons.append((sign.th, sign.en))
    for piece, word in _iter_misread(text):
        doubt *= 1 - _MISREAD
        found.append(piece)
        reasons.append((f"‘{piece}’ น่าจะเป็น ‘{word}’", f"‘{piece}’ is probably ‘{word}’"))
    confidence = round(1 - doubt, 2)
    return Debris(confidence, tuple(found), tuple(reasons)) if confidence >= _LEAST else None


def _iter_misread(text: str) -> Iterator[tuple[str, str]]:
    """Words that are a common word of plans but for look-alike letters, and no word of the dictionary."""
    blurred = text.translate(_look_alikes())
    heads = _common_words()
    end = 0
    for head in _beginnings().finditer(blurred):
        start = head.start()
        if start < end:
            continue
        for word, shape in heads[head[1]]:
            if blurred.startswith(shape, start):
                piece = text[start : start + len(word)]
                if _is_misread(text, start, piece, word):
                    yield piece, word
                end = start + len(word)
                break


def _is_misread(text: str, start: int, piece: str, word: str) -> bool:
    wrong = [at for at, letter in enumerate(word) if piece[at] != letter]
    if not wrong or len(wrong) > max(1, len(word) // _LETTERS_TO_AN_ERROR):
        return False
    if piece in dictionary():
        return False
    return not all(_is_explained(text, start, len(word), start + at) for at in wrong)


def _is_explained(text: str, start: int, length: int, at: int) -> bool:
    """Whether the letter is of a word that begins before the piece or ends behind it ("ความสุขนิด": สุข, not ชนิด)."""
    words = dictionary()
    end = start + length
    return any(
        text[first:last] in words
        for first in range(max(0, at - 12), at + 1)
        for last in range(max(at + 1, first + _SHORTEST), min(len(text), at + 13) + 1)
        if first < start or last > end
    )


_HEAD = 4  # letters by which words are looked up, and the fewest that a word has
_SHORTEST = 3  # letters of a word that may explain a letter; shorter ones are found anywhere
_LETTERS_TO_AN_ERROR = 3  # of a word; with more of them wrong it is another word


@cache
def _look_alikes() -> Mapping[int, str]:
    """Each letter → the first of those that it is mistaken for."""
    groups = [row["words"] for row in load_rows("misread") if row["kind"] == "letters"]
    return {ord(letter): group[0] for group in groups for letter in group}


@cache
def _common_words() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Common words of plans and their blurred shapes, the longest first, by the beginning of the shape."""
    heads: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in load_rows("misread"):
        if row["kind"] == "word":
            for word in row["words"].split("|"):
                shape = word.translate(_look_alikes())
                heads[shape[:_HEAD]].add((word, shape))
    return {head: tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0]))) for head, found in heads.items()}


@cache
def _beginnings() -> re.Pattern[str]:
    """Where the blurred shape of a common word may begin; matches may overlap."""
    return re.compile(f"(?=({build_pattern(_common_words())}))")

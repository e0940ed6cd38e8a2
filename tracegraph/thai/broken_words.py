"""What the dictionary says of a piece of Thai, and words that are often broken in one way."""

from __future__ import annotations

import re
from functools import cache

from tracegraph.thai.lexicon import build_pattern, load_rows

_LONGEST = 24  # letters of the longest word looked for

#: Spellings that PDF text often has and that stand for one word only. No part of a correct word reads like them.
_SPELLINGS = {
    "พ้นที่": "พื้นที่",
    "อาเภอ": "อำเภอ",
    "ตาบล": "ตำบล",
    "ดาเนิน": "ดำเนิน",
    "จานวน": "จำนวน",
    "สานักงาน": "สำนักงาน",
    "สานักปลัด": "สำนักปลัด",
    "กาหนด": "กำหนด",
    "ประจาปี": "ประจำปี",
    "บารุง": "บำรุง",
    "ชารุด": "ชำรุด",
    "สาหรับ": "สำหรับ",
    "ลาดับ": "ลำดับ",
    "น้าประปา": "น้ำประปา",
    "ระบายน้า": "ระบายน้ำ",
    "แหล่งน้า": "แหล่งน้ำ",
}
_SPELLING = re.compile(build_pattern(_SPELLINGS))


@cache
def dictionary() -> frozenset[str]:
    """Words of pythainlp's list and of ours, of two letters and more."""
    from pythainlp.corpus.common import thai_words  # noqa: PLC0415  (reading its word list takes a quarter of a second)

    ours = {word for row in load_rows("works") for word in row["words"].split("|")}
    ours |= {row["canonical"] for row in load_rows("variants") if row["kind"] in ("spelling", "abbreviation")}
    return frozenset(word for word in (*thai_words(), *ours) if len(word) > 1 and " " not in word)


def is_known(word: str) -> bool:
    """Whether this is one word of the dictionary."""
    return word in dictionary()


def mend_spelling(text: str) -> str:
    """Words that lost a mark in one known way ("ดาเนินการ", "พ้นที่"), as they are written."""
    return _SPELLING.sub(lambda found: _SPELLINGS[found[0]], text)


def first_word(text: str) -> str:
    """The longest word of the dictionary that ``text`` begins with; else what stands before the first space."""
    words = dictionary()
    for length in range(min(_LONGEST, len(text)), 1, -1):
        if text[:length] in words:
            return text[:length]
    return text.split(maxsplit=1)[0] if text.strip() else ""

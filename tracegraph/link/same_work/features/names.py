"""How alike two names of places are: spellings of one name, or names that only begin or end alike.

Names of one district share their words (หนอง, บ้าน, โรงเรียน), so likeness in letters says little by itself: หนองบัว and
หนองแวง are two ponds. What differs must be what a slip of the hand or of a scan makes (``thai.slip_cost``), or words
that one of the names has more.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from tracegraph.thai.slip_cost import count_letters, fold_name, measure_slip

#: From here on two names are the same, and alike (0–100).
SAME_NAME, LIKE_NAME = 85.0, 70.0
_DIGITS = re.compile(r"\d+")
#: Letters of a name that has one slip; of a shorter one only marks and look-alikes are slips: หนองแวง is not หนองแสง.
_LETTERS_A_SLIP = 8


def best_ratio(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Likeness (0–100) of the two names that are most alike; names with different numbers are not alike at all."""
    return max((name_ratio(a, b) for a in left for b in right), default=0.0)


def name_ratio(left: str, right: str) -> float:
    """Likeness (0–100) of two names of places, 0 where their numbers differ or where one has another word in place of
    the other's (หนองบัว and หนองแวง)."""
    ratio = letters_ratio(left, right)
    return 0.0 if LIKE_NAME <= ratio < 100.0 and is_other_word(left, right) else ratio


def letters_ratio(left: str, right: str) -> float:
    """Likeness (0–100) in letters, 0 where the numbers differ (บ้านเลขที่ 46/1 and 69/3)."""
    return fuzz.ratio(left, right) if _DIGITS.findall(left) == _DIGITS.findall(right) else 0.0


@lru_cache(maxsize=65_536)
def is_other_word(left: str, right: str) -> bool:
    """Whether two names that are alike differ by more than slips, and not by what one of them has more."""
    mine, theirs = fold_name(left), fold_name(right)
    if _only_adds(mine, theirs):
        return False
    most = min(count_letters(mine), count_letters(theirs)) / _LETTERS_A_SLIP
    return measure_slip(mine, theirs, most) > most


def _only_adds(left: str, right: str) -> bool:
    """Whether one is the other with further letters."""
    return Levenshtein.distance(left, right) == abs(len(left) - len(right))

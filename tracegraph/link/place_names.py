"""Names of places: whether two are spellings of one name or only begin or end alike, and of which institution they are.

Names of one district share their words (หนอง, บ้าน, โรงเรียน), so likeness in letters says little by itself: หนองบัว and
หนองแวง are two ponds. What differs must be what a slip of the hand or of a scan makes (``thai.slip_cost``), or words
that one of the names has more.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from tracegraph.thai.normalize import normalize
from tracegraph.thai.slip_cost import count_letters, fold_name, measure_slip

#: From here on two names are the same, and alike (0–100).
SAME_NAME, LIKE_NAME = 85.0, 70.0
#: Institutions that a village has one of, by the word that its name begins with, and what they are called here.
_INSTITUTION = re.compile(
    r"(?P<child_center>ศูนย์(?:พัฒนา)?เด็กเล็ก|ศพด\.)|(?P<health_station>โรงพยาบาลส่งเสริมสุขภาพ(?:ตำบล)?|รพ\.?สต\.|สถานีอนามัย)"
    r"|(?P<school>โรงเรียน|รร\.|ร\.ร\.)|(?P<mosque>มัสยิด)|(?P<temple>วัด)"
)
_OF_VILLAGE = re.compile(r"(?:\s|บ้าน|ชุมชน)+")
_SURE = re.compile(r"\s?(?:บ้าน|ชุมชน|วัด)")
_SHORTEST = 2
_DIGITS = re.compile(r"\d+")
#: Letters of a name that has one slip; of a shorter one only marks and look-alikes are slips: หนองแวง is not หนองแสง.
_LETTERS_A_SLIP = 8
#: Letters of a name; more are a run of words in which slips are not counted.
_LONGEST_NAME = 60


def best_ratio(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Likeness (0–100) of the two names that are most alike; names with different numbers are not alike at all."""
    return max((name_ratio(a, b) for a in left for b in right), default=0.0)


def name_ratio(left: str, right: str) -> float:
    """Likeness (0–100) of two names of places, 0 where their numbers differ or where one has another word in place of
    the other's (หนองบัว and หนองแวง)."""
    ratio = letters_ratio(left, right)
    return 0.0 if LIKE_NAME <= ratio < 100.0 and is_other_word(left, right) else ratio


def grade_ratio(ratio: float) -> str:
    """The level of two names whose likeness (0–100) is ``ratio``: same, similar or differs."""
    return "same" if ratio >= SAME_NAME else "similar" if ratio >= LIKE_NAME else "differs"


def letters_ratio(left: str, right: str) -> float:
    """Likeness (0–100) in letters, 0 where the numbers differ (บ้านเลขที่ 46/1 and 69/3)."""
    return fuzz.ratio(left, right) if _DIGITS.findall(left) == _DIGITS.findall(right) else 0.0


@lru_cache(maxsize=65_536)
def is_other_word(left: str, right: str) -> bool:
    """Whether two names that are alike differ by more than slips, and not by what one of them has more."""
    mine, theirs = fold_name(left), fold_name(right)
    if max(len(mine), len(theirs)) > _LONGEST_NAME or _only_adds(mine, theirs):
        return False
    most = min(count_letters(mine), count_letters(theirs)) / _LETTERS_A_SLIP
    return measure_slip(mine, theirs, most) > most


def _only_adds(left: str, right: str) -> bool:
    """Whether one is the other with further letters."""
    return Levenshtein.distance(left, right) == abs(len(left) - len(right))


def find_institution(text: str, *, sure: bool = False) -> tuple[str, str] | None:
    """The kind and own name of the school, temple, child center … that a landmark or body names: โรงเรียนบ้านดอน is
    ("school", "ดอน"). None for other places, and where no own name follows.

    ``sure``: only where the name says that it is one (โรงเรียนบ้าน…). In people's sentences anything follows the word:
    โรงเรียนรถชนกันบ่อย.
    """
    plain = normalize(text)
    found = _INSTITUTION.search(plain)
    if found is None or found.lastgroup is None or (sure and not _SURE.match(plain, found.end())):
        return None
    head = _OF_VILLAGE.match(plain, found.end())
    own = plain[head.end() if head else found.end() :].replace(" ", "").strip(".")
    return (found.lastgroup, own) if len(own) >= _SHORTEST else None


def may_be_one(left: str, right: str) -> bool:
    """Whether two own names may be one: alike, or one goes on where the other ends."""
    return left.startswith(right) or right.startswith(left) or name_ratio(left, right) >= LIKE_NAME

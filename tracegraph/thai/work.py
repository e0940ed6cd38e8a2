"""The work of a name: verb family, object and the surface or structure family, from ``data/works.csv``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tracegraph.thai.cues import load_cues
from tracegraph.thai.finds import TAKEN, Reading, is_thai
from tracegraph.thai.lexicon import build_pattern, load_rows

_BEFORE_VERB = ("และ", "พร้อม", "จ้าง", "เหมา", "/")
_FRONT_WORDS = ("โครงการ", "การ", "งาน", "ค่า", "กิจกรรม", "ให้", "อยาก", "ขอ")
_PAVED = "ลาดยาง"  # wins over คอนกรีต: แอสฟัลท์ติกคอนกรีต is asphalt


class _Word(NamedTuple):
    kind: str  # verb | object | first object (only right after the verb) | surface | head
    canonical: str
    family: str
    length: int  # characters that belong to the word; the rest of a match only had to follow
    weak: bool  # a verb that gives way to a later one


class _Works(NamedTuple):
    pattern: re.Pattern[str]
    words: dict[str, _Word]


@cache
def _works() -> _Works:
    words: dict[str, _Word] = {}
    for row in load_rows("works"):
        weak = row["family"] == "weak"
        for word in row["words"].split("|"):
            head, _, _ = word.partition("+")
            entry = _Word(row["kind"], row["canonical"], "" if weak else row["family"], len(head), weak)
            words.setdefault(word.replace("+", ""), entry)
    return _Works(re.compile(build_pattern(words)), words)


@cache
def _verbs() -> re.Pattern[str]:
    works = _works()
    return re.compile(build_pattern([word for word, entry in works.words.items() if entry.kind == "verb"]))


def holds_verb(text: str) -> bool:
    """Whether the word of an action stands in a normalized text; a name without one has no verb (``find_work``)."""
    return _verbs().search(text) is not None


class _Work:
    """The work as far as it has been read."""

    __slots__ = ("family", "surface", "thing", "verb", "weak")

    def __init__(self) -> None:
        self.verb = self.thing = self.family = self.surface = ""
        self.weak = False


def find_work(reading: Reading) -> None:
    """First verb, first object, strongest surface; later objects go to ``other_objects``."""
    works, work = _works(), _Work()
    text, at = reading.rest, 0
    while m := works.pattern.search(text, at):
        word, start = works.words[m[0]], m.start()
        at = start + max(word.length, 1)
        if word.kind == "verb":
            _take_verb(reading, work, word, start)
        elif word.kind == "head":
            if not work.thing and _at_front(reading.rest, start):
                return  # an equipment word leads: verbs and objects after it only describe it
        elif word.kind.endswith("object"):
            _take_object(reading, work, word, start)
        elif work.surface != _PAVED and (not work.surface or word.canonical == _PAVED):
            work.surface = word.canonical
            reading.claim("surface", word.canonical, start, start + word.length)
        else:
            reading.blank(start, start + word.length)
    if family := work.family or work.surface:
        reading.values["family"] = [(0, family)]


def _take_verb(reading: Reading, work: _Work, word: _Word, start: int) -> None:
    if not _begins_verb(reading.rest, start):
        return
    if not work.verb or (work.weak and not work.thing):
        reading.values.pop("verb", None)
        work.verb, work.weak = word.canonical, word.weak
        work.surface = word.family
        reading.claim("verb", word.canonical, start, start + word.length)


def _begins_verb(text: str, start: int) -> bool:
    """At the beginning of a word: a verb inside one (เสริมสร้าง, การฟื้นฟู) is not the work of this name."""
    if not is_thai(text[start - 1 : start]) or text.endswith(_BEFORE_VERB, 0, start):
        return True
    for word in _FRONT_WORDS:
        if text.endswith(word, 0, start):
            return not is_thai(text[start - len(word) - 1 : start - len(word)])
    return False


def _take_object(reading: Reading, work: _Work, word: _Word, start: int) -> None:
    if word.kind == "first object" and not _at_front(reading.rest, start):
        return
    end = start + word.length
    if not work.thing:
        work.thing = word.canonical
        work.family = word.family
        reading.claim("work_object", word.canonical, start, end)
    elif word.canonical not in ("ถนน", work.thing):
        reading.claim("other_objects", word.canonical, start, end)
    else:
        reading.blank(start, end)


def _at_front(text: str, start: int) -> bool:
    """Whether only claimed text stands before ``start`` (the verb, a wrapper)."""
    return not text[:start].strip(f"{TAKEN} ")


_LOOSE = re.compile(rf"[{TAKEN}\s()\[\]{{}},;:\"']+")
_EDGE = ".-/+*&|_!?"


def build_core(rest: str) -> str:
    """What no finder claimed, without joining words (พร้อม, บริเวณ, …) and loose punctuation."""
    glue = _glue()
    words = [word.strip(_EDGE) for word in _LOOSE.split(rest)]
    return " ".join(word for word in words if word and word not in glue)


@cache
def _glue() -> frozenset[str]:
    return frozenset(load_cues("glue"))

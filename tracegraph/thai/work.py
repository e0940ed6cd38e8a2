"""The work of a name: verb family, object and the surface or structure family, from ``data/works.csv``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tracegraph.thai.finds import TAKEN, Reading
from tracegraph.thai.lexicon import build_pattern, load_rows


class _Works(NamedTuple):
    pattern: re.Pattern[str]
    meaning: dict[str, tuple[str, str, str]]  # word → kind, canonical, family


@cache
def _works() -> _Works:
    meaning: dict[str, tuple[str, str, str]] = {}
    for row in load_rows("works"):
        for word in row["words"].split("|"):
            meaning.setdefault(word, (row["kind"], row["canonical"], row["family"]))
    return _Works(re.compile(build_pattern(meaning)), meaning)


def find_work(reading: Reading) -> None:
    """First verb, first object, strongest surface. Verb and object are claimed; what follows them stays."""
    works = _works()
    verb = thing = surface = family = None
    for m in works.pattern.finditer(reading.rest):
        kind, canonical, its_family = works.meaning[m[0]]
        if kind == "verb" and verb is None and thing is None:
            verb = canonical
            reading.claim("verb", canonical, m.start(), m.end())
        elif kind == "object" and thing is None:
            thing, family = canonical, its_family
            reading.claim("work_object", canonical, m.start(), m.end())
        elif kind == "surface" and (surface is None or canonical == "ลาดยาง"):
            surface = canonical
            reading.note("surface", canonical, m.start(), m.end())
            reading.claim("", None, m.start(), m.end())
    if not family:
        family = surface
    if family:
        reading.found.append(_family(family))


def _family(value: str):  # type: ignore[no-untyped-def]
    from tracegraph.thai.finds import Found

    return Found("family", value, -1, -1)


_BLANK = re.compile(f"[{TAKEN}\\s]+")
_EDGE = " ()[]{},.;:-/\"'+*&|_"


def build_core(rest: str) -> str:
    """What no finder claimed, with single spaces and without loose punctuation."""
    words = [word.strip(_EDGE) for word in _BLANK.sub(" ", rest).split(" ")]
    return " ".join(word for word in words if word)

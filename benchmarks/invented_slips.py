"""Official places misspelt as people and scans misspell them, with the right code: seeded, of any number.

The slips are drawn letter by letter and know nothing of how the gazetteer weighs them. A share of the triples names a
tambon that the district does not have (moved, renamed, or of another place): those must not be found there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tracegraph.thai.gazetteer import Names, build_key

MARKS = "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
LETTERS = "กขคงจชซดตถทธนบปผฝพฟมยรลวศสหอะาเแโใไ\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e31"
ALIKE = {"ใ": "ไ", "ไ": "ใ", "ศ": "ส", "ส": "ศ", "ซ": "ช", "ช": "ซ", "ด": "ค", "ค": "ด", "ถ": "ภ", "ภ": "ถ", "พ": "ผ",
         "ผ": "ฝ", "ฝ": "ผ", "ณ": "น", "น": "ณ", "ร": "ล", "ล": "ร", "ญ": "ย", "ท": "ธ", "ธ": "ท", "ต": "ด", "บ": "ป",
         "ำ": "า", "ี": "ึ", "ิ": "ี", "ุ": "ู", "ู": "ุ"}  # fmt: skip
WORDS = ("บ้าน", "แม่", "หนอง", "ห้วย", "ใต้", "เหนือ", "ใหญ่", "น้อย")


@dataclass(frozen=True, slots=True)
class SlipCase:
    """A triple as stated, how it was spoilt, and the code it stands for (None: no such tambon in that district)."""

    tambon: str
    district: str
    province: str
    how: str
    code: str | None


def iter_cases(names: Names, count: int, seed: int, absent: float = 0.06) -> Iterator[SlipCase]:
    """``count`` misspelt triples, ``absent`` of them with a tambon of elsewhere."""
    draw = random.Random(seed)
    codes = sorted(code for code in names.by_code if len(code) == 6)
    for _ in range(count):
        code = draw.choice(codes)
        parts = [names.by_code[code], names.by_code[code[:4]], names.by_code[code[:2]]]
        if draw.random() < absent:
            inside = {build_key(names.by_code[other]) for other in names.tambons_in(code[:4])}
            parts[0] = names.by_code[draw.choice([other for other in codes if other[:2] != code[:2]])]
            if build_key(parts[0]) in inside:
                continue
            yield SlipCase(*parts, "absent", None)
            continue
        how, spoil = draw.choices(tuple(SPOILS.items()), weights=(4, 4, 3, 2, 2, 2, 1, 2))[0]
        at = 0 if draw.random() < 0.75 else 1
        spoilt = spoil(parts[at], draw)
        if spoilt == parts[at] or len(spoilt) < 2:
            continue
        parts[at] = spoilt
        right = code if at or build_key(spoilt) not in names.tambons or not _has(names, code, spoilt) else None
        if right:
            yield SlipCase(*parts, how, right)


def _has(names: Names, code: str, name: str) -> bool:
    """Whether the slip happens to be the name of another tambon of the district: then nobody can tell."""
    return build_key(name) in {build_key(names.by_code[other]) for other in names.tambons_in(code[:4])}


def _mark(name: str, draw: random.Random) -> str:
    places = [n for n, letter in enumerate(name) if letter in MARKS]
    if places and draw.random() < 0.8:
        at = draw.choice(places)
        return name[:at] + draw.choice(["", "", *MARKS[:3]]) + name[at + 1 :]
    at = draw.randrange(1, len(name) + 1)
    return name[:at] + draw.choice(MARKS[1:3]) + name[at:]


def _alike(name: str, draw: random.Random) -> str:
    places = [n for n, letter in enumerate(name) if letter in ALIKE]
    if not places:
        return name
    at = draw.choice(places)
    return name[:at] + ALIKE[name[at]] + name[at + 1 :]


def _lost(name: str, draw: random.Random) -> str:
    at = draw.randrange(len(name))
    return name[:at] + name[at + 1 :]


def _other(name: str, draw: random.Random) -> str:
    at = draw.randrange(len(name))
    return name[:at] + draw.choice(LETTERS) + name[at + 1 :]


def _more(name: str, draw: random.Random) -> str:
    at = draw.randrange(len(name) + 1)
    return name[:at] + draw.choice(LETTERS) + name[at:]


def _swapped(name: str, draw: random.Random) -> str:
    at = draw.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _word(name: str, draw: random.Random) -> str:
    for word in WORDS:
        if name.startswith(word) and len(name) > len(word) + 3:
            return name.removeprefix(word)
        if name.endswith(word) and len(name) > len(word) + 3:
            return name.removesuffix(word)
    return draw.choice(WORDS[:4]) + name


def _twice(name: str, draw: random.Random) -> str:
    one, two = draw.choices((_mark, _alike, _lost, _other, _more), k=2)
    return two(one(name, draw), draw)


SPOILS = {
    "mark": _mark, "alike": _alike, "letter lost": _lost, "other letter": _other, "letter more": _more,
    "swapped": _swapped, "word": _word, "two slips": _twice,
}  # fmt: skip

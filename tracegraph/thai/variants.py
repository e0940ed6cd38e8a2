"""Abbreviations and spellings to one canonical form, in one pass over the text, longest first (``data/variants.csv``).

Rows of kind ``spelling`` and ``abbreviation`` are replaced; ``context`` rows only where the words around decide;
``synonym`` rows say the same thing in other words: they are never replaced in a text, see ``find_concepts``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from tracegraph.thai.lexicon import build_pattern, load_rows
from tracegraph.thai.normalize import normalize

CACHED_TEXTS = 50_000
_INSIDE_CLUSTER = r"(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"  # a match must not end between a consonant and its vowel
_THAI = re.compile(r"[ก-ฮะ-ฺเ-๎]")
_LETTER = re.compile(r"[a-z0-9]")
_ABBREVIATION = re.compile(r"[ก-ฮ. ]{1,4}\.")
_NEXT_NAME = re.compile(r" ?[ก-ฮเ-ไ](?!\.)")
_NEXT_NUMBER = re.compile(r" ?\d")
_AFTER_NUMBER = re.compile(r"\d ?\Z")
_BEFORE_NAME = frozenset(("ต.", "อ.", "จ.", "จว.", "ถ.", "ซ.", "ทต.", "ทม.", "รร.", "รพ."))


class _Table(NamedTuple):
    pattern: re.Pattern[str]
    canonical: dict[str, str]
    kept: frozenset[str]  # words that are canonical already
    decide: dict[str, Callable[[str, int, int], str | None]]


@lru_cache(maxsize=CACHED_TEXTS)
def canonical(text: str) -> str:
    """The comparison form of ``text`` with every known spelling and abbreviation in its canonical form; idempotent."""
    plain = normalize(text)
    table = _table()

    last_end = 0  # a dot that ended one abbreviation does not glue the next one to it (คสล.ซ.2)

    def replace(m: re.Match[str]) -> str:
        nonlocal last_end
        if m[0] in table.kept:
            return m[0]
        before = " " if m.start() == last_end else plain[m.start() - 1]
        new = _replacement(table, plain, m, before)
        last_end = m.end() if new != m[0] else last_end
        return new

    new = table.pattern.sub(replace, plain)
    return plain if new == plain else normalize(new)


@lru_cache(maxsize=CACHED_TEXTS)
def find_concepts(text: str) -> frozenset[str]:
    """Canonical names of the synonym groups whose words stand in ``text`` (ไฟกิ่ง and โคมไฟถนน are both ไฟฟ้าสาธารณะ)."""
    pattern, meaning = _synonyms()
    return frozenset(meaning[m[0]] for m in pattern.finditer(canonical(text)))


@cache
def _table() -> _Table:
    names: dict[str, str] = {}
    for row in load_rows("variants"):
        if row["kind"] in ("spelling", "abbreviation"):
            names.update({normalize(variant): row["canonical"] for variant in row["variants"].split("|")})
    for name in tuple(names.values()):
        names[name] = name  # so that a shorter variant inside a canonical form is left alone
    decide = {short: rule for rule, shorts in _RULES for short in shorts}
    kept = frozenset(word for word, name in names.items() if word == name and word not in decide)
    return _Table(re.compile(build_pattern((*names, *decide)) + _INSIDE_CLUSTER), names, kept, decide)


@cache
def _synonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    meaning: dict[str, str] = {}
    for row in load_rows("variants"):
        if row["kind"] == "synonym":
            for word in (row["canonical"], *row["variants"].split("|")):
                meaning.setdefault(canonical(word), row["canonical"])
    return re.compile(build_pattern(meaning) + _INSIDE_CLUSTER), meaning


def _replacement(table: _Table, text: str, m: re.Match[str], before: str) -> str:
    found, start, end = m[0], m.start(), m.end()
    if not _stands_alone(text, found, before, end):
        return found
    if rule := table.decide.get(found):
        return rule(text, start, end) or found
    if found in _BEFORE_NAME and not (_NEXT_NAME.match(text, end) or (found == "ซ." and _NEXT_NUMBER.match(text, end))):
        return found
    return table.canonical[found]


def _stands_alone(text: str, found: str, before: str, end: int) -> bool:
    """Short abbreviations must not continue a word (พ.ต., กิโล.), Latin words must be whole."""
    if _LETTER.match(found[0]) and _LETTER.match(before):
        return False
    if _LETTER.match(found[-1]) and end < len(text) and _LETTER.match(text[end]):
        return False
    return len(found) > 3 or not (_ABBREVIATION.fullmatch(found) and (before == "." or _THAI.match(before)))


def _around(text: str, start: int, end: int, reach: int = 40) -> str:
    return text[max(0, start - reach) : end + reach]


def _says(text: str, *words: str) -> bool:
    return any(word in text for word in words)


def _moo_or_metre(text: str, start: int, end: int) -> str | None:
    if _AFTER_NUMBER.search(text, 0, start):
        return "เมตร"
    return "หมู่ที่" if _NEXT_NUMBER.match(text, end) else None


def _kilometre_or_committee(text: str, start: int, end: int) -> str | None:
    if _AFTER_NUMBER.search(text, 0, start) or re.compile(r"(?:ที่)? ?\d").match(text, end):
        return "กิโลเมตร"
    committee = _says(_around(text, start, end), "กรรมการ", "ประชุม", "ประธาน", "ผู้ใหญ่บ้าน", "ประชาคม")
    return "คณะกรรมการหมู่บ้าน" if committee else None


def _rural_roads_or_coast(text: str, start: int, end: int) -> str | None:
    near = _around(text, start, end)
    sea = _says(near, "ทะเล", "ชายฝั่ง", "ชายเลน", "ปะการัง", "คลื่น")
    road = _says(near, "ถนน", "สะพาน", "ทางหลวง", "ผิวจราจร") or re.search(r"[ก-ฮ]{2}\. ?\d{4}", near) is not None
    if sea == road:
        return None
    return "กรมทรัพยากรทางทะเลและชายฝั่ง" if sea else "กรมทางหลวงชนบท"


def _city_or_water(text: str, start: int, end: int) -> str | None:
    if _NEXT_NAME.match(text, end) and text[end : end + 1] != " ":
        return "เทศบาลนคร"
    return "กรมทรัพยากรน้ำ" if _says(_around(text, start, end), "แหล่งน้ำ", "ทรัพยากรน้ำ", "ลุ่มน้ำ", "อ่างเก็บน้ำ") else None


def _groundwater_or_army(text: str, start: int, end: int) -> str | None:
    near = _around(text, start, end)
    water, army = _says(near, "บาดาล"), _says(near, "ทหาร", "กองทัพ")
    if water == army:
        return None
    return "กรมทรัพยากรน้ำบาดาล" if water else "กองทัพบก"


def _million_or_cubic(text: str, start: int, end: int) -> str | None:
    if not _AFTER_NUMBER.search(text, 0, start):
        return None
    near = _around(text, start, end)
    money = _says(near, "บาท", "งบ", "วงเงิน", "ราคา")
    cubic = _says(near, "ดิน", "น้ำ", "ปริมาตร", "ถัง", "ความจุ", "ลูกรัง", "ทราย", "หิน")
    if money == cubic:
        return None
    return "ล้านบาท" if money else "ลูกบาศก์เมตร"


def _clerk_or_ministry(text: str, start: int, end: int) -> str | None:
    near = _around(text, start, end)
    ministry, local = _says(near, "กระทรวง"), _says(near, "อบต", "อบจ", "เทศบาล", "กองช่าง", "กองคลัง", "องค์การบริหาร")
    if ministry == local:
        return None
    return "สำนักงานปลัดกระทรวง" if ministry else "สำนักปลัด"


def _highways(text: str, start: int, end: int) -> str | None:
    del start
    if _NEXT_NUMBER.match(text, end):
        return "ทางหลวงหมายเลข "
    return None if _NEXT_NAME.match(text, end) and text[end : end + 1] != " " else "กรมทางหลวง"


def _waterworks(text: str, start: int, end: int) -> str | None:
    del end
    return "ประปา" if text[:start].endswith(("ขยายเขต", "ขยายเขต ", "ระบบ", "วางท่อ", "บ่อ")) else None


_RULES: tuple[tuple[Callable[[str, int, int], str | None], tuple[str, ...]], ...] = (
    (_moo_or_metre, ("ม.",)),
    (_kilometre_or_committee, ("กม.", "ก.ม.")),
    (_rural_roads_or_coast, ("ทช.",)),
    (_city_or_water, ("ทน.",)),
    (_groundwater_or_army, ("ทบ.",)),
    (_million_or_cubic, ("ลบ.",)),
    (_clerk_or_ministry, ("สป.",)),
    (_highways, ("ทล.",)),
    (_waterworks, ("น้ำดี",)),
)

"""Alignment that a line above the headings declares: ``ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 5 ด้าน…``.

A line names a list, then entries of it by number, name or both, sometimes several, sometimes of several lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tracegraph.ingest.entry_names import choose_entry, entries_of
from tracegraph.model.records import StrategyRecord
from tracegraph.thai.normalize import normalize

LAO_PROVINCE = "LAO_PROVINCE"


class _List(NamedTuple):
    list_id: str
    head: re.Pattern[str]
    labels: str


def _list(list_id: str, head: str, labels: str) -> _List:
    return _List(list_id, re.compile(head, re.IGNORECASE), labels)


_OF_BODIES = r"(?:ของ\s*)?(?:อปท\.?|องค์กรปกครองส่วนท้องถิ่น)\s*(?:ใน\s*)?(?:พื้นที่|เขต)?\s*(?:ใน)?เขต?\s*จังหวัด"
_PROVINCE = r"(?P<province>(?!ที่)[ก-๙]{2,20}?)?(?=\s*(?:ที่\s*\d|\d|ยุทธ|ประเด็น|ด้าน|พ\.?ศ|[\s.:(]|$))"
_LISTS: tuple[_List, ...] = (
    _list("MP", r"แผนแม่บท(?:ภายใต้)?(?:ยุทธศาสตร์ชาติ)?", "ประเด็น|แผนแม่บท|ด้าน|ข้อ"),
    _list("NS", r"ยุทธศาสตร์ชาติ(?:\s*(?:ระยะ)?\s*20\s*ปี)?|แผนยุทธศาสตร์ชาติ", "ยุทธศาสตร์(?:ชาติ)?|ด้าน|ข้อ"),
    _list(
        "M13",
        r"แผนพัฒนาเศรษฐกิจและสังคม(?:แห่งชาติ)?(?:\s*ฉบับ\s*ที่\s*(?P<edition>\d{1,2}))?|แผนพัฒนา(?:ฯ|\s)\s*ฉบับที่\s*(?P<ed>\d{1,2})"
        r"|(?=หมุดหมาย)",
        "หมุดหมาย|ข้อ",
    ),
    _list(
        "SDG",
        r"sustainable\s+development\s+goals?(?:\s*\(?sdgs?\)?)?|เป้าหมายการพัฒนา(?:ที่|อย่าง)ยั่งยืน(?:\s*\(?sdgs?\)?)?|sdgs?(?![a-z])",
        "เป้าหมาย|sdgs?|goals?|ข้อ",
    ),
    _list(
        LAO_PROVINCE,
        rf"(?:กรอบ)?ยุทธศาสตร์(?:การพัฒนา)?\s*{_OF_BODIES}\s*{_PROVINCE}",
        "ยุทธศาสตร์(?:การพัฒนา)?|ประเด็น(?:การพัฒนา|ยุทธศาสตร์)?|ด้าน|ข้อ",
    ),
    _list(
        "CL",
        r"(?:แผน|ยุทธศาสตร์|ประเด็น)(?:พัฒนา|การพัฒนา|ยุทธศาสตร์)?\s*(?:ของ)?\s*กลุ่มจังหวัด(?P<province>(?!ที่)[ก-๙]{2,40}?)?"
        r"(?=\s*(?:ที่\s*\d|\d|ยุทธ|ประเด็น|ด้าน|พ\.?ศ|[\s.:(]|$))",
        "ยุทธศาสตร์(?:การพัฒนา)?|ประเด็น(?:การพัฒนา|ยุทธศาสตร์)?|ด้าน|ข้อ",
    ),
    _list(
        "RG",
        r"(?:แผน|ยุทธศาสตร์|ทิศทาง)(?:พัฒนา|การพัฒนา)?\s*ภาค[ก-๙]{0,30}",
        "ยุทธศาสตร์(?:การพัฒนา)?|แนวทาง|ประเด็น|ด้าน|ข้อ",
    ),
    _list(
        "PV",
        r"(?:แผน|ยุทธศาสตร์|ประเด็น|เป้าหมาย)(?:พัฒนา|การพัฒนา|ยุทธศาสตร์)?(?:การพัฒนา)?\s*(?:ของ)?\s*(?:จังหวัด|จว\.)"
        rf"{_PROVINCE}",
        "ยุทธศาสตร์(?:การพัฒนา)?|ประเด็น(?:การพัฒนา|ยุทธศาสตร์)?|ด้าน|ข้อ",
    ),
)
_BULLET = re.compile(r"^\(?\s*(?:[ก-ซ]|[a-z]|\d{1,2})?\s*[.)•-]*\s*(?:(?:ความ)?(?:สอดคล้อง|เชื่อมโยง)(?:กับ)?\s*:?\s*)?")
_IGNORED = re.compile(
    r"\(?\s*(?:พ\.?\s?ศ\.?)?\s*2[45]\d\d\s*(?:-|ถึง)\s*(?:พ\.?\s?ศ\.?)?\s*2[45]\d\d\s*\)?|20\s*ปี|ฉบับ\s*ที่\s*\d{1,2}"
)
_CUT_LABELS = ("ยุทธศาสตร์ที่", "เป้าหมายที่", "หมุดหมายที่", "ประเด็นที่", "ด้านที่")  # a line may break off in one
_LONGEST = 2_000  # characters of a line that are read and kept as evidence; no sentence is longer
_AND = r"(?:,|และ|กับ|&|/)"
_NUMBER = r"\d{1,2}(?![\d%]|\.\d|\s*(?:ปี|ล้าน|คน|แห่ง|ครั้ง))"


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """One entry that a line declares.

    ``list_id`` is NS, MP, M13 (another number for another national plan), SDG, PV, CL, RG (a region's plan) or
    ``LAO_PROVINCE``; ``number`` as typed ('' where none is), ``name`` the words after it, ``words`` the whole line
    (its first 2,000 characters). ``entry`` is the entry of a national list; for other lists it is None and
    ``province`` the name in the line ('' where it names none; of a line cut short what is left of it). ``problem`` is
    a code of ``data/problems.yaml`` with ``expected``, '' where all is well.
    """

    list_id: str
    number: str
    name: str
    words: str
    entry: StrategyRecord | None = None
    province: str = ""
    problem: str = ""
    expected: str = ""


def read_declared_line(line: str) -> tuple[DeclaredLine, ...]:
    """Every entry that a line declares, in its order; empty for a line that names no list at its beginning.

    A line that names a list and none of its entries gives one DeclaredLine without number and name, whose problem says
    so. A body's own strategy (``1. ยุทธศาสตร์เทศบาล…``) is none of these lists.
    """
    line = line[:_LONGEST]
    words = " ".join(line.split())
    bare = " ".join(normalize(line).split())
    start = _BULLET.match(bare)
    begin = start.end() if start else 0
    heads = list(_find_heads(bare))
    if not heads or heads[0][0] > begin:
        return ()
    ends = [*(at for at, _, _ in heads[1:]), len(bare)]
    return tuple(
        declared
        for (_, found, match), end in zip(heads, ends, strict=True)
        for declared in _read_segment(found, match, bare[match.end() : end], words)
    )


def _find_heads(bare: str) -> Iterator[tuple[int, _List, re.Match[str]]]:
    """Lists named in a line, by where: the longest of those that begin at one place, none within another."""
    found = [(m.start(), -m.end(), i, m) for i, known in enumerate(_LISTS) for m in known.head.finditer(bare)]
    last = 0
    seen: set[str] = set()
    for at, end, index, match in sorted(found, key=lambda head: head[:3]):
        known = _LISTS[index]
        if at < last or known.list_id in seen:
            continue
        last = max(-end, at + 1)
        seen.add(known.list_id)
        yield at, known, match


def _read_segment(known: _List, head: re.Match[str], tail: str, words: str) -> Iterator[DeclaredLine]:
    said = head.groupdict()
    plan = said.get("edition") or said.get("ed")
    list_id = f"M{plan}" if plan else known.list_id
    labels = known.labels if list_id == known.list_id else f"{known.labels}|ยุทธศาสตร์|เป้าหมาย"
    province = said.get("province") or ""
    rest = _IGNORED.sub(" ", tail)
    parts = list(_split(labels, rest))
    if not parts:
        name = rest.strip(" .:-()")
        parts = [("", name)] if name and not any(label.startswith(name) for label in _CUT_LABELS) else []
    if not parts:
        yield DeclaredLine(list_id, "", "", words, None, province, "declared-without-entry", list_id)
    for number, name in parts:
        yield _resolve(list_id, number, name, words, province)


def _split(labels: str, tail: str) -> Iterator[tuple[str, str]]:
    """Number and name of each entry: ``หมุดหมายที่ 4, 8`` is two without names; a number needs its label or the start."""
    one = rf"(?:(?:{labels})\s*)?(?:ที่|#|no\.?)?\s*{_NUMBER}"
    lead = rf"(?:(?:^|[,;(]|และ)\s*(?:{labels})?\s*(?:ที่|#|no\.?|:)?\s*|(?:{labels})\s*(?:ที่|#|no\.?|:)?\s*)"
    several = re.compile(rf"{lead}(?P<numbers>{_NUMBER}(?:\s*{_AND}\s*{one})*)", re.IGNORECASE)
    matches = list(several.finditer(tail))
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else len(tail)
        name = re.sub(r"(?:^[\s.:)(-]+)|(?:[\s.:,;()/-]|และ)+$", "", tail[match.end() : end])
        numbers = re.findall(r"\d+", match["numbers"])
        for number in numbers:
            yield number, name if number is numbers[-1] and len(numbers) == 1 else ""


def _resolve(list_id: str, number: str, name: str, words: str, province: str) -> DeclaredLine:
    if not entries_of(list_id):
        return DeclaredLine(list_id, number, name, words, None, province)
    chosen = choose_entry(list_id, number, name)
    problem = "declared-disagrees" if chosen.disagrees else "" if chosen.entry else "strategy-unknown"
    expected = (_shown(chosen.entry) or list_id) if problem else ""
    return DeclaredLine(list_id, number, name, words, chosen.entry, province, problem, expected)


def _shown(entry: StrategyRecord | None) -> str:
    return f"{entry.uid} {entry.name}" if entry else ""

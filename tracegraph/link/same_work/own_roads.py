"""The roads of a name, each with its own numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracegraph.link.same_work.features.roads import ENDS
from tracegraph.link.same_work.prepared import Road
from tracegraph.thai.fields import ParsedName, Span
from tracegraph.thai.normalize import normalize

_DIGITS = re.compile(r"\d+(?:/\d+)*")
_PLAIN_KIND = re.compile(r"\A(?:ซอย|ถนน|สาย) ")
_JOINED = re.compile(r"\s*(?:ซอย|ซ\.)?\s*(?:ที่)?\s*")
#: What a public pond or canal is, before its own name: หนองน้ำสาธารณะหนองบัว.
_WATER_HEAD = re.compile(
    r"\A(?:หนองน้ำ|สระน้ำ|แหล่งน้ำ|ลำห้วย|ลำคลอง|ลำน้ำ|คู)(?:สาธารณประโยชน์|สาธารณะ|ธรรมชาติ)?\s*(?=(?:หนอง|สระ|ห้วย|คลอง|บึง|ลำ)[ก-ฮเ-ไ])"
)
#: What many lines of one tambon are called besides their own name.
_COMMON_LINES = ("การเกษตร", "เกษตร", "หลัก", "เมน", "ใน", "กลาง")


def find_roads(parsed: ParsedName) -> tuple[Road, ...]:
    """Roads with their own numbers. A number belongs to the road in whose words it stands, or that it follows."""
    if not parsed.roads and not parsed.road_numbers and not parsed.road_ends:
        return ()
    found: list[tuple[Span, str, set[str]]] = []
    names = iter(parsed.roads)
    for field, span in parsed.spans:
        if field not in ("roads", "road_numbers"):
            continue
        text = normalize(parsed.original[span.start : span.end])
        if field == "roads":
            name = next((n for n in parsed.roads if n in text), None) or next(names, "")
            found.append((span, name, set()))
        else:
            mine = _numbers_in(text, parsed.road_numbers)
            owner = _road_before(found, span, parsed.original)
            if owner is None:
                found.append((span, "", mine))
            else:
                owner.update(mine)
    lines = [Road(ENDS.join(sorted(ends))) for ends in parsed.road_ends]
    if lines or sum(bool(name) for _, name, _ in found) > 1:
        found = [road for road in found if road[1] not in _COMMON_LINES or road[2]]
    return (*(Road(_WATER_HEAD.sub("", name), frozenset(own)) for _, name, own in found), *lines)


def _numbers_in(text: str, numbers: Iterable[str]) -> set[str]:
    """Those of ``numbers`` whose digits stand in ``text``; soi, road and line share one form, codes keep theirs."""
    digits = set(_DIGITS.findall(text))
    mine = {number for number in numbers if digits.intersection(_DIGITS.findall(number)[-1:])}
    return {_PLAIN_KIND.sub("", number) for number in mine}


def _road_before(found: Sequence[tuple[Span, str, set[str]]], span: Span, text: str) -> set[str] | None:
    """Numbers of the road that holds ``span`` or stands before it with nothing but the word ซอย between."""
    for other, _, numbers in reversed(found):
        if other.start <= span.start and _JOINED.fullmatch(text[other.end : span.start]):
            return numbers
    return None

"""The blocking rules: which keys bring two items together as candidates. Each key lives inside one place scope.

A rule is named, because people ask which rule made a pair. Keys are coarse on purpose: they only have to bring every
true pair together once; vetoes and features do the rest.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracegraph.link.same_work.features.document import is_new_row, is_old_row
from tracegraph.link.same_work.prepared import Prepared

Key = tuple[object, ...]

_PREFIX = 6
_ROAD_PREFIX = 4
_MONEY_STEP = math.log(1.05)
_LEAST_MONEY = 1_000.0
_RUN = 5
_RARE_RUNS = 3
_SPREAD_RUNS = 4
_RARE_AT_MOST = 25
_MAX_VILLAGES = 15
_SHORT_NAME = 3
_ROUND_MONEY = 1_000.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A blocking rule: its name and what it asks for, for people."""

    name: str
    th: str
    en: str


RULES: tuple[Rule, ...] = (
    Rule("village", "ตำบลและหมู่เดียวกัน", "same tambon and village"),
    Rule("tambon_work", "ตำบลเดียวกัน งานขึ้นต้นเหมือนกัน", "same tambon and kind of work"),
    Rule("village_work", "หมู่เดียวกัน งานขึ้นต้นเหมือนกัน", "same village number and kind of work"),
    Rule("road", "ถนน ซอย หรือรหัสทางเดียวกัน", "same road, soi or road code"),
    Rule("spot", "จุดอ้างอิงหรือครุภัณฑ์เดียวกัน", "same landmark or asset"),
    Rule("money", "วงเงินใกล้กัน งานขึ้นต้นเหมือนกัน", "near money and kind of work"),
    Rule("rare_text", "มีข้อความที่พบน้อยช่วงเดียวกัน", "same rare stretch of text"),
    Rule("name", "ชื่อขึ้นต้นเหมือนกัน", "same beginning of the name"),
    Rule("anywhere", "ชื่อหรือรหัสเดียวกัน ไม่ทราบที่ตั้ง", "same name or code, place unknown"),
    Rule("changed_row", "แถวเดิมกับแถวเปลี่ยนแปลงที่อยู่ถัดกัน", "an old row and the changed row right below it"),
)
RULE_INDEX: dict[str, int] = {rule.name: index for index, rule in enumerate(RULES)}


def work_key(item: Prepared) -> str:
    """The kind of work, or the first letters of the name where it is not known."""
    return item.work_object or (item.core or item.whole)[:_PREFIX]


def iter_keys(items: Sequence[Prepared]) -> Iterator[tuple[int, str, Key]]:
    """(position of the item, rule, key) for every key of every item."""
    rare, near = find_rare_runs(items), find_rare_runs(items, within_tambon=True)
    for position, item in enumerate(items):
        for rule, *key in _scoped_keys(item):
            yield position, rule, (rule, item.scope, *key)
        for run in rare[position]:
            yield position, "rare_text", ("rare_text", item.scope, run)
        for run in near[position]:
            yield position, "rare_text", ("rare_text", item.scope, item.tambon, run)
        if key_changed := _changed_row_key(item):
            yield position, "changed_row", key_changed
        for key_anywhere in _unscoped_keys(item):
            yield position, "anywhere", ("anywhere", *key_anywhere)


def _scoped_keys(item: Prepared) -> Iterator[tuple[str, object, *tuple[object, ...]]]:
    work = work_key(item)
    villages = sorted(item.villages)[:_MAX_VILLAGES]
    if item.tambon:
        yield from (("village", item.tambon, village) for village in villages)
        yield "tambon_work", item.tambon, work
        yield "tambon_work", item.tambon, (item.core or item.whole)[-_PREFIX:], "end"
        yield from (("money", item.tambon, amount) for amount in sorted(item.amounts))
    yield from (("village_work", village, work) for village in villages)
    for road in item.roads:
        yield "road", road.name[:_ROAD_PREFIX], ""
        yield from (("road", "", number) for number in sorted(road.numbers))
    yield from (("spot", spot[:_PREFIX]) for spot in item.spots)
    yield from (("spot", asset) for asset in sorted(item.assets))
    for bucket in sorted(money_buckets(item)):
        yield "money", bucket, work
    yield "name", (item.core or item.whole)[:_PREFIX], "start"
    yield "name", (item.core or item.whole)[-_PREFIX:], "end"


def _unscoped_keys(item: Prepared) -> Iterator[Key]:
    """Keys that hold in any place: exact name, road code, asset and cited number; and, for records whose place is not
    known or wrong, what pins a work within its village: road, landmark or village name, each with the kind of work."""
    if len(item.whole) > 2 * _PREFIX:
        yield "whole", item.whole
    work, village = work_key(item), min(item.villages, default=0)
    if item.tambon:
        yield "here", item.tambon, village, work
    for road in item.roads:
        if len(road.name) > _SHORT_NAME or road.numbers:
            yield "road", road.name, "", work, village
            yield from (("road", road.name[:_PREFIX], number, village) for number in sorted(road.numbers))
    for spot in item.spots:
        yield "spot", spot, work
        yield "spot", spot[-_PREFIX:], village, work
    for name in item.village_names:
        yield "named", name, village, work
    for amount in sorted(item.amounts):
        if amount % _ROUND_MONEY:
            yield "money", round(amount), village
    yield from (("code", number) for number in sorted(item.road_numbers) if not number[0].isdigit())
    yield from (("asset", asset) for asset in sorted(item.assets))
    yield from (("cited", number) for number in sorted(item.references))
    if item.item.source_id:
        yield "cited", item.item.source_id


def _changed_row_key(item: Prepared) -> Key | None:
    """The place in its document of an old row; of a changed row the place right above it."""
    it = item.item
    if is_old_row(it):
        return ("changed_row", it.document, it.sheet, it.row)
    return ("changed_row", it.document, it.sheet, it.row - 1) if is_new_row(it) else None


def money_buckets(item: Prepared) -> set[int]:
    """Logarithmic buckets of 5 percent, each with its neighbor, so that near sums share at least one."""
    first = {math.floor(math.log(amount) / _MONEY_STEP) for amount in item.amounts if amount >= _LEAST_MONEY}
    return first | {bucket + 1 for bucket in first}


def find_rare_runs(items: Sequence[Prepared], *, within_tambon: bool = False) -> list[list[str]]:
    """For each item its rarest runs of letters that another item of its scope has too, or of its tambon.

    Runs of a fixed length instead of words: they need no dictionary and survive a letter that a scan lost elsewhere.
    """
    found = [sorted(_runs(item)) for item in items]
    places = [(item.scope, item.tambon if within_tambon else None) for item in items]
    counts = Counter((place, run) for place, mine in zip(places, found, strict=True) for run in mine)
    rare: list[list[str]] = []
    for item, place, mine in zip(items, places, found, strict=True):
        if within_tambon and not item.tambon:
            rare.append([])
            continue
        ranked = sorted((counts[place, run], run) for run in mine)
        known = [run for count, run in ranked if 2 <= count <= _RARE_AT_MOST]
        rare.append(_spread(known, item) if within_tambon else known[:_RARE_RUNS])
    return rare


def _spread(runs: list[str], item: Prepared) -> list[str]:
    """The first of ``runs`` that do not overlap each other in the name: one rare word would take all places."""
    text = _run_text(item)
    taken: list[int] = []
    chosen: list[str] = []
    for run in runs:
        at = text.find(run)
        if all(abs(at - other) >= _RUN for other in taken):
            taken.append(at)
            chosen.append(run)
        if len(chosen) == _SPREAD_RUNS:
            break
    return chosen


def _runs(item: Prepared) -> set[str]:
    text = _run_text(item)
    return {text[start : start + _RUN] for start in range(len(text) - _RUN + 1)}


def _run_text(item: Prepared) -> str:
    return (item.core or item.whole).replace(" ", "")

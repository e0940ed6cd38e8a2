"""Whether both are on the same road, soi, line or canal: names and numbers, never as one string."""

from __future__ import annotations

import re

from tracegraph.link.place_names import LIKE_NAME, SAME_NAME, grade_ratio, name_ratio
from tracegraph.link.same_work.features.base import NOTHING, Finding, feature
from tracegraph.link.same_work.prepared import Prepared, Road

#: Between the two ends of a line in the name of its road.
ENDS = "–"

_SHORT = 4
_CODE = re.compile(r"[ก-ฮ]{2}\.|ถ\.\d")


def show_roads(roads: tuple[Road, ...]) -> str:
    """Names with their numbers, or a dash."""
    return ", ".join(" ".join((road.name, *sorted(road.numbers))).strip() for road in roads) or "–"


def same_road_name(left: str, right: str) -> bool:
    """Two spellings of one road name; two roads without a name are on the same (unnamed) footing."""
    return left == right or name_ratio(left, right) >= SAME_NAME


@feature(
    "road_name",
    "ชื่อถนน/ซอย/คลอง",
    "road or canal name",
    {
        "same": ("ถนน ซอย หรือคลองเดียวกัน ({left})", "same road, soi or canal ({left})"),
        "same_ends": ("สายทางเดียวกันทั้งต้นทางและปลายทาง ({left})", "same line from end to end ({left})"),
        "similar": ("ชื่อถนนหรือซอยใกล้กัน ({left} / {right})", "road names alike ({left} / {right})"),
        "differs": ("คนละถนน ซอย หรือคลอง ({left} / {right})", "different roads or canals ({left} / {right})"),
        "mentioned": (
            "ชื่อถนนหรือคลองอยู่ในชื่ออีกฝ่าย ({left} / {right})",
            "the other's name holds the road name ({left} / {right})",
        ),
        "one_side": ("ระบุถนนฝ่ายเดียว ({left} / {right})", "only one names a road ({left} / {right})"),
    },
)
def road_name(a: Prepared, b: Prepared) -> Finding:
    """Names of roads, sois, lines and canals; the most alike two of them count."""
    left = [road.name for road in a.roads if road.name]
    right = [road.name for road in b.roads if road.name]
    if not left and not right:
        return NOTHING
    shown = (show_roads(a.roads), show_roads(b.roads))
    if not left or not right:
        if a.roads and b.roads:
            return NOTHING
        return Finding("mentioned" if is_mentioned(left or right, b if left else a) else "one_side", *shown)
    ratio, with_ends = max((_ratio(x, y), ENDS in x and ENDS in y) for x in left for y in right)
    if with_ends and ratio >= SAME_NAME:
        return Finding("same_ends", *shown)
    if ratio < LIKE_NAME and any(is_part_of(x, y) or is_part_of(y, x) for x in left for y in right):
        return Finding("similar", *shown)
    return Finding(grade_ratio(ratio), *shown)


def _ratio(left: str, right: str) -> float:
    """Likeness (0–100) of two roads: of lines that of the two ends which are less alike."""
    mine, theirs = (name.replace("-", ENDS).split(ENDS) for name in (left, right))
    if len(mine) != 2 or len(theirs) != 2:
        return name_ratio(left, right)
    return max(min(map(name_ratio, mine, ends)) for ends in (theirs, theirs[::-1]))


def is_part_of(name: str, longer: str) -> bool:
    """Whether a name is one end of the other's line, or how the other begins before words that ran on."""
    if len(name) <= _SHORT or len(name) >= len(longer):
        return False
    return longer.startswith(name) or (ENDS in longer and ENDS not in name and name in longer.split(ENDS))


def is_one_road(a: Prepared, b: Prepared) -> bool:
    """Whether both name one road, line or canal, and no other number of it."""
    named = road_name.observe(a, b).level in ("same", "same_ends")
    return named and road_number.observe(a, b).level in ("same", "same_code", "unknown")


def is_mentioned(names: list[str], other: Prepared) -> bool:
    """Whether the wording of an item holds one of these names though no field was read from it."""
    return is_mentioned_in(names, other.whole)


def is_mentioned_in(names: list[str], whole: str) -> bool:
    """Whether a bare name holds one of these names of roads."""
    return any(len(bare) > _SHORT and bare in whole for bare in (name.replace(" ", "") for name in names))


@feature(
    "road_number",
    "เลขซอย/รหัสทาง",
    "soi number or road code",
    {
        "same": ("เลขซอยตรงกัน ({left})", "same soi number ({left})"),
        "same_code": ("รหัสทางตรงกัน ({left})", "same road code ({left})"),
        "part": (
            "ซอยของฝ่ายหนึ่งเป็นส่วนหนึ่งของอีกฝ่าย ({left} / {right})",
            "one has some of the other's sois ({left} / {right})",
        ),
        "overlap": ("เลขซอยซ้อนกันบางส่วน ({left} / {right})", "soi numbers overlap ({left} / {right})"),
        "differs": ("คนละซอยหรือรหัสทาง ({left} / {right})", "different soi numbers or road codes ({left} / {right})"),
        "one_side": ("มีเลขซอยฝ่ายเดียว ({left} / {right})", "only one has a soi number ({left} / {right})"),
    },
)
def road_number(a: Prepared, b: Prepared) -> Finding:
    """Soi numbers and road codes, compared under the same road name: soi 53 and soi 55 are two works.

    A road code (กบ.ถ.1-0023) names one road of the whole province.
    """
    left, right = a.road_numbers, b.road_numbers
    if not left and not right:
        return NOTHING
    shown = (show_roads(a.roads), show_roads(b.roads))
    if not left or not right:
        return Finding("one_side", *shown)
    pairs = [
        (numbers_under(x.name, a.roads), numbers_under(x.name, b.roads))
        for x in a.roads
        if x.numbers and numbers_under(x.name, b.roads)
    ]
    level = _number_level(pairs or [(left, right)])
    coded = level in ("same", "part") and any(is_code(number) for number in left & right)
    return Finding("same_code" if coded else level, *shown)


def is_code(number: str) -> bool:
    """Whether a number is the code of a numbered road (กบ.ถ.1-0023), not that of a soi."""
    return _CODE.match(number) is not None


def numbers_under(name: str, roads: tuple[Road, ...]) -> frozenset[str]:
    """All numbers that ``roads`` have under one road name."""
    return frozenset().union(*(road.numbers for road in roads if same_road_name(road.name, name)))


def _number_level(pairs: list[tuple[frozenset[str], frozenset[str]]]) -> str:
    """The closest of several comparisons of number sets."""
    meeting = [(x, y) for x, y in pairs if x & y]
    if not meeting:
        return "differs"
    if all(x == y for x, y in meeting):
        return "same"
    return "part" if all(x <= y for x, y in meeting) or all(y <= x for x, y in meeting) else "overlap"

"""Whether both are in one place: tambon, village number and name, landmark, bank of the canal."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from tracegraph.link.place_names import LIKE_NAME, SAME_NAME, best_ratio, grade_ratio, letters_ratio, name_ratio
from tracegraph.link.same_work.features import roads
from tracegraph.link.same_work.features.base import NOTHING, Finding, feature, show
from tracegraph.link.same_work.prepared import Prepared

_DIGITS = re.compile(r"\d+")
HOUSE = "เลขที่"
#: What a landmark is, before its own name; two child centers are no more alike for both being one.
_HEAD = re.compile(
    r"(?:บริเวณ|หน้า|หลัง|ข้าง|ตรงข้าม|ใกล้|ท้าย|ต้น|ปากทาง(?:เข้า)?|ทางเข้า|ตลาด|ชุมชน|หมู่บ้าน|ศูนย์พัฒนาเด็กเล็ก|ศูนย์เด็กเล็ก"
    r"|โรงพยาบาลส่งเสริมสุขภาพตำบล|โรงเรียน|วัด|มัสยิด|สี่แยก|สามแยก|บ้าน|\s)+"
)
_OWN_NAME = 3
#: The school of a village and that of its temple have one name (โรงเรียนบ้านดอน, โรงเรียนวัดดอน).
_NAMESAKES = {"บ้าน", "วัด"}


def spot_ratio(left: str, right: str) -> float:
    """Likeness (0–100) of two landmarks: of their own names where both are the same kind of thing."""
    ratio = letters_ratio(left, right)
    if not LIKE_NAME <= ratio < 100.0:
        return ratio
    mine, theirs = _HEAD.match(left), _HEAD.match(right)
    if mine is None or theirs is None:
        return name_ratio(left, right)
    if {_kind_of(mine[0]), _kind_of(theirs[0])} == _NAMESAKES:
        return 0.0
    names = left[mine.end() :], right[theirs.end() :]
    return min(ratio, name_ratio(*names)) if min(map(len, names)) >= _OWN_NAME else ratio


def _kind_of(head: str) -> str:
    return next((kind for kind in sorted(_NAMESAKES) if head.endswith(kind)), "")


@feature(
    "tambon",
    "ตำบล",
    "tambon",
    {
        "same": ("ตำบลเดียวกัน", "same tambon"),
        "differs": ("คนละตำบล ({left} / {right})", "different tambons ({left} / {right})"),
        "unsure": (
            "ชื่อตำบลตรงกันแต่รหัสต่างกัน ({left} / {right}) ต้องตรวจที่ตั้ง",
            "same tambon name but different codes ({left} / {right}); check the place",
        ),
        "doubted": (
            "ชื่อตำบลในข้อความไม่ตรงกับรหัสตำบลของแถว ({left} / {right}) ต้องตรวจที่ตั้ง",
            "the text names another tambon than the row's code ({left} / {right}); check the place",
        ),
    },
)
def tambon(a: Prepared, b: Prepared) -> Finding:
    """Tambon by official code; by the name typed in the text where a code is missing."""
    typed = a.tambon_names and b.tambon_names
    alike = bool(typed) and best_ratio(tuple(a.tambon_names), tuple(b.tambon_names)) >= SAME_NAME
    if a.tambon and b.tambon:
        if a.tambon == b.tambon:
            differs = bool(typed) and not alike
            return Finding("differs" if differs else "same", *_tambons(a, b))
        if join_tambons(a, b):
            return Finding("same", *_tambons(a, b))
        return Finding("unsure" if alike else "differs", *_tambons(a, b))
    left, right = called_names(a), called_names(b)
    if not left or not right:
        return NOTHING
    if best_ratio(left, right) >= SAME_NAME:
        return Finding("same", *_tambons(a, b))
    return Finding("differs" if typed or not (a.doubted or b.doubted) else "doubted", *_tambons(a, b))


def called_names(item: Prepared) -> tuple[str, ...]:
    """The names of its tambon: as typed, else the official one of its code."""
    return tuple(sorted(item.tambon_names)) or ((item.tambon_called,) if item.tambon_called else ())


def join_tambons(a: Prepared, b: Prepared) -> bool:
    """Whether both name the same two tambons and each is filed under another of them: one line that joins both."""
    apart = bool(a.tambon and b.tambon) and a.tambon != b.tambon
    return apart and len(a.tambon_names) > 1 and a.tambon_names == b.tambon_names


def _tambons(a: Prepared, b: Prepared) -> tuple[str, str]:
    return (show(called_names(a)) or a.tambon or "–", show(called_names(b)) or b.tambon or "–")


@feature(
    "village",
    "หมู่ที่",
    "village number",
    {
        "same": ("หมู่เดียวกัน (หมู่ที่ {left})", "same village number ({left})"),
        "overlap": ("หมู่ซ้อนกันบางส่วน ({left} / {right})", "village numbers overlap ({left} / {right})"),
        "covered": ("ฝ่ายหนึ่งครอบคลุมทุกหมู่", "one of them covers all villages"),
        "differs": ("คนละหมู่ ({left} / {right})", "different villages ({left} / {right})"),
        "one_side": ("ระบุหมู่ฝ่ายเดียว ({left} / {right})", "only one names a village ({left} / {right})"),
        "one_side_named": (
            "ระบุหมู่ฝ่ายเดียว แต่ถนนหรือคลองเดียวกัน ({left} / {right})",
            "only one names a village, on the same road or canal ({left} / {right})",
        ),
    },
)
def village(a: Prepared, b: Prepared) -> Finding:
    """Village numbers (หมู่ที่); an item for all villages covers each, a range overlaps with its parts.

    Of a line that joins two tambons each names the village at its own end.
    """
    if join_tambons(a, b):
        return NOTHING
    shown = (show(a.villages) or "–", show(b.villages) or "–")
    if a.villages and b.villages:
        if a.villages == b.villages:
            return Finding("same", *shown)
        return Finding("overlap" if a.villages & b.villages else "differs", *shown)
    if (a.everywhere and b.villages) or (b.everywhere and a.villages):
        return Finding("covered", *shown)
    if not a.villages and not b.villages:
        return NOTHING
    return Finding("one_side_named" if roads.is_one_road(a, b) else "one_side", *shown)


@feature(
    "village_name",
    "ชื่อหมู่บ้าน",
    "village name",
    {
        "same": ("ชื่อบ้านตรงกัน ({left})", "same village name ({left})"),
        "similar": ("ชื่อบ้านสะกดใกล้กัน ({left} / {right})", "village names spelled alike ({left} / {right})"),
        "differs": ("ชื่อบ้านต่างกัน ({left} / {right})", "different village names ({left} / {right})"),
    },
)
def village_name(a: Prepared, b: Prepared) -> Finding:
    """Names of villages and communities, tolerant of lost tone marks."""
    if not a.village_names or not b.village_names:
        return NOTHING
    level = grade_ratio(best_ratio(a.village_names, b.village_names))
    return Finding(level, show(a.village_names), show(b.village_names))


@feature(
    "spot",
    "จุดอ้างอิง",
    "landmark",
    {
        "same": ("จุดอ้างอิงเดียวกัน ({left})", "same landmark ({left})"),
        "similar": ("จุดอ้างอิงคล้ายกัน ({left} / {right})", "landmarks alike ({left} / {right})"),
        "differs": ("คนละจุด ({left} / {right})", "different landmarks ({left} / {right})"),
        "house_differs": ("คนละบ้านเลขที่ ({left} / {right})", "different house numbers ({left} / {right})"),
        "number_differs": (
            "สถานที่ชื่อเดียวกันแต่คนละหมายเลข ({left} / {right})",
            "places of one name with different numbers ({left} / {right})",
        ),
        "partly": (
            "จุดหนึ่งตรงกัน อีกจุดต่างกัน ({left} / {right})",
            "one landmark is the same, another differs ({left} / {right})",
        ),
        "one_side": ("ระบุจุดฝ่ายเดียว ({left} / {right})", "only one names a landmark ({left} / {right})"),
    },
)
def spot(a: Prepared, b: Prepared) -> Finding:
    """Landmarks that pin a place: a temple, a school, a child center, a house number, somebody's house."""
    if not a.spots and not b.spots:
        return NOTHING
    shown = (show(a.spots) or "–", show(b.spots) or "–")
    if not a.spots or not b.spots:
        return Finding("one_side", *shown)
    houses = [{spot for spot in side.spots if spot.startswith(HOUSE)} for side in (a, b)]
    if all(houses) and houses[0].isdisjoint(houses[1]):
        return Finding("house_differs", *shown)
    ratios = [[spot_ratio(x, y) for y in b.spots] for x in a.spots]
    ratio = max(map(max, ratios))
    if ratio < SAME_NAME and any(is_renumbered(x, y) for x in a.spots for y in b.spots):
        return Finding("number_differs", *shown)
    if ratio >= SAME_NAME and all(min(map(max, rows)) < LIKE_NAME for rows in (ratios, zip(*ratios, strict=True))):
        return Finding("partly", *shown)
    return Finding(grade_ratio(ratio), *shown)


def is_renumbered(left: str, right: str) -> bool:
    """Whether two landmarks have one name and different numbers (ศูนย์พัฒนาเด็กเล็ก 3 and 5)."""
    mine, theirs = _DIGITS.findall(left), _DIGITS.findall(right)
    if not mine or not theirs or mine == theirs or left.startswith(HOUSE) or right.startswith(HOUSE):
        return False
    return fuzz.ratio(_DIGITS.sub("", left), _DIGITS.sub("", right)) >= SAME_NAME


@feature(
    "bank",
    "ฝั่ง/ทิศ",
    "bank or side",
    {
        "same": ("ฝั่งเดียวกัน ({left})", "same bank or side ({left})"),
        "differs": ("คนละฝั่ง ({left} / {right})", "opposite banks or sides ({left} / {right})"),
        "one_side": ("ระบุฝั่งฝ่ายเดียว ({left} / {right})", "only one names a bank or side ({left} / {right})"),
    },
)
def bank(a: Prepared, b: Prepared) -> Finding:
    """Bank of a canal or side of a road: east, west, north, south, left, right."""
    if not a.bank and not b.bank:
        return NOTHING
    if not a.bank or not b.bank:
        return Finding("one_side", a.bank or "–", b.bank or "–")
    return Finding("same" if a.bank == b.bank else "differs", a.bank, b.bank)

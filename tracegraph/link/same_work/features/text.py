"""How alike the words are: the whole name, the core of the work, what is done to what, and with which surface."""

from __future__ import annotations

import re

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature
from tracegraph.link.same_work.prepared import Prepared

_ALIKE = 0.9
_PARTLY = 0.7
HELD = 0.85
SYNONYM = 0.85
KNOWN = 0.7
_LETTERS = 2
_LETTER = re.compile(r"[^\d.,/]")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_CUT = re.compile(r"(?:พร้อม|พร้อมวาง|และ|เป็น|เพื่อ|ของ|ใน|ที่|เพื่อเป็น|บริเวณ|สำหรับ|ให้|ขนาด|ศูนย์พัฒนา|โดย|จาก)\Z")

#: Works that offices name by either word for one and the same job (a plan says install, the order says buy).
_NEAR_VERBS = frozenset(
    frozenset(pair)
    for pair in (
        ("ก่อสร้าง", "ปรับปรุง"),
        ("ก่อสร้าง", "จัดซื้อ"),
        ("ก่อสร้าง", "ขุดเจาะ"),
        ("ก่อสร้าง", "ขยายเขต"),
        ("ปรับปรุง", "พัฒนา"),
        ("ปรับปรุง", "ขุดลอก"),
        ("ส่งเสริม", "พัฒนา"),
        ("ส่งเสริม", "จัดงาน"),
        ("ส่งเสริม", "ป้องกัน"),
        ("อุดหนุน", "ขยายเขต"),
    )
)
#: Verbs that only say how a job is bought, not what it is.
EMPTY_VERBS = frozenset({"จ้างเหมา"})


def _grade(ratio: float) -> str:
    return "alike" if ratio >= _ALIKE else "partly" if ratio >= _PARTLY else "unlike"


@feature(
    "whole_name",
    "ชื่อทั้งหมด",
    "whole name",
    {
        "alike": ("ชื่อโครงการแทบเหมือนกันทั้งหมด", "the whole names are nearly identical"),
        "partly": ("ชื่อโครงการคล้ายกันบางส่วน", "the whole names are partly alike"),
        "unlike": ("ชื่อโครงการต่างกัน", "the whole names differ"),
        "reworded": ("งานอย่างเดียวกันแต่ใช้ถ้อยคำต่างกัน", "the same kind of work in other words"),
        "holds": ("ชื่อหนึ่งมีอีกชื่อหนึ่งอยู่ครบและเพิ่มเติม", "one name holds all of the other and adds to it"),
    },
)
def whole_name(a: Prepared, b: Prepared) -> Finding:
    """Likeness of the names without wrappers and without fields that are compared apart: letters in common order.

    The name of a village that only one of them states is left out as well.
    A name that holds the whole other name and adds to it counts as nearly alike where both name a road or landmark;
    where action and object are known and the same, other words for them count little against.
    """
    if not a.whole or not b.whole:
        return NOTHING
    ratio = fuzz.ratio(a.whole, b.whole) / 100.0
    left, right = a.whole, b.whole
    if bool(a.village_names) != bool(b.village_names):
        bare = fuzz.ratio(a.unplaced, b.unplaced) / 100.0
        if bare > ratio:
            ratio, left, right = bare, a.unplaced, b.unplaced
    if ratio < HELD and is_placed(a) and is_placed(b) and (left in right or right in left):
        return Finding("holds", a.item.text, b.item.text, HELD)
    floor = find_floor(a, b)
    if ratio < floor:
        return Finding("reworded", a.item.text, b.item.text, floor)
    return Finding(_grade(ratio), a.item.text, b.item.text, ratio)


def find_floor(a: Prepared, b: Prepared) -> float:
    """The likeness that two names of one job have at least, in whatever words; 0 for two jobs.

    A wish that names only its object ("รางระบายน้ำ ซอย 2") may be any action on it.
    """
    if not a.work_object or a.work_object != b.work_object or not (a.verb or b.verb):
        return 0.0
    if a.verb and b.verb and a.verb != b.verb:
        return 0.0
    return KNOWN


def is_placed(item: Prepared) -> bool:
    """Whether the name says on which road or at which spot."""
    return bool(item.roads or item.spots)


@feature(
    "core",
    "เนื้องาน",
    "core of the work",
    {
        "alike": ("เนื้องานเหมือนกัน: {left}", "same core of the work: {left}"),
        "partly": ("เนื้องานคล้ายกันบางส่วน: {left} / {right}", "core of the work partly alike: {left} / {right}"),
        "unlike": ("เนื้องานต่างกัน: {left} / {right}", "core of the work differs: {left} / {right}"),
        "detail": ("รายละเอียดของงานต่างกัน: {left} / {right}", "details of the work differ: {left} / {right}"),
        "synonym": ("เนื้องานความหมายเดียวกัน: {left} / {right}", "core of the work in other words: {left} / {right}"),
    },
)
def core(a: Prepared, b: Prepared) -> Finding:
    """Likeness of what remains when places, measures, periods, wrappers and the known object of the work are taken out.

    Other words of one meaning (โซล่าเซลล์, พลังงานแสงอาทิตย์) count as nearly alike; where the object is known and the
    same, what is left of the names are details.
    Nothing to go by where the object is known of one name only: the other's core still holds it.
    """
    if not a.core or not b.core or bool(a.work_object) != bool(b.work_object):
        return NOTHING
    ratio = fuzz.ratio(a.core, b.core) / 100.0
    if ratio < SYNONYM and a.concepts and a.concepts == b.concepts:
        return Finding("synonym", a.core, b.core, SYNONYM)
    if ratio < KNOWN and a.work_object and a.work_object == b.work_object:
        return Finding("detail", a.core, b.core, KNOWN)
    return Finding(_grade(ratio), a.core, b.core, ratio)


@feature(
    "difference",
    "ส่วนที่ต่าง",
    "what differs",
    {
        "none": ("ถ้อยคำตรงกันทุกตัวอักษร", "the wording is the same to the letter"),
        "letters": ("ต่างกันเพียงตัวอักษร คล้ายพิมพ์ผิดหรืออ่านผิด", "only single letters differ, as in a misprint or a scan"),
        "numbers": ("ต่างกันเฉพาะตัวเลข: {left} / {right}", "only the numbers differ: {left} / {right}"),
        "added": ("ฝ่ายหนึ่งมีคำเพิ่ม: {left} / {right}", "one has further words: {left} / {right}"),
        "words": ("ต่างกันทั้งคำ: {left} / {right}", "whole words differ: {left} / {right}"),
    },
)
def difference(a: Prepared, b: Prepared) -> Finding:
    """Whether the names differ by letters (a misprint, a scan), by a number, or by whole words: words that one of them
    adds may say more of the same thing, a word in place of another makes another thing of it."""
    if a.whole == b.whole:
        return Finding("none", a.whole, b.whole)
    blocks = find_differences(a.whole, b.whole)
    left, right = max(blocks, key=lambda block: (len(block[0]) + len(block[1]), block))
    return Finding(_differ_by(a.whole, b.whole, blocks), left or "–", right or "–")


def _differ_by(left: str, right: str, blocks: list[tuple[str, str]]) -> str:
    if not any(_LETTER.search(mine) or _LETTER.search(theirs) for mine, theirs in blocks) and _is_renumbered(
        left, right
    ):
        return "numbers"
    if all(max(len(mine), len(theirs)) <= _LETTERS for mine, theirs in blocks):
        return "letters"
    added = [max(len(side[n]) for side in blocks) <= _LETTERS for n in (0, 1)]
    return "added" if any(added) else "words"


def _is_renumbered(left: str, right: str) -> bool:
    """Whether two names are the same but for the value of their numbers."""
    if _NUMBER.sub("0", left) != _NUMBER.sub("0", right):
        return False
    return _NUMBER.findall(left) != _NUMBER.findall(right)


def find_differences(left: str, right: str) -> list[tuple[str, str]]:
    """What stands on either side where two texts differ; differences one letter apart are one difference."""
    blocks: list[list[int]] = []
    for op in Levenshtein.opcodes(left, right):
        if op.tag == "equal":
            continue
        if blocks and op.src_start - blocks[-1][1] <= 1 and op.dest_start - blocks[-1][3] <= 1:
            blocks[-1][1], blocks[-1][3] = op.src_end, op.dest_end
        else:
            blocks.append([op.src_start, op.src_end, op.dest_start, op.dest_end])
    return [(left[s:e], right[x:y]) for s, e, x, y in blocks]


@feature(
    "cut_off",
    "ชื่อขาดท้าย",
    "name cut off",
    {
        "one": ("ชื่อฝ่ายหนึ่งขาดท้าย ข้อมูลไม่ครบ", "one of the names is cut off"),
        "both": ("ชื่อทั้งสองขาดท้าย ข้อมูลไม่พอตัดสิน", "both names are cut off: too little to decide"),
    },
)
def cut_off(a: Prepared, b: Prepared) -> Finding:
    """Names that stop at a word which must be followed by another (พร้อม, และ, เพื่อ …), as scanned tables leave them."""
    cut = [is_cut_off(side) for side in (a, b)]
    return Finding("both" if all(cut) else "one", a.item.text, b.item.text) if any(cut) else NOTHING


def is_cut_off(item: Prepared) -> bool:
    """Whether a name stops at such a word, unless a name of a place ends with it (บ้านควนใน)."""
    found = _CUT.search(item.whole)
    places = (*item.village_names, *(road.name for road in item.roads), *item.spots)
    return bool(found) and not any(place.endswith(found[0]) for place in places if found)


@feature(
    "verb",
    "ลักษณะงาน",
    "kind of action",
    {
        "same": ("ทำอย่างเดียวกัน ({left})", "same action ({left})"),
        "near": ("คำเรียกงานใกล้กัน ({left} / {right})", "near actions ({left} / {right})"),
        "differs": ("ทำคนละอย่าง ({left} / {right})", "different actions ({left} / {right})"),
    },
)
def verb(a: Prepared, b: Prepared) -> Finding:
    """What is done: build, improve or repair, buy or install, dredge, clean a pipe, promote, subsidize and so on.

    Near where one name has the other's action besides its own ("ปรับปรุง… (ติดตั้ง…)").
    """
    if not a.verb or not b.verb or a.verb in EMPTY_VERBS or b.verb in EMPTY_VERBS:
        return NOTHING
    if a.verb == b.verb:
        return Finding("same", a.verb, b.verb)
    both = a.verb in b.added_verbs or b.verb in a.added_verbs or a.added_verbs & b.added_verbs
    return Finding("near" if both else verb_level(a.verb, b.verb), a.verb, b.verb)


def verb_level(left: str, right: str) -> str:
    """How two different actions stand to each other: near or differs."""
    return "near" if frozenset((left, right)) in _NEAR_VERBS else "differs"


@feature(
    "work_object",
    "สิ่งที่ทำ",
    "object of the work",
    {
        "same": ("ทำกับสิ่งเดียวกัน ({left})", "same object ({left})"),
        "differs": ("คนละสิ่ง ({left} / {right})", "different objects ({left} / {right})"),
    },
)
def work_object(a: Prepared, b: Prepared) -> Finding:
    """To what it is done: a road, a drain, a pipe, a well, street lights, a building and so on."""
    if not a.work_object or not b.work_object:
        return NOTHING
    return Finding("same" if a.work_object == b.work_object else "differs", a.work_object, b.work_object)


@feature(
    "family",
    "ผิวทาง/โครงสร้าง",
    "surface or structure",
    {
        "same": ("ผิวทางหรือโครงสร้างแบบเดียวกัน ({left})", "same surface or structure ({left})"),
        "differs": (
            "ผิวทางหรือโครงสร้างต่างกัน ({left} / {right}) อาจเป็นคนละขั้นงาน",
            "different surface or structure ({left} / {right}), perhaps another step of the work",
        ),
    },
)
def family(a: Prepared, b: Prepared) -> Finding:
    """Surface or structure: concrete, asphalt, gravel, drain, pipe and so on; gravel and concrete are two jobs."""
    if not a.family or not b.family:
        return NOTHING
    return Finding("same" if a.family == b.family else "differs", a.family, b.family)


@feature(
    "leftover",
    "ตัวเลขอื่นในชื่อ",
    "other numbers",
    {
        "same": ("ตัวเลขอื่นในชื่อตรงกัน ({left})", "other numbers in the names agree ({left})"),
        "differs": ("ตัวเลขอื่นในชื่อต่างกัน ({left} / {right})", "other numbers in the names differ ({left} / {right})"),
        "one_side": (
            "มีตัวเลขในชื่อฝ่ายเดียว ({left} / {right})",
            "only one name has a further number ({left} / {right})",
        ),
        "place_differs": (
            "คนละจุดหรือคนละแห่งในชุดเดียวกัน ({left} / {right})",
            "another one of a row of like things ({left} / {right})",
        ),
        "place_one_side": (
            "ฝ่ายเดียวที่ระบุว่าเป็นจุดหรือแห่งที่เท่าใด ({left} / {right})",
            "only one says which of a row of like things it is ({left} / {right})",
        ),
    },
)
def leftover(a: Prepared, b: Prepared) -> Finding:
    """Numbers that no other field explains: model numbers, size 12x8; and which one of a row it is (จุดที่ 2)."""
    if is_another_of_row(a, b):
        return Finding("place_differs", show_or_dash(a.ordinals), show_or_dash(b.ordinals))
    if bool(a.ordinals) != bool(b.ordinals):
        return Finding("place_one_side", show_or_dash(a.ordinals), show_or_dash(b.ordinals))
    if not a.leftover and not b.leftover:
        return NOTHING
    shown = (show_or_dash(a.leftover), show_or_dash(b.leftover))
    if not a.leftover or not b.leftover:
        return Finding("one_side", *shown)
    return Finding("same" if a.leftover == b.leftover else "differs", *shown)


def is_another_of_row(a: Prepared, b: Prepared) -> bool:
    """Whether both name their place in a row of the same things and it is not the same place."""
    if not a.ordinals or not b.ordinals or a.ordinals & b.ordinals:
        return False
    kinds = [{ordinal.partition(" ")[0] for ordinal in side.ordinals} for side in (a, b)]
    return not kinds[0].isdisjoint(kinds[1])


@feature(
    "purpose",
    "ส่วนของโครงการ",
    "part of a project",
    {
        "part": (
            "ฝ่ายหนึ่งเป็นเพียงการจัดซื้อจัดจ้างเพื่อใช้ในโครงการ ({left} / {right})",
            "one is only a purchase for use in a project ({left} / {right})",
        ),
        "same": ("ใช้ในโครงการเดียวกัน ({left})", "for use in the same project ({left})"),
        "furnished": ("ฝ่ายหนึ่งรวมครุภัณฑ์ไว้ด้วย ({left} / {right})", "one has the furniture with it ({left} / {right})"),
        "furnishes": (
            "ฝ่ายหนึ่งซื้อครุภัณฑ์ให้สิ่งที่อีกฝ่ายก่อสร้าง ({left} / {right})",
            "one buys the furniture for what the other builds ({left} / {right})",
        ),
        "differs": ("ใช้คนละโครงการ ({left} / {right})", "for use in different projects ({left} / {right})"),
    },
)
def purpose(a: Prepared, b: Prepared) -> Finding:
    """Whether one of the two only buys something for use in a project that is named after it, or furnishes it."""
    if level := find_furnishing(a, b) or find_furnishing(b, a):
        return Finding(level, a.item.text, b.item.text)
    if not a.purpose and not b.purpose:
        return NOTHING
    if not a.purpose or not b.purpose:
        return Finding("part", a.purpose or "–", b.purpose or "–")
    same = fuzz.partial_ratio(a.purpose, b.purpose) >= 100 * _PARTLY
    return Finding("same" if same else "differs", a.purpose, b.purpose)


def find_furnishing(item: Prepared, other: Prepared) -> str | None:
    """What ``other`` is to an item that builds and furnishes: only the building, only the furniture, or neither."""
    if not item.furnished or other.furnished or item.furnished[0] not in other.whole:
        return None
    if item.furnished[1] not in other.whole:
        return "furnished" if item.verb == other.verb else None
    return "furnishes" if item.verb != other.verb else None


def show_or_dash(values: frozenset[str]) -> str:
    """The values sorted, or a dash."""
    return ", ".join(sorted(values)) or "–"

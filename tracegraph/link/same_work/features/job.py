"""The same job at the same spot: what verb, object and place say together and none of them says alone."""

from __future__ import annotations

from tracegraph.link.same_work.features import place, roads
from tracegraph.link.same_work.features.base import NOTHING, Finding, feature, show
from tracegraph.link.same_work.prepared import Prepared

#: Works that people know by the water they lie on; a named canal or pond is one thing, a road may be many pieces.
WATERS = frozenset({"ลำน้ำ", "สระเก็บน้ำ", "ฝาย", "ระบบส่งน้ำ"})
#: Things built one after the other for one purpose: a well, then the tank and the pipes that bring its water to houses.
STEPS = frozenset({"บ่อบาดาล", "ประปา"})
DRAWING = "ศึกษาออกแบบ"
BUILDING = "ก่อสร้าง"
_DRAWN = frozenset({DRAWING, BUILDING})


@feature(
    "job",
    "งานเดียวกันที่เดียวกัน",
    "same job at one spot",
    {
        "here": ("งานอย่างเดียวกันบนถนน คลอง หรือจุดเดียวกัน ({left})", "same job on the same road, canal or spot ({left})"),
        "water": ("งานอย่างเดียวกันในคลองหรือแหล่งน้ำเดียวกัน ({left})", "same job on one named canal or pond ({left})"),
        "step": (
            "งานขั้นต่อกันในหมู่เดียวกัน ({left} / {right})",
            "one step after the other in one village ({left} / {right})",
        ),
        "village": ("งานอย่างเดียวกันในหมู่เดียวกัน ไม่ระบุจุด ({left})", "same job in one village, no spot named ({left})"),
    },
)
def job(a: Prepared, b: Prepared) -> Finding:
    """Same verb and same object on one named road, canal or landmark; or in one village where neither names any.

    Also what follows on each other there: a well and the tank for its water, the drawing and the building.
    """
    if is_step(a, b):
        return Finding("step", _name(a), _name(b))
    both_objects = a.work_object and b.work_object
    if not a.verb or a.verb != b.verb or (both_objects and a.work_object != b.work_object):
        return NOTHING
    if a.roads or b.roads or a.spots or b.spots:
        level = "water" if is_water_work(a) and is_water_work(b) else "here"
        return Finding(level, _name(a), _name(b)) if _one_spot(a, b) else NOTHING
    in_one = bool(both_objects) and bool(a.villages) and a.villages == b.villages
    return Finding("village", f"{_name(a)} {show(a.villages)}", f"{_name(b)} {show(b.villages)}") if in_one else NOTHING


def is_water_work(item: Prepared) -> bool:
    """Whether it is a work on a canal, a pond or a weir that it names."""
    return item.work_object in WATERS and bool(item.roads)


def may_step(item: Prepared) -> bool:
    """Whether it is one of the works that follow on each other in a village."""
    return item.work_object in STEPS and bool(item.villages)


def is_step(a: Prepared, b: Prepared) -> bool:
    """Whether one of the two follows the other by its kind, in one village."""
    if not a.villages or a.villages != b.villages:
        return False
    if a.work_object == b.work_object:
        return bool(a.work_object) and frozenset((a.verb, b.verb)) == _DRAWN
    return may_step(a) and may_step(b)


def _name(item: Prepared) -> str:
    what = item.work_object or (roads.show_roads(item.roads) if item.roads else show(item.spots))
    return f"{item.verb or ''} {what}".strip()


def _one_spot(a: Prepared, b: Prepared) -> bool:
    """Whether road or landmark agree and nothing about them disagrees or is said by one only."""
    levels = {
        roads.road_name.observe(a, b).level,
        roads.road_number.observe(a, b).level,
        place.spot.observe(a, b).level,
        place.bank.observe(a, b).level,
    }
    agree = {"same", "same_ends", "same_code"} & levels
    return bool(agree) and levels <= {"same", "same_ends", "same_code", "unknown"}

"""The same job at the same spot: what verb, object and place say together and none of them says alone."""

from __future__ import annotations

from tracegraph.link.same_work.features import place, roads
from tracegraph.link.same_work.features.base import NOTHING, Finding, feature, show
from tracegraph.link.same_work.prepared import Prepared


@feature(
    "job",
    "งานเดียวกันที่เดียวกัน",
    "same job at one spot",
    {
        "here": ("งานอย่างเดียวกันบนถนน คลอง หรือจุดเดียวกัน ({left})", "same job on the same road, canal or spot ({left})"),
        "village": ("งานอย่างเดียวกันในหมู่เดียวกัน ไม่ระบุจุด ({left})", "same job in one village, no spot named ({left})"),
    },
)
def job(a: Prepared, b: Prepared) -> Finding:
    """Same verb and same object on one named road, canal or landmark; or in one village where neither names any."""
    both_objects = a.work_object and b.work_object
    if not a.verb or a.verb != b.verb or (both_objects and a.work_object != b.work_object):
        return NOTHING
    if a.roads or b.roads or a.spots or b.spots:
        return Finding("here", _name(a), _name(b)) if _one_spot(a, b) else NOTHING
    in_one = bool(both_objects) and bool(a.villages) and a.villages == b.villages
    return Finding("village", f"{_name(a)} {show(a.villages)}", f"{_name(b)} {show(b.villages)}") if in_one else NOTHING


def _name(item: Prepared) -> str:
    what = item.work_object or (roads.show_roads(item.roads) if item.roads else show(item.spots))
    return f"{item.verb} {what}"


def _one_spot(a: Prepared, b: Prepared) -> bool:
    """Whether road or landmark agree and nothing about them disagrees or is said by one only."""
    levels = {
        roads.road_name.observe(a, b).level,
        roads.road_number.observe(a, b).level,
        place.spot.observe(a, b).level,
        place.bank.observe(a, b).level,
    }
    agree = {"same", "same_ends"} & levels
    return bool(agree) and levels <= {"same", "same_ends", "unknown"}

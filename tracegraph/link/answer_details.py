"""Agreement inside the village: lane, road or canal, house, landmark, phase, stations.

Silence is never evidence. Two lanes with different numbers are two places; so are two phases and two stretches that
do not touch. Where both sides say where they are but in ways that cannot be compared (a house, a lane number), the
feature ``spot`` says so and takes a little away.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from tracegraph.link.answer_model import Finding
from tracegraph.link.answer_sides import Side
from tracegraph.link.place_names import may_be_one

#: Levels that say that the two sides name different spots.
ELSEWHERE = frozenset({"different", "nothing_shared", "apart"})

_SAME = 88
_LONG = 3
#: Letters of a folded name that is hardly the name of two roads.
_TELLING = 6


def find_details(need: Side, project: Side, own_names: frozenset[str], *, near: bool = True) -> Iterator[Finding]:
    """One finding for each kind of mark; ``own_names``: folded names of the need's village, which pin nothing in it.

    Not ``near``: the two may lie in different subdistricts, so only names that are the same say something.
    """
    if not near:
        yield from _far_details(need, project, own_names)
        return
    found = [
        _lanes(need, project),
        _roads(need, project, own_names),
        _persons(need, project),
        _landmarks(need, project, own_names) or _institutions(need, project),
    ]
    yield from found
    yield _spot(need, project, found, own_names)
    yield _phase(need, project)
    yield _stations(need, project)


def _far_details(need: Side, project: Side, own_names: frozenset[str]) -> Iterator[Finding]:
    """Long names of roads, waterways and landmarks that are the same; nothing else can be compared."""
    shared = sorted(name for name in set(need.spot.roads) & set(project.spot.roads) if len(name) >= _TELLING)
    if shared:
        th, en = f"ชื่อสาย/ลำน้ำตรงกัน: {shared[0]}", f"same road or waterway: {shared[0]}"
        yield _say("road_name", "same", shared[0], shared[0], th, en)
    else:
        yield _nothing("road_name")
    yield _landmarks(need, project, own_names) or _nothing("landmark")
    yield from map(_nothing, ("lane", "person", "spot", "phase", "stations"))


def _nothing(feature: str) -> Finding:
    return Finding(feature=feature, level="no_information")


def _lanes(need: Side, project: Side) -> Finding:
    a, b = need.spot.lanes, project.spot.lanes
    left, right = ", ".join(sorted(a)), ", ".join(sorted(b))
    if a & b:
        shared = ", ".join(sorted(a & b))
        return _say("lane", "same", left, right, f"{shared} เดียวกัน", f"same {shared}")
    if {_kind(x) for x in a} & {_kind(x) for x in b}:
        th, en = f"คนละซอย/สาย: {left} กับ {right}", f"another lane: {left} and {right}"
        return _say("lane", "different", left, right, th, en)
    if b and not a:
        return _say("lane", "only_project", left, right, f"โครงการเจาะจง {right}", f"the project is for {right} only")
    return _nothing("lane")


def _kind(lane: str) -> str:
    return lane.rpartition(" ")[0]


def _roads(need: Side, project: Side, own_names: frozenset[str]) -> Finding:
    a = [name for name in need.spot.roads if name not in own_names]
    b = [name for name in project.spot.roads if name not in own_names]
    left, right = ", ".join(a), ", ".join(b)
    if not a or not b:
        return _nothing("road_name")
    if any(_alike(x, y) for x in a for y in b):
        return _say("road_name", "same", left, right, f"ชื่อสาย/ลำน้ำตรงกัน: {left}", f"same road or waterway: {left}")
    th, en = f"คนละสาย/ลำน้ำ: {left} กับ {right}", f"another road or waterway: {left}, {right}"
    return _say("road_name", "different", left, right, th, en)


def _persons(need: Side, project: Side) -> Finding:
    a, b = need.spot.persons, project.spot.persons
    if not a or not b:
        return _nothing("person")
    # Names of private persons stay out of the sentence; the originals are one click away.
    if a & b:
        return _say("person", "same", "", "", "อ้างบ้านหลังเดียวกัน", "the same house is named")
    return _say("person", "different", "", "", "อ้างบ้านคนละหลัง", "different houses are named")


def _landmarks(need: Side, project: Side, own_names: frozenset[str]) -> Finding | None:
    text = "".join(_folded(project))
    for mark in need.spot.landmarks:
        if len(mark) >= _LONG and mark not in own_names and text and fuzz.partial_ratio(mark, text) >= _SAME:
            return _say("landmark", "same", mark, mark, f"จุดอ้างอิงเดียวกัน: {mark}", f"same landmark: {mark}")
    return None


def _institutions(need: Side, project: Side) -> Finding:
    """Two schools (temples, child centers …) with different names are two places."""
    for kind in sorted({kind for kind, _ in need.spot.institutions}):
        mine, others = (
            sorted(name for other, name in side.spot.institutions if other == kind) for side in (need, project)
        )
        if others and not any(may_be_one(a, b) for a in mine for b in others):
            left, right = ", ".join(mine), ", ".join(others)
            th, en = f"คนละแห่ง: {left} กับ {right}", f"another place of that kind: {left}, {right}"
            return _say("landmark", "different", left, right, th, en)
    return _nothing("landmark")


def _folded(project: Side) -> list[str]:
    return [*project.spot.landmarks, *project.spot.roads]


def _spot(need: Side, project: Side, found: list[Finding], own_names: frozenset[str]) -> Finding:
    """Both sides pin a spot, nothing is shared, and nothing was compared that already says so."""
    if any(f.level in ("same", "different") for f in found):
        return _nothing("spot")
    if not (_pins(need, own_names) and _pins(project, own_names)):
        return _nothing("spot")
    return _say(
        "spot", "nothing_shared", "", "", "ต่างฝ่ายต่างระบุจุด แต่ไม่มีจุดใดตรงกัน", "both name a spot, and none is shared"
    )


def _pins(side: Side, own_names: frozenset[str]) -> bool:
    spot = side.spot
    roads = [name for name in spot.roads if name not in own_names]
    marks = [name for name in spot.landmarks if name not in own_names]
    return bool(spot.lanes or roads or spot.persons or marks)


def _phase(need: Side, project: Side) -> Finding:
    a, b = need.spot.phase, project.spot.phase
    if a is not None and b is not None:
        if a == b:
            return _say("phase", "same", str(a), str(b), f"ช่วงที่ {a} เหมือนกัน", f"same phase {a}")
        th, en = f"คนละช่วง: ช่วงที่ {a} กับช่วงที่ {b}", f"phase {a} is not phase {b}"
        return _say("phase", "different", str(a), str(b), th, en)
    if b is not None and b > 1:
        return _say("phase", "later_only_project", "", str(b), f"โครงการเป็นช่วงที่ {b}", f"the project is phase {b}")
    return _nothing("phase")


def _stations(need: Side, project: Side) -> Finding:
    a, b = need.spot.stations, project.spot.stations
    if not a or not b:
        return _nothing("stations")
    left, right = _km(a), _km(b)
    if any(x0 < y1 and y0 < x1 for x0, x1 in a for y0, y1 in b):
        return _say("stations", "overlap", left, right, "ช่วง กม. ทับกัน", "stations overlap")
    th, en = f"ช่วง กม. ไม่ทับกัน: {left} กับ {right}", f"stations apart: {left}, {right}"
    return _say("stations", "apart", left, right, th, en)


def _km(stations: tuple[tuple[float, float], ...]) -> str:
    return ", ".join(f"{a / 1000:.3f}–{b / 1000:.3f} กม." for a, b in stations)


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= _LONG and fuzz.partial_ratio(a, b) >= _SAME)


def _say(feature: str, level: str, left: str, right: str, th: str, en: str) -> Finding:
    return Finding(feature=feature, level=level, left=left, right=right, th=th, en=en)

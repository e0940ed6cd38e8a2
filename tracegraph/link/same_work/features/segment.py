"""Which part of a road or work: phase or section, and stations along the road."""

from __future__ import annotations

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature
from tracegraph.link.same_work.prepared import Prepared


@feature(
    "phase",
    "ช่วง/ระยะ",
    "phase or section",
    {
        "same": ("ช่วงหรือระยะเดียวกัน ({left})", "same phase or section ({left})"),
        "differs": ("คนละช่วงหรือระยะ ({left} / {right})", "different phases or sections ({left} / {right})"),
        "one_side": ("ระบุช่วงฝ่ายเดียว ({left} / {right})", "only one names a phase ({left} / {right})"),
        "continued": (
            "ฝ่ายหนึ่งระบุว่าต่อจากของเดิมหรือเพิ่มเติม อีกฝ่ายไม่ระบุ",
            "one says that it goes on from an earlier piece, the other does not",
        ),
    },
)
def phase(a: Prepared, b: Prepared) -> Finding:
    """Phase, section or stage number (ช่วงที่, ตอนที่, ระยะที่); another phase is another piece of work.

    Without a number, whether one of them says that it only continues another piece (ต่อจากของเดิม, อีกจุด).
    """
    if a.phase is None and b.phase is None:
        return NOTHING if a.continued == b.continued else Finding("continued")
    shown = (_number(a.phase), _number(b.phase))
    if a.phase is None or b.phase is None:
        goes_on = b.continued if b.phase is None else a.continued
        return NOTHING if goes_on else Finding("one_side", *shown)
    return Finding("same" if a.phase == b.phase else "differs", *shown)


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


@feature(
    "stations",
    "กม.ที่",
    "stations",
    {
        "same": ("ช่วง กม. เดียวกัน ({left})", "same stations ({left})"),
        "overlap": ("ช่วง กม. ทับกัน ({left} / {right})", "stations overlap ({left} / {right})"),
        "differs": ("ช่วง กม. ไม่ทับกัน ({left} / {right})", "stations do not overlap ({left} / {right})"),
    },
)
def stations(a: Prepared, b: Prepared) -> Finding:
    """Segments by station (กม.0+000–1+200): overlap means the same ground; touching ends do not overlap."""
    if not a.stations or not b.stations:
        return NOTHING
    shown = (_segments(a.stations), _segments(b.stations))
    if a.stations == b.stations:
        return Finding("same", *shown)
    return Finding("overlap" if overlap_meters(a, b) > 0 else "differs", *shown)


def overlap_meters(a: Prepared, b: Prepared) -> float:
    """Meters that both cover, over all their segments; 0 where either names none."""
    return sum(max(0.0, min(e, y) - max(s, x)) for s, e in a.stations for x, y in b.stations)


def _segments(stations_: tuple[tuple[float, float], ...]) -> str:
    return ", ".join(f"{_station(start)}–{_station(end)}" for start, end in stations_)


def _station(meters: float) -> str:
    return f"{int(meters) // 1000}+{int(meters) % 1000:03d}"

"""Whether the measures agree: width, length, thickness, area, counts of things."""

from __future__ import annotations

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature
from tracegraph.link.same_work.prepared import Prepared

_TOLERANCE = 0.02

NAMES_TH = {
    "width": "กว้าง",
    "length": "ยาว",
    "thickness": "หนา",
    "depth": "ลึก",
    "height": "สูง",
    "area": "พื้นที่",
    "volume": "ปริมาตร",
    "diameter": "เส้นผ่านศูนย์กลาง",
    "count": "จำนวน",
}


@feature(
    "measures",
    "ขนาดและจำนวน",
    "measures and counts",
    {
        "agree": ("ขนาดหรือจำนวนตรงกัน ({left})", "measures agree ({left})"),
        "partly": ("ขนาดตรงกันบางส่วน ({left} / {right})", "some measures agree ({left} / {right})"),
        "differs": ("ขนาดหรือจำนวนต่างกัน ({left} / {right})", "measures differ ({left} / {right})"),
        "names_differ": ("ขนาดในชื่อต่างกัน ({left} / {right})", "measures in the names differ ({left} / {right})"),
    },
)
def measures(a: Prepared, b: Prepared) -> Finding:
    """Measures of the kinds that both state, within 2 percent; counts only of the same unit.

    A measure in the name itself is part of what the thing is; one in the target column may change with the design.
    """
    named = sorted(a.name_sizes & b.name_sizes)
    unequal = [kind for kind in named if not _meets(a.sizes[kind], b.sizes[kind])]
    if unequal:
        return Finding("names_differ", _show(a, unequal), _show(b, unequal))
    kinds = sorted(a.sizes.keys() & b.sizes.keys())
    if not kinds:
        return NOTHING
    equal = [_meets(a.sizes[kind], b.sizes[kind]) for kind in kinds]
    shown = (_show(a, kinds), _show(b, kinds))
    if all(equal):
        return Finding("agree", *shown)
    return Finding("partly" if any(equal) else "differs", *shown)


def _meets(left: frozenset[float], right: frozenset[float]) -> bool:
    return any(abs(x - y) <= _TOLERANCE * max(abs(x), abs(y)) for x in left for y in right)


def _show(item: Prepared, kinds: list[str]) -> str:
    parts = []
    for kind in kinds:
        name, _, unit = kind.partition(":")
        values = "/".join(f"{value:,g}" for value in sorted(item.sizes[kind]))
        parts.append(f"{NAMES_TH.get(name, name)} {values}{' ' + unit if unit else ''}")
    return ", ".join(parts)

"""When a recurring activity takes place, and which numbered asset is worked on."""

from __future__ import annotations

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature, show
from tracegraph.link.same_work.prepared import Prepared


@feature(
    "period",
    "งวด/เดือน/ปี",
    "period",
    {
        "same": ("งวดเดียวกัน ({left})", "same period ({left})"),
        "differs": (
            "งานเดียวกันแต่คนละงวด ({left} / {right}) เป็นงานประจำ",
            "another period ({left} / {right}): recurring work",
        ),
        "one_side": ("ระบุงวดฝ่ายเดียว ({left} / {right})", "only one names a period ({left} / {right})"),
    },
)
def period(a: Prepared, b: Prepared) -> Finding:
    """Month, term, round or year that the name itself states; another one is another piece of work."""
    if not a.period and not b.period:
        return NOTHING
    if not a.period or not b.period:
        return Finding("one_side", a.period or "–", b.period or "–")
    return Finding("same" if a.period == b.period else "differs", a.period, b.period)


@feature(
    "asset",
    "หมายเลขครุภัณฑ์",
    "asset number",
    {
        "same": ("หมายเลขครุภัณฑ์เดียวกัน ({left})", "same asset number ({left})"),
        "differs": ("คนละหมายเลขครุภัณฑ์ ({left} / {right})", "different asset numbers ({left} / {right})"),
    },
)
def asset(a: Prepared, b: Prepared) -> Finding:
    """Numbers of assets (ครุภัณฑ์) that are repaired or replaced."""
    if not a.assets or not b.assets:
        return NOTHING
    return Finding("same" if a.assets & b.assets else "differs", show(a.assets), show(b.assets))

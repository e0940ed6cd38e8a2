"""When a recurring activity takes place, and which numbered asset is worked on."""

from __future__ import annotations

import re

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature, show
from tracegraph.link.same_work.prepared import Prepared

_YEAR = re.compile(r"25\d\d")


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
        "within": (
            "ปีของงวดอยู่ในปีที่อีกฝ่ายตั้งงบ ({left} / {right})",
            "the other has money in the year of the period ({left} / {right})",
        ),
        "one_side": ("ระบุงวดฝ่ายเดียว ({left} / {right})", "only one names a period ({left} / {right})"),
    },
)
def period(a: Prepared, b: Prepared) -> Finding:
    """Month, term, round or year that the name itself states; another one is another piece of work."""
    if not a.period and not b.period:
        return NOTHING
    if not a.period or not b.period:
        year = find_year(a.period or b.period or "")
        if year and year in (b.years if a.period else a.years):
            return Finding("within", a.period or show(a.years), b.period or show(b.years))
        return Finding("one_side", a.period or "–", b.period or "–")
    return Finding("same" if a.period == b.period else "differs", a.period, b.period)


def find_year(period: str) -> int | None:
    """The Buddhist-era year in a period (2568, 2568-03, รอบ 2/2568), or None."""
    match = _YEAR.search(period)
    return int(match[0]) if match else None


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

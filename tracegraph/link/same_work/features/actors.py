"""Who: the body that owns the plan or is asked to pay, and the office within it."""

from __future__ import annotations

from rapidfuzz import fuzz

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.thai.normalize import normalize

_SAME = 85.0


def names_body(item: Prepared, other: Prepared) -> bool:
    """Whether ``item`` names the owner of ``other`` as the one who pays or is asked."""
    payer, owner = item.item.payer, other.item.owner_name
    if not payer or not owner or item.item.owner == other.item.owner:
        return False
    return fuzz.partial_ratio(normalize(owner), normalize(payer)) >= _SAME


@feature(
    "body",
    "หน่วยงาน",
    "body",
    {
        "same": ("หน่วยงานเดียวกัน ({left})", "same body ({left})"),
        "asked": (
            "ฝ่ายหนึ่งระบุอีกฝ่ายเป็นผู้รับผิดชอบหรือผู้จ่าย ({left} / {right})",
            "one names the other as the body that pays ({left} / {right})",
        ),
        "differs": ("คนละหน่วยงาน ({left} / {right})", "different bodies ({left} / {right})"),
    },
)
def body(a: Prepared, b: Prepared) -> Finding:
    """The bodies whose plans they stand in, and whether one asks the other to pay."""
    left, right = a.item.owner, b.item.owner
    if not left or not right:
        return NOTHING
    shown = (a.item.owner_name or left, b.item.owner_name or right)
    if left == right:
        return Finding("same", *shown)
    return Finding("asked" if names_body(a, b) or names_body(b, a) else "differs", *shown)


@feature(
    "unit",
    "กอง/สำนัก",
    "office",
    {
        "same": ("กองหรือสำนักเดียวกัน ({left})", "same office ({left})"),
        "differs": ("คนละกองหรือสำนัก ({left} / {right})", "different offices ({left} / {right})"),
        "names_differ": (
            "ชื่อโครงการระบุคนละกองหรือสำนัก ({left} / {right})",
            "the names are about different offices ({left} / {right})",
        ),
    },
)
def unit(a: Prepared, b: Prepared) -> Finding:
    """The office within the body (กอง, สำนัก, งาน), of one body only: names of offices repeat everywhere."""
    if not a.unit or not b.unit or a.item.owner != b.item.owner:
        return NOTHING
    if a.unit.startswith(b.unit) or b.unit.startswith(a.unit) or fuzz.ratio(a.unit, b.unit) >= _SAME:
        return Finding("same", a.unit, b.unit)
    return Finding("names_differ" if a.unit_named and b.unit_named else "differs", a.unit, b.unit)

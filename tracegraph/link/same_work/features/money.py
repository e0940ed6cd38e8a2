"""Money and years. Equal money is never proof: two different drains of one office cost the same to the satang."""

from __future__ import annotations

from tracegraph.link.same_work.features.base import NOTHING, Finding, feature
from tracegraph.link.same_work.prepared import Prepared

#: A sum that is no multiple of this was reckoned, not rounded; two equal reckoned sums say more than two round ones.
ROUND = 10_000.0
NEAR, CLOSE, APART = 1.05, 1.3, 2.0


@feature(
    "money",
    "วงเงิน",
    "money",
    {
        "equal": ("วงเงินเท่ากัน ({left} บาท)", "equal money ({left} baht)"),
        "equal_round": ("วงเงินเท่ากัน เป็นเลขกลม ({left} บาท)", "equal money, a round sum ({left} baht)"),
        "near": ("วงเงินใกล้กัน ({left} / {right} บาท)", "money within 5% ({left} / {right} baht)"),
        "close": ("วงเงินต่างกันไม่เกิน 30% ({left} / {right} บาท)", "money within 30% ({left} / {right} baht)"),
        "apart": ("วงเงินต่างกันไม่เกินเท่าตัว ({left} / {right} บาท)", "money within twofold ({left} / {right} baht)"),
        "far": ("วงเงินต่างกันเกินเท่าตัว ({left} / {right} บาท)", "money more than twofold apart ({left} / {right} baht)"),
    },
)
def money(a: Prepared, b: Prepared) -> Finding:
    """The nearest two sums of both (of any year, or all years together). Supports other evidence, never replaces it."""
    pair = nearest_amounts(a, b)
    if pair is None:
        return NOTHING
    left, right = pair
    shown = (f"{left:,.2f}".removesuffix(".00"), f"{right:,.2f}".removesuffix(".00"))
    ratio = max(left, right) / min(left, right)
    if abs(left - right) < 1.0:
        return Finding("equal_round" if left % ROUND == 0 else "equal", *shown)
    level = "near" if ratio <= NEAR else "close" if ratio <= CLOSE else "apart" if ratio <= APART else "far"
    return Finding(level, *shown)


def nearest_amounts(a: Prepared, b: Prepared) -> tuple[float, float] | None:
    """The two sums, one of each item, with the smallest ratio; None where one of them states no money."""
    pairs = [(x, y) for x in a.amounts for y in b.amounts]
    return min(pairs, key=lambda p: (max(p) / min(p), -p[0], -p[1]), default=None)


@feature(
    "years",
    "ปีงบประมาณ",
    "fiscal years",
    {
        "same": ("ปีงบประมาณเดียวกัน ({left})", "same fiscal year ({left})"),
        "adjacent": ("ปีงบประมาณติดกัน ({left} / {right})", "adjacent fiscal years ({left} / {right})"),
        "far": ("ปีงบประมาณห่างกัน ({left} / {right})", "fiscal years apart ({left} / {right})"),
    },
)
def years(a: Prepared, b: Prepared) -> Finding:
    """Gap between the nearest fiscal years in which both have money."""
    if not a.years or not b.years:
        return NOTHING
    gap = min(abs(x - y) for x in a.years for y in b.years)
    shown = (_span(a.years), _span(b.years))
    return Finding("same" if gap == 0 else "adjacent" if gap == 1 else "far", *shown)


def _span(found: frozenset[int]) -> str:
    first, last = min(found), max(found)
    return str(first) if first == last else f"{first}–{last}"

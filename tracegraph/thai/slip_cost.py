"""How far apart two Thai names are as slips go: a lost tone mark costs little, another letter costs much.

The costs are of kinds of slips (marks, look-alikes, sound-alikes, neighbors swapped), not of names.
"""

from __future__ import annotations

import re

_DEBRIS = re.compile(r"[^ก-๎a-z0-9]")
_SARA_AI = re.compile(r"[ไใ]([ก-ฮ])ย")  # ไชย and ชัย sound alike and are written for one another
_MARKS = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e\u0e3a")
_SMALL = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39ะ")  # vowels that scans and fingers lose easily
_MARK, _ALIKE, _SMALL_LOST, _SWAP, _FULL = 0.25, 0.4, 0.7, 0.7, 1.0
# Letters that sound alike, look alike in print or lie on one key; a letter may be in several groups.
_GROUPS = (
    "สศษซ", "ชซ", "นณฌ", "ยญ", "ทธฑฒฐ", "ถภก", "ดคตฎฏ", "พผภฟฝ", "ขฃฆชค", "รลฬ", "ศคส", "บปษ", "นม", "ไใโ", "เแ", "วา",
    "าำ", "\u0e34\u0e35\u0e36\u0e37\u0e31", "\u0e38\u0e39",
)  # fmt: skip
_LIKE = frozenset((a, b) for group in _GROUPS for a in group for b in group)


def keep_letters(name: str) -> str:
    """Letters, vowels, marks and digits only: without dots, brackets and other debris."""
    return _DEBRIS.sub("", name)


def fold_name(name: str) -> str:
    """A comparison form for slips: letters as ``keep_letters``, and ไชย as ชัย."""
    return _SARA_AI.sub("\\1\u0e31ย", keep_letters(name))


def count_letters(name: str) -> int:
    """Letters and vowels of a folded name, without its marks."""
    return sum(letter not in _MARKS for letter in name)


def measure_slip(left: str, right: str, most: float) -> float:
    """Sum of the costs of the slips that turn one folded name into the other; infinite once it is over ``most``."""
    if left == right:
        return 0.0
    if abs(count_letters(left) - count_letters(right)) * _SMALL_LOST > most:
        return float("inf")
    before: list[float] = []
    above = [0.0]
    for letter in right:
        above.append(above[-1] + _lost(letter))
    for i, a in enumerate(left):
        row = [above[0] + _lost(a)]
        for j, b in enumerate(right):
            cost = above[j] if a == b else min(above[j] + _replaced(a, b), above[j + 1] + _lost(a), row[j] + _lost(b))
            if i and j and a == right[j - 1] and b == left[i - 1] and a != b:
                cost = min(cost, before[j - 1] + _SWAP)
            row.append(cost)
        if min(row) > most and min(above) > most:
            return _exchanged(left, right)
        before, above = above, row
    cost = min(above[-1], _exchanged(left, right))
    return cost if cost <= most else float("inf")


def _lost(letter: str) -> float:
    return _MARK if letter in _MARKS else _SMALL_LOST if letter in _SMALL else _FULL


def _replaced(a: str, b: str) -> float:
    if a in _MARKS and b in _MARKS:
        return _MARK
    return _ALIKE if (a, b) in _LIKE else _FULL


def _exchanged(left: str, right: str) -> float:
    """One slip where two letters of a name have changed places, as in ตะพง for พะตง."""
    if len(left) != len(right):
        return float("inf")
    places = [n for n, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(places) != 2 or places[1] - places[0] > 3:
        return float("inf")
    first, second = places
    return _FULL if (left[first], left[second]) == (right[second], right[first]) else float("inf")

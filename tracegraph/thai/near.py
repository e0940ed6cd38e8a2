"""Whether one Thai name is a slip of another: letters and marks that are easily confused, or one letter off."""

from __future__ import annotations

import re
from collections.abc import Iterable

MIN_LENGTH = 4  # letters; shorter names are all one letter apart from one another
_LOOSE = re.compile("[\u0e47-\u0e4e\u0e3a .'-]")
# Letters that sound alike or that scans and fingers mix up; each group is written as its first letter.
_ALIKE = (
    *("สศษซ", "นณฌ", "ยญ", "ทธฑฒฐถกภ", "ดฎคต\u0e0f", "พผภฟฝ", "ขฃฆช", "ไใ", "รลฬ"),
    *("\u0e34\u0e35\u0e36\u0e37", "\u0e38\u0e39"),
)
_FOLD = {ord(letter): group[0] for group in reversed(_ALIKE) for letter in group[1:]}


def build_skeleton(name: str) -> str:
    """``name`` without tone marks and with confusable letters made one: equal for slips of that kind."""
    return _LOOSE.sub("", name).translate(_FOLD)


def is_one_apart(left: str, right: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbors turns one name into the other."""
    if abs(len(left) - len(right)) > 1 or left == right:
        return left == right
    start = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    a, b = left[start:], right[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and len(b) > 1 and a[2:] == b[2:])


def find_near(name: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The candidates that ``name`` may be a slip of: confusable letters before other single slips; empty for none."""
    if len(name) < MIN_LENGTH:
        return ()
    names = tuple(dict.fromkeys(candidates))
    skeleton = build_skeleton(name)
    alike = tuple(other for other in names if build_skeleton(other) == skeleton)
    return alike or tuple(other for other in names if is_one_apart(name, other))

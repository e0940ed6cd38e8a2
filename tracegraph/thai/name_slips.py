"""Which of the few names that the parts beside it leave a misspelt name stands for: the nearest, by a clear way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tracegraph.thai.slip_cost import count_letters, fold_name, keep_letters, measure_slip

MOST_NAMES = 64
"""More names than one district or the districts of one province have: among so many, only one slip is allowed."""

_COST_A_LETTER, _COST_A_SHORT_LETTER = 0.34, 0.2  # short names are all near to one another
_MOST = 3.0
_SHORT = 3
_ROOM = 0.45  # how much further the next name must be
_SHORTEST_PART = 4  # letters that a name and its shortened form share
_ONE_SLIP = 1.0


class SlipKind(StrEnum):
    """Same letters (only dots or debris differ), one slip, several, or a name with a word lost or added."""

    SAME = "same"
    ONE = "one"
    SEVERAL = "several"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Slip:
    """The name meant, what kind of slip it is, and its cost (0 for the same letters)."""

    name: str
    kind: SlipKind
    cost: float


@lru_cache(maxsize=8_192)
def find_slip(name: str, candidates: tuple[str, ...]) -> Slip | tuple[str, ...]:
    """The candidate that ``name`` stands for; else those among which it does not decide (none: empty).

    Names are comparison forms (``gazetteer.build_key``). At most ``MOST_NAMES`` candidates are meant.
    """
    said = fold_name(name)
    letters = count_letters(said)
    if letters < 2:
        return ()
    costs = sorted(_iter_costs(said, letters, candidates))
    if costs and costs[0][0] <= _ONE_SLIP:
        return _choose(name, costs, SlipKind.ONE)
    parts = tuple(other for other in candidates if _is_part(said, fold_name(other)))
    if len(parts) == 1 and (not costs or costs[0][1] == parts[0]):
        return Slip(parts[0], SlipKind.PART, costs[0][0] if costs else _MOST)
    return parts or (_choose(name, costs, SlipKind.SEVERAL) if costs else ())


def _choose(name: str, costs: list[tuple[float, str]], kind: SlipKind) -> Slip | tuple[str, ...]:
    cost, best = costs[0]
    if keep_letters(best) == keep_letters(name):
        return Slip(best, SlipKind.SAME, 0.0)
    near = tuple(dict.fromkeys(other for far, other in costs if far < cost + _ROOM))
    return near if len(near) > 1 else Slip(best, kind, cost)


def _iter_costs(said: str, letters: int, candidates: tuple[str, ...]) -> Iterator[tuple[float, str]]:
    for other in candidates:
        folded = fold_name(other)
        least = min(letters, count_letters(folded))
        most = min(_MOST, least * (_COST_A_SHORT_LETTER if least < _SHORT else _COST_A_LETTER))
        cost = measure_slip(said, folded, most)
        if cost <= most:
            yield cost, other


def _is_part(said: str, other: str) -> bool:
    """Whether one is the other with letters before or after it: พิบูล of พิบูลมังสาหาร, กาษา of แม่กาษา."""
    short, long = sorted((said, other), key=len)
    return count_letters(short) >= _SHORTEST_PART and long.startswith(short) | long.endswith(short)

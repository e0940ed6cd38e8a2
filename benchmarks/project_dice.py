"""Chance that is the same on every version of Python: everything comes from ``Random.random``, which never changed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws from one stream, named by its seed; ``choice`` and ``randrange`` of the library changed over versions."""

    __slots__ = ("roll",)

    def __init__(self, *seed: object) -> None:
        self.roll = random.Random(":".join(map(str, seed))).random

    def pick(self, options: Sequence[T]) -> T:
        """One of ``options``, all alike."""
        return options[int(self.roll() * len(options))]

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self.roll() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in ``share`` of all draws."""
        return self.roll() < share

    def shuffle(self, items: list[T]) -> None:
        """Fisher and Yates, in place."""
        for last in range(len(items) - 1, 0, -1):
            other = int(self.roll() * (last + 1))
            items[last], items[other] = items[other], items[last]

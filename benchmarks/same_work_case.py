"""What every way of finding the same work gets, and what it gives back: invented records, and scored pairs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from benchmarks.invented_projects import Record, Table, generate_table
from benchmarks.project_dice import Dice

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """Invented records with their truth, as columns; pairs are pairs of positions."""

    table: Table

    @classmethod
    def of(cls, count: int, seed: int, density: float, patterns: str = "usual") -> Case:
        """The case of a seed."""
        return cls(generate_table(count, seed, density, patterns=patterns))

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def records(self) -> list[Record]:
        """The same as records, for ways that read one after the other."""
        columns = (self.table[name] for name in Record._fields)
        return [Record(*row) for row in zip(*columns, strict=True)]

    @cached_property
    def works(self) -> Ints:
        """The true work of each record, as a number."""
        numbers: dict[object, int] = {}
        return np.array([numbers.setdefault(work, len(numbers)) for work in self.table["work"]], dtype=np.int64)

    @cached_property
    def true_pairs(self) -> tuple[Ints, Ints]:
        """Positions of every two records of one work, the smaller first."""
        order = np.argsort(self.works, kind="stable")
        works = self.works[order]
        lefts, rights = [], []
        for step in range(1, int(np.bincount(works).max(initial=1))):
            at = np.nonzero(works[step:] == works[:-step])[0]
            lefts.append(order[at])
            rights.append(order[at + step])
        none = [np.zeros(0, dtype=np.int64)]
        return np.concatenate(lefts or none), np.concatenate(rights or none)

    @cached_property
    def hard_pairs(self) -> dict[str, tuple[Ints, Ints]]:
        """Positions of the hard pairs by kind."""
        found: dict[str, list[tuple[int, int]]] = {}
        for left, right, kind in self.table.hard:
            found.setdefault(kind, []).append((find_position(left), find_position(right)))
        tables = {kind: np.array(pairs, dtype=np.int64) for kind, pairs in sorted(found.items())}
        return {kind: (table[:, 0], table[:, 1]) for kind, table in tables.items()}


def find_position(record_id: str) -> int:
    """Where a record stands: the generator numbers its ids from 1 in the order of its records."""
    return int(record_id[1:]) - 1


@dataclass(frozen=True, slots=True)
class Pairs:
    """Scored pairs: ``left`` and ``right`` are positions, a higher ``score`` says rather the same work.

    ``seen`` are all pairs that were compared where that is known (left and right), else None; ``compared`` counts them.
    ``groups`` are the way's own clusters, where it makes them: a number for each record, -1 for one that is alone.
    """

    left: Ints
    right: Ints
    score: Floats
    compared: int
    seen: tuple[Ints, Ints] | None = None
    groups: Ints | None = None
    notes: dict[str, float] = field(default_factory=dict)


class Linker(Protocol):
    """A way of finding the same work."""

    def learn(self, case: Case, labels: int) -> None:
        """Learn from at most ``labels`` labelled pairs of a training case; nothing where the way learns nothing."""

    def link(self, case: Case, threshold: float | None = None) -> Pairs:
        """Score pairs of a case: all that may reach any useful threshold, or this one where it is chosen already."""


#: Half of the labels come from this share of the pairs, those with the highest scores: elsewhere few are the same.
_TOP = 0.15


def draw_labels(case: Case, pairs: Pairs, labels: int) -> list[tuple[int, int, bool]]:
    """Labelled pairs as an office would make them: of what a first pass compares, half from the best, half from all."""
    order = np.argsort(-pairs.score, kind="stable")
    dice = Dice("labels", len(case), labels)
    top = order[: int(len(order) * _TOP)].tolist()
    rest = order[len(top) :].tolist()
    for part in (top, rest):
        dice.shuffle(part)
    chosen = sorted(top[: labels // 2] + rest[: labels - labels // 2])
    lefts, rights = pairs.left[chosen].tolist(), pairs.right[chosen].tolist()
    return [(a, b, bool(case.works[a] == case.works[b])) for a, b in zip(lefts, rights, strict=True)]

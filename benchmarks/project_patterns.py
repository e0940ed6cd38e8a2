"""The name patterns of invented projects (``data/project_patterns.csv``): what is done, at what kind of place.

Columns: ``object`` (patterns of one object are one kind of work: two of them at one place would be the same work),
``place`` (what pins the work), ``again`` (y yearly, m monthly, empty once), ``measure`` (kind of measures, or
``count:UNIT``), ``low`` and ``high`` (thousands of baht), ``text`` with ``[a|b]`` for wordings of the same work and
``@`` where the place's name stands (behind everything where there is none).
"""

from __future__ import annotations

import csv
import itertools
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent / "data" / "project_patterns.csv"
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
PLACES = ("road", "canal", "pond", "spot", "school", "center", "temple", "village", "tambon", "office")
SETS = ("usual", "other")
#: Every third pattern is kept out of the usual ones, to see what carries over to wordings never met.
_OTHER = 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of the file; ``wordings`` are the texts with each choice made, the first the most usual."""

    number: int
    object: str
    place: str
    again: str
    measure: str
    low: int
    high: int
    wordings: tuple[str, ...]


@cache
def load_patterns(which: str = "usual") -> tuple[Pattern, ...]:
    """The patterns of a set: ``usual`` or ``other`` (a third of all); no pattern is in both."""
    if which not in SETS:
        raise ValueError(f"patterns must be one of {', '.join(SETS)}, not {which!r}")
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = which == "other"
    return tuple(_read(number, row) for number, row in enumerate(rows) if (number % _OTHER == _OTHER - 1) == wanted)


def _read(number: int, row: dict[str, str]) -> Pattern:
    return Pattern(
        number=number,
        object=row["object"],
        place=row["place"],
        again=row["again"],
        measure=row["measure"],
        low=int(row["low"]),
        high=int(row["high"]),
        wordings=tuple(_iter_wordings(row["text"])),
    )


def _iter_wordings(text: str) -> list[str]:
    pieces = _CHOICE.split(text)
    options = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return list(dict.fromkeys("".join(chosen).strip() for chosen in itertools.product(*options)))

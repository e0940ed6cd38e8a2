"""The rows of a sheet as notes see them, and the stretches in which they are numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from tracegraph.ingest.editions import Edition
from tracegraph.thai.normalize import normalize

_NUMBER = re.compile(r"\D{0,3}(\d{1,5})\D{0,2}")


class RowKind(StrEnum):
    """What a row of a sheet is to the notes beside it."""

    ITEM = "item"
    CONTINUATION = "continuation"
    DIVIDER = "divider"
    TOTAL = "total"
    BLANK = "blank"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """One row of a sheet as notes see it; rows that are left out count as blank.

    ``block`` numbers the runs of items between dividers (a divider has the block of the run below it); ``seq`` is the
    cell ที่ as typed; ``edition`` is what the line above the run states, None where none does; ``name`` is the item's.
    """

    number: int
    kind: RowKind
    block: int = 0
    seq: str = ""
    edition: Edition | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Items between two places where the numbering starts again unexplained; ``shows_loss`` says that it began so."""

    rows: tuple[AnchorRow, ...]
    shows_loss: bool


def find_stretches(rows: Sequence[AnchorRow]) -> tuple[Stretch, ...]:
    """The items of a sheet, split where the numbering starts again at 1 within one block.

    A single 1 among numbers that go on as if it were not there is a slip, not a new start.
    """
    items = sorted((row for row in rows if row.kind is RowKind.ITEM), key=lambda row: row.number)
    numbers = [read_seq(row.seq) for row in items]
    starts = [at for at in range(1, len(items)) if _starts_again(items, numbers, at)]
    bounds = pairwise((0, *starts, len(items)))
    return tuple(Stretch(tuple(items[start:end]), start > 0) for start, end in bounds if end > start)


def read_seq(seq: str) -> int | None:
    """The number in a cell ที่ (``1``, ``๑.``, ``(2)``, ``3.0``); None where it holds none or a longer text."""
    match = _NUMBER.fullmatch(re.sub(r"\.0+$", "", normalize(seq).strip()))
    return int(match[1]) if match else None


def _starts_again(items: Sequence[AnchorRow], numbers: Sequence[int | None], at: int) -> bool:
    if items[at].block != items[at - 1].block or numbers[at] != 1 or numbers[at - 1] is None:
        return False
    following = numbers[at + 1] if at + 1 < len(items) and items[at + 1].block == items[at].block else None
    return following is None or following != (numbers[at - 1] or 0) + 1 or following == 2

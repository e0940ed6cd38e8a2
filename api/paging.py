"""Pages of a list in the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from api.limits import PAGE_ROWS

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Pager:
    """Which part of a list of ``total`` rows is shown; pages count from 1."""

    total: int
    number: int
    size: int = PAGE_ROWS

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 of an empty list."""
        return min((self.number - 1) * self.size + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.number * self.size, self.total)


def read_pager(total: int, asked: str | None) -> Pager:
    """The page asked for, else the first; beyond the end the last."""
    pages = max(1, -(-total // PAGE_ROWS))
    wanted = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    return Pager(total, min(max(1, wanted), pages))


def shown(rows: Sequence[Row], pager: Pager) -> Sequence[Row]:
    """The rows of one page."""
    return rows[(pager.number - 1) * pager.size : pager.number * pager.size]

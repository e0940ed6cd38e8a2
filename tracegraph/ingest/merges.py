"""What the cells under a merged range say: the text of the range's first cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from tracegraph.errors import FileRefused
from tracegraph.ingest.tables import Limits, Row

_WIDEST = 200  # columns of one range that are filled; wider ones are formatting, not headings


def cover_cells(
    rows: Sequence[Row], ranges: Iterable[tuple[int, int, int, int]], limits: Limits, name: str
) -> dict[tuple[int, int], str]:
    """(row number, column from 0) → text, for rows that there are; ranges from 1: row, column, last row, last column.

    A range over a whole worksheet is only as long as its rows; FileRefused beyond ``limits.max_covered`` cells.
    """
    numbers = [row.number for row in rows]
    by_number = {row.number: row for row in rows}
    covered: dict[tuple[int, int], str] = {}
    visited = 0
    for first_row, first_column, last_row, last_column in ranges:
        row = by_number.get(first_row)
        text = row.cell(first_column - 1) if row else ""
        if not text.strip():
            continue
        below = numbers[bisect_left(numbers, first_row) : bisect_right(numbers, last_row)]
        columns = range(first_column - 1, min(last_column, first_column + _WIDEST))
        visited += len(below) * len(columns)
        if visited > limits.max_covered:
            raise _overmerged(name, limits)
        covered.update(((number, column), text) for number in below for column in columns)
        covered.pop((first_row, first_column - 1), None)
    return covered


def _overmerged(name: str, limits: Limits) -> FileRefused:
    return FileRefused(
        f"{name}: เซลล์ที่ผสาน (merge) ครอบคลุมเกิน {limits.max_covered:,} ช่อง ผิดปกติ",
        f"{name}: merged cells cover more than {limits.max_covered:,} cells",
        hint_th="ยกเลิกการผสานเซลล์ทั้งแผ่น แล้วบันทึกใหม่",
        hint_en="unmerge the cells of the whole worksheet and save again",
    )

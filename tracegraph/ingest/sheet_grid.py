"""Where a worksheet's rows and columns lie, to find the cell under a point of a drawing. Lengths are EMU."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate

EMU_PER_POINT = 12_700
_EMU_PER_PIXEL = 9_525


class Axis:
    """Rows from the top or columns from the left, counted from 0; sizes that are not the default by their index."""

    def __init__(self, default: int, sizes: Mapping[int, int]) -> None:
        self._default = max(1, default)
        self._keys = sorted(sizes)
        self._beyond = [0, *accumulate(sizes[key] - self._default for key in self._keys)]

    def start(self, index: int) -> int:
        """Where this row or column begins."""
        return index * self._default + self._beyond[bisect_left(self._keys, index)]

    def find(self, position: int, last: int) -> int:
        """The row or column that holds this position, at most ``last``."""
        low, high = 0, last
        while low < high:
            middle = (low + high + 1) // 2
            if self.start(middle) <= position:
                low = middle
            else:
                high = middle - 1
        return low


def build_rows(default: float, heights: Mapping[int, float]) -> Axis:
    """Rows by their heights in points, which count from 1."""
    return Axis(int(default * EMU_PER_POINT), {row - 1: int(size * EMU_PER_POINT) for row, size in heights.items()})


def build_columns(widths: Mapping[int, float]) -> Axis:
    """Columns by their widths in letters of 7 pixels with 5 between, which count from 1."""
    sizes = {column - 1: int(width * 7 + 5) * _EMU_PER_PIXEL if width else 0 for column, width in widths.items()}
    return Axis(64 * _EMU_PER_PIXEL, sizes)

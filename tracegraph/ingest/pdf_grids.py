"""Tables that ruling lines draw on a PDF page: the cells' rectangles become rows and columns with merged cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracegraph.ingest.pdf_text import Letter, build_lines, join_lines

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's upper left corner."""

_SLIVER = 5.0  # points; narrower rows and columns lie between the two strokes of a double line
_PADDING = (2.0, 7.0)  # points that a cell keeps free on each side, at least and at most
_TOUCHING = 0.08  # of the letters' size: nearer than this there is no gap between two letters, let alone a line
_MOST_CELLS = 50_000


@dataclass(slots=True)
class RuledTable:
    """The cells of one ruled table. ``xs`` and ``ys`` are where its columns and rows begin and end."""

    box: Box
    xs: list[float]
    ys: list[float]
    cells: list[Box]
    _letters: dict[int, list[Letter]] = field(default_factory=dict)
    _owner: dict[tuple[int, int], int] = field(default_factory=dict)
    _last: tuple[Letter, int] | None = None

    def take(self, letter: Letter) -> bool:
        """Whether the letter stands in this table; if so, it is put into its cell."""
        x, y = (letter.x0 + letter.x1) / 2, (letter.top + letter.bottom) / 2
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return False
        owner = self._owner[_at(self.ys, y), _at(self.xs, x)]
        if self._last and _goes_on(self._last[0], letter):
            owner = self._last[1]  # a long line of a spreadsheet runs over the empty cells beside its own
        self._letters.setdefault(owner, []).append(letter)
        self._last = letter, owner
        return True

    def widen(self, letters: Sequence[Letter]) -> None:
        """Open columns at the sides, where a table without outer lines has text beside its outermost cells."""
        beside = [letter for letter in letters if letter.text.strip() and self._is_level_with(letter)]
        left = [letter for letter in beside if letter.x1 < self.xs[0]]
        right = [letter for letter in beside if letter.x0 > self.xs[-1]]
        if _stands_in_rows(left, self.ys):
            self.xs.insert(0, min(letter.x0 for letter in left) - 1)
        if _stands_in_rows(right, self.ys):
            self.xs.append(max(letter.x1 for letter in right) + 1)

    def _is_level_with(self, letter: Letter) -> bool:
        return self.ys[0] < (letter.top + letter.bottom) / 2 < self.ys[-1]

    def settle(self) -> None:
        """Decide which cell owns each place of the grid; places that no cell covers are cells of their own."""
        for number, (x0, top, x1, bottom) in enumerate(self.cells):
            for row in range(_index(self.ys, top), max(_index(self.ys, top) + 1, _index(self.ys, bottom))):
                for column in range(_index(self.xs, x0), max(_index(self.xs, x0) + 1, _index(self.xs, x1))):
                    self._owner.setdefault((row, column), number)
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if (row, column) not in self._owner:
                    self._owner[row, column] = len(self.cells)
                    self.cells.append((self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1]))

    def read(self) -> tuple[tuple[tuple[str, ...], ...], dict[tuple[int, int], str]]:
        """The rows' texts, and the text of the first cell for each place (row from 1, column from 0) it covers."""
        texts = {number: self._text(number) for number in self._letters}
        first: dict[int, tuple[int, int]] = {}
        rows: list[tuple[str, ...]] = []
        merged: dict[tuple[int, int], str] = {}
        for row in range(len(self.ys) - 1):
            cells: list[str] = []
            for column in range(len(self.xs) - 1):
                owner = self._owner[row, column]
                text = texts.get(owner, "")
                if first.setdefault(owner, (row, column)) == (row, column):
                    cells.append(text)
                else:
                    cells.append("")
                    merged[row + 1, column] = text
            rows.append(tuple(cells))
        return tuple(rows), merged

    def _text(self, number: int) -> str:
        x0, _, x1, _ = self.cells[number]
        lines = build_lines(self._letters[number])
        free = min([line.x0 - x0 for line in lines] + [x1 - line.x1 for line in lines], default=0.0)
        return join_lines(lines, x1 - x0 - 2 * min(max(free, _PADDING[0]), _PADDING[1]))


def _goes_on(before: Letter, letter: Letter) -> bool:
    """Whether a letter stands so close behind the one drawn before it that both are of one text."""
    gap = letter.x0 - before.x1
    level = abs(letter.base - before.base) < 0.05 * letter.size
    return level and -0.3 * letter.size < gap < _TOUCHING * letter.size


def build_ruled(cells: Sequence[Box], letters: Sequence[Letter]) -> RuledTable | None:
    """A table of cells that touch; None where they make no table (a frame, a box around a title)."""
    xs = _edges([x for cell in cells for x in (cell[0], cell[2])])
    ys = _edges([y for cell in cells for y in (cell[1], cell[3])])
    table = RuledTable((xs[0], ys[0], xs[-1], ys[-1]), xs, ys, list(cells))
    table.widen(letters)
    columns, rows = len(table.xs) - 1, len(table.ys) - 1
    if columns * rows > _MOST_CELLS:
        raise ValueError(f"a page with a table of {rows:,} × {columns:,} cells")
    if len(cells) < 2 or columns < 2 or (rows < 2 and columns < 3):
        return None
    table.settle()
    return table


def _edges(values: Sequence[float]) -> list[float]:
    """Sorted places of lines; of two that are a sliver apart the first counts."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SLIVER:
            found.append(value)
    if len(found) == 1:
        found.append(found[0] + _SLIVER)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    """Which edge a value lies on."""
    return max(0, min(len(edges) - 1, bisect_right(edges, value + 0.01) - 1))


def _at(edges: Sequence[float], value: float) -> int:
    """Between which two edges a value lies."""
    return max(0, min(len(edges) - 2, bisect_right(edges, value) - 1))


def _stands_in_rows(letters: Sequence[Letter], ys: Sequence[float]) -> bool:
    """Whether text beside a table belongs to it: it stands beside at least half of its rows."""
    rows = {_at(ys, (letter.top + letter.bottom) / 2) for letter in letters}
    return len(rows) >= max(2, (len(ys) - 1) / 2)

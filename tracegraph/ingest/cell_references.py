"""References of a spreadsheet's cells: ``B3`` and ``A1:C4``, within the grid that there is."""

from __future__ import annotations

import re

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
Range = tuple[int, int, int, int]
"""First row and column, last row and column, all from 1."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})", re.ASCII)


def parse_range(reference: str) -> Range:
    """A reference such as ``B3`` or ``A1:C4``; ValueError for anything else or beyond the grid."""
    first, _, last = reference.partition(":")
    row, column = _parse_cell(first)
    last_row, last_column = _parse_cell(last) if last else (row, column)
    return min(row, last_row), min(column, last_column), max(row, last_row), max(column, last_column)


def _parse_cell(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference[:40]!r} is no cell")
    return require_row(int(match[2])), parse_column(match[1])


def parse_column(letters: str) -> int:
    """Number from 1 of a column's letters; ValueError beyond the grid."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= LAST_COLUMN or not (letters.isascii() and letters.isalpha()):
        raise ValueError(f"{letters[:10]!r} is no column")
    return number


def require_row(number: int) -> int:
    """The number of a row; ValueError beyond the grid."""
    if not 1 <= number <= LAST_ROW:
        raise ValueError(f"{number} is no row")
    return number

"""What the finders hand over: a field's value and where it stands in the normalized text; and the text still unread."""

from __future__ import annotations

from typing import NamedTuple

TAKEN = "\0"
"""Stands for each character that a finder has claimed, so that no later finder reads it again."""


class Found(NamedTuple):
    """One value of one field, with its half-open range in the normalized text."""

    field: str
    value: object
    start: int
    end: int


class Reading:
    """A normalized text being read: finders claim ranges, and what is claimed is blanked out."""

    __slots__ = ("found", "rest", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = text
        self.found: list[Found] = []

    def claim(self, field: str, value: object, start: int, end: int) -> None:
        """Record a value and blank its range."""
        self.found.append(Found(field, value, start, end))
        self.rest = f"{self.rest[:start]}{TAKEN * (end - start)}{self.rest[end:]}"

    def note(self, field: str, value: object, start: int, end: int) -> None:
        """Record a value whose range other finders may still read."""
        self.found.append(Found(field, value, start, end))

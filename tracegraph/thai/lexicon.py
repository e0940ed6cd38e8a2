"""Word lists that ship as CSV beside this module, and one regular expression made of many words."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def load_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/NAME.csv`` of this package, by heading."""
    text = files("tracegraph.thai").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def build_pattern(words: Iterable[str]) -> str:
    """A regular expression that matches the longest of ``words`` at a place.

    Built as a tree of shared beginnings: Python tries the branches of a plain ``a|b|c`` one after
    the other at every character, which is twenty times slower for some hundred Thai words.
    """
    tree: _Node = _Node()
    for word in words:
        node = tree
        for letter in word:
            node = node.next.setdefault(letter, _Node())
        node.ends = True
    return tree.pattern()


class _Node:
    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.ends = False
        self.next: dict[str, _Node] = {}

    def pattern(self) -> str:
        if not self.next:
            return ""
        branches = [re.escape(letter) + node.pattern() for letter, node in self.next.items()]
        body = branches[0] if len(branches) == 1 and not self.ends else f"(?:{'|'.join(branches)})"
        return f"{body}?" if self.ends else body

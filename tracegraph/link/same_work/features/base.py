"""What a feature is: a small pure function over two prepared items, with a name, and words for all it can say.

A feature sees a *level* (or a value between 0 and 1 on a curve); the model gives each level its weight. The function's
docstring is the public description. Every feature is symmetric in what it finds, not in what it quotes: ``left`` and
``right`` are the values of the two items as given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tracegraph.link.same_work.prepared import Prepared

#: The level of a feature that has nothing to go by; it always weighs nothing.
UNKNOWN = "unknown"


class Finding(NamedTuple):
    """What a feature found: a level, both values as shown to people, and a value in 0–1 where it is a curve."""

    level: str
    left: str = ""
    right: str = ""
    value: float | None = None


NOTHING = Finding(UNKNOWN)

Observe = Callable[[Prepared, Prepared], Finding]
Words = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Feature:
    """A named comparison. ``says`` maps each level to a sentence in Thai and in English with {left} and {right}."""

    name: str
    th: str
    en: str
    says: Words
    observe: Observe

    @property
    def description(self) -> str:
        """The public text: the docstring of the function."""
        return " ".join((self.observe.__doc__ or "").split())

    def sentences(self, finding: Finding) -> tuple[str, str]:
        """The Thai and the English sentence for a finding."""
        if finding.level == UNKNOWN:
            return f"{self.th}: ไม่มีข้อมูลให้เทียบ", f"{self.en}: no information"
        th, en = self.says[finding.level]
        return (
            th.format(left=finding.left, right=finding.right),
            en.format(left=finding.left, right=finding.right),
        )


def feature(name: str, th: str, en: str, says: Words) -> Callable[[Observe], Feature]:
    """Make a Feature of a function; ``th`` and ``en`` are its name as people read it."""

    def make(observe: Observe) -> Feature:
        return Feature(name, th, en, says, observe)

    return make


def show(values: object) -> str:
    """Values of a set or tuple as text, sorted so that the same values always read the same."""
    if isinstance(values, frozenset | set | tuple | list):
        return ", ".join(str(value) for value in sorted(values, key=lambda v: (isinstance(v, str), v)))
    return str(values)

"""What people mean who write so: the kind of work that a text is usually about, learned from filed complaints.

A text often names several things (a car on a sidewalk beside a drain); which of them it is about shows in what people
filed such texts under. The model is a table of weights (``models/need_kinds-*.json``) for concepts of the lexicon, for
words, and for the sentence vector where the encoder is there; a second set serves where it is not. It names kinds
of work only (``data/need_kinds.csv``), never a place. Of a text that is about none of its kinds it says nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from tracegraph.link.lexicon import Concepts
from tracegraph.link.vectors import Vector

#: The model in use.
CURRENT = "need_kinds-1"
#: From this strength on a work is what a project does, rather than what it names besides.
_DONE = 0.8

Floats = npt.NDArray[np.float64]
Shares = Mapping[str, float]
Table = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work as people file their needs: its names and the works of the lexicon that belong to it."""

    id: str
    th: str
    en: str
    works: frozenset[str]


@dataclass(frozen=True, slots=True)
class Block:
    """Weights of one sort of sign (concepts or words): its rarity, and a weight for each kind."""

    rarity: Mapping[str, float]
    weights: Mapping[str, Floats]

    def add_to(self, total: Floats, counts: Mapping[str, float]) -> bool:
        """Add what the known signs say; together they weigh one, however many there are. False where none is known."""
        known = {sign: share * self.rarity[sign] for sign, share in counts.items() if sign in self.rarity}
        length = sqrt(sum(share * share for share in known.values()))
        for sign in sorted(known):
            total += known[sign] / (length or 1.0) * self.weights[sign]
        return bool(known)


@dataclass(frozen=True, slots=True)
class Half:
    """The weights of one case: with the sentence encoder, or without it (``vectors`` None)."""

    start: Floats
    concepts: Block
    words: Block
    vectors: Floats | None


@dataclass(frozen=True, slots=True)
class NeedKinds:
    """The learned model with the kinds that it tells apart."""

    version: str
    kinds: tuple[Kind, ...]
    with_vectors: Half
    without: Half
    _by_work: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, concepts: Concepts, words: Sequence[tuple[str, float]], vector: Vector | None) -> Shares:
        """How likely a need is about each kind, 0–1 (several may be likely), to two decimals.

        Empty for a text without any sign that the model knows.
        """
        half = self.without if vector is None else self.with_vectors
        total = half.start.copy()
        by_concept = half.concepts.add_to(total, signs_of(concepts))
        if not half.words.add_to(total, {word: 1.0 for word, _ in words}) and not by_concept:
            return {}
        if vector is not None and half.vectors is not None:
            total += half.vectors @ vector.astype(np.float64)
        return {kind.id: round(min(1.0, max(0.0, float(x))), 2) for kind, x in zip(self.kinds, total, strict=True)}

    def kinds_of(self, project: Concepts) -> frozenset[str]:
        """The kinds that a project's works belong to; empty where it does something else."""
        if not self._by_work:
            works = {work for kind in self.kinds for work in kind.works}
            self._by_work.update({work: tuple(k.id for k in self.kinds if work in k.works) for work in works})
        done = (work for work, strength in project.works if strength >= _DONE)
        return frozenset(kind for work in done for kind in self._by_work.get(work, ()))

    def name(self, kind: str) -> tuple[str, str]:
        """Thai and English name of a kind."""
        return next((one.th, one.en) for one in self.kinds if one.id == kind)


def signs_of(concepts: Concepts) -> dict[str, float]:
    """The concepts of a text as signs of the model (``work:road``), with how firmly each is named."""
    signs = {f"work:{work}": strength for work, strength in concepts.works}
    return signs | {f"problem:{problem}": concepts.firmness(problem) for problem in concepts.problems}


@cache
def load_kinds() -> tuple[Kind, ...]:
    """The kinds of work, in the order of their file."""
    text = files("tracegraph.link").joinpath("data/need_kinds.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(Kind(row["kind"], row["th"], row["en"], frozenset(row["works"].split("|"))) for row in rows)


@cache
def load_need_kinds(name: str = CURRENT) -> NeedKinds:
    """The model that ships with the package."""
    text = files("tracegraph.link").joinpath(f"models/{name}.json").read_text(encoding="utf-8")
    return parse_need_kinds(json.loads(text))


def parse_need_kinds(table: Mapping[str, Any]) -> NeedKinds:
    """The model of a table of weights."""
    kinds = load_kinds()
    with_vectors, without = (_read_half(table[half], kinds) for half in ("with_vectors", "without_vectors"))
    return NeedKinds(str(table["version"]), kinds, with_vectors, without)


def _read_half(row: Mapping[str, Any], kinds: Sequence[Kind]) -> Half:
    vectors = row.get("vectors")
    return Half(
        np.array([row["start"][kind.id] for kind in kinds]),
        _read_block(row["concepts"], kinds),
        _read_block(row["words"], kinds),
        None if vectors is None else np.array([vectors[kind.id] for kind in kinds]) / row["vector_scale"],
    )


def _read_block(rows: Table, kinds: Sequence[Kind]) -> Block:
    return Block(
        {sign: float(row["rarity"]) for sign, row in rows.items()},
        {sign: np.array([row["weights"].get(kind.id, 0.0) for kind in kinds]) for sign, row in rows.items()},
    )

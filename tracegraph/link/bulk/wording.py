"""Likeness of wording for very many pairs: RapidFuzz over whole arrays, the rules of the text features beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from tracegraph.link.bulk.columns import Columns, Floats, Ints
from tracegraph.link.bulk.sides import Side
from tracegraph.link.same_work.bounds import weigh_all
from tracegraph.link.same_work.features import text
from tracegraph.link.same_work.model import Weights
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.thai.variants import find_concepts

Bools = npt.NDArray[np.bool_]


def _bare(whole: str) -> Prepared:
    """A stand-in of a record of which only the bare name is asked."""
    return cast(Prepared, Side({"whole": whole}))


@dataclass(frozen=True)
class Wording:
    """The text features over columns; every method answers for pairs of rows."""

    columns: Columns
    threads: int = -1

    def whole_name(self, left: Ints, right: Ints, weights: Weights) -> Floats:
        """Weights of ``text.whole_name``."""
        columns = self.columns
        ratios = self._ratios(columns.whole, left, right)
        one_named = self._named[left] != self._named[right]
        bare = np.zeros(len(ratios))
        some = np.flatnonzero(one_named)
        bare[some] = self._ratios(columns.unplaced, left[some], right[some])
        better = bare > ratios
        ratios = np.where(better, bare, ratios)
        mine, theirs = self._lengths[left], self._lengths[right]
        longest = ratios * (mine + theirs) >= 2 * np.minimum(mine, theirs) - 1e-6  # as alike as their lengths allow
        may_hold = np.flatnonzero((longest | better) & (ratios < text.HELD) & self._placed[left] & self._placed[right])
        for position in may_hold.tolist():
            wordings = columns.unplaced if better[position] else columns.whole
            a, b = wordings[left[position]], wordings[right[position]]
            if a in b or b in a:
                ratios[position] = text.HELD
        ratios = np.where(self._one_job(left, right), np.maximum(ratios, text.KNOWN), ratios)
        return np.asarray(weigh_all(weights, ratios) * (self._worded[left] & self._worded[right]))

    def core(self, left: Ints, right: Ints, weights: Weights) -> Floats:
        """Weights of ``text.core``."""
        things = self.columns.codes["work_object"]
        known = self._cored[left] & self._cored[right] & ((things[left] > 0) == (things[right] > 0))
        ratios = np.zeros(len(left))
        some = np.flatnonzero(known)
        ratios[some] = self._ratios(self.columns.core, left[some], right[some])
        for position in np.flatnonzero(known & (ratios < text.SYNONYM)).tolist():
            meaning = self._meaning(int(left[position]))
            if meaning and meaning == self._meaning(int(right[position])):
                ratios[position] = text.SYNONYM
        one_thing = (things[left] == things[right]) & (things[left] > 0)
        ratios = np.where(one_thing, np.maximum(ratios, text.KNOWN), ratios)
        return np.asarray(weigh_all(weights, ratios) * known)

    def difference(self, left: Ints, right: Ints, weights: Weights) -> Floats:
        """Weights of ``text.difference``."""
        whole, levels = self.columns.whole, weights.levels
        found = np.empty(len(left))
        known: dict[tuple[str, str], float] = {}
        for position, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
            a, b = whole[i], whole[j]
            if a == b:
                found[position] = levels["none"]
                continue
            if (a, b) not in known:
                known[a, b] = levels[text.difference.observe(_bare(a), _bare(b)).level]
            found[position] = known[a, b]
        return found

    def _one_job(self, left: Ints, right: Ints) -> Bools:
        """Where ``text.find_floor`` holds: one known object, and no two different verbs."""
        things, verbs = self.columns.codes["work_object"], self.columns.codes["verb"]
        one_thing = (things[left] == things[right]) & (things[left] > 0)
        a, b = verbs[left], verbs[right]
        return np.asarray(one_thing & ((a > 0) | (b > 0)) & ((a == b) | (a == 0) | (b == 0)))

    def _ratios(self, texts: Sequence[str], left: Ints, right: Ints) -> Floats:
        pairs = [texts[i] for i in left.tolist()], [texts[i] for i in right.tolist()]
        found = process.cpdist(*pairs, scorer=fuzz.ratio, dtype=np.float64, workers=self.threads)
        return np.asarray(found / 100.0)

    @cached_property
    def _lengths(self) -> Ints:
        return np.fromiter(map(len, self.columns.whole), np.int64, len(self.columns))

    @cached_property
    def _named(self) -> Bools:
        return self.columns.codes["village_names"] > 0

    @cached_property
    def _placed(self) -> Bools:
        return (self.columns.codes["roads"] > 0) | (self.columns.codes["spots"] > 0)

    @cached_property
    def _worded(self) -> Bools:
        return np.fromiter(map(bool, self.columns.whole), np.bool_, len(self.columns))

    @cached_property
    def _cored(self) -> Bools:
        return np.fromiter(map(bool, self.columns.core), np.bool_, len(self.columns))

    def _meaning(self, row: int) -> frozenset[str]:
        core = self.columns.core[row]
        if core not in self._meanings:
            self._meanings[core] = find_concepts(core)
        return self._meanings[core]

    @cached_property
    def _meanings(self) -> dict[str, frozenset[str]]:
        return {}

"""Themes of public work: what a project and an entry of a strategy list are both about, in whatever words they say it.

The themes are a table (``data/alignment_themes.csv``) of the vocabulary that Thai government shares; no row names a
place, a body or a project. Columns: ``id`` · ``broader`` (a theme that includes this one) · ``related``
(``theme:share`` divided by ``|``: how far a text of this theme is about that one too) · ``th`` · ``en`` · ``terms``:
alternatives divided by ``|``; the words of an alternative must all occur. ``tracegraph.link.lexicon`` is the other
table: works and the problems that they solve, for one need and one project; themes are wider.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tracegraph.link.lexicon_cuts import find_cuts, stands_alone
from tracegraph.link.lexicon_words import find_gaps, plain

#: How far a text of a theme is about the theme that includes it, and what a related theme gets of what its row says.
_BROADER, _RELATED = 0.5, 0.6
#: Strength of a term that stands only within longer terms (ราชการ in ข้าราชการครู).
_INSIDE = 0.5
#: Terms of one theme beyond this sum add nothing.
_ENOUGH = 2.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme with its names."""

    id: str
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class ThemesFound:
    """The themes that a text names: strength above 0 and up to the root of 2, and the terms that say so."""

    strengths: tuple[tuple[str, float], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()

    def terms_of(self, theme: str) -> str:
        """The terms behind a theme, '' where the text does not name it."""
        return dict(self.terms).get(theme, "")


class Themes:
    """The table, ready to be asked. Built by ``load_themes``."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        table = list(rows)
        self.themes = tuple(Theme(row["id"], row["th"], row["en"]) for row in table)
        self.place = {theme.id: at for at, theme in enumerate(self.themes)}
        self._spread = self._build_spread(table)
        self._by_word: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        starts: dict[str, set[str]] = {}
        for row in table:
            for alternative in row["terms"].split("|"):
                words = tuple(filter(None, map(plain, alternative.split())))
                if words:
                    self._by_word.setdefault(words[0], []).append((row["id"], words))
                for word in words:
                    starts.setdefault(word[:2], set()).add(word)
        self._starts = {start: tuple(sorted(words)) for start, words in starts.items()}

    def _build_spread(self, table: list[Mapping[str, str]]) -> Floats:
        """``[theme, other]``: how far a text of the theme is about the other; 1 on the diagonal."""
        spread = np.eye(len(table))
        for at, row in enumerate(table):
            for part in filter(None, row["related"].split("|")):
                other, _, share = part.partition(":")
                spread[at, self.place[other]] = _RELATED * float(share)
            if row["broader"]:
                to = self.place[row["broader"]]
                spread[at, to] = max(spread[at, to], _RELATED * _BROADER)
        return spread

    @lru_cache(maxsize=65536)  # noqa: B019  (themes live as long as the process)
    def find(self, text: str) -> ThemesFound:
        """The themes that a text names. Places should be taken out before."""
        bare = plain(text)
        places = self._find_words(bare, text)
        strengths: dict[str, float] = {}
        terms: dict[str, list[str]] = {}
        for word in sorted(places):
            for theme, words in self._by_word.get(word, ()):
                if all(one in places for one in words):
                    inside = len(words) == 1 and _is_inside(word, places)
                    strengths[theme] = strengths.get(theme, 0.0) + (_INSIDE if inside else 1.0)
                    terms.setdefault(theme, []).append(" ".join(words))
        return ThemesFound(
            tuple((theme, float(min(_ENOUGH, sum_) ** 0.5)) for theme, sum_ in sorted(strengths.items())),
            tuple((theme, " ".join(sorted(found, key=lambda t: (-len(t), t))[:3])) for theme, found in terms.items()),
        )

    def weigh(self, texts: Iterable[tuple[str, float]]) -> Floats:
        """How far texts, each with a share, are about each theme; themes near to a named one get their part."""
        weights = np.zeros(len(self.themes))
        for text, share in texts:
            for theme, strength in self.find(text).strengths:
                np.maximum(weights, share * strength * self._spread[self.place[theme]], out=weights)
        return weights

    def _find_words(self, bare: str, text: str) -> dict[str, list[int]]:
        """Words of the table that stand in the text as words, with the places where they begin."""
        found: dict[str, list[int]] = {}
        cuts = None
        for at in range(len(bare) - 1):
            for word in self._starts.get(bare[at : at + 2], ()):
                if bare.startswith(word, at):
                    cuts = find_cuts(bare, find_gaps(text)) if cuts is None else cuts
                    if stands_alone(bare, at, at + len(word), cuts):
                        found.setdefault(word, []).append(at)
        return found


def _is_inside(word: str, places: Mapping[str, list[int]]) -> bool:
    """Whether each place of a word lies within a longer word that was found."""
    longer = [(other, at) for other, starts in places.items() if len(other) > len(word) for at in starts]
    return all(
        any(start <= at and at + len(word) <= start + len(other) for other, start in longer) for at in places[word]
    )


@cache
def load_themes() -> Themes:
    """The themes that ship with the package."""
    text = files("tracegraph.link").joinpath("data/alignment_themes.csv").read_text(encoding="utf-8")
    return Themes(csv.DictReader(io.StringIO(text)))

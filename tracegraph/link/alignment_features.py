"""The features of alignment: each compares a project with the entries of a list, a number from 0 to 1 for each entry.

``ListIndex`` holds what every project needs of one list, so that a project is compared with all its leaves at once;
what a feature found on one entry, with both values and a sentence in each language, is told only for links that are
proposed (``describe``). No feature looks at other projects: a score does not change with what is loaded beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np

from tracegraph.link.alignment_texts import NATIONAL, Entry, Subject, find_leaves_below, find_usual
from tracegraph.link.alignment_themes import Floats, load_themes
from tracegraph.link.lexicon import Lexicon
from tracegraph.link.lexicon_words import plain
from tracegraph.link.vectors import Vector

#: Features in the order of the waterfall.
NAMES = ("usual", "programme", "concept", "themes", "letters", "vectors")

#: Lengths of the runs of letters that are compared.
_RUNS = (3, 4, 5)
#: How far the name above an entry stands for the entry, for runs of letters and for meaning.
_ABOVE_LETTERS, _ABOVE_MEANING = 0.5, 0.9
#: Themes that this share of a list's entries are about tell little between them.
_ABOUT = 0.3
#: Letters of a text whose runs are read.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature found, with both values and a sentence in each language."""

    name: str
    value: float
    left: str
    right: str
    th: str
    en: str


@dataclass(slots=True)
class ListIndex:
    """One list: its leaves, and what is compared with every project. Built by ``build_index``."""

    list_id: str
    entries: list[Entry]
    leaves: list[Entry]
    lexicon: Lexicon
    vectors: Mapping[str, Vector]
    theme_weights: Floats
    theme_rows: Floats
    runs: dict[str, list[tuple[int, float]]]
    run_weights: dict[str, float]
    usual_run: float
    meanings: Floats
    meanings_above: Floats
    owners: list[int]
    below: dict[str, list[int]]
    place: dict[str, int]
    by_number: dict[str, int]

    def compare(self, subject: Subject) -> dict[str, Floats]:
        """Every feature that says anything, by name: a number from 0 to 1 for each leaf."""
        found = {
            "usual": self._usual(subject),
            "programme": self._programme(subject),
            "concept": self._concepts(subject),
            "themes": self._themes(subject),
            "letters": self._letters(subject),
            "vectors": self._closeness(subject),
        }
        return {name: values for name, values in found.items() if values is not None}

    def _usual(self, subject: Subject) -> Floats | None:
        if self.list_id not in NATIONAL:
            return None
        values = np.zeros(len(self.leaves))
        for number, (share, _) in find_usual(subject, self.list_id, self.lexicon).items():
            if number in self.by_number:
                values[self.by_number[number]] = share
        return values

    def _programme(self, subject: Subject) -> Floats | None:
        at = self.by_number.get(subject.programme) if self.list_id == "BP" else None
        if at is None:
            return None
        values = np.zeros(len(self.leaves))
        values[at] = 1.0
        return values

    def _concepts(self, subject: Subject) -> Floats | None:
        if not subject.concepts:
            return None
        agree = self.lexicon.agreement
        return np.array([agree(entry.concepts, subject.concepts).strength for entry in self.leaves])

    def _themes(self, subject: Subject) -> Floats | None:
        weighed = subject.themes * self.theme_weights
        length = float(np.sqrt(weighed @ weighed))
        return None if length == 0 else np.round(self.theme_rows @ (weighed / length), 3)

    def _letters(self, subject: Subject) -> Floats | None:
        """TF-IDF cosine of runs of letters; rarity is that among the entries of the list.

        Of the national lists ``usual`` says more, and they are many.
        """
        if self.list_id in NATIONAL:
            return None
        values, total = np.zeros(len(self.leaves)), 0.0
        for run in _list_runs(subject.phrases[0][:_LONGEST] if subject.phrases else ""):
            weight = self.run_weights.get(run, self.usual_run)
            total += weight * weight
            for at, share in self.runs.get(run, ()):
                values[at] += weight * share
        return np.round(values / np.sqrt(total), 3) if total else None

    def _closeness(self, subject: Subject) -> Floats | None:
        """The largest cosine of the project's phrases with the names of each leaf, and with the name above it."""
        known = [self.vectors[phrase] for phrase in subject.phrases if phrase in self.vectors]
        if not known or not len(self.meanings):
            return None
        values = np.zeros(len(self.leaves))
        for vector in known:
            np.maximum.at(values, self.owners, self.meanings @ vector.astype(np.float64))
            np.maximum(values, _ABOVE_MEANING * (self.meanings_above @ vector.astype(np.float64)), out=values)
        return np.asarray(np.round(np.clip(values, 0.0, 1.0), 2), dtype=np.float64)

    def describe(self, subject: Subject, at: int, values: Mapping[str, Floats]) -> Iterator[Feature]:
        """What each feature that found something says on a project and the leaf at a place."""
        entry = self.leaves[at]
        for name in NAMES:
            if name in values and values[name][at] > 0:
                left, right, th, en = self._tell(name, subject, entry, float(values[name][at]))
                yield Feature(name, float(values[name][at]), left, right, th, en)

    def _tell(self, name: str, subject: Subject, entry: Entry, value: float) -> tuple[str, str, str, str]:
        if name == "usual":
            work = find_usual(subject, self.list_id, self.lexicon)[entry.number][1]
            th, en = self.lexicon.name(work)
            return (
                th,
                entry.name,
                f"งาน{th or 'แผนงานนี้'} มักตอบข้อนี้",
                f"{en or 'this programme'} usually serves this entry",
            )
        if name == "programme":
            return subject.item.programme or "", entry.name, f"แผนระบุ{entry.name}", f"the plan states {entry.name}"
        if name == "concept":
            agreement = self.lexicon.agreement(entry.concepts, subject.concepts)
            (a_th, a_en), (b_th, b_en) = map(self.lexicon.name, (agreement.need, agreement.project))
            return b_th, a_th, f"{b_th} อยู่ในเรื่อง {a_th}", f"{b_en} belongs to {a_en}"
        if name == "themes":
            return self._tell_themes(subject, entry)
        if name == "letters":
            texts = (subject.phrases[0], entry.name)
            return *texts, f"ข้อความคล้ายกัน {value:.2f}", f"likeness of wording {value:.2f}"
        return (
            " / ".join(subject.phrases),
            entry.name,
            f"ความหมายใกล้เคียง {value:.2f}",
            f"closeness of meaning {value:.2f}",
        )

    def _tell_themes(self, subject: Subject, entry: Entry) -> tuple[str, str, str, str]:
        """The themes that weigh most on both sides, and the words of each side that name themes."""
        themes = load_themes()
        both = subject.themes * entry.themes * self.theme_weights**2
        best = [themes.themes[at] for at in np.argsort(-both, kind="stable")[:3] if both[at] > 0]
        left = _terms(tuple(text for text, _ in subject.texts))
        right = _terms((*entry.phrases, *entry.above))
        names_th, names_en = ", ".join(one.th for one in best), ", ".join(one.en for one in best)
        return left, right, f"เรื่องเดียวกัน: {names_th}", f"about the same: {names_en}"


@lru_cache(maxsize=4096)
def _terms(texts: tuple[str, ...]) -> str:
    found = (terms for text in texts for _, terms in load_themes().find(text).terms)
    return ", ".join(dict.fromkeys(term for terms in found for term in terms.split()))


def build_index(list_id: str, entries: Sequence[Entry], lexicon: Lexicon, vectors: Mapping[str, Vector]) -> ListIndex:
    """The index of one list; ``vectors`` of the phrases of its entries and of the projects, {} without an encoder."""
    leaves = [entry for entry in entries if entry.leaf]
    theme_weights, theme_rows = _weigh_themes(leaves)
    runs, run_weights, usual_run = _weigh_runs(leaves)
    meanings, above, owners = _find_meanings(leaves, vectors)
    return ListIndex(
        list_id=list_id,
        entries=list(entries),
        leaves=leaves,
        lexicon=lexicon,
        vectors=vectors,
        theme_weights=theme_weights,
        theme_rows=theme_rows,
        runs=runs,
        run_weights=run_weights,
        usual_run=usual_run,
        meanings=meanings,
        meanings_above=above,
        owners=owners,
        below=find_leaves_below(entries),
        place={leaf.uid: at for at, leaf in enumerate(leaves)},
        by_number={leaf.number: at for at, leaf in reversed(list(enumerate(leaves)))},
    )


def _weigh_themes(leaves: Sequence[Entry]) -> tuple[Floats, Floats]:
    """Rarity of each theme among the leaves, and a row of length one (or 0) for each leaf."""
    rows = np.array([leaf.themes for leaf in leaves]).reshape(len(leaves), -1)
    if not len(leaves):
        return np.ones(len(load_themes().themes)), rows.reshape(0, len(load_themes().themes))
    weights = 1.0 + np.log((len(leaves) + 1) / (1 + (rows > _ABOUT).sum(axis=0)))
    rows = rows * weights
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return weights, rows / np.where(lengths > 0, lengths, 1.0)


def _weigh_runs(leaves: Sequence[Entry]) -> tuple[dict[str, list[tuple[int, float]]], dict[str, float], float]:
    """Leaves by run of letters with their shares, rarity of each run, and that of a run which no leaf has."""
    shares: list[dict[str, float]] = []
    for leaf in leaves:
        own = dict.fromkeys(sorted(_find_runs(" / ".join(leaf.phrases))), 1.0)
        above = dict.fromkeys(sorted(_find_runs(" / ".join(leaf.above[:1]))), _ABOVE_LETTERS)
        shares.append({**above, **own})
    counts: dict[str, int] = {}
    for one in shares:
        for run in one:
            counts[run] = counts.get(run, 0) + 1
    weights = {run: log((len(leaves) + 1) / (count + 0.5)) for run, count in counts.items()}
    runs: dict[str, list[tuple[int, float]]] = {}
    for at, one in enumerate(shares):
        weighed = {run: share * weights[run] for run, share in one.items()}
        length = sum(value * value for value in weighed.values()) ** 0.5
        for run, value in weighed.items():
            if value > 0:
                runs.setdefault(run, []).append((at, value / length))
    return runs, weights, log((len(leaves) + 1) / 0.5)


def _find_runs(text: str) -> set[str]:
    bare = plain(text)
    return {bare[at : at + size] for size in _RUNS for at in range(len(bare) - size + 1)}


@lru_cache(maxsize=16)
def _list_runs(text: str) -> tuple[str, ...]:
    """Runs of a project's name in order: kept while the project is compared with one list after the other."""
    return tuple(sorted(_find_runs(text)))


def _find_meanings(leaves: Sequence[Entry], vectors: Mapping[str, Vector]) -> tuple[Floats, Floats, list[int]]:
    """Vectors of the leaves' own names (with the leaf of each), and of the name above each leaf (zeros without)."""
    own = [(at, vectors[phrase]) for at, leaf in enumerate(leaves) for phrase in leaf.phrases if phrase in vectors]
    if not own:
        return np.zeros((0, 0)), np.zeros((0, 0)), []
    nothing = np.zeros(len(own[0][1]))
    above = [vectors.get(leaf.above[0], nothing) if leaf.above else nothing for leaf in leaves]
    return (
        np.array([vector for _, vector in own], dtype=np.float64),
        np.array(above, dtype=np.float64),
        [at for at, _ in own],
    )

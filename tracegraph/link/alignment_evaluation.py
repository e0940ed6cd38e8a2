"""How well texts find their entry of a strategy list: texts judged, and figures by level and by class.

A judged text has a probability for every entry, leaves and the entries above them. Two kinds of figures follow: of the
first hit (is the likeliest entry of a level the labelled one?), and of pairs (each text with each entry, called where
its probability reaches the threshold). Texts are judged one by one; the order of the rows does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracegraph.link.alignment import AlignmentCorpus, build_alignment_corpus, learn_lists, score
from tracegraph.link.alignment_labels import LabelledText
from tracegraph.link.alignment_lists import LIST_ID, StrategyList, find_key
from tracegraph.link.alignment_texts import Subject
from tracegraph.link.evaluate import Scored
from tracegraph.link.lexicon import load_lexicon
from tracegraph.link.vectors import Vectors
from tracegraph.model.items import Item
from tracegraph.model.records import Contribution


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A labelled text with the chance of every entry by uid; ``seen``: its words stand among the texts learned from."""

    text: LabelledText
    subject: Subject
    chances: Mapping[str, float]
    seen: bool

    def rank(self, entries: Sequence[str]) -> list[tuple[str, float]]:
        """Entries with their chances, likeliest first; between equals the first uid."""
        return sorted(((uid, self.chances[uid]) for uid in entries), key=lambda one: (-one[1], one[0]))


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """First hits of one entry: texts labelled so, texts put there, and both."""

    entry: str
    labelled: int
    called: int
    found: int

    @property
    def precision(self) -> float | None:
        """Share of the texts put there that are labelled so."""
        return self.found / self.called if self.called else None

    @property
    def recall(self) -> float | None:
        """Share of the texts labelled so that were put there."""
        return self.found / self.labelled if self.labelled else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of both; None where the entry neither has texts nor got any."""
        both = self.labelled + self.called
        return 2 * self.found / both if both else None


def judge(
    texts: Sequence[LabelledText],
    strategies: StrategyList,
    *,
    train: Sequence[LabelledText] = (),
    vectors: Vectors | None = None,
) -> tuple[list[JudgedText], AlignmentCorpus]:
    """Every text against the list; learned from ``train`` where that has enough labels, else from names alone.

    The texts' own labels are not looked at. The corpus says in ``learned`` whether anything was learned.
    """
    items = [one.item for one in (*texts, *train)]
    corpus, subjects = build_alignment_corpus(items, strategies.rows, load_lexicon(), vectors)
    by_uid = {subject.item.uid: subject for subject in subjects}
    learn_lists(corpus, [by_uid[one.item.uid] for one in train], {one.item.uid: (one.entry,) for one in train})
    known = {_words_of(one.item) for one in train}
    judged = []
    for one in texts:
        scored = score(by_uid[one.item.uid], LIST_ID, corpus)
        judged.append(JudgedText(one, scored.subject, scored.chances, _words_of(one.item) in known))
    return judged, corpus


def _words_of(item: Item) -> str:
    return find_key(" ".join(filter(None, (item.text, item.objective, item.target))))


def explain(judged: JudgedText, uid: str, corpus: AlignmentCorpus) -> tuple[Contribution, ...]:
    """The contributions to the score of an entry for a text."""
    return score(judged.subject, LIST_ID, corpus).explain(uid).contributions


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """Texts judged at one level: first hits, right ones among the first three, pairs, classes.

    ``hits`` are (probability of the first hit, whether it is right), ``pairs`` every text with every entry.
    """

    level: int
    entries: int
    hits: tuple[Scored, ...]
    top3: int
    pairs: tuple[Scored, ...]
    classes: tuple[ClassFigures, ...]

    @property
    def right(self) -> int:
        """Texts whose likeliest entry is the labelled one."""
        return sum(hit for _, hit in self.hits)

    def mean(self, figure: str) -> float | None:
        """Mean over the classes that have labelled texts of precision, recall or F1; what has no value counts 0."""
        found = [getattr(one, figure) or 0.0 for one in self.classes if one.labelled]
        return sum(found) / len(found) if found else None


def measure_level(judged: Sequence[JudgedText], strategies: StrategyList, level: int) -> LevelFigures:
    """The figures of a level; texts whose label stands above it are left out there."""
    entries = strategies.at_level(level)
    known = set(entries)
    hits: list[Scored] = []
    pairs: list[Scored] = []
    labelled, called, found = (dict.fromkeys(entries, 0) for _ in range(3))
    top3 = 0
    for one in judged:
        right = strategies.above(one.text.entry, level)
        if right not in known:
            continue
        ranked = one.rank(entries)
        first = ranked[0]
        hits.append((first[1], first[0] == right))
        top3 += right in [uid for uid, _ in ranked[:3]]
        pairs.extend((chance, uid == right) for uid, chance in ranked)
        labelled[right] += 1
        called[first[0]] += 1
        found[right] += first[0] == right
    classes = tuple(ClassFigures(uid, labelled[uid], called[uid], found[uid]) for uid in entries)
    return LevelFigures(level, len(entries), tuple(hits), top3, tuple(pairs), classes)

"""What alignment sees of an entry of a strategy list and of a project: texts, words, concepts, usual entries."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log, sqrt

from tracegraph.link.lexicon import Concepts, Lexicon
from tracegraph.link.vectors import Vector, Vectors, cosine
from tracegraph.model.items import Item
from tracegraph.model.strategies import national_strategies
from tracegraph.thai.normalize import normalize
from tracegraph.thai.parse import parse_name
from tracegraph.thai.words import words

#: The lists for which ``data/strategy_priors.csv`` says which entries a kind of work usually serves.
NATIONAL = ("NS", "MP", "M13", "SDG", "BP")

#: One row of StoredItems.strategies: uid, list, number, name, parent, aliases joined by ``|``.
StrategyRow = tuple[str, str, str, str, str | None, str]

_NUMBERING = re.compile(r"^\s*[\d.]+\s*[_.)\s]\s*")
#: Words that every strategy has.
_EMPTY_WORDS = frozenset(
    [
        "ไทย",
        "ประเทศ",
        "ประเทศไทย",
        "พัฒนา",
        "การพัฒนา",
        "ส่งเสริม",
        "ยุทธศาสตร์",
        "ด้าน",
        "ประเด็น",
        "แผนงาน",
        "กลยุทธ์",
        "เป้าประสงค์",
        "สร้าง",
        "เพิ่ม",
        "ยกระดับ",
        "บริหาร",
        "จัดการ",
        "บริหารจัดการ",
        "ประสิทธิภาพ",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a list: its own text, the texts above and below it, and the concepts that they name."""

    uid: str
    list_id: str
    number: str
    name: str
    parent: str | None
    leaf: bool
    phrases: tuple[str, ...]
    tokens: Mapping[str, float]
    concepts: Concepts


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One project: its texts, words and concepts; ``field_phrases`` name its kind of work in planners' words."""

    item: Item
    phrases: tuple[str, ...]
    field_phrases: tuple[str, ...]
    tokens: Mapping[str, float]
    concepts: Concepts
    programme: str


@dataclass(slots=True)
class AlignmentCorpus:
    """Entries by list, rarity of words, and vectors of every phrase."""

    lexicon: Lexicon
    lists: dict[str, list[Entry]] = field(default_factory=dict)
    rarity: dict[str, float] = field(default_factory=dict)
    usual: float = 1.0
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    _weights: dict[str, dict[str, float]] = field(default_factory=dict)
    _usual: dict[tuple[str, str], dict[str, tuple[float, str]]] = field(default_factory=dict)

    def usual_of(self, subject: Subject, list_id: str) -> Mapping[str, tuple[float, str]]:
        """``find_usual``, found once for a project and a list."""
        key = (subject.item.uid, list_id)
        if key not in self._usual:
            self._usual[key] = find_usual(subject, list_id, self.lexicon)
        return self._usual[key]

    def closeness(self, left: Sequence[str], right: Sequence[str]) -> tuple[float, str, str] | None:
        """The largest cosine between two groups of phrases and the two phrases; None without vectors."""
        best: tuple[float, str, str] | None = None
        for a in left:
            for b in right:
                value = cosine(self.vectors.get(a), self.vectors.get(b))
                if value is not None and (best is None or value > best[0]):
                    best = (value, a, b)
        return best

    def overlap(self, subject: Subject, entry: Entry) -> tuple[float, list[str]]:
        """TF-IDF cosine and the shared words, heaviest first."""
        a, b = self._weigh(subject.item.uid, subject.tokens), self._weigh(entry.uid, entry.tokens)
        shared = sorted(a.keys() & b.keys(), key=lambda word: (-a[word] * b[word], word))
        return min(1.0, round(sum(a[word] * b[word] for word in sorted(shared)), 3)), shared

    def _weigh(self, uid: str, tokens: Mapping[str, float]) -> dict[str, float]:
        known = self._weights.get(uid)
        if known is None:
            known = self._weights[uid] = self._weigh_words(tokens)
        return known

    def _weigh_words(self, tokens: Mapping[str, float]) -> dict[str, float]:
        weights = {word: share * self.rarity.get(word, self.usual) for word, share in sorted(tokens.items())}
        norm = sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / norm for word, weight in weights.items()} if norm else {}


def build_alignment_corpus(
    projects: Sequence[Item], strategies: Sequence[StrategyRow], lexicon: Lexicon, vectors: Vectors | None
) -> tuple[AlignmentCorpus, list[Subject]]:
    """Read all entries and projects once; the order of either does not matter."""
    corpus = AlignmentCorpus(lexicon=lexicon)
    by_uid = {row[0]: row for row in strategies}
    parents = {row[4] for row in strategies if row[4]}
    for row in sorted(strategies):
        corpus.lists.setdefault(row[1], []).append(_entry(row, by_uid, row[0] not in parents, lexicon))
    subjects = [_subject(item, lexicon) for item in sorted(projects, key=lambda item: item.uid)]
    entries = [entry for found in corpus.lists.values() for entry in found]
    everything = [*(entry.tokens for entry in entries), *(subject.tokens for subject in subjects)]
    counts = Counter(word for tokens in everything for word in tokens)
    corpus.rarity = {word: 1.0 + log((len(everything) + 1) / (count + 1)) for word, count in counts.items()}
    corpus.usual = 1.0 + log(len(everything) + 1)
    if vectors is not None:
        phrases = {phrase for entry in entries for phrase in entry.phrases}
        for subject in subjects:
            phrases.update((*subject.phrases, *subject.field_phrases))
        corpus.vectors = vectors.encode(phrases)
    return corpus, subjects


@cache
def usual_entries() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Work or budget programme → list → number → how usual it is that such a project serves the entry, 0–1."""
    text = files("tracegraph.link").joinpath("data/strategy_priors.csv").read_text(encoding="utf-8")
    table: dict[str, dict[str, dict[str, float]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        key = row.pop("key")
        table[key] = {
            list_id: {number: float(share) for number, _, share in (part.partition(":") for part in cell.split("|"))}
            for list_id, cell in row.items()
            if cell
        }
    return table


def find_usual(subject: Subject, list_id: str, lexicon: Lexicon) -> dict[str, tuple[float, str]]:
    """Number → (how usual, through which work): the works' own rows, else their programme's."""
    table = usual_entries()
    found: dict[str, tuple[float, str]] = {}
    for work, strength in _solid_works(subject.concepts):
        programme = lexicon.works[work].programme
        if list_id == "BP":
            numbers: Mapping[str, float] = {programme: 0.8}
        else:
            numbers = table.get(work, {}).get(list_id) or table.get(programme, {}).get(list_id, {})
        for number, share in numbers.items():
            if share * strength > found.get(number, (0.0, ""))[0]:
                found[number] = (round(share * strength, 4), work)
    if not found and subject.programme and list_id != "BP":
        numbers = table.get(subject.programme, {}).get(list_id, {})
        found = {number: (round(0.7 * share, 4), subject.programme) for number, share in numbers.items()}
    return found


def _entry(row: StrategyRow, by_uid: Mapping[str, StrategyRow], leaf: bool, lexicon: Lexicon) -> Entry:
    uid, list_id, number, name, parent, aliases = row
    own = [clean_name(name), *(clean_name(alias) for alias in aliases.split("|") if alias.strip())]
    above = _above(parent, by_uid)
    counts: dict[str, float] = {}
    for share, texts in ((1.0, own), (0.4, above)):
        for text in texts:
            for word in tokens_of(text):
                counts[word] = max(counts.get(word, 0.0), share)
    return Entry(
        uid=uid,
        list_id=list_id,
        number=number,
        name=name,
        parent=parent,
        leaf=leaf,
        phrases=tuple(dict.fromkeys(filter(None, own))),
        tokens=counts,
        concepts=lexicon.find_concepts(" / ".join(own)),
    )


def _above(parent: str | None, by_uid: Mapping[str, StrategyRow]) -> list[str]:
    names: list[str] = []
    seen: set[str] = set()
    while parent and parent in by_uid and parent not in seen:
        seen.add(parent)
        names.append(clean_name(by_uid[parent][3]))
        parent = by_uid[parent][4]
    return names


def _subject(item: Item, lexicon: Lexicon) -> Subject:
    phrase = _without_places(item.text)
    concepts = lexicon.find_concepts(phrase)
    more = [text for text in (item.objective, item.target) if text]
    if not concepts.works:
        for text in more:
            works = tuple((work, round(0.8 * how, 4)) for work, how in lexicon.find_concepts(text).works)
            concepts = Concepts(concepts.works or works, concepts.problems)
    counts: dict[str, float] = {}
    for share, text in ((1.0, phrase), *((0.6, text) for text in more), (0.4, item.department or "")):
        for word in tokens_of(text):
            counts[word] = max(counts.get(word, 0.0), share)
    programme = find_programme(item.programme)
    fields = [lexicon.name(work)[0] for work, _ in _solid_works(concepts)]
    if programme:
        fields.append(_programme_names()[programme])
    return Subject(
        item=item,
        phrases=tuple(dict.fromkeys(text for text in (phrase, item.objective or "") if text.strip())),
        field_phrases=tuple(fields),
        tokens=counts,
        concepts=concepts,
        programme=programme,
    )


def find_programme(text: str | None) -> str:
    """Code of the local budget programme that a text names by code or name; '' for none."""
    if not text:
        return ""
    bare = _squeeze(text)
    for code, name in _programme_names().items():
        if code in bare or _squeeze(name).removeprefix("แผนงาน").removeprefix("การ") in bare:
            return code
    return ""


@cache
def _programme_names() -> dict[str, str]:
    return {entry.number: entry.name for entry in national_strategies() if entry.list_id == "BP"}


def _squeeze(text: str) -> str:
    return re.sub(r"[\s.]", "", normalize(text))


def _solid_works(concepts: Concepts) -> list[tuple[str, float]]:
    solid = [(work, strength) for work, strength in concepts.works if strength >= 0.75]
    return solid or list(concepts.works)


def _without_places(text: str) -> str:
    parsed = parse_name(text)
    masked = ("villages", "village_names", "tambons", "provinces", "persons", "roads", "road_ends")
    out, last = [], 0
    for start, end in sorted((span.start, span.end) for field_name, span in parsed.spans if field_name in masked):
        out.append(text[last : max(start, last)])
        last = max(last, end)
    return " ".join(" ".join([*out, text[last:]]).split()) or text


def clean_name(name: str) -> str:
    """An entry's name without its number (``1.5.2_ความครอบคลุม…``)."""
    return _NUMBERING.sub("", name.replace("_", " ")).strip()


def tokens_of(text: str) -> Iterable[str]:
    """Telling words of a text, without words that every strategy has."""
    return [word for word in words(text) if len(word) > 1 and not word.isdigit() and word not in _EMPTY_WORDS]

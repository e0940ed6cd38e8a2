"""Finding the words of the lexicon in a text: which works and problems it names, and how firmly.

Thai writes no spaces, so a word is looked for in the text without spaces and kept only where it does not cut another
word (บ้าน|ปลาย holds no บ้านปลา). The first work of a clause is what is done or asked for; what follows says where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tracegraph.link.lexicon_cuts import Span, find_cuts, stands_alone
from tracegraph.thai.normalize import normalize

#: Strength of a work named after the head of its clause ("ไฟส่องสว่าง ถนนสาย…" says where, rather than what).
MENTION = 0.4

#: Strength of a problem that is told as the outcome of another one.
OUTCOME = 0.8

#: Letters that may stand between two words of a problem's phrase.
_NEAR = 25

#: What people say before the work that they ask for.
_ASKED = re.compile(
    r"อยาก|ขอ(?![งบน])|ต้องการ|ควร|เสนอ|ก่อสร้าง|ปรับปรุง|ซ่อม|ขุด|ติดตั้ง|ขยาย|วางท่อ|เจาะ|จัดซื้อ|จัดหา|ส่งเสริม|อบรม|พัฒนา|สร้าง|ปัก|อุดหนุน|จัดทำ|แก้ไข"
)
#: Where a new clause begins, so that what follows is again asked for or done.
_CLAUSE = re.compile(r"พร้อม|และ|อยาก|ขอ(?![งบน])|ต้องการ|หรือ|[/,+(;|•]")
#: Where what follows is feared or suffered because of what was told before (ฝาท่อแตก อาจเป็นอันตรายกับผู้สูงอายุ).
_OUTCOME = re.compile(r"ทำให้|ส่งผล|เกรง|กลัว(?!น้ำ)|อาจ(?!ารย)|เสี่ยง|อันตราย|เป็นเหตุ|ก่อให้|จนเกิด|เพื่อ(?!น)|ไม่ปลอดภัย|ปลอดภัย")
_DROPPED = re.compile(r"[\s.\-]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One alternative of a concept: words that must occur and words that must not.

    ``kind`` is work or problem, ``source`` the row that holds it (``file:row``).
    """

    concept: str
    kind: str
    words: tuple[str, ...]
    without: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text names: works with strength and problems, both by id in alphabetical order.

    ``outcomes`` are those of the problems that are told only as what comes of another one, ``sources`` the row of the
    lexicon (``file:row``) that named each concept.
    """

    works: tuple[tuple[str, float], ...] = ()
    problems: tuple[str, ...] = ()
    outcomes: frozenset[str] = frozenset()
    sources: tuple[tuple[str, str], ...] = ()


def plain(text: str) -> str:
    """The form in which phrases are looked for: normalized, without spaces, full stops and hyphens."""
    return _DROPPED.sub("", normalize(text))


def find_gaps(text: str) -> frozenset[int]:
    """Places in the plain text where a space, a full stop or a hyphen stood: a word may begin or end there."""
    places: set[int] = set()
    at = 0
    for piece in _DROPPED.split(normalize(text))[:-1]:
        at += len(piece)
        places.add(at)
    return frozenset(places)


def read_phrases(concept: str, kind: str, cell: str, source: str = "") -> Iterable[Phrase]:
    """The alternatives of a cell (``น้ำ ไม่พอ -ประปา|ซื้อน้ำ``)."""
    for alternative in cell.split("|"):
        words = tuple(filter(None, (plain(word) for word in alternative.split() if not word.startswith("-"))))
        without = tuple(filter(None, (plain(word[1:]) for word in alternative.split() if word.startswith("-"))))
        if words:
            yield Phrase(concept, kind, words, without, source)


class PhraseFinder:
    """All phrases of a lexicon, ready to be looked for; ``broader`` gives for a work the work that includes it."""

    def __init__(self, phrases: Iterable[Phrase], broader: Mapping[str, str]) -> None:
        self._broader = broader
        starts: dict[str, set[str]] = {}
        by_word: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            by_word.setdefault(phrase.words[0], []).append(phrase)
            for word in (*phrase.words, *phrase.without):
                starts.setdefault(word[:2], set()).add(word)
        self._starts = {start: tuple(sorted(words)) for start, words in starts.items()}
        self._by_word = by_word

    def find(self, text: str, *, asking: bool) -> Found:
        """Works and problems that the text names; ``asking``: a need, which may name a thing because it is broken."""
        bare = plain(text)
        places = self._find_words(bare, find_gaps(text))
        problems: dict[str, int] = {}
        named: dict[str, set[Span]] = {}
        sources: dict[str, str] = {}
        for word in places:
            for phrase in self._by_word.get(word, ()):
                if any(w in places for w in phrase.without) or not all(w in places for w in phrase.words):
                    continue
                if phrase.kind == "work":
                    sources.setdefault(phrase.concept, phrase.source)
                    named.setdefault(phrase.concept, set()).update((at, at + len(word)) for at in places[word])
                elif (at := _find_in_order(bare, phrase.words)) >= 0:
                    sources.setdefault(phrase.concept, phrase.source)
                    problems[phrase.concept] = min(at, problems.get(phrase.concept, at))
        works = self._first_places(named)
        strengths = self._weigh(bare, works)
        if problems and asking:
            strengths = _ask_only(bare, works, strengths)
        outcomes = _find_outcomes(bare, problems) if asking else frozenset[str]()
        return Found(
            tuple(sorted(strengths.items())), tuple(sorted(problems)), outcomes, tuple(sorted(sources.items()))
        )

    def without_phrases(self, text: str) -> str:
        """The plain text with every word of the lexicon blanked out: what is left may be a name."""
        bare = plain(text)
        for word in sorted(self._find_words(bare, find_gaps(text)), key=lambda word: (-len(word), word)):
            bare = bare.replace(word, " ")
        return bare

    def _find_words(self, bare: str, gaps: frozenset[int]) -> dict[str, list[int]]:
        """Words of the lexicon that stand in the text, with the places where each stands as a word."""
        found: dict[str, list[int]] = {}
        cuts: dict[int, Span] | None = None
        for at in range(len(bare) - 1):
            for word in self._starts.get(bare[at : at + 2], ()):
                if bare.startswith(word, at):
                    cuts = find_cuts(bare, gaps) if cuts is None else cuts
                    if stands_alone(bare, at, at + len(word), cuts):
                        found.setdefault(word, []).append(at)
        return found

    def _first_places(self, named: Mapping[str, set[Span]]) -> dict[str, Span]:
        """Where each work is named first, unless within a longer name of another work (ขยะ in ถังขยะ, ถนน in ไฟถนน).

        A work gives way to a kind of it that is named too: ระบบประปา with a หอถัง is a หอถัง.
        """
        spans = {(start, end, name) for name, places in named.items() for start, end in places}
        kept: dict[str, Span] = {}
        for start, end, name in sorted(spans):
            held = any(s <= start and end <= e and e - s > end - start and other != name for s, e, other in spans)
            if not held and name not in kept:
                kept[name] = (start, end)
        for name, span in sorted(kept.items()):
            broader = self._broader.get(name, "")
            if broader in kept:
                kept[name] = min(span, kept[broader])
        above = {self._broader.get(name, "") for name in kept}
        return {name: span for name, span in kept.items() if name not in above}

    def _weigh(self, bare: str, works: dict[str, Span]) -> dict[str, float]:
        """Strength 1 for the first work of each clause, ``MENTION`` for what comes after it in the same clause."""
        clauses = [0, *sorted(m.end() for m in _CLAUSE.finditer(bare))]
        heads: dict[int, Span] = {}
        for start, end in sorted(works.values()):
            heads.setdefault(max(at for at in clauses if at <= start), (start, end))
        strengths: dict[str, float] = {}
        for name, (start, _) in works.items():
            head = heads[max(at for at in clauses if at <= start)]
            strengths[name] = 1.0 if start < head[1] else MENTION
        groups = {self._broader.get(name) or name for name, value in strengths.items() if value == 1.0}
        return {n: 1.0 if (self._broader.get(n) or n) in groups else value for n, value in strengths.items()}


def _ask_only(bare: str, works: Mapping[str, Span], strengths: dict[str, float]) -> dict[str, float]:
    """In a complaint a work counts in full only where it is asked for; what the problem wants, its row says."""
    asked_at = min((m.start() for m in _ASKED.finditer(bare)), default=len(bare))
    return {name: value if works[name][0] >= asked_at else min(value, MENTION) for name, value in strengths.items()}


def _find_outcomes(bare: str, problems: Mapping[str, int]) -> frozenset[str]:
    """Problems after the first word of fear or consequence, where another problem stands before it."""
    first = min(problems.values(), default=0)
    cue = next((found.start() for found in _OUTCOME.finditer(bare) if found.start() > first), None)
    if cue is None:
        return frozenset()
    return frozenset(problem for problem, at in problems.items() if at > cue)


def _find_in_order(bare: str, words: tuple[str, ...]) -> int:
    """Where the words begin to stand in this order with little between them (บ้าน…พัง, not ตลิ่งพัง…ถึงบ้าน), or -1."""
    start = bare.find(words[0])
    while start >= 0 and len(words) > 1:
        at = start
        for word in words:
            at = bare.find(word, at, at + len(word) + _NEAR)
            if at < 0:
                break
            at += len(word)
        else:
            return start
        start = bare.find(words[0], start + 1)
    return start

"""Problems and the kinds of work that solve them: what joins น้ำท่วมขัง to รางระบายน้ำ.

The lexicon is a table (``data/problem_solution.csv``); an office adds its own words with a second table of the same
columns. It names kinds of work only, never a place, a body or a project.

Columns: ``kind`` (work or problem) · ``id`` · ``programme`` (budget programme) · ``broader`` (a work that includes this
one) · ``reach`` (spot: built at one place; area: serves everybody) · ``th`` · ``en`` · ``phrases``: alternatives divided
by ``|``; words of an alternative must all occur, a word after ``-`` must not · ``answers`` (problems): ``work:strength``
divided by ``|``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from tracegraph.errors import InputError
from tracegraph.thai.normalize import normalize

#: A work named after the head of its clause ("ไฟส่องสว่าง ถนนสาย…") says where, rather than what.
MENTION = 0.4

#: What people say before the work that they ask for.
_ASKED = re.compile(r"อยาก|ขอ(?![งบน])|ต้องการ|ควร|เสนอ")
#: Where a new clause begins, so that what follows is again asked for or done.
_CLAUSE = re.compile(r"พร้อม|และ|อยาก|ขอ(?![งบน])|ต้องการ|หรือ|[/,+(;|•]")
_DROPPED = re.compile(r"[\s.\-]+")
_COLUMNS = ("kind", "id", "programme", "broader", "reach", "th", "en", "phrases", "answers")


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work; ``broader`` is the id of the work that includes it, ``reach`` is ``spot`` or ``area``."""

    id: str
    programme: str
    broader: str
    reach: str
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem and the works that solve it, each with a strength above 0 and up to 1."""

    id: str
    programme: str
    th: str
    en: str
    answers: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Concepts:
    """What a text is about: works and problems by id with strength (1: said as such, less: mentioned)."""

    works: tuple[tuple[str, float], ...] = ()
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.works or self.problems)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a project's work solves what a need is about, 0–1, and between which two concepts."""

    strength: float
    need: str
    project: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    concept: str
    kind: str
    words: tuple[str, ...]
    without: tuple[str, ...]


class Lexicon:
    """The table, ready to be asked. Built by ``load_lexicon``."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.works: dict[str, Work] = {}
        self.problems: dict[str, Problem] = {}
        self._phrases: list[_Phrase] = []
        for row in rows:
            self._add(row)
        self._starts: dict[str, tuple[str, ...]] = self._index_words()
        self._by_word = self._index_phrases()
        self._answers: dict[str, dict[str, float]] = {
            p.id: {w: s for w, s in p.answers if w in self.works} for p in self.problems.values()
        }

    def _add(self, row: Mapping[str, str]) -> None:
        kind, name = row["kind"], row["id"]
        if kind == "work":
            self.works[name] = Work(name, row["programme"], row["broader"], row["reach"], row["th"], row["en"])
        else:
            known = self.problems[name].answers if name in self.problems else ()
            answers = (*known, *_read_answers(row["answers"]))
            self.problems[name] = Problem(name, row["programme"], row["th"], row["en"], answers)
        for phrase in row["phrases"].split("|"):
            words = [plain(word) for word in phrase.split() if not word.startswith("-")]
            without = [plain(word[1:]) for word in phrase.split() if word.startswith("-")]
            if any(words):
                self._phrases.append(_Phrase(name, kind, tuple(filter(None, words)), tuple(filter(None, without))))

    def _index_words(self) -> dict[str, tuple[str, ...]]:
        starts: dict[str, set[str]] = {}
        for phrase in self._phrases:
            for word in (*phrase.words, *phrase.without):
                starts.setdefault(word[:2], set()).add(word)
        return {start: tuple(sorted(words)) for start, words in starts.items()}

    def _index_phrases(self) -> dict[str, tuple[_Phrase, ...]]:
        by_word: dict[str, list[_Phrase]] = {}
        for phrase in self._phrases:
            by_word.setdefault(phrase.words[0], []).append(phrase)
        return {word: tuple(phrases) for word, phrases in by_word.items()}

    def find_concepts(self, text: str) -> Concepts:
        """Works and problems that the text names; empty where it names none. Places should be taken out before."""
        bare = plain(text)
        places = self._find_words(bare)
        if not places:
            return Concepts()
        problems: set[str] = set()
        works: dict[str, tuple[int, int]] = {}  # work → widest earliest range
        for word in places:
            for phrase in self._by_word.get(word, ()):
                if all(w in places for w in phrase.words) and not any(w in places for w in phrase.without):
                    if phrase.kind == "problem":
                        problems.add(phrase.concept)
                    else:
                        _keep_first(works, phrase, places)
        strengths = self._weigh(bare, works)
        if problems:
            strengths = self._ask_only(bare, works, strengths, problems)
        return Concepts(tuple(sorted(strengths.items())), tuple(sorted(problems)))

    def _ask_only(
        self, bare: str, works: dict[str, tuple[int, int]], strengths: dict[str, float], problems: set[str]
    ) -> dict[str, float]:
        """In a complaint a work counts in full only where it is asked for or would solve the problem told."""
        solving = {work for problem in problems for work in self._answers[problem]}
        asked_at = min((m.end() for m in _ASKED.finditer(bare)), default=len(bare))
        return {
            name: value if works[name][0] >= asked_at or any(self.relation(w, name) for w in solving) else MENTION
            for name, value in strengths.items()
        }

    def _find_words(self, bare: str) -> dict[str, int]:
        found: dict[str, int] = {}
        starts = self._starts
        for at in range(len(bare) - 1):
            for word in starts.get(bare[at : at + 2], ()):
                if word not in found and bare.startswith(word, at):
                    found[word] = at
        return found

    def _weigh(self, bare: str, works: dict[str, tuple[int, int]]) -> dict[str, float]:
        """Strength 1 for the first work of each clause, ``MENTION`` for what comes after it in the same clause."""
        clauses = [0, *sorted(m.end() for m in _CLAUSE.finditer(bare))]
        heads: dict[int, tuple[int, int]] = {}
        ranges = {name: span for name, span in works.items() if not self._covered(name, span, works)}
        for start, end in sorted(ranges.values()):
            clause = max(at for at in clauses if at <= start)
            heads.setdefault(clause, (start, end))
        strengths: dict[str, float] = {}
        for name, (start, _end) in ranges.items():
            head = heads[max(at for at in clauses if at <= start)]
            strengths[name] = 1.0 if start < head[1] else MENTION
        groups = {self.group(name) for name, value in strengths.items() if value == 1.0}
        return {name: 1.0 if self.group(name) in groups else value for name, value in strengths.items()}

    def _covered(self, name: str, span: tuple[int, int], works: dict[str, tuple[int, int]]) -> bool:
        """Whether a longer name of another work holds this one's words (ถังขยะ holds ขยะ, รางระบายน้ำ holds ระบายน้ำ)."""
        start, end = span
        return any(
            other != name and o_start <= start and end <= o_end and (o_end - o_start) > (end - start)
            for other, (o_start, o_end) in works.items()
        )

    @lru_cache(maxsize=65536)  # noqa: B019  (a lexicon lives as long as the process)
    def agreement(self, need: Concepts, project: Concepts) -> Agreement:
        """The best pair of what the need asks or suffers and what the project does; strength 0 where none fits."""
        best = Agreement(0.0, "", "")
        asked = [(name, name, strength) for name, strength in need.works]
        for problem in need.problems:
            asked += [(problem, work, strength) for work, strength in self._answers[problem].items()]
            if problem in project.problems:
                best = Agreement(0.9, problem, problem)
        for source, wanted, strength in asked:
            for done, how in project.works:
                value = round(strength * how * self.relation(wanted, done), 4)
                if value > best.strength:
                    best = Agreement(value, source, done)
        return best

    def relation(self, wanted: str, done: str) -> float:
        """How far a work stands for another: 1 the same, .95 a kind of it, .75 what includes it, .35 a sister, else 0."""
        if wanted == done:
            return 1.0
        above_wanted, above_done = self.works[wanted].broader, self.works[done].broader
        if above_done == wanted:
            return 0.95
        if above_wanted == done:
            return 0.75
        return 0.35 if above_wanted and above_wanted == above_done else 0.0

    def without_phrases(self, text: str) -> str:
        """The plain text with every word of the lexicon blanked out: what is left may be a name."""
        bare = plain(text)
        for word in sorted(self._find_words(bare), key=len, reverse=True):
            bare = bare.replace(word, " ")
        return bare

    def group(self, work: str) -> str:
        """The broadest work that includes this one."""
        return self.works[work].broader or work

    def name(self, concept: str) -> tuple[str, str]:
        """Thai and English name of a work or a problem ('' for none)."""
        known = self.works.get(concept) or self.problems.get(concept)
        return (known.th, known.en) if known else ("", "")

    def wanted_works(self, concepts: Concepts) -> tuple[tuple[str, float], ...]:
        """Every work that the concepts ask for or that would solve them, strongest first."""
        wanted: dict[str, float] = dict(concepts.works)
        for problem in concepts.problems:
            for work, strength in self._answers[problem].items():
                wanted[work] = max(wanted.get(work, 0.0), strength)
        return tuple(sorted(wanted.items(), key=lambda item: (-item[1], item[0])))


def plain(text: str) -> str:
    """The form in which phrases are looked for: normalized, without spaces, full stops and hyphens."""
    return _DROPPED.sub("", normalize(text))


@cache
def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The lexicon of the package, and an office's own table on top of it (InputError where that cannot be read)."""
    rows = _read_rows(files("tracegraph.link").joinpath("data/problem_solution.csv").read_text(encoding="utf-8"))
    if extra is not None:
        rows += _read_extra(extra, {row["id"] for row in rows if row["kind"] == "work"})
    return Lexicon(rows)


def _read_rows(text: str) -> list[dict[str, str]]:
    return [{k: (row.get(k) or "").strip() for k in _COLUMNS} for row in csv.DictReader(io.StringIO(text))]


def _read_extra(path: Path, known: set[str]) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"อ่านพจนานุกรม {path.name} ไม่ได้: {error}", f"cannot read lexicon {path.name}: {error}"
        ) from error
    rows = _read_rows(text)
    known = known | {row["id"] for row in rows if row["kind"] == "work"}
    for number, row in enumerate(rows, start=2):
        _check_row(path.name, number, row, known)
    return rows


def _check_row(name: str, number: int, row: dict[str, str], works: set[str]) -> None:
    problem = ""
    if row["kind"] not in ("work", "problem"):
        problem = f"kind = {row['kind']!r} (work, problem)"
    elif not row["id"] or not row["phrases"]:
        problem = "id, phrases = ''"
    elif row["kind"] == "work" and row["broader"] and row["broader"] not in works:
        problem = f"broader = {row['broader']!r}"
    elif row["kind"] == "problem":
        try:
            problem = ", ".join(work for work, _ in _read_answers(row["answers"]) if work not in works)
        except ValueError:
            problem = f"answers = {row['answers']!r}"
    if problem:
        raise InputError(
            f"พจนานุกรม {name} แถว {number}: {problem}",
            f"lexicon {name} row {number}: {problem}",
            hint_th="ดูรูปแบบคอลัมน์ในเอกสารพจนานุกรมปัญหา–งาน",
            hint_en="columns: " + ", ".join(_COLUMNS),
        )


def _read_answers(text: str) -> tuple[tuple[str, float], ...]:
    pairs = (part.rpartition(":") for part in text.split("|") if part)
    return tuple((work.strip(), min(1.0, max(0.0, float(strength)))) for work, _, strength in pairs)


def _keep_first(works: dict[str, tuple[int, int]], phrase: _Phrase, places: Mapping[str, int]) -> None:
    start = min(places[word] for word in phrase.words)
    word = min(phrase.words, key=lambda w: places[w])
    span = (start, start + len(word))
    known = works.get(phrase.concept)
    if known is None or (span[0], -span[1]) < (known[0], -known[1]):
        works[phrase.concept] = span

"""Problems and the kinds of work that solve them: what joins น้ำท่วมขัง to รางระบายน้ำ.

The lexicon is a table (``data/problem_solution.csv``); an office adds its own words with a second table of the same
columns. It names kinds of work only, never a place, a body or a project.

Columns: ``kind`` (work or problem) · ``id`` · ``programme`` (budget programme) · ``broader`` (a work that includes
this one) · ``reach`` (of a work: spot, built at one place, or area, serves everybody; of a problem: context, a
circumstance such as the dry season that counts only where the text names no other problem and no work) · ``th`` ·
``en`` · ``phrases``: alternatives divided by ``|``; words of an alternative must all occur (of a problem in that
order), a word after ``-`` must not · ``answers``: ``work:strength`` divided by ``|``; the works that solve a problem,
or that may stand for a work asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from tracegraph.errors import InputError
from tracegraph.link.lexicon_dialect import to_standard
from tracegraph.link.lexicon_table import OWN, LexiconRow, read_answers, read_own, read_shipped
from tracegraph.link.lexicon_words import OUTCOME, Phrase, PhraseFinder, read_phrases

#: How far a project that names the need's very problem answers it: where its own work is not known, and where it is
#: (it may name the problem as a circumstance: a wall against the sea, so that the road is not cut).
_SAME_PROBLEM, _NAMED_ONLY = 0.9, 0.5
#: How far a kind of the work, the work that includes it, and another kind of the same work stand for a work asked for.
_KIND, _WHOLE, _SISTER = 0.95, 0.75, 0.35
#: From which strength another concern counts as served besides the best.
_SERVED_TOO = 0.75

#: ``reach`` of a problem that is only a circumstance.
CIRCUMSTANCE = "context"


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
    """What a text is about: works and problems by id with strength (1: said as such, less: mentioned).

    ``outcomes`` are those of the problems that are told only as what comes of another one.
    """

    works: tuple[tuple[str, float], ...] = ()
    problems: tuple[str, ...] = ()
    outcomes: frozenset[str] = frozenset()
    #: Row of the lexicon (``file:row``) whose words named each concept; says nothing of what the text is about.
    sources: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    def firmness(self, problem: str) -> float:
        """How firmly one of the problems is told, above 0 and up to 1."""
        return OUTCOME if problem in self.outcomes else 1.0

    def __bool__(self) -> bool:
        return bool(self.works or self.problems)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a project's work solves what a need is about, 0–1, and between which two concepts.

    ``also`` is another concept of the need that the project serves as well, ``named`` a work of another kind that both
    only name ('' for none).
    """

    strength: float
    need: str
    project: str
    also: str = ""
    named: str = ""


class Lexicon:
    """The table, ready to be asked. Built by ``load_lexicon``."""

    def __init__(self, rows: Iterable[LexiconRow]) -> None:
        self.works: dict[str, Work] = {}
        self.problems: dict[str, Problem] = {}
        #: Which row (``file:row``) says that a work answers a concept, by (concept, work).
        self.sources: dict[tuple[str, str], str] = {}
        self._stands_for: dict[str, dict[str, float]] = {}
        self._circumstances: set[str] = set()
        phrases: list[Phrase] = []
        for row in rows:
            self._add(row)
            phrases.extend(read_phrases(row.id, row.kind, row.phrases, row.source))
        self._finder = PhraseFinder(phrases, {work.id: work.broader for work in self.works.values()})
        self._answers: dict[str, dict[str, float]] = {
            p.id: {w: s for w, s in p.answers if w in self.works} for p in self.problems.values()
        }

    def _add(self, row: LexiconRow) -> None:
        """Take a row; a second row of the same id adds to the first (an office's own words)."""
        name, answers = row.id, read_answers(row.answers)
        self.sources.update(((name, work), row.source) for work, _ in answers)
        if row.kind == "work":
            if name not in self.works:
                self.works[name] = Work(
                    name, row.programme, row.broader, row.reach or "spot", row.th or name, row.en or name
                )
            self._stands_for.setdefault(name, {}).update(answers)
        elif name in self.problems:
            known = self.problems[name]
            self.problems[name] = replace(known, answers=tuple({**dict(known.answers), **dict(answers)}.items()))
        else:
            self.problems[name] = Problem(name, row.programme, row.th or name, row.en or name, answers)
        if row.kind == "problem" and row.reach == CIRCUMSTANCE:
            self._circumstances.add(name)

    def find_concepts(self, text: str, *, asking: bool = False) -> Concepts:
        """Works and problems that the text names; empty where it names none. Places should be taken out before.

        ``asking``: the text is a need, in which a thing may be named only because it is broken.
        """
        found = self._finder.find(to_standard(text) if asking else text, asking=asking)
        return self.without_circumstances(Concepts(found.works, found.problems, found.outcomes, found.sources))

    def without_circumstances(self, found: Concepts) -> Concepts:
        """The concepts without mere circumstances (หน้าแล้ง), unless there is nothing else."""
        told = tuple(problem for problem in found.problems if problem not in self._circumstances)
        if not (told or found.works):
            return found
        if len(told) == len(found.problems):
            return found
        outcomes = found.outcomes.intersection(told)
        return Concepts(found.works, told, outcomes if len(outcomes) < len(told) else frozenset(), found.sources)

    def without_phrases(self, text: str) -> str:
        """The plain text with every word of the lexicon blanked out: what is left may be a name."""
        return self._finder.without_phrases(text)

    @lru_cache(maxsize=65536)  # noqa: B019  (a lexicon lives as long as the process)
    def agreement(self, need: Concepts, project: Concepts) -> Agreement:
        """The best pair of what the need asks or suffers and what the project does; strength 0 where none fits."""
        best = Agreement(0.0, "", "")
        for problem in need.problems:
            named = _NAMED_ONLY if project.works else _SAME_PROBLEM
            if problem in project.problems and best.strength < named:
                best = Agreement(named, problem, problem)
        for done, how in project.works:
            for source, value in self._wants(need, done):
                strength = round(value * how, 4)
                if strength > best.strength:
                    best = Agreement(strength, source, done)
        if not best.strength:
            return best
        served = self.group(best.project) if best.project in self.works else ""
        both = sorted(dict(need.works).keys() & dict(project.works).keys())
        other = next((work for work in both if self.group(work) != served), "")
        return replace(best, also=self._find_also(need, project, best), named=other)

    def _find_also(self, need: Concepts, project: Concepts, best: Agreement) -> str:
        """The first other concept of the need, of another kind of work, that the project serves too."""
        served = self.group(best.project) if best.project in self.works else ""
        for done, how in project.works:
            if self.group(done) == served:
                continue
            for source, value in self._wants(need, done):
                if source != best.need and value * how >= _SERVED_TOO:
                    return source
        return ""

    def _wants(self, need: Concepts, done: str) -> Iterator[tuple[str, float]]:
        """How much each concept of the need wants the work ``done``; what a problem's row says goes first."""
        for work, strength in need.works:
            yield work, strength * self.relation(work, done)
        for problem in need.problems:
            answers = self._answers[problem]
            said = answers.get(done)
            if said is None:
                said = max((value * self.relation(work, done) for work, value in answers.items()), default=0.0)
            yield problem, said * need.firmness(problem)

    def relation(self, wanted: str, done: str) -> float:
        """How far a work stands for another, 0–1: what its row says, else by their places in the tree of works."""
        if wanted == done:
            return 1.0
        if done in self._stands_for.get(wanted, {}):
            return self._stands_for[wanted][done]
        above_wanted, above_done = self.works[wanted].broader, self.works[done].broader
        if above_done == wanted:
            return _KIND
        if above_wanted == done:
            return _WHOLE
        return _SISTER if above_wanted and above_wanted == above_done else 0.0

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


def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The lexicon of the package, and an office's own table on top of it (InputError where that cannot be taken).

    Read once for each state of the file: a table that was changed on disk is read again.
    """
    if extra is None:
        return _load_shipped()
    try:
        state = extra.stat()
    except OSError as error:
        raise InputError(
            f"อ่านพจนานุกรม {extra.name} ไม่ได้: {error}", f"cannot read lexicon {extra.name}: {error}"
        ) from error
    return _load_own(extra, state.st_mtime_ns, state.st_size)


def find_lexicon(home: Path) -> Lexicon:
    """The lexicon with the office's own table (``HOME/lexicon.csv``) where it has one."""
    own = home / OWN
    return load_lexicon(own if own.is_file() else None)


@cache
def _load_shipped() -> Lexicon:
    return Lexicon(read_shipped())


@lru_cache(maxsize=8)
def _load_own(path: Path, changed: int, size: int) -> Lexicon:
    shipped = read_shipped()
    return Lexicon([*shipped, *read_own(path, shipped)])

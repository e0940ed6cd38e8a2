"""What is known of a need's answer: how many projects answer it, or why none does.

"No answer" is a result with a reason and its denominators: no project in the place, projects in the place but none of
a fitting kind, the fitting kind in other places only, or a fitting project whose details speak against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracegraph.link.answer_blocking import ProjectIndex, find_ceiling
from tracegraph.link.answer_features import AGREED, Corpus, build_corpus, concept_names, find_all
from tracegraph.link.answer_model import AnswerModel, load_model
from tracegraph.link.answer_places import Relation
from tracegraph.link.answer_sides import Side
from tracegraph.link.lexicon import Concepts, Lexicon
from tracegraph.link.scores import PairScore, to_log_odds
from tracegraph.link.vectors import Vectors
from tracegraph.model.items import Item


class OutcomeCode(StrEnum):
    """How a need stands, the first that fits."""

    ANSWERED = "answered"
    NO_WORDS = "no_words"
    NO_PROJECT = "no_project"
    NO_PROJECT_IN_PLACE = "no_project_in_place"
    BELOW_FLOOR = "below_floor"
    OTHER_PLACE = "other_place"
    NO_FITTING_KIND = "no_fitting_kind"
    KIND_UNKNOWN = "kind_unknown"


#: What each outcome is called where needs are counted by it.
TITLES: dict[OutcomeCode, tuple[str, str]] = {
    OutcomeCode.ANSWERED: ("มีโครงการรองรับ", "answered"),
    OutcomeCode.NO_WORDS: ("ข้อความไม่บอกว่าขออะไร", "the text does not say what is needed"),
    OutcomeCode.NO_PROJECT: ("ยังไม่มีโครงการให้เทียบ", "no project is loaded"),
    OutcomeCode.NO_PROJECT_IN_PLACE: ("ไม่มีโครงการในพื้นที่", "no project in the place"),
    OutcomeCode.BELOW_FLOOR: ("มีงานชนิดนี้ในพื้นที่ แต่ไม่ถึงเกณฑ์", "a fitting kind in the place, but below the floor"),
    OutcomeCode.OTHER_PLACE: ("มีงานชนิดนี้เฉพาะในพื้นที่อื่น", "a fitting kind in other places only"),
    OutcomeCode.NO_FITTING_KIND: ("มีโครงการในพื้นที่ แต่ไม่มีงานชนิดนี้", "projects in the place, none of a fitting kind"),
    OutcomeCode.KIND_UNKNOWN: ("ไม่รู้จักชนิดของงานที่ขอ", "the kind of work asked for is not known"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one need stands.

    ``projects`` is the number compared, ``in_place`` of those that its place does not rule out, ``fitting`` of those
    among them whose kind of work fits, ``reached`` of those that reach the floor; ``fitting_elsewhere`` lie in other
    places.
    ``nearest`` is the likeliest project that nothing rules out, ``kind_th`` and ``kind_en`` what was asked for.
    """

    code: OutcomeCode
    projects: int
    in_place: int = 0
    fitting: int = 0
    fitting_elsewhere: int = 0
    reached: int = 0
    floor: float = 0.5
    kind_th: str = ""
    kind_en: str = ""
    nearest: tuple[Item, PairScore] | None = None

    @property
    def words(self) -> tuple[str, str]:
        """The result in Thai and in English, with its denominators."""
        if self.code == OutcomeCode.ANSWERED:
            return (
                f"มีโครงการรองรับ {self.reached:,} จาก {self.projects:,} โครงการที่นำมาเทียบ",
                f"{self.reached:,} of {self.projects:,} projects compared answer it",
            )
        th, en = _REASONS[self.code](self)
        return f"ไม่มีโครงการรองรับ: {th}", f"no project answers it: {en}"


def _say_place(one: Outcome) -> tuple[str, str]:
    return (
        f"ไม่มีโครงการใดอยู่ในพื้นที่นี้ (0 จาก {one.projects:,} โครงการ)",
        f"no project lies in the place (0 of {one.projects:,})",
    )


def _say_floor(one: Outcome) -> tuple[str, str]:
    th = f"งานชนิดนี้ ({one.kind_th}) ในพื้นที่มี {one.fitting:,} จาก {one.in_place:,} โครงการ แต่ไม่ถึงเกณฑ์ {one.floor:g}"
    en = (
        f"{one.fitting:,} of {one.in_place:,} projects in the place are of the kind ({one.kind_en}), "
        f"none reaches {one.floor:g}"
    )
    against = _find_against(one)
    return (f"{th} เพราะ{against[0]}", f"{en}: {against[1]}") if against else (th, en)


def _find_against(one: Outcome) -> tuple[str, str] | None:
    """What speaks most against the nearest project."""
    parts = [part for part in one.nearest[1].contributions if part.feature != "prior"] if one.nearest else []
    worst = min(parts, key=lambda part: part.weight, default=None)
    return (worst.th, worst.en) if worst is not None and worst.weight < 0 and worst.th else None


def _say_elsewhere(one: Outcome) -> tuple[str, str]:
    return (
        f"งานชนิดนี้ ({one.kind_th}) มี {one.fitting_elsewhere:,} โครงการ แต่อยู่พื้นที่อื่นทั้งหมด"
        f" ในพื้นที่นี้มี 0 จาก {one.in_place:,} โครงการ",
        f"of the kind ({one.kind_en}): {one.fitting_elsewhere:,} in other places, 0 of {one.in_place:,} here",
    )


def _say_kind(one: Outcome) -> tuple[str, str]:
    return (
        f"ในพื้นที่มี {one.in_place:,} จาก {one.projects:,} โครงการ แต่ไม่มีงานชนิดนี้ ({one.kind_th})",
        f"{one.in_place:,} of {one.projects:,} projects lie in the place, none is of the kind ({one.kind_en})",
    )


def _say_unknown(one: Outcome) -> tuple[str, str]:
    return (
        f"ไม่รู้จักชนิดของงานที่ขอ และไม่มีโครงการใดใน {one.in_place:,} โครงการของพื้นที่ที่ใช้คำใกล้กันพอ",
        f"the kind of work is not known, and none of the {one.in_place:,} projects in the place uses words near enough",
    )


_REASONS = {
    OutcomeCode.NO_WORDS: lambda one: TITLES[one.code],
    OutcomeCode.NO_PROJECT: lambda one: TITLES[one.code],
    OutcomeCode.NO_PROJECT_IN_PLACE: _say_place,
    OutcomeCode.BELOW_FLOOR: _say_floor,
    OutcomeCode.OTHER_PLACE: _say_elsewhere,
    OutcomeCode.NO_FITTING_KIND: _say_kind,
    OutcomeCode.KIND_UNKNOWN: _say_unknown,
}


def iter_outcomes(
    needs: Sequence[Item],
    projects: Sequence[Item],
    *,
    among: Sequence[Item] = (),
    floor: float = 0.5,
    lexicon: Lexicon | None = None,
    vectors: Vectors | None = None,
    complete: bool = True,
    without: Collection[tuple[str, str]] = (),
) -> Iterator[tuple[Item, Outcome]]:
    """Each need with how it stands, in the order given.

    ``among`` are all needs that were raised, as in ``answers.rank``; ``complete`` is False for a need that stands
    alone; ``without`` are pairs (need, project; uids) that people rejected.
    """
    everything = list({item.uid: item for item in (*among, *needs)}.values())
    corpus, sides, offered = build_corpus(everything, projects, lexicon=lexicon, vectors=vectors, complete=complete)
    asked = {side.item.uid: side for side in sides}
    view = _View(offered, corpus, load_model(), floor, frozenset(without))
    for need in needs:
        yield need, view.find(asked[need.uid])


def count_unanswered(
    needs: Sequence[Item], projects: Sequence[Item], *, lexicon: Lexicon | None = None
) -> Counter[OutcomeCode]:
    """Of needs that no project answers, how many stand in which way; nothing is scored."""
    corpus, asked, offered = build_corpus(needs, projects, lexicon=lexicon)
    view = _View(offered, corpus, load_model(), 1.0, frozenset())
    return Counter(view.find(side, scored=False).code for side in asked)


class _View:
    """The projects, ready to be asked about one need after another."""

    def __init__(
        self,
        offered: Sequence[Side],
        corpus: Corpus,
        model: AnswerModel,
        floor: float,
        without: frozenset[tuple[str, str]],
    ) -> None:
        self._corpus, self._model, self._floor, self._without = corpus, model, floor, without
        self._count = len(offered)
        self._kinds = Counter(side.concepts for side in offered)
        self._fitting: dict[Concepts, int] = {}
        self._index = ProjectIndex()
        for side in offered:
            self._index.add(side)

    def find(self, need: Side, *, scored: bool = True) -> Outcome:
        """How a need stands; not ``scored``: it is known that no project answers it."""
        if not need.tokens and not need.concepts:
            return Outcome(code=OutcomeCode.NO_WORDS, projects=self._count, floor=self._floor)
        near = self._index.candidates(need, self._corpus.villages, self._model)
        here = sum(self._fits(need, side.concepts) for side, _ in near)
        elsewhere = self._count_fitting(need) - here
        possible = self._score(need, near) if scored else []
        reached = sum(score.probability >= self._floor for _, score in possible)
        kind_th, kind_en = concept_names(need, self._corpus.lexicon)
        return Outcome(
            code=_choose_code(self._count, len(near), here, elsewhere, reached, known=bool(need.concepts)),
            projects=self._count,
            in_place=len(near),
            fitting=here,
            fitting_elsewhere=elsewhere,
            reached=reached,
            floor=self._floor,
            kind_th=kind_th,
            kind_en=kind_en,
            nearest=possible[0] if possible else None,
        )

    def _fits(self, need: Side, project: Concepts) -> bool:
        return self._corpus.lexicon.agreement(need.concepts, project).strength >= AGREED

    def _count_fitting(self, need: Side) -> int:
        if need.concepts not in self._fitting:
            fitting = (count for kind, count in self._kinds.items() if self._fits(need, kind))
            self._fitting[need.concepts] = sum(fitting)
        return self._fitting[need.concepts]

    def _score(self, need: Side, near: Sequence[tuple[Side, Relation]]) -> list[tuple[Item, PairScore]]:
        """Projects that nothing rules out and nobody rejected, likeliest first.

        Those that can neither reach the floor nor be the likeliest are not scored.
        """
        corpus, model = self._corpus, self._model
        ceilings = [
            (find_ceiling(need, side, relation, corpus, model), side, relation)
            for side, relation in near
            if (need.item.uid, side.item.uid) not in self._without
        ]
        ceilings.sort(key=lambda row: (-row[0], row[1].item.uid))
        least = to_log_odds(min(max(self._floor, 1e-9), 1 - 1e-9))
        found: list[tuple[Item, PairScore]] = []
        best = float("-inf")
        for ceiling, side, relation in ceilings:
            if ceiling < least and ceiling < best:
                break
            score = model.score(find_all(need, side, corpus, relation))
            if score.veto is None:
                found.append((side.item, score))
                best = max(best, score.score)
        return sorted(found, key=lambda pair: (-pair[1].score, pair[0].uid))


def _choose_code(projects: int, near: int, here: int, elsewhere: int, reached: int, *, known: bool) -> OutcomeCode:
    if reached:
        return OutcomeCode.ANSWERED
    if not projects:
        return OutcomeCode.NO_PROJECT
    if not near and not elsewhere:
        return OutcomeCode.NO_PROJECT_IN_PLACE
    if not known:
        return OutcomeCode.KIND_UNKNOWN
    if here:
        return OutcomeCode.BELOW_FLOOR
    return OutcomeCode.OTHER_PLACE if elsewhere else OutcomeCode.NO_FITTING_KIND

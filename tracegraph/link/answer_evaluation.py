"""How well answers do on what people labelled: the right project first, pairs, and needs that have none.

A label names a need and a project that answers it or does not; a need without a project has no answer. Nothing is
dropped in silence: rows that are unsure or said again are counted, contradictions are told with their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracegraph.errors import InputError
from tracegraph.link.answers import BEHIND_BEST, BEST_FEW
from tracegraph.link.evaluate import Figures, Scored
from tracegraph.link.scores import PairScore
from tracegraph.model.items import Item
from tracegraph.thai.normalize import normalize

ANSWERS, OTHER, NONE, UNSURE = "ANSWERS", "OTHER", "NONE", "UNSURE"

_WORDS = {
    ANSWERS: ("answers", "answer", "same", "1", "yes", "y", "true", "right", "match", "ตอบ", "ใช่", "รองรับ", "ตรง"),
    OTHER: ("other", "0", "no", "n", "false", "diff", "wrong", "not", "ไม่ตอบ", "ไม่ใช่", "ไม่รองรับ", "ไม่ตรง"),
    NONE: ("none", "no answer", "no_answer", "no-answer", "ไม่มี", "ไม่มีโครงการ", "ไม่มีโครงการรองรับ"),
    UNSURE: ("unsure", "?", "maybe", "ไม่แน่ใจ"),
}
_LABEL_OF = {normalize(word): label for label, words in _WORDS.items() for word in words}
_LISTED = 12


@dataclass(frozen=True, slots=True)
class AnswerLabel:
    """One row of a label file; ``project_id`` is '' where the need has no answer, ``row`` as a spreadsheet counts."""

    row: int
    need_id: str
    project_id: str
    label: str


@dataclass(frozen=True, slots=True)
class AnswerLabels:
    """What the labels say: of pairs whether the project answers the need, and which needs have no answer.

    ``pairs``, ``none`` and ``unsure`` (pairs on which people could not decide) hold the row that said so first;
    ``repeated`` are rows that say something again.
    """

    pairs: Mapping[tuple[str, str], tuple[bool, int]]
    none: Mapping[str, int]
    unsure: Mapping[tuple[str, str], int]
    repeated: tuple[int, ...] = ()

    @property
    def answered(self) -> dict[str, frozenset[str]]:
        """The right projects of each need that has one, by id."""
        right: dict[str, set[str]] = {}
        for (need, project), (truth, _) in self.pairs.items():
            if truth:
                right.setdefault(need, set()).add(project)
        return {need: frozenset(projects) for need, projects in right.items()}


def read_label(cell: str, project_id: str) -> str | None:
    """The meaning of a label's cell; an empty one says ANSWERS with a project and NONE without; None: unknown word."""
    if not cell.strip():
        return ANSWERS if project_id else NONE
    label = _LABEL_OF.get(normalize(cell).lower())
    return label if project_id or label in (None, UNSURE) else NONE


def build_labels(rows: Iterable[AnswerLabel], name: str) -> AnswerLabels:
    """The labels of a file called ``name``; InputError for unknown words and contradictions, with their rows."""
    pairs: dict[tuple[str, str], tuple[bool, int]] = {}
    none: dict[str, int] = {}
    unsure: dict[tuple[str, str], int] = {}
    repeated, unknown, against = [], [], []
    for row in rows:
        label = read_label(row.label, row.project_id)
        pair = (row.need_id, row.project_id)
        if label is None:
            unknown.append(f"{row.row} ({row.label[:20]!r})")
        elif label == UNSURE:
            unsure.setdefault(pair, row.row)
        elif label == NONE:
            repeated += [row.row] if row.need_id in none else []
            none.setdefault(row.need_id, row.row)
        elif pair not in pairs:
            pairs[pair] = (label == ANSWERS, row.row)
        elif pairs[pair][0] == (label == ANSWERS):
            repeated.append(row.row)
        else:
            against.append(f"{row.need_id}–{row.project_id} ({pairs[pair][1]}, {row.row})")
    for (need, project), (truth, row_number) in pairs.items():
        if truth and need in none:
            against.append(f"{need} ({none[need]}) – {project} ({row_number})")
    _refuse(name, unknown, against)
    return AnswerLabels(pairs, none, unsure, tuple(repeated))


def _refuse(name: str, unknown: Sequence[str], against: Sequence[str]) -> None:
    if unknown:
        raise InputError(
            f"{name}: คำตัดสินที่ไม่รู้จัก {len(unknown):,} แถว: {_listed(unknown)}",
            f"{name}: unknown labels in {len(unknown):,} rows: {_listed(unknown)}",
            hint_th=f"ใช้ {ANSWERS}, {OTHER}, {NONE}, {UNSURE} หรือ 1, 0",
            hint_en=f"say {ANSWERS}, {OTHER}, {NONE}, {UNSURE}, or 1, 0",
        )
    if against:
        raise InputError(
            f"{name}: คำตัดสินขัดกัน {len(against):,} แห่ง (แถว): {_listed(against)}",
            f"{name}: {len(against):,} contradictions (rows): {_listed(against)}",
            hint_th="ให้แต่ละคู่มีคำตัดสินเดียว และความต้องการที่ไม่มีโครงการต้องไม่มีคู่ที่ตอบ",
            hint_en="let each pair have one label, and a need without an answer no pair that answers",
        )


def _listed(found: Sequence[str]) -> str:
    return ", ".join(found[:_LISTED]) + (f" … (+{len(found) - _LISTED:,})" if len(found) > _LISTED else "")


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A labelled pair with its score; a pair that is ruled out has probability 0."""

    need_id: str
    project_id: str
    truth: bool
    row: int
    score: PairScore

    @property
    def probability(self) -> float:
        """0 where something rules the pair out."""
        return 0.0 if self.score.veto else self.score.probability

    @property
    def scored(self) -> Scored:
        """(probability, truth), as figures take it."""
        return self.probability, self.truth


@dataclass(frozen=True, slots=True)
class JudgedNeed:
    """A labelled need with its best projects, best first: ids and scores. ``right`` is empty where it has no answer."""

    need_id: str
    right: frozenset[str]
    ranked: tuple[tuple[str, PairScore], ...]

    def hits(self, within: int) -> bool:
        """Whether a right project is among the first ``within``."""
        return any(project in self.right for project, _ in self.ranked[:within])

    def first(self, threshold: float) -> tuple[str, PairScore] | None:
        """The best project where it reaches the threshold; None says "no answer"."""
        best = self.ranked[0] if self.ranked else None
        return best if best is not None and best[1].probability >= threshold else None

    def proposed(self, threshold: float) -> list[tuple[str, PairScore]]:
        """What would be proposed for the need: the best few that reach the threshold and lie close behind the best."""
        if self.first(threshold) is None:
            return []
        least = self.ranked[0][1].score - BEHIND_BEST
        kept = [row for row in self.ranked[:BEST_FEW] if row[1].score >= least]
        return [row for row in kept if row[1].probability >= threshold]


@dataclass(frozen=True, slots=True)
class NeedFigures:
    """Counts over needs. ``false_answers`` are needs without an answer that were given one."""

    answered: int
    first: int
    in_three: int
    told_first: int
    none: int
    false_answers: int


def count_needs(needs: Sequence[JudgedNeed], threshold: float) -> NeedFigures:
    """First hits and hits in three of needs with an answer, and false answers of needs without one.

    ``told_first``: the first hit also reaches the threshold, so that it would be proposed.
    """
    answered = [need for need in needs if need.right]
    none = [need for need in needs if not need.right]
    return NeedFigures(
        answered=len(answered),
        first=sum(need.hits(1) for need in answered),
        in_three=sum(need.hits(3) for need in answered),
        told_first=sum(need.hits(1) and need.first(threshold) is not None for need in answered),
        none=len(none),
        false_answers=sum(need.first(threshold) is not None for need in none),
    )


def count_proposed(needs: Sequence[JudgedNeed], labels: AnswerLabels, threshold: float) -> Figures:
    """What would be proposed for the labelled needs; a project without a label counts as wrong, UNSURE not at all."""
    found = missed = wrong = 0
    for need in needs:
        given = {project for project, _ in need.proposed(threshold)}
        found += len(given & need.right)
        missed += len(need.right - given)
        wrong += sum((need.need_id, project) not in labels.unsure for project in given - need.right)
    return Figures(threshold, found, missed, wrong)


def judge_needs(
    labels: AnswerLabels,
    ranked: Mapping[str, Sequence[tuple[Item, PairScore]]],
    needs: Mapping[str, Item],
    project_ids: Mapping[str, str],
) -> list[JudgedNeed]:
    """Every need that the labels decide, in order of id; ``ranked`` is by uid, ``project_ids`` are ids by uid."""
    right = labels.answered
    return [
        JudgedNeed(
            need_id=need_id,
            right=right.get(need_id, frozenset()),
            ranked=tuple((project_ids[item.uid], score) for item, score in ranked.get(needs[need_id].uid, ())),
        )
        for need_id in sorted({*right, *labels.none})
        if need_id in needs
    ]


def find_wrong(pairs: Sequence[JudgedPair], threshold: float) -> list[JudgedPair]:
    """Pairs that were decided wrongly, the surest first."""
    wrong = [pair for pair in pairs if (pair.probability >= threshold) != pair.truth]
    return sorted(wrong, key=lambda pair: (-abs(pair.probability - threshold), pair.need_id, pair.project_id))

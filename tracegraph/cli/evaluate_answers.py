"""``tracegraph evaluate answers``: figures on labelled needs, over the loaded store or over plain files of texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import format_option, say, settings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracegraph.cli.evaluate_output import FigureLine
    from tracegraph.link.answer_evaluation import AnswerLabels, JudgedNeed, JudgedPair
    from tracegraph.model.items import Item
    from tracegraph.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
SCORE_COLUMNS = ("need_id", "project_id", "label", "rank", "probability", "score", "called", "veto")
#: Projects kept for each need; enough for what is proposed and for hits in three.
_KEPT = 10
_PAIR_FIGURES = ("precision", "recall", "f1", "average_precision", "recall_at_precision_95", "calibration_error")


@click.command(name="answers")
@click.option("--labels", required=True, type=_FILE, help="คำตัดสิน / need_id,project_id,label (no project: no answer)")
@click.option("--needs", "needs_file", type=_FILE, help="ความต้องการจากไฟล์ / needs of a file (id,text), no store")
@click.option("--projects", "projects_file", type=_FILE, help="โครงการจากไฟล์ / projects of a file (id,text), no store")
@click.option("--lexicon", "lexicon_file", type=_FILE, help="พจนานุกรมของหน่วยงาน / the office's own lexicon (CSV)")
@click.option("--scores", type=_OUT, help="เขียนคะแนน / write every pair's score and each need's best (.csv, .json)")
@click.option("--errors", type=_OUT, help="เขียนที่ผิดพร้อมเหตุผล / write the errors with their waterfalls")
@click.option("--threshold", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="เกณฑ์ / threshold")
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    labels: Path,
    needs_file: Path | None,
    projects_file: Path | None,
    lexicon_file: Path | None,
    scores: Path | None,
    errors: Path | None,
    threshold: float,
    fmt: str,
) -> None:
    """วัดผล "โครงการที่รองรับความต้องการ" กับที่คนตัดสินแล้ว / figures of "answers" on labelled needs.

    A row with an empty project_id says that the need has no answer. Needs: first hit, hit in three, false answers.
    Proposed: what would be proposed, where a project that no label names counts as wrong. Pairs: the labelled pairs.
    """
    from tracegraph.cli.evaluate_output import emit_figures
    from tracegraph.link import answers
    from tracegraph.link.answer_evaluation import judge_needs
    from tracegraph.link.answer_model import load_model
    from tracegraph.link.lexicon import find_lexicon, load_lexicon
    from tracegraph.link.vectors import open_vectors

    settings = settings_of(ctx)
    lexicon = load_lexicon(lexicon_file) if lexicon_file else find_lexicon(settings.home)
    label_set, counts = _read_label_file(labels)
    needs, projects = _load_items(settings, needs_file, projects_file)
    known_needs, known_projects = _find_ids(label_set, needs, projects, labels.name)
    vectors = open_vectors(settings.home / "vectors")
    everything = (list(needs), list(projects))
    say(f"แบบจำลอง {answers.method_of(load_model(), vectors)} เกณฑ์ {threshold:g}", f"threshold {threshold:g}")
    asked = [known_needs[need_id] for need_id in _decided(label_set) if need_id in known_needs]
    ranked = answers.rank(asked, everything[1], among=everything[0], limit=_KEPT, vectors=vectors, lexicon=lexicon)
    ids = {item.uid: key for key, item in known_projects.items()}
    names = {item.uid: ids.get(item.uid, item.shown_id) for item in projects}
    judged = judge_needs(label_set, ranked, known_needs, names)
    pairs = _judge_pairs(label_set, known_needs, known_projects, everything, vectors, lexicon)
    texts = {**{key: item.text for key, item in known_needs.items()}, **{names[i.uid]: i.text for i in projects}}
    if scores:
        _write_scores(scores, judged, pairs, threshold)
    if errors:
        _write_errors(errors, judged, pairs, threshold, texts)
    counts["unknown_ids"] = len(label_set.pairs) - len(pairs) + sum(n not in known_needs for n in label_set.none)
    emit_figures([*_count_lines(counts), *build_lines(judged, pairs, label_set, threshold)], fmt)


def _read_label_file(path: Path) -> tuple[AnswerLabels, dict[str, int]]:
    from tracegraph.cli.label_file import list_numbers, read_sheet
    from tracegraph.errors import InputError
    from tracegraph.link.answer_evaluation import AnswerLabel, build_labels

    rows = [row for row in read_sheet(path, ("need_id", "project_id")) if any(row.cells.values())]
    without = [row.number for row in rows if not row.get("need_id")]
    if without or not rows:
        raise InputError(
            f"{path.name}: {len(without):,} แถวไม่มี need_id แถว {list_numbers(without)}",
            f"{path.name}: {len(without):,} rows lack a need_id, rows {list_numbers(without)}",
            hint_th="ทุกแถวต้องมี need_id (project_id ว่างหมายถึงไม่มีโครงการรองรับ)",
            hint_en="every row needs a need_id (an empty project_id says that the need has no answer)",
        )
    found = build_labels(
        (AnswerLabel(row.number, row.get("need_id"), row.get("project_id"), row.get("label")) for row in rows),
        path.name,
    )
    counts = {
        "labelled": len(found.pairs),
        "needs_without_answer": len(found.none),
        "unsure": len(found.unsure),
        "repeated": len(found.repeated),
    }
    return found, counts


def _load_items(settings: Settings, needs: Path | None, projects: Path | None) -> tuple[Sequence[Item], Sequence[Item]]:
    """Current needs and projects of the store, or those of two plain files."""
    from tracegraph.errors import UsageError

    if (needs is None) != (projects is None):
        raise UsageError("--needs และ --projects ต้องใช้คู่กัน", "--needs and --projects go together")
    if needs and projects:
        return _read_texts(needs, "need"), _read_texts(projects, "project")
    from tracegraph.graph.store import open_store

    with open_store(settings) as store:
        items = store.load_items()
    return [item for item in items.needs if item.current], [item for item in items.projects if item.current]


def _read_texts(path: Path, role: str) -> list[Item]:
    """Items of a plain file; columns beside id and text are those of ``read_records``, and village_no, village_name,
    objective, target."""
    from dataclasses import replace

    from tracegraph.cli.label_file import read_records, read_sheet

    extra = {row.get("id"): row for row in read_sheet(path, ("id", "text"))}
    items = []
    for key, item in read_records(path).items():
        cell = extra[key].get
        number = cell("village_no")
        items.append(
            replace(
                item,
                uid=f"{'need' if role == 'need' else 'proj'}:{key}",
                role="need" if role == "need" else "project",
                village_nos=(int(number),) if number.isdecimal() else (),
                village_name=cell("village_name") or None,
                objective=cell("objective") or None,
                target=cell("target") or None,
            )
        )
    return items


def _decided(labels: AnswerLabels) -> list[str]:
    return sorted({*labels.answered, *labels.none})


def _find_ids(
    labels: AnswerLabels, needs: Sequence[Item], projects: Sequence[Item], name: str
) -> tuple[dict[str, Item], dict[str, Item]]:
    """Needs and projects that the labels name, by the label's id; says on stderr, with rows, which cannot be told."""
    from tracegraph.cli.label_file import list_numbers
    from tracegraph.cli.score import build_index, find_by_id
    from tracegraph.errors import InputError

    sides: tuple[dict[str, Item], dict[str, Item]] = ({}, {})
    problems: dict[int, str] = {}
    rows = [
        *((pair, row) for pair, (_, row) in labels.pairs.items()),
        *((pair, row) for pair, row in labels.unsure.items()),
    ]
    rows += [((need, ""), row) for need, row in labels.none.items()]
    indexes = (build_index(needs), build_index(projects))
    for pair, row in rows:
        for key, index, known in zip(pair, indexes, sides, strict=True):
            found = find_by_id(index, key) if key else None
            if isinstance(found, str):
                problems[row] = found
            elif found is not None:
                known[key] = found
    if problems:
        first, rows_told = min(problems), list_numbers(sorted(problems))
        say(
            f"{name}: {len(problems):,} แถวมีรหัสที่ไม่พบหรือไม่ชี้รายการเดียว แถว {rows_told} เช่น {problems[first]}",
            f"{len(problems):,} rows have an id that is unknown or not unique, rows {rows_told}",
        )
    if not any(need in sides[0] for need in (*labels.none, *(need for need, _ in labels.pairs))):
        raise InputError(
            f"{name}: ไม่มีแถวที่ใช้ได้ ไม่พบ need_id ใดเลย",
            f"{name}: no row can be used, none of the need_ids is known",
            hint_th="ใช้รหัสของไฟล์ที่นำเข้า หรือระบุ --needs และ --projects",
            hint_en="use the ids of the imported files, or name --needs and --projects",
        )
    return sides


def _judge_pairs(
    labels: AnswerLabels,
    needs: Mapping[str, Item],
    projects: Mapping[str, Item],
    corpus: tuple[list[Item], list[Item]],
    vectors: Any,
    lexicon: Any,
) -> list[JudgedPair]:
    from tracegraph.link import answers
    from tracegraph.link.answer_evaluation import JudgedPair

    usable = [
        (pair, truth, row) for pair, (truth, row) in labels.pairs.items() if pair[0] in needs and pair[1] in projects
    ]
    scores = answers.score_pairs(
        [needs[need] for (need, _), _, _ in usable],
        [projects[project] for (_, project), _, _ in usable],
        corpus=corpus,
        vectors=vectors,
        lexicon=lexicon,
    )
    return [JudgedPair(*pair, truth, row, score) for (pair, truth, row), score in zip(usable, scores, strict=True)]


_TITLES = {
    "labelled": "คู่ที่ตัดสินแล้ว / labelled pairs",
    "needs_without_answer": "ความต้องการที่ตัดสินว่าไม่มีโครงการ / needs labelled as without an answer",
    "unsure": "ไม่แน่ใจ ไม่นับ / UNSURE, left out",
    "repeated": "กล่าวซ้ำ นับครั้งเดียว / said again, counted once",
    "unknown_ids": "รหัสที่ไม่พบหรือไม่ชี้รายการเดียว / ids unknown or not unique",
    "first_hit": "โครงการแรกถูก / the first project is right",
    "hit_in_3": "ถูกภายในสามอันดับ / a right one among the first three",
    "first_hit_proposed": "โครงการแรกถูกและถึงเกณฑ์ / the first is right and reaches the threshold",
    "false_answers": "ไม่มีโครงการแต่ถูกเสนอ / needs without an answer that were given one",
    "calibration_error_first": "ความคลาดเคลื่อนของความน่าจะเป็นอันดับแรก / calibration error of first projects",
}


def _count_lines(counts: dict[str, int]) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine

    rows = counts["labelled"] + counts["needs_without_answer"] + counts["unsure"] + counts["repeated"]
    return [FigureLine("data", name, None, count, rows, _TITLES[name]) for name, count in counts.items()]


def build_lines(
    needs: Sequence[JudgedNeed], pairs: Sequence[JudgedPair], labels: AnswerLabels, threshold: float
) -> list[FigureLine]:
    """All figures: per need, of what would be proposed, and of the labelled pairs with their reliability table."""
    from tracegraph.cli.evaluate_output import build_figures, build_reliability_lines

    scored = [pair.scored for pair in pairs]
    return [
        *_need_lines(needs, threshold),
        *_proposed_lines(needs, labels, threshold),
        *build_figures("pairs", scored, threshold, figures=_PAIR_FIGURES),
        *build_reliability_lines(scored),
    ]


def _need_lines(needs: Sequence[JudgedNeed], threshold: float) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine
    from tracegraph.link.answer_evaluation import count_needs
    from tracegraph.link.evaluate import find_calibration_error

    at = count_needs(needs, threshold)
    counted = (
        ("first_hit", at.first, at.answered),
        ("hit_in_3", at.in_three, at.answered),
        ("first_hit_proposed", at.told_first, at.answered),
        ("false_answers", at.false_answers, at.none),
    )
    firsts = [(need.ranked[0][1].probability, need.hits(1)) for need in needs if need.ranked]
    lines = [
        FigureLine("needs", name, above / below if below else None, above, below, _TITLES[name])
        for name, above, below in counted
    ]
    name = "calibration_error_first"
    return [*lines, FigureLine("needs", name, find_calibration_error(firsts), None, len(firsts), _TITLES[name])]


def _proposed_lines(needs: Sequence[JudgedNeed], labels: AnswerLabels, threshold: float) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine
    from tracegraph.link.answer_evaluation import count_proposed

    at = count_proposed(needs, labels, threshold)
    true, called = at.found + at.missed, at.found + at.wrong
    return [
        FigureLine("proposed", "precision", at.precision, at.found, called),
        FigureLine("proposed", "recall", at.recall, at.found, true),
        FigureLine("proposed", "f1", at.f1, 2 * at.found, true + called),
    ]


def _write_scores(path: Path, needs: Sequence[JudgedNeed], pairs: Sequence[JudgedPair], threshold: float) -> None:
    """The labelled pairs, and the best projects of each labelled need that no label names."""
    from tracegraph.cli.evaluate_output import write_scores

    ranks = {(need.need_id, p): at for need in needs for at, (p, _) in enumerate(need.ranked, start=1)}
    labelled = {(pair.need_id, pair.project_id) for pair in pairs}
    rows = [
        _score_row(pair.need_id, pair.project_id, "ANSWERS" if pair.truth else "OTHER", ranks, pair.score, threshold)
        for pair in pairs
    ]
    rows += [
        _score_row(need.need_id, project, "" if need.right else "NONE", ranks, score, threshold)
        for need in needs
        for project, score in need.ranked
        if (need.need_id, project) not in labelled
    ]
    write_scores(path, SCORE_COLUMNS, sorted(rows, key=lambda row: (row["need_id"], row["rank"] or _KEPT + 1)))
    say(f"เขียนคะแนน {len(rows):,} คู่ไปที่ {path}", f"{len(rows):,} scores written to {path}")


def _score_row(
    need: str, project: str, label: str, ranks: Mapping[tuple[str, str], int], score: Any, threshold: float
) -> dict[str, Any]:
    probability = 0.0 if score.veto else score.probability
    return {
        "need_id": need,
        "project_id": project,
        "label": label,
        "rank": ranks.get((need, project)),
        "probability": probability,
        "score": score.score,
        "called": int(probability >= threshold),
        "veto": score.veto,
    }


def _write_errors(
    path: Path, needs: Sequence[JudgedNeed], pairs: Sequence[JudgedPair], threshold: float, texts: Mapping[str, str]
) -> None:
    """Pairs decided wrongly, first projects that are not right, and needs without an answer that were given one."""
    from tracegraph.cli.evaluate_output import ErrorStory, write_errors
    from tracegraph.link.answer_evaluation import find_wrong

    def tell(need: str, project: str, label: str, wrong: str, score: Any) -> ErrorStory:
        return ErrorStory(
            left_id=need,
            right_id=project,
            left_text=texts.get(need, ""),
            right_text=texts.get(project, ""),
            label=label,
            wrong=wrong,
            probability=score.probability,
            contributions=score.contributions,
        )

    stories = [
        tell(p.need_id, p.project_id, "ANSWERS", "ตอบแต่ไม่พบ / missed", p.score)
        if p.truth
        else tell(p.need_id, p.project_id, "OTHER", "ไม่ตอบแต่ถูกเสนอ / wrongly proposed", p.score)
        for p in find_wrong(pairs, threshold)
    ]
    for need in needs:
        if need.right and need.ranked and not need.hits(1):
            stories.append(
                tell(need.need_id, need.ranked[0][0], "", "อันดับแรกไม่ถูก / first is not right", need.ranked[0][1])
            )
        elif not need.right and (given := need.first(threshold)):
            stories.append(tell(need.need_id, given[0], "NONE", "ไม่มีโครงการแต่ถูกเสนอ / false answer", given[1]))
    write_errors(path, stories)
    say(f"เขียนที่ผิด {len(stories):,} รายการไปที่ {path}", f"{len(stories):,} errors written to {path}")

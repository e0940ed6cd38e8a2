"""``tracegraph evaluate alignment``: how well texts find their entry of a strategy list. Works without a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import format_option, say, settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracegraph.cli.evaluate_output import FigureLine
    from tracegraph.link.alignment import AlignmentCorpus
    from tracegraph.link.alignment_evaluation import JudgedText, LevelFigures
    from tracegraph.link.alignment_labels import LabelledTexts
    from tracegraph.link.alignment_lists import StrategyList
    from tracegraph.link.vectors import Vectors

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
SCORE_COLUMNS = ("row", "text", "label", "entry", "entry_name", "level", "probability", "rank", "right", "seen")
_NAMES_ALONE = "ไม่ได้เรียนรู้ ใช้ชื่อข้อ / not learned, names alone"
_NO_VECTORS = "ไม่ได้ติดตั้งเวกเตอร์ประโยค / sentence vectors absent"
#: Rows that a message lists before it says "and more".
_LISTED = 10


@click.command(name="alignment")
@click.option("--strategies", required=True, type=_FILE, help="บัญชียุทธศาสตร์ / code,name[,parent] or a column a level")
@click.option("--labels", required=True, type=_FILE, help="ข้อความที่กำหนดข้อแล้ว / labelled texts: text,strategy")
@click.option("--train", type=_FILE, help="เรียนรู้จากไฟล์นี้ก่อน / learn from this file first (default: names alone)")
@click.option("--text-column", "texts", multiple=True, help="คอลัมน์ข้อความ ซ้ำได้ / column of text, the name first")
@click.option("--label-column", "entries", multiple=True, help="คอลัมน์ข้อยุทธศาสตร์ ซ้ำได้ / column of the label")
@click.option("--level", type=click.IntRange(min=1), help="ระดับของบัญชี 1 = บนสุด / level, 1 = top (default: the labels')")
@click.option("--scores", type=_OUT, help="เขียนคะแนนทุกข้อ / write every score (.csv, .json)")
@click.option("--errors", type=_OUT, help="เขียนข้อที่ผิดพร้อมเหตุผล / write the errors with their waterfalls")
@click.option("--threshold", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="เกณฑ์ / threshold")
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    strategies: Path,
    labels: Path,
    train: Path | None,
    texts: tuple[str, ...],
    entries: tuple[str, ...],
    level: int | None,
    scores: Path | None,
    errors: Path | None,
    threshold: float,
    fmt: str,
) -> None:
    """วัดความสอดคล้องกับยุทธศาสตร์จากรายการที่กำหนดข้อไว้แล้ว / how well texts find their entry of a list.

    Figures by level (first hit, top 3, pairs of text and entry) and by class. Without --train the entries are known by
    their names only.
    """
    from tracegraph.cli.evaluate_output import emit_figures
    from tracegraph.link.alignment_evaluation import judge

    listed = read_strategies(strategies)
    found = read_texts(labels, listed, texts, entries)
    learned_from = read_texts(train, listed, texts, entries) if train else None
    chosen = choose_level(listed, found, level)
    encoder = _open_vectors(settings_of(ctx).home)
    judged, corpus = judge(found.texts, listed, train=learned_from.texts if learned_from else (), vectors=encoder)
    if learned_from is not None and not corpus.learned:
        say(
            f"{train}: ป้ายกำกับ {len(learned_from.texts):,} รายการน้อยเกินกว่าจะเรียนรู้ ใช้ชื่อข้ออย่างเดียว",
            f"{len(learned_from.texts):,} labels are too few to learn from: names alone are used",
        )
    lines = [
        *_count_lines(found, learned_from, judged, vectors=encoder is not None, learned=bool(corpus.learned)),
        *build_lines(judged, listed, chosen, threshold),
    ]
    if scores:
        _write_scores(scores, judged, listed, chosen)
    if errors:
        _write_errors(errors, judged, listed, chosen, corpus)
    emit_figures(lines, fmt)


def read_strategies(path: Path) -> StrategyList:
    """The list of a file; what is odd about it is said on stderr."""
    from tracegraph.cli.label_file import read_sheet
    from tracegraph.link.alignment_lists import build_list

    rows = read_sheet(path, ())
    headings = list(rows[0].cells) if rows else []
    listed = build_list(headings, [row.cells for row in rows], path.name)
    for remark in listed.remarks[:_LISTED]:
        say(f"{path.name}: {remark.th}", remark.en)
    if len(listed.remarks) > _LISTED:
        more = len(listed.remarks) - _LISTED
        say(f"{path.name}: และอีก {more:,} ข้อสังเกต", f"and {more:,} more remarks")
    return listed


def read_texts(path: Path, listed: StrategyList, texts: Sequence[str], entries: Sequence[str]) -> LabelledTexts:
    """The labelled texts of a file; rows that cannot be used are said on stderr, InputError where none can."""
    from tracegraph.cli.label_file import read_sheet
    from tracegraph.errors import InputError
    from tracegraph.link.alignment_labels import find_columns, read_labels

    rows = read_sheet(path, ())
    headings = list(rows[0].cells) if rows else []
    cells = [row.cells for row in rows]
    columns = find_columns(headings, cells, listed, texts=texts, labels=entries, name=path.name)
    say(
        f"{path.name}: ข้อความ {', '.join(columns.texts)}; ข้อยุทธศาสตร์ {', '.join(columns.labels)}",
        f"text {', '.join(columns.texts)}; label {', '.join(columns.labels)}",
    )
    found = read_labels([(row.number, row.cells) for row in rows], columns, listed, prefix=path.name)
    _tell_problems(path.name, found)
    if not found.texts:
        examples = ", ".join(f"“{label[:40]}”" for _, label in found.unknown[:3]) or "-"
        raise InputError(
            f"{path.name}: ไม่มีรายการที่ใช้ได้สักแถว (ข้อที่ไม่มีในบัญชี เช่น {examples})",
            f"{path.name}: no row can be used (entries that the list does not have, as {examples})",
            hint_th="ค่าในคอลัมน์ข้อยุทธศาสตร์ต้องเป็นเลขหรือชื่อข้อในบัญชีที่ระบุด้วย --strategies",
            hint_en="labels must be numbers or names of entries of the list given with --strategies",
        )
    return found


def _tell_problems(name: str, found: LabelledTexts) -> None:
    from tracegraph.cli.label_file import list_numbers

    told = (
        ([row for row, _ in found.unknown], "ข้อที่ไม่มีในบัญชี ไม่นับ", "entries that the list does not have, left out"),
        ([row for row, _ in found.unclear], "เลขกับชื่อข้อไม่ตรงกัน ไม่นับ", "number and name disagree, left out"),
        (found.unlabelled, "ยังไม่กำหนดข้อ ไม่นับ", "no label yet, left out"),
        (found.empty, "ไม่มีข้อความ นับด้วย", "no text, counted"),
        (
            sorted(row for rows in found.contradicting for row in rows),
            "ข้อความเดียวกันแต่ต่างข้อ นับทุกแถว",
            "the same text under different entries, all counted",
        ),
    )
    for rows, th, en in told:
        if rows:
            say(f"{name}: {th} {len(rows):,} แถว: {list_numbers(rows)}", f"{en}: {len(rows):,} rows")


def choose_level(listed: StrategyList, found: LabelledTexts, level: int | None) -> int:
    """The level asked for, else the deepest that labels reach; UsageError where the list is not so deep."""
    from tracegraph.errors import UsageError

    deepest = max(listed.depth[one.entry] for one in found.texts)
    if level is not None and level > deepest:
        raise UsageError(
            f"--level {level}: ข้อที่กำหนดไว้ลึกถึงระดับ {deepest}",
            f"--level {level}: the labels reach level {deepest}",
        )
    return level or deepest


def _open_vectors(home: Path) -> Vectors | None:
    from tracegraph.link import vectors

    if not vectors.vectors_available():
        say(vectors.ABSENT_TH, vectors.ABSENT_EN)
        return None
    return vectors.open_vectors(home / "vectors")


def _count_lines(
    found: LabelledTexts, train: LabelledTexts | None, judged: Sequence[JudgedText], *, vectors: bool, learned: bool
) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine

    rows = len(found.texts) + len(found.unknown) + len(found.unclear) + len(found.unlabelled)
    same = sum(map(len, found.contradicting))
    counts = [
        ("texts", len(found.texts), rows, "ใช้ได้ / usable"),
        ("unknown_entry", len(found.unknown), rows, "ข้อไม่มีในบัญชี / entry not in the list"),
        ("unclear_entry", len(found.unclear), rows, "เลขกับชื่อไม่ตรงกัน / number and name disagree"),
        ("unlabelled", len(found.unlabelled), rows, "ยังไม่กำหนดข้อ / no label"),
        ("empty_text", len(found.empty), len(found.texts), "ไม่มีข้อความ / no text"),
        ("contradicting", same, len(found.texts), "ข้อความเดียวกันต่างข้อ / same text, other entry"),
        ("train", len(train.texts) if train else 0, None, "เรียนรู้จาก / learned from" if learned else _NAMES_ALONE),
        ("seen_in_train", sum(one.seen for one in judged), len(judged), "ข้อความซ้ำกับชุดเรียนรู้ / text stands in --train"),
        ("vectors", int(vectors), None, "เวกเตอร์ประโยค / sentence vectors" if vectors else _NO_VECTORS),
    ]  # fmt: skip
    return [FigureLine("data", name, None, count, below, title) for name, count, below, title in counts]


def build_lines(judged: Sequence[JudgedText], listed: StrategyList, chosen: int, threshold: float) -> list[FigureLine]:
    """Figures of every level down to the labels', the chosen level first; then its classes and its calibration."""
    from tracegraph.cli.evaluate_output import build_reliability_lines
    from tracegraph.link.alignment_evaluation import measure_level

    deepest = max(listed.depth[one.text.entry] for one in judged)
    levels = [chosen, *(level for level in range(1, deepest + 1) if level != chosen)]
    measured = {level: measure_level(judged, listed, level) for level in levels}
    lines = [line for level in levels for line in _level_lines(measured[level], threshold)]
    unseen = [one for one in judged if not one.seen]
    if 0 < len(unseen) < len(judged):
        lines += _hit_lines(f"level {chosen}, new texts", measure_level(unseen, listed, chosen))
    lines += _class_lines(measured[chosen], listed)
    return [*lines, *build_reliability_lines(measured[chosen].hits)]


def _hit_lines(part: str, found: LevelFigures) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine
    from tracegraph.link.evaluate import find_calibration_error

    texts = len(found.hits)
    error = find_calibration_error(found.hits)
    return [
        FigureLine(part, "accuracy", _share(found.right, texts), found.right, texts, "ข้อแรกถูก / first hit"),
        FigureLine(part, "top_3", _share(found.top3, texts), found.top3, texts, "ถูกใน 3 ข้อแรก / among the first 3"),
        FigureLine(
            part, "first_hit_calibration_error", error, None, texts,
            "ความคลาดเคลื่อนของความน่าจะเป็นของข้อแรก / calibration error of the first hit",
        ),
    ]  # fmt: skip


def _level_lines(found: LevelFigures, threshold: float) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine, build_figures

    part = f"level {found.level}"
    classes = sum(one.labelled > 0 for one in found.classes)
    pairs = build_figures(
        f"{part}, pairs",
        found.pairs,
        threshold,
        figures=("precision", "recall", "f1", "average_precision", "recall_at_precision_95", "calibration_error"),
    )
    title = f"เฉลี่ยรายข้อ ของ {found.entries} ข้อ / mean over the classes with texts, of {found.entries}"
    means = [
        FigureLine(part, f"macro_{figure}", found.mean(figure), None, classes, title)
        for figure in ("precision", "recall", "f1")
    ]
    return [*_hit_lines(part, found), *means, *(line.titled("ข้อความ × ข้อ / text × entry") for line in pairs)]


def _class_lines(found: LevelFigures, listed: StrategyList) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine

    names = {row[0]: (row[2] or row[3], row[3]) for row in listed.rows}
    lines = []
    for one in found.classes:
        if one.labelled or one.called:
            number, name = names[one.entry]
            part = f"class: {number}"
            lines += [
                FigureLine(part, "precision", one.precision, one.found, one.called, name),
                FigureLine(part, "recall", one.recall, one.found, one.labelled, name),
                FigureLine(part, "f1", one.f1, 2 * one.found, one.called + one.labelled, name),
            ]
    return lines


def _share(above: int, below: int) -> float | None:
    return above / below if below else None


def _write_scores(path: Path, judged: Sequence[JudgedText], listed: StrategyList, level: int) -> None:
    from tracegraph.cli.evaluate_output import write_scores

    entries = listed.at_level(level)
    names = {row[0]: (row[2] or row[3], row[3]) for row in listed.rows}
    rows: list[dict[str, Any]] = []
    for one in judged:
        right = listed.above(one.text.entry, level)
        for rank, (uid, chance) in enumerate(one.rank(entries), start=1):
            rows.append(
                {
                    "row": one.text.row,
                    "text": one.text.item.text,
                    "label": one.text.label,
                    "entry": names[uid][0],
                    "entry_name": names[uid][1],
                    "level": level,
                    "probability": round(chance, 4),
                    "rank": rank,
                    "right": int(uid == right),
                    "seen": int(one.seen),
                }
            )
    write_scores(path, SCORE_COLUMNS, rows)
    say(f"เขียนคะแนน {len(rows):,} แถวไปที่ {path}", f"{len(rows):,} scores written to {path}")


def _write_errors(
    path: Path, judged: Sequence[JudgedText], listed: StrategyList, level: int, corpus: AlignmentCorpus
) -> None:
    """Of each text that was put elsewhere the waterfall of where it was put, and that of its label."""
    from tracegraph.cli.evaluate_output import ErrorStory, write_errors
    from tracegraph.link.alignment_evaluation import explain

    entries, stories, wrong = listed.at_level(level), [], 0
    names = {row[0]: (row[2] or row[3], row[3]) for row in listed.rows}
    for one in judged:
        right = listed.above(one.text.entry, level)
        first = one.rank(entries)[0][0]
        if first == right or right not in one.chances:
            continue
        wrong += 1
        for uid, what in (
            (first, "เสนอข้อนี้แต่ไม่ตรง / put here, labelled otherwise"),
            (right, "ข้อที่กำหนดไว้ / labelled so"),
        ):
            stories.append(
                ErrorStory(
                    left_id=str(one.text.row),
                    right_id=names[uid][0],
                    left_text=one.text.item.text,
                    right_text=names[uid][1],
                    label=one.text.label,
                    wrong=what,
                    probability=round(one.chances[uid], 4),
                    contributions=explain(one, uid, corpus),
                )
            )
    write_errors(path, stories)
    say(f"เขียนข้อความที่ผิด {wrong:,} ข้อความไปที่ {path}", f"{wrong:,} errors written to {path}")

"""``tracegraph evaluate same-work``: figures on labelled pairs, over the loaded store or over a file of records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import format_option, say, settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracegraph.cli.evaluate_output import FigureLine
    from tracegraph.link.same_work.evaluation import JudgedPair
    from tracegraph.link.same_work.labels import LabelledPair
    from tracegraph.link.same_work.model import Model
    from tracegraph.link.same_work.prepared import Prepared
    from tracegraph.model.items import Item
    from tracegraph.settings import Settings

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
SCORE_COLUMNS = ("left_id", "right_id", "label", "kind", "cluster", "probability", "score", "called", "class", "veto")


@click.command(name="same-work")
@click.option("--labels", required=True, type=_FILE, help="คู่ที่ตัดสินแล้ว / left_id,right_id,label[,kind][,cluster]")
@click.option("--records", type=_FILE, help="รายการจากไฟล์แทนฐานข้อมูล / records of a file (id,text,…), no store")
@click.option("--model", "model_file", type=_FILE, help="แบบจำลองอื่น / another model file (default: the one in use)")
@click.option("--scores", type=_OUT, help="เขียนคะแนนทุกคู่ / write every pair's score (.csv, .json)")
@click.option("--errors", type=_OUT, help="เขียนคู่ที่ผิดพร้อมเหตุผล / write the errors with their waterfalls")
@click.option("--threshold", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="เกณฑ์ / threshold")
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    labels: Path,
    records: Path | None,
    model_file: Path | None,
    scores: Path | None,
    errors: Path | None,
    threshold: float,
    fmt: str,
) -> None:
    """วัดผล "งานเดียวกัน" กับคู่ที่คนตัดสินแล้ว / figures of "same work" on labelled pairs.

    SAME is the same work; DIFF, DIFF-PERIOD and PART are not; UNSURE is left out and counted. Figures are pairwise, by
    cluster (pairs of records in one cluster, and B-cubed), by class, by kind of look-alike and by label.
    """
    from tracegraph.cli.evaluate_output import emit_figures, write_scores
    from tracegraph.cli.label_file import list_numbers, read_labels
    from tracegraph.link.same_work.evaluation import find_wrong, judge
    from tracegraph.link.same_work.labels import find_group_conflicts
    from tracegraph.link.same_work.model import find_model, load_model

    settings = settings_of(ctx)
    model = load_model(model_file) if model_file else find_model(settings.home)
    label_set = read_labels(labels)
    if knots := [pair.row for pair in find_group_conflicts(label_set.pairs)]:
        rows = list_numbers(knots)
        say(
            f"{labels.name}: {len(knots):,} คู่ว่าต่าง แต่คู่อื่นโยงทั้งสองเป็นงานเดียวกัน (ก=ข, ข=ค, ก≠ค) แถว {rows}",
            f"{len(knots):,} pairs are labelled different, yet others join both (A=B, B=C, A≠C), rows {rows}",
        )
    items = load_projects(settings, records)
    pairs, problems = resolve_pairs(label_set.pairs, items, labels.name)
    prepared = prepare_projects(items)
    judged = [judge(label, prepared[a.uid], prepared[b.uid], model) for label, a, b in pairs]
    if scores:
        write_scores(scores, SCORE_COLUMNS, [_score_row(pair, threshold) for pair in judged])
        say(f"เขียนคะแนน {len(judged):,} คู่ไปที่ {scores}", f"{len(judged):,} scores written to {scores}")
    if errors:
        _write_errors(errors, find_wrong(judged, threshold), prepared, model)
    counts = {
        "labelled": len(label_set.pairs),
        "scored": len(judged),
        "unsure": len(label_set.unsure),
        "empty": len(label_set.empty),
        "repeated": len(label_set.repeated),
        "itself": len(label_set.itself),
        "unknown_ids": len(problems),
    }
    say(f"แบบจำลอง {model.name} เกณฑ์ {threshold:g}", f"model {model.name}, threshold {threshold:g}")
    emit_figures([*_count_lines(counts), *build_lines(judged, threshold)], fmt)


def load_projects(settings: Settings, records: Path | None) -> list[Item]:
    """The projects of a file of records, or those of the store."""
    if records:
        from tracegraph.cli.label_file import read_records

        return list(read_records(records).values())
    from tracegraph.graph.store import open_store

    with open_store(settings) as store:
        return list(store.load_items().projects)


def prepare_projects(items: Sequence[Item]) -> dict[str, Prepared]:
    """Every current project prepared among all the others, by uid."""
    from tracegraph.link.same_work.prepare import prepare
    from tracegraph.link.same_work.score import find_current_projects

    around = find_current_projects(items)
    return {one.uid: one for one in prepare(around[uid] for uid in sorted(around))}


def resolve_pairs(
    labels: Sequence[LabelledPair], items: Sequence[Item], name: str
) -> tuple[list[tuple[LabelledPair, Item, Item]], list[tuple[int, str]]]:
    """The labelled pairs with their records, and (row, what is wrong) of those whose ids cannot be told.

    Says what is wrong on stderr; InputError where no pair is left.
    """
    from tracegraph.cli.label_file import list_numbers
    from tracegraph.cli.score import build_index, find_by_id
    from tracegraph.errors import InputError

    index = build_index(items)
    found, problems = [], []
    for label in labels:
        left, right = find_by_id(index, label.left_id), find_by_id(index, label.right_id)
        if isinstance(left, str) or isinstance(right, str):
            problems.append((label.row, "; ".join(side for side in (left, right) if isinstance(side, str))))
        else:
            found.append((label, left, right))
    if problems:
        rows = list_numbers([row for row, _ in problems])
        say(
            f"{name}: {len(problems):,} จาก {len(labels):,} คู่มีรหัสที่ไม่พบหรือไม่ชี้รายการเดียว แถว {rows} เช่น {problems[0][1]}",
            f"{len(problems):,} of {len(labels):,} pairs have an id that is unknown or not unique, rows {rows}",
        )
    if not found:
        raise InputError(
            f"{name}: ไม่มีคู่ที่ใช้ได้ (ตัดสินแล้ว {len(labels):,} คู่ พบรหัสครบ 0 คู่)",
            f"{name}: no pair can be used ({len(labels):,} labelled, none with both ids known)",
            hint_th="ใช้รหัสเดียวกับ tracegraph score หรือระบุ --records ไฟล์รายการ",
            hint_en="use ids as tracegraph score takes them, or name the records with --records",
        )
    return found, problems


_COUNT_TITLES = {
    "labelled": "คู่ที่ตัดสินแล้ว / pairs with a label",
    "scored": "ให้คะแนนได้ / scored",
    "unsure": "ไม่แน่ใจ ไม่นับ / UNSURE, left out",
    "empty": "ยังไม่ตัดสิน / no label yet",
    "repeated": "กล่าวซ้ำ นับครั้งเดียว / said again, counted once",
    "itself": "รายการเดียวกันทั้งสองข้าง / a record with itself",
    "unknown_ids": "รหัสที่ไม่พบหรือไม่ชี้รายการเดียว / ids unknown or not unique",
}


def _count_lines(counts: dict[str, int]) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine

    rows = counts["labelled"] + sum(counts[name] for name in ("unsure", "empty", "repeated", "itself"))
    below = {"scored": counts["labelled"], "unknown_ids": counts["labelled"]}
    return [
        FigureLine("data", name, None, count, below.get(name, rows), _COUNT_TITLES[name])
        for name, count in counts.items()
    ]


def build_lines(judged: Sequence[JudgedPair], threshold: float) -> list[FigureLine]:
    """All figures of judged pairs: together, by cluster, by class, by kind, by label, and the reliability table."""
    from tracegraph.cli.evaluate_output import build_figures, build_reliability_lines
    from tracegraph.link.same_work.evaluation import compare_clusters, split_pairs
    from tracegraph.model.graph import CLASS_BY_CODE

    scored = [pair.scored for pair in judged]
    lines = build_figures("pairwise", scored, threshold)
    lines += _cluster_lines(compare_clusters(judged, threshold))
    for code, pairs in split_pairs(judged, lambda pair: pair.work_class or "none").items():
        known = CLASS_BY_CODE.get(code)
        title = f"{known.th} / {known.en}" if known else "ไม่มีประเภท / no class"
        lines += _part_lines(f"class: {code}", pairs, threshold, title)
    for kind, pairs in split_pairs(judged, lambda pair: pair.label.kind).items():
        lines += _part_lines(f"kind: {kind}", pairs, threshold)
    for label, pairs in split_pairs(judged, lambda pair: pair.label.label).items():
        lines += _part_lines(f"label: {label}", pairs, threshold)
    return [*lines, *build_reliability_lines(scored)]


def _part_lines(part: str, pairs: Sequence[JudgedPair], threshold: float, title: str = "") -> list[FigureLine]:
    """Precision and recall where the part has pairs of one work; merged look-alikes where it has others."""
    from tracegraph.cli.evaluate_output import build_figures

    true = sum(pair.label.same for pair in pairs)
    wanted = (["precision", "recall"] if true else []) + (["false_merges"] if true < len(pairs) else [])
    lines = build_figures(part, [pair.scored for pair in pairs], threshold, figures=wanted)
    return [line.titled(title) for line in lines]


def _cluster_lines(found: Any) -> list[FigureLine]:
    from tracegraph.cli.evaluate_output import FigureLine

    pairs, part = found.pairwise, "clusters"
    called, true = pairs.found + pairs.wrong, pairs.found + pairs.missed
    of_pairs, of_records = "คู่ในกลุ่มเดียวกัน / pairs in one cluster", "B-cubed ต่อรายการ / B-cubed over records"
    return [
        FigureLine(part, "found", None, found.found, found.true, "กลุ่มที่พบต่อกลุ่มจริง / clusters found, true ones"),
        FigureLine(part, "cut_at_veto", None, found.cuts, None, "ตัดเพราะข้อห้าม / joins cut at a veto"),
        FigureLine(part, "pairwise_precision", pairs.precision, pairs.found, called, of_pairs),
        FigureLine(part, "pairwise_recall", pairs.recall, pairs.found, true, of_pairs),
        FigureLine(part, "pairwise_f1", pairs.f1, 2 * pairs.found, called + true, of_pairs),
        FigureLine(part, "bcubed_precision", found.precision, None, found.records, of_records),
        FigureLine(part, "bcubed_recall", found.recall, None, found.records, of_records),
        FigureLine(part, "bcubed_f1", found.f1, None, found.records, of_records),
    ]


def _score_row(pair: JudgedPair, threshold: float) -> dict[str, Any]:
    label = pair.label
    return {
        "left_id": label.left_id,
        "right_id": label.right_id,
        "label": label.label,
        "kind": label.kind,
        "cluster": label.cluster,
        "probability": pair.probability,
        "score": pair.score,
        "called": int(pair.probability >= threshold),
        "class": pair.work_class,
        "veto": pair.veto,
    }


def _write_errors(path: Path, wrong: Sequence[JudgedPair], prepared: dict[str, Prepared], model: Model) -> None:
    from tracegraph.cli.evaluate_output import ErrorStory, write_errors
    from tracegraph.link.same_work.score import score_prepared

    stories = []
    for pair in wrong:
        left, right = prepared[pair.left], prepared[pair.right]
        stories.append(
            ErrorStory(
                left_id=pair.label.left_id,
                right_id=pair.label.right_id,
                left_text=left.item.text,
                right_text=right.item.text,
                label=pair.label.label,
                wrong="งานเดียวกันแต่ไม่พบ / missed" if pair.label.same else "คนละงานแต่ถูกรวม / merged",
                probability=pair.probability,
                contributions=score_prepared(left, right, model).contributions,
                kind=pair.label.kind,
                work_class=pair.work_class,
            )
        )
    write_errors(path, stories)
    say(f"เขียนคู่ที่ผิด {len(stories):,} คู่ไปที่ {path}", f"{len(stories):,} errors written to {path}")

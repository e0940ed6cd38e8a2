"""What the three commands of ``tracegraph evaluate`` print and write: figures with their denominators, scores, errors.

Files are CSV for spreadsheets (UTF-8 with BOM, no cell that a spreadsheet would run) or, by their ending, JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tracegraph.cli.common import emit
from tracegraph.errors import InputError
from tracegraph.ingest.spreadsheet_text import safe_cell
from tracegraph.link.evaluate import (
    Scored,
    build_reliability,
    find_average_precision,
    find_calibration_error,
    find_recall_at,
    measure,
)
from tracegraph.model.records import Contribution

#: The precision at which recall is reported.
HIGH_PRECISION = 0.95

TITLES = {
    "pairs": "จำนวนคู่ / pairs",
    "precision": "ความแม่นยำ / precision",
    "recall": "ความครบถ้วน / recall",
    "f1": "F1",
    "average_precision": "ความแม่นยำเฉลี่ย / average precision",
    "recall_at_precision_95": "ความครบถ้วนที่ความแม่นยำ .95 / recall at precision .95",
    "calibration_error": "ความคลาดเคลื่อนของความน่าจะเป็น / calibration error",
    "false_merges": "ต่างกันแต่ถูกรวม / different but merged",
}
COLUMNS = ("part", "figure", "value", "numerator", "denominator", "title")


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of one part of the data: ``part`` is 'all', 'class: carried', 'kind: village' …

    ``numerator`` and ``denominator`` are counts where the figure is a ratio of counts; else ``denominator`` is the
    number of cases behind it and ``numerator`` None. ``value`` is None where there is no denominator.
    """

    part: str
    figure: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    title: str = ""

    def titled(self, title: str) -> FigureLine:
        """The same figure, its title before the usual words."""
        return replace(self, title=f"{title}: {self.title}" if title else self.title)


def build_figures(
    part: str, pairs: Sequence[Scored], threshold: float = 0.5, *, figures: Collection[str] | None = None
) -> list[FigureLine]:
    """The standard figures of scored pairs (probability, truth), or those of them that ``figures`` names."""
    at = measure(pairs, threshold)
    others = len(pairs) - at.found - at.missed
    true = at.found + at.missed
    recall = find_recall_at(pairs, HIGH_PRECISION) if true else None
    lines = [
        ("precision", at.precision, at.found, at.found + at.wrong),
        ("recall", at.recall, at.found, true),
        ("f1", at.f1, 2 * at.found, 2 * at.found + at.wrong + at.missed),
        ("average_precision", find_average_precision(pairs), None, true),
        ("recall_at_precision_95", recall, None if recall is None else round(recall * true), true),
        ("calibration_error", find_calibration_error(pairs), None, len(pairs)),
        ("false_merges", at.wrong / others if others else None, at.wrong, others),
    ]
    wanted = [line for line in lines if figures is None or line[0] in figures]
    return [FigureLine(part, name, value, above, below, TITLES[name]) for name, value, above, below in wanted]


def build_reliability_lines(pairs: Sequence[Scored], bins: int = 10) -> list[FigureLine]:
    """The reliability table: of the pairs of each bin of probability the share that is true, beside the promise."""
    return [
        FigureLine(
            f"probability {one.low:.2g}–{one.high:.2g}",
            "observed",
            one.observed,
            round(one.observed * one.pairs),
            one.pairs,
            f"สัดส่วนจริง สัญญาไว้ {one.promised:.4f} / observed share, promised {one.promised:.4f}",
        )
        for one in build_reliability(pairs, bins)
    ]


def emit_figures(lines: Sequence[FigureLine], fmt: str) -> None:
    """Figures on stdout, four decimals on screen, exact values in JSON and CSV."""
    rows = [
        {
            "part": line.part,
            "figure": line.figure,
            "value": show_share(line.value) if fmt == "table" else line.value,
            "numerator": line.numerator,
            "denominator": line.denominator,
            "title": line.title or TITLES.get(line.figure, ""),
        }
        for line in lines
    ]
    emit(COLUMNS, rows, fmt)


def show_share(value: float | None) -> str:
    """A figure with four decimals; a dash where it has no denominator."""
    return "–" if value is None else f"{value:.4f}"


@dataclass(frozen=True, slots=True)
class ErrorStory:
    """One case that was decided wrongly, with the waterfall that shows why.

    ``wrong`` says in Thai and English what went wrong; ``contributions`` are in log-odds and add up to the score.
    """

    left_id: str
    right_id: str
    left_text: str
    right_text: str
    label: str
    wrong: str
    probability: float
    contributions: tuple[Contribution, ...]
    kind: str = ""
    work_class: str | None = None


def write_scores(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Every case with its score, as CSV that Excel opens with Thai intact, or JSON where the name ends in .json."""
    if path.suffix.lower() == ".json":
        _write(
            path, json.dumps([{c: row.get(c) for c in columns} for row in rows], ensure_ascii=False, indent=1) + "\n"
        )
        return
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_cell(column) for column in columns])
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    _write(path, "\ufeff" + out.getvalue())


def write_errors(path: Path, errors: Sequence[ErrorStory]) -> None:
    """Errors with their waterfalls: JSON nests the contributions, CSV has a row for each, with the running sum."""
    if path.suffix.lower() == ".json":
        _write(path, json.dumps([_nested(error) for error in errors], ensure_ascii=False, indent=1) + "\n")
        return
    columns = (*_HEAD, "feature", "weight", "sum", "left", "right", "th", "en")
    write_scores(path, columns, [row for error in errors for row in _waterfall_rows(error)])


_HEAD = ("left_id", "right_id", "label", "wrong", "kind", "probability", "class", "left_text", "right_text")


def _head(error: ErrorStory) -> dict[str, Any]:
    return {
        "left_id": error.left_id,
        "right_id": error.right_id,
        "label": error.label,
        "wrong": error.wrong,
        "kind": error.kind,
        "probability": error.probability,
        "class": error.work_class,
        "left_text": error.left_text,
        "right_text": error.right_text,
    }


def _nested(error: ErrorStory) -> dict[str, Any]:
    parts = [
        {key: row[key] for key in ("feature", "weight", "sum", "left", "right", "th", "en")}
        for row in _waterfall_rows(error)
    ]
    return {**_head(error), "contributions": parts}


def _waterfall_rows(error: ErrorStory) -> Iterable[dict[str, Any]]:
    running = 0.0
    for part in error.contributions:
        running += part.weight
        yield {
            **_head(error),
            "feature": part.feature,
            "weight": part.weight,
            "sum": running,
            "left": part.left,
            "right": part.right,
            "th": part.th,
            "en": part.en,
        }


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False)
    return safe_cell(value) if isinstance(value, str) else value


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"เขียนไฟล์ {path} ไม่ได้: {error}", f"cannot write {path}: {error}") from error

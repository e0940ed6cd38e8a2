"""The report of an import: what went in, what did not and why, as files that an officer can open and mend."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tracegraph import __version__
from tracegraph.errors import InputError
from tracegraph.model.records import Problem, RecordBatch, RowFate, RowReport

REPORT = "report.json"
QUARANTINE = "quarantine.csv"
PROBLEMS = "problems.csv"

#: Columns added after the source's own; in the words of the page that shows them.
PROBLEM_COLUMNS = (
    "ไฟล์/file",
    "แผ่นงาน/sheet",
    "แถว/row",
    "คอลัมน์/column",
    "ปัญหา/problem",
    "พบ/found",
    "ควรเป็น/expected",
    "คำอธิบาย",
    "explanation",
)
#: What ``problems.csv`` says of each problem, as severity.
_SEVERITY = {"error": "กักไว้/error", "warning": "โปรดตรวจสอบ/warning"}

_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
_HARMLESS = re.compile(r"[-+] ?[0-9][0-9,. ]*|-+")  # a negative number, or dashes for "nothing"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken at all, and why."""

    file: str
    error: InputError


def safe_cell(text: str) -> str:
    """The text as a spreadsheet will show and never run it: what begins like a formula gets an apostrophe."""
    begins = text.startswith(_FORMULA_START) and not _HARMLESS.fullmatch(text)
    return f"'{text}" if begins else text


def write_report(batches: Sequence[RecordBatch], folder: Path, *, refused: Sequence[Refused] = ()) -> Path:
    """Write the report into ``folder`` and return that folder.

    ``report.json`` tells all for programs. For people: ``problems.csv``, one line for each problem (errors first), and
    ``quarantine.csv``, the quarantined rows with all their cells; each only where there is something to say.
    """
    folder.mkdir(parents=True, exist_ok=True)
    report = {
        "version": __version__,
        "files": [describe_batch(batch) for batch in batches],
        "refused": [_describe_refusal(one) for one in refused],
    }
    text = json.dumps(report, ensure_ascii=False, indent=2)
    (folder / REPORT).write_text(text + "\n", encoding="utf-8")
    rows = [row for batch in batches for row in batch.rows if row.fate is RowFate.QUARANTINED]
    if rows:
        _write_quarantine(rows, folder / QUARANTINE)
    problems = [problem for batch in batches for problem in batch.problems]
    if problems:
        _write_problems(problems, folder / PROBLEMS)
    return folder


def count_fates(batch: RecordBatch) -> dict[str, int]:
    """Rows in, and how many met each fate; the fates add up to the rows."""
    counts = {fate.value: sum(1 for row in batch.rows if row.fate is fate) for fate in RowFate}
    return {"rows": len(batch.rows), **counts}


def describe_batch(batch: RecordBatch) -> dict[str, Any]:
    """One file of the report: its content's hash, the fates of its rows, what it brought, and every problem."""
    return {
        "file": batch.document.file,
        "sha256": batch.document.sha256,
        "kind": batch.document.kind,
        "series": batch.document.series,
        "counts": count_fates(batch),
        "records": {
            "plans": len(batch.plans),
            "needs": len(batch.needs),
            "projects": len(batch.projects),
            "strategies": len(batch.strategies),
            "links": len(batch.links) + len(batch.pending),
        },
        "problems": [asdict(problem) for problem in batch.problems],
    }


def _describe_refusal(refused: Refused) -> dict[str, Any]:
    error = refused.error
    return {
        "file": refused.file,
        "code": error.code,
        "th": error.th,
        "en": error.en,
        "hint_th": error.hint_th,
        "hint_en": error.hint_en,
    }


def _write_quarantine(rows: Sequence[RowReport], path: Path) -> None:
    headings = list(dict.fromkeys(heading for row in rows for heading, _ in row.cells))

    def cells(row: RowReport) -> list[str]:
        said: Mapping[str, str] = dict(row.cells)
        return [*(said.get(heading, "") for heading in headings), *_problem_cells(row)]

    _write_csv(path, (*headings, *PROBLEM_COLUMNS), map(cells, rows))


def _write_problems(problems: Sequence[Problem], path: Path) -> None:
    first_errors = sorted(problems, key=lambda problem: problem.severity != "error")
    lines = (
        (
            p.file, p.sheet, "" if p.row is None else str(p.row), p.column or "", f"{_SEVERITY[p.severity]}: {p.code}",
            p.found, p.expected, p.th, p.en,
        )
        for p in first_errors
    )  # fmt: skip
    _write_csv(path, PROBLEM_COLUMNS, lines)


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark makes Excel read Thai
        writer = csv.writer(file)
        writer.writerow([safe_cell(heading) for heading in headings])
        writer.writerows([safe_cell(cell) for cell in row] for row in rows)


def _problem_cells(row: RowReport) -> Iterable[str]:
    errors = [problem for problem in row.problems if problem.severity == "error"]
    return (
        row.file,
        row.sheet,
        str(row.row),
        _joined(errors, "column"),
        _joined(errors, "code"),
        _joined(errors, "found"),
        _joined(errors, "expected"),
        _joined(errors, "th"),
        _joined(errors, "en"),
    )


def _joined(problems: Sequence[Problem], name: str) -> str:
    return "; ".join(text for problem in problems if (text := str(getattr(problem, name) or "")))

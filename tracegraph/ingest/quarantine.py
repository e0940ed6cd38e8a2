"""The report of an import: what went in, what did not and why, as files that an officer can open and mend."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracegraph.errors import InputError
from tracegraph.ingest.mending import PROBLEM_COLUMNS, problem_cells
from tracegraph.ingest.quarantine_files import QuarantineFile, write_quarantine_files
from tracegraph.ingest.report_json import count_fates, describe_batch, write_json
from tracegraph.ingest.report_rows import SEVERITY_WORDS
from tracegraph.ingest.report_xlsx import write_workbook
from tracegraph.ingest.spreadsheet_text import safe_cell
from tracegraph.model.records import Problem, RecordBatch, RowFate, RowReport

__all__ = ["PROBLEM_COLUMNS", "Refused", "count_fates", "describe_batch", "safe_cell", "write_report"]

REPORT = "report.json"
WORKBOOK = "report.xlsx"
QUARANTINE = "quarantine.csv"
PROBLEMS = "problems.csv"


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken at all, and why."""

    file: str
    error: InputError


def write_report(batches: Sequence[RecordBatch], folder: Path, *, refused: Sequence[Refused] = ()) -> Path:
    """Write the report into ``folder`` and return that folder.

    ``report.json`` tells all for programs, ``report.xlsx`` for people. Only where there is something to say:
    ``problems.csv``, one line for each problem (errors first); ``quarantine.csv``, all quarantined rows with all their
    cells; and ``quarantine/``, for each source table its quarantined rows, to be mended and imported again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = write_quarantine_files(batches, folder)
    write_json(batches, [_describe_refusal(one) for one in refused], _by_document(files), folder / REPORT)
    names = {(file.document, file.table): file.path for file in files}
    told = [(one.file, one.error.th, one.error.en) for one in refused]
    write_workbook(batches, told, names, folder / WORKBOOK)
    rows = [row for batch in batches for row in batch.rows if row.fate is RowFate.QUARANTINED]
    if rows:
        _write_quarantine(rows, folder / QUARANTINE)
    problems = [problem for batch in batches for problem in batch.problems]
    if problems:
        _write_problems(problems, folder / PROBLEMS)
    return folder


def _by_document(files: Iterable[QuarantineFile]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in files:
        found.setdefault(file.document, []).append(file.path)
    return found


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
        return [*(said.get(heading, "") for heading in headings), *problem_cells(row)]

    _write_csv(path, (*headings, *PROBLEM_COLUMNS), map(cells, rows))


def _write_problems(problems: Sequence[Problem], path: Path) -> None:
    first_errors = sorted(problems, key=lambda problem: problem.severity != "error")
    lines = (
        (
            p.file, p.sheet, "" if p.row is None else str(p.row), p.column or "",
            f"{SEVERITY_WORDS[p.severity]}: {p.code}", p.found, p.expected, p.th, p.en,
        )
        for p in first_errors
    )  # fmt: skip
    _write_csv(path, PROBLEM_COLUMNS, lines)


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark makes Excel read Thai
        writer = csv.writer(file)
        writer.writerow([safe_cell(heading) for heading in headings])
        writer.writerows([safe_cell(cell) for cell in row] for row in rows)

"""Stated links whose ids the graph does not hold: known only on writing, told beside what reading found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracegraph.model.records import Problem, RecordBatch, RowFate, RowReport

_TABLE_OF_LINKS = "links"
_HINTS = {
    "unknown-id": (
        "ตรวจรหัส หรือนำเข้าไฟล์ที่มีรหัสนี้ แล้วระบบจะเชื่อมให้เอง",
        "check the id, or import the file that has it: the link is then made",
    ),
    "ambiguous-id": (
        "ใช้รหัสเต็ม หรือ ไฟล์#แผ่นงาน#แถว แทน",
        "use the full uid, or file#sheet#row, instead",
    ),
}


def add_unresolved(batches: Sequence[RecordBatch], problems: Iterable[Problem]) -> list[RecordBatch]:
    """The batches with the problems found on writing them.

    A row of a table of links that could not be written is quarantined (its link waits for the id); a row of a plan
    went in without that one link, and is warned of.
    """
    at: dict[tuple[str, str, int | None], list[Problem]] = {}
    for problem in problems:
        at.setdefault((problem.file, problem.sheet, problem.row), []).append(problem)
    return [_add(batch, at) for batch in batches] if at else list(batches)


def _add(batch: RecordBatch, at: dict[tuple[str, str, int | None], list[Problem]]) -> RecordBatch:
    kind = batch.document.kind
    rows: list[RowReport] = []
    added: list[Problem] = []
    for row in batch.rows:
        found = at.get((row.file, row.sheet, row.row), []) if row.fate is RowFate.LOADED else []
        whole = tuple(_explain(problem, row, kind) for problem in found)
        fate = RowFate.QUARANTINED if whole and kind == _TABLE_OF_LINKS else row.fate
        rows.append(replace(row, fate=fate, problems=(*row.problems, *whole)) if whole else row)
        added += whole
    return replace(batch, rows=tuple(rows), problems=(*batch.problems, *added)) if added else batch


def _explain(problem: Problem, row: RowReport, kind: str) -> Problem:
    hint_th, hint_en = _HINTS.get(problem.code, ("", ""))
    return replace(
        problem,
        severity="error" if kind == _TABLE_OF_LINKS else "warning",
        column=problem.column or next((heading for heading, cell in row.cells if cell.strip() == problem.found), None),
        th=f"{problem.th} — {hint_th}" if hint_th else problem.th,
        en=f"{problem.en}; {hint_en}" if hint_en else problem.en,
    )

"""``report.json``: everything that an import found, for programs; written as it is told, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import IO, Any

from tracegraph import __version__
from tracegraph.ingest.report_rows import BatchRows
from tracegraph.model.records import Problem, RecordBatch, RowFate, RowReport

_PROBLEM = tuple(one.name for one in fields(Problem))


def count_fates(batch: RecordBatch) -> dict[str, int]:
    """Rows in, and how many met each fate; the fates add up to the rows."""
    counts = {fate.value: sum(1 for row in batch.rows if row.fate is fate) for fate in RowFate}
    return {"rows": len(batch.rows), **counts}


def describe_batch(batch: RecordBatch) -> dict[str, Any]:
    """One file of the report: its content's hash, the fates of its rows, what it brought, and every problem."""
    return _describe_file(batch) | {"problems": [asdict(problem) for problem in batch.problems]}


def _describe_file(batch: RecordBatch) -> dict[str, Any]:
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
        "layouts": [asdict(layout) for layout in batch.layouts],
    }


def write_json(
    batches: Sequence[RecordBatch], refused: Sequence[dict[str, Any]], files: dict[str, list[str]], path: Path
) -> None:
    """Write the report: ``files`` (each with ``layouts``, quarantine files, ``problems`` and ``rows``), ``refused``.

    Problems and rows stand one on a line and are never all in memory.

    ``files`` gives the quarantine files of a document by its uid.
    """
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'{{\n"version": {json.dumps(__version__)},\n"files": [')
        for number, batch in enumerate(batches):
            out.write(",\n" if number else "\n")
            _write_file(out, batch, files.get(batch.document.uid, []))
        out.write(f'\n],\n"refused": {json.dumps(list(refused), ensure_ascii=False, indent=2)}\n}}\n')


def _write_file(out: IO[str], batch: RecordBatch, files: list[str]) -> None:
    text = json.dumps(_describe_file(batch) | {"quarantine_files": files}, ensure_ascii=False, indent=2)
    out.write(text[: text.rindex("\n}")])
    _write_lines(out, "problems", (_problem(problem) for problem in batch.problems))
    rows = BatchRows(batch)
    _write_lines(out, "rows", (_row(row, rows) for row in batch.rows))
    out.write("\n}")


def _problem(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in _PROBLEM}


def _row(row: RowReport, rows: BatchRows) -> dict[str, Any]:
    told: dict[str, Any] = {"sheet": row.sheet, "row": row.row, "fate": row.fate.value, "uid": row.uid}
    told["name"] = rows.name_of(row)
    if page := rows.page_of(row):
        told["page"] = page
    if row.problems:
        told["problems"] = [problem.code for problem in row.problems]
    return told


def _write_lines(out: IO[str], name: str, entries: Iterable[dict[str, Any]]) -> None:
    """A list of objects, one on a line."""
    write, encode = out.write, json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    write(f',\n  "{name}": [')
    first = True
    for entry in entries:
        write(("\n    " if first else ",\n    ") + encode(entry))
        first = False
    write("]" if first else "\n  ]")

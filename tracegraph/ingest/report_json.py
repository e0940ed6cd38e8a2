"""``report.json``: everything that an import found, for programs; written as it is told, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from tracegraph import __version__
from tracegraph.ingest.report_rows import BatchRows
from tracegraph.model.records import RecordBatch, RowFate, RowReport


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
        "layouts": [asdict(layout) for layout in batch.layouts],
    }


def write_json(
    batches: Sequence[RecordBatch], refused: Sequence[dict[str, Any]], files: dict[str, list[str]], path: Path
) -> None:
    """Write the report: ``files`` (each with ``layouts``, ``rows`` one a line, its quarantine files), ``refused``.

    ``files`` gives the quarantine files of a document by its uid.
    """
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'{{\n"version": {json.dumps(__version__)},\n"files": [')
        for number, batch in enumerate(batches):
            out.write(",\n" if number else "\n")
            _write_file(out, batch, files.get(batch.document.uid, []))
        out.write(f'\n],\n"refused": {json.dumps(list(refused), ensure_ascii=False, indent=2)}\n}}\n')


def _write_file(out: IO[str], batch: RecordBatch, files: list[str]) -> None:
    told = describe_batch(batch) | {"quarantine_files": files}
    text = json.dumps(told, ensure_ascii=False, indent=2)
    out.write(text[: text.rindex("\n}")] + ',\n  "rows": [')
    _write_lines(out, _rows(batch))
    out.write("]\n}")


def _rows(batch: RecordBatch) -> Iterator[str]:
    rows = BatchRows(batch)
    for row in batch.rows:
        yield json.dumps(_row(row, rows), ensure_ascii=False, separators=(",", ":"))


def _row(row: RowReport, rows: BatchRows) -> dict[str, Any]:
    told: dict[str, Any] = {"sheet": row.sheet, "row": row.row, "fate": row.fate.value, "uid": row.uid}
    told["name"] = rows.name_of(row)
    if page := rows.page_of(row):
        told["page"] = page
    if row.problems:
        told["problems"] = [problem.code for problem in row.problems]
    return told


def _write_lines(out: IO[str], lines: Iterable[str]) -> None:
    first = True
    for line in lines:
        out.write(("\n    " if first else ",\n    ") + line)
        first = False
    if not first:
        out.write("\n  ")

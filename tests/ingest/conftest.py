"""Files as planners keep them, made on the spot."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import Problem, RecordBatch

Rows = Sequence[Sequence[object]]
MakeFile = Callable[..., Path]
ReadOne = Callable[..., RecordBatch]


@pytest.fixture
def csv_file(tmp_path: Path) -> MakeFile:
    """Write rows as a CSV file: ``csv_file(rows, "name.csv", encoding="cp874", delimiter=";")``."""

    def make(rows: Rows, name: str = "table.csv", *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return make


@pytest.fixture
def xlsx_file(tmp_path: Path) -> MakeFile:
    """Write worksheets as a workbook: ``xlsx_file({"Sheet": rows}, merges={"Sheet": ["A1:C1"]})``."""

    def make(
        sheets: dict[str, Rows],
        name: str = "book.xlsx",
        *,
        merges: dict[str, list[str]] | None = None,
        hidden: Sequence[str] = (),
    ) -> Path:
        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for area in (merges or {}).get(title, ()):
                sheet.merge_cells(area)
            sheet.sheet_state = "hidden" if title in hidden else "visible"
        path = tmp_path / name
        book.save(path)
        return path

    return make


@pytest.fixture
def read_one() -> ReadOne:
    """Read one file with everything stated that a lone table leaves out."""

    def read(path: Path, **stated: str) -> RecordBatch:
        context = ImportContext(**{"owner": "อบต.คลองเขม้า", "years": "2566-2570", **stated})
        (batch,) = read_files([path], context=context)
        return batch

    return read


def codes(problems: Sequence[Problem]) -> list[str]:
    """The codes of problems, in order."""
    return [problem.code for problem in problems]

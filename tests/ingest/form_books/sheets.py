"""Sheets of rows, and the files they are written to: XLSX, CSV and Word."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import Workbook

from tests.ingest.docx_documents import cell, paragraph, row, table, write_docx

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, rows from row 1, merged ranges, and what a person would not see."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[str, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()

    def named(self, title: str) -> Sheet:
        """The same sheet under another name."""
        return replace(self, title=title)


def sheet(title: str, rows: Sequence[Sequence[Cell]], merges: Sequence[str] = ()) -> Sheet:
    """A sheet of rows of any kind."""
    return Sheet(title, tuple(tuple(line) for line in rows), tuple(merges))


def write_book(path: Path, *sheets: Sheet) -> Path:
    """The sheets as an XLSX workbook."""
    book = Workbook()
    book.remove(book.active)
    for one in sheets:
        page = book.create_sheet(one.title)
        for line in one.rows:
            page.append(list(line))
        for area in one.merges:
            page.merge_cells(area)
        for number in one.hidden_rows:
            page.row_dimensions[number].hidden = True
        page.sheet_state = "hidden" if one.hidden else "visible"
    book.save(path)
    return path


def write_csv(path: Path, one: Sheet) -> Path:
    """The sheet as CSV, which keeps no merges."""
    text = io.StringIO()
    width = max(len(line) for line in one.rows)
    csv.writer(text).writerows(
        ("" if c is None else c for c in (*line, *[None] * (width - len(line)))) for line in one.rows
    )
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return path


def write_word(path: Path, one: Sheet, heading_at: int) -> Path:
    """The sheet as a Word document: what stands above row ``heading_at`` (from 1) as paragraphs, then a table."""
    above, below = one.rows[: heading_at - 1], one.rows[heading_at - 1 :]
    width = max(len(line) for line in below)
    lines = [paragraph(str(next((c for c in line if c is not None), ""))) for line in above]
    rows = [row(*(cell("" if c is None else str(c)) for c in (*line, *[None] * (width - len(line))))) for line in below]
    return write_docx(path, *lines, table(*rows))

"""Quarantine files: the rows of a table that did not go in, to be mended and imported again.

Each stands in its source's own columns, with what the rows took from other lines of their table in columns of its own,
and the problems after them. A mapping file beside it says whose plan the rows belong to, so that a mended row gets the
place in the graph that it would have had in the source.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import yaml

from tracegraph.ingest.editions import find_edition
from tracegraph.ingest.file_names import safe_stem
from tracegraph.ingest.mending import MendingTable, build_mending_table
from tracegraph.ingest.report_rows import BatchRows, TableKey
from tracegraph.ingest.spreadsheet_text import begins_formula, safe_cell
from tracegraph.ingest.xlsx_writer import LONGEST_CELL, SheetShape, WorkbookWriter, sheet_title
from tracegraph.model.records import MENDED, RecordBatch, RowFate, RowReport

FOLDER = "quarantine"
_HOW_TO = (
    '# แก้ช่องที่ผิดใน {name} บันทึก แล้วสั่ง: tracegraph import "{name}" (เก็บไฟล์นี้ไว้ข้างกัน)',
    '# Mend the cells in {name}, save it, then run: tracegraph import "{name}" (keep this file beside it)',
)
_NARROW, _WIDE = 14, 36


@dataclass(frozen=True, slots=True)
class QuarantineFile:
    """A file that was written: of which document and table, its path within the report's folder, how many rows."""

    document: str
    table: TableKey
    path: str
    rows: int


def write_quarantine_files(batches: Sequence[RecordBatch], folder: Path) -> list[QuarantineFile]:
    """Write one file for each table with quarantined rows into ``folder/quarantine``, each with its mapping file."""
    written: list[QuarantineFile] = []
    taken: list[str] = []
    for batch in batches:
        known = BatchRows(batch)
        rows_of = _by_table(known)
        tables = list(rows_of)
        for key, rows in rows_of.items():
            if not rows:
                continue
            sheet = key[0]
            table = build_mending_table(batch, known.find_layout(sheet, rows[0].row), rows)
            stem = safe_stem(_stem_of(batch, key, tables), taken)
            taken.append(stem)
            target = folder / FOLDER
            target.mkdir(parents=True, exist_ok=True)
            path = _write_table(table, target, stem, sheet, from_csv=_is_csv(batch))
            if table.mapping is not None:
                _write_mapping(table.mapping | {"document": _document(batch, key, table)}, path)
            written.append(QuarantineFile(batch.document.uid, key, f"{FOLDER}/{path.name}", len(rows)))
    return written


def mended_series(batch: RecordBatch, table: TableKey) -> str:
    """The series of the mended rows of one table: its own for each version of the document, so none takes another's."""
    mark = hashlib.blake2b(f"{batch.document.uid}\x1f{table[0]}\x1f{table[1]}".encode(), digest_size=6).hexdigest()
    return f"{batch.document.series}{MENDED}{mark}"


def _by_table(known: BatchRows) -> dict[TableKey, list[RowReport]]:
    """Every table with its quarantined rows, which may be none."""
    found: dict[TableKey, list[RowReport]] = {}
    for row in known.batch.rows:
        rows = found.setdefault(known.table_of(row.sheet, row.row), [])
        if row.fate is RowFate.QUARANTINED and row.cells:
            rows.append(row)
    return found


def _stem_of(batch: RecordBatch, table: TableKey, tables: Sequence[TableKey]) -> str:
    """The file's name and, where it has several tables, the sheet's.

    A name is read for the edition of a plan: a sheet's that would say one is left to its number.
    """
    stem = str(PurePath(batch.document.file).with_suffix(""))  # a.zip/b.xlsx keeps the archive's name
    if not table[0] or len(tables) <= 1:
        return stem
    named = f"{stem} {table[0]}"
    return named if find_edition(named) == find_edition(stem) else f"{stem} {tables.index(table) + 1}"


def _is_csv(batch: RecordBatch) -> bool:
    return PurePath(batch.document.file).suffix.lower() in (".csv", ".txt", ".tsv")


def _write_table(table: MendingTable, folder: Path, stem: str, sheet: str, *, from_csv: bool) -> Path:
    """A CSV for a CSV, unless a cell begins like a formula: only a workbook can hold that as plain text."""
    source = [line[: table.source_columns] for line in table.lines]
    risky = any(begins_formula(cell) for line in (table.headings[: table.source_columns], *source) for cell in line)
    too_long = any(len(cell) > LONGEST_CELL for line in source for cell in line)
    if too_long or (from_csv and not risky):
        return _write_csv(table, folder / f"{stem}.csv")
    path = folder / f"{stem}.xlsx"
    widths = tuple(_width(table, at) for at in range(len(table.headings)))
    with WorkbookWriter(path) as book:
        book.write_sheet(SheetShape(sheet_title(sheet or stem, ()), table.headings, widths), table.lines)
    return path


def _write_csv(table: MendingTable, path: Path) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark makes Excel read Thai
        writer = csv.writer(file)
        writer.writerow([safe_cell(heading) for heading in table.headings])
        writer.writerows([safe_cell(cell) for cell in line] for line in table.lines)
    return path


def _width(table: MendingTable, at: int) -> int:
    longest = max((len(line[at]) for line in table.lines[:200]), default=0)
    return _WIDE if max(longest, len(table.headings[at])) > _NARROW else _NARROW


def _document(batch: RecordBatch, key: TableKey, table: MendingTable) -> dict[str, Any]:
    stated: dict[str, Any] = dict(table.document)
    stated["series"] = mended_series(batch, key)
    if batch.document.sample:
        stated["sample"] = True
    return stated


def _write_mapping(mapping: dict[str, Any], path: Path) -> None:
    lines = [line.format(name=path.name) for line in _HOW_TO]
    ordered = {name: mapping[name] for name in _order(mapping)}
    taken = ordered.pop("taken", "")
    text = yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=1000)
    if taken:  # thousands of plain lines, which yaml would look at letter by letter
        text += "taken: |\n" + "".join(f"  {line}\n" for line in taken.splitlines())
    path.with_suffix(".yaml").write_text("\n".join([*lines, text]), encoding="utf-8")


def _order(mapping: dict[str, Any]) -> Iterable[str]:
    return sorted(mapping, key=("document", "columns", "money", "constants", "ignore", "taken").index)

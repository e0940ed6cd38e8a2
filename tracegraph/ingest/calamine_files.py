"""Read .xls and .xlsb workbooks: values by python-calamine, what it leaves out by readers of our own.

The library ends its whole process on absurd counts in a file: it runs in the child only.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass, replace
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from tracegraph.errors import FileRefused
from tracegraph.ingest.cell_references import Range
from tracegraph.ingest.cell_values import read_value
from tracegraph.ingest.merges import cover_cells
from tracegraph.ingest.ole_stream import find_stream
from tracegraph.ingest.tables import Limits, Remark, Row, Table
from tracegraph.ingest.xls_notes import XlsMarks, read_xls_marks
from tracegraph.ingest.xlsb_marks import XlsbMarks, read_xlsb_marks
from tracegraph.ingest.xlsx_files import DAMAGED, OnSheet, damaged
from tracegraph.ingest.xlsx_sheet import too_large
from tracegraph.ingest.zip_look import locked, open_parts

#: Names of streams in an OLE file → what it is, in Thai and English; the names are stored as UTF-16.
_OTHER_OLE = (
    ("WordDocument", "เอกสาร Word รุ่นเก่า (.doc)", "an old Word document (.doc)", ".docx"),
    ("PowerPoint Document", "งานนำเสนอ PowerPoint รุ่นเก่า (.ppt)", "an old PowerPoint file (.ppt)", ".xlsx"),
    ("__properties_version", "อีเมลของ Outlook (.msg)", "an Outlook message (.msg)", ".xlsx"),
)
_MOST_CELLS = 20_000_000  # rows × columns of the area in use, which the library lays out in full


def read_xls(path: Path, limits: Limits, on_sheet: OnSheet | None = None) -> list[Table]:
    """The tables of an .xls workbook; FileRefused for another OLE file, a password or damage."""
    _require_workbook(path)
    sheets = _read(path, limits, on_sheet)
    try:
        stream = find_stream(path.read_bytes(), ("Workbook", "Book"))
        marks = read_xls_marks(stream or b"")
    except ValueError:
        return _without_notes([_table(path.name, sheet, limits, XlsMarks()) for sheet in sheets])
    return [_table(path.name, sheet, limits, marks.get(sheet.title, XlsMarks())) for sheet in sheets]


def read_xlsb(path: Path, limits: Limits, on_sheet: OnSheet | None = None) -> list[Table]:
    """The tables of an .xlsb workbook, after a look at its ZIP."""
    found: dict[str, XlsbMarks] = {}
    broken = False
    try:
        with open_parts(path, limits) as parts:
            try:
                found = read_xlsb_marks(parts)
            except (ValueError, KeyError, ExpatError):
                broken = True
    except DAMAGED as error:
        raise damaged(path.name, error) from error
    tables: list[Table] = []
    for sheet in _read(path, limits, on_sheet):
        marks = found.get(sheet.title, XlsbMarks())
        sheet.ranges += marks.ranges
        beside = XlsMarks(marks.notes, frozenset(marks.hidden_rows), marks.errors)
        tables.append(_table(path.name, sheet, limits, beside))
    return _without_notes(tables) if broken else tables


def _without_notes(tables: list[Table]) -> list[Table]:
    """The first table with rows says that text boxes and comments were not read."""
    first = next((at for at, table in enumerate(tables) if table.rows), None)
    if first is not None:
        tables[first] = replace(tables[first], remarks=(Remark("notes-not-read"),))
    return tables


def _require_workbook(path: Path) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise locked(path.name)
        if any(data.find(name.encode("utf-16-le")) >= 0 for name in ("Workbook", "Book\0")):
            return
        for stream, th, en, save_as in _OTHER_OLE:
            if data.find(stream.encode("utf-16-le")) >= 0:
                raise FileRefused(
                    f"{path.name}: เป็น{th} ไม่ใช่ตาราง",
                    f"{path.name}: is {en}, not a table",
                    hint_th=f"เปิดด้วยโปรแกรมเดิม แล้วบันทึกเป็น {save_as}",
                    hint_en=f"open it with its own program and save it as {save_as}",
                )
    raise damaged(path.name, ValueError("an OLE file (.xls) without a workbook"))


@dataclass(slots=True)
class _Sheet:
    """A worksheet's values by row number, and its merged ranges from 1."""

    title: str
    hidden: bool
    cells: dict[int, list[str]]
    ranges: list[Range]


def _read(path: Path, limits: Limits, on_sheet: OnSheet | None) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    try:
        with CalamineWorkbook.from_path(path) as book:
            entries = [entry for entry in book.sheets_metadata if entry.typ is SheetTypeEnum.WorkSheet]
            for done, entry in enumerate(entries):
                if on_sheet:
                    on_sheet(entry.name, done, len(entries))
                hidden = entry.visible is not SheetVisibleEnum.Visible
                sheets.append(_read_sheet(path.name, book.get_sheet_by_name(entry.name), limits, hidden=hidden))
    except PasswordError as error:
        raise locked(path.name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(path.name, error) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the library's own failure, which is no Exception
            raise damaged(path.name, ValueError(str(error))) from error
        raise
    return sheets


def _read_sheet(name: str, sheet: CalamineSheet, limits: Limits, *, hidden: bool) -> _Sheet:
    top, left = sheet.start or (0, 0)
    if sheet.total_width - left > limits.max_columns or sheet.height * sheet.width > _MOST_CELLS:
        raise too_large(name, sheet.name, limits)
    before = [""] * left
    cells: dict[int, list[str]] = {}
    for number, values in enumerate(sheet.to_python(), start=top + 1):
        texts = [read_value(value) for value in values]
        if any(texts):
            cells[number] = before + texts
    ranges = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
    return _Sheet(sheet.name, hidden, cells, ranges)


def _table(name: str, sheet: _Sheet, limits: Limits, marks: XlsMarks) -> Table:
    """The table of a worksheet with what stands beside its values; the library gives errors as empty cells."""
    for (number, column), text in marks.errors.items():
        if column < limits.max_columns:
            cells = sheet.cells.setdefault(number, [])
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or text
    rows: list[Row] = []
    for number in sorted(sheet.cells):
        cells = sheet.cells[number]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            rows.append(Row(number, tuple(cells)))
    if len(rows) > limits.max_rows or any(len(row.cells) > limits.max_columns for row in rows):
        raise too_large(name, sheet.title, limits)
    return Table(
        file=name,
        sheet=sheet.title,
        rows=tuple(rows),
        merged=cover_cells(rows, sheet.ranges, limits, name),
        notes=marks.notes,
        hidden=sheet.hidden,
        hidden_rows=marks.hidden_rows & {row.number for row in rows},
    )

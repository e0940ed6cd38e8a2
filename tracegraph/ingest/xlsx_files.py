"""Read the values of an XLSX workbook: no macros, no formulas evaluated, hidden sheets and rows included."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.functions import iterparse

from tracegraph.errors import FileRefused
from tracegraph.ingest.tables import Limits, Row, Table

#: What openpyxl and the ZIP reader raise on a workbook that is damaged or not one.
_DAMAGED = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)
_ESCAPED = re.compile("_x([0-9A-F]{4})_")  # how a workbook writes characters that XML cannot hold
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_xlsx(path: Path, limits: Limits) -> list[Table]:
    """One table for each worksheet; FileRefused where the file is no workbook or unpacks beyond the limits."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that carry no values
            _require_workbook(path, limits)
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                return [_read_sheet(path.name, sheet, limits) for sheet in book.worksheets]
            finally:
                book.close()
    except _DAMAGED as error:
        raise FileRefused(
            f"{path.name}: อ่านเป็นสมุดงาน Excel ไม่ได้ (ไฟล์เสียหรือไม่ครบ: {error})",
            f"{path.name}: cannot be read as a workbook (damaged or cut off: {error})",
            hint_th="ดาวน์โหลดหรือคัดลอกไฟล์ใหม่ แล้วเปิดดูด้วย Excel ก่อนนำเข้า",
            hint_en="download or copy the file again, and open it with Excel before importing",
        ) from error


def _require_workbook(path: Path, limits: Limits) -> None:
    with ZipFile(path) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise FileRefused(
                f"{path.name}: เป็นไฟล์บีบอัดที่ไม่มีสมุดงาน Excel อยู่ข้างใน",
                f"{path.name}: is a ZIP archive without an Excel workbook in it",
                hint_th="บันทึกเป็น .xlsx (ไม่ใช่ .xlsb .ods .docx หรือ .zip) แล้วนำเข้าใหม่",
                hint_en="save as .xlsx (not .xlsb, .ods, .docx or .zip) and import again",
            )
        unpacked = sum(part.file_size for part in parts)
        packed = max(1, sum(part.compress_size for part in parts))
        if unpacked > limits.max_unpacked or (unpacked > 50_000_000 and unpacked / packed > limits.max_ratio):
            raise FileRefused(
                f"{path.name}: ขยายแล้วใหญ่ {unpacked / 1e6:,.0f} MB จาก {packed / 1e6:,.1f} MB ผิดปกติ ไม่เปิดอ่าน",
                f"{path.name}: unpacks to {unpacked / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB; not opened",
                hint_th="คัดลอกเฉพาะตารางไปไว้ในสมุดงานใหม่ แล้วบันทึกเป็น .xlsx",
                hint_en="copy only the tables into a new workbook and save it as .xlsx",
            )


def _read_sheet(name: str, sheet: Any, limits: Limits) -> Table:
    marks = _read_marks(sheet)
    sheet.reset_dimensions()  # a declared A1:XFD1048576 would pad every row to 16,384 cells
    rows: list[Row] = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = _texts(values, marks.formulas.get(number, {}))
        if not cells:
            continue
        if len(cells) > limits.max_columns or len(rows) >= limits.max_rows:
            raise FileRefused(
                f"{name}: แผ่นงาน {sheet.title!r} ใหญ่เกิน {limits.max_rows:,} แถว × {limits.max_columns:,} คอลัมน์",
                f"{name}: worksheet {sheet.title!r} exceeds {limits.max_rows:,} rows × {limits.max_columns:,} columns",
                hint_th="ลบแถวและคอลัมน์ที่ไม่ใช้ หรือแบ่งแผ่นงาน",
                hint_en="delete unused rows and columns, or split the worksheet",
            )
        rows.append(Row(number, cells))
    return Table(file=name, sheet=str(sheet.title), rows=tuple(rows), merged=_covered(rows, marks.ranges))


def _texts(values: tuple[Any, ...], formulas: dict[int, str]) -> tuple[str, ...]:
    """The row's cells as text without the empty tail; () where there is no text in the row."""
    cells = [read_value(value) for value in values]
    for column, formula in formulas.items():
        if column < len(cells):
            cells[column] = formula
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def read_value(value: object) -> str:
    """A cell's value as the text a person sees: whole numbers without '.0', 15 significant digits, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    text = str(value)
    return _CONTROL.sub("", _ESCAPED.sub(_unescape, text)) if "_x" in text else text


def _unescape(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))


class _Marks:
    """Merged ranges and formulas without a stored value, which openpyxl's streaming reader leaves out."""

    __slots__ = ("formulas", "ranges")

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int, int, int]] = []
        self.formulas: dict[int, dict[int, str]] = {}


def _read_marks(sheet: Any) -> _Marks:
    marks = _Marks()
    with sheet._get_source() as source:
        for _, element in iterparse(source):
            if element.tag == f"{_NS}mergeCell":
                marks.ranges.append(_bounds(element.get("ref")))
            elif element.tag == f"{_NS}c":
                formula, value = element.find(f"{_NS}f"), element.find(f"{_NS}v")
                if formula is not None and (value is None or not value.text) and element.get("r"):
                    column, row, _, _ = _bounds(element.get("r"))
                    marks.formulas.setdefault(row, {})[column - 1] = f"={formula.text or ''}"
            elif element.tag == f"{_NS}row":
                element.clear()
    return marks


def _bounds(reference: str) -> tuple[int, int, int, int]:
    """Column, row, last column, last row, all from 1."""
    column, row, last_column, last_row = range_boundaries(reference)
    return column or 1, row or 1, last_column or 1, last_row or 1


def _covered(rows: list[Row], ranges: list[tuple[int, int, int, int]]) -> dict[tuple[int, int], str]:
    by_number = {row.number: row for row in rows}
    last = rows[-1].number if rows else 0
    covered: dict[tuple[int, int], str] = {}
    for column, first, last_column, last_row in ranges:
        anchor = by_number[first].cell(column - 1) if first in by_number else ""
        if anchor:
            covered.update(_cells_of(anchor, column, first, last_column, min(last_row, last)))
    return covered


def _cells_of(
    anchor: str, column: int, first: int, last_column: int, last_row: int
) -> Iterator[tuple[tuple[int, int], str]]:
    for row in range(first, last_row + 1):
        for at in range(column, min(last_column, column + 200) + 1):
            if (row, at) != (first, column):
                yield (row, at - 1), anchor

"""Read an XLSX or XLSM workbook: values as stored, no macro run, no formula evaluated, nothing outside the file opened.

Hidden sheets and rows are data and are marked; text boxes and comments become notes.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from tracegraph.errors import FileRefused
from tracegraph.ingest.merges import cover_cells
from tracegraph.ingest.tables import Limits, Remark, SheetNote, Table
from tracegraph.ingest.xlsx_book import SheetEntry, read_book
from tracegraph.ingest.xlsx_notes import read_notes
from tracegraph.ingest.xlsx_sheet import BookValues, read_sheet
from tracegraph.ingest.xml_parts import HostileXml
from tracegraph.ingest.zip_look import ZipParts, open_parts

#: What the readers of ZIP and XML raise on a document that is damaged or not one.
DAMAGED = (
    BadZipFile,
    ExpatError,
    zlib.error,
    EOFError,
    OSError,
    LookupError,  # a part that is missing, an encoding that nobody knows
    ValueError,
    NotImplementedError,
    RuntimeError,
)
OnSheet = Callable[[str, int, int], None]
"""Called before each worksheet is read with its title, how many are done and how many there are."""


def read_xlsx(path: Path, limits: Limits, on_sheet: OnSheet | None = None) -> list[Table]:
    """One table for each worksheet; FileRefused where the file is no workbook or unpacks beyond the limits."""
    tables: list[Table] = []
    try:
        with open_parts(path, limits) as parts:
            book = read_book(parts)
            for done, sheet in enumerate(book.sheets):
                if on_sheet:
                    on_sheet(sheet.title, done, len(book.sheets))
                tables.append(_read_table(path.name, parts, sheet, book.values, limits))
    except DAMAGED as error:
        raise damaged(path.name, error) from error
    return tables


def _read_table(name: str, parts: ZipParts, sheet: SheetEntry, book: BookValues, limits: Limits) -> Table:
    with parts.open(sheet.part) as source:
        found = read_sheet(source, book, limits, name, sheet.title)
    notes: tuple[SheetNote, ...] = ()
    remarks: tuple[Remark, ...] = ()
    try:
        notes = read_notes(parts, sheet.part, found)
    except HostileXml:
        raise
    except DAMAGED as error:  # what lies over the cells is broken: the cells themselves are read all the same
        remarks = (Remark("notes-damaged", found=str(error)),)
    return Table(
        file=name,
        sheet=sheet.title,
        rows=tuple(found.rows),
        merged=cover_cells(found.rows, found.ranges, limits, name),
        notes=notes,
        hidden=sheet.hidden,
        hidden_rows=frozenset(found.hidden_rows),
        remarks=remarks,
    )


def damaged(name: str, error: Exception) -> FileRefused:
    """The refusal of a workbook that is damaged or cut off."""
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return FileRefused(
        f"{name}: อ่านเป็นสมุดงาน Excel ไม่ได้ (ไฟล์เสียหรือไม่ครบ: {reason})",
        f"{name}: cannot be read as a workbook (damaged or cut off: {reason})",
        hint_th="ดาวน์โหลดหรือคัดลอกไฟล์ใหม่ แล้วเปิดดูด้วย Excel ก่อนนำเข้า",
        hint_en="download or copy the file again, and open it with Excel before importing",
    )

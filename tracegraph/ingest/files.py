"""Read the tables of a file, whatever kind it is by its content.

Only the child of `file_reader` and tests call `read_tables`: foreign files are not opened in the process that imports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from tracegraph.errors import FileRefused
from tracegraph.ingest.file_kinds import FileKind, find_kind, not_a_workbook
from tracegraph.ingest.tables import Limits, Remark, Table
from tracegraph.ingest.xlsx_files import OnSheet

#: What a name promises, so that a file under the name of another kind is told.
_PROMISED: dict[str, FileKind] = {
    ".xlsx": FileKind.XLSX,
    ".xlsm": FileKind.XLSX,
    ".xltx": FileKind.XLSX,
    ".xltm": FileKind.XLSX,
    ".xls": FileKind.XLS,
    ".xlsb": FileKind.XLSB,
    ".ods": FileKind.ODS,
    ".docx": FileKind.DOCX,
    ".pdf": FileKind.PDF,
    ".csv": FileKind.CSV,
    ".zip": FileKind.ARCHIVE,
}
Reader = Callable[..., list[Table]]
#: Where each kind is read. Imported when met: a library that one file needs costs the others nothing.
_READERS: dict[FileKind, tuple[str, str]] = {
    FileKind.XLSX: ("xlsx_files", "read_xlsx"),
    FileKind.XLSB: ("calamine_files", "read_xlsb"),
    FileKind.XLS: ("calamine_files", "read_xls"),
    FileKind.ODS: ("ods_files", "read_ods"),
    FileKind.DOCX: ("docx_files", "read_docx"),
    FileKind.PDF: ("pdf_files", "read_pdf"),
    FileKind.CSV: ("csv_files", "read_csv"),
}
_TELLS_SHEETS = (FileKind.XLSX, FileKind.XLSB, FileKind.XLS, FileKind.ODS)


def fingerprint(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size of the file's content."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def read_tables(path: Path, limits: Limits | None = None, on_sheet: OnSheet | None = None) -> list[Table]:
    """The tables of a file in its own order; FileRefused says why a file cannot be taken.

    A workbook gives one table for each worksheet, hidden ones too; empty worksheets are left out. An archive of
    files is refused here: `file_reader` reads its members.
    """
    limits = limits or Limits()
    kind = find_kind(path, limits)
    if kind is FileKind.ARCHIVE:
        raise not_a_workbook(path.name)
    read = _load_reader(path.name, kind)
    tables = read(path, limits, on_sheet) if kind in _TELLS_SHEETS else read(path, limits)
    tables = [table for table in tables if table.rows]
    if not tables:
        raise FileRefused(
            f"{path.name}: ไม่มีข้อมูลในไฟล์ (พบแต่ช่องว่าง)",
            f"{path.name}: nothing in the file (only empty cells)",
            hint_th="ตรวจว่าบันทึกไฟล์ถูกแผ่นงานแล้วหรือไม่",
            hint_en="check that the right worksheet was saved",
        )
    _require_text_size(path.name, tables, limits)
    promised = _PROMISED.get(path.suffix.lower())
    if promised is not None and promised is not kind:
        remark = Remark("other-kind-of-file", found=kind.value, expected=path.suffix.lower())
        tables[0] = replace(tables[0], remarks=(*tables[0].remarks, remark))
    return tables


def _load_reader(name: str, kind: FileKind) -> Reader:
    module, function = _READERS[kind]
    try:
        reader: Reader = getattr(import_module(f"tracegraph.ingest.{module}"), function)
    except ModuleNotFoundError as error:
        raise FileRefused(
            f"{name}: เป็นไฟล์ {kind} ซึ่งโปรแกรมที่ติดตั้งไว้อ่านไม่ได้ (ไม่มี {error.name})",
            f"{name}: is a {kind} file, which this installation cannot read (no {error.name})",
            hint_th="ขอไฟล์ Excel หรือ CSV ต้นฉบับ",
            hint_en="ask for the original Excel or CSV file",
        ) from error
    return reader


def _require_text_size(name: str, tables: list[Table], limits: Limits) -> None:
    """One long text that many cells share takes little room in a file and much in what is made of it."""
    letters = 0
    for table in tables:
        for row in table.rows:
            longest = max(map(len, row.cells))
            letters += sum(map(len, row.cells))
            if longest > limits.max_cell:
                raise FileRefused(
                    f"{name}: แถว {row.number:,} มีช่องที่ยาว {longest:,} ตัวอักษร เกินที่รับได้ {limits.max_cell:,}",
                    f"{name}: row {row.number:,} has a cell of {longest:,} letters, over the {limits.max_cell:,} taken",
                    hint_th="แก้ช่องนั้นให้สั้นลง หรือแบ่งเป็นหลายแถว แล้วนำเข้าใหม่",
                    hint_en="make that cell shorter or divide it into several rows, and import again",
                )
    if letters > limits.max_text:
        raise FileRefused(
            f"{name}: ข้อความในตารางยาวรวม {letters:,} ตัวอักษร เกินที่รับได้ {limits.max_text:,}",
            f"{name}: the cells hold {letters:,} letters, more than the {limits.max_text:,} taken",
            hint_th="แบ่งไฟล์เป็นรายปีหรือรายหน่วยงาน แล้วนำเข้าใหม่",
            hint_en="split the file by year or body and import again",
        )

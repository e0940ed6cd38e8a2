"""Open a file, find out by its content what it is, and read its tables; nothing is trusted by its name.

What is no table is refused as a whole with a reason (`FileRefused`), before it is read where possible.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from tracegraph.errors import FileRefused
from tracegraph.ingest.csv_files import read_csv
from tracegraph.ingest.tables import Limits, Table
from tracegraph.ingest.xlsx_files import read_xlsx

#: First bytes → (what it is, in Thai and English; what to do). A workbook is a ZIP and is looked into.
_FOREIGN: tuple[tuple[bytes, str, str, str, str], ...] = (
    (b"%PDF", "ไฟล์ PDF", "a PDF file", "ขอไฟล์ Excel หรือ CSV ต้นฉบับ", "ask for the original Excel or CSV file"),
    (b"\x89PNG", "รูปภาพ PNG", "a PNG picture", "ขอไฟล์ Excel หรือ CSV ต้นฉบับ", "ask for the Excel or CSV file"),
    (b"\xff\xd8\xff", "รูปภาพ JPEG", "a JPEG picture", "ขอไฟล์ Excel หรือ CSV ต้นฉบับ", "ask for the Excel or CSV file"),
    (b"GIF8", "รูปภาพ GIF", "a GIF picture", "ขอไฟล์ Excel หรือ CSV ต้นฉบับ", "ask for the Excel or CSV file"),
    (
        b"\xd0\xcf\x11\xe0",
        "ไฟล์ Excel รุ่นเก่า (.xls) หรือไฟล์ที่ตั้งรหัสผ่าน",
        "an old .xls workbook or one with a password",
        "เปิดด้วย Excel แล้วบันทึกเป็น .xlsx โดยไม่ตั้งรหัสผ่าน",
        "open it and save it as .xlsx without a password",
    ),
)
_PACKED = b"PK\x03\x04"


def fingerprint(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size of the file's content."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def read_tables(path: Path, limits: Limits | None = None) -> list[Table]:
    """The tables of a CSV or XLSX file, in its own order; FileRefused says why a file cannot be taken.

    An XLSX file gives one table for each worksheet, hidden ones too; empty worksheets are left out.
    """
    limits = limits or Limits()
    head = _look_at(path, limits)
    tables = read_xlsx(path, limits) if head.startswith(_PACKED) else read_csv(path, limits)
    tables = [table for table in tables if table.rows]
    if not tables:
        raise FileRefused(
            f"{path.name}: ไม่มีข้อมูลในไฟล์ (พบแต่ช่องว่าง)",
            f"{path.name}: nothing in the file (only empty cells)",
            hint_th="ตรวจว่าบันทึกไฟล์ถูกแผ่นงานแล้วหรือไม่",
            hint_en="check that the right worksheet was saved",
        )
    return tables


def _look_at(path: Path, limits: Limits) -> bytes:
    """The first bytes of a file that may be read; FileRefused where it may not."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IsADirectoryError(path)
        _require_size(path, size, limits)
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise FileRefused(
            f"{path.name}: เปิดไฟล์ไม่ได้ ({error.strerror or error})",
            f"{path.name}: cannot be opened ({error.strerror or error})",
            hint_th="ตรวจชื่อไฟล์ โฟลเดอร์ และสิทธิ์การอ่าน หรือปิดโปรแกรมที่เปิดไฟล์นี้อยู่",
            hint_en="check the name, the folder and the right to read, or close the program that holds the file",
        ) from error
    for magic, th, en, hint_th, hint_en in _FOREIGN:
        if head.startswith(magic):
            raise FileRefused(
                f"{path.name}: เป็น{th} ไม่ใช่ตาราง CSV หรือ XLSX",
                f"{path.name}: is {en}, not a CSV or XLSX table",
                hint_th=hint_th,
                hint_en=hint_en,
            )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise FileRefused(
            f"{path.name}: เป็นหน้าเว็บหรือ XML ที่ตั้งชื่อเป็นตาราง",
            f"{path.name}: is a web page or XML under the name of a table",
            hint_th="เปิดด้วย Excel แล้วบันทึกเป็น .xlsx",
            hint_en="open it with Excel and save it as .xlsx",
        )
    return head


def _require_size(path: Path, size: int, limits: Limits) -> None:
    if size == 0:
        raise FileRefused(
            f"{path.name}: ไฟล์ว่าง (0 ไบต์)",
            f"{path.name}: the file is empty (0 bytes)",
            hint_th="คัดลอกหรือดาวน์โหลดไฟล์ใหม่",
            hint_en="copy or download the file again",
        )
    if size > limits.max_bytes:
        found, most = size / 1e6, limits.max_bytes / 1e6
        raise FileRefused(
            f"{path.name}: ไฟล์ใหญ่ {found:,.0f} MB เกินที่รับได้ {most:,.0f} MB",
            f"{path.name}: {found:,.0f} MB is more than the {most:,.0f} MB taken",
            hint_th="แบ่งไฟล์เป็นรายปีหรือรายหน่วยงาน หรือลบรูปภาพออกจากไฟล์ แล้วนำเข้าใหม่",
            hint_en="split the file by year or body, or take the pictures out, and import again",
        )

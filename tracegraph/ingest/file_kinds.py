"""Find out by its content what a file is: by its first bytes, and by the parts of a ZIP; never by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from zipfile import ZipFile

from tracegraph.errors import FileRefused
from tracegraph.ingest.tables import Limits
from tracegraph.ingest.xlsx_files import DAMAGED, damaged


class FileKind(StrEnum):
    """What a file is by its content; the value is how people call it."""

    XLSX = "XLSX"
    XLSB = "XLSB"
    XLS = "XLS"
    ODS = "ODS"
    DOCX = "DOCX"
    PDF = "PDF"
    CSV = "CSV"
    ARCHIVE = "ZIP"


_ASK = ("ขอไฟล์ Excel หรือ CSV ต้นฉบับ", "ask for the Excel or CSV file")
_UNPACK = ("แตกไฟล์ออกมา แล้วนำเข้าทีละไฟล์", "unpack it and import the files in it")
_SAVE = ("เปิดด้วย Word แล้วบันทึกเป็น .docx", "open it with Word and save it as .docx")
#: First bytes → what it is, in Thai and English; what to do.
_FOREIGN: tuple[tuple[bytes, str, str, tuple[str, str]], ...] = (
    (b"\x89PNG", "รูปภาพ PNG", "a PNG picture", _ASK),
    (b"\xff\xd8\xff", "รูปภาพ JPEG", "a JPEG picture", _ASK),
    (b"GIF8", "รูปภาพ GIF", "a GIF picture", _ASK),
    (b"II*\x00", "รูปภาพ TIFF", "a TIFF picture", _ASK),
    (b"MM\x00*", "รูปภาพ TIFF", "a TIFF picture", _ASK),
    (b"Rar!", "ไฟล์บีบอัด RAR", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf", "ไฟล์บีบอัด 7z", "a 7z archive", _UNPACK),
    (b"\x1f\x8b", "ไฟล์บีบอัด gzip", "a gzip archive", _UNPACK),
    (b"{\\rtf", "เอกสาร RTF", "an RTF document", _SAVE),
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style", b"<div", b"<!--")
_BOOK_TYPE = re.compile(rb"spreadsheetml[.]sheet[.]main|sheet[.]macroenabled[.]main", re.IGNORECASE)
_TYPES = 1_000_000  # bytes that are read of the part that says what a ZIP is
_PACKED = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0"


def find_kind(path: Path, limits: Limits | None = None) -> FileKind:
    """What a file is by its first bytes, and by the parts of a ZIP; FileRefused for what is never read."""
    head = _look_at(path, limits or Limits())
    if head.startswith(_OLE):
        return FileKind.XLS
    if head.startswith(_PACKED):
        return _kind_of_zip(path)
    if b"%PDF-" in head[:1024] or head.startswith(b"%PDF"):  # some PDF files have other bytes before their mark
        return FileKind.PDF
    for magic, th, en, hint in _FOREIGN:
        if head.startswith(magic):
            raise FileRefused(
                f"{path.name}: เป็น{th} ไม่ใช่ตาราง CSV หรือ XLSX",
                f"{path.name}: is {en}, not a CSV or XLSX table",
                hint_th=hint[0],
                hint_en=hint[1],
            )
    if _is_markup(head):
        raise FileRefused(
            f"{path.name}: เป็นหน้าเว็บหรือ XML ที่ตั้งชื่อเป็นตาราง",
            f"{path.name}: is a web page or XML under the name of a table",
            hint_th="เปิดด้วย Excel แล้วบันทึกเป็น .xlsx",
            hint_en="open it with Excel and save it as .xlsx",
        )
    return FileKind.CSV


def _kind_of_zip(path: Path) -> FileKind:
    try:
        with ZipFile(path) as archive:
            names = {info.filename.replace("\\", "/").removeprefix("/").casefold() for info in archive.infolist()}
            types = b""
            for name in {"[Content_Types].xml", "mimetype"} & set(archive.namelist()):
                with archive.open(name) as source:
                    types += source.read(_TYPES)
    except DAMAGED as error:
        raise damaged(path.name, error) from error
    if "xl/workbook.xml" in names or re.search(
        rb"spreadsheetml[.]sheet[.]main|sheet[.]macroenabled[.]main", types, re.I
    ):
        return FileKind.XLSX
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if "word/document.xml" in names:
        return FileKind.DOCX
    if b"opendocument.spreadsheet" in types and "content.xml" in names:
        return FileKind.ODS
    if types:
        raise not_a_workbook(path.name)
    return FileKind.ARCHIVE


def _is_markup(head: bytes) -> bool:
    plain = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    return plain.lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)


def not_a_workbook(name: str) -> FileRefused:
    """The refusal of a ZIP that is no document that can be read."""
    return FileRefused(
        f"{name}: เป็นไฟล์บีบอัดที่ไม่มีสมุดงาน Excel อยู่ข้างใน",
        f"{name}: is a ZIP archive without an Excel workbook in it",
        hint_th="แตกไฟล์ออกมา แล้วนำเข้าทีละไฟล์ หรือบันทึกเป็น .xlsx",
        hint_en="unpack it and import the files in it, or save as .xlsx",
    )


def _look_at(path: Path, limits: Limits) -> bytes:
    """The first bytes of a file that may be read; FileRefused where it may not."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise IsADirectoryError(path)
        if not path.is_file():
            raise OSError("not a regular file")
        _require_size(path, size, limits)
        with path.open("rb") as file:
            return file.read(2048)
    except OSError as error:
        raise FileRefused(
            f"{path.name}: เปิดไฟล์ไม่ได้ ({error.strerror or error})",
            f"{path.name}: cannot be opened ({error.strerror or error})",
            hint_th="ตรวจชื่อไฟล์ โฟลเดอร์ และสิทธิ์การอ่าน หรือปิดโปรแกรมที่เปิดไฟล์นี้อยู่",
            hint_en="check the name, the folder and the right to read, or close the program that holds the file",
        ) from error


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

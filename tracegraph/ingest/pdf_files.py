"""Read the tables of a PDF file: by ruling lines, else by alignment; pages that are pictures are named, never skipped.

pdfplumber (the extra ``pdf``) finds letters and lines; nothing that a PDF wants to run, open or fetch is looked at.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from tracegraph.errors import FileRefused
from tracegraph.ingest.document_tables import Grid, TextLine, build_tables
from tracegraph.ingest.pdf_aligned import Column
from tracegraph.ingest.pdf_pages import PageRead, Unread, read_page
from tracegraph.ingest.pdf_references import follow_references
from tracegraph.ingest.tables import Limits, Remark, Table
from tracegraph.thai.normalize import normalize

_OWN_TIME = 0.75  # of the time a file may take: pages after it are named as unread, else the whole file would be lost
_MOST_PAGES = 3_000
_MOST_REMARKS = 10  # of repaired cells, for each table; the rest is one remark with their number
_ON_PAGES = 2  # a line below the tables of so many pages is a footer


def read_pdf(path: Path, limits: Limits) -> list[Table]:
    """The tables of a PDF, those that go on over pages as one; FileRefused says why a file cannot be taken.

    ``Table.pages`` has the page (from 1) of each row. Pages that cannot be read (scanned) while others can are a
    remark of the first table.
    """
    pdfplumber = _require_pdfplumber(path.name)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd object of a damaged file
    pages = _read_pages(pdfplumber, path, limits)
    unread = [page for page in pages if page.unread]
    if not any(page.has_text for page in pages):
        raise _nothing_to_read(path.name, pages)
    tables = build_tables(path.name, _in_order(pages), limits)
    if not tables:
        raise _no_table(path.name, pages)
    tables = [replace(table, remarks=_capped(table.remarks)) for table in tables]
    said: list[Remark] = []
    if unread:
        said.append(Remark("pages-not-read", found=_numbers(unread), expected=_reasons(unread)))
    if pictured := [page for page in pages if page.pictured]:
        said.append(Remark("pages-by-ocr", found=_numbers(pictured)))
    tables[0] = replace(tables[0], remarks=(*said, *tables[0].remarks))
    return tables


def _require_pdfplumber(name: str) -> ModuleType:
    try:
        import pdfplumber  # noqa: PLC0415  (only those who read PDF files need it)
    except ImportError as error:
        raise FileRefused(
            f"{name}: ต้องติดตั้งส่วนเสริมสำหรับอ่าน PDF ก่อน",
            f"{name}: reading PDF files needs an extra that is not installed",
            hint_th="ติดตั้งด้วย pip install 'tracegraph[pdf]' หรือขอไฟล์ Excel ต้นฉบับ",
            hint_en="install it: pip install 'tracegraph[pdf]', or ask for the original Excel file",
        ) from error
    follow_references()
    module: ModuleType = pdfplumber
    return module


def _read_pages(pdfplumber: ModuleType, path: Path, limits: Limits) -> list[PageRead]:
    deadline = time.monotonic() + _OWN_TIME * limits.seconds_for(path.stat().st_size)
    try:
        with pdfplumber.open(path) as document:
            count = len(document.pages)
            if count > _MOST_PAGES:
                raise _too_long(path.name, count)
            if count == 0:
                raise ValueError("no page")
            return list(_iter_pages(document.pages, deadline))
    except FileRefused:
        raise
    except Exception as error:  # a damaged PDF makes its parser fail in every way there is
        raise _locked(path.name) if _is_locked(error) else _damaged(path.name, error) from error


def _iter_pages(pages: Iterable[Any], deadline: float) -> Iterator[PageRead]:
    columns: Sequence[Column] = ()
    for number, page in enumerate(pages, start=1):
        if time.monotonic() > deadline:
            yield PageRead(number, unread=Unread.LATE)
            continue
        try:
            read = read_page(page, number, columns)
        except MemoryError:
            raise
        except Exception:  # one broken page must not cost the others; it is named in a remark
            read = PageRead(number, unread=Unread.DAMAGED)
        columns = read.columns
        page.close()
        yield read


def _in_order(pages: Sequence[PageRead]) -> Iterator[TextLine | Grid]:
    """Blocks of all pages; lines below the tables that stand on several pages (footers) are left out."""
    below = Counter(_line_key(line) for page in pages for line in page.below if page.blocks)
    for page in pages:
        yield from page.blocks
        yield from (line for line in page.below if below[_line_key(line)] < _ON_PAGES)


def _line_key(line: TextLine) -> str:
    return "".join(letter for letter in normalize(line.text) if not letter.isdigit() and not letter.isspace())


def _capped(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    """The first remarks on repaired cells, and one that says how many more there are."""
    repaired = [remark for remark in remarks if remark.code == "repaired-text"]
    others = [remark for remark in remarks if remark.code != "repaired-text"]
    lost = [remark for remark in others if remark.code == "damaged-text"]
    kept = [*repaired[:_MOST_REMARKS], *lost[:_MOST_REMARKS], *(r for r in others if r.code != "damaged-text")]
    if len(repaired) > _MOST_REMARKS:
        kept.append(Remark("repaired-more", expected=str(len(repaired))))
    if len(lost) > _MOST_REMARKS:
        kept.append(Remark("damaged-more", expected=str(len(lost))))
    return tuple(kept)


def _numbers(pages: Sequence[PageRead]) -> str:
    """Page numbers as people write them: 3–7, 12."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page.number == runs[-1][-1] + 1:
            runs[-1][1:] = [page.number]
        else:
            runs.append([page.number])
    return ", ".join("–".join(map(str, run)) for run in runs)


_WHY = {
    Unread.SCANNED: ("ภาพสแกน", "scanned pictures"),
    Unread.NO_LETTERS: ("แบบอักษรที่ไม่บอกว่าเป็นตัวใด", "fonts that do not tell their letters"),
    Unread.DAMAGED: ("หน้าที่เสีย", "damaged pages"),
    Unread.HEAVY: ("ภาพวาดที่ละเอียดเกินจะอ่าน", "drawings too detailed to read"),
    Unread.LATE: ("อ่านไม่ทันเวลาที่กำหนด ให้แบ่งเป็นหลายไฟล์", "no time left; split the file"),
}


def _reasons(pages: Sequence[PageRead]) -> str:
    kinds = dict.fromkeys(page.unread for page in pages if page.unread)
    return ", ".join(f"{_WHY[kind][0]} / {_WHY[kind][1]}" for kind in kinds)


def _is_locked(error: BaseException) -> bool:
    chain = [error, *error.args, error.__cause__, error.__context__]
    return any("Password" in type(link).__name__ or "Encryption" in type(link).__name__ for link in chain)


def _locked(name: str) -> FileRefused:
    return FileRefused(
        f"{name}: PDF นี้ตั้งรหัสผ่านไว้ จึงเปิดอ่านไม่ได้",
        f"{name}: this PDF has a password and cannot be opened",
        hint_th="ขอไฟล์ที่ไม่ตั้งรหัสผ่าน หรือไฟล์ Excel ต้นฉบับ",
        hint_en="ask for the file without a password, or for the original Excel file",
    )


def _damaged(name: str, error: Exception) -> FileRefused:
    said = " ".join(str(error).split())[:200] or type(error).__name__
    return FileRefused(
        f"{name}: อ่านเป็น PDF ไม่ได้ (ไฟล์เสียหรือไม่ครบ: {said})",
        f"{name}: cannot be read as a PDF (damaged or cut off: {said})",
        hint_th="ดาวน์โหลดหรือคัดลอกไฟล์ใหม่ แล้วเปิดดูก่อนนำเข้า",
        hint_en="download or copy the file again, and open it in a viewer before importing",
    )


def _too_long(name: str, count: int) -> FileRefused:
    return FileRefused(
        f"{name}: PDF มี {count:,} หน้า เกินที่รับได้ {_MOST_PAGES:,} หน้า",
        f"{name}: the PDF has {count:,} pages, more than the {_MOST_PAGES:,} taken",
        hint_th="แบ่งเป็นหลายไฟล์ หรือเลือกเฉพาะหน้าที่มีตารางโครงการ",
        hint_en="split the file, or keep only the pages with the tables of projects",
    )


def _nothing_to_read(name: str, pages: Sequence[PageRead]) -> FileRefused:
    unread = [page for page in pages if page.unread]
    if not unread:
        return FileRefused(
            f"{name}: PDF นี้ไม่มีข้อความ (หน้าว่างทั้งหมด {len(pages):,} หน้า)",
            f"{name}: no text in this PDF ({len(pages):,} empty pages)",
            hint_th="ตรวจว่าเป็นไฟล์ที่ถูกต้อง",
            hint_en="check that it is the right file",
        )
    kinds = {page.unread for page in unread}
    if kinds <= {Unread.DAMAGED, Unread.LATE}:
        return _damaged(name, ValueError(f"pages {_numbers(unread)}"))
    return FileRefused(
        f"{name}: PDF นี้เป็น{_WHY[unread[0].unread or Unread.SCANNED][0]} ต้องทำ OCR ก่อนจึงอ่านได้"
        f" (หน้า {_numbers(unread)} จากทั้งหมด {len(pages):,} หน้า)",
        f"{name}: this PDF consists of {_WHY[unread[0].unread or Unread.SCANNED][1]} and needs OCR first"
        f" (pages {_numbers(unread)} of {len(pages):,})",
        hint_th="ขอไฟล์ Excel หรือ Word ต้นฉบับ หรือแปลงด้วยโปรแกรม OCR ภาษาไทยแล้วตรวจทานก่อนนำเข้า",
        hint_en="ask for the original Excel or Word file, or run Thai OCR and check its text before importing",
    )


def _no_table(name: str, pages: Sequence[PageRead]) -> FileRefused:
    unread = [page for page in pages if page.unread]
    th = f" และหน้า {_numbers(unread)} อ่านไม่ได้ ต้องทำ OCR" if unread else ""
    en = f", and pages {_numbers(unread)} cannot be read without OCR" if unread else ""
    return FileRefused(
        f"{name}: ไม่พบตารางใน PDF นี้ มีแต่ข้อความ {len(pages):,} หน้า{th}",
        f"{name}: no table found in this PDF, only text on {len(pages):,} pages{en}",
        hint_th="ขอไฟล์ Excel หรือ Word ที่มีตารางโครงการ",
        hint_en="ask for the Excel or Word file with the table of projects",
    )

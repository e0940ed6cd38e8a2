"""Read the tables of a Word document (.docx): nothing outside the file is opened, headers and footers are left out.

The file's own XML is read, as with workbooks: a library for Word leaves out what counts here (tracked insertions, text
boxes, the numbers that Word writes by itself) and loads every picture.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from tracegraph.errors import FileRefused
from tracegraph.ingest.document_tables import Grid, TextLine, build_tables
from tracegraph.ingest.docx_numbers import ListNumbers, read_numbers
from tracegraph.ingest.docx_text import WordText
from tracegraph.ingest.docx_tree import parse_word
from tracegraph.ingest.tables import Limits, Table
from tracegraph.ingest.xml_parts import iter_blocks, parse_tree
from tracegraph.ingest.zip_look import ZipParts, open_parts

_DAMAGED = (BadZipFile, ExpatError, zlib.error, EOFError, OSError, LookupError, ValueError, NotImplementedError,
            RuntimeError)  # fmt: skip
_SMALL_PART = 20_000_000  # bytes of a list of relations
_OLD = b"\xd0\xcf\x11\xe0"
_RICH_TEXT = b"{\\rtf"


def read_docx(path: Path, limits: Limits) -> list[Table]:
    """The tables of the body in order; FileRefused where the file is no Word document or has no table."""
    _require_new_format(path)
    try:
        with open_parts(path, limits) as parts:
            main = _find_main(path.name, parts)
            tables = build_tables(path.name, _iter_blocks_of(parts, main, limits), limits)
    except _DAMAGED as error:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise FileRefused(
            f"{path.name}: อ่านเป็นเอกสาร Word ไม่ได้ (ไฟล์เสียหรือไม่ครบ: {said})",
            f"{path.name}: cannot be read as a Word document (damaged or cut off: {said})",
            hint_th="เปิดด้วย Word แล้วบันทึกใหม่เป็น .docx",
            hint_en="open it with Word and save it again as .docx",
        ) from error
    if not tables:
        raise FileRefused(
            f"{path.name}: ไม่มีตารางในเอกสาร Word นี้ มีแต่ข้อความ",
            f"{path.name}: no table in this Word document, only text",
            hint_th="จัดรายการโครงการเป็นตาราง หรือใช้ไฟล์ Excel",
            hint_en="put the projects into a table, or use an Excel file",
        )
    return tables


def _require_new_format(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith((_OLD, _RICH_TEXT)):
        raise FileRefused(
            f"{path.name}: เป็นเอกสาร Word รุ่นเก่า (.doc หรือ .rtf) หรือไฟล์ที่ตั้งรหัสผ่าน",
            f"{path.name}: is an old Word document (.doc or .rtf), or one with a password",
            hint_th="เปิดด้วย Word แล้วบันทึกเป็น .docx โดยไม่ตั้งรหัสผ่าน",
            hint_en="open it with Word and save it as .docx without a password",
        )


def _find_main(name: str, parts: ZipParts) -> str:
    """The part with the document's text; FileRefused where there is none, or where the document holds macros."""
    main = next((target for kind, target in _relations(parts, "") if kind == "officeDocument"), "word/document.xml")
    if main not in parts:
        raise FileRefused(
            f"{name}: เป็นไฟล์บีบอัดที่ไม่มีเอกสาร Word อยู่ข้างใน",
            f"{name}: is a ZIP archive without a Word document in it",
            hint_th="เปิดด้วยโปรแกรมเดิม แล้วบันทึกเป็น .docx",
            hint_en="open it with its own program and save it as .docx",
        )
    if "[Content_Types].xml" in parts and b"macroEnabled" in parts.read("[Content_Types].xml", _SMALL_PART):
        raise FileRefused(
            f"{name}: เป็นเอกสาร Word ที่มีแมโคร (.docm) ไม่เปิดอ่าน",
            f"{name}: is a Word document with macros (.docm); not opened",
            hint_th="เปิดด้วย Word แล้วบันทึกเป็น .docx (ไม่มีแมโคร)",
            hint_en="open it with Word and save it as .docx (without macros)",
        )
    return main


def _relations(parts: ZipParts, part: str) -> Iterator[tuple[str, str]]:
    """Kind and part of everything inside the file that a part refers to; what lies outside is never looked at."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in parts:
        return
    with parts.open(listed) as source:
        tree = parse_tree(iter_blocks(source))
    for entry in tree.iter("Relationship"):
        if entry.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target", "")))
            yield entry.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _iter_blocks_of(parts: ZipParts, main: str, limits: Limits) -> Iterator[TextLine | Grid]:
    related = dict(_relations(parts, main))
    numbers = read_numbers(_parse(parts, related.get("numbering")), _parse(parts, related.get("styles")))
    comments = _read_comments(_parse(parts, related.get("comments")), limits)
    body = _require_part(parts, main).find("body")
    if body is None:
        raise ValueError("no body in the document")
    reader = WordText(numbers, comments, limits)
    for element in body:
        if element.tag == "p":
            text = reader.paragraph(element)
            notes = reader.take_notes(1, 0)
            if notes and not text.strip():
                yield TextLine("", None, notes)
            for at, line in enumerate(part for part in text.split("\n") if part.strip()):
                yield TextLine(line.strip(), None, () if at else notes)
        elif element.tag == "tbl":
            yield reader.grid(element)


def _parse(parts: ZipParts, part: str | None) -> Element | None:
    return _require_part(parts, part) if part is not None and part in parts else None


def _require_part(parts: ZipParts, part: str) -> Element:
    with parts.open(part) as source:
        return parse_word(iter_blocks(source))


def _read_comments(tree: Element | None, limits: Limits) -> dict[str, str]:
    reader = WordText(ListNumbers(), {}, limits)
    return {entry.get("id", ""): reader.block(entry) for entry in tree.iter("comment")} if tree is not None else {}

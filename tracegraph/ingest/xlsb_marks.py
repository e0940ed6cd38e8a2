"""What python-calamine leaves out of an .xlsb workbook: merged ranges, hidden rows, errors, drawings, comments.

Format: Microsoft, [MS-XLSB]: records of a number and a length in one to four bytes of seven bits each, and data.
The drawings of such a workbook are XML as in .xlsx; its comments are records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from tracegraph.ingest.cell_references import LAST_ROW, Range
from tracegraph.ingest.cell_values import ERROR_CODES
from tracegraph.ingest.tables import SheetNote
from tracegraph.ingest.xlsx_book import Relation, read_relations
from tracegraph.ingest.xlsx_notes import read_notes
from tracegraph.ingest.xlsx_sheet import SheetXml
from tracegraph.ingest.zip_look import ZipParts

_BOOK = "xl/workbook.bin"
_ROW, _ERROR, _FORMULA_ERROR, _SHEET, _MERGE = 0, 3, 11, 156, 176
_DRAWING, _OLD_DRAWING, _COMMENT, _COMMENT_TEXT = 550, 551, 635, 637
_HIDDEN_ROW = 0x10
_MOST_BYTES = 200_000_000


@dataclass(slots=True)
class XlsbMarks:
    """What a worksheet has beside its values: rows and columns from 1, errors by row number and column from 0."""

    ranges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[SheetNote, ...] = ()


def read_xlsb_marks(parts: ZipParts) -> dict[str, XlsbMarks]:
    """By the worksheet's name; ValueError, KeyError or ExpatError where the workbook is damaged."""
    relations = read_relations(parts, _BOOK)
    try:
        return {
            name: _read_sheet(parts, relations[number].target)
            for name, number in _iter_sheets(parts.read(_BOOK, _MOST_BYTES))
            if number in relations and relations[number].kind == "worksheet"
        }
    except (struct.error, IndexError) as error:
        raise ValueError(f"damaged records: {error}") from error


def _iter_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        number = data[at]
        at += 1
        if number & 0x80:
            number = (number & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = 0
        for place in range(4):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                break
        yield number, data[at : at + length]
        at += length


def _iter_sheets(book: bytes) -> Iterator[tuple[str, str]]:
    """Name and relationship of each worksheet."""
    for number, data in _iter_records(book):
        if number == _SHEET:
            relation, end = _read_wide(data, 8)
            yield _read_wide(data, end)[0], relation


def _read_sheet(parts: ZipParts, part: str) -> XlsbMarks:
    found = XlsbMarks()
    drawings: list[str] = []
    row = 0
    for number, data in _iter_records(parts.read(part, _MOST_BYTES)):
        if number == _ROW:
            row = min(struct.unpack_from("<I", data)[0], LAST_ROW) + 1
            if data[11] & _HIDDEN_ROW:
                found.hidden_rows.add(row)
        elif number in (_ERROR, _FORMULA_ERROR):
            found.errors[row, struct.unpack_from("<I", data)[0]] = ERROR_CODES.get(data[8], "#ERROR!")
        elif number == _MERGE:
            first, last, left, right = struct.unpack_from("<4I", data)
            found.ranges.append((first + 1, left + 1, last + 1, right + 1))
        elif number in (_DRAWING, _OLD_DRAWING):
            drawings.append(_read_wide(data, 0)[0])
    notes = list(read_notes(parts, part, SheetXml(drawings=drawings)))
    for relation in read_relations(parts, part).values():
        notes += _iter_comments(parts, relation)
    found.notes = tuple(sorted(notes, key=lambda note: (note.row, note.column)))
    return found


def _iter_comments(parts: ZipParts, relation: Relation) -> Iterator[SheetNote]:
    if relation.kind != "comments" or relation.target not in parts:
        return
    row = column = 0
    for number, data in _iter_records(parts.read(relation.target, _MOST_BYTES)):
        if number == _COMMENT:
            row, column = struct.unpack_from("<I4xI", data, 4)
        elif number == _COMMENT_TEXT:
            text = _read_wide(data, 1)[0]
            if text.strip():
                yield SheetNote(row + 1, row + 1, column, text, "comment")


def _read_wide(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    (letters,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * letters
    if end > len(data):
        raise ValueError("a text longer than its record")
    return data[at + 4 : end].decode("utf-16-le", errors="replace"), end

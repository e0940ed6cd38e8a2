"""Text boxes, comments, hidden rows and errors of an old .xls workbook, which its values' library leaves out.

Format: Microsoft, [MS-XLS] and [MS-ODRAW]: records of a number, a length and data. A box is a drawing record with its
anchor, then its object, then its text; a comment's cell stands in a record of its own after them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tracegraph.ingest.cell_values import ERROR_CODES
from tracegraph.ingest.tables import SheetNote

_BOF, _EOF, _CONTINUE, _SHEET, _PASSWORD = 0x809, 0x0A, 0x3C, 0x85, 0x2F
_ROW, _DRAWING, _OBJECT, _TEXT, _NOTE = 0x208, 0xEC, 0x5D, 0x1B6, 0x1C
_ERROR, _FORMULA, _ERROR_RESULT = 0x205, 0x06, 2
_VERSION_8 = 0x0600
_COMMENT = 0x19  # kind of object
_HIDDEN_ROW = 0x20
#: Head of the anchor in a drawing record; 18 bytes follow: flags, then column, row and their distances, twice.
_ANCHOR = b"\x00\x00\x10\xf0\x12\x00\x00\x00"


@dataclass(frozen=True, slots=True)
class XlsMarks:
    """What a worksheet has beside its values: rows from 1, errors by row number and column from 0."""

    notes: tuple[SheetNote, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class _Box:
    kind: int
    number: int
    anchor: tuple[int, int, int] | None
    text: str = ""


@dataclass(slots=True)
class _Sheet:
    boxes: list[_Box] = field(default_factory=list)
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def read_xls_marks(book: bytes) -> dict[str, XlsMarks]:
    """By the worksheet's name; ValueError where the stream is damaged, has a password or is older than Excel 97."""
    try:
        offsets = dict(_iter_sheets(book))
        return {name: _read_marks(book, offset) for name, offset in offsets.items()}
    except (struct.error, IndexError) as error:
        raise ValueError(f"damaged records: {error}") from error


def _iter_records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from here to the end of this substream, without those of charts inside it."""
    depth = 0
    while at + 4 <= len(book):
        number, length = struct.unpack_from("<HH", book, at)
        data = book[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (number == _BOF) - (number == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield number, data


def _iter_sheets(book: bytes) -> Iterator[tuple[str, int]]:
    for number, data in _iter_records(book, 0):
        if number == _BOF and struct.unpack_from("<H", data)[0] != _VERSION_8:
            raise ValueError("a workbook older than Excel 97")
        if number == _PASSWORD:
            raise ValueError("a workbook with a password")
        if number == _SHEET and data[5] == 0:
            letters, wide = data[6], data[7] & 1
            name = data[8 : 8 + letters * (2 if wide else 1)].decode("utf-16-le" if wide else "latin-1")
            yield name, struct.unpack_from("<I", data)[0]


def _read_marks(book: bytes, offset: int) -> XlsMarks:
    found = _Sheet()
    anchor: tuple[int, int, int] | None = None
    letters = before = 0
    for number, data in _iter_records(book, offset):
        if number == _DRAWING or (number == _CONTINUE and before == _DRAWING):
            anchor = _find_anchor(data) or anchor
        elif number == _OBJECT and len(data) >= 8:
            kind, own = struct.unpack_from("<HH", data, 4)
            found.boxes.append(_Box(kind, own, anchor))
        elif number == _TEXT and len(data) >= 12:
            (letters,) = struct.unpack_from("<H", data, 10)
        elif number == _CONTINUE and before == _TEXT and letters and found.boxes and data:
            text = data[1:].decode("utf-16-le" if data[0] & 1 else "latin-1", errors="replace")[:letters]
            found.boxes[-1].text += text
            letters -= len(text)
        elif number == _NOTE and len(data) >= 8:
            row, column, _, own = struct.unpack_from("<4H", data)
            found.cells[own] = row, column
        elif number == _ROW and len(data) >= 14 and data[12] & _HIDDEN_ROW:
            found.hidden.add(struct.unpack_from("<H", data)[0] + 1)
        elif number in (_ERROR, _FORMULA):
            _take_error(found, number, data)
        before = before if number == _CONTINUE else number
    return XlsMarks(tuple(_iter_notes(found)), frozenset(found.hidden), found.errors)


def _take_error(found: _Sheet, number: int, data: bytes) -> None:
    """An error as a value, or as the stored result of a formula."""
    row, column = struct.unpack_from("<HH", data)
    if number == _ERROR and len(data) >= 8 and data[7]:
        found.errors[row + 1, column] = ERROR_CODES.get(data[6], "#ERROR!")
    elif number == _FORMULA and len(data) >= 14 and data[6] == _ERROR_RESULT and data[12:14] == b"\xff\xff":
        found.errors[row + 1, column] = ERROR_CODES.get(data[8], "#ERROR!")


def _find_anchor(data: bytes) -> tuple[int, int, int] | None:
    """Column, row and last row, from 0, of the last anchor in a drawing record."""
    at = data.rfind(_ANCHOR)
    if at < 0 or len(data) < at + len(_ANCHOR) + 18:
        return None
    _, column, _, row, _, _, _, last, beyond = struct.unpack_from("<9H", data, at + len(_ANCHOR))
    return column, row, max(row, last if beyond else last - 1)


def _iter_notes(found: _Sheet) -> Iterator[SheetNote]:
    notes: list[SheetNote] = []
    for box in found.boxes:
        text = box.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if not text.strip():
            continue
        if box.kind == _COMMENT and box.number in found.cells:
            row, column = found.cells[box.number]
            notes.append(SheetNote(row + 1, row + 1, column, text, "comment"))
        elif box.kind != _COMMENT and box.anchor is not None:
            column, row, last = box.anchor
            notes.append(SheetNote(row + 1, last + 1, column, text, "textbox"))
    yield from sorted(notes, key=lambda note: (note.row, note.column))

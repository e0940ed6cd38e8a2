"""What passes between the importing process and the child that opens files: frames of JSON, and tables in them.

A frame is four bytes of length (big-endian) and one JSON object. JSON, not pickle: whoever takes over the child
through a hostile file can send nothing but text and numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from tracegraph.errors import FileRefused, InputError
from tracegraph.ingest.tables import Limits, Remark, Row, SheetNote, Table

_LENGTH = 4
_LETTERS = 1_000_000  # about as many in one frame of rows
#: What a broken answer raises while it is taken apart.
NONSENSE = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
Message = dict[str, Any]


def write_frame(stream: IO[bytes], message: Message) -> None:
    """Send one message. Halves of characters, which no JSON text may hold, become question marks."""
    data = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="replace")
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes], most: int) -> Message | None:
    """The next message, None at the end; ValueError for anything that is none, or more than ``most`` bytes."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    if length > most:
        raise ValueError(f"a message of {length:,} bytes")
    data = stream.read(length)
    if len(data) < length:
        return None
    message = json.loads(data)
    if not isinstance(message, dict):
        raise ValueError("a message that is no object")
    return message


def most_bytes(limits: Limits) -> int:
    """The longest frame that a file within the limits can give: one row of everything that it may hold."""
    return min(2**31, limits.max_text * 4 + 64_000_000)


def encode_error(error: InputError) -> Message:
    """An error as a message."""
    return {"th": error.th, "en": error.en, "hint_th": error.hint_th, "hint_en": error.hint_en}


def decode_error(message: Message) -> FileRefused:
    """The error of a message."""
    th, en, hint_th, hint_en = (_text(message[key]) for key in ("th", "en", "hint_th", "hint_en"))
    return FileRefused(th, en, hint_th=hint_th, hint_en=hint_en)


def iter_table_frames(table: Table) -> Iterator[Message]:
    """A table as messages: its head, then its rows and merged cells in parts, each text once in a part."""
    yield {
        "kind": "table",
        "file": table.file,
        "sheet": table.sheet,
        "hidden": table.hidden,
        "hidden_rows": sorted(table.hidden_rows),
        "pages": sorted(table.pages.items()),
        "notes": [[note.row, note.last_row, note.column, note.text, note.source] for note in table.notes],
        "remarks": [[mark.code, mark.found, mark.expected, mark.row, mark.column] for mark in table.remarks],
    }
    part = _Part()
    for row in table.rows:
        part.rows.append([row.number, [part.number_of(cell) for cell in row.cells]])
        if part.letters > _LETTERS:
            yield part.message()
            part = _Part()
    for (number, column), text in table.merged.items():
        part.merged.append([number, column, part.number_of(text)])
        if part.letters > _LETTERS:
            yield part.message()
            part = _Part()
    yield part.message()


@dataclass(slots=True)
class _Part:
    rows: list[list[Any]] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    letters: int = 0

    def number_of(self, text: str) -> int:
        number = self.texts.setdefault(text, len(self.texts))
        self.letters += 4 if number < len(self.texts) - 1 else 4 + len(text)
        return number

    def message(self) -> Message:
        return {"kind": "part", "texts": list(self.texts), "rows": self.rows, "merged": self.merged}


class TableBuilder:
    """Tables from messages, each checked for its shape; what does not fit raises one of ``NONSENSE``."""

    def __init__(self) -> None:
        self._heads: list[Message] = []
        self._rows: list[list[Row]] = []
        self._merged: list[dict[tuple[int, int], str]] = []

    def take(self, message: Message) -> None:
        """One message of kind ``table`` or ``part``."""
        if message["kind"] == "table":
            self._heads.append(message)
            self._rows.append([])
            self._merged.append({})
            return
        texts = [_text(text) for text in message["texts"]]
        rows, merged = self._rows[-1], self._merged[-1]
        for number, cells in message["rows"]:
            rows.append(Row(_whole(number), tuple([texts[at] for at in cells])))
        for number, column, at in message["merged"]:
            merged[_whole(number), _whole(column)] = texts[at]

    def build(self) -> tuple[Table, ...]:
        """All tables that were sent."""
        parts = zip(self._heads, self._rows, self._merged, strict=True)
        return tuple(_table(head, rows, merged) for head, rows, merged in parts)


def _table(head: Message, rows: list[Row], merged: dict[tuple[int, int], str]) -> Table:
    return Table(
        file=_text(head["file"]),
        sheet=_text(head["sheet"]),
        rows=tuple(rows),
        merged=merged,
        notes=tuple(
            SheetNote(_whole(row), _whole(last), _whole(column), _text(text), _text(source))
            for row, last, column, text, source in head["notes"]
        ),
        hidden=bool(head["hidden"]),
        hidden_rows=frozenset(_whole(number) for number in head["hidden_rows"]),
        pages={_whole(number): _whole(page) for number, page in head["pages"]},
        remarks=tuple(
            Remark(
                _text(code),
                _text(found),
                _text(expected),
                None if row is None else _whole(row),
                None if column is None else _text(column),
            )
            for code, found, expected, row, column in head["remarks"]
        ),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("no number")
    return value

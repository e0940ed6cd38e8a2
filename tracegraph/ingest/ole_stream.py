"""Take one stream out of an OLE compound file, as old Office programs write: the file's own small file system.

Format: Microsoft, [MS-CFB]. Every chain of sectors is bounded, for a damaged one may run in a circle.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

_IN_HEADER = 109  # sectors of the allocation table that the header itself lists
_ENTRY = 128
_NO_SECTOR = 0xFFFFFFFA  # this and above mean something other than a sector
_STREAM, _ROOT = 2, 5
_MAX_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def find_stream(data: bytes, names: tuple[str, ...]) -> bytes | None:
    """The bytes of the first stream of these names, None where there is none; ValueError where the file is damaged."""
    try:
        return _OleFile(data).find(names)
    except (struct.error, IndexError) as error:
        raise ValueError(f"a damaged OLE file: {error}") from error


class _OleFile:
    def __init__(self, data: bytes) -> None:
        self._data = data
        sector_shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if sector_shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sectors of a size that no OLE file has")
        self._sector: int = 1 << sector_shift
        self._mini: int = 1 << mini_shift
        self._first_entry, self._cutoff, self._first_mini = _picked(data, 48, 56, 60)
        self._table = self._read_table()

    def find(self, names: tuple[str, ...]) -> bytes | None:
        entries = list(self._iter_entries())
        root = next((entry for entry in entries if entry.kind == _ROOT), None)
        for name in names:
            for entry in entries:
                if entry.kind == _STREAM and entry.name == name:
                    return self._read_mini(root, entry) if entry.size < self._cutoff else self._read(entry)
        return None

    def _read_table(self) -> array[int]:
        """Which sector follows which, from all sectors of the table, however they are listed."""
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        (more,) = _picked(self._data, 68)
        each = self._sector // 4 - 1
        for _ in range(len(self._data) // self._sector + 1):
            if more >= _NO_SECTOR:
                break
            *listed, more = struct.unpack_from(f"<{each + 1}I", self._data, self._at(more))
            sectors += listed
        table = array("I")
        for sector in sectors:
            if sector < _NO_SECTOR:
                table.frombytes(self._block(sector).ljust(self._sector, b"\xff"))
        return table

    def _at(self, sector: int) -> int:
        return (sector + 1) * self._sector  # the header takes the room of one sector

    def _block(self, sector: int) -> bytes:
        return self._data[self._at(sector) : self._at(sector) + self._sector]

    def _chain(self, start: int, table: array[int], most: int) -> Iterator[int]:
        for _ in range(most):
            if start >= _NO_SECTOR:
                return
            yield start
            start = table[start]

    def _whole(self, start: int, size: int) -> bytes:
        most = min(size, len(self._data)) // self._sector + 1
        return b"".join(self._block(sector) for sector in self._chain(start, self._table, most))

    def _read(self, entry: _Entry) -> bytes:
        return self._whole(entry.start, entry.size)[: entry.size]

    def _read_mini(self, root: _Entry | None, entry: _Entry) -> bytes:
        """A small stream lies in pieces inside the root's own stream."""
        if root is None:
            raise ValueError("an OLE file without its root")
        container = self._whole(root.start, root.size)
        table = array("I")
        table.frombytes(self._whole(self._first_mini, len(self._data)))
        pieces = self._chain(entry.start, table, entry.size // self._mini + 1)
        return b"".join(container[piece * self._mini : (piece + 1) * self._mini] for piece in pieces)[: entry.size]

    def _iter_entries(self) -> Iterator[_Entry]:
        listing = self._whole(self._first_entry, _MAX_ENTRIES * _ENTRY)
        for at in range(0, len(listing) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", listing, at + 64)
            name = listing[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            start, size = struct.unpack_from("<II", listing, at + 116)
            yield _Entry(name, kind, start, size)


def _picked(data: bytes, *offsets: int) -> tuple[int, ...]:
    return tuple(struct.unpack_from("<I", data, offset)[0] for offset in offsets)

"""Tricks with the ZIP around a document: names that lead outside, sizes that lie, members that share bytes, bombs."""

from __future__ import annotations

import io
import random
import struct
import warnings
from collections.abc import Callable
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from tests.hostile.bases import Parts, pack

OUTSIDE = (
    "../outside.xlsx",
    "../../../../../../tmp/outside.csv",
    "/etc/cron.d/outside",
    "C:\\outside.csv",
    "..\\..\\outside.csv",
    "xl/../../outside.xml",
    "\\\\127.0.0.1\\x\\y.csv",
    "nul",
    "con.csv",
    "a" * 300 + ".csv",
    "\u202egpj.csv",
    "x\0y.csv",
    "",
    "/",
    "./././a.csv",
    "~/.bashrc",
    "a\nb.csv",
)

ZipTrick = Callable[[Parts, random.Random], bytes]


def _write(members: list[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of members of one name
        return pack(members, method)


def _central(data: bytes) -> list[int]:
    """Where the entries of the list of members begin."""
    at, found = data.find(b"PK\x01\x02"), []
    while at >= 0:
        found.append(at)
        at = data.find(b"PK\x01\x02", at + 4)
    return found


def _patch(data: bytes, at: int, form: str, value: int) -> bytes:
    packed = struct.pack(form, value)
    return data[:at] + packed + data[at + len(packed) :]


def _doubled(parts: Parts, draw: random.Random) -> bytes:
    name = draw.choice(sorted(parts))
    other = draw.choice((parts[name], b"", b"<x/>", parts[name][:20]))
    members = [*parts.items(), (draw.choice((name, name.upper(), "/" + name, name.replace("/", "\\"))), other)]
    return _write(members if draw.random() < 0.5 else members[::-1])


def _outside(parts: Parts, draw: random.Random) -> bytes:
    return _write([*parts.items(), (draw.choice(OUTSIDE), b"a,b\n1,2\n")])


def _renamed(parts: Parts, draw: random.Random) -> bytes:
    lost = draw.choice(sorted(parts))
    return _write([(draw.choice(OUTSIDE) if name == lost else name, data) for name, data in parts.items()])


def _sizes(parts: Parts, draw: random.Random) -> bytes:
    """The list of members lies about a size, a sum, a place, a method or a flag."""
    data = _write(list(parts.items()))
    entry = draw.choice(_central(data))
    where, form = draw.choice(
        ((20, "<I"), (24, "<I"), (16, "<I"), (42, "<I"), (10, "<H"), (8, "<H"), (28, "<H"), (30, "<H"))
    )
    top = 0xFFFFFFFF if form == "<I" else 0xFFFF
    return _patch(data, entry + where, form, draw.choice((0, 1, 9, 99, 0x7FFF, top - 1, top, len(data))))


def _local(parts: Parts, draw: random.Random) -> bytes:
    """A member's own header says something else than the list."""
    data = _write(list(parts.items()))
    places = [n for n in range(len(data) - 4) if data[n : n + 4] == b"PK\x03\x04"]
    where = draw.choice((4, 6, 8, 14, 18, 22, 26, 28, 30))
    return _patch(data, draw.choice(places) + where, "<H", draw.choice((0, 1, 0x0800, 0xFFFF)))


def _end(parts: Parts, draw: random.Random) -> bytes:
    data = _write(list(parts.items()))
    at = data.rfind(b"PK\x05\x06")
    where, form = draw.choice(((4, "<H"), (8, "<H"), (10, "<H"), (12, "<I"), (16, "<I"), (20, "<H")))
    return _patch(data, at + where, form, draw.choice((0, 1, 0xFFFF if form == "<H" else 0xFFFFFFFF, 77)))


def _locked(parts: Parts, draw: random.Random) -> bytes:
    data = _write(list(parts.items()))
    entries = _central(data)
    for entry in entries if draw.random() < 0.5 else entries[:1]:
        data = _patch(data, entry + 8, "<H", 1)
    return data


def _packing(parts: Parts, draw: random.Random) -> bytes:
    return _write(list(parts.items()), draw.choice((ZIP_STORED, ZIP_BZIP2, ZIP_LZMA)))


def _links(parts: Parts, draw: random.Random) -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        linked = draw.choice(sorted(parts))
        for name, data in parts.items():
            info = ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            if name == linked:
                info.create_system, info.external_attr = 3, 0o120777 << 16
            archive.writestr(info, b"/etc/passwd" if name == linked else data)
    return target.getvalue()


def _many(parts: Parts, draw: random.Random) -> bytes:
    return _write([*parts.items(), *((f"x/{n}.xml", b"") for n in range(draw.choice((50, 2_000, 12_000))))])


def _overlap(parts: Parts, draw: random.Random) -> bytes:
    """All members lie over the same bytes."""
    data = _write(list(parts.items()))
    for entry in _central(data)[1:]:
        data = _patch(data, entry + 42, "<I", draw.choice((0, 10)))
    return data


def _nested(parts: Parts, draw: random.Random) -> bytes:
    inner = pack(parts.items())
    for n in range(draw.choice((1, 2, 5, 30))):
        inner = _write([(draw.choice((f"{n}.zip", f"{n}.xlsx", f"{n}.csv", f"{n}.docx")), inner)])
    return inner


def _comment(parts: Parts, draw: random.Random) -> bytes:
    data = pack(parts.items())
    said = draw.choice((b"PK\x05\x06" + b"\0" * 18, b"PK\x01\x02" * 50, b"x" * 65_000))
    return _patch(data, len(data) - 2, "<H", len(said)) + said


def _before(parts: Parts, draw: random.Random) -> bytes:
    said = draw.choice(
        (b"#!/bin/sh\nexit 1\n", b"MZ" + b"\0" * 500, b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0")
    )
    return said + pack(parts.items())


def _bomb(parts: Parts, draw: random.Random) -> bytes:
    """A part of nothing but one sign: a little that unpacks to much."""
    name = draw.choice(sorted(parts))
    size = draw.choice((1_000_000, 8_000_000, 8_000_000, 40_000_000))
    filler = draw.choice((b" ", b"\0", b"<x/>", b"A"))
    body = parts[name] + filler * (size // len(filler))
    return _write([(other, body if other == name else data) for other, data in parts.items()])


ZIP_TRICKS: dict[str, ZipTrick] = {
    "two members of one name": _doubled,
    "a member outside": _outside,
    "a part renamed": _renamed,
    "sizes lie": _sizes,
    "own header lies": _local,
    "end lies": _end,
    "password flag": _locked,
    "other packing": _packing,
    "a link": _links,
    "many members": _many,
    "members share bytes": _overlap,
    "nested": _nested,
    "comment": _comment,
    "bytes before": _before,
    "bomb": _bomb,
}
_RARE = {"many members": 0.15, "bomb": 0.15}  # these cost time


def mutate_zip(parts: Parts, draw: random.Random) -> tuple[str, bytes]:
    """One trick with the ZIP of a document."""
    names = sorted(ZIP_TRICKS)
    (name,) = draw.choices(names, weights=[_RARE.get(name, 1.0) for name in names])
    return name, ZIP_TRICKS[name](parts, draw)

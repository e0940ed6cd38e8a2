"""CSV files as no program should write them."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.hostile.bases import csv_bytes
from tests.hostile.byte_tricks import mutate
from tests.hostile.xml_tricks import EXTREMES, TEXTS

CsvTrick = Callable[[random.Random], bytes]


def _text() -> str:
    return csv_bytes().decode("utf-8-sig")


def _cells(draw: random.Random) -> bytes:
    """Cells that harm where they are printed or opened again."""
    rows = [line.split(",") for line in _text().split("\r\n")]
    for _ in range(draw.choice((1, 3, 9))):
        row = draw.choice(rows)
        said = draw.choice(draw.choice((TEXTS, EXTREMES))).replace('"', '""')
        row[draw.randrange(len(row))] = f'"{said}"' if draw.random() < 0.7 else said
    return "\r\n".join(",".join(row) for row in rows).encode()


def _unclosed(draw: random.Random) -> bytes:
    text = _text()
    at = draw.randrange(len(text))
    return (text[:at] + draw.choice(('"', '""', '"""', '"x"y')) + text[at:] * draw.choice((1, 1, 400))).encode()


def _nul(draw: random.Random) -> bytes:
    data = csv_bytes()
    at = draw.randrange(len(data))
    return data[:at] + draw.choice((b"\0", b"\0" * 300, b"\x1a", b"\x1b[2J", b"\x07\x08")) + data[at:]


def _mixed(draw: random.Random) -> bytes:
    """Lines in different encodings."""
    names = ("utf-8", "cp874", "utf-16-le", "utf-16-be", "utf-7", "utf-32", "utf-8-sig")
    return b"\n".join(line.encode(draw.choice(names), "replace") for line in _text().split("\r\n"))


def _recoded(draw: random.Random) -> bytes:
    """The whole file in another encoding, often a byte short."""
    data = _text().encode(
        draw.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp874", "utf-32-be")), "replace"
    )
    return data[: len(data) - draw.choice((0, 0, 1, 2, 3))] or b"\0"


def _surrogates(draw: random.Random) -> bytes:
    """Halves of a pair alone, in UTF-16 and in UTF-8."""
    half = draw.choice(("\ud800", "\udfff", "\udc00\ud800"))
    text = _text()
    at = draw.randrange(len(text))
    said = text[:at] + half + text[at:]
    name = draw.choice(("utf-16", "utf-16-le", "utf-8"))
    return said.encode(name, "surrogatepass")


def _overlong(draw: random.Random) -> bytes:
    data = csv_bytes()
    at = draw.randrange(len(data))
    return (
        data[:at]
        + draw.choice((b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf8\x88\x80\x80\x80", b"\xfe\xfe\xff\xff", b"\xe0\xb8"))
        + data[at:]
    )


def _mojibake(draw: random.Random) -> bytes:
    return _text().encode("utf-8").decode(draw.choice(("latin-1", "cp437"))).encode("utf-8")


def _wide(draw: random.Random) -> bytes:
    return b",".join([b"x"] * draw.choice((900, 1_001, 20_000, 300_000))) + b"\n1,2\n"


def _only(draw: random.Random) -> bytes:
    sign = draw.choice(
        (
            b",",
            b"\n",
            b"\r",
            b'"',
            b";",
            b"\t",
            b" ",
            b"\0",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\xe0\xb8\x81",
            b"\x80",
            b"=",
            b",",
        )
    )
    return sign * draw.choice((1, 2, 3, 999, 300_000))


def _ends(draw: random.Random) -> bytes:
    return (
        _text()
        .replace("\r\n", draw.choice(("\r", "\n\r", "\u2028", "\x0b", "\x0c", "\x85", "\r\r\n", "\n\n\n")))
        .encode()
    )


def _declared(draw: random.Random) -> bytes:
    return (
        draw.choice((b"sep=\xff\n", b"sep=,\r\n", b"sep=\n", b'sep="\r\n', b"sep=a\r\n", b"sep=\xe0\xb8\x81\r\n"))
        + csv_bytes()[3:]
    )


def _long(draw: random.Random) -> bytes:
    return (_text() + f'4,"{"ก" * draw.choice((40_000, 140_000, 400_000))}",,1,ข\r\n').encode()


def _ragged(draw: random.Random) -> bytes:
    lines = [",".join(f"c{n}" for n in range(draw.choice((0, 1, 3, 60)))) for _ in range(draw.choice((2, 30, 2_000)))]
    return ("\n".join(lines) + _text()).encode()


def _other_kind(draw: random.Random) -> bytes:
    """Something else under the name of a table."""
    return draw.choice(
        (
            b"<html><table><tr><td>x</td></tr></table></html>",
            b"<?xml version='1.0'?><x/>",
            b"{\\rtf1 x}",
            b'{"a": [1,2]}',
            b"%PDF-1.7\n",
            b"\x89PNG\r\n\x1a\n" + b"\0" * 99,
            b"\x7fELF" + b"\1" * 200,
            b"#!/bin/sh\ncurl http://127.0.0.1:9\n",
            b'ID;PWXL;N;E\nC;Y1;X1;K"x"\nE\n',
            b"PK\x05\x06" + b"\0" * 18,
            b"Rar!\x1a\x07\x00",
            b"\x1f\x8b\x08\0\0\0\0\0",
            b"SQLite format 3\0" + b"\0" * 100,
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + draw.randbytes(600),
            draw.randbytes(900),
        )
    )


def _bytes(draw: random.Random) -> bytes:
    return mutate(csv_bytes(), draw)[1]


CSV_TRICKS: dict[str, CsvTrick] = {
    "odd cells": _cells,
    "quote never closed": _unclosed,
    "NUL": _nul,
    "mixed encodings": _mixed,
    "recoded": _recoded,
    "lone surrogates": _surrogates,
    "overlong UTF-8": _overlong,
    "mojibake": _mojibake,
    "too wide": _wide,
    "one sign only": _only,
    "odd line ends": _ends,
    "odd sep line": _declared,
    "very long cell": _long,
    "ragged": _ragged,
    "another kind": _other_kind,
    "bytes": _bytes,
}


def mutate_csv(draw: random.Random) -> tuple[str, bytes]:
    """One trick with a CSV file."""
    name = draw.choice(sorted(CSV_TRICKS))
    return name, CSV_TRICKS[name](draw)

"""What happens to any file on the way: bits turn, ends are missing, blocks are lost, doubled or moved."""

from __future__ import annotations

import random
from collections.abc import Callable

Mutate = Callable[[bytes, random.Random], bytes]


def _flip(data: bytes, draw: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 4, 16, 64))):
        out[draw.randrange(len(out))] ^= 1 << draw.randrange(8)
    return bytes(out)


def _set(data: bytes, draw: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(draw.choice((1, 2, 4, 8))):
        out[draw.randrange(len(out))] = draw.choice((0x00, 0xFF, 0x7F, 0x80, 0x22, 0x0A, draw.randrange(256)))
    return bytes(out)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data))]


def _behead(data: bytes, draw: random.Random) -> bytes:
    return data[draw.randrange(1, len(data)) :]


def _lose(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data))
    return data[:start] + data[start + draw.choice((1, 2, 7, 64, 512)) :]


def _double(data: bytes, draw: random.Random) -> bytes:
    start = draw.randrange(len(data))
    end = min(len(data), start + draw.choice((1, 8, 64, 512)))
    return data[:end] + data[start:end] * draw.choice((1, 2, 50)) + data[end:]


def _swap(data: bytes, draw: random.Random) -> bytes:
    size = draw.choice((1, 16, 128))
    a, b = sorted(draw.randrange(max(1, len(data) - size)) for _ in range(2))
    if b < a + size:
        return _flip(data, draw)
    return data[:a] + data[b : b + size] + data[a + size : b] + data[a : a + size] + data[b + size :]


def _insert(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.randbytes(draw.choice((1, 4, 32, 300))) + data[at:]


def _number(data: bytes, draw: random.Random) -> bytes:
    """A number of four bytes becomes an extreme one."""
    if len(data) < 8:
        return _set(data, draw)
    at = draw.randrange(len(data) - 4)
    value = draw.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, len(data)))
    return data[:at] + value.to_bytes(4, "little") + data[at + 4 :]


def _append(data: bytes, draw: random.Random) -> bytes:
    return data + draw.choice((b"\0" * 4096, data, draw.randbytes(700), b"PK\x05\x06" + b"\0" * 18))


BYTE_TRICKS: dict[str, Mutate] = {
    "bits turned": _flip,
    "bytes set": _set,
    "cut off": _cut,
    "beginning lost": _behead,
    "block lost": _lose,
    "block doubled": _double,
    "blocks swapped": _swap,
    "bytes between": _insert,
    "extreme number": _number,
    "more at the end": _append,
}


def mutate(data: bytes, draw: random.Random) -> tuple[str, bytes]:
    """One or two tricks on a file, and their names."""
    names = draw.sample(sorted(BYTE_TRICKS), draw.choice((1, 1, 2)))
    for name in names:
        data = BYTE_TRICKS[name](data, draw) or b"\0"
    return " + ".join(names), data

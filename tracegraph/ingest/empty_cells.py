"""Leave formatted empty cells and rows out of a worksheet's XML before it is parsed.

A sheet formatted down to its last row has millions of them; to match their bytes costs far less than to parse them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

_BLOCK = 1 << 20
_EMPTY = rb'[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?/>'
#: Formatted empty cells up to the end of their row: left out before the parser sees them. Looked for only where
#: their run begins, so that long runs cost no more than their length.
_EMPTY_TAIL = re.compile(rb'<c r="(?<!/><c r=")%b(?:<c r="%b)*+(?=</row>)' % (_EMPTY, _EMPTY))
#: Empty rows but the last of a run, which the parser still counts from; only far down, for heights place drawings.
_EMPTY_ROW = rb'[0-9]{1,7}"[^<>]*(?:/>|>(?:<c r="%b)*+</row>)' % _EMPTY
_EMPTY_RUN = re.compile(rb'<row r="%b(?:<row r="%b)*(?=<row r="%b)' % (_EMPTY_ROW, _EMPTY_ROW, _EMPTY_ROW))
_FAR_DOWN = 16 * _BLOCK


def iter_filled(source: IO[bytes], far_down: int = _FAR_DOWN) -> Iterator[bytes]:
    """The worksheet's bytes in blocks that end before a row, without the formatted empty cells at the rows' ends.

    After ``far_down`` bytes the empty rows are left out too, but for the last of each run.
    """
    carried, literal, done = b"", False, 0
    while block := source.read(_BLOCK):
        data = carried + block
        done += len(block)
        literal = literal or b"<![CDATA[" in data
        cut = data.rfind(b"<row ")
        if cut <= 0:
            cut = len(data) if len(data) > 8 * _BLOCK or literal else 0
        carried = data[cut:]
        if literal:
            yield data[:cut]
        else:
            rows = _EMPTY_RUN.sub(b"", data[:cut]) if done > far_down else data[:cut]
            yield _EMPTY_TAIL.sub(b"", rows)
    yield carried

"""Cut a worksheet where another table begins in it: headings that are not those above, with the lines over them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from tracegraph.ingest.headings import KINDS, count_known, find_kind, heading_key, known_headings
from tracegraph.ingest.tables import Row, Table
from tracegraph.thai.normalize import normalize

_LONGEST_HEADING = 60  # characters
_FEWEST = 4  # known headings in a row that begins a table
_SHARE = 0.6  # of its cells
_CODE = re.compile(r"\(?\s*(?:แบบ\s*)?(?:ผ|ผด|ยท|จ)\.?\s?[\d๐-๙]{1,2}(?:\s?[/-]\s?[\d๐-๙])?\s*\)?")
#: How the lines above the headings of a form begin: its code or title, the plan's title, or what it is aligned with.
_TITLE = re.compile(r"แบบ|บัญชี|รายละเอียดโครงการ|แผนพัฒนา|แผนการ?ดำเนินงาน|แผนความต้องการ|ก\s?\.")
_LOOKED_AT = 3  # first cells of a row that are looked up before it is read as headings


def split_blocks(table: Table) -> list[Table]:
    """The table, or its parts where rows of other headings stand in it; row numbers stay those of the worksheet."""
    starts = _find_starts(table.rows)
    if not starts:
        return [table]
    bounds = [0, *starts, len(table.rows)]
    return [_part(table, first, last) for first, last in pairwise(bounds) if first < last]


def _find_starts(rows: Sequence[Row]) -> list[int]:
    """Where each further table begins: at the first of the lines above its headings."""
    current: frozenset[str] | None = None
    found: list[int] = []
    for at, row in enumerate(rows):
        if not _may_be_headings(row):
            continue
        keys = frozenset(heading_key(cell) for cell in row.cells if cell.strip())
        if current is not None and keys != current:
            found.append(find_first_above(rows, at))
        current = keys
    return found


def _may_be_headings(row: Row) -> bool:
    cells = [cell for cell in row.cells if cell.strip()]
    if len(cells) < _FEWEST or any(len(cell) > _LONGEST_HEADING for cell in cells):
        return False
    if not any(heading_key(cell) in _every_heading() for cell in cells[:_LOOKED_AT]):
        return False
    known = count_known(row)
    return known >= _FEWEST and known >= _SHARE * len(cells) and find_kind(row.cells) is not None


@cache
def _every_heading() -> frozenset[str]:
    return frozenset(key for kind in KINDS for key in known_headings(kind))


def find_first_above(rows: Sequence[Row], at: int) -> int:
    """The first of the lines above headings at an index: rows of one text, beside which a form's code may stand.

    Lines of a row that goes on stand there too, so the lines begin with a title or a declared alignment where one is
    among them.
    """
    first = at
    while first > 0 and _is_one_text(rows[first - 1]):
        first -= 1
    return next((i for i in range(first, at) if _is_title(rows[i])), first)


def _is_one_text(row: Row) -> bool:
    texts = {cell.strip() for cell in row.cells if cell.strip()}
    return len(texts) == 1 or (len(texts) == 2 and any(_CODE.fullmatch(text) for text in texts))


def begins_preamble(row: Row) -> bool:
    """True for a title or the first declared alignment: what only the lines above headings begin with."""
    return _is_one_text(row) and _is_title(row)


def _is_title(row: Row) -> bool:
    return any(_TITLE.match(normalize(cell)) for cell in row.cells if cell.strip())


def _part(table: Table, first: int, last: int) -> Table:
    rows = table.rows[first:last]
    low = 0 if first == 0 else rows[0].number
    high = table.rows[last].number if last < len(table.rows) else rows[-1].number + 1_000_000
    return replace(
        table,
        rows=rows,
        merged={place: text for place, text in table.merged.items() if low <= place[0] < high},
        notes=tuple(note for note in table.notes if low <= note.row < high),
        hidden_rows=frozenset(row for row in table.hidden_rows if low <= row < high),
        pages={row: page for row, page in table.pages.items() if low <= row < high},
        remarks=table.remarks if first == 0 else (),
    )

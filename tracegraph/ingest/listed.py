"""Several needs in one cell (``1. ถนน`` line break ``2. น้ำประปา``), as forum lists write them, become a row each."""

from __future__ import annotations

import re
from dataclasses import replace

from tracegraph.ingest.mapping import TableMapping
from tracegraph.ingest.tables import Remark, Row, Table

_NUMBERED = re.compile(r"^\s*\(?([\d๐-๙]{1,2})[.)]\s*(?=\D)")


def split_listed(table: Table, mapping: TableMapping) -> Table:
    """The table with a row for each numbered line of its needs; they keep the row number, the first keeps the id."""
    text, own_id = mapping.find("text"), mapping.find("id")
    if text is None:
        return table
    rows: list[Row] = []
    remarks = list(table.remarks)
    for row in table.rows:
        parts = _read_parts(row.cell(text.index)) if row.number > mapping.rows.last else ()
        if len(parts) < 2:
            rows.append(row)
            continue
        remarks.append(Remark("cell-split", str(len(parts)), row=row.number, column=text.heading))
        for at, part in enumerate(parts):
            cells = list(row.cells)
            cells[text.index] = part
            if own_id is not None and at:
                cells[own_id.index] = ""
            rows.append(Row(row.number, tuple(cells)))
    return replace(table, rows=tuple(rows), remarks=tuple(remarks)) if len(rows) > len(table.rows) else table


def _read_parts(cell: str) -> tuple[str, ...]:
    """The numbered lines of a cell, numbers 1, 2, 3 … in order; () where it holds no such list."""
    lines = [line for line in cell.splitlines() if line.strip()]
    parts: list[str] = []
    for line in lines:
        match = _NUMBERED.match(line)
        if match and int(match[1]) == len(parts) + 1:
            parts.append(line[match.end() :].strip())
        elif parts:
            parts[-1] = f"{parts[-1]}\n{line.strip()}"
        else:
            return ()
    return tuple(parts)

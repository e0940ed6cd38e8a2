"""Check the totals that a table states against its own items; a difference is told with both figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracegraph.ingest.amounts import in_baht
from tracegraph.ingest.anchors import RowKind
from tracegraph.ingest.lines import is_total
from tracegraph.ingest.mapping import Column, TableMapping
from tracegraph.ingest.rows import RowCells
from tracegraph.ingest.walk import WalkedRow
from tracegraph.model.records import TotalCheck
from tracegraph.thai.normalize import normalize
from tracegraph.thai.numbers import read_money

_COUNTED = re.compile(r"จำนวน(?:โครงการ|รายการ)|number of")
_COUNT = re.compile(r"([\d,]+) ?(?:โครงการ|รายการ)")
_NUMBER = re.compile(r"[\d,]+(?:\.0+)?")
_NEAR = 0.5  # baht; totals are often rounded
_MONEY = ("money", "budget")


@dataclass(slots=True)
class Tally:
    """Money of each record by column, kept while a table is read, and what its total rows say."""

    money: dict[int, dict[int, float]] = field(default_factory=dict)

    def add(self, cells: RowCells) -> None:
        """Count a record's money, by the row where it begins."""
        found: dict[int, float] = {}
        for column, cell in cells.cells:
            if column.prop in _MONEY and (value := _read(cell, column)) is not None:
                found[column.index] = found.get(column.index, 0.0) + value
        self.money[cells.row.number] = found

    def check(self, rows: Sequence[WalkedRow], mapping: TableMapping) -> tuple[TotalCheck, ...]:
        """Each figure of each total row, compared with the records since the total above, of its part, or of all."""
        columns = [column for column in mapping.columns if column.prop in _MONEY]
        checks: list[TotalCheck] = []
        since: list[int] = []
        everything: list[int] = []
        above: RowKind | None = None
        for walked in rows:
            if walked.kind is RowKind.ITEM:
                if above is RowKind.TOTAL:
                    since = []
                since.append(walked.row.number)
                everything.append(walked.row.number)
            elif walked.kind is RowKind.TOTAL:
                part = [w.row.number for w in rows if w.kind is RowKind.ITEM and w.block == walked.block]
                checks += self._check_row(walked, columns, (since, part, everything))
            if walked.kind is not RowKind.CONTINUATION:
                above = walked.kind
        return tuple(checks)

    def _check_row(
        self, walked: WalkedRow, columns: Sequence[Column], scopes: Sequence[Sequence[int]]
    ) -> Iterable[TotalCheck]:
        label = next(cell.strip() for cell in walked.row.cells if cell.strip() and is_total(cell))
        if _COUNTED.search(normalize(label)):
            stated = next((n for cell in walked.row.cells if (n := _whole(cell)) is not None), None)
            yield from _compared(walked, label, "จำนวนโครงการ", stated, [float(len(rows)) for rows in scopes])
            return
        counted = next((m for cell in walked.row.cells if (m := _COUNT.fullmatch(normalize(cell)))), None)
        if counted:
            count = float(counted[1].replace(",", ""))
            yield from _compared(walked, label, "จำนวนโครงการ", count, [float(len(rows)) for rows in scopes])
        for column in columns:
            stated = _read(walked.row.cell(column.index), column)
            if stated is None:
                continue
            sums = [sum(self.money.get(row, {}).get(column.index, 0.0) for row in rows) for rows in scopes]
            yield from _compared(walked, label, " ".join(column.heading.split()), stated, sums)


def _compared(
    walked: WalkedRow, label: str, of: str, stated: float | None, sums: Sequence[float]
) -> Iterable[TotalCheck]:
    """The stated figure beside the sum that it agrees with, else beside that of the rows since the total above."""
    if stated is not None:
        found = next((value for value in sums if abs(value - stated) <= _NEAR), sums[0])
        agrees = abs(found - stated) <= _NEAR
        yield TotalCheck(walked.row.number, label, of, round(stated, 2), round(found, 2), agrees)


def _read(cell: str, column: Column) -> float | None:
    return in_baht(read_money(cell), column.unit)


def _whole(cell: str) -> float | None:
    text = normalize(cell)
    found = _COUNT.fullmatch(text) or (re.fullmatch(rf"({_NUMBER.pattern})", text) if _NUMBER.fullmatch(text) else None)
    return float(found[1].replace(",", "")) if found else None

"""ผ.01, the summary of a plan book: no items of its own, but figures that the detailed lists must add up to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracegraph.ingest.lines import is_total
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.ingest.tables import Row, Table
from tracegraph.model.records import ItemReading, Problem, TableLayout, TotalCheck
from tracegraph.thai.normalize import normalize
from tracegraph.thai.numbers import read_money

_COUNT = re.compile(r"จำนวน ?(?:โครงการ)?")
_MONEY = re.compile(r"งบ|บาท|จำนวนเงิน")
_YEAR = re.compile(r"(2[45]\d\d)")
_STRATEGY = re.compile(r"^(?:\d{1,2} ?[.)]? ?)?(?:ยุทธศาสตร์|ประเด็นการพัฒนา(?:ท้องถิ่น)?)(?:ที่)?")
_LEADING = re.compile(
    r"^\(?\d{0,2}(?:\.\d{1,2})?[.)]?\s*(?:ยุทธศาสตร์|ประเด็นการพัฒนา(?:ท้องถิ่น)?|แผนงาน|ผง\.)?(?:ที่ ?\d+)?\s*:?\s*"
)
_GRAND = re.compile(r"รวมทั้งสิ้น|รวมทั้งหมด|รวมทุกยุทธศาสตร์")
_SEARCHED_ROWS = 40
_NEAR = 0.5  # baht
_OWN_TOTAL = re.compile(r"^ผ\.02 ")  # ผ.02/1, ผ.02/2 and ผ.03 stand outside the summary's total


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line of ผ.01: what it sums, and by year (None: all years) the number of projects and baht that it states."""

    row: int
    label: str
    strategy: str
    figures: tuple[tuple[int | None, float | None, float | None], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A ผ.01 as read: its worksheet, heading rows and lines."""

    file: str
    sheet: str
    first: int
    last: int
    lines: tuple[SummaryLine, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    year: int | None
    count: int
    money: int


def read_summary(table: Table) -> Summary | None:
    """The summary that a table is; None where it has no pairs of จำนวนโครงการ and งบประมาณ by year."""
    for at, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        keys = [normalize(cell) for cell in row.cells]
        if sum(1 for key in keys if _COUNT.match(key)) < 2 or sum(1 for key in keys if _MONEY.search(key)) < 2:
            continue
        pairs = list(_read_pairs(table, at))
        lines = tuple(_iter_lines(table.rows[at + 1 :], pairs))
        return Summary(table.file, table.sheet, _first_heading(table.rows, at), row.number, lines) if pairs else None
    return None


def _read_pairs(table: Table, at: int) -> Iterator[_Pair]:
    """Each จำนวนโครงการ with the money column right of it, and the year that stands above them."""
    row = table.rows[at]
    for index, cell in enumerate(row.cells):
        if not _COUNT.match(normalize(cell)) or not _MONEY.search(normalize(row.cell(index + 1))):
            continue
        above = " ".join(table.filled(table.rows[i], index) for i in range(max(0, at - 3), at))
        here = _YEAR.findall(normalize(f"{above} {cell}"))
        total = "รวม" in above
        if total or here:
            yield _Pair(None if total else int(here[-1]), index, index + 1)


def _first_heading(rows: Sequence[Row], at: int) -> int:
    while at > 0 and len([cell for cell in rows[at - 1].cells if cell.strip()]) > 1:
        at -= 1
    return rows[at].number


def _iter_lines(rows: Sequence[Row], pairs: Sequence[_Pair]) -> Iterator[SummaryLine]:
    strategy = ""
    for row in rows:
        words = [c.strip() for c in row.cells[: min(p.count for p in pairs)] if any(ch.isalpha() for ch in c)]
        if not words:
            continue
        label = words[-1]
        strategy = next((word for word in words if _STRATEGY.match(normalize(word))), strategy)
        if len(words) > 1 and strategy not in words:  # ยุทธศาสตร์ and แผนงาน stand in columns of their own
            strategy = words[0]
        figures = tuple((p.year, _number(row.cell(p.count)), _number(row.cell(p.money))) for p in pairs)
        if any(count is not None or money is not None for _, count, money in figures):
            yield SummaryLine(row.number, label, strategy, figures)


def _number(cell: str) -> float | None:
    return read_money(cell).value


def check_summary(summary: Summary, readings: Sequence[ItemReading]) -> tuple[TableLayout, tuple[Problem, ...]]:
    """The summary as a table that was read, with each figure beside that of the items; problems where they differ.

    A line about which the file holds no item is not compared: a summary may come alone.
    """
    items = [item for item in readings if _OWN_TOTAL.match(item.form)]
    checks: list[TotalCheck] = []
    for line in summary.lines:
        own = _items_of(line, items)
        if own:
            checks += _compare(line, own)
    problems = tuple(
        make_problem(
            "summary-differs",
            Place(summary.file, summary.sheet, check.row, check.of),
            f"{check.label}: {check.stated:,.2f}".removesuffix(".00"),
            f"{check.found:,.2f}".removesuffix(".00"),
        )
        for check in checks
        if not check.agrees
    )
    layout = TableLayout(
        sheet=summary.sheet,
        kind="summary",
        form="p01",
        form_label="ผ.01 บัญชีสรุปโครงการพัฒนา",
        form_confidence=0.95,
        form_reasons=(("มีคู่คอลัมน์ จำนวนโครงการ และ งบประมาณ รายปี", "pairs of number of projects and money by year"),),
        heading_first=summary.first,
        heading_last=summary.last,
        headings=(),
        columns=(),
        checks=tuple(checks),
    )
    return layout, problems


def _items_of(line: SummaryLine, items: Sequence[ItemReading]) -> list[ItemReading]:
    """The items that a line sums: everything, a strategy's, or those of a แผนงาน under the strategy above the line."""
    label = normalize(line.label)
    if _GRAND.search(label):
        return list(items)
    if is_total(label) or _STRATEGY.match(label):
        return [item for item in items if _same(item.strategy, line.strategy)]
    found = [
        item
        for item in items
        if _same(item.programme, line.label) and (not line.strategy or _same(item.strategy, line.strategy))
    ]
    return found or [item for item in items if _same(item.strategy, line.label)]


def _same(one: str, other: str) -> bool:
    left, right = (_LEADING.sub("", normalize(text)).replace(" ", "") for text in (one, other))
    return bool(left) and bool(right) and (left == right or left.endswith(right) or right.endswith(left))


def _compare(line: SummaryLine, items: Sequence[ItemReading]) -> Iterable[TotalCheck]:
    for year, count, money in line.figures:
        paid = [amount for item in items if (amount := _money_of(item, year))]
        number = len(items) if year is None else len(paid)
        name = "รวม" if year is None else str(year)
        if count is not None:
            yield _check(line, f"จำนวนโครงการ {name}", count, float(number), 0.0)
        if money is not None:
            yield _check(line, f"งบประมาณ {name}", money, round(sum(paid), 2), _NEAR)


def _check(line: SummaryLine, of: str, stated: float, found: float, near: float) -> TotalCheck:
    return TotalCheck(line.row, line.label, of, stated, found, abs(stated - found) <= near)


def _money_of(item: ItemReading, year: int | None) -> float:
    return sum(amount or 0.0 for of_year, amount in item.money if year is None or of_year == year)

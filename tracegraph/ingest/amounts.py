"""Money of a row by fiscal year: year columns, or one column with the year beside it or in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracegraph.ingest.mapping import Column
from tracegraph.ingest.rows import RowCells
from tracegraph.thai.normalize import normalize
from tracegraph.thai.numbers import Money, MoneyState, read_money, read_year, read_years

_FUND = re.compile(
    r"ข้อบัญญัติ|เทศบัญญัติ|เงินสะสม|จ่ายขาด|เงินทุนสำรอง|โอน(?:งบ|เพิ่ม|ลด|ตั้งจ่าย)|อุดหนุน(?:เฉพาะกิจ|ทั่วไป)?|เงินกัน|กันเงิน|งบจังหวัด|งบกลุ่มจังหวัด"
)
_BY_YEAR = re.compile(r"(?P<years>(?:พ\.ศ\.\s*)?\d{2,4}(?:\s*-\s*\d{2,4})?)\s*:\s*(?P<each>ปีละ)?\s*(?P<money>[\d,.]+)")


@dataclass(slots=True)
class Amounts:
    """Baht by fiscal year (Buddhist era), years in order; ``undated`` is money without a year.

    A dash is zero baht: such years are left out where another year has money, and kept where none has.
    """

    by_year: dict[int, float] = field(default_factory=dict)
    undated: float | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def years(self) -> tuple[int, ...]:
        """Years with money, parallel to ``amounts``; empty where money has no year."""
        return tuple(sorted(self._shown()))

    @property
    def amounts(self) -> tuple[float, ...]:
        """Baht for each year; one undated amount where no year is known."""
        shown = self._shown()
        if shown:
            return tuple(shown[year] for year in sorted(shown))
        return () if self.undated is None else (self.undated,)

    @property
    def fund_source(self) -> str | None:
        """A source of money named beside an amount (``5000000 (เงินอุดหนุน)``)."""
        return next((remark for remark in self.remarks if _FUND.search(normalize(remark))), None)

    def _shown(self) -> dict[int, float]:
        paid = {year: money for year, money in self.by_year.items() if money}
        return paid or self.by_year

    def add(self, year: int | None, money: float) -> None:
        """Money of a year; amounts of the same year are added up."""
        if year is None:
            self.undated = round((self.undated or 0.0) + money, 2)
        else:
            self.by_year[year] = round(self.by_year.get(year, 0.0) + money, 2)


def read_amounts(cells: RowCells, plan_years: tuple[int, int] | None) -> Amounts:
    """The row's money; what cannot be read is warned of and counts as nothing."""
    found = Amounts()
    for column, cell in cells.all("money"):
        _add(cells, found, column, cell, column.year)
    for column, cell in cells.all("budget"):
        if by_year := _read_by_year(cell):
            for year, money in by_year:
                found.add(year, money)
        else:
            _add(cells, found, column, cell, _year_of(cells, plan_years))
    if found.undated:
        cells.warn("no-year", "budget", f"{found.undated:,.2f}")
    return found


def _add(cells: RowCells, found: Amounts, column: Column, cell: str, year: int | None) -> None:
    money = read_money(cell)
    if money.state is MoneyState.UNSURE:
        cells.warn("money-unsure", column.heading, cell)
    elif (value := in_baht(money, column.unit)) is not None:
        if money.remark and money.value:
            found.remarks.append(money.remark)
            cells.warn("money-remark", column.heading, cell, f"{value:,.2f}")
        if money.state is MoneyState.AMOUNT or year is not None:
            found.add(year, value)


def in_baht(money: Money, unit: float) -> float | None:
    """A cell's money in baht; the heading's unit (ล้านบาท) holds only where the cell names none of its own."""
    if money.value is None:
        return None
    own_unit = any(word in money.original for word in ("ล้าน", "พัน", "บาท"))
    return money.value if own_unit else round(money.value * unit, 2)


def _read_by_year(cell: str) -> list[tuple[int, float]]:
    """``2569: 980,000`` and ``2567–2570: ปีละ 80,000``; empty for anything else."""
    pairs: list[tuple[int, float]] = []
    for part in re.split(r"[;\n]", normalize(cell)):
        match = _BY_YEAR.fullmatch(part.strip())
        years = read_years(match["years"]) if match else ()
        money = read_money(match["money"]).value if match else None
        if not years or money is None or (len(years) > 1 and not (match and match["each"])):
            return []
        pairs += [(year, money) for year in years]
    return pairs


def _year_of(cells: RowCells, plan_years: tuple[int, int] | None) -> int | None:
    said = cells.text("year")
    if said is not None:
        year = read_year(said)
        if year is None and not read_years(said):
            cells.warn("year-unread", "year", said)
        if year is not None:
            return year
    return plan_years[0] if plan_years and plan_years[0] == plan_years[1] else None


def find_fund_source(text: str) -> str | None:
    """A source of money in brackets in a name: ``… (โอนงบครั้งที่ 13/2567)``; None where there is none."""
    for words in re.findall(r"\(([^()]*)\)", text):
        if _FUND.search(normalize(words)) and len(words) < 80:
            return str(words).strip()
    return None

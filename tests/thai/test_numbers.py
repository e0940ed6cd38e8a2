"""Money, years and village numbers; above all what must not become a number."""

from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracegraph.thai.numbers import MoneyState, read_money, read_village_no, read_year, read_years


@pytest.mark.parametrize(
    ("cell", "baht"),
    [
        (" 1,632,820 ", 1632820.0),
        ("10,500,000.00", 10500000.0),
        ("478,324.82", 478324.82),
        ("๑,๘๗๙,๐๐๐.-", 1879000.0),
        ("500000", 500000.0),
        ("500,000 บาท", 500000.0),
        ("500,000.- บาท", 500000.0),
        ("฿ 500,000", 500000.0),
        ("1.5 ล้าน", 1500000.0),
        ("๒.๗๕ ล้านบาท", 2750000.0),
        ("2 ลบ.", 2000000.0),
        ("5 แสน", 500000.0),
        (313000.61, 313000.61),
        (500000, 500000.0),
        (0.1 + 0.2, 0.3),
    ],
)
def test_amounts(cell: object, baht: float) -> None:
    money = read_money(cell)
    assert (money.state, money.value, money.problem) == (MoneyState.AMOUNT, baht, None)


def test_a_remark_beside_the_amount_is_kept() -> None:
    money = read_money("5000000 (เงินอุดหนุน)")
    assert (money.value, money.remark) == (5000000.0, "เงินอุดหนุน")


@pytest.mark.parametrize("cell", ["-", "–", " -   ", "0", "0.00", 0, 0.0, "๐", "ไม่ใช้งบประมาณ", "-.-"])
def test_zero_baht_that_year(cell: object) -> None:
    assert (read_money(cell).state, read_money(cell).value) == (MoneyState.ZERO, 0.0)


@pytest.mark.parametrize("cell", ["", "   ", None, "(ว่าง)", "ไม่ระบุ", math.nan, "\u200b"])
def test_not_set_is_not_zero(cell: object) -> None:
    assert (read_money(cell).state, read_money(cell).value) == (MoneyState.BLANK, None)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("1,500,00", "grouping"),
        ("1,00,000", "grouping"),
        ("10,0000", "grouping"),
        ("1.500", "decimals"),
        ("1.500.000", "grouping"),
        ("1 500 000", "several"),
        ("100,000-200,000", "range"),
        ("100,000 ถึง 200,000", "range"),
        ("5O0,000", "several"),
        ("l00000", "letters"),
        ("ห้าแสน", "letters"),
        ("500,000 อบจ.", "letters"),
        ("50,000 บาท/คัน", "per-unit"),
        ("ตัวละ 50,000", "per-unit"),
        ("#REF!", "formula-error"),
        ("=SUM(A1)", "formula-error"),
        ("〃", "ditto"),
        ("เช่นเดียวกัน", "ditto"),
        ("-500", "negative"),
        ("(500)", "negative"),
        (-500, "negative"),
        (True, "not-money"),
        (datetime.date(2025, 1, 1), "not-money"),
        (math.inf, "too-large"),
        ("99999999999999999", "too-large"),
        ("2 ล้านห้าแสน", "letters"),
    ],
)
def test_what_is_not_plainly_money_is_never_a_number(cell: object, problem: str) -> None:
    money = read_money(cell)
    assert (money.state, money.value, money.problem) == (MoneyState.UNSURE, None, problem)
    assert money.original == str(cell)


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.none(), st.booleans()))
def test_reading_money_never_raises_and_value_and_state_agree(cell: object) -> None:
    money = read_money(cell)
    assert (money.value is None) == (money.state in (MoneyState.BLANK, MoneyState.UNSURE))
    assert (money.problem is None) == (money.state is not MoneyState.UNSURE)
    if money.state is MoneyState.AMOUNT:
        assert money.value is not None
        assert money.value > 0


@pytest.mark.parametrize(
    "text",
    [
        *("66", "2566", "๒๕๖๖", "2023", "พ.ศ. 2566", "พ.ศ.๒๕๖๖", "ปี 66", "FY66", "ปีงบประมาณ พ.ศ. 2566 (บาท)"),
        *("y2566", "ค.ศ. 2023", "ปี 2566", "งบประมาณ 2566"),
    ],
)
def test_one_year(text: str) -> None:
    assert read_year(text) == 2566


@pytest.mark.parametrize("cell", [2566, 2566.0, 66])
def test_year_cells_that_are_numbers(cell: object) -> None:
    assert read_year(cell) == 2566


@pytest.mark.parametrize("text", ["2566-2570", "66-70", "2566–2570", "(พ.ศ. 2566 - 2570)", "๒๕๖๖ ถึง ๒๕๗๐", "2566-70"])
def test_year_ranges(text: str) -> None:
    assert read_years(text) == (2566, 2567, 2568, 2569, 2570)
    assert read_year(text) is None


def test_year_lists() -> None:
    assert read_years("2566, 2568") == (2566, 2568)
    assert read_years("66 และ 67") == (2566, 2567)


@pytest.mark.parametrize(
    "text", ["", "abc", "23", "1850", "2999", "2570-2566", "งบประมาณ", None, True, "5/2567", "256"]
)
def test_what_is_no_year(text: object) -> None:
    assert read_year(text) is None


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.none()))
def test_reading_years_never_raises(cell: object) -> None:
    assert all(2400 <= year <= 2700 for year in read_years(cell))


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        (5, (5,)),
        (5.0, (5,)),
        ("หมู่ที่ ๕", (5,)),
        ("ม.4 และ 12", (4, 12)),
        ("หมู่ที่ 4, หมู่ที่ 7", (4, 7)),
        ("1-5", (1, 2, 3, 4, 5)),
        ("หมู่ 9-ม.4", (4, 9)),
        ("", ()),
        ("-", ()),
        (None, ()),
    ],
)
def test_village_cells(cell: object, numbers: tuple[int, ...]) -> None:
    read = read_village_no(cell)
    assert (read.numbers, read.doubtful, read.problem) == (numbers, False, None)


def test_an_implausible_village_is_kept_and_doubted() -> None:
    assert read_village_no("41").doubtful
    assert read_village_no("41").numbers == (41,)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("0", "out-of-range"), (100, "out-of-range"), ("ทั้งตำบล", "not-a-number"), (True, "not-a-number")],
)
def test_what_is_no_village(cell: object, problem: str) -> None:
    assert (read_village_no(cell).numbers, read_village_no(cell).problem) == ((), problem)

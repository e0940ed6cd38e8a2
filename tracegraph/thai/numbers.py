"""Money, years and village numbers as officers type them; what is not plainly a number is never made one."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tracegraph.thai.normalize import normalize
from tracegraph.thai.villages import MAX_PLAUSIBLE_VILLAGE, read_village_list

MAX_BAHT = 1e13  # several national budgets; more is a typing or OCR accident
MAX_VILLAGE = 99  # two digits of the village code


class MoneyState(StrEnum):
    """What a money cell says: ``-`` is zero baht that year, an empty cell is "not set", the rest is for a person."""

    AMOUNT = "amount"
    ZERO = "zero"
    BLANK = "blank"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Money:
    """A money cell as read: ``value`` in baht to the satang (None for blank and unsure), ``remark`` beside it.

    ``problem`` is one of formula-error, ditto, grouping, decimals, range, several, letters, per-unit, negative,
    too-large, not-money; ``original`` is the cell as typed.
    """

    value: float | None
    state: MoneyState
    original: str
    remark: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class VillageNumbers:
    """Village numbers of a cell. ``doubtful``: a number above 40, which no Thai tambon has (import keeps and shows it).

    ``problem`` is ``not-a-number`` or ``out-of-range`` (0, above 99); then ``numbers`` is what could be read.
    """

    numbers: tuple[int, ...]
    original: str
    doubtful: bool = False
    problem: str | None = None


_UNITS = {
    "ล้านบาท": 1e6, "ล้าน": 1e6, "ลบ.": 1e6, "แสนบาท": 1e5, "แสน": 1e5, "หมื่นบาท": 1e4, "หมื่น": 1e4,
    "พันบาท": 1e3, "พัน": 1e3, "บาทถ้วน": 1.0, "บาท": 1.0, "บ.": 1.0, "฿": 1.0, "thb": 1.0, "": 1.0,
}  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_MONEY = re.compile(
    r"฿?\s?(?P<whole>[\d,]*\d)(?P<decimals>\.\d+)?\s?(?:\.?-|\.)?\s?"
    rf"(?P<unit>{_UNIT})\s?(?:\.?-)?\s?(?P<remark>\(.*\)|\[.*\])?"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_DASHES = re.compile(r"[-_.\s=]*-[-_.\s=]*")
_BLANK_WORDS = frozenset(("", "(ว่าง)", "ว่าง", "ไม่ระบุ", "n/a", "na", "null", "none", "nan", "."))
_ZERO_WORDS = frozenset(("ไม่มี", "ไม่ใช้งบประมาณ", "ไม่ใช้งบ", "ไม่มีงบประมาณ"))
_DITTO = frozenset(('"', "''", '""', "〃", "ๆ", '-"-', "เช่นเดียวกัน", "(เดียวกัน)", "เดียวกัน"))


def read_money(cell: object) -> Money:
    """Money of one cell: ``" 1,632,820 "``, ``๑,๘๗๙,๐๐๐.-``, ``1.5 ล้านบาท``, ``5000000 (เงินอุดหนุน)``, ``-``, empty."""
    if cell is None:
        return Money(None, MoneyState.BLANK, "")
    if isinstance(cell, bool):
        return Money(None, MoneyState.UNSURE, str(cell), problem="not-money")
    if isinstance(cell, int | float):
        return _from_number(float(cell), str(cell))
    if not isinstance(cell, str):
        return Money(None, MoneyState.UNSURE, str(cell), problem="not-money")
    return _from_text(cell)


def _from_number(number: float, original: str, remark: str = "") -> Money:
    if math.isnan(number):
        return Money(None, MoneyState.BLANK, original)
    if number < 0:
        return Money(None, MoneyState.UNSURE, original, problem="negative")
    if number > MAX_BAHT:
        return Money(None, MoneyState.UNSURE, original, problem="too-large")
    state = MoneyState.AMOUNT if round(number, 2) else MoneyState.ZERO
    return Money(round(number, 2), state, original, remark)


@lru_cache(maxsize=32_768)  # a five-year plan writes the same few amounts again and again
def _from_text(cell: str) -> Money:
    if not cell:  # most money cells of a five-year plan
        return Money(None, MoneyState.BLANK, cell)
    text = normalize(cell)
    if text in _BLANK_WORDS:
        return Money(None, MoneyState.BLANK, cell)
    if text in _ZERO_WORDS or _DASHES.fullmatch(text):
        return Money(0.0, MoneyState.ZERO, cell, remark=text if text in _ZERO_WORDS else "")
    m = _MONEY.fullmatch(text)
    problem = _find_problem(text, m)
    if m is None or problem:
        return Money(None, MoneyState.UNSURE, cell, problem=problem)
    number = float(m["whole"].replace(",", "") + (m["decimals"] or ""))
    return _from_number(number * _UNITS[m["unit"]], cell, (m["remark"] or "")[1:-1].strip())


def _find_problem(text: str, m: re.Match[str] | None) -> str | None:
    """Why a text is not plainly one amount; None where it is."""
    if m is None:
        if text in _DITTO:
            return "ditto"
        return "formula-error" if text.startswith(("#", "=")) else _why_not(text)
    if not _GROUPED.fullmatch(m["whole"]):
        return "grouping"
    # 1.500 may be one and a half or fifteen hundred
    return "decimals" if _UNITS[m["unit"]] == 1.0 and len(m["decimals"] or "") > len(".50") else None


def _why_not(text: str) -> str:
    numbers = re.findall(r"\d[\d,.]*", text)
    if not numbers:
        return "letters"
    if text.startswith("-") or (text.startswith("(") and text.endswith(")")):
        return "negative"
    if len(numbers) > 1:
        return "range" if re.search(r"\d\s?(?:-|ถึง)\s?\d", text) else "several"
    if re.search(r"/|ต่อ|ละ", text):
        return "per-unit"
    return "letters" if re.search(r"[a-zก-๙]", text) else "grouping"


_YEAR_WORDS = re.compile(
    r"ประจำ|ปีงบประมาณ|งบประมาณ|ปีการศึกษา|ปี|พ\.?\s?ศ\.?|แผน|ระหว่าง|ตั้งแต่|\(บาท\)|บาท|fy|be|y(?=\d)|[():.]", re.IGNORECASE
)
_CHRISTIAN = re.compile(r"ค\.?\s?ศ\.?|ad|ce")
_AROUND_DASH = re.compile(r"\s?(?:-|ถึง)\s?")
_YEAR = re.compile(r"\d{4}|\d{2}")
_YEAR_RANGE = re.compile(r"(\d{4}|\d{2})-(\d{4}|\d{2})")


def read_year(text: object) -> int | None:
    """The one Buddhist-era year that a cell or heading states (66, ๒๕๖๖, 2023, ``พ.ศ. 2566``, FY66); None otherwise."""
    years = read_years(text)
    return years[0] if len(years) == 1 else None


def read_years(text: object) -> tuple[int, ...]:
    """Every Buddhist-era year of a cell, ranges written out (``2566-2570``, ``66-70``, ``66, 67``); empty if unsure."""
    if isinstance(text, bool) or text is None:
        return ()
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    bare = normalize(str(text))
    christian = _CHRISTIAN.search(bare) is not None
    bare = _AROUND_DASH.sub("-", _YEAR_WORDS.sub(" ", _CHRISTIAN.sub(" ", bare)).strip())
    years: list[int] = []
    for part in re.split(r"\s?(?:,|และ|/|\s(?=\d))\s?", bare):
        found = _read_part(part.strip(), christian=christian)
        if not found:
            return ()
        years.extend(found)
    return tuple(sorted(set(years)))


def _read_part(part: str, *, christian: bool) -> tuple[int, ...]:
    if _YEAR.fullmatch(part):
        year = _buddhist(part, christian=christian)
        return () if year is None else (year,)
    if m := _YEAR_RANGE.fullmatch(part):
        first = _buddhist(m[1], christian=christian)
        last = _buddhist(m[2], christian=christian)
        if first is not None and last is not None and 0 <= last - first <= 30:
            return tuple(range(first, last + 1))
    return ()


def _buddhist(digits: str, *, christian: bool) -> int | None:
    year = int(digits)
    if len(digits) == 2:
        if christian:
            return 2000 + year + 543
        return 2500 + year if year >= 40 else None  # 23 may be 2023 or 2523: not decided here
    if 1900 <= year <= 2100:
        return year + 543
    return year if not christian and 2400 <= year <= 2700 else None


_VILLAGE_WORDS = re.compile(r"หมู่บ้าน|หมู่|ที่|มบ\.|ม\.|บ้าน(?=\s?\d)")
_VILLAGE_CELL = re.compile(r"(\d{1,4})((?:\s?(?:,|และ|กับ|ถึง|-|/|&|\+)\s?\d{1,4})*)")


def read_village_no(cell: object) -> VillageNumbers:
    """Village numbers of a cell: 5, ``หมู่ที่ ๕``, ``ม.4 และ 12``, ``1-5``; empty cell and ``-`` give none."""
    if cell is None or isinstance(cell, bool):
        return VillageNumbers((), "" if cell is None else str(cell), problem=None if cell is None else "not-a-number")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    original = str(cell)
    bare = " ".join(_VILLAGE_WORDS.sub(" ", normalize(original)).split())
    if bare in ("", "-"):
        return VillageNumbers((), original)
    m = _VILLAGE_CELL.fullmatch(bare)
    if m is None:
        return VillageNumbers((), original, problem="not-a-number")
    digits = [int(number) for number in re.findall(r"\d+", bare)]
    if min(digits) < 1 or max(digits) > MAX_VILLAGE:
        return VillageNumbers((), original, problem="out-of-range")
    numbers = read_village_list(m[1], m[2])
    return VillageNumbers(numbers, original, doubtful=max(numbers) > MAX_PLAUSIBLE_VILLAGE)

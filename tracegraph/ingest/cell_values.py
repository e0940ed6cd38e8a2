"""The value of a spreadsheet's cell as the text that a person sees in it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum

#: Serial day numbers count from here; 1904 is the other choice that a workbook can make.
EPOCH_1900 = datetime(1899, 12, 30)
EPOCH_1904 = datetime(1904, 1, 1)
#: Errors as old and binary workbooks store them.
ERROR_CODES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_DAY_MS = 86_400_000
_ESCAPED = re.compile("_x([0-9A-F]{4})_")  # how a workbook writes characters that XML cannot hold
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_WHOLE = re.compile("-?[1-9][0-9]{0,14}|0", re.ASCII)
#: Built-in formats of dates and times, those of Thai, Chinese, Japanese and Korean among them.
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59), *range(71, 82)])
_DURATION_FORMATS = frozenset((46, 79))
_NOT_CODE = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]|\\.|[_*].')
_DATE_CODE = re.compile("[dmhysb]", re.IGNORECASE)
_DURATION_CODE = re.compile(r"\[(hh?|mm?|ss?)\]", re.IGNORECASE)


class NumberKind(StrEnum):
    """What a cell's number format makes of its number."""

    PLAIN = "plain"
    DATE = "date"
    DURATION = "duration"


def find_number_kind(format_id: int, code: str | None) -> NumberKind:
    """The kind of a number format, by its code, or its id where it is built in."""
    if code is None:
        if format_id in _DURATION_FORMATS:
            return NumberKind.DURATION
        return NumberKind.DATE if format_id in _DATE_FORMATS else NumberKind.PLAIN
    first = _NOT_CODE.sub("", code.split(";")[0])
    if _DURATION_CODE.search(first):
        return NumberKind.DURATION
    bare = re.sub("general", "", first, flags=re.IGNORECASE)
    return NumberKind.DATE if _DATE_CODE.search(bare) else NumberKind.PLAIN


def read_number(text: str, kind: NumberKind = NumberKind.PLAIN, epoch: datetime = EPOCH_1900) -> str:
    """A stored number as text; what is no number, or no date that exists, stays as it is written."""
    if kind is NumberKind.PLAIN and _WHOLE.fullmatch(text):
        return text
    number = _find_float(text)
    if number is None:
        return text
    if kind is not NumberKind.PLAIN:
        return _read_moment(number, kind, epoch)
    if not any(sign in text for sign in ".eE"):
        return str(int(text))  # longer than a float holds
    return read_value(number)


def _find_float(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _read_moment(number: float, kind: NumberKind, epoch: datetime) -> str:
    try:
        return read_value(_read_duration(number) if kind is NumberKind.DURATION else read_serial(number, epoch))
    except OverflowError:
        return read_value(number)


def read_serial(number: float, epoch: datetime = EPOCH_1900) -> datetime | time:
    """Date of a serial day number; OverflowError outside the calendar.

    Below 60 a day is added, for the format counts a 29 February 1900 that never was.
    """
    day, fraction = divmod(number, 1)
    clock = timedelta(milliseconds=round(fraction * _DAY_MS))
    if 0 <= number < 1 and clock.days == 0:
        return (datetime.min + clock).time()
    if 0 < number < 60 and epoch == EPOCH_1900:
        day += 1
    return epoch + timedelta(days=day) + clock


def _read_duration(number: float) -> timedelta:
    return timedelta(milliseconds=round(number * _DAY_MS))


def read_iso(text: str) -> str:
    """A date that a workbook stores as ISO text, in the same form as other dates."""
    try:
        return read_value(datetime.fromisoformat(text.removesuffix("Z")))
    except ValueError:
        return text


def read_value(value: object) -> str:
    """A cell's value as the text a person sees: whole numbers without '.0', 15 significant digits, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return read_text(str(value))


def read_text(text: str) -> str:
    """Text as stored, with the characters that a workbook writes as ``_x000D_``; control characters are left out."""
    return _CONTROL.sub("", _ESCAPED.sub(_unescape, text)) if "_x" in text else text


def _unescape(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))

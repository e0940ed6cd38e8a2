"""Parameters of a question: from what a person types to what the engine takes."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from tracegraph.analyse.question_file import Param, ParamType, Question
from tracegraph.errors import UsageError

#: The floor that no suggestion reaches: facts only.
FACTS = 1.01

_AREA_LENGTHS = (0, 2, 4, 6, 8)
_BUDDHIST_ERA = 543
_LONGEST = 500


def near(word: str, known: list[str]) -> str:
    """The nearest known words, comma-separated, or all of them where none is near."""
    return ", ".join(get_close_matches(word, known, n=3, cutoff=0.4) or known)


def read_params(question: Question, given: Mapping[str, Any], *, today: date | None = None) -> dict[str, Any]:
    """Every parameter of the question, typed; UsageError names an unknown, missing or unreadable one."""
    known = [param.name for param in question.params]
    for name in given:
        if name not in known:
            raise UsageError(
                f"คำถาม {question.name} ไม่มีพารามิเตอร์ {name!r}",
                f"question {question.name} has no parameter {name!r}",
                hint_th=f"ที่ใกล้เคียง: {near(name, known)}" if known else "คำถามนี้ไม่มีพารามิเตอร์",
                hint_en=f"near: {near(name, known)}" if known else "it takes none",
            )
    return {param.name: _read_one(question, param, given, today or date.today()) for param in question.params}


def _read_one(question: Question, param: Param, given: Mapping[str, Any], today: date) -> Any:
    value = given.get(param.name)
    if value is None:
        value = param.default
    if value is None or (param.required and not str(value).strip()):
        raise UsageError(
            f"คำถาม {question.name} ต้องระบุ {param.name} ({param.th})",
            f"question {question.name} needs {param.name} ({param.en})",
            hint_th=f"เช่น {question.example}",
            hint_en=f"for example {question.example}",
        )
    try:
        return read_value(param, value, today)
    except ValueError as error:
        raise UsageError(
            f"{param.name}={value!r} อ่านไม่ได้ ต้องเป็น{_EXPECTED[param.type][0]} ({param.th})",
            f"{param.name}={value!r} cannot be read; expected {_EXPECTED[param.type][1]} ({param.en})",
            hint_th=f"ค่าปกติ {param.default}" if param.default else "",
            hint_en=f"default {param.default}" if param.default else "",
        ) from error


_EXPECTED = {
    ParamType.STRING: ("ข้อความ (รหัสพื้นที่: เลข 2, 4, 6 หรือ 8 หลัก)", "text (an area code has 2, 4, 6 or 8 digits)"),
    ParamType.INT: ("จำนวนเต็ม", "a whole number"),
    ParamType.FLOAT: ("ตัวเลขตั้งแต่ 0 (floor: 0–1 หรือ facts)", "a number from 0 (floor: 0–1 or facts)"),
    ParamType.DATE: ("วันที่ ปปปป-ดด-วว", "a date YYYY-MM-DD"),
}


def read_value(param: Param, value: Any, today: date) -> str | int | float:
    """One value of the parameter's type; ValueError where it is none. Thai digits are understood."""
    text = str(value).strip()
    if param.type is ParamType.INT:
        return int(text)
    if param.type is ParamType.FLOAT:
        return read_floor(value) if param.name == "floor" else _number(text)
    if param.type is ParamType.DATE:
        return _read_date(text, today).isoformat()
    if param.name == "area":
        return _read_area(text)
    if len(text) > _LONGEST:
        raise ValueError(text[:20])
    return text


def read_floor(value: Any) -> float:
    """A floor: 0–1, or ``facts`` (1.01), which no suggestion reaches. ValueError for anything else."""
    text = str(value).strip().casefold()
    floor = FACTS if text == "facts" else _number(text)
    if floor > FACTS:
        raise ValueError(text)
    return floor


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or number < 0:
        raise ValueError(text)
    return number


def _read_area(text: str) -> str:
    code = "".join(str(unicodedata.decimal(char)) for char in text)  # ValueError for what is no digit
    if len(code) not in _AREA_LENGTHS:
        raise ValueError(text)
    return code


def _read_date(text: str, today: date) -> date:
    if text.casefold() == "today":
        return today
    year, month, day = (int(part) for part in text.split("-"))
    found = date(year - _BUDDHIST_ERA if year > 2400 else year, month, day)
    if abs(found - today) > timedelta(days=36_525):
        raise ValueError(text)
    return found

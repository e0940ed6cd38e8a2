"""Measured quantities: width, length, thickness, depth, height, area, volume, diameter, counts; and stations.

Every quantity is a number; the words before it and the unit after it say of what. Reading number by number keeps the
time proportional to the text, which patterns with optional words in front of the number do not.
"""

from __future__ import annotations

import re

from tracegraph.thai.fields import Measure, Span, Stations
from tracegraph.thai.finds import Reading
from tracegraph.thai.lexicon import build_pattern

_LENGTHS = {
    "กิโลเมตร": 1000.0, "กม.": 1000.0, "ก.ม.": 1000.0, "กม": 1000.0, "km": 1000.0,
    "เซนติเมตร": 0.01, "ซม.": 0.01, "ซ.ม.": 0.01, "ซม": 0.01, "cm": 0.01,
    "มิลลิเมตร": 0.001, "มม.": 0.001, "มม": 0.001, "mm": 0.001, "นิ้ว": 0.0254, '"': 0.0254,
    "เมตร": 1.0, "เมคร": 1.0, "ม.": 1.0, "ม": 1.0, "m.": 1.0, "m": 1.0,
}  # fmt: skip
_AREAS = {
    "ตารางเมตร": 1.0, "ตร.ม.": 1.0, "ตรม.": 1.0, "ตร.ม": 1.0, "ตรม": 1.0, "ตารางวา": 4.0, "ตร.ว.": 4.0,
    "ไร่": 1600.0, "ตารางกิโลเมตร": 1_000_000.0, "ตร.กม.": 1_000_000.0,
}  # fmt: skip
_VOLUMES = {
    "ลูกบาศก์เมตร": 1.0, "ลบ.ม.": 1.0, "ลบม.": 1.0, "ลบ.ม": 1.0, "ลบ.เมตร": 1.0, "คิว": 1.0, "ลิตร": 0.001,
}  # fmt: skip
_COUNTED = (
    "ชุด|ต้น|แห่ง|จุด|หลัง|คัน|เครื่อง|ตัว|บ่อ|ฝาย|คน|ราย|ครัวเรือน|สายทาง|สาย|ซอย|ระบบ|ดวง|โคม|ลำ|ป้าย|อัน|ใบ|ห้อง|รายการ|เตียง|แผ่น|เส้น|ลูก"
    "|ถัง|วัตต์|กิโลวัตต์|ล้อ|ตัน|ชั้น|เล่ม|โรง|ช่อง|ท่อน|แรงม้า|นิ้ว|บาน|ผืน|กลุ่ม|หมู่บ้าน|โรงเรียน|งาน"
).split("|")
_UNIT_KIND = {
    **dict.fromkeys(_COUNTED, "count"), **dict.fromkeys(_LENGTHS, "length"),
    **dict.fromkeys(_AREAS, "area"), **dict.fromkeys(_VOLUMES, "volume"),
}  # fmt: skip
_FACTORS = {**dict.fromkeys(_COUNTED, 1.0), **_LENGTHS, **_AREAS, **_VOLUMES}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNIT = re.compile(rf"\s?({build_pattern(_UNIT_KIND)})(?![ะ-ฺเ-๎ก-ฮa-z])")
_RANGE = re.compile(r"\s?-\s?(\d[\d,]*(?:\.\d+)?)")
_TIMES = re.compile(
    rf"(?:\s?{build_pattern(_LENGTHS)})?\s?[x*]\s?(\d[\d,]*(?:\.\d+)?)"
    rf"(?:(?:\s?{build_pattern(_LENGTHS)})?\s?[x*]\s?(\d[\d,]*(?:\.\d+)?))?(?:\s?({build_pattern(_LENGTHS)})(?![ก-๎a-z]))?"
)
_KINDS = {
    "กว้าง": "width", "ยาว": "length", "ระยะทาง": "length", "ระยะ": "length", "หนา": "thickness", "ลึก": "depth",
    "สูง": "height", "ก.": "width", "ย.": "length", "น.": "thickness", "ø": "diameter", "dia": "diameter",
    "dia.": "diameter", "เส้นผ่านศูนย์กลาง": "diameter", "เส้นผ่าศูนย์กลาง": "diameter", "ศก.": "diameter",
    "พื้นที่": "area", "ปริมาตร": "volume", "ความจุ": "volume",
}  # fmt: skip
# What may stand between the word and the number, and before the word. Read backwards from the number.
_BEFORE = re.compile(
    r"(?:(?:ผิวจราจร|ผิวทาง|สันฝาย|ขนาด|ปาก|ท้อง|ก้น|รวม|หรือมี|หรือคิดเป็น|มี|ความ|ท่อ)\s?)*"
    rf"({build_pattern(_KINDS)})(?:\s?(?:รวมบ่อพัก|รวม|ผิวจราจร|ผิวทาง|ขนาด|ข้างละ|ใช้สอย|ก่อสร้าง|ประมาณ|เฉลี่ย|ไม่น้อยกว่า|ไม่ต่ำกว่า|ไม่เกิน|ทั้งหมด|ตั้งแต่))*\s?\Z"
)
_LONGEST_BEFORE = 48
_KM = r"(?:กม\.?|ก\.ม\.|กิโลเมตร|sta\.?)(?:ที่)?\s?"
_STATION = rf"(\d{{1,3}})\+(\d{{3}})(?:\.\d+)?"
_STATIONS = re.compile(rf"(?:{_KM})?{_STATION}\s?(?:ถึง|-)\s?(?:{_KM})?{_STATION}")
_IGNORED_BEFORE = frozenset("+/")


def find_stations(reading: Reading) -> None:
    """กม.0+000-1+200 and the like."""
    if "+" not in reading.rest:
        return
    for m in _STATIONS.finditer(reading.rest):
        ends = sorted((int(m[1]) * 1000.0 + int(m[2]), int(m[3]) * 1000.0 + int(m[4])))
        reading.claim("stations", Stations(ends[0], ends[1], Span(*m.span())), *m.span())


def find_measures(reading: Reading) -> None:
    """Every number with a unit, or with a word before it that says what it measures."""
    if not reading.has_digit:
        return
    text = reading.rest
    done = 0
    for m in _NUMBER.finditer(text):
        start, end = m.span()
        if start < done or (start and text[start - 1] in _IGNORED_BEFORE):
            continue
        before = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start) if start else None
        if times := _TIMES.match(text, end):
            done = _claim_product(reading, m, times)
        elif unit := _UNIT.match(text, _past_range(text, end)):
            done = unit.end()
            _claim(reading, m, before, unit[1], done)
        elif before:
            done = _past_range(text, end)
            _claim(reading, m, before, "", done)


def _past_range(text: str, end: int) -> int:
    m = _RANGE.match(text, end)
    return m.end() if m else end


def _claim(reading: Reading, number: re.Match[str], before: re.Match[str] | None, unit: str, end: int) -> None:
    kind = _UNIT_KIND.get(unit, "length")
    start = number.start()
    if before:
        start = before.start()
        if kind == "length":
            kind = _KINDS[before[1]]
    elif kind == "count":
        start = _with_amount_word(reading.rest, start)
    elif unit in ("กม.", "กม") and reading.rest[end : end + 1].isdigit():
        return  # "... 1081 กม.92+000": the number belongs to the road, กม. to what follows
    value = round(read_number(number[0]) * _FACTORS.get(unit, 1.0), 6)
    reading.claim("measures", Measure(kind, value, unit, Span(start, end)), start, end)


def _with_amount_word(text: str, start: int) -> int:
    end = start - 1 if text[start - 1 : start] == " " else start
    return end - len("จำนวน") if text.endswith("จำนวน", 0, end) else start


def _claim_product(reading: Reading, first: re.Match[str], times: re.Match[str]) -> int:
    factor = _LENGTHS.get(times[3] or "", 1.0)
    numbers = [(first[0], first.span()), (times[1], times.span(1))]
    if times[2]:
        numbers.append((times[2], times.span(2)))
    for kind, (digits, span) in zip(("width", "length", "thickness"), numbers, strict=False):
        value = Measure(kind, round(read_number(digits) * factor, 6), times[3] or "", Span(*span))
        reading.note("measures", value, *span)
    start = first.start()
    if before := _BEFORE.search(reading.rest, max(0, start - _LONGEST_BEFORE), start):
        start = before.start()
    reading.blank(start, times.end())
    return times.end()


def read_number(digits: str) -> float:
    """``1,632.50`` → 1632.5."""
    return float(digits.replace(",", ""))

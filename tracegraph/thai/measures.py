"""Measured quantities: width, length, thickness, depth, height, area, volume, diameter, counts; and stations."""

from __future__ import annotations

import re

from tracegraph.thai.fields import Measure, Span, Stations
from tracegraph.thai.finds import Reading

_N = r"\d[\d,]*(?:\.\d+)?"
_VAGUE = r"(?:ไม่น้อยกว่า|ไม่ต่ำกว่า|ไม่เกิน|ประมาณ|เฉลี่ย|ตั้งแต่|รวม)?"
_LENGTH_UNITS = {
    "กิโลเมตร": 1000.0, "กม.": 1000.0, "ก.ม.": 1000.0, "กม": 1000.0, "km": 1000.0,
    "เซนติเมตร": 0.01, "ซม.": 0.01, "ซ.ม.": 0.01, "ซม": 0.01, "cm": 0.01,
    "มิลลิเมตร": 0.001, "มม.": 0.001, "มม": 0.001, "mm": 0.001,
    "นิ้ว": 0.0254,
    "เมตร": 1.0, "เมคร": 1.0, "ม.": 1.0, "ม": 1.0, "m.": 1.0, "m": 1.0,
}  # fmt: skip
_AREA_UNITS = {
    "ตารางเมตร": 1.0, "ตร.ม.": 1.0, "ตรม.": 1.0, "ตร.ม": 1.0, "ตรม": 1.0,
    "ตารางวา": 4.0, "ตร.ว.": 4.0, "งาน": 400.0, "ไร่": 1600.0,
    "ตารางกิโลเมตร": 1_000_000.0, "ตร.กม.": 1_000_000.0,
}  # fmt: skip
_VOLUME_UNITS = {"ลูกบาศก์เมตร": 1.0, "ลบ.ม.": 1.0, "ลบม.": 1.0, "ลบ.ม": 1.0, "คิว": 1.0, "ลิตร": 0.001}


def _units(table: dict[str, float]) -> str:
    words = "|".join(re.escape(unit) for unit in sorted(table, key=len, reverse=True))
    return f"(?:{words})(?![ก-ฮเ-ไa-z])"


_LENGTH_UNIT = _units(_LENGTH_UNITS)
_KINDS = {"กว้าง": "width", "ยาว": "length", "ระยะทาง": "length", "หนา": "thickness", "ลึก": "depth", "สูง": "height",
          "ก.": "width", "ย.": "length", "น.": "thickness"}  # fmt: skip
_NAMED = re.compile(
    r"(?:ผิวจราจร|ผิวทาง|สันฝาย|ขนาด|ปาก|ท้อง|ก้น)?(?:รวม)?(?:ความ)?"
    rf"(กว้าง|ยาว|ระยะทาง|หนา|ลึก|สูง)(?:รวม)?(?:บ่อพัก)?\s*{_VAGUE}\s*({_N})(?:\s*-\s*({_N}))?\s*({_LENGTH_UNIT})?"
)
_SHORT = re.compile(rf"(?<![ก-๙.])(ก\.|ย\.|น\.)\s*({_N})()\s*({_LENGTH_UNIT})?")
_BARE = re.compile(rf"(?<![\d.,+/-])({_N})\s*({_LENGTH_UNIT})")
_TRIPLE = re.compile(
    rf"(?<![\d.])({_N})\s*(?:{_LENGTH_UNIT})?\s*[x*]\s*({_N})(?:\s*(?:{_LENGTH_UNIT})?\s*[x*]\s*({_N}))?\s*({_LENGTH_UNIT})?"
)
_AREA = re.compile(rf"(?:หรือ)?(?:มี)?(?:พื้นที่)?{_VAGUE}\s*({_N})\s*({_units(_AREA_UNITS)})")
_VOLUME = re.compile(rf"(?:ปริมาตร|ความจุ|ขนาด)?{_VAGUE}\s*({_N})\s*({_units(_VOLUME_UNITS)})")
_DIAMETER = re.compile(
    rf"(?:ø|dia\.?|เส้นผ่านศูนย์กลาง|เส้นผ่าศูนย์กลาง|ศก\.)\s*(?:ขนาด)?\s*{_VAGUE}\s*({_N})\s*({_LENGTH_UNIT})?"
)
_COUNT_UNITS = (
    "ชุด|ต้น|แห่ง|จุด|หลัง|คัน|เครื่อง|ตัว|บ่อ|ฝาย|คน|ราย|ครัวเรือน|สายทาง|สาย|ระบบ|ดวง|โคม|ลำ|ป้าย|อัน|ใบ|ห้อง|รายการ|เตียง|แผ่น|เส้น|ลูก|ถัง"
    "|วัตต์|กิโลวัตต์|ล้อ|ตัน|ลิตร|ชั้น"
)
_COUNT = re.compile(rf"(?:จำนวน\s*)?(?<![\d.,/+-])({_N})\s*({_COUNT_UNITS})(?![ก-ฮเ-ไ])")
_KM = r"(?:กม\.?|ก\.ม\.|กิโลเมตร|sta\.?)(?:ที่)?\s*"
_STATIONS = re.compile(
    rf"(?:ช่วง\s*)?(?:{_KM})?(\d{{1,3}})\+(\d{{3}})(?:\.\d+)?\s*(?:ถึง|-)\s*(?:{_KM})?(\d{{1,3}})\+(\d{{3}})(?:\.\d+)?"
)


def find_stations(reading: Reading) -> None:
    """กม.0+000-1+200 and the like."""
    if "+" not in reading.rest:
        return
    for m in _STATIONS.finditer(reading.rest):
        ends = (int(m[1]) * 1000.0 + int(m[2]), int(m[3]) * 1000.0 + int(m[4]))
        value = Stations(min(ends), max(ends), Span(m.start(), m.end()))
        reading.claim("stations", value, m.start(), m.end())


def find_measures(reading: Reading) -> None:
    """Every quantity with its unit; the more telling patterns first."""
    rest = reading.rest
    if not any(digit in rest for digit in "0123456789"):
        return
    if "x" in rest or "*" in rest:
        _find_triples(reading)
    if "ø" in rest or "ศูนย์กลาง" in rest or "dia" in rest or "ศก." in rest:
        for m in _DIAMETER.finditer(reading.rest):
            _claim(reading, "diameter", m[1], m[2] or "", _LENGTH_UNITS, m)
    for m in _AREA.finditer(reading.rest):
        _claim(reading, "area", m[1], m[2], _AREA_UNITS, m)
    for m in _VOLUME.finditer(reading.rest):
        _claim(reading, "volume", m[1], m[2], _VOLUME_UNITS, m)
    for m in _NAMED.finditer(reading.rest):
        _claim_named(reading, m)
    if "ก." in rest and "ย." in rest:
        for m in _SHORT.finditer(reading.rest):
            _claim_named(reading, m)
    for m in _BARE.finditer(reading.rest):
        _claim(reading, "length", m[1], m[2], _LENGTH_UNITS, m)
    for m in _COUNT.finditer(reading.rest):
        value = Measure("count", _number(m[1]), m[2], Span(m.start(), m.end()))
        reading.claim("measures", value, m.start(), m.end())


def _find_triples(reading: Reading) -> None:
    for m in _TRIPLE.finditer(reading.rest):
        factor = _LENGTH_UNITS.get(m[4] or "", 1.0)
        kinds = ("width", "length", "thickness") if m[3] else ("width", "length")
        for kind, group in zip(kinds, (1, 2, 3), strict=False):
            value = Measure(kind, _number(m[group]) * factor, "ม.", Span(m.start(group), m.end(group)))
            reading.note("measures", value, m.start(group), m.end(group))
        reading.claim("", None, m.start(), m.end())


def _claim_named(reading: Reading, m: re.Match[str]) -> None:
    _claim(reading, _KINDS[m[1]], m[2], m[4] or "", _LENGTH_UNITS, m)


def _claim(reading: Reading, kind: str, number: str, unit: str, table: dict[str, float], m: re.Match[str]) -> None:
    value = round(_number(number) * table.get(unit, 1.0), 6)
    reading.claim("measures", Measure(kind, value, unit, Span(m.start(), m.end())), m.start(), m.end())


def _number(text: str) -> float:
    return float(text.replace(",", ""))

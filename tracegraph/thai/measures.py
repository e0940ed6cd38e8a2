"""Measured quantities: width, length, thickness, depth, height, area, volume, diameter, counts; and stations.

Every quantity is a number; the words before it and the unit after it say of what. Reading number by number keeps the
time proportional to the text, which patterns with optional words in front of the number do not.
"""

from __future__ import annotations

import re

from tracegraph.thai.cue_slips import build_slips
from tracegraph.thai.cues import load_cues, load_ends
from tracegraph.thai.fields import Measure, Span, Stations
from tracegraph.thai.finds import TAKEN, Reading, extend_left, group_ends, last_word
from tracegraph.thai.lexicon import build_pattern

_LENGTHS = {
    "กิโลเมตร": 1000.0, "กม.": 1000.0, "ก.ม.": 1000.0, "กม": 1000.0, "km": 1000.0,
    "เซนติเมตร": 0.01, "ซม.": 0.01, "ซ.ม.": 0.01, "ซม": 0.01, "cm": 0.01,
    "มิลลิเมตร": 0.001, "มม.": 0.001, "มม": 0.001, "mm": 0.001, "นิ้ว": 0.0254, "ฟุต": 0.3048, '"': 0.0254,
    "เมตร": 1.0, **dict.fromkeys(build_slips("เมตร"), 1.0), "ม.": 1.0, "ม": 1.0, "m.": 1.0, "m": 1.0,
}  # fmt: skip
_AREAS = {
    "ตารางเมตร": 1.0, "ตร.ม.": 1.0, "ตรม.": 1.0, "ตร.ม": 1.0, "ตรม": 1.0, "ตารางวา": 4.0, "ตร.ว.": 4.0,
    "ไร่": 1600.0, "ตารางกิโลเมตร": 1_000_000.0, "ตร.กม.": 1_000_000.0,
}  # fmt: skip
_VOLUMES = {
    "ลูกบาศก์เมตร": 1.0, "ลบ.ม.": 1.0, "ลบม.": 1.0, "ลบ.ม": 1.0, "ลบ.เมตร": 1.0, "คิว": 1.0, "ลิตร": 0.001,
    "ล้านลูกบาศก์เมตร": 1e6, "ล้าน ลบ.ม.": 1e6,
}  # fmt: skip
_COUNTED = load_cues("counted")
#: Slips of units, for a number that จำนวน stands before: any of a long one; of a short one a doubled letter, which is
#: no other word.
_LONG = 6
_COUNTED_SLIPS = {
    slip: unit for unit in _COUNTED for slip in build_slips(unit) if len(unit) >= _LONG or len(slip) > len(unit)
}
for _word in ("เรื่อง", *_COUNTED):
    _COUNTED_SLIPS.pop(_word, None)
_WORD = re.compile(r"\s?([ก-๎]+)")
_UNIT_KIND = {
    **dict.fromkeys(_COUNTED, "count"), **dict.fromkeys(_LENGTHS, "length"),
    **dict.fromkeys(_AREAS, "area"), **dict.fromkeys(_VOLUMES, "volume"),
}  # fmt: skip
_FACTORS = {**dict.fromkeys(_COUNTED, 1.0), **_LENGTHS, **_AREAS, **_VOLUMES}
#: A speck of a scan may stand before the unit (39 . เมตร).
_UNIT = rf"(?: ['`._~|])?\s?({build_pattern(_UNIT_KIND)})(?![ะ-ฺเ-๎ก-ฮa-z])"
_NUMBER = re.compile(rf"(\d[\d,]*(?:\.\d+)?)(?:{_UNIT})?")
_RANGE_UNIT = re.compile(rf"\s?-\s?(?:\d[\d,]*(?:\.\d+)?){_UNIT}")
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
_KIND_WORDS = group_ends(*_KINDS)
# What may stand between that word and the number, and what belongs to the phrase before the word.
_BETWEEN = load_ends("between_measure")
_LEADING = load_ends("before_measure")
_NEED_UNIT = frozenset(("พื้นที่", "ปริมาตร", "ความจุ", "ระยะ", "ก.", "ย.", "น."))
_BARE_END = re.compile(rf"((?:\s?-\s?\d[\d.]*)?)\s?(?:\Z|[^ก-๎a-z\d\s.]|{build_pattern(_KINDS)}|หรือ|พร้อม|และ|ไหล่)")
_MONEY = re.compile(r"\s?(?:ล้านบาท|บาท|\.-)(?:\s?/\s?[ก-ฮ][ก-๎]*)?")
_MONEY_WORDS = group_ends("งบ", "งบประมาณ", "ราคา", "เป็นเงิน", "วงเงิน", "ละ", "ประมาณ", "ๆ")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_KM = r"(?:กม\.?|ก\.ม\.|กิโลเมตร|sta\.?)(?:ท[ีิ]่?)?\s?"
_STATION = r"(\d{1,3})\s?\+\s?(\d{3})(?:\.\d+)?"
#: Between two stations stands what joins them, whatever a slip has made of it (กม.1+750 ~ - 2+500, ถง กม.ที 2+500).
_STATIONS = re.compile(rf"(?:{_KM})?{_STATION}[^\d+,]{{1,24}}?{_STATION}")
_AMOUNTS = ("จำนวน", "จำนวน ", "ขนาด", "ขนาด ")


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
    done, products = 0, "x" in text or "*" in text
    for m in _NUMBER.finditer(text):
        start, end = m.span(1)
        if start < done or (start and text[start - 1] in "+/"):
            continue
        if products and (times := _TIMES.match(text, end)):
            done = _claim_product(reading, m, times)
        elif m[2]:
            done = _claim(reading, m, m[2], m.end())
        elif text.startswith(("-", " -"), end) and (to := _RANGE_UNIT.match(text, end)):
            done = _claim(reading, m, to[1], to.end())
        else:
            done = _claim_bare(reading, m, text)


def _claim_bare(reading: Reading, m: re.Match[str], text: str) -> int:
    """A number without a unit: money, or a measure whose word stands before it (กว้าง 4 ยาว 250)."""
    start, end = m.span(1)
    if money := _MONEY.match(text, end):
        end = money.end()
        reading.claim("money", text[start:end], extend_left(text, start, _MONEY_WORDS), end)
    elif before := _read_before(text, start):
        if before[0] not in _NEED_UNIT and (to := _BARE_END.match(text, end)):
            end = _claim(reading, m, "", to.end(1))
    elif (
        text.endswith(_AMOUNTS, 0, start) and (word := _WORD.match(text, end)) and (unit := _COUNTED_SLIPS.get(word[1]))
    ):
        end = _claim(reading, m, unit, word.end())
    elif _GROUPED.fullmatch(m[1]):
        reading.claim("money", m[1], extend_left(text, start, _MONEY_WORDS), end)
    return end


def _read_before(text: str, start: int) -> tuple[str, int] | None:
    """The word before a number that says what it measures (past ไม่น้อยกว่า and the like), and where its phrase begins."""
    end = extend_left(text, start, _BETWEEN)
    end -= text[end - 1 : end] == " "
    word = last_word(text, end, _KIND_WORDS)
    return (word, extend_left(text, end - len(word), _LEADING)) if word else None


def _claim(reading: Reading, number: re.Match[str], unit: str, end: int) -> int:
    text, start = reading.rest, number.start()
    kind = _UNIT_KIND.get(unit, "length")
    # most counts end a name after its claimed place (… จังหวัดกระบี่ 1 แห่ง): no word before them is left to look at
    alone = not start or text[start - 1] == TAKEN or (text[start - 1] == " " and text[start - 2 : start - 1] == TAKEN)
    if not alone and (before := _read_before(text, start)):
        start = before[1]
        if kind == "length":
            kind = _KINDS[before[0]]
    elif unit in ("กม.", "กม") and text[end : end + 1].isdigit():
        return end  # "... 1081 กม.92+000": the number belongs to the road, กม. to what follows
    elif text.endswith(_AMOUNTS, 0, start):
        start = extend_left(text, start, _LEADING)
    value = round(read_number(number[1]) * _FACTORS.get(unit, 1.0), 6)
    reading.claim("measures", Measure(kind, value, unit, Span(start, end)), start, end)
    return end


def _claim_product(reading: Reading, first: re.Match[str], times: re.Match[str]) -> int:
    factor = _LENGTHS.get(times[3] or "", 1.0)
    numbers = [(first[1], first.span(1)), (times[1], times.span(1))]
    if times[2]:
        numbers.append((times[2], times.span(2)))
    for kind, (digits, span) in zip(("width", "length", "thickness"), numbers, strict=False):
        value = Measure(kind, round(read_number(digits) * factor, 6), times[3] or "", Span(*span))
        reading.note("measures", value, *span)
    start = first.start()
    if before := _read_before(reading.rest, start):
        start = before[1]
    reading.blank(start, times.end())
    return times.end()


def read_number(digits: str) -> float:
    """``1,632.50`` → 1632.5."""
    return float(digits.replace(",", ""))

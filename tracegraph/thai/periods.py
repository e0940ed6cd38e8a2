"""Wrappers of procurement, phases, asset numbers, and the years, months and rounds of a name."""

from __future__ import annotations

import re

from tracegraph.thai.cue_slips import TH_NUMBER, build_slip_pattern
from tracegraph.thai.finds import Reading, extend_left, group_ends, skip_space_left
from tracegraph.thai.lexicon import build_pattern

_HEADS = ("ประกวดราคา", "สอบราคา", "จ้าง", "ซื้อ", "เช่า", "โครงการ", "ค่าใช้จ่าย")
_HEAD = re.compile(
    r"(?:(?:ประกวดราคา|สอบราคา)(?:อิเล็กทรอนิกส์)?(?:จ้างเหมา|จ้าง|ซื้อ|เช่า)?(?:ก่อสร้าง(?=โครงการ|ก่อสร้าง|ปรับปรุง|ซ่อม))?"
    r"|จ้างก่อสร้าง(?=โครงการ)|(?:จ้างเหมา|จ้าง|ซื้อ|เช่า)(?=จ้าง|ซื้อ|เช่า|จัดซื้อ|โครงการ))*(?:ค่าใช้จ่ายใน)?(?:โครงการ\s?(?!ชลประทาน|ส่งน้ำ)(?=.))*"
)
_METHOD = re.compile(r"(?:โดย|ด้วย)วิธี(?:การ)?\s?(?:เฉพาะเจาะจง|คัดเลือก|ตกลงราคา|สอบราคา|ประกวดราคา|ประกาศเชิญชวน)[^()\0]*")
_EBIDDING = re.compile(r"\s?\(?e\s?-?\s?bidding\)?")
_PROJECT_NO = re.compile(r"เลขที่โครงการ\s?:?\s?[\d-]+\s?\)?")
_REMARK = re.compile(
    r"\((?:โอนงบ|ข้อบัญญัติ|เทศบัญญัติ|โอนตั้งจ่าย|จ่ายขาด|เงินสะสม|เงินอุดหนุน|งบกลาง|อบจ\.?[ก-๙]*\)|เสนอ(?:โดย|จาก))[^()\0]*\)?"
)
_SLIPS = build_slip_pattern(
    (("ช่วง", "ช้วง", "ระยะ", "ตอน"), rf"\s?{TH_NUMBER}\s?\d", ()),
    (("ช่วง", "ช้วง", "ระยะ"), r"\s?\d", ("ข่วง",)),
)
_CUE = r"ช[่้]?วง|ตอน|ระยะ|เฟส|phase"
_PHASE_NUMBER = (
    rf"\s?(?:{TH_NUMBER})?\s?(\d{{1,2}})"
    r"(?![\d.,+/]|\s?(?:เมตร|ม\.|กม|กิโล|ปี|วัน|เดือน|ก\.ม|แห่ง|ชั่วโมง))(\s?(?:-|และ|ถึง)\s?\d{1,2})?\)?"
)
_PHASE = re.compile(f"(?:{_CUE}){_PHASE_NUMBER}")
_PHASE_OR_SLIP = re.compile(f"(?:{_CUE}|{_SLIPS.pattern}){_PHASE_NUMBER}")
_ASSET = re.compile(r"\d{3}-\d{2}-\d{3,5}(?:[-/]\d{1,4})?(?![\d-])")
_ASSET_WORDS = group_ends(
    "หมายเลขครุภัณฑ์", "เลขครุภัณฑ์", "รหัสครุภัณฑ์", "ครุภัณฑ์", "หมายเลข", "เลขที่", "รหัส", ":", ","
)  # fmt: skip
_PLATE = re.compile(r"(?:หมายเลข|เลข)?ทะเบียน\s?:?\s?(\d?[ก-ฮ]{1,2}\s?-?\s?\d{1,4})(?!\d)")
_MONTHS = (
    ("มกราคม", "ม.ค."), ("กุมภาพันธ์", "ก.พ."), ("มีนาคม", "มี.ค."), ("เมษายน", "เม.ย."), ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."), ("กรกฎาคม", "ก.ค."), ("สิงหาคม", "ส.ค."), ("กันยายน", "ก.ย."), ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."), ("ธันวาคม", "ธ.ค."),
)  # fmt: skip
_MONTH_NO = {name: number for number, names in enumerate(_MONTHS, 1) for name in names} | {"มี.ย.": 6}
_MONTH = re.compile(rf"({build_pattern(_MONTH_NO)})\s?(?:พ\.?ศ\.?\s?)?(25\d\d|[4-9]\d(?![\d/]))?")
_DAY = re.compile(r"(?:ระหว่าง|ตั้งแต่)?(?:วันที่\s?)?\d{1,2}\s?\Z")
_TERM = re.compile(r"(?:ภาคเรียน|ภาคการศึกษา|เทอม)(?:ที่)?\s?(\d)\s?/\s?(25\d\d|\d\d)")
_ROUND = re.compile(r"(รอบ|ครั้ง|รุ่น|ไตรมาส|งวด)\s?(?:ที่)?\s?(\d{1,3})(?:\s?/\s?(25\d\d|\d\d))?(?![\d.,/])")
_YEAR = re.compile(
    r"(25[4-9]\d)(?:\s?(?:-|ถึง)\s?(25[4-9]\d|[4-9]\d(?!\d)))?(?!\d|\.\d|,\d|/\d|\s?(?:เมตร|ม\.|ตร|ลบ|บาท|วัตต์|ลิตร|คน|ต้น|ซีซี|กม))"
)
_SHORT_YEAR = re.compile(
    r"(?:ปี|งบ|fy)\s?(?:พ\.?ศ\.?)?\s?([5-7]\d)(?:\s?-\s?([5-9]\d))?(?!\d|[.,/]\d|\s?(?:ปี|คน|ขึ้น|%|บาท|ล้าน))"
)
_YEAR_WORDS = group_ends("ประจำ", "ปีงบประมาณ", "ปีการศึกษา", "ปี", "งบประมาณ", "พ.ศ.", "พ.ศ", "พศ.", "เดือน")


def find_wrappers(reading: Reading) -> None:
    """Heads and tails that procurement puts around a name, and remarks on money; they say nothing about the work."""
    text = reading.rest
    if text.startswith(_HEADS):
        m = _HEAD.match(text)
        if m and m.end():
            reading.claim("wrapper", m[0].strip(), 0, m.end())
    if "วิธี" in text:
        _claim_all(reading, _METHOD)
    if "bidding" in text:
        _claim_all(reading, _EBIDDING)
    if "เลขที่โครงการ" in text:
        _claim_all(reading, _PROJECT_NO)
    if "(" in text:
        _claim_all(reading, _REMARK)


def _claim_all(reading: Reading, pattern: re.Pattern[str]) -> None:
    text = reading.rest
    for m in pattern.finditer(text):
        start = _before(text, m.start()) if pattern is _PROJECT_NO else skip_space_left(text, m.start())
        reading.claim("wrapper", text[start : m.end()].strip(), start, m.end())


def _before(text: str, start: int) -> int:
    """Past an opening bracket and the spaces around it: a pattern that begins with what may be absent is slow."""
    start = skip_space_left(text, start)
    return skip_space_left(text, start - 1) if text.startswith("(", start - 1) and start else start


def find_assets(reading: Reading) -> None:
    """Numbers of equipment (417-62-0024) and number plates: one repair of one thing."""
    text = reading.rest
    if not reading.has_digit:
        return
    if "-" in text:
        for m in _ASSET.finditer(text):
            if text[m.start() - 1 : m.start()].isdigit() or text[m.start() - 1 : m.start()] == "-":
                continue
            reading.claim("asset_numbers", m[0], extend_left(reading.rest, m.start(), _ASSET_WORDS), m.end())
    if "ทะเบียน" in text:
        for m in _PLATE.finditer(reading.rest):
            reading.claim("asset_numbers", m[1].replace(" ", ""), *m.span())


def find_phases(reading: Reading) -> None:
    """ช่วงที่ 2, ระยะ 1, ตอน 3, เฟส 2, also misprinted (ช่งที่ 2); not ระยะ 100 เมตร. ช่วงที่ 1-2 is no single phase."""
    text = reading.rest
    if not reading.has_digit:
        return
    slipped = _SLIPS.sign.search(text)
    if slipped or "วง" in text or "ตอน" in text or "ระยะ" in text or "เฟส" in text or "phase" in text:
        for m in (_PHASE_OR_SLIP if slipped else _PHASE).finditer(text):
            start = m.start() - (text[m.start() - 1 : m.start()] == "(")
            reading.claim("phase", None if m[2] else int(m[1]), start, m.end())


def find_periods(reading: Reading) -> None:
    """Months, terms, rounds and years."""
    text = reading.rest
    if "าคม" in text or "ายน" in text or ".ค." in text or ".ย." in text or "ก.พ." in text or "กุมภา" in text:
        _find_months(reading)
    if not reading.has_digit:
        return
    if "ภาค" in text or "เทอม" in text:
        for m in _TERM.finditer(reading.rest):
            start = extend_left(reading.rest, m.start(), _YEAR_WORDS)
            reading.claim("period", f"ภาคเรียน {m[1]}/{_full_year(m[2])}", start, m.end())
    if "รอบ" in text or "ครั้ง" in text or "รุ่น" in text or "ไตรมาส" in text or "งวด" in text:
        for m in _ROUND.finditer(reading.rest):
            year = f"/{_full_year(m[3])}" if m[3] else ""
            reading.claim("period", f"{m[1]} {m[2]}{year}", *m.span())
    if "25" in text:
        for m in _YEAR.finditer(reading.rest):
            if reading.rest[m.start() - 1 : m.start()] not in tuple("0123456789,/+-") or not m.start():
                _claim_years(reading, m)
    if "ปี" in text or "งบ" in text or "fy" in text:
        for m in _SHORT_YEAR.finditer(reading.rest):
            _claim_years(reading, m)


def _claim_years(reading: Reading, m: re.Match[str]) -> None:
    start = extend_left(reading.rest, m.start(), _YEAR_WORDS)
    reading.claim("years", _year_range(m[1], m[2]), start, m.end())


def _find_months(reading: Reading) -> None:
    hits = list(_MONTH.finditer(reading.rest))
    if not hits:
        return
    last_year = next((m[2] for m in reversed(hits) if m[2]), None)
    names = []
    for m in hits:
        year = m[2] or last_year
        names.append(f"{_full_year(year)}-{_MONTH_NO[m[1]]:02d}" if year else f"{_MONTH_NO[m[1]]:02d}")
        day = _DAY.search(reading.rest, max(0, m.start() - 20), m.start())
        start = day.start() if day else extend_left(reading.rest, m.start(), _YEAR_WORDS)
        reading.blank(start, m.end())
    value = names[0] if len(names) == 1 else f"{names[0]}/{names[-1]}"
    reading.note("period", value, hits[0].start(), hits[-1].end())


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2500 + int(digits)


def _year_range(first: str, last: str | None) -> tuple[int, ...]:
    start = _full_year(first)
    end = _full_year(last) if last else start
    return tuple(range(start, end + 1)) if start <= end <= start + 20 else (start, end)

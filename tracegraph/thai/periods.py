"""Wrappers of procurement, phases, asset numbers, and the years, months and rounds of a name."""

from __future__ import annotations

import re

from tracegraph.thai.finds import Reading

_HEAD = re.compile(
    r"(?:(?:ประกวดราคา|สอบราคา|ประกาศ)(?:อิเล็กทรอนิกส์|จ้างก่อสร้าง|จ้างเหมา|จ้าง|ซื้อ|เช่า)?(?=โครงการ|[ก-๙])"
    r"|จ้างก่อสร้าง(?=โครงการ)|(?:จ้าง|ซื้อ|เช่า)(?=จ้าง|ซื้อ|เช่า|จัดซื้อ|โครงการ))*(?:ค่าใช้จ่ายใน)?(?:โครงการ\s*(?!ชลประทาน)(?=.))?"
)
_TAIL = re.compile(
    r"\s*(?:(?:โดย|ด้วย)วิธี(?:การ)?(?:เฉพาะเจาะจง|คัดเลือก|ตกลงราคา|สอบราคา|ประกวดราคา)[^()]*(?:\(e-?bidding\))?|\(e-?bidding\))?"
    r"\s*(?:\(?\s*เลขที่โครงการ\s*:?\s*\d+\s*\)?)?\s*\Z"
)
_FUND = re.compile(r"\((?:โอนงบ|ข้อบัญญัติ|เทศบัญญัติ|โอนตั้งจ่าย|จ่ายขาด|เงินสะสม|เงินอุดหนุน|งบกลาง|อบจ\.?[ก-๙]*)[^()]*\)")
_PHASE = re.compile(
    r"\(?(?:ช่วง|ตอน|ระยะ|เฟส|phase)(?:ที่)?\s?(\d{1,2})(?![\d.,+]|\s?(?:เมตร|ม\.|กม|กิโล|ปี|วัน|เดือน|ก\.ม|แห่ง))\)?"
)
_ASSET = re.compile(
    r"(?:(?:หมายเลข)?(?:ครุภัณฑ์)?(?:หมายเลข|เลขที่|รหัส)?\s?:?\s?)(?<![\d-])(\d{3}-\d{2}-\d{3,4}(?:[-/]\d{1,4})?)(?![\d-])"
)
_PLATE = re.compile(r"(?:หมายเลข|เลข)?ทะเบียน\s?:?\s?(\d?[ก-ฮ]{1,2}\s?-?\s?\d{1,4})(?!\d)")
_MONTHS = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม")  # fmt: skip
_SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_MONTH_NO = {name: n for names in (_MONTHS, _SHORT_MONTHS) for n, name in enumerate(names, 1)}
_MONTH = re.compile(
    rf"(?:ประจำ)?(?:เดือน)?\s?({'|'.join(re.escape(m) for m in (*_MONTHS, *_SHORT_MONTHS))})\s?(?:พ\.?ศ\.?\s?)?(25\d\d|[4-9]\d(?!\d))?"
)
_TERM = re.compile(r"(?:ประจำ)?(?:ภาคเรียน|ภาคการศึกษา|เทอม)(?:ที่)?\s?(\d)\s?/\s?(25\d\d|\d\d)")
_ROUND = re.compile(r"(รอบ|ครั้ง|รุ่น|ไตรมาส|งวด)(?:ที่)?\s?(\d{1,3})(?:\s?/\s?(25\d\d|\d\d))?(?![\d.,])")
_YEARS = re.compile(
    r"(?:ประจำ)?(?:ปีงบประมาณ|ปีการศึกษา|ปี)?\s?(?:พ\.?ศ\.?)?\s?(?<![\d.,/+-])(25[4-9]\d)(?:\s?-\s?(25[4-9]\d|[4-9]\d(?!\d)))?"
    r"(?![\d.]|,\d|\s?(?:เมตร|ม\.|ตร|ลบ|บาท|วัตต์|ลิตร|คน|ต้น|ซีซี))"
)
_SHORT_YEAR = re.compile(
    r"(?:ประจำ)?(?:ปีงบประมาณ|ปี|งบ|fy)\s?(?:พ\.?ศ\.?)?\s?([5-7]\d)(?:\s?-\s?([5-9]\d))?(?!\d|\s?(?:ปี|คน|ขึ้น))"
)


def find_wrappers(reading: Reading) -> None:
    """Heads and tails that procurement puts around a name; they say nothing about the work."""
    text = reading.rest
    m = _HEAD.match(text)
    if m and m.end():
        reading.claim("wrapper", m[0], 0, m.end())
    if "เลขที่โครงการ" in text or "วิธี" in text or "bidding" in text:
        m = _TAIL.search(reading.rest)
        if m and m.end() > m.start():
            reading.claim("wrapper", m[0], m.start(), m.end())
    if "(" in text:
        for m in _FUND.finditer(reading.rest):
            reading.claim("wrapper", m[0], m.start(), m.end())


def find_assets(reading: Reading) -> None:
    """Numbers of equipment (417-62-0024) and number plates: one repair of one thing."""
    rest = reading.rest
    if "-" in rest:
        for m in _ASSET.finditer(rest):
            reading.claim("asset_numbers", m[1], m.start(), m.end())
    if "ทะเบียน" in rest:
        for m in _PLATE.finditer(reading.rest):
            reading.claim("asset_numbers", m[1].replace(" ", ""), m.start(), m.end())


def find_phases(reading: Reading) -> None:
    """ช่วงที่ 2, ระยะ 1, ตอน 3, เฟส 2; not ระยะ 100 เมตร."""
    rest = reading.rest
    if "ช่วง" in rest or "ตอน" in rest or "ระยะ" in rest or "เฟส" in rest or "phase" in rest:
        for m in _PHASE.finditer(rest):
            reading.claim("phase", int(m[1]), m.start(), m.end())


def find_periods(reading: Reading) -> None:
    """Months, terms, rounds and years."""
    rest = reading.rest
    if "ค" in rest or "ย" in rest or "ก" in rest:
        _find_months(reading)
    if "ภาค" in rest or "เทอม" in rest:
        for m in _TERM.finditer(reading.rest):
            reading.claim("period", f"ภาคเรียน {m[1]}/{_full_year(m[2])}", m.start(), m.end())
    if "รอบ" in rest or "ครั้ง" in rest or "รุ่น" in rest or "ไตรมาส" in rest or "งวด" in rest:
        for m in _ROUND.finditer(reading.rest):
            year = f"/{_full_year(m[3])}" if m[3] else ""
            reading.claim("period", f"{m[1]} {m[2]}{year}", m.start(), m.end())
    if "25" in rest:
        for m in _YEARS.finditer(reading.rest):
            reading.claim("years", _year_range(m[1], m[2]), m.start(), m.end())
    if "ปี" in rest or "งบ" in rest or "fy" in rest:
        for m in _SHORT_YEAR.finditer(reading.rest):
            reading.claim("years", _year_range(m[1], m[2]), m.start(), m.end())


def _find_months(reading: Reading) -> None:
    hits = list(_MONTH.finditer(reading.rest))
    if not hits:
        return
    last_year = next((m[2] for m in reversed(hits) if m[2]), None)
    names = []
    for m in hits:
        year = m[2] or last_year
        names.append(f"{_full_year(year)}-{_MONTH_NO[m[1]]:02d}" if year else f"{_MONTH_NO[m[1]]:02d}")
        reading.claim("", None, m.start(), m.end())
    value = names[0] if len(names) == 1 else f"{names[0]}/{names[-1]}"
    reading.note("period", value, hits[0].start(), hits[-1].end())


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2500 + int(digits)


def _year_range(first: str, last: str | None) -> tuple[int, ...]:
    start = _full_year(first)
    end = _full_year(last) if last else start
    return tuple(range(start, end + 1)) if start <= end <= start + 20 else (start, end)

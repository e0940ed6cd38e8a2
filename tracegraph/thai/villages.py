"""Villages in a name: หมู่ numbers and lists of them, village names, and persons whose house marks the spot."""

from __future__ import annotations

import re

from tracegraph.thai.finds import Reading

MAX_PLAUSIBLE_VILLAGE = 40  # the largest หมู่ of any Thai tambon is in the thirties
_UNIT = r"(?!\d|\.\d|,\d{3}|/\d{3}|\s*(?:เมตร|ม\.(?!\s?\d)|กม|ตร\.|ลบ\.|แห่ง|ชุด|จุด|สาย|หลัง|ต้น|คน|ครั้ง|บาท|ล้าน|เครื่อง|คัน|ระบบ|บ่อ))"
_MARK = r"(?:หมู่(?:บ้าน)?(?:ที่)?|(?<![ก-๙.])ม(?:บ)?\.(?:ที่)?)"
_VILLAGES = re.compile(
    rf"(?<!\d )(?<!\d)(?:หมู่(?:บ้าน)?(?:ที่)?|(?<![ก-๙.])มบ?\.(?:ที่)?)\s*(\d{{1,2}}){_UNIT}"
    rf"((?:\s*(?:,|และ|กับ|ถึง|-|/|&|\+)\s*{_MARK}?\s*\d{{1,2}}{_UNIT})*)"
)
_AFTER_NUMBER = re.compile(rf"(?<=\d )หมู่(?:บ้าน)?(?:ที่)?\s*(\d{{1,2}}){_UNIT}()|(?<=\d)หมู่(?:ที่)?\s*(\d{{1,2}}){_UNIT}()")
_MORE = re.compile(rf"(,|และ|กับ|ถึง|-|/|&|\+)\s*{_MARK}?\s*(\d{{1,2}})")
_GRADE = re.compile(r"(?:ชั้น|มัธยม(?:ศึกษา)?|ป\.\s?\d\s?-|อ\.\s?\d\s?-)\s*\Z")
_ALL = re.compile(
    r"(?:ทุกหมู่บ้าน|ทุกหมู่|ทั้งตำบล|(?:ทั้ง|รวม|จำนวน)?\s*\d{1,2}\s*หมู่บ้าน(?![ก-ฮเ-ไ]))(?:ในตำบล|ภายในตำบล|ในเขตตำบล)?"
)
_STOP = "เชื่อม|ถึง|ไปยัง|ไปบ้าน|ไปหา|พร้อม|หมู่|ตำบล|อำเภอ|จังหวัด|บริเวณ|ช่วง|ระยะ|ตอนที่|ขนาด|กว้าง|ซอย|ถนน|สาย|และบ้าน|กับบ้าน|บ้าน|ภายใน|ทาง|นาย|นาง|โดยวิธี|ด้วยวิธี"
_VILLAGE_NAME = re.compile(
    rf"(?<!หมู่)(?<!งาน)(?<!แม่)(?<!พ่อ)(?<!ตา)(?<!เพื่อน)บ้าน((?:(?!{_STOP})[ก-ฮะ-ๅ็-๎]|(?!{_STOP})[ัำิ-ฺ])+)"
)
_NOT_NAMES = (
    "พัก", "เลขที่", "เรือน", "เมือง", "นาย", "นาง", "เอื้ออาทร", "อยู่", "ตัวอย่าง", "และชุมชน", "ของ", "มั่นคง", "ที่", "ให้", "สวน", "ท้องถิ่น", "ผู้", "ใน",
    "จัดสรร", "เช่า",
)  # fmt: skip
_PERSON = re.compile(
    r"(?:บ้าน)?\s?(?<![ก-ฮ])(?:บ้าน)?((?:นางสาว|น\.ส\.|นาง|นาย)\s?(?!ก(?:รัฐ|อง|เท|สภา|อบ|\s|$|\.)|อำเภอ|ช่าง|ทะเบียน|แพทย์|จ้าง|ทหาร|แบบ|เลิ้ง|รอง|แก้ว\b)"
    r"[ก-ฮเ-ไ][ก-๙]*\d*)"
)
_HOUSE_OF = re.compile(
    r"บ้าน((?:ผู้ใหญ่|กำนัน|ลุง|ป้า|น้า|ยาย|อดีต|ครู|อาจารย์|อ\.|ส\.อบต\.|ส\.จ\.|ร\.ต\.|ด\.ต\.|พ่อ|แม่(?=\S+ขาย))\s?[ก-๙]+\d*)"
)


def find_villages(reading: Reading) -> None:
    """หมู่ numbers with lists and ranges; ม. after a number is metres and after ชั้น a school year."""
    rest = reading.rest
    if "หมู่" in rest and ("ทุก" in rest or "หมู่บ้าน" in rest) or "ทั้งตำบล" in rest:
        for m in _ALL.finditer(rest):
            reading.claim("all_villages", True, m.start(), m.end())
    rest = reading.rest
    if "หมู่" not in rest and "ม." not in rest and "มบ." not in rest:
        return
    for m in _VILLAGES.finditer(rest):
        if not _GRADE.search(rest, max(0, m.start() - 12), m.start()):
            reading.claim("villages", read_village_list(m[1], m[2]), m.start(), m.end())
    if "หมู่" in reading.rest:
        for m in _AFTER_NUMBER.finditer(reading.rest):
            reading.claim("villages", read_village_list(m[1] or m[3], ""), m.start(), m.end())


def read_village_list(first: str, more: str) -> tuple[int, ...]:
    """``"2", "-ม.4"`` → (2, 3, 4); a falling range names its two ends only; 0 is no village."""
    numbers = [int(first)]
    for joint, digits in _MORE.findall(more):
        number = int(digits)
        if joint in ("-", "ถึง") and 0 < number - numbers[-1] <= MAX_PLAUSIBLE_VILLAGE:
            numbers.extend(range(numbers[-1] + 1, number))
        numbers.append(number)
    return tuple(sorted({number for number in numbers if number > 0}))


def find_persons(reading: Reading) -> None:
    """Houses of persons (บ้านนาย…): they pin a place, and pages keep them apart for privacy."""
    rest = reading.rest
    if "นา" in rest or "น.ส." in rest:
        for m in _PERSON.finditer(rest):
            reading.claim("persons", m[1].replace(" ", ""), m.start(), m.end())
    if "บ้าน" in reading.rest:
        for m in _HOUSE_OF.finditer(reading.rest):
            reading.claim("persons", m[1].replace(" ", ""), m.start(), m.end())


def find_village_names(reading: Reading) -> None:
    """บ้าน… as a place's name, without the word บ้าน; not บ้านพัก, งานบ้าน, หมู่บ้าน."""
    if "บ้าน" not in reading.rest:
        return
    for m in _VILLAGE_NAME.finditer(reading.rest):
        name = m[1]
        if len(name) > 1 and not name.startswith(_NOT_NAMES):
            reading.claim("village_names", name, m.start(), m.end())

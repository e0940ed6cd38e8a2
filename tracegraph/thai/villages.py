"""Villages in a name: หมู่ numbers and lists of them, village names, and persons whose house marks the spot."""

from __future__ import annotations

import re

from tracegraph.thai.cue_slips import build_slip_pattern
from tracegraph.thai.cues import compile_cues, load_cues, load_ends
from tracegraph.thai.finds import Reading, extend_left, is_thai, read_run, starts_word

MAX_PLAUSIBLE_VILLAGE = 40
"""The largest หมู่ of any Thai tambon is in the thirties; a larger number is kept and called doubtful."""

#: หมู่ 2 หลังวัด and ม. 3 สายบ้านไร่ name a village and what lies there; 2 หลัง and 3 สาย are counted.
_COUNTED = "เมตร|กม|ตร\\.|ลบ\\.|แห่ง|ชุด|สายทาง|(?:จุด|สาย|หลัง|ต้น|บ่อ)(?![ก-ฮเ-ไ])|คน|ครั้ง|บาท|ล้าน|เครื่อง|คัน|ระบบ"
_UNIT = rf"(?!\d|\.\d|,\d{{3}}|/\d{{3}}|\s?(?:{_COUNTED}|ม\.(?!\s?\d)))"
#: ม. of which a letter is lost or misread, before the number that the tambon or nothing follows.
_SHORT_SLIP = r"(?<=[ก-๎] )(?:\.(?=\d)|น\.)(?=\s?\d{1,2}\s{0,2}(?:ต\.|ตำบล|อ\.|อำเภอ|จ\.|จังหวัด|\Z))"
_SLIPS = build_slip_pattern((("หมู่",), r"\s?\d", ("หมู",)))
# A mark lost or misread is forgiven where ที follows: หมู 2 ตัว are pigs, หมูที 2 is a village.
_MARK = (
    r"(?:หมู[่้](?:บ้าน)?(?:ที่)?|ห?(?:ห[มน]ม?|ม)[ูุ][่้๊]?[ทหพ]ท?[ีิื][่้๊]{0,2}|หนู่"
    r"|หมู(?=\s?\d{1,2}(?:\s(?:ต\.|ตำบล|อ\.|บ้าน|ซอย|ซ\.|ถนน|สาย|กว้าง|ยาว|ขนาด|จำนวน|ระยะ|ช่วง|ประจำ|ปี)|\s?\Z))|มบ?\.(?:ที่)?)"
)
_JOINT = r"(?:,|และ|กับ|ถึง|-|/|&|\+)"
_NUMBERS = rf"(\s?)(\d{{1,2}}){_UNIT}((?:\s?{_JOINT}\s?{_MARK}?\s?\d{{1,2}}{_UNIT})*)"
_VILLAGES = re.compile(f"({_MARK}){_NUMBERS}")
_VILLAGES_OR_SLIPS = re.compile(f"({_MARK}|{_SHORT_SLIP}|{_SLIPS.pattern}){_NUMBERS}")
_MORE = re.compile(rf"({_JOINT})\s?{_MARK}?\s?(\d{{1,2}})")
_GRADE = re.compile(r"(?:ชั้น|มัธยม(?:ศึกษา)?|ป\.\s?\d\s?-|อ\.\s?\d\s?-)\s?\Z")
_NUMBERED = re.compile(r"(?:ซอย|ซ\.|สาย|ช่วง|ตอน|ที่|แยก|ถนน|คลอง|หลวง|[ก-๙])\s?\d{1,3}(?:/\d+)?\s?\Z")
_MEASURED = re.compile(r"(?:กว้าง|ยาว|ระยะทาง|ระยะ|หนา|ลึก|สูง|ø|x|เฉลี่ย|ประมาณ|น้อยกว่า|อีก|รวม|\d\.\d+|,\d+)\s?[\d.,]*\s?\Z")
#: Where a space was lost: โรงเรียนม. 5, เกษตรม. 8, ควนมะกอกม.6; not จากกม.6, ยาว 2 กม.
_GLUED = re.compile(
    r"(?:คสล|ค\.ส\.ล)\.\Z"
    r"|[ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]{4,}(?<!ลบ)(?<!ซ)(?<!(?:จาก|ถึง|ที่|แต่|ยาว|ทาง|สาย|รวม)ก)(?<!(?:ช่วง|ระยะ|หลัก)ก)\Z"
)
_ALLEY = re.compile(r"(?:ซอย|ซ\.)\s?[ก-ฮเ-ไ][ก-๎]*(?:กว้าง|ยาว|ลึก|สูง) \d{1,3}(?:/\d{1,3})? \Z")
_WHOLE_BEFORE = re.compile(r"[ก-๎] \d{1,3} \Z")
_ALL = re.compile(r"(?:ทุกหมู่บ้าน|ทุกหมู่|ทั้งตำบล|ทั้ง\s?\d{1,2}\s?หมู่(?:บ้าน)?)(?:(?:ภาย)?ใน(?:เขต)?(?:พื้นที่)?ตำบล(?![ก-ฮเ-ไ]))?")
_PERSON = re.compile(r"(?:นางสาว|น\.ส\.|นาง|นาย)")
_PERSON_NAME = re.compile(r"\s?[ก-ฮเ-ไ][ก-๎]*\d*")


def find_villages(reading: Reading) -> None:
    """หมู่ numbers with lists and ranges; ม. after a measured number is metres and after ชั้น a school year."""
    rest = reading.rest
    if "ทุกหมู่" in rest or "ทั้ง" in rest:
        for m in _ALL.finditer(rest):
            reading.claim("all_villages", True, *m.span())
    if not reading.has_digit:
        return
    short = " ." in rest or " น." in rest
    if not (short or "หม" in rest or "นู" in rest or "มู" in rest or "ม." in rest or "มบ." in rest):
        return
    slipped = short or ("มู" in rest and _SLIPS.sign.search(rest))
    for m in (_VILLAGES_OR_SLIPS if slipped else _VILLAGES).finditer(reading.rest):
        if not m[1].endswith((".", ".ที่")) or _means_village(rest, m):
            reading.claim("villages", read_village_list(m[3], m[4]), *m.span())


def _means_village(text: str, m: re.Match[str]) -> bool:
    """Whether the ม. of a match is หมู่ (ซอย 2 ม.5) and neither metres (ยาว 250 ม. 4 แห่ง) nor a school year."""
    start = m.start()
    if not (starts_word(text, start) or _GLUED.search(text, max(0, start - 12), start)) or _GRADE.search(
        text, max(0, start - 12), start
    ):
        return False
    before = text[max(0, start - 16) : start]
    if not before.rstrip(" ")[-1:].isdigit():
        return True
    if _ALLEY.search(text, max(0, start - 40), start):  # ซอยสันกว้าง 27 ม. 5: no space before กว้าง, part of the name
        return True
    if _MEASURED.search(before):  # ซอยโคกกว้าง 51 ม.2: metres are not followed by a digit at once
        return not m[2] and _WHOLE_BEFORE.search(before) is not None
    return _NUMBERED.search(before) is not None or (before.endswith(" ") and not m[2])


def read_village_list(first: str, more: str) -> tuple[int, ...]:
    """``"2", "-ม.4"`` → (2, 3, 4); a falling range names its two ends only; 0 is no village."""
    if not more:
        return (int(first),) if int(first) else ()
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
    if "นาย" in rest or "นาง" in rest or "น.ส." in rest:
        for m in _PERSON.finditer(rest):
            _claim_person(reading, m)
    if "บ้าน" in rest:
        _find_houses(reading)


def _claim_person(reading: Reading, m: re.Match[str]) -> None:
    text = reading.rest
    start = m.start()
    if is_thai(text[start - 1 : start]) and not text.endswith(load_cues("before_person"), 0, start):
        return
    name = _PERSON_NAME.match(text, m.end())
    if name is None or text.startswith(load_cues("not_person"), m.end()) or not text[m.end()].strip():
        return
    reading.claim("persons", f"{m[0]}{name[0]}", extend_left(text, start, load_ends("beside")), name.end())


def _find_houses(reading: Reading) -> None:
    text = reading.rest
    for at in _iter_word(text, "บ้าน"):
        after = at + len("บ้าน")
        after += text.startswith(" ", after)
        if not text.startswith(load_cues("house_of"), after) or text.endswith("หมู่", 0, at):
            continue
        title = next(word for word in load_cues("house_of") if text.startswith(word, after))
        name = _PERSON_NAME.match(text, after + len(title))
        if name and (title not in ("ตา", "ยาย", "อ.", "น้า") or name[0].strip()[-1:].isdigit()):
            begin = extend_left(text, at, load_ends("beside"))
            reading.claim("persons", f"{title}{name[0]}".replace(" ", ""), begin, name.end())


def find_village_names(reading: Reading) -> None:
    """บ้าน… as a place's name, without the word บ้าน; not บ้านพัก, งานบ้าน, หมู่บ้าน."""
    text = reading.rest
    if "บ้าน" not in text:
        return
    stop = compile_cues("stop", "village_stop")
    for at in _iter_word(text, "บ้าน"):
        after = at + len("บ้าน")
        if text.endswith(load_cues("before_not_village"), 0, at) or text.startswith(load_cues("not_village"), after):
            continue
        name = read_run(text, after, stop)
        if len(name) > 1 and is_thai(name[0]):
            reading.claim("village_names", name, at, after + len(name))


def _iter_word(text: str, word: str) -> list[int]:
    places, at = [], text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + len(word))
    return places

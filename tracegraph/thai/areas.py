"""Tambon, district and province as typed after their words, and the bodies named in a text."""

from __future__ import annotations

import re

from tracegraph.thai.finds import Reading

_END = r"ตำบล|อำเภอ|จังหวัด|หมู่|บริเวณ|พร้อม|ช่วง|ระยะ|ขนาด|กว้าง|โดยวิธี|ด้วยวิธี|เชื่อม|ถึง|ถนน|ซอย|เขต"
_NAME = rf"((?:(?!{_END}|อ\.|จ\.|ต\.|ม\.)[ก-ฮะ-ฺเ-ๅ็-๎])+)(?!\.)"
_NO = r"(?!และ|ละ|ใกล้|ของ|ต่าง|อื่น|นี้|ที่|ใน|โดย|เพื่อ|เคลื่อน)"
_TAMBON = re.compile(rf"(?:(?<!ส่วน)(?<!ทศบาล)(?<!สภา)(?<!ทั้ง)(?<!ภาพ)ตำบล|(?<![ก-๙.])ต\.)\s?{_NO}{_NAME}")
_KHWAENG = re.compile(rf"แขวง\s?(?!ทางหลวง|การทาง){_NAME}")
_DISTRICT = re.compile(rf"(?:กิ่ง)?(?:(?<!พัฒนาการ)อำเภอ|(?<![ก-๙.])อ\.)\s?{_NO}{_NAME}")
_KHET = re.compile(
    rf"(?<![ก-๙])เขต\s?((?!พื้นที่|เทศบาล|ปลอด|ทาง|โรง|เมือง|ชุมชน|ตรวจ|สุขภาพ|รับผิด|อบต|องค์|การ|ป่า|ตำบล){_NAME})"
)
_PROVINCE = re.compile(rf"(?:(?<!ส่วน)จังหวัด|(?<![ก-๙.])จว?\.)\s?{_NO}{_NAME}")
_BODY = re.compile(
    r"((?:องค์การบริหารส่วน(?:ตำบล|จังหวัด)|เทศบาล(?:ตำบล|เมือง|นคร)|(?<![ก-ฮ])(?:อบต|อบจ)\.?|(?<![ก-๙.])(?:ทต|ทม|ทน)\."
    r"|โรงพยาบาล(?:ส่งเสริมสุขภาพตำบล)?|รพ\.?สต\.?|โรงเรียน|รร\.|ศพด\.|ศูนย์พัฒนาเด็กเล็ก|ศูนย์บริการสาธารณสุข|วิทยาลัย|มหาวิทยาลัย"
    r"|(?<![ก-๙.])(?:กฟภ|กปภ)\.|การไฟฟ้าส่วนภูมิภาค|การประปาส่วนภูมิภาค|กรมทางหลวงชนบท|กรมชลประทาน)"
    r"(?:\s?(?:(?!พร้อม|หมู่|ตำบล|อำเภอ|จังหวัด|โดยวิธี|ด้วยวิธี|บริเวณ)[ก-ฮะ-ฺเ-ๅ็-๎])*))"
)
_BODY_SIGNS = ("องค์การ", "เทศบาล", "อบต", "อบจ", "ทต.", "ทม.", "ทน.", "รพ", "โรง", "รร.", "ศพด", "ศูนย์", "วิทยาลัย", "กฟภ", "กปภ", "การไฟ", "การประปา", "กรม")  # fmt: skip


def find_areas(reading: Reading) -> None:
    """ต./ตำบล/แขวง, อ./อำเภอ/เขต, จ./จังหวัด with the names after them, as typed."""
    rest = reading.rest
    if "จังหวัด" in rest or "จ." in rest or "จว." in rest:
        _find(reading, "provinces", _PROVINCE)
    if "อำเภอ" in rest or "อ." in rest:
        _find(reading, "districts", _DISTRICT)
    if "ตำบล" in rest or "ต." in rest:
        _find(reading, "tambons", _TAMBON)
    if "แขวง" in rest:
        _find(reading, "tambons", _KHWAENG)
        _find(reading, "districts", _KHET)


def find_bodies(reading: Reading) -> None:
    """Bodies with their names: อบต.แม่ใส, รพ.สต.…, โรงเรียน…"""
    rest = reading.rest
    if not any(sign in rest for sign in _BODY_SIGNS):
        return
    for m in _BODY.finditer(rest):
        reading.claim("bodies", m[1].strip(), m.start(), m.end())


def _find(reading: Reading, field: str, pattern: re.Pattern[str]) -> None:
    for m in pattern.finditer(reading.rest):
        if len(m[1]) > 1:
            reading.claim(field, m[1].strip(), m.start(), m.end())

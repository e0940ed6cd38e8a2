"""The problem in what a person wrote: without addresses, numbers, thanks, pictures and the phrases of a hotline's form.

Villages write short sentences; hotlines and phones add a form around them (ปัญหา: … จุดเกิดเหตุ: … เขต: …), which names
streets and offices that are no problem. The original text is kept by the caller: this serves comparison only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tracegraph.thai.normalize import normalize

#: Headings of a form whose cell tells the problem, and those whose cell tells where or who.
_TELLS = r"ปัญหาที่แจ้ง|ปัญหา|เรื่องที่จะแจ้ง|เรื่องที่แจ้ง|รายละเอียด|ประเด็น|เรื่อง"
_WHERE = (
    r"จุดเกิดเห[ตค]ุ?ุ?|จุดเกิดหตุ|สถานที่เกิดเหตุ|สถานที่สำคัญ|สถานที่|จุดสังเกตุ?|พิกัด\S{0,12}?|บริเวณที่เกิดเหตุ|บ้านเลขที่|หมู่ที่|หมู่บ้าน|หมู่|ซอย|ซ\.|ถนน|"
    r"แขวง|เขต|ตำบล|อำเภอ|จังหวัด|ผู้แจ้ง|ชื่อผู้แจ้ง|ชื่อ|เบอร์โทรศัพท์|เบอร์โทร|เบอร์ติดต่อ|เบอร์|โทรศัพท์|โทร|วันที่|เวลา|เลขรับแจ้ง\S{0,12}|หมายเหตุ"
)
_HEADING = re.compile(
    rf"(?:^|(?<=[\s*•●/.)#|]))({_TELLS}|{_WHERE})\s*(?:\([^()]{{0,60}}\))?\s*[::]\s*(?:\([^()]{{0,60}}\))?"
)
_TELLS_EXACTLY = re.compile(_TELLS)
#: Cells of a form in which the place follows a full stop (แขวง.ลาดพร้าว เขต.ลาดพร้าว).
_DOTTED = re.compile(r"(?:จุดเกิดเหตุ|จุดสังเกต|ถนน|ซอย|แขวง|เขต|ตำบล|อำเภอ)\.\S+")
_NUMBERS = re.compile(r"https?://\S+|www\.\S+|#\S+|(?<!\d)0\d{1,2}[- ]?\d{3}[- ]?\d{3,4}(?!\d)|\S+@\S+\.\S+")
#: What a form or good manners add; none of it says what is wrong.
_MANNERS = re.compile(
    r"(?:เหตุเดือดร้อนรำคาญ|สาธารณูปโภค)(?=\s*เนื่องจาก)|เรื่องร้องทุกข์ประเภทอื่น\s?ๆ|เรื่องร้องทุกข์|เรื่องร้องเรียน|ปัญหาที่ส่งผลกระทบกับการจราจร|ปัญหายังไม่ได้รับการแก้ไข|ปัญหาได้รับแก้ไขบางส่วน|แต่ยังไม่เสร็จสิ้น|"
    r"เลขรับแจ้งก่อนหน้านี้\s*\S+|อ้างอิงจากเลขที่แจ้งเดิมคือ\s*\S+|สถานะ\s*(?:กำลังดำเนินการ|เสร็จสิ้น|ไม่เกี่ยวข้อง|รอรับเรื่อง)|ผู้แจ้งให้ข้อมูลเพิ่มเติม(?:ว่า)?|"
    r"(?:ประชาชน|ผู้ร้อง|ผู้แจ้ง)\s?(?:แจ้งว่า|พบว่า|พบเห็น|ต้องการทราบ|ได้รับความ)|"
    r"(?:จึง)?(?:ขอให้|อยากให้|ต้องการให้|รบกวน|วอน|ช่วย)\s?(?:ทาง)?(?:เจ้าหน้าที่|หน่วยงาน(?:ที่เกี่ยวข้อง)?|จนท\.?|ผู้เกี่ยวข้อง)?\s?(?:ช่วย|เร่ง|มา|ลงมา|ลงพื้นที่|เข้ามา|ลง)?\s?"
    r"(?:ดำเนินการ)?\s?(?:ตรวจสอบ|แก้ไข|ปรับปรุงแก้ไข)(?:\s?(?:และ)?\s?(?:ดำเนินการ)?\s?แก้ไข)?\s?(?:ปัญหา)?(?:ดังกล่าว|นี้)?\s?(?:ให้)?(?:ด้วย|หน่อย)?|"
    r"ขอให้ดำเนินการ(?=\s|$)|(?:ขอ)?ขอบ(?:คุณ|พระคุณ)\S*|เจ้าหน้าที่ทุกท่าน|สวัสดี(?:ครับ|ค่ะ|ค่า|คับ)?|ขออนุญา[ตติ]+|(?:นะ|น่ะ)?(?:ครับ|ค่ะ|คะ|คับ|ครัช|จ้า|จ้ะ)(?=\s|$)|"
    r"เรียน\s?ท่าน\s?ผู้ว่า\S*|(?:เคย)?แจ้งไปแล้ว|แจ้งหลายรอบแล้ว|สะดวกให้เจ้าหน้าที่ติดต่อกลับ|(?:มา)?(?:ครั้ง|รอบ)ที่\s?\d+(?:/\d+)?"
)


@lru_cache(maxsize=1024)
def find_problem(text: str) -> str:
    """The part of a person's text that tells the problem; the text itself where nothing has to be taken off."""
    if not _needs_care(text):
        return text
    bare = "".join(" " if _is_picture(sign) else sign for sign in normalize(text))
    told = _MANNERS.sub(" ", _NUMBERS.sub(" ", _DOTTED.sub(" ", _without_places(bare))))
    told = " ".join(told.replace("*", " ").split())
    return told if any(sign.isalpha() for sign in told) else text


def _needs_care(text: str) -> bool:
    return bool(
        _HEADING.search(text)
        or _DOTTED.search(text)
        or _NUMBERS.search(text)
        or _MANNERS.search(text)
        or any(_is_picture(sign) for sign in text)
    )


def _is_picture(sign: str) -> bool:
    """An emoji, its skin tone or the sign that asks for its colored form."""
    return sign == "\ufe0f" or unicodedata.category(sign) in ("So", "Sk", "Cs")


def _without_places(text: str) -> str:
    """The text without the cells of a form that say where; all of it where no cell tells the problem."""
    marks = list(_HEADING.finditer(text))
    if not marks:
        return text
    kept = [text[: marks[0].start()]]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        if _TELLS_EXACTLY.fullmatch(mark[1]):
            kept.append(text[mark.end() : following.start() if following else len(text)])
    told = " ".join(kept)
    return told if any(sign.isalpha() for sign in told) else text

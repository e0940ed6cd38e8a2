"""Roads, alleys (ซอย), lines (สาย) and canals with their numbers and ends; the codes of numbered roads; sides; landmarks."""

from __future__ import annotations

import re

from tracegraph.thai.finds import Reading

_STOP = r"ซอย|ถนน|สาย|หมู่|ตำบล|อำเภอ|จังหวัด|บริเวณ|พร้อม|ช่วง|ระยะ|ขนาด|กว้าง|ยาว|เชื่อม|ถึง|ฝั่ง|ทิศ|โดยวิธี|ด้วยวิธี|ภายใน|ม\.\s?\d|ต\.|อ\.|จ\.|และ|คสล|ค\.ส\.ล|คอนกรีต|ลาดยาง|แอสฟัล|หินคลุก|ลูกรัง|ก่อสร้าง|ปรับปรุง|ซ่อม|วางท่อ|ราง|จำนวน"
_LETTER = r"[ก-ฮะ-ฺเ-๎a-z]"
_WORD = rf"(?:(?!{_STOP}){_LETTER}(?:[.'-](?={_LETTER}))?)+"
_NUMBER = r"\d{1,4}(?:/\d{1,4})*(?![\d.]|\s*(?:เมตร|ม\.|กม|แห่ง|ชุด|สาย|จุด))"
_SOI = re.compile(
    rf"(?:ซอย|(?<![ก-๙.])ซ\.|ตรอก)\s?({_WORD})?\s?(?:ที่\s?)?({_NUMBER}(?:\s?(?:,|และ|-)\s?(?:ซอย|ซ\.)?\s?{_NUMBER})*)?"
)
_ROAD = re.compile(rf"(?:ถนน|(?<![ก-๙.])ถ\.)\s?({_WORD})?\s?({_NUMBER})?")
_LINE_AT = re.compile(
    r"(?:(?<![ก-๙])|(?<=ถนน)|(?<=ทาง)|(?<=กรีต)|(?<=เหล็ก)|(?<=ยาง)|(?<=คลุก)|(?<=รัง)|(?<=สว่าง)|(?<=น้ำ)|(?<=จราจร))สาย(?=\s?[ก-ฮเ-ไ])"
)
_END_NAME = rf"(?:บ้าน)?((?:(?!{_STOP}|ไปบ้าน|ไปยัง|แยก|บ้าน){_LETTER})+\d*)"
_JOIN = r"\s?(?:-|ถึง|เชื่อมต่อ|เชื่อมกับ|เชื่อม|ไปยัง|ไป)\s?"
_ENDS = re.compile(rf"\s?{_END_NAME}{_JOIN}(?:ถนน|ซอย|สาย|ตำบล|ต\.)?{_END_NAME}")
_VILLAGE_ENDS = re.compile(rf"บ้าน((?:(?!{_STOP}|บ้าน){_LETTER})+){_JOIN}บ้าน((?:(?!{_STOP}|บ้าน){_LETTER})+)")
_SECTION_ENDS = re.compile(rf"ตอน\s?((?:(?!{_STOP}){_LETTER})+)\s?-\s?((?:(?!{_STOP}){_LETTER})+)")
_LINE = re.compile(rf"\s?({_WORD})\s?({_NUMBER})?")
_CANAL = re.compile(
    rf"(?:(?<![ก-๙])|(?<=ลอก)|(?<=เลียบ)|(?<=ริม)|(?<=ข้าม)|(?<=ตลิ่ง)|(?<=พืช)|(?<=บริเวณ))"
    rf"((?:คลองส่งน้ำ|คลองระบายน้ำ|คลองซอย|คลอง|ลำห้วย|ห้วย|ลำเหมือง|เหมือง|ลำราง|ลำน้ำ|แม่น้ำ|หนอง|บึง|อ่างเก็บน้ำ)(?:{_WORD})?)\s?(?:ที่\s?)?({_NUMBER})?"
)
_CODE = re.compile(
    r"(?<![ก-๙.])(?:([ก-ฮ]{2})\.?\s?ถ\.?\s?(\d{1,3}\s?-\s?\d{1,4})|([ก-ฮ]{2})\.\s?([1-9]\d{3})(?!\d)"
    r"|(?:ทล\.|ทางหลวง(?:แผ่นดิน|ชนบท|ท้องถิ่น)?\s?(?:หมายเลข|สาย)|หมายเลขทางหลวง)\s?(\d{1,4})(?!\d))"
)
_NOT_CODES = frozenset(("พศ", "คศ", "กม", "ตร", "ซม", "มม", "ลบ"))
_SIDE = re.compile(r"(?:ฝั่ง|ทิศ|ด้าน)(ตะวันออก|ตะวันตก|เหนือ|ใต้|ซ้าย|ขวา)")
_LANDMARK = re.compile(
    rf"(?:ข้าง|หน้า|หลัง|บริเวณ|ตรงข้าม|ใกล้|สามแยก|สี่แยก|3 แยก|4 แยก|แยก|ปากทาง|ทางเข้า|ทางขึ้น|ท้ายซอย|ตลาด|วัด|มัสยิด|กุโบร์|ชุมชน|หมู่บ้าน|สุสาน|ป่าช้า)\s?({_WORD}\s?\d*)"
)
_LANDMARK_SIGNS = ("ข้าง", "หน้า", "หลัง", "บริเวณ", "ตรงข้าม", "ใกล้", "แยก", "ปากทาง", "ทางเข้า", "ทางขึ้น", "ตลาด", "วัด", "มัสยิด", "กุโบร์", "ชุมชน", "หมู่บ้าน", "สุสาน", "ป่าช้า")  # fmt: skip
_NOT_ROADS = ("ดิน", "ใน", "เพื่อ", "เข้า", "ทาง", "ปลอด", "ทุก", "สาธารณ", "และ", "ที่", "ของ", "ให้", "ระบบ", "led", "solar", "ปูน", "หลัก", "โซล", "พลังงาน", "ต่าง", "สู่", "rc")  # fmt: skip
_NOT_LINES = ("ตา", "ด่วน", "ไฟ", "พาน", "ยาง", "สัญญาณ", "รัด", "ใย", "เคเบิล", "ทาง", "ดิน", "ส่ง", "อากาศ", "พันธุ์", "สวรรค์", "อาชีพ", "ตรวจ", "สนับสนุน", "งาน", "ฉีด", "ดับเพลิง", "ลม", "หลัก", "เมน")  # fmt: skip


def find_codes(reading: Reading) -> None:
    """กบ.ถ.1-0023, กบ.4013, ทางหลวงหมายเลข 4034: the best key that a road can have."""
    rest = reading.rest
    if (
        ".ถ" not in rest
        and "ทล." not in rest
        and "ทางหลวง" not in rest
        and ". " not in rest
        and not _DOTTED.search(rest)
    ):
        return
    for m in _CODE.finditer(rest):
        if m[1]:
            code = f"{m[1]}.ถ.{m[2].replace(' ', '')}"
        elif m[3]:
            if m[3] in _NOT_CODES:
                continue
            code = f"{m[3]}.{m[4]}"
        else:
            code = f"ทล.{m[5]}"
        reading.claim("road_numbers", code, m.start(), m.end())


_DOTTED = re.compile(r"[ก-ฮ]{2}\.\d{4}")


def find_roads(reading: Reading) -> None:
    """Ends first (สายบ้าน ก - บ้าน ข), then alleys, lines, roads and canals."""
    rest = reading.rest
    if "สาย" in rest:
        _find_lines(reading)
    if "บ้าน" in rest and ("-" in rest or "เชื่อม" in rest or "ถึง" in rest):
        for m in _VILLAGE_ENDS.finditer(reading.rest):
            reading.claim("road_ends", (m[1].strip(), m[2].strip()), m.start(), m.end())
    if "ตอน" in rest and "-" in rest:
        for m in _SECTION_ENDS.finditer(reading.rest):
            reading.claim("road_ends", (m[1].strip(), m[2].strip()), m.start(), m.end())
    if "ซ" in rest or "ตรอก" in rest:
        for m in _SOI.finditer(reading.rest):
            _claim_road(reading, m, "ซอย", ())
    if "ถนน" in rest or "ถ." in rest:
        for m in _ROAD.finditer(reading.rest):
            _claim_road(reading, m, "ถนน", _NOT_ROADS)


def find_canals(reading: Reading) -> None:
    """Canals, streams and ponds by name, with the number of a numbered canal."""
    rest = reading.rest
    if not any(sign in rest for sign in ("คลอง", "ห้วย", "เหมือง", "ลำ", "หนอง", "บึง", "อ่าง", "แม่น้ำ")):
        return
    for m in _CANAL.finditer(rest):
        reading.note("roads", m[1].strip(), m.start(1), m.end(1))
        if m[2]:
            reading.note("road_numbers", f"คลอง {m[2]}", m.start(2), m.end(2))
        reading.claim("", None, m.start(), m.end())


def find_sides(reading: Reading) -> None:
    """ฝั่งตะวันออก, ทิศใต้: two sides of one canal are two places."""
    rest = reading.rest
    if "ฝั่ง" in rest or "ทิศ" in rest or "ด้าน" in rest:
        for m in _SIDE.finditer(rest):
            reading.claim("sides", m[1], m.start(), m.end())


def find_landmarks(reading: Reading) -> None:
    """What the work stands beside: หน้าวัด…, สามแยก…, ชุมชน…"""
    rest = reading.rest
    if not any(sign in rest for sign in _LANDMARK_SIGNS):
        return
    for m in _LANDMARK.finditer(rest):
        reading.claim("landmarks", m[0].strip(), m.start(), m.end())


def _find_lines(reading: Reading) -> None:
    for at in _LINE_AT.finditer(reading.rest):
        rest = reading.rest
        if rest.startswith(_NOT_LINES, at.end()):
            continue
        if m := _ENDS.match(rest, at.end()):
            reading.claim("road_ends", (m[1].strip(), m[2].strip()), at.start(), m.end())
        elif m := _LINE.match(rest, at.end()):
            name = m[1].strip().removeprefix("บ้าน") or m[1].strip()
            _claim_named(reading, "สาย", name, m[2], at.start(), m.end())


def _claim_road(reading: Reading, m: re.Match[str], kind: str, refused: tuple[str, ...]) -> None:
    name = (m[1] or "").strip()
    if name.startswith(refused) if refused else False:
        return
    if len(name) > 1 or m[2]:
        _claim_named(reading, kind, name, m[2], m.start(), m.end())


def _claim_named(reading: Reading, kind: str, name: str, numbers: str | None, start: int, end: int) -> None:
    if len(name) > 1:
        reading.note("roads", name, start, end)
    for number in re.findall(r"\d+(?:/\d+)*", numbers or ""):
        reading.note("road_numbers", f"{kind} {number}", start, end)
    reading.claim("", None, start, end)

"""Invented names of villages, roads, waters and landmarks, composed from common Thai words; no person's name."""

from __future__ import annotations

from benchmarks.project_dice import Dice

_HEADS = (
    *("หนอง", "โคก", "โนน", "นา", "บ่อ", "ห้วย", "วัง", "ทุ่ง", "ดอน", "ท่า", "บาง", "คลอง", "สัน", "ป่า", "ควน", "เขา", "ไร่"),
    *("สวน", "ปาก", "หัว", "เนิน", "หาด", "เกาะ", "ลำ", "ต้น", "โป่ง", "แม่", "ซับ", "คู", "แหลม", "ปลาย", "บึง", "ช่อง", "ทับ"),
)
_TAILS = (
    *(
        "แดง",
        "ดำ",
        "ขาว",
        "เขียว",
        "ใหญ่",
        "น้อย",
        "ยาว",
        "ลึก",
        "สูง",
        "กว้าง",
        "ไผ่",
        "ยาง",
        "บัว",
        "หว้า",
        "มะขาม",
        "มะม่วง",
        "ตาล",
    ),
    *("ประดู่", "กระถิน", "ข่อย", "แสง", "ทอง", "เงิน", "แก้ว", "ชัย", "สุข", "เจริญ", "งาม", "ช้าง", "เสือ", "ควาย", "วัว", "ปลา"),
    *("กบ", "นก", "ผึ้ง", "เต่า", "กวาง", "หิน", "ทราย", "ดิน", "เกลือ", "หมาก", "พลู", "พร้าว", "กล้วย", "หวาย", "คา", "หญ้า"),
    *("ตะเคียน", "สะเดา", "ไทร", "โพธิ์", "มะกอก", "มะเดื่อ", "มะนาว", "ขนุน", "จิก", "แค", "กุ่ม", "สัก", "พะยอม", "ยอ", "ตูม"),
)
_ENDS = ("", "", "", "", "", "เหนือ", "ใต้", "กลาง", "นอก", "ใน", "พัฒนา", "สามัคคี", "ใหม่", "น้อย")
_ROADS = (
    *("ร่วมใจ", "สุขใจ", "พัฒนา", "สามัคคี", "ประชา", "ร่มเย็น", "เจริญ", "มั่นคง", "รุ่งเรือง", "มิตรภาพ", "ไทย", "ทรัพย์", "รวม"),
    *("อุดม", "สันติ", "เพชร", "ศรี", "ชล", "เกษตร", "ราษฎร์", "บุญ", "แสน", "ลาน", "ธาร", "สวัสดิ์"),
)
_ROAD_ENDS = (
    *("สุข", "พัฒนา", "ใจ", "ธรรม", "ชัย", "นิมิต", "อุทิศ", "บำรุง", "สรรค์", "วิถี", "มงคล", "รักษ์", "สร้าง", "ประดิษฐ์"),
    *("ไพศาล", "สมบูรณ์", "เจริญ", "รุ่ง", "ร่วม", "ทอง", "แก้ว", "งาม", "ใหม่"),
)
#: Nobody is called so: things of nature, each with a quality.
_THINGS = ("เมฆ", "ดิน", "ทราย", "ลม", "ฝน", "ดาว", "ใบ", "หิน", "ไฟ", "รุ้ง", "หมอก", "คลื่น", "ราก", "ก้อน", "เปลือก")
_QUALITIES = ("เย็น", "ใส", "นวล", "คราม", "ขาว", "ไกล", "ลอย", "เพลิน", "กลม", "เทา", "ม่วง", "หนา", "บาง", "เอียง")


PARTED = ("เหนือ", "ใต้", "กลาง", "ใหม่", "พัฒนา")


def draw_village(dice: Dice) -> str:
    """A village's name, without the word บ้าน."""
    return dice.pick(_HEADS) + dice.pick(_TAILS) + dice.pick(_ENDS)


def draw_water(dice: Dice) -> str:
    """The own name of a canal or pond: a village-like name."""
    return dice.pick(_HEADS[:17]) + dice.pick(_TAILS) if dice.chance(0.5) else dice.pick(_TAILS) + dice.pick(_TAILS)


def draw_road(dice: Dice) -> str:
    """The own name of a road or soi."""
    return dice.pick(_ROADS) + dice.pick(_ROAD_ENDS) if dice.chance(0.6) else dice.pick(_HEADS) + dice.pick(_TAILS)


def draw_person(dice: Dice) -> str:
    """An invented person, recognizable as nobody's name."""
    return dice.pick(("นาย", "นาง", "ผู้ใหญ่", "กำนัน", "ตา", "ยาย")) + dice.pick(_THINGS) + dice.pick(_QUALITIES)

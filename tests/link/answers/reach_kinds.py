"""Complaints by the type that they were filed under, and which kinds of project fit each type.

Both were written down from the types and from words of project names alone, without the lexicon. A project may be of
several kinds (a road with its drain). Vendors on a sidewalk are right with a sidewalk only, lights filed under ถนน with
a road only, a poster with a sign only: the mapping is stricter than a reader would be.

Left out, because the type says nothing about a kind of work: ร้องเรียน, สอบถาม, เสนอแนะ, ความปลอดภัย; because the plan has
no project that fits: เสียงรบกวน, คนจรจัด, การเดินทาง. A complaint counts when at least one of its types is listed below;
any project that fits one of them is right. Complaints that a hotline typed in (#1555) got ถนน, คลอง and สะพาน from
words of their address (ถนน: …, แขวง: คลอง…): ``told`` leaves these types out of them, ``stated`` takes all.
"""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "road": r"(?:ก่อสร้าง|ปรับปรุง|ซ่อม\S{0,12}?|ขยาย|เสริมผิว|ยกระดับ|บดอัด\S*)(?:และ\S+?)?\s?ถนน"
    r"|ผิวจราจร|แอสฟัล|แอลฟัล|ซ่อมแซมถนน|ลาดยาง|หินคลุก|ลูกรัง|รถบดล้อ",
    "sidewalk": r"ทางเท้า|ทางเดินเท้า|ฟุตบาท|บาทวิถี",
    "light": r"ไฟฟ้าส่องสว่าง|ไฟส่องสว่าง|ไฟฟ้าแสงสว่าง|เสาไฟ|ไฟฟ้าสาธารณะ|โคมไฟถนน|โคมไฟส่องสว่าง|ไฟกิ่ง",
    "drain": r"(?:ท่อ|ราง\S{0,6}?|ทาง|ระบบ|วาง\S{0,6}?)\s?ระบายน้"
    r"|วางท่อ|บ่อพัก|รางวี|ราง ค\.ส\.ล|ล้างท่อ|ดูดสิ่งโสโครก|ลอกท่อ|ฝาท่อ",
    "flood": r"น้[ําำ]*าท่วม|น้ำท่วม|เครื่องสูบน|สถานีสูบ|เขื่อน|ขุดลอก|พนังกั้น|ป้องกันตลิ่ง|ประตูระบาย",
    "canal": r"ขุดลอก|คูคลอง|ผักตบ|เขื่อน|ดูแลรักษาความสะอาดคลอง|กังหัน|วัชพืช|เรือ(?:กำจัด|พร้อม|ไฟเบอร์|พอน)",
    "clean": r"ขยะ|มูลฝอย|ความสะอาด|รถกวาด|สิ่งปฏิกูล|ถังรองรับ",
    "tree": r"ต้นไม้|ภูมิทัศน์|พื้นที่สีเขียว|สวนสาธารณะ|ตัดหญ้า|เลื่อยยนต์|สวนหย่อม|กระเช้า",
    "bridge": r"สะพาน",
    "sign": r"ป้าย",
    "traffic": r"จราจร(?!กว้าง)|สัญญาณไฟ|ไฟกระพริบ|กระจกโค้ง|ชะลอความเร็ว|ลูกระนาด|ตีเส้น|ป้ายจราจร|ลานจอด|ยางกัน",
    "stray": r"สุนัข|สัตว์|กรงสแตนเลส|ยาสลบ|แมว",
    "wires": r"สายไฟ|สายสื่อสาร|ขยายเขตไฟฟ้า|ระบบไฟฟ้า|หม้อแปลง|ปักเสา",
    "air": r"ฝุ่น|คุณภาพอากาศ|คุณภาพสิ่งแวดล้อม|หมอกควัน|สภาพแวดล้อม|มลพิษ",
    "toilet": r"สุขา(?!ภิบาล)|ส้วม|ห้องน้ำ",
    "order": r"เทศกิจ|จัดระเบียบ",
}
TYPES = {
    "ถนน": ("road",),
    "ทางเท้า": ("sidewalk",),
    "แสงสว่าง": ("light",),
    "ท่อระบายน้ำ": ("drain",),
    "น้ำท่วม": ("drain", "flood"),
    "คลอง": ("canal",),
    "ความสะอาด": ("clean",),
    "ต้นไม้": ("tree",),
    "สะพาน": ("bridge",),
    "ป้าย": ("sign",),
    "ป้ายจราจร": ("sign", "traffic"),
    "จราจร": ("traffic",),
    "สัตว์จรจัด": ("stray",),
    "สายไฟ": ("wires",),
    "PM2.5": ("air",),
    "ห้องน้ำ": ("toilet",),
    "กีดขวาง": ("order", "traffic", "sidewalk"),
}
_FROM_ADDRESS = {"ถนน", "คลอง", "สะพาน"}
_FITS_NOTHING = {"เสียงรบกวน", "คนจรจัด", "การเดินทาง"}
_PATTERNS = {kind: re.compile(words) for kind, words in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint with the kinds of project that fit its types; ``held`` is the half that nobody looked at."""

    id: str
    text: str
    stated: frozenset[str]
    told: frozenset[str]
    held: bool


def find_kinds(name: str) -> frozenset[str]:
    """The kinds of a project by the words of its name."""
    return frozenset(kind for kind, words in _PATTERNS.items() if words.search(name))


def read_complaints(path: Path) -> list[Complaint]:
    """Complaints with at least one type that fits some project, each in the half that its id's hash gives."""
    return [complaint for complaint, _ in _read_all(path) if complaint.stated]


def read_unfit(path: Path) -> list[Complaint]:
    """Complaints filed under a type that no kind of project fits, and under none that says otherwise."""
    return [one for one, types in _read_all(path) if not one.told and _FITS_NOTHING.intersection(types)]


def _read_all(path: Path) -> list[tuple[Complaint, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(_read(row["ticket_id"], row["text"], row["type"].split(",")), row["type"].split(",")) for row in rows]


def _read(name: str, text: str, types: list[str]) -> Complaint:
    relayed = "#1555" in text
    stated = frozenset(kind for one in types for kind in TYPES.get(one, ()))
    told = frozenset(k for one in types if not (relayed and one in _FROM_ADDRESS) for k in TYPES.get(one, ()))
    return Complaint(name, text, stated, told, hashlib.sha256(name.encode()).digest()[0] % 2 == 1)

"""An invented strategy list of three levels and projects that an imagined office labelled, with truth."""

from __future__ import annotations

from tracegraph.link.alignment_texts import StrategyRow
from tracegraph.model.items import Item

#: Names say little on purpose: an office's own words, which only labels can teach.
LIST: tuple[StrategyRow, ...] = (
    ("I:1", "I", "1", "เมืองน่าอยู่", None, ""),
    ("I:1.1", "I", "1.1", "แนวทางก้าวหน้า", "I:1", ""),
    ("I:1.2", "I", "1.2", "แนวทางมั่นใจ", "I:1", ""),
    ("I:2", "I", "2", "คนมีสุข", None, ""),
    ("I:2.1", "I", "2.1", "แนวทางใจดี", "I:2", ""),
    ("I:2.2", "I", "2.2", "แนวทางคึกคัก", "I:2", ""),
)

_WORKS = {
    "I:1.1": ("ก่อสร้างถนนคอนกรีตสาย", "ลาดยางถนนสาย", "ซ่อมสะพานข้ามคลอง"),
    "I:1.2": ("ติดตั้งกล้องวงจรปิดบริเวณ", "ซ้อมแผนดับเพลิงที่", "ติดตั้งสัญญาณไฟจราจรแยก"),
    "I:2.1": ("สงเคราะห์ผู้ยากไร้กลุ่ม", "เยี่ยมผู้ป่วยติดเตียงบ้าน", "ซ่อมแซมบ้านคนพิการ"),
    "I:2.2": ("แข่งขันฟุตบอลถ้วย", "ประเพณีลอยกระทงวัด", "ประกวดดนตรีไทยโรงเรียน"),
}
_PLACES = ("ต้นโพธิ์", "ริมธาร", "ดอนแก้ว", "สวนหลวง", "ศรีสุข", "ทองดี", "ร่มเย็น", "ชัยมงคล")


def invent(first: int, last: int) -> list[tuple[Item, str]]:
    """Projects with the uid of their entry; ``first`` to ``last`` choose the places (0–8)."""
    return [
        (build(f"p:{entry}:{number}:{place}", f"{work}{place}"), entry)
        for entry, works in sorted(_WORKS.items())
        for number, work in enumerate(works)
        for place in _PLACES[first:last]
    ]


def build(uid: str, text: str, **fields: object) -> Item:
    """A project of this name."""
    return Item(uid=uid, role="project", text=text, text_hash="h", **fields)  # type: ignore[arg-type]

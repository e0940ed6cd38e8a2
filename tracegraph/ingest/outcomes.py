"""What a document says became of a row: not taken up and why, or more than the body can do."""

from __future__ import annotations

import re

from tracegraph.ingest.rows import RowCells
from tracegraph.thai.normalize import normalize

REJECTED = "rejected"

_NO = re.compile(
    r"ไม่(?:รับ|บรรจุ|ผ่าน|เห็นชอบ|เห็นควร|อนุมัติ|อนุญาต|สามารถดำเนินการ|อยู่ในอำนาจ|มีอำนาจ)|ตกไป|ปฏิเสธ|ยกเลิก|ถอน(?:ออก|โครงการ|วาระ)|ตัดออก|rejected|declined|cancell?ed",
    re.IGNORECASE,
)
_BEYOND = re.compile(
    r"เกิน(?:ขีดความสามารถ|ศักยภาพ|กำลัง)|ดำเนินการเองไม่ได้|ขอหน่วยงานอื่น|ขอ\s?อบจ|ประสาน\s?(?:แผน|จว|จังหวัด|02/2)|คาบเกี่ยว"
)
_YES = frozenset(("1", "x", "✓", "/", "true", "yes", "y", "ใช่", "เกิน"))


def read_outcome(cells: RowCells) -> tuple[str | None, str | None]:
    """``rejected`` with the document's own words, else the outcome as stated (or None) and its reason."""
    said, reason = cells.text("outcome"), cells.text("outcome_reason")
    note, status = cells.text("note"), cells.text("status_text")
    for words in (said, note, status):
        if words and _NO.search(normalize(words)):
            return REJECTED, reason or (words if words != said or len(words) > 12 else said)
    cancelled = next((beside.text for beside in cells.notes if beside.cancelled), None)
    return (REJECTED, reason or cancelled) if cancelled else (said, reason)


def find_beyond(cells: RowCells, form: str | None) -> tuple[bool, str | None]:
    """Whether the document lists the row as beyond the body's means, and its words for it."""
    reason = cells.text("beyond_reason")
    flag = cells.text("beyond_capacity")
    if flag is not None and normalize(flag) not in ("0", "false", "no", "n", "ไม่", "ไม่ใช่"):
        return True, reason or (flag if normalize(flag) not in _YES else None)
    if reason is not None:
        return True, reason
    for prop in ("amendment", "programme", "status_text", "note", "form", "owner"):
        words = cells.text(prop)
        if words and _BEYOND.search(normalize(words)):
            return True, words
    coordinated = next((beside.text for beside in cells.notes if beside.coordinate), None)
    if coordinated:
        return True, coordinated
    if form is not None and form.startswith("ผ.02/2"):
        return True, form
    sheet = cells.table.sheet
    return (True, sheet) if _BEYOND.search(normalize(sheet)) else (False, None)

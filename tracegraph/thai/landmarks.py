"""What the work stands beside: หน้าวัด…, สามแยก…, ชุมชน…"""

from __future__ import annotations

import re

from tracegraph.thai.cues import compile_cues, load_pairs
from tracegraph.thai.finds import TAKEN, Reading, is_thai, read_run, skip_space

_NUMBER = re.compile(r"\s?\d{1,4}(?:/\d{1,4})?(?![\d.,])")
#: What temples have or get, with the name of the temple right behind it: เมรุวัดดอนไทร, รั้ววัดดอนไทร, ภายในวัดดอนไทร.
_OF_TEMPLES = (
    *("เมรุ", "ศพ", "มลพิษ", "กฐิน", "ผ้าป่า", "ปริยัติธรรม", "ศาลา", "รั้ว", "กำแพง", "กุฏิ", "อุโบสถ", "วิหาร", "ซุ้มประตู"),
    *("ภูมิทัศน์", "ห้องน้ำ", "ห้องสุขา", "ลาน", "สระ", "สระน้ำ", "อุดหนุน", "บูรณะ", "ภายใน"),
)
_CHAIN = 3  # words such as บริเวณ + หน้า + วัด before the name itself


def find_landmarks(reading: Reading) -> None:
    """Every place word with the name after it; เจ้าหน้าที่, หลังคา and เครื่องวัด are none."""
    text = reading.rest
    done = 0
    for m in compile_cues("landmark").finditer(text):
        start = m.start()
        if start < done or not _begins(text, m[0], start):
            continue
        end = _read_landmark(text, m.end())
        if end > m.end() and _tells(text, m[0], m.end()):
            reading.claim("landmarks", text[start:end].strip(" ."), start, end)
            done = end


def _begins(text: str, word: str, start: int) -> bool:
    if text.endswith(load_pairs("not_before").get(word, ()), 0, start):
        return False
    if word == "หลัง" and text[:start].rstrip(" ")[-1:].isdigit():  # 1 หลัง counts buildings
        return False
    if word == "วัด" and text.endswith(_OF_TEMPLES, 0, start):
        return True
    return word not in ("วัด", "ตลาด", "ต้น", "แยก", "ท้าย", "คุ้ม") or not is_thai(text[start - 1 : start])


def _tells(text: str, word: str, end: int) -> bool:
    return not text.startswith(load_pairs("not_after").get(word, ()), end)


def _read_landmark(text: str, at: int) -> int:
    stop = compile_cues("stop")
    begin = at
    for _ in range(_CHAIN):
        at = skip_space(text, begin)
        if text.startswith("บ้านเลขที่", at):
            begin = at + len("บ้านเลขที่")
            break
        more = compile_cues("landmark").match(text, at)
        if more is None:
            name = read_run(text, at, stop)
            if name:
                begin = at + len(name)
            break
        if more[0] == "บริเวณ" or not _tells(text, more[0], more.end()):  # บริเวณ begins a landmark of its own
            return begin
        begin = more.end()
    number = _NUMBER.match(text, begin)
    end = number.end() if number else begin
    return end if TAKEN not in text[at:end] else begin

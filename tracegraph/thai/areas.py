"""Tambon, district and province as typed after their words, and the bodies named in a text."""

from __future__ import annotations

import re
from functools import cache

from tracegraph.thai.cues import compile_cues, load_cues, load_ends
from tracegraph.thai.finds import Reading, extend_left, is_thai, skip_space
from tracegraph.thai.gazetteer import load_names

_LONG_WORDS = (
    ("ตำบล", "tambons"), ("แขวง", "tambons"), ("อำเภอ", "districts"), ("เขต", "districts"), ("จังหวัด", "provinces"),
)  # fmt: skip
_WORDS = (*_LONG_WORDS, ("ต.", "tambons"), ("อ.", "districts"), ("จ.", "provinces"), ("จว.", "provinces"))
_FIELDS = dict(_LONG_WORDS)
_WRITTEN_OUT = re.compile(r"(ตำบล|อำเภอ|จังหวัด) ?([ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]*)")
_RUN = re.compile(r" ?([ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]*)")
_PART_OF = ("ส่วน", "ทศบาล", "ทั้ง", "ระดับ", "ส่งเสริมสุขภาพ")  # the name after these is a body's, often a village's
_LONGEST_NAME = 24  # letters; longer than any name of a tambon
_NUMBER = re.compile(r"\s?\d{1,2}(?=\s?(?:\(|\)|\Z|[ก-ฮเ-ไ]))(?!\s?(?:แห่ง|หลัง|ชุด|โรง|คน|เครื่อง|รายการ|ชั้น))")
_BEFORE_SHORT = (
    *("หลัง", "หน้า", "ข้าง", "ซอย", "ถนน", "สาย", "ของ", "จาก", "โดย", "บริเวณ", "ใน", "เขต", "ร่วมกับ", "กับ", "และ"),
)
_LETTERS_BEFORE = re.compile(r"[ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]{3,}\Z")
_SHORT_ENDS = ("อบ", "ท", "ส", "พ", "ผ", "ร", "ด", "ว", "สน")  # อบต. ทต. สต. ผอ. ด.ต.
_DEPARTMENT = re.compile(r"\(((?:กอง|สำนัก|งาน|ฝ่าย|หน่วย|ศูนย์|กลุ่มงาน)[^()\0]{2,60})\)")
_ONLY_BODIES = ("ศพด", "รร.", "รพ.สต", "รพสต")  # no other word ends so: ห้องน้ำศพด.บ้าน…
_BODY_NAME = re.compile(r" ?[ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]*|\.[ก-ฮเ-ไ]?[ก-ฮะ-ฺเ-๎]*")


def find_areas(reading: Reading) -> None:
    """ต./ตำบล/แขวง, อ./อำเภอ/เขต, จ./จังหวัด with the names after them, as typed; known names decide where one ends."""
    text = reading.rest
    for m in _WRITTEN_OUT.finditer(text):  # nearly every area of a clean file
        word, name = m.groups()
        field, start = _FIELDS[word], m.start()
        if name in _known(field) and _begins_area(text, word, start):
            _claim(reading, field, name, start, m.end())
    rest = reading.rest
    for word, field in _WORDS if "." in rest else _LONG_WORDS:
        if word not in rest:
            continue
        at = reading.rest.find(word)
        while at >= 0:
            after = at + len(word)
            glued = word.endswith(".") and _is_glued(reading.rest, at)
            if glued or _begins_area(reading.rest, word, at):
                name = _read_area_name(reading.rest, after, field, known_only=glued or word == "เขต")
                if name:
                    _claim(reading, field, name.strip(), at, after + len(name))
            at = reading.rest.find(word, after)


def _claim(reading: Reading, field: str, name: str, start: int, end: int) -> None:
    again = field == "tambons" and field in reading.values
    if again and reading.rest[:start].rstrip(" ").endswith(load_cues("linking")):
        reading.claim("landmarks", f"ตำบล{name}", start, end)
    else:
        reading.claim(field, name, start, end)


def _is_glued(text: str, start: int) -> bool:
    """Whether a short form stands right behind a whole word, as where spaces were lost (…ระดับอำเภอต.ก): not in อบต."""
    word = _LETTERS_BEFORE.search(text, max(0, start - _LONGEST_NAME), start)
    return word is not None and not word[0].endswith(_SHORT_ENDS)


def _begins_area(text: str, word: str, start: int) -> bool:
    if start == 0 or not is_thai(text[start - 1]):
        if text.endswith("ส่งเสริมสุขภาพ ", 0, start):
            return False
        return text[start - 1 : start] != "." or not word.endswith(".")
    return not (word.endswith(".") or text.endswith(_PART_OF, 0, start))


def _read_area_name(text: str, at: int, field: str, *, known_only: bool) -> str:
    m = _RUN.match(text, at)
    if m is None:
        return ""
    run, known = m[1], _known(field)
    if run in known:
        return m[0]
    begin = m.start(1)
    for length in range(min(_LONGEST_NAME, len(text) - begin), 1, -1):
        if text[begin : begin + length] in known and _ends_name(text, begin + length):
            return text[at : begin + length]
    if known_only or run.startswith(load_cues("not_tambon")):
        return ""
    cut = compile_cues("stop").search(run)
    end = cut.start() if cut else len(run)
    return "" if end < 2 or text.startswith(".", begin + end) else text[at : begin + end]


def _ends_name(text: str, end: int) -> bool:
    return not is_thai(text[end : end + 1]) or compile_cues("stop").match(text, end) is not None


@cache
def _known(field: str) -> frozenset[str]:
    names = load_names()
    return frozenset({"tambons": names.tambons, "districts": names.districts, "provinces": names.provinces}[field])


def find_bodies(reading: Reading) -> None:
    """Bodies with their names and numbers: อบต.แม่ใส, รพ.สต.…, ศูนย์พัฒนาเด็กเล็ก… 5; the buyer in brackets."""
    text = reading.rest
    if "(" in text:
        for m in _DEPARTMENT.finditer(text):
            reading.claim("bodies", m[1].strip(), *m.span())
    for m in compile_cues("body").finditer(text):
        if reading.rest[m.start()] == "\0" or not _begins_body(text, m):
            continue
        end = _body_end(reading.rest, m)
        if end == m.end() and m[0] in load_cues("generic_body"):
            continue
        begin = extend_left(text, m.start(), load_ends("beside"))
        if begin < m.start():
            reading.note("landmarks", text[begin:end].strip(), begin, end)
        reading.claim("bodies", reading.rest[m.start() : end].strip(), m.start(), end)
        reading.blank(begin, m.start())


def _begins_body(text: str, m: re.Match[str]) -> bool:
    if m[0] in _ONLY_BODIES:
        return True
    short = m[0].endswith(".") or m[0] in ("อบต", "อบจ", "กฟภ", "กปภ", "ศพด", "รพสต")
    return not short or not is_thai(text[m.start() - 1 : m.start()]) or text.endswith(_BEFORE_SHORT, 0, m.start())


def _body_end(text: str, m: re.Match[str]) -> int:
    end = m.end() + text.startswith(".", m.end())
    if m[0] in load_cues("whole_body") or text.startswith(load_cues("not_body_name"), skip_space(text, end)):
        return end if end > m.end() and m[0] not in load_cues("generic_body") else m.end()
    stop = compile_cues("stop")
    while name := _BODY_NAME.match(text, end):
        cut = stop.search(name[0])
        if cut:
            return end + cut.start()
        spaced = name[0].startswith(" ")
        if spaced and end > m.end() and not text.startswith(".", end - 1):
            break
        end = name.end()
    number = _NUMBER.match(text, end)
    return number.end() if number else end

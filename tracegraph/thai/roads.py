"""Roads, alleys (ซอย), lines (สาย) and their ends; canals; the codes of numbered roads; sides of a canal."""

from __future__ import annotations

import re

from tracegraph.thai.cue_slips import TH_NUMBER, build_slip_pattern
from tracegraph.thai.cues import compile_cues, load_cues, load_ends, load_signs
from tracegraph.thai.finds import TAKEN, Reading, extend_left, has_any, is_thai, read_run, skip_space, starts_word
from tracegraph.thai.lexicon import build_pattern

_WORD = r"ซอย|ซ\.|ตรอก|ถนน|ถ\.|สาย"
_WORDS = re.compile(_WORD)
#: Slips of ซอย: before a number any that is no word; before a name only what no word begins with.
_SLIPS = build_slip_pattern(
    (("ซอย",), rf"\s?(?:{TH_NUMBER}\s?)?\d", ("ขอย", "ซอ")),
    (("ซอย",), "[ก-ฮเ-ไ]", ("ขอย", "ชอย", "อย", "ซอ", "ซอผ", "ซอยย")),
)
_WORDS_AND_SLIPS = re.compile(f"{_WORD}|{_SLIPS.pattern}")
_NUMBER = r"\d{1,4}(?:/\d{1,4})*(?![\d.+]|,\d{3}|\s?(?:เมตร|ม\.(?!\s?\d)|กม|แห่ง|ชุด|สาย|จุด|ต้น|กิโล))"
_NUMBERS = re.compile(rf"\s?(?:{TH_NUMBER}\s?)?({_NUMBER}(?:\s?(?:,|และ|กับ|-|ถึง)\s?(?:ซอย(?:ที่)?|ซ\.)?\s?{_NUMBER})*)")
_TO_NUMBER = re.compile(r"ที่\Z|\A(?:ท[ีิื][่้๊]?)\Z")
_EACH = re.compile(r"(-|ถึง)?\s?(?:ซอย(?:ที่)?|ซ\.)?\s?(\d+(?:/\d+)*)")
_JOIN = re.compile(rf"\s?(?:{build_pattern(load_cues('join'))})(?!รษ)\s?(?:บ้าน|ถนน|ซอย|ตำบล|ต\.|หมู่บ้าน)?\s?")
_SECTION = re.compile(r"ตอน\s?(?=[ก-ฮเ-ไ])")
_FARM = "การเกษตร"
_CODE = re.compile(
    r"(?:ทางหลวง(?:แผ่นดิน|ชนบท|ท้องถิ่น)?\s?(?:หมายเลข|สาย|เลขที่|รหัส)?|ทล\.|หมายเลข)\s?(?:หมายเลข\s?)?(\d{1,4})(?![\d,.])"
    r"|([ก-ฮ]{2})\.?\s?ถ\.?\s?(\d{1,3}\s?-\s?\d{1,4})|([ก-ฮ]{2})\.\s?([1-9]\d{3})(?!\d)|(?:รหัส(?:สายทาง|ทาง|ถนน)?\s?)?ถ\.\s?(\d{1,3}\s?-\s?\d{2,4})(?!\d)"
)
_DOTTED = re.compile(r"\.(?<=[ก-ฮ]\.)(?:ถ\.?)?\s?\d")  # begins with a letter the engine can look for
_NOT_CODES = frozenset(("พศ", "คศ", "กม", "ตร", "ซม", "มม", "ลบ", "รร"))
_GLUED = re.compile(r"\s?\d{1,3}(?![\d.,])|[ก-ฮเ-ไ][ก-๎]{3}")  # …เกษตรซ.17, …เกษตรซ.สุขใจ: no abbreviation ends so
_SIDE = re.compile(r"(?:ฝั่ง|ทิศ|ด้าน)(?:ทิศ)?(ตะวันออก|ตะวันตก|เหนือ|ใต้|ซ้าย|ขวา)(?:เฉียง(?:เหนือ|ใต้))?")


def find_codes(reading: Reading) -> None:
    """กบ.ถ.1-0023, กบ.4013, ทางหลวงหมายเลข 4034: the best key that a road can have."""
    text = reading.rest
    if not reading.has_digit or not ("ทางหลวง" in text or ".ถ" in text or _DOTTED.search(text)):
        return
    for m in _CODE.finditer(text):
        if m[1]:
            if m[0].startswith("หมายเลข") or not (m[0].startswith("ทางหลวง") or starts_word(text, m.start())):
                continue
            code = f"ทล.{m[1]}"
        elif not (m[6] or starts_word(text, m.start())) or m[4] in _NOT_CODES:
            continue
        elif m[6]:
            code = f"ถ.{m[6].replace(' ', '')}"
        else:
            code = f"{m[2]}.ถ.{m[3].replace(' ', '')}" if m[2] else f"{m[4]}.{m[5]}"
        reading.claim("road_numbers", code, *m.span())


def find_roads(reading: Reading) -> None:
    """Alleys, lines and roads from left to right; the two ends of a line before its name."""
    text = reading.rest
    slipped = reading.has_digit and _SLIPS.sign.search(text)
    for m in (_WORDS_AND_SLIPS if slipped else _WORDS).finditer(text):
        start, end = m.span()
        if reading.rest[start] == TAKEN:
            continue
        if m[0] == "สาย":
            _read_line(reading, start, end)
        elif m[0] in ("ถนน", "ถ."):
            if m[0] == "ถนน" or starts_word(text, start):
                _read_road(reading, end)
        elif m[0] != "ซ." or starts_word(text, start) or _GLUED.match(text, end):
            _read_alley(reading, start, end)
    if "บ้าน" in text:
        _read_village_ends(reading)
    if "ตอน" in text:
        _read_sections(reading)


def _read_alley(reading: Reading, start: int, end: int) -> None:
    text = reading.rest
    at = skip_space(text, end)
    name = "" if text.startswith(load_cues("not_alley"), at) else _name_at(text, at)
    after = at + len(name)
    numbers = _NUMBERS.match(text, after)
    if numbers:
        after = numbers.end()
    if len(name) > 1:
        reading.note("roads", name, start, at + len(name))
    if numbers:
        _note_numbers(reading, "ซอย", numbers)
    elif len(name) < 2:
        after = _before_taken(text, end)
    reading.blank(start, after)


def _before_taken(text: str, end: int) -> int:
    """ซอยข้าง + a claimed house: the words between belong to it."""
    for word in ("ข้าง", "หน้า", "หลัง", "ทางเข้า", ""):
        at = end + len(word)
        if text.startswith(word, end) and text.startswith((TAKEN, " " + TAKEN), at):
            return at
    return end


def _note_numbers(reading: Reading, kind: str, m: re.Match[str]) -> None:
    last = 0
    for joint, number in _EACH.findall(m[1]):
        if joint and number.isdigit() and 0 < int(number) - last <= 40:
            for between in range(last + 1, int(number)):
                reading.note("road_numbers", f"{kind} {between}", *m.span(1))
        reading.note("road_numbers", f"{kind} {number}", *m.span(1))
        last = int(number) if number.isdigit() else 0


def _read_road(reading: Reading, end: int) -> None:
    text = reading.rest
    at = skip_space(text, end)
    if text.startswith(("ซอย", "สาย", *load_cues("not_road")), at) or (at > end and text.startswith("บ้าน", at)):
        return
    name = _name_at(text, at)
    if len(name) < 2:
        return
    after = at + len(name)
    numbers = _NUMBERS.match(text, after) if reading.has_digit else None
    reading.note("roads", name, at, after)
    if numbers:
        _note_numbers(reading, "ถนน", numbers)
        after = numbers.end()
    reading.blank(at, after)  # the word ถนน stays: it may be the thing that is built


def _read_line(reading: Reading, start: int, end: int) -> None:
    text = reading.rest
    if is_thai(text[start - 1 : start]) and not text.endswith(load_cues("before_line"), 0, start):
        return
    at = skip_space(text, end)
    if text.startswith("ซอย", at):
        reading.blank(start, end)
        return
    if text.startswith(load_cues("not_line"), at):
        return
    farm = text.startswith(_FARM, at)
    if farm:
        reading.note("roads", _FARM, at, at + len(_FARM))
        at += len(_FARM)
        reading.blank(start, at)
    name_at = at + len("บ้าน") if text.startswith("บ้าน", at) else at
    name_at = skip_space(text, name_at)
    name = _name_at(text, name_at)
    if len(name) < 2:
        return
    after = name_at + len(name)
    apart = farm and text.startswith(" ", at)  # สายการเกษตร บ้าน ก: a village, unless the line goes on from it
    if other := _other_end(text, after):
        reading.claim("road_ends", (name, other[0]), start, other[1])
        return
    if apart:
        return
    numbers = _NUMBERS.match(text, after) if reading.has_digit else None
    reading.note("roads", name, name_at if farm else start, after)
    if numbers:
        _note_numbers(reading, "สาย", numbers)
    reading.blank(start, numbers.end() if numbers else after)


def _other_end(text: str, at: int) -> tuple[str, int] | None:
    """The end after -, ถึง, เชื่อม …: its name without บ้าน and where it stops."""
    join = _JOIN.match(text, at)
    if join is None:
        return None
    name = _name_at(text, join.end())
    return (name, join.end() + len(name)) if len(name) > 1 else None


def _read_village_ends(reading: Reading) -> None:
    """บ้าน ก - บ้าน ข without the word สาย."""
    text = reading.rest
    at = text.find("บ้าน")
    while at >= 0:
        after = at + len("บ้าน")
        name = "" if text.endswith("หมู่", 0, at) else _name_at(text, after)
        join = _JOIN.match(text, after + len(name)) if len(name) > 1 else None
        if join and "บ้าน" in join[0] and (other := _other_end(text, after + len(name))):
            reading.claim("road_ends", (name, other[0]), at, other[1])
            after = other[1]
        at = text.find("บ้าน", after)


def _read_sections(reading: Reading) -> None:
    """ตอน ก - ข of a numbered highway."""
    text = reading.rest
    for m in _SECTION.finditer(text):
        name = _name_at(text, m.end())
        if len(name) > 1 and (other := _other_end(text, m.end() + len(name))):
            reading.claim("road_ends", (name, other[0]), m.start(), other[1])


def _name_at(text: str, at: int) -> str:
    """The name at a place; the ที่ of คลองส่งน้ำที่ 9 belongs to the number, also where it is misprinted (ซอยที 9)."""
    name = read_run(text, at, compile_cues("stop"))
    end = at + len(name)
    if "ท" in name[-4:] and text[skip_space(text, end) :][:1].isdigit() and (to := _TO_NUMBER.search(name)):
        return name[: to.start()]
    return name


def find_canals(reading: Reading) -> None:
    """Canals, streams and ponds by name, with the number of a numbered canal; the generic word alone is no name."""
    text = reading.rest
    if not has_any(text, load_signs("canal")):
        return
    for m in compile_cues("canal").finditer(text):
        start, end = m.span()
        loose = m[0] not in load_cues("sure_canal") and is_thai(text[start - 1 : start])
        if loose and not text.endswith(load_cues("before_canal"), 0, start):
            continue
        if text.startswith(load_cues("not_canal"), end):
            continue
        name = _name_at(text, end)
        after = end + len(name)
        numbers = _NUMBERS.match(text, after) if reading.has_digit else None
        if not numbers and len(name) < 2:
            continue
        reading.note("roads", f"{m[0]}{name}", start, after)
        if numbers:
            _note_numbers(reading, "คลอง", numbers)
            after = numbers.end()
        if text.endswith(load_cues("worked_on"), 0, start) or not text[:start].strip(f"{TAKEN} "):
            reading.blank(end, after)  # the generic word stays: ขุดลอก + คลอง is the work
        else:
            reading.blank(extend_left(text, start, load_ends("along")), after)


def find_sides(reading: Reading) -> None:
    """ฝั่งตะวันออก, ทิศใต้: two sides of one canal are two places."""
    text = reading.rest
    if "ฝั่ง" in text or "ทิศ" in text or "ด้าน" in text:
        for m in _SIDE.finditer(text):
            reading.claim("sides", m[1], *m.span())

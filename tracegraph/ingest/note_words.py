"""What the words of a text box, a cell's comment or a หมายเหตุ say of the row beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracegraph.ingest.editions import Edition, split_editions

_LABEL = r"(?:ลำดับ(?:\s?ที่)?|ข้อ(?:\s?ที่)?|รายการ(?:\s?ที่)?|โครงการ(?:ลำดับ)?\s?ที่|ที่|no\.?)"
_AND = r"(?:,|และ|กับ|&|-|ถึง)"
_NUMBERS = rf"(?P<numbers>\d{{1,4}}(?!\d|\s*/)(?:\s*{_AND}\s*{_LABEL}?\s*\d{{1,4}}(?!\d|\s*/))*)"
_SAME = re.compile(
    rf"[ซช]้ำ(?:ซ้อน|กัน)?\s*(?:กับ|ใน)?\s*(?:โครงการ)?\s*{_LABEL}?\s*{_NUMBERS}"
    rf"|(?:เหมือน|เช่นเดียว|เดียว|ตรง)(?:กัน)?\s*(?:กับ)?\s*(?:โครงการ)?\s*{_LABEL}\s*{_NUMBERS.replace('numbers', 'like')}",
    re.IGNORECASE,
)
_MERGED = re.compile(
    rf"(?:ยุบ|ควบ|ให้|นำไป|ไป)?รวม(?:เข้า|อยู่|ไว้)?\s*(?:กับ|ใน|ไป)*\s*(?:โครงการ)?\s*{_LABEL}\s*{_NUMBERS}", re.IGNORECASE
)
_WHERE = re.compile(
    r"\s*(?:ของ|ใน|ที่)?\s*\(?((?:แผนงาน|ผง\.|ยุทธ|กลยุทธ์|หน้า|แผ่น|ชีต|sheet|ผ\.|ฉบับ|เล่ม)[^\n,;()]*)\)?", re.IGNORECASE
)
_BODY = r"(?:อบจ|จังหวัด|จว|หน่วยงาน\S*|กรม\S+|แขวง\S+|ชลประทาน|อบต|อปท|ทช|ทล|กปภ|กฟภ)\.?"
_CODE = r"(?:แบบ\s?)?(?:ผ\.?\s?)?0?2\s?/\s?2(?!\d)"
_COORDINATE = re.compile(
    rf"(?:ขอ|ส่ง|เสนอ|นำ|ให้)?(?:ไป)?\s*ประสาน\s*(?:แผน|งาน)?(?:\s*(?:พัฒนา\S*|กับ|ไป|ยัง|ที่|ใน))*(?:\s*(?:{_CODE}|{_BODY}))?"
    rf"|(?:ย้าย|ส่ง|ไป|อยู่)\s*(?:ไป)?\s*(?:ที่|ยัง|ใน)?\s*{_CODE}"
    rf"|ขอ\s*(?:รับ)?(?:การ)?(?:สนับสนุน|อุดหนุน)?\s*(?:งบประมาณ)?\s*(?:จาก)?\s*{_BODY}"
    r"|เกิน(?:ขีดความสามารถ|ศักยภาพ)(?:ของ\s?\S+)?",
    re.IGNORECASE,
)
_PLACE = r"(?:แผนงาน|ผง\.|ยุทธศาสตร์|ยุทธ|กลยุทธ์|ประเด็น|แนวทาง|ลำดับ|ข้อ|หน้า|แผ่น|ชีต|sheet|แบบ|ผ\.|ด้าน|กอง|สำนัก)[^\n,;]*"
_FROM = re.compile(rf"(?:ย้าย|โอน|รับ)(?:โอน)?\s*(?:มา)?\s*จาก\s*(?P<place>{_PLACE})", re.IGNORECASE)
_TO = re.compile(rf"(?:ย้าย|โอน)\s*(?:ไป|เข้า|มา)?\s*(?:อยู่|ไว้|ยัง)?\s*(?:ที่|ใน|ยัง)?\s*(?P<place>{_PLACE})", re.IGNORECASE)
_CANCELLED = re.compile(r"(?<!ไม่)(?<!ไม่ได้)(?:ขอ)?(?:ยกเลิก(?:โครงการ|รายการ)?|ตัด(?:ออก|ทิ้ง)|ถอนออก|ถอนโครงการ)(?:แล้ว)?")
_FORM = re.compile(
    r"(?:แบบ\s*(?:ฟอร์ม)?\s*)?(?P<letters>ผด|ผ|ยท|จ)\.?\s?0?(?P<number>\d)(?:\s?/\s?(?P<part>\d))?(?![\d,])"
)
_FUND = re.compile(
    r"^(?:งบ|เงิน)(?:ประมาณ)?\s?(?:จาก|ของ)?\s?(?:อุดหนุน|จังหวัด|กลุ่มจังหวัด|กลาง|พัฒนา|สะสม|กู้|บริจาค|รายได้|รางวัล|กันไว้|อบจ|อบต"
    r"|เทศบาล|หน่วยงาน|กรม|กองทุน|สมทบ|นอก|ยุทธศาสตร์)|^(?:จ่ายขาด|เงินสะสม|กองทุน|พอช|เทศบัญญัติ|ข้อบัญญัติ|ประชาชนสมทบ"
    r"|ชุมชนสมทบ|อุดหนุน|แหล่งเงิน|แหล่งงบ|ใช้เงิน|ใช้งบ|สปสช|สสส|อบจ\.?\s?อุดหนุน)|สมทบ$|^สถ\.?$"
)
_FUND_IN_LIST = re.compile(
    r"^(?:ท้องถิ่น|ประชาชน|ชุมชน|รัฐ(?:บาล)?|เอกชน|อปท\.?|อบต\.?|อบจ\.?|เทศบาล|จังหวัด|วัด|โรงเรียน|บริจาค)\S{0,12}$"
)
_PARTS = re.compile(r"[,;\n+]|\s/\s|\sและ\s")
_LONGEST_SOURCE = 60  # characters; a longer part is a sentence
_MOST_READ = 2_000  # characters; notes are short, and what follows stays in the remark
_LONGEST_RANGE = 20  # rows that "3-9" may name; a wider one is a phone number or a year


@dataclass(frozen=True, slots=True)
class NoteReading:
    """What a note says; everything but ``text`` is empty where it does not.

    ``same_as`` and ``merged_with`` are numbers (ลำดับ) as the table prints them; ``elsewhere`` holds the words after
    such a number that name another แผนงาน, page or book. ``coordinate``, ``moved_to`` and ``moved_from`` are the
    note's words in comparison form. ``remark`` is what is left.
    """

    text: str
    editions: tuple[Edition, ...] = ()
    same_as: tuple[int, ...] = ()
    merged_with: tuple[int, ...] = ()
    elsewhere: str = ""
    coordinate: str = ""
    moved_to: str = ""
    moved_from: str = ""
    cancelled: bool = False
    form: str = ""
    fund_sources: tuple[str, ...] = ()
    remark: str = ""

    @property
    def is_stamp(self) -> bool:
        """Whether the note names an edition, as the stamps of amendments do."""
        return bool(self.editions)


def read_note(text: str) -> NoteReading:
    """Read a note or a cell of หมายเหตุ; never fails: what is not understood is the ``remark``."""
    editions, rest = split_editions(text[:_MOST_READ])
    rest, same, merged, elsewhere = _cut_references(rest)
    rest, moved_from = _cut(_FROM, rest, "place")
    rest, coordinate = _cut(_COORDINATE, rest)
    rest, moved_to = _cut(_TO, rest, "place")
    rest, cancelled = _cut(_CANCELLED, rest)
    rest, form = _cut_form(rest)
    sources, remark = _read_sources(rest)
    return NoteReading(
        text=text,
        editions=editions,
        same_as=same,
        merged_with=merged,
        elsewhere=elsewhere,
        coordinate=coordinate,
        moved_to=moved_to,
        moved_from=moved_from,
        cancelled=bool(cancelled),
        form=form,
        fund_sources=sources,
        remark=remark + text[_MOST_READ:],
    )


def _cut(pattern: re.Pattern[str], text: str, group: str | int = 0) -> tuple[str, str]:
    """The text with a line break in place of the first match, and the words of the match."""
    match = pattern.search(text)
    if match is None:
        return text, ""
    return f"{text[: match.start()]}\n{text[match.end() :]}", " ".join(match[group].split())


def _cut_references(text: str) -> tuple[str, tuple[int, ...], tuple[int, ...], str]:
    text, merged, merged_where = _cut_reference(_MERGED, text)
    text, same, same_where = _cut_reference(_SAME, text)
    return text, same, merged, merged_where or same_where


def _cut_reference(pattern: re.Pattern[str], text: str) -> tuple[str, tuple[int, ...], str]:
    match = pattern.search(text)
    if match is None:
        return text, (), ""
    groups = match.groupdict()
    numbers = _read_numbers(groups["numbers"] or groups["like"])
    where = _WHERE.match(text, match.end())
    end = where.end() if where else match.end()
    return f"{text[: match.start()]}\n{text[end:]}", numbers, where[1].strip() if where else ""


def _read_numbers(words: str) -> tuple[int, ...]:
    """``3,4`` → 3, 4; ``3-5`` and ``3 ถึง 5`` → 3, 4, 5."""
    found: list[int] = []
    for part in re.split(r",|และ|กับ|&", words):
        ends = [int(digits) for digits in re.findall(r"\d+", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] <= _LONGEST_RANGE:
            ends = list(range(ends[0], ends[1] + 1))
        found += ends
    return tuple(dict.fromkeys(found))


def _cut_form(text: str) -> tuple[str, str]:
    """The form's code spelled one way (``ผ.02/1``); จ. needs the word แบบ, for it also shortens จังหวัด."""
    match = _FORM.search(text)
    if match is None or (match["letters"] == "จ" and not match[0].startswith("แบบ")):
        return text, ""
    number = match["number"] if match["letters"] == "จ" else f"0{match['number']}"
    code = f"{match['letters']}.{number}" + (f"/{match['part']}" if match["part"] else "")
    return f"{text[: match.start()]}\n{text[match.end() :]}", code


def _read_sources(text: str) -> tuple[tuple[str, ...], str]:
    """Sources of money among the parts of a text, and the other parts joined.

    Short words for who pays (ท้องถิ่น, ประชาชน) count only beside a part that names money for sure.
    """
    parts = [part for raw in _PARTS.split(text) if (part := " ".join(raw.split()).strip(" :()-"))]
    sure = [bool(_FUND.search(part)) and len(part) <= _LONGEST_SOURCE for part in parts]
    listed = any(sure)
    sources = [
        part for part, is_sure in zip(parts, sure, strict=True) if is_sure or (listed and _FUND_IN_LIST.match(part))
    ]
    return tuple(dict.fromkeys(sources)), " ".join(part for part in parts if part not in sources)

"""What is read from a name besides its typed fields: bare wording, office, purpose, house and loose numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz import fuzz

from tracegraph.thai.fields import ParsedName
from tracegraph.thai.finds import has_any
from tracegraph.thai.normalize import fold_spaces, normalize
from tracegraph.thai.variants import canonical

_MONEY = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?[\]}]?(?:\s*บาท)?(?:\s*/\s*[ก-ฮ]\S*)?|(?<!\d)\d{1,15}(?:\.\d{1,4})?\s*บาท"
)
_OFFICE = re.compile(r"\(\s*((?:งาน|กอง|สำนัก|ฝ่าย|ส่วน|หน่วย|ป้องกัน)[^()]*)\)")
_OFFICE_NAME = re.compile(r"(?:กอง|สำนัก)(?!ทุน)[ก-๙]+")
_PURPOSE = re.compile(
    r"(?:เพื่อใช้|สำหรับใช้|ใช้|สำหรับ|เพื่อ)(?:ใน|ตาม)?(?:การ)?(?:จัด|อบรม|ดำเนิน(?:งาน|การ))?(?:ตาม|ใน)?โครงการ(.+)"
)
_WISH = re.compile(
    r"\A\s*(?:(?:ขอ(?:รับการ)?(?:ให้|เสนอ|สนับสนุน)?|อยาก(?:จะ)?(?:ได้|ให้|มี)?|ต้องการ(?:ให้|ได้|มี)?|เสนอ(?:ให้|ขอ)?)(?![งนบมี่-๋]))+"
)
#: A subsidy to the body that runs power or water pays for the work that is named behind it.
_SUBSIDY = re.compile(
    r"\A\s*(?:โครงการ)?(?:จ่าย)?(?:เงิน)?อุดหนุน\s*(?:ให้)?(?:แก่|กับ)?\s*(?:การไฟฟ้า|กฟภ|กฟน|การประปา|กปภ|กปน).*?"
    r"(?=ขยายเขต|ติดตั้ง|ก่อสร้าง|ปรับปรุง|ซ่อม|วางท่อ|ปักเสา|ย้าย|เปลี่ยน|เพิ่ม)"
)
_DEBRIS = re.compile(r"(?<=[ก-๎.])\s{1,3}[-|’‘'`._~]\s{1,3}(?=[\d๐-๙])")
_MISREAD_ALLEY = re.compile("ชอย(?!ส์)")
_SLIPPED = re.compile(f"{_DEBRIS.pattern}|{_MISREAD_ALLEY.pattern}")
_ADDED = re.compile(r"(?:\A|\s|และ|พร้อม|โดย|/)(?=[ก-ฮเ-ไ])")
_FURNISHED = re.compile(r"(?:ก่อสร้าง|ปรับปรุง|ต่อเติม)(.{5,}?)พร้อม(?:จัดซื้อ|ติดตั้ง)?(โต๊ะ|เก้าอี้|ครุภัณฑ์|เครื่องเสียง|เครื่องปรับอากาศ)")
_HOUSE = re.compile(r"(?:บ้าน)?เลขที่\s*(\d+(?:/\d+)*)")
_LOOSE = re.compile(r"\d+(?:[./x*+-]\d+)*")
#: The place of one thing in a row of like things: the second spot, the third building.
_ORDINAL = re.compile(
    r"(จุด|แห่ง|ตัว|หลัง|แปลง|บ่อ|สระ|ฝาย|โซน|แถว|แยก|จุดติดตั้ง)\s?ที่\s?(\d{1,3}(?:\s?(?:,|-|และ|ถึง)\s?\d{1,3})*)(?![\d.,+/]*\d)"
    r"|(จุด)\s?(\d{1,2})(?=\s*(?:\)|\Z))"
)
_RANGE = re.compile(r"(\d+)\s?(?:-|ถึง)\s?(\d+)")
_LONGEST_ROW = 40
#: What says that a piece goes on from another one, or stands beside it.
_CONTINUED = re.compile(
    r"ต่อจาก(?:ของ)?เดิม|ต่อจากโครงการเดิม|ส่วนที่เหลือ|(?:ช่วง|ระยะ)ต่อไป|อีก(?:จุด|แห่ง|ช่วง|ฝั่ง)|\(\s*(?:เพิ่มเติม|ต่อเนื่อง|ต่อ)\s*\)|(?:เพิ่มเติม|ต่อเนื่อง)\s*\Z"
)
_SPLIT_WORK = re.compile(r"(?<=.)(?:จัดซื้อ|ก่อสร้าง|ปรับปรุง|ติดตั้ง|ซ่อมแซม)")
_PUNCTUATION = re.compile(r"[\s()\[\]{},;:'\"|_–-]+")
_PLAN_HEAD = re.compile(r"\A\s*(?:ประกาศ)?แผน(?:การ)?จัดซื้อจัดจ้าง\s*(?=.)")
_PARTNER = re.compile(
    r"\(\s*(?:(?:ดำเนินการ)?ร่วมกับ|สมทบ)[^()]*\)|(?:ดำเนินการ)?ร่วมกับ\s?(?:อบต|อบจ|ทต|ทม|เทศบาล|องค์การ|จังหวัด|อำเภอ)\S*"
)
#: What a core still holds of such a bracket, and how a line of an ordinance begins.
_PARTNER_REST = re.compile(r"(?:ดำเนินการ)?ร่วมกับ(?=\s|\Z)|สมทบ(?:กับ|คนละครึ่ง)?(?=\s|\Z)")
_COST_HEAD = re.compile(r"\A\s*ค่า(?:ใช้จ่ายใน(?:การ)?)?\s*(?=ก่อสร้าง|ปรับปรุง|ซ่อม|ขุด|เจาะ|จัดซื้อ|จัดทำ|ติดตั้ง|วาง|ลง|ขยาย|\s|\Z)")
_FORWARD = re.compile(
    r"\(?\s*(?:โครงการ)?(?:ยกมา|ยกยอด|ยกยอดมา|เลื่อน|เลื่อนมา)จาก(?:ปี)?(?:งบประมาณ)?\s*(?:พ\.ศ\.)?\s*(25\d\d)\s*\)?"
)
#: What remains of it where the year was taken out as a field.
_FORWARD_WORDS = re.compile(
    r"\(?\s*(?:โครงการ)?(?:ยกมา|ยกยอด|ยกยอดมา|เลื่อน|เลื่อนมา)จาก(?:ปี)?(?:งบประมาณ)?\s*(?:พ\.ศ\.)?\s*(?:\)|\Z)"
)
_FORWARD_REST = re.compile(r"(?:ยกมา|ยกยอด|ยกยอดมา|เลื่อน|เลื่อนมา)จาก(?:ปี)?\s*\Z")
_HANGING = re.compile(r"\s(?:และ|กับ|ถึง|เชื่อม|ไป)(?=\s|\Z)")
_COMPARED_APART = frozenset(
    (
        "wrapper",
        "tambons",
        "districts",
        "provinces",
        "villages",
        "all_villages",
        "stations",
        "measures",
        "years",
        "period",
    )
)
#: What remains of a year or month that was taken out, and of the body's area that was.
_TIME_REST = re.compile(
    r"ประจำ(?:ปี|เดือน)?(?:งบประมาณ)?(?:\s*พ\.ศ\.?)?(?=\s|\Z)|(?:ปีงบประมาณ|พ\.ศ\.)(?=\s|\Z)"
    r"|(?:ยกยอด|เลื่อน|ยก)(?:มา)?จาก(?:ปี)?(?=[\s)]|\Z)"
)
_AREA_REST = re.compile(r"(?:ภาย)?ใน(?:เขต)?(?:พื้นที่)?(?=\s|\Z)")
#: Offices that every local body has, as they stand in names without brackets.
_OFFICES = re.compile(
    r"(?:\A|(?<=[\s(ก-๎]))(?:กอง(?:คลัง|ช่าง(?:สุขาภิบาล)?|การศึกษา(?:\s?ศาสนาและวัฒนธรรม)?|สาธารณสุข(?:และสิ่งแวดล้อม)?|สวัสดิการสังคม"
    r"|ส่งเสริมการเกษตร|ยุทธศาสตร์และงบประมาณ|วิชาการและแผนงาน|การเจ้าหน้าที่|การประปา)|สำนัก(?:งาน)?ปลัด(?:เทศบาล|อบต\.?|องค์การบริหารส่วนตำบล)?"
    r"|หน่วยตรวจสอบภายใน|งานป้องกัน(?:และบรรเทาสาธารณภัย)?|งานกิจการสภา)(?=[\s)]|\Z|จำนวน|ประจำ|ตำบล|ต\.|ในเขต|โดย|ด้วย)"
)
OFFICE_HEADS = ("กอง", "สำนัก", "งาน", "ฝ่าย", "หน่วย", "กลุ่มงาน")
#: Bodies that own plans: where a name says for whose area it is, and no more.
PLAN_BODIES = (
    *("อบต", "อบจ", "เทศบาล", "ทต", "ทม", "ทน", "องค์การบริหาร", "จังหวัด", "อำเภอ"),
    *("กรม", "แขวง", "การไฟฟ้า", "กฟภ", "กฟน", "การประปา", "กปภ", "กปน"),
)
_AREA_BODIES = ("อบต", "ทต", "เทศบาลตำบล", "องค์การบริหารส่วนตำบล")
#: Of each pattern the words of which one stands in every text that it finds something in.
_SIGNS: dict[re.Pattern[str], tuple[str, ...]] = {
    _MONEY: ("บาท", ","),
    _PARTNER: ("ร่วมกับ", "สมทบ"),
    _PARTNER_REST: ("ร่วมกับ", "สมทบ"),
    _FORWARD: ("จาก",),
    _FORWARD_WORDS: ("จาก",),
    _FORWARD_REST: ("จาก",),
    _OFFICE: ("(",),
    _OFFICES: ("กอง", "สำนัก", "หน่วยตรวจ", "งานป้องกัน", "งานกิจการ"),
    _TIME_REST: ("ประจำ", "ปีงบประมาณ", "พ.ศ."),
    _AREA_REST: ("ใน",),
    _COST_HEAD: ("ค่า",),
    _PLAN_HEAD: ("แผน", "ประกาศ"),
}
#: Signs of what a bare name is freed from, shorter ones in place of longer: names without any are bare as they are.
_BARE_SIGNS = ("ใน", "จาก", "(", "ค่า", ",", "บาท", "ประจำ", "ปีงบ", "พ.ศ.", "แผน", "ร่วมกับ", "สมทบ", "ประกาศ")
_NOTHING: frozenset[str] = frozenset()
_DOUBLED = 80.0
_SHORTEST = 4


def bare_name(parsed: ParsedName, *, without: frozenset[str] = frozenset()) -> str:
    """The wording of a name in canonical spelling: without wrappers, money, office, spaces and brackets, and without
    what is compared as what it is (tambon, district, province, village numbers, stations, measures) and the fields
    ``without`` which the name is wanted.

    Spaces go because Thai has none between words: where a scan or a typist puts one says nothing.
    """
    stated = cut_fields(parsed, _COMPARED_APART | without if without else _COMPARED_APART, areas=True)
    if not stated or stated.isspace():
        return ""
    name = canonical(fold_spaces(_without(_OFFICES, stated)))
    if has_any(name, _BARE_SIGNS):
        name = _without(_PARTNER, _without(_MONEY, name))
        name = _without(_FORWARD_WORDS, _without(_FORWARD, name))
        name = _without(_OFFICE, _without_head(_COST_HEAD, name))
        name = _without_head(_PLAN_HEAD, _without(_AREA_REST, _without(_TIME_REST, name)))
    name = undouble(_PUNCTUATION.sub(" ", name).strip())
    return _PUNCTUATION.sub("", _HANGING.sub("", name) if " " in name else name)


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text without what a pattern finds; most texts have none of its signs, and need no search."""
    return pattern.sub(" ", text) if has_any(text, _SIGNS[pattern]) else text


def _without_head(head: re.Pattern[str], text: str) -> str:
    """The text without a head that it begins with."""
    return head.sub("", text) if text.lstrip().startswith(_SIGNS[head]) else text


def cut_fields(parsed: ParsedName, fields: frozenset[str], *, areas: bool = False) -> str:
    """The original text without the spans of some fields; ``areas``: and without local bodies that stand for their area
    ("ในเขต อบต.ก")."""
    text = parsed.original
    for field, span in reversed(parsed.spans):  # they stand in the order of the text
        if field in fields or (areas and field == "bodies" and text.startswith(_AREA_BODIES, span.start)):
            text = text[: span.start] + " " + text[span.end :]
    return text


def undouble(name: str) -> str:
    """The first half of a name that a scanned table repeats ("ก จัดซื้อ ก"), else the name."""
    for match in _SPLIT_WORK.finditer(name):
        head, tail = name[: match.start()].strip(), name[match.end() :].strip()
        if len(head) > 3 and fuzz.ratio(head, tail) >= _DOUBLED:
            return head
    return name


def bare_core(core: str, office: str | None) -> str:
    """The core without money and office."""
    if not core:
        return ""
    text = _without_head(_PLAN_HEAD, _without(_PARTNER, _without(_MONEY, core)))
    text = _without(_PARTNER_REST, _without(_FORWARD, _without(_FORWARD_REST, text)))
    text = _without(_OFFICES, _without_head(_COST_HEAD, text))
    if office:
        text = text.replace(office, " ")
    return undouble(_PUNCTUATION.sub(" ", canonical(text)).replace("ฯ", "").strip())


def find_work_text(text: str, *, wishing: bool) -> str:
    """The text from where it names the work: without the words of a wish ("ขอ…"), without the utility that a subsidy
    goes to, and without specks of a scan between a word and its number ("หมู่ที่ - 8")."""
    text = normalize(text)  # patterns below would not see a word with an invisible character in it
    if _SLIPPED.search(text):
        text = _MISREAD_ALLEY.sub("ซอย", _DEBRIS.sub(" ", text))
    head = (_WISH.match(text) if wishing else None) or _SUBSIDY.match(text)
    rest = text[head.end() :].strip() if head else ""
    return rest if len(rest) > _SHORTEST else text


def find_added_verbs(core: str, verb_of: Callable[[str], str | None]) -> frozenset[str]:
    """Actions that begin a part of a core: "(ติดตั้งระบบกรองน้ำ)", "…และฟื้นฟู…"."""
    if not core:
        return _NOTHING
    parts = (core[match.end() :] for match in _ADDED.finditer(core))
    return frozenset(verb for part in parts if (verb := verb_of(part)))


def find_office(parsed: ParsedName, department: str | None) -> str | None:
    """The office within a body: in brackets at the end of a name, else the column of the table."""
    text = parsed.normalized
    found = _OFFICE.findall(text) if "(" in text else []
    if not found and has_any(text, _SIGNS[_OFFICES]):
        found = _OFFICES.findall(text)
    stated = found[-1] if found else department
    if not stated:
        return None
    office = normalize(stated).replace("ฯ", "").strip()
    named = _OFFICE_NAME.search(office)
    return (named[0] if named else office.removeprefix("งาน")) or None


def find_purpose(name: str) -> str | None:
    """The project for which a purchase is made ("เพื่อใช้ในโครงการ …"), or None."""
    match = _PURPOSE.search(name) if "โครงการ" in name else None
    return match[1].strip() if match and match.start() > 0 else None


def find_furniture(name: str) -> tuple[str, str] | None:
    """What a bare name builds and the goods that it buys with it ("อาคาร… พร้อมโต๊ะ…"), or None.

    Buildings and furniture are two kinds of money in a local budget, so one such wish becomes two projects.
    """
    match = _FURNISHED.search(name) if "พร้อม" in name else None
    return (match[1], match[2]) if match else None


def find_year_forwarded(name: str) -> int | None:
    """The year from which a row says that it is carried forward ("ยกยอดจากปี 2567"), or None."""
    match = _FORWARD.search(name) if "จาก" in name else None
    return int(match[1]) if match else None


def find_house_numbers(name: str) -> tuple[str, ...]:
    """House numbers (บ้านเลขที่ 46/1), which pin a place as a landmark does."""
    return tuple(f"เลขที่ {number}" for number in _HOUSE.findall(name)) if "เลขที่" in name else ()


def find_loose_numbers(core: str, taken: frozenset[str]) -> frozenset[str]:
    """Numbers that remain in the core of a name, without money and without what other fields hold."""
    found = _LOOSE.findall(_without(_MONEY, core)) if core else ()
    return frozenset(found) - taken if found else _NOTHING


def find_ordinals(name: str) -> frozenset[str]:
    """Which one of a row of like things a name is about ("จุดที่ 2" → "จุด 2", "แห่งที่ 1-3" → three)."""
    if "ที่" not in name and "จุด" not in name:
        return frozenset()
    found: set[str] = set()
    for kind, numbers, spot, number in _ORDINAL.findall(name):
        found.update(f"{kind or spot} {n}" for n in _expand(numbers or number))
    return frozenset(found)


def _expand(numbers: str) -> set[int]:
    """The numbers of "1, 3 และ 5" and of "1-3"; a range without end is its two ends."""
    found = {int(number) for number in re.findall(r"\d+", numbers)}
    for first, last in _RANGE.findall(numbers):
        if 0 < int(last) - int(first) <= _LONGEST_ROW:
            found.update(range(int(first), int(last)))
    return found


def is_continued(name: str) -> bool:
    """Whether a name says that it goes on where another piece stopped ("(ต่อจากของเดิม)", "(เพิ่มเติม)")."""
    return _CONTINUED.search(name) is not None

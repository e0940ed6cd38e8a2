"""What matching of answers sees of one need or project: its fields, concepts and words, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tracegraph.link.answer_talk import find_problem
from tracegraph.link.lexicon import Concepts, Lexicon
from tracegraph.link.lexicon_dialect import to_standard
from tracegraph.link.lexicon_words import MENTION
from tracegraph.link.place_names import find_institution
from tracegraph.model.items import Item
from tracegraph.thai.fields import ParsedName
from tracegraph.thai.normalize import normalize
from tracegraph.thai.parse import parse_name
from tracegraph.thai.words import words

_TONES = re.compile(r"[\u0e48-\u0e4e\s]")
_GENERIC_ROAD = re.compile(
    r"^(?:ถนน|สาย|ซอย|ทาง|เพื่อการเกษตร|การเกษตร|บ้าน|ชุมชน|หลัก|เข้า|ภายใน|ใน|หลัง|หน้า|ข้าง)*(?:ลำเหมือง|ลำห้วย|ลำคลอง|ลำราง|ลำ|คลอง|ห้วย|หนอง|เหมือง)?"
)
# How names of fields, streams, hills and public places begin; a leftover of a work's name that begins so is a place.
_PLACE_LIKE = re.compile(
    r"ทุ่ง|ป่า|ร่อง|ห้วย|เหมือง|คลอง|หนอง|บึง|กว๊าน|สวน|เขา|ดอย|ควน|โคก|ดอน|นา|วัด|มัสยิด|สำนักสงฆ์|โรงเรียน|ตลาด|สุสาน|ป่าช้า|กุโบร์|ท่า|อ่าว|หาด|เกาะ|แหลม|สะพาน|ฝาย|สระ|แยก|ไร่|ลำ"
)
_PERSON = re.compile(
    r"(?:บ้าน)?(?:(?:นางสาว|น\.ส\.|นาย(?!ก)|นาง|ด\.ต\.|ร\.?ต\.?[ตทอ]\.?|จ\.ส\.อ\.|ส\.อ\.)|(?<=บ้าน)(?:ผู้ใหญ่|กำนัน|ลุง|ป้า|ยาย|ครู|พ่อ))\s?([ก-๙]{2,}\d*)"
)
_TROUBLE = re.compile(r"(?:ตื้นเขิน|ตื้น|แห้ง|เน่า|เหม็น|ตัน|ชำรุด|พัง|ขรุขระ|เป็นหลุม|มืด|แคบ|น้ำท่วม|ท่วม|ทั้งสาย).*$")
# Words after which a place follows in a project's name; in villagers' own sentences หน้า and หลัง mean other things.
_BESIDE = ("หน้า", "ข้าง", "หลัง", "บริเวณ", "ใกล้", "ตรงข้าม", "ทางเข้า", "ปากทาง", "สามแยก", "สี่แยก", "ติด", "แยก")
_NOT_BESIDE = ("หน้าฝน", "หน้าแล้ง", "หน้าร้อน", "หน้าหนาว", "หน้าดิน", "หลังคา", "หลังจาก", "หลังยัง", "หน้าบ้าน", "ทางเข้าหมู่บ้าน")
_COVERS = re.compile(
    r"ทั้งตำบล|ทุกหมู่|ทุกหมู่บ้าน|ทั้ง\s?\d+\s?หมู่|ภายในตำบล|ในพื้นที่ตำบล|ในเขตตำบล|ในเขตพื้นที่|ในเขต\s?(?:อบต|เทศบาล|ทต|ทม)|ในความรับผิดชอบ|ภาพรวม|ทุกชุมชน"
)
# Each village gets its own (ติดตั้งอินเทอร์เน็ตทุกหมู่บ้าน); ภายในตำบล and จำนวน 10 จุด leave open which.
_EACH_VILLAGE = re.compile(r"ทุกหมู่|ทุกชุมชน|ทั้ง\s?\d+\s?หมู่")
_EVERYTHING = re.compile(r"ทุกสาย|ทั้งหมู่บ้าน|ทั่วหมู่บ้าน|รอบหมู่บ้าน|ภายในหมู่บ้าน|ทุกซอย|ทุกจุด|ทุกครัวเรือน|หลายจุด|ทั้งสาย")
_MASKED = ("villages", "village_names", "tambons", "districts", "provinces", "persons")
_MASKED_IN_TALK = ("tambons", "provinces", "persons")
# A person is hired: what the person is hired for is no work that is built or bought.
_HIRING = re.compile(r"(?:โครงการ)?จ้างเหมา(?:บริการ)?(?:ตำแหน่ง|บุคคล|บุคลากร|พนักงาน|ครู|เจ้าหน้าที่)")
_LEAD = 8
#: Strength of a work that stands only in the form around the problem: it says where rather than what.
_ASIDE = 0.2
_MANY_VILLAGES = 4
_SHORTEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Spot:
    """Where within its village an item lies. Empty sets and None: the text does not say.

    ``institutions``: schools, temples and the like as (kind, own name).
    """

    lanes: frozenset[str] = frozenset()
    roads: tuple[str, ...] = ()
    persons: frozenset[str] = frozenset()
    landmarks: tuple[str, ...] = ()
    institutions: frozenset[tuple[str, str]] = frozenset()
    phase: int | None = None
    stations: tuple[tuple[float, float], ...] = ()

    def says_where(self) -> bool:
        """Whether any mark pins it inside the village (a phase or a station does not)."""
        return bool(self.lanes or self.roads or self.persons or self.landmarks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One item ready to be compared.

    ``phrase`` is its text without places, ``names`` are folded names of its villages, ``line_names`` of places on its
    line, ``folded`` its whole text folded; ``each_village``: every village is said to get its own; ``service``: all its
    works serve an area rather than a spot.
    """

    item: Item
    parsed: ParsedName
    concepts: Concepts
    phrase: str
    tokens: tuple[tuple[str, float], ...]
    villages: frozenset[int]
    names: frozenset[str]
    line_names: frozenset[str]
    folded: str
    covers: bool
    each_village: bool
    service: bool
    spot: Spot


@lru_cache(maxsize=8192)
def build_side(item: Item, lexicon: Lexicon) -> Side:
    """Read an item; never raises, whatever its text. Kept: a page asks about the same projects again and again."""
    parsed = parse_name(item.text)
    phrase = _phrase(item, parsed) if item.role == "project" else _told(item, parsed)
    concepts = _concepts(item, phrase, lexicon)
    place = parse_name(item.place_text) if item.place_text else None
    villages = _villages(item, parsed, place)
    whole = normalize(f"{item.text} {item.place_text or ''}")
    return Side(
        item=item,
        parsed=parsed,
        concepts=concepts,
        phrase=phrase,
        tokens=_tokens(item, phrase),
        villages=villages if len(villages) < _MANY_VILLAGES else frozenset(),
        names=_village_names(item, parsed, place),
        line_names=_line_names(parsed, place),
        folded=_TONES.sub("", whole),
        covers=bool(parsed.all_villages or _COVERS.search(whole) or len(villages) >= _MANY_VILLAGES),
        each_village=bool(_EACH_VILLAGE.search(whole)),
        service=_is_service(concepts, lexicon),
        spot=_spot(item, parsed, place, lexicon, talks=item.role == "need" and bool(concepts.problems)),
    )


@lru_cache(maxsize=100_000)
def fold_name(text: str) -> str:
    """A name without บ้าน, spaces and tone marks: สันปาถอน and สันป่าถ่อน fold alike (for comparing inside one tambon)."""
    bare = _TONES.sub("", normalize(text))
    return bare.removeprefix("บาน") if len(bare) > 5 else bare


def _told(item: Item, parsed: ParsedName) -> str:
    """The phrase of a need: of the part that tells the problem."""
    told = find_problem(item.text)
    if told == item.text:
        return _phrase(item, parsed)
    return _phrase(replace(item, text=told), parse_name(told))


def _phrase(item: Item, parsed: ParsedName) -> str:
    """The text without names of places. Villagers' sentences keep what only looks like a village or a landmark."""
    planned = item.role == "project" or _is_written_like_a_plan(parsed)
    masked = _MASKED if planned else _MASKED_IN_TALK
    pieces = [
        (span.start, span.end)
        for field, span in parsed.spans
        if field in masked and (field != "districts" or _stands_free(item.text, span.start))
    ]
    if item.role == "project":
        pieces += [
            (span.start, span.end)
            for field, span in parsed.spans
            if field == "landmarks" and _is_landmark(item.text[span.start : span.end])
        ]
    phrase = " ".join(_PERSON.sub(" ", _cut(item.text, pieces)).split())
    return to_standard(phrase) if item.role == "need" else phrase


def _is_written_like_a_plan(parsed: ParsedName) -> bool:
    """Whether the text begins with a work (ก่อสร้าง…, ขุดลอก…) as items of plans do."""
    return any(field in ("verb", "work_object") and span.start <= _LEAD for field, span in parsed.spans)


def _stands_free(text: str, start: int) -> bool:
    """Whether what is read as a district begins a word (เขตบางรัก), rather than ends one (ขยายเขตไฟฟ้า)."""
    return start == 0 or not text[start - 1].isalpha()


def _cut(text: str, pieces: Iterable[tuple[int, int]]) -> str:
    out, last = [], 0
    for start, end in sorted(pieces):
        if start >= last:
            out.append(text[last:start])
        last = max(last, end)
    return " ".join([*out, text[last:]])


def _is_landmark(text: str) -> bool:
    bare = normalize(text).replace(" ", "")
    return bare.startswith(_BESIDE) and not bare.startswith(_NOT_BESIDE)


def _concepts(item: Item, phrase: str, lexicon: Lexicon) -> Concepts:
    """Concepts of the text; of target, then objective, where the text itself names no work."""
    found = lexicon.find_concepts(phrase, asking=item.role == "need")
    if item.role == "need":
        return _with_asides(found, item, lexicon)
    problems = set(found.problems)
    works = found.works
    if _HIRING.match(normalize(phrase).replace(" ", "")):
        works = tuple((work, how if work == "staff" else min(how, MENTION)) for work, how in works)
    sources = dict(found.sources)
    for more in (item.target, item.objective):
        if more:
            extra = lexicon.find_concepts(more)
            sources = {**dict(extra.sources), **sources}
            problems.update(extra.problems)
            works = works or tuple((work, round(0.8 * how, 4)) for work, how in extra.works)
    return lexicon.without_circumstances(Concepts(works, tuple(sorted(problems)), sources=tuple(sources.items())))


def _with_asides(found: Concepts, item: Item, lexicon: Lexicon) -> Concepts:
    """The concepts of a need with works that its text names only around the problem (ถนน: … of a form)."""
    if find_problem(item.text) == item.text:
        return found
    known = dict(found.works)
    whole = lexicon.find_concepts(item.text, asking=True)
    asides = [(work, _ASIDE) for work, _ in whole.works if work not in known]
    if not asides:
        return found
    return replace(found, works=tuple(sorted((*found.works, *asides))), sources=(*whole.sources, *found.sources))


def _tokens(item: Item, phrase: str) -> tuple[tuple[str, float], ...]:
    """Words with their count; those of objective and target count half."""
    counts: dict[str, float] = {}
    for text, share in ((phrase, 1.0), (item.objective or "", 0.5), (item.target or "", 0.5)):
        for word in words(text):
            if not word.isdigit() and len(word) > 1:
                counts[word] = max(counts.get(word, 0.0), share)
    return tuple(sorted(counts.items()))


def _villages(item: Item, parsed: ParsedName, place: ParsedName | None) -> frozenset[int]:
    stated = set(item.village_nos)
    if not stated and item.area and len(item.area) == 8 and item.area.isdigit() and item.area[6:] != "00":
        stated.add(int(item.area[6:]))
    if not stated or item.role == "need":
        stated.update(parsed.villages)
    if place is not None:
        stated.update(place.villages)
    return frozenset(stated)


def _village_names(item: Item, parsed: ParsedName, place: ParsedName | None) -> frozenset[str]:
    found = [*(parsed.village_names if item.role == "project" else ()), *(place.village_names if place else ())]
    if item.village_name:
        found.append(item.village_name)
    return frozenset(filter(_long_enough, map(fold_name, found)))


def _line_names(parsed: ParsedName, place: ParsedName | None) -> frozenset[str]:
    """Folded names on a line (สายบ้าน ก – บ้าน ข): a village on it is served, another is not ruled out."""
    found: list[str] = []
    for one in (parsed, place):
        if one is not None:
            found += [*one.roads, *(end for ends in one.road_ends for end in ends)]
    return frozenset(filter(_long_enough, map(fold_name, found)))


def _is_service(concepts: Concepts, lexicon: Lexicon) -> bool:
    """Whether every work named serves an area rather than one spot (an allowance, a campaign, a truck)."""
    return bool(concepts.works) and all(
        lexicon.works[work].reach == "area" for work, strength in concepts.works if strength >= 0.8
    )


def _spot(item: Item, parsed: ParsedName, place: ParsedName | None, lexicon: Lexicon, *, talks: bool) -> Spot:
    """Marks inside the village; of villagers' own sentences (``talks``) only what is unmistakable."""
    whole = normalize(f"{item.text} {item.place_text or ''}")
    persons = frozenset(fold_name(name) for name in _PERSON.findall(whole))
    numbers = {digits for name in persons for digits in re.findall(r"\d+", name)}
    both = [one for one in (parsed, place) if one is not None]
    lanes = {number for one in both for number in one.road_numbers if number.rpartition(" ")[2] not in numbers}
    roads = {_road_name(name) for one in both for name in one.roads if not _PERSON.search(name)}
    if _EVERYTHING.search(whole):
        return Spot(phase=parsed.phase, stations=_stations(both))
    return Spot(
        lanes=frozenset(lanes),
        roads=tuple(sorted(filter(_long_enough, roads))),
        persons=persons,
        landmarks=() if talks else _landmarks(item, parsed, place, lexicon),
        institutions=frozenset(_iter_institutions(both, sure=talks)),
        phase=parsed.phase,
        stations=_stations(both),
    )


def _road_name(name: str) -> str:
    """The telling part of a road's or stream's name, folded: คลองห้วยลึกตื้นเขิน → หวยลึก."""
    bare = normalize(name).replace(" ", "")
    for problem_word in _TROUBLE.findall(bare):
        bare = bare.replace(problem_word, "")
    return fold_name(_GENERIC_ROAD.sub("", bare))


def _landmarks(item: Item, parsed: ParsedName, place: ParsedName | None, lexicon: Lexicon) -> tuple[str, ...]:
    """Folded landmarks; and, in a name written like a project's, what nothing else explains (ทุ่งป่าตาล)."""
    found = [mark for one in (parsed, place) if one for mark in one.landmarks if _is_landmark(mark)]
    found += [body for body in parsed.bodies if item.role == "need" and parsed.work_object]
    if parsed.work_object or parsed.verb == "ขุดลอก":
        found += [word for word in parsed.core.split() if _is_name(word, lexicon)]
    # A house is compared as a person's, so that no name of a private person stands in the evidence.
    return tuple(sorted({fold_name(mark) for mark in found if len(mark) > 2 and not _PERSON.search(mark)}))


def _iter_institutions(both: Iterable[ParsedName], *, sure: bool) -> Iterator[tuple[str, str]]:
    for one in both:
        for text in (*one.bodies, *one.landmarks):
            if found := find_institution(text, sure=sure):
                yield found


def _is_name(word: str, lexicon: Lexicon) -> bool:
    """Whether a leftover of a name may be a place: it begins like one and is neither a work nor a problem."""
    bare = lexicon.without_phrases(word).replace(" ", "")
    return len(bare) >= _SHORTEST_NAME and bool(_PLACE_LIKE.match(bare)) and not _COVERS.search(word)


def _stations(both: Iterable[ParsedName]) -> tuple[tuple[float, float], ...]:
    return tuple(sorted((s.start_m, s.end_m) for one in both for s in one.stations))


def _long_enough(name: str) -> bool:
    return len(name) > 1

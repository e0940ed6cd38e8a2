"""Read the texts of each item once, into the flat form that blocking and comparing use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from tracegraph.link.same_work.features.roads import ENDS
from tracegraph.link.same_work.prepared import Prepared, Road
from tracegraph.link.same_work.texts import (
    OFFICE_HEADS,
    PLAN_BODIES,
    bare_core,
    bare_name,
    cut_fields,
    find_added_verbs,
    find_furniture,
    find_house_numbers,
    find_loose_numbers,
    find_office,
    find_ordinals,
    find_purpose,
    find_work_text,
    find_year_forwarded,
    is_continued,
)
from tracegraph.model.items import Item
from tracegraph.thai.fields import Measure, ParsedName, Span
from tracegraph.thai.gazetteer import build_key, load_names
from tracegraph.thai.normalize import normalize
from tracegraph.thai.parse import parse_name
from tracegraph.thai.variants import canonical, find_concepts

_DIGITS = re.compile(r"\d+(?:/\d+)*")
_PLAIN_KIND = re.compile(r"\A(?:ซอย|ถนน|สาย) ")
_REFERENCE = re.compile(r"[A-Za-z]{1,6}\w*-[\w-]*\d|\d{10,12}")
_AND = re.compile(r"\s*และ(.+)")
#: What a public pond or canal is, before its own name: หนองน้ำสาธารณะหนองบัว.
_WATER_HEAD = re.compile(
    r"\A(?:หนองน้ำ|สระน้ำ|แหล่งน้ำ|ลำห้วย|ลำคลอง|ลำน้ำ|คู)(?:สาธารณประโยชน์|สาธารณะ|ธรรมชาติ)?\s*(?=(?:หนอง|สระ|ห้วย|คลอง|บึง|ลำ)[ก-ฮเ-ไ])"
)
_JOINED = re.compile(r"\s*(?:ซอย|ซ\.)?\s*(?:ที่)?\s*")
_TAMBON_DIGITS, _DISTRICT_DIGITS, _VILLAGE_DIGITS = 6, 4, 8
#: Bodies that own plans; every other body in a name (a school, a temple, a child center) pins a place.
_NO_SPOTS = (*PLAN_BODIES, *OFFICE_HEADS)
#: What many lines of one tambon are called besides their own name.
_COMMON_LINES = ("การเกษตร", "เกษตร", "หลัก", "เมน", "ใน", "กลาง")
_NOT_SPOTS = ("หน้าที่",)
_VILLAGE_NAMES = frozenset(("village_names",))
_AREAS = frozenset(("tambons", "districts", "provinces"))
#: Letters of a core that stand for its kind of work where no object is known.
KIND_PREFIX = 10
#: Likeness of two spellings of one tambon.
_SAME_TAMBON = 80.0
_HIRE = "จ้างเหมา"
#: Villagers' plans say what they wish for; a plan of works names the work itself.
WISHING_KINDS = ("PK01", "PK02")
_EMPTY = ParsedName(original="", normalized="", core="")


def prepare(items: Iterable[Item]) -> list[Prepared]:
    """Each item parsed once, with the scope in which its candidates are looked for."""
    listed = list(items)
    scopes = find_scopes(listed)
    return count_crowds([prepare_item(item, scope) for item, scope in zip(listed, scopes, strict=True)])


def count_crowds(items: Sequence[Prepared]) -> list[Prepared]:
    """The items, each with the number of them that do its kind of work in its place."""
    keys = [find_crowd_key(item) for item in items]
    sizes = Counter(keys)
    return [replace(item, crowd=sizes[key]) for item, key in zip(items, keys, strict=True)]


def find_crowd_key(item: Prepared) -> tuple[str, str, str]:
    """The scope and tambon of an item and its kind of work (the beginning of its name where no object is known)."""
    return (item.scope, item.tambon or "", item.work_object or (item.core or item.whole)[:KIND_PREFIX])


def prepare_item(item: Item, scope: str = "") -> Prepared:
    """One item, its name, place and target parsed; ``scope`` as ``find_scopes`` gives it."""
    name = _line_of(_work_of(_parse(find_work_text(item.text, wishing=item.plan_kind in WISHING_KINDS))))
    place = _parse(item.place_text) if item.place_text else _EMPTY
    target = _parse(item.target) if item.target else _EMPTY
    named_office = find_office(name, None)
    office = named_office or (find_office(name, item.department) if item.department else None)
    core = bare_core(name.core, office)
    roads = find_roads(name) or (find_roads(place) if item.place_text else ())
    spots = _spots(name) or (_spots(place) if item.place_text else ())
    sizes = _sizes(name.measures)
    whole = bare_name(name)
    forwarded = find_year_forwarded(name.normalized)
    code, tambons = read_tambon(item, name if name.tambons else place, leads_on=bool(name.road_ends))
    return Prepared(
        item=item,
        whole=whole,
        core=core,
        unplaced=bare_name(name, without=_VILLAGE_NAMES) if name.village_names else whole,
        concepts=find_concepts(core) if core else frozenset(),
        verb=name.verb or target.verb,
        added_verbs=find_added_verbs(core, _verb_of),
        work_object=name.work_object,
        family=name.family,
        purpose=find_purpose(whole),
        furnished=find_furniture(whole),
        tambon=code,
        tambon_names=tambons,
        tambon_called=load_names().by_code.get(code, "") if code else "",
        villages=frozenset(item.village_nos or _village_of(item) or name.villages or place.villages),
        everywhere=name.all_villages or place.all_villages,
        village_names=_village_names(item, name, place),
        roads=roads,
        spots=spots,
        bank=_bank(name) or _bank(place),
        phase=name.phase if name.phase is not None else place.phase,
        stations=tuple(sorted((s.start_m, s.end_m) for s in name.stations or place.stations)),
        sizes={**_station_length(name), **_sizes(target.measures), **sizes},
        name_sizes=frozenset(sizes),
        leftover=find_loose_numbers(core, _house_parts(spots)),
        ordinals=find_ordinals(name.normalized),
        continued=is_continued(name.normalized),
        money=dict(zip(item.years, item.amounts, strict=False)),
        amounts=_amounts(item),
        years=_years(item),
        unit=office,
        unit_named=named_office is not None,
        period=_period(name, forwarded),
        forwarded=forwarded,
        assets=frozenset(name.asset_numbers),
        references=_references(item),
        scope=scope,
    )


@lru_cache(maxsize=65_536)
def _parse(text: str) -> ParsedName:
    return parse_name(text)


def read_name(text: str, *, wishing: bool = False) -> ParsedName:
    """The name of a work as its parts are read, before the second job and the line are looked at."""
    return _parse(find_work_text(text, wishing=wishing))


def _work_of(parsed: ParsedName) -> ParsedName:
    """The work behind "จ้างเหมา…" (how a job is bought is not the job), and of two jobs joined by และ the second where
    only it names its object ("กำจัดวัชพืชและขุดลอกคลอง…")."""
    if parsed.verb != _HIRE:
        return _second_job(parsed) if parsed.verb and not parsed.work_object else parsed
    start = next((span.end for field, span in parsed.spans if field == "verb"), 0)
    behind = _parse(parsed.original[start:].replace("ขออนุมัติ", "").replace("ดำเนินการ", ""))
    return replace(
        parsed,
        core=behind.core,
        verb=behind.verb or _HIRE,
        work_object=parsed.work_object or behind.work_object,
        family=parsed.family or behind.family,
    )


def _second_job(parsed: ParsedName) -> ParsedName:
    start = next((span.end for field, span in parsed.spans if field == "verb"), 0)
    behind = _parse(joined[1]) if (joined := _AND.match(parsed.original, start)) else _EMPTY
    if not behind.verb or not behind.work_object:
        return parsed
    return replace(parsed, core=behind.core, work_object=behind.work_object, family=behind.family)


def _verb_of(text: str) -> str | None:
    return _parse(text).verb


def _line_of(parsed: ParsedName) -> ParsedName:
    """สายบ้าน ก ตำบล ค เชื่อม บ้าน ข ตำบล ง: both ends of a line that leads through two tambons."""
    if len(parsed.tambons) < 2 or parsed.road_ends or "บ้าน" not in parsed.normalized:
        return parsed
    ends = _parse(" ".join(cut_fields(parsed, _AREAS).split())).road_ends
    if not ends:
        return parsed
    names = {name for pair in ends for name in pair}
    villages = tuple(name for name in parsed.village_names if name not in names)
    spans = tuple(found for found in parsed.spans if found[0] != "roads")
    return replace(parsed, road_ends=ends, roads=(), road_numbers=(), village_names=villages, spans=spans)


def _tambon(item: Item) -> str | None:
    if item.tambon:
        return item.tambon
    return item.area[:_TAMBON_DIGITS] if item.area and len(item.area) >= _TAMBON_DIGITS else None


def read_tambon(item: Item, parsed: ParsedName, *, leads_on: bool = False) -> tuple[str | None, frozenset[str]]:
    """The tambon's code and the names that the text gives.

    Where both disagree, the text is right about the work: the code is that of the names, None where they do not decide.
    Two names join two tambons and speak against no code; nor does a line's (``leads_on``): behind its second end stands
    where that end lies (สายบ้าน ก - บ้าน ข ตำบล ค).
    """
    province = (item.province or "")[:2]
    return resolve_tambon(_tambon(item), province, parsed.tambons, parsed.districts, leads_on=leads_on)


def resolve_tambon(
    code: str | None, province: str, tambons: Sequence[str], districts: Sequence[str], *, leads_on: bool
) -> tuple[str | None, frozenset[str]]:
    """``read_tambon`` of a code and of the names that a text gives; ``province`` is a code or ''."""
    names = frozenset(tambons)
    called = load_names().by_code.get(code, "") if code else ""
    if not names or len(names) > 1 or (code and not called):
        return code, names
    if code and is_called(called, tambons[0]):
        other = not leads_on and bool(districts) and not _lies_in(code, districts)
        return (find_stated_tambon(tambons[0], districts, "") if other else None) or code, frozenset((called,))
    found = find_stated_tambon(tambons[0], districts, province or (code or "")[:2])
    if code and leads_on and (not found or found[:2] == code[:2]):
        return code, frozenset()
    if code and not found and not load_names().tambons.get(build_key(tambons[0])):
        return code, frozenset()  # a name that no tambon has is misread
    return found, names


def _lies_in(code: str, districts: Sequence[str]) -> bool:
    """Whether a tambon's district is one of those that a text names."""
    district = load_names().by_code.get(code[:_DISTRICT_DIGITS], "")
    return any(is_called(district, name) for name in districts)


def find_stated_tambon(name: str, districts: Sequence[str], province: str) -> str | None:
    """The one tambon of this name in the districts that are named beside it, letters of a misprint aside; else the one
    in the province (a code or '')."""
    names = load_names()
    codes = names.tambons.get(build_key(name), ())
    within = tuple(code for district in districts for code in names.districts.get(build_key(district), ()))
    if within:
        found = [code for code in codes if code.startswith(within)]
        if not found and len(within) == 1:
            found = [code for code in names.tambons_in(within[0]) if is_called(names.by_code[code], name)]
    else:
        found = [code for code in codes if province and not districts and code.startswith(province)]
    if len(found) > 1:
        found = [code for code in found if code.startswith(province)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=16_384)
def is_called(official: str, typed: str) -> bool:
    """Whether a typed name of a tambon is an official one, letters of a misprint aside."""
    left, right = build_key(official), build_key(typed)
    return left == right or fuzz.ratio(left, right) >= _SAME_TAMBON or right.startswith(left)


def _village_of(item: Item) -> tuple[int, ...]:
    """The village number in an official village code (tambon + two digits)."""
    return (int(item.area[_TAMBON_DIGITS:]),) if item.area and len(item.area) == _VILLAGE_DIGITS else ()


def _village_names(item: Item, name: ParsedName, place: ParsedName) -> tuple[str, ...]:
    """Typed in the name, else in the column; the ends of a line are a road, not the village of the work."""
    stated = normalize(item.village_name).removeprefix("บ้าน").strip() if item.village_name else ""
    names = name.village_names or ((stated,) if stated else place.village_names)
    ends = {end for pair in name.road_ends for end in pair}
    return tuple(village for village in names if village not in ends)


def _spots(parsed: ParsedName) -> tuple[str, ...]:
    bodies = tuple(canonical(body) for body in parsed.bodies if not body.startswith(_NO_SPOTS))
    houses = find_house_numbers(parsed.normalized)
    landmarks = tuple(mark for mark in parsed.landmarks if not ((houses and "เลขที่" in mark) or _is_no_spot(mark)))
    return (*houses, *landmarks, *parsed.persons, *bodies)


def _is_no_spot(mark: str) -> bool:
    """หน้าที่ is a duty; หมู่บ้านนา… is the village, which is compared as such."""
    return mark in _NOT_SPOTS or mark.startswith("หมู่บ้าน")


def _bank(parsed: ParsedName) -> str | None:
    return parsed.sides[0] if parsed.sides else None


def _house_parts(spots: Iterable[str]) -> frozenset[str]:
    """Both halves of a house number (46/1), of which the core may still hold one."""
    return frozenset(part for spot in spots if spot.startswith("เลขที่") for part in re.findall(r"\d+", spot))


def _sizes(measures: Iterable[Measure]) -> dict[str, frozenset[float]]:
    sizes: dict[str, set[float]] = {}
    for measure in measures:
        kind = f"count:{measure.unit}" if measure.kind == "count" else measure.kind
        sizes.setdefault(kind, set()).add(measure.value)
    return {kind: frozenset(values) for kind, values in sizes.items()}


def _station_length(name: ParsedName) -> dict[str, frozenset[float]]:
    """กม.0+000–0+800 is 800 meters long, which another row may say in meters."""
    length = sum(stations.end_m - stations.start_m for stations in name.stations)
    return {"length": frozenset((length,))} if length > 0 else {}


def _amounts(item: Item) -> frozenset[float]:
    """The sums of single years, else the sum over all years."""
    yearly = frozenset(round(amount, 2) for amount in item.amounts if amount > 0)
    return yearly or (frozenset((round(item.amount, 2),)) if item.amount and item.amount > 0 else frozenset())


def _years(item: Item) -> frozenset[int]:
    """Years with money; all stated years where no year has any."""
    funded = frozenset(year for year, amount in zip(item.years, item.amounts, strict=False) if amount > 0)
    return funded or frozenset(item.years) or (frozenset((item.year,)) if item.year else frozenset())


def _period(name: ParsedName, forwarded: int | None) -> str | None:
    """The period that the name states; years of a plan book (2566–2570) are none, nor the year it is carried from."""
    if name.period:
        return name.period
    return str(name.years[0]) if len(name.years) == 1 and name.years[0] != forwarded else None


def _references(item: Item) -> frozenset[str]:
    stated = f"{item.status_text or ''} {item.amendment or ''} {item.text}"
    return frozenset(_REFERENCE.findall(stated))


def find_roads(parsed: ParsedName) -> tuple[Road, ...]:
    """Roads with their own numbers. A number belongs to the road in whose words it stands, or that it follows."""
    found: list[tuple[Span, str, set[str]]] = []
    names = iter(parsed.roads)
    if not parsed.roads and not parsed.road_numbers and not parsed.road_ends:
        return ()
    for field, span in parsed.spans:
        if field not in ("roads", "road_numbers"):
            continue
        text = normalize(parsed.original[span.start : span.end])
        if field == "roads":
            name = next((n for n in parsed.roads if n in text), None) or next(names, "")
            found.append((span, name, set()))
        else:
            mine = _numbers_in(text, parsed.road_numbers)
            owner = _road_before(found, span, parsed.original)
            if owner is None:
                found.append((span, "", mine))
            else:
                owner.update(mine)
    lines = [Road(ENDS.join(sorted(ends))) for ends in parsed.road_ends]
    if lines or sum(bool(name) for _, name, _ in found) > 1:
        found = [road for road in found if road[1] not in _COMMON_LINES or road[2]]
    return (*(Road(_WATER_HEAD.sub("", name), frozenset(own)) for _, name, own in found), *lines)


def _numbers_in(text: str, numbers: Iterable[str]) -> set[str]:
    """Those of ``numbers`` whose digits stand in ``text``; soi, road and line share one form, codes keep theirs."""
    digits = set(_DIGITS.findall(text))
    mine = {number for number in numbers if digits.intersection(_DIGITS.findall(number)[-1:])}
    return {_PLAIN_KIND.sub("", number) for number in mine}


def _road_before(found: Sequence[tuple[Span, str, set[str]]], span: Span, text: str) -> set[str] | None:
    """Numbers of the road that holds ``span`` or stands before it with nothing but the word ซอย between."""
    for other, _, numbers in reversed(found):
        if other.start <= span.start and _JOINED.fullmatch(text[other.end : span.start]):
            return numbers
    return None


def find_scopes(items: Sequence[Item]) -> list[str]:
    """The scope of each item: its district; else the one district of its owner's other items; else the owner.

    '' where nothing is known: such items meet others only in the pass across districts.
    """
    own = [_stated_district(item) or _district(item) for item in items]
    districts: dict[str, set[str]] = {}
    for item, district in zip(items, own, strict=True):
        if item.owner and district:
            districts.setdefault(item.owner, set()).add(district)
    return [district or _owner_scope(item, districts) for item, district in zip(items, own, strict=True)]


def _owner_scope(item: Item, districts: Mapping[str, set[str]]) -> str:
    if not item.owner:
        return ""
    known = districts.get(item.owner, set())
    return next(iter(known)) if len(known) == 1 else f"owner:{item.owner}"


def _stated_district(item: Item) -> str | None:
    """The district of the tambon that a name states beside a wrong code or none; names that say the same as the code
    are not read."""
    text = item.text
    if "ตำบล" not in text and "ต." not in text:
        return None
    code, called = _tambon(item), load_names().by_code
    if (
        code
        and called.get(code, text) in text
        and (("อำเภอ" not in text and "อ." not in text) or called.get(code[:_DISTRICT_DIGITS], text) in text)
    ):
        return None
    name = _parse(find_work_text(text, wishing=item.plan_kind in WISHING_KINDS))
    stated, _ = read_tambon(item, name, leads_on=bool(name.road_ends)) if name.tambons else (None, ())
    return stated[:_DISTRICT_DIGITS] if stated else None


def _district(item: Item) -> str | None:
    if item.district:
        return item.district
    code = item.tambon or item.area
    return code[:_DISTRICT_DIGITS] if code and len(code) >= _DISTRICT_DIGITS else None

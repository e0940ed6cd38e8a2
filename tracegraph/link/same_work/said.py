"""What the name of a work says: its wording and typed fields, wherever it stands and whatever its row has besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tracegraph.link.same_work.own_roads import find_roads
from tracegraph.link.same_work.prepared import Road
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
from tracegraph.thai.fields import Measure, ParsedName
from tracegraph.thai.parse import parse_name, parse_names
from tracegraph.thai.variants import canonical
from tracegraph.thai.work import holds_verb

_REFERENCE = re.compile(r"[A-Za-z]{1,6}\w*-[\w-]*\d|\d{10,12}")
_AND = re.compile(r"\s*และ(.+)")
#: Bodies that own plans; every other body in a name (a school, a temple, a child center) pins a place.
_NO_SPOTS = (*PLAN_BODIES, *OFFICE_HEADS)
_NOT_SPOTS = ("หน้าที่",)
_VILLAGE_NAMES = frozenset(("village_names",))
_AREAS = frozenset(("tambons", "districts", "provinces"))
_HIRE = "จ้างเหมา"
#: Villagers' plans say what they wish for; a plan of works names the work itself.
WISHING_KINDS = ("PK01", "PK02")
EMPTY = ParsedName(original="", normalized="", core="")
#: Names that are read together.
_BATCH = 500
_NOTHING: Mapping[str, frozenset[float]] = {}


class Said:
    """What a name says, field by field as ``Prepared`` has them; ``tambons``, ``districts`` and ``leads_on`` (it is a
    line between two ends) are what its place is told from.

    Most names state few of the fields. Those stand in ``vars(said)``, the others have the value of the class: a reader
    of many names need not look at what none of them says.
    """

    whole: str = ""
    core: str = ""
    unplaced: str = ""
    verb: str | None = None
    added_verbs: frozenset[str] = frozenset()
    work_object: str | None = None
    family: str | None = None
    purpose: str | None = None
    furnished: tuple[str, str] | None = None
    tambons: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    leads_on: bool = False
    villages: frozenset[int] = frozenset()
    everywhere: bool = False
    village_names: tuple[str, ...] = ()
    roads: tuple[Road, ...] = ()
    spots: tuple[str, ...] = ()
    bank: str | None = None
    phase: int | None = None
    stations: tuple[tuple[float, float], ...] = ()
    sizes: Mapping[str, frozenset[float]] = _NOTHING
    name_sizes: frozenset[str] = frozenset()
    leftover: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    continued: bool = False
    unit: str | None = None
    unit_named: bool = False
    period: str | None = None
    forwarded: int | None = None
    assets: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()

    def __init__(self, text: str, parsed: ParsedName, department: str | None = None) -> None:
        self.text = text
        self.parsed = parsed
        self.department = department


def read_said(text: str, *, wishing: bool = False, department: str | None = None) -> Said:
    """What a name says. ``wishing``: it may begin with the words of a wish; ``department``: the office of its row,
    which counts where the name has none."""
    said = Said(text, read_name(text, wishing=wishing), department)
    for read in _READERS:
        read(said)
    return said


def read_all_said(
    texts: Sequence[str], *, wishing: Sequence[bool] | None = None, departments: Sequence[str | None] | None = None
) -> list[Said]:
    """``read_said`` of each text, a quarter faster: one reader reads some hundred texts before the next does (see
    ``parse_names``). ``wishing`` and ``departments`` are one for each text."""
    wishes, offices = wishing or [False] * len(texts), departments or [None] * len(texts)
    found: list[Said] = []
    for at in range(0, len(texts), _BATCH):
        mine = slice(at, at + _BATCH)
        works = [find_work_text(text, wishing=wish) for text, wish in zip(texts[mine], wishes[mine], strict=True)]
        rows = zip(texts[mine], parse_names(works), offices[mine], strict=True)
        batch = [Said(text, name, office) for text, name, office in rows]
        for read in _READERS:
            for said in batch:
                read(said)
        found += batch
    return found


def _read_work(said: Said) -> None:
    name = said.parsed = _line_of(_work_of(said.parsed))
    if name.verb:
        said.verb = name.verb
    if name.work_object:
        said.work_object = name.work_object
    if name.family:
        said.family = name.family
    if is_continued(name.normalized):
        said.continued = True


def _read_office(said: Said) -> None:
    if office := find_office(said.parsed, None):
        said.unit, said.unit_named = office, True
    elif said.department and (office := find_office(said.parsed, said.department)):
        said.unit = office


def _read_whole(said: Said) -> None:
    if whole := bare_name(said.parsed):
        said.whole = said.unplaced = whole
        if purpose := find_purpose(whole):
            said.purpose = purpose
        if furnished := find_furniture(whole):
            said.furnished = furnished


def _read_unplaced(said: Said) -> None:
    if said.whole and said.parsed.village_names:
        said.unplaced = bare_name(said.parsed, without=_VILLAGE_NAMES)


def _read_core(said: Said) -> None:
    if core := bare_core(said.parsed.core, said.unit):
        said.core = core


def _read_added_verbs(said: Said) -> None:
    if said.core and (added := find_added_verbs(said.core, _verb_of)):
        said.added_verbs = added


def _read_areas(said: Said) -> None:
    name = said.parsed
    if name.tambons:
        said.tambons = name.tambons
    if name.districts:
        said.districts = name.districts
    if name.villages:
        said.villages = frozenset(name.villages)
    if name.all_villages:
        said.everywhere = True
    if name.village_names and (villages := without_ends(name.village_names, name)):
        said.village_names = villages


def _read_roads(said: Said) -> None:
    name = said.parsed
    if name.road_ends:
        said.leads_on = True
    if roads := find_roads(name):
        said.roads = roads
    if name.sides:
        said.bank = name.sides[0]
    if name.stations:
        said.stations = find_stations(name)


def _read_spots(said: Said) -> None:
    if spots := find_spots(said.parsed):
        said.spots = spots


def _read_numbers(said: Said) -> None:
    name = said.parsed
    if name.phase is not None:
        said.phase = name.phase
    if name.measures:
        said.sizes = find_sizes(name.measures)
        said.name_sizes = frozenset(said.sizes)
    if said.core and (leftover := find_loose_numbers(said.core, find_house_parts(said.spots))):
        said.leftover = leftover
    if ordinals := find_ordinals(name.normalized):
        said.ordinals = ordinals
    if name.asset_numbers:
        said.assets = frozenset(name.asset_numbers)


def _read_times(said: Said) -> None:
    name = said.parsed
    forwarded = find_year_forwarded(name.normalized)
    if forwarded is not None:
        said.forwarded = forwarded
    if period := _find_period(name, forwarded):
        said.period = period


def _read_references(said: Said) -> None:
    if references := find_references(said.text):
        said.references = references


#: In this order, for later ones read what earlier ones found: the core is that without the office, loose numbers are
#: those that no house has.
_READERS = (
    _read_work,
    _read_office,
    _read_whole,
    _read_unplaced,
    _read_core,
    _read_added_verbs,
    _read_areas,
    _read_roads,
    _read_spots,
    _read_numbers,
    _read_times,
    _read_references,
)


@lru_cache(maxsize=65_536)
def parse(text: str) -> ParsedName:
    """``parse_name``, each text once: the parts of a name are asked for again and again."""
    return parse_name(text)


def read_name(text: str, *, wishing: bool = False) -> ParsedName:
    """The name of a work as its parts are read, before the second job and the line are looked at."""
    return parse(find_work_text(text, wishing=wishing))


def _work_of(parsed: ParsedName) -> ParsedName:
    """The work behind "จ้างเหมา…" (how a job is bought is not the job), and of two jobs joined by และ the second where
    only it names its object ("กำจัดวัชพืชและขุดลอกคลอง…")."""
    if parsed.verb != _HIRE:
        return _second_job(parsed) if parsed.verb and not parsed.work_object else parsed
    start = next((span.end for field, span in parsed.spans if field == "verb"), 0)
    behind = parse(parsed.original[start:].replace("ขออนุมัติ", "").replace("ดำเนินการ", ""))
    return replace(
        parsed,
        core=behind.core,
        verb=behind.verb or _HIRE,
        work_object=parsed.work_object or behind.work_object,
        family=parsed.family or behind.family,
    )


def _second_job(parsed: ParsedName) -> ParsedName:
    start = next((span.end for field, span in parsed.spans if field == "verb"), 0)
    behind = parse(joined[1]) if (joined := _AND.match(parsed.original, start)) else EMPTY
    if not behind.verb or not behind.work_object:
        return parsed
    return replace(parsed, core=behind.core, work_object=behind.work_object, family=behind.family)


def _verb_of(text: str) -> str | None:
    return parse(text).verb if holds_verb(text) else None


def _line_of(parsed: ParsedName) -> ParsedName:
    """สายบ้าน ก ตำบล ค เชื่อม บ้าน ข ตำบล ง: both ends of a line that leads through two tambons."""
    if len(parsed.tambons) < 2 or parsed.road_ends or "บ้าน" not in parsed.normalized:
        return parsed
    ends = parse(" ".join(cut_fields(parsed, _AREAS).split())).road_ends
    if not ends:
        return parsed
    names = {name for pair in ends for name in pair}
    villages = tuple(name for name in parsed.village_names if name not in names)
    spans = tuple(found for found in parsed.spans if found[0] != "roads")
    return replace(parsed, road_ends=ends, roads=(), road_numbers=(), village_names=villages, spans=spans)


def without_ends(villages: Iterable[str], name: ParsedName) -> tuple[str, ...]:
    """Names of villages without the ends of a line, which are a road, not the village of the work."""
    ends = {end for pair in name.road_ends for end in pair}
    return tuple(village for village in villages if village not in ends)


def find_spots(name: ParsedName) -> tuple[str, ...]:
    """Landmarks, house numbers, persons and bodies that pin a place."""
    bodies = tuple([canonical(body) for body in name.bodies if not body.startswith(_NO_SPOTS)])
    houses = find_house_numbers(name.normalized)
    landmarks = tuple([mark for mark in name.landmarks if not ((houses and "เลขที่" in mark) or _is_no_spot(mark))])
    return (*houses, *landmarks, *name.persons, *bodies)


def _is_no_spot(mark: str) -> bool:
    """หน้าที่ is a duty; หมู่บ้านนา… is the village, which is compared as such."""
    return mark in _NOT_SPOTS or mark.startswith("หมู่บ้าน")


def find_house_parts(spots: Iterable[str]) -> frozenset[str]:
    """Both halves of a house number (46/1), of which the core may still hold one."""
    return frozenset([part for spot in spots if spot.startswith("เลขที่") for part in re.findall(r"\d+", spot)])


def find_stations(name: ParsedName) -> tuple[tuple[float, float], ...]:
    """From which meter of a road to which, in order."""
    return tuple(sorted((found.start_m, found.end_m) for found in name.stations))


def find_sizes(measures: Iterable[Measure]) -> dict[str, frozenset[float]]:
    """The values of each kind of measure."""
    sizes: dict[str, set[float]] = {}
    for measure in measures:
        kind = f"count:{measure.unit}" if measure.kind == "count" else measure.kind
        sizes.setdefault(kind, set()).add(measure.value)
    return {kind: frozenset(values) for kind, values in sizes.items()}


def _find_period(name: ParsedName, forwarded: int | None) -> str | None:
    """The period that the name states; years of a plan book (2566–2570) are none, nor the year it is carried from."""
    if name.period:
        return name.period
    return str(name.years[0]) if len(name.years) == 1 and name.years[0] != forwarded else None


def find_references(text: str) -> frozenset[str]:
    """Numbers by which a text names another document or row."""
    return frozenset(_REFERENCE.findall(text))

"""Official tambons (geothai) and, invented for each: its body, villages, roads, waters, schools and temples."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import geothai

from benchmarks.project_dice import Dice
from benchmarks.project_names import PARTED, draw_person, draw_road, draw_village, draw_water
from benchmarks.project_patterns import Pattern

_ENDS = (*PARTED, "นอก", "ใน", "สามัคคี", "น้อย")
_BANGKOK = "10"  # wards without villages and without local bodies
DEPARTMENTS = (
    *("สำนักปลัด", "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสาธารณสุขและสิ่งแวดล้อม", "กองสวัสดิการสังคม", "หน่วยตรวจสอบภายใน"),
    *("กองส่งเสริมการเกษตร", "งานป้องกันและบรรเทาสาธารณภัย", "งานกิจการสภา", "กองยุทธศาสตร์และงบประมาณ", "กองการเจ้าหน้าที่"),
)
_SPOTS = (
    *("หน้าวัด{}", "หลังวัด{}", "ข้างวัด{}", "หน้าโรงเรียนบ้าน{}", "ข้างโรงเรียนบ้าน{}", "สามแยกบ้าน{}", "สี่แยกบ้าน{}", "ตลาดบ้าน{}"),
    *(
        "หนองน้ำสาธารณะบ้าน{}",
        "ที่สาธารณประโยชน์{}",
        "ศาลากลางบ้าน{}",
        "ปากทางเข้าบ้าน{}",
        "หัวสะพาน{}",
        "ท้ายบ้าน{}",
        "หอประชุมบ้าน{}",
    ),
    *("ชุมชน{}", "วัด{}", "โรงเรียนบ้าน{}", "ฌาปนสถานบ้าน{}", "สวนสาธารณะ{}", "ท่าน้ำ{}", "รพ.สต.บ้าน{}"),
)
_WATERS = ("คลอง", "คลอง", "ห้วย", "ลำห้วย", "ลำเหมือง", "ลำราง", "คลองส่งน้ำ", "ลำน้ำ", "คลองไส้ไก่")
_PONDS = ("หนอง", "หนอง", "สระ", "บึง", "หนองน้ำ", "อ่างเก็บน้ำห้วย", "สระน้ำ")


class Site(NamedTuple):
    """What pins a work beside its village: ``form`` says how it is written, ``number`` a soi, code or asset number."""

    form: str
    name: str = ""
    number: str = ""


@dataclass(slots=True)
class Tambon:
    """One official tambon with what was invented for it; ``villages`` are the names of หมู่ 1, 2, …"""

    code: str
    name: str
    district: str
    province: str
    villages: tuple[str, ...]
    body: str
    sites: dict[str, list[Site]]


@cache
def load_districts() -> tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]:
    """Every district outside Bangkok: code, name, province's name, (code, name) of its tambons; in order of code."""
    found = []
    for province in sorted(geothai.provinces(), key=lambda area: str(area.code)):
        if str(province.code) == _BANGKOK:
            continue
        for district in sorted(geothai.districts(province.code), key=lambda area: str(area.code)):
            tambons = tuple(sorted((str(t.code), t.name_th) for t in geothai.subdistricts(district.code)))
            if tambons:
                found.append((str(district.code), district.name_th, province.name_th, tambons))
    return tuple(found)


@cache
def load_homonyms() -> dict[str, tuple[str, ...]]:
    """Codes of the tambons of each name: the district that a reader takes for another one."""
    found: dict[str, list[str]] = {}
    for *_, tambons in load_districts():
        for code, name in tambons:
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def load_codes(province: str) -> tuple[str, ...]:
    """Codes of the tambons of a province, by its code."""
    return tuple(code for *_, tambons in load_districts() for code, _ in tambons if code.startswith(province))


@cache
def count_tambons() -> int:
    """How many tambons there are to write about."""
    return sum(len(tambons) for *_, tambons in load_districts())


def build_tambon(dice: Dice, code: str, name: str, district: str, province: str, quota: int) -> Tambon:
    """A tambon with 5 to 14 villages and as many named sites as ``quota`` records need."""
    villages: list[str] = []
    for _ in range(dice.whole(5, 14)):
        if villages and dice.chance(0.12) and not villages[-1].endswith(_ENDS):  # a village that was divided
            villages.append(villages[-1] + dice.pick(PARTED))
        else:
            villages.append(draw_village(dice))
    distinct = tuple(dict.fromkeys(villages))
    body = dice.pick(("อบต.", "อบต.", "อบต.", "ทต.")) + name
    return Tambon(code, name, district, province, distinct, body, _build_sites(dice, distinct, quota))


def _build_sites(dice: Dice, villages: tuple[str, ...], quota: int) -> dict[str, list[Site]]:
    few, many = 4 + quota // 40, 10 + quota // 5
    return {
        "road": [_draw_road_site(dice, villages) for _ in range(many)],
        "canal": [Site("canal", dice.pick(_WATERS) + draw_water(dice)) for _ in range(few * 2)],
        "pond": [Site("pond", dice.pick(_PONDS) + draw_water(dice)) for _ in range(few * 2)],
        "spot": [Site("spot", dice.pick(_SPOTS).format(_near(dice, villages))) for _ in range(many)],
        "school": [
            Site("school", "โรงเรียน" + dice.pick(("บ้าน", "บ้าน", "วัด")) + _near(dice, villages)) for _ in range(few)
        ],
        "center": [Site("center", dice.pick(("บ้าน", "บ้าน", "วัด")) + _near(dice, villages)) for _ in range(few)],
        "temple": [Site("temple", "วัด" + _near(dice, villages)) for _ in range(few)],
        "office": [Site("office", department) for department in DEPARTMENTS],
    }


def _near(dice: Dice, villages: tuple[str, ...]) -> str:
    return dice.pick(villages) if dice.chance(0.6) else draw_village(dice)


#: Forms of roads in a tambon and how many of a hundred have each.
_ROAD_FORMS = (
    *(["soi_number"] * 22 + ["soi_named_number"] * 18 + ["soi"] * 15 + ["line"] * 17 + ["street"] * 8 + ["code"] * 8),
    *(["person"] * 7 + ["house"] * 5),
)


def _draw_road_site(dice: Dice, villages: tuple[str, ...]) -> Site:
    form = dice.pick(_ROAD_FORMS)
    name, number = "", ""
    if form == "line":
        name = f"{dice.pick(villages)}|{draw_village(dice)}"
    elif form == "person":
        name = draw_person(dice)
    elif form != "soi_number":
        name = draw_road(dice)
    if form == "soi_number":
        number = str(dice.whole(1, 24))
    elif form == "soi_named_number":
        number = str(dice.whole(1, 60)) if dice.chance(0.75) else f"{dice.whole(1, 40)}/{dice.whole(1, 12)}"
    elif form == "code":
        number = f"{dice.whole(1, 99)}-{dice.whole(1, 180):03d}"
    elif form == "house":
        number = f"{dice.whole(1, 280)}/{dice.whole(1, 20)}" if dice.chance(0.5) else str(dice.whole(1, 380))
    return Site(form, name, number)


def draw_department(dice: Dice, pattern: Pattern) -> Site:
    """A department of the body; repairs name the asset as well."""
    name = dice.pick(DEPARTMENTS)
    if pattern.wordings[0].endswith("@"):
        return Site("asset", name, f"{dice.whole(1, 480):03d}-{dice.whole(50, 68)}-{dice.whole(1, 480):04d}")
    return Site("office", name)

"""Write the name of a work as one writer writes it: order of place parts, short forms, measures, wrappers."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.project_dice import Dice
from benchmarks.project_places import Site
from benchmarks.project_wordings import DIALECTS, write_wording
from benchmarks.project_works import Work

SHORTEST, LONGEST = 40, 130
_MOO = ("หมู่ที่ {}", "หมู่ที่ {}", "หมู่ {}", "ม.{}", "ม. {}", "หมู่ที่ {}", "หมู่ที่{}")
_DASH = (" - ", " – ", " เชื่อม บ้าน", " ถึง บ้าน", "-", " เชื่อมบ้าน")
_PHASE = ("ช่วงที่ {}", "(ช่วงที่ {})", "ระยะที่ {}", "ตอนที่ {}", "(ระยะที่ {})", "ช่วง {}")
_YEAR = ("ประจำปี {}", "ประจำปีงบประมาณ พ.ศ. {}", "ปี {}", "ประจำปี พ.ศ.{}", "ปีงบประมาณ {}", "พ.ศ. {}")
_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
_BUYING = ("จัดซื้อ", "ซื้อ", "จ้าง", "เช่า", "จัดหา", "ประกวด", "อุดหนุน", "ค่า", "เงิน", "เบี้ย", "สมทบ")
_TAILS = (" โดยวิธีเฉพาะเจาะจง", " ด้วยวิธีประกวดราคาอิเล็กทรอนิกส์ (e-bidding)", " โดยวิธีคัดเลือก", " โดยวิธีเฉพาะเจาะจง")
_HIRING = ("จ้าง", "จ้างเหมา", "จ้างโครงการ", "จ้าง")


class Style(NamedTuple):
    """One writer's habits; every number is an index into the forms above, or a level."""

    dialect: int
    wording: int
    moo: int
    naming: int  # 0, 1: number only; 2: name and number; 3: name before number
    order: int
    dash: int
    area: int  # 0: no tambon; 1: ตำบล; 2: and district; 3: and province
    short: int  # 1: ต. อ. จ.
    title: int  # 0: โครงการ stands before the name
    sizes: int  # 0, 1: none; 2 to 5: forms
    phase: int
    year: int
    road: int
    tight: int


_RADIX = (DIALECTS, 6, len(_MOO), 8, 4, len(_DASH), 12, 2, 4, 10, len(_PHASE), len(_YEAR), 4, 8)
_AREA = (0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 3)
_NAMING = (0, 0, 0, 0, 1, 2, 3, 3)
_SIZES = (0, 0, 0, 0, 0, 1, 2, 3, 4, 5)
STYLES = 2**46  # more than all combinations


def read_style(seed: int) -> Style:
    """The habits that a number stands for."""
    found = []
    for radix in _RADIX:
        seed, index = divmod(seed, radix)
        found.append(index)
    found[3] = _NAMING[found[3]]
    found[9] = _SIZES[found[9]]
    found[6] = _AREA[found[6]]
    return Style._make(found)


def draw_style(dice: Dice) -> int:
    """The number of some writer's habits."""
    return int(dice.roll() * STYLES)


def write_name(work: Work, style: Style, stage: str, *, area: int | None = None, brief: float = 0.0) -> str:
    """The name of ``work``. ``area`` asks for at least these levels of place; ``brief`` (0 to 1) leaves out what is not
    needed to tell the work: the village of a named road, an office, the year of what is repeated."""
    level = max(style.area, area or 0)
    body = _write_body(work, style, brief)
    sizes = _write_sizes(work.pattern.measure, work.sizes, style.sizes)
    period = _write_period(work, style, brief)
    head, tail = _write_wrapper(work, style, stage)
    least = area or 0
    while True:
        text = _join(head, body, sizes, _write_area(work, style, level), period, tail)
        if len(text) < SHORTEST and level < 3:
            level += 1
        elif len(text) > LONGEST and (sizes or tail or level > least):
            if sizes:
                sizes = ""
            elif level > max(1, least):
                level -= 1
            elif tail:
                tail = ""
            else:
                level = least
        else:
            return text


def _join(head: str, body: str, sizes: str, area: str, period: str, tail: str) -> str:
    parts = [part for part in (body, area, sizes, period) if part]
    return head + " ".join(parts) + tail


def _write_body(work: Work, style: Style, brief: float) -> str:
    """What, on which site, in which village, which stretch."""
    wording = write_wording(work.pattern, style.wording, style.dialect)
    site = _write_site(work.site, style, brief if "site" not in work.kept else 0.0) if work.site else ""
    village = _write_village(work, style, brief)
    phase = _write_phase(work, style)
    if "@" in wording:
        parts = [wording.replace("@", site), phase, village]
    elif style.order == 0 or not site:
        parts = [wording, site, village, phase]
    elif style.order == 1 and work.pattern.place == "road":
        parts = [wording, village, site, phase]
    else:
        parts = [wording, site, phase, village]
    if style.tight == 0 and parts[1] and len(parts[0]) > 3:
        parts[0:2] = [parts[0] + parts[1]] if "ก" <= parts[1][0] <= "๎" else parts[0:2]
    return " ".join(part for part in parts if part)


def _write_village(work: Work, style: Style, brief: float) -> str:
    if not work.village:
        return ""
    number = _MOO[style.moo].format(work.village)
    needed = (
        "village" in work.kept or "village_number" in work.kept or work.pattern.place in ("village", "canal", "pond")
    )
    if brief > 0.75 and not needed:
        return ""
    name = "บ้าน" + work.tambon.villages[work.village - 1]
    if style.naming < 2 or ("village" in work.kept and style.naming == 2):
        return number
    if style.naming == 2 and brief > 0.4 and work.pattern.place != "tambon" and "tambon" not in work.kept:
        return name
    return f"{name} {number}" if style.naming >= 3 else f"{number} {name}"


def _write_site(site: Site, style: Style, brief: float) -> str:
    form, name, number = site
    if form in ("school", "temple", "center", "canal", "pond"):
        return name.replace("โรงเรียน", "รร.") if form == "school" and style.road == 3 else name
    if form == "spot":
        return name if style.road == 0 else f"บริเวณ{name}"
    if form == "office":
        return "" if brief > 0.8 else (f"({name})" if style.road < 3 else name)
    if form == "asset":
        return f"หมายเลขครุภัณฑ์ {number} ({name})" if style.road < 2 else f"เลขครุภัณฑ์ {number} {name}"
    return _write_road(form, name, number, style)


def _write_road(form: str, name: str, number: str, style: Style) -> str:
    soi = "ซ." if style.road == 3 else "ซอย"
    if form == "line":
        first, _, last = name.partition("|")
        dash = _DASH[style.dash]
        return f"สายบ้าน{first}{dash}{last if dash.endswith('บ้าน') else 'บ้าน' + last}"
    return _ROADS[form][style.road].format(soi=soi, name=name, number=number)


#: How each form of road is written, by a writer's habit.
_ROADS = {
    "soi_number": ("{soi} {number}", "{soi} {number}", "{soi}ที่ {number}", "{soi}{number}"),
    "soi_named_number": ("{soi}{name} {number}",) * 4,
    "soi": ("{soi}{name}",) * 4,
    "street": ("ถนน{name}", "ถนน{name}", "สาย{name}", "ถ.{name}"),
    "code": ("สาย{name} รหัส ถ.{number}",) * 2 + ("รหัสทางหลวงท้องถิ่น ถ.{number} สาย{name}",) * 2,
    "person": ("{soi}บ้าน{name}",) * 2 + ("สายบ้าน{name}",) * 2,
    "house": ("{soi}{name} ข้างบ้านเลขที่ {number}",) * 4,
}


def _write_phase(work: Work, style: Style) -> str:
    if work.stations is not None:
        first, last = (f"{metres // 1000}+{metres % 1000:03d}" for metres in work.stations)
        if style.phase < 2:
            return f"(กม.{first} - {last})"
        return f"กม.ที่ {first} ถึง กม.ที่ {last}" if style.phase < 4 else f"ช่วง กม. {first}-{last}"
    return _PHASE[style.phase].format(work.phase) if work.phase else ""


def _write_area(work: Work, style: Style, level: int) -> str:
    if level == 0:
        return ""
    tambon = work.tambon
    if style.short:
        parts = [f"ต.{tambon.name}", f"อ.{tambon.district}", f"จ.{tambon.province}"]
    else:
        parts = [f"ตำบล{tambon.name}", f"อำเภอ{tambon.district}", f"จังหวัด{tambon.province}"]
    if level == 1 and work.pattern.place in ("tambon", "office") and style.road < 2:
        return tambon.body if style.road == 0 else f"ในเขต {tambon.body}"
    return " ".join(parts[:level])


def _write_period(work: Work, style: Style, brief: float) -> str:
    if not work.pattern.again or (brief > 0.7 and "year" not in work.kept and not work.month):
        return ""
    if work.month:
        return f"ประจำเดือน{_MONTHS[work.month - 1]} {work.year}"
    return _YEAR[style.year].format(work.year)


def _write_wrapper(work: Work, style: Style, stage: str) -> tuple[str, str]:
    """Words of buying around the name in contracts; โครงการ before it in books of plans."""
    if stage != "contract":
        return ("โครงการ" if style.title == 0 else "", "")
    buying = write_wording(work.pattern, style.wording, style.dialect).startswith(_BUYING)
    large = work.amount > 500_000
    head = "" if buying else "ประกวดราคาจ้าง" if large else _HIRING[style.title]
    return head, _TAILS[1] if large and style.tight < 6 else _TAILS[0]


def _write_sizes(kind: str, sizes: tuple[float, ...], form: int) -> str:
    if not kind or not sizes:
        return ""
    if kind.startswith("count:"):
        unit = kind.partition(":")[2]
        return f"จำนวน {sizes[0]:g} {unit}" if form != 1 else ""
    if form < 2:
        return ""
    if kind == "people":
        return f"จำนวน {sizes[0]:g} คน" if form == 2 else ""
    return _write_lengths(kind, sizes, form)


_NAMES = {
    "rc": ("กว้าง", "ยาว", "หนา"),
    "asphalt": ("กว้าง", "ยาว", "หนา"),
    "stone": ("กว้าง", "ยาว", "หนาเฉลี่ย"),
    "drain": ("กว้าง", "ยาว", "ลึก"),
    "dredge": ("กว้าง", "ยาว", "ลึกเฉลี่ย"),
    "bridge": ("กว้าง", "ยาว"),
    "building": ("กว้าง", "ยาว"),
    "paving": ("กว้าง", "ยาว"),
    "pipe": ("ขนาดเส้นผ่านศูนย์กลาง", "ยาว"),
    "length": ("ยาว",),
    "area": ("พื้นที่",),
    "well": ("ลึก",),
}


def _write_lengths(kind: str, sizes: tuple[float, ...], form: int) -> str:
    names = _NAMES[kind]
    if kind == "area":
        return f"พื้นที่ไม่น้อยกว่า {sizes[0]:,g} {'ตร.ม.' if form == 3 else 'ตารางเมตร'}"
    if form == 2:
        return " ".join(f"{name} {value:.2f} เมตร" for name, value in zip(names, sizes, strict=True))
    if form == 3:
        return " ".join(f"{name} {value:,g} ม." for name, value in zip(names, sizes, strict=True))
    if form == 4 and len(sizes) == 3:
        return f"ขนาด {sizes[0]:g}x{sizes[1]:g}x{sizes[2]:g} ม."
    long = sizes[1] if len(sizes) > 1 else sizes[0]
    name = "ระยะทาง" if kind in ("rc", "asphalt", "stone") else names[min(1, len(names) - 1)]
    return f"{name} {long:,g} เมตร"

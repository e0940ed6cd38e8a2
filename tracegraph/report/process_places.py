"""Where the plan kinds and bodies of the letter stand in its picture, and how its arrows bend.

Positions are centers in pixels. In the bottom-up panel time runs from left to right and the levels from the village
up, so that what travels by the letter travels right and up; in the top-down panel every arrow falls.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: centers of boxes by id (a plan kind or a body named as in the letter), bands, and bends.

    ``bands`` are rows (Thai, English, top, bottom) and ``months`` columns (text, left, right). ``bends`` push the
    middle of an arrow sideways (px, right of its direction is positive); ``marks`` place its code along it (0–1).
    """

    boxes: dict[str, tuple[float, float]]
    bands: tuple[tuple[str, str, float, float], ...]
    months: tuple[tuple[str, str, float, float], ...]
    bends: dict[str, float]
    marks: dict[str, float]
    width: float
    height: float


BOTTOM_UP = Panel(
    boxes={
        "EV1": (215, 752),
        "DS1": (215, 672),
        "PK01": (480, 712),
        "ศอช.ต.": (220, 590),
        "PK02": (610, 602),
        "อปท.": (420, 520),
        "PK03": (760, 512),
        "อำเภอ": (230, 382),
        "PK04": (560, 396),
        "หน่วยงานราชการในพื้นที่": (790, 340),
        "PK05": (985, 428),
        "PK06": (1200, 350),
        "PK07": (1200, 194),
        "PK08": (1450, 268),
        "PK09": (1450, 188),
        "PK10": (1450, 108),
        "PK11": (1705, 188),
        "PK12": (1950, 188),
        "หน่วยงานที่เกี่ยวข้อง": (640, 50),
        "กระทรวงมหาดไทย": (1705, 50),
    },
    bands=(
        ("หน่วยงาน / กระทรวง", "Agencies, ministry", 22, 74),
        ("จังหวัด", "Province", 74, 300),
        ("อำเภอ", "District", 300, 466),
        ("อปท.", "Local", 466, 556),
        ("ตำบล", "Tambon", 556, 638),
        ("หมู่บ้าน", "Village", 638, 800),
    ),
    months=(
        ("ม.ค.–ก.พ.", "Jan–Feb", 118, 500),
        ("มี.ค.–พ.ค.", "Mar–May", 500, 872),
        ("มิ.ย.", "Jun", 872, 1325),
        ("ก.ค.–ก.ย.", "Jul–Sep", 1325, 1578),
        ("ต.ค.", "Oct", 1578, 1828),
        ("หลัง ต.ค.", "after Oct", 1828, 2046),
    ),
    bends={
        "B06": -60,
        "B08": 34,
        "B10": 300,
        "B13": 240,
        "B16": -98,
        "B17": -350,
        "B18": -40,
    },
    marks={
        "B05": 0.5,
        "B10": 0.5,
        "B11": 0.55,
        "B13": 0.5,
        "B14": 0.42,
        "B16": 0.22,
        "B17": 0.55,
        "B19": 0.46,
        "B20": 0.3,
    },
    width=2060,
    height=808,
)

TOP_DOWN = Panel(
    boxes={
        "TF1": (330, 60),
        "TF2": (560, 60),
        "TF3": (790, 60),
        "TF7": (1380, 60),
        "TF4": (1020, 156),
        "TF5": (560, 258),
        "PK09": (1290, 258),
        "PK10": (1490, 258),
        "PK04": (680, 368),
        "TF6": (1020, 368),
        "PK03": (1290, 470),
        "PK02": (1020, 470),
        "PK01": (760, 470),
    },
    bands=(
        ("ส่วนกลาง", "National", 22, 108),
        ("กลุ่มจังหวัด", "Cluster", 108, 204),
        ("จังหวัด", "Province", 204, 312),
        ("อำเภอ", "District", 312, 422),
        ("อปท. / ตำบล / หมู่บ้าน", "Local, tambon, village", 422, 520),
    ),
    months=(),
    bends={"T05": 24, "T04": 20, "T12": 0},
    marks={"T05": 0.35},
    width=2060,
    height=528,
)

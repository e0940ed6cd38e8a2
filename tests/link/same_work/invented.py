"""Invented items with known truth: works in villages of real districts, each told in one to four documents.

A work is told again with other abbreviations, digits, spaces and wrappers, and with other money; beside it stand works
that look like it and are not: the next soi, the next village, the next phase, the same title in another tambon.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tests.link.readers import make_item
from tracegraph.model.items import Item

TAMBONS = ("810101", "810103", "810202", "810204", "810305", "810401", "810502", "810603", "810704", "810802")
HEADS = (
    *("ทุ่งหยี", "ควนนกหว้า", "ห้วยยูง", "คลองยวน", "หนองจิก", "โคกยูง", "ไสโป๊ะ", "บางเหียน", "นาทุ่งกลาง"),
    *("ปลายพร้าว", "ท่ามะพร้าว", "เขาฝาก", "อ่าวน้ำ", "เกาะไทร", "ทรายแดง", "หินเพิง", "ช่องไม้ดำ", "นาออก"),
    *("สวนยาง", "ดินนา", "หน้าสวน", "ปากด่าน", "คลองนิน", "ทับช้าง", "ลำสินธุ์", "บ่อม่วง", "เขาค้อม"),
)
TAILS = ("", "ใน", "นอก", "เหนือ", "ใต้", "กลาง", "พัฒนา", "สามัคคี")
#: verb and object, with {at} for the place and {size} for measures; second form as another office writes it.
WORKS = (
    ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก {at} {size}", "ก่อสร้างถนน คสล. {at}"),
    ("ปรับปรุงถนนลาดยางแอสฟัลท์ติกคอนกรีต {at} {size}", "ปรับปรุงผิวจราจรแอสฟัลติกคอนกรีต {at}"),
    ("ก่อสร้างรางระบายน้ำ คสล. แบบมีฝาปิด {at} {size}", "ก่อสร้างรางระบายน้ำคอนกรีตเสริมเหล็กมีฝาปิด {at}"),
    ("วางท่อระบายน้ำ คสล. พร้อมบ่อพัก {at} {size}", "วางท่อระบายน้ำคอนกรีตเสริมเหล็ก พร้อมบ่อพัก {at}"),
    ("ขุดลอกคลอง{name} {at}", "ขุดลอกคลอง{name} {at} {size}"),
    ("ติดตั้งโคมไฟถนนพลังงานแสงอาทิตย์ {at}", "ติดตั้งโคมไฟถนนโซล่าเซลล์ {at}"),
    ("ปรับปรุงระบบประปาหมู่บ้าน {at}", "ปรับปรุงประปาหมู่บ้าน {at}"),
    ("ก่อสร้างฝายน้ำล้น ห้วย{name} {at}", "ก่อสร้างฝายน้ำล้น คสล. ห้วย{name} {at}"),
    ("ปรับปรุงอาคารศูนย์พัฒนาเด็กเล็กบ้าน{name} {at}", "ปรับปรุงศูนย์พัฒนาเด็กเล็กบ้าน{name} {at}"),
    ("ก่อสร้างลานกีฬาอเนกประสงค์ {at} {size}", "ก่อสร้างลานกีฬาเอนกประสงค์ {at}"),
)
STAGES = ("plan", "action", "contract")


@dataclass(frozen=True)
class Invented:
    """Items, and for each uid the number of the work that it tells."""

    items: list[Item]
    work_of: dict[str, int]

    def same(self, left: str, right: str) -> bool:
        """Whether two uids tell the same work."""
        return self.work_of[left] == self.work_of[right]


def invent(works: int, seed: int = 7) -> Invented:
    """``works`` pieces of work in all tambons, each told one to three times; two in five look like the one before."""
    rng = random.Random(seed)  # noqa: S311 - invented data, nothing secret
    items: list[Item] = []
    work_of: dict[str, int] = {}
    before: _Work | None = None
    for number in range(works):
        work = _look_alike(rng, before, number) if before and rng.random() < 0.4 else _make_work(rng, number)
        before = work
        for item in _tell(rng, work):
            work_of[item.uid] = number
            items.append(item)
    rng.shuffle(items)
    return Invented(items, work_of)


@dataclass(frozen=True)
class _Work:
    """One piece of work as its first document would put it."""

    number: int
    patterns: tuple[str, str]
    name: str
    road: str
    soi: int | None
    phase: int | None
    village: int
    tambon: str
    size: str
    money: float
    year: int

    @property
    def place(self) -> str:
        soi = f" ซอย {self.soi}" if self.soi else ""
        phase = f" ช่วงที่ {self.phase}" if self.phase else ""
        return f"{self.road}{soi}{phase} หมู่ที่ {self.village}"


def _make_work(rng: random.Random, number: int) -> _Work:
    name = rng.choice(HEADS) + rng.choice(TAILS)
    alley = rng.random() < 0.5
    return _Work(
        number,
        rng.choice(WORKS),
        name,
        f"ซอย{name}" if alley else f"สายบ้าน{name} – บ้าน{rng.choice(HEADS)}{rng.choice(TAILS)}",
        rng.randint(1, 15) if alley and rng.random() < 0.8 else None,
        rng.randint(1, 3) if rng.random() < 0.15 else None,
        rng.randint(1, 12),
        rng.choice(TAMBONS),
        f"กว้าง {rng.randint(3, 6)}.00 เมตร ยาว {rng.randint(5, 60) * 10} เมตร",
        rng.randint(20, 900) * 5_000 + rng.choice((0, 0, 411.38, 87.5)),
        rng.randint(2566, 2570),
    )


def _look_alike(rng: random.Random, work: _Work, number: int) -> _Work:
    """Another piece of work that differs in one thing only: soi, village, phase or tambon."""
    changes = [
        {"village": work.village % 12 + 1},
        {"tambon": rng.choice([t for t in TAMBONS if t != work.tambon])},
        {"phase": (work.phase or 0) + 1} if work.phase else {"village": (work.village + 4) % 12 + 1},
    ]
    if work.soi:
        changes += [{"soi": work.soi + 1}, {"soi": work.soi + 10}]
    return replace(work, number=number, **rng.choice(changes))


def _tell(rng: random.Random, work: _Work) -> list[Item]:
    """The work in one to three documents: plan, operation plan, contract."""
    told = rng.choice((1, 1, 1, 2, 2, 3))
    return [
        _item(rng, work, stage, work.patterns[turn > 0 and rng.random() < 0.7])
        for turn, stage in zip(range(told), STAGES, strict=False)
    ]


def _item(rng: random.Random, work: _Work, stage: str, pattern: str) -> Item:
    text = " ".join(pattern.format(at=work.place, size=work.size, name=work.name).split())
    same_money = stage == "plan" or rng.random() < 0.6
    amount = work.money if same_money else round(work.money * rng.uniform(0.75, 1.25), 2)
    tambon = work.tambon
    return make_item(
        _spell(rng, text, stage),
        uid=f"proj:{work.number:06d}-{stage}",
        source_id=f"T{work.number:06d}-{stage}",
        plan=f"plan:{tambon}-{stage}",
        plan_kind="PK03",
        plan_rank=3,
        stage=stage,
        owner=f"body:{tambon}",
        owner_name=f"อบต.ตัวอย่าง{tambon}",
        province=tambon[:2],
        district=tambon[:4],
        tambon=tambon,
        area=f"{tambon}{work.village:02d}",
        village_nos=(work.village,),
        years=(work.year,),
        amounts=(amount,),
        amount=amount,
        document=f"doc:{tambon}-{stage}",
        file=f"{tambon}-{stage}.xlsx",
        row=work.number,
    )


def _spell(rng: random.Random, text: str, stage: str) -> str:
    """Another spelling of the same words, as one office differs from the next."""
    if rng.random() < 0.3:
        text = text.replace("หมู่ที่ ", rng.choice(("ม.", "หมู่ ", "หมู่ที่")))
    if rng.random() < 0.2:
        text = text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    if rng.random() < 0.2:
        text = text.replace("ำ", "ํา")
    if rng.random() < 0.1:
        text = text.replace("คสล.", "ค.ส.ล.")
    if stage == "contract":
        return f"ประกวดราคาจ้างก่อสร้างโครงการ{text} ด้วยวิธีประกวดราคาอิเล็กทรอนิกส์ (e-bidding)"
    return f"โครงการ{text}" if rng.random() < 0.4 else text

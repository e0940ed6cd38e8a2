"""Invented records of a province, made from a seed: 65,000 nodes and 104,000 links of plan membership and meaning.

RAISED_IN, LISTED_IN, ANSWERED_BY, CARRIED_TO, ALIGNS_WITH and SAME_WORK make the 104,000; LOCATED_IN and STATED_IN
of every item come on top. The shape is that of a southern province: 8 districts, 53 tambons, 390 villages, five years.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tracegraph.graph.keys import content_hash
from tracegraph.model.graph import LinkKind, Stage, Status
from tracegraph.model.records import (
    AreaRecord,
    BodyRecord,
    Contribution,
    DocumentRecord,
    LinkRecord,
    NeedRecord,
    Origin,
    PlanRecord,
    ProjectRecord,
    RecordBatch,
)

NODES = 65_000
LINKS = 104_000
YEARS = range(2566, 2571)
PROVINCE = "99"

_WORKS = ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก", "ขุดลอกคลอง", "ขยายเขตประปาหมู่บ้าน", "ติดตั้งไฟฟ้าสาธารณะ", "ปรับปรุงศูนย์พัฒนาเด็กเล็ก",
          "ส่งเสริมอาชีพกลุ่มสตรี", "ก่อสร้างรางระบายน้ำ", "ซ่อมแซมอาคารเอนกประสงค์")  # fmt: skip
_SIDES = ("โครงสร้างพื้นฐาน", "เศรษฐกิจ", "สังคม", "ทรัพยากรธรรมชาติและสิ่งแวดล้อม")


@dataclass(slots=True)
class Province:
    """What the generator made: one batch for each book, proposals, and uids to ask about."""

    batches: list[RecordBatch] = field(default_factory=list)
    proposals: list[LinkRecord] = field(default_factory=list)
    needs: list[NeedRecord] = field(default_factory=list)
    projects: dict[str, list[ProjectRecord]] = field(default_factory=dict)  # by plan kind and stage


class Generator:
    """Builds the records; the same seed gives the same province."""

    def __init__(self, seed: int, share: float) -> None:
        self.dice = random.Random(seed)
        self.share = share
        self.made = Province()
        self.districts = [f"{PROVINCE}{d:02d}" for d in range(1, 9)]
        self.tambons = [f"{self.districts[t % 8]}{t // 8 + 1:02d}" for t in range(53)]
        self.villages = [f"{self.tambons[v % 53]}{v // 53 + 1:02d}" for v in range(390)]

    def build(self) -> Province:
        """Places first, then books from the villages upward, then links between their items."""
        self._places()
        for tambon in self.tambons:
            self._book("PK01", Stage.PLAN, [v for v in self.villages if v.startswith(tambon)], 8, tambon)
            self._book("PK02", Stage.PLAN, [tambon], 20, tambon)
            self._book("PK03", Stage.PLAN, [tambon], 78, tambon)
            self._book("PK03", Stage.ACTION, [tambon], 30, tambon)
        for district in self.districts:
            for kind, rows in (("PK04", 60), ("PK05", 40), ("PK06", 20)):
                self._book(kind, Stage.PLAN, [district], rows, district)
        for kind, rows in (("PK07", 100), ("PK08", 300), ("PK09", 400), ("PK10", 300), ("PK11", 100), ("PK12", 100)):
            self._book(kind, Stage.PLAN, [PROVINCE], rows, PROVINCE)
        self._fill()
        self._links()
        return self.made

    def _places(self) -> None:
        areas = [AreaRecord(uid=PROVINCE, name="จังหวัดทดสอบ", level="province", parent=None)]
        areas += [AreaRecord(uid=d, name=f"อำเภอ {d}", level="district", parent=PROVINCE) for d in self.districts]
        areas += [AreaRecord(uid=t, name=f"ตำบล {t}", level="tambon", parent=t[:4]) for t in self.tambons]
        areas += [AreaRecord(uid=v, name=f"บ้าน {v}", level="village", parent=v[:6]) for v in self.villages]
        self.made.batches.append(RecordBatch(document=_document("areas.csv", "plans"), areas=tuple(areas)))

    def _book(self, kind: str, stage: Stage, places: list[str], rows: int, area: str) -> None:
        """One document: the plans of ``places`` for every year, with ``rows`` items in each."""
        document = _document(f"{kind}_{stage}_{area}.csv", "needs" if kind == "PK01" else "items")
        body = BodyRecord(uid=f"body:{kind}:{area}", name=f"หน่วยงาน {kind} {area}", kind="test", area=area)
        plans: list[PlanRecord] = []
        needs: list[NeedRecord] = []
        projects: list[ProjectRecord] = []
        for place in places:
            for year in YEARS:
                plan = _plan(kind, stage, year, body.uid, place)
                plans.append(plan)
                for _ in range(max(1, round(rows * self.share))):
                    origin = Origin(
                        document=document.uid, file=document.file, sheet="", row=len(needs) + len(projects) + 2
                    )
                    if kind == "PK01":
                        needs.append(self._need(plan, place, year, origin))
                    else:
                        projects.append(self._project(plan, place, year, origin))
        self.made.needs += needs
        self.made.projects.setdefault(f"{kind}:{stage}", []).extend(projects)
        self.made.batches.append(
            RecordBatch(
                document=document, bodies=(body,), plans=tuple(plans), needs=tuple(needs), projects=tuple(projects)
            )
        )

    def _need(self, plan: PlanRecord, village: str, year: int, origin: Origin) -> NeedRecord:
        text = f"{self.dice.choice(_WORKS)} สาย {self.dice.randrange(40)} หมู่ที่ {int(village[6:])}"
        return NeedRecord(
            uid=f"need:{content_hash(origin.file, origin.row)}",
            source_id=f"N-{village}-{year}-{origin.row}",
            text=text,
            text_hash=content_hash(text),
            plan=plan.uid,
            origin=origin,
            village_no=int(village[6:]),
            village_name=f"บ้าน {village}",
            area=village,
            area_confidence=1.0,
            year=year,
            side=self.dice.choice(_SIDES),
            priority=self.dice.randrange(1, 9),
        )

    def _project(self, plan: PlanRecord, place: str, year: int, origin: Origin) -> ProjectRecord:
        inside = [v for v in self.villages if v.startswith(place)]
        village = self.dice.choice(inside)
        name = (
            f"โครงการ{self.dice.choice(_WORKS)} สาย {self.dice.randrange(40)} หมู่ที่ {int(village[6:])} ตำบล {village[:6]}"
        )
        return ProjectRecord(
            uid=f"proj:{content_hash(origin.file, origin.row)}",
            source_id=f"P-{origin.file[:-4]}-{origin.row}",
            name=name,
            text_hash=content_hash(name),
            plan=plan.uid,
            origin=origin,
            objective="เพื่อให้ประชาชนมีสาธารณูปโภคที่ดี",
            target="ระยะทาง 500 เมตร กว้าง 4 เมตร",
            kpi="ร้อยละของครัวเรือนที่ได้รับประโยชน์",
            expected="ประชาชนสัญจรสะดวกปลอดภัย",
            department="กองช่าง",
            programme="แผนงานอุตสาหกรรมและการโยธา",
            form="ผ.02",
            years=(year,),
            amounts=(float(self.dice.randrange(50, 5000) * 1000),),
            village_nos=(int(village[6:]),),
            area=village,
            area_confidence=0.9,
            beyond_capacity=plan.kind in ("PK05", "PK06", "PK07"),
        )

    def _fill(self) -> None:
        """One more local plan, as long as it takes to reach the number of nodes."""
        missing = round(NODES * self.share) - count_nodes(self.made.batches)
        if missing > 0:
            share, self.share = self.share, 1.0
            self._book("PK08", Stage.ACTION, [PROVINCE], max(1, missing // len(YEARS)), PROVINCE)
            self.share = share

    def _links(self) -> None:
        """A third is declared by the books, two thirds are proposed; together with memberships, the number of links."""
        wanted = round(LINKS * self.share) - len(self.made.needs) - sum(map(len, self.made.projects.values()))
        pairs = list(self._pairs(wanted))
        declared: dict[str, list[LinkRecord]] = {}
        for kind, start, end, document in pairs:
            if self.dice.random() < 1 / 3:
                declared.setdefault(document, []).append(_declared(kind, start, end, document))
            else:
                self.made.proposals.append(_proposal(kind, start, end, round(0.3 + 0.69 * self.dice.random(), 4)))
        self.made.batches = [
            RecordBatch(
                document=b.document,
                areas=b.areas,
                bodies=b.bodies,
                plans=b.plans,
                needs=b.needs,
                projects=b.projects,
                links=tuple(declared.get(b.document.uid, ())),
            )
            for b in self.made.batches
        ]

    def _pairs(self, wanted: int) -> Iterator[tuple[LinkKind, Any, str | Any, str]]:
        """Distinct pairs: needs to items of their tambon, items to the next book up, and to strategies."""
        by_tambon: dict[str, list[ProjectRecord]] = {}
        for key in ("PK02:plan", "PK03:plan"):
            for project in self.made.projects[key]:
                by_tambon.setdefault((project.area or "")[:6], []).append(project)
        chain = ["PK02:plan", "PK03:plan", "PK05:plan", "PK06:plan", "PK07:plan", "PK08:plan", "PK09:plan", "PK10:plan"]
        chain += ["PK11:plan", "PK12:plan"]
        everything = [p for of_kind in self.made.projects.values() for p in of_kind]
        seen: set[tuple[str, str, str]] = set()
        while len(seen) < wanted:
            roll = self.dice.random()
            if roll < 0.33:
                need = self.dice.choice(self.made.needs)
                pair = (LinkKind.ANSWERED_BY, need, self.dice.choice(by_tambon[(need.area or "")[:6]]))
            elif roll < 0.66:
                step = self.dice.randrange(len(chain) - 1)
                lower = self.dice.choice(self.made.projects[chain[step]])
                pair = (LinkKind.CARRIED_TO, lower, self.dice.choice(self.made.projects[chain[step + 1]]))
            elif roll < 0.85:
                pair = (LinkKind.ALIGNS_WITH, self.dice.choice(everything), f"NS:{self.dice.randrange(1, 7)}")
            else:
                start, end = self.dice.sample(everything, 2)
                pair = (LinkKind.SAME_WORK, start, end)
            kind, start, end = pair
            key = (kind.value, start.uid, getattr(end, "uid", end))
            if key not in seen:
                seen.add(key)
                yield kind, start, end, start.origin.document


def _document(file: str, kind: str) -> DocumentRecord:
    digest = content_hash(file) * 4
    return DocumentRecord(
        uid=f"doc:{digest[:16]}", file=file, sha256=digest, size=1, series=file, kind=kind, sample=True
    )


def _plan(kind: str, stage: Stage, year: int, owner: str, area: str) -> PlanRecord:
    return PlanRecord(
        uid=f"plan:{content_hash(kind, stage, year, owner, area)}",
        kind=kind,
        stage=stage,
        title=f"{kind} {area} {year}",
        year_from=year,
        year_to=year,
        edition="",
        edition_no=0,
        owner=owner,
        area=area,
    )


def _declared(kind: LinkKind, start: Any, end: Any, document: str) -> LinkRecord:
    return LinkRecord(
        kind=kind,
        from_uid=start.uid,
        to_uid=getattr(end, "uid", end),
        status=Status.DECLARED,
        probability=1.0,
        method=document,
        from_hash=start.text_hash,
        to_hash=getattr(end, "text_hash", None),
    )


def _proposal(kind: LinkKind, start: Any, end: Any, probability: float) -> LinkRecord:
    evidence = tuple(
        Contribution(feature=f, weight=1.25, left="ถนน", right="ถนน", th="คำหลักเหมือนกัน", en="the same key words")
        for f in ("words", "place", "money")
    )
    return LinkRecord(
        kind=kind,
        from_uid=start.uid,
        to_uid=getattr(end, "uid", end),
        status=Status.SUGGESTED,
        probability=probability,
        method="bench/1",
        evidence=evidence,
        from_hash=start.text_hash,
        to_hash=getattr(end, "text_hash", None),
    )


def count_nodes(batches: list[RecordBatch]) -> int:
    """Nodes that these batches make."""
    return sum(1 + len(b.areas) + len(b.bodies) + len(b.plans) + len(b.needs) + len(b.projects) for b in batches)


def build_province(seed: int = 2569, share: float = 1.0) -> Province:
    """The province of a seed; ``share`` scales the number of rows in each book."""
    return Generator(seed, share).build()

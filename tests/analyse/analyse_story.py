"""A graph told by hand: one district with every fate, every status and every class, written through the store.

The expected rows in the tests are worked out on paper from this story, never by the code under test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tracegraph.graph import Store
from tracegraph.model.graph import ItemKind, LinkKind, Stage, Status
from tracegraph.model.records import (
    AreaRecord,
    BodyRecord,
    DocumentRecord,
    LinkRecord,
    NeedRecord,
    Origin,
    PlanRecord,
    ProjectRecord,
    RecordBatch,
    StrategyRecord,
)
from tracegraph.thai.normalize import text_hash


@dataclass
class Story:
    """Records of one document; ids given here are uids without their prefix (``N1`` is ``need:N1``)."""

    file: str = "story.xlsx"
    sheet: str = "ผ.02"
    digest: str = "0" * 64
    areas: list[AreaRecord] = field(default_factory=list)
    bodies: dict[str, BodyRecord] = field(default_factory=dict)
    plans: list[PlanRecord] = field(default_factory=list)
    needs: list[NeedRecord] = field(default_factory=list)
    projects: list[ProjectRecord] = field(default_factory=list)
    strategies: list[StrategyRecord] = field(default_factory=list)
    declared: list[LinkRecord] = field(default_factory=list)
    suggested: list[LinkRecord] = field(default_factory=list)

    @property
    def document(self) -> str:
        return f"doc:{self.digest[:16]}"

    def _origin(self) -> Origin:
        row = 2 + len(self.needs) + len(self.projects)
        return Origin(document=self.document, file=self.file, sheet=self.sheet, row=row)

    def plan(self, uid: str, kind: str, area: str, owner: str, stage: Stage = Stage.PLAN, **more: Any) -> str:
        body = f"body:{owner}"
        self.bodies.setdefault(body, BodyRecord(uid=body, name=owner, kind="อบต.", area=area))
        self.plans.append(
            PlanRecord(
                uid=f"plan:{uid}",
                kind=kind,
                stage=stage,
                title=f"แผน {uid}",
                year_from=more.pop("year_from", 2566),
                year_to=more.pop("year_to", 2570),
                edition="",
                edition_no=0,
                owner=body,
                area=area,
                **more,
            )
        )
        return uid

    def need(
        self, uid: str, text: str, plan: str = "V1", area: str | None = "81040101", year: int = 2567, **more: Any
    ) -> str:
        self.needs.append(
            NeedRecord(
                uid=f"need:{uid}",
                source_id=more.pop("source_id", uid),
                text=text,
                text_hash=text_hash(text),
                plan=f"plan:{plan}",
                origin=self._origin(),
                area=area,
                year=year,
                **more,
            )
        )
        return uid

    def project(
        self, uid: str, name: str, plan: str, area: str | None = "810401", amount: float | None = None, **more: Any
    ) -> str:
        self.projects.append(
            ProjectRecord(
                uid=f"proj:{uid}",
                source_id=more.pop("source_id", uid),
                name=name,
                text_hash=text_hash(name),
                plan=f"plan:{plan}",
                origin=self._origin(),
                area=area,
                years=(more.pop("year", 2568),),
                amounts=(amount,) if amount is not None else (),
                **more,
            )
        )
        return uid

    def _link(
        self, kind: LinkKind, start: str, end: str, status: Status, probability: float, **more: Any
    ) -> LinkRecord:
        prefix = {LinkKind.ANSWERED_BY: ("need:", "proj:"), LinkKind.ALIGNS_WITH: ("proj:", "")}
        left, right = prefix.get(kind, ("proj:", "proj:"))
        from_uid, to_uid = left + start, right + end
        hashes = {r.uid: r.text_hash for r in (*self.needs, *self.projects)}
        return LinkRecord(
            kind=kind,
            from_uid=from_uid,
            to_uid=to_uid,
            status=status,
            probability=probability,
            method=more.pop("method", "story-1"),
            from_hash=hashes.get(from_uid),
            to_hash=hashes.get(to_uid),
            **more,
        )

    def declare(self, kind: LinkKind, start: str, end: str, **more: Any) -> None:
        self.declared.append(self._link(kind, start, end, Status.DECLARED, 1.0, **more))

    def suggest(self, kind: LinkKind, start: str, end: str, probability: float, **more: Any) -> None:
        self.suggested.append(self._link(kind, start, end, Status.SUGGESTED, probability, **more))

    def batch(self) -> RecordBatch:
        return RecordBatch(
            document=DocumentRecord(
                uid=self.document, file=self.file, sha256=self.digest, size=1, series=self.file, kind="items"
            ),
            areas=tuple(self.areas),
            bodies=tuple(self.bodies.values()),
            plans=tuple(self.plans),
            needs=tuple(self.needs),
            projects=tuple(self.projects),
            strategies=tuple(self.strategies),
            links=tuple(self.declared),
        )

    def write(self, store: Store) -> None:
        store.write_batches([self.batch()], command="test")
        store.write_links(self.suggested, method_scope="story", command="test")


ANSWERED, CARRIED, ALIGNS, SAME = LinkKind.ANSWERED_BY, LinkKind.CARRIED_TO, LinkKind.ALIGNS_WITH, LinkKind.SAME_WORK
OWNERS = {"V1": "กม. หมู่ 1", "L1": "อบต.ก", "L2": "อบต.ข", "D5": "อ.หนึ่ง", "P7": "คกก.จังหวัด", "A8": "อบจ.", "P9": "จังหวัด"}


def _places(story: Story) -> None:
    for code, name, level in (
        ("81", "กระบี่", "province"),
        ("8104", "คลองท่อม", "district"),
        ("810401", "ตำบลก", "tambon"),
        ("810402", "ตำบลข", "tambon"),
        ("81040101", "บ้านหนึ่ง", "village"),
        ("81040201", "บ้านสอง", "village"),
    ):
        story.areas.append(AreaRecord(uid=code, name=name, level=level, parent=code[:-2] or None))


def _plans(story: Story) -> None:
    story.plan("V1", "PK01", "81040101", OWNERS["V1"])
    story.plan("L1", "PK03", "810401", OWNERS["L1"], due_on="2026-10-31")
    story.plan("L1a", "PK03", "810401", OWNERS["L1"], Stage.ACTION, year_from=2568, year_to=2568)
    story.plan("L1c", "PK03", "810401", OWNERS["L1"], Stage.CONTRACT, year_from=2568, year_to=2568)
    story.plan("L2", "PK03", "810402", OWNERS["L2"], due_on="2026-10-31", submitted_on="2026-11-04")
    story.plan("D5", "PK05", "8104", OWNERS["D5"], due_on="2026-06-30", submitted_on="2026-06-30")
    story.plan("D6", "PK06", "8104", "คกก.อำเภอ")
    story.plan("P7", "PK07", "81", OWNERS["P7"])
    story.plan("A8", "PK08", "81", OWNERS["A8"])
    story.plan("P9", "PK09", "81", OWNERS["P9"], due_on="2026-09-30")


def _needs(story: Story) -> None:
    story.need("N01", "ถนนสายบ้านหนึ่งเป็นหลุมเป็นบ่อ", village_no=1, village_name="บ้านหนึ่ง")
    story.need("N02", "น้ำประปาไม่ไหล", village_no=1)
    story.need("N03", "ขอสนามกีฬา", outcome="rejected", outcome_reason="ไม่อยู่ในอำนาจหน้าที่")
    story.need("N04", "ขอไฟทางสาธารณะ")
    story.need("N05", "สะพานข้ามคลองชำรุด")
    story.need("N06", "ขุดลอกคลองหลังบ้าน")
    story.need("N07", "ศาลาประชาคมหลังคารั่ว")
    story.need("N08", "ขอถังขยะเพิ่ม")
    story.need("N09", "หอกระจายข่าวเสีย")
    story.need("N10", "ลานตากข้าว")
    story.need("N11", "ถนนเชื่อมสองตำบล", plan="V1", area="81040201")
    story.need("N12", "ขุดลอกคลองหลังบ้าน", year=2568)
    story.need("N13", "คลองหลังบ้านตื้นเขิน น้ำท่วม", year=2569)
    story.need("N14", "ขอรถรับส่งนักเรียน", area=None, source_id=None)


def _projects(story: Story) -> None:
    story.project("A3", "ก่อสร้างถนน คสล. บ้านหนึ่ง", "L1", amount=1_000_000.0, beyond_capacity=True)
    story.project("A5", "ก่อสร้างถนน คสล. บ้านหนึ่ง", "D5", area="8104", amount=1_200_000.0)
    story.project("A6", "ก่อสร้างถนน คสล. บ้านหนึ่ง", "D6", area="8104", amount=1_200_000.0)
    story.project("A9", "ยกระดับถนนสายหลัก", "P9", area="81", amount=1_500_000.0)
    story.project("B3", "ขยายเขตประปา", "L1", amount=500_000.0)
    story.project("B4", "ขยายเขตประปาหมู่บ้าน", "L1a", amount=480_000.0)
    story.project("B5", "จ้างขยายเขตประปา", "L1c", amount=470_000.5, payer="กองช่าง อบต.ก")
    story.project("D3", "ติดตั้งไฟทาง", "L1", amount=90_000.0, outcome="rejected", outcome_reason="พื้นที่ป่าสงวน")
    story.project("E3", "ก่อสร้างสะพาน", "L1", amount=9_000_000.0, beyond_capacity=True, beyond_reason="เกินงบประมาณ อบต.")
    story.project("F3", "ขุดลอกคลอง", "L1", amount=300_000.0, source_id=None, status_text="รอจัดสรร")
    story.project("G3", "ซ่อมหอกระจายข่าว", "L1", amount=50_000.0)
    story.project("G4", "ติดตั้งเสียงตามสาย", "L1", amount=60_000.0, outcome="rejected", outcome_reason="ซ้ำกับโครงการเดิม")
    story.project("K3", "ก่อสร้างถนนเชื่อมตำบลก – ตำบลข", "L2", area="810402", amount=3_000_000.0, beyond_capacity=True)
    story.project("K7", "ก่อสร้างถนนเชื่อมตำบล", "P7", area="81", amount=3_000_000.0)
    story.project("K8", "ก่อสร้างถนนเชื่อมตำบล", "A8", area="81", amount=3_500_000.0)
    story.project("R3", "จัดงานสงกรานต์", "L1", amount=100_000.0, item_kind=ItemKind.RECURRING)
    story.project("M3", "เงินเดือนพนักงาน", "L1", amount=2_000_000.0, item_kind=ItemKind.ADMINISTRATIVE)
    story.project("Q3", "จัดซื้อรถยนต์", "L1", amount=800_000.0, item_kind=ItemKind.EQUIPMENT)
    story.project("X3", "ขุดลอกคลองตำบลข", "L2", area="810402", amount=280_000.0)


def _links(story: Story) -> None:
    story.declare(ANSWERED, "N01", "A3")
    story.declare(CARRIED, "A3", "A5", flow="B14")
    story.declare(CARRIED, "A5", "A6", flow="B19")
    story.suggest(CARRIED, "A6", "A9", 0.8)
    story.suggest(ANSWERED, "N02", "B3", 0.7)
    story.suggest(CARRIED, "B3", "B4", 0.9)  # confirmed below
    story.declare(CARRIED, "B4", "B5")
    story.declare(ANSWERED, "N04", "D3")
    story.declare(ANSWERED, "N05", "E3")
    story.declare(ANSWERED, "N06", "F3")
    story.suggest(ANSWERED, "N07", "F3", 0.3)
    story.suggest(ANSWERED, "N08", "G3", 0.95)  # rejected below
    story.declare(ANSWERED, "N09", "G4")
    story.suggest(ANSWERED, "N09", "G3", 0.6)  # confirmed below
    story.declare(ANSWERED, "N10", "F3")  # and declined below
    story.declare(ANSWERED, "N11", "K3")
    story.declare(CARRIED, "K3", "K7")
    story.declare(CARRIED, "K7", "K8", flow="B21")
    story.declare(ANSWERED, "N13", "F3")


def _strategies(story: Story) -> None:
    for number, name, parent in (("1", "น้ำ", None), ("2", "ถนน", None), ("2.1", "ถนนเชื่อม", "2"), ("3", "คน", None)):
        story.strategies.append(
            StrategyRecord(
                uid=f"PV81-2566:{number}",
                list_id="PV81-2566",
                list_name="แผนพัฒนาจังหวัด",
                version="2566",
                number=number,
                name=name,
                level="province",
                parent=parent,
                valid_from=2566,
                valid_to=2570,
                area="81",
            )
        )
    story.declare(ALIGNS, "A3", "PV81-2566:2")
    story.suggest(ALIGNS, "A3", "PV81-2566:2.1", 0.9)  # below the declared one: no disagreement
    story.declare(ALIGNS, "A3", "NS:2")
    story.declare(ALIGNS, "B3", "PV81-2566:2")
    story.suggest(ALIGNS, "B3", "PV81-2566:1", 0.8)  # disagrees
    story.suggest(ALIGNS, "E3", "PV81-2566:2", 0.6)
    story.suggest(ALIGNS, "F3", "PV81-2566:1", 0.4)
    story.suggest(ALIGNS, "R3", "NS:4", 0.7)  # confirmed below
    story.declare(ALIGNS, "G3", "BP:00310")


def _same_work(story: Story) -> None:
    """Every class once; F3–X3 and K3–K8 may be paid twice."""
    story.suggest(SAME, "F3", "X3", 0.75, work_class="likely_duplicate")
    story.declare(SAME, "G3", "G4", work_class="same_book")
    story.suggest(SAME, "E3", "K3", 0.9, work_class="duplicate")  # confirmed below
    story.suggest(SAME, "B3", "X3", 0.4, work_class="two_channels")
    story.suggest(SAME, "K3", "K8", 0.9, work_class="carried")
    story.suggest(SAME, "A3", "E3", 0.9, work_class="next_phase")
    story.suggest(SAME, "D3", "G3", 0.9, work_class="duplicate")  # rejected below
    story.suggest(SAME, "A3", "A5", 0.9, work_class="duplicate")  # a declared CARRIED_TO explains it
    classes = (
        "carried_forward",
        "recurring",
        "elsewhere",
        "merged_split",
        "next_step",
        "procurement_step",
        "amended",
        "joint",
    )
    ends = ("A3", "B3", "D3", "E3", "G3", "G4", "R3", "M3")
    for end, code in zip(ends, classes, strict=True):
        story.suggest(SAME, end, "Q3", 0.9, work_class=code)


#: (kind, from, to, verdict) of one person.
VERDICTS: Sequence[tuple[LinkKind, str, str, str]] = (
    (CARRIED, "proj:B3", "proj:B4", "confirm"),
    (ANSWERED, "need:N08", "proj:G3", "reject"),
    (ANSWERED, "need:N09", "proj:G3", "confirm"),
    (ALIGNS, "proj:R3", "NS:4", "confirm"),
    (SAME, "proj:E3", "proj:K3", "confirm"),
    (SAME, "proj:D3", "proj:G3", "reject"),
)


def _superseded(store: Store) -> None:
    """Needs of an older file that its newer version states no more: never shown."""
    for digest, text in (("a" * 64, "ความต้องการเดิม"), ("b" * 64, "ความต้องการใหม่")):
        story = Story(file="forum.csv", sheet="", digest=digest)
        story.plan("V2", "PK01", "81040201", "กม. หมู่ 2")
        story.need("OLD" if digest.startswith("a") else "NEW", text, plan="V2", area="81040201", source_id=None)
        store.write_batches([story.batch()], command="test")


def tell(store: Store) -> Store:
    """Write the whole story."""
    story = Story()
    for part in (_places, _plans, _needs, _projects, _strategies, _links, _same_work):
        part(story)
    story.write(store)
    _superseded(store)
    for kind, start, end, verdict in VERDICTS:
        store.decide(kind, start, end, verdict, reason="ตรวจแล้ว", by="ผู้ตรวจ", at="2026-11-01T09:00:00+00:00")
    store.decline_need("need:N10", reason="ที่ดินเป็นของเอกชน", by="ผู้ตรวจ", at="2026-11-02T09:00:00+00:00")
    return store

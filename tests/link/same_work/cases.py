"""Invented pairs in the manner of the decision table: what they look like, whether they are one work, their class.

Real district and tambon codes of Krabi, invented villages, works and sums.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.link.readers import make_item
from tracegraph.model.items import Item

TAMBON = "810805"
OTHER_TAMBON = "810204"
LOCAL = {"owner": "body:local", "owner_name": "อบต.คลองตัวอย่าง", "plan_kind": "PK03", "plan_rank": 3}
PROVINCIAL = {"owner": "body:pao", "owner_name": "อบจ.กระบี่", "plan_kind": "PK08", "plan_rank": 5}
AGENCY = {"owner": "body:irrigation", "owner_name": "โครงการชลประทานตัวอย่าง", "plan_kind": "PK03", "plan_rank": 3}
DISTRICT_LIST = {"owner": "body:district", "owner_name": "อำเภอตัวอย่าง", "plan_kind": "PK05", "plan_rank": 4}


def project(text: str, *, amount: float | None = None, year: int | None = 2569, **fields: object) -> Item:
    """A project of the local body in its plan, unless fields say otherwise; money in one year."""
    money: dict[str, object] = {}
    if amount is not None and year is not None:
        money = {"years": (year,), "amounts": (amount,), "amount": amount}
    elif year is not None:
        money = {"years": (year,)}
    plan = {"plan": "plan:local-2566", "document": "doc:local", "edition_no": 1}
    place = {"province": "81", "district": "8108", "tambon": TAMBON, "area": TAMBON}
    uid = f"proj:{fields.get('owner', 'local')}:{fields.get('plan', '')}:{fields.get('row', 0)}:{text}"
    return make_item(text, **{"uid": uid, **LOCAL, **plan, **place, **money, **fields})


@dataclass(frozen=True)
class Case:
    """A pair, the truth about it, and the class it must be given (None: not tested)."""

    name: str
    left: Item
    right: Item
    same: bool
    work_class: str | None


SAME = (
    Case(
        "two bodies build one road",
        project("ก่อสร้างถนน คสล. สายบ้านทุ่งยาว – บ้านในไร่ (กม.0+000–0+800)", amount=2_000_000),
        project(
            "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านทุ่งยาว เชื่อม บ้านในไร่ (กม.0+000 ถึง กม.0+750)",
            amount=2_150_000,
            plan="plan:pao",
            **PROVINCIAL,
        ),
        same=True,
        work_class="duplicate",
    ),
    Case(
        "two bodies dredge one canal, measures missing",
        project("ขุดลอกคลองบางควาย ม.2-4", amount=500_000, year=2568),
        project("กำจัดวัชพืชและขุดลอกคลองบางควาย หมู่ที่ 2-4", year=2568, plan="plan:rid", **AGENCY),
        same=True,
        work_class="likely_duplicate",
    ),
    Case(
        "twice in one plan, forgotten between two editions",
        project("ติดตั้งเสียงไร้สาย หมู่ที่ 1", amount=380_000, row=14),
        project(
            "ติดตั้งระบบหอกระจายข่าวไร้สาย หมู่ที่ ๑",
            amount=380_000,
            plan="plan:local-2566-add",
            edition_no=2,
            row=3,
            document="doc:local-add",
        ),
        same=True,
        work_class="same_book",
    ),
    Case(
        "own money and asked of the province at once",
        project("จัดซื้อโคมไฟถนนโซลาร์เซลล์ สายบ้านควนใน – บ้านควนนอก จำนวน 15 ต้น", amount=500_000, form="ผ.02"),
        project(
            "ติดตั้งโคมไฟถนนโซล่าเซลล์ สายบ้านควนใน – บ้านควนนอก จำนวน 15 ต้น",
            amount=500_000,
            form="ผ.02/2",
            beyond_capacity=True,
            row=40,
        ),
        same=True,
        work_class="two_channels",
    ),
    Case(
        "asked of the province and taken up there",
        project(
            "ปรับปรุงถนนคอนกรีตเสริมเหล็กสายโรงปุ๋ย หมู่ที่ 4",
            amount=1_879_000,
            year=2567,
            form="ผ.02/2",
            beyond_capacity=True,
            payer="อบจ.กระบี่",
        ),
        project("ปรับปรุงถนน คสล. สายโรงปุ๋ย ม.4", amount=1_879_000, year=2568, plan="plan:pao", **PROVINCIAL),
        same=True,
        work_class="carried",
    ),
    Case(
        "carried to the district list",
        project("ก่อสร้างเขื่อนป้องกันตลิ่ง คลองหน้าเขา หมู่ที่ 7", amount=18_500_000, beyond_capacity=True),
        project("ก่อสร้างเขื่อนกันตลิ่งพัง คลองหน้าเขา ม.7", amount=18_500_000, plan="plan:pk05", **DISTRICT_LIST),
        same=True,
        work_class="carried",
    ),
    Case(
        "from the plan to the operation plan",
        project("ปรับปรุงรางระบายน้ำ ค.ส.ล.แบบมีฝาปิด ซอย 2 บ้านควนใน หมู่ที่ 2", amount=313_733.61),
        project(
            "ปรับปรุงรางระบายน้ำ คสล. มีฝาปิด ซอย 2 บ้านควนใน หมู่ที่ 2",
            amount=313_733.61,
            stage="action",
            plan="plan:action",
            document="doc:action",
        ),
        same=True,
        work_class="carried",
    ),
    Case(
        "from the plan to the contract",
        project("ก่อสร้างถนนคอนกรีตเสริมเหล็ก ซอยสวนใหม่ 5 หมู่ที่ 3", amount=980_000),
        project(
            "ประกวดราคาจ้างก่อสร้างโครงการก่อสร้างถนน ค.ส.ล. ซอยสวนใหม่ ๕ หมู่ที่ ๓ ด้วยวิธีประกวดราคาอิเล็กทรอนิกส์ (e-bidding)"
            " (เลขที่โครงการ : 69010000001)",
            amount=912_000,
            stage="contract",
            plan="plan:contracts",
            document="doc:contracts",
        ),
        same=True,
        work_class="procurement_step",
    ),
    Case(
        "not done, planned again next year",
        project("ขุดเจาะบ่อบาดาล บ้านหัวแหลม หมู่ที่ 2", amount=500_000, year=2567, row=8),
        project(
            "ขุดเจาะบ่อน้ำบาดาล บ้านหัวแหลม ม.2",
            amount=550_000,
            year=2568,
            plan="plan:local-2568",
            edition_no=2,
            row=8,
            document="doc:local-2568",
        ),
        same=True,
        work_class="carried_forward",
    ),
    Case(
        "the old row and the changed row below it",
        project("ก่อสร้างถนน คสล. ซอยสวนใหม่ 9 หมู่ที่ 3", amount=2_000_000, amendment="เดิม", row=20),
        project("ก่อสร้างถนน คสล. ซอยสวนใหม่ 9 หมู่ที่ 3", amount=3_920_000, amendment="เปลี่ยนแปลง", row=21),
        same=True,
        work_class="amended",
    ),
    Case(
        "two bodies that say they do it together",
        project("ปรับปรุงสถานที่ท่องเที่ยวหาดทรายงาม หมู่ที่ 5 ร่วมกับ อบจ.กระบี่", amount=800_000),
        project(
            "ปรับปรุงสถานที่ท่องเที่ยวหาดทรายงาม หมู่ที่ 5 ร่วมกับ อบต.คลองตัวอย่าง",
            amount=800_000,
            plan="plan:pao",
            **PROVINCIAL,
        ),
        same=True,
        work_class="joint",
    ),
    Case(
        "one title in the books of two years",
        project("ประเพณีลอยเรือ ตำบลคลองตัวอย่าง", amount=100_000, year=2567, item_kind="recurring"),
        project(
            "ประเพณีลอยเรือ ตำบลคลองตัวอย่าง",
            amount=100_000,
            year=2568,
            item_kind="recurring",
            plan="plan:local-2568",
            document="doc:local-2568",
            edition_no=2,
        ),
        same=True,
        work_class="recurring",
    ),
)

NOT_SAME = (
    Case(
        "the next soi",
        project("ก่อสร้างถนน คสล. สายซอยควนใน ซอย 2 หมู่ที่ 3", amount=980_000),
        project("ก่อสร้างถนน คสล. สายซอยควนใน ซอย 3 หมู่ที่ 3", amount=980_000),
        same=False,
        work_class="elsewhere",
    ),
    Case(
        "the same name in another tambon",
        project("ก่อสร้างถนน คสล. ซอยควนใน ซอย 2 หมู่ที่ 3", amount=980_000),
        project(
            "ก่อสร้างถนน คสล. ซอยควนใน ซอย 2 หมู่ที่ 3",
            amount=980_000,
            tambon=OTHER_TAMBON,
            area=OTHER_TAMBON,
            district="8102",
            owner="body:other",
        ),
        same=False,
        work_class="elsewhere",
    ),
    Case(
        "equal money to the satang in another village",
        project("ก่อสร้างรางระบายน้ำ คสล. แบบมีฝาปิด หมู่ที่ 1", amount=478_324.82),
        project("ก่อสร้างรางระบายน้ำ คสล. แบบมีฝาปิด หมู่ที่ 4", amount=478_324.82),
        same=False,
        work_class="elsewhere",
    ),
    Case(
        "the section beyond",
        project("ซ่อมสร้างผิวจราจรแอสฟัลท์ติกคอนกรีต สายบ้านทุ่งหลวง – บ้านหัวสะพาน (กม.0+000–1+200)", amount=4_320_000),
        project("ซ่อมสร้างผิวจราจรแอสฟัลท์ติกคอนกรีต สายบ้านทุ่งหลวง – บ้านหัวสะพาน (กม.1+200–2+400)", amount=4_320_000),
        same=False,
        work_class="next_phase",
    ),
    Case(
        "the second phase",
        project("ปรับปรุงรางระบายน้ำ คสล. ซอย 4 ช่วงที่ 1 หมู่ที่ 6", amount=420_000),
        project("ปรับปรุงรางระบายน้ำ คสล. ซอย 4 ช่วงที่ 2 หมู่ที่ 6", amount=420_000),
        same=False,
        work_class="next_phase",
    ),
    Case(
        "gravel first, concrete later",
        project("ลงหินคลุก ซอยควนใน ซอย 2 หมู่ที่ 3", amount=90_000, year=2567),
        project("ก่อสร้างถนนคอนกรีตเสริมเหล็ก ซอยควนใน ซอย 2 หมู่ที่ 3", amount=980_000),
        same=False,
        work_class="next_step",
    ),
    Case(
        "house lights and street lights",
        project("อุดหนุนการไฟฟ้าส่วนภูมิภาค ขยายเขตไฟฟ้า หมู่ที่ 6", amount=500_000),
        project("ติดตั้งไฟฟ้าสาธารณะ หมู่ที่ 6", amount=500_000),
        same=False,
        work_class=None,
    ),
    Case(
        "cleaning a pipe and dredging a canal",
        project("ขุดลอกคลองห้วยลึก หมู่ที่ 4", amount=300_000),
        project("จ้างเหมาลอกท่อระบายน้ำและรางระบายน้ำ หมู่ที่ 4", amount=300_000),
        same=False,
        work_class=None,
    ),
    Case(
        "one school, two purchases",
        project("ปรับปรุงอาคารศูนย์พัฒนาเด็กเล็กบ้านทับไทร หมู่ที่ 3", amount=780_000),
        project("ค่าอาหารเสริม (นม) ศูนย์พัฒนาเด็กเล็กบ้านทับไทร", amount=780_000),
        same=False,
        work_class=None,
    ),
    Case(
        "two trucks of six wheels",
        project("จัดซื้อรถบรรทุกขยะแบบอัดท้าย ขนาด 6 ล้อ", amount=2_500_000),
        project("จัดซื้อรถบรรทุกน้ำดับเพลิงเอนกประสงค์ ขนาด 6 ล้อ", amount=2_500_000),
        same=False,
        work_class=None,
    ),
    Case(
        "two diseases",
        project("ป้องกันและควบคุมโรคไข้เลือดออก", amount=80_000),
        project("ป้องกันและควบคุมโรคพิษสุนัขบ้า", amount=80_000),
        same=False,
        work_class=None,
    ),
    Case(
        "the other bank",
        project("ก่อสร้างเขื่อนป้องกันตลิ่ง คลองระบายน้ำที่ 1 (ฝั่งตะวันตก) หมู่ที่ 3", amount=9_000_000),
        project("ก่อสร้างเขื่อนป้องกันตลิ่ง คลองระบายน้ำที่ 1 (ฝั่งตะวันออก) หมู่ที่ 3", amount=9_000_000),
        same=False,
        work_class="elsewhere",
    ),
    Case(
        "two houses",
        project("ก่อสร้างสะพานเหล็กข้ามคลองท่าดี บริเวณหน้าบ้านเลขที่ 46/1 หมู่ที่ 7", amount=850_000),
        project("ก่อสร้างสะพานเหล็กข้ามคลองท่าดี บริเวณหน้าบ้านเลขที่ 69/3 หมู่ที่ 7", amount=850_000),
        same=False,
        work_class="elsewhere",
    ),
    Case(
        "two pumps",
        project("จ้างซ่อมเครื่องสูบน้ำ หมายเลขครุภัณฑ์ 055-48-0010 จำนวน 1 เครื่อง", amount=12_525, stage="contract"),
        project("จ้างซ่อมเครื่องสูบน้ำ หมายเลขครุภัณฑ์ 055-48-0012 จำนวน 1 เครื่อง", amount=12_525, stage="contract", row=2),
        same=False,
        work_class=None,
    ),
    Case(
        "two months",
        project("จ้างเหมาประกอบอาหารกลางวัน ประจำเดือน มีนาคม 2568 ศูนย์พัฒนาเด็กเล็กบ้านทับไทร", stage="contract"),
        project("จ้างเหมาประกอบอาหารกลางวัน ประจำเดือน เมษายน 2568 ศูนย์พัฒนาเด็กเล็กบ้านทับไทร", stage="contract", row=2),
        same=False,
        work_class="recurring",
    ),
    Case(
        "buying a machine and mending it",
        project("เครื่องปรับอากาศ", target="จัดซื้อเครื่องปรับอากาศ จำนวน 2 เครื่อง", amount=64_000),
        project("จ้างซ่อมเครื่องปรับอากาศ จำนวน 2 เครื่อง (กองคลัง)", amount=5_200, stage="contract", plan="plan:c"),
        same=False,
        work_class=None,
    ),
    Case(
        "numbered spots",
        project("ก่อสร้างสะพานข้ามคลองท่าดี (จุดที่ 2)", amount=1_900_000),
        project("ก่อสร้างสะพานข้ามคลองท่าดี (จุดที่ 6)", amount=1_900_000),
        same=False,
        work_class=None,
    ),
)

CASES = (*SAME, *NOT_SAME)

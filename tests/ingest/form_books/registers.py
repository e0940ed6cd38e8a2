"""The planner's own register of three sheets, and an export of contracts."""

from __future__ import annotations

from tests.ingest.form_books.offices import YEARS
from tests.ingest.form_books.sheets import Cell, Sheet, sheet

REGISTER = (
    "ลำดับที่", "รหัส ID", "ยุทธศาสตร์", "แผนงาน", "ชื่อโครงการ", "เป้าหมาย (ผลผลิตของโครงการ)", *YEARS, "หน่วยงานรับผิดชอบ",
    "ประเภทงาน (ยศ.5)", "หมู่ที่ (ยศ.5)", "เล่มแผนพัฒนาฯ", "หน้า", "ข้อ", "ตรวจซ้ำ", "แหล่งข้อมูล", "รหัส ID เดิม", "สถานะงบประมาณ",
    "ปีงบประมาณที่ได้รับ", "งบที่ได้รับจริง (บาท)", "จำนวนครั้งที่ปรากฏในแผนดำเนินงาน", "ชื่อโครงการในแผนดำเนินงาน", "ตรวจกับ PDF",
)  # fmt: skip


def register() -> tuple[Sheet, ...]:
    """The planner's own workbook of three sheets, group values written once and blank below."""

    def line(number: int, code: str, strategy: Cell, programme: Cell, name: str, *money: Cell) -> list[Cell]:
        paid = [*money, *[None] * (5 - len(money))]
        tail: list[Cell] = [
            "กองช่าง",
            "ถนน",
            3,
            "เล่มแผน 2566-2570",
            45,
            number,
            None,
            "ประชาคม",
            None,
            None,
            None,
            None,
            None,
            None,
            None,
        ]
        return [number, code, strategy, programme, name, "1 แห่ง", *paid, *tail]

    works = [
        list(REGISTER),
        line(1, "A001", "ด้านโครงสร้างพื้นฐาน", "แผนงานอุตสาหกรรมและการโยธา", "ก่อสร้างถนนคอนกรีตสายใน", 500000),
        line(2, "A002", None, None, "วางท่อระบายน้ำ", None, 300000),
        line(3, "A003", None, None, "ขุดลอกคลองสายหลัก", None, None, 80000),
        line(4, "A004", "ด้านสังคม", "แผนงานสาธารณสุข", "อบรมอาสาสมัครสาธารณสุข", 20000),
    ]
    beyond = [
        list(REGISTER),
        line(1, "B001", "ด้านโครงสร้างพื้นฐาน", "แผนงานอุตสาหกรรมและการโยธา", "ก่อสร้างสะพานข้ามคลองใหญ่", 9000000),
    ]
    things = [list(REGISTER), line(1, "C001", "ด้านบริหาร", "แผนงานบริหารงานทั่วไป", "เครื่องปรับอากาศ", 60000)]
    return sheet("บัญชีโครงการ", works), sheet("โครงการเกินศักยภาพ", beyond), sheet("บัญชีครุภัณฑ์", things)


def procurement(title: str = "Sheet1") -> Sheet:
    """An export of contracts."""
    head = ["เลขที่โครงการ", "ชื่อโครงการ", "หน่วยงาน", "ราคาตกลงซื้อหรือจ้าง", "ปีงบประมาณ", "สถานะสัญญา", "ผู้รับจ้าง"]
    rows: list[list[Cell]] = [
        ["67109000001", "จ้างก่อสร้างถนนคอนกรีตสายใน หมู่ที่ 3", "เทศบาลตำบลศาลาด่าน", 478000, 2568, "ส่งงานครบ", "หจก.ก่อสร้าง"],
        ["67109000002", "ซื้อเครื่องปรับอากาศ", "เทศบาลตำบลศาลาด่าน", 58000, 2568, "ลงนามสัญญา", "ร้านแอร์"],
    ]
    return sheet(title, [head, *rows])

"""ผ.01 and ผ.02 of a local plan: in the strategy shape, and in the issue shape of 2571–2575."""

from __future__ import annotations

from collections.abc import Sequence

from tests.ingest.form_books.offices import OFFICE, YEARS
from tests.ingest.form_books.sheets import Cell, Sheet, sheet

DECLARED = (
    "ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 5 ด้านการสร้างการเติบโตบนคุณภาพชีวิตที่เป็นมิตรต่อสิ่งแวดล้อม",
    "ข. แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13 หมุดหมายที่ 10",
    "ค. Sustainable Development Goals (SDGs) เป้าหมายที่ 6",
    "ง. ยุทธศาสตร์จังหวัดที่ 3 คุณภาพชีวิต",
    "จ. ยุทธศาสตร์การพัฒนาของ อปท. ในเขตจังหวัดที่ 2 ด้านสิ่งแวดล้อม",
)


def p01(title: str = "สรุป", *, count: int = 2, money: int = 800000, total: int = 800000) -> Sheet:
    """ผ.01 in the strategy shape, one year and all five."""
    years = [(f"ปี {year}", None) for year in YEARS]
    above = [["บัญชีสรุปโครงการพัฒนา"], ["แผนพัฒนาท้องถิ่น (พ.ศ.2566 - 2570)"], [OFFICE]]
    head = [
        ["ยุทธศาสตร์", *(c for pair in years for c in pair), "รวม 5 ปี", None],
        [None, *["จำนวนโครงการ", "งบประมาณ\n(บาท)"] * 6],
    ]
    none: list[Cell] = ["-", "-"] * 3
    rows = [
        ["1. ยุทธศาสตร์ด้านโครงสร้างพื้นฐาน"],
        ["แผนงานอุตสาหกรรมและการโยธา", 1, 500000, 1, 300000, *none, count, money],
        ["รวม", 1, 500000, 1, 300000, *none, count, money],
        ["รวมทั้งสิ้น", 1, 500000, 1, 300000, *none, count, total],
    ]
    merges = ["A4:A5", "B4:C4", "D4:E4", "F4:G4", "H4:I4", "J4:K4", "L4:M4"]
    return sheet(title, [*above, *head, *rows], merges)


def p02(
    title: str = "ผ.02",
    *,
    first: str = "รายละเอียดโครงการพัฒนา",
    edition: str = "",
    years: Sequence[Cell] = YEARS,
    ordinance: bool = False,
    stamp: str = "แบบ ผ.02",
    strategy: tuple[str, str] = ("1", "ยุทธศาสตร์ด้านโครงสร้างพื้นฐาน"),
    tactic: tuple[str, str] = ("1.1", "พัฒนาเส้นทางคมนาคม"),
    programme: str = "แผนงานอุตสาหกรรมและการโยธา",
    body: Sequence[Sequence[Cell]] = (),
) -> Sheet:
    """ผ.02 in the strategy shape: 11 lines above, headings of three rows (12–14), 12 columns, or 17 with เทศบัญญัติ."""
    count = len(years)
    wide = [None] * (count - 1)
    above: list[list[Cell]] = [
        [first],
        [f"แผนพัฒนาท้องถิ่น (พ.ศ.2566 - 2570) {edition}".strip()],
        [OFFICE, *[None] * (6 + count), stamp],
        *([line] for line in DECLARED),
        [". ".join(strategy)],
        [" ".join(tactic)],
        [f"(1) {programme}"],
    ]
    more: list[Cell] = ["เทศบัญญัติ", *wide] if ordinance else []
    head: list[list[Cell]] = [
        [
            "ที่",
            "โครงการ",
            "วัตถุประสงค์",
            "เป้าหมาย",
            "งบประมาณ",
            *wide,
            "ตัวชี้วัด",
            "ผลที่คาดว่า\nจะได้รับ",
            "หน่วยงานที่\nรับผิดชอบหลัก",
            *more,
        ],
        [None, None, None, "(ผลผลิตของโครงการ)", *years, "(KPI)", None, None, *(years if ordinance else ())],
        [None, None, None, None, *["(บาท)"] * count, None, None, None, *(["(บาท)"] * count if ordinance else ())],
    ]
    last = chr(ord("E") + count - 1)
    merges = ["A12:A14", "B12:B14", "C12:C14", f"E12:{last}12", "A1:L1", "A2:L2"]
    merges += [f"{chr(ord(last) + 2)}12:{chr(ord(last) + 2)}14", f"{chr(ord(last) + 3)}12:{chr(ord(last) + 3)}14"]
    return sheet(title, [*above, *head, *body], merges)


def work(number: Cell, name: str, *money: Cell, department: str = "กองช่าง") -> list[Cell]:
    """A row of ``p02`` with money of its five years; what is left out is empty."""
    paid = [*money, *[None] * (5 - len(money))]
    return [number, name, "เพื่อให้สัญจรสะดวก", "1 แห่ง", *paid, "ร้อยละ 80", "ประชาชนได้รับประโยชน์", department]


def issue(
    title: str = "Sheet1", *, edition: str = "", reason: bool = False, body: Sequence[Sequence[Cell]] | None = None
) -> Sheet:
    """ผ.02 in the issue shape of 2571–2575: no indicator; เหตุผลความจำเป็น in amendments only."""
    years = [f"พ.ศ. {year}<br>(บาท)" for year in range(2571, 2576)]
    extra: list[Cell] = ["เหตุผลความจำเป็น"] if reason else []
    head = [
        [
            "ที่",
            "โครงการ",
            "วัตถุประสงค์",
            "เป้าหมาย\n(ผลผลิตของโครงการ)",
            "งบประมาณ",
            None,
            None,
            None,
            None,
            "ผลที่คาดว่าจะได้รับ",
            "หน่วยงานรับผิดชอบหลัก",
            *extra,
        ],
        [None, None, None, None, *years, None, None],
    ]
    because: list[Cell] = ["ประชาชนร้องขอ"] if reason else []
    rows = body or [
        ["1. ประเด็นการพัฒนาท้องถิ่น: น้ำและสิ่งแวดล้อม"],
        [1, "ขุดลอกคลองสายหลัก", "ระบายน้ำ", "1 สาย", 100000, 100000, "-", "-", "-", "น้ำไม่ท่วม", "กองช่าง", *because],
        [2, "ก่อสร้างฝายน้ำล้น", "กักน้ำ", "1 แห่ง", "-", 250000, "-", "-", "-", "มีน้ำใช้", "กองช่าง", *because],
        ["รวม", "2 โครงการ", "-", "-", 100000, 350000, "-", "-", "-"],
        ["2. ประเด็นการพัฒนาท้องถิ่น: คุณภาพชีวิต"],
        [
            1,
            "อบรมอาสาสมัครสาธารณสุข",
            "ความรู้",
            "50 คน",
            20000,
            20000,
            20000,
            20000,
            20000,
            "สุขภาพดี",
            "กองสาธารณสุข",
            *because,
        ],
        ["รวม", "1 โครงการ", "-", "-", 20000, 20000, 20000, 20000, 20000],
        ["รวมทั้งสิ้น", "3 โครงการ", "-", "-", 120000, 370000, 20000, 20000, 20000],
    ]
    above = [
        ["แบบ ผ.02"],
        ["บัญชีรายละเอียดโครงการพัฒนาท้องถิ่น"],
        [f"แผนพัฒนาท้องถิ่น (พ.ศ. 2571-2575) {edition}".strip()],
        [OFFICE],
    ]
    merges = ["E5:I5", "A5:A6", "B5:B6", "C5:C6", "D5:D6", "J5:J6", "K5:K6"]
    return sheet(title, [*above, *head, *rows], merges)

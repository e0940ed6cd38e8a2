"""Workbooks of each form as offices print and type them: preambles, merged headings, dividers, sums."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import Workbook

from tests.ingest.docx_documents import cell, paragraph, row, table, write_docx

Cell = str | int | float | None
OFFICE = "เทศบาลตำบลศาลาด่าน อำเภอเกาะลันตา จังหวัดกระบี่"
DECLARED = (
    "ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 5 ด้านการสร้างการเติบโตบนคุณภาพชีวิตที่เป็นมิตรต่อสิ่งแวดล้อม",
    "ข. แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13 หมุดหมายที่ 10",
    "ค. Sustainable Development Goals (SDGs) เป้าหมายที่ 6",
    "ง. ยุทธศาสตร์จังหวัดที่ 3 คุณภาพชีวิต",
    "จ. ยุทธศาสตร์การพัฒนาของ อปท. ในเขตจังหวัดที่ 2 ด้านสิ่งแวดล้อม",
)
YEARS = (2566, 2567, 2568, 2569, 2570)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, rows from row 1, merged ranges, and what a person would not see."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[str, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()

    def named(self, title: str) -> Sheet:
        """The same sheet under another name."""
        return replace(self, title=title)


def sheet(title: str, rows: Sequence[Sequence[Cell]], merges: Sequence[str] = ()) -> Sheet:
    """A sheet of rows of any kind."""
    return Sheet(title, tuple(tuple(line) for line in rows), tuple(merges))


def write_book(path: Path, *sheets: Sheet) -> Path:
    """The sheets as an XLSX workbook."""
    book = Workbook()
    book.remove(book.active)
    for one in sheets:
        page = book.create_sheet(one.title)
        for line in one.rows:
            page.append(list(line))
        for area in one.merges:
            page.merge_cells(area)
        for number in one.hidden_rows:
            page.row_dimensions[number].hidden = True
        page.sheet_state = "hidden" if one.hidden else "visible"
    book.save(path)
    return path


def write_csv(path: Path, one: Sheet) -> Path:
    """The sheet as CSV, which keeps no merges."""
    text = io.StringIO()
    width = max(len(line) for line in one.rows)
    csv.writer(text).writerows(
        ("" if c is None else c for c in (*line, *[None] * (width - len(line)))) for line in one.rows
    )
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return path


def write_word(path: Path, one: Sheet, heading_at: int) -> Path:
    """The sheet as a Word document: what stands above row ``heading_at`` (from 1) as paragraphs, then a table."""
    above, below = one.rows[: heading_at - 1], one.rows[heading_at - 1 :]
    width = max(len(line) for line in below)
    lines = [paragraph(str(next((c for c in line if c is not None), ""))) for line in above]
    rows = [row(*(cell("" if c is None else str(c)) for c in (*line, *[None] * (width - len(line))))) for line in below]
    return write_docx(path, *lines, table(*rows))


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


def p03(*, old: bool, title: str = "ผ.08 ครุภัณฑ์") -> Sheet:
    """ผ.03: the older layout (แผนงาน หมวด ประเภท) or the newer one grouped by type of equipment."""
    above = [["บัญชีครุภัณฑ์"], ["แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)"], [OFFICE]]
    if old:
        head = [
            [
                "ที่",
                "แผนงาน",
                "หมวด",
                "ประเภท",
                "เป้าหมาย\n(ผลผลิตของครุภัณฑ์)",
                "งบประมาณ",
                None,
                None,
                None,
                None,
                "หน่วยงานที่รับผิดชอบหลัก",
            ],
            [None, None, None, None, None, *YEARS, None],
        ]
        rows = [
            [
                1,
                "แผนงานบริหารงานทั่วไป",
                "ค่าครุภัณฑ์",
                "ครุภัณฑ์สำนักงาน",
                "เครื่องปรับอากาศ 2 เครื่อง",
                60000,
                None,
                None,
                None,
                None,
                "สำนักปลัด",
            ],
            [
                2,
                "แผนงานบริหารงานทั่วไป",
                "ค่าครุภัณฑ์",
                "ครุภัณฑ์สำนักงาน",
                "โต๊ะทำงาน 5 ตัว",
                None,
                25000,
                None,
                None,
                None,
                "กองคลัง",
            ],
            [
                3,
                "แผนงานการศึกษา",
                "ค่าครุภัณฑ์",
                "ครุภัณฑ์การศึกษา",
                "เครื่องเล่นสนาม 1 ชุด",
                None,
                None,
                90000,
                None,
                None,
                "กองการศึกษา",
            ],
        ]
        return sheet(title, [*above, *head, *rows], ["F4:J4", "A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "K4:K5"])
    head = [
        [
            "ที่",
            "ครุภัณฑ์",
            "เป้าหมาย\n(ผลผลิตของครุภัณฑ์)",
            "งบประมาณรายปี (บาท)",
            None,
            None,
            None,
            None,
            "ผลที่คาดว่าจะได้รับ",
            "หน่วยงานรับผิดชอบ",
        ],
        [None, None, None, *YEARS, None, None],
    ]
    rows = [
        ["1. ครุภัณฑ์สำนักงาน"],
        [1, "เครื่องปรับอากาศ แบบแยกส่วน", "2 เครื่อง", 60000, None, None, None, None, "ทำงานสะดวก", "สำนักปลัด"],
        ["2. ครุภัณฑ์ยานพาหนะและขนส่ง"],
        [1, "รถบรรทุกน้ำ 6 ล้อ", "1 คัน", None, 2500000, None, None, None, "มีน้ำแจกจ่าย", "กองช่าง"],
    ]
    return sheet(title, [*above, *head, *rows], ["D4:H4", "A4:A5", "B4:B5", "C4:C5", "I4:I5", "J4:J5"])


def pd02(title: str = "Sheet1") -> Sheet:
    """ผด.02: months ต.ค.…ก.ย. under two year headings."""
    months = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
    above = [
        ["แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2568"],
        [OFFICE],
        ["1. ยุทธศาสตร์ด้านโครงสร้างพื้นฐาน"],
        ["1.1 แผนงานอุตสาหกรรมและการโยธา"],
    ]
    head = [
        [
            "ลำดับที่",
            "โครงการ/กิจกรรม",
            "รายละเอียดของโครงการ/กิจกรรม",
            "งบประมาณ\n(บาท)",
            "สถานที่\nดำเนินการ",
            "หน่วยงาน\nรับผิดชอบหลัก",
            "พ.ศ. 2567",
            None,
            None,
            "พ.ศ. 2568",
            *[None] * 8,
        ],
        [None] * 6 + months,
    ]
    rows = [
        [1, "ก่อสร้างถนนคอนกรีต ซอย 1", "กว้าง 4 เมตร ยาว 200 เมตร", 480000, "หมู่ที่ 1", "กองช่าง"],
        [2, "วางท่อระบายน้ำ ซอย 3", "ยาว 120 เมตร", "350,000.-", "หมู่ที่ 3", "กองช่าง"],
    ]
    merges = ["G5:I5", "J5:R5", *(f"{c}5:{c}6" for c in "ABCDEF")]
    return sheet(title, [*above, *head, *rows], merges)


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


def village_plan(title: str = "Sheet1") -> Sheet:
    """A village plan in the style of the Community Development Department, by field, with ทำเอง / ทำร่วม / ทำให้."""
    head = [
        "ที่",
        "โครงการ/กิจกรรม",
        "วัตถุประสงค์",
        "เป้าหมาย",
        "งบประมาณ",
        "แหล่งงบประมาณ",
        "ระยะเวลา",
        "ผู้รับผิดชอบ",
        "ลักษณะการดำเนินการ",
    ]
    rows = [
        ["ด้านเศรษฐกิจ"],
        [1, "ส่งเสริมกลุ่มทำปุ๋ยหมัก", "ลดรายจ่าย", "1 กลุ่ม", 5000, "กองทุนหมู่บ้าน", "1 ปี", "คณะกรรมการหมู่บ้าน", "ทำเอง"],
        ["ด้านสังคม"],
        [1, "ขยายเขตประปาหมู่บ้าน", "มีน้ำใช้", "40 ครัวเรือน", 300000, "อบต.", "1 ปี", "อบต.", "ทำให้"],
        [2, "ซ่อมศาลาประชาคม", "มีที่ประชุม", "1 หลัง", 20000, "อบต.", "1 ปี", "อบต.", "ทำร่วม"],
    ]
    above = [["แผนพัฒนาหมู่บ้าน ประจำปี 2568"], ["บ้านคลองนิน หมู่ที่ 3 ตำบลเกาะลันตาใหญ่ อำเภอเกาะลันตา จังหวัดกระบี่"]]
    return sheet(title, [*above, head, *rows])


def forum(title: str = "Sheet1") -> Sheet:
    """What forums proposed: several numbered needs in one cell."""
    rows = [
        [1, 45, "1. ก่อสร้างถนนคอนกรีตสายในบ้าน\n2. ขยายเขตไฟฟ้า\n3. ขุดลอกคลอง"],
        [2, 38, "1) ซ่อมแซมประปาหมู่บ้าน\n   ที่ชำรุด\n2) ไฟส่องสว่าง"],
        [3, 52, "ก่อสร้างศาลาเอนกประสงค์"],
    ]
    above = [["สรุปผลการประชุมประชาคมหมู่บ้าน ปี 2568"], [OFFICE]]
    return sheet(title, [*above, ["หมู่ที่", "จำนวนผู้เข้าร่วม", "โครงการที่เสนอ"], *rows])


def problems(title: str = "Sheet1") -> Sheet:
    """A village's problems and needs, by field in lines."""
    rows = [
        ["ด้านโครงสร้างพื้นฐาน"],
        [1, "ถนนในหมู่บ้านเป็นหลุมเป็นบ่อ", 1],
        [2, "ไฟฟ้าส่องสว่างไม่เพียงพอ", 2],
        ["ด้านคุณภาพชีวิตและสาธารณสุข"],
        [1, "ผู้สูงอายุไม่มีที่ออกกำลังกาย", 3],
    ]
    above = [["สรุปปัญหาและความต้องการ"], ["บ้านคลองนิน หมู่ที่ 3 ตำบลเกาะลันตาใหญ่ อำเภอเกาะลันตา จังหวัดกระบี่"]]
    return sheet(title, [*above, ["ที่", "ปัญหาและความต้องการ", "ลำดับความสำคัญ"], *rows])


def tambon_plan(title: str = "Sheet1") -> Sheet:
    """A tambon's plan."""
    head = ["ที่", "หมู่ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", "หน่วยงานรับผิดชอบ"]
    rows = [
        [1, 1, "ก่อสร้างถนนคอนกรีตสายในบ้าน", "สัญจรสะดวก", "1 สาย", 400000, "อบต."],
        [2, 4, "ขุดลอกคลองส่งน้ำ", "มีน้ำใช้", "2 กม.", 250000, "กรมชลประทาน"],
    ]
    return sheet(title, [["แผนพัฒนาตำบล ประจำปี 2568"], ["ตำบลเกาะลันตาใหญ่ อำเภอเกาะลันตา จังหวัดกระบี่"], head, *rows])


def district_needs(title: str = "Sheet1") -> Sheet:
    """A district's needs list, which has no layout fixed for the whole country."""
    head = ["ลำดับ", "แผนงาน/โครงการ", "ปัญหา/ความต้องการ", "พื้นที่ดำเนินการ\n(หมู่ที่/ตำบล)", "เป้าหมาย/ปริมาณงาน", "งบประมาณ"]
    head += ["หน่วยงานที่ขอรับการสนับสนุน", "เหตุผลที่เกินขีดความสามารถ", "ความสอดคล้องกับแผนพัฒนาจังหวัด", "ลำดับความสำคัญ"]
    rows: list[list[Cell]] = [
        [
            1,
            "ก่อสร้างอ่างเก็บน้ำ",
            "ขาดน้ำทำการเกษตร",
            "หมู่ที่ 4 ต.เกาะลันตาใหญ่",
            "1 แห่ง",
            25000000,
            "กรมชลประทาน",
            "งบประมาณไม่เพียงพอ",
            "ประเด็นที่ 3",
            1,
        ],
        [
            2,
            "ก่อสร้างสะพานข้ามคลอง",
            "เดินทางลำบาก",
            "หมู่ที่ 2 ต.ศาลาด่าน",
            "1 แห่ง",
            12000000,
            "กรมทางหลวงชนบท",
            "เกินอำนาจหน้าที่",
            "ประเด็นที่ 1",
            2,
        ],
    ]
    return sheet(title, [["แผนความต้องการระดับอำเภอ ประจำปี 2568"], ["อำเภอเกาะลันตา จังหวัดกระบี่"], head, *rows])


def beyond_list(title: str = "Sheet1") -> Sheet:
    """Items beyond the capacity of local bodies, as the co-ordinating board lists them."""
    head = ["ที่", "อปท.", "โครงการ", "สถานที่ดำเนินการ", "เป้าหมาย", "งบประมาณ", "เหตุผลที่เกินศักยภาพ"]
    rows = [
        [1, "อบต.คลองเขม้า", "ก่อสร้างเขื่อนกันตลิ่ง", "หมู่ที่ 2", "300 เมตร", 18000000, "งบประมาณเกินกำลัง"],
        [2, "เทศบาลตำบลศาลาด่าน", "ปรับปรุงถนนสายหลัก", "หมู่ที่ 1", "5 กม.", 30000000, "เป็นถนนถ่ายโอน"],
    ]
    above = [["บัญชีโครงการที่เกินขีดความสามารถขององค์กรปกครองส่วนท้องถิ่น"], ["คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับอำเภอ ปี 2568"]]
    return sheet(title, [*above, head, *rows])


def j1(title: str = "Sheet1") -> Sheet:
    """แบบ จ.1: a province's development issues with indicators and then projects by year."""
    years = [f"พ.ศ. {year}" for year in range(2571, 2576)]
    head = ["ประเด็นการพัฒนา", "ตัวชี้วัดของประเด็นการพัฒนา", "ค่าฐาน", "แผนงาน/โครงการ", *years, "หน่วยงานดำเนินการ"]
    rows = [
        [
            "1. การท่องเที่ยวคุณภาพ",
            "รายได้เพิ่มขึ้นร้อยละ 5",
            "1,000",
            "พัฒนาแหล่งท่องเที่ยวชุมชน",
            5000000,
            5000000,
            "-",
            "-",
            "-",
            "สำนักงานท่องเที่ยว",
        ],
        [None, None, None, "ปรับปรุงท่าเทียบเรือ", "-", 20000000, "-", "-", "-", "กรมเจ้าท่า"],
    ]
    above = [["แบบ จ.1"], ["แบบฟอร์มสรุปแผนงานและโครงการสำคัญของจังหวัด"], ["แผนพัฒนาจังหวัดกระบี่ (พ.ศ. 2571-2575)"]]
    return sheet(title, [*above, head, *rows])


def briefs(title: str = "Sheet1", *, colon: bool) -> Sheet:
    """Two briefs (แบบ จ.1-1) one below the other: with colons in one column, or หัวข้อ and รายละเอียด in two."""

    def brief(name: str, money: str, place: str) -> list[list[Cell]]:
        pairs = [
            ("ประเด็นการพัฒนาจังหวัด", "การท่องเที่ยวคุณภาพ"),
            ("แผนงาน", "พัฒนาแหล่งท่องเที่ยว"),
            ("1. ชื่อโครงการสำคัญ", name),
            ("2. หลักการและเหตุผล", "จังหวัดมีแหล่งท่องเที่ยวจำนวนมาก"),
            ("3. วัตถุประสงค์", "เพื่อเพิ่มรายได้ชุมชน"),
            ("4. ตัวชี้วัดและค่าเป้าหมาย", "รายได้เพิ่มขึ้นร้อยละ 5"),
            ("5. พื้นที่เป้าหมาย", place),
            ("6. ขอบเขตของกิจกรรมหลักโดยสังเขป", "ปรับปรุงเส้นทาง"),
            ("7. หน่วยงานดำเนินการ", "สำนักงานการท่องเที่ยวจังหวัด"),
            ("8. ระยะเวลา", "ปีงบประมาณ พ.ศ. 2571"),
            ("9. งบประมาณ", money),
            ("10. ผลผลิต (Output)", "เส้นทาง 1 สาย"),
            ("11. ผลลัพธ์ (Outcome)", "นักท่องเที่ยวเพิ่มขึ้น"),
        ]
        top: list[list[Cell]] = [["แบบ จ.1-1"], ["แบบฟอร์มโครงการแบบย่อ (Project Brief)"]]
        if colon:
            return [*top, *([f"{label} : {text}"] for label, text in pairs)]
        return [*top, ["หัวข้อ", "รายละเอียด"], *([label, text] for label, text in pairs)]

    first = brief("พัฒนาเส้นทางท่องเที่ยวชุมชน", "5,000,000 บาท", "ตำบลศาลาด่าน อำเภอเกาะลันตา")
    second = brief("ปรับปรุงท่าเทียบเรือ", "20,000,000 บาท", "ตำบลเกาะลันตาใหญ่ อำเภอเกาะลันตา")
    return sheet(title, [*first, [None], *second])


def province_table(title: str = "Sheet1") -> Sheet:
    """A provincial table of projects, several values in one cell."""
    head = ["ชื่อโครงการ", "ปีงบประมาณ", "งบประมาณ", "พื้นที่เป้าหมายทั้งหมด", "ยุทธศาสตร์ชาติ 20 ปี", "แผนแม่บทภายใต้ยุทธศาสตร์ชาติ"]
    head += ["แผนพัฒนาฯ ฉบับที่ 13", "ประเด็นการพัฒนาจังหวัด (2566-2570)"]
    rows: list[list[Cell]] = [
        ["ส่งเสริมเกษตรปลอดภัย", 2568, 3500000, "อำเภอเกาะลันตา, อำเภอเหนือคลอง", "2, 5", "3, 18", "1, 8", "1"],
        ["ปรับปรุงถนนเข้าแหล่งท่องเที่ยว", 2568, 15000000, "อำเภอเกาะลันตา", "2", "5, 7", "2", "2"],
    ]
    return sheet(title, [["แผนปฏิบัติราชการประจำปีของจังหวัดกระบี่ พ.ศ. 2568"], head, *rows])


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

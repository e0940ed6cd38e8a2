"""A large workbook in the layout of a ผ.02 book, written part by part: sheets with a preamble, three heading rows,
items under dividers of editions, subtotals and text boxes. And one sheet of a million rows, thirty of which have data.

All words are invented. The same seed gives the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

YEARS = (2566, 2567, 2568, 2569, 2570)
TOP = (
    "ที่",
    "โครงการ",
    "วัตถุประสงค์",
    "เป้าหมาย",
    "งบประมาณ",
    "",
    "",
    "",
    "",
    "ตัวชี้วัด\n(KPI)",
    "ผลที่คาดว่า\nจะได้รับ",
    "หน่วยงาน\nที่รับผิดชอบ",
)
WORKS = (
    "ก่อสร้างถนนคอนกรีตเสริมเหล็ก",
    "ปรับปรุงรางระบายน้ำ",
    "ขุดลอกลำเหมือง",
    "ติดตั้งไฟฟ้าส่องสว่าง",
    "ขยายเขตประปา",
    "ส่งเสริมอาชีพผู้สูงอายุ",
    "อบรมอาสาสมัคร",
    "จัดงานประเพณี",
    "ซ่อมแซมอาคารเรียน",
    "จัดซื้อรถบรรทุกน้ำ",
)
PLACES = ("ซอยพัฒนา", "ซอยร่มเย็น", "หน้าวัด", "ริมคลอง", "ชุมชนตลาด", "บ้านเหนือ", "บ้านใต้", "หลังโรงเรียน")
OFFICES = ("สำนักช่าง", "สำนักสาธารณสุข", "กองสวัสดิการสังคม", "สำนักการศึกษา")
MERGES = ("A12:A14", "B12:B14", "C12:C14", "E12:I12", "J12:J14", "K12:K14", "L12:L14")
_COLUMNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(slots=True)
class Sheet:
    """Rows of a sheet being written, its text boxes (row from 1, words) and its number of items."""

    rows: list[str]
    boxes: list[tuple[int, str]]
    items: int = 0

    def add(self, *cells: str | int) -> int:
        """Write a row; numbers are stored as numbers, empty cells are left out. Gives the row's number."""
        number = len(self.rows) + 1
        self.rows.append(f'<row r="{number}">{"".join(_iter_cells(number, cells))}</row>')
        return number


def _iter_cells(number: int, cells: tuple[str | int, ...]) -> Iterator[str]:
    for column, value in zip(_COLUMNS, cells, strict=False):
        if isinstance(value, int):
            yield f'<c r="{column}{number}"><v>{value}</v></c>'
        elif value:
            yield f'<c r="{column}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def build_sheet(draw: random.Random, number: int, items: int) -> Sheet:
    """One sheet: strategy and programme of its number, ``items`` items in two editions, both subtotals."""
    sheet = Sheet([], [])
    strategy, tactic = number % 6 + 1, number % 4 + 1
    for line in (
        "รายละเอียดโครงการพัฒนา (ตัวอย่าง)",
        "แผนพัฒนาท้องถิ่น (พ.ศ.2566 - 2570)",
        "เทศบาลเมืองตัวอย่าง",
        "ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 2 ด้านการสร้างความสามารถในการแข่งขัน",
        "ข. แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13",
        "ค. Sustainable Development Goals : SDGs เป้าหมายที่ 11",
        "ง. ยุทธศาสตร์จังหวัดที่ 1 พัฒนาคุณภาพชีวิต",
        "จ. ยุทธศาสตร์การพัฒนาขององค์กรปกครองส่วนท้องถิ่นในเขตจังหวัดที่ 1",
        f"{strategy}. ยุทธศาสตร์ที่ {strategy} พัฒนาเมืองด้านที่ {strategy}",
        f"{strategy}.{tactic} กลยุทธ์ส่งเสริมงานด้านที่ {tactic}",
        f"({number % 12 + 1}) แผนงานอุตสาหกรรมและการโยธา",
    ):
        sheet.add(line)
    sheet.add(*TOP)
    sheet.add("", "", "", "(ผลผลิตของโครงการ)", *(str(year) for year in YEARS))
    sheet.add("", "", "", "", *("(บาท)" for _ in YEARS))
    sheet.boxes.append((1, "แบบ ผ.02"))
    totals = [0] * len(YEARS)
    for order in range(items):
        if order == items * 3 // 4:
            sheet.add("", f"เพิ่มเติมครั้งที่ {number % 5 + 1} / 2567")
        _add_item(sheet, draw, number, order + 1, totals)
    sheet.add("", "", "", "รวมงบประมาณ", *totals)
    sheet.add("", "", "", "รวมจำนวนโครงการ", items)
    return sheet


def _add_item(sheet: Sheet, draw: random.Random, number: int, order: int, totals: list[int]) -> None:
    work, place = draw.choice(WORKS), draw.choice(PLACES)
    money = [draw.randrange(20, 4_000) * 1_000 if draw.random() < 0.5 else 0 for _ in YEARS]
    for at, amount in enumerate(money):
        totals[at] += amount
    shown: list[str | int] = [f" {amount:,} " if amount and draw.random() < 0.2 else amount or "-" for amount in money]
    row = sheet.add(
        order,
        f"{work} {place} {number}/{order}",
        f"1. เพื่อ{work}ให้ประชาชนได้รับความสะดวก\n2. เพื่อลดปัญหาของ{place}",
        f"ยาว {draw.randrange(50, 900)} เมตร จำนวน {draw.randrange(1, 9)} แห่ง",
        *shown,
        f"จำนวนผู้ได้รับประโยชน์จาก{place}",
        f"1. ประชาชน{place}มีคุณภาพชีวิตดีขึ้น",
        draw.choice(OFFICES),
    )
    if draw.random() < 0.02:
        sheet.boxes.append((row, f"แก้ไข ครั้งที่ {draw.randrange(1, 4)} / 2568"))
    sheet.items += 1


def write_book(path: Path, items: int = 20_000, sheets: int = 60, seed: int = 2569) -> int:
    """Write the book; gives the number of items in it."""
    draw = random.Random(seed)
    written = 0
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        _write_shell(archive, [f"ยุทธ{n % 6 + 1}.{n % 4 + 1} ผง.{n}" for n in range(1, sheets + 1)])
        for number in range(1, sheets + 1):
            sheet = build_sheet(draw, number, items // sheets + (number <= items % sheets))
            merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in (*(f"A{n}:L{n}" for n in range(1, 12)), *MERGES))
            _put(
                archive,
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{"".join(sheet.rows)}</sheetData>'
                f'<mergeCells>{merges}</mergeCells><drawing r:id="rId1"/></worksheet>',
            )
            _put(
                archive,
                f"xl/worksheets/_rels/sheet{number}.xml.rels",
                _relations([("drawing", f"../drawings/drawing{number}.xml")]),
            )
            _put(archive, f"xl/drawings/drawing{number}.xml", _drawing(sheet.boxes))
            written += sheet.items
    return written


def write_sparse(path: Path, rows: int = 1_048_576, filled: int = 30) -> None:
    """Write one sheet of ``rows`` rows, as a program does that formats whole columns; ``filled`` of them have data."""
    blank = "".join(f'<c r="{column}%d" s="1"/>' for column in "ABCDE")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        _write_shell(archive, ["แผ่นใหญ่"])
        big = ZipInfo("xl/worksheets/sheet1.xml", (2024, 1, 1, 0, 0, 0))
        big.compress_type = ZIP_DEFLATED
        with archive.open(big, "w", force_zip64=True) as part:
            part.write(f'{HEAD}<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD{rows}"/><sheetData>'.encode())
            sheet = Sheet([], [])
            sheet.add("ที่", "โครงการ", "เป้าหมาย", "2567", "หน่วยงานรับผิดชอบ")
            for n in range(1, filled + 1):
                sheet.add(n, f"{WORKS[n % len(WORKS)]} สายที่ {n}", "1 แห่ง", 1_000 * n, OFFICES[n % len(OFFICES)])
            part.write("".join(sheet.rows).encode())
            block: list[str] = []
            for n in range(filled + 2, rows + 1):
                block.append(f'<row r="{n}" spans="1:5">{blank % (n, n, n, n, n)}</row>')
                if len(block) == 20_000 or n == rows:
                    part.write("".join(block).encode())
                    block.clear()
            part.write(b"</sheetData></worksheet>")


def _write_shell(archive: ZipFile, titles: list[str]) -> None:
    """The parts around the sheets."""
    _put(
        archive, "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    )
    _put(archive, "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
    listed = "".join(f'<sheet name="{title}" sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(titles, 1))
    _put(
        archive, "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    )
    parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(titles) + 1)]
    _put(archive, "xl/_rels/workbook.xml.rels", _relations([*parts, ("styles", "styles.xml")]))
    _put(
        archive,
        "xl/styles.xml",
        f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="3"/></cellXfs></styleSheet>',
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'


def _drawing(boxes: list[tuple[int, str]]) -> str:
    shapes = "".join(
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>6</xdr:col><xdr:row>{row - 1}</xdr:row></xdr:from>"
        f"<xdr:to><xdr:col>7</xdr:col><xdr:row>{row}</xdr:row></xdr:to><xdr:sp><xdr:txBody><a:p><a:r><a:t>{escape(words)}</a:t></a:r></a:p></xdr:txBody>"
        "</xdr:sp></xdr:twoCellAnchor>"
        for row, words in boxes
    )
    return f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">{shapes}</xdr:wsDr>'


def _put(archive: ZipFile, name: str, text: str) -> None:
    info = ZipInfo(name, (2024, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    archive.writestr(info, HEAD + text)

"""Tables of PDF files: ruled and aligned, over several pages, with broken Thai, scanned, locked and damaged ones."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from tests.ingest.pdf_documents import WIDE, open_canvas, write_tables
from tracegraph.errors import FileRefused
from tracegraph.ingest.headings import find_heading_rows
from tracegraph.ingest.pdf_files import read_pdf
from tracegraph.ingest.pdf_text import Line, join_lines
from tracegraph.ingest.tables import Limits, Table

LINES = (
    "แบบ ผ.02",
    "รายละเอียดโครงการพัฒนา",
    "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570) เพิ่มเติม ครั้งที่ 2/2567",
    "1. ยุทธศาสตร์การพัฒนาด้านโครงสร้างพื้นฐาน",
    "(1) แผนงานอุตสาหกรรมและการโยธา",
)
TOP = ("ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย\n(ผลผลิตของโครงการ)", "งบประมาณ", "", "ตัวชี้วัด (KPI)", "หน่วยงานรับผิดชอบหลัก")
BELOW = ("", "", "", "", "2566\n(บาท)", "2567\n(บาท)", "", "")
WIDTHS = (30, 200, 140, 120, 65, 65, 70, 80)
SPANS = (("SPAN", (4, 0), (5, 0)), *(("SPAN", (at, 0), (at, 1)) for at in (0, 1, 2, 3, 6, 7)))


def item(number: int) -> tuple[str, ...]:
    return (
        str(number),
        f"โครงการก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านทุ่งน้ำใส - บ้านควน หมู่ที่ {number} ตำบลคลองท่อมเหนือ",
        "- เพื่อให้ประชาชนสัญจรไปมาได้สะดวก\n- เพื่อลดอุบัติเหตุ",
        "กว้าง 4.00 เมตร ยาว ๕๐๐ เมตร",
        "-",
        f"{number},500,000",
        "จำนวนสาย",
        "กองช่าง\nสำนักปลัด",
    )


def bare(text: str) -> str:
    return "".join(text.split())


def read(path: Path) -> list[Table]:
    return read_pdf(path, Limits())


def test_a_ruled_table_over_pages_is_one_table_with_its_pages(tmp_path: Path) -> None:
    rows = [TOP, BELOW, *(item(number) for number in range(1, 31))]
    path = write_tables(
        tmp_path / "a.pdf", [(LINES, rows, SPANS)], widths=WIDTHS, repeat=2, footer="แผนพัฒนาท้องถิ่น อบต.ตัวอย่าง"
    )
    (table,) = read(path)
    assert table.sheet == "ตาราง 1"
    assert [row.cells[0] for row in table.rows[:5]] == list(LINES)
    headings = find_heading_rows(table)
    assert headings is not None
    assert (headings.first, headings.last) == (6, 7)
    assert [bare(text) for text in headings.headings[4:6]] == ["งบประมาณ2566(บาท)", "งบประมาณ2567(บาท)"]
    items = table.rows[7:]
    assert [[bare(cell) for cell in row.cells] for row in items] == [[bare(c) for c in item(n)] for n in range(1, 31)]
    assert items[0].cells[1].split() == item(1)[1].split()
    assert items[0].cells[2] == item(1)[2]  # entries of a list stay lines
    assert items[0].cells[7] == "กองช่าง\nสำนักปลัด"
    assert [row.number for row in table.rows] == list(range(1, 38))
    assert table.pages[1] == 1
    assert table.pages[37] == max(table.pages.values()) > 2
    assert sorted(table.pages) == list(range(1, 38))
    assert table.remarks == ()


def test_a_page_without_headings_goes_on_and_another_group_begins_anew(tmp_path: Path) -> None:
    other = (*LINES[:4], "(2) แผนงานสาธารณสุข")
    path = write_tables(
        tmp_path / "a.pdf",
        [
            (LINES, [TOP, BELOW, item(1)], SPANS),
            ((), [item(2), item(3)], ()),
            (LINES, [TOP, BELOW, item(4)], SPANS),
            (other, [TOP, BELOW, item(1)], SPANS),
        ],
        widths=WIDTHS,
    )
    first, second = read(path)
    assert [row.cells[0] for row in first.rows[7:]] == ["1", "2", "3", "4"]
    assert [first.pages[row.number] for row in first.rows[7:]] == [1, 2, 2, 3]
    assert [row.cells[0] for row in second.rows[:5]] == list(other)
    assert set(second.pages.values()) >= {4}


def test_merged_cells_and_group_lines_inside_a_table(tmp_path: Path) -> None:
    rows = [
        TOP,
        BELOW,
        ("แผนงานการศึกษา", *[""] * 7),
        item(1),
        ("2", *item(1)[1:4], "", *item(2)[5:]),
        ("", "", *item(3)[2:]),
    ]
    marks = [*SPANS, ("SPAN", (0, 2), (-1, 2)), ("SPAN", (0, 4), (0, 5)), ("SPAN", (1, 4), (1, 5))]
    (table,) = read(write_tables(tmp_path / "a.pdf", [((), rows, marks)], widths=WIDTHS))
    assert table.rows[2].cells[0] == "แผนงานการศึกษา"
    assert [table.merged[3, at] for at in range(1, 8)] == ["แผนงานการศึกษา"] * 7
    assert (table.merged[6, 0], bare(table.merged[6, 1])) == ("2", bare(item(1)[1]))


def test_columns_without_ruling_lines_are_told_by_white_space(tmp_path: Path) -> None:
    headings = ("ที่", "โครงการ", "เป้าหมาย", "งบประมาณ", "หน่วยงานรับผิดชอบ")
    rows = [(str(n), f"ขุดลอกคลองน้ำใส หมู่ที่ {n}", "๑ สาย", f"{n},200,000", "กองช่าง") for n in range(1, 60)]
    rows[2] = ("3", "ซ่อมแซมถนนลูกรังภายในหมู่บ้านและถนนเข้าพื้นที่การเกษตรทุกสาย หมู่ที่ 3", *rows[2][2:])
    path = write_tables(
        tmp_path / "a.pdf", [(LINES, [headings, *rows], ())], widths=(40, 220, 120, 120, 130), ruled=False
    )
    (table,) = read(path)
    assert [row.cells for row in table.rows[5:9]] == [headings, rows[0], rows[1], rows[2]]
    assert [row.cells[0] for row in table.rows[6:]] == [str(n) for n in range(1, 60)]
    assert [row.cells[3] for row in table.rows[6:]] == [row[3] for row in rows]
    assert set(table.pages.values()) == {1, 2, 3}


def test_broken_thai_is_repaired_first_and_the_original_is_told(tmp_path: Path) -> None:
    broken = ("1", "กอ่ สรา้ งถนน ในเขตอาํ เภอ", "เพ่อื บรู ณาการ", "พ้นท่ี", "5", "จ านวน", "ด าเนินการ", "สำนักปลัด")
    whole = ("1", "ก่อสร้างถนน ในเขตอำเภอ", "เพื่อบูรณาการ", "พื้นที่", "5", "จำนวน", "ดำเนินการ", "สำนักปลัด")
    rows = [TOP, BELOW, broken, *(("9", "ด าเนินการ", *[""] * 6) for _ in range(12))]
    (table,) = read(write_tables(tmp_path / "a.pdf", [((), rows, SPANS)], widths=WIDTHS))
    assert table.rows[2].cells == whole
    first = [remark for remark in table.remarks if remark.row == 3]
    assert ("repaired-text", "พ้นท่ี", "พื้นที่") in [(r.code, r.found, r.expected) for r in first]
    assert [remark.code for remark in table.remarks].count("repaired-text") == 10
    assert table.remarks[-1].code == "repaired-more"
    assert table.remarks[-1].expected == "17"


def test_a_row_that_goes_on_on_the_next_page_is_one_row(tmp_path: Path) -> None:
    """Browsers leave the cut row without a line below it, and begin the next page with the headings."""
    canvas = open_canvas(tmp_path / "cut.pdf")
    xs = [40, 70, 300, 400, 500]
    headings = ("ที่", "โครงการ", "งบประมาณ", "หน่วยงานรับผิดชอบ")
    for rows in (
        [("1", "วางท่อระบาย", "90,000", "กองช่าง")],
        [("", "น้ำ หมู่ที่ 3", "", "สำนักปลัด"), ("2", "ขุดสระ", "5", "กองช่าง")],
    ):
        canvas.setFont("Sarabun", 9)
        canvas.grid(xs, [500, 470])
        for x in xs:
            canvas.line(x, 470, x, 470 - 30 * len(rows))
        if len(rows) == 2:
            canvas.grid(xs, [440, 410])
        for line, texts in enumerate((headings, *rows)):
            for at, text in enumerate(texts):
                canvas.drawString(xs[at] + 3, 480 - 30 * line, text)
        canvas.showPage()
    canvas.save()
    (table,) = read(tmp_path / "cut.pdf")
    assert [row.cells for row in table.rows] == [
        headings,
        ("1", "วางท่อระบายน้ำ หมู่ที่ 3", "90,000", "กองช่าง\nสำนักปลัด"),
        ("2", "ขุดสระ", "5", "กองช่าง"),
    ]
    assert dict(table.pages) == {1: 1, 2: 1, 3: 2}


def test_a_long_line_over_empty_cells_stays_in_its_own(tmp_path: Path) -> None:
    canvas = open_canvas(tmp_path / "long.pdf")
    canvas.grid([40, 70, 130, 230, 330], [500, 470, 440, 410])
    rows = (
        ("ที่", "โครงการ", "เป้าหมาย", "งบประมาณ"),
        ("", "เพิ่มเติมครั้งที่ 5 / 2567 ตามมติที่ประชุม"),
        ("1", "ขุดสระ", "1 แห่ง", "5"),
    )
    for line, texts in enumerate(rows):
        for at, text in enumerate(texts):
            canvas.drawString((40, 70, 130, 230)[at] + 3, 480 - 30 * line, text)
    canvas.save()
    (table,) = read(tmp_path / "long.pdf")
    assert table.rows[1].cells == ("", rows[1][1], "", "")
    assert table.rows[2].cells == rows[2]


def scan(page: int) -> ImageReader:
    return ImageReader(Image.new("L", (800, 560), 250 - page))


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    canvas = open_canvas(tmp_path / "scan.pdf")
    for page in range(3):
        canvas.drawImage(scan(page), 0, 0, *WIDE)
        canvas.drawString(400, 20, str(page))
        canvas.showPage()
    canvas.save()
    with pytest.raises(FileRefused) as caught:
        read(tmp_path / "scan.pdf")
    assert "OCR" in caught.value.th
    assert "1–3" in caught.value.en
    assert caught.value.hint_th


def test_a_scanned_page_among_others_is_a_remark_never_silence(tmp_path: Path) -> None:
    canvas = open_canvas(tmp_path / "mixed.pdf")
    for page in range(4):
        if page in (1, 2):
            canvas.drawImage(scan(page), 30, 30, WIDE[0] - 60, WIDE[1] - 60)
        else:
            texts = ("ที่", "โครงการ", "เป้าหมาย", "งบประมาณ") if page == 0 else ("2", "ขุดสระ", "1 แห่ง", "500,000")
            xs, ys = [40, 80, 300, 400, 500], [400, 430, 460]
            canvas.setFont("Sarabun", 9)
            canvas.grid(xs, ys)
            for at, text in enumerate(texts):
                canvas.drawString(xs[at] + 3, 440, text)
                canvas.drawString(xs[at] + 3, 410, ("1", "วางท่อ", "2 สาย", "90,000")[at])
        canvas.showPage()
    canvas.save()
    (table,) = read(tmp_path / "mixed.pdf")
    assert [row.cells[1] for row in table.rows] == ["โครงการ", "วางท่อ", "ขุดสระ", "วางท่อ"]
    assert [table.pages[row.number] for row in table.rows] == [1, 1, 4, 4]
    (remark,) = table.remarks
    assert (remark.code, remark.found) == ("pages-not-read", "2–3")
    assert "สแกน" in remark.expected


def test_text_that_ocr_laid_over_a_scan_is_read_and_told(tmp_path: Path) -> None:
    canvas = open_canvas(tmp_path / "ocr.pdf")
    canvas.drawImage(scan(1), 0, 0, *WIDE)
    for line, texts in enumerate(
        (("ที่", "โครงการ", "เป้าหมาย", "งบประมาณ"), *((str(n), "วางท่อ", "2 สาย", "9,000") for n in (1, 2, 3)))
    ):
        for at, text in enumerate(texts):
            canvas.drawString(40 + 150 * at, 400 - 20 * line, text)
    canvas.save()
    (table,) = read(tmp_path / "ocr.pdf")
    assert table.rows[3].cells == ("3", "วางท่อ", "2 สาย", "9,000")
    assert [(remark.code, remark.found) for remark in table.remarks] == [("pages-by-ocr", "1")]


def refused(path: Path) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read(path)
    assert caught.value.hint_th
    assert caught.value.hint_en
    return caught.value


def test_pages_for_which_no_time_is_left_are_named(tmp_path: Path) -> None:
    rows = [TOP, BELOW, *(item(number) for number in range(1, 200))]
    path = write_tables(tmp_path / "a.pdf", [(LINES, rows, SPANS)], widths=WIDTHS, repeat=2)
    (table,) = read_pdf(path, Limits(seconds=2.0))
    last = max(table.pages.values())
    (remark,) = table.remarks
    assert remark.code == "pages-not-read"
    assert remark.found.startswith(f"{last + 1}–")
    assert "แบ่ง" in remark.expected


def test_a_page_drawn_with_millions_of_commands_is_named(tmp_path: Path) -> None:
    canvas = open_canvas(tmp_path / "drawn.pdf")
    canvas._code.append("0 0 m 1 1 l S\n" * 500_000)
    canvas.save()
    assert "too detailed" in refused(tmp_path / "drawn.pdf").en


def test_locked_damaged_and_empty_files_and_text_alone_are_refused(tmp_path: Path) -> None:
    rows = [TOP, BELOW, item(1)]
    locked = write_tables(tmp_path / "locked.pdf", [((), rows, SPANS)], widths=WIDTHS, encrypt="ลับ1234")
    assert "รหัสผ่าน" in refused(locked).th
    assert "ไม่พบตาราง" in refused(write_tables(tmp_path / "text.pdf", [(LINES, (), ())])).th
    canvas = open_canvas(tmp_path / "empty.pdf")
    canvas.showPage()
    canvas.save()
    assert "หน้าว่าง" in refused(tmp_path / "empty.pdf").th
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    assert "ไฟล์เสีย" in refused(damaged).th or "หน้าว่าง" in refused(damaged).th


def test_without_the_extra_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    assert "tracegraph[pdf]" in refused(tmp_path / "any.pdf").hint_th


def line(text: str, width: float, *, spaced: bool = False) -> Line:
    return Line(text, 0, width, 0, 10, 10, spaced=spaced)


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        ([line("ก่อสร้างถนนคอน", 70), line("กรีต", 20)], 75, "ก่อสร้างถนนคอนกรีต"),
        ([line("ก่อสร้าง", 40), line("ถนน", 20)], 100, "ก่อสร้าง\nถนน"),
        ([line("ก่อสร้างถนน", 70, spaced=True), line("สายบ้านนา", 50)], 75, "ก่อสร้างถนน สายบ้านนา"),
        ([line("หมู่ที่", 70), line("3", 5)], 75, "หมู่ที่ 3"),
        ([line("1,500,", 30), line("000", 15)], 32, "1,500,000"),
        ([line("500,000", 30), line("600,000", 30)], 32, "500,000 600,000"),
        ([line("- เพื่อการสัญจร", 70), line("- เพื่อลดอุบัติเหตุ", 70)], 72, "- เพื่อการสัญจร\n- เพื่อลดอุบัติเหตุ"),
        ([line("กองช่าง", 40), line("สำนักปลัด", 45)], 46, "กองช่าง\nสำนักปลัด"),
    ],
)
def test_lines_of_a_cell_are_joined_where_the_room_ended(lines: list[Line], width: float, text: str) -> None:
    assert join_lines(lines, width) == text

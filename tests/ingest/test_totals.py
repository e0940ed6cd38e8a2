"""Totals of a sheet and of ผ.01 are checksums: told with both figures, agreeing or not, and never items."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest import form_books as books
from tests.ingest.form_books import work
from tracegraph.errors import FileRefused
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import RecordBatch


def read(path: Path, *sheets: books.Sheet) -> RecordBatch:
    (batch,) = read_files([books.write_book(path / "book.xlsx", *sheets)])
    return batch


def figures(batch: RecordBatch, at: int = 0) -> list[tuple[int, str, float, float, bool]]:
    return [(c.row, c.of, c.stated, c.found, c.agrees) for c in batch.layouts[at].checks]


def total(words: str, *money: object) -> list[books.Cell]:
    return [None, None, None, words, *money]  # type: ignore[list-item]


def test_subtotals_of_each_group_and_the_grand_total(tmp_path: Path) -> None:
    body = [
        work(1, "งานก", 100),
        work(2, "งานข", None, 200),
        total("รวมงบประมาณ", 100, 200),
        total("รวมจำนวนโครงการ", 2),
        ["(2) แผนงานสาธารณสุข"],
        work(1, "งานค", 50),
        total("รวมงบประมาณ", "๕๐"),
        total("รวมทั้งสิ้น", 150, 200),
    ]
    batch = read(tmp_path, books.p02(body=body))
    assert figures(batch) == [
        (17, "งบประมาณ 2566 (บาท)", 100.0, 100.0, True),
        (17, "งบประมาณ 2567 (บาท)", 200.0, 200.0, True),
        (18, "จำนวนโครงการ", 2.0, 2.0, True),
        (21, "งบประมาณ 2566 (บาท)", 50.0, 50.0, True),
        (22, "งบประมาณ 2566 (บาท)", 150.0, 150.0, True),
        (22, "งบประมาณ 2567 (บาท)", 200.0, 200.0, True),
    ]
    assert len(batch.projects) == 3
    assert not [p for p in batch.problems if p.code == "total-differs"]


def test_a_total_that_differs_is_told_with_both_figures(tmp_path: Path) -> None:
    body = [work(1, "งานก", 100), work(2, "งานข", 200), total("รวมงบประมาณ", 999), total("รวมจำนวนโครงการ", 3)]
    batch = read(tmp_path, books.p02(body=body))
    assert figures(batch) == [
        (17, "งบประมาณ 2566 (บาท)", 999.0, 300.0, False),
        (18, "จำนวนโครงการ", 3.0, 2.0, False),
    ]
    told = [(p.row, p.column, p.found, p.expected) for p in batch.problems if p.code == "total-differs"]
    assert told == [(17, "งบประมาณ 2566 (บาท)", "999.00", "300.00"), (18, "จำนวนโครงการ", "3.00", "2.00")]


def test_the_count_of_the_issue_shape_is_checked(tmp_path: Path) -> None:
    rows: list[list[books.Cell]] = [
        ["1. ประเด็นการพัฒนาท้องถิ่น: น้ำ"],
        [1, "ขุดลอกคลอง", "ระบายน้ำ", "1 สาย", 100000, "-", "-", "-", "-", "ดี", "กองช่าง"],
        ["รวม", "2 โครงการ", "-", "-", 100000, "-", "-", "-", "-"],
    ]
    batch = read(tmp_path, books.issue(body=rows))
    assert figures(batch)[0] == (9, "จำนวนโครงการ", 2.0, 1.0, False)
    assert all(agrees for *_, agrees in figures(batch)[1:])


def test_a_project_that_begins_with_ruam_is_no_total(tmp_path: Path) -> None:
    batch = read(tmp_path, books.p02(body=[work(1, "รวมพลังชุมชนปลูกป่า", 100), work(2, "รวมน้ำใจต้านภัยหนาว", 200)]))
    assert [p.name for p in batch.projects] == ["รวมพลังชุมชนปลูกป่า", "รวมน้ำใจต้านภัยหนาว"]
    assert figures(batch) == []


WORKS = [work(1, "ก่อสร้างถนน", 500000), work(2, "วางท่อ", None, 300000)]


def test_a_summary_that_agrees(tmp_path: Path) -> None:
    batch = read(tmp_path, books.p01(), books.p02(body=WORKS))
    summary = batch.layouts[-1]
    assert (summary.form, summary.sheet, summary.kind, summary.rows) == ("p01", "สรุป", "summary", 0)
    assert summary.form_confidence >= 0.6 and (summary.heading_first, summary.heading_last) == (4, 5)
    assert len(summary.checks) == 36 and all(check.agrees for check in summary.checks)
    assert {check.label for check in summary.checks} == {"แผนงานอุตสาหกรรมและการโยธา", "รวม", "รวมทั้งสิ้น"}
    assert len(batch.projects) == 2 and not [p for p in batch.problems if p.code == "summary-differs"]


def test_a_summary_that_differs_is_told_with_both_figures(tmp_path: Path) -> None:
    batch = read(tmp_path, books.p01(count=3, total=900000), books.p02(body=WORKS))
    told = [(p.sheet, p.row, p.column, p.found, p.expected) for p in batch.problems if p.code == "summary-differs"]
    assert told == [
        ("สรุป", 7, "จำนวนโครงการ รวม", "แผนงานอุตสาหกรรมและการโยธา: 3", "2"),
        ("สรุป", 8, "จำนวนโครงการ รวม", "รวม: 3", "2"),
        ("สรุป", 9, "จำนวนโครงการ รวม", "รวมทั้งสิ้น: 3", "2"),
        ("สรุป", 9, "งบประมาณ รวม", "รวมทั้งสิ้น: 900,000", "800,000"),
    ]


def test_items_outside_the_summary_do_not_count(tmp_path: Path) -> None:
    beyond = books.p02("ประสาน", first="บัญชีโครงการพัฒนาท้องถิ่นที่เกินศักยภาพ", body=[work(1, "สร้างสะพาน", 9e6)])
    batch = read(tmp_path, books.p01(), books.p02(body=WORKS), beyond, books.p03(old=False))
    assert len(batch.projects) == 5
    assert all(check.agrees for layout in batch.layouts if layout.form == "p01" for check in layout.checks)


def test_a_summary_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"ผ\.01"):
        read(tmp_path, books.p01())


def test_sums_carried_over_to_the_next_page(tmp_path: Path) -> None:
    form = books.p02().rows
    body = [
        work(1, "งานก", 100),
        ["ยอดยกไป", None, None, None, 100],
        *form[11:14],
        ["ยอดยกมา", None, None, None, 100],
        work(2, "งานข", 200),
        ["รวมแผนงาน", None, None, None, 300],
    ]
    batch = read(tmp_path, books.p02(body=body))
    assert [p.name for p in batch.projects] == ["งานก", "งานข"]
    assert [(row, agrees) for row, *_, agrees in figures(batch)] == [(16, True), (20, True), (22, True)]


def test_a_summary_in_the_issue_shape(tmp_path: Path) -> None:
    years = [f"พ.ศ. {year}" for year in range(2571, 2576)]
    none: list[books.Cell] = ["-", "-"] * 3
    rows: list[list[books.Cell]] = [
        ["แบบ ผ.01"],
        ["บัญชีสรุปโครงการพัฒนาท้องถิ่น"],
        ["ลำดับ", "ประเด็นการพัฒนาท้องถิ่น", *(c for y in years for c in (y, None)), "รวม 5 ปี", None],
        [None, None, *["จำนวนโครงการ", "งบประมาณ (บาท)"] * 6],
        [1, "น้ำและสิ่งแวดล้อม", 1, 100000, 2, 350000, *none, 2, 450000],
        [2, "คุณภาพชีวิต", 1, 20000, 1, 20000, 1, 20000, 1, 20000, 1, 20000, 1, 99],
        ["รวมทั้งสิ้น", None, 2, 120000, 3, 370000, 1, 20000, 1, 20000, 1, 20000, 3, 550000],
    ]
    merges = ["A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3", "I3:J3", "K3:L3", "M3:N3", "A7:B7"]
    batch = read(tmp_path, books.sheet("สรุป", rows, merges), books.issue("รายการ"))
    checks = batch.layouts[-1].checks
    assert len(checks) == 36 and {check.row for check in checks} == {5, 6, 7}
    assert [(c.row, c.of, c.stated, c.found) for c in checks if not c.agrees] == [(6, "งบประมาณ รวม", 99.0, 100000.0)]


def test_a_summary_with_strategy_and_programme_in_columns_of_their_own(tmp_path: Path) -> None:
    rows: list[list[books.Cell]] = [
        ["บัญชีสรุปโครงการพัฒนา"],
        ["ยุทธศาสตร์", "แผนงาน", "ปี 2566", None, "ปี 2567", None, "รวม", None],
        [None, None, *["จำนวน", "งบประมาณ"] * 3],
        ["ด้านโครงสร้างพื้นฐาน", "แผนงานอุตสาหกรรมและการโยธา", 1, 500000, 1, 300000, 2, 800000],
        [None, "แผนงานสาธารณสุข", "-", "-", "-", "-", "-", "-"],
        ["รวม", None, 1, 500000, 1, 300000, 2, 700000],
    ]
    merges = ["A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "A4:A5"]
    batch = read(tmp_path, books.sheet("S", rows, merges), books.p02(body=WORKS))
    checks = batch.layouts[-1].checks
    assert {check.row for check in checks} == {4, 6}  # nothing of แผนงานสาธารณสุข to compare with
    assert [(c.row, c.stated, c.found) for c in checks if not c.agrees] == [(6, 700000.0, 800000.0)]

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

"""Several tables in one sheet: the form printed anew for each แผนงาน, and tables of other headings."""

from __future__ import annotations

from pathlib import Path

from tests.ingest import form_books as books
from tests.ingest.form_books import work
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import RecordBatch

SECOND = {
    "strategy": ("2", "ยุทธศาสตร์ด้านสังคม"),
    "tactic": ("2.1", "ส่งเสริมสุขภาพ"),
    "programme": "แผนงานสาธารณสุข",
}


def read(path: Path, rows: list[tuple[books.Cell, ...]]) -> RecordBatch:
    (batch,) = read_files([books.write_book(path / "book.xlsx", books.sheet("Sheet1", rows))])
    return batch


def lines_of(batch: RecordBatch) -> list[tuple[str, str, str, str, str, str]]:
    return [(r.name, r.strategy_no, r.strategy, r.tactic_no, r.tactic, r.programme) for r in batch.readings]


FIRST_LINES = ("1", "ยุทธศาสตร์ด้านโครงสร้างพื้นฐาน", "1.1", "พัฒนาเส้นทางคมนาคม", "แผนงานอุตสาหกรรมและการโยธา")
SECOND_LINES = ("2", "ยุทธศาสตร์ด้านสังคม", "2.1", "ส่งเสริมสุขภาพ", "แผนงานสาธารณสุข")


def test_new_lines_above_the_same_headings_replace_the_old_ones(tmp_path: Path) -> None:
    first = books.p02(body=[work(1, "ทำถนน", 1000), [None, "สายในบ้าน"]])
    second = books.p02(body=[work(1, "อบรม", 2000)], **SECOND)  # type: ignore[arg-type]
    batch = read(tmp_path, [*first.rows, *second.rows])
    assert lines_of(batch) == [("ทำถนน\nสายในบ้าน", *FIRST_LINES), ("อบรม", *SECOND_LINES)]
    assert [r.row for r in batch.readings] == [15, 31]
    assert all(row.fate != "quarantined" for row in batch.rows)
    assert {r.edition for r in batch.readings} == {"original"}


def test_declared_lines_do_not_pile_up(tmp_path: Path) -> None:
    first = books.p02(body=[work(1, "ทำถนน", 1000)])
    rows = [*books.p02(body=[work(1, "อบรม", 2000)], **SECOND).rows]  # type: ignore[arg-type]
    rows[3] = ("ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 4 ด้านการสร้างโอกาสและความเสมอภาคทางสังคม",)
    rows[5] = ("ค. Sustainable Development Goals (SDGs) เป้าหมายที่ 3",)
    batch = read(tmp_path, [*first.rows, *rows])
    road, training = batch.projects
    links = {uid: {x.to_uid for x in batch.links if x.from_uid == uid} for uid in (road.uid, training.uid)}
    assert {"NS:5", "SDG:6"} <= links[road.uid] and not {"NS:4", "SDG:3"} & links[road.uid]
    assert {"NS:4", "SDG:3"} <= links[training.uid] and not {"NS:5", "SDG:6"} & links[training.uid]


def test_the_same_lines_on_the_next_page_keep_the_edition(tmp_path: Path) -> None:
    page = books.p02(body=[work(1, "งานก", 1), [None, "เพิ่มเติมครั้งที่ 5/2567"], work(1, "งานข", 2)])
    batch = read(tmp_path, [*page.rows, *page.rows[:14], work(2, "งานค", 3)])
    assert [(r.name, r.edition) for r in batch.readings] == [
        ("งานก", "original"),
        ("งานข", "เพิ่มเติม 5/2567"),
        ("งานค", "เพิ่มเติม 5/2567"),
    ]
    assert lines_of(batch)[2][1:] == FIRST_LINES


def test_new_lines_end_the_edition_of_a_divider(tmp_path: Path) -> None:
    first = books.p02(body=[work(1, "งานก", 1), [None, "เพิ่มเติมครั้งที่ 5/2567"], work(1, "งานข", 2)])
    second = books.p02(body=[work(1, "งานค", 3)], **SECOND)  # type: ignore[arg-type]
    batch = read(tmp_path, [*first.rows, *second.rows])
    assert [r.edition for r in batch.readings] == ["original", "เพิ่มเติม 5/2567", "original"]


def test_a_group_line_over_repeated_headings_keeps_the_rest(tmp_path: Path) -> None:
    first = books.p02(body=[work(1, "งานก", 1)])
    batch = read(tmp_path, [*first.rows, ("(2) แผนงานสาธารณสุข",), *first.rows[11:14], work(1, "งานข", 2)])
    assert lines_of(batch)[1] == ("งานข", *FIRST_LINES[:4], "แผนงานสาธารณสุข")


def test_tables_of_different_headings_in_one_sheet(tmp_path: Path) -> None:
    equipment = [
        (None,),
        ("แบบ ผ.03",),
        ("บัญชีครุภัณฑ์",),
        ("แผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570)",),
        (books.OFFICE, None, None, "แบบ ผ.03"),
        ("ที่", "ครุภัณฑ์", "เป้าหมาย", 2566, 2567, "หน่วยงานรับผิดชอบ"),
        (1, "เครื่องปรับอากาศ", "1 เครื่อง", 30000, None, "กองช่าง"),
    ]
    first = books.p02(body=[work(1, "งานก", 1), work(2, "งานข", 2)])
    batch = read(tmp_path, [*first.rows, *equipment])
    assert [(layout.form, layout.heading_first, layout.rows) for layout in batch.layouts] == [
        ("p02", 12, 2),
        ("p03", 22, 3),
    ]
    assert [(p.name, p.item_kind.value, p.amounts) for p in batch.projects] == [
        ("งานก", "project", (1.0,)),
        ("งานข", "project", (2.0,)),
        ("เครื่องปรับอากาศ", "equipment", (30000.0,)),
    ]
    assert [r.row for r in batch.readings] == [15, 16, 23]


def test_a_wider_layout_further_down_the_sheet(tmp_path: Path) -> None:
    first = books.p02(body=[work(1, "งานก", 1)])
    wide = books.p02(body=[[*work(1, "งานข", 2), 5]], ordinance=True, **SECOND)  # type: ignore[arg-type]
    batch = read(tmp_path, [*first.rows, *wide.rows])
    assert lines_of(batch) == [("งานก", *FIRST_LINES), ("งานข", *SECOND_LINES)]
    plan, budget = sorted(batch.plans, key=lambda plan: plan.stage != "plan")
    assert [p.amounts for p in batch.projects if p.plan == plan.uid] == [(1.0,), (2.0,)]
    assert [(p.name, p.amounts) for p in batch.projects if p.plan == budget.uid] == [("งานข", (5.0,))]
    assert all(row.fate != "quarantined" for row in batch.rows)

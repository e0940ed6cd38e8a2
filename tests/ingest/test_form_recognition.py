"""Each form is told by its titles and headings, whatever its file and worksheet are called, in XLSX, CSV and DOCX."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ingest import form_books as books
from tests.ingest.conftest import codes
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import RecordBatch, TableLayout

WORKS = [
    books.work(1, "ก่อสร้างถนนคอนกรีต ซอย 1", 500000),
    books.work(2, "วางท่อระบายน้ำ", None, 300000),
]
FROM_VILLAGES = "บัญชีโครงการพัฒนาท้องถิ่น ที่มาจากแผนชุมชน"
BEYOND = "บัญชีโครงการพัฒนาท้องถิ่นที่เกินศักยภาพ ประสานแผนพัฒนาจังหวัด"

Make = Callable[[], books.Sheet]
#: Form → its sheet, the row of its first heading, and how many records it holds.
FORMS: dict[str, tuple[Make, int, int]] = {
    "p02": (lambda: books.p02(body=WORKS), 12, 2),
    "p02-17": (lambda: books.p02(body=WORKS, ordinance=True), 12, 2),
    "p02-issue": (books.issue, 5, 3),
    "p02-1": (lambda: books.p02(first=FROM_VILLAGES, stamp="แบบ ผ.02/1", body=WORKS), 12, 2),
    "p02-2": (lambda: books.p02(first=BEYOND, stamp="แบบ ผ.02/2", body=WORKS), 12, 2),
    "p03": (lambda: books.p03(old=False), 4, 2),
    "p03-old": (lambda: books.p03(old=True), 4, 3),
    "pd02": (books.pd02, 5, 2),
    "village-plan": (books.village_plan, 3, 3),
    "forum-list": (books.forum, 3, 6),
    "needs-of-village": (books.problems, 3, 3),
    "tambon-plan": (books.tambon_plan, 3, 2),
    "district-needs": (books.district_needs, 3, 2),
    "beyond-list": (books.beyond_list, 3, 2),
    "j1": (books.j1, 4, 2),
    "province-table": (books.province_table, 2, 2),
    "procurement": (books.procurement, 1, 2),
}
CODES = {"p02-17": "p02", "p03-old": "p03"}


def read(path: Path, **stated: str) -> RecordBatch:
    (batch,) = read_files([path], context=ImportContext(**stated))
    return batch


def require_form(batch: RecordBatch, form: str) -> TableLayout:
    (layout,) = batch.layouts
    assert layout.form == CODES.get(form, form)
    assert layout.form_confidence >= 0.6
    assert layout.form_reasons and all(th and en for th, en in layout.form_reasons)
    return layout


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_told_whatever_its_file_and_worksheet_are_called(form: str, tmp_path: Path) -> None:
    make, heading, count = FORMS[form]
    batch = read(books.write_book(tmp_path / "งานด่วน สำเนา.xlsx", make().named("Sheet1")))
    layout = require_form(batch, form)
    assert layout.heading_first == heading
    assert len(batch.readings) == count
    assert {reading.form for reading in batch.readings} == {layout.form_label}
    assert all(row.fate != "quarantined" for row in batch.rows)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_form_as_csv_without_merges(form: str, tmp_path: Path) -> None:
    make, _, count = FORMS[form]
    batch = read(books.write_csv(tmp_path / "data.csv", make()))
    require_form(batch, form)
    assert len(batch.readings) == count


@pytest.mark.parametrize("form", FORMS)
def test_the_same_form_as_a_word_document(form: str, tmp_path: Path) -> None:
    make, heading, count = FORMS[form]
    batch = read(books.write_word(tmp_path / "เล่มแผน.docx", make(), heading))
    require_form(batch, form)
    assert len(batch.readings) == count


def test_a_code_in_the_corner_does_not_make_the_form(tmp_path: Path) -> None:
    batch = read(books.write_book(tmp_path / "a.xlsx", books.p02(stamp="ผ.02/1", body=WORKS)))
    assert require_form(batch, "p02").form_label.startswith("ผ.02 ")


def test_what_a_body_strives_for_does_not_make_the_form(tmp_path: Path) -> None:
    sheet = books.p02(tactic=("1.3", "ประสานแผนชุมชนและโครงการพัฒนาหมู่บ้าน"), body=WORKS)
    require_form(read(books.write_book(tmp_path / "a.xlsx", sheet)), "p02")


def test_a_file_of_another_kind_does_not_become_p02_by_its_name(tmp_path: Path) -> None:
    batch = read(books.write_book(tmp_path / "ผ02.xlsx", books.forum("ผ.02")))
    require_form(batch, "forum-list")
    assert len(batch.needs) == 6 and not batch.projects
    contracts = read(books.write_book(tmp_path / "ผ.02 (2566-2570).xlsx", books.procurement("ผ.02")))
    require_form(contracts, "procurement")


@pytest.mark.parametrize("reason", [False, True])
def test_the_issue_shape_and_its_amendments(reason: bool, tmp_path: Path) -> None:
    edition = "ฉบับเพิ่มเติม ครั้งที่ 1/2571" if reason else ""
    batch = read(books.write_book(tmp_path / "a.xlsx", books.issue(edition=edition, reason=reason)))
    require_form(batch, "p02-issue")
    canal, weir, training = batch.readings
    assert [r.row for r in batch.readings] == [8, 9, 12]
    assert (canal.strategy_no, training.strategy_no) == ("1", "2")
    assert "น้ำและสิ่งแวดล้อม" in canal.strategy and "คุณภาพชีวิต" in training.strategy
    assert canal.money == ((2571, 100000.0), (2572, 100000.0), (2573, None), (2574, None), (2575, None))
    assert dict(weir.words)["kpi"] == "" and dict(weir.words)["expected"] == "มีน้ำใช้"
    assert all(check.agrees for check in batch.layouts[0].checks) and len(batch.layouts[0].checks) == 18
    assert {plan.edition_no for plan in batch.plans} == ({257101} if reason else {0})
    assert ("problem" in {column.prop for column in batch.layouts[0].columns}) is reason
    assert "unused-columns" not in codes(batch.problems)


def test_equipment_of_both_layouts(tmp_path: Path) -> None:
    old = read(books.write_book(tmp_path / "a.xlsx", books.p03(old=True)))
    assert [p.name for p in old.projects] == ["เครื่องปรับอากาศ 2 เครื่อง", "โต๊ะทำงาน 5 ตัว", "เครื่องเล่นสนาม 1 ชุด"]
    assert [p.amounts for p in old.projects] == [(60000.0,), (25000.0,), (90000.0,)]
    new = read(books.write_book(tmp_path / "b.xlsx", books.p03(old=False)))
    assert [(p.name, p.years, p.amounts) for p in new.projects] == [
        ("เครื่องปรับอากาศ แบบแยกส่วน", (2566,), (60000.0,)),
        ("รถบรรทุกน้ำ 6 ล้อ", (2567,), (2500000.0,)),
    ]
    assert {p.item_kind.value for p in (*old.projects, *new.projects)} == {"equipment"}


def test_the_operation_plan_with_months_under_two_years(tmp_path: Path) -> None:
    batch = read(books.write_book(tmp_path / "a.xlsx", books.pd02()))
    assert [column.prop for column in batch.layouts[0].columns].count("months") == 12
    road, drain = batch.projects
    assert (road.place_text, road.years, road.amounts) == ("หมู่ที่ 1", (2568,), (480000.0,))
    assert drain.amounts == (350000.0,) and drain.programme == "แผนงานอุตสาหกรรมและการโยธา"
    assert batch.plans[0].stage.value == "action"


def test_a_plain_list_is_not_taken_for_an_operation_plan(tmp_path: Path) -> None:
    rows = [["ที่", "โครงการ", "งบประมาณ", "หน่วยงาน", "ปี"], [1, "ขุดบ่อ", 5000, "กองช่าง", 2568]]
    batch = read(books.write_book(tmp_path / "a.xlsx", books.sheet("S", rows)), owner="อบต.คลองเขม้า")
    require_form(batch, "items-list")
    assert batch.plans[0].stage.value == "plan"


@pytest.mark.parametrize(
    ("headings", "form"),
    [
        (("id", "project_name", "objective", "budget", "year"), "items-list"),
        (("รหัส", "ชื่อโครงการ", "วัตถุประสงค์", "งบประมาณ", "ปีงบประมาณ"), "items-list"),
    ],
)
def test_plain_lists_in_english_and_thai(headings: tuple[str, ...], form: str, tmp_path: Path) -> None:
    path = books.write_csv(tmp_path / "a.csv", books.sheet("", [headings, ["P1", "ขุดบ่อ", "มีน้ำใช้", 5000, 2568]]))
    batch = read(path, owner="อบต.คลองเขม้า")
    assert require_form(batch, form).form_confidence > 0.8
    assert (batch.projects[0].objective, batch.projects[0].amounts) == ("มีน้ำใช้", (5000.0,))


def test_plain_needs_in_english(tmp_path: Path) -> None:
    path = books.write_csv(tmp_path / "a.csv", books.sheet("", [["id", "priority", "need"], ["N1", 2, "ถนนพัง"]]))
    batch = read(path, owner="อบต.คลองเขม้า")
    assert batch.layouts[0].kind == "needs" and batch.layouts[0].form_confidence >= 0.6
    assert (batch.needs[0].text, batch.needs[0].priority) == ("ถนนพัง", 2)


def test_villages_and_tambons_state_their_place_in_the_title(tmp_path: Path) -> None:
    plan = read(books.write_book(tmp_path / "a.xlsx", books.village_plan()))
    assert {p.area for p in plan.projects} == {"81030103"}
    needs = read(books.write_book(tmp_path / "b.xlsx", books.problems()))
    assert {n.area for n in needs.needs} == {"81030103"}
    assert [n.side for n in needs.needs] == ["ด้านโครงสร้างพื้นฐาน"] * 2 + ["ด้านคุณภาพชีวิตและสาธารณสุข"]
    assert [n.priority for n in needs.needs] == [1, 2, 3]
    tambon = read(books.write_book(tmp_path / "c.xlsx", books.tambon_plan()))
    assert [p.area for p in tambon.projects] == ["81030101", "81030104"]
    assert tambon.plans[0].kind == "PK02"


def test_district_and_board_lists_are_beyond_capacity(tmp_path: Path) -> None:
    district = read(books.write_book(tmp_path / "a.xlsx", books.district_needs()))
    assert [(p.payer, p.beyond_reason, p.area) for p in district.projects] == [
        ("กรมชลประทาน", "งบประมาณไม่เพียงพอ", "81030104"),
        ("กรมทางหลวงชนบท", "เกินอำนาจหน้าที่", "81030502"),
    ]
    assert district.plans[0].kind == "PK05"
    board = read(books.write_book(tmp_path / "b.xlsx", books.beyond_list()))
    assert {plan.kind for plan in board.plans} == {"PK06"}
    assert all(p.beyond_capacity for p in board.projects)
    asked = read(books.write_book(tmp_path / "c.xlsx", books.p02(first=BEYOND, stamp="", body=WORKS)))
    assert all(p.beyond_capacity for p in asked.projects) and asked.plans[0].kind == "PK03"


def test_a_provincial_table_with_several_values_in_a_cell(tmp_path: Path) -> None:
    batch = read(books.write_book(tmp_path / "a.xlsx", books.province_table()))
    farming = batch.projects[0]
    links = {link.to_uid for link in batch.links if link.from_uid == farming.uid}
    assert {"NS:2", "NS:5", "MP:3", "MP:18", "M13:1", "M13:8"} <= links
    assert (farming.years, farming.amounts) == ((2568,), (3500000.0,))
    assert batch.plans[0].kind == "PK10"


def test_the_summary_of_a_province(tmp_path: Path) -> None:
    batch = read(books.write_book(tmp_path / "a.xlsx", books.j1()))
    first, second = batch.readings
    assert (first.money[0], second.money[1]) == ((2571, 5000000.0), (2572, 20000000.0))
    assert first.strategy == "1. การท่องเที่ยวคุณภาพ"
    assert batch.plans[0].kind == "PK09"


def test_the_planners_own_workbook(tmp_path: Path) -> None:
    batch = read(books.write_book(tmp_path / "a.xlsx", *books.register()), owner="เทศบาลตำบลศาลาด่าน", area="810305")
    assert [(layout.form, layout.rows) for layout in batch.layouts] == [("planner-book", n) for n in (4, 1, 1)]
    assert all(layout.form_confidence >= 0.6 for layout in batch.layouts)
    assert [p.source_id for p in batch.projects] == ["A001", "A002", "A003", "A004", "B001", "C001"]
    works = batch.readings[:4]
    assert [r.strategy for r in works] == ["ด้านโครงสร้างพื้นฐาน"] * 3 + ["ด้านสังคม"]
    assert [r.programme for r in works] == ["แผนงานอุตสาหกรรมและการโยธา"] * 3 + ["แผนงานสาธารณสุข"]
    assert [p.beyond_capacity for p in batch.projects] == [False] * 4 + [True, False]
    assert [p.item_kind.value for p in batch.projects][-2:] == ["project", "equipment"]
    assert [p.village_nos for p in batch.projects] == [(3,)] * 6
    assert codes(batch.problems).count("filled-down") == 1


def test_procurement_is_of_the_contract_stage(tmp_path: Path) -> None:
    batch = read(books.write_book(tmp_path / "a.xlsx", books.procurement()))
    assert [(p.source_id, p.amounts) for p in batch.projects] == [
        ("67109000001", (478000.0,)),
        ("67109000002", (58000.0,)),
    ]
    assert batch.plans[0].stage.value == "contract"
    assert batch.projects[0].area == "81030503"

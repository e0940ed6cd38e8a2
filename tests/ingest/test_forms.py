"""Whole forms as printed and typed: ผ.02 of both shapes, planners' workbooks, lists of strategies and plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ingest.conftest import MakeFile, ReadOne, codes
from tracegraph.errors import FileRefused
from tracegraph.ingest.editions import find_edition, find_years, read_title
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.lines import find_form, is_total
from tracegraph.ingest.plans import parse_date
from tracegraph.model.graph import LinkKind, Stage
from tracegraph.model.records import RowFate

P02 = [
    ["รายละเอียดโครงการพัฒนา"],
    ["แผนพัฒนาท้องถิ่น (พ.ศ.2566 - 2570) ทบทวน ครั้งที่ 1 / 2566"],
    ["เทศบาลตำบลศาลาด่าน อำเภอเกาะลันตา จังหวัดกระบี่"],
    ["ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 5. ด้านการสร้างการเติบโต"],
    ["ค. Sustainable Development Goals (SDGs) เป้าหมายที่ 6 การจัดการน้ำ"],
    ["ง. ยุทธศาสตร์จังหวัดที่ 3. คุณภาพชีวิต"],
    ["1. ยุทธศาสตร์เทศบาลตำบลศาลาด่านด้านโครงสร้างพื้นฐาน"],
    ["1.1 พัฒนาเส้นทางคมนาคม"],
    ["(1) แผนงานอุตสาหกรรมและการโยธา"],
    ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", None, None, "ผลที่คาดว่า\nจะได้รับ"],
    [None, None, None, "(ผลผลิตของโครงการ)", "2566", "๒๕๖๗", "2568", None],
    [None, None, None, None, "(บาท)", "(บาท)", "(บาท)", None],
    [1, "ก่อสร้างถนน คสล. หมู่ที่ 1", "สัญจรสะดวก", "ยาว 200 ม.", 500000, "-", None, "ถนนดี"],
    [None, None, "ลดอุบัติเหตุ", "กว้าง 4 ม.", None, None, None, None],
    [2, "ขุดลอกคลอง หมู่ที่ 2", "ระบายน้ำ", "1 สาย", None, " 50,000 ", None, "น้ำไม่ท่วม"],
    [None, "เพิ่มเติมครั้งที่ 5 / 2567"],
    [1, "ขุดลอกคลอง หมู่ที่ 2", "ระบายน้ำ", "1 สาย", None, " 50,000 ", None, "น้ำไม่ท่วม"],
    ["(2) แผนงานสาธารณสุข"],
    ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", None, None, "ผลที่คาดว่า\nจะได้รับ"],
    [2, "อบรม อสม.", "ความรู้", "50 คน", 1, 1, 1, "ดี"],
    [None, None, None, "รวมจำนวนโครงการ", 4, None, None, None],
]


def test_p02_with_preamble_merged_headings_dividers_and_totals(xlsx_file: MakeFile) -> None:
    path = xlsx_file({"ยุทธ1": P02}, merges={"ยุทธ1": ["A10:A12", "B10:B12", "C10:C12", "E10:G10", "H10:H12", "A1:H1"]})
    (batch,) = read_files([path])
    assert [(p.name, p.origin.row) for p in batch.projects] == [
        ("ก่อสร้างถนน คสล. หมู่ที่ 1", 13),
        ("ขุดลอกคลอง หมู่ที่ 2", 15),
        ("ขุดลอกคลอง หมู่ที่ 2", 17),
        ("อบรม อสม.", 20),
    ]
    road, canal, later, training = batch.projects
    assert (road.objective, road.target) == ("สัญจรสะดวก\nลดอุบัติเหตุ", "ยาว 200 ม.\nกว้าง 4 ม.")
    assert (road.years, canal.years, training.years) == ((2566,), (2567,), (2566, 2567, 2568))
    assert [p.programme for p in batch.projects] == ["แผนงานอุตสาหกรรมและการโยธา"] * 3 + ["แผนงานสาธารณสุข"]
    assert canal.uid != later.uid and later.amendment == "เพิ่มเติม"
    base, added = batch.plans
    assert (base.kind, base.year_from, base.year_to, base.edition_no) == ("PK03", 2566, 2568, 256601)
    assert added.edition == "เพิ่มเติมครั้งที่ 5 / 2567" and added.edition_no == 256705
    assert batch.bodies[0].name == "เทศบาลตำบลศาลาด่าน" and base.area == "810305"
    assert [p.area for p in batch.projects[:2]] == ["81030501", "81030502"]
    assert [row.fate for row in batch.rows] == [RowFate.LOADED, RowFate.MERGED] + [RowFate.LOADED] * 3
    lines = next(p for p in batch.problems if p.code == "table-lines")
    assert lines.found == "16, 18, 19, 21"
    declared = {link.to_uid for link in batch.links if link.from_uid == road.uid}
    assert declared == {"NS:5", "SDG:6", "BP:00310", "LAO810305-2566:1"}
    assert {link.to_id for link in batch.pending} == {"PV81-2566:3"}
    assert batch.strategies[0].name == "ด้านโครงสร้างพื้นฐาน"


def test_the_issue_shape_of_2571(xlsx_file: MakeFile) -> None:
    rows = [
        ["แบบ ผ.02"],
        ["บัญชีรายละเอียดโครงการพัฒนาท้องถิ่น"],
        ["แผนพัฒนาท้องถิ่น (พ.ศ. 2571-2575)"],
        ["องค์การบริหารส่วนตำบลคลองเขม้า อำเภอเหนือคลอง จังหวัดกระบี่"],
        ["1. ประเด็นการพัฒนาท้องถิ่น: น้ำและสิ่งแวดล้อม"],
        ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "พ.ศ. 2571\n(บาท)", "พ.ศ. 2572\n(บาท)", "หน่วยงานรับผิดชอบหลัก"],
        [1, "ขุดลอกคลองเขม้า", "ระบายน้ำ", "1 สาย", 100000, "-", "กองช่าง"],
        ["รวม", "1 โครงการ", "-", "-", 100000, 0],
    ]
    (batch,) = read_files([xlsx_file({"Sheet1": rows})])
    (project,) = batch.projects
    assert (project.years, project.form) == ((2571,), "ผ.02")
    assert batch.strategies[0].uid == "LAO810804-2571:1" and batch.strategies[0].name == "น้ำและสิ่งแวดล้อม"


def test_a_planners_workbook_of_several_sheets(xlsx_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["ลำดับที่", "รหัส ID", "ยุทธศาสตร์", "แผนงาน", "ชื่อโครงการ", 2566, 2567, "หน่วยงานรับผิดชอบ", "หมู่ที่ (ยศ.5)"]
    sheets = {
        "บัญชีโครงการ": [
            headings,
            [1, "A1", "ด้านน้ำ", "แผนงานการเกษตร", "ขุดบ่อ", 5000, None, "กองช่าง", 3],
            [2, "A2", None, None, "ขุดสระ", 6000, None, "กองช่าง", 4],
            [3, "A3", None, None, "สร้างฝาย", 6000, None, "กองช่าง", 4],
        ],
        "โครงการเกินศักยภาพ": [headings, [1, "B1", "ด้านน้ำ", "แผนงานการเกษตร", "สร้างเขื่อน", None, 9e6, "กองช่าง", 3]],
        "บัญชีครุภัณฑ์": [headings, [1, "C1", "ด้านบริหาร", "แผนงานบริหารงานทั่วไป", "ครุภัณฑ์คอมพิวเตอร์", 9000, None, "สำนักปลัด", 0]],
        "ปก": [["แผนพัฒนาท้องถิ่น"], ["ปี 2566"]],
    }
    batch = read_one(xlsx_file(sheets))
    assert [p.programme for p in batch.projects[:3]] == ["แผนงานการเกษตร"] * 3
    assert [p.beyond_capacity for p in batch.projects] == [False, False, False, True, False]
    assert batch.projects[4].item_kind.value == "equipment"
    assert codes(batch.problems).count("filled-down") == 1
    assert [p.sheet for p in batch.problems if p.code == "sheet-skipped"] == ["ปก"]
    assert len({s.uid for s in batch.strategies}) == 2


def test_a_sheet_that_looks_like_a_copy_is_pointed_out(xlsx_file: MakeFile, read_one: ReadOne) -> None:
    rows = [["ที่", "โครงการ", "เป้าหมาย"], [1, "ขุดบ่อ", "1 บ่อ"]]
    batch = read_one(xlsx_file({"ผ.02": rows, "ผ.02 (2)": rows}))
    assert [row.fate for row in batch.rows] == [RowFate.LOADED, RowFate.MERGED]
    assert "copied-sheet" in codes(batch.problems)


def test_a_ditto_mark_takes_the_row_above(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [["P1", "ขุดบ่อ", "เพื่อการเกษตร", "5"], ["P2", "ขุดสระ", '"', '"']]
    batch = read_one(csv_file([["id", "โครงการ", "วัตถุประสงค์", "งบประมาณ"], *rows]), years="2568")
    assert batch.projects[1].objective == "เพื่อการเกษตร"
    assert batch.projects[1].amounts == (5.0,)
    assert codes(batch.problems) == ["ditto", "ditto"]


def test_a_cell_that_points_at_another_item_takes_its_value(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [
        ["1", "ขุดบ่อ", "เพื่อการเกษตร", "5"],
        ["2", "ขุดสระ", "เพื่อน้ำใช้", "7"],
        ["๓", "ขุดคลอง", "เหมือนข้อ ๑", "เช่นเดียวกับลำดับที่ 2"],
        ["4", "ขุดลำห้วย", "เหมือนข้อ 9", "5"],
    ]
    batch = read_one(csv_file([["ที่", "โครงการ", "วัตถุประสงค์", "งบประมาณ"], *rows]), years="2568")
    assert [project.objective for project in batch.projects][2:] == ["เพื่อการเกษตร", "เหมือนข้อ 9"]
    assert batch.projects[2].amounts == (7.0,)
    assert codes(batch.problems) == ["ditto", "ditto", "pointer-unknown"]


def test_headings_without_rows_are_refused(csv_file: MakeFile) -> None:
    with pytest.raises(FileRefused, match="headings only"):
        read_files([csv_file([["id", "โครงการ", "เป้าหมาย"]])])


STRATEGIES = ["list_id", "list_name", "level", "area", "number", "name", "parent", "valid_from", "valid_to", "aliases"]


def test_strategies_of_a_province(csv_file: MakeFile) -> None:
    rows = [
        ["PV81-2566", "ประเด็นจังหวัด", "จังหวัด", "81", "๑", "การท่องเที่ยว", "NS:2", "2566", "2570", "ท่องเที่ยว|ทท."],
        ["PV81-2566", "ประเด็นจังหวัด", "province", "81", "1.1", "แหล่งท่องเที่ยว", "1", "2566", "2570", ""],
        ["PV81-2566", "ประเด็นจังหวัด", "province", "81", "1", "การท่องเที่ยว", "NS:2", "2566", "2570", ""],
        ["PV81-2566", "ประเด็นจังหวัด", "province", "81", "1", "การเกษตร", "NS:2", "2566", "2570", ""],
        ["", "", "", "", "", "ไม่มีเลข", "", "", "", ""],
    ]
    (batch,) = read_files([csv_file([STRATEGIES, *rows])])
    first, second = batch.strategies
    assert (first.uid, first.parent, first.aliases, first.level) == (
        "PV81-2566:1",
        "NS:2",
        ("ท่องเที่ยว", "ทท."),
        "province",
    )
    assert (second.uid, second.parent, second.valid_to) == ("PV81-2566:1.1", "PV81-2566:1", 2570)
    assert [row.fate.value for row in batch.rows] == ["loaded", "loaded", "merged", "quarantined", "quarantined"]
    assert codes(batch.problems) == ["repeated-row", "duplicate-id", "no-number"]


def test_links_to_a_list_imported_together_become_whole(csv_file: MakeFile, tmp_path: object) -> None:
    lists = csv_file(
        [STRATEGIES, ["PV81-2566", "ประเด็น", "province", "81", "3", "คมนาคม", "", "", "", ""]], "lists.csv"
    )
    plan = csv_file(
        [["id", "โครงการ", "ประเด็นการพัฒนาจังหวัด", "2566", "owner"], ["P1", "ถนน", "3", "5", "อบต.คลองเขม้า"]], "plan.csv"
    )
    batches = read_files([plan, lists])
    assert batches[0].pending == ()
    (link,) = [link for link in batches[0].links if link.to_uid == "PV81-2566:3"]
    assert link.from_uid == batches[0].projects[0].uid and link.reason == "3"


def test_known_links_and_their_kinds(csv_file: MakeFile) -> None:
    needs = csv_file([["id", "หมู่ที่", "ความต้องการ"], ["N1", "1", "ถนน"]], "needs.csv")
    links = csv_file(
        [["from", "to", "evidence"], ["N1", "P1", "อ้างรหัส"], ["P1", "X1", "เงินเท่ากัน"], ["P1", "NS:4", "-"]], "links.csv"
    )
    batch = read_files([needs, links])[1]
    assert [(x.kind, x.from_id, x.to_id, x.reason) for x in batch.pending] == [
        (LinkKind.ANSWERED_BY, "N1", "P1", "อ้างรหัส"),
        (LinkKind.CARRIED_TO, "P1", "X1", "เงินเท่ากัน"),
        (LinkKind.ALIGNS_WITH, "P1", "NS:4", None),
    ]
    assert set(codes(batch.problems)) == {"link-kind-assumed"}


def test_stated_kinds_and_classes_of_links(csv_file: MakeFile) -> None:
    rows = [
        ["A", "B", "SAME_WORK", "ซ้ำซ้อนจริง"],
        ["A", "C", "carried_to", "carried"],
        ["A", "B", "SAME_WORK", "1"],
        ["A", "", "SAME_WORK", ""],
        ["A", "D", "RAISED_IN", ""],
        ["A", "E", "SAME_WORK", "แปลก"],
    ]
    (batch,) = read_files([csv_file([["from", "to", "kind", "class"], *rows])])
    assert [(x.kind, x.work_class) for x in batch.pending] == [
        (LinkKind.SAME_WORK, "duplicate"), (LinkKind.CARRIED_TO, "carried"), (LinkKind.SAME_WORK, None),
    ]  # fmt: skip
    assert [row.fate.value for row in batch.rows] == [
        "loaded",
        "loaded",
        "merged",
        "quarantined",
        "quarantined",
        "loaded",
    ]
    assert codes(batch.problems) == ["repeated-row", "no-ends", "link-kind-unknown", "class-unknown"]


def test_the_register_names_the_same_plans_as_the_plans_themselves(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["ชนิดแผน", "เจ้าของแผน", "ช่วงปี", "กำหนดส่ง", "วันที่ส่ง", "ชื่อแผน"]
    rows = [
        ["PK03", "องค์การบริหารส่วนตำบลคลองเขม้า", "2566-2568", "31/10/2564", "1 พ.ย. 2564", "แผนพัฒนาท้องถิ่น"],
        ["แผนพัฒนาจังหวัด", "จังหวัดกระบี่", "2566-2570", "เมื่อวาน", "", ""],
        ["", "จังหวัดกระบี่", "2566-2570", "", "", ""],
    ]
    (register,) = read_files([csv_file([headings, *rows], "register.csv")])
    plan, province = register.plans
    assert (plan.due_on, plan.submitted_on) == ("2021-10-31", "2021-11-01")
    assert (province.kind, province.due_on, province.area) == ("PK09", None, "81")
    assert codes(register.problems) == ["date-unread", "no-name"]
    items = read_one(
        csv_file([["id", "โครงการ", "2566", "2567", "2568"], ["P", "ถนน", "1", "", ""]]), years="2566-2568"
    )
    assert items.plans[0].uid == plan.uid


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2569-06-30", "2026-06-30"), ("2026-06-30 00:00:00", "2026-06-30"), ("30/6/2569", "2026-06-30"),
        ("๓๐ มิถุนายน ๒๕๖๙", "2026-06-30"), ("30 มิ.ย. 69", "2026-06-30"), ("31/2/2569", None), ("มิ.ย. 2569", None),
    ],
)  # fmt: skip
def test_dates_as_typed(text: str, iso: str | None) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("text", "key", "order"),
    [
        ("เพิ่มเติมครั้งที่ 5 / 2567", "เพิ่มเติม ครั้งที่ 5/2567", 256705),
        ("แผนพัฒนาท้องถิ่น เปลี่ยนแปลง ครั้งที่ 1 พ.ศ.2568", "เปลี่ยนแปลง ครั้งที่ 1/2568", 256801),
        ("แก้ไข ครั้งที่ ๒/๖๘", "แก้ไข ครั้งที่ 2/2568", 256802),
        ("local_plan_supplement3_2567", "เพิ่มเติม ครั้งที่ 3/2567", 256703),
        ("เพิ่มเติม ฉบับที่ 3", "เพิ่มเติม ครั้งที่ 3", 3),
    ],
)
def test_editions_in_every_spelling(text: str, key: str, order: int) -> None:
    edition = find_edition(text)
    assert edition is not None and (edition.key, edition.order) == (key, order)


def test_titles() -> None:
    title = read_title("แผนการดำเนินงาน ประจำปีงบประมาณ พ.ศ. 2568")
    assert (title.stage, title.years) == (Stage.ACTION, (2568, 2568))
    assert read_title("แผนความต้องการระดับอำเภอ ปี ๒๕๖๙").kind == "PK05"
    assert read_title("รายละเอียดโครงการพัฒนา").kind is None
    assert find_years("แผนพัฒนาท้องถิ่น (พ.ศ.2566 - 2570) ทบทวน ครั้งที่ 2/2565") == (2566, 2570)
    assert replace(title, years=None) != title


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("แบบ ผ.02", "ผ.02"),
        ("ผ.๐๒/๒ ขอ อบจ.", "ผ.02/2"),
        ("ผ03", "ผ.03"),
        ("ผด.02", "ผด.02"),
        ("จ.1", "จ.1"),
        ("ถนน 3", None),
    ],
)
def test_forms(text: str, form: str | None) -> None:
    assert find_form(text) == form


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("รวม", True),
        ("รวมจำนวนโครงการ", True),
        ("รวม 27 โครงการ", True),
        ("รวมทั้งสิ้น", True),
        ("รวมพลังสร้างสรรค์ชุมชน", False),
    ],
)
def test_totals(text: str, total: bool) -> None:
    assert is_total(text) is total

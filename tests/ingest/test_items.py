"""Plan items: money, kinds of item, editions, capacity, payers and declared links."""

from __future__ import annotations

import pytest

from tests.ingest.conftest import MakeFile, ReadOne, codes
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.item_kinds import find_item_kind
from tracegraph.model.graph import ItemKind, LinkKind, Stage, Status
from tracegraph.model.records import ProjectRecord, RecordBatch, RowFate


def one(batch: RecordBatch) -> ProjectRecord:
    (project,) = batch.projects
    return project


YEARS = ["รหัส", "โครงการ", "2566", "2567", "2568"]


@pytest.mark.parametrize(
    ("cells", "years", "amounts", "found"),
    [
        (["50000", "50,000", " 50,000.50 "], (2566, 2567, 2568), (50000.0, 50000.0, 50000.5), []),
        (["-", "", "๑,๘๗๙,๐๐๐.-"], (2568,), (1879000.0,), []),
        (["-", " -   ", "0"], (2566, 2567, 2568), (0.0, 0.0, 0.0), []),
        (["", "", ""], (), (), []),
        (["#REF!", "5000000 (เงินอุดหนุน)", ""], (2567,), (5000000.0,), ["money-unsure", "money-remark"]),
        (["1,2345", "-500", "ตามจริง"], (), (), ["money-unsure"] * 3),
        (["1.5 ล้านบาท", "", ""], (2566,), (1500000.0,), []),
    ],
)
def test_money_by_year(
    csv_file: MakeFile,
    read_one: ReadOne,
    cells: list[str],
    years: tuple[int, ...],
    amounts: tuple[float, ...],
    found: list[str],
) -> None:
    batch = read_one(csv_file([YEARS, ["P1", "ก่อสร้างถนน", *cells]]))
    assert (one(batch).years, one(batch).amounts) == (years, amounts)
    assert codes(batch.problems) == found
    assert all(problem.found in cells for problem in batch.problems)  # the original is kept
    assert one(batch).problems == tuple(found)


def test_a_remark_beside_money_may_name_the_fund(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([YEARS, ["P1", "สร้างสะพาน", "", "5000000 (เงินอุดหนุนเฉพาะกิจ)", ""]]))
    assert one(batch).fund_source == "เงินอุดหนุนเฉพาะกิจ"


def test_money_in_millions_under_its_heading(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["รหัส", "โครงการ", "งบประมาณ 2568 (ล้านบาท)", "เป้าหมาย"]
    assert one(read_one(csv_file([headings, ["P1", "ถนน", "1.25", "1 สาย"]]))).amounts == (1250000.0,)


@pytest.mark.parametrize(
    ("budget", "year", "years", "amounts"),
    [
        ("478324.82", "2568", (2568,), (478324.82,)),
        ("478324.82", "66", (2566,), (478324.82,)),
        ("2569: 980,000", "", (2569,), (980000.0,)),
        ("2567–2570: ปีละ 80,000", "", (2567, 2568, 2569, 2570), (80000.0,) * 4),
        ("980,000", "", (), (980000.0,)),
    ],
)
def test_one_money_column(
    csv_file: MakeFile, read_one: ReadOne, budget: str, year: str, years: tuple[int, ...], amounts: tuple[float, ...]
) -> None:
    batch = read_one(csv_file([["id", "project", "budget", "year", "target"], ["P1", "ถนน", budget, year, "1 สาย"]]))
    assert (one(batch).years, one(batch).amounts) == (years, amounts)
    assert codes(batch.problems) == ([] if years else ["no-year"])


def test_money_without_a_year_belongs_to_a_plan_of_one_year(csv_file: MakeFile, read_one: ReadOne) -> None:
    path = csv_file([["id", "project", "budget", "target"], ["P1", "ถนน", "5000", "1 สาย"]])
    assert one(read_one(path, years="2568")).years == (2568,)


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [
        ("ก่อสร้างถนน คสล. หมู่ที่ 3", None, ItemKind.PROJECT),
        ("เบี้ยยังชีพผู้สูงอายุ", None, ItemKind.RECURRING),
        ("ค่าอาหารเสริม (นม) นักเรียน", None, ItemKind.RECURRING),
        ("จัดซื้ออาหารเสริมนม", None, ItemKind.RECURRING),
        ("ประเพณีลอยกระทง", None, ItemKind.RECURRING),
        ("อบรมและศึกษาดูงานคณะผู้บริหาร", None, ItemKind.ADMINISTRATIVE),
        ("ปรับปรุงอาคารสำนักงานเทศบาลตำบล", None, ItemKind.ADMINISTRATIVE),
        ("ปรับปรุงอาคารศูนย์พัฒนาเด็กเล็ก อบต.", None, ItemKind.PROJECT),
        ("จัดซื้อรถบรรทุกขยะ", None, ItemKind.EQUIPMENT),
        ("เครื่องคอมพิวเตอร์โน้ตบุ๊ก", None, ItemKind.EQUIPMENT),
        ("โต๊ะทำงาน", "ผ.03", ItemKind.EQUIPMENT),
        ("จัดซื้อชุดเสาไฟ LED โซล่าเซลล์ พร้อมติดตั้ง", None, ItemKind.PROJECT),
        ("ป้องกันโรคไข้เลือดออก", "ผ.02", ItemKind.RECURRING),
    ],
)
def test_kinds_of_item(name: str, form: str | None, kind: ItemKind) -> None:
    assert find_item_kind(name, form=form) is kind


def test_a_stated_kind_wins_and_an_unknown_one_is_said(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [["ก่อสร้างถนน", "งานประจำ", "1 สาย"], ["เบี้ยยังชีพ", "อะไรก็ได้", "10 คน"]]
    batch = read_one(csv_file([["โครงการ", "ชนิดรายการ", "เป้าหมาย"], *rows]))
    assert [p.item_kind for p in batch.projects] == [ItemKind.RECURRING, ItemKind.RECURRING]
    assert codes(batch.problems) == ["item-kind-unknown"]


def test_programme_form_and_payer_in_one_cell(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["id", "project", "แผนงาน", "target", "responsible"]
    row = ["P1", "ปรับปรุงถนน", "แผนงานอุตสาหกรรมและการโยธา (ผ.02/2 ขอ อบจ.กระบี่)", "1 สาย", "อบจ.กระบี่"]
    batch = read_one(csv_file([headings, row]))
    project = one(batch)
    assert (project.form, project.payer, project.beyond_capacity) == ("ผ.02/2", "อบจ.กระบี่", True)
    (link,) = batch.links
    assert (link.kind, link.to_uid, link.status) == (LinkKind.ALIGNS_WITH, "BP:00310", Status.DECLARED)
    assert link.evidence[0].left == row[2] and link.from_hash == project.text_hash


@pytest.mark.parametrize(
    ("department", "name", "payer"),
    [
        ("กองช่าง", "ก่อสร้างถนน", None),
        ("อบต.คลองเขม้า กองช่าง", "ก่อสร้างถนน", None),
        ("อบจ.กระบี่", "ก่อสร้างถนน", "อบจ.กระบี่"),
        ("กองช่าง", "ก่อสร้างถนน (อบจ.กระบี่)", "อบจ.กระบี่"),
        ("กรมทางหลวงชนบท", "ก่อสร้างถนน", "กรมทางหลวงชนบท"),
    ],
)
def test_who_pays(csv_file: MakeFile, read_one: ReadOne, department: str, name: str, payer: str | None) -> None:
    project = one(read_one(csv_file([["id", "project", "หน่วยงาน"], ["P1", name, department]])))
    assert project.payer == payer
    assert project.area == "810804"  # who pays says nothing of where


def test_beyond_capacity_by_reason_column(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["โครงการ", "เหตุผลที่เกินขีดความสามารถ", "หน่วยงานที่ขอรับการสนับสนุน"]
    rows = [["สร้างเขื่อน", "งบสูงเกินรายได้ของ อบต.", "กรมโยธาธิการและผังเมือง"], ["ขุดบ่อ", "", ""]]
    first, second = read_one(csv_file([headings, *rows])).projects
    assert (first.beyond_capacity, first.beyond_reason, first.payer) == (True, rows[0][1], rows[0][2])
    assert not second.beyond_capacity


def test_one_file_may_hold_several_editions(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["master_project_id", "document_type", "project_status_type", "project_name_th", "budget_2568"]
    book = "แผนพัฒนาท้องถิ่น เปลี่ยนแปลง ครั้งที่ 1 พ.ศ.2568"
    rows = [
        ["A1", book, "เดิม", "ถนน ยาว 96 ม.", "7000000"],
        ["A2", book, "เปลี่ยนแปลง", "ถนน ยาว 286 ม.", "5500000"],
        ["B1", "แผนพัฒนาท้องถิ่น เพิ่มเติม ครั้งที่ 2 พ.ศ.2568", "เพิ่มเติม (เกินศักยภาพ)", "สะพาน", "1"],
    ]
    batch = read_one(csv_file([headings, *rows]))
    assert [(p.edition, p.edition_no) for p in batch.plans] == [(book, 256801), (rows[2][1], 256802)]
    assert [p.amendment for p in batch.projects] == ["เดิม", "เปลี่ยนแปลง", "เพิ่มเติม (เกินศักยภาพ)"]
    assert [p.beyond_capacity for p in batch.projects] == [False, False, True]
    assert batch.projects[0].plan == batch.projects[1].plan != batch.projects[2].plan


def test_national_lists_by_number_and_name(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["id", "title", "ยุทธศาสตร์ชาติ", "แผนแม่บท", "หมุดหมาย", "SDGs"]
    rows = [
        ["P1", "ถนน", "ยุทธศาสตร์ที่ 4 ด้านการสร้างโอกาส", "๗", "หมุดหมายที่ 8", "9,11"],
        ["P2", "น้ำ", "ด้านความมั่นคง", "การบริหารจัดการน้ำทั้งระบบ", "14", "-"],
    ]
    batch = read_one(csv_file([headings, *rows]))
    first, second = batch.projects
    assert [x.to_uid for x in batch.links if x.from_uid == first.uid] == ["NS:4", "MP:7", "M13:8", "SDG:9", "SDG:11"]
    assert [x.to_uid for x in batch.links if x.from_uid == second.uid] == ["NS:1", "MP:19"]
    assert [(p.code, p.found, p.expected) for p in batch.problems] == [("strategy-unknown", "14", "M13")]


def test_own_strategies_are_those_that_rows_state(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [
        ["P1", "ถนน", "ยุทธศาสตร์ที่ 2 การพัฒนาด้านโครงสร้างพื้นฐาน + กลยุทธ์ 2.1 ถนน"],
        ["P2", "สะพาน", "ยุทธศาสตร์ที่ 2 การพัฒนาด้านโครงสร้างพื้นฐาน"],
        ["P3", "ไฟ", "ยุทธศาสตร์ที่ 2 ด้านโครงสร้างพื้นฐาน"],
        ["P4", "รถ", "บัญชีครุภัณฑ์ - ครุภัณฑ์ยานพาหนะ"],
    ]
    batch = read_one(csv_file([["id", "โครงการ", "ยุทธศาสตร์"], *rows]))
    (strategy,) = batch.strategies
    assert strategy.uid == "LAO810804-2566:2" and strategy.level == "local"
    assert strategy.name == "การพัฒนาด้านโครงสร้างพื้นฐาน" and strategy.aliases == ("ด้านโครงสร้างพื้นฐาน",)
    assert strategy.owner == batch.bodies[0].uid and (strategy.valid_from, strategy.valid_to) == (2566, 2570)
    assert [link.to_uid for link in batch.links] == [strategy.uid] * 3
    assert batch.projects[3].item_kind is ItemKind.EQUIPMENT


def test_provincial_strategies_wait_for_their_list(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([["id", "โครงการ", "ประเด็นการพัฒนาจังหวัด"], ["P1", "ถนน", "ประเด็นที่ 3 คมนาคม"]]))
    (pending,) = batch.pending
    assert (pending.kind, pending.from_id, pending.to_id) == (
        LinkKind.ALIGNS_WITH, one(batch).uid, "PV81-2566:3",
    )  # fmt: skip
    assert pending.reason == "ประเด็นที่ 3 คมนาคม"


def test_ids_of_needs_and_earlier_items_become_links(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["id", "โครงการ", "รหัสความต้องการ", "รหัส ID เดิม"]
    batch = read_one(csv_file([headings, ["P1", "ถนน", "N01, N02", "OLD-7"], ["P2", "ไฟ", "น้ำท่วมทุกปี", "-"]]))
    assert [(link.kind, link.from_id) for link in batch.pending] == [
        (LinkKind.ANSWERED_BY, "N01"),
        (LinkKind.ANSWERED_BY, "N02"),
        (LinkKind.CARRIED_TO, "OLD-7"),
    ]
    assert {link.to_id for link in batch.pending} == {batch.projects[0].uid}


def test_the_same_odd_sum_at_two_places_is_reported(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [
        ["A1", "รางระบายน้ำ หมู่ที่ 5", "5", "478324.82"],
        ["A2", "รางระบายน้ำ หมู่ที่ 6", "6", "478324.82"],
        ["A3", "ลานกีฬา หมู่ที่ 5", "5", "500000"],
        ["A4", "ลานกีฬา หมู่ที่ 6", "6", "500000"],
        ["A5", "ถนน หมู่ที่ 7", "7", "112233.44"],
        ["A6", "ถนน หมู่ที่ 7 ช่วงที่ 2", "7", "112233.44"],
    ]
    batch = read_one(csv_file([["id", "project", "village_no", "budget"], *rows]), years="2568")
    slips = [p for p in batch.problems if p.code == "repeated-money"]
    assert [(p.row, p.found, p.column) for p in slips] == [(3, "478,324.82", "budget")]
    assert "A1" in slips[0].en and len(batch.projects) == 6


def test_a_table_read_as_funded_by_its_shape_says_so(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [["id", "project", "village_no", "budget"], ["A1", "ถนน", "5", "4000"]]
    guessed = read_one(csv_file(rows, "list.csv"), years="2568")
    assert guessed.plans[0].stage is Stage.BUDGET and "stage-assumed" in codes(guessed.problems)
    named = read_one(csv_file(rows, "จ่ายขาดเงินสะสม.csv"), years="2568")
    assert "stage-assumed" not in codes(named.problems)
    said = read_one(csv_file(rows, "list.csv"), years="2568", stage="plan")
    assert said.plans[0].stage is Stage.PLAN and "stage-assumed" not in codes(said.problems)


def test_columns_that_are_not_read_are_named(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([["id", "โครงการ", "เป้าหมาย", "ผู้จดบันทึก"], ["P1", "ถนน", "1 สาย", "ส้ม"]]))
    (problem,) = batch.problems
    assert problem.code == "unused-columns" and "ผู้จดบันทึก" in problem.found


def test_a_conflict_between_column_and_name_is_said(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [["P1", "ถนน หมู่ที่ 3", "4"], ["P2", "ก่อสร้างเมรุ หมู่ที่ 4 และ 12", "4"]]
    batch = read_one(csv_file([["id", "โครงการ", "หมู่ที่"], *rows]))
    assert [p.village_nos for p in batch.projects] == [(4,), (4, 12)]
    assert [(p.code, p.row) for p in batch.problems] == [("village-conflict", 2)]
    assert [p.area for p in batch.projects] == ["81080404", "810804"]


def test_the_far_end_of_a_road_is_no_conflict_and_moves_nothing(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [
        ["P1", "ถนน เชื่อมหมู่ที่ 4 ตำบลทรายขาว", "3"],
        ["P2", "ถนน เชื่อมบ้านควน หมู่ที่ 4 ตำบลทรายขาว", "3"],
        ["P3", "ถนน หมู่ที่ 3 เชื่อมต่อหมู่ที่ 4 ต.ทรายขาว อ.คลองท่อม", "3"],
        ["P4", "ถนน เชื่อม บ้านควน ตำบลทรายขาว", ""],
    ]
    batch = read_one(csv_file([["id", "โครงการ", "หมู่ที่"], *rows]))
    assert codes(batch.problems) == []
    assert [p.village_nos for p in batch.projects] == [(3,), (3,), (3,), ()]
    assert [p.area for p in batch.projects] == ["81080403", "81080403", "81080403", "810804"]
    assert [p.village_name for p in batch.projects] == [None, None, None, None]


def test_contracts_are_items_of_a_stage_and_a_cancelled_one_is_rejected(csv_file: MakeFile) -> None:
    headings = ["เลขที่โครงการ", "หน่วยงาน", "ชื่อโครงการ", "ราคาตกลงซื้อหรือจ้าง", "สถานะ", "ปีงบประมาณ"]
    rows = [
        ["68011", "อบต.คลองเขม้า", "จ้างก่อสร้างถนน หมู่ที่ 3", "980,000.00", "จัดทำสัญญา", "2568"],
        ["69012", "อบต.คลองเขม้า", "จ้างขุดลอกคลอง", "5000", "ยกเลิกโครงการ", "2569"],
    ]
    (batch,) = read_files([csv_file([headings, *rows])])
    assert batch.document.kind == "contracts"
    assert [(p.stage, p.kind, p.year_from) for p in batch.plans] == [
        (Stage.CONTRACT, "PK03", 2568), (Stage.CONTRACT, "PK03", 2569),
    ]  # fmt: skip
    done, stopped = batch.projects
    assert (done.area, done.amounts, done.outcome) == ("81080403", (980000.0,), None)
    assert (stopped.outcome, stopped.outcome_reason) == ("rejected", "ยกเลิกโครงการ")


@pytest.mark.parametrize(
    ("owner", "kind"),
    [("อบจ.กระบี่", "PK08"), ("จังหวัดกระบี่", "PK09"), ("เทศบาลเมืองกระบี่", "PK03"), ("อำเภอคลองท่อม", "PK04")],
)
def test_the_plan_kind_follows_the_owner(csv_file: MakeFile, read_one: ReadOne, owner: str, kind: str) -> None:
    batch = read_one(csv_file([YEARS, ["P1", "ถนน", "1", "", ""]]), owner=owner)
    assert batch.plans[0].kind == kind
    assert ("kind-assumed" in codes(batch.problems)) == (kind == "PK04")


def test_plans_of_rows_that_state_them(csv_file: MakeFile) -> None:
    headings = ["id", "project", "owner", "plan_kind", "stage", "plan_years", "budget", "year"]
    rows = [
        ["P1", "ถนน", "อบต.คลองเขม้า", "PK03", "action", "2568", "5", "2568"],
        ["P2", "ท่าเรือ", "จังหวัดกระบี่", "แผนพัฒนาจังหวัด", "plan", "2566-2570", "9", "2569"],
        ["P3", "ฝาย", "อบต.คลองเขม้า", "PK77", "plan", "2566-2570", "9", "2569"],
        ["P4", "บ่อ", "อบต.คลองเขม้า", "PK03", "someday", "2566-2570", "9", "2569"],
    ]
    (batch,) = read_files([csv_file([headings, *rows])])
    assert [(p.kind, p.stage.value, p.year_from, p.year_to) for p in batch.plans] == [
        ("PK03", "action", 2568, 2568), ("PK09", "plan", 2566, 2570),
    ]  # fmt: skip
    assert [row.fate for row in batch.rows[2:]] == [RowFate.QUARANTINED] * 2
    assert codes(batch.problems) == ["plan-kind-unknown", "stage-unknown"]


def test_a_village_that_a_road_leads_to_is_no_conflict(csv_file: MakeFile, read_one: ReadOne) -> None:
    row = ["P1", "ก่อสร้างสะพาน เชื่อมหมู่ที่ 4 ตำบลห้วยยูง", "5"]
    batch = read_one(csv_file([["id", "โครงการ", "หมู่ที่"], row]))
    assert one(batch).area == "81080405" and codes(batch.problems) == []


def test_columns_of_the_ordinance_are_lines_of_the_budget(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["ที่", "โครงการ", "เป้าหมาย", "2568", "2569", "เทศบัญญัติ 2568 (บาท)", "เทศบัญญัติ ๒๕๖๙ (บาท)"]
    rows = [
        ["1", "ขุดลอกคลอง", "1 สาย", "500,000", "500,000", "๔๕๐,๐๐๐", "-"],
        ["2", "ซ่อมฝาย", "1 แห่ง", "9", "", "", "มี"],
    ]
    batch = read_one(csv_file([headings, *rows]), owner="อบต.คลองเขม้า", area="810804")
    plan, line, other = batch.projects
    assert (line.name, line.years, line.amounts, line.fund_source) == (plan.name, (2568,), (450_000.0,), "เทศบัญญัติ")
    stages = {one.uid: one.stage for one in batch.plans}
    assert [stages[item.plan] for item in (plan, line, other)] == ["plan", "budget", "plan"]
    (link,) = [link for link in batch.pending if link.kind is LinkKind.CARRIED_TO]
    assert (link.from_id, link.to_id) == (plan.uid, line.uid) and "๔๕๐,๐๐๐" in (link.reason or "")
    assert len(batch.rows) == 2 and [p.found for p in batch.problems if p.code == "money-unsure"] == ["มี"]


def test_a_register_that_says_what_was_received(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = ["ลำดับที่", "ชื่อโครงการ", "2568", "ปีงบประมาณที่ได้รับ", "งบที่ได้รับจริง (บาท)"]
    batch = read_one(csv_file([headings, ["1", "ขุดลอกคลอง", "500,000", "2568", "480,000"]]))
    assert [(item.years, item.amounts) for item in batch.projects] == [((2568,), (500_000.0,)), ((2568,), (480_000.0,))]

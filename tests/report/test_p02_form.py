"""Form ผ.02 as a workbook: both shapes, editions, what it has no room for; and that our own importer reads it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tracegraph.analyse.plan_items import BookEdition, PlanBook, PlanItem, StrategyEntry
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.editions import Edition, find_edition
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import ProjectRecord, RecordBatch
from tracegraph.report.p02_form import FormBook, Shape, build_form, shape_of
from tracegraph.report.p02_xlsx import REMARKS, write_form

OWN = StrategyEntry("LAO810405-2566:2", "LAO810405-2566", "", "2", "ด้านโครงสร้างพื้นฐาน")
TACTIC = StrategyEntry("LAO810405-2566:2.1", "LAO810405-2566", "", "2.1", "ก่อสร้างและบำรุงรักษาถนน")
NATIONAL = StrategyEntry("NS:4", "NS", "ยุทธศาสตร์ชาติ 20 ปี", "4", "ด้านการสร้างโอกาสและความเสมอภาคทางสังคม")
GOAL = StrategyEntry("SDG:9", "SDG", "เป้าหมายการพัฒนาที่ยั่งยืน", "9", "อุตสาหกรรม นวัตกรรม โครงสร้างพื้นฐาน")


def item(name: str, *money: tuple[int, float], **said: object) -> PlanItem:
    """An item with every word filled; ``said`` replaces."""
    words: dict[str, object] = {
        "uid": f"proj:{name}", "source_id": "", "name": name, "objective": "เพื่อให้สัญจรสะดวก\nและปลอดภัย",
        "target": "ถนน ยาว 500 เมตร", "kpi": "ร้อยละ 80", "expected": "เดินทางสะดวก", "department": "กองช่าง\nงานก่อสร้าง",
        "programme": "แผนงานอุตสาหกรรมและการโยธา", "form": "ผ.02", "item_kind": "project", "money": money,
        "undated": None, "strategy": OWN, "tactic": None, "declared": (NATIONAL,), "other_strategies": (),
    }  # fmt: skip
    return PlanItem(**{**words, **said})  # type: ignore[arg-type]


def book(*editions: tuple[str, tuple[PlanItem, ...]], years: tuple[int, int] = (2566, 2570)) -> PlanBook:
    """A plan of อบต.ห้วยน้ำขาว with these editions ('' for the book itself)."""
    parts = tuple(
        BookEdition(f"plan:{at}", "", find_edition(words) or Edition(words, words), items)
        for at, (words, items) in enumerate(editions)
    )
    return PlanBook("PK03", "อบต.ห้วยน้ำขาว", "810405", ("ห้วยน้ำขาว", "คลองท่อม", "กระบี่"), years, parts)


def export(form: FormBook, tmp_path: Path, name: str = "ผ02.xlsx") -> Path:
    path = tmp_path / name
    write_form(form, path)
    return path


def read_back(path: Path) -> RecordBatch:
    """The workbook as the importer reads it, with nothing stated beside it."""
    (batch,) = read_files([path], context=ImportContext())
    return batch


def money_of(project: ProjectRecord) -> dict[int, float]:
    return dict(zip(project.years, project.amounts, strict=True))


def lines_of(path: Path, sheet: str) -> list[list[object]]:
    at = load_workbook(path)[sheet]
    return [[cell.value for cell in row if cell.value is not None] for row in at.iter_rows()]


def test_the_strategy_shape_stands_as_offices_print_it(tmp_path: Path) -> None:
    first = item("ก่อสร้างถนน คสล. สายบน", (2566, 100_000), (2568, 250_000.5), tactic=TACTIC, declared=(NATIONAL, GOAL))
    second = item("ซ่อมถนนสายล่าง", (2570, 40_000), tactic=TACTIC)
    added = item("วางท่อระบายน้ำ", (2569, 70_000), tactic=TACTIC)
    form = build_form(book(("", (first, second)), ("เพิ่มเติม ครั้งที่ 5/2567", (added,))))
    path = export(form, tmp_path)
    sheet = "ยุทธ2.1 แผนงานอุตสาหกรรมและการโ"
    assert lines_of(path, sheet) == [
        ["รายละเอียดโครงการพัฒนา", "แบบ ผ.02"],
        ["แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570)"],
        ["องค์การบริหารส่วนตำบลห้วยน้ำขาว อำเภอคลองท่อม จังหวัดกระบี่"],
        ["ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 4 ด้านการสร้างโอกาสและความเสมอภาคทางสังคม"],
        ["2. ยุทธศาสตร์ด้านโครงสร้างพื้นฐาน"],
        ["2.1 ก่อสร้างและบำรุงรักษาถนน"],
        ["(1) แผนงานอุตสาหกรรมและการโยธา"],
        [
            "ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", "ตัวชี้วัด\n(KPI)", "ผลที่คาดว่า\nจะได้รับ",
            "หน่วยงาน\nที่รับผิดชอบ\nหลัก",
        ],
        ["(ผลผลิตของโครงการ)", "2566", "2567", "2568", "2569", "2570"],
        ["(บาท)"] * 5,
        [1, first.name, first.objective, first.target, 100_000, "-", 250_000.5, "-", "-", *first_end(first)],
        [2, second.name, second.objective, second.target, "-", "-", "-", "-", 40_000, *first_end(second)],
        ["เพิ่มเติม ครั้งที่ 5/2567"],
        [1, added.name, added.objective, added.target, "-", "-", "-", 70_000, "-", *first_end(added)],
        ["รวมงบประมาณ", 100_000, "-", 250_000.5, 70_000, 40_000],
        ["รวมจำนวนโครงการ", 3],
    ]  # fmt: skip
    assert [line for line in form.remarks if "เป้าหมายการพัฒนาที่ยั่งยืน" in line and "1 จาก 3" in line]


def first_end(one: PlanItem) -> list[str]:
    return [one.kpi, one.expected, one.department]


def test_the_page_is_ready_to_print(tmp_path: Path) -> None:
    path = export(build_form(book(("", (item("ก่อสร้างถนน", (2566, 1_234_567)),)))), tmp_path)
    at = load_workbook(path).worksheets[0]
    assert (at.page_setup.orientation, at.page_setup.paperSize, at.page_setup.fitToWidth) == ("landscape", 9, 1)
    assert at.page_setup.fitToHeight == 0 and at.sheet_properties.pageSetUpPr.fitToPage
    assert at.print_title_rows == "$7:$9" and at.freeze_panes == "A10"
    merged = {str(cells) for cells in at.merged_cells.ranges}
    assert {"A7:A9", "B7:B9", "C7:C9", "E7:I7", "D8:D9", "J7:J9", "L7:L9", "A1:K1", "A6:L6"} <= merged
    cell = at["E10"]
    assert (cell.value, cell.number_format, cell.font.name) == (1_234_567, "#,##0", "TH Sarabun New")
    assert at["B10"].alignment.wrap_text


def test_the_issue_shape_has_no_kpi_and_no_programme(tmp_path: Path) -> None:
    issue = StrategyEntry("LAO810405-2571:1", "LAO810405-2571", "", "1", "เมืองน่าอยู่")
    items = (item("ทำลานกีฬา", (2571, 5_000), strategy=issue), item("ทำสวน", strategy=issue))
    plan = book(("", items), years=(2571, 2575))
    form = build_form(plan)
    assert (shape_of(plan), form.shape) == (Shape.ISSUE, Shape.ISSUE)
    path = export(form, tmp_path)
    found = lines_of(path, "ประเด็น1")
    assert found[0] == ["แบบ ผ.02"]
    assert found[4] == ["1. ประเด็นการพัฒนาท้องถิ่น: เมืองน่าอยู่"]
    assert found[6] == [f"พ.ศ. {year}\n(บาท)" for year in range(2571, 2576)]
    assert found[-1] == ["รวม", "2 โครงการ", "-", "-", 5_000, "-", "-", "-", "-"]
    assert "ร้อยละ 80" not in [cell for line in found for cell in line]
    assert any("แบบนี้ไม่มีช่องแผนงานและตัวชี้วัด: มี 2 รายการ" in line for line in form.remarks)
    batch = read_back(path)
    assert {p.name: money_of(p) for p in batch.projects} == {"ทำลานกีฬา": {2571: 5_000.0}, "ทำสวน": {}}
    assert [(s.number, s.name) for s in batch.strategies] == [("1", "เมืองน่าอยู่")]


def test_what_the_form_has_no_room_for_is_listed(tmp_path: Path) -> None:
    form = build_form(
        book(
            (
                "",
                (
                    item("ถนนไม่รู้ปี", undated=900_000.0),
                    item("ถนนปีหน้า", (2571, 5.0)),
                    item("เครื่องพิมพ์", (2566, 9_000), form="ผ.03", item_kind="equipment"),
                ),
            ),
            ("ร่าง", (item("ทำสะพาน", (2566, 1)),)),
        )
    )
    said = "\n".join(form.remarks)
    assert "เงินไม่ระบุปี 900,000.00 บาท: ถนนไม่รู้ปี" in said
    assert "เงินปี 2571 อยู่นอกปีของแผน 5.00 บาท: ถนนปีหน้า" in said
    assert "ไม่ได้อยู่ในแบบ ผ.02: เครื่องพิมพ์ (แบบ ผ.03 ครุภัณฑ์ 9,000.00 บาท)" in said
    assert "ร่าง" in said
    path = export(form, tmp_path)
    assert load_workbook(path).sheetnames[-1] == REMARKS
    batch = read_back(path)
    assert sorted(p.name for p in batch.projects) == ["ถนนปีหน้า", "ถนนไม่รู้ปี", "ทำสะพาน"]
    assert all(problem.code != "no-name" for problem in batch.problems)


def test_items_alike_in_every_cell_are_told() -> None:
    twice = (item("กล้องวงจรปิด", (2566, 5.0)), item(" กล้องวงจรปิด\n", (2566, 5.0)))
    form = build_form(book(("", twice)))
    assert any("เหมือนกันทุกช่อง 2 รายการ: กล้องวงจรปิด" in line for line in form.remarks)
    assert len(form.sheets[0].items) == 2  # both are printed


def test_programmes_are_written_as_the_form_does(tmp_path: Path) -> None:
    said = ("(1) แผนงานการเกษตร", "แผนงานการเกษตร", "การพาณิชย์", "๒. แผนงาน เคหะและชุมชน", "ครุภัณฑ์สำนักงาน")
    form = build_form(book(("", tuple(item(f"โครงการ {words}", programme=words) for words in said))))
    assert sorted(sheet.lines[-1] for sheet in form.sheets) == [
        "(1) ครุภัณฑ์สำนักงาน", "(1) แผนงาน เคหะและชุมชน", "(1) แผนงานการพาณิชย์", "(1) แผนงานการเกษตร",
    ]  # fmt: skip
    assert any("ไม่ใช่ชื่อแผนงาน จึงพิมพ์ตามเอกสาร: ครุภัณฑ์สำนักงาน" in line for line in form.remarks)
    found = {project.name: project.programme for project in read_back(export(form, tmp_path)).projects}
    assert found["โครงการ (1) แผนงานการเกษตร"] == found["โครงการ แผนงานการเกษตร"] == "แผนงานการเกษตร"
    assert found["โครงการ การพาณิชย์"] == "แผนงานการพาณิชย์"


def test_years_stated_as_nothing_stay_apart_from_years_not_stated(tmp_path: Path) -> None:
    items = (item("ศึกษาดูงาน", (2567, 0.0), (2568, 0.0)), item("ทำถนน", (2566, 5.0)), item("ทำสวน"))
    path = export(build_form(book(("", items))), tmp_path)
    at = load_workbook(path).worksheets[0]
    assert [[cell.value for cell in row[4:9]] for row in at.iter_rows(min_row=10, max_row=12)] == [
        [None, "-", "-", None, None],
        [5, "-", "-", "-", "-"],
        [None] * 5,
    ]
    found = {project.name: money_of(project) for project in read_back(path).projects}
    assert found == {"ศึกษาดูงาน": {2567: 0.0, 2568: 0.0}, "ทำถนน": {2566: 5.0}, "ทำสวน": {}}


def test_streams_of_a_plan_stand_on_sheets_of_their_own(tmp_path: Path) -> None:
    items = (item("ก"), item("ข", form="ผ.02/2"), item("ค", strategy=None, programme="", declared=()))
    form = build_form(book(("", items)))
    assert [(sheet.code, [one.name for one in sheet.items]) for sheet in form.sheets] == [
        ("ผ.02", ["ก"]), ("ผ.02", ["ค"]), ("ผ.02/2", ["ข"]),
    ]  # fmt: skip
    batch = read_back(export(form, tmp_path))
    assert {p.name: (p.form, p.beyond_capacity) for p in batch.projects} == {
        "ก": ("ผ.02", False), "ข": ("ผ.02/2", True), "ค": ("ผ.02", False),
    }  # fmt: skip


def test_sheets_with_the_same_long_name_stay_apart(tmp_path: Path) -> None:
    long = "แผนงานสร้างความเข้มแข็งของชุมชนและ"
    items = tuple(item(f"โครงการ {mark}", programme=f"{long}{mark}") for mark in "กขค")
    form = build_form(book(("", items)))
    titles = [sheet.title for sheet in form.sheets]
    assert len({title.casefold() for title in titles}) == 3 and max(map(len, titles)) <= 31
    batch = read_back(export(form, tmp_path))
    assert {p.programme for p in batch.projects} == {f"{long}{mark}" for mark in "กขค"}
    assert "copied-sheet" not in {problem.code for problem in batch.problems}


@pytest.mark.parametrize("name", ["=1+1", "+ถนน", "-ถนน", "@SUM(A1)", "ถนน\x07ดิน", "<b>&ถนน", "ถนน_x0041_"])
def test_no_text_becomes_a_formula(tmp_path: Path, name: str) -> None:
    path = export(build_form(book(("", (item(name, (2566, 1.0), objective=name),)))), tmp_path)
    cell = load_workbook(path).worksheets[0]["B10"]
    assert cell.data_type == "s"
    assert cell.quotePrefix == name.startswith(("=", "+", "-", "@"))


WORD = st.text(alphabet="กขคงจำำิ์๑๒3 ()-", min_size=1, max_size=40).filter(
    lambda text: any("ก" <= c <= "ฮ" for c in text)
)
MONEY = st.dictionaries(st.integers(2566, 2570), st.integers(1, 10**9), max_size=5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(WORD, MONEY), min_size=1, max_size=6, unique_by=lambda pair: pair[0].strip()))
def test_names_and_money_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, dict[int, int]]]
) -> None:
    items = tuple(item(f"โครงการ{name}", *sorted(money.items())) for name, money in said)
    path = export(build_form(book(("", items))), tmp_path_factory.mktemp("p02"))
    batch = read_back(path)
    assert sorted((p.name, money_of(p)) for p in batch.projects) == sorted(
        (one.name.strip(), {year: float(baht) for year, baht in one.money}) for one in items
    )

"""``tracegraph export p02``: from the graph to the form and back, on both engines; and what the command says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.acceptance.office import Office
from tracegraph.analyse.plan_items import PlanBook, require_book
from tracegraph.errors import NotFoundError, UsageError
from tracegraph.graph import Store, open_store
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.editions import find_edition
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import ProjectRecord, RecordBatch, RowFate
from tracegraph.report.p02_form import build_form
from tracegraph.report.p02_xlsx import write_form
from tracegraph.sample import sample_files
from tracegraph.settings import Settings

OWNER, YEARS = "อบต.ห้วยน้ำขาว", "2566-2570"
WORDS = ("objective", "target", "kpi", "expected", "department", "programme", "form")


def plan_files() -> list[Path]:
    """Strategies of the bodies and their local plans, amendments and a draft from 2571 among them."""
    return [path for path in sample_files() if path.name[:2] in ("05", *map(str, range(30, 42)))]


@pytest.fixture(scope="module")
def plans(module_store: Store) -> Store:
    module_store.write_batches(read_files(plan_files(), context=ImportContext(sample=True)), command="import")
    return module_store


def export(book: PlanBook, folder: Path) -> RecordBatch:
    """The book on its form, as the importer reads it with nothing stated beside it."""
    path = folder / "ผ02.xlsx"
    write_form(build_form(book), path)
    (batch,) = read_files([path])
    return batch


def own_strategies(batch: RecordBatch) -> dict[str, str]:
    """Entry of the owner's list by item."""
    own = {strategy.uid for strategy in batch.strategies}
    return {link.from_uid: link.to_uid for link in batch.links if link.to_uid in own}


def money_of(project: ProjectRecord) -> tuple[tuple[int, float], ...]:
    return tuple(zip(project.years, project.amounts, strict=True))


@pytest.mark.parametrize("owner", ["อบต.ห้วยน้ำขาว", "องค์การบริหารส่วนตำบลคลองท่อมเหนือ", "เทศบาลตำบลทรายขาว"])
def test_a_book_comes_back_with_its_items_money_strategies_and_editions(
    plans: Store, tmp_path: Path, owner: str
) -> None:
    book = require_book(plans, owner=owner, years=YEARS)
    assert len(book.editions) >= 3
    batch = export(book, tmp_path)
    written = [(edition.plan, item) for edition in book.editions for item in edition.items if item.form != "ผ.03"]
    assert len(written) > 10
    found = {(project.plan, project.name): project for project in batch.projects}
    assert found.keys() == {(plan, item.name) for plan, item in written}  # in the very plans of the graph
    strategies = own_strategies(batch)
    for plan, item in written:
        project = found[plan, item.name]
        assert money_of(project) == item.money
        assert {word: getattr(project, word) or "" for word in WORDS} == {word: getattr(item, word) for word in WORDS}
        assert strategies.get(project.uid) == (item.strategy.uid if item.strategy else None)
    assert {plan.edition_no for plan in batch.plans} == {edition.edition.order for edition in book.editions}
    assert all(check.agrees for layout in batch.layouts for check in layout.checks)
    assert not [problem for problem in batch.problems if problem.severity == "error"]


def test_the_alignment_that_a_whole_sheet_declares_comes_back(plans: Store, tmp_path: Path) -> None:
    book = require_book(plans, owner=OWNER, years=YEARS)
    batch = export(book, tmp_path)
    national = {(link.from_uid, link.to_uid) for link in batch.links if link.to_uid.startswith(("NS:", "SDG:", "M13:"))}
    names = {project.uid: project.name for project in batch.projects}
    said = {(item.name, entry.uid) for item in book.items for entry in item.declared}
    assert national and {(names[uid], entry) for uid, entry in national} <= said


def test_a_plan_from_2571_stands_on_the_issue_shape(plans: Store, tmp_path: Path) -> None:
    book = require_book(plans, area="810404", years="2571-2575")
    batch = export(book, tmp_path)
    assert {(p.name, money_of(p)) for p in batch.projects} == {(item.name, item.money) for item in book.items}
    assert {(plan.year_from, plan.year_to) for plan in batch.plans} == {(2571, 2575)}
    sheet = load_workbook(tmp_path / "ผ02.xlsx").worksheets[0]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [text for text in said if "ตัวชี้วัด" in text or "แผนงาน" in text]


def test_one_edition_alone(plans: Store, tmp_path: Path) -> None:
    whole = require_book(plans, owner=OWNER, years=YEARS)
    last = whole.editions[-1]
    book = require_book(plans, plan=last.plan)
    assert book.items == last.items
    batch = export(book, tmp_path)
    assert {plan.uid for plan in batch.plans} == {last.plan}
    edition = find_edition(batch.plans[0].edition)
    assert edition is not None and edition.key == last.edition.key


def test_a_real_book_comes_back_whole(shared: Path, tmp_path: Path) -> None:
    """The city's book with its text boxes, amendments and copies of rows that differ nowhere on the form."""
    (source,) = read_files([shared / "data" / "nakhonsawan_p02" / "p02.xlsx"])
    listed = {plan.uid for plan in source.plans if plan.stage == "plan"}
    with open_store(Settings(home=tmp_path / "home")) as store:
        store.write_batches([source], command="import")
        book = require_book(store, area=source.plans[0].area or "")
    form = build_form(book)
    batch = export(book, tmp_path)
    stated = Counter((p.plan, p.name, p.programme, money_of(p)) for p in source.projects if p.plan in listed)
    found = Counter((p.plan, p.name, p.programme, money_of(p)) for p in batch.projects)
    assert len(book.items) == stated.total() == sum(len(sheet.items) for sheet in form.sheets)
    assert found.keys() == stated.keys()
    alike = sum(row.fate is RowFate.MERGED for row in batch.rows)
    assert stated.total() - found.total() == alike == sum("เหมือนกันทุกช่อง" in line for line in form.remarks)
    assert all(row.fate is not RowFate.QUARANTINED for row in batch.rows)


def test_what_cannot_be_told_is_asked_for(plans: Store) -> None:
    with pytest.raises(UsageError) as several:
        require_book(plans, area="810404")
    assert "plan:" in several.value.hint_th and "--years" in several.value.en
    with pytest.raises(NotFoundError):
        require_book(plans, owner="อบต.ไม่มีอยู่")
    with pytest.raises(UsageError):
        require_book(plans)
    with pytest.raises(UsageError):
        require_book(plans, owner=OWNER, years="ปีหน้า")


def test_the_command_writes_a_workbook_and_says_what_is_in_it(tmp_path: Path) -> None:
    office, path = Office(tmp_path / "home"), tmp_path / "ผ02.xlsx"
    office.run("import", *(path for path in plan_files() if path.name[:2] in ("05", "30", "31", "32")))
    done = office.run("export", "p02", "--owner", OWNER, "--output", path)
    assert "19 รายการ 35,225,000.00 บาท" in done.stderr and "2 remarks on the last sheet" in done.stderr
    assert len(load_workbook(path).sheetnames) == 15
    wrong = office.run("export", "p02", "--owner", OWNER, "--output", tmp_path / "a.csv", status=2)
    assert "ต้องลงท้ายด้วย .xlsx" in wrong.stderr
    nowhere = office.run("export", "p02", "--owner", OWNER, "--output", tmp_path / "no" / "a.xlsx", status=1)
    assert "เขียนไฟล์" in nowhere.stderr and "Traceback" not in nowhere.stderr
    unknown = office.run("export", "p02", "--owner", "อบต.ไม่มี", "--output", path, status=1)
    assert "ไม่พบแผนพัฒนาท้องถิ่น" in unknown.stderr

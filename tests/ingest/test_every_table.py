"""Whatever stands in the cells: nothing is raised, every row has a fate, twice is once, order does not matter."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.files import read_tables
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.mapping import detect_mapping
from tracegraph.ingest.quarantine import count_fates
from tracegraph.model.records import RecordBatch, RowFate

CELLS = st.one_of(
    st.sampled_from(
        [
            "", "-", "0", "99", "ม.3", "หมู่ที่ ๕", "2566", "66", "2023", "#REF!", "=1+1", "5000000 (เงินอุดหนุน)",
            "1,632,820",
            "๑,๘๗๙,๐๐๐.-", '"', "ๆ", "รวม", "เพิ่มเติมครั้งที่ 5 / 2567", "(1) แผนงานสาธารณสุข", "ต.หนองบัว", "ไม่ทราบข้อมูลในส่วนนี้",
            "ขอ อบจ.กระบี่", "ก่อสร้างถนน คสล. หมู่ที่ 3", "น\u0e4d\u0e49\u0e32ท่วม\u200b", "ยุทธศาสตร์ที่ 2 น้ำ", "9,11", "N01",
        ]
    ),
    st.text(max_size=25),
    st.text(alphabet="กขคงน้ำ่้๊ิีุู์ฯๆ๑๒๓0123456789.,-/()", max_size=25),
)  # fmt: skip
NEEDS = ["id", "หมู่ที่", "ตำบล", "ความต้องการ", "ลำดับความสำคัญ", "ผลการพิจารณา"]
ITEMS = [
    "id",
    "ที่",
    "โครงการ",
    "หมู่ที่",
    "เป้าหมาย",
    "2566",
    "๒๕๖๗",
    "แผนงาน",
    "ยุทธศาสตร์",
    "ยุทธศาสตร์ชาติ",
    "หน่วยงาน",
    "หมายเหตุ",
]


STRATEGIES = ["list_id", "ข้อ", "ชื่อ", "ระดับ", "ปีเริ่ม", "ปีสิ้นสุด"]
LINKS = ["from", "to", "kind", "class", "reason"]
PLANS = ["plan_kind", "owner", "plan_title", "plan_years", "due_on", "submitted_on"]


def read(headings: list[str], rows: list[list[str]]) -> RecordBatch | None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([headings, *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(text.getvalue().encode("utf-8", "replace"))
        batch = read_path(path)
        assert batch == read_path(path)  # the same file twice is the same in every part
        if batch is not None:
            check_fates(batch, path)
        return batch


def read_path(path: Path) -> RecordBatch | None:
    refused: list[object] = []
    batches = read_files(
        [path], context=ImportContext(owner="อบต.คลองเขม้า"), on_refusal=lambda _, error: refused.append(error)
    )
    assert len(batches) + len(refused) == 1
    return batches[0] if batches else None


def check_fates(batch: RecordBatch, path: Path) -> None:
    """Every row that is not blank or a heading has one fate or is told as a line of the table, never both."""
    (table,) = read_tables(path)
    below = {row.number for row in table.rows if row.number > detect_mapping(table).rows.last}
    lines = [p.found for p in batch.problems if p.code == "table-lines"]
    told = {int(number) for found in lines for number in found.partition(" (")[0].split(", ")}
    fated = [row.row for row in batch.rows]
    assert len(fated) == len(set(fated))
    assert told.isdisjoint(fated)
    assert told.union(fated) == below
    counts = count_fates(batch)
    assert counts.pop("rows") == sum(counts.values()) == len(fated)
    for row in batch.rows:
        assert (row.fate is RowFate.QUARANTINED) == any(p.severity == "error" for p in row.problems)
        assert row.fate is not RowFate.QUARANTINED or any(cell for _, cell in row.cells)
        assert row.fate is not RowFate.MERGED or row.problems


def check(batch: RecordBatch) -> None:
    records = {r.uid: r for r in (*batch.needs, *batch.projects)}
    loaded = [row.uid for row in batch.rows if row.fate is RowFate.LOADED]
    assert sorted(loaded) == sorted(records) and len(loaded) == len(set(loaded))  # nothing lost, nothing doubled
    known = {area.uid for area in batch.areas}
    for record in records.values():
        assert record.area is None or record.area in known
        assert record.plan in {plan.uid for plan in batch.plans}
    for project in batch.projects:
        assert len(project.years) == len(project.amounts) or (not project.years and len(project.amounts) == 1)
        assert all(amount >= 0 for amount in project.amounts)
    assert {area.parent for area in batch.areas} - {None} <= known
    assert all(link.from_uid in records for link in batch.links)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=len(NEEDS), max_size=len(NEEDS)), min_size=1, max_size=6))
def test_any_table_of_needs(rows: list[list[str]]) -> None:
    batch = read(NEEDS, rows)
    if batch is not None:
        check(batch)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=len(ITEMS), max_size=len(ITEMS)), min_size=1, max_size=6))
def test_any_table_of_items(rows: list[list[str]]) -> None:
    batch = read(ITEMS, rows)
    if batch is not None:
        check(batch)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=len(STRATEGIES), max_size=len(STRATEGIES)), min_size=1, max_size=6))
def test_any_table_of_strategies(rows: list[list[str]]) -> None:
    read(STRATEGIES, rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=len(LINKS), max_size=len(LINKS)), min_size=1, max_size=6))
def test_any_table_of_links(rows: list[list[str]]) -> None:
    read(LINKS, rows)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=len(PLANS), max_size=len(PLANS)), min_size=1, max_size=6))
def test_any_register_of_plans(rows: list[list[str]]) -> None:
    read(PLANS, rows)


WORDS = st.sampled_from(["ขุดลอกคลอง", "ก่อสร้างถนน คสล.", "ติดตั้งไฟทาง", "สร้างฝาย"])
ROWS = st.lists(st.tuples(WORDS, st.integers(1, 9)), min_size=1, max_size=8, unique=True)


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_uids_do_not_depend_on_the_order_of_rows(pairs: list[tuple[str, int]], random: object) -> None:
    def uids(order: list[tuple[str, int]]) -> dict[str, tuple[str, int | None]]:
        batch = read(NEEDS[1:], [[str(number), "", text, "", ""] for text, number in order])
        assert batch is not None
        return {need.uid: (need.text, need.village_no) for need in batch.needs}

    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert uids(pairs) == uids(shuffled)
    assert len(uids(pairs)) == len(pairs)

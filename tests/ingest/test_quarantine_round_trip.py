"""Quarantined rows, mended and imported again: each once, in the plan and with the uid of the corrected source."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.ingest.conftest import MakeFile
from tracegraph.graph import Store
from tracegraph.graph.summary import RunSummary
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.quarantine import write_report
from tracegraph.model.records import MENDED, RecordBatch, RowFate

Rows = Sequence[Sequence[object]]
State = dict[str, dict[str, Any]]

_HEAD: Rows = [
    ["รายละเอียดโครงการพัฒนา"],
    ["แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570) ทบทวน ครั้งที่ 1/2567"],
    ["องค์การบริหารส่วนตำบลห้วยน้ำขาว อำเภอคลองท่อม จังหวัดกระบี่"],
    ["ก. ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่ 4 ด้านการสร้างโอกาสและความเสมอภาคทางสังคม"],
    ["1. ยุทธศาสตร์โครงสร้างพื้นฐาน"],
    ["(1) แผนงานเคหะและชุมชน"],
    [
        "ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", "", "", "", "",
        "ตัวชี้วัด\n(KPI)", "ผลที่คาดว่าจะได้รับ", "หน่วยงานที่รับผิดชอบหลัก",
    ],
    ["", "", "", "(ผลผลิตของโครงการ)", "2566", "2567", "2568", "2569", "2570"],
    ["", "", "", "", *["(บาท)"] * 5],
]  # fmt: skip
_ROAD = "ก่อสร้างถนน คสล. หมู่ที่ 2"


def form_rows(*names: str) -> Rows:
    """A ผ.02 with a dividing line, a ditto mark and a cell that begins like a formula; ``names`` of rows 11, 12, 15."""
    second, third, last = names
    return [
        *_HEAD,
        ["1", _ROAD, "เพื่อสัญจร", "500 ม.", "", "100,000", "", "", "", "ร้อยละ 80", "ดี", "กองช่าง"],
        ["2", second, "เพื่อระบายน้ำ", "200 ม.", "", "", "250,000", "", "", "ร้อยละ 80", "ดี", '"'],
        ["3", third, "เพื่อสัญจรสายสอง", "300 ม.", "", "", "", "70,000", "", "ร้อยละ 80", "ดี", "กองช่าง"],
        ["", "เพิ่มเติม ครั้งที่ 5/2567"],
        ["1", "ติดตั้งไฟ หมู่ที่ 4", "เพื่อแสงสว่าง", "10 จุด", "", "", "", "", "90,000", "", "", "กองช่าง"],
        ["2", last, "=เพื่อน้ำ", "1 บ่อ", "", "", "", "", "50,000", "", "", "กองช่าง"],
    ]


class Graph:
    """A store with the files imported into it, and the report of each import."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.runs = store, folder, 0

    def take(self, *paths: Path, context: ImportContext | None = None) -> tuple[RunSummary, list[Path]]:
        """Import; the summary and the quarantine files."""
        batches = read_files(paths, context=context or ImportContext())
        summary = self.store.write_batches(batches, command="import")
        self.runs += 1
        report = write_report(batches, self.folder / f"report{self.runs}")
        files = (report / "quarantine").glob("*") if (report / "quarantine").exists() else iter(())
        return summary, sorted(path for path in files if path.suffix != ".yaml")

    def items(self) -> State:
        """Current needs and projects by uid, without where they stand."""
        rows = self.store.read("MATCH (n) WHERE (n:Need OR n:Project) AND n.current RETURN properties(n) AS said")
        return {row["said"]["uid"]: row["said"] for row in rows}

    def declared(self) -> set[tuple[str, str]]:
        """Items and the strategies that they declare."""
        found = self.store.read(
            "MATCH (n:Project)-[r:ALIGNS_WITH]->(s:Strategy) WHERE n.current AND r.status = 'declared'"
            " RETURN n.uid AS item, s.uid AS strategy"
        )
        return {(row["item"], row["strategy"]) for row in found}


@pytest.fixture
def graph(store: Store, tmp_path: Path) -> Graph:
    return Graph(store, tmp_path)


def mend(path: Path, said: Mapping[str, Mapping[str, str]]) -> Path:
    """Type into a quarantine file as an officer does: source row → heading → words."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    else:
        book = load_workbook(path)
        lines = [[str(cell.value or "") for cell in row] for row in book.worksheets[0].iter_rows()]
    at = {heading: index for index, heading in enumerate(lines[0])}
    for line in lines[1:]:
        for heading, words in said.get(line[at["แถว/row"]], {}).items():
            line[at[heading]] = words
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(lines)
        return path
    for row, line in zip(book.worksheets[0].iter_rows(), lines, strict=True):
        for cell, words in zip(row, line, strict=True):
            cell.value = words or None
            cell.data_type = "s" if words else cell.data_type
    book.save(path)
    return path


def expected_of(batch: RecordBatch) -> dict[str, tuple[object, ...]]:
    """What the corrected source says of each record."""
    needs = {n.uid: (n.text, n.plan, n.area, n.village_no, n.year, n.side) for n in batch.needs}
    items = {
        p.uid: (p.name, p.plan, p.area, p.years, p.amounts, p.programme, p.form, p.amendment, p.department, p.objective)
        for p in batch.projects
    }
    return {**needs, **items}


def found_in(items: State) -> dict[str, tuple[object, ...]]:
    """The same of what stands in the graph."""
    return {
        uid: (n["text"], n["plan"], n.get("area"), n.get("village_no"), n.get("year"), n.get("side"))
        if "text" in n
        else (
            n["name"], n["plan"], n.get("area"), tuple(n["years"]), tuple(n["amounts"]), n.get("programme"),
            n.get("form"), n.get("amendment"), n.get("department"), n.get("objective"),
        )
        for uid, n in items.items()
    }  # fmt: skip


def read_one(path: Path, context: ImportContext | None = None) -> RecordBatch:
    (batch,) = read_files([path], context=context or ImportContext())
    return batch


def check_round_trip(
    graph: Graph,
    first: Path,
    corrected: Callable[[], Path],
    mends: Mapping[str, Mapping[str, str]],
    context: ImportContext | None = None,
) -> Path:
    """Import, mend, import twice, then import the corrected source; the quarantine file."""
    _, (file,) = graph.take(first, context=context)
    before = graph.items()
    untouched, _ = graph.take(file)
    assert (untouched.new, untouched.changed, untouched.superseded) == (0, 0, 0)
    assert graph.items() == before  # nobody has mended anything yet: every row is kept out again

    mended = mend(file, mends)
    summary, left = graph.take(mended)
    assert (summary.new, summary.changed, summary.superseded, left) == (len(mends), 0, 0, [])
    source = corrected()
    batch = read_one(source, context)
    assert all(row.fate is not RowFate.QUARANTINED for row in batch.rows)
    assert found_in(graph.items()) == expected_of(batch)
    assert {(link.from_uid, link.to_uid) for link in batch.links if link.kind == "ALIGNS_WITH"} == graph.declared()

    again, _ = graph.take(mended)
    assert (again.new, again.changed, again.superseded) == (0, 0, 0)
    (foreseen,) = graph.store.compare_batches([batch])
    last, _ = graph.take(source, context=context)
    assert (last.new, last.superseded) == (foreseen.new, foreseen.superseded) == (0, 0)
    assert last.changed == foreseen.changed
    assert found_in(graph.items()) == expected_of(batch)
    assert {item["document"] for item in graph.items().values()} == {batch.document.uid}
    documents = graph.store.read("MATCH (d:Document) WHERE d.current RETURN d.series AS series")
    assert [row["series"] for row in documents] == [batch.document.series]  # nothing is left to mend
    return file


def test_a_form_with_dividing_lines(graph: Graph, xlsx_file: MakeFile, tmp_path: Path) -> None:
    sheet = "ยุทธ1 แผนงานเคหะและชุมชน"
    merges = {sheet: ["E7:I7"]}
    first = xlsx_file({sheet: form_rows("#REF!", "", "-")}, "แผน 66.xlsx", merges=merges)
    (tmp_path / "v2").mkdir()

    def corrected() -> Path:
        rows = form_rows("วางท่อ หมู่ที่ 3", _ROAD, "ขุดบ่อ หมู่ที่ 5")
        return xlsx_file({sheet: rows}, "v2/แผน 66.xlsx", merges=merges)

    mends = {
        "11": {"โครงการ": "วางท่อ หมู่ที่ 3"},
        "12": {"โครงการ": _ROAD},  # the words of row 10: another item, as it is in the source
        "15": {"โครงการ": "ขุดบ่อ หมู่ที่ 5"},
    }
    file = check_round_trip(graph, first, corrected, mends)
    assert (file.name, file.with_suffix(".yaml").is_file()) == ("แผน 66.xlsx", True)
    book = load_workbook(file)
    assert book.sheetnames == [sheet]
    lines = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert lines[0][:5] == ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย (ผลผลิตของโครงการ)", "งบประมาณ 2566 (บาท)"]
    department = lines[0].index("หน่วยงานที่รับผิดชอบหลัก")
    assert lines[1][department] == "กองช่าง"  # what the ditto mark stood for


def test_rows_that_go_on_with_a_row_come_along(graph: Graph, xlsx_file: MakeFile, tmp_path: Path) -> None:
    def rows(name: str) -> Rows:
        return [
            *_HEAD,
            ["1", _ROAD, "เพื่อสัญจร", "500 ม.", "", "100,000", "", "", "", "ร้อยละ 80", "ดี", "กองช่าง"],
            ["2", name, "เพื่อระบายน้ำ", "200 ม.", "", "", "250,000", "", "", "ร้อยละ 80", "ดี", "กองช่าง"],
            ["", "", "และกันน้ำท่วม", "", "", "", "", "", "", "", "", ""],
        ]

    first = xlsx_file({"แผน": rows("-")}, "แผน.xlsx", merges={"แผน": ["E7:I7"]})
    (tmp_path / "v2").mkdir()
    check_round_trip(
        graph,
        first,
        lambda: xlsx_file({"แผน": rows("วางท่อ หมู่ที่ 3")}, "v2/แผน.xlsx", merges={"แผน": ["E7:I7"]}),
        {"11": {"โครงการ": "วางท่อ หมู่ที่ 3"}},
    )


def test_a_csv_with_an_id_used_twice_comes_back_as_csv(graph: Graph, csv_file: MakeFile, tmp_path: Path) -> None:
    headings = ["รหัส", "หมู่ที่", "โครงการ", "2566", "2567", "แผนงาน"]
    context = ImportContext(owner="อบต.คลองเขม้า", years="2566-2570", stage="plan")
    same = ["P1", "3", "ขุดลอกคลอง", "5,000", "-", "แผนงานการเกษตร"]
    first = csv_file([headings, same, ["P1", "4", "ซ่อมถนน", "1.5 ล้าน", "", "แผนงานการเกษตร"]], "plan.csv")
    (tmp_path / "v2").mkdir()
    file = check_round_trip(
        graph,
        first,
        lambda: csv_file([headings, same, ["P2", "4", "ซ่อมถนน", "1.5 ล้าน", "", "แผนงานการเกษตร"]], "v2/plan.csv"),
        {"3": {"รหัส": "P2"}},
        context,
    )
    assert file.name == "plan.csv"


def test_needs_of_several_years_stay_in_their_years(graph: Graph, csv_file: MakeFile, tmp_path: Path) -> None:
    headings = ["หมู่ที่", "ชื่อหมู่บ้าน", "ปัญหา/ความต้องการ", "ด้าน", "ปีที่เสนอ"]

    def rows(first: str, second: str) -> Rows:
        return [
            headings,
            ["3", "นาเตย", "ขอถนนเข้าสวน", "โครงสร้างพื้นฐาน", "2567"],
            ["4", "ทุ่งปริง", first, "โครงสร้างพื้นฐาน", "2568"],
            ["5", "หนองบัว", second, "เศรษฐกิจ", "2567"],
        ]

    context = ImportContext(owner="กม.ตำบลห้วยน้ำขาว", area="810405", plan_kind="PK01")
    path = csv_file(rows("", "#N/A"), "ประชาคม.csv")
    (tmp_path / "v2").mkdir()
    check_round_trip(
        graph,
        path,
        lambda: csv_file(rows("ขอไฟฟ้า", "ขอตลาด"), "v2/ประชาคม.csv"),
        {"3": {"ปัญหา/ความต้องการ": "ขอไฟฟ้า"}, "4": {"ปัญหา/ความต้องการ": "ขอตลาด"}},
        context,
    )


def test_rows_of_several_owners_stay_with_their_owners(graph: Graph, csv_file: MakeFile, tmp_path: Path) -> None:
    headings = ["เจ้าของแผน", "รหัส", "โครงการ", "ปีงบประมาณ", "งบประมาณ"]

    def rows(name: str) -> Rows:
        return [
            headings,
            ["อบต.ห้วยน้ำขาว", "A1", "ถนนสายหนึ่ง", "2567", "100"],
            ["เทศบาลตำบลทรายขาว", "B1", "ถนนสายสอง", "2568", "200"],
            ["เทศบาลตำบลทรายขาว", "B2", name, "2569", "300"],
        ]

    context = ImportContext(stage="budget")
    first = csv_file(rows("-"), "รวม.csv")
    (tmp_path / "v2").mkdir()
    check_round_trip(
        graph, first, lambda: csv_file(rows("ถนนสายสาม"), "v2/รวม.csv"), {"4": {"โครงการ": "ถนนสายสาม"}}, context
    )


def test_a_plan_that_nobody_owns_is_still_the_same_plan(graph: Graph, csv_file: MakeFile, tmp_path: Path) -> None:
    headings = ["รหัส", "โครงการ", "2566", "2567"]
    first = csv_file([headings, ["A1", "อบรมอาชีพ", "1", ""], ["A2", "-", "2", ""]], "list.csv")
    (tmp_path / "v2").mkdir()
    check_round_trip(
        graph,
        first,
        lambda: csv_file([headings, ["A1", "อบรมอาชีพ", "1", ""], ["A2", "อบรมดนตรี", "2", ""]], "v2/list.csv"),
        {"3": {"โครงการ": "อบรมดนตรี"}},
    )


def test_a_later_version_that_still_needs_mending_keeps_what_was_mended(
    graph: Graph, csv_file: MakeFile, tmp_path: Path
) -> None:
    headings = ["รหัส", "โครงการ", "2566"]
    context = ImportContext(owner="อบต.คลองเขม้า")
    _, (file,) = graph.take(csv_file([headings, ["A1", "ถนน", "1"], ["A2", "-", "2"]], "plan.csv"), context=context)
    graph.take(mend(file, {"3": {"โครงการ": "สะพาน"}}))
    (tmp_path / "v2").mkdir()
    later = csv_file([headings, ["A1", "ถนน", "1"], ["A2", "-", "2"], ["A3", "", "5"]], "v2/plan.csv")
    summary, (second,) = graph.take(later, context=context)
    assert summary.superseded == 0
    assert {item["name"] for item in graph.items().values()} == {"ถนน", "สะพาน"}
    assert MENDED in second.with_suffix(".yaml").read_text(encoding="utf-8")
    graph.take(mend(second, {"4": {"โครงการ": "ศาลา"}}))  # row 3 is left for later: it went in with the first file
    assert {item["name"] for item in graph.items().values()} == {"ถนน", "สะพาน", "ศาลา"}


def test_what_is_still_wrong_after_mending_comes_back_once_more(
    graph: Graph, csv_file: MakeFile, tmp_path: Path
) -> None:
    headings = ["รหัส", "โครงการ", "2566"]
    context = ImportContext(owner="อบต.คลองเขม้า")
    rows = [headings, ["A1", "ถนน", "1"], ["A2", "-", "2"], ["A3", "", "5"]]
    _, (file,) = graph.take(csv_file(rows, "plan.csv"), context=context)
    _, (rest,) = graph.take(mend(file, {"3": {"โครงการ": "สะพาน"}}))
    summary, left = graph.take(mend(rest, {"3": {"โครงการ": "ศาลา"}}))
    assert (summary.new, summary.superseded, left) == (1, 0, [])
    assert {item["name"] for item in graph.items().values()} == {"ถนน", "สะพาน", "ศาลา"}
    assert len({item["plan"] for item in graph.items().values()}) == 1

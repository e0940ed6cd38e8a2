"""The report of an import: every row's fate as a workbook and as JSON, and quarantine files that can be opened."""

from __future__ import annotations

import csv
import json
import tracemalloc
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.ingest.conftest import MakeFile, ReadOne
from tracegraph.errors import FileRefused
from tracegraph.ingest.file_names import safe_stem
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.quarantine import Refused, write_report
from tracegraph.ingest.report_xlsx import write_workbook
from tracegraph.ingest.xlsx_writer import LONGEST_CELL, SheetShape, WorkbookWriter, clean_text, sheet_title
from tracegraph.model.records import (
    DocumentRecord,
    ItemReading,
    Problem,
    RecordBatch,
    RowFate,
    RowReport,
)

HEADINGS = ["รหัส", "หมู่ที่", "โครงการ", "2566", "แผนงาน"]


def sheets_of(path: Path) -> dict[str, list[list[object]]]:
    """Every sheet's rows, None for an empty cell."""
    book = load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


def records(rows: list[list[object]]) -> list[dict[str, Any]]:
    """Rows by the Thai part of their headings."""
    names = [str(name).partition(" / ")[0] for name in rows[0]]
    return [dict(zip(names, row, strict=True)) for row in rows[1:]]


@pytest.fixture
def batch(csv_file: MakeFile, read_one: ReadOne) -> RecordBatch:
    """Four rows: loaded with a warning, merged, and two quarantined."""
    rows = [
        ["P1", "3", "ขุดลอกคลอง", "5,000 (เงินอุดหนุน)", "แผนงานการเกษตร"],
        ["P1", "3", "ขุดลอกคลอง", "5,000 (เงินอุดหนุน)", "แผนงานการเกษตร"],
        ["P1", "4", "ซ่อมถนน", "1", "แผนงานการเกษตร"],
        ["P2", "4", "=1+1", "2", "แผนงานการเกษตร"],
    ]
    return read_one(csv_file([HEADINGS, *rows], "แผน.csv"))


def test_every_row_stands_with_its_fate_and_what_is_wrong(batch: RecordBatch, tmp_path: Path) -> None:
    found = sheets_of(write_report([batch], tmp_path / "r") / "report.xlsx")
    assert list(found) == ["สรุป", "ทุกแถว", "ปัญหา", "คอลัมน์", "บันทึกข้าง"]
    rows = records(found["ทุกแถว"])
    (uid,) = {project.uid for project in batch.projects}
    assert [(row["แถว"], row["ผล"].partition(" / ")[0], row["ข้อความที่อ่าน"], row["เป็นรายการ"]) for row in rows] == [
        (2, "รับเข้า", "ขุดลอกคลอง", uid),
        (3, "รวมกับแถวอื่น", "ขุดลอกคลอง", uid),
        (4, "กักไว้", "ซ่อมถนน", None),
        (5, "กักไว้", "=1+1", None),
    ]
    assert [row["ปัญหา"] for row in rows[2:]] == ["duplicate-id", "name-is-formula"]
    assert (rows[2]["คอลัมน์"], rows[2]["พบ"]) == ("รหัส", "P1")
    assert "รหัส ‘P1’ ใช้แล้วในแถว 2" in rows[2]["คำอธิบาย"] and "give one of the rows" in rows[2]["explanation"]
    assert (rows[0]["ปัญหา"], rows[1]["ปัญหา"]) == ("money-remark", "repeated-row")


def test_the_summary_counts_what_the_rows_say(batch: RecordBatch, tmp_path: Path) -> None:
    refused = [Refused("scan.pdf", FileRefused("สแกน", "a scan"))]
    folder = write_report([batch], tmp_path / "r", refused=refused)
    first, last = records(sheets_of(folder / "report.xlsx")["สรุป"])
    assert [first[name] for name in ("ไฟล์", "ชนิด", "แถว", "รับเข้า", "รวมกับแถวอื่น", "กักไว้")] == [
        "แผน.csv", "items", 4, 1, 1, 2,
    ]  # fmt: skip
    assert first["แถวหัวคอลัมน์"] == "1–1" and first["ไฟล์ที่แก้แล้วนำเข้าได้"] == "quarantine/แผน.xlsx"
    assert first["แผน"] and first["เตือน"] == sum(p.severity == "warning" for p in batch.problems)
    assert last["ไฟล์"] == "scan.pdf" and last["ข้อสังเกตของแผ่นงาน"] == "สแกน\na scan"


def test_columns_problems_and_notes_stand_on_sheets_of_their_own(batch: RecordBatch, tmp_path: Path) -> None:
    note = ItemReading(uid="proj:1", sheet="", row=2, name="ขุดลอกคลอง", notes=("ซ้ำลำดับที่ 63", "=HYPERLINK(1)"))
    found = sheets_of(write_report([replace(batch, readings=(note,))], tmp_path / "r") / "report.xlsx")
    columns = {row["หัวคอลัมน์"]: row for row in records(found["คอลัมน์"])}
    assert [(name, columns[name]["คอลัมน์"], columns[name]["อ่านเป็น"]) for name in HEADINGS] == [
        ("รหัส", "A", "id"), ("หมู่ที่", "B", "village_no"), ("โครงการ", "C", "name"), ("2566", "D", "money"),
        ("แผนงาน", "E", "programme"),
    ]  # fmt: skip
    assert columns["2566"]["ปี"] == "2566" and all(row["เหตุผล"] for row in columns.values())
    severities = [row["ความสำคัญ"] for row in records(found["ปัญหา"])]
    assert severities == sorted(severities, key=lambda text: "error" not in text) and len(severities) == 4
    assert [row["ข้อความในกล่องหรือความเห็น"] for row in records(found["บันทึกข้าง"])] == list(note.notes)


def test_hidden_sheets_copies_and_other_tables_are_told_apart(
    xlsx_file: MakeFile, read_one: ReadOne, tmp_path: Path
) -> None:
    rows = [["ที่", "โครงการ", "เป้าหมาย", "2566"], ["1", "ถนน ก", "1 สาย", "5"], ["2", "", "1 สาย", "6"]]
    other = [["ที่", "โครงการ", "เป้าหมาย", "2566"], ["1", "ถนน ข", "2 สาย", "7"], ["2", "-", "2 สาย", "8"]]
    path = xlsx_file({"ผ.02": rows, "ผ.02 (2)": other}, "สองแผ่น.xlsx", hidden=["ผ.02 (2)"])
    folder = write_report([read_one(path)], tmp_path / "r")
    first, second = records(sheets_of(folder / "report.xlsx")["สรุป"])
    assert "ซ่อน" not in (first["ข้อสังเกตของแผ่นงาน"] or "")
    assert "แผ่นงานซ่อน" in second["ข้อสังเกตของแผ่นงาน"] and "สำเนา" in second["ข้อสังเกตของแผ่นงาน"]
    names = sorted(p.name for p in (folder / "quarantine").iterdir())
    assert names == ["สองแผ่น ผ.02 (2).xlsx", "สองแผ่น ผ.02 (2).yaml", "สองแผ่น ผ.02.xlsx", "สองแผ่น ผ.02.yaml"]
    series = {
        yaml.safe_load(p.read_text(encoding="utf-8"))["document"]["series"] for p in folder.rglob("quarantine/*.yaml")
    }
    assert len(series) == 2


def test_the_json_tells_every_row_on_a_line_of_its_own(batch: RecordBatch, tmp_path: Path) -> None:
    text = (write_report([batch], tmp_path / "r") / "report.json").read_text(encoding="utf-8")
    (first,) = json.loads(text)["files"]
    assert [(row["row"], row["fate"], row["name"]) for row in first["rows"]] == [
        (2, "loaded", "ขุดลอกคลอง"), (3, "merged", "ขุดลอกคลอง"), (4, "quarantined", "ซ่อมถนน"),
        (5, "quarantined", "=1+1"),
    ]  # fmt: skip
    assert first["rows"][2]["problems"] == ["duplicate-id"]
    assert first["layouts"][0]["headings"] == HEADINGS
    assert first["quarantine_files"] == ["quarantine/แผน.xlsx"]
    assert sum('"fate":' in line for line in text.splitlines()) == len(batch.rows)


def test_no_cell_of_the_report_is_a_formula(csv_file: MakeFile, read_one: ReadOne, tmp_path: Path) -> None:
    evil = "=cmd|' /C calc'!A0"
    path = csv_file([["รหัส", "โครงการ", evil, "2566"], ["@A", evil, "+1", evil], ["-B", "", evil, "1"]], "evil.csv")
    folder = write_report([read_one(path)], tmp_path / "r")
    books = [folder / "report.xlsx", *(folder / "quarantine").glob("*.xlsx")]
    assert len(books) == 2  # a CSV that holds such a cell comes back as a workbook
    seen = 0
    for book in books:
        for sheet in load_workbook(book).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type in ("s", "n")
                    if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@", "-")) and cell.row > 1:
                        assert cell.quotePrefix
                        seen += 1
    assert seen > 5
    (mended,) = read_files([next((folder / "quarantine").glob("*.xlsx"))])
    cells = [dict(row.cells) for row in mended.rows]
    assert [one[evil] for one in cells] == ["+1", evil] and cells[0]["โครงการ"] == evil  # as in the source


def test_many_rows_take_little_memory(tmp_path: Path) -> None:
    place = {"file": "ใหญ่.xlsx", "sheet": "แผ่น"}
    problem = Problem(
        code="ditto",
        severity="warning",
        row=5,
        column="โครงการ",
        found='"',
        expected="ถนน",
        th="ซ้ำ",
        en="ditto",
        **place,
    )
    rows = tuple(
        RowReport(row=n, fate=RowFate.LOADED, uid="proj:1", problems=(problem,) if n % 3 == 0 else (), **place)
        for n in range(30_000)
    )
    document = DocumentRecord(uid="doc:1", file="ใหญ่.xlsx", sha256="", size=1, series="s", kind="items")
    batch = RecordBatch(document=document, rows=rows)
    tracemalloc.start()
    write_workbook([batch], [], {}, tmp_path / "report.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    with ZipFile(tmp_path / "report.xlsx") as archive:
        assert archive.read("xl/worksheets/sheet2.xml").count(b"<row ") == 30_001


def test_a_sheet_is_frozen_filtered_and_ready_to_print(batch: RecordBatch, tmp_path: Path) -> None:
    for sheet in load_workbook(write_report([batch], tmp_path / "r") / "report.xlsx").worksheets:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.orientation == "landscape"
        assert sheet["A1"].font.b and sheet.column_dimensions["A"].width > 5


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracegraph.ingest.xlsx_writer.MOST_ROWS", 4)
    with WorkbookWriter(tmp_path / "a.xlsx") as book:
        written = book.write_sheet(SheetShape("แถว", ("n",), (5,)), ([n] for n in range(7)))
    assert written == 7
    found = sheets_of(tmp_path / "a.xlsx")
    assert {name: [row[0] for row in rows[1:]] for name, rows in found.items()} == {
        "แถว": [0, 1, 2], "แถว (2)": [3, 4, 5], "แถว (3)": [6],
    }  # fmt: skip


def test_a_workbook_that_cannot_be_finished_is_not_left_behind(tmp_path: Path) -> None:
    def rows() -> Any:
        yield ["1"]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), WorkbookWriter(tmp_path / "a.xlsx") as book:
        book.write_sheet(SheetShape("แถว", ("n",), (5,)), rows())
    assert not (tmp_path / "a.xlsx").exists()


@given(st.text(max_size=60) | st.text(alphabet="=_x0D41\r\n\t\x00\x0b\ud800\ufffeกำ<&\"'", max_size=20))
@example("_x0041_")
@example("=1\r\n+2")
@example("ก" * (LONGEST_CELL + 5))
def test_any_text_comes_back_from_a_workbook(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("text") / "a.xlsx"
    with WorkbookWriter(path) as book:
        book.write_sheet(SheetShape("ก", ("หัว",), (9,)), [[text, "x"]])
    with ZipFile(path) as archive:
        assert archive.testzip() is None
    found = load_workbook(path).worksheets[0]["A2"].value or ""
    # openpyxl leaves the mark that other programs take off again
    assert found.replace("_x005F_", "_") == clean_text(text)
    assert len(found) <= LONGEST_CELL + text.count("_") * 6


@given(st.text(max_size=80), st.lists(st.text(max_size=10), max_size=3))
@example("CON", [])
@example("a/../..\\b:c*?", [])
@example("แผน.", ["แผน"])
@example("ก" * 200, ["ก" * 50])
def test_names_of_files_and_sheets_are_safe_everywhere(text: str, taken: list[str]) -> None:
    stem = safe_stem(text, taken)
    assert stem and not set(stem) & set('<>:"/\\|?*') and stem == stem.strip(". ")
    assert len(stem.encode("utf-8")) < 200 and stem.casefold() not in {name.casefold() for name in taken}
    assert stem.split(".")[0].casefold() not in ("con", "prn", "aux", "nul", "com1", "lpt9")
    assert all(unicodedata.category(char) not in ("Cc", "Cs") for char in stem)
    title = sheet_title(text, taken)
    assert 0 < len(title) <= 31 and not set(title) & set("[]:*?/\\")
    assert title.casefold() not in {name.casefold() for name in taken}


def test_a_quarantine_csv_stays_a_csv_with_its_marks_of_order(
    csv_file: MakeFile, read_one: ReadOne, tmp_path: Path
) -> None:
    headings = ["รหัส", "หมายเหตุ", "โครงการ", "หน้า", "หน้า", "2566"]
    path = csv_file([headings, ["A", "-", "", "1", "2", "-5"], ["B", "ข", "ถนน", "3", "4", "6"]], "หน้า.csv")
    folder = write_report([read_one(path)], tmp_path / "r") / "quarantine"
    with (folder / "หน้า.csv").open(encoding="utf-8-sig", newline="") as file:
        head, line = csv.reader(file)
    assert head[:6] == ["รหัส", "หมายเหตุ", "โครงการ", "หน้า", "หน้า (ซ้ำ 2)", "2566"]
    assert line[:6] == ["A", "-", "", "1", "2", "-5"]
    mapping = yaml.safe_load((folder / "หน้า.yaml").read_text(encoding="utf-8"))
    assert mapping["columns"]["หน้า (ซ้ำ 2)"] == "page"
    assert "2566" not in mapping["columns"] and "2566" not in mapping["ignore"]  # read by its heading, as before
    assert mapping["document"]["owner"] == "อบต.คลองเขม้า"

"""The report and the quarantine file: complete, readable by Excel, and harmless in it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.ingest.conftest import MakeFile, ReadOne
from tracegraph.errors import FileRefused
from tracegraph.ingest.problems import Place, make_problem, problem_codes
from tracegraph.ingest.quarantine import Refused, count_fates, safe_cell, write_report


def test_quarantined_rows_stand_with_their_own_columns_and_the_reason(
    csv_file: MakeFile, read_one: ReadOne, tmp_path: Path
) -> None:
    rows = [["N1", "3", "ถนน", "=cmd|' /C calc'!A0"], ["N1", "4", "สะพาน", "+A1"], ["N2", "5", "", "@x"]]
    batch = read_one(csv_file([["id", "หมู่ที่", "ความต้องการ", "ผู้แจ้ง"], *rows]))
    folder = write_report([batch], tmp_path / "reports" / "1")
    text = (folder / "quarantine.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    with (folder / "quarantine.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["id"] for row in found] == ["N1", "N2"]
    assert [row["แถว/row"] for row in found] == ["3", "4"]
    assert found[0]["ปัญหา/problem"] == "duplicate-id" and "N1" in found[0]["คำอธิบาย"]
    assert [row["ผู้แจ้ง"] for row in found] == ["'+A1", "'@x"]


def test_the_report_tells_everything(csv_file: MakeFile, read_one: ReadOne, tmp_path: Path) -> None:
    batch = read_one(
        csv_file([["id", "โครงการ", "เป้าหมาย"], ["P1", "ถนน", "1"], ["P1", "ถนน", "1"], ["", "", ""], ["P2", "", "1"]])
    )
    refused = [Refused("scan.pdf", FileRefused("ก", "b", hint_th="ค", hint_en="d"))]
    report = json.loads((write_report([batch], tmp_path, refused=refused) / "report.json").read_text(encoding="utf-8"))
    (file,) = report["files"]
    assert file["counts"] == {"rows": 3, "loaded": 1, "merged": 1, "quarantined": 1} == count_fates(batch)
    assert [problem["code"] for problem in file["problems"]] == ["repeated-row", "no-name"]
    assert report["refused"] == [
        {"file": "scan.pdf", "code": "file-refused", "th": "ก", "en": "b", "hint_th": "ค", "hint_en": "d"}
    ]


def test_every_problem_stands_in_a_list_for_people_errors_first(
    csv_file: MakeFile, read_one: ReadOne, tmp_path: Path
) -> None:
    rows = [["P1", "ถนน ก", "1 (เงินอุดหนุน)"], ["P2", "", "2"], ["P3", "ถนน ข", "=SUM(A1)"]]
    folder = write_report([read_one(csv_file([["id", "โครงการ", "2566"], *rows]))], tmp_path / "r")
    with (folder / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["แถว/row"], row["คอลัมน์/column"], row["พบ/found"]) for row in found] == [
        ("3", "โครงการ", ""),
        ("2", "2566", "1 (เงินอุดหนุน)"),
        ("4", "2566", "'=SUM(A1)"),
    ]
    assert [row["ปัญหา/problem"].partition(": ")[0] for row in found] == ["กักไว้/error", *["โปรดตรวจสอบ/warning"] * 2]
    assert all(row["คำอธิบาย"] and row["explanation"] and row["ไฟล์/file"] == "table.csv" for row in found)


def test_nothing_to_mend_leaves_no_quarantine_file(csv_file: MakeFile, read_one: ReadOne, tmp_path: Path) -> None:
    folder = write_report([read_one(csv_file([["id", "โครงการ", "เป้าหมาย"], ["P1", "ถนน", "1"]]))], tmp_path / "r")
    assert {path.name for path in folder.iterdir()} == {"report.json", "report.xlsx"}


@pytest.mark.parametrize("text", ["-", " ", "-500", "1,000.50", "+5", "--", "ถนน", "5.-", "- 1,000", ""])
def test_plain_cells_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text


@given(st.text(max_size=30) | st.text(alphabet="=+-@\t\r\n 1,.ก", max_size=6))
@example("\n")
@example("+ 1=A1")
def test_no_cell_begins_like_a_formula(text: str) -> None:
    safe = safe_cell(text)
    assert safe.endswith(text)
    assert not safe.startswith(("=", "@", "\t", "\r", "\n"))
    assert not safe.startswith(("+", "-")) or not any(char.isalpha() for char in safe)


def test_every_problem_speaks_both_languages_and_says_what_to_do() -> None:
    words = {"row_before": "2", "count": 3, "th_found": "ก", "source": "m.yaml"}
    for code in problem_codes():
        problem = make_problem(code, Place("f.csv", "s", 3, "c"), "พบ", "ควร", **words)
        assert problem.th and problem.en and problem.th != problem.en
        assert problem.severity in ("error", "warning")
        assert "{" not in problem.th + problem.en


def test_a_long_cell_is_cut_in_the_message_only() -> None:
    problem = make_problem("no-name", Place("f.csv"), "ก" * 5000)
    assert len(problem.th) < 400 and problem.found == "ก" * 5000


def test_braces_in_a_cell_are_text() -> None:
    assert "{row_before}" in make_problem("no-name", Place("f.csv"), "{row_before}").en

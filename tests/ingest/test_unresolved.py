"""Links that could not be written: the row of a table of links is quarantined, the row of a plan only warned of."""

from __future__ import annotations

from tests.ingest.conftest import MakeFile, ReadOne
from tracegraph.ingest.quarantine import count_fates
from tracegraph.ingest.unresolved import add_unresolved
from tracegraph.model.records import Problem, RecordBatch, RowFate


def unknown(batch: RecordBatch, row: int, shown: str, code: str = "unknown-id") -> Problem:
    return Problem(
        code=code,
        severity="warning",
        file=batch.document.file,
        sheet="",
        row=row,
        column=None,
        found=shown,
        expected="Project",
        th=f"ไม่พบรหัส {shown}",
        en=f"id {shown} is not in the data",
    )


def test_a_link_to_an_unknown_id_is_quarantined_with_its_cells(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([["from", "to", "kind"], ["A", "B", "CARRIED_TO"], ["A", "C", "CARRIED_TO"]]))
    (told,) = add_unresolved([batch], [unknown(batch, 3, "C")])
    assert [row.fate for row in told.rows] == [RowFate.LOADED, RowFate.QUARANTINED]
    assert count_fates(told) == {"rows": 2, "loaded": 1, "merged": 0, "quarantined": 1}
    (problem,) = told.problems
    assert (problem.severity, problem.column) == ("error", "to")
    assert "นำเข้าไฟล์ที่มีรหัสนี้" in problem.th and "import the file that has it" in problem.en
    assert dict(told.rows[1].cells) == {"from": "A", "to": "C", "kind": "CARRIED_TO"}


def test_a_plan_that_names_an_unknown_id_goes_in_with_a_warning(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([["id", "โครงการ", "2566", "carried_from"], ["P1", "ขุดลอกคลอง", "5", "Z9"]]))
    (told,) = add_unresolved([batch], [unknown(batch, 2, "Z9", "ambiguous-id")])
    assert [row.fate for row in told.rows] == [RowFate.LOADED]
    (problem,) = [problem for problem in told.problems if problem.found == "Z9"]
    assert problem.severity == "warning" and "file#sheet#row" in problem.en


def test_problems_of_other_files_change_nothing(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([["from", "to", "kind"], ["A", "B", "CARRIED_TO"]]))
    assert add_unresolved([batch], []) == [batch]
    assert add_unresolved([batch], [unknown(batch, 99, "B")]) == [batch]

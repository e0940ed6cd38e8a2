"""``tracegraph import`` as a planner calls it: what is printed where, and with which exit status."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.conftest import MakeFile

PLAN = [
    ["id", "โครงการ", "2566", "2567"],
    ["P1", "ซ่อมแซมถนน อบต.คลองเขม้า หมู่ที่ 3", "5000", ""],
    ["P2", "อบรมอาชีพ อบต.คลองเขม้า", "#REF!", ""],
    ["P2", "ขุดบ่อ", "1", ""],
]


@pytest.fixture
def run(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Run the command with a data folder of its own."""

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "TRACEGRAPH_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
        environment.pop("NEO4J_URI", None)
        return subprocess.run(
            [sys.executable, "-m", "tracegraph", "import", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            check=False,
        )

    return call


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_dry_run_reads_checks_and_writes_nothing(run, csv_file: MakeFile, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("--dry-run", "--format", "csv", csv_file(PLAN, "plan.csv"))
    assert done.returncode == 0
    (row,) = rows_of(done.stdout)
    assert (row["file"], row["rows"], row["loaded"], row["quarantined"]) == ("plan.csv", "3", "2", "1")
    assert "duplicate" not in done.stdout and "P2" in done.stderr  # messages go to stderr
    assert "โครงการ → name" in done.stderr and "2566 → money 2566" in done.stderr
    assert "ยังไม่บันทึก" in done.stderr and not (tmp_path / "home").exists()


def test_what_was_imported_is_reported_and_a_refused_file_stops_nothing(  # type: ignore[no-untyped-def]
    run, csv_file: MakeFile, tmp_path: Path
) -> None:
    picture = tmp_path / "scan.xlsx"
    picture.write_bytes(b"%PDF-1.4")
    done = run("--format", "csv", csv_file(PLAN, "plan.csv"), picture)
    assert done.returncode == 1
    (row,) = rows_of(done.stdout)
    assert (row["new"], row["unchanged"], row["quarantined"]) == ("2", "0", "1")
    assert "scan.xlsx" in done.stderr and "PDF" in done.stderr and "the others went in" in done.stderr
    (folder,) = (tmp_path / "home" / "reports").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert names == {"report.json", "report.xlsx", "problems.csv", "quarantine.csv", "quarantine"}
    assert folder.name in done.stderr


def test_the_same_file_alone_after_it_came_with_others_changes_nothing(run, csv_file: MakeFile) -> None:  # type: ignore[no-untyped-def]
    needs = csv_file([["id", "หมู่ที่", "ความต้องการ"], ["N1", "3", "ขุดลอกคลอง"]], "needs_2567.csv")
    assert run(needs, csv_file(PLAN, "plan.csv")).returncode == 0
    again = run("--format", "csv", needs)
    assert [(row["new"], row["unchanged"], row["superseded"]) for row in rows_of(again.stdout)] == [("0", "1", "0")]
    assert "อบต.คลองเขม้า" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--stage", "soon"), 2),
        (("--plan-kind", "PK99"), 1),
        (("--area", "เมืองทิพย์พิมาน"), 2),
        (("--mapping", "no.yaml"), 1),
    ],
)
def test_options_that_cannot_be(run, csv_file: MakeFile, arguments: tuple[str, ...], status: int) -> None:  # type: ignore[no-untyped-def]
    done = run("--dry-run", *arguments, csv_file(PLAN))
    assert done.returncode == status
    assert "error:" in done.stderr and "Traceback" not in done.stderr


def test_no_file_can_be_taken(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run("--dry-run", tmp_path / "missing.csv")
    assert done.returncode == 1 and "missing.csv" in done.stderr and "Traceback" not in done.stderr

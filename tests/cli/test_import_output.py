"""What a planner reads after ``tracegraph import``: Thai headings, counts by fate, the report, what comes next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acceptance.office import Office

ROWS = "id,หมู่ที่,โครงการ,2566\nA1,3,ขุดลอกคลอง,5000\nA1,3,ขุดลอกคลอง,5000\nA2,4,#REF!,1\n"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "home")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_a_table_for_people_and_the_next_step(office: Office, plan: Path) -> None:
    done = office.run("import", "--owner", "อบต.คลองเขม้า", plan)
    heading, rule, line = done.stdout.splitlines()
    assert heading.split() == [
        "ไฟล์", "ชนิด", "แถว", "รับเข้า", "รวม", "กักไว้", "เตือน", "ใหม่", "เปลี่ยน", "คงเดิม", "ถูกแทน",
    ]  # fmt: skip
    assert set(rule) == {"─", " "}
    assert line.split() == ["plan.csv", "รายการแผน", "3", "1", "1", "1", "1", "1", "0", "0", "0"]
    assert "อ่าน 3 แถว: รับเข้า 1 รวมกับแถวเดิม 1 กักไว้ 1 / 3 rows: 1 loaded, 1 merged, 1 quarantined" in done.stderr
    *_, report, problems, quarantined, mend, after = done.stderr.splitlines()
    folder = Path(report.partition("report: ")[2])
    names = {path.name for path in folder.iterdir()}
    assert names == {"report.json", "report.xlsx", "problems.csv", "quarantine.csv", "quarantine"}
    assert "problems.csv" in problems and "แก้ในไฟล์ต้นทาง" in quarantined
    assert "quarantine/plan.csv" in mend and f'tracegraph import "{folder / "quarantine" / "plan.csv"}"' in mend
    assert after == "ขั้นต่อไป / next: tracegraph link"


def test_programs_get_the_same_names_in_every_language(office: Office, plan: Path) -> None:
    done = office.run("import", "--owner", "อบต.คลองเขม้า", "--format", "json", "--dry-run", plan)
    (told,) = json.loads(done.stdout)
    counts = {"file": "plan.csv", "kind": "items", "rows": 3, "loaded": 1, "merged": 1, "quarantined": 1, "warnings": 1}
    assert {name: told[name] for name in counts} == counts
    assert "ยังไม่บันทึก" in done.stderr and "next:" not in done.stderr


def test_where_every_file_is_refused_there_is_no_table(office: Office, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    done = office.run("import", empty, status=1)
    assert done.stdout == "" and "ไม่มีอะไรเปลี่ยน" in done.stderr
    assert json.loads(office.run("import", "--format", "json", empty, status=1).stdout) == []

"""``tracegraph group``: groups and pairs of a file of records, their scores, and every bad file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from benchmarks.invented_projects import generate, write_csv
from tests.acceptance.office import Office

FORMULA = "=HYPERLINK(1) ก่อสร้างถนน คสล. หมู่ที่ 5 สายบ้านไร่"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("home"))


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def write_records(path: Path, *rows: str, head: str = "id,text,tambon") -> Path:
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def test_groups_pairs_and_counts_say_the_same(office: Office, tmp_path: Path) -> None:
    write_csv(generate(800, seed=19), tmp_path)
    groups, pairs = tmp_path / "groups.csv", tmp_path / "pairs.csv"
    done = office.run(
        "group", tmp_path / "records.csv", "--out", groups, "--pairs", pairs, "--workers", "2", "--format", "json"
    )
    counts = {row["figure"]: row["count"] for row in json.loads(done.stdout)}
    members, linked = read(groups), read(pairs)
    assert counts["records"] == 800
    assert counts["grouped"] == len(members) > 100
    assert counts["groups"] == len({row["group"] for row in members})
    assert counts["pairs"] == len(linked)
    group_of = {row["id"]: row["group"] for row in members}
    groups_of = [{group_of.get(row[side]) for side in ("left_id", "right_id")} for row in linked]
    joined = [len(found) == 1 and None not in found for found in groups_of]
    assert sum(joined) / len(joined) > 0.98  # the others were torn at a veto
    assert [float(row["probability"]) for row in linked] == sorted(
        (float(row["probability"]) for row in linked), reverse=True
    )
    assert min(float(row["probability"]) for row in linked) >= 0.5


def test_thai_is_kept_and_formulas_are_not_run(office: Office, tmp_path: Path) -> None:
    records = write_records(tmp_path / "r.csv", f"A,{FORMULA},810401", f"B,{FORMULA.replace('5', '๕')},810401")
    office.run("group", records, "--out", tmp_path / "groups.csv")
    texts = [row["text"] for row in read(tmp_path / "groups.csv")]
    assert len(texts) == 2
    assert all(text.startswith("'=") for text in texts)
    assert "หมู่ที่ ๕" in texts[1]


def test_a_single_record_and_none(office: Office, tmp_path: Path) -> None:
    done = office.run("group", write_records(tmp_path / "one.csv", "A,ก่อสร้างถนน,"), "--format", "json")
    assert {row["figure"]: row["count"] for row in json.loads(done.stdout)}["groups"] == 0
    office.run("group", write_records(tmp_path / "none.csv"), "--out", tmp_path / "out.csv")
    assert read(tmp_path / "out.csv") == []


@pytest.mark.parametrize(
    ("rows", "head", "said"),
    [
        (("A,ถนน,1", "A,ถนน,1"), "id,text,year", "รหัสซ้ำ"),
        (("ถนน",), "text", "ไม่มีหัวคอลัมน์ id"),
        (("A,ถนน,กข",), "id,text,tambon", "แถว 2"),
    ],
)
def test_bad_files_are_told(office: Office, tmp_path: Path, rows: tuple[str, ...], head: str, said: str) -> None:
    done = office.run("group", write_records(tmp_path / "bad.csv", *rows, head=head), status=1)
    assert said in done.stderr
    assert "Traceback" not in done.stderr

"""``tracegraph import --preview``: everything told before anything is written; corrections remembered afterwards."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.office import Office
from tracegraph.graph import open_store
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.mapping import load_mapping
from tracegraph.ingest.mapping_text import describe_layout
from tracegraph.settings import Settings

HEADINGS = ["ลำดับที่", "งานที่จะทำ", "หมู่ที่", "พ.ศ. ๒๕๖๗", "งบประมาณ 2568 (บาท)", "วิธีการจัดหา", "โครงการเดิม"]
ROWS = [
    ["1", "ขุดลอกคลองส่งน้ำ", "๓", "50,000", "", "จ้าง", "โครงการ ก"],
    ["2", "ซ่อมแซมถนนลูกรัง", "4", "", "1,500.50", "จ้าง", "โครงการ ข"],
    ["3", "#REF!", "4", "", "1", "", "#REF!"],
]


def write(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "home")


@pytest.fixture
def engine_held(office: Office) -> Iterator[None]:
    """The engine of the office, held by this process: commands join it, instead of starting one each."""
    with open_store(Settings(home=office.home)):
        yield


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A list whose column โครงการเดิม would be no name, but whose true name stands under a heading nobody knows."""
    return write(tmp_path / "แผน 2567.csv", ["ลำดับที่", "โครงการ", "หมู่ที่", *HEADINGS[3:6]], *(r[:6] for r in ROWS))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A list that cannot be read without being told what its headings mean."""
    return write(tmp_path / "list.csv", HEADINGS[:6], *(row[:6] for row in ROWS))


def test_a_preview_tells_columns_with_reasons_counts_and_the_command(office: Office, plan: Path) -> None:
    done = office.run("import", plan, "--preview", "--owner", "อบต.คลองเขม้า")
    out = " ".join(done.stdout.split())
    assert "โครงการ → name: ชื่อโครงการ/ชื่อรายการ (เป็นหัวคอลัมน์ที่รู้จัก" in out
    assert "D พ.ศ. ๒๕๖๗ → money 2567: งบประมาณรายปี" in out and "หัวคอลัมน์อยู่แถว / headings in row 1" in out
    assert "วิธีการจัดหา → ไม่ได้อ่าน / not read" in out
    assert "เจ้าของแผน = อบต.คลองเขม้า" in out and "แผน / plan: แผน อปท. · plan · อบต.คลองเขม้า" in out
    assert "แถว/row 4 [โครงการ]" in done.stderr and "ยังไม่เคยนำเข้าข้อมูล" in done.stderr
    assert "ยังไม่บันทึก" in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "to import:" in line]
    assert "--home" in line and f"import '{plan}' --owner 'อบต.คลองเขม้า'" in line and "--preview" not in line
    assert not office.home.exists(), "a preview makes nothing"


def test_a_preview_says_what_the_import_then_does(office: Office, plan: Path) -> None:
    counts = ("new", "changed", "unchanged", "superseded")
    owner = ("--owner", "อบต.คลองเขม้า", "--format", "json")

    def preview(path: Path) -> dict[str, object]:
        return dict(json.loads(office.run("import", path, "--preview", *owner).stdout)[0])

    def done(path: Path) -> list[int]:
        (line,) = json.loads(office.run("import", path, *owner).stdout)
        return [line[name] for name in counts]

    first = preview(plan)
    assert first["first"] is True and [first[name] for name in counts] == done(plan) == [2, 0, 0, 0]
    with open_store(Settings(home=office.home)):  # commands join it, instead of an engine for each of them
        same = preview(plan)
        assert same["first"] is False and [same[name] for name in counts] == [0, 0, 2, 0]
        before = office.run("query", "area_profile", "--format", "json").stdout
        row = ["1", "ขุดลอกคลองส่งน้ำ", "3", "70,000", "", "จ้าง"]
        write(plan, ["ลำดับที่", "โครงการ", "หมู่ที่", *HEADINGS[3:6]], row)
        changed = preview(plan)
        assert [changed[name] for name in counts] == [0, 1, 0, 1]
        (change,) = changed["changes"]  # type: ignore[misc]
        assert {"name": "amounts", "old": [50000.0], "new": [70000.0]} in change["differences"]
        (gone,) = changed["gone"]  # type: ignore[misc]
        assert gone["text"] == "ซ่อมแซมถนนลูกรัง"
        assert office.run("query", "area_profile", "--format", "json").stdout == before
        assert done(plan) == [0, 1, 0, 1]


def test_dry_run_is_the_same_and_csv_keeps_its_columns(office: Office, plan: Path) -> None:
    rows = office.rows("import", plan, "--dry-run")
    assert list(rows[0]) == [
        "file", "kind", "rows", "loaded", "merged", "quarantined", "warnings", "new", "changed", "unchanged",
        "superseded",
    ]  # fmt: skip
    assert rows[0]["loaded"] == rows[0]["new"] == "2"


def test_the_written_mapping_reads_the_table_as_it_was_read(tmp_path: Path) -> None:
    path = write(tmp_path / "p.csv", ["ลำดับที่", "โครงการ", *HEADINGS[2:6], "หมายเหตุ:\n[ก]"], *ROWS)
    read: list[object] = []
    (batch,) = read_files([path], on_mapping=lambda _, mapping: read.append(mapping.columns))
    text = describe_layout(batch.layouts[0], path.name)
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    assert "#" in text and "ชื่อโครงการ" in text
    (again,) = read_files(
        [path],
        mapping=load_mapping(tmp_path / "m.yaml"),
        on_mapping=lambda _, mapping: read.append(mapping.columns),
    )
    first, second = [[(c.index, c.prop, c.year, c.unit) for c in columns] for columns in read]  # type: ignore[attr-defined]
    assert first == second and again.projects == batch.projects


@pytest.mark.usefixtures("engine_held")
def test_a_corrected_mapping_is_written_given_and_remembered(office: Office, foreign: Path, tmp_path: Path) -> None:
    owner = ("--owner", "อบต.คลองเขม้า")
    assert "หัวคอลัมน์" in office.run("import", foreign, "--preview", *owner, status=1).stderr
    mapping = tmp_path / "แก้.yaml"
    mapping.write_text(
        "columns: {งานที่จะทำ: name, หมู่ที่: village_no, ลำดับที่: seq}\nignore: [วิธีการจัดหา]\n", encoding="utf-8"
    )
    done = office.run("import", foreign, "--mapping", mapping, *owner)
    assert "แก้.yaml is remembered" in done.stderr
    (kept,) = office.rows("mappings", "list")
    assert (kept["source"], kept["mapping"], kept["kind"]) == ("list.csv", "แก้.yaml", "items")

    next_year = write(
        tmp_path / "ปีหน้า.csv",
        [*HEADINGS[:3], "พ.ศ. 2571", "งบประมาณ 2572 (บาท)", "งบประมาณ 2573 (บาท)", "วิธีการจัดหา"],
        ["1", "วางท่อระบายน้ำ", "2", "9", "", "7,000", "จ้าง"],
    )
    told = json.loads(office.run("import", next_year, "--preview", *owner, "--format", "json").stdout)[0]
    columns = {column["heading"]: column for column in told["tables"][0]["columns"]}
    assert columns["งานที่จะทำ"]["prop"] == "name"
    assert columns["งานที่จะทำ"]["reason_th"].startswith("จำไว้จาก list.csv, ")
    assert columns["งานที่จะทำ"]["reason_en"].startswith("remembered from list.csv, ")
    assert [columns[h]["year"] for h in ("พ.ศ. 2571", "งบประมาณ 2572 (บาท)")] == [2571, 2572]
    office.run("import", next_year, "--preview", "--no-remembered", *owner, status=1)

    shown = office.run("mappings", "show", kept["layout"][:6]).stdout
    (tmp_path / "again.yaml").write_text(shown, encoding="utf-8")
    assert load_mapping(tmp_path / "again.yaml").columns["งานที่จะทำ"] == "name"
    office.run("mappings", "forget", kept["layout"])
    assert office.rows("mappings", "list") == []
    office.run("mappings", "show", kept["layout"], status=1)
    office.run("import", next_year, "--preview", *owner, status=1)


def test_write_mapping_needs_a_preview_and_overwrites_nothing(office: Office, plan: Path, tmp_path: Path) -> None:
    target = tmp_path / "m.yaml"
    office.run("import", plan, "--write-mapping", target, status=2)
    done = office.run("import", plan, "--preview", "--write-mapping", target)
    assert f"--mapping {target}" in done.stderr
    before = target.read_text(encoding="utf-8")
    office.run("import", plan, "--preview", "--write-mapping", target, status=2)
    assert target.read_text(encoding="utf-8") == before


def test_reading_the_real_book_twice_says_the_same(office: Office, shared: Path, tmp_path: Path) -> None:
    book = shared / "data" / "nakhonsawan_p02" / "p02.xlsx"
    (told,) = json.loads(office.run("import", book, "--preview", "--format", "json").stdout)
    assert told["rows"] == 225 and len(told["tables"]) > 1
    assert all(table["form"] and table["confidence"] > 0.5 and table["reasons"] for table in told["tables"])
    target = tmp_path / "m.yaml"
    office.run("import", book, "--preview", "--write-mapping", target)
    written = [w for p in sorted(tmp_path.glob("m*.yaml")) for w in ("--mapping", p)]
    (again,) = json.loads(office.run("import", book, "--preview", "--format", "json", *written).stdout)
    assert again["rows"] == 225 and again["new"] == told["new"]

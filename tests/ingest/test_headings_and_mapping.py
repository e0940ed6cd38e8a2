"""Which heading means what: aliases, year columns, heading rows, mapping files and their errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.conftest import MakeFile
from tracegraph.errors import MappingError
from tracegraph.ingest.files import read_tables
from tracegraph.ingest.headings import find_heading_rows, find_kind, heading_key, read_heading
from tracegraph.ingest.mapping import TableMapping, bind, detect_mapping, load_mapping
from tracegraph.ingest.mapping_file import read_mapping
from tracegraph.ingest.tables import Row, Table


def table_of(*rows: list[str], sheet: str = "") -> Table:
    return Table("t.csv", sheet, tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, start=1)))


def props(mapping: TableMapping) -> dict[str, str]:
    return {c.heading: f"{c.prop}:{c.year}" if c.year else c.prop for c in mapping.columns}


@pytest.mark.parametrize(
    ("heading", "prop"),
    [
        ("โครงการ", "name"),
        ("ชื่อโครงการ/กิจกรรม", "name"),
        ("project_name_th", "name"),
        ("เป้าหมาย\n(ผลผลิตของโครงการ)", "target"),
        ("ผลที่คาดว่า<br>จะได้รับ", "expected"),
        ("หน่วยงาน\nที่รับผิดชอบ\nหลัก", "department"),
        ("หน่วยงาน หลัก", "department"),
        ("ลำดับ ที่", "seq"),
        ("ลําดับที่", "seq"),  # ำ as nikhahit and sara aa
        ("แผนงาน", "programme"),
        ("รหัส ID เดิม", "carried_from"),
        ("หมู่ที่ (ยศ.5)", "village_no"),
        ("เหตุผลที่เกินขีดความสามารถ", "beyond_reason"),
        ("ยุทธศาสตร์ชาติ 20 ปี", "NS"),
    ],
)
def test_headings_of_plan_items(heading: str, prop: str) -> None:
    meaning = read_heading(heading, "items")
    assert meaning is not None and meaning.prop == prop


@pytest.mark.parametrize(
    ("heading", "year", "unit"),
    [
        ("2566", 2566, 1.0),
        ("y2570", 2570, 1.0),
        ("budget_2566", 2566, 1.0),
        ("พ.ศ. 2571 (บาท)", 2571, 1.0),
        ("พ.ศ. 2571<br>(บาท)", 2571, 1.0),
        ("งบประมาณ ๒๕๖๙ (บาท)", 2569, 1.0),
        ("ปี 66", 2566, 1.0),
        ("2023", 2566, 1.0),
        ("งบประมาณ 2568 (ล้านบาท)", 2568, 1e6),
    ],
)
def test_year_columns_in_every_spelling(heading: str, year: int, unit: float) -> None:
    meaning = read_heading(heading, "items")
    assert meaning is not None and (meaning.prop, meaning.year, meaning.unit) == ("money", year, unit)


def test_money_of_an_ordinance_is_not_planned_money() -> None:
    meaning = read_heading("เทศบัญญัติ 2566 (บาท)", "items")
    assert meaning is not None and (meaning.prop, meaning.year) == ("budgeted", 2566)


@pytest.mark.parametrize("heading", ["พ.ศ. 2571-2575", "12", "หน้า 2566 โครงการ", "จำนวนผู้เข้าร่วม", ""])
def test_what_is_no_year_column(heading: str) -> None:
    meaning = read_heading(heading, "items")
    assert meaning is None or meaning.year is None


@given(st.text(max_size=40))
def test_a_heading_key_is_stable(text: str) -> None:
    assert heading_key(heading_key(text)) == heading_key(text)


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (("หมู่ที่", "จำนวนผู้เข้าร่วม", "โครงการที่เสนอ"), "needs"),
        (("id", "village_no", "proposal"), "needs"),
        (("ที่", "โครงการ", "วัตถุประสงค์"), "items"),
        (("ลำดับ", "แผนงาน/โครงการ", "ปัญหา/ความต้องการ", "เป้าหมาย/ปริมาณงาน"), "items"),
        (("from", "to", "evidence"), "links"),
        (("list_id", "number", "name"), "strategies"),
        (("เลขที่โครงการ", "ชื่อโครงการ", "ราคาตกลงซื้อหรือจ้าง"), "contracts"),
        (("ชนิดแผน", "เจ้าของแผน", "กำหนดส่ง", "วันที่ส่ง"), "plans"),
    ],
)
def test_the_kind_of_a_table_shows_in_its_headings(headings: tuple[str, ...], kind: str) -> None:
    found = find_kind(headings)
    assert found is not None and found[0] == kind


def test_three_heading_rows_under_a_preamble_are_joined(xlsx_file: MakeFile) -> None:
    path = xlsx_file({"ผ.02": PREAMBLE_TABLE}, merges={"ผ.02": ["A1:L1", "E4:F4", "A4:A6", "B4:B6", "G4:G6"]})
    (table,) = read_tables(path)
    rows = find_heading_rows(table)
    assert rows is not None and (rows.first, rows.last) == (4, 6)
    assert rows.headings[3] == "เป้าหมาย (ผลผลิตของโครงการ)"
    assert rows.headings[4:6] == ("งบประมาณ 2566 (บาท)", "งบประมาณ ๒๕๖๗ (บาท)")
    found = props(detect_mapping(table))
    assert found["งบประมาณ ๒๕๖๗ (บาท)"] == "money:2567"
    assert found["หน่วยงาน\nที่รับผิดชอบ\nหลัก"] == "department"


PREAMBLE_TABLE = [
    ["รายละเอียดโครงการพัฒนา"],
    ["แผนพัฒนาท้องถิ่น (พ.ศ.2566 - 2570)"],
    ["(1) แผนงานสาธารณสุข"],
    ["ที่", "โครงการ", "วัตถุประสงค์", "เป้าหมาย", "งบประมาณ", None, "หน่วยงาน\nที่รับผิดชอบ\nหลัก"],
    [None, None, None, "(ผลผลิตของโครงการ)", "2566", "๒๕๖๗"],
    [None, None, None, None, "(บาท)", "(บาท)"],
    [1, "อบรม อสม.", "ให้ความรู้", "50 คน", 50000, " 50,000 ", "กองสาธารณสุขฯ"],
]


def test_the_first_row_of_data_is_not_taken_for_a_heading() -> None:
    table = table_of(["ที่", "โครงการ", "2566"], ["1", "(ถนน)", "5"], ["2", "สะพาน", "7"])
    rows = find_heading_rows(table)
    assert rows is not None and rows.last == 1


def test_each_column_says_why_it_is_read_so() -> None:
    mapping = detect_mapping(table_of(["ที่", "โครงการ", "2566", "ไม่รู้จัก"], ["1", "ถนน", "5", "x"]))
    assert all(column.reason for column in mapping.columns)
    assert mapping.unused == ("ไม่รู้จัก",)


@pytest.mark.parametrize(
    "headings", [["id", "โครงการ", "ชื่อโครงการ"], ["id", "โครงการ", "2566", "พ.ศ. 2566 (บาท)"], ["id", "id", "โครงการ"]]
)
def test_doubled_headings_are_refused_by_name(headings: list[str]) -> None:
    with pytest.raises(MappingError) as refused:
        detect_mapping(table_of(headings, ["1", "ก", "2", "3"]))
    assert headings[-1] in refused.value.en or headings[-2] in refused.value.en
    assert "--mapping" in refused.value.hint_th


def test_a_table_without_known_headings_says_what_is_needed() -> None:
    with pytest.raises(MappingError) as refused:
        detect_mapping(table_of(["สี", "ขนาด", "น้ำหนัก"], ["แดง", "5", "2"]))
    assert "สี, ขนาด, น้ำหนัก" in refused.value.th
    assert "needs" in refused.value.hint_en and "items" in refused.value.hint_th


def test_groups_stated_once_are_filled_down_only_where_they_are() -> None:
    once = table_of(["ยุทธศาสตร์", "โครงการ", "เป้าหมาย"], ["1. ด้านน้ำ", "ก", "x"], ["", "ข", "x"], ["", "ค", "x"])
    assert detect_mapping(once).fill_down == {"strategy"}
    each = table_of(["ยุทธศาสตร์", "โครงการ", "เป้าหมาย"], ["น้ำ", "ก", "x"], ["น้ำ", "ข", "x"], ["", "ค", "x"])
    assert detect_mapping(each).fill_down == frozenset()


GOOD = """
document: {kind: items, stage: action, owner: อบต.คลองเขม้า, sample: true}
columns: {งาน: name, รหัสงาน: id, ยุทธจังหวัด: "strategy:PV81-2566"}
money: {เงินปีนี้: 2568}
optional: [ยุทธจังหวัด]
ignore: [ผู้จด]
"""


def test_a_mapping_file_is_applied() -> None:
    mapping = read_mapping(GOOD, "mine.yaml")
    table = table_of(["รหัสงาน", "งาน", "เงินปีนี้", "ผู้จด", "อื่น"], ["1", "ถนน", "5", "x", "y"])
    bound = bind(mapping, table)
    assert props(bound) == {"รหัสงาน": "id", "งาน": "name", "เงินปีนี้": "money:2568"}
    assert bound.unused == ("อื่น",) and bound.document.sample and "mine.yaml" in bound.columns[0].reason


def test_a_mapping_file_finds_headings_of_its_own_below_titles() -> None:
    mapping = read_mapping("document: {kind: needs}\ncolumns: {เรื่อง: text, ที่ไหน: place_text}", "m.yaml")
    bound = bind(mapping, table_of(["บัญชี"], ["เรื่อง", "ที่ไหน"], ["น้ำท่วม", "หมู่ 1"]))
    assert bound.rows.last == 2


def test_missing_headings_are_named_with_what_is_near() -> None:
    mapping = read_mapping("document: {kind: items}\ncolumns: {ชื่อโครงการ: name, งบประมาณปี: budget}", "m.yaml")
    with pytest.raises(MappingError) as refused:
        bind(mapping, table_of(["ชื่อโครงกา", "งบประมาณ", "เป้าหมาย"], ["ถนน", "5", "x"]))
    assert "ชื่อโครงการ" in refused.value.th and "m.yaml" in refused.value.en
    assert "ชื่อโครงกา" in refused.value.hint_th


def test_a_doubled_heading_in_the_table_is_refused() -> None:
    mapping = read_mapping("document: {kind: items}\ncolumns: {งาน: name}", "m.yaml")
    with pytest.raises(MappingError, match="twice"):
        bind(mapping, table_of(["งาน", "งาน", "id"], ["ก", "ข", "1"]))


def test_a_mapping_must_name_what_its_kind_cannot_do_without() -> None:
    mapping = read_mapping("document: {kind: links}\ncolumns: {ก: from}", "m.yaml")
    with pytest.raises(MappingError, match="to"):
        bind(mapping, table_of(["ก", "ข"], ["1", "2"]))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("columns: {ก: nmae}", "name"),
        ("colums: {ก: name}", "columns"),
        ("document: {kind: item}\ncolumns: {}", "items"),
        ("document: {stage: planned}\ncolumns: {}", "plan"),
        ("document: {plan_kind: PK99}\ncolumns: {}", "PK99"),
        ("document: {ower: x}\ncolumns: {}", "owner"),
        ("money: {ก: 66}", "66"),
        ("document: [1]", "name: value"),
        ("- 1", "columns"),
        ("a: [", "YAML"),
    ],
)
def test_errors_of_a_mapping_file_name_the_word_and_the_way_out(text: str, says: str) -> None:
    with pytest.raises(MappingError) as refused:
        read_mapping(text, "bad.yaml")
    assert "bad.yaml" in refused.value.en
    assert says in refused.value.en + refused.value.hint_en


def test_a_mapping_file_that_cannot_be_opened_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="cannot be read"):
        load_mapping(tmp_path / "missing.yaml")

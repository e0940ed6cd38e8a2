"""Tables of needs: villages, places that cannot be told, rows that repeat or are damaged."""

from __future__ import annotations

import pytest

from tests.ingest.conftest import MakeFile, ReadOne, codes
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.importer import read_files
from tracegraph.model.records import RowFate

HEADINGS = ["รหัส", "หมู่ที่", "ปัญหา/ความต้องการ"]


def test_a_need_stands_in_its_village_of_the_owners_tambon(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([HEADINGS, ["N1", "๓", "ซอย 2 เป็นดินแดง อยากให้เทปูน"]]), years="2567")
    (need,) = batch.needs
    assert (need.area, need.village_no, need.year, need.source_id) == ("81080403", 3, 2567, "N1")
    assert need.area_confidence > 0.9 and need.area_words == "หมู่ 3"
    (plan,) = batch.plans
    assert (plan.kind, plan.area, plan.year_from) == ("PK01", "810804", 2567)
    assert [area.uid for area in batch.areas] == ["81", "8108", "810804", "81080403"]
    assert batch.areas[2].name == "คลองเขม้า" and batch.areas[3].parent == "810804"
    assert batch.bodies[0].name == "อบต.คลองเขม้า"


def test_a_road_that_leads_to_a_neighbor_stays_at_home(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([HEADINGS, ["N1", "3", "ก่อสร้างถนน คสล. เชื่อมตำบลห้วยยูง"]]))
    assert batch.needs[0].area == "81080403"


@pytest.mark.parametrize(("cell", "code"), [("99", "village-no-doubtful"), ("สาม", "village-no-unread"), ("120", None)])
def test_an_impossible_village_number_keeps_the_need_at_tambon_level(
    csv_file: MakeFile, read_one: ReadOne, cell: str, code: str | None
) -> None:
    batch = read_one(csv_file([HEADINGS, ["N1", cell, "ขุดลอกคลอง"]]))
    assert batch.needs[0].area == "810804"
    (problem,) = batch.problems
    assert problem.code == (code or "village-no-unread") and problem.severity == "warning"
    assert (problem.row, problem.column, problem.found) == (2, "หมู่ที่", cell)
    assert cell in problem.th and cell in problem.en


def test_village_zero_means_no_single_village_and_is_said_once(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([HEADINGS, ["N1", "0", "ขุดลอกคลอง"], ["N2", "0", "อบรมอาชีพ"]]))
    assert {need.area for need in batch.needs} == {"810804"}
    assert codes(batch.problems) == ["village-zero"]
    assert "2" in batch.problems[0].en


def test_a_row_without_words_is_quarantined_with_all_its_cells(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([HEADINGS, ["N1", "3", ""], ["N2", "3", "-"], ["N3", "3", "12"], ["N4", "3", "ถนน"]]))
    assert [row.fate for row in batch.rows] == [RowFate.QUARANTINED] * 3 + [RowFate.LOADED]
    assert codes(batch.problems) == ["no-name"] * 3
    assert batch.rows[2].cells == (("รหัส", "N3"), ("หมู่ที่", "3"), ("ปัญหา/ความต้องการ", "12"))


@pytest.mark.parametrize("cell", ["#REF!", "=A1&B1", "#N/A"])
def test_a_formula_is_no_name(csv_file: MakeFile, read_one: ReadOne, cell: str) -> None:
    batch = read_one(csv_file([HEADINGS, ["N1", "3", cell], ["N2", "3", "ถนน"]]))
    assert codes(batch.problems) in (["name-is-formula"], ["no-name"])
    assert len(batch.needs) == 1


def test_the_same_row_twice_is_one_need(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([HEADINGS, ["N1", "3", "ถนน"], ["N1", "3", "ถนน "]]))
    assert [row.fate for row in batch.rows] == [RowFate.LOADED, RowFate.MERGED]
    assert batch.rows[0].uid == batch.rows[1].uid == batch.needs[0].uid
    assert codes(batch.problems) == ["repeated-row"]


def test_an_id_with_other_words_is_quarantined(csv_file: MakeFile, read_one: ReadOne) -> None:
    batch = read_one(csv_file([HEADINGS, ["N1", "3", "ถนน"], ["N1", "4", "สะพาน"]]))
    assert [need.text for need in batch.needs] == ["ถนน"]
    (problem,) = batch.problems
    assert (problem.code, problem.found, problem.row) == ("duplicate-id", "N1", 3)
    assert "2" in problem.th  # names the row that has the id


def test_uids_do_not_depend_on_row_numbers(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [["", "3", "ถนนชำรุด"], ["", "4", "ไฟทางดับ"], ["", "3", "ประปาไม่ไหล"]]
    first = read_one(csv_file([HEADINGS, *rows], "a.csv"))
    moved = read_one(csv_file([["บัญชีความต้องการ"], HEADINGS, *reversed(rows)], "b.csv"))
    assert {n.uid: n.text for n in first.needs} == {n.uid: n.text for n in moved.needs}


def test_equal_needs_of_two_villages_are_two(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [["", "3", "ขุดลอกคลอง", "1"], ["", "4", "ขุดลอกคลอง", "1"], ["", "3", "ขุดลอกคลอง", "2"]]
    batch = read_one(csv_file([[*HEADINGS, "ลำดับความสำคัญ"], *rows]))
    assert len({need.uid for need in batch.needs}) == 3
    assert [need.priority for need in batch.needs] == [1, 1, 2]


def test_both_spellings_of_sara_am_and_hidden_spaces_are_one_text(csv_file: MakeFile, read_one: ReadOne) -> None:
    one = read_one(csv_file([HEADINGS, ["", "3", "น\u0e49\u0e33ท่วม"]], "a.csv"))
    two = read_one(csv_file([HEADINGS, ["", "3", "น\u0e49\u0e4d\u0e32\u200bท่วม"]], "b.csv"))
    assert one.needs[0].uid == two.needs[0].uid
    assert two.needs[0].text == "น\u0e49\u0e4d\u0e32\u200bท่วม"  # kept as typed


def test_a_rejection_is_kept_in_the_documents_own_words(csv_file: MakeFile, read_one: ReadOne) -> None:
    headings = [*HEADINGS, "ผลการพิจารณา", "เหตุผลการพิจารณา"]
    rows = [
        ["N1", "3", "สร้างสะพาน", "ไม่บรรจุ", "อยู่ในเขตป่าชายเลน"],
        ["N2", "3", "เทปูนซอย 2", "บรรจุในแผน", ""],
        ["N3", "3", "ติดไฟทาง", "ไม่รับไว้พิจารณา เนื่องจากเป็นถนนกรมทางหลวง", ""],
    ]
    needs = read_one(csv_file([headings, *rows])).needs
    assert [need.outcome for need in needs] == ["rejected", "บรรจุในแผน", "rejected"]
    assert needs[0].outcome_reason == "อยู่ในเขตป่าชายเลน"
    assert needs[2].outcome_reason == "ไม่รับไว้พิจารณา เนื่องจากเป็นถนนกรมทางหลวง"


PLACED = ["id", "moo", "tambon", "amphoe", "province", "villager_words"]


def test_places_in_columns_give_each_row_its_own_area(csv_file: MakeFile) -> None:
    path = csv_file(
        [PLACED, ["N1", "3", "คลองเขม้า", "เหนือคลอง", "กระบี่", "ถนน"], ["N2", "1", "ปกาสัย", "เหนือคลอง", "", "ไฟ"]]
    )
    (batch,) = read_files([path])
    assert [need.area for need in batch.needs] == ["81080403", "81080701"]
    assert {plan.area for plan in batch.plans} == {"810804", "810807"}
    assert codes(batch.problems) == []


def test_a_place_that_exists_twice_is_not_guessed(csv_file: MakeFile) -> None:
    (batch,) = read_files([csv_file([PLACED, ["N1", "3", "หนองบัว", "", "", "ถนน"]])])
    assert batch.needs[0].area is None
    problem = next(p for p in batch.problems if p.code == "place-ambiguous")
    assert "หนองบัว" in problem.found and problem.expected.count("หนองบัว") >= 3


def test_a_homonym_is_told_by_the_other_rows(csv_file: MakeFile) -> None:
    rows = [
        ["N1", "3", "ห้วยยูง", "", "", "ถนน"],
        ["N2", "1", "ปกาสัย", "", "", "ไฟ"],
        ["N3", "1", "เกาะศรีบอยา", "", "", "น้ำ"],
    ]
    rows.append(["N4", "2", "ดินแดง", "", "", "ประปา"])  # a tambon of Krabi, and a khwaeng of Bangkok
    (batch,) = read_files([csv_file([PLACED, *rows])])
    assert batch.needs[3].area is not None and batch.needs[3].area.startswith("81")


def test_a_place_that_does_not_exist_is_said_and_the_need_goes_in(csv_file: MakeFile) -> None:
    (batch,) = read_files([csv_file([PLACED, ["N1", "3", "เมืองทิพย์พิมาน", "เหนือคลอง", "กระบี่", "ถนน"]])])
    assert batch.needs[0].area == "8108"  # the district is known
    problem = next(p for p in batch.problems if p.code == "place-unknown")
    assert "เมืองทิพย์พิมาน" in problem.found and problem.column == "tambon"


def test_the_area_may_be_given_in_words(csv_file: MakeFile) -> None:
    path = csv_file([HEADINGS, ["N1", "3", "ถนน"]])
    (batch,) = read_files([path], context=ImportContext(area="ต.คลองเขม้า อ.เหนือคลอง จ.กระบี่"))
    assert batch.needs[0].area == "81080403"
    assert batch.plans[0].owner is None


def test_nobody_knows_whose_the_table_is(csv_file: MakeFile) -> None:
    (batch,) = read_files([csv_file([HEADINGS, ["N1", "3", "ถนนชำรุด"]])])
    assert batch.needs[0].area is None and batch.needs[0].village_no == 3
    assert codes(batch.problems) == ["owner-unknown"]


def test_the_year_is_read_in_every_spelling(csv_file: MakeFile, read_one: ReadOne) -> None:
    rows = [["N1", "3", "ก", "66"], ["N2", "3", "ข", "2566"], ["N3", "3", "ค", "2023"], ["N4", "3", "ง", "ปีหน้า"]]
    batch = read_one(csv_file([[*HEADINGS, "ปีที่เสนอ"], *rows]), years="2566")
    assert [need.year for need in batch.needs] == [2566] * 4
    assert [(p.code, p.row, p.found) for p in batch.problems] == [("year-unread", 5, "ปีหน้า")]

"""Files imported together: whose they are, what they call a document, refusals, mapping files beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.conftest import MakeFile, codes
from tracegraph.errors import FileRefused, InputError, MappingError, NotFoundError, UsageError
from tracegraph.ingest.context import ImportContext, read_area
from tracegraph.ingest.identity import build_uid, series_of
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.mapping import Mapping, load_mapping
from tracegraph.ingest.mapping_file import read_mapping
from tracegraph.model.records import RecordBatch
from tracegraph.thai.places import Gazetteer

NEEDS = [["id", "หมู่ที่", "ความต้องการ"], ["N1", "3", "ขุดลอกคลอง"], ["N2", "4", "ถนนเชื่อมตำบลห้วยยูง"]]
PLAN = [
    ["id", "โครงการ", "2566", "2567"],
    ["P1", "ซ่อมแซมถนนในความรับผิดชอบของ อบต.คลองเขม้า", "5", ""],
    ["P2", "อบรมอาชีพ ตำบลคลองเขม้า", "5", ""],
    ["P3", "อุดหนุนเทศบาลเมืองกระบี่ (ศูนย์ช่วยเหลือ)", "5", ""],
]


def owners(batches: list[RecordBatch]) -> list[str | None]:
    return [batch.plans[0].owner for batch in batches]


def test_the_owner_is_told_by_the_words_of_the_file(csv_file: MakeFile) -> None:
    (batch,) = read_files([csv_file(PLAN)])
    assert batch.bodies[0].name == "อบต.คลองเขม้า" and batch.plans[0].area == "810804"
    note = next(p for p in batch.problems if p.code == "owner-from-content")
    assert "อบต.คลองเขม้า" in note.th and "--owner" in note.en


def test_a_file_that_does_not_tell_takes_the_owner_of_the_others(csv_file: MakeFile) -> None:
    batches = read_files([csv_file(NEEDS, "needs.csv"), csv_file(PLAN, "plan.csv")])
    assert owners(batches) == ["body:อบต.:810804"] * 2
    assert batches[0].needs[0].area == "81080403"
    note = next(p for p in batches[0].problems if p.code == "owner-from-files")
    assert "plan.csv" in note.expected
    assert batches[0].document.series == "needs:needs"  # an owner taken from others is no part of the file's name


def test_files_of_two_owners_do_not_settle_a_third(csv_file: MakeFile) -> None:
    other = [[cell.replace("คลองเขม้า", "อ่าวนาง") for cell in row] for row in PLAN]
    files = [csv_file(NEEDS, "needs.csv"), csv_file(PLAN, "a.csv"), csv_file(other, "b.csv")]
    batches = read_files(files)
    assert batches[0].plans[0].owner is None and "owner-unknown" in codes(batches[0].problems)
    assert batches[1].plans[0].owner != batches[2].plans[0].owner


def test_an_owner_known_from_before_stays(csv_file: MakeFile) -> None:
    needs, plan = csv_file(NEEDS, "needs.csv"), csv_file(PLAN, "plan.csv")
    together = read_files([needs, plan])[0]
    from tracegraph.ingest.context import Ownership

    before = {together.document.uid: Ownership(together.bodies[0], "810804", "before")}
    (alone,) = read_files([needs], before=before)
    assert [need.uid for need in alone.needs] == [need.uid for need in together.needs]
    assert "owner-from-before" in codes(alone.problems)
    newer = csv_file([*NEEDS, ["N3", "5", "ไฟทาง"]], "needs (2).csv")
    (again,) = read_files([newer], before={together.document.series: before[together.document.uid]})
    assert {n.uid for n in together.needs} < {n.uid for n in again.needs}
    assert again.document.series == together.document.series


def test_what_a_person_states_wins(csv_file: MakeFile) -> None:
    context = ImportContext(owner="องค์การบริหารส่วนตำบลอ่าวนาง", plan_kind="PK03", stage="action", years="๒๕๖๘")
    (batch,) = read_files([csv_file(PLAN)], context=context)
    plan = batch.plans[0]
    assert (plan.owner, plan.stage.value, plan.year_from, plan.year_to) == ("body:อบต.:810116", "action", 2568, 2568)
    assert not {"owner-from-content", "years-from-name"} & set(codes(batch.problems))


def test_the_year_of_the_file_name_is_a_hint_and_is_said(csv_file: MakeFile) -> None:
    (batch,) = read_files([csv_file(NEEDS, "ประชาคม_2567.csv")])
    assert batch.plans[0].year_from == 2567 and "years-from-name" in codes(batch.problems)


@pytest.mark.parametrize(
    ("stated", "error"),
    [({"stage": "soon"}, UsageError), ({"years": "หลายปี"}, UsageError), ({"plan_kind": "PK99"}, NotFoundError)],
)
def test_what_cannot_be_stated(csv_file: MakeFile, stated: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_files([csv_file(PLAN)], context=ImportContext(**stated))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("810804", "810804"),
        ("81", "81"),
        ("ต.คลองเขม้า อ.เหนือคลอง จ.กระบี่", "810804"),
        ("อำเภอเหนือคลอง", "8108"),
        ("กระบี่", "81"),
        ("จังหวัดกระบี่", "81"),
    ],
)
def test_areas_by_code_or_words(words: str, code: str) -> None:
    assert read_area(words, Gazetteer()) == code


@pytest.mark.parametrize("words", ["หนองบัว", "999999", "เมืองทิพย์พิมาน"])
def test_areas_that_cannot_be_told(words: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_area(words, Gazetteer())
    assert words in refused.value.th and refused.value.hint_en


def test_a_refused_file_does_not_stop_the_others(csv_file: MakeFile, tmp_path: Path) -> None:
    picture = tmp_path / "scan.xlsx"
    picture.write_bytes(b"%PDF-1.4")
    refused: list[tuple[str, InputError]] = []
    batches = read_files(
        [picture, csv_file(PLAN), tmp_path / "missing.csv"],
        on_refusal=lambda path, error: refused.append((path.name, error)),
    )
    assert [batch.document.file for batch in batches] == ["table.csv"]
    assert [(name, type(error)) for name, error in refused] == [
        ("scan.xlsx", FileRefused),
        ("missing.csv", FileRefused),
    ]
    with pytest.raises(FileRefused):
        read_files([picture])


def test_batches_come_in_the_order_of_the_files_and_progress_is_told(csv_file: MakeFile) -> None:
    files = [csv_file(PLAN, "plan.csv"), csv_file(NEEDS, "needs.csv")]
    told: list[tuple[str, int, int]] = []
    batches = read_files(files, progress=lambda path, done, total: told.append((path.name, done, total)))
    assert [batch.document.file for batch in batches] == ["plan.csv", "needs.csv"]
    assert told == [("plan.csv", 0, 2), ("needs.csv", 1, 2)]


MINE = "document: {kind: items, owner: อบต.อ่าวนาง, sample: true, series: my-list}\ncolumns: {id: id, โครงการ: name}"


def test_how_far_reading_is_is_told_by_rows(csv_file: MakeFile) -> None:
    headings = ["id", "โครงการ", "2566"]
    files = [
        csv_file([headings, *([f"{name}{n}", f"ขุดลอกคลองที่ {n}", "5"] for n in range(400))], f"{name}.csv")
        for name in ("a", "b")
    ]
    told: list[tuple[str, int, int]] = []
    batches = read_files(files, on_rows=lambda name, done, total: told.append((name, done, total)))
    assert [len(batch.projects) for batch in batches] == [400, 400]
    assert told == [("a.csv", 250, 802), ("b.csv", 500, 802), ("b.csv", 750, 802)]


def test_mapping_files_in_every_way_they_can_be_given(csv_file: MakeFile, tmp_path: Path) -> None:
    plan, needs = csv_file(PLAN, "plan.csv"), csv_file(NEEDS, "needs.csv")
    mapping = read_mapping(MINE, "mine")

    def owner(given: object) -> str | None:
        return read_files([plan], mapping=given)[0].plans[0].owner  # type: ignore[arg-type]

    assert owner(mapping) == owner([mapping]) == owner({plan: mapping}) == "body:อบต.:810116"
    assert owner({needs: mapping}) == owner(None) == "body:อบต.:810804"
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "plan.yaml").write_text(MINE, encoding="utf-8")
    assert isinstance(load_mapping(tmp_path / "mappings" / "plan.yaml"), Mapping)
    (batch,) = read_files([plan])
    assert batch.document.sample and batch.plans[0].sample and batch.document.series == "my-list"
    assert batch.plans[0].owner == "body:อบต.:810116"


def test_the_fitting_mapping_of_several_is_taken_and_none_is_an_error(csv_file: MakeFile) -> None:
    plan, needs = csv_file(PLAN, "plan.csv"), csv_file(NEEDS, "needs.csv")
    mappings = [
        read_mapping("document: {kind: needs}\ncolumns: {ความต้องการ: text}", "needs"),
        read_mapping("document: {kind: items}\ncolumns: {โครงการ: name}", "items"),
    ]
    assert [batch.document.kind for batch in read_files([plan, needs], mapping=mappings)] == ["items", "needs"]
    with pytest.raises(MappingError, match="ความต้องการ"):
        read_files([plan], mapping=mappings[:1])


def test_a_document_is_its_content(csv_file: MakeFile) -> None:
    first, copy = read_files([csv_file(PLAN, "plan.csv"), csv_file(PLAN, "plan (2).csv")])
    assert first.document.uid == copy.document.uid and first.document.series == copy.document.series
    assert first.document.uid == f"doc:{first.document.sha256[:16]}"
    assert [p.uid for p in first.projects] == [p.uid for p in copy.projects]


@pytest.mark.parametrize(
    "name", ["แผน.xlsx", "แผน (2).xlsx", "แผน - สำเนา.xlsx", "แผน - Copy (3).xlsx", "แผน_final.xlsx"]
)
def test_copies_of_a_file_are_one_series(name: str) -> None:
    assert series_of(name, "items", "body:1") == "items:body:1:แผน"


def test_parts_of_a_uid_do_not_run_together() -> None:
    assert build_uid("x", "ab", "c") != build_uid("x", "a", "bc")
    assert build_uid("x", None) == build_uid("x", "")

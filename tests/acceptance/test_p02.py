"""A city's own ผ.02 workbook, read as it is and compared cell by cell with what a person wrote down for it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.office import Office
from tracegraph.ingest.file_reader import FileReader
from tracegraph.ingest.importer import read_files
from tracegraph.model.graph import LinkKind
from tracegraph.model.records import RecordBatch, RowFate

pytestmark = pytest.mark.shared

Row = dict[str, str]
PLACE = ("sheet", "row")


@pytest.fixture(scope="module")
def book(shared: Path) -> Path:
    return shared / "data" / "nakhonsawan_p02" / "p02.xlsx"


@pytest.fixture(scope="module")
def key(shared: Path) -> list[Row]:
    path = shared / "data" / "nakhonsawan_p02" / "key.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def lines(book: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Row]:
    home = tmp_path_factory.mktemp("p02")
    found = Office(home).rows("read", book)
    assert not list(home.iterdir())  # no database was touched
    return {(row["sheet"], row["row"]): row for row in found}


@pytest.fixture(scope="module")
def batch(book: Path) -> RecordBatch:
    return read_files([book])[0]


def test_every_item_is_found_where_it_begins(lines: dict[tuple[str, str], Row], key: list[Row]) -> None:
    assert set(lines) == {(row["sheet"], row["row"]) for row in key}


def test_cells_are_what_the_book_says(lines: dict[tuple[str, str], Row], key: list[Row]) -> None:
    wrong: Counter[str] = Counter()
    cells = 0
    for row in key:
        found = lines[row["sheet"], row["row"]]
        for column in row:
            if column not in PLACE:
                cells += 1
                wrong[column] += not same(column, row[column], found[column])
    assert cells == 3600
    assert {column: count for column, count in wrong.items() if count and column != "edition"} == {}
    assert wrong.total() <= 0.005 * cells


def same(column: str, wanted: str, found: str) -> bool:
    left, right = " ".join(wanted.split()), " ".join(found.split())
    if column.startswith("y2") and left and right:
        return float(left) == float(right)
    return left == right


def test_every_text_box_has_its_row(book: Path, batch: RecordBatch) -> None:
    with FileReader() as reader:
        tables = reader.read(book).sources[0].tables
    boxes = [note for table in tables for note in table.notes]
    assert len(boxes) == 55
    above = [note for table in tables for note in table.notes if note.row < 15]
    noted = [text for reading in batch.readings for text in reading.notes]
    assert len(noted) + len(above) == 55
    assert {note.text for note in above} == {"แบบ ผ.02"}


def test_a_note_that_names_a_row_is_a_link(batch: RecordBatch) -> None:
    (link,) = [link for link in batch.pending if link.kind is LinkKind.SAME_WORK]
    ends = {reading.uid: reading.row for reading in batch.readings}
    assert (ends[link.from_id], ends[link.to_id], link.work_class) == (77, 94, "same_book")
    assert "ซ้ำลำดับที่ 63" in (link.reason or "")


def test_every_subtotal_is_checked_and_agrees(batch: RecordBatch) -> None:
    checks = [check for layout in batch.layouts for check in layout.checks]
    assert len(checks) == 8 * 6 and all(check.agrees for check in checks)


def test_the_form_is_told_by_its_words(batch: RecordBatch) -> None:
    assert {layout.form for layout in batch.layouts} == {"p02"}
    assert all(layout.form_confidence > 0.9 and layout.form_reasons for layout in batch.layouts)


def test_nothing_is_lost(batch: RecordBatch) -> None:
    assert Counter(row.fate for row in batch.rows) == {RowFate.LOADED: 225}
    codes = Counter(problem.code for problem in batch.problems)
    assert codes["copied-sheet"] == 1 and not codes["money-unsure"] and not codes["total-differs"]

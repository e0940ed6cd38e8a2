"""Opening files: encodings, delimiters, workbooks, and everything that is none of these."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.ingest.conftest import MakeFile
from tracegraph.errors import FileRefused
from tracegraph.ingest.cell_values import read_value
from tracegraph.ingest.csv_files import decode, find_delimiter, looks_thai
from tracegraph.ingest.files import fingerprint, read_tables
from tracegraph.ingest.tables import Limits

ROWS = [
    ["id", "หมู่ที่", "ความต้องการ"],
    ["N1", "3", "ปรับปรุงถนนคอนกรีตเสริมเหล็ก ซอย 2 น้ำท่วมขังทุกปี"],
    ["N2", "๕", "ขุดลอกคลองตื้นเขิน, เปิดทางน้ำ"],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "tis-620"])
def test_every_encoding_of_a_thai_office_gives_the_same_cells(csv_file: MakeFile, encoding: str) -> None:
    (table,) = read_tables(csv_file(ROWS, encoding=encoding))
    assert [list(row.cells) for row in table.rows] == ROWS
    assert [row.number for row in table.rows] == [1, 2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(csv_file: MakeFile, delimiter: str) -> None:
    (table,) = read_tables(csv_file(ROWS, delimiter=delimiter))
    assert table.rows[1].cells == tuple(ROWS[1])


def test_a_declared_delimiter_is_obeyed_and_counts_as_a_row(tmp_path: Path) -> None:
    path = tmp_path / "declared.csv"
    path.write_text("sep=;\r\nid;name, with comma\r\n1;ก, ข\r\n", encoding="utf-8")
    (table,) = read_tables(path)
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("id", "name, with comma")), (3, ("1", "ก, ข"))]


@pytest.mark.parametrize(
    "data",
    [
        "名前,値段\r\n道路工事,百万円\r\n橋の修理,二百万円\r\n".encode("shift-jis"),
        "имя,цена\r\nдорога,тысяча\r\nмост,миллион\r\n".encode("cp1251"),
        "Straße,Brücke,Geländer\r\nÖl,Übung,Ärger\r\n".encode("latin-1"),
    ],
)
def test_an_unknown_encoding_is_refused_and_the_tries_are_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "strange.csv"
    path.write_bytes(data)
    with pytest.raises(FileRefused) as refused:
        read_tables(path)
    assert "UTF-8" in refused.value.en and "CP874" in refused.value.en
    assert "UTF-8" in refused.value.th and refused.value.hint_th and refused.value.hint_en


def test_a_broken_utf_8_mark_is_refused_under_its_own_name() -> None:
    with pytest.raises(FileRefused, match="UTF-8-SIG"):
        decode(b"\xef\xbb\xbf\xff\xff", "x.csv")


def test_binary_data_named_csv_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(bytes(range(32)) * 10)
    with pytest.raises(FileRefused, match="encoding"):
        read_tables(path)


def test_english_text_with_a_few_accents_does_not_look_thai() -> None:
    assert not looks_thai("Caf\u0e49 cr\u0e48me")
    assert looks_thai("น้ำท่วม")


@given(st.text(alphabet=st.sampled_from("กขคงน้ำท่วมถนน ่้๊ิีุูเแไ0123456789,;"), min_size=1, max_size=200))
def test_any_thai_text_survives_a_round_through_utf_8(text: str) -> None:
    assert decode(text.encode("utf-8"), "x") == text


@given(st.lists(st.lists(st.text(alphabet="กขค 123", max_size=8), min_size=2, max_size=6), min_size=1, max_size=8))
def test_a_delimiter_is_always_one_of_the_known(rows: list[list[str]]) -> None:
    assert find_delimiter("\n".join(";".join(row) for row in rows)) in {",", ";", "\t", "|"}


def test_an_open_quotation_mark_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    path.write_text('id,name\n1,"never closed\n' + "x" * 200_000, encoding="utf-8")
    with pytest.raises(FileRefused, match="line"):
        read_tables(path)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"GIF89a....", "GIF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", ".xls"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    ],
)
@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_a_file_that_is_no_table_is_refused_by_its_content(tmp_path: Path, name: str, head: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(head)
    with pytest.raises(FileRefused) as refused:
        read_tables(path)
    assert says in refused.value.en
    assert refused.value.hint_th and refused.value.hint_en


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(300_000_000)  # sparse: takes no room
    with pytest.raises(FileRefused) as refused:
        read_tables(path)
    assert "300 MB" in refused.value.en and "200 MB" in refused.value.th


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n , ,\r\n"])
def test_a_file_of_nothing_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        read_tables(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(FileRefused, match="cannot be opened"):
            read_tables(path)


def test_a_workbook_of_empty_sheets_is_refused(xlsx_file: MakeFile) -> None:
    with pytest.raises(FileRefused, match="nothing in the file"):
        read_tables(xlsx_file({"ว่าง": [], "ว่างด้วย": [[None, ""]]}))


def test_an_archive_without_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "archive.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/presentation.xml", "<p/>")
    with pytest.raises(FileRefused, match="ZIP archive without"):
        read_tables(path)


def test_a_cut_off_workbook_is_refused(xlsx_file: MakeFile) -> None:
    path = xlsx_file({"ก": ROWS})
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(FileRefused, match="damaged or cut off"):
        read_tables(path)


def test_a_workbook_with_damaged_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<not closed")
        archive.writestr("xl/workbook.xml", "<not closed")
    with pytest.raises(FileRefused, match="damaged"):
        read_tables(path)


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(FileRefused, match="unpacks to"):
        read_tables(path)


def test_too_many_rows_or_columns_are_refused(csv_file: MakeFile, xlsx_file: MakeFile) -> None:
    many = [["id", "name"], *([str(n), "ถนน"] for n in range(30))]
    for path in (csv_file(many), xlsx_file({"ก": many})):
        with pytest.raises(FileRefused):
            read_tables(path, Limits(max_rows=20))
        assert len(read_tables(path, Limits(max_rows=31))[0].rows) == 31
    wide = [[f"c{n}" for n in range(50)]]
    for path in (csv_file(wide), xlsx_file({"ก": wide})):
        with pytest.raises(FileRefused):
            read_tables(path, Limits(max_columns=20))


def test_hidden_sheets_and_rows_are_data(xlsx_file: MakeFile) -> None:
    path = xlsx_file({"เปิด": ROWS, "ซ่อน": ROWS}, hidden=["ซ่อน"])
    assert [table.sheet for table in read_tables(path)] == ["เปิด", "ซ่อน"]


def test_a_sheet_that_declares_the_whole_grid_is_read_by_its_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["id", "name"])
    sheet.append(["1", "ถนน"])
    path = tmp_path / "wide.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    (table,) = read_tables(path)
    assert [row.cells for row in table.rows] == [("id", "name"), ("1", "ถนน")]


def test_rows_keep_their_worksheet_numbers_over_gaps(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["A1"], sheet["A5"], sheet["B9"] = "บน", "กลาง", "ล่าง"
    path = tmp_path / "gaps.xlsx"
    book.save(path)
    (table,) = read_tables(path)
    assert [(row.number, row.cells) for row in table.rows] == [(1, ("บน",)), (5, ("กลาง",)), (9, ("", "ล่าง"))]


def test_error_values_are_kept_as_text_and_formulas_are_never_run(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["name", "money", "broken"])
    sheet.append(["ถนน", "=1+1", "#REF!"])
    path = tmp_path / "formulas.xlsx"
    book.save(path)
    (table,) = read_tables(path)
    assert table.rows[1].cells == ("ถนน", "=1+1", "#REF!")


def test_a_merged_range_keeps_its_text_for_every_cell(xlsx_file: MakeFile) -> None:
    rows = [["งบประมาณ", None, "โครงการ"], ["2566", "2567", None], ["1", "2", "ถนน"]]
    (table,) = read_tables(xlsx_file({"ก": rows}, merges={"ก": ["A1:B1", "C1:C2"]}))
    assert table.filled(table.rows[0], 1) == "งบประมาณ"
    assert table.filled(table.rows[1], 2) == "โครงการ"
    assert table.filled(table.rows[2], 1) == "2"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (300000.0, "300000"), (0.1 + 0.2, "0.3"), (True, "TRUE"), (238613.38, "238613.38"), (7, "7")],
)
def test_numbers_read_as_a_person_sees_them(value: object, text: str) -> None:
    assert read_value(value) == text


def test_the_fingerprint_depends_on_the_content_alone(csv_file: MakeFile) -> None:
    first, second = csv_file(ROWS, "a.csv"), csv_file(ROWS, "b.csv")
    assert fingerprint(first) == fingerprint(second)
    assert fingerprint(csv_file(ROWS[:2], "c.csv")) != fingerprint(first)

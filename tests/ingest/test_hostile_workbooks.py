"""Workbooks that would do harm: entities, false counts, endless merges, odd names, millions of empty cells."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest import foreign_files as make
from tests.ingest.foreign_files import DATA, DRAWN, cells_of, read_one
from tracegraph.errors import FileRefused
from tracegraph.ingest.empty_cells import iter_filled
from tracegraph.ingest.files import read_tables
from tracegraph.ingest.tables import Limits
from tracegraph.ingest.xlsx_sheet import BookValues, _SheetReader
from tracegraph.ingest.xml_parts import iter_blocks, parse_stream

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ฮา"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/drawings/drawing1.xml",
    ],
)
def test_entities_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    path = make.write_book(
        tmp_path / "b.xlsx",
        f'{DATA}<drawing r:id="rId7"/>',
        strings="<si><t>x</t></si>",
        styles="<cellXfs/>",
        relations=make.relation("rId7", "drawing", "../drawings/drawing1.xml"),
        parts={part: f"{LAUGHS}<x>&b;</x>"} if part == DRAWN else {},
    )
    if part != DRAWN:
        rewrite(path, part, lambda text: LAUGHS + text)
    with pytest.raises(FileRefused, match="DTD"):
        read_tables(path)


def rewrite(path: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        text = archive.read(part).decode("utf-8")
    make.replace_part(path, part, change(text))


def test_declared_dimensions_and_counts_are_not_believed(tmp_path: Path) -> None:
    sheet = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    path = make.write_book(tmp_path / "b.xlsx", sheet, strings="<si><t>ถนน</t></si>")
    assert cells_of(path) == [("ถนน",)]


def test_a_merge_over_the_whole_sheet_covers_only_the_rows_that_there_are(tmp_path: Path) -> None:
    last = '<row r="9"><c r="C9"><v>1</v></c></row>'
    sheet = DATA.replace("</sheetData>", f"{last}</sheetData>")
    merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    table = read_one(make.write_book(tmp_path / "b.xlsx", sheet + merges))
    assert {row for row, _ in table.merged} == {1, 9} and len(table.merged) < 500


def test_merges_without_end_are_refused(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 400))
    merges = "".join(f'<mergeCell ref="A{n}:ALL400"/>' for n in range(1, 400))
    path = make.write_book(tmp_path / "b.xlsx", f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>")
    with pytest.raises(FileRefused, match="merged cells cover"):
        read_tables(path, Limits(max_covered=100_000))


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row r="1048577"><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="0"><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>-1</v></c></row></sheetData>',
        f'{DATA}<mergeCells><mergeCell ref="A1:ZZZZ9"/></mergeCells>',
        "<sheetData><row>",
        "<cols>" + '<col min="1" max="16384" width="9"/>' * 2 + f"</cols>{DATA}",
    ],
)
def test_nonsense_in_a_worksheet_is_a_stated_refusal(tmp_path: Path, sheet: str) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        read_tables(make.write_book(tmp_path / "b.xlsx", sheet))


def test_a_worksheet_that_is_listed_again_and_again_is_refused(tmp_path: Path) -> None:
    path = make.write_book(tmp_path / "b.xlsx", DATA)
    again = '<sheet name="x" sheetId="2" r:id="rId1"/></sheets>'
    rewrite(path, "xl/workbook.xml", lambda text: text.replace("</sheets>", again))
    with pytest.raises(FileRefused, match="two worksheets"):
        read_tables(path)


def test_a_text_that_many_cells_share_counts_as_often_as_it_is_seen(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 300))
    path = make.write_book(
        tmp_path / "b.xlsx", f"<sheetData>{rows}</sheetData>", strings=f"<si><t>{'ก' * 1000}</t></si>"
    )
    with pytest.raises(FileRefused, match="letters"):
        read_tables(path, Limits(max_text=200_000))
    with pytest.raises(FileRefused, match="row 1 has a cell of 1,000 letters"):
        read_tables(path, Limits(max_cell=999))


@pytest.mark.parametrize("name", ["../outside.xml", "xl/../../outside.xml", "C:/x.xml", "xl/WORKBOOK.xml"])
def test_a_workbook_with_odd_names_is_refused(tmp_path: Path, name: str) -> None:
    path = make.write_book(tmp_path / "b.xlsx", DATA, parts={name: "x"})
    with pytest.raises(FileRefused, match="damaged"):
        read_tables(path)
    assert not (tmp_path.parent / "outside.xml").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_workbook_with_two_parts_of_one_name_is_refused(tmp_path: Path) -> None:
    path = make.write_book(tmp_path / "b.xlsx", DATA)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(FileRefused, match="two parts"):
        read_tables(path)


def test_parts_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = make.write_book(tmp_path / "b.xlsx", DATA, parts={"xl/media/a": "x" * 5000, "xl/media/b": "x" * 5000})
    data = bytearray(path.read_bytes())
    first = data.find(b"PK\x01\x02")
    entries = [at for at in range(first, len(data) - 46) if data[at : at + 4] == b"PK\x01\x02"]
    offset = data[entries[-2] + 42 : entries[-2] + 46]
    data[entries[-1] + 42 : entries[-1] + 46] = offset
    path.write_bytes(data)
    with pytest.raises(FileRefused, match="lies over"):
        read_tables(path)


ROWS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.lists(st.sampled_from(["", "ก", "<", "</row>"]), max_size=6),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=30,
)


@given(ROWS, st.integers(1, 300))
def test_leaving_empty_cells_out_early_changes_nothing(rows: list[tuple[int, list[str], int, bool]], size: int) -> None:
    """The quick way (bytes of empty cells never reach the parser) and the plain one give the same rows."""
    parts, number = ["<worksheet><sheetData>"], 0
    for skip, texts, empties, stated in rows:
        number += skip + 1 if stated else 1
        cells = "".join(
            f"<c r='{chr(65 + at)}{number}' t='inlineStr'><is><t><![CDATA[{text}]]></t></is></c>" if text == "<"
            else f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text.replace("<", "&lt;")}</t></is></c>'
            for at, text in enumerate(texts)
        )  # fmt: skip
        cells += "".join(f'<c r="{chr(75 + at)}{number}" s="{at}"/>' for at in range(empties))
        parts.append(f'<row r="{number}" ht="21">{cells}</row>' if stated else f"<row>{cells}</row>")
    data = "".join([*parts, "</sheetData></worksheet>"]).encode()
    assert read_bytes(data, size, quick=True) == read_bytes(data, size, quick=False)


def read_bytes(data: bytes, size: int, *, quick: bool) -> list[object]:
    class Slow(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    reader = _SheetReader(BookValues(), Limits(), "x", "x")
    blocks = iter_filled(Slow(data), far_down=0) if quick else iter_blocks(Slow(data))
    parse_stream(blocks, reader.start, reader.end, reader.characters)
    return list(reader.found.rows)


def formatted_row(number: int) -> str:
    """A row of three formatted cells; every 34,000th has its number in the first."""
    first = f'<c r="A{number}" s="1"><v>{number}</v></c>' if number % 34_000 == 0 else f'<c r="A{number}" s="1"/>'
    return f'<row r="{number}" ht="21" customHeight="1">{first}<c r="B{number}" s="1"/><c r="C{number}" s="1"/></row>'


def test_a_sheet_of_every_row_there_is_reads_in_seconds(tmp_path: Path) -> None:
    """1,048,576 formatted rows, 30 of them with words."""
    path = make.write_book(tmp_path / "full.xlsx", "")
    head = '<worksheet><dimension ref="A1:XFD1048576"/><sheetData>'
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w") as target:
            target.write(head.encode())
            for first in range(1, 1_048_577, 4096):
                target.write("".join(formatted_row(n) for n in range(first, first + 4096)).encode())
            target.write(b"</sheetData></worksheet>")
    before = time.process_time()
    table = read_one(path)
    assert time.process_time() - before < 10
    assert [row.number for row in table.rows] == list(range(34_000, 1_048_577, 34_000))
    assert len(table.rows) == 30 and {row.cells for row in table.rows} == {(str(row.number),) for row in table.rows}

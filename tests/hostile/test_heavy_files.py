"""Files that are small to send and heavy to read: each alone, with its own time and memory."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.hostile.bases import (
    book_parts,
    build_pdf,
    cell,
    csv_bytes,
    ods_parts,
    pack,
    pack_ods,
    pdf_objects,
    rows_xml,
    sheet_xml,
    word_parts,
    word_table,
)
from tests.hostile.book_tricks import SHEET
from tests.hostile.conftest import Watched
from tests.hostile.outcomes import SLOWEST, Outcome, find_faults, find_outcome
from tracegraph.ingest.file_reader import FileReader
from tracegraph.ingest.tables import Limits

MEGABYTE = 1_000_000
Build = Callable[[], bytes]


def book_with(sheet: bytes) -> bytes:
    return pack({**book_parts(), SHEET: sheet}.items())


def big_cell_of_a_book() -> bytes:
    return book_with(sheet_xml(f'{rows_xml()}<row r="9">{cell("B9", "ก" * (10 * MEGABYTE // 3))}</row>'))


def big_shared_text() -> bytes:
    parts = book_parts()
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace("โครงการ".encode(), b"x" * 10 * MEGABYTE)
    return pack(parts.items())


def big_cell_of_a_csv() -> bytes:
    return csv_bytes() + f'4,"{"ก" * (10 * MEGABYTE // 3)}",x,1,ข\r\n'.encode()


def big_cell_of_a_docx() -> bytes:
    return pack(word_parts(word_table([("ก", "ข"), ("1", "x" * 10 * MEGABYTE)])).items())


def quote_never_closed() -> bytes:
    return csv_bytes() + b'5,"' + csv_bytes() * 20_000


def million_columns() -> bytes:
    return b"x," * MEGABYTE + b"\n1,2,3\n"


def million_short_lines() -> bytes:
    return b"a,b\n" * 1_500_000


def one_sign(sign: str, count: int) -> Build:
    return (sign * count).encode


def billion_laughs() -> bytes:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE z [<!ENTITY l0 "haha">{lines}]>'
    sheet = sheet_xml(cell("A1", "&l11;")).decode()
    return book_with(sheet.replace("?>\n", f"?>\n{bomb}", 1).encode())


def quadratic_entities() -> bytes:
    bomb = f'<!DOCTYPE z [<!ENTITY a "{"x" * 100_000}">]>'
    return book_with(sheet_xml(cell("A1", "&a;" * 50_000)).decode().replace("?>\n", f"?>\n{bomb}", 1).encode())


def ratio_bomb(size: int) -> Build:
    """A part that unpacks to ``size`` bytes from a thousandth of it."""

    def build() -> bytes:
        target = io.BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for name, data in book_parts().items():
                if name != SHEET:
                    archive.writestr(name, data)
            with archive.open(SHEET, "w", force_zip64=True) as part:
                block = b" " * MEGABYTE
                for _ in range(size // MEGABYTE):
                    part.write(block)
        return target.getvalue()

    return build


def merges_everywhere() -> bytes:
    lines = "".join(f'<mergeCell ref="A{n}:XFD{n + 900}"/>' for n in range(1, 60_000))
    return book_with(sheet_xml(rows_xml(), f"<mergeCells>{lines}</mergeCells>"))


def deep_xml() -> bytes:
    return book_with(sheet_xml("<a>" * 300_000 + "</a>" * 300_000))


def many_sheets() -> bytes:
    parts = book_parts()
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId2"/>' for n in range(20_000))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheets>", f"<sheets>{listed}".encode())
    return pack(parts.items())


def many_cells_of_one_text() -> bytes:
    """A long shared text that very many cells point at: little in the file, very much as a table."""
    parts = book_parts()
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace("โครงการ".encode(), b"y" * 32_000)
    lines = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>' for n in range(1, 200_000))
    return pack({**parts, SHEET: sheet_xml(lines)}.items())


def repeated_ods(rows: int, columns: int) -> Build:
    line = (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string" '
        f'table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    return lambda: pack_ods(ods_parts(line))


def nested_docx() -> bytes:
    return pack(word_parts("<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000).items())


def many_pages() -> bytes:
    objects = pdf_objects()
    objects[2] = b"<< /Type /Pages /Kids [" + b"3 0 R " * 50_000 + b"] /Count 50000 >>"
    return build_pdf(objects)


def pages_of_one_tree() -> bytes:
    """Each level of the tree of pages names the next one ten times: a billion pages in a few lines."""
    objects = pdf_objects()
    for level in range(10, 20):
        objects[level] = b"<< /Type /Pages /Count 1000000000 /Kids [%b] >>" % (b"%d 0 R " % (level + 1) * 10)
    objects[20] = objects[3]
    objects[2] = b"<< /Type /Pages /Kids [10 0 R] /Count 1000000000 >>"
    return build_pdf(objects)


def nested_archives() -> bytes:
    inner = csv_bytes()
    for depth in range(60):
        inner = pack([(f"{depth}.zip" if depth else "a.csv", inner)])
    return inner


HEAVY: dict[str, tuple[str, Build]] = {
    "10 MB cell": ("xlsx", big_cell_of_a_book),
    "10 MB shared text": ("xlsx", big_shared_text),
    "10 MB cell of a CSV": ("csv", big_cell_of_a_csv),
    "10 MB cell of a DOCX": ("docx", big_cell_of_a_docx),
    "quote never closed": ("csv", quote_never_closed),
    "a million columns": ("csv", million_columns),
    "a million and a half lines": ("csv", million_short_lines),
    "commas only": ("csv", one_sign(",", 5 * MEGABYTE)),
    "quotes only": ("csv", one_sign('"', 5 * MEGABYTE)),
    "line ends only": ("csv", one_sign("\n", 2 * MEGABYTE)),
    "tone marks only": ("csv", one_sign("\u0e48", MEGABYTE)),
    "billion laughs": ("xlsx", billion_laughs),
    "quadratic entities": ("xlsx", quadratic_entities),
    "40 MB from little": ("xlsx", ratio_bomb(40 * MEGABYTE)),
    "200 MB from little": ("xlsx", ratio_bomb(200 * MEGABYTE)),
    "merges everywhere": ("xlsx", merges_everywhere),
    "deep XML": ("xlsx", deep_xml),
    "20,000 sheets": ("xlsx", many_sheets),
    "one text in very many cells": ("xlsx", many_cells_of_one_text),
    "a row repeated to the end": ("ods", repeated_ods(1_048_576, 1)),
    "cells repeated everywhere": ("ods", repeated_ods(1_048_576, 16_384)),
    "cells repeated without end": ("ods", repeated_ods(2_147_483_647, 2_147_483_647)),
    "tables 20,000 deep": ("docx", nested_docx),
    "50,000 pages": ("pdf", many_pages),
    "a billion pages": ("pdf", pages_of_one_tree),
    "archives 60 deep": ("zip", nested_archives),
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_ends_in_time(name: str, watched: Watched) -> None:
    suffix, build = HEAVY[name]
    path = watched.folder / f"heavy.{suffix}"
    path.write_bytes(build())
    with FileReader(Limits()) as reader:
        started = time.monotonic()
        found = reader.read(path)
        seconds = time.monotonic() - started
        sys.stdout.write(
            f"{find_outcome(found)} in {seconds:.1f} s: {[error.en[:90] for _, error in found.refused][:2]}\n"
        )
        after = reader.read(_sound(watched.folder))
    path.unlink()
    assert find_faults(found, Limits()) == []
    assert seconds < SLOWEST
    assert find_outcome(after) is Outcome.LOADED, "the next file is read as if nothing had been"
    assert watched.read_attempts() == []


def _sound(folder: Path) -> Path:
    path = folder / "sound.csv"
    path.write_bytes(csv_bytes())
    return path

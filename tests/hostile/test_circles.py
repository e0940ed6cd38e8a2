"""References of a PDF that lead back to themselves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.hostile.bases import build_pdf, pdf_objects
from tracegraph.ingest.file_reader import FileReader
from tracegraph.ingest.tables import Limits

CIRCLES = {
    "content": {4: b"4 0 R"},
    "font": {5: b"5 0 R"},
    "pages": {2: b"2 0 R"},
    "page": {3: b"3 0 R"},
    "catalog": {1: b"1 0 R"},
    "two objects": {4: b"6 0 R", 6: b"7 0 R", 7: b"6 0 R"},
    "length": {4: b"<< /Length 4 0 R >>\nstream\nx\nendstream"},
    "tree of pages": {2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>"},
}


@pytest.mark.parametrize("circle", CIRCLES)
def test_a_circle_of_references_ends_at_once(circle: str, tmp_path: Path) -> None:
    path = tmp_path / "circle.pdf"
    path.write_bytes(build_pdf({**pdf_objects(), **CIRCLES[circle]}))
    with FileReader(Limits(seconds=20)) as reader:
        started = time.monotonic()
        found = reader.read(path)
    assert time.monotonic() - started < 10
    assert found.sources or found.refused
    assert not any("seconds" in error.en for _, error in found.refused)


def test_a_chain_of_references_that_ends_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "chain.pdf"
    objects = pdf_objects()
    path.write_bytes(build_pdf({**objects, 4: b"6 0 R", 6: b"7 0 R", 7: objects[4]}))
    with FileReader() as reader:
        found = reader.read(path)
    cells = [cell for source in found.sources for table in source.tables for row in table.rows for cell in row.cells]
    assert "Road" in cells

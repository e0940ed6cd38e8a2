"""Hostile files through the whole import up to the database: records, a row's fate for each row, or a refusal."""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.bases import HEADINGS, book_parts, csv_bytes, pack, rows_xml, sheet_xml, word_parts
from tests.hostile.book_tricks import SHEET
from tests.hostile.conftest import Watched
from tests.hostile.corpus import iter_files
from tests.hostile.outcomes import SLOWEST, find_faults_of_words, is_encodable
from tests.hostile.xml_tricks import TEXTS
from tracegraph.errors import InputError
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.tables import Limits
from tracegraph.model.records import RecordBatch, RowFate

COUNT = int(os.environ.get("HOSTILE_FILES", "5200")) // 20
SEED = int(os.environ.get("HOSTILE_SEED", "2569")) + 2
TOGETHER = 20
LIMITS = Limits(seconds=8.0)


def iter_texts(value: object) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from iter_texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from iter_texts(key)
            yield from iter_texts(inner)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from iter_texts(inner)


def read_together(paths: list[Path]) -> tuple[list[RecordBatch], dict[str, InputError]]:
    refused: dict[str, InputError] = {}
    batches = read_files(paths, on_refusal=lambda path, error: refused.update({str(path): error}), limits=LIMITS)
    return batches, refused


def test_hostile_files_that_are_imported_together(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    slowest = 0.0
    files = list(iter_files(SEED, COUNT))
    for start in range(0, COUNT, TOGETHER):
        paths = []
        for file in files[start : start + TOGETHER]:
            paths.append(watched.folder / file.name)
            paths[-1].write_bytes(file.data)
        started = time.monotonic()
        batches, refused = read_together(paths)
        slowest = max(slowest, time.monotonic() - started)
        for path in paths:
            told = any(batch.document.file.startswith(path.name) for batch in batches)
            told = told or any(Path(name).name == path.name or name.startswith(path.name) for name in refused)
            assert told, f"nothing is said of {path.name}"
            path.unlink()
        for batch in batches:
            assert all(map(is_encodable, iter_texts(batch))), batch.document.file
            assert all(report.fate for report in batch.rows)
        for error in refused.values():
            assert find_faults_of_words(error) == []
        counts["read"] += len(batches)
        counts["records"] += sum(len(batch.projects) + len(batch.needs) for batch in batches)
        counts["refused"] += len(refused)
    with capsys.disabled():
        sys.stdout.write(f"\n{COUNT} files imported, {TOGETHER} at a time: {dict(counts)}, slowest {slowest:.1f} s\n")
    assert watched.read_attempts() == []
    assert counts["records"]
    assert slowest < SLOWEST * 2


@pytest.mark.parametrize("text", [text for text in TEXTS if len(text) < 1_000])
def test_words_that_harm_elsewhere_stay_as_they_are(text: str, watched: Watched) -> None:
    """A name that turns the writing round or looks like code is a name; a formula waits in quarantine, told as one."""
    plain = text.replace("&#10;&#13;&#9;", "\n").replace("&#xFFFD;", "\ufffd").replace("&lt;", "<").replace("&gt;", ">")
    name = f"{plain.replace('&amp;', '&')}ปรับปรุงถนนลูกรัง"
    path = watched.folder / "names.csv"
    quoted = name.replace('"', '""')
    path.write_text(f'{",".join(HEADINGS)}\n1,"{quoted}",1 แห่ง,"50,000",กองช่าง\n', encoding="utf-8")
    batches, refused = read_together([path])
    assert not refused
    (report,) = batches[0].rows
    if report.fate is RowFate.QUARANTINED:
        assert name.startswith("=")
        assert [problem.code for problem in report.problems] == ["name-is-formula"]
        return
    (project,) = batches[0].projects
    assert "ปรับปรุงถนนลูกรัง" in project.name
    assert is_encodable(project.name)


def test_a_hostile_file_does_not_cost_its_neighbors_anything(watched: Watched) -> None:
    """Between two sound files one that stops the reader: both sound ones are read whole."""
    bomb = pack(
        {
            **book_parts(),
            SHEET: sheet_xml(rows_xml(), '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        }.items()
    )
    other = csv_bytes().replace("ถนน".encode(), "ทาง".encode())
    content = {
        "a.csv": csv_bytes(),
        "b.xlsx": bomb,
        "c.docx": pack(word_parts("<w:tbl>" * 9_000).items()),
        "d.pdf": b"%PDF-1.4\n%%EOF",
        "e.zip": pack([("../e.csv", csv_bytes())]),
        "f.csv": other,
    }
    for name, data in content.items():
        (watched.folder / name).write_bytes(data)
    batches, refused = read_together([watched.folder / name for name in content])
    assert {batch.document.file for batch in batches} >= {"a.csv", "f.csv"}
    assert {Path(name).name for name in refused} >= {"c.docx", "d.pdf"}
    assert not list(watched.folder.parent.rglob("e.csv"))
    assert watched.find_strange_files() == sorted(f"files/{name}" for name in content)

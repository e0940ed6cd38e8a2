"""The child that opens foreign files: whatever a file does to it, the next file is read, and nothing is left behind."""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest import foreign_files as make
from tests.ingest.conftest import MakeFile
from tracegraph.ingest.child_process import spare
from tracegraph.ingest.child_protocol import (
    NONSENSE,
    Message,
    TableBuilder,
    iter_table_frames,
    most_bytes,
    read_frame,
    write_frame,
)
from tracegraph.ingest.file_reader import FileReader
from tracegraph.ingest.files import fingerprint, read_tables
from tracegraph.ingest.tables import Limits, Remark, Row, SheetNote, Table

ROWS = [["ที่", "โครงการ"], ["1", "ขุดลอกคลอง"]]
posix_only = pytest.mark.skipif(os.name != "posix", reason="uses signals and limits that only POSIX has")


def wait_until(done: Callable[[], bool], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return done()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not asked for yet does not."""
    status = Path(f"/proc/{pid}/stat")
    if status.parent.parent.is_dir() and Path("/proc/self").exists():
        return status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def endless_xlsb(path: Path) -> Path:
    """A binary workbook with two cells at the ends of the grid: its library wants memory for all between."""
    make.write_xlsb(path, [["ก"]])
    body = [make.record(129), make.record(148, struct.pack("<4I", 0, 1048575, 0, 999)), make.record(145)]
    for row, column in ((0, 0), (1048575, 999)):
        body.append(make.record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0)))
        body.append(make.record(6, struct.pack("<II", column, 0) + make.wide("x")))
    make.replace_part(path, "xl/worksheets/sheet1.bin", b"".join([*body, make.record(146), make.record(130)]))
    return path


def test_the_child_gives_what_is_read_in_this_process(csv_file: MakeFile, xlsx_file: MakeFile, tmp_path: Path) -> None:
    files = [
        csv_file(ROWS, encoding="cp874"),
        xlsx_file({"ก": ROWS, "ซ่อน": ROWS}, hidden=["ซ่อน"], merges={"ก": ["A1:B1"]}),
        make.write_xls(tmp_path / "old.xls"),
    ]
    with FileReader() as reader:
        for path in files:
            found = reader.read(path)
            (source,) = found.sources
            assert not found.refused
            assert list(source.tables) == read_tables(path)
            assert (source.name, source.path, (source.sha256, source.size)) == (path.name, path, fingerprint(path))


def test_what_cannot_be_read_is_refused_with_words_and_a_hint(tmp_path: Path, csv_file: MakeFile) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04" + bytes(100))
    with FileReader() as reader:
        for path in (bad, tmp_path / "missing.csv", tmp_path):
            found = reader.read(path)
            ((name, error),) = found.refused
            assert name == path.name and not found.sources
            assert error.th and error.en and error.hint_th and error.hint_en
        assert reader.read(csv_file(ROWS)).sources


def test_a_file_that_ends_the_child_is_refused_and_the_next_is_read(tmp_path: Path, csv_file: MakeFile) -> None:
    with FileReader() as reader:
        ((_, error),) = reader.read(endless_xlsb(tmp_path / "endless.xlsb")).refused
        assert "stopped the program" in error.en and error.hint_th
        assert reader.read(csv_file(ROWS)).sources


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(tmp_path: Path, csv_file: MakeFile) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 400_000))
    slow = make.write_book(tmp_path / "slow.xlsx", f"<sheetData>{rows}</sheetData>")
    with FileReader(Limits(seconds=0.4, seconds_per_mb=0.0)) as reader:
        ((_, error),) = reader.read(slow).refused
        assert "within 0 seconds" in error.en
        assert reader.read(csv_file(ROWS)).sources


@posix_only
def test_a_file_that_wants_too_much_memory_is_refused(tmp_path: Path, csv_file: MakeFile) -> None:
    strings = "".join(f"<si><t>{n} {'ก' * 200}</t></si>" for n in range(400_000))
    path = make.write_book(tmp_path / "b.xlsx", "<sheetData/>", strings=strings)
    with FileReader(Limits(max_memory=250_000_000, max_ratio=1e9)) as reader:
        ((_, error),) = reader.read(path).refused
        assert "250 MB" in error.en and error.hint_th
        assert reader.read(csv_file(ROWS)).sources


def test_one_child_reads_all_files_and_serves_the_next_reader(csv_file: MakeFile) -> None:
    with FileReader() as reader:
        reader.read(csv_file(ROWS, "a.csv"))
        first = child_of(reader)
        reader.read(csv_file(ROWS, "b.csv"))
        assert child_of(reader) == first and is_alive(first)
    with FileReader() as reader:
        assert child_of(reader) == first and reader.read(csv_file(ROWS)).sources
    with FileReader(Limits(max_rows=10)) as reader:  # other limits need a child of their own
        assert child_of(reader) != first
    assert wait_until(lambda: not is_alive(first))
    spare.close()


def child_of(reader: FileReader) -> int:
    pid = reader.child_pid
    assert pid is not None
    return pid


@posix_only
def test_a_child_that_ends_between_two_files_costs_neither(csv_file: MakeFile) -> None:
    with FileReader() as reader:
        assert reader.read(csv_file(ROWS, "a.csv")).sources
        before = child_of(reader)
        os.kill(before, signal.SIGKILL)
        assert wait_until(lambda: not is_alive(before))
        assert reader.read(csv_file(ROWS, "b.csv")).sources and child_of(reader) != before


def test_a_caller_that_stops_half_way_leaves_no_child_and_can_go_on(xlsx_file: MakeFile) -> None:
    pids: list[int] = []

    def stop(*_: object) -> None:
        if not pids:
            pids.append(child_of(reader))
            raise KeyboardInterrupt

    with FileReader(on_part=stop) as reader:
        path = xlsx_file({"ก": ROWS})
        with pytest.raises(KeyboardInterrupt):
            reader.read(path)
        assert wait_until(lambda: not is_alive(pids[0]))
        assert reader.read(path).sources


def test_worksheets_are_told_while_they_are_read(xlsx_file: MakeFile) -> None:
    told: list[tuple[str, str, int, int]] = []
    with FileReader(on_part=lambda *part: told.append(part)) as reader:
        reader.read(xlsx_file({"ก": ROWS, "ข": ROWS}))
    assert told == [("book.xlsx", "ก", 0, 2), ("book.xlsx", "ข", 1, 2)]


@posix_only
@pytest.mark.parametrize("busy", [False, True])
def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path, busy: bool) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 900_000))
    slow = make.write_book(tmp_path / "slow.xlsx", f"<sheetData>{rows}</sheetData>")
    script = (
        "import sys, pathlib, time; from tracegraph.ingest.file_reader import FileReader\n"
        "reader = FileReader().__enter__(); print(reader.child_pid, flush=True)\n"
        "reader.read(pathlib.Path(sys.argv[1])) if sys.argv[2] == 'True' else time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(slow), str(busy)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(1.0)
        parent.kill()
    assert wait_until(lambda: not is_alive(child))


@posix_only
def test_a_child_that_cannot_be_started_or_answers_nonsense_is_a_refusal(
    tmp_path: Path, csv_file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = csv_file(ROWS)
    spare.close()
    for text, says in (("echo nonsense for as long as it takes", "nonsense"), ("exit 3", "ended with 3")):
        program = tmp_path / "python"
        program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))
        with FileReader() as reader:
            assert says in reader.read(path).refused[0][1].en
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    with FileReader() as reader:
        assert "cannot be started" in reader.read(path).refused[0][1].en
    monkeypatch.undo()
    with FileReader() as reader:
        assert reader.read(path).sources


def test_a_file_called_like_a_library_beside_the_documents_is_not_run(
    tmp_path: Path, csv_file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("zipfile.py", "json.py", "csv.py"):
        (tmp_path / name).write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with FileReader() as reader:
        assert reader.read(csv_file(ROWS)).sources


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
        "import os; os.system('true')",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_the_child_reaches_no_network_and_starts_no_process(attempt: str) -> None:
    script = f"from tracegraph.ingest.child import deny_outside; deny_outside()\n{attempt}"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 1 and "not for the reader of files" in run.stderr


# --- what passes between the two ----------------------------------------------------------------------------------

TEXTS = st.text(max_size=20)
NUMBERS = st.integers(0, 2**31)
TABLES = st.builds(
    Table,
    file=TEXTS,
    sheet=TEXTS,
    rows=st.lists(st.builds(Row, NUMBERS, st.lists(TEXTS, max_size=4).map(tuple)), max_size=5).map(tuple),
    merged=st.dictionaries(st.tuples(NUMBERS, NUMBERS), TEXTS, max_size=3),
    notes=st.lists(st.builds(SheetNote, NUMBERS, NUMBERS, NUMBERS, TEXTS, TEXTS), max_size=3).map(tuple),
    hidden=st.booleans(),
    hidden_rows=st.frozensets(NUMBERS, max_size=3),
    pages=st.dictionaries(NUMBERS, NUMBERS, max_size=3),
    remarks=st.lists(st.builds(Remark, TEXTS, TEXTS, TEXTS, st.none() | NUMBERS, st.none() | TEXTS), max_size=3).map(
        tuple
    ),
)


@given(st.lists(TABLES, max_size=3))
def test_tables_come_back_as_they_were_sent(tables: list[Table]) -> None:
    pipe = io.BytesIO()
    for table in tables:
        for frame in iter_table_frames(table):
            write_frame(pipe, frame)
    pipe.seek(0)
    builder = TableBuilder()
    while (message := read_frame(pipe, most_bytes(Limits()))) is not None:
        builder.take(message)
    assert list(builder.build()) == tables


def test_long_tables_are_sent_in_parts() -> None:
    rows = tuple(Row(n, (f"{n} {'ก' * 1000}", "ซ้ำ")) for n in range(1, 5000))
    frames = list(iter_table_frames(Table("a.csv", "", rows)))
    assert len(frames) > 4
    builder = TableBuilder()
    for frame in frames:
        builder.take(frame)
    assert builder.build()[0].rows == rows


@pytest.mark.parametrize(
    "data",
    [b"\xff\xff\xff\xff", b"\x00\x00\x00\x05hello", b"\x00\x00\x00\x02[]", b"\x00\x00\x00\x03\xff\xfe\xfd"],
)
def test_frames_that_are_none_are_told(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_frame(io.BytesIO(data), 1000)


@pytest.mark.parametrize(
    "message",
    [
        {"kind": "part", "texts": [], "rows": [], "merged": []},
        {"kind": "table"},
        {"kind": "part", "texts": [1], "rows": [], "merged": []},
        {"kind": "part", "texts": ["x"], "rows": [[1, [1]]], "merged": []},
        {"kind": "part", "texts": ["x"], "rows": [["1", [0]]], "merged": []},
        {"kind": "part", "texts": ["x"], "rows": 5, "merged": []},
        {},
    ],
)
def test_answers_of_another_shape_are_nonsense(message: Message) -> None:
    builder = TableBuilder()
    with pytest.raises(NONSENSE):
        builder.take(message)
        builder.build()
        raise AssertionError("taken")

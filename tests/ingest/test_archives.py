"""Archives of files: names in any script, members that are no tables, and shapes that would do harm if unpacked."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipInfo

import pytest

from tests.ingest import foreign_files as make
from tests.ingest.conftest import MakeFile
from tracegraph.errors import FileRefused
from tracegraph.ingest.archives import iter_members, read_name
from tracegraph.ingest.file_reader import FileReader, FoundFiles
from tracegraph.ingest.files import fingerprint, read_tables
from tracegraph.ingest.tables import Limits

ROWS = [["ที่", "โครงการ"], ["1", "ขุดลอกคลอง"]]
CSV = "ที่,โครงการ\r\n1,ขุดลอกคลอง\r\n"


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader() as reader:
        yield reader


def names(found: FoundFiles) -> list[str]:
    return [source.name for source in found.sources]


def test_every_member_is_a_source_of_its_own(tmp_path: Path, xlsx_file: MakeFile, reader: FileReader) -> None:
    book = xlsx_file({"แผน": ROWS, "ซ่อน": ROWS}, hidden=["ซ่อน"])
    path = tmp_path / "เอกสาร.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(book, "ปี 2567/แผน.xlsx")
        archive.writestr("รายการ.csv", CSV)
        archive.mkdir("ว่าง")
        for junk in ("__MACOSX/._แผน.xlsx", ".DS_Store", "ปี 2567/Thumbs.db", "~$แผน.xlsx", "desktop.ini"):
            archive.writestr(junk, "junk")
    found = reader.read(path)
    assert names(found) == ["เอกสาร.zip/ปี 2567/แผน.xlsx", "เอกสาร.zip/รายการ.csv"] and not found.refused
    first, second = found.sources
    assert (first.path, (first.sha256, first.size)) == (path, fingerprint(book))
    assert [(table.file, table.sheet, table.hidden) for table in first.tables] == [
        (first.name, "แผน", False),
        (first.name, "ซ่อน", True),
    ]
    assert second.tables[0].rows[1].cells == ("1", "ขุดลอกคลอง")


def test_a_member_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path, reader: FileReader) -> None:
    path = tmp_path / "mixed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("picture.xlsx", b"\x89PNG\r\n\x1a\n....")
        archive.writestr("inner.zip", make.write_zip(tmp_path / "in.zip", {"a.csv": CSV}).read_bytes())
        archive.writestr("empty.csv", "")
        archive.writestr("good.csv", CSV)
    found = reader.read(path)
    assert names(found) == ["mixed.zip/good.csv"]
    reasons = {name: error.en for name, error in found.refused}
    assert list(reasons) == ["mixed.zip/picture.xlsx", "mixed.zip/inner.zip", "mixed.zip/empty.csv"]
    assert all(text.startswith(name) for name, text in reasons.items())
    assert "PNG" in reasons["mixed.zip/picture.xlsx"] and "ZIP archive" in reasons["mixed.zip/inner.zip"]


def flagged(name: bytes) -> ZipInfo:
    """A member's entry as a program that knows no UTF-8 flag writes it."""
    return ZipInfo(name.decode("cp437"))


@pytest.mark.parametrize("encoding", ["utf-8", "cp874", "tis-620"])
def test_thai_names_without_a_flag_are_read(encoding: str) -> None:
    assert read_name(flagged("แผนพัฒนา/บัญชีโครงการ.xlsx".encode(encoding))) == "แผนพัฒนา/บัญชีโครงการ.xlsx"


def test_other_names_stay_as_they_are_stored() -> None:
    assert read_name(flagged(b"plan\\2567.csv")) == "plan/2567.csv"
    assert read_name(flagged("Straße.csv".encode("cp437"))) == "Straße.csv"
    info = flagged(b"???.csv")
    name = "น้ำ.csv".encode()
    info.extra = b"\x01\x00\x00\x00" + struct.pack("<HH", 0x7075, 5 + len(name)) + bytes(5) + name
    assert read_name(info) == "น้ำ.csv"


@pytest.mark.parametrize("name", ["../../outside.csv", "/etc/outside.csv", "C:/outside.csv", "..\\outside.csv"])
def test_no_name_leads_outside(tmp_path: Path, reader: FileReader, name: str) -> None:
    path = make.write_zip(tmp_path / "escape.zip", {name: CSV, "good.csv": CSV})
    before = set(tmp_path.parent.rglob("outside*"))
    found = reader.read(path)
    assert names(found) == ["escape.zip/good.csv"]
    assert len(found.refused) == 1 and "leads outside" in found.refused[0][1].en
    assert set(tmp_path.parent.rglob("outside*")) == before


def test_a_link_is_not_followed(tmp_path: Path, reader: FileReader) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("ลับ,มาก\r\n1,2\r\n", encoding="utf-8")
    info = ZipInfo("link.csv")
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, str(secret))
    found = reader.read(path)
    assert not found.sources and "is a link" in found.refused[0][1].en


def test_a_locked_member_asks_for_the_password_to_be_taken_off(tmp_path: Path, reader: FileReader) -> None:
    path = make.write_zip(tmp_path / "locked.zip", {"a.csv": CSV})
    data = bytearray(path.read_bytes())
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(magic) + flag] |= 1
    path.write_bytes(data)
    assert "password" in reader.read(path).refused[0][1].en


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_second_is_refused(tmp_path: Path, reader: FileReader) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", CSV)
        archive.writestr("a.csv", CSV.replace("1,", "2,"))
    found = reader.read(path)
    assert found.sources[0].tables[0].rows[1].cells[0] == "1"
    assert [name for name, _ in found.refused] == ["twice.zip/a.csv"]


def test_bombs_and_crowds_are_not_unpacked(tmp_path: Path, reader: FileReader) -> None:
    bomb = make.write_zip(tmp_path / "bomb.zip", {"a.csv": b"0" * 80_000_000})
    assert "unpacks to" in reader.read(bomb).refused[0][1].en
    crowd = make.write_zip(tmp_path / "crowd.zip", {f"{n}.csv": "" for n in range(30)})
    with pytest.raises(FileRefused, match="30 members"):
        list(iter_members(crowd, Limits(max_members=20)))


def test_an_archive_of_nothing_and_a_cut_off_one_are_refused(tmp_path: Path, reader: FileReader) -> None:
    empty = make.write_zip(tmp_path / "empty.zip", {})
    assert "no files in it" in reader.read(empty).refused[0][1].en
    cut = make.write_zip(tmp_path / "cut.zip", {"a.csv": CSV})
    cut.write_bytes(cut.read_bytes()[:-30])
    assert "damaged" in reader.read(cut).refused[0][1].en


def test_a_member_whose_size_is_a_lie_is_refused(tmp_path: Path, reader: FileReader) -> None:
    path = make.write_zip(tmp_path / "lie.zip", {"a.csv": CSV * 100, "b.csv": CSV})
    data = bytearray(path.read_bytes())
    entry = data.find(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    found = reader.read(path)
    assert names(found) == ["lie.zip/b.csv"] and [name for name, _ in found.refused] == ["lie.zip/a.csv"]


def test_members_have_the_time_of_one_file_together(tmp_path: Path) -> None:
    path = make.write_zip(tmp_path / "many.zip", {f"{n}.csv": CSV for n in range(5)})
    told: list[tuple[str, str, int, int]] = []
    with FileReader(Limits(seconds=0.9), on_part=lambda *part: told.append(part)) as reader:
        found = reader.read(path)
    assert not found.sources and len(found.refused) == 5
    assert "took all the time" in found.refused[-1][1].en
    assert told[0] == ("many.zip", "0.csv", 0, 5)


def test_an_archive_is_known_by_its_first_bytes_whatever_follows(tmp_path: Path, reader: FileReader) -> None:
    path = tmp_path / "stored.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("scan.pdf", b"%PDF-1.7\n" + bytes(50))
        archive.writestr("good.csv", CSV)
    found = reader.read(path)
    assert names(found) == ["stored.zip/good.csv"]
    assert [name for name, _ in found.refused] == ["stored.zip/scan.pdf"]


def test_in_this_process_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="ZIP archive without"):
        read_tables(make.write_zip(tmp_path / "a.zip", {"a.csv": CSV}))

"""Look at the structure of a ZIP before anything in it is unpacked.

Nothing is ever written under a name that stands in the file, so names cannot lead outside a folder; a workbook
whose names try to is refused all the same, for no office program writes such a one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tracegraph.errors import FileRefused
from tracegraph.ingest.tables import Limits

_FIXED_HEADER = 30  # bytes of a member's own header before its name
_WORTH_A_RATIO = 50_000_000  # below this an odd ratio does no harm: an empty sheet packs very well


class ZipParts:
    """The parts of a checked ZIP by name; names are compared without case, as the format of workbooks wants."""

    def __init__(self, archive: ZipFile, parts: dict[str, ZipInfo]) -> None:
        self._archive = archive
        self._parts = parts

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def open(self, name: str) -> IO[bytes]:
        """The unpacked bytes of a part; KeyError where there is none."""
        return self._archive.open(self._parts[_key(name)])

    def read(self, name: str, most: int) -> bytes:
        """A whole small part; ValueError where it has more than ``most`` bytes."""
        if self._parts[_key(name)].file_size > most:
            raise ValueError(f"{name} is larger than {most:,} bytes")
        with self.open(name) as source:
            return source.read(most)


@contextmanager
def open_parts(path: Path, limits: Limits) -> Iterator[ZipParts]:
    """The parts of a document that is a ZIP; FileRefused where its structure is not that of a document."""
    with ZipFile(path) as archive:
        infos = archive.infolist()
        require_bounds(path.name, infos, limits)
        require_apart(archive, infos)
        parts: dict[str, ZipInfo] = {}
        for info in infos:
            key = _key(info.filename)
            if info.flag_bits & 0x1:
                raise locked(path.name)
            if key in parts:
                raise BadZipFile(f"two parts are called {info.filename!r}")
            if is_link(info) or leads_outside(key):
                raise BadZipFile(f"a part's name leads outside: {info.filename!r}")
            parts[key] = info
        yield ZipParts(archive, parts)


def require_bounds(name: str, infos: list[ZipInfo], limits: Limits) -> None:
    """Refuse too many members, and members that unpack to what no document is."""
    if len(infos) > limits.max_members:
        raise _not_opened(
            name,
            f"มีไฟล์ข้างใน {len(infos):,} ไฟล์ เกินที่รับได้ {limits.max_members:,}",
            f"has {len(infos):,} members, more than the {limits.max_members:,} taken",
        )
    unpacked = sum(info.file_size for info in infos)
    packed = max(1, sum(info.compress_size for info in infos))
    if unpacked > limits.max_unpacked or (unpacked > _WORTH_A_RATIO and unpacked / packed > limits.max_ratio):
        raise _not_opened(
            name,
            f"ขยายแล้วใหญ่ {unpacked / 1e6:,.0f} MB จาก {packed / 1e6:,.1f} MB ผิดปกติ",
            f"unpacks to {unpacked / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB",
        )


def require_apart(archive: ZipFile, infos: list[ZipInfo]) -> None:
    """BadZipFile where members share bytes (many large files out of one small) or are packed in a rare way."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise BadZipFile(f"{info.filename!r} lies over another part")
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BadZipFile(f"{info.filename!r} is packed by method {info.compress_type}")
        end = info.header_offset + _FIXED_HEADER + info.compress_size
    if end > archive.start_dir:
        raise BadZipFile("the last part goes beyond the list of parts")


def is_link(info: ZipInfo) -> bool:
    """True for a symbolic link of Unix."""
    return (info.external_attr >> 16) & 0o170000 == 0o120000


def leads_outside(name: str) -> bool:
    """True for a name that would be written outside the folder it is unpacked to."""
    return ".." in name.split("/") or name.startswith("/") or ":" in name.split("/", 1)[0] or "\0" in name


def locked(name: str) -> FileRefused:
    """The refusal of a file with a password."""
    return FileRefused(
        f"{name}: ตั้งรหัสผ่านไว้ จึงเปิดอ่านไม่ได้",
        f"{name}: has a password and cannot be opened",
        hint_th="เปิดด้วยโปรแกรมเดิม เอารหัสผ่านออก แล้วบันทึกใหม่",
        hint_en="open it with its own program, take the password off and save again",
    )


def _not_opened(name: str, th: str, en: str) -> FileRefused:
    return FileRefused(
        f"{name}: {th} ไม่เปิดอ่าน",
        f"{name}: {en}; not opened",
        hint_th="คัดลอกเฉพาะตารางไปไว้ในสมุดงานใหม่ แล้วบันทึกเป็น .xlsx",
        hint_en="copy only the tables into a new workbook and save it as .xlsx",
    )


def _key(name: str) -> str:
    """Some old writers put backslashes or a leading slash; a document's parts are found all the same."""
    return name.replace("\\", "/").removeprefix("/").casefold()

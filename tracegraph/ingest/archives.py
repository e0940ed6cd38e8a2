"""Archives (.zip) of files: which members there are, and one member unpacked under a name of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from tracegraph.errors import FileRefused
from tracegraph.ingest.csv_files import looks_thai
from tracegraph.ingest.tables import Limits
from tracegraph.ingest.xlsx_files import DAMAGED, damaged
from tracegraph.ingest.zip_look import is_link, leads_outside, locked, require_apart, require_bounds

#: What operating systems and office programs leave in folders.
_LEFTOVERS = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.IGNORECASE)
_UTF8_FLAG = 0x800
_UNICODE_NAME = 0x7075  # the field in which some programs keep the name in UTF-8 beside the old one
_CONTROL = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 250  # letters of a member's name that are kept, from its end: its suffix tells what it is
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive: its place in the list, its name with folders as people read it, its unpacked size."""

    index: int
    name: str
    size: int


def iter_members(path: Path, limits: Limits) -> Iterator[Member]:
    """The files of an archive, without folders and leftovers; FileRefused for an archive that is none or a bomb."""
    try:
        with ZipFile(path) as archive:
            infos = archive.infolist()
            require_bounds(path.name, infos, limits)
            require_apart(archive, infos)
            for index, info in enumerate(infos):
                name = read_name(info)
                if not info.is_dir() and not _LEFTOVERS.search(name):
                    yield Member(index, _CONTROL.sub("\ufffd", name)[-_LONGEST_NAME:], info.file_size)
    except DAMAGED as error:
        raise damaged(path.name, error) from error


def unpack_member(path: Path, index: int, name: str, to: Path, limits: Limits) -> None:
    """Write one member to ``to``; FileRefused, naming ``name``, for one that is not to be unpacked."""
    try:
        with ZipFile(path) as archive:
            infos = archive.infolist()
            info = infos[index]
            _require_plain(name, info, infos[:index], limits)
            left = limits.max_bytes
            with archive.open(info) as source, to.open("wb") as target:
                while block := source.read(min(_BLOCK, left + 1)):
                    left -= len(block)
                    if left < 0:
                        raise _refused(name, "ใหญ่เกินที่รับได้", "is larger than is taken")
                    target.write(block)
    except DAMAGED as error:
        raise damaged(name, error) from error


def _require_plain(name: str, info: ZipInfo, before: list[ZipInfo], limits: Limits) -> None:
    if info.flag_bits & 0x1:
        raise locked(name)
    if is_link(info) or leads_outside(info.filename.replace("\\", "/")):
        raise _refused(name, "เป็นทางลัดหรือชี้ออกนอกไฟล์บีบอัด", "is a link or leads outside the archive")
    if any(info.filename.casefold() == other.filename.casefold() for other in before):
        raise _refused(name, "มีสองไฟล์ชื่อเดียวกันในไฟล์บีบอัด อ่านเฉพาะไฟล์แรก", "has the name of a member before it")
    if info.file_size > limits.max_bytes:
        raise _refused(name, "ใหญ่เกินที่รับได้", "is larger than is taken")


def read_name(info: ZipInfo) -> str:
    """A member's name: UTF-8 where it says so or fits, else TIS-620 as Thai Windows writes it, else as stored."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename.replace("\\", "/")
    stated = _find_unicode_name(info.extra)
    if stated is not None:
        return stated.replace("\\", "/")
    try:
        data = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename.replace("\\", "/")
    return _decode_name(data, info.filename).replace("\\", "/")


def _decode_name(data: bytes, stored: str) -> str:
    for encoding in ("utf-8", "cp874"):
        try:
            name = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or looks_thai(name):
            return name
    return stored


def _find_unicode_name(extra: bytes) -> str | None:
    """The name in the extra field; its first five bytes are a version and a checksum of the old name."""
    at = 0
    while at + 4 <= len(extra):
        field, length = int.from_bytes(extra[at : at + 2], "little"), int.from_bytes(extra[at + 2 : at + 4], "little")
        if field == _UNICODE_NAME and length > 5:
            return extra[at + 9 : at + 4 + length].decode("utf-8", errors="replace")
        at += 4 + length
    return None


def suffix_of(name: str) -> str:
    """A suffix that is safe in any file system, '' for others."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""


def _refused(name: str, th: str, en: str) -> FileRefused:
    return FileRefused(
        f"{name}: {th}",
        f"{name}: {en}",
        hint_th="แตกไฟล์ออกมา แล้วนำเข้าทีละไฟล์",
        hint_en="unpack the archive and import the files in it",
    )

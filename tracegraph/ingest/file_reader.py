"""Read foreign files in a child process with limits on memory, time and unpacked size.

Whatever a file does to the child, the import goes on: the file is refused with a reason and the next one is read by
a new child. One child serves many files and readers, one after another, for its start costs more than a small file.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tracegraph.errors import FileRefused, InputError
from tracegraph.ingest.archives import suffix_of
from tracegraph.ingest.child_process import Child, ChildFailed, spare
from tracegraph.ingest.child_protocol import NONSENSE, Message, TableBuilder, decode_error
from tracegraph.ingest.tables import Limits, Table

OnPart = Callable[[str, str, int, int], None]
"""Called while a file is read: the file's name, the worksheet or member, how many are done and how many there are."""
_LEAST_SECONDS = 1.0  # an archive with less time left than this is not read on


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read: a document, or a member of an archive, named ``a.zip/b.xlsx``.

    ``path`` is the file on the disk, the archive's for a member; ``sha256`` and ``size`` are the document's own.
    """

    name: str
    path: Path
    sha256: str
    size: int
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What one path gave: files that were read, and names that were refused with the reason."""

    sources: tuple[SourceFile, ...] = ()
    refused: tuple[tuple[str, InputError], ...] = ()


class FileReader:
    """Reads files one after another: ``with FileReader(limits) as reader: found = reader.read(path)``."""

    def __init__(self, limits: Limits | None = None, *, on_part: OnPart | None = None) -> None:
        self._limits = limits or Limits()
        self._on_part = on_part
        self._child: Child | None = None
        self._scratch: Path | None = None

    def __enter__(self) -> Self:
        """Start the child, which gets ready meanwhile."""
        try:
            self._child = spare.take(self._limits) or Child(self._limits)
        except ChildFailed:
            self._child = None  # tried again, and told, with the first file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the next reader have the child, or end it after an error; remove what was unpacked."""
        child, self._child = self._child, None
        if child is not None:
            if kind is None:
                spare.keep(child)
            else:
                child.kill()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None

    @property
    def child_pid(self) -> int | None:
        """The number of the child's process, None while there is none."""
        return self._child.pid if self._child else None

    def read(self, path: Path) -> FoundFiles:
        """The tables of a file, or of all members of an archive; what cannot be taken is in ``refused``."""
        try:
            size = path.stat().st_size
        except OSError:
            size = 0  # the child tells what is wrong with it
        request = {"path": str(path.absolute()), "name": path.name, "member": 0, "scratch": ""}
        answer = self._ask(path, path.name, request, self._limits.seconds_for(size))
        if isinstance(answer, SourceFile):
            return FoundFiles(sources=(answer,))
        if isinstance(answer, InputError):
            return FoundFiles(refused=((path.name, answer),))
        return self._read_members(path, answer)

    def _read_members(self, path: Path, members: list[tuple[int, str, int]]) -> FoundFiles:
        """All members together may take as long as one file of their size."""
        if not members:
            return FoundFiles(refused=((path.name, _empty_archive(path.name)),))
        end = time.monotonic() + self._limits.seconds_for(sum(size for _, _, size in members))
        sources: list[SourceFile] = []
        refused: list[tuple[str, InputError]] = []
        for done, (index, member, size) in enumerate(members):
            name = f"{path.name}/{member}"
            if self._on_part:
                self._on_part(path.name, member, done, len(members))
            seconds = min(end - time.monotonic(), self._limits.seconds_for(size))
            if seconds < _LEAST_SECONDS:
                refused.append((name, _no_time_left(name)))
                continue
            answer = self._read_member(path, name, index, seconds)
            if isinstance(answer, SourceFile):
                sources.append(answer)
            else:
                refused.append((name, answer))
        return FoundFiles(tuple(sources), tuple(refused))

    def _read_member(self, path: Path, name: str, index: int, seconds: float) -> SourceFile | InputError:
        if self._scratch is None:
            self._scratch = Path(tempfile.mkdtemp(prefix="tracegraph-"))
        unpacked = self._scratch / f"member-{index}{suffix_of(name)}"
        request = {"path": str(path.absolute()), "name": name, "member": index, "scratch": str(unpacked)}
        try:
            answer = self._ask(path, name, request, seconds)
        finally:
            with contextlib.suppress(OSError):  # a child on Windows may hold it; the folder goes with the reader
                unpacked.unlink(missing_ok=True)
        return _failed(name, "answered nonsense") if isinstance(answer, list) else answer

    def _ask(
        self, path: Path, name: str, request: Message, seconds: float
    ) -> SourceFile | InputError | list[tuple[int, str, int]]:
        """The file that was read, why it was not, or the members of the archive that it is."""
        try:
            if self._child is not None and not self._child.alive:
                self._child.kill()  # it ended between two files: no fault of the next one
                self._child = None
            child = self._child = self._child or Child(self._limits)
            return self._take(path, name, child, request, seconds)
        except ChildFailed as error:
            worn = self._child is not None and self._child.asked > 1
            self._child = None
            if worn and not error.asked:  # it was ending just then: no fault of this file
                return self._ask(path, name, request, seconds)
            return _overran(name, seconds) if error.overran else _failed(name, str(error))
        except BaseException:  # the caller's own, out of on_part: what the child still says belongs to no later file
            if self._child is not None:
                self._child.kill()
                self._child = None
            raise

    def _take(
        self, path: Path, name: str, child: Child, request: Message, seconds: float
    ) -> SourceFile | InputError | list[tuple[int, str, int]]:
        builder = TableBuilder()
        try:
            for message in child.ask(request, seconds):
                kind = message["kind"]
                if kind == "sheet":
                    if self._on_part:
                        self._on_part(name, str(message["title"]), int(message["done"]), int(message["total"]))
                elif kind == "archive":
                    return [(int(index), str(member), int(size)) for index, member, size in message["members"]]
                elif kind == "refused":
                    if message["last"]:
                        self._child = None
                        child.kill()
                    return decode_error(message)
                elif kind == "end":
                    return SourceFile(name, path, str(message["sha256"]), int(message["size"]), builder.build())
                else:
                    builder.take(message)
        except NONSENSE as error:
            child.kill()
            raise ChildFailed(f"answered nonsense: {error}") from error
        raise ChildFailed("ended without an answer")


def _empty_archive(name: str) -> FileRefused:
    return FileRefused(
        f"{name}: ไฟล์บีบอัดไม่มีไฟล์อยู่ข้างใน",
        f"{name}: the archive has no files in it",
        hint_th="ตรวจว่าบีบอัดถูกโฟลเดอร์แล้วหรือไม่",
        hint_en="check that the right folder was packed",
    )


def _no_time_left(name: str) -> FileRefused:
    return FileRefused(
        f"{name}: อ่านไฟล์อื่นในไฟล์บีบอัดนานจนหมดเวลา จึงยังไม่ได้อ่านไฟล์นี้",
        f"{name}: not read, because the other members of the archive took all the time",
        hint_th="แตกไฟล์ออกมา แล้วนำเข้าไฟล์นี้แยกต่างหาก",
        hint_en="unpack the archive and import this file by itself",
    )


def _overran(name: str, seconds: float) -> FileRefused:
    return FileRefused(
        f"{name}: อ่านเกิน {seconds:,.0f} วินาทีแล้วยังไม่จบ จึงหยุดอ่าน",
        f"{name}: was not read within {seconds:,.0f} seconds, so reading was stopped",
        hint_th="คัดลอกเฉพาะตารางไปไว้ในสมุดงานใหม่ แล้วบันทึกเป็น .xlsx",
        hint_en="copy only the tables into a new workbook and save it as .xlsx",
    )


def _failed(name: str, reason: str) -> FileRefused:
    return FileRefused(
        f"{name}: ไฟล์ทำให้ตัวอ่านหยุดทำงาน ไฟล์อาจเสียหายหรือใหญ่เกินหน่วยความจำ ({reason})",
        f"{name}: stopped the program that reads files; it is damaged or too large for the memory ({reason})",
        hint_th="เปิดด้วยโปรแกรมเดิม แล้วบันทึกเป็น .xlsx ใหม่ หรือแบ่งไฟล์ให้เล็กลง",
        hint_en="open it with its own program and save it again as .xlsx, or split it",
    )

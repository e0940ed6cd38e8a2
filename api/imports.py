"""Imports in two steps: files are uploaded and previewed, corrected, and then written or thrown away.

Files lie in a private folder of the data folder until they are imported, thrown away, or a day old. Nothing of an
upload is in the graph before it is committed.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Literal

from api.limits import MOST_UPLOAD_FILES, MOST_UPLOADS, UPLOAD_SECONDS
from api.upload_names import MAPPING_ENDING, clean_name, unique_name
from tracegraph.errors import InputError, MappingError, NotFoundError, TracegraphError, UsageError
from tracegraph.graph.store import RunSummary, Store
from tracegraph.ingest.before import build_owners
from tracegraph.ingest.context import ImportContext
from tracegraph.ingest.importer import read_files
from tracegraph.ingest.mapping import TableMapping
from tracegraph.ingest.preview import Preview, build_preview
from tracegraph.ingest.quarantine import Refused, write_report
from tracegraph.ingest.remembered import Remembered, layout_key, load_remembered, remember_used
from tracegraph.ingest.tables import Table
from tracegraph.ingest.unresolved import add_unresolved
from tracegraph.model.records import RecordBatch

log = logging.getLogger(__name__)

State = Literal["preview", "running", "done", "failed"]


class ImportConflict(UsageError):
    """An import is not in a state for what was asked: it runs, or is done."""

    code = "import-conflict"


class TooManyImports(UsageError):
    """Every import that may be kept is running."""

    code = "too-many-imports"


class NotThisComputer(UsageError):
    """Where others may connect, they may look; only this computer may import."""

    code = "not-this-computer"


@dataclass(slots=True)
class Progress:
    """How far an import is: the step (``reading``, ``writing``, ``reporting``), the file, rows done of all."""

    step: str = "reading"
    file: str = ""
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What an import did: its run, counts of rows by fate, the report's files (within its folder), mappings kept."""

    summary: RunSummary
    rows: int
    loaded: int
    merged: int
    quarantined: int
    folder: Path
    reports: tuple[str, ...]
    remembered: int


@dataclass(slots=True)
class Upload:
    """One import: ``state`` is ``preview``, ``running``, ``done`` or ``failed``."""

    id: str
    folder: Path
    context: ImportContext
    files: list[Path] = field(default_factory=list)
    corrections: dict[str, Remembered] = field(default_factory=dict)
    preview: Preview = field(default_factory=lambda: Preview(files=()))
    tables: list[tuple[str, TableMapping]] = field(default_factory=list)
    state: State = "preview"
    progress: Progress = field(default_factory=Progress)
    result: Result | None = None
    error: TracegraphError | None = None
    expires: datetime = field(default_factory=lambda: datetime.now(UTC) + timedelta(seconds=UPLOAD_SECONDS))
    thread: threading.Thread | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Imports:
    """The uploads of one server, few and short-lived. Safe to share between threads."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._kept: dict[str, Upload] = {}
        self._lock = threading.Lock()
        self._reading = threading.Semaphore(2)  # files read at once: each may take the memory of a whole workbook

    @property
    def folder(self) -> Path:
        """Where uploads lie."""
        return self._home / "uploads"

    def add(self, store: Store, sources: Sequence[tuple[str, BinaryIO]], context: ImportContext) -> Upload:
        """Take files (name, content) and preview them; UsageError for none or too many."""
        context.check()
        if not sources or len(sources) > MOST_UPLOAD_FILES:
            raise UsageError(
                f"ส่งไฟล์ได้ครั้งละ 1–{MOST_UPLOAD_FILES} ไฟล์ แต่ได้รับ {len(sources)}",
                f"1 to {MOST_UPLOAD_FILES} files can be sent at once, got {len(sources)}",
            )
        self._make_room()
        key = secrets.token_urlsafe(18)
        upload = Upload(key, self.folder / key, context)
        try:
            self._keep_files(upload, sources)
            self._read_preview(store, upload, upload.corrections)
        except BaseException:
            shutil.rmtree(upload.folder, ignore_errors=True)
            raise
        with self._lock:
            self._kept[key] = upload
        return upload

    def require(self, key: str) -> Upload:
        """The upload with this id; NotFoundError where there is none, or none any more."""
        self.sweep()
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            raise NotFoundError(
                "ไม่พบการนำเข้านี้ หรือหมดอายุแล้ว",
                "no such import, or it has expired",
                hint_th="เลือกไฟล์และดูตัวอย่างใหม่",
                hint_en="choose the files again",
            )
        return found

    def correct(self, store: Store, upload: Upload, corrections: Iterable[Remembered]) -> None:
        """Read the files again with corrected mappings; MappingError where one fits no table, then nothing changes."""
        with upload.lock:
            _require_state(upload, "preview", "failed")
            given = {one.key: one for one in corrections}
            wanted = upload.corrections | given
            self._read_preview(store, upload, wanted, required={one.mapping.name for one in given.values()})
            upload.corrections, upload.state, upload.error = _by_layout(wanted, upload.tables), "preview", None

    def commit(self, store: Store, upload: Upload) -> None:
        """Begin the import in a thread of its own; its progress stands in ``upload.progress``."""
        with upload.lock:
            _require_state(upload, "preview", "failed")
            if not upload.preview.files:
                raise ImportConflict(
                    "ไม่มีไฟล์ที่นำเข้าได้",
                    "no file of this upload can be imported",
                    hint_th="แก้ไฟล์แล้วส่งใหม่",
                    hint_en="mend it first",
                )
            upload.state, upload.error, upload.progress = "running", None, Progress()
            upload.thread = threading.Thread(target=self._run, args=(store, upload), name="import", daemon=True)
            upload.thread.start()

    def discard(self, upload: Upload) -> None:
        """Throw an upload and its files away; what was imported stays."""
        with upload.lock:
            _require_state(upload, "preview", "failed", "done")
            self._drop(upload)

    def sweep(self) -> None:
        """Drop what has expired, and folders that an ended server left."""
        now = datetime.now(UTC)
        with self._lock:
            old = [one for one in self._kept.values() if one.expires < now and one.state != "running"]
        for one in old:
            self._drop(one)
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            with suppress(OSError):  # another server of this data folder may be sweeping too
                if folder.name not in self._kept and time.time() - folder.stat().st_mtime > UPLOAD_SECONDS:
                    shutil.rmtree(folder, ignore_errors=True)

    def stop(self, wait_s: float = 60.0) -> None:
        """Wait for imports that run: the store must not close under them. Then drop everything."""
        for one in list(self._kept.values()):
            if one.thread is not None:
                one.thread.join(wait_s)
            self._drop(one)

    def _drop(self, upload: Upload) -> None:
        with self._lock:
            self._kept.pop(upload.id, None)
        shutil.rmtree(upload.folder, ignore_errors=True)

    def _make_room(self) -> None:
        self.sweep()
        with self._lock:
            idle = [one for one in self._kept.values() if one.state != "running"]
            full = len(self._kept) >= MOST_UPLOADS
        if full and not idle:
            raise TooManyImports(
                "กำลังนำเข้าอยู่หลายชุด",
                "too many imports are running",
                hint_th="รอให้ชุดก่อนเสร็จ",
                hint_en="wait for one to end",
            )
        if full:
            self._drop(min(idle, key=lambda one: one.expires))

    def _keep_files(self, upload: Upload, sources: Sequence[tuple[str, BinaryIO]]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        upload.folder.mkdir(mode=0o700)
        for given, content in sources:
            name = unique_name(clean_name(given), [path.name for path in upload.files])
            path = upload.folder / name
            with path.open("xb") as file:
                shutil.copyfileobj(content, file)
            upload.files.append(path)
        mappings = [path for path in upload.files if path.suffix.lower() == MAPPING_ENDING]
        upload.files = [path for path in upload.files if path not in mappings]
        for path in mappings:
            if path.stem not in {file.stem for file in upload.files}:
                raise UsageError(
                    f"{path.name}: เป็นไฟล์จับคู่หัวคอลัมน์ แต่ไม่มีไฟล์ข้อมูลชื่อเดียวกัน",
                    f"{path.name} is a mapping file, and no data file of this name was sent",
                    hint_th="ส่งพร้อมไฟล์ข้อมูล หรือวางข้อความของไฟล์นี้ในขั้นดูก่อนนำเข้า",
                    hint_en="send it with its data file, or paste its text in the preview",
                )

    def _read_preview(
        self, store: Store, upload: Upload, corrections: dict[str, Remembered], required: Iterable[str] = ()
    ) -> None:
        batches, refused, tables = self._read(store, upload, corrections)
        unused = set(required) - {table.name for _, table in tables}
        if unused:
            raise MappingError(
                "การจับคู่นี้ไม่เข้ากับแผ่นงานใดในไฟล์ที่ส่งมา",
                "this mapping fits no table of the uploaded files",
                hint_th="ตรวจว่าหัวคอลัมน์ใน columns สะกดเหมือนในไฟล์ และบอกคอลัมน์ที่จำเป็นครบ",
                hint_en="check that the headings under columns are those of the file and that what is needed is named",
            )
        compared = store.compare_batches(batches)
        first = not store.read("MATCH (d:Document) RETURN d.uid AS uid", limit=1)
        upload.preview = build_preview(batches, compared, refused=refused, first=first)
        upload.tables = tables

    def _read(
        self, store: Store, upload: Upload, corrections: dict[str, Remembered]
    ) -> tuple[list[RecordBatch], list[Refused], list[tuple[str, TableMapping]]]:
        refused: list[Refused] = []
        tables: list[tuple[str, TableMapping]] = []

        def refuse(path: Path, error: InputError) -> None:
            refused.append(Refused(path.name, error))

        def bound(table: Table, mapping: TableMapping) -> None:
            tables.append((table.file, mapping))

        def file_opened(path: Path, _done: int, _total: int) -> None:
            upload.progress.file = path.name

        def rows_read(name: str, done: int, total: int) -> None:
            upload.progress.file, upload.progress.done, upload.progress.total = name, done, total

        with self._reading:
            batches = read_files(
                upload.files,
                context=upload.context,
                before=build_owners(store.list_owners()),
                progress=file_opened,
                on_rows=rows_read,
                on_refusal=refuse,
                on_mapping=bound,
                remembered=load_remembered(self._home / "mappings") | corrections,
            )
        return batches, refused, tables

    def _run(self, store: Store, upload: Upload) -> None:
        try:
            upload.result = self._import(store, upload)
            upload.state = "done"
        except TracegraphError as error:
            upload.error, upload.state = error, "failed"
        except Exception as error:
            log.exception("import %s", upload.id[:6])
            upload.error = _failure(upload.progress.step, error)
            upload.state = "failed"

    def _import(self, store: Store, upload: Upload) -> Result:
        batches, refused, tables = self._read(store, upload, upload.corrections)
        upload.progress.step = "writing"
        summary = store.write_batches(batches, command="import")
        upload.progress.step = "reporting"
        batches = add_unresolved(batches, summary.problems)
        folder = write_report(batches, self._home / "reports" / summary.uid.replace(":", "-"), refused=refused)
        given = {one.mapping.name: one.mapping for one in upload.corrections.values()}
        kept, _ = remember_used(given, tables, self._home / "mappings", date.today())
        fates = [row.fate.value for batch in batches for row in batch.rows]
        for path in upload.folder.iterdir():
            path.unlink()
        return Result(
            summary=summary,
            rows=len(fates),
            loaded=fates.count("loaded"),
            merged=fates.count("merged"),
            quarantined=fates.count("quarantined"),
            folder=folder,
            reports=list_reports(folder),
            remembered=len(kept),
        )


def _by_layout(
    corrections: Mapping[str, Remembered], tables: Iterable[tuple[str, TableMapping]]
) -> dict[str, Remembered]:
    """Each correction under the layouts that it was used for, so that a later one of a layout takes its place."""
    kept = {key: one for key, one in corrections.items() if key}
    offered = corrections.get("")
    if offered is not None:
        for _, table in tables:
            if table.name == offered.mapping.name:
                key = layout_key(table.rows.headings)
                kept[key] = replace(offered, key=key, headings=table.rows.headings)
    return kept


def _failure(step: str, error: Exception) -> TracegraphError:
    name = type(error).__name__
    if step == "reporting":
        return TracegraphError(
            f"บันทึกข้อมูลแล้ว แต่เขียนรายงานไม่ได้ ({name})",
            f"the data went in, but the report could not be written ({name})",
            hint_th="ตรวจที่ว่างของดิสก์ แล้วกดนำเข้าอีกครั้งเพื่อเขียนรายงาน",
            hint_en="check the free disk space, then import again to write the report",
        )
    return TracegraphError(
        f"นำเข้าไม่สำเร็จ ข้อมูลยังเป็นเหมือนเดิม ({name})", f"the import failed, the graph is as it was ({name})"
    )


def _require_state(upload: Upload, *states: State) -> None:
    if upload.state not in states:
        th = "กำลังนำเข้าอยู่" if upload.state == "running" else "นำเข้าเสร็จแล้ว"
        raise ImportConflict(
            f"ทำไม่ได้ในขั้นนี้: {th}",
            f"not possible now: the import is {upload.state}",
            hint_th="รอให้เสร็จ หรือเริ่มนำเข้าชุดใหม่",
            hint_en="wait for it to end, or begin another import",
        )


def list_reports(folder: Path) -> tuple[str, ...]:
    """The files of a report by their names within its folder, those for people first."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return tuple(sorted(names, key=lambda name: (not name.endswith(".xlsx"), name.count("/"), name)))


def find_report(result: Result, name: str) -> Path:
    """A file of the report by exactly one of its names; NotFoundError for anything else."""
    if name not in result.reports:
        raise NotFoundError(f"ไม่มีไฟล์ {name!r} ในรายงานนี้", f"no file {name!r} in this report")
    return result.folder / name

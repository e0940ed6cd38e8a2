"""What ``tracegraph import`` does before it writes: options, mappings given and remembered, files to batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tracegraph.cli.common import say
from tracegraph.cli.steps import progress_bar

if TYPE_CHECKING:
    from tracegraph.errors import InputError
    from tracegraph.graph.store import Store
    from tracegraph.ingest.context import ImportContext, Ownership
    from tracegraph.ingest.mapping import TableMapping
    from tracegraph.ingest.quarantine import Refused
    from tracegraph.ingest.remembered import Remembered
    from tracegraph.ingest.tables import Table
    from tracegraph.model.records import RecordBatch

#: Where corrected mappings are remembered, within the data folder.
MAPPINGS = "mappings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asked to import, and what was said about it."""

    files: tuple[Path, ...]
    mappings: tuple[Path, ...]
    context: ImportContext
    home: Path
    use_remembered: bool = True


@dataclass(slots=True)
class Reading:
    """Files as they were read: batches, refused files, and how each table was bound (file, mapping)."""

    batches: list[RecordBatch] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    tables: list[tuple[str, TableMapping]] = field(default_factory=list)


def load_owners(store: Store) -> dict[str, Ownership]:
    """Whose the documents of the graph are, by document uid and by series; those with several owners left out."""
    from tracegraph.ingest.before import build_owners

    return build_owners(store.list_owners())


def read_asked(asked: Asked, before: Mapping[str, Ownership]) -> Reading:
    """The files as batches; a file that cannot be taken is refused and stops no other."""
    from tracegraph.ingest.importer import read_files
    from tracegraph.ingest.mapping import load_mapping
    from tracegraph.ingest.quarantine import Refused
    from tracegraph.ingest.remembered import load_remembered

    reading = Reading()
    mappings = [load_mapping(path) for path in asked.mappings]
    remembered: dict[str, Remembered] = load_remembered(asked.home / MAPPINGS) if asked.use_remembered else {}

    def refuse(path: Path, error: InputError) -> None:
        reading.refused.append(Refused(path.name, error))

    def keep(table: Table, mapping: TableMapping) -> None:
        reading.tables.append((table.file, mapping))

    with progress_bar() as progress:
        task = progress.add_task("อ่านไฟล์ / reading", total=None)

        def show_file(path: Path, _done: int, _total: int) -> None:
            progress.update(task, description=f"เปิดไฟล์ / opening {path.name}")

        def show_rows(name: str, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, description=f"อ่านไฟล์ / reading {name}")

        reading.batches = read_files(
            asked.files,
            mapping=mappings or None,
            context=asked.context,
            progress=show_file,
            on_rows=show_rows,
            on_refusal=refuse,
            before=before,
            on_mapping=keep,
            remembered=remembered,
        )
    return reading


def remember_given(asked: Asked, reading: Reading) -> None:
    """Remember the mapping files given, each for the layouts that it was used for, and say so."""
    from tracegraph.ingest.mapping import load_mapping
    from tracegraph.ingest.remembered import remember_used

    given = {path.name: load_mapping(path) for path in asked.mappings}
    kept, errors = remember_used(given, reading.tables, asked.home / MAPPINGS, date.today())
    for error in errors:
        say(error.th, error.en)
    for name in sorted({one.mapping.name for one in kept}):
        say(
            f"จำการจับคู่หัวคอลัมน์ของ {name} ไว้ใช้กับไฟล์ที่หัวคอลัมน์เหมือนกัน (ดูได้ด้วย tracegraph mappings list)",
            f"{name} is remembered for files with the same headings (see tracegraph mappings list)",
        )

"""From files to batches of records: read, map, validate; no database.

Files imported together help one another: one that does not say whose it is takes the owner that the
others agree on, and links between files are settled by the ids of all of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import replace
from pathlib import Path

from tracegraph.errors import InputError
from tracegraph.ingest.collected import Collected
from tracegraph.ingest.context import (
    ImportContext,
    Ownership,
    find_known_provinces,
    find_own_owner,
    find_remembered_owner,
    find_shared_owner,
    find_stated_owner,
)
from tracegraph.ingest.editions import find_years
from tracegraph.ingest.file_reader import FileReader
from tracegraph.ingest.identity import document_uid, series_of
from tracegraph.ingest.items import read_items
from tracegraph.ingest.jobs import TableJob, read_table_title
from tracegraph.ingest.layouts import build_layout
from tracegraph.ingest.lines import read_preamble
from tracegraph.ingest.links import read_links
from tracegraph.ingest.mapping import TableMapping
from tracegraph.ingest.needs import read_needs
from tracegraph.ingest.notes import note_findings, note_mapping
from tracegraph.ingest.opening import Given, OpenFile, find_mappings, open_source
from tracegraph.ingest.own_lists import OwnLists
from tracegraph.ingest.plans import read_plans
from tracegraph.ingest.remembered import Remembered
from tracegraph.ingest.settle import settle_links
from tracegraph.ingest.strategies import read_strategies
from tracegraph.ingest.summaries import check_summary
from tracegraph.ingest.tables import Limits, Table
from tracegraph.model.records import DocumentRecord, RecordBatch
from tracegraph.thai.places import Gazetteer

log = logging.getLogger(__name__)

_READERS: dict[str, Callable[[TableJob], None]] = {
    "needs": read_needs,
    "items": read_items,
    "contracts": read_items,
    "strategies": read_strategies,
    "links": read_links,
    "plans": read_plans,
}
#: Kinds whose records lie somewhere, so that an unknown owner matters.
_PLACED = ("needs", "items", "contracts")

Refusal = Callable[[Path, InputError], None]
Mapped = Callable[[Table, TableMapping], None]
Progress = Callable[[Path, int, int], None]
"""Called before each file is opened with its path, how many are done and how many there are."""
RowsRead = Callable[[str, int, int], None]
"""Called while rows are read: the file's name, the rows read so far, and the rows of all files."""
_EVERY_ROWS = 250


def read_files(
    paths: Sequence[Path],
    *,
    mapping: Given = None,
    context: ImportContext | None = None,
    progress: Progress | None = None,
    on_rows: RowsRead | None = None,
    on_refusal: Refusal | None = None,
    limits: Limits | None = None,
    before: MappingType[str, Ownership] | None = None,
    on_mapping: Mapped | None = None,
    remembered: MappingType[str, Remembered] | None = None,
) -> list[RecordBatch]:
    """One batch for each file, in the order given.

    ``mapping``: a mapping file for all, several of which the fitting one is taken, or one for each path;
    without it a file ``NAME.yaml`` beside the data file or in ``mappings/`` there is used, else the headings.
    ``before``: owners that earlier imports found, by document uid and by series, for files that do not tell theirs.
    ``remembered``: corrected mappings by layout, for tables that no mapping file was given for.
    ``on_mapping`` is told how each table's columns are read. A file that cannot be taken raises its InputError, or
    is told to ``on_refusal`` and left out.
    """
    context = context or ImportContext()
    context.check()
    gazetteer = Gazetteer()
    files: list[OpenFile] = []

    def refuse(path: Path, error: InputError) -> None:
        if on_refusal is None:
            raise error
        on_refusal(path, error)

    with FileReader(limits) as reader:
        for done, path in enumerate(paths):
            if progress:
                progress(path, done, len(paths))
            found = reader.read(path)
            for name, error in found.refused:
                refuse(Path(name), error)
            try:
                mappings = find_mappings(path, mapping)
                files += [open_source(source, mappings, remembered or {}) for source in found.sources]
            except InputError as error:
                refuse(path, error)
    if on_mapping:
        for table, table_mapping in (pair for file in files for pair in file.tables):
            on_mapping(table, table_mapping)
    _find_owners(files, context, gazetteer, before or {})
    count = _count_rows(files, on_rows) if on_rows else None
    batches = [_read(file, context, gazetteer, count) for file in _in_reading_order(files)]
    order = {id(file): at for at, file in enumerate(files)}
    by_file = sorted(batches, key=lambda pair: order[id(pair[0])])
    return settle_links([batch for _, batch in by_file])


def _count_rows(files: Sequence[OpenFile], tell: RowsRead) -> Callable[[str], None]:
    """A function to call for each row read, which tells now and then how far reading is."""
    total = sum(len(table.rows) for file in files for table, _ in file.tables)
    done = 0

    def count(name: str) -> None:
        nonlocal done
        done += 1
        if done % _EVERY_ROWS == 0:
            tell(name, done, total)

    return count


def _find_owners(
    files: Sequence[OpenFile], context: ImportContext, gazetteer: Gazetteer, before: MappingType[str, Ownership]
) -> None:
    for file in files:
        stated = find_stated_owner(context, [mapping for _, mapping in file.tables], gazetteer)
        if stated is not None:
            file.ownership = stated
        elif file.kind in _PLACED:
            file.ownership = find_own_owner(file.tables, gazetteer)
    known = [(file.name, file.ownership) for file in files]
    for file in files:
        if file.kind in _PLACED and not file.states_place:
            keys = (document_uid(file.source.sha256), series_of(file.name, file.kind, None))
            file.ownership = find_remembered_owner(file.ownership, before, keys)
            file.ownership = find_shared_owner(file.ownership, known)
        elif file.ownership.area is None:
            file.ownership = replace(file.ownership, known=find_known_provinces(file.tables, gazetteer))


def _in_reading_order(files: Sequence[OpenFile]) -> list[OpenFile]:
    """Needs first: they name villages by number and name, which later files know by one of the two."""
    return sorted(files, key=lambda file: file.kind != "needs")


def _read(
    file: OpenFile, context: ImportContext, gazetteer: Gazetteer, count: Callable[[str], None] | None
) -> tuple[OpenFile, RecordBatch]:
    documents = [mapping.document for _, mapping in file.tables]
    owner = file.ownership.owner if file.ownership.source not in ("before", "files") else None
    stated = next((document.series for document in documents if document.series), None)
    document = DocumentRecord(
        uid=document_uid(file.source.sha256),
        file=file.name,
        sha256=file.source.sha256,
        size=file.source.size,
        series=stated or series_of(file.name, file.kind, owner.uid if owner else None),
        kind=file.kind,
        sample=context.sample or any(document.sample for document in documents),
    )
    out = Collected(gazetteer, problems=list(file.skipped))
    own = OwnLists(sample=document.sample)
    for table, mapping in file.tables:
        title = read_table_title(table, mapping, file.stem)
        lines = [cell for row in table.rows if row.number < mapping.rows.first for cell in row.cells if cell.strip()]
        job = TableJob(
            document=document,
            table=table,
            mapping=mapping,
            section=read_preamble(lines),
            context=context,
            ownership=file.ownership,
            title=title,
            name_years=find_years(file.stem),
            gazetteer=gazetteer,
            out=out,
            own=own,
            count=count,
        )
        note_mapping(job)
        _READERS[mapping.kind](job)
        note_findings(job)
        out.layouts.append(build_layout(job))
    for strategy in own.build_strategies():
        out.strategies.setdefault(strategy.uid, strategy)
    out.links += own.build_links()
    for summary in file.summaries:
        layout, problems = check_summary(summary, out.readings)
        out.layouts.append(layout)
        out.problems += problems
    log.info("%s: %s rows read", file.name, len(out.rows))
    return file, out.build_batch(document)

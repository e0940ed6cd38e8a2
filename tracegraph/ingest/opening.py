"""Open files and say of every table in them which form it is and which column holds what; no row is read yet."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from tracegraph.errors import FileRefused, MappingError
from tracegraph.ingest.blocks import split_blocks
from tracegraph.ingest.briefs import read_briefs
from tracegraph.ingest.context import Ownership
from tracegraph.ingest.file_reader import SourceFile
from tracegraph.ingest.listed import split_listed
from tracegraph.ingest.mapping import Mapping, TableMapping, bind, detect_mapping, load_mapping
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.ingest.remembered import Remembered, bind_remembered, find_remembered
from tracegraph.ingest.summaries import Summary, read_summary
from tracegraph.ingest.tables import Table
from tracegraph.model.records import Problem

Given = Mapping | Sequence[Mapping] | MappingType[Path, Mapping] | None
"""A mapping file for all files, several of which the fitting one is taken, or one for each path."""


@dataclass(slots=True)
class OpenFile:
    """A file whose tables are known; ``skipped`` says which of them could not be told, ``ownership`` is found later."""

    source: SourceFile
    tables: list[tuple[Table, TableMapping]] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    skipped: list[Problem] = field(default_factory=list)
    ownership: Ownership = field(default_factory=Ownership)

    @property
    def name(self) -> str:
        """The file's name as people know it; ``a.zip/b.xlsx`` for a member of an archive."""
        return self.source.name

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return PurePath(self.name).stem

    @property
    def kind(self) -> str:
        """The kind of most rows."""
        counts: dict[str, int] = {}
        for table, mapping in self.tables:
            counts[mapping.kind] = counts.get(mapping.kind, 0) + len(table.rows)
        return max(counts, key=lambda kind: counts[kind])

    @property
    def states_place(self) -> bool:
        """Whether a column says whose or where a row is."""
        props = {column.prop for _, mapping in self.tables for column in mapping.columns}
        return bool(props & {"owner", "tambon", "area"})


def find_mappings(path: Path, given: Given) -> tuple[Mapping, ...]:
    """The mapping files for a path: those given, else ``NAME.yaml`` beside it or in ``mappings/`` there."""
    if isinstance(given, Mapping):
        return (given,)
    if isinstance(given, MappingType):
        return (given[path],) if path in given else ()
    if given:
        return tuple(given)
    beside = (path.with_suffix(".yaml"), path.parent / "mappings" / f"{path.stem}.yaml")
    found = next((candidate for candidate in beside if candidate.is_file()), None)
    return (load_mapping(found),) if found else ()


def open_source(source: SourceFile, mappings: Sequence[Mapping], remembered: MappingType[str, Remembered]) -> OpenFile:
    """The file with its tables; MappingError or FileRefused where none of them can be told.

    A sheet may hold several tables; a project brief is turned into a row; ผ.01 holds sums, no items.
    """
    file = OpenFile(source)
    errors: list[MappingError] = []
    for table in (part for whole in source.tables for part in split_blocks(whole)):
        summary = None if mappings else read_summary(table)
        if summary is not None:
            file.summaries.append(summary)
            continue
        try:
            read = read_briefs(table) or table
            bound = _bind(read, mappings, remembered, file.skipped)
            file.tables.append((split_listed(read, bound), bound))
        except MappingError as error:
            errors.append(error)
            place = Place(table.file, table.sheet)
            file.skipped.append(make_problem("sheet-skipped", place, error.en, th_found=error.th))
    if not file.tables:
        raise errors[0] if errors else _only_sums(source.name)
    if not any(row.number > mapping.rows.last for table, mapping in file.tables for row in table.rows):
        raise _only_headings(source.name)
    return file


def _bind(
    table: Table, mappings: Sequence[Mapping], remembered: MappingType[str, Remembered], problems: list[Problem]
) -> TableMapping:
    """By the first mapping that the table fits; the error of the only one where it does not; else by the headings.

    A remembered mapping wins over the headings; one that no longer fits is told and left aside.
    """
    first: MappingError | None = None
    for mapping in mappings:
        try:
            return bind(mapping, table)
        except MappingError as error:
            first = first or error
    if first is not None:
        raise first
    one = find_remembered(table, remembered)
    if one is not None:
        try:
            return bind_remembered(one, table)
        except MappingError as error:
            place = Place(table.file, table.sheet)
            problems.append(make_problem("remembered-left", place, error.en, source=one.source, th_found=error.th))
    return detect_mapping(table)


def _only_sums(name: str) -> FileRefused:
    return FileRefused(
        f"{name}: มีแต่บัญชีสรุป (ผ.01) ไม่มีรายการโครงการ",
        f"{name}: holds only a summary (ผ.01), no items",
        hint_th="นำเข้าพร้อมบัญชีรายละเอียด (ผ.02) ในไฟล์เดียวกัน แล้วยอดสรุปจะถูกใช้ตรวจสอบ",
        hint_en="import it in one file with the detailed lists (ผ.02): the summary is then used to check them",
    )


def _only_headings(name: str) -> FileRefused:
    return FileRefused(
        f"{name}: มีแต่หัวคอลัมน์ ไม่มีข้อมูล",
        f"{name}: headings only, no rows of data",
        hint_th="ตรวจว่าบันทึกไฟล์ถูกแผ่นงานแล้วหรือไม่",
        hint_en="check that the right worksheet was saved",
    )

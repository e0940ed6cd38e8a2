"""Corrections of a previewed import: a mapping file, or meanings chosen column by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from api.imports import Upload
from tracegraph.errors import MappingError, NotFoundError
from tracegraph.ingest.headings import properties
from tracegraph.ingest.mapping import TableMapping
from tracegraph.ingest.mapping_file import Mapping as MappingFile
from tracegraph.ingest.mapping_file import read_mapping
from tracegraph.ingest.preview import PreviewTable
from tracegraph.ingest.remembered import Remembered, build_correction, layout_key

#: Of these a column is one by the year in its heading; a year cannot be chosen for another.
_BY_HEADING = frozenset({"money", "budgeted", "months"})


def read_correction(text: str) -> Remembered:
    """A mapping sent as YAML or JSON, for any table that it fits; MappingError says what is wrong in it."""
    name = f"correction-{sha256(text.encode()).hexdigest()[:8]}"
    return build_correction(read_mapping(text, name))


def find_tables(upload: Upload) -> dict[str, list[tuple[str, PreviewTable]]]:
    """The tables of a preview by layout, with their files; what is corrected for one is corrected for all."""
    found: dict[str, list[tuple[str, PreviewTable]]] = {}
    for file in upload.preview.files:
        for table in file.tables:
            if table.layout and table.columns:
                found.setdefault(table.layout, []).append((file.file, table))
    return found


def list_choices(table: PreviewTable) -> tuple[str, ...]:
    """Properties that a person may choose for a column of this table."""
    return tuple(sorted(properties(table.kind) - _BY_HEADING))


def is_correctable(table: PreviewTable) -> bool:
    """Whether a mapping can name every column that is read: none of their headings stands over several columns."""
    return not any(column.fixed and column.prop and column.year is None for column in table.columns)


def build_column_correction(upload: Upload, layout: str, chosen: Mapping[int, str]) -> Remembered | None:
    """What a person chose for columns of a layout (number in the preview → property, '' to leave it unread).

    None where nothing differs from how the tables were read.
    """
    tables = find_tables(upload).get(layout)
    bound = next((m for _, m in upload.tables if layout_key(m.rows.headings) == layout), None)
    if tables is None or bound is None:
        raise NotFoundError(f"ไม่พบแผ่นงานที่มีหัวคอลัมน์นี้ ({layout})", f"no table with this layout ({layout})")
    table = tables[0][1]
    if all(chosen.get(at, column.prop) == column.prop for at, column in enumerate(table.columns)):
        return None
    if not is_correctable(table):
        raise MappingError(
            "มีหัวคอลัมน์ซ้ำกัน จึงเลือกความหมายทีละคอลัมน์ไม่ได้",
            "headings occur twice, so that single columns cannot be named",
            hint_th="เปลี่ยนชื่อหัวคอลัมน์ที่ซ้ำในไฟล์ แล้วส่งใหม่",
            hint_en="rename the doubled headings in the file and send it again",
        )
    return build_correction(_mapping_of(table, bound, chosen), bound.rows.headings, layout)


def _mapping_of(table: PreviewTable, bound: TableMapping, chosen: Mapping[int, str]) -> MappingFile:
    columns: dict[str, str] = {}
    ignore: set[str] = set()
    allowed = properties(table.kind)
    for at, column in enumerate(table.columns):
        prop = chosen.get(at, column.prop)
        if prop != column.prop and prop and prop not in allowed - _BY_HEADING:
            raise MappingError(f"ไม่รู้จักความหมาย {prop!r}", f"unknown property {prop!r}")
        if not prop:
            ignore.add(column.heading)
        elif column.year is None and not (column.prop in _BY_HEADING and prop == column.prop):
            columns[column.heading] = f"strategy:{column.list_id}" if prop == "strategy_of" else prop
        elif prop != column.prop:
            columns[column.heading] = prop
    return MappingFile(
        name=f"correction-{table.layout}",
        document=replace(bound.document, kind=table.kind),
        columns=columns,
        money={},
        constants=dict(bound.constants),
        fill_down=bound.fill_down & frozenset(columns.values()),
        optional=frozenset(),
        ignore=frozenset(ignore),
    )

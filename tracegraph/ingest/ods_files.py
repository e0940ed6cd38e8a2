"""Read an OpenDocument spreadsheet (.ods): values as stored, merged cells, hidden sheets and rows, boxes and comments.

Read from its XML and not by python-calamine, which gives neither merged cells nor anything that lies over the cells,
and lays out in memory whatever number of repeated cells a file claims.
"""

from __future__ import annotations

from pathlib import Path

from tracegraph.ingest.merges import cover_cells
from tracegraph.ingest.ods_sheets import OdsReader, OdsSheet
from tracegraph.ingest.tables import Limits, Table
from tracegraph.ingest.xlsx_files import DAMAGED, OnSheet, damaged
from tracegraph.ingest.xml_parts import iter_blocks, parse_stream
from tracegraph.ingest.zip_look import locked, open_parts

_MANIFEST = "META-INF/manifest.xml"
_MAX_MANIFEST = 4_000_000


def read_ods(path: Path, limits: Limits, on_sheet: OnSheet | None = None) -> list[Table]:
    """One table for each sheet; FileRefused where the file is damaged, has a password or goes beyond the limits."""
    reader = OdsReader(path.name, limits, on_sheet)
    try:
        with open_parts(path, limits) as parts:
            if _MANIFEST in parts and b"encryption-data" in parts.read(_MANIFEST, _MAX_MANIFEST):
                raise locked(path.name)
            with parts.open("content.xml") as source:
                parse_stream(iter_blocks(source), reader.start, reader.end, reader.characters)
        return [_table(path.name, sheet, limits) for sheet in reader.sheets]
    except DAMAGED as error:
        raise damaged(path.name, error) from error


def _table(name: str, sheet: OdsSheet, limits: Limits) -> Table:
    return Table(
        file=name,
        sheet=sheet.title,
        rows=tuple(sheet.rows),
        merged=cover_cells(sheet.rows, sheet.ranges, limits, name),
        notes=tuple(sorted(sheet.notes, key=lambda note: (note.row, note.column))),
        hidden=sheet.hidden,
        hidden_rows=frozenset(sheet.hidden_rows),
    )

"""An answer as an Excel workbook: text stays text, whatever it begins with; numbers stay numbers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tracegraph.thai.graphemes import shorten

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Excel holds no more characters in a cell.
_MOST_TEXT = 32_767
_WIDEST = 60


def write_xlsx(columns: Sequence[str], words: Sequence[str], rows: Sequence[Mapping[str, Any]], *, title: str) -> bytes:
    """A workbook of one sheet: headings in words, the columns' names as a second line, then the rows.

    No cell is a formula: what begins with ``=`` is written as the text that it is.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(title))
    sheet.freeze_panes = "A3"
    for position, width in enumerate(_widths(columns, words, rows), start=1):
        sheet.column_dimensions[get_column_letter(position)].width = width
    sheet.append([_cell(sheet, word, bold=True) for word in words])
    sheet.append([_cell(sheet, column) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, row.get(column)) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:_MOST_TEXT]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(columns: Sequence[str], words: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    widths = [max(len(column), len(word)) for column, word in zip(columns, words, strict=True)]
    for row in rows:
        widths = [max(w, len(str(row.get(column) or ""))) for w, column in zip(widths, columns, strict=True)]
    return [min(_WIDEST, width + 2) for width in widths]


def _sheet_title(title: str) -> str:
    """At most 31 characters, without those that Excel refuses in the name of a sheet."""
    kept = "".join(c for c in title if c not in "[]:*?/\\")
    length = 31
    while len(shorten(kept, length)) > 31:  # graphemes of several characters
        length -= 1
    return shorten(kept, length) or "1"

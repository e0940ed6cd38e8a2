"""Write a workbook row by row in bounded memory: text and numbers only, so that nothing in it is ever a formula.

openpyxl's streaming writer takes eight times as long, which counts in a report of 100,000 rows. Text stands in the
cells themselves (inline strings); a cell that begins like a formula carries Excel's own mark for text, so that it stays
text when somebody edits it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

MOST_ROWS = 1_048_576  # of a worksheet
LONGEST_CELL = 32_767  # characters
FONT = "TH Sarabun New"

Cell = str | int | float | None

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_START = ("=", "+", "-", "@", "\t")
_TEXT, _HEADING, _MARKED, _NUMBER = 0, 1, 2, 3  # places in the cell formats of _styles()
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff]")
_LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class SheetShape:
    """A worksheet to write: its title, the headings of its columns and their widths in characters."""

    title: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]


def clean_text(text: str) -> str:
    """The text without characters that a workbook cannot hold, cut to what one cell can."""
    clean = _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean if len(clean) <= LONGEST_CELL else clean[: LONGEST_CELL - 1] + "…"


def sheet_title(wanted: str, taken: Iterable[str]) -> str:
    """A title that Excel takes: no forbidden sign, at most 31 characters, unlike the others in any case of letters."""
    base = _NOT_IN_TITLES.sub(" ", wanted).strip().strip("'").strip() or "แผ่นงาน"
    used = {title.casefold() for title in taken}
    title, number = base[:_LONGEST_TITLE].rstrip(), 1
    while title.casefold() in used or title.casefold() == "history":  # a name that Excel keeps for itself
        number += 1
        mark = f" ({number})"
        title = base[: _LONGEST_TITLE - len(mark)].rstrip() + mark
    return title


@dataclass(slots=True)
class WorkbookWriter:
    """``with WorkbookWriter(path) as book: book.write_sheet(shape, rows)``; a file cut short is not left behind."""

    path: Path
    titles: list[str] = field(default_factory=list)
    _archive: ZipFile | None = None
    _filters: list[str] = field(default_factory=list)

    def __enter__(self) -> WorkbookWriter:
        self._archive = ZipFile(self.path, "w", ZIP_DEFLATED, compresslevel=6)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        archive = self._require_open()
        try:
            if kind is None:
                self._write_parts(archive)
        finally:
            archive.close()
            if kind is not None:
                self.path.unlink(missing_ok=True)

    def write_sheet(self, shape: SheetShape, rows: Iterable[Sequence[Cell]]) -> int:
        """One worksheet with its heading frozen and filtered; more rows than one can hold go on in the next."""
        source = iter(rows)
        total, more = 0, True
        while more:
            written, more = self._write_one(shape, source)
            total += written
        return total

    def _write_one(self, shape: SheetShape, source: Iterable[Sequence[Cell]]) -> tuple[int, bool]:
        title = sheet_title(shape.title, self.titles)
        self.titles.append(title)
        last = column_letters(len(shape.headings) - 1)
        number = 1
        with self._require_open().open(f"xl/worksheets/sheet{len(self.titles)}.xml", "w") as part:
            part.write(_sheet_head(shape).encode())
            part.write(_row(1, shape.headings, _HEADING).encode())
            buffer: list[str] = []
            for number, cells in enumerate(source, start=2):
                buffer.append(_row(number, cells, _TEXT))
                if len(buffer) == 500:
                    _flush(part, buffer)
                if number == MOST_ROWS:
                    break
            _flush(part, buffer)
            part.write(f'</sheetData><autoFilter ref="A1:{last}{number}"/>{_PRINT}</worksheet>'.encode())
        self._filters.append(f"$A$1:${last}${number}")
        return number - 1, number == MOST_ROWS

    def _require_open(self) -> ZipFile:
        if self._archive is None:
            raise ValueError("the workbook is not open")
        return self._archive

    def _write_parts(self, archive: ZipFile) -> None:
        numbers = range(1, len(self.titles) + 1)
        sheets = "".join(
            f'<sheet name={quoteattr(title)} sheetId="{n}" r:id="rId{n}"/>'
            for n, title in zip(numbers, self.titles, strict=True)
        )
        names = "".join(_names_of(n, self.titles[n], self._filters[n]) for n in range(len(self.titles)))
        related = "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        styles = f'<Relationship Id="rId0" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}worksheet+xml"/>' for n in numbers
        )
        parts = {
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
            f"<definedNames>{names}</definedNames></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{styles}{related}</Relationships>',
            "xl/styles.xml": _styles(),
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}styles+xml"/>{kinds}</Types>',
        }
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)


_PRINT = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
)


def column_letters(index: int) -> str:
    """The letters of a column by its index from 0: 0 → A, 26 → AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _flush(part: IO[bytes], buffer: list[str]) -> None:
    part.write("".join(buffer).encode())
    buffer.clear()


def _sheet_head(shape: SheetShape) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width:g}" customWidth="1"/>' for n, width in enumerate(shape.widths, start=1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
    )


def _row(number: int, cells: Sequence[Cell], style: int) -> str:
    return f'<row r="{number}">{"".join([_cell(cell, style) for cell in cells])}</row>'


def _cell(cell: Cell, style: int) -> str:
    if cell is None or cell == "":
        return f'<c s="{style}"/>'
    if isinstance(cell, int | float):
        return f'<c s="{_NUMBER}"><v>{cell!r}</v></c>'
    text = clean_text(cell)
    if style == _TEXT and text.startswith(_FORMULA_START):
        style = _MARKED
    words = escape(_LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text)
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _names_of(sheet: int, title: str, cells: str) -> str:
    quoted = escape("'" + title.replace("'", "''") + "'")
    return (
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{sheet}" hidden="1">{quoted}!{cells}</definedName>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{sheet}">{quoted}!$1:$1</definedName>'
    )


def _styles() -> str:
    """Text wrapped at the top, headings bold on a tint, text marked as text, numbers with separators."""
    aligned = '<alignment vertical="top" wrapText="1"/>'
    given = 'borderId="0" applyAlignment="1" xfId="0"'
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="14"/><name val="{FONT}"/></font>'
        f'<font><b/><sz val="14"/><name val="{FONT}"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFDCE6F1"/></patternFill></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">'
        f'<xf numFmtId="49" fontId="0" fillId="0" {given} applyNumberFormat="1">{aligned}</xf>'
        f'<xf numFmtId="49" fontId="1" fillId="2" {given} applyFill="1" applyFont="1">{aligned}</xf>'
        f'<xf numFmtId="49" fontId="0" fillId="0" {given} applyNumberFormat="1" quotePrefix="1">{aligned}</xf>'
        f'<xf numFmtId="3" fontId="0" fillId="0" {given} applyNumberFormat="1">{aligned}</xf>'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )

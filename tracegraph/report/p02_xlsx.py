"""Form ผ.02 as a workbook: merged headings, amounts as numbers, A4 landscape with the headings on every page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from tracegraph.analyse.plan_items import PlanItem
from tracegraph.ingest.editions import find_edition
from tracegraph.ingest.xlsx_writer import FONT, clean_text
from tracegraph.report.p02_form import FormBook, FormSheet, Group, Shape

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

REMARKS = "หมายเหตุ"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_PLAIN, _BOLD = Font(name=FONT, size=14), Font(name=FONT, size=14, bold=True)
_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_NUMBER = Alignment(horizontal="right", vertical="top")
_BEFORE, _YEAR_WIDTH = (5.0, 26.0, 28.0, 24.0), 12.5
_AFTER = {Shape.STRATEGY: (18.0, 22.0, 16.0), Shape.ISSUE: (28.0, 18.0)}
_LINE_HEIGHT, _CHARS_PER_WIDTH = 21.0, 1.15  # points; Thai letters of 14 points in a column's unit of width
_FORMULA_START = ("=", "+", "-", "@")


def write_form(form: FormBook, path: Path) -> None:
    """Write the workbook. Every text is text, never a formula."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for sheet in form.sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet, form)
    if form.remarks:
        _write_remarks(book.create_sheet(REMARKS), form.remarks)
    book.save(path)


def _write_sheet(at: Worksheet, sheet: FormSheet, form: FormBook) -> None:
    widths = (*_BEFORE, *[_YEAR_WIDTH] * len(form.years), *_AFTER[form.shape])
    for index, width in enumerate(widths, start=1):
        at.column_dimensions[get_column_letter(index)].width = width
    row = _write_lines(at, sheet, form.shape, widths)
    heading = row
    row = _write_headings(at, row, form)
    at.print_title_rows = f"{heading}:{row - 1}"
    at.freeze_panes = f"A{row}"
    for group in sheet.groups:
        row = _write_group(at, row, group, form, len(widths))
    _write_totals(at, row, sheet.items, form)
    _set_page(at)


def _write_lines(at: Worksheet, sheet: FormSheet, shape: Shape, widths: Sequence[float]) -> int:
    """The lines above the headings, each merged over the table; returns the row of the headings."""
    last = len(widths)
    row = 1
    _put(at.cell(row, last), f"แบบ {sheet.code}", _BOLD, Alignment(horizontal="right"))
    if shape is Shape.ISSUE:
        row += 1
    for number, line in enumerate(sheet.lines):
        centered = number < 3
        end = last - 1 if row == 1 else last
        at.merge_cells(start_row=row, start_column=1, end_row=row, end_column=end)
        place = Alignment(horizontal="center" if centered else "left", vertical="center", wrap_text=True)
        _put(at.cell(row, 1), line, _BOLD, place)
        lines = -(-len(line) // int(sum(widths[:end]) * _CHARS_PER_WIDTH))
        at.row_dimensions[row].height = _LINE_HEIGHT * lines  # a merged cell does not grow by itself
        row += 1
    return row


def _write_headings(at: Worksheet, row: int, form: FormBook) -> int:
    """The heading rows of the shape: three by strategy, two by issue; returns the first row below."""
    years = len(form.years)
    after = 5 + years
    if form.shape is Shape.STRATEGY:
        last = row + 2
        ends = ["ตัวชี้วัด\n(KPI)", "ผลที่คาดว่า\nจะได้รับ", "หน่วยงาน\nที่รับผิดชอบ\nหลัก"]
        target = "เป้าหมาย"
        _merge(at, (row + 1, 4, last, 4), "(ผลผลิตของโครงการ)")
        for number, year in enumerate(form.years):
            _merge(at, (row + 1, 5 + number, row + 1, 5 + number), str(year))
            _merge(at, (last, 5 + number, last, 5 + number), "(บาท)")
        _merge(at, (row, 4, row, 4), target)
    else:
        last = row + 1
        ends = ["ผลที่คาดว่าจะได้รับ", "หน่วยงานรับผิดชอบหลัก"]
        _merge(at, (row, 4, last, 4), "เป้าหมาย\n(ผลผลิตของโครงการ)")
        for number, year in enumerate(form.years):
            _merge(at, (last, 5 + number, last, 5 + number), f"พ.ศ. {year}\n(บาท)")
        at.row_dimensions[last].height = _LINE_HEIGHT * 2
    for column, words in enumerate(("ที่", "โครงการ", "วัตถุประสงค์"), start=1):
        _merge(at, (row, column, last, column), words)
    _merge(at, (row, 5, row, 4 + years), "งบประมาณ")
    for number, words in enumerate(ends):
        _merge(at, (row, after + number, last, after + number), words)
    return last + 1


def _merge(at: Worksheet, cells: tuple[int, int, int, int], words: str) -> None:
    top, left, bottom, right = cells
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            at.cell(row, column).border = _BOX
    _put(at.cell(top, left), words, _BOLD, _CENTER)
    if (top, left) != (bottom, right):
        at.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _write_group(at: Worksheet, row: int, group: Group, form: FormBook, last: int) -> int:
    if group.divider:
        for column in range(1, last + 1):
            at.cell(row, column).border = _BOX
        # a line that names no edition would be read as a project where projects stand
        place = 2 if find_edition(group.divider) else 1
        _put(at.cell(row, place), group.divider, _BOLD, _TOP)
        row += 1
    for number, item in enumerate(group.items, start=1):
        _write_item(at, row, number, item, form)
        row += 1
    return row


def _write_item(at: Worksheet, row: int, number: int, item: PlanItem, form: FormBook) -> None:
    money = dict(item.money)
    kpi = [item.kpi] if form.shape is Shape.STRATEGY else []
    cells: list[str | float | int] = [number, item.name, item.objective, item.target]
    cells += [_amount(money, year) for year in form.years]
    cells += [*kpi, item.expected, item.department]
    for column, said in enumerate(cells, start=1):
        cell = at.cell(row, column)
        cell.border = _BOX
        if isinstance(said, str):
            centered = said == "-" and column > 4
            _put(cell, said, _PLAIN, Alignment(horizontal="center", vertical="top") if centered else _TOP)
        else:
            _put_number(cell, said, _PLAIN)
    at.cell(row, 1).alignment = Alignment(horizontal="center", vertical="top")


def _amount(money: dict[int, float], year: int) -> str | float | int:
    """Baht of a year; a dash where it is stated as none, or others have money; empty where nothing is stated."""
    baht = money.get(year)
    if baht:
        return int(baht) if baht == int(baht) else baht
    return "-" if year in money or any(money.values()) else ""


def _write_totals(at: Worksheet, row: int, items: Sequence[PlanItem], form: FormBook) -> None:
    sums = [round(sum(dict(item.money).get(year, 0.0) for item in items), 2) or "-" for year in form.years]
    if form.shape is Shape.ISSUE:
        cells: list[str | float] = ["รวม", f"{len(items):,} โครงการ", "-", "-", *sums]
        _write_total(at, row, 1, cells)
        return
    _write_total(at, row, 4, ["รวมงบประมาณ", *sums])
    _write_total(at, row + 1, 4, ["รวมจำนวนโครงการ", len(items)])


def _write_total(at: Worksheet, row: int, first: int, cells: Sequence[str | float]) -> None:
    for column, said in enumerate(cells, start=first):
        cell = at.cell(row, column)
        cell.border = _BOX
        if isinstance(said, str):
            _put(cell, said, _BOLD, _CENTER)
        else:
            _put_number(cell, int(said) if said == int(said) else said, _BOLD)


def _put(cell: Cell | object, text: str, font: Font, place: Alignment) -> None:
    if not isinstance(cell, Cell):
        raise TypeError("a cell inside a merged range holds nothing of its own")
    clean = clean_text(text)
    cell.font, cell.alignment = font, place
    if clean:
        cell.value = clean
        cell.data_type = "s"  # a text that begins with = stays a text
        cell.quotePrefix = clean.startswith(_FORMULA_START) and clean != "-"


def _put_number(cell: Cell | object, number: float, font: Font) -> None:
    if not isinstance(cell, Cell):
        raise TypeError("a cell inside a merged range holds nothing of its own")
    cell.value, cell.font, cell.alignment = number, font, _NUMBER
    cell.number_format = "#,##0" if number == int(number) else "#,##0.00"


def _set_page(at: Worksheet) -> None:
    at.page_setup.orientation = "landscape"
    at.page_setup.paperSize = 9  # A4
    at.page_setup.fitToWidth, at.page_setup.fitToHeight = 1, 0
    at.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    at.page_margins.left = at.page_margins.right = 0.4
    at.page_margins.top = at.page_margins.bottom = 0.6
    if at.oddFooter is not None:
        at.oddFooter.right.text = "หน้า &P / &N"
    at.print_options.horizontalCentered = True


def _write_remarks(at: Worksheet, remarks: Sequence[str]) -> None:
    """One cell a line, so that reading the workbook back takes none of them for a table."""
    at.column_dimensions["A"].width = 160
    heading = "สิ่งที่อยู่ในข้อมูลแต่แบบไม่มีช่องให้แสดง / in the data, but not in the form"
    for row, words in enumerate((heading, *remarks), start=1):
        _put(at.cell(row, 1), words, _BOLD if row == 1 else _PLAIN, _TOP)
    _set_page(at)

"""Files that people keep beside the store: labels of pairs, and plain records to measure on without any store.

CSV in the encodings and delimiters of a Thai office (UTF-8, UTF-16, TIS-620; comma, semicolon, tab), or a workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tracegraph.errors import InputError
from tracegraph.ingest.csv_files import read_csv
from tracegraph.ingest.file_reader import FileReader
from tracegraph.ingest.spreadsheet_text import begins_formula
from tracegraph.ingest.tables import Limits, Table
from tracegraph.link.same_work.labels import LabelRow, LabelSet, build_label_set
from tracegraph.model.graph import Stage
from tracegraph.model.items import Item
from tracegraph.model.process import find_plan_kind
from tracegraph.thai.normalize import text_hash
from tracegraph.thai.numbers import read_money, read_years

Value = TypeVar("Value")

_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
_LISTED = 12
#: Headings of the importer that mean the same here.
_ALIASES = {"name": "text", "budget": "amount"}
#: Widths of the official codes.
_CODE_WIDTHS = {"province": 2, "district": 4, "tambon": 6}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row under the headings: its number in the file, and its cells by heading."""

    number: int
    cells: dict[str, str]

    def get(self, heading: str) -> str:
        """The cell under a heading, without spaces around it; '' where there is none."""
        return self.cells.get(heading, "").strip()


def read_sheet(path: Path, required: Sequence[str]) -> list[SheetRow]:
    """The rows of a file whose first row are headings; InputError where it is empty or a required heading is not there.

    Headings are compared without case; an apostrophe that keeps a spreadsheet from running a cell is taken away.
    """
    table = _read_table(path)
    if table is None or not table.rows:
        raise InputError(
            f"{path.name}: ไฟล์ว่าง", f"{path.name}: the file is empty",
            hint_th=f"แถวแรกต้องเป็นหัวคอลัมน์ {', '.join(required)}",
            hint_en=f"the first row must be the headings {', '.join(required)}",
        )  # fmt: skip
    headings = [_ALIASES.get(cell.strip().lower(), cell.strip().lower()) for cell in table.rows[0].cells]
    found = ", ".join(heading for heading in headings if heading) or "-"
    missing = [name for name in required if name not in headings]
    if missing:
        raise InputError(
            f"{path.name}: ไม่มีหัวคอลัมน์ {', '.join(missing)} (พบ {found[:200]})",
            f"{path.name}: no column {', '.join(missing)} (found {found[:200]})",
            hint_th=f"แถวแรกต้องมี {', '.join(required)}",
            hint_en=f"the first row must have {', '.join(required)}",
        )
    return [SheetRow(row.number, dict(zip(headings, map(_plain, row.cells), strict=False))) for row in table.rows[1:]]


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and begins_formula(cell[1:]) else cell


def _read_table(path: Path) -> Table | None:
    if path.suffix.lower() in _TEXT_SUFFIXES:
        tables = read_csv(path, Limits())
        return tables[0] if tables else None
    with FileReader() as reader:
        found = reader.read(path)
    for _, error in found.refused:
        raise error
    return next((table for source in found.sources for table in source.tables if table.rows), None)


def read_labels(path: Path) -> LabelSet:
    """The labels of a file with ``left_id,right_id,label`` and, if it likes, ``kind`` and ``cluster``."""
    rows = read_sheet(path, ("left_id", "right_id", "label"))
    without = [row.number for row in rows if not (row.get("left_id") and row.get("right_id"))]
    if without:
        raise InputError(
            f"{path.name}: {len(without):,} แถวไม่มีรหัสครบสองรายการ แถว {list_numbers(without)}",
            f"{path.name}: {len(without):,} rows lack an id, rows {list_numbers(without)}",
            hint_th="เติม left_id และ right_id ให้ครบ หรือลบแถวนั้น",
            hint_en="fill in left_id and right_id, or delete these rows",
        )
    return build_label_set((_label_row(row) for row in rows), path.name)


def _label_row(row: SheetRow) -> LabelRow:
    return LabelRow(
        row.number, row.get("left_id"), row.get("right_id"), row.get("label"), row.get("kind"), row.get("cluster")
    )


def list_numbers(numbers: Sequence[int]) -> str:
    """Row numbers for a message: the first dozen, then how many more."""
    more = f" … (+{len(numbers) - _LISTED:,})" if len(numbers) > _LISTED else ""
    return ", ".join(str(number) for number in numbers[:_LISTED]) + more


def read_records(path: Path) -> dict[str, Item]:
    """Records of a plain file as projects, by id: ``id,text`` and what else is known of place, plan and money.

    Columns that may be there: province, district, tambon (official codes) or area (a code of any of these), owner,
    plan, plan_kind, stage, year, amount; ``name`` and ``budget`` are taken for text and amount. InputError where an id
    stands twice or is not there, or a code, year or amount cannot be read.
    """
    rows = read_sheet(path, ("id", "text"))
    first: dict[str, int] = {}
    twice = []
    for row in rows:
        key = row.get("id")
        if not key:
            raise _bad_cell(path, row, "id", "")
        if key in first:
            twice.append(f"{key} ({first[key]}, {row.number})")
        first.setdefault(key, row.number)
    if twice:
        shown = ", ".join(twice[:_LISTED]) + (f" … (+{len(twice) - _LISTED:,})" if len(twice) > _LISTED else "")
        raise InputError(
            f"{path.name}: รหัสซ้ำ {len(twice):,} แห่ง (แถว): {shown}",
            f"{path.name}: {len(twice):,} ids stand twice (rows): {shown}",
            hint_th="ให้แต่ละรายการมีรหัสของตัวเอง",
            hint_en="give every record an id of its own",
        )
    return {row.get("id"): _read_item(path, row) for row in rows}


def _read_item(path: Path, row: SheetRow) -> Item:
    text = row.get("text")
    codes = _read_codes(path, row)
    kind = find_plan_kind(row.get("plan_kind").upper()) if row.get("plan_kind") else None
    if row.get("plan_kind") and kind is None:
        raise _bad_cell(path, row, "plan_kind", row.get("plan_kind"))
    stage = row.get("stage").lower() or Stage.PLAN.value
    if stage not in set(Stage):
        raise _bad_cell(path, row, "stage", stage)
    years = _read(path, row, "year", lambda cell: read_years(cell) or None) or ()
    amount = _read(path, row, "amount", lambda cell: read_money(cell).value)
    owner = row.get("owner")
    book = " ".join((owner, kind.id if kind else "", stage, "" if stage == Stage.PLAN else row.get("year")))
    return Item(
        uid=f"proj:{row.get('id')}",
        role="project",
        text=text,
        text_hash=text_hash(text),
        source_id=row.get("id"),
        plan=row.get("plan") or book,
        plan_kind=kind.id if kind else "",
        plan_rank=(kind.rank or 0) if kind else 0,
        stage=stage,
        owner=f"body:{owner}" if owner else None,
        owner_name=owner or None,
        years=years,
        amounts=(amount,) if amount is not None and len(years) == 1 else (),
        amount=amount,
        year=years[0] if len(years) == 1 else None,
        area=next((code for code in reversed(codes.values()) if code), None),
        province=codes["province"],
        district=codes["district"],
        tambon=codes["tambon"],
        file=path.name,
        row=row.number,
        document=f"doc:{path.name}",
    )


def _read_codes(path: Path, row: SheetRow) -> dict[str, str | None]:
    """Codes of province, district and tambon: each from its own column, else from the beginning of ``area``."""
    area = row.get("area")
    if area and not (area.isascii() and area.isdigit() and len(area) in (2, 4, 6, 8)):
        raise _bad_cell(path, row, "area", area)
    return {
        name: _read_code(path, row, name) or (area[:width] if len(area) >= width else None)
        for name, width in _CODE_WIDTHS.items()
    }


def _read_code(path: Path, row: SheetRow, name: str) -> str | None:
    cell = row.get(name)
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) == _CODE_WIDTHS[name]):
        raise _bad_cell(path, row, name, cell)
    return cell


def _read(path: Path, row: SheetRow, name: str, read: Callable[[str], Value | None]) -> Value | None:
    cell = row.get(name)
    if not cell or cell in ("-", "–"):
        return None
    value = read(cell)
    if value is None:
        raise _bad_cell(path, row, name, cell)
    return value


def _bad_cell(path: Path, row: SheetRow, name: str, cell: str) -> InputError:
    return InputError(
        f"{path.name} แถว {row.number}: {name} อ่านไม่ได้ ({cell[:40]!r})",
        f"{path.name} row {row.number}: {name} cannot be read ({cell[:40]!r})",
        hint_th="แก้ค่าในช่องนี้ หรือเว้นว่างหากไม่ทราบ (id ต้องมี)",
        hint_en="mend the cell, or leave it empty where nothing is known (an id must be there)",
    )

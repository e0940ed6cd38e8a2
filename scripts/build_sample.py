"""Build the shipped sample (``tracegraph/sample``) from the story written in ``scripts/sample_story``.

The story is one readable place: who asked for what, where each wish went, in which plan and for how much. This script
turns it into the files that planners keep (CSV in UTF-8 with BOM, XLSX) and a mapping file beside each.

Run it after any change of the story: ``python scripts/build_sample.py [FOLDER]``. Same story, same bytes.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

STORY = Path(__file__).resolve().parent / "sample_story"
TARGET = Path(__file__).resolve().parent.parent / "tracegraph" / "sample"
MARK = "ตัวอย่าง (ข้อมูลสมมติ ไม่ใช่เอกสารราชการ)"
LISTS = {"PV": "PV81-2566", "CL": "CL-AND-2566"}
MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
#: The date inside every workbook: fixed, so that a rebuild changes nothing.
_FIXED = datetime(2026, 11, 1)

Cell = str | int | None
File = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a built file: the story's field, the heading, the property it is mapped to (None: not read)."""

    field: str
    heading: str
    prop: str | None
    year: int | None = None


def read_story() -> list[dict[str, Any]]:
    """Every file of the story, in import order (by file name)."""
    names = ("register", "strategies", "needs", "tambon_plans", "local_plans", "money", "upper_plans", "links")
    files = [file for name in names for file in _read_yaml(f"{name}.yaml")]
    return sorted(files, key=lambda file: str(file["file"]))


def _read_yaml(name: str) -> Any:
    return yaml.safe_load((STORY / name).read_text(encoding="utf-8"))


def read_layouts() -> dict[str, tuple[Column, ...]]:
    """The columns of each kind of file."""
    return {name: tuple(_columns(fields)) for name, fields in _read_yaml("layouts.yaml").items()}


def _columns(fields: Mapping[str, Sequence[Any]]) -> Iterator[Column]:
    for field, spec in fields.items():
        if field == "YEARS":
            yield from (Column("money", str(year), "money", year) for year in spec)
        else:
            yield Column(field, spec[0], spec[1])


def thai_date(day: date) -> str:
    """A date as Thai offices write it: 2024-06-15 is 15 มิ.ย. 2567."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + 543}"


def sheets_of(file: File) -> dict[str, list[dict[str, Any]]]:
    """Rows by worksheet: a local plan's workbook has one for each form, everything else has one."""
    if file["layout"] != "p02" or not file["file"].endswith(".xlsx"):
        return {"ตัวอย่าง": list(file["rows"])}
    sheets: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(file["rows"], key=lambda row: str(row["form"])):
        sheets.setdefault(str(row["form"]).replace("/", "-"), []).append(row)
    return sheets


def number_rows(files: Iterable[File]) -> dict[str, str]:
    """Where each item stands in its book, in the words of an ordinance that cites it."""
    places = {}
    for file in files:
        for rows in sheets_of(file).values():
            for seq, row in enumerate(rows, start=1):
                if "id" in row:
                    edition = file.get("plan", {}).get("edition", "")
                    form = f" แบบ {row['form']}" if "form" in row else ""
                    places[row["id"]] = f"ปรากฏในแผนพัฒนาท้องถิ่น (พ.ศ. 2566-2570) {edition}{form} ลำดับที่ {seq}"
    return places


def complete_row(
    row: Mapping[str, Any], seq: int, file: File, files: Mapping[str, File], places: Mapping[str, str]
) -> dict[str, Any]:
    """A row of the story with what its file, its list or the row it cites adds to it."""
    full: dict[str, Any] = {"seq": seq, **row}
    if "year" in file:
        full.setdefault("year", file["year"])
    if file.get("villages"):
        full.setdefault("village", file["villages"][int(str(row["moo"]).translate(_ARABIC).removeprefix("ม."))])
    if "cites" in row:
        full["cite"] = places[row["cites"]]
    if "list_id" in row:
        entry = file["lists"][row["list_id"]]
        full |= {"list_name": entry["name"], "version": str(entry["from"])}
        full |= {name: entry[name] for name in ("level", "area", "owner", "from", "to")}
    if file["layout"] == "register":
        full = _registered(full, files)
    return full


_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _registered(row: dict[str, Any], files: Mapping[str, File]) -> dict[str, Any]:
    if "of" in row:
        row = {**files[row["of"]]["plan"], "title": files[row["of"]]["title"], **row}
    first, last = row["years"]
    days: dict[str, Any] = {name: thai_date(row[name]) for name in ("due", "sent") if name in row}
    return {**row, **days, "years": f"{first}-{last}"}


def cell_of(row: Mapping[str, Any], column: Column) -> Cell:
    """What stands in a cell: money of the column's year, or the field as typed; None where the story says nothing."""
    if column.year is not None:
        return dict(row.get("money", {})).get(column.year)
    value = row.get(column.field)
    return value if value is None or isinstance(value, int) else str(value) or None


def write_csv(path: Path, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """A CSV as Excel saves it: BOM, CRLF, a title line above the headings, money with commas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([title])
    writer.writerow([column.heading for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(cell, column) for cell, column in zip(row, columns, strict=True)])
    path.write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode("utf-8"))


def _csv_cell(cell: Cell, column: Column) -> str:
    money = column.year is not None or column.field == "amount"
    if cell is None:
        return "-" if column.year is not None else ""
    return f"{cell:,}" if money and isinstance(cell, int) else str(cell)


def write_xlsx(path: Path, title: str, sheets: Mapping[str, tuple[Sequence[Column], Sequence[Sequence[Cell]]]]) -> None:
    """A workbook with a merged title line above the headings of each worksheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append([title])
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(columns))
        sheet.append([column.heading for column in columns])
        for row in rows:
            sheet.append(list(row))
        _dress(sheet, columns)
    book.properties.creator = "tracegraph"
    book.properties.created = book.properties.modified = _FIXED
    packed = io.BytesIO()
    book.save(packed)
    _repack(packed, path)


def _dress(sheet: Any, columns: Sequence[Column]) -> None:
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(name="TH Sarabun New", size=16, bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for number, column in enumerate(columns, start=1):
        wide = column.field in ("name", "text", "title", "obj", "target", "beyond", "reason", "parent")
        sheet.column_dimensions[get_column_letter(number)].width = 48 if wide else 16
        if column.year is not None or column.field == "amount":
            for (cell,) in sheet.iter_rows(min_row=3, min_col=number, max_col=number):
                cell.number_format = "#,##0"
    sheet.freeze_panes = "A3"


def _repack(packed: io.BytesIO, path: Path) -> None:
    """Write the parts with one fixed date, and that date inside: a rebuild of the same story gives the same bytes."""
    stamp = f"{_FIXED:%Y-%m-%dT%H:%M:%SZ}"
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                head, mark, tail = data.decode("utf-8").partition("<dcterms:modified")
                kept = tail.partition(">")[0], tail.partition("</dcterms:modified>")[2]
                data = f"{head}{mark}{kept[0]}>{stamp}</dcterms:modified>{kept[1]}".encode()
            info = zipfile.ZipInfo(part.filename, date_time=_FIXED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, data)


def build_mapping(file: File, columns: Iterable[Column]) -> dict[str, Any]:
    """The mapping file beside a built file: what the document is, which heading holds what, what may be missing."""
    document: dict[str, Any] = {"kind": file.get("kind", _kind_of(file["layout"]))}
    plan = file.get("plan")
    if plan:
        first, last = plan["years"]
        document |= {"plan_kind": plan["kind"], "stage": plan["stage"], "title": f"{file['title']} (ตัวอย่าง)"}
        document |= {"owner": plan["owner"], "area": plan["area"], "years": f"{first}-{last}"}
        document |= {"edition": plan["edition"]}
    listed = {**LISTS, "PV": file.get("pv_list", LISTS["PV"]), "LAO": file.get("lao", "")}
    named = {c.heading: c.prop for c in columns if c.prop and c.year is None}
    mapping: dict[str, Any] = {
        "document": {**document, "sample": True},
        "columns": {h: f"strategy:{listed[p]}" if p in listed else p for h, p in named.items()},
    }
    if optional := sorted(c.heading for c in columns if c.field in _OPTIONAL):
        mapping["optional"] = optional
    if ignored := [c.heading for c in columns if c.prop is None]:
        mapping["ignore"] = ignored
    return mapping


#: Columns that a worksheet without anything in them leaves out.
_OPTIONAL = frozenset(
    {"amend", "payer", "beyond", "status", "outcome", "reason", "ns", "m13", "sdg", "pv", "cite", "was"}
)


def _kind_of(layout: str) -> str:
    return "needs" if layout.startswith("forum") else "items"


def build_file(file: File, files: Mapping[str, File], places: Mapping[str, str], target: Path) -> None:
    """Write one file of the sample and its mapping file."""
    layout = read_layouts()[file["layout"]]
    title = f"{MARK} {file['title']}"
    sheets: dict[str, tuple[list[Column], list[list[Cell]]]] = {}
    for name, rows in sheets_of(file).items():
        full = [complete_row(row, seq, file, files, places) for seq, row in enumerate(rows, start=1)]
        columns = [c for c in layout if c.field not in _OPTIONAL or any(cell_of(row, c) is not None for row in full)]
        sheets[name] = columns, [[cell_of(row, column) for column in columns] for row in full]
    path = target / str(file["file"])
    if path.suffix == ".csv":
        ((columns, cells),) = sheets.values()
        write_csv(path, title, columns, cells)
    else:
        write_xlsx(path, title, sheets)
    used = [c for c in layout if any(c in columns for columns, _ in sheets.values())]
    text = yaml.safe_dump(build_mapping(file, used), allow_unicode=True, sort_keys=False, width=1000)
    (target / "mappings" / f"{path.stem}.yaml").write_text(text, encoding="utf-8", newline="\n")


def build_sample(target: Path = TARGET) -> list[str]:
    """Write every file of the sample into a folder; the names, in import order."""
    story = read_story()
    files = {str(file["file"]): file for file in story}
    places = number_rows(story)
    (target / "mappings").mkdir(parents=True, exist_ok=True)
    for file in story:
        build_file(file, files, places, target)
    return list(files)


if __name__ == "__main__":
    built = build_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
    print(f"{len(built)} files")

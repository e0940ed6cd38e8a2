"""``report.xlsx``: the report of an import for people, as a workbook with a filter on every column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tracegraph.ingest.report_rows import FATE_WORDS, SEVERITY_WORDS, BatchRows, TableCounts, TableKey
from tracegraph.ingest.xlsx_writer import Cell, SheetShape, WorkbookWriter, column_letters
from tracegraph.model.records import ItemReading, Problem, RecordBatch, RowFate, RowReport, TableLayout

#: Worksheets of the report, in order; headings in Thai and English, widths in characters.
SUMMARY = SheetShape(
    "สรุป",
    (
        "ไฟล์ / file", "แผ่นงาน / sheet", "ชนิด / kind", "แบบฟอร์ม / form", "ความมั่นใจ / confidence",
        "เหตุผล / reasons", "แถวหัวคอลัมน์ / heading rows", "แผน / plan", "แถว / rows", "รับเข้า / loaded",
        "รวมกับแถวอื่น / merged", "กักไว้ / quarantined", "เตือน / warnings", "ยอดรวมที่ตรวจ / totals checked",
        "ไฟล์ที่แก้แล้วนำเข้าได้ / quarantine file", "ข้อสังเกตของแผ่นงาน / remarks",
    ),
    (28, 24, 11, 30, 11, 40, 13, 36, 9, 9, 12, 11, 9, 18, 30, 70),
)  # fmt: skip
ROWS = SheetShape(
    "ทุกแถว",
    (
        "ไฟล์ / file", "แผ่นงาน / sheet", "แถว / row", "หน้า / page", "ผล / fate", "ข้อความที่อ่าน / as read",
        "เป็นรายการ / became", "คอลัมน์ / column", "ปัญหา / problem", "พบ / found", "ควรเป็น / expected",
        "คำอธิบาย", "explanation",
    ),
    (24, 20, 8, 7, 20, 50, 24, 18, 18, 24, 24, 50, 50),
)  # fmt: skip
PROBLEMS = SheetShape(
    "ปัญหา",
    (
        "ความสำคัญ / severity", "ไฟล์ / file", "แผ่นงาน / sheet", "แถว / row", "คอลัมน์ / column", "ปัญหา / problem",
        "พบ / found", "ควรเป็น / expected", "คำอธิบาย", "explanation",
    ),
    (20, 24, 20, 8, 18, 20, 30, 30, 60, 60),
)  # fmt: skip
COLUMNS = SheetShape(
    "คอลัมน์",
    (
        "ไฟล์ / file", "แผ่นงาน / sheet", "คอลัมน์ / column", "หัวคอลัมน์ / heading", "อ่านเป็น / read as", "ปี / year",
        "หน่วย (บาท) / unit (baht)", "ชุดยุทธศาสตร์ / strategy list", "เหตุผล / reason",
    ),
    (28, 24, 9, 40, 20, 8, 14, 18, 44),
)  # fmt: skip
NOTES = SheetShape(
    "บันทึกข้าง",
    (
        "ไฟล์ / file", "แผ่นงาน / sheet", "แถว / row", "รายการ / item", "ข้อความในกล่องหรือความเห็น / note",
        "รหัสรายการ / uid",
    ),
    (28, 24, 8, 50, 60, 24),
)  # fmt: skip
_NOT_READ = "ไม่ได้อ่าน / not read"

Line = Sequence[Cell]
Refusals = Sequence[tuple[str, str, str]]
QuarantineNames = Mapping[tuple[str, TableKey], str]


def write_workbook(batches: Sequence[RecordBatch], refused: Refusals, files: QuarantineNames, path: Path) -> None:
    """Write the report for people.

    ``refused`` are (file, Thai, English) of files that were not taken; ``files`` name the quarantine file of a
    document's uid and table. Rows are written as they come: memory does not grow with them.
    """
    with WorkbookWriter(path) as book:
        book.write_sheet(SUMMARY, _summary(batches, refused, files))
        book.write_sheet(ROWS, _rows(batches))
        book.write_sheet(PROBLEMS, _problems(batches))
        book.write_sheet(COLUMNS, _columns(batches))
        book.write_sheet(NOTES, _notes(batches))


def _summary(batches: Sequence[RecordBatch], refused: Refusals, files: QuarantineNames) -> Iterator[Line]:
    for batch in batches:
        for table in BatchRows(batch).iter_tables():
            yield _table_line(batch, table, files.get((batch.document.uid, table.key), ""))
    for file, th, en in refused:
        yield (file, "", "", "ไม่รับ / refused", *[None] * 11, f"{th}\n{en}")


def _table_line(batch: RecordBatch, table: TableCounts, quarantine: str) -> Line:
    layout = table.layout
    remarks = [f"{problem.th}\n{problem.en}" for problem in table.remarks]
    if layout is not None and layout.hidden:
        remarks.insert(0, "แผ่นงานซ่อน แต่อ่านเป็นข้อมูลเหมือนแผ่นอื่น\nhidden sheet, read as data like the others")
    fates = [table.fates.get(fate, 0) for fate in (RowFate.LOADED, RowFate.MERGED, RowFate.QUARANTINED)]
    return (
        table.file,
        table.sheet,
        layout.kind if layout else "",
        _form_of(layout),
        round(layout.form_confidence, 2) if layout and layout.form else None,
        "\n".join(f"{th} / {en}" for th, en in layout.form_reasons) if layout else "",
        f"{layout.heading_first}–{layout.heading_last}" if layout and layout.heading_first else "",
        "\n".join(table.plans),
        table.rows,
        *fates,
        table.warnings,
        _checks_of(layout),
        quarantine,
        "\n".join(remarks),
    )


def _checks_of(layout: TableLayout | None) -> str:
    """How many of the table's own totals agree with its rows; differences are told as problems."""
    checks = layout.checks if layout else ()
    if not checks:
        return ""
    agree = sum(1 for check in checks if check.agrees)
    other = len(checks) - agree
    return f"ตรง {agree:,} / {agree:,} agree" + (f"\nไม่ตรง {other:,} / {other:,} differ" if other else "")


def _form_of(layout: TableLayout | None) -> str:
    if layout is None:
        return "ไม่ได้อ่าน / not read"
    if not layout.form:
        return "ไม่ใช่แบบที่รู้จัก อ่านตามหัวคอลัมน์ / no known form, read by headings"
    return layout.form_label or layout.form


def _rows(batches: Sequence[RecordBatch]) -> Iterator[Line]:
    for batch in batches:
        rows = BatchRows(batch)
        for row in batch.rows:
            yield (
                row.file,
                row.sheet,
                row.row,
                rows.page_of(row),
                FATE_WORDS[row.fate],
                rows.name_of(row),
                row.uid or "",
                *_problem_cells(row),
            )


def _problem_cells(row: RowReport) -> list[str]:
    """The row's problems side by side: the n-th line of each cell belongs to the n-th problem."""
    if not row.problems:
        return [""] * 6
    problems = row.problems
    several = (
        [problem.column or "" for problem in problems],
        [problem.code for problem in problems],
        [problem.found for problem in problems],
        [problem.expected for problem in problems],
        [problem.th for problem in problems],
        [problem.en for problem in problems],
    )
    if len(problems) == 1:
        return [one[0] for one in several]
    return ["\n".join(f"{n}) {' '.join(text.split())}" for n, text in enumerate(one, start=1)) for one in several]


def _problems(batches: Sequence[RecordBatch]) -> Iterator[Line]:
    for severity in ("error", "warning"):
        for batch in batches:
            yield from (_problem_line(problem) for problem in batch.problems if problem.severity == severity)


def _problem_line(problem: Problem) -> Line:
    return (
        SEVERITY_WORDS[problem.severity],
        problem.file,
        problem.sheet,
        problem.row,
        problem.column or "",
        problem.code,
        problem.found,
        problem.expected,
        problem.th,
        problem.en,
    )


def _columns(batches: Sequence[RecordBatch]) -> Iterator[Line]:
    for batch in batches:
        for layout in batch.layouts:
            where = (batch.document.file, layout.sheet)
            read = {column.index: column for column in layout.columns}
            for index, heading in enumerate(layout.headings):
                column = read.get(index)
                letters = column_letters(index)
                if column is not None:
                    unit = column.unit if column.unit != 1.0 else None
                    held = (column.prop, str(column.year or ""), unit, column.list_id or "", column.reason)
                    yield (*where, letters, column.heading, *held)
                elif heading:
                    yield (*where, letters, heading, _NOT_READ, "", None, "", "")
            for prop, value in layout.constants:
                yield (*where, "", value, prop, "", None, "", "ค่าคงที่ของทุกแถว / the same for all rows")


def _notes(batches: Sequence[RecordBatch]) -> Iterator[Line]:
    for batch in batches:
        for reading in batch.readings:
            yield from (_note_line(batch.document.file, reading, note) for note in reading.notes)


def _note_line(file: str, reading: ItemReading, note: str) -> Line:
    return (file, reading.sheet, reading.row, reading.name, note, reading.uid)

"""What ``tracegraph import`` prints: a line for each file, the first problems, the counts, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, say

if TYPE_CHECKING:
    from tracegraph.graph.summary import RunSummary
    from tracegraph.ingest.quarantine import Refused
    from tracegraph.model.records import Problem, RecordBatch

COLUMNS = ("file", "kind", "rows", "loaded", "merged", "quarantined", "warnings")
WRITTEN = ("new", "changed", "unchanged", "superseded")
#: Headings and kinds as a table for people shows them (short: eleven columns); JSON and CSV keep the names above.
_HEADINGS = {
    "file": "ไฟล์", "kind": "ชนิด", "rows": "แถว", "loaded": "รับเข้า", "merged": "รวม", "quarantined": "กักไว้",
    "warnings": "เตือน", "new": "ใหม่", "changed": "เปลี่ยน", "unchanged": "คงเดิม", "superseded": "ถูกแทน",
}  # fmt: skip
KINDS = {
    "needs": "ความต้องการ", "items": "รายการแผน", "contracts": "สัญญา", "strategies": "ยุทธศาสตร์",
    "links": "ความเชื่อมโยง", "plans": "ทะเบียนแผน",
}  # fmt: skip


def show_lines(columns: tuple[str, ...], lines: Sequence[dict[str, Any]], fmt: str) -> None:
    """One line for each file that was read; a table has Thai headings, and none at all where no file was read."""
    if fmt != "table":
        emit(columns, lines, fmt)
    elif lines:
        shown = [{_HEADINGS[name]: line[name] for name in columns} for line in lines]
        for line in shown:
            line[_HEADINGS["kind"]] = KINDS.get(line[_HEADINGS["kind"]], line[_HEADINGS["kind"]])
        emit([_HEADINGS[name] for name in columns], shown, fmt)


def file_line(batch: RecordBatch, summary: RunSummary | None) -> dict[str, Any]:
    """The counts of one file: rows by fate, and what the graph says of it where it was written."""
    from tracegraph.ingest.quarantine import count_fates

    warnings = sum(1 for problem in batch.problems if problem.severity == "warning")
    line: dict[str, Any] = {
        "file": batch.document.file,
        "kind": batch.document.kind,
        **count_fates(batch),
        "warnings": warnings,
    }
    written = next((d for d in summary.documents if d.uid == batch.document.uid), None) if summary else None
    if written is not None:
        line |= {name: getattr(written, name) for name in WRITTEN}
    return line


def show_problems(batches: Sequence[RecordBatch]) -> None:
    """The first problems of all files together; the report has all."""
    from tracegraph.ingest.preview import first_problems

    shown, left = first_problems([problem for batch in batches for problem in batch.problems])
    for problem in shown:
        _show_problem(problem)
    if left:
        say(f"และอีก {left:,} รายการในรายงาน", f"and {left:,} more in the report")


def _show_problem(problem: Problem) -> None:
    mark = "กักไว้/error" if problem.severity == "error" else "โปรดตรวจสอบ/warning"
    where = [problem.file, problem.sheet]
    where.append(f"แถว/row {problem.row}" if problem.row is not None else "")
    where.append(f"[{problem.column}]" if problem.column else "")
    click.echo(f"{mark}: {' '.join(part for part in where if part)}", err=True)
    click.echo(f"  {problem.th}", err=True)
    click.echo(f"  {problem.en}", err=True)


def say_outcome(batches: Sequence[RecordBatch], refused: Sequence[Refused], *, preview: bool) -> None:
    """Rows by fate, and what was refused."""
    if batches:
        _say_counts(batches, preview=preview)
    if refused:
        names = ", ".join(one.file for one in refused)
        others = ("", "") if preview else (" ไฟล์อื่นเข้าแล้ว", "; the others went in")
        if not batches:
            others = (" ไม่มีอะไรเปลี่ยน", "; nothing was changed")
        say(f"ไม่รับ {len(refused)} ไฟล์: {names}{others[0]}", f"{len(refused)} files refused: {names}{others[1]}")


def _say_counts(batches: Sequence[RecordBatch], *, preview: bool) -> None:
    from tracegraph.ingest.quarantine import count_fates

    counts = Counter[str]()
    for batch in batches:
        counts.update(count_fates(batch))
    th, en = (" (ตรวจเท่านั้น ยังไม่บันทึก)", " (checked only, nothing written)") if preview else ("", "")
    say(
        f"อ่าน {counts['rows']:,} แถว: รับเข้า {counts['loaded']:,} รวมกับแถวเดิม {counts['merged']:,} "
        f"กักไว้ {counts['quarantined']:,}{th}",
        f"{counts['rows']:,} rows: {counts['loaded']:,} loaded, {counts['merged']:,} merged, "
        f"{counts['quarantined']:,} quarantined{en}",
    )

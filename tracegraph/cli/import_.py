"""``tracegraph import``: files into the graph, every row with a fate, as one run."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, format_option, say, settings_of, show_error
from tracegraph.cli.steps import progress_bar

if TYPE_CHECKING:
    from tracegraph.errors import InputError
    from tracegraph.graph.store import Store
    from tracegraph.graph.summary import RunSummary
    from tracegraph.ingest.context import ImportContext, Ownership
    from tracegraph.ingest.importer import Mapped
    from tracegraph.ingest.mapping import TableMapping
    from tracegraph.ingest.quarantine import Refused
    from tracegraph.ingest.tables import Table
    from tracegraph.model.records import Problem, RecordBatch

COLUMNS = ("file", "kind", "rows", "loaded", "merged", "quarantined", "warnings")
WRITTEN = ("new", "changed", "unchanged", "superseded")
#: Headings and kinds as a table for people shows them (short: eleven columns); JSON and CSV keep the names above.
_HEADINGS = {
    "file": "ไฟล์", "kind": "ชนิด", "rows": "แถว", "loaded": "รับเข้า", "merged": "รวม", "quarantined": "กักไว้",
    "warnings": "เตือน", "new": "ใหม่", "changed": "เปลี่ยน", "unchanged": "คงเดิม", "superseded": "ถูกแทน",
}  # fmt: skip
_KINDS = {
    "needs": "ความต้องการ", "items": "รายการแผน", "contracts": "สัญญา", "strategies": "ยุทธศาสตร์",
    "links": "ความเชื่อมโยง", "plans": "ทะเบียนแผน",
}  # fmt: skip
_OWNERS = (
    "MATCH (p:Plan)-[:STATED_IN]->(d:Document) WHERE d.current OPTIONAL MATCH (p)-[:OWNED_BY]->(b:Body)"
    " RETURN d.uid AS document, d.series AS series, p.area AS area,"
    " b.uid AS owner, b.name AS name, b.kind AS kind, b.area AS body_area"
)
_SHOWN, _SHOWN_OF_ONE_CODE = 20, 3


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    "mappings",
    multiple=True,
    type=click.Path(path_type=Path),
    help="ไฟล์จับคู่หัวคอลัมน์ (YAML) / mapping file; repeatable, the fitting one is used",
)
@click.option("--owner", help="เจ้าของแผน เช่น อบต.แม่ใส / body whose plan it is")
@click.option("--area", help="รหัสหรือชื่อพื้นที่ / area code or words, e.g. 560114 or 'ต.แม่ใส อ.เมืองพะเยา'")
@click.option("--plan-kind", help="ชนิดแผน / plan kind, PK01 … PK12")
@click.option("--stage", help="ขั้น / stage: plan, action, budget, contract")
@click.option("--years", help="ปีของแผน (พ.ศ.) / years of the plan, e.g. 2566-2570")
@click.option("--dry-run", is_flag=True, help="อ่านและตรวจเท่านั้น ไม่บันทึก / read and check, write nothing")
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    mappings: tuple[Path, ...],
    dry_run: bool,
    fmt: str,
    owner: str | None,
    area: str | None,
    plan_kind: str | None,
    stage: str | None,
    years: str | None,
) -> None:
    """นำเข้าไฟล์ CSV และ XLSX / import CSV and XLSX files.

    Columns are told by a mapping file, by a file NAME.yaml beside the data file or in mappings/ there, else by their
    headings. Every row is loaded, merged with an equal one, or quarantined with the reason; a file that cannot be
    taken does not stop the others (exit 1 says that there was one).

    Rows are counted by fate: loaded, merged, quarantined. New, changed, unchanged and superseded count what the graph
    says: a need, a project, or a strategy that the rows name.
    """
    from tracegraph.ingest.context import ImportContext

    context = ImportContext(owner=owner, area=area, plan_kind=plan_kind, stage=stage, years=years)
    context.check()
    if dry_run:
        batches, refused = _read(files, mappings, context, {}, _show_columns)
        summary = report = None
    else:
        batches, refused, summary, report = _read_and_write(ctx, files, mappings, context)
    for one in refused:
        show_error(one.error)
    _show_problems(batches)
    lines = [_line(batch, summary) for batch in batches]
    _show_lines(COLUMNS if summary is None else COLUMNS + WRITTEN, lines, fmt)
    _say_outcome(batches, refused, dry_run=dry_run)
    if summary is not None and report is not None:
        _say_next(summary, report, quarantined=any(row.fate == "quarantined" for b in batches for row in b.rows))
    if refused:
        sys.exit(1)


def _read_and_write(
    ctx: click.Context, files: Sequence[Path], mappings: Sequence[Path], context: ImportContext
) -> tuple[list[RecordBatch], list[Refused], RunSummary | None, Path | None]:
    from tracegraph.graph.store import open_store
    from tracegraph.ingest.quarantine import write_report
    from tracegraph.ingest.unresolved import add_unresolved

    settings = settings_of(ctx)
    with open_store(settings) as store:
        batches, refused = _read(files, mappings, context, load_owners(store))
        summary = _write(store, batches) if batches else None
    if summary is None:
        return batches, refused, None, None
    batches = add_unresolved(batches, summary.problems)
    folder = settings.home / "reports" / summary.uid.replace(":", "-")
    return batches, refused, summary, write_report(batches, folder, refused=refused)


def _write(store: Store, batches: Sequence[RecordBatch]) -> RunSummary:
    with progress_bar() as progress:  # one transaction: how far it is cannot be told, only that it goes on
        rows = sum(len(batch.rows) for batch in batches)
        progress.add_task(f"บันทึก {rows:,} แถว / writing {rows:,} rows", total=None)
        return store.write_batches(batches, command="import")


def load_owners(store: Store) -> dict[str, Ownership]:
    """Whose the documents of the graph are, by document uid and by series; those with several owners left out."""
    from tracegraph.ingest.context import Ownership
    from tracegraph.model.records import BodyRecord

    found: dict[str, set[Ownership]] = {}
    for row in store.read(_OWNERS, {}):
        body = None
        if row["owner"]:
            body = BodyRecord(uid=row["owner"], name=row["name"], kind=row["kind"], area=row["body_area"])
        if body or row["area"]:
            for key in (row["document"], row["series"]):
                found.setdefault(key, set()).add(Ownership(body, row["area"], "before"))
    return {key: next(iter(owners)) for key, owners in found.items() if len(owners) == 1}


def _read(
    files: Sequence[Path],
    mapping_files: Sequence[Path],
    context: ImportContext,
    before: Mapping[str, Ownership],
    explain: Mapped | None = None,
) -> tuple[list[RecordBatch], list[Refused]]:
    from tracegraph.ingest.importer import read_files
    from tracegraph.ingest.mapping import load_mapping
    from tracegraph.ingest.quarantine import Refused

    refused: list[Refused] = []
    mappings = [load_mapping(path) for path in mapping_files]

    def refuse(path: Path, error: InputError) -> None:
        refused.append(Refused(path.name, error))

    with progress_bar() as progress:
        task = progress.add_task("อ่านไฟล์ / reading", total=None)

        def show_file(path: Path, _done: int, _total: int) -> None:
            progress.update(task, description=f"เปิดไฟล์ / opening {path.name}")

        def show_rows(name: str, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total, description=f"อ่านไฟล์ / reading {name}")

        batches = read_files(
            files,
            mapping=mappings or None,
            context=context,
            progress=show_file,
            on_rows=show_rows,
            on_refusal=refuse,
            before=before,
            on_mapping=explain,
        )
    return batches, refused


def _show_lines(columns: tuple[str, ...], lines: Sequence[dict[str, Any]], fmt: str) -> None:
    """One line for each file that was read; a table has Thai headings, and none at all where no file was read."""
    if fmt != "table":
        emit(columns, lines, fmt)
    elif lines:
        shown = [{_HEADINGS[name]: value for name, value in line.items()} for line in lines]
        for line in shown:
            line[_HEADINGS["kind"]] = _KINDS.get(line[_HEADINGS["kind"]], line[_HEADINGS["kind"]])
        emit([_HEADINGS[name] for name in columns], shown, fmt)


def _show_columns(table: Table, mapping: TableMapping) -> None:
    """How each column is read, and why: what a person checks before the first import of a new form."""
    sheet = f" [{table.sheet}]" if table.sheet else ""
    say(f"{table.file}{sheet}: {mapping.kind}", "")
    for column in mapping.columns:
        held = f"{column.prop} {column.year}" if column.year else column.list_id or column.prop
        click.echo(f"  {' '.join(column.heading.split())} → {held} ({column.reason})", err=True)


def _line(batch: RecordBatch, summary: RunSummary | None) -> dict[str, Any]:
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


def _show_problems(batches: Sequence[RecordBatch]) -> None:
    """The first problems, errors first and rows before files, at most three of one sort; the report has all."""
    problems = [problem for batch in batches for problem in batch.problems]
    shown: Counter[str] = Counter()
    left = 0
    for problem in sorted(problems, key=lambda p: (p.severity != "error", p.row is None)):
        if shown[problem.code] >= _SHOWN_OF_ONE_CODE or shown.total() >= _SHOWN:
            left += 1
            continue
        shown[problem.code] += 1
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


def _say_outcome(batches: Sequence[RecordBatch], refused: Sequence[Refused], *, dry_run: bool) -> None:
    """Rows by fate, and what was refused."""
    if batches:
        _say_counts(batches, dry_run=dry_run)
    if refused:
        names = ", ".join(one.file for one in refused)
        others = ("", "") if dry_run else (" ไฟล์อื่นเข้าแล้ว", "; the others went in")
        if not batches:
            others = (" ไม่มีอะไรเปลี่ยน", "; nothing was changed")
        say(f"ไม่รับ {len(refused)} ไฟล์: {names}{others[0]}", f"{len(refused)} files refused: {names}{others[1]}")


def _say_counts(batches: Sequence[RecordBatch], *, dry_run: bool) -> None:
    from tracegraph.ingest.quarantine import count_fates

    counts = Counter[str]()
    for batch in batches:
        counts.update(count_fates(batch))
    th, en = (" (ตรวจเท่านั้น ยังไม่บันทึก)", " (checked only, nothing written)") if dry_run else ("", "")
    say(
        f"อ่าน {counts['rows']:,} แถว: รับเข้า {counts['loaded']:,} รวมกับแถวเดิม {counts['merged']:,} "
        f"กักไว้ {counts['quarantined']:,}{th}",
        f"{counts['rows']:,} rows: {counts['loaded']:,} loaded, {counts['merged']:,} merged, "
        f"{counts['quarantined']:,} quarantined{en}",
    )


def _say_next(summary: RunSummary, report: Path, *, quarantined: bool) -> None:
    from tracegraph.ingest.quarantine import PROBLEMS, QUARANTINE

    links = summary.links
    written = summary.new or summary.changed or summary.superseded or links.created or links.changed or links.removed
    if not written:
        say("ข้อมูลเหมือนที่นำเข้าไว้แล้ว ไม่มีอะไรเปลี่ยน", "the same was imported before; nothing changed")
    say("รายงาน", f"report: {report}")
    if (report / PROBLEMS).exists():
        say(f"รายการที่ต้องตรวจทั้งหมด: {PROBLEMS}", f"everything to check: {PROBLEMS}")
    if quarantined:
        say(
            f"แถวที่กักไว้: {QUARANTINE} — แก้ในไฟล์ต้นทาง แล้วนำเข้าไฟล์นั้นอีกครั้ง",
            f"quarantined rows: {QUARANTINE}; mend them in the source file and import it again",
        )
    if written:
        say("ขั้นต่อไป", "next: tracegraph link")

"""``tracegraph import``: files into the graph, every row with a fate, as one run; or a preview of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracegraph.cli.common import format_option, say, settings_of, show_error
from tracegraph.cli.import_output import COLUMNS, WRITTEN, file_line, say_outcome, show_lines, show_problems
from tracegraph.cli.import_reading import Asked, Reading, load_owners, read_asked, remember_given
from tracegraph.cli.steps import progress_bar
from tracegraph.errors import UsageError

if TYPE_CHECKING:
    from tracegraph.graph.store import Store
    from tracegraph.graph.summary import RunSummary
    from tracegraph.model.records import RecordBatch

__all__ = ["command", "load_owners"]

#: Options that say something about the files, in the order in which a command line repeats them.
_STATED = ("owner", "area", "plan_kind", "stage", "years")


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    "mappings",
    multiple=True,
    type=click.Path(path_type=Path),
    help="ไฟล์จับคู่หัวคอลัมน์ (YAML) / mapping file; repeatable, the fitting one is used",
)
@click.option("--no-remembered", is_flag=True, help="ไม่ใช้การจับคู่ที่จำไว้ / leave remembered mappings aside")
@click.option("--owner", help="เจ้าของแผน เช่น อบต.แม่ใส / body whose plan it is")
@click.option("--area", help="รหัสหรือชื่อพื้นที่ / area code or words, e.g. 560114 or 'ต.แม่ใส อ.เมืองพะเยา'")
@click.option("--plan-kind", help="ชนิดแผน / plan kind, PK01 … PK12")
@click.option("--stage", help="ขั้น / stage: plan, action, budget, contract")
@click.option("--years", help="ปีของแผน (พ.ศ.) / years of the plan, e.g. 2566-2570")
@click.option(
    "--preview", "--dry-run", "preview", is_flag=True, help="ดูก่อน ไม่บันทึก / show what would happen, write nothing"
)
@click.option(
    "--write-mapping",
    type=click.Path(path_type=Path, dir_okay=False),
    help="กับ --preview: เขียนการจับคู่ที่พบไว้แก้ / with --preview: write the detected mapping to correct it",
)
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    mappings: tuple[Path, ...],
    no_remembered: bool,
    preview: bool,
    write_mapping: Path | None,
    fmt: str,
    **stated: str | None,
) -> None:
    """นำเข้าไฟล์แผนและความต้องการ / import files of plans and needs.

    Columns are told by a mapping file, by a file NAME.yaml beside the data file or in mappings/ there, by a mapping
    remembered for the same headings, else by the headings. Every row is loaded, merged with an equal one, or
    quarantined with the reason; a file that cannot be taken does not stop the others (exit 1 says that there was one).

    Rows are counted by fate: loaded, merged, quarantined. New, changed, unchanged and superseded count what the graph
    says: a need, a project, or a strategy that the rows name.
    """
    from tracegraph.ingest.context import ImportContext

    if write_mapping and not preview:
        raise UsageError("--write-mapping ใช้กับ --preview เท่านั้น", "--write-mapping goes with --preview only")
    context = ImportContext(
        owner=stated["owner"],
        area=stated["area"],
        plan_kind=stated["plan_kind"],
        stage=stated["stage"],
        years=stated["years"],
    )
    context.check()
    asked = Asked(
        files=files,
        mappings=mappings,
        context=context,
        home=settings_of(ctx).home,
        use_remembered=not no_remembered,
    )
    reading = _preview(ctx, asked, write_mapping, stated, fmt) if preview else _import(ctx, asked, fmt)
    if reading.refused:
        sys.exit(1)


def _preview(
    ctx: click.Context, asked: Asked, write_mapping: Path | None, stated: dict[str, str | None], fmt: str
) -> Reading:
    from tracegraph.cli.import_preview import read_preview, say_next, show_preview, write_mappings

    found, reading = read_preview(settings_of(ctx), asked)
    for one in reading.refused:
        show_error(one.error)
    show_preview(found, fmt)
    show_problems(reading.batches)
    say_outcome(reading.batches, reading.refused, preview=True)
    written = write_mappings(reading, write_mapping) if write_mapping else []
    if reading.batches:
        options = [w for name in _STATED if (v := stated[name]) for w in (f"--{name.replace('_', '-')}", v)]
        home = ctx.find_root().obj
        say_next(asked, options, ["--home", home] if home else [], written)
    return reading


def _import(ctx: click.Context, asked: Asked, fmt: str) -> Reading:
    reading, summary, report = _read_and_write(ctx, asked)
    for one in reading.refused:
        show_error(one.error)
    show_problems(reading.batches)
    lines = [file_line(batch, summary) for batch in reading.batches]
    show_lines(COLUMNS if summary is None else COLUMNS + WRITTEN, lines, fmt)
    say_outcome(reading.batches, reading.refused, preview=False)
    if summary is not None and report is not None:
        remember_given(asked, reading)
        quarantined = any(row.fate == "quarantined" for batch in reading.batches for row in batch.rows)
        _say_next(summary, report, quarantined=quarantined)
    return reading


def _read_and_write(ctx: click.Context, asked: Asked) -> tuple[Reading, RunSummary | None, Path | None]:
    from tracegraph.graph.store import open_store
    from tracegraph.ingest.quarantine import write_report
    from tracegraph.ingest.unresolved import add_unresolved

    settings = settings_of(ctx)
    with open_store(settings) as store:
        reading = read_asked(asked, load_owners(store))
        summary = _write(store, reading.batches) if reading.batches else None
    if summary is None:
        return reading, None, None
    reading.batches = add_unresolved(reading.batches, summary.problems)
    folder = settings.home / "reports" / summary.uid.replace(":", "-")
    return reading, summary, write_report(reading.batches, folder, refused=reading.refused)


def _write(store: Store, batches: Sequence[RecordBatch]) -> RunSummary:
    with progress_bar() as progress:  # one transaction: how far it is cannot be told, only that it goes on
        rows = sum(len(batch.rows) for batch in batches)
        progress.add_task(f"บันทึก {rows:,} แถว / writing {rows:,} rows", total=None)
        return store.write_batches(batches, command="import")


def _say_next(summary: RunSummary, report: Path, *, quarantined: bool) -> None:
    from tracegraph.ingest.quarantine import PROBLEMS, QUARANTINE
    from tracegraph.ingest.quarantine_files import FOLDER

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
        for path in sorted(path for path in (report / FOLDER).glob("*") if path.suffix != ".yaml"):
            say(
                f"หรือแก้ใน {FOLDER}/{path.name} (เก็บ .yaml ไว้ข้างกัน) แล้วนำเข้าไฟล์นั้น",
                f'or mend {FOLDER}/{path.name} (keep its .yaml beside it): tracegraph import "{path}"',
            )
    if written:
        say("ขั้นต่อไป", "next: tracegraph link")

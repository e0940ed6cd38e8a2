"""``tracegraph demo``: the sample from files to a summary in Thai, then the pages."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracegraph.cli.common import say, settings_of
from tracegraph.cli.serve import DEFAULT_PORT
from tracegraph.cli.serve import command as serve

if TYPE_CHECKING:
    from tracegraph.graph.store import Store


@click.command(name="demo")
@click.option("--no-serve", is_flag=True, help="ไม่เปิดหน้าเว็บ / do not open the pages")
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="พอร์ต / port")
@click.pass_context
def command(ctx: click.Context, no_serve: bool, port: int) -> None:
    """นำเข้าข้อมูลตัวอย่าง เสนอความเชื่อมโยง สรุปผล แล้วเปิดหน้าเว็บ / the sample from files to pages.

    The sample has a data folder of its own (demo/ in the usual one) unless --home or TRACEGRAPH_HOME names another, so
    that invented records never mix with an office's own.
    """
    from tracegraph.cli.steps import run_linking
    from tracegraph.cli.summary import summarize
    from tracegraph.graph.store import open_store

    settings = settings_of(ctx)
    root = ctx.find_root()
    if root.obj is None and not os.environ.get("TRACEGRAPH_HOME"):
        root.obj = str(settings.home / "demo")
        settings = settings_of(ctx)
    say("กำลังเปิดฐานข้อมูล", "opening the database")
    with open_store(settings) as store:
        files, rows, quarantined = _load_sample(store)
        run = run_linking(store, settings.home)
        click.echo("ข้อมูลตัวอย่าง จ.กระบี่: เรื่องสมมติ ไม่ใช่ข้อมูลของหน่วยงานใด")
        click.echo(
            f"{files:,} ไฟล์ {rows:,} แถว กักไว้ {quarantined:,} แถว → ความต้องการ {run.needs:,} เรื่อง"
            f" รายการโครงการ {run.projects:,} รายการ ข้อเสนอแนะ {sum(run.proposed.values()):,} เส้น\n"
        )
        click.echo("\n".join(summarize(store)))
    if no_serve:
        again = _again(settings.home, root.obj)
        say(f"\nดูเป็นหน้าเว็บ: {again} แล้วเปิด http://127.0.0.1:{DEFAULT_PORT}", "run it to open the pages")
        return
    click.echo("")
    ctx.invoke(serve, port=port)


def _load_sample(store: Store) -> tuple[int, int, int]:
    """Read and write the sample's files as one run; how many files, rows and quarantined rows there are."""
    from tracegraph.cli.import_ import load_owners
    from tracegraph.cli.steps import progress_bar
    from tracegraph.ingest.importer import read_files
    from tracegraph.ingest.quarantine import count_fates
    from tracegraph.sample import sample_files

    paths = sample_files()
    with progress_bar() as progress:
        task = progress.add_task("อ่านไฟล์ตัวอย่าง / reading the sample", total=len(paths))

        def show(_path: Path, done: int, _total: int) -> None:
            progress.update(task, completed=done)

        batches = read_files(paths, progress=show, before=load_owners(store))
    store.write_batches(batches, command="demo")
    fates = [count_fates(batch) for batch in batches]
    return len(paths), sum(f["rows"] for f in fates), sum(f["quarantined"] for f in fates)


def _again(home: Path, chosen: str | None) -> str:
    """The command that serves this data folder; the folder is named where it is not found by itself."""
    named = f' --home "{home}"' if chosen else ""
    program = sys.argv[0] if Path(sys.argv[0]).stem == "tracegraph" else "tracegraph"
    return f"{program}{named} serve"

"""``tracegraph demo``: the sample from files to pages, with a summary in Thai."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import render_table, say, settings_of

if TYPE_CHECKING:
    from tracegraph.graph.store import Store


@click.command(name="demo")
@click.option("--no-serve", is_flag=True, help="ไม่เปิดหน้าเว็บ / do not open the pages")
@click.pass_context
def command(ctx: click.Context, no_serve: bool) -> None:
    """นำเข้าข้อมูลตัวอย่าง เสนอความเชื่อมโยง สรุปผล แล้วเปิดหน้าเว็บ / the sample from files to pages."""
    from tracegraph.cli.import_ import command as import_files
    from tracegraph.cli.steps import run_linking
    from tracegraph.graph.store import open_store
    from tracegraph.sample import sample_files

    settings = settings_of(ctx)
    if ctx.find_root().obj is None and not _explicit_home():
        # the sample never mixes with an office's own data
        ctx.find_root().obj = str(settings.home / "demo")
        settings = settings_of(ctx)
    ctx.invoke(import_files, files=tuple(sample_files()))
    with open_store(settings) as store:
        run_linking(store, settings.home)
        _summarize(store)
    if not no_serve:
        from tracegraph.cli.serve import command as serve

        ctx.invoke(serve)


def _explicit_home() -> bool:
    import os

    return bool(os.environ.get("TRACEGRAPH_HOME"))


def _summarize(store: Store) -> None:
    from tracegraph.analyse.questions import ask

    click.echo("สรุปผลจากข้อมูลตัวอย่าง (เรื่องสมมติ)")
    for title, name, limit in (
        ("ความต้องการไปถึงระดับใด", "reach_funnel", 12),
        ("ความต้องการที่ยังไม่มีโครงการรองรับ", "needs_unanswered", 3),
        ("คู่โครงการที่อาจซ้ำซ้อน โปรดตรวจสอบ", "duplicates_across_bodies", 3),
        ("ความสอดคล้องรายพื้นที่", "alignment_by_area", 3),
    ):
        answer: Any = ask(store, name, {})
        click.echo(f"\n{title}")
        click.echo(render_table(tuple(answer.columns), answer.rows[:limit], limit=32))
    say("เปิดหน้าเว็บด้วย tracegraph serve: http://127.0.0.1:8765", "open the pages with tracegraph serve")

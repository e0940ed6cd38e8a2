"""``tracegraph link``: propose links over everything that is loaded."""

from __future__ import annotations

import click

from tracegraph.cli.common import emit, format_option, say, settings_of
from tracegraph.cli.steps import JOB_TITLES, JOBS, run_linking


@click.command(name="link")
@click.option("--job", "jobs", type=click.Choice(JOBS), multiple=True, help="ทำเฉพาะงานนี้ / only this job (repeatable)")
@click.option(
    "--floor", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="เกณฑ์ต่ำสุด / lowest probability"
)
@format_option
@click.pass_context
def command(ctx: click.Context, jobs: tuple[str, ...], floor: float, fmt: str) -> None:
    """เสนอความเชื่อมโยงให้ตรวจ / propose links, with evidence, for people to decide.

    Writes links with status "suggested" only. What a document declares or a person decided stays as it is, and a
    rejected pair is not proposed again unless one of its texts changes.
    """
    from tracegraph.graph.store import open_store

    settings = settings_of(ctx)
    with open_store(settings) as store:
        run = run_linking(store, settings.home, jobs=jobs or JOBS, floor=floor)
    say(
        f"อ่านความต้องการ {run.needs:,} รายการ โครงการ {run.projects:,} รายการ",
        f"read {run.needs:,} needs and {run.projects:,} projects",
    )
    rows = [{"job": job, "title": JOB_TITLES[job], "proposed": count} for job, count in run.proposed.items()]
    emit(("job", "title", "proposed"), rows, fmt)
    say("ขั้นต่อไป: tracegraph review", "next: tracegraph review")

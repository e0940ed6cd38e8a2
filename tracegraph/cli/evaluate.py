"""``tracegraph evaluate``: figures of each job of matching on labelled data. Each job is a module, imported on use."""

from __future__ import annotations

from importlib import import_module

import click

#: job → (module, one-line help); the help text stands here so that ``--help`` imports nothing.
JOBS: dict[str, tuple[str, str]] = {
    "same-work": ("evaluate_same_work", "งานเดียวกันหรือไม่ / are two records the same piece of work"),
    "answers": ("evaluate_answers", "โครงการรองรับความต้องการหรือไม่ / does a project answer a need"),
    "alignment": ("evaluate_alignment", "สอดคล้องกับยุทธศาสตร์ใด / which strategy does a text serve"),
}


class LazyJobs(click.Group):
    """Jobs that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(JOBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in JOBS:
            return None
        command: click.Command = import_module(f"tracegraph.cli.{JOBS[cmd_name][0]}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in JOBS.items()])


@click.group(name="evaluate", cls=LazyJobs)
def command() -> None:
    """วัดผลการจับคู่กับข้อมูลที่คนตัดสินแล้ว / measure matching against what people labelled."""

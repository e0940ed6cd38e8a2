"""``tracegraph mappings``: the corrected mappings that are remembered by the layout of headings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracegraph.cli.common import emit, format_option, say, settings_of
from tracegraph.cli.import_reading import MAPPINGS
from tracegraph.errors import NotFoundError

if TYPE_CHECKING:
    from tracegraph.ingest.remembered import Remembered

COLUMNS = ("layout", "source", "on", "mapping", "kind", "columns", "headings")


@click.group(name="mappings")
def command() -> None:
    """การจับคู่หัวคอลัมน์ที่จำไว้ / mappings remembered from earlier imports with --mapping."""


@command.command(name="list")
@format_option
@click.pass_context
def list_all(ctx: click.Context, fmt: str) -> None:
    """รายการที่จำไว้ / list what is remembered."""
    from tracegraph.ingest.remembered import load_remembered

    found = load_remembered(_folder(ctx))
    rows = [
        {
            "layout": one.key,
            "source": one.source,
            "on": one.on,
            "mapping": one.mapping.name,
            "kind": one.mapping.kind,
            "columns": len(one.mapping.columns),
            "headings": " | ".join(" ".join(heading.split()) for heading in one.headings if heading),
        }
        for one in sorted(found.values(), key=lambda one: (one.on, one.source))
    ]
    emit(COLUMNS, rows, fmt)
    if not rows:
        say("ยังไม่มีการจับคู่ที่จำไว้", "nothing is remembered yet")


@command.command()
@click.argument("layout")
@click.pass_context
def show(ctx: click.Context, layout: str) -> None:
    """แสดงเป็นไฟล์ที่ใช้กับ --mapping ได้ / print as a file that --mapping takes."""
    from tracegraph.ingest.mapping_text import mapping_text

    click.echo(mapping_text(_require(ctx, layout).mapping), nl=False)


@command.command(name="forget")
@click.argument("layout")
@click.pass_context
def forget_one(ctx: click.Context, layout: str) -> None:
    """ลืมการจับคู่หนึ่งรายการ / forget one of them."""
    from tracegraph.ingest.remembered import forget

    one = _require(ctx, layout)
    forget(one.key, _folder(ctx))
    say(f"ลืมการจับคู่ที่จำไว้จาก {one.source} แล้ว", f"forgot the mapping remembered from {one.source}")


def _folder(ctx: click.Context) -> Path:
    return settings_of(ctx).home / MAPPINGS


def _require(ctx: click.Context, layout: str) -> Remembered:
    """By key or the unique beginning of one."""
    from tracegraph.ingest.remembered import load_remembered

    found = [one for key, one in load_remembered(_folder(ctx)).items() if key.startswith(layout)]
    if len(found) != 1:
        raise NotFoundError(
            f"ไม่พบการจับคู่ {layout!r}" if not found else f"มีการจับคู่ที่ขึ้นต้นด้วย {layout!r} หลายรายการ",
            f"no mapping {layout!r}" if not found else f"several mappings begin with {layout!r}",
            hint_th="ดูรหัสด้วย tracegraph mappings list",
            hint_en="see tracegraph mappings list",
        )
    return found[0]

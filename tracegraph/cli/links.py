"""``tracegraph links``: one link a line, best first."""

from __future__ import annotations

import click

from tracegraph.cli.common import emit, format_option, settings_of
from tracegraph.model.graph import MEANING_LINKS, Status

COLUMNS = ("kind", "from_id", "from_uid", "to_id", "to_uid", "status", "probability", "class", "method")


@click.command(name="links")
@click.option("--kind", type=click.Choice([kind.value for kind in MEANING_LINKS]), help="ชนิดความเชื่อมโยง / kind of link")
@click.option("--status", type=click.Choice([status.value for status in Status]), help="สถานะ / status")
@format_option
@click.pass_context
def command(ctx: click.Context, kind: str | None, status: str | None, fmt: str) -> None:
    """รายการความเชื่อมโยง เรียงจากน่าเชื่อที่สุด / links of meaning, best first.

    Ids are those of the source file, or FILE#SHEET#ROW where it gave none (FILE##ROW for a CSV).
    """
    from tracegraph.graph.store import open_store

    with open_store(settings_of(ctx)) as store:
        rows = store.list_links(kind=kind, status=status)
    emit(COLUMNS, rows, fmt)

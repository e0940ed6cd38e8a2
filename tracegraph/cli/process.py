"""``tracegraph process``: the plan kinds and flows of the letter, as a table or as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tracegraph.cli.common import emit, format_option, render_table, say

#: Columns of the two tables on a terminal; JSON and CSV hold all of ``COLUMNS`` in one list.
KIND_COLUMNS = ("id", "name_th", "level", "owner", "readings", "months", "names_2569", "goes_to")
FLOW_COLUMNS = (
    "id",
    "group",
    "comes_from",
    "goes_to",
    "name_th",
    "condition",
    "owner",
    "months",
    "letter_words",
    "readings",
)
COLUMNS = (
    "record", "id", "group", "level", "name_th", "name_en", "aliases", "names_2569", "comes_from", "goes_to",
    "condition", "owner", "readings", "support", "months", "letter_words", "outputs", "confidence",
)  # fmt: skip


@click.command("process")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="เขียนผังเป็นไฟล์ SVG / write an SVG")
@click.option("--lang", type=click.Choice(["th", "en"]), default="th", show_default=True, help="ภาษาในผัง / language")
@format_option
def command(picture: Path | None, lang: str, fmt: str) -> None:
    """กระบวนการตามหนังสือ มท. ปี 2559: ชนิดแผนและเส้นทาง / the letter of 2559: plan kinds and flows.

    Both readings are shown where the letter can be read in two ways; names_2569 are the names in use today.
    """
    if picture is not None:
        from tracegraph.report.process import process_svg

        picture.write_text(process_svg(lang="en" if lang == "en" else "th"), encoding="utf-8")
        say(f"เขียนแล้ว {picture}", f"written {picture}")
        return
    kinds, flows = build_kind_rows(), build_flow_rows()
    if fmt == "table":
        click.echo("ชนิดแผน กรอบ และเวที / plan kinds, frames, forum")
        click.echo(render_table(KIND_COLUMNS, kinds, limit=48))
        click.echo("\nเส้นทางตามหนังสือ / flows of the letter")
        click.echo(render_table(FLOW_COLUMNS, flows, limit=48))
        return
    emit(COLUMNS, [*kinds, *flows], fmt)


def _joined(parts: tuple[str, ...]) -> str:
    return " | ".join(parts)


def build_kind_rows() -> list[dict[str, Any]]:
    """A row for each plan kind, frame, forum and data source."""
    from tracegraph.model.process import plan_kinds

    return [
        {
            "record": "plan_kind",
            "id": kind.id,
            "group": kind.group,
            "level": kind.level,
            "name_th": kind.thai,
            "name_en": kind.english,
            "aliases": _joined(kind.aliases),
            "names_2569": _joined(kind.names_2569),
            "comes_from": kind.inputs,
            "goes_to": kind.sent_to,
            "condition": "",
            "owner": kind.owner,
            "readings": _joined(kind.owner_readings),
            "support": kind.support,
            "months": kind.months_text,
            "letter_words": kind.legal,
            "outputs": kind.outputs,
            "confidence": "low" if kind.owner_readings else "high",
        }
        for kind in plan_kinds()
    ]


def build_flow_rows() -> list[dict[str, Any]]:
    """A row for each flow, bottom-up, support, top-down and administrative."""
    from tracegraph.model.process import flows

    return [
        {
            "record": "flow",
            "id": flow.id,
            "group": flow.direction,
            "level": "",
            "name_th": flow.carried,
            "name_en": "",
            "aliases": "",
            "names_2569": "",
            "comes_from": flow.source,
            "goes_to": flow.target,
            "condition": flow.condition,
            "owner": flow.actor,
            "readings": _joined(flow.readings),
            "support": "",
            "months": flow.months_text,
            "letter_words": flow.letter_words,
            "outputs": "",
            "confidence": flow.confidence,
        }
        for flow in flows()
    ]

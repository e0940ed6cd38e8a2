"""``tracegraph import --preview``: what would be read and what would change, with nothing written."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, say
from tracegraph.cli.import_output import COLUMNS, KINDS, WRITTEN, show_lines
from tracegraph.cli.import_reading import Asked, Reading, load_owners, read_asked
from tracegraph.errors import UsageError

if TYPE_CHECKING:
    from tracegraph.graph.store import DocumentComparison
    from tracegraph.ingest.preview import Changed, Preview, PreviewColumn, PreviewFile, PreviewTable
    from tracegraph.settings import Settings

Tell = Callable[[str], None]

_CHANGES = 10  # changed statements of one file that a person is shown


def read_preview(settings: Settings, asked: Asked) -> tuple[Preview, Reading]:
    """Read the files and compare them with the graph; no store is made where there is none."""
    from tracegraph.graph.comparing import compare_batches
    from tracegraph.graph.store import open_existing
    from tracegraph.ingest.preview import build_preview

    with open_existing(settings) as store:
        reading = read_asked(asked, load_owners(store) if store else {})
        compared: list[DocumentComparison] = (
            store.compare_batches(reading.batches) if store else compare_batches(None, reading.batches)
        )
    return build_preview(reading.batches, compared, refused=reading.refused, first=store is None), reading


def show_preview(preview: Preview, fmt: str) -> None:
    """The preview on stdout: for people file by file, as JSON whole, as CSV one line of counts for each file."""
    if fmt == "json":
        emit_json(preview)
        return
    lines = [_counts(file) for file in preview.files]
    for file in preview.files:
        _show_file(file, partial(click.echo, err=fmt != "table"))
    show_lines(COLUMNS + WRITTEN, lines, fmt)
    if preview.first:
        say("ยังไม่เคยนำเข้าข้อมูล ทุกรายการจึงเป็นของใหม่", "nothing was imported before: everything is new")


def emit_json(preview: Preview) -> None:
    """One object for each file, the counts as in the other formats, then what was read."""
    rows = []
    for file in preview.files:
        told = asdict(file)
        compared = told.pop("compared") or {}
        row: dict[str, Any] = _counts(file) | {"skipped": compared.get("skipped", False), "first": preview.first}
        names = ("tables", "plans", "more_plans", "problems", "left")
        row |= {name: told[name] for name in names}
        row |= {name: compared.get(name, ()) for name in ("changes", "gone")}
        rows.append(row)
    emit(list(rows[0]) if rows else [], rows, "json")


def _counts(file: PreviewFile) -> dict[str, Any]:
    line: dict[str, Any] = {name: getattr(file, name) for name in COLUMNS}
    return line | {name: getattr(file.compared, name, None) for name in WRITTEN}


def _show_file(file: PreviewFile, tell: Tell) -> None:
    from tracegraph.ingest.preview import PreviewPlan
    from tracegraph.report.terms import plan_kind_word

    def words(plan: PreviewPlan) -> str:
        parts = (plan_kind_word(plan.kind, "th"), plan.stage, plan.owner, plan.area, plan.years, plan.edition)
        return " · ".join(part for part in parts if part)

    tell(f"■ {file.file} — {KINDS.get(file.kind, file.kind)}")
    shown: dict[tuple[PreviewColumn, ...], str] = {}
    for table in file.tables:
        _show_table(table, shown.setdefault(table.columns, table.sheet), tell)
    for plan in file.plans:
        tell(f"  แผน / plan: {words(plan)}")
    if file.more_plans:
        tell(f"  และอีก {file.more_plans:,} แผน / and {file.more_plans:,} more plans")
    if file.compared is None:
        return
    if file.compared.skipped:
        tell("  มีฉบับใหม่กว่าของไฟล์นี้แล้ว จะไม่อ่านซ้ำ / a newer version of this file is there: it would not be read")
    _show_changes("จะเปลี่ยน / would change", file.compared.changes, file.compared.changed, tell)
    _show_changes("จะไม่เป็นปัจจุบัน / would cease to be current", file.compared.gone, file.compared.superseded, tell)
    tell("")


def _show_table(table: PreviewTable, like: str, tell: Tell) -> None:
    """One table; its columns are those of the sheet ``like`` where that was shown before."""
    form = table.form_label or KINDS.get(table.kind, table.kind)
    sure = f" ({table.confidence:.0%})" if table.form_label else ""
    hidden = " [ซ่อนอยู่ / hidden]" if table.hidden else ""
    tell(f"  {table.sheet or '–'}{hidden}: {form}{sure}")
    for th, en in table.reasons:
        tell(f"    เพราะ{th} / because {en}")
    first, last = table.heading_first, table.heading_last
    where = f"{first}" if first == last else f"{first}–{last}"
    tell(f"    หัวคอลัมน์อยู่แถว / headings in row {where} · ข้อมูล / data: {table.rows:,} แถว / rows")
    if like != table.sheet:
        tell(f"    คอลัมน์เหมือนแผ่นงาน / columns as in worksheet {like}")
    for column in table.columns if like == table.sheet else ():
        tell(f"    {column.letter:>2}  {_column(column)}")
    for name, value in (*table.document, *table.constants):
        if name != "kind":
            tell(f"    {_words(name)} = {value}")


def _words(name: str) -> str:
    from tracegraph.ingest.property_words import property_words

    return property_words(name)[0]


def _column(column: PreviewColumn) -> str:
    heading = " ".join(column.heading.split())
    if not column.prop:
        return f"{heading} → ไม่ได้อ่าน / not read"
    held = f"{column.prop} {column.year}" if column.year else column.list_id or column.prop
    million = f" ×{column.unit:,.0f}" if column.unit != 1 else ""
    return f"{heading} → {held}{million}: {column.th} ({column.reason_th} / {column.reason_en})"


def _show_changes(title: str, changes: Sequence[Changed], count: int, tell: Tell) -> None:
    if not count:
        return
    tell(f"  {title}: {count:,}")
    for one in changes[:_CHANGES]:
        where = f"แถว/row {one.row}: " if one.row else ""
        tell(f"    {where}{one.text}")
        for difference in one.differences:
            tell(f"      {_words(difference.name)}: {_value(difference.old)} → {_value(difference.new)}")


def _value(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return f"{value:,.2f}".removesuffix(".00") if isinstance(value, float) else str(value)


def write_mappings(reading: Reading, path: Path) -> list[Path]:
    """A mapping file for each layout met, to be corrected: ``path``, then with ``-2``, ``-3`` … before its ending."""
    from tracegraph.ingest.mapping_text import describe_layout
    from tracegraph.ingest.remembered import layout_key

    if path.exists():
        raise UsageError(
            f"มีไฟล์ {path} อยู่แล้ว จึงไม่เขียนทับ",
            f"{path} is there already and is not overwritten",
            hint_th="ใช้ชื่ออื่น หรือลบไฟล์เดิมก่อน",
            hint_en="choose another name, or delete it first",
        )
    texts: dict[str, str] = {}
    fill_down = {(file, m.rows.headings): sorted(m.fill_down) for file, m in reading.tables}
    for batch in reading.batches:
        for layout in batch.layouts:
            fill = fill_down.get((batch.document.file, layout.headings), [])
            texts.setdefault(layout_key(layout.headings), describe_layout(layout, batch.document.file, fill))
    written = []
    for number, text in enumerate(texts.values(), start=1):
        target = path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written


def say_next(asked: Asked, options: Sequence[str], root: Sequence[str], written: Sequence[Path]) -> None:
    """The command that would import what was previewed, and how to correct a column."""
    given = [word for path in asked.mappings for word in ("--mapping", str(path))]
    for path in written:
        say(
            f"เขียนการจับคู่หัวคอลัมน์ไว้ใน {path} แก้ไขแล้วใช้ด้วย --mapping",
            f"the mapping is in {path}; correct it, then pass it",
        )
        given += ["--mapping", str(path)]
    remembered = [] if asked.use_remembered else ["--no-remembered"]
    words = ["tracegraph", *root, "import", *map(str, asked.files), *given, *options, *remembered]
    line = subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)
    say(f"นำเข้าด้วยคำสั่ง / to import: {line}", "")
    if not written:
        say(
            "ถ้าคอลัมน์ใดอ่านผิด ใช้ --preview --write-mapping ไฟล์.yaml แล้วแก้และใส่ด้วย --mapping",
            "if a column is read wrongly: --preview --write-mapping FILE.yaml, correct it, then --mapping FILE.yaml",
        )

"""``tracegraph calendar``: who owes what to whom, when; and what is late in the loaded data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from tracegraph.cli.common import emit, format_option, render_table, say, settings_of

DUTY_COLUMNS = ("month", "task", "id", "who", "what", "comes_from", "goes_to", "condition", "readings")
LATE_COLUMNS = ("plan", "id", "who", "due_on", "submitted_on", "days_late", "state")
COLUMNS = (
    "record", "month", "month_th", "task", "id", "who", "what", "comes_from", "goes_to", "condition", "letter_words",
    "readings", "confidence", "plan", "due_on", "submitted_on", "days_late", "state", "file", "sheet", "row", "uid",
)  # fmt: skip


@click.command("calendar")
@click.option("--month", type=click.IntRange(1, 12), default=None, help="เฉพาะเดือนนี้ 1–12 / only this month")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), default=None, help="ณ วันที่ ค.ศ. (ปกติวันนี้) / as of")
@click.option("--area", default="", help="แผนที่ช้าเฉพาะพื้นที่นี้ / late plans of this area only")
@format_option
@click.pass_context
def command(ctx: click.Context, month: int | None, as_of: datetime | None, area: str, fmt: str) -> None:
    """ปฏิทินงานตามหนังสือ มท. และแผนที่ช้าในข้อมูล / the letter's calendar, and late plans in the data.

    In JSON and CSV, rows of record ``duty`` are the letter's, rows of record ``late`` the loaded data's.
    """
    duties = build_duty_rows(month)
    day = as_of.date() if as_of else date.today()
    late = _read_late(ctx, day, area)
    if fmt != "table":
        emit(COLUMNS, [*duties, *late], fmt)
        return
    click.echo("งานตามหนังสือ / duties of the letter")
    click.echo(render_table(DUTY_COLUMNS, duties, limit=44))
    click.echo(f"\nแผนที่ส่งช้าหรือยังไม่ส่ง ณ {_thai_day(day)} / plans late or missing on {day.isoformat()}")
    click.echo(render_table(LATE_COLUMNS, late) if late else "ไม่มี / none")


def _thai_day(day: date) -> str:
    from tracegraph.model.process import THAI_MONTHS

    return f"{day.day} {THAI_MONTHS[day.month - 1]} {day.year + 543}"


def build_duty_rows(month: int | None) -> list[dict[str, Any]]:
    """The letter's duties as rows."""
    from tracegraph.analyse.calendar import list_duties

    return [
        {
            "record": "duty",
            "month": duty.month,
            "month_th": duty.month_th,
            "task": duty.task,
            "id": duty.id,
            "who": duty.who,
            "what": duty.what,
            "comes_from": duty.source,
            "goes_to": duty.target,
            "condition": duty.condition,
            "letter_words": duty.letter_words,
            "readings": " | ".join(duty.readings),
            "confidence": duty.confidence,
        }
        for duty in list_duties(month)
    ]


def _read_late(ctx: click.Context, day: date, area: str) -> list[dict[str, Any]]:
    settings = settings_of(ctx)
    if settings.neo4j_uri is None and not settings.home.is_dir():
        say("ยังไม่มีข้อมูล จึงแสดงเฉพาะงานตามหนังสือ", "no data yet: the letter's duties only")
        return []
    from tracegraph.analyse.calendar import find_late_plans
    from tracegraph.graph.store import open_store

    with open_store(settings) as store:
        rows = find_late_plans(store, as_of=day, area=area)
    return [{**row, "record": "late", "id": row["plan_kind"], "who": row["owner"]} for row in rows]

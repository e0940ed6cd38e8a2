"""``tracegraph export``: what the graph holds, back on the planners' own forms."""

from __future__ import annotations

from pathlib import Path

import click

from tracegraph.cli.common import say, settings_of
from tracegraph.errors import TracegraphError, UsageError


@click.group(name="export")
def command() -> None:
    """ส่งออกตามแบบฟอร์ม / write the planners' own forms."""


@command.command(name="p02")
@click.option("--plan", default="", metavar="UID", help="แผนฉบับเดียว / one plan (this edition alone)")
@click.option("--owner", default="", help="เจ้าของแผน พร้อมทุกฉบับ / the owner's book with all its editions")
@click.option("--area", default="", metavar="CODE", help="รหัสพื้นที่ของเจ้าของแผน / the owner's area code")
@click.option("--years", default="", help="ปีของแผน เช่น 2566-2570 / years of the plan")
@click.option(
    "--shape",
    type=click.Choice(["auto", "strategy", "issue"]),
    default="auto",
    show_default=True,
    help="รูปแบบ: ยุทธศาสตร์ (ถึง 2570) หรือประเด็น (ตั้งแต่ 2571) / by strategy or by issue; auto = by the years",
)
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="ไฟล์ .xlsx / workbook to write"
)
@click.pass_context
def p02(ctx: click.Context, plan: str, owner: str, area: str, years: str, shape: str, output: Path) -> None:
    """แบบ ผ.02 ของแผนพัฒนาท้องถิ่น / form ผ.02 of a local development plan.

    The current items of the plan, one sheet for each strategy and แผนงาน, editions under their dividing lines. What
    the form has no room for is listed on the last sheet. The workbook can be imported again.
    """
    from tracegraph.analyse.plan_items import require_book
    from tracegraph.graph.store import open_store
    from tracegraph.report.p02_form import Shape, build_form
    from tracegraph.report.p02_xlsx import write_form

    if output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output.name}: ต้องลงท้ายด้วย .xlsx", f"{output.name}: the name must end in .xlsx")
    with open_store(settings_of(ctx)) as store:
        book = require_book(store, plan=plan.strip(), owner=owner.strip(), area=area.strip(), years=years.strip())
    form = build_form(book, None if shape == "auto" else Shape(shape))
    try:
        write_form(form, output)
    except OSError as error:
        raise TracegraphError(
            f"เขียนไฟล์ {output} ไม่ได้ ({error.strerror})",
            f"cannot write {output} ({error.strerror})",
            hint_th="ปิดไฟล์ถ้าเปิดอยู่ ดูว่าโฟลเดอร์มีอยู่ เขียนได้ และดิสก์ไม่เต็ม",
            hint_en="close the file if it is open; see that the folder is there and may be written to",
        ) from error
    items = sum(len(sheet.items) for sheet in form.sheets)
    baht = sum(baht for sheet in form.sheets for item in sheet.items for _, baht in item.money)
    say(
        f"เขียนแล้ว {output}: {len(form.sheets):,} แผ่นงาน {items:,} รายการ {baht:,.2f} บาท",
        f"written: {len(form.sheets):,} sheets, {items:,} items, {baht:,.2f} baht",
    )
    if form.remarks:
        say(f"ดูหมายเหตุ {len(form.remarks):,} ข้อในแผ่นงานสุดท้าย", f"{len(form.remarks):,} remarks on the last sheet")

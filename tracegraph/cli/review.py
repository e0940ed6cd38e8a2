"""``tracegraph review``: list what waits for a decision, decide, undo, and carry decisions between machines."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, format_option, say, settings_of
from tracegraph.errors import InputError
from tracegraph.model.graph import CLASS_BY_CODE, MEANING_LINKS

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = ("uid", "kind", "probability", "class", "from_id", "from_text", "to_id", "to_text", "because")

_by = click.option("--by", default=getpass.getuser, help="ผู้ตัดสิน / who decides (default: the signed-in user)")
_reason = click.option("--reason", default=None, help="เหตุผล / the reason, kept with the decision")


def _class_option(command: Callable[..., Any]) -> Callable[..., Any]:
    codes = click.Choice(sorted(CLASS_BY_CODE))
    return click.option("--class", "work_class", type=codes, default=None, help="ประเภท / class of the pair")(command)


def _because(link: dict[str, Any]) -> str:
    """The strongest reason for and, if there is one, against: people must see both."""
    evidence = sorted(json.loads(link.get("evidence") or "[]"), key=lambda part: -part["weight"])
    chosen = evidence[:1] + [part for part in evidence[-1:] if part["weight"] < 0]
    return "; ".join(part["th"] for part in chosen)


@click.group(name="review", invoke_without_command=True)
@click.option("--kind", type=click.Choice([kind.value for kind in MEANING_LINKS]), help="ชนิด / kind of link")
@click.option("--status", default="suggested", show_default=True, help="สถานะ / status to list")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="จำนวน / how many")
@format_option
@click.pass_context
def command(ctx: click.Context, kind: str | None, status: str, limit: int, fmt: str) -> None:
    """ตรวจและตัดสินความเชื่อมโยงที่ระบบเสนอแนะ / review and decide what the engine suggests.

    Without a subcommand: lists what waits, best first, with the reason for each.
    """
    if ctx.invoked_subcommand:
        return
    from tracegraph.graph.store import open_store

    with open_store(settings_of(ctx)) as store:
        links = store.list_links(kind=kind, status=status)
        texts = _texts(store, links[:limit])
    rows = [
        {
            **link,
            "from_text": texts.get(link["from_uid"]),
            "to_text": texts.get(link["to_uid"]),
            "because": _because(link),
        }
        for link in links[:limit]
    ]
    emit(COLUMNS, rows, fmt)
    say(
        f"แสดง {len(rows)} จาก {len(links)} รายการ; ตัดสินด้วย: tracegraph review confirm|reject UID --reason …",
        f"{len(rows)} of {len(links)}; decide with: tracegraph review confirm|reject UID --reason …",
    )


def _texts(store: Any, links: list[dict[str, Any]]) -> dict[str, str]:
    uids = sorted({link[end] for link in links for end in ("from_uid", "to_uid")})
    found: dict[str, str] = {}
    for label, text in (("Need", "text"), ("Project", "name"), ("Strategy", "name")):
        rows = store.read(
            f"UNWIND $uids AS uid MATCH (n:{label} {{uid: uid}}) RETURN n.uid AS uid, n.{text} AS text", {"uids": uids}
        )
        found.update({row["uid"]: row["text"] for row in rows})
    return found


def _decide(
    ctx: click.Context, link_uid: str, verdict: str, by: str, reason: str | None, work_class: str | None
) -> None:
    from tracegraph.graph.store import open_store

    with open_store(settings_of(ctx)) as store:
        link = store.require_link(link_uid)
        decision = store.decide(
            link["kind"], link["from_uid"], link["to_uid"], verdict, work_class=work_class, reason=reason, by=by
        )
    say(f"บันทึกคำตัดสินแล้ว: {verdict}", f"decision recorded: {verdict}")
    click.echo(decision)


@command.command("confirm")
@click.argument("link_uid")
@_class_option
@_reason
@_by
@click.pass_context
def confirm(ctx: click.Context, link_uid: str, work_class: str | None, reason: str | None, by: str) -> None:
    """ยืนยันความเชื่อมโยง / confirm a link (its uid is in the list)."""
    _decide(ctx, link_uid, "confirm", by, reason, work_class)


@command.command("reject")
@click.argument("link_uid")
@_class_option
@_reason
@_by
@click.pass_context
def reject(ctx: click.Context, link_uid: str, work_class: str | None, reason: str | None, by: str) -> None:
    """ไม่ใช่ความเชื่อมโยง จะไม่เสนออีกจนกว่าข้อความจะเปลี่ยน / reject; not proposed again unless a text changes."""
    _decide(ctx, link_uid, "reject", by, reason, work_class)


@command.command("undo")
@click.argument("decision_uid", required=False)
@_by
@click.pass_context
def undo(ctx: click.Context, decision_uid: str | None, by: str) -> None:
    """ยกเลิกคำตัดสินล่าสุด หรือที่ระบุ / undo the latest decision, or the one named (as a new decision)."""
    from tracegraph.graph.store import open_store

    with open_store(settings_of(ctx)) as store:
        undone = store.undo(by=by, decision_uid=decision_uid)
    say("ยกเลิกคำตัดสินแล้ว", "undone")
    click.echo(undone)


@command.command("decline")
@click.argument("need_id")
@click.option("--reason", required=True, help="เหตุผลที่ไม่รับ / why the need is not taken")
@_by
@click.pass_context
def decline(ctx: click.Context, need_id: str, reason: str, by: str) -> None:
    """ไม่รับความต้องการ พร้อมเหตุผล / a person says no to a need, with the reason."""
    from tracegraph.analyse.trace import find_item
    from tracegraph.graph.store import open_store

    with open_store(settings_of(ctx)) as store:
        decision = store.decline_need(find_item(store, need_id)["uid"], reason=reason, by=by)
    say("บันทึกว่าไม่รับ พร้อมเหตุผล", "recorded as declined, with the reason")
    click.echo(decision)


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def export(ctx: click.Context, file: Path) -> None:
    """ส่งออกคำตัดสินทั้งหมดเป็น JSON Lines / write every decision as JSON Lines."""
    from tracegraph.graph.store import open_store

    with open_store(settings_of(ctx)) as store:
        rows = list(store.export_decisions())
    file.write_text(
        "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows), encoding="utf-8"
    )
    say(f"ส่งออก {len(rows):,} คำตัดสินไปที่ {file}", f"{len(rows):,} decisions written to {file}")


def read_decisions(file: Path) -> list[dict[str, Any]]:
    """Decisions of a JSON Lines file; the line number is named where one cannot be read."""
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            row = error
        if not isinstance(row, dict):
            raise InputError(
                f"{file.name} บรรทัด {number} ไม่ใช่คำตัดสิน (JSON) : {line[:60]}",
                f"{file.name} line {number} is no decision (JSON): {line[:60]}",
                hint_th="ใช้ไฟล์ที่ได้จาก tracegraph review export",
                hint_en="use a file written by tracegraph review export",
            )
        rows.append(row)
    return rows


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def import_(ctx: click.Context, file: Path) -> None:
    """นำเข้าคำตัดสิน (ซ้ำได้ ไม่เพิ่มซ้ำ) / take decisions in; twice changes nothing."""
    from tracegraph.graph.store import open_store

    rows = read_decisions(file)
    with open_store(settings_of(ctx)) as store:
        counts = store.import_decisions(rows)
    say(f"อ่าน {len(rows):,} คำตัดสิน: {counts}", f"{len(rows):,} decisions read: {counts}")

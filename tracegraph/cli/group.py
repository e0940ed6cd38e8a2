"""``tracegraph group``: which records of one file are the same work, without importing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, format_option, say, settings_of
from tracegraph.cli.steps import progress_bar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracegraph.link.bulk import BulkLinks
    from tracegraph.model.items import Item

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
GROUPS = ("group", "id", "text", "tambon", "owner", "year", "amount", "records")
PAIRS = ("left_id", "right_id", "probability", "left_text", "right_text")
FIGURES = ("figure", "count", "title")


@click.command(name="group")
@click.argument("records", type=_FILE)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="เขียนทุกกลุ่ม (.csv, .json) / write all groups"
)
@click.option("--pairs", type=click.Path(dir_okay=False, path_type=Path), help="เขียนทุกคู่พร้อมคะแนน / write all pairs")
@click.option(
    "--floor", type=click.FloatRange(0, 1, min_open=True, max_open=True), default=0.5, show_default=True,
    help="เกณฑ์ต่ำสุด / lowest probability",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="จำนวนโพรเซส / worker processes"
)
@format_option
@click.pass_context
def command(
    ctx: click.Context, records: Path, out: Path | None, pairs: Path | None, floor: float, workers: int, fmt: str
) -> None:
    """จัดกลุ่มรายการที่น่าจะเป็นงานเดียวกันในไฟล์ โดยไม่ต้องนำเข้า / group what is likely the same work in a file.

    The file has columns id,text and, where known, province,district,tambon (official codes),owner,plan_kind,stage,
    year,amount. Groups are suggestions: nothing is written to the store. Made for large tables; pairs have the scores
    of ``tracegraph score``.
    """
    from tracegraph.cli.evaluate_output import write_scores
    from tracegraph.cli.label_file import read_records
    from tracegraph.link.bulk import build_table, link_table
    from tracegraph.link.same_work.model import find_model
    from tracegraph.link.same_work.runners import open_runner

    items = list(read_records(records).values())
    model = find_model(settings_of(ctx).home)
    with progress_bar() as progress, open_runner("processes" if workers > 1 else "local", workers) as runner:
        task = progress.add_task("งานเดียวกัน / same work", total=1.0)
        found = link_table(
            build_table(items),
            model,
            floor=floor,
            runner=runner,
            progress=lambda share: progress.update(task, completed=share),
        )
    if out:
        write_scores(out, GROUPS, _iter_groups(items, found))
    if pairs:
        write_scores(pairs, PAIRS, _iter_pairs(items, found))
    emit(FIGURES, _count(items, found), fmt)
    if found.skipped:
        say(
            f"มีรายการคล้ายกันมากเกินไป {found.skipped:,} ชุด จึงไม่ได้เทียบกันภายในชุด: ระบุตำบล หมู่ หรือถนนให้ชัดขึ้น",
            f"{found.skipped:,} sets of look-alikes are too large to compare within: state tambon, village or road",
        )


def _count(items: Sequence[Item], found: BulkLinks) -> list[dict[str, Any]]:
    grouped = int((found.groups >= 0).sum())
    groups = int(found.groups.max(initial=-1)) + 1
    return [
        {"figure": "records", "count": len(items), "title": "รายการทั้งหมด / records"},
        {"figure": "grouped", "count": grouped, "title": "รายการที่อยู่ในกลุ่ม / records in a group"},
        {"figure": "groups", "count": groups, "title": "กลุ่ม / groups"},
        {"figure": "pairs", "count": len(found.left), "title": "คู่ที่เสนอ / suggested pairs"},
    ]


def _iter_groups(items: Sequence[Item], found: BulkLinks) -> Iterator[Mapping[str, Any]]:
    """Every record of a group, the groups in order of their first record."""
    members: dict[int, list[Item]] = {}
    for item, group in zip(items, found.groups.tolist(), strict=True):
        if group >= 0:
            members.setdefault(group, []).append(item)
    for group, mine in sorted(members.items()):
        for item in mine:
            yield {
                "group": group + 1,
                "id": item.source_id,
                "text": item.text,
                "tambon": item.tambon,
                "owner": item.owner_name,
                "year": item.year,
                "amount": item.amount,
                "records": len(mine),
            }


def _iter_pairs(items: Sequence[Item], found: BulkLinks) -> Iterator[Mapping[str, Any]]:
    """Every pair, the surest first."""
    from tracegraph.link.scores import to_probability

    ranked = sorted(
        zip(found.left.tolist(), found.right.tolist(), found.score.tolist(), strict=True), key=lambda pair: -pair[2]
    )
    for left, right, score in ranked:
        yield {
            "left_id": items[left].source_id,
            "right_id": items[right].source_id,
            "probability": to_probability(score),
            "left_text": items[left].text,
            "right_text": items[right].text,
        }

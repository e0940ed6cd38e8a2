"""``tracegraph explain``: two records and what joins them or keeps them apart; or one need and what answers it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, format_option, settings_of
from tracegraph.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from tracegraph.graph.store import Store
    from tracegraph.link.stories import PairStory
    from tracegraph.model.items import Item, StoredItems

NEED_COLUMNS = ("status", "id", "project", "probability", "th", "en")
COLUMNS = ("feature", "left", "right", "weight", "sum", "probability", "th", "en")
_CLASS_OF = "ประเภท / class"


@click.command(name="explain")
@click.argument("left")
@click.argument("right", required=False)
@click.option(
    "--job", type=click.Choice(("same-work", "answers")), help="งาน / job (default: what the two records are)"
)
@click.option("--floor", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="เกณฑ์ / floor of link")
@format_option
@click.pass_context
def command(ctx: click.Context, left: str, right: str | None, job: str | None, floor: float, fmt: str) -> None:
    """อธิบายว่าทำไมสองรายการเชื่อมกันหรือไม่เชื่อม / why two records are linked, or why not.

    With one need alone: which projects answer it, or why none does. LEFT and RIGHT are ids as in `tracegraph score`:
    uid, the source's own id, or file#sheet#row. Weights are in log-odds; their sum is the log-odds of the probability.
    """
    from tracegraph.analyse.pair_story import choose_job, require_item, story_as_json, tell_pair
    from tracegraph.graph.store import open_store

    settings = settings_of(ctx)
    with open_store(settings) as store:
        items = store.load_items()
        if right is None:
            _explain_need(store, items, require_item(items, left), settings.home, floor, fmt)
            return
        ends = [require_item(items, key) for key in (left, right)]
        if job and choose_job(*ends) != job:
            raise InputError(
                f"งาน {job} เทียบ {ends[0].role} กับ {ends[1].role} ไม่ได้",
                f"the job {job} does not compare a {ends[0].role} with a {ends[1].role}",
            )
        story = tell_pair(store, items, *ends, home=settings.home, floor=floor)
    if fmt == "json":
        click.echo(story_as_json(story))
        return
    if fmt == "table":
        for line in _head_lines(story):
            click.echo(line)
    emit(COLUMNS, build_rows(story, exact=fmt == "csv"), fmt)


def _explain_need(store: Store, items: StoredItems, need: Item, home: Path, floor: float, fmt: str) -> None:
    """One need alone: the result and its reason, then the links that stand, or the nearest project."""
    from tracegraph.analyse.need_story import need_story_as_dict, tell_need

    story = tell_need(store, items, need, home=home, floor=floor)
    if fmt == "json":
        click.echo(json.dumps(need_story_as_dict(story), ensure_ascii=False, indent=2))
        return
    th, en = story.verdict
    if fmt == "table":
        click.echo(_item_line("1", story.need))
        click.echo(f"ผล / verdict: {th}\n    {en}\n")
    rows = [_need_row(link.status, item, link.probability) for link, item in story.standing]
    if story.outcome.nearest and story.outcome.nearest[0].uid not in {item.uid for _, item in story.standing}:
        item, score = story.outcome.nearest
        rows.append(_need_row("nearest", item, score.probability, score.reason_th, score.reason_en))
    if rows or fmt == "csv":
        emit(NEED_COLUMNS, rows, fmt)


def _need_row(status: str, item: Item, probability: float, th: str = "", en: str = "") -> dict[str, Any]:
    return {
        "status": status,
        "id": item.shown_id,
        "project": item.text,
        "probability": f"{probability:.4f}",
        "th": th,
        "en": en,
    }


def build_rows(story: PairStory, *, exact: bool) -> list[dict[str, Any]]:
    """The waterfall as rows: exact numbers, or such as fit on a screen."""
    return [
        {
            "feature": step.part.feature,
            "left": step.part.left,
            "right": step.part.right,
            "weight": step.part.weight if exact else f"{step.part.weight:+.2f}",
            "sum": step.total if exact else f"{step.total:+.2f}",
            "probability": step.probability if exact else f"{step.probability:.4f}",
            "th": step.part.th,
            "en": step.part.en,
        }
        for step in story.iter_steps()
    ]


def _head_lines(story: PairStory) -> list[str]:
    from tracegraph.link.stories import say_standing
    from tracegraph.model.graph import CLASS_BY_CODE

    th, en = story.verdict
    known = CLASS_BY_CODE.get(story.work_class or "")
    lines = [_item_line("1", story.left), _item_line("2", story.right), f"ผล / verdict: {th}", f"    {en}"]
    lines += [f"    · {' / '.join(say_standing(link))}" for link in story.standing[1:]]
    if story.rules:
        lines.append("นำมาเทียบเพราะ / brought together by: " + "; ".join(f"{r.th} ({r.name})" for r in story.rules))
    for cause in story.causes if story.standing else story.causes[1:]:
        lines += [f"ไม่เสนอเพราะ / not proposed: {cause.th}", f"    {cause.en}"]
    if known:
        lines.append(f"{_CLASS_OF}: {known.th} / {known.en}")
    if story.aside:
        names = ", ".join(story.aside)
        lines.append(f"วางไว้ ไม่นับ / set aside: {names} ({story.plain_probability:.4f} → {story.probability:.4f})")
    lines.append(f"ความน่าจะเป็น / probability: {story.probability:.4f} ({story.model}; log-odds {story.score:+.4f})")
    return [*lines, ""]


def _item_line(number: str, item: Item) -> str:
    years = f"{min(item.years)}–{max(item.years)}" if len(item.years) > 1 else "".join(map(str, item.years))
    money = f"{item.amount:,.0f} บาท" if item.amount is not None else ""
    details = " · ".join(part for part in (item.shown_id, item.owner_name or "", item.plan_kind, years, money) if part)
    return f"{number}. {item.text} ({details})"

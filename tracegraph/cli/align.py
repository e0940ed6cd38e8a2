"""``tracegraph align``: the alignment score of a project, plan, body, area or strategy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracegraph.cli.common import emit, format_option, say, settings_of

if TYPE_CHECKING:
    from tracegraph.analyse.alignment import AlignmentScore
    from tracegraph.analyse.alignment_disagreements import Disagreement

_SCOPES = ("project", "plan", "body", "area", "strategy")
COLUMNS = (
    "part", "part_th", "facts", "facts_numerator", "facts_denominator", "with_suggestions",
    "with_suggestions_numerator", "with_suggestions_denominator", "weight", "not_applicable",
)  # fmt: skip

DISAGREEMENT_COLUMNS = (
    "project_id", "project", "list_id", "declared", "inferred", "inferred_name", "probability", "method", "why_th",
    "why_en",
)  # fmt: skip


@click.command("align")
@click.option("--scope", type=click.Choice(_SCOPES), default="area", show_default=True, help="ขอบเขต / what to score")
@click.option("--uid", default="", help="รหัส: พื้นที่ แผน หน่วยงาน โครงการ ยุทธศาสตร์ (พื้นที่ว่าง = ทั้งหมด) / its id")
@click.option("--floor", default=None, help="0–1 หรือ facts (ปกติตาม tracegraph.yaml) / 0–1 or facts")
@click.option("--disagreements", is_flag=True, help="รายการที่ระบบเห็นต่างจากแผน / list where inference contradicts plans")
@format_option
@click.pass_context
def command(ctx: click.Context, scope: str, uid: str, floor: str | None, disagreements: bool, fmt: str) -> None:
    """คะแนนความสอดคล้อง ข้อเท็จจริงแยกจากข้อเสนอแนะ / alignment score, facts and suggestions apart.

    Parts are 0–1 with numerator and denominator; the last row is the whole, 0–100. Formula: docs/alignment.md. Where
    inference contradicts what a plan declares is counted beside it, and listed with --disagreements instead of it.
    """
    from tracegraph.analyse.alignment import score
    from tracegraph.analyse.alignment_disagreements import find_disagreements
    from tracegraph.analyse.params import read_floor
    from tracegraph.analyse.weights import load_weights
    from tracegraph.graph.store import open_store

    settings = settings_of(ctx)
    weights = load_weights(settings.home)
    try:
        used = weights.floor if floor is None else read_floor(floor)
    except ValueError as error:
        raise click.BadParameter("0–1 / facts", param_hint="--floor") from error
    with open_store(settings) as store:
        against = find_disagreements(store, scope, uid, used)
        if disagreements:
            emit(DISAGREEMENT_COLUMNS, [_disagreement_row(one) for one in against], fmt)
            return
        found = score(store, scope, uid, used, weights=weights.weights)
    emit(COLUMNS, build_rows(found), fmt)
    say(f"{found.name}: ข้อเท็จจริง | รวมข้อเสนอแนะตั้งแต่ {used:g}", f"facts | with suggestions from {used:g}")
    if against:
        say(
            f"ระบบเห็นต่างจากข้อที่แผนระบุ {len(against):,} รายการ: ดูด้วย --disagreements",
            f"inference contradicts the declared entry in {len(against):,} places: list them with --disagreements",
        )
    for one in found.facts.left_out:
        say(
            f"ไม่นับในตัวหารของที่มา: {one.kind} {one.items:,} รายการ {one.money:,.2f} บาท",
            f"left out of grounding: {one.kind}, {one.items:,} items",
        )


def _disagreement_row(one: Disagreement) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(one, name) for name in DISAGREEMENT_COLUMNS}
    return {**row, "declared": list(one.declared)}


def build_rows(found: AlignmentScore) -> list[dict[str, Any]]:
    """A row for each part, then the whole."""
    rows: list[dict[str, Any]] = [
        {
            "part": fact.name,
            "part_th": fact.th,
            "facts": fact.value,
            "facts_numerator": fact.numerator,
            "facts_denominator": fact.denominator,
            "with_suggestions": more.value,
            "with_suggestions_numerator": more.numerator,
            "with_suggestions_denominator": more.denominator,
            "weight": found.weights.get(fact.name, 0.0),
            "not_applicable": f"{more.reason_th} / {more.reason_en}" if more.value is None else None,
        }
        for fact, more in zip(found.facts.parts, found.with_suggestions.parts, strict=True)
    ]
    total = {"facts": found.facts.overall, "with_suggestions": found.with_suggestions.overall}
    return [*rows, {"part": "overall", "part_th": "ภาพรวม (0–100)", **total, "weight": sum(found.weights.values())}]

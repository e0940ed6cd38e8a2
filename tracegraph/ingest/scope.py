"""Which plan a row stands in, and how the plan is named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracegraph.ingest.editions import Edition
from tracegraph.model.graph import Stage
from tracegraph.model.process import require_plan_kind
from tracegraph.model.records import BodyRecord

_STAGE_TITLES = {
    Stage.ACTION: "แผนการดำเนินงาน",
    Stage.BUDGET: "งบประมาณที่อนุมัติ",
    Stage.CONTRACT: "สัญญาจัดซื้อจัดจ้าง",
}


@dataclass(frozen=True, slots=True)
class PlanScope:
    """Which plan a row stands in."""

    kind: str
    stage: Stage
    title: str | None
    years: tuple[int, int] | None
    edition: Edition
    owner: BodyRecord | None
    area: str | None


def five_years(year: int) -> tuple[int, int]:
    """The five-year cycle of local and provincial plans that a year lies in: 2568 → (2566, 2570)."""
    first = year - (year - 2561) % 5
    return first, first + 4


def build_title(scope: PlanScope) -> str:
    """The plan's title: as stated where it names a year, else with its edition, years and owner added."""
    if scope.title and re.search(r"2[45]\d\d", scope.title):
        return scope.title
    base = scope.title or _STAGE_TITLES.get(scope.stage) or re.sub(r"\s*\(.*\)", "", require_plan_kind(scope.kind).thai)
    years = ""
    if scope.years:
        first, last = scope.years
        years = f" (พ.ศ. {first}–{last})" if last != first else f" พ.ศ. {first}"
    edition = f" {scope.edition.key}" if scope.edition.key and scope.edition.key not in base else ""
    return f"{base}{edition}{years}" + (f" {scope.owner.name}" if scope.owner else "")

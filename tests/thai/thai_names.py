"""The real names beside the checkout, for tests that read all of them."""

from __future__ import annotations

import csv
from pathlib import Path

SOURCES = (
    ("klongluang/plan_projects.csv", "project_name_th"),
    ("klongluang/contracts.csv", "project_name"),
    ("national_budget/place_items_derived.csv", "item"),
    ("nakhonsawan_p02/key.csv", "name"),
    ("maesai/1_village_proposals_oct2567.csv", "proposal"),
    ("maesai/4_action_plan_2568.csv", "project"),
)


def load_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def load_names(shared: Path) -> list[str]:
    """Every name of the real files, about 8,700."""
    return [row[column] for file, column in SOURCES for row in load_rows(shared / "data" / file)]

"""The sample's story and its truth as plain data, and a slow, obvious reading of what becomes of a need."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from tracegraph.model.graph import FUNDED_STAGES, Fate
from tracegraph.model.process import ARRIVAL_KINDS, BEYOND_CAPACITY_KINDS, require_plan_kind

REPO = Path(__file__).resolve().parents[2]


@cache
def builder() -> ModuleType:
    """``scripts/build_sample.py`` as a module."""
    spec = spec_from_file_location("build_sample", REPO / "scripts" / "build_sample.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["build_sample"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@cache
def truth() -> dict[str, Any]:
    """``truth.yaml``."""
    loaded: dict[str, Any] = yaml.safe_load((REPO / "tests" / "sample" / "truth.yaml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the story with the plan of its file."""

    id: str
    file: str
    kind: str
    stage: str
    rejected: bool
    beyond: bool
    cells: dict[str, Any]


@cache
def rows() -> dict[str, Row]:
    """Every need and item of the story by id."""
    found = {}
    for file in builder().read_story():
        for cells in file["rows"]:
            if "id" in cells and "plan" in file:
                rejected = cells.get("outcome") == "ไม่รับ"
                plan = file["plan"]
                found[cells["id"]] = Row(
                    cells["id"], file["file"], plan["kind"], plan["stage"], rejected, "beyond" in cells, cells
                )
    return found


def items_of(thread: dict[str, Any]) -> set[str]:
    """Every item of a thread: right answers to each of its needs."""
    return {*thread.get("items", ()), *(item for chain in thread.get("carried", ()) for item in chain)}


def carried_of(thread: dict[str, Any]) -> set[tuple[str, str]]:
    """The right CARRIED_TO links of a thread."""
    return {pair for chain in thread.get("carried", ()) for pair in pairwise(chain)}


def rank_of(item: str) -> int:
    """The rank of an item's plan."""
    return require_plan_kind(rows()[item].kind).rank or 0


def fate_of(need: str, items: set[str]) -> tuple[Fate, set[str | None]]:
    """Fate of a need and the kinds it may have reached, over the items that answer it (docs/architecture.md).

    Of items of the same rank, one that another was carried to has come further than that other.
    """
    if not items:
        return (Fate.REJECTED if rows()[need].rejected else Fate.UNANSWERED), {None}
    top = max(rank_of(item) for item in items)
    furthest = [rows()[item] for item in items if rank_of(item) == top]
    carried = {pair for thread in truth()["threads"] for pair in carried_of(thread)}
    ids = {item.id for item in furthest}
    last = [item for item in furthest if not any((item.id, other) in carried for other in ids)]
    reached: set[str | None] = {item.kind for item in last}
    if reached & set(ARRIVAL_KINDS):
        return Fate.ARRIVED, reached
    if any(rows()[item].stage in FUNDED_STAGES for item in items):
        return Fate.FUNDED, reached
    if rows()[need].rejected or all(item.rejected for item in last):
        return Fate.REJECTED, reached
    if any(item.beyond or item.kind in BEYOND_CAPACITY_KINDS for item in last):
        return Fate.WAITING_BEYOND_CAPACITY, reached
    return Fate.NOT_CARRIED, reached

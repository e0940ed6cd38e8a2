"""What matching sees of a need or a project: one flat, typed record read back from the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A need (``role='need'``) or an item of a plan (``role='project'``), with codes of its place.

    ``text`` is the original text: a need's words or a project's name. ``years`` are Buddhist-era
    fiscal years and ``amounts`` baht, in parallel. ``area`` is the most exact code known.
    """

    uid: str
    role: Literal["need", "project"]
    text: str
    text_hash: str
    source_id: str | None = None
    plan: str = ""
    plan_kind: str = ""
    plan_rank: int = 0
    stage: str = "plan"
    item_kind: str = "project"
    form: str | None = None
    objective: str | None = None
    target: str | None = None
    programme: str | None = None
    department: str | None = None
    place_text: str | None = None
    side: str | None = None
    owner: str | None = None
    owner_name: str | None = None
    payer: str | None = None
    years: tuple[int, ...] = ()
    amounts: tuple[float, ...] = ()
    amount: float | None = None
    year: int | None = None
    village_nos: tuple[int, ...] = ()
    village_name: str | None = None
    area: str | None = None
    province: str | None = None
    district: str | None = None
    tambon: str | None = None
    beyond_capacity: bool = False
    amendment: str | None = None
    edition_no: int = 0
    status_text: str | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0
    document: str = ""
    current: bool = True

    @property
    def shown_id(self) -> str:
        """The id the source gave, or ``file#sheet#row`` where it gave none."""
        return self.source_id or f"{self.file}#{self.sheet}#{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyScope:
    """Where, for whom and when a strategy list holds.

    ``level`` is national, cluster, province, district or local; years are inclusive and None where open.
    """

    level: str = "national"
    area: str | None = None
    owner: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class StoredItems:
    """Everything that linking reads from the graph in one go.

    ``strategies`` are (uid, list_id, number, name, parent, aliases-joined) rows; ``links`` are the links of
    meaning that stand already, as (kind, from_uid, to_uid, status, from_hash, to_hash); ``scopes`` are by list_id.
    """

    needs: tuple[Item, ...]
    projects: tuple[Item, ...]
    strategies: tuple[tuple[str, str, str, str, str | None, str], ...]
    links: tuple[tuple[str, str, str, str, str | None, str | None], ...]
    scopes: Mapping[str, StrategyScope] = field(default_factory=dict)

"""What the reading of one file has gathered so far, and how it becomes a batch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tracegraph.model.records import (
    AreaRecord,
    BodyRecord,
    DocumentRecord,
    ItemReading,
    LinkRecord,
    NeedRecord,
    PendingLink,
    PlanRecord,
    Problem,
    ProjectRecord,
    RecordBatch,
    RowFate,
    RowReport,
    StrategyRecord,
    TableLayout,
)
from tracegraph.thai.places import Gazetteer


@dataclass(slots=True)
class Seen:
    """What the file has stated so far, over all its worksheets."""

    rows: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    equals: Counter[tuple[str, str, str]] = field(default_factory=Counter)


@dataclass(slots=True)
class Collected:
    """Records by uid in the order found, the fate of every row, and problems of the file as a whole."""

    gazetteer: Gazetteer
    areas: dict[str, AreaRecord] = field(default_factory=dict)
    bodies: dict[str, BodyRecord] = field(default_factory=dict)
    plans: dict[str, PlanRecord] = field(default_factory=dict)
    needs: dict[str, NeedRecord] = field(default_factory=dict)
    projects: dict[str, ProjectRecord] = field(default_factory=dict)
    strategies: dict[str, StrategyRecord] = field(default_factory=dict)
    links: list[LinkRecord] = field(default_factory=list)
    pending: list[PendingLink] = field(default_factory=list)
    rows: list[RowReport] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    layouts: list[TableLayout] = field(default_factory=list)
    readings: list[ItemReading] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)

    def add_area(self, code: str | None) -> None:
        """An area and everything it lies in."""
        if code and code not in self.areas:
            for record in self.gazetteer.iter_area_chain(code):
                self.areas.setdefault(record.uid, record)

    def add_body(self, body: BodyRecord) -> None:
        """A body and its area."""
        self.bodies.setdefault(body.uid, body)
        self.add_area(body.area)

    def count(self, fate: RowFate) -> int:
        """How many rows met this fate."""
        return sum(1 for row in self.rows if row.fate is fate)

    def build_batch(self, document: DocumentRecord) -> RecordBatch:
        """Everything as one batch; problems of rows are listed with those of the file."""
        of_rows = tuple(problem for row in self.rows for problem in row.problems)
        return RecordBatch(
            document=document,
            areas=tuple(self.areas[code] for code in sorted(self.areas)),
            bodies=tuple(self.bodies.values()),
            plans=tuple(self.plans.values()),
            needs=tuple(self.needs.values()),
            projects=tuple(self.projects.values()),
            strategies=tuple(self.strategies.values()),
            links=tuple(self.links),
            pending=tuple(self.pending),
            rows=tuple(self.rows),
            problems=(*self.problems, *of_rows),
            layouts=tuple(self.layouts),
            readings=tuple(self.readings),
        )

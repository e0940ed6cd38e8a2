"""Needs: what villages said at their forums."""

from __future__ import annotations

import re

from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.outcomes import read_outcome
from tracegraph.ingest.placing import place_row
from tracegraph.ingest.rows import RowCells
from tracegraph.ingest.statements import identify, read_statements
from tracegraph.model.records import NeedRecord
from tracegraph.thai.normalize import normalize
from tracegraph.thai.numbers import read_year


def read_needs(job: TableJob) -> None:
    """Every row of a table of needs."""

    def build(cells: RowCells, text: str) -> NeedRecord | None:
        return _build(job, cells, text)

    read_statements(job, "text", build)


def _build(job: TableJob, cells: RowCells, text: str) -> NeedRecord | None:
    place = place_row(job, cells, text)
    scope = job.scope_of(cells, place.area)
    if cells.failed:
        return None
    plan = job.plan(scope)
    named = identify(job, cells, "need", plan.uid, text, place.village_nos)
    if named is None:
        return None
    uid, source_id, hashed = named
    outcome, reason = read_outcome(cells)
    village = place.asked_by or (place.village_nos[0] if len(place.village_nos) == 1 else None)
    record = NeedRecord(
        uid=uid,
        source_id=source_id,
        text=text,
        text_hash=hashed,
        plan=plan.uid,
        origin=job.origin(cells),
        village_no=village,
        village_name=place.village_name,
        area=place.area,
        area_confidence=place.confidence,
        area_words=place.words,
        year=_year(cells) or (scope.years[0] if scope.years else None),
        side=cells.text("side") or cells.section.group,
        capacity=cells.text("capacity"),
        priority=_number(cells.text("priority")),
        outcome=outcome,
        outcome_reason=reason,
    )
    job.out.needs[uid] = record
    job.out.add_area(place.area)
    return record


def _year(cells: RowCells) -> int | None:
    said = cells.text("year")
    year = read_year(said) if said else None
    if said and year is None:
        cells.warn("year-unread", "year", said)
    return year


def _number(text: str | None) -> int | None:
    digits = re.search(r"\d{1,3}", normalize(text or ""))
    return int(digits[0]) if digits else None

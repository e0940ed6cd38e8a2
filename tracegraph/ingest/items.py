"""Items of plans and contracts: projects, recurring work, administration, equipment; and what their rows declare."""

from __future__ import annotations

import re

from tracegraph.ingest.amounts import find_fund_source, read_amounts
from tracegraph.ingest.bodies import find_asked, find_payer, parse_body
from tracegraph.ingest.budgeted import add_budgeted
from tracegraph.ingest.declarations import declare_row
from tracegraph.ingest.item_kinds import find_item_kind, parse_item_kind
from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.lines import find_form
from tracegraph.ingest.outcomes import find_beyond, read_outcome
from tracegraph.ingest.placing import place_row
from tracegraph.ingest.rows import RowCells
from tracegraph.ingest.scope import PlanScope
from tracegraph.ingest.sheet_links import link_sheet
from tracegraph.ingest.slips import find_repeated_money
from tracegraph.ingest.statements import identify, read_statements
from tracegraph.model.graph import ItemKind, Stage
from tracegraph.model.process import BEYOND_CAPACITY_KINDS
from tracegraph.model.records import PlanRecord, ProjectRecord

_LAST_BRACKET = re.compile(r"\(([^()]+)\)\s*$")


def read_items(job: TableJob) -> None:
    """Every row of a table of plan items or contracts."""

    def build(cells: RowCells, text: str) -> ProjectRecord | None:
        return _build(job, cells, text)

    before = len(job.out.rows)
    link_sheet(job, read_statements(job, "name", build))
    find_repeated_money(job, before)


def _build(job: TableJob, cells: RowCells, name: str) -> ProjectRecord | None:
    place = place_row(job, cells, name)
    scope = job.scope_of(cells, place.area)
    if cells.failed:
        return None
    plan = job.plan(scope)
    named = identify(job, cells, "proj", plan.uid, name, place.village_nos)
    if named is None:
        return None
    uid, source_id, hashed = named
    amounts = read_amounts(cells, scope.years)
    form = _form_of(cells) or job.sure_form
    beyond, beyond_reason = find_beyond(cells, form)
    if job.form.beyond and not beyond:
        beyond, beyond_reason = True, job.form.label
    outcome, outcome_reason = read_outcome(cells)
    record = ProjectRecord(
        uid=uid,
        source_id=source_id,
        name=name,
        text_hash=hashed,
        plan=plan.uid,
        origin=job.origin(cells),
        item_kind=_kind_of(cells, name, form, job.form.item_kind),
        objective=cells.text("objective") or cells.text("problem"),
        target=cells.text("target"),
        kpi=cells.text("kpi"),
        expected=cells.text("expected"),
        department=cells.text("department"),
        programme=cells.text("programme") or cells.section.programme,
        form=form,
        years=amounts.years,
        amounts=amounts.amounts,
        village_nos=place.village_nos,
        village_name=place.village_name,
        area=place.area,
        area_confidence=place.confidence,
        area_words=place.words,
        payer=_payer_of(cells, name, scope),
        fund_source=cells.text("fund_source") or amounts.fund_source or find_fund_source(name) or _noted_source(cells),
        beyond_capacity=beyond or plan.kind in BEYOND_CAPACITY_KINDS,
        beyond_reason=beyond_reason,
        amendment=_amendment_of(cells, plan),
        status_text=cells.text("status_text") or cells.text("note"),
        outcome=outcome,
        outcome_reason=outcome_reason,
        place_text=cells.text("place_text"),
        notes=tuple(note.text for note in cells.notes),
        problems=tuple(problem.code for problem in cells.problems),
    )
    job.out.projects[uid] = record
    job.out.add_area(place.area)
    declare_row(job, cells, record, scope)
    if plan.stage is Stage.PLAN:
        add_budgeted(job, cells, record, scope)
    return record


def _form_of(cells: RowCells) -> str | None:
    for words in (cells.text("form"), cells.text("programme"), cells.section.form, cells.table.sheet):
        if words and (form := find_form(words.replace("-2", "/2") if words.startswith("ผ") else words)):
            return form
    return cells.text("form")


def _kind_of(cells: RowCells, name: str, form: str | None, of_form: str | None) -> ItemKind:
    said = cells.text("item_kind") or of_form
    if said is not None:
        kind = parse_item_kind(said)
        if kind is not None:
            return kind
        cells.warn("item-kind-unknown", "item_kind", said, ", ".join(ItemKind))
    programme = cells.text("programme") or cells.section.programme
    groups = (programme, cells.text("strategy"), cells.text("form"), cells.section.group)
    return find_item_kind(name, form=form, groups=groups)


def _payer_of(cells: RowCells, name: str, scope: PlanScope) -> str | None:
    """The body that pays or is asked, where the row names one that is not the plan's owner."""
    bracket = _LAST_BRACKET.search(name)
    in_name = parse_body(bracket[1]) if bracket else None
    asked = [find_asked(words) for prop in ("programme", "owner", "form", "department") if (words := cells.text(prop))]
    department = cells.text("department")
    candidates = [
        cells.text("payer"),
        *asked,
        find_payer(department) if department else None,
        in_name.label if in_name else None,
    ]
    owner = scope.owner.name if scope.owner else None
    return next((body for body in candidates if body and body != owner), None)


def _noted_source(cells: RowCells) -> str | None:
    """Where the money comes from, as a text box or comment beside the row says."""
    return next((", ".join(note.fund_sources) for note in cells.notes if note.fund_sources), None)


def _amendment_of(cells: RowCells, plan: PlanRecord) -> str | None:
    said = cells.text("amendment")
    if said is None and plan.edition_no and cells.edition is not None:
        return cells.edition.word
    return said

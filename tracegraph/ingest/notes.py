"""What must be said about a table as a whole: what was assumed, filled in, or left unread."""

from __future__ import annotations

import re

from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.model.graph import Stage
from tracegraph.thai.normalize import normalize

_PLACED = ("needs", "items", "contracts")
#: Columns that are known but have no place in a record.
_NOT_KEPT = ("paid", "contractor", "months", "check", "operation_name", "work_type", "source", "attendance")


def note_mapping(job: TableJob) -> None:
    """Columns that are not read, and a stage that only the table's shape tells."""
    not_kept = [column.heading for column in job.mapping.columns if column.prop in _NOT_KEPT]
    unused = [" ".join(heading.split()) for heading in (*job.mapping.unused, *not_kept)]
    _note_table(job)
    _note_declared(job)
    if re.search(r"\(\d{1,2}\)\s*$", job.table.sheet):
        job.note("copied-sheet", job.table.sheet)
    if unused:
        job.note("unused-columns", ", ".join(unused))
    if job.mapping.fill_down and job.mapping.name == "headings":
        shown = [column.heading for column in job.mapping.columns if column.prop in job.mapping.fill_down]
        job.note("filled-down", ", ".join(shown))
    stage = job.form.stage
    assumed = stage not in (None, Stage.PLAN) and job.mapping.document.stage is None and job.context.stage is None
    if assumed and job.title.stage != stage and job.mapping.kind != "contracts":
        job.note("stage-assumed", str(stage), job.form.label)


def _note_table(job: TableJob) -> None:
    """What the reader of the file had to say, and what a person looking at the sheet would not see."""
    for remark in job.table.remarks:
        place = Place(job.table.file, job.table.sheet, remark.row, remark.column)
        job.out.problems.append(make_problem(remark.code, place, remark.found, remark.expected))
    if job.table.hidden:
        job.note("hidden-sheet", job.table.sheet)
    if job.table.hidden_rows:
        job.note("hidden-rows", f"{len(job.table.hidden_rows):,}")


def _note_declared(job: TableJob) -> None:
    """What the lines above the headings declare and cannot mean."""
    told = {(problem.code, problem.found) for problem in job.out.problems}
    for declared in job.section.declared:
        if declared.problem and (declared.problem, declared.words) not in told:  # once for a book, not for each sheet
            job.note(declared.problem, declared.words, declared.expected)
    written = job.section.written
    if job.section.strategy and not written.strategy and written.tactic:
        job.note("strategy-misplaced", written.tactic)


def note_findings(job: TableJob) -> None:
    """Whose the table was taken to be, how the years were found, villages numbered 0."""
    if job.mapping.kind not in _PLACED:
        return
    _note_owner(job)
    if job.years_from_name and job.name_years:
        first, last = job.name_years
        job.note("years-from-name", str(first) if first == last else f"{first}-{last}")
    if job.zero_villages:
        column = job.mapping.find("village_no")
        job.note("village-zero", "0", column=column.heading if column else None, count=job.zero_villages)
    if job.kind_assumed:
        job.note("kind-assumed", job.kind_assumed)


def _note_owner(job: TableJob) -> None:
    own = job.ownership
    named = own.owner.name if own.owner else _area_name(job, own.area)
    if job.mapping.find("owner"):
        return
    if own.source == "content":
        job.note("owner-from-content", named, count=own.mentions)
    elif own.source == "before":
        job.note("owner-from-before", named)
    elif own.source == "files":
        job.note("owner-from-files", named, ", ".join(own.files))
    elif own.owner is None and own.area is None and not _stated_in_rows(job):
        job.note("owner-unknown")
    if (own.owner or own.source == "content") and own.area is None and not _stated_in_rows(job):
        job.note("area-unknown", named)


def _stated_in_rows(job: TableJob) -> bool:
    return any(job.mapping.find(prop) for prop in ("owner", "tambon", "area"))


def _area_name(job: TableJob, code: str | None) -> str:
    return normalize(" ".join(area.name for area in job.gazetteer.iter_area_chain(code))) if code else ""

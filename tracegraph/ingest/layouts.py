"""How a table was read, for the preview, the report and a mapping file: form, headings, columns, what rows share."""

from __future__ import annotations

from tracegraph.ingest.jobs import TableJob
from tracegraph.model.records import ColumnRead, TableLayout


def build_layout(job: TableJob) -> TableLayout:
    """The layout of a table that has been read."""
    mapping, form = job.mapping, job.mapping.form
    columns = (
        ColumnRead(
            index=column.index,
            heading=column.heading,
            prop=column.prop,
            reason=column.reason,
            year=column.year,
            unit=column.unit,
            list_id=column.list_id,
        )
        for column in mapping.columns
    )
    return TableLayout(
        sheet=job.table.sheet,
        kind=mapping.kind,
        form=form.code if form else "",
        form_label=form.label if form else "",
        form_confidence=form.confidence if form else 0.0,
        form_reasons=form.reasons if form else (),
        heading_first=mapping.rows.first,
        heading_last=mapping.rows.last,
        headings=mapping.rows.headings,
        columns=tuple(columns),
        unused=mapping.unused,
        document=tuple(_read_document(job)),
        constants=tuple(mapping.constants.items()),
        hidden=job.table.hidden,
        rows=sum(1 for row in job.out.rows if row.sheet == job.table.sheet),
        checks=job.checks,
    )


def _read_document(job: TableJob) -> list[tuple[str, str]]:
    """What holds for all rows, in the words of a mapping file's ``document``; what is not known is left out."""
    stated, form, own = job.mapping.document, job.form, job.ownership
    years = job.title.years or job.name_years
    edition = job.section.edition or job.title.edition
    found = {
        "kind": job.mapping.kind,
        "plan_kind": job.context.plan_kind or stated.plan_kind or job.title.kind or form.plan_kind,
        "stage": job.context.stage or stated.stage or job.title.stage or form.stage,
        "owner": job.context.owner or stated.owner or (own.owner.name if own.owner else None),
        "area": own.area,
        "years": job.context.years or stated.years or (f"{years[0]}-{years[1]}" if years else None),
        "edition": stated.edition or (edition.text if edition else None),
        "title": stated.title or form.plan_title,
        "provinces": " ".join(own.known),
    }
    return [(name, str(value)) for name, value in found.items() if value]

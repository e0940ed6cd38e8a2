"""Slips that only the whole table shows: the same money to the satang at two places."""

from __future__ import annotations

from dataclasses import replace

from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.problems import Place, make_problem
from tracegraph.model.records import ProjectRecord, RowFate


def find_repeated_money(job: TableJob, first: int) -> None:
    """Warn of rows that state exactly the money of an earlier row at another place (rows from index ``first`` on).

    Only odd sums count: whole thousands are often the same by estimate. The row stays in as stated.
    """
    column = job.mapping.find("budget") or job.mapping.find("money")
    earlier: dict[float, ProjectRecord] = {}
    for index in range(first, len(job.out.rows)):
        report = job.out.rows[index]
        record = job.out.projects.get(report.uid or "") if report.fate is RowFate.LOADED else None
        amount = record.amount if record else None
        if record is None or not amount or amount % 1000 == 0:
            continue
        other = earlier.setdefault(amount, record)
        if other is record or not _elsewhere(record, other):
            continue
        where = Place(report.file, report.sheet, report.row, column.heading if column else None)
        before = f"{other.origin.row} ({other.source_id})" if other.source_id else other.origin.row
        problem = make_problem("repeated-money", where, f"{amount:,.2f}", row_before=before)
        job.out.rows[index] = replace(report, problems=(*report.problems, problem))
        job.out.projects[record.uid] = replace(record, problems=(*record.problems, problem.code))


def _elsewhere(left: ProjectRecord, right: ProjectRecord) -> bool:
    return left.area != right.area or left.village_nos != right.village_nos

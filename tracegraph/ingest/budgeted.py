"""What a plan's own table says got money: its columns เทศบัญญัติ/ข้อบัญญัติ by year, or ปีที่ได้รับ and งบที่ได้รับจริง.

Each such cell is a line of that year's budget, so it becomes an item of the budget, to which the plan's item was
carried. Source: the 17-column layout of ผ.02 (domain notes on forms) and registers that planners keep themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tracegraph.ingest.amounts import in_baht
from tracegraph.ingest.editions import Edition
from tracegraph.ingest.identity import build_uid
from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.rows import RowCells
from tracegraph.ingest.scope import PlanScope
from tracegraph.model.graph import LinkKind, Stage
from tracegraph.model.records import PendingLink, ProjectRecord
from tracegraph.thai.numbers import MoneyState, read_money, read_year

_LAW = re.compile(r"เทศบัญญัติ|ข้อบัญญัติ")


def add_budgeted(job: TableJob, cells: RowCells, record: ProjectRecord, scope: PlanScope) -> None:
    """An item of the year's budget for each cell with money, with the declared link to it."""
    for heading, year, money, words in _iter_budgeted(cells):
        budget = replace(scope, stage=Stage.BUDGET, title=None, years=(year, year), edition=Edition())
        plan = job.plan(budget)
        law = _LAW.search(heading)
        line = replace(
            record,
            uid=build_uid("proj", plan.uid, "budgeted", record.uid),
            source_id=None,
            plan=plan.uid,
            years=(year,),
            amounts=(money,),
            fund_source=law[0] if law else record.fund_source,
            beyond_capacity=False,
            beyond_reason=None,
            amendment=None,
            status_text=None,
            outcome=None,
            outcome_reason=None,
            notes=(),
        )
        job.out.projects[line.uid] = line
        job.out.pending.append(
            PendingLink(
                kind=LinkKind.CARRIED_TO,
                from_id=record.uid,
                to_id=line.uid,
                origin=record.origin,
                reason=f"{' '.join(heading.split())}: {words}",
            )
        )


def _iter_budgeted(cells: RowCells) -> Iterator[tuple[str, int, float, str]]:
    """Heading, fiscal year, baht and words of each cell that says the item got money; other texts are warned of."""
    for column, cell in cells.all("budgeted"):
        money = read_money(cell)
        if money.state is MoneyState.UNSURE:
            cells.warn("money-unsure", column.heading, cell)
        elif money.state is MoneyState.AMOUNT and column.year is not None and (value := in_baht(money, column.unit)):
            yield column.heading, column.year, value, cell.strip()
    said, year = cells.text("received"), cells.text("received_year")
    money = read_money(said or "")
    received_in = read_year(year) if year else None
    if money.state is MoneyState.AMOUNT and money.value and received_in:
        stated = cells.mapping.find("received")
        yield stated.heading if stated else "งบที่ได้รับจริง", received_in, money.value, said or ""

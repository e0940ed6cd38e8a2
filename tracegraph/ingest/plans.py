"""The register of plans: who owes which plan, when it was due and when it was handed in."""

from __future__ import annotations

import re
from datetime import date

from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.rows import RowCells
from tracegraph.model.process import THAI_MONTHS
from tracegraph.model.records import RowFate
from tracegraph.thai.normalize import normalize

_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t].*)?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})")
_SPELLED = re.compile(r"(\d{1,2})\s*([ก-๙.]+?)\.?\s*(?:พ\.\s?ศ\.\s*)?(\d{2,4})")


def read_plans(job: TableJob) -> None:
    """Every row of a register of plans; two rows of the same plan are one."""
    walk = job.walk()
    for cells in walk:
        before = len(job.out.plans)
        uid = _read(job, cells)
        if uid is None or cells.failed:
            job.report(cells, RowFate.QUARANTINED)
        elif len(job.out.plans) == before:
            cells.warn("repeated-row", None, row_before=job.seen.ids.get(("plan", uid), ""))
            job.report(cells, RowFate.MERGED, uid)
        else:
            job.seen.ids["plan", uid] = str(cells.row.number)
            job.report(cells, RowFate.LOADED, uid)
    job.finish(walk)


def _read(job: TableJob, cells: RowCells) -> str | None:
    area = cells.text("area")
    if area and job.gazetteer.area_record(area) is None:
        cells.warn("place-unknown", "area", area, "ประเทศไทย")
        area = None
    if cells.text("plan_kind") is None or cells.text("owner") is None:
        cells.warn("no-name", "plan_kind" if cells.text("plan_kind") is None else "owner")
        return None
    scope = job.scope_of(cells, area, title=cells.text("title"))
    if cells.failed:
        return None
    plan = job.plan(scope)
    job.with_plan_dates(plan.uid, _date(cells, "due"), _date(cells, "submitted"))
    return plan.uid


def _date(cells: RowCells, prop: str) -> str | None:
    said = cells.text(prop)
    if said is None:
        return None
    found = parse_date(said)
    if found is None:
        cells.warn("date-unread", prop, said)
    return found


def parse_date(text: str) -> str | None:
    """ISO date (Christian era) of a day as typed: 2569-06-30, 30/6/2569, 30 มิ.ย. 69; None where it is none."""
    bare = normalize(text)
    if match := _ISO.fullmatch(bare):
        year, month, day = (int(part) for part in match.groups())
    elif match := _SLASHED.fullmatch(bare):
        day, month, year = (int(part) for part in match.groups())
    elif (match := _SPELLED.fullmatch(bare)) and (found := _month(match[2])):
        day, month, year = int(match[1]), found, int(match[3])
    else:
        return None
    year = 2500 + year if year < 100 else year
    try:
        return date(year - 543 if year > 2300 else year, month, day).isoformat()
    except ValueError:
        return None


def _month(word: str) -> int | None:
    bare = word.replace(".", "")
    names = [(name, number) for number, name in enumerate(_MONTHS, start=1)]
    short = [(name.replace(".", ""), number) for number, name in enumerate(THAI_MONTHS, start=1)]
    return next((number for name, number in (*names, *short) if bare == name), None)

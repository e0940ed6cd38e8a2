"""Links that an item's row declares: to strategies, to the need it answers, to the item it came from."""

from __future__ import annotations

import re

from tracegraph.ingest.declared import build_declared_link, find_declared, find_programmes
from tracegraph.ingest.declared_lines import LAO_PROVINCE, DeclaredLine
from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.own_lists import parse_own_strategy
from tracegraph.ingest.rows import RowCells
from tracegraph.ingest.scope import PlanScope, five_years
from tracegraph.model.graph import LinkKind
from tracegraph.model.records import PendingLink, ProjectRecord
from tracegraph.thai.normalize import normalize

_LINE_ABOVE = "หัวตาราง"
_NATIONAL = ("NS", "MP", "M13", "SDG")
_IMPORTED = ("PV", "CL", "RG", LAO_PROVINCE)
_IDS = re.compile(r"[\s,;|]+")
_LOOKS_LIKE_ID = re.compile(r"[A-Za-zก-ฮ0-9][\w.\-/#:]{0,59}")
_NUMBER = re.compile(r"^(?:[^\d]{0,40}?(?:ที่|ข้อ)\s*)?(\d{1,2}(?:\.\d{1,2})?)(?![\d.])")


def declare_row(job: TableJob, cells: RowCells, record: ProjectRecord, scope: PlanScope) -> None:
    """Add every link that the row states for its record."""
    _declare_programme(job, cells, record)
    for list_id in _NATIONAL:
        for column, cell in cells.all(list_id):
            _declare_national(job, cells, record, list_id, cell, column.heading)
    for declared in cells.section.declared:
        _declare_line(job, record, scope, declared)
    for list_id in ("PV", "CL"):
        for _, cell in cells.all(list_id):
            _declare_imported(job, record, scope, list_id, cell, cell)
    for column, cell in cells.all("strategy_of"):
        for part in _parts(cell):
            _pend(job, record, f"{column.list_id}:{_number_in(part) or part}", cell)
    _declare_own(job, cells, record, scope)
    _declare_ids(job, cells, record)


def _declare_line(job: TableJob, record: ProjectRecord, scope: PlanScope, declared: DeclaredLine) -> None:
    """A line above the headings speaks for every row below; an entry of a list that is imported waits for that list."""
    if declared.entry is not None:
        link = build_declared_link(
            record.uid, record.text_hash, declared.entry, declared.words, _LINE_ABOVE, record.origin
        )
        job.out.links.append(link)
    elif declared.list_id in _IMPORTED and (declared.number or declared.name):
        province = job.find_province(declared.province)
        area = province or record.area or scope.area
        cycle = five_years(scope.years[0])[0] if scope.years else None
        known = declared.list_id == "PV" and area and cycle and declared.number
        entry = f"PV{area[:2]}-{cycle}:{declared.number}" if known and area else f"{declared.number} {declared.name}"
        _pend(job, record, entry.strip(), declared.words)


def _declare_programme(job: TableJob, cells: RowCells, record: ProjectRecord) -> None:
    if record.programme is None:
        return
    column = job.mapping.find("programme")
    found = find_programmes(record.programme)
    for entry in found:
        heading = column.heading if column else "แผนงาน"
        link = build_declared_link(record.uid, record.text_hash, entry, record.programme, heading, record.origin)
        job.out.links.append(link)
    if not found and normalize(record.programme).startswith("แผนงาน"):
        cells.warn("programme-unknown", "programme", record.programme)


def _declare_national(
    job: TableJob, cells: RowCells, record: ProjectRecord, list_id: str, cell: str, heading: str, words: str = ""
) -> None:
    declared = find_declared(list_id, cell)
    for entry, said in declared.entries:
        link = build_declared_link(record.uid, record.text_hash, entry, words or said, heading, record.origin)
        job.out.links.append(link)
    for unknown in declared.unknown:
        cells.warn("strategy-unknown", heading, unknown, list_id)
    for both in declared.disagreements:
        cells.warn("declared-disagrees", heading, both.words, f"{both.by_name.uid} {both.by_name.name}")


def _declare_imported(
    job: TableJob, record: ProjectRecord, scope: PlanScope, list_id: str, cell: str, words: str
) -> None:
    """A provincial list has the id ``PV`` + province + first year (``PV81-2566``); other lists wait by their words."""
    area = record.area or scope.area
    cycle = five_years(scope.years[0])[0] if scope.years else None
    for part in _parts(cell):
        number = _number_in(part)
        known = list_id == "PV" and area and cycle and number
        _pend(job, record, f"PV{area[:2]}-{cycle}:{number}" if known and area else part, words)


def _parts(cell: str) -> list[str]:
    text = normalize(cell)
    return [part.strip() for part in re.split(r"[,;\n]", text) if part.strip() and part.strip() not in ("-", "ไม่ระบุ")]


def _number_in(text: str) -> str | None:
    match = _NUMBER.match(text)
    return match[1] if match else None


def _pend(job: TableJob, record: ProjectRecord, strategy: str, words: str) -> None:
    job.out.pending.append(
        PendingLink(
            kind=LinkKind.ALIGNS_WITH,
            from_id=record.uid,
            to_id=strategy,
            origin=record.origin,
            reason=" ".join(words.split()),
        )
    )


def _declare_own(job: TableJob, cells: RowCells, record: ProjectRecord, scope: PlanScope) -> None:
    said = cells.text("strategy")
    stated = parse_own_strategy(cells.text("strategy_no"), said)
    column = job.mapping.find("strategy") or job.mapping.find("strategy_no")
    heading = column.heading if column else "ยุทธศาสตร์"
    if stated is None and said is None and cells.section.strategy is not None:
        stated = cells.section.strategy
        said = " ".join(part for part in stated if part)
    if stated is not None:
        job.own.declare(record, scope, stated[0], stated[1], said or stated[0], heading)


def _declare_ids(job: TableJob, cells: RowCells, record: ProjectRecord) -> None:
    """Ids of needs and other items in a row; a text that is no id (a problem in words) makes no link."""
    for prop, kind in (
        ("need_id", LinkKind.ANSWERED_BY),
        ("problem", LinkKind.ANSWERED_BY),
        ("carried_from", LinkKind.CARRIED_TO),
        ("same_as", LinkKind.SAME_WORK),
    ):
        for column, cell in cells.all(prop):
            ids = [part for part in _IDS.split(cell.strip()) if part and part not in ("-", "–")]
            if ids and all(_LOOKS_LIKE_ID.fullmatch(part) and re.search(r"\d", part) for part in ids):
                job.out.pending += [
                    PendingLink(
                        kind=kind,
                        from_id=part,
                        to_id=record.uid,
                        origin=record.origin,
                        reason=f"{column.heading}: {cell}",
                    )
                    for part in ids
                ]

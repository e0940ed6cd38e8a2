"""Strategies of a province, a cluster, a district or an อปท. as its own table lists them."""

from __future__ import annotations

from tracegraph.ingest.bodies import resolve_body
from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.rows import RowCells
from tracegraph.ingest.scope import five_years
from tracegraph.model.records import AreaRecord, RowFate, StrategyRecord
from tracegraph.thai.normalize import normalize
from tracegraph.thai.numbers import read_year
from tracegraph.thai.places import PlaceContext

_LEVELS = {
    "national": "national",
    "cluster": "cluster",
    "province": "province",
    "district": "district",
    "local": "local",
    "ชาติ": "national",
    "ประเทศ": "national",
    "กลุ่มจังหวัด": "cluster",
    "จังหวัด": "province",
    "อำเภอ": "district",
    "ท้องถิ่น": "local",
    "อปท": "local",
    "อปท.": "local",
    "ตำบล": "local",
}
_PREFIX = {"province": "PV", "local": "LAO", "district": "DS"}


def read_strategies(job: TableJob) -> None:
    """Every row of a table of strategies; ``uid`` is ``LIST:number``."""
    walk = job.walk()
    for cells in walk:
        record = _build(job, cells)
        if record is None or cells.failed:
            job.report(cells, RowFate.QUARANTINED)
            continue
        known = job.out.strategies.get(record.uid)
        if known is None:
            job.out.strategies[record.uid] = record
            job.report(cells, RowFate.LOADED, record.uid)
        elif normalize(known.name) == normalize(record.name):
            cells.warn("repeated-row", None, row_before=known.origin.row if known.origin else "")
            job.report(cells, RowFate.MERGED, record.uid)
        else:
            cells.warn("duplicate-id", "number", record.number, row_before=known.origin.row if known.origin else "")
            job.report(cells, RowFate.QUARANTINED)
    job.finish(walk)


def _build(job: TableJob, cells: RowCells) -> StrategyRecord | None:
    name, number = cells.text("name"), cells.text("number")
    level = _LEVELS.get(normalize(cells.text("level") or ""), "local")
    area = cells.text("area") or job.ownership.area
    first, last = _year(cells, "valid_from"), _year(cells, "valid_to")
    version = cells.text("version") or (str(first) if first else "")
    list_id = cells.text("list_id") or _list_id(level, area, first or _year(cells, "version"))
    if name is None:
        cells.warn("no-name", "name")
        return None
    if number is None or list_id is None:
        cells.warn("no-number", "number", f"{number or ''} {list_id or ''}".strip())
        return None
    owner = cells.text("owner")
    body = resolve_body(owner, job.gazetteer, PlaceContext(owner=area)) if owner else job.ownership.owner
    if body:
        job.out.add_body(body)
    _add_area(job, area, level, owner)
    parent = cells.text("parent")
    return StrategyRecord(
        uid=f"{list_id}:{normalize(number)}",
        list_id=list_id,
        list_name=cells.text("list_name") or list_id,
        version=version,
        number=normalize(number),
        name=name,
        level=level,
        parent=parent if parent is None or ":" in parent else f"{list_id}:{normalize(parent)}",
        valid_from=first,
        valid_to=last,
        area=area,
        owner=body.uid if body else None,
        aliases=tuple(part.strip() for part in (cells.text("aliases") or "").split("|") if part.strip()),
        sample=job.document.sample,
        origin=job.origin(cells),
    )


def _list_id(level: str, area: str | None, year: int | None) -> str | None:
    """``PV81-2566``, ``LAO810405-2566``: the id that a list has where its table gives none."""
    prefix = _PREFIX.get(level)
    return f"{prefix}{area}" + (f"-{five_years(year)[0]}" if year else "") if prefix and area else None


def _year(cells: RowCells, prop: str) -> int | None:
    said = cells.text(prop)
    year = read_year(said) if said else None
    if said and year is None and prop != "version":
        cells.warn("year-unread", prop, said)
    return year


def _add_area(job: TableJob, area: str | None, level: str, owner: str | None) -> None:
    if area and area.startswith("C:"):
        record = AreaRecord(uid=area, name=owner or area[2:], level="cluster", parent=None)
        job.out.areas.setdefault(area, record)
    elif level != "national":
        job.out.add_area(area)

"""Where a row is: village numbers, and the most exact area code that its columns, words and owner give."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tracegraph.ingest.jobs import TableJob
from tracegraph.ingest.rows import RowCells
from tracegraph.thai.far_ends import find_far_villages
from tracegraph.thai.fields import ParsedName
from tracegraph.thai.normalize import normalize
from tracegraph.thai.numbers import read_village_no
from tracegraph.thai.parse import parse_name
from tracegraph.thai.places import PlaceContext, PlaceMatch
from tracegraph.thai.villages import MAX_PLAUSIBLE_VILLAGE

_FOR_OTHERS = re.compile(r"^(?:โครงการ)?\s*(?:เงิน)?อุดหนุน(?:เทศบาล|อบต|องค์การ|ที่ทำการ|อำเภอ|จังหวัด|สำนักงาน)")
_SURE_OF_OWNER = {"stated": 0.95, "title": 0.9, "content": 0.85, "before": 0.75, "files": 0.75}
_SAID_BY_COLUMNS = ("tambon", "district", "province", "area", "place_text")


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row's area code (None where unknown), how sure it is (0–1), the words it came from, and its villages."""

    area: str | None
    confidence: float
    words: str
    village_nos: tuple[int, ...] = ()
    village_name: str | None = None
    asked_by: int | None = None  # the village number that the column itself states


def place_row(job: TableJob, cells: RowCells, name: str) -> RowPlace:
    """The place of a row; what cannot be told is warned of and stays at a coarser level."""
    said = cells.text("place_text")
    own_area = _own_area(job, cells)
    context = job.ownership.place_context(own_area)
    home = job.gazetteer.read_home(parse_name(f"{name} {said}" if said and said not in name else name), context)
    column = _column_villages(job, cells)
    villages = _villages(cells, column, home)
    named = [name for name in home.village_names if "-" not in name]
    village_name = cells.text("village_name") or _group_name(cells) or (named[0] if len(named) == 1 else None)
    plausible = tuple(n for n in villages if n <= MAX_PLAUSIBLE_VILLAGE)
    match = _resolve(job, cells, home, plausible, own_area, context, stated=bool(column))
    _warn(job, cells, match)
    _remember_village(job, match.area, cells.text("village_name"))
    return RowPlace(
        area=match.area,
        confidence=match.confidence,
        words=match.words,
        village_nos=villages,
        village_name=village_name,
        asked_by=column[0] if len(column) == 1 else None,
    )


def _group_name(cells: RowCells) -> str | None:
    """The village or community of the group line above the row."""
    if cells.section.place is None:
        return None
    named = parse_name(cells.section.place)
    return next(iter((*named.village_names, *named.landmarks)), None)


def _own_area(job: TableJob, cells: RowCells) -> str | None:
    owner = job.owner_of(cells)
    return (owner.area if owner else None) or job.ownership.area


def _column_villages(job: TableJob, cells: RowCells) -> tuple[int, ...]:
    said = cells.text("village_no")
    if said is None:
        return parse_name(cells.section.place).villages if cells.section.place else ()
    read = read_village_no(said)
    if read.doubtful:
        cells.warn("village-no-doubtful", "village_no", said)
    if read.problem is None:
        return read.numbers
    if normalize(said) in ("0", "00", "0.0"):
        job.zero_villages += 1
        return ()
    parsed = parse_name(said)
    if parsed.villages:
        return parsed.villages
    if not parsed.all_villages and not parsed.village_names:
        cells.warn("village-no-unread", "village_no", said)
    return ()


def _villages(cells: RowCells, column: tuple[int, ...], parsed: ParsedName) -> tuple[int, ...]:
    if not column:
        return parsed.villages
    here = set(parsed.villages) - find_far_villages(parsed)
    if here and not set(column) & set(parsed.villages) and cells.mapping.kind != "needs":
        shown = ", ".join(map(str, parsed.villages))
        cells.warn("village-conflict", "village_no", ", ".join(map(str, column)), shown)
    more = cells.mapping.kind != "needs" and set(column) < set(parsed.villages)
    return parsed.villages if more else column


def _resolve(
    job: TableJob,
    cells: RowCells,
    home: ParsedName,
    villages: tuple[int, ...],
    own_area: str | None,
    context: PlaceContext,
    *,
    stated: bool,
) -> PlaceMatch:
    code = (cells.text("area") or "").strip()
    if code and (record := job.gazetteer.area_record(code)):
        if record.level != "tambon":
            return PlaceMatch(code, record.level, 1.0, code)
        match = job.gazetteer.resolve(village_no=villages, context=PlaceContext(owner=code))
        return replace(match, confidence=1.0, words=f"{code} {match.words}".strip())
    if code:
        cells.warn("place-unknown", "area", code, "Thailand")
    columns = {prop: cells.text(prop) for prop in ("tambon", "district", "province")}
    own_tambon = own_area is not None and len(own_area) >= 6
    if not any(columns.values()) and ((stated and own_tambon) or _FOR_OTHERS.match(home.normalized)):
        return _at_home(job, villages, context)
    match = job.gazetteer.resolve(
        text=home.original,
        parsed=home,
        village_no=villages,
        village_name=cells.text("village_name"),
        context=context,
        **columns,
    )
    # "(อบจ.พะเยา)" names who pays, not where: words that say less than the owner's own area say nothing.
    wider = match.area and own_area and own_area != match.area and own_area.startswith(match.area)
    return _at_home(job, villages, context) if wider and not any(columns.values()) else match


def _at_home(job: TableJob, villages: tuple[int, ...], context: PlaceContext) -> PlaceMatch:
    """The village of that number in the owner's tambon; as sure as we are of the owner."""
    match = job.gazetteer.resolve(village_no=villages, context=context)
    sure = _SURE_OF_OWNER.get(job.ownership.source, 0.9)
    return replace(match, confidence=sure) if match.level == "village" else match


def _warn(job: TableJob, cells: RowCells, match: PlaceMatch) -> None:
    by = next((prop for prop in _SAID_BY_COLUMNS if cells.text(prop)), "name")
    problem = match.problem
    if problem == "homonym":
        cells.warn("place-ambiguous", by, match.words, ", ".join(_named(job, code) for code in match.homonyms[:5]))
    elif problem == "misspelt":
        cells.warn("place-misspelt", by, match.words, _named(job, match.area))
    elif problem == "district-disagrees":
        cells.warn("place-disagrees", by, match.words, _named(job, match.area))
    elif problem in ("unknown-tambon", "unknown-district", "unknown-province"):
        cells.warn("place-unknown", by, match.words, _named(job, match.area))
    elif problem == "outside-owner" and by in ("tambon", "district", "province"):
        cells.warn("place-outside", by, match.words, _named(job, job.ownership.area))


def _named(job: TableJob, code: str | None) -> str:
    if code is None:
        return "ประเทศไทย"
    return " ".join(area.name for area in job.gazetteer.iter_area_chain(code)) or code


def _remember_village(job: TableJob, area: str | None, name: str | None) -> None:
    """A village's name, stated in a column beside its number, serves the rows and files read after it."""
    if area and name and len(area) == 8:
        job.gazetteer.add_village(area, name)

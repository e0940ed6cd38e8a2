"""Read the texts of each item once, into the flat form that blocking and comparing use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tracegraph.link.same_work.locating import TAMBON_DIGITS, find_scopes, read_tambon
from tracegraph.link.same_work.own_roads import find_roads
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.said import (
    EMPTY,
    WISHING_KINDS,
    Said,
    find_house_parts,
    find_references,
    find_sizes,
    find_spots,
    find_stations,
    parse,
    read_all_said,
    read_said,
    without_ends,
)
from tracegraph.model.items import Item
from tracegraph.thai.fields import ParsedName
from tracegraph.thai.gazetteer import load_names
from tracegraph.thai.normalize import normalize
from tracegraph.thai.variants import find_concepts

_VILLAGE_DIGITS = 8
#: Letters of a core that stand for its kind of work where no object is known.
KIND_PREFIX = 10


def prepare(items: Iterable[Item]) -> list[Prepared]:
    """Each item parsed once, with the scope in which its candidates are looked for."""
    listed = list(items)
    scopes = find_scopes(listed)
    return count_crowds(prepare_items(listed, scopes))


def count_crowds(items: Sequence[Prepared]) -> list[Prepared]:
    """The items, each with the number of them that do its kind of work in its place."""
    keys = [find_crowd_key(item) for item in items]
    sizes = Counter(keys)
    return [replace(item, crowd=sizes[key]) for item, key in zip(items, keys, strict=True)]


def find_crowd_key(item: Prepared) -> tuple[str, str, str]:
    """The scope and tambon of an item and its kind of work (the beginning of its name where no object is known)."""
    return (item.scope, item.tambon or "", item.work_object or (item.core or item.whole)[:KIND_PREFIX])


def prepare_item(item: Item, scope: str = "") -> Prepared:
    """One item, its name, place and target parsed; ``scope`` as ``find_scopes`` gives it."""
    said = read_said(item.text, wishing=item.plan_kind in WISHING_KINDS, department=item.department)
    return _build(item, scope, said)


def prepare_items(items: Sequence[Item], scopes: Sequence[str]) -> list[Prepared]:
    """``prepare_item`` of each item and its scope, faster for many of them."""
    said = read_all_said(
        [item.text for item in items],
        wishing=[item.plan_kind in WISHING_KINDS for item in items],
        departments=[item.department for item in items],
    )
    return [_build(*row) for row in zip(items, scopes, said, strict=True)]


def _build(item: Item, scope: str, said: Said) -> Prepared:
    place = parse(item.place_text) if item.place_text else EMPTY
    target = parse(item.target) if item.target else EMPTY
    spots = said.spots or find_spots(place)
    code, tambons = read_tambon(item, said.parsed if said.tambons else place, leads_on=said.leads_on)
    return Prepared(
        item=item,
        whole=said.whole,
        core=said.core,
        unplaced=said.unplaced,
        concepts=find_concepts(said.core) if said.core else frozenset(),
        verb=said.verb or target.verb,
        added_verbs=said.added_verbs,
        work_object=said.work_object,
        family=said.family,
        purpose=said.purpose,
        furnished=said.furnished,
        tambon=code,
        tambon_names=tambons,
        tambon_called=load_names().by_code.get(code, "") if code else "",
        villages=frozenset(item.village_nos or _village_of(item)) or said.villages or frozenset(place.villages),
        everywhere=said.everywhere or place.all_villages,
        village_names=_village_names(item, said, place),
        roads=said.roads or find_roads(place),
        spots=spots,
        bank=said.bank or (place.sides[0] if place.sides else None),
        phase=said.phase if said.phase is not None else place.phase,
        stations=said.stations or find_stations(place),
        sizes={**_station_length(said.stations), **find_sizes(target.measures), **said.sizes},
        name_sizes=said.name_sizes,
        leftover=said.leftover - find_house_parts(spots) if said.leftover else said.leftover,
        ordinals=said.ordinals,
        continued=said.continued,
        money=dict(zip(item.years, item.amounts, strict=False)),
        amounts=_amounts(item),
        years=_years(item),
        unit=said.unit,
        unit_named=said.unit_named,
        period=said.period,
        forwarded=said.forwarded,
        assets=said.assets,
        references=_references(item, said),
        scope=scope,
    )


def _village_of(item: Item) -> tuple[int, ...]:
    """The village number in an official village code (tambon + two digits)."""
    return (int(item.area[TAMBON_DIGITS:]),) if item.area and len(item.area) == _VILLAGE_DIGITS else ()


def _village_names(item: Item, said: Said, place: ParsedName) -> tuple[str, ...]:
    """Typed in the name, else in the column."""
    if said.parsed.village_names:
        return said.village_names
    stated = normalize(item.village_name).removeprefix("บ้าน").strip() if item.village_name else ""
    return without_ends((stated,) if stated else place.village_names, said.parsed)


def _station_length(stations: tuple[tuple[float, float], ...]) -> dict[str, frozenset[float]]:
    """กม.0+000–0+800 is 800 meters long, which another row may say in meters."""
    length = sum(end - start for start, end in stations)
    return {"length": frozenset((length,))} if length > 0 else {}


def _amounts(item: Item) -> frozenset[float]:
    """The sums of single years, else the sum over all years."""
    yearly = frozenset(round(amount, 2) for amount in item.amounts if amount > 0)
    return yearly or (frozenset((round(item.amount, 2),)) if item.amount and item.amount > 0 else frozenset())


def _years(item: Item) -> frozenset[int]:
    """Years with money; all stated years where no year has any."""
    funded = frozenset(year for year, amount in zip(item.years, item.amounts, strict=False) if amount > 0)
    return funded or frozenset(item.years) or (frozenset((item.year,)) if item.year else frozenset())


def _references(item: Item, said: Said) -> frozenset[str]:
    if not item.status_text and not item.amendment:
        return said.references
    return said.references | find_references(f"{item.status_text or ''} {item.amendment or ''}")

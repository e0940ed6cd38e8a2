"""Take a project's or need's name apart into typed fields, each with its place in the original text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tracegraph.thai.areas import find_areas, find_bodies
from tracegraph.thai.fields import Measure, ParsedName, Span, Stations
from tracegraph.thai.finds import Found, Reading
from tracegraph.thai.measures import find_measures, find_stations
from tracegraph.thai.normalize import Offsets, normalize_with_offsets
from tracegraph.thai.periods import find_assets, find_periods, find_phases, find_wrappers
from tracegraph.thai.roads import find_canals, find_codes, find_landmarks, find_roads, find_sides
from tracegraph.thai.villages import find_persons, find_village_names, find_villages
from tracegraph.thai.work import build_core, find_work

MAX_LENGTH = 2000  # characters read; a longer cell is prose, and its head names the work
# The order matters: numbers that are keys before numbers that are measures, ม. as a village before ม. as metres.
_FINDERS = (
    find_wrappers, find_assets, find_stations, find_codes, find_villages, find_phases, find_areas, find_persons,
    find_periods, find_roads, find_measures, find_bodies, find_canals, find_sides, find_village_names, find_landmarks,
    find_work,
)  # fmt: skip
_MANY = ("village_names", "roads", "road_numbers", "road_ends", "tambons", "districts", "provinces", "bodies", "landmarks",
         "persons", "stations", "measures", "asset_numbers", "sides")  # fmt: skip
_ONE = ("verb", "work_object", "family", "phase", "period")


def parse_name(text: str) -> ParsedName:
    """Every field that the name states. Never raises; time grows in proportion to the length (see MAX_LENGTH)."""
    normalized, offsets = normalize_with_offsets(text)
    reading = Reading(normalized[:MAX_LENGTH])
    for find in _FINDERS:
        find(reading)
    values: dict[str, Any] = {}
    for found in sorted(reading.found, key=lambda f: f.start):
        _collect(values, found)
    spans = tuple((f.field, _original(f.start, f.end, offsets)) for f in reading.found if f.field and f.start >= 0)
    for name in ("measures", "stations"):
        if name in values:
            values[name] = tuple(_placed(value, offsets) for value in values[name])
    return ParsedName(
        original=text,
        normalized=normalized,
        core=build_core(reading.rest),
        spans=tuple(sorted(spans, key=_start)),
        **values,
    )


def _collect(values: dict[str, Any], found: Found) -> None:
    field, value = found.field, found.value
    if field in _MANY:
        known = values.get(field, ())
        if value not in known or field in ("measures", "stations"):
            values[field] = (*known, value)
    elif field in _ONE:
        values.setdefault(field, value)
    elif field == "all_villages":
        values[field] = True
    elif field in ("villages", "years") and isinstance(value, Iterable):
        values[field] = tuple(sorted({*values.get(field, ()), *value}))


def _original(start: int, end: int, offsets: Offsets) -> Span:
    return Span(offsets[start], offsets[end])


def _placed(value: Measure | Stations, offsets: Offsets) -> Measure | Stations:
    return replace(value, span=_original(value.span.start, value.span.end, offsets))


def _start(item: tuple[str, Span]) -> int:
    return item[1].start

"""Take a project's or need's name apart into typed fields, each with its place in the original text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tracegraph.thai.areas import find_areas, find_bodies
from tracegraph.thai.fields import ParsedName, Span
from tracegraph.thai.finds import Reading
from tracegraph.thai.landmarks import find_landmarks
from tracegraph.thai.measures import find_measures, find_stations
from tracegraph.thai.normalize import Offsets, normalize_with_offsets
from tracegraph.thai.periods import find_assets, find_periods, find_phases, find_wrappers
from tracegraph.thai.roads import find_canals, find_codes, find_roads, find_sides
from tracegraph.thai.villages import find_persons, find_village_names, find_villages
from tracegraph.thai.work import build_core, find_work

MAX_LENGTH = 2000
"""Characters read; a longer cell is prose, and its beginning names the work."""

# The order matters: numbers that are keys before numbers that are measures, ม. as a village before ม. as metres,
# places before the work words, because names of places are full of them (ตำบลคลองพน, ซอยสร้างสุข).
_FINDERS = (
    find_wrappers, find_assets, find_stations, find_codes, find_villages, find_phases, find_areas, find_persons,
    find_periods, find_roads, find_bodies, find_measures, find_canals, find_sides, find_village_names, find_landmarks,
    find_work,
)  # fmt: skip
_TUPLES = (
    "village_names", "roads", "road_numbers", "road_ends", "tambons", "districts", "provinces", "bodies", "landmarks",
    "persons", "asset_numbers", "sides", "other_objects",
)  # fmt: skip
_SINGLE = ("verb", "work_object", "family", "period")


def parse_name(text: str) -> ParsedName:
    """Every field that the name states. Never raises; time grows in proportion to the length (see MAX_LENGTH)."""
    normalized, offsets = normalize_with_offsets(text)
    reading = Reading(normalized if len(normalized) <= MAX_LENGTH else normalized[:MAX_LENGTH])
    for find in _FINDERS:
        find(reading)
    return ParsedName(
        original=text,
        normalized=normalized,
        core=build_core(reading.rest),
        spans=_spans(reading, offsets),
        **_fields(reading, offsets),
    )


def _fields(reading: Reading, offsets: Offsets) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in reading.values:
        found = reading.found(name)
        if name in _TUPLES:
            fields[name] = tuple(dict.fromkeys(found))
        elif name in _SINGLE:
            fields[name] = found[0]
        elif name in ("villages", "years"):
            fields[name] = tuple(sorted({number for numbers in found for number in numbers}))
        elif name in ("measures", "stations"):
            same = isinstance(offsets, range)  # nothing was moved by normalizing
            fields[name] = tuple(found) if same else tuple(replace(f, span=_place(f.span, offsets)) for f in found)
        elif name == "all_villages":
            fields[name] = True
        elif name == "phase":
            phases = set(found)
            fields[name] = found[0] if len(phases) == 1 else None
    return fields


def _spans(reading: Reading, offsets: Offsets) -> tuple[tuple[str, Span], ...]:
    return tuple((field, Span(offsets[start], offsets[end])) for field, start, end in sorted(reading.spans, key=_start))


def _start(span: tuple[str, int, int]) -> int:
    return span[1]


def _place(span: Span, offsets: Offsets) -> Span:
    return Span(offsets[span.start], offsets[span.end])

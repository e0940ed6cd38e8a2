"""Take a project's or need's name apart into typed fields, each with its place in the original text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, fields, make_dataclass, replace
from operator import itemgetter
from typing import Any, cast

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
_KIND = {
    **dict.fromkeys(("verb", "work_object", "family", "period"), "first"),
    **dict.fromkeys(("villages", "years"), "numbers"),
    **dict.fromkeys(("measures", "stations"), "placed"),
    **dict.fromkeys(("wrapper", "money", "surface"), "span only"),
    "phase": "phase",
    "all_villages": "flag",
}
# A frozen dataclass sets each of its two dozen slots through a call, a tenth of the time of a name. A draft with the
# same slots is filled directly and then becomes what it is a draft of.
_Draft = make_dataclass("_Draft", [(f.name, Any, field(default=f.default)) for f in fields(ParsedName)], slots=True)
_BY_START = itemgetter(1)
_span = tuple.__new__  # Span(…) runs a function of Python; a name has half a dozen spans


def parse_name(text: str) -> ParsedName:
    """Every field that the name states. Never raises; time grows in proportion to the length (see MAX_LENGTH)."""
    normalized, offsets = normalize_with_offsets(text)
    reading = Reading(normalized if len(normalized) <= MAX_LENGTH else normalized[:MAX_LENGTH])
    for find in _FINDERS:
        find(reading)
    return _build(text, normalized, offsets, reading)


def parse_names(texts: Sequence[str]) -> list[ParsedName]:
    """``parse_name`` of each text, a quarter faster: one finder reads all texts before the next one does, so that its
    patterns stay at hand. Some hundred texts at a time are best."""
    normalized = [normalize_with_offsets(text) for text in texts]
    readings = [Reading(text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH]) for text, _ in normalized]
    for find in _FINDERS:
        for reading in readings:
            find(reading)
    return [_build(text, *found, reading) for text, found, reading in zip(texts, normalized, readings, strict=True)]


def _build(text: str, normalized: str, offsets: Offsets, reading: Reading) -> ParsedName:
    name = _Draft(
        original=text,
        normalized=normalized,
        core=build_core(reading.rest),
        spans=_spans(reading, offsets),
        **_fields(reading, offsets),
    )
    name.__class__ = ParsedName
    return cast(ParsedName, name)


def _fields(reading: Reading, offsets: Offsets) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, entries in reading.values.items():
        kind = _KIND.get(name)
        if kind == "span only":
            continue
        found = [entries[0][1]] if len(entries) == 1 else reading.found(name)
        if kind is None:
            values[name] = (found[0],) if len(found) == 1 else tuple(dict.fromkeys(found))
        elif kind == "first":
            values[name] = found[0]
        elif kind == "numbers":
            values[name] = found[0] if len(found) == 1 else tuple(sorted({n for numbers in found for n in numbers}))
        elif kind == "placed":
            moved = not isinstance(offsets, range)
            values[name] = tuple([replace(f, span=_place(f.span, offsets)) for f in found] if moved else found)
        elif kind == "phase":
            values[name] = found[0] if len(set(found)) == 1 else None
        else:
            values[name] = True
    return values


def _spans(reading: Reading, offsets: Offsets) -> tuple[tuple[str, Span], ...]:
    found = sorted(reading.spans, key=_BY_START) if len(reading.spans) > 1 else reading.spans
    if isinstance(offsets, range):
        return tuple([(field, _span(Span, (start, end))) for field, start, end in found])
    return tuple([(field, _span(Span, (offsets[start], offsets[end]))) for field, start, end in found])


def _place(span: Span, offsets: Offsets) -> Span:
    return Span(offsets[span.start], offsets[span.end])

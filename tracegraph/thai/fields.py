"""The typed fields of a name, each with the span of the original text that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open character range of the original text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured quantity in SI units: ``kind`` is width, length, thickness, depth, height, area, volume, diameter
    (metres, square or cubic metres) or count (with ``unit`` as typed: ชุด, ต้น, แห่ง …)."""

    kind: str
    value: float
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Stations:
    """A segment by stations, in metres from the road's start (กม.0+000–1+200 is 0–1200)."""

    start_m: float
    end_m: float
    span: Span


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A name taken apart. Empty tuples and None mean "the text does not say".

    ``core`` is what remains after places, measures, phases, years, wrappers and work words are taken out.
    ``work`` is the canonical work, e.g. ``("ปรับปรุง", "รางระบายน้ำ")`` = (verb family, object);
    ``family`` is the surface or structure family (คอนกรีต, ลาดยาง, ลูกรัง, ราง, ท่อ …) used for vetoes.
    """

    original: str
    normalized: str
    core: str
    verb: str | None = None
    work_object: str | None = None
    family: str | None = None
    villages: tuple[int, ...] = ()
    all_villages: bool = False  # ทั้งตำบล, ทุกหมู่บ้าน
    village_names: tuple[str, ...] = ()  # without the word บ้าน
    roads: tuple[str, ...] = ()  # normalized names of roads, lines (สาย), canals
    road_numbers: tuple[str, ...] = ()  # soi numbers and road codes: "ซอย 2", "กบ.ถ.1-0023"
    road_ends: tuple[tuple[str, str], ...] = ()  # สายบ้าน ก – บ้าน ข
    tambons: tuple[str, ...] = ()  # names as typed after ต./ตำบล
    districts: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()  # อบต.แม่ใส, รพ.สต. …
    landmarks: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()  # บ้านนาย…: kept apart, for privacy and because they pin a place
    phase: int | None = None
    stations: tuple[Stations, ...] = ()
    measures: tuple[Measure, ...] = ()
    asset_numbers: tuple[str, ...] = ()
    period: str | None = None  # month, round or year of a recurring activity, canonical: "2568-05", "รอบ 2"
    years: tuple[int, ...] = ()
    other_objects: tuple[str, ...] = ()  # works beside the main one: ถนน … พร้อมวางท่อระบายน้ำ
    sides: tuple[str, ...] = ()  # ตะวันออก, ใต้ … of ฝั่งตะวันออก, ทิศใต้: two sides of one canal are two places
    spans: tuple[tuple[str, Span], ...] = ()  # (field name, span) for highlighting

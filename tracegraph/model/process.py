"""The process of the Ministry of Interior's letter of 2559 as data: plan kinds, frames and flows.

Source: หนังสือกรมส่งเสริมการปกครองท้องถิ่น ด่วนที่สุด ที่ มท ๐๘๑๐.๒/ว ๙๐๕ ลงวันที่ ๑๐ พฤษภาคม ๒๕๕๙
and what it encloses. The tables stand in ``data/plan_kinds.csv`` and ``data/flows.csv``; where the
letter can be read in two ways both readings are kept (``owner_readings``, ``readings``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tracegraph.errors import NotFoundError
from tracegraph.model.tables import read_table

THAI_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")


@dataclass(frozen=True, slots=True)
class PlanKind:
    """A plan kind (PK01–PK12), a forum (EV1), a data source (DS1) or a top-down frame (TF1–TF7).

    ``rank`` orders plan kinds on the way up (None for frames and sources, which are not on it);
    ``months`` are calendar months 1–12; ``owner_readings`` holds both where the letter contradicts itself.
    """

    id: str
    group: str  # forum | source | plan | frame
    level: str  # village | tambon | local | district | province | cluster | national | agency
    rank: int | None
    short_th: str
    thai: str
    english: str
    aliases: tuple[str, ...]
    names_2569: tuple[str, ...]
    owner: str
    owner_readings: tuple[str, ...]
    support: str
    months: tuple[int, ...]
    months_text: str
    legal: str
    inputs: str
    outputs: str
    sent_to: str


@dataclass(frozen=True, slots=True)
class Flow:
    """One arrow of the letter. ``source`` and ``target`` are plan kinds or bodies named as in the letter.

    ``confidence``: ``high`` (said in words), ``diagram`` (drawn only), ``low`` (two readings).
    """

    id: str
    direction: str  # bottom-up | support | top-down | admin
    source: str
    target: str
    carried: str
    condition: str
    actor: str
    months: tuple[int, ...]
    months_text: str
    letter_words: str
    readings: tuple[str, ...]
    confidence: str


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _months(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split())


def _build_kind(row: dict[str, str]) -> PlanKind:
    return PlanKind(
        id=row["id"],
        group=row["group"],
        level=row["level"],
        rank=int(row["rank"]) if row["rank"] else None,
        short_th=row["short_th"],
        thai=row["thai"],
        english=row["english"],
        aliases=_split(row["aliases"]),
        names_2569=_split(row["names_2569"]),
        owner=row["owner"],
        owner_readings=_split(row["owner_readings"]),
        support=row["support"],
        months=_months(row["months"]),
        months_text=row["months_text"],
        legal=row["legal"],
        inputs=row["inputs"],
        outputs=row["outputs"],
        sent_to=row["sent_to"],
    )


def _build_flow(row: dict[str, str]) -> Flow:
    return Flow(
        id=row["id"],
        direction=row["direction"],
        source=row["source"],
        target=row["target"],
        carried=row["carried"],
        condition=row["condition"],
        actor=row["actor"],
        months=_months(row["months"]),
        months_text=row["months_text"],
        letter_words=row["letter_words"],
        readings=_split(row["readings"]),
        confidence=row["confidence"],
    )


@cache
def plan_kinds() -> tuple[PlanKind, ...]:
    """All 21 kinds in the letter's order: EV1, DS1, PK01–PK12, TF1–TF7."""
    return tuple(_build_kind(row) for row in read_table("plan_kinds.csv"))


@cache
def flows() -> tuple[Flow, ...]:
    """All 42 flows: B01–B26 (bottom-up; B02 is support), T01–T12 (top-down), A01–A04 (letters)."""
    return tuple(_build_flow(row) for row in read_table("flows.csv"))


@cache
def _kinds_by_code() -> dict[str, PlanKind]:
    return {kind.id: kind for kind in plan_kinds()}


def find_plan_kind(code: str) -> PlanKind | None:
    """The kind with this code, or None."""
    return _kinds_by_code().get(code)


def require_plan_kind(code: str) -> PlanKind:
    """The kind with this code; NotFoundError names the codes there are."""
    kind = find_plan_kind(code)
    if kind is None:
        known = ", ".join(k.id for k in plan_kinds())
        raise NotFoundError(f"ไม่รู้จักชนิดแผน {code!r}", f"unknown plan kind {code!r}", hint_th=known, hint_en=known)
    return kind


#: Kinds that mean "reached the provincial plan" (docs/architecture.md, "Reached and fate").
ARRIVAL_KINDS = ("PK09", "PK10", "PK11", "PK12")

#: Lists of what is beyond a body's means; an item there waits for somebody above.
BEYOND_CAPACITY_KINDS = ("PK05", "PK06", "PK07")

#: Strategy lists that a plan of a kind must serve. ``PV``, ``CL`` and ``LAO`` stand for the lists of
#: the province, the cluster and the อปท. itself, which are imports. Source: preamble ก–จ of form ผ.02
#: and the provincial project table (docs/architecture.md, "Alignment").
REQUIRED_LISTS: dict[str, tuple[str, ...]] = {
    "PK03": ("NS", "M13", "SDG", "PV", "LAO"),
    "PK04": ("NS", "PV"),
    "PK05": ("PV",),
    "PK08": ("NS", "M13", "SDG", "PV", "LAO"),
    "PK09": ("NS", "MP", "M13", "CL", "PV"),
    "PK10": ("NS", "MP", "M13", "CL", "PV"),
}

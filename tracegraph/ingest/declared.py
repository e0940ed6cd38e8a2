"""Entries of the national lists that a cell declares: by number (``9,11``), by name, by แผนงาน."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from tracegraph.ingest.entry_names import choose_entry, entries_of
from tracegraph.model.graph import LinkKind, Status
from tracegraph.model.records import Contribution, LinkRecord, Origin, StrategyRecord
from tracegraph.thai.normalize import normalize, text_hash

_SPLIT = re.compile(r"[,;\n|]+|\s/\s")
_NUMBERS = re.compile(r"\d{1,2}(?:\s*(?:,|;|/|และ|\s)\s*\d{1,2})*")
_AT = re.compile(r"^(?:[^\d]{0,40}ที่\s*|sdgs?\s*|หมุดหมาย\s*|ด้าน\s*|เป้าหมาย\s*|ข้อ\s*|y1-)?(\d{1,2})(?!\d)")
_SAYS_NONE = ("", "-", "ไม่มี", "ไม่ระบุ", "ไม่สอดคล้อง", "ไม่ทราบข้อมูลในส่วนนี้", "n/a")
_BRACKET_AFTER = re.compile(r"(?<=[ก-๙])\s*\(.*$")
_HEAD = re.compile(r"^\(?\s*\d{0,2}\s*[.)]?\s*(?:แผนงาน|ผง\.)?\s*")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Words whose number and name name two entries: ``by_number`` was set aside, ``by_name`` taken."""

    words: str
    by_number: StrategyRecord | None
    by_name: StrategyRecord


@dataclass(frozen=True, slots=True)
class Declared:
    """Entries that a cell names, with the words for each, and the words that no entry was found for."""

    entries: tuple[tuple[StrategyRecord, str], ...] = ()
    unknown: tuple[str, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


def find_declared(list_id: str, cell: str) -> Declared:
    """Entries of a national list (NS, MP, M13, SDG) that a cell declares; several values in one cell are several.

    Where number and name name two entries, the name holds (see ``choose_entry``) and the disagreement is told.
    """
    text = normalize(cell)
    if text in _SAYS_NONE:
        return Declared()
    if _NUMBERS.fullmatch(text):
        parts = re.findall(r"\d+", text)
    else:
        parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    found: dict[str, tuple[StrategyRecord, str]] = {}
    unknown, disagreements = [], []
    for part in parts:
        entry = _find_entry(list_id, part)
        if isinstance(entry, Disagreement):
            disagreements.append(entry)
            entry = entry.by_name
        if entry is None:
            unknown.append(part)
        else:
            found.setdefault(entry.uid, (entry, cell))
    return Declared(tuple(found.values()), tuple(unknown), tuple(disagreements))


def _find_entry(list_id: str, part: str) -> StrategyRecord | Disagreement | None:
    match = _AT.match(part)
    chosen = choose_entry(list_id, match[1], part[match.end() :]) if match else choose_entry(list_id, "", part)
    if chosen.disagrees and chosen.entry:
        return Disagreement(part, chosen.by_number, chosen.entry)
    return chosen.entry


@lru_cache(maxsize=4096)
def find_programmes(text: str) -> tuple[StrategyRecord, ...]:
    """The budget programmes (แผนงาน, list ``BP``) that a text names, in any spelling met in plan books."""
    whole = _find_programme(text)
    if whole is None and "/" in text:
        return tuple(entry for part in text.split("/") if (entry := _find_programme(part)))
    return (whole,) if whole else ()


def _find_programme(text: str) -> StrategyRecord | None:
    plain = normalize(text)
    if digits := re.fullmatch(r"0{0,2}(\d{3})", plain):
        return entries_of("BP").get(f"00{digits[1]}")
    bare = _HEAD.sub("", _BRACKET_AFTER.sub("", plain)).replace(" ", "")
    names = _programme_names()
    if bare not in names:
        close = get_close_matches(bare, names, n=1, cutoff=0.88)
        bare = close[0] if close else ""
    return entries_of("BP").get(names.get(bare, ""))


@cache
def _programme_names() -> Mapping[str, str]:
    text = files("tracegraph.ingest").joinpath("data", "programmes.yaml").read_text(encoding="utf-8")
    names = {_HEAD.sub("", normalize(e.name)).replace(" ", ""): number for number, e in entries_of("BP").items()}
    for number, spellings in yaml.safe_load(text).items():
        names.update({normalize(spelling).replace(" ", ""): number for spelling in spellings})
    return names


def build_declared_link(
    from_uid: str, from_hash: str, strategy: StrategyRecord, words: str, column: str, origin: Origin
) -> LinkRecord:
    """The link ALIGNS_WITH that a document states; its evidence is the cell's own words."""
    said = Contribution(
        feature="declared",
        weight=0.0,
        left=words,
        right=strategy.name,
        th=f"เอกสารระบุในช่อง {column}: {words}",
        en=f"the document states it under {column}: {words}",
    )
    return LinkRecord(
        kind=LinkKind.ALIGNS_WITH,
        from_uid=from_uid,
        to_uid=strategy.uid,
        status=Status.DECLARED,
        probability=1.0,
        method=origin.document,
        evidence=(said,),
        reason=words,
        from_hash=from_hash,
        to_hash=text_hash(strategy.name),
        origin=origin,
    )

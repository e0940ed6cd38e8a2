"""Whose plan a table is and where: as a person or mapping says, as columns say, else as the file's own text tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from tracegraph.errors import UsageError
from tracegraph.ingest.bodies import iter_acting_bodies, iter_bodies, parse_body, resolve_body
from tracegraph.ingest.mapping import TableMapping
from tracegraph.ingest.tables import Table
from tracegraph.model.graph import Stage
from tracegraph.model.process import require_plan_kind
from tracegraph.model.records import BodyRecord
from tracegraph.thai.normalize import normalize
from tracegraph.thai.numbers import read_years
from tracegraph.thai.parse import parse_name
from tracegraph.thai.places import Gazetteer, PlaceContext

_TOLD_BY = ("name", "text", "objective", "target", "place_text", "outcome_reason")
_LINKED = re.compile(r"(?:เชื่อม(?:ต่อ|กับ|ไปยัง)?|ถึง|ไปยัง|ติดต่อ|ติด|อุดหนุน|กับ|[-–])\s*(?:เขต)?\s*(?:ต\.|ตำบล)\s*\S+")
_SENTENCE = re.compile(r"แผน|โครงการ|ยุทธศาสตร์|กลุ่มจังหวัด|พัฒนา|\d")
_HOME = re.compile(r"(?:ชื่อ)?(?:หมู่บ้าน|บ้าน|ชุมชน|หมู่|ม\.|ตำบล|ต\.)")
_WITHIN = re.compile(r"(?:ตำบล|ต\.) ?\S.*(?:อำเภอ|อ\.|จังหวัด|จ\.)")
_LONGEST_NAME = 120  # characters
_ROWS_ASKED = 3000  # rows whose words are read for the owner; the rest of a long table says the same
_MIN_MENTIONS = 3
_MIN_SHARE = 0.6
_DISTRICT = 4  # digits


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportContext:
    """What the person who imports states; it wins over everything that a file says. None means not stated.

    ``owner`` is a body's name, ``area`` an official code or words (``ต.แม่ใส อ.เมืองพะเยา``), ``years``
    like ``2566-2570``; ``sample`` marks invented data.
    """

    owner: str | None = None
    area: str | None = None
    plan_kind: str | None = None
    stage: str | None = None
    years: str | None = None
    sample: bool = False

    def check(self) -> None:
        """Raise UsageError or NotFoundError for a stage, plan kind or years that cannot be."""
        if self.plan_kind is not None:
            require_plan_kind(self.plan_kind)
        if self.stage is not None and self.stage not in {stage.value for stage in Stage}:
            known = ", ".join(stage.value for stage in Stage)
            raise UsageError(f"ไม่รู้จักขั้น {self.stage!r}", f"unknown stage {self.stage!r}", hint_th=known, hint_en=known)
        if self.years is not None and not read_years(self.years):
            raise UsageError(
                f"อ่านปีไม่ได้: {self.years!r}",
                f"cannot read the years {self.years!r}",
                hint_th="เช่น 2568 หรือ 2566-2570",
                hint_en="for example 2568 or 2566-2570",
            )


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns what a file states, and where.

    ``source``: stated (by a person or mapping), title, content, before (an earlier import of the file), files
    (imported together), or '' where unknown.
    """

    owner: BodyRecord | None = None
    area: str | None = None
    source: str = ""
    mentions: int = 0
    files: tuple[str, ...] = field(default=())
    known: tuple[str, ...] = ()

    def place_context(self, owner_area: str | None = None) -> PlaceContext:
        """For resolving places: the owner's area (of the row, else of the file), and the province most rows lie in."""
        return PlaceContext(owner=owner_area or self.area, known=self.known)


def read_area(words: str, gazetteer: Gazetteer) -> str:
    """The code of an area given as code or words; UsageError where there is none or more than one."""
    text = words.strip()
    if text.isdigit() and gazetteer.area_record(text) is not None:
        return text
    match = gazetteer.resolve(text=normalize(text))
    if match.area and match.problem in (None, "misspelt"):
        return match.area
    by_level = (
        gazetteer.resolve(province=text),
        gazetteer.resolve(district=text),
        gazetteer.resolve(tambon=text),
    )
    codes = [found.area for found in by_level if found.area and found.problem is None]
    codes += [code for found in by_level for code in found.homonyms]
    # a province's name is also short for its seat (อ.เมือง…), so the seat is no second meaning
    codes = [code for code in codes if len(code) != _DISTRICT or code[:2] not in codes or not code.endswith("01")]
    if len(codes) == 1:
        return codes[0]
    shown = ", ".join(codes[:10])
    raise UsageError(
        f"ไม่พบพื้นที่ {words!r}" if not shown else f"มีพื้นที่ {words!r} หลายแห่ง: {shown}",
        f"no area {words!r}" if not shown else f"several areas are called {words!r}: {shown}",
        hint_th="ใช้รหัสพื้นที่ เช่น 810401 หรือ 'ต.คลองท่อมใต้ อ.คลองท่อม จ.กระบี่'",
        hint_en="use a code such as 810401, or 'ต.คลองท่อมใต้ อ.คลองท่อม จ.กระบี่'",
    )


def find_stated_owner(
    context: ImportContext, mappings: Sequence[TableMapping], gazetteer: Gazetteer
) -> Ownership | None:
    """Owner and area as the person or the mapping file states them, or None where neither does."""
    documents = [mapping.document for mapping in mappings]
    owner = context.owner or next((d.owner for d in documents if d.owner), None)
    area_words = context.area or next((d.area for d in documents if d.area), None)
    if owner is None and area_words is None:
        return None
    area = read_area(area_words, gazetteer) if area_words else None
    body = resolve_body(owner, gazetteer, PlaceContext(owner=area), stated_area=area) if owner else None
    return Ownership(body, area or (body.area if body else None), "stated")


def find_own_owner(tables: Sequence[tuple[Table, TableMapping]], gazetteer: Gazetteer) -> Ownership:
    """Owner and area as the titles above the headings say, else as the records' own words tell."""
    titles = [cell for table, mapping in tables for cell in _titles(table, mapping)]
    for line, below in pairwise([*titles, ""]):
        named = parse_body(line)
        if named is not None and _is_name_line(line):
            body = resolve_body(f"{line} {below}", gazetteer, PlaceContext())
            return Ownership(body, body.area, "title")
    for line in titles:
        if (area := _find_home(line, gazetteer)) is not None:
            return Ownership(None, area, "title")
    texts = islice((text for table, mapping in tables for text in _words(table, mapping)), _ROWS_ASKED)
    return _find_in_words([*titles, *texts], gazetteer)


def _find_home(line: str, gazetteer: Gazetteer) -> str | None:
    """The village or tambon that a title line names as the plan's own: บ้าน… หมู่ที่ 3 ตำบล… อำเภอ… จังหวัด…"""
    bare = normalize(line)
    if len(line) >= _LONGEST_NAME or not _HOME.match(bare) or not _WITHIN.search(bare):
        return None
    match = gazetteer.resolve(text=bare)
    return match.area if match.level in ("village", "tambon") and match.problem in (None, "misspelt") else None


def _is_name_line(line: str) -> bool:
    """True for a line that names the body and at most where it is; not a sentence about it."""
    return len(line) < _LONGEST_NAME and not _SENTENCE.search(normalize(line))


def _titles(table: Table, mapping: TableMapping) -> Iterable[str]:
    return (cell for row in table.rows if row.number < mapping.rows.first for cell in row.cells if cell.strip())


def _words(table: Table, mapping: TableMapping) -> Iterable[str]:
    columns = [column.index for column in mapping.columns if column.prop in _TOLD_BY]
    for row in table.rows:
        if row.number > mapping.rows.last:
            yield " | ".join(row.cell(column) for column in columns)


def _find_in_words(texts: Sequence[str], gazetteer: Gazetteer) -> Ownership:
    bodies: Counter[str] = Counter()
    tambons: Counter[str] = Counter()
    provinces: Counter[str] = Counter()
    for text in texts:
        bodies.update({body.label for body in iter_acting_bodies(text)})
        tambons.update(parse_name(_LINKED.sub(" ", normalize(text))).tambons)
        provinces.update({body.name for body, _ in iter_bodies(text) if body.form == "อบจ."})
    context = _province_context(provinces, gazetteer)
    for label, count in _leading(bodies):
        body = resolve_body(label, gazetteer, context)
        named = parse_body(label)
        mentions = 2 * count + (tambons[named.name] if named else 0)
        if mentions >= _MIN_MENTIONS:
            return Ownership(body, body.area, "content", count)
    for name, count in _leading(tambons):
        match = gazetteer.resolve(tambon=name, context=context)
        if count >= _MIN_MENTIONS and match.level == "tambon" and match.problem in (None, "outside-owner"):
            return Ownership(None, match.area, "content", count)
    return Ownership()


def _leading(counts: Counter[str]) -> list[tuple[str, int]]:
    """The name that leads the others clearly, or nothing."""
    best = counts.most_common(1)
    return [pair for pair in best if pair[1] >= _MIN_SHARE * counts.total()]


def _province_context(provinces: Counter[str], gazetteer: Gazetteer) -> PlaceContext:
    found = [gazetteer.resolve(province=name).area for name, _ in provinces.most_common(1)]
    return PlaceContext(known=tuple(code for code in found if code))


def find_known_provinces(tables: Sequence[tuple[Table, TableMapping]], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The province in which most of the bodies and places named in columns lie, to tell homonyms by; else nothing.

    A mapping file may state it: the few rows of a quarantine file do not tell what the whole source did.
    """
    for _, mapping in tables:
        if mapping.document.provinces:
            return tuple(mapping.document.provinces.split())
    said: set[tuple[tuple[str, str], ...]] = set()
    for table, mapping in tables:
        columns = [column for column in mapping.columns if column.prop in ("owner", "tambon", "district", "province")]
        for row in table.rows if columns else ():
            if row.number > mapping.rows.last:
                said.add(tuple((column.prop, row.cell(column.index).strip()) for column in columns))
    provinces = Counter(area[:2] for values in said if (area := _area_said(dict(values), gazetteer)))
    return tuple(code for code, _ in _leading(provinces))


def _area_said(values: dict[str, str], gazetteer: Gazetteer) -> str | None:
    owner = values.pop("owner", "")
    body = resolve_body(owner, gazetteer, PlaceContext()) if owner and parse_body(owner) else None
    if body is not None and body.area:
        return body.area
    places = {prop: text for prop, text in values.items() if text}
    if not places:
        return None
    match = gazetteer.resolve(
        tambon=places.get("tambon"), district=places.get("district"), province=places.get("province")
    )
    return match.area


def find_remembered_owner(own: Ownership, before: Mapping[str, Ownership], keys: Sequence[str]) -> Ownership:
    """The owner that an earlier import of the same file had, for a file that does not tell its own.

    Without it a file imported with others first and alone later would change hands, and what people decided
    about its records would be lost.
    """
    if own.owner is not None or own.area is not None:
        return own
    return next((replace(before[key], source="before") for key in keys if key in before), own)


def find_shared_owner(own: Ownership, others: Sequence[tuple[str, Ownership]]) -> Ownership:
    """The owner that the files imported together agree on, for a file that does not tell its own."""
    known = [(name, other) for name, other in others if other.owner is not None or other.area is not None]
    keys = {other.owner.uid if other.owner else other.area for _, other in known}
    if own.owner is not None or own.area is not None or len(keys) != 1:
        return own
    _, first = known[0]
    return Ownership(first.owner, first.area, "files", 0, tuple(name for name, _ in known))

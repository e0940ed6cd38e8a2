"""Corrected mappings, remembered for tables of the same layout: the sequence of their headings, whatever the years.

What a mapping file says of one document (owner, area, years, edition, constants) is not remembered; what it says of
the form is. A remembered mapping that no longer fits is left aside, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import yaml

from tracegraph.errors import MappingError
from tracegraph.ingest.headings import find_heading_rows, heading_key, read_heading
from tracegraph.ingest.mapping import TableMapping, bind
from tracegraph.ingest.mapping_file import DocumentInfo, read_mapping
from tracegraph.ingest.mapping_file import Mapping as MappingFile
from tracegraph.ingest.mapping_text import mapping_text
from tracegraph.ingest.tables import Table

_YEAR = re.compile(r"2[45]\d\d|20\d\d")
_SEARCHED_ROWS = 40
CORRECTED = "แก้ไขก่อนนำเข้า / corrected before importing"
_KEY = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A mapping for tables of one layout (``key``), with the headings that it was made for.

    ``reason`` is shown beside every column that it explains; ``source`` (file) and ``on`` (ISO date) say where it
    comes from.
    """

    key: str
    mapping: MappingFile
    headings: tuple[str, ...]
    source: str
    on: str
    reason: str


def layout_key(headings: Sequence[str]) -> str:
    """16 hex digits for a layout: its headings in order, years left out and columns of years taken as one."""
    keys = [_form_key(heading) for heading in headings if heading_key(heading)]
    shape = "\n".join(key for key, _ in groupby(keys))
    return sha256(shape.encode()).hexdigest()[:16] if shape else ""


def _form_key(heading: str) -> str:
    """What a heading says in every year."""
    meaning = read_heading(heading, "items")
    if meaning is not None and (meaning.year is not None or meaning.prop == "months"):
        return f"<{meaning.prop}>"
    return _YEAR.sub("<year>", heading_key(heading))


def build_remembered(mapping: MappingFile, headings: Sequence[str], source: str, on: date) -> Remembered:
    """What can be kept of a mapping for the next file of this layout.

    MappingError where it names years that the headings do not: next year it would say something wrong.
    """
    _require_years_in_headings(mapping, headings)
    kept = replace(
        mapping,
        document=DocumentInfo(kind=mapping.document.kind),
        money={},
        constants={},
    )
    return _build(layout_key(headings), kept, headings, source, on.isoformat())


def _build(key: str, mapping: MappingFile, headings: Sequence[str], source: str, on: str) -> Remembered:
    shown = _thai_date(on)
    reason = f"จำไว้จาก {source}, {shown} / remembered from {source}, {on}"
    return Remembered(key=key, mapping=mapping, headings=tuple(headings), source=source, on=on, reason=reason)


def _thai_date(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{int(year) + 543}"


def _require_years_in_headings(mapping: MappingFile, headings: Sequence[str]) -> None:
    read = {heading_key(h): m.year for h in headings if (m := read_heading(h, mapping.kind)) and m.year is not None}
    stated = {heading_key(heading): year for heading, year in mapping.money.items()}
    if stated and stated != read:
        raise MappingError(
            f"{mapping.name}: ปีที่ระบุใน money ไม่ตรงกับปีในหัวคอลัมน์ จึงไม่จำไว้ใช้กับไฟล์ปีอื่น",
            f"{mapping.name}: the years under money are not those of the headings: not remembered for other files",
            hint_th="ใช้ --mapping กับไฟล์ของปีอื่นทุกครั้ง",
            hint_en="pass --mapping with the files of other years",
        )


def find_remembered(table: Table, remembered: Mapping[str, Remembered]) -> Remembered | None:
    """The mapping for this table's layout, or None; one under the key '' is for any table that it fits."""
    if not remembered:
        return None
    offered = remembered.get("")
    if offered is not None and _fits(offered, table):
        return offered
    for headings in _possible_headings(table):
        found = remembered.get(layout_key(headings))
        if found is not None:
            return replace(found, mapping=_fitted(found, headings))
    return None


def _fits(one: Remembered, table: Table) -> bool:
    try:
        bind(one.mapping, table)
    except MappingError:
        return False
    return True


def _possible_headings(table: Table) -> Iterable[tuple[str, ...]]:
    """The headings as they are found, then each of the first rows: a mapping may know headings that we do not."""
    rows = find_heading_rows(table)
    if rows is not None:
        yield rows.headings
    for row in table.rows[:_SEARCHED_ROWS]:
        if sum(1 for cell in row.cells if cell.strip()) > 1:
            yield row.cells


def _fitted(one: Remembered, headings: Sequence[str]) -> MappingFile:
    """The mapping in the words of these headings, which may name other years."""
    there = {heading_key(heading) for heading in headings}
    before, now = _by_form(one.headings), _by_form(headings)

    def word(heading: str) -> str:
        key = heading_key(heading)
        form = _form_key(heading)
        if key in there or form not in now:
            return heading
        same = [heading_key(h) for h in before.get(form, ())]
        at = same.index(key) if key in same else 0
        return now[form][min(at, len(now[form]) - 1)]

    return replace(
        one.mapping,
        columns={word(h): prop for h, prop in one.mapping.columns.items()},
        optional=frozenset(map(word, one.mapping.optional)),
        ignore=frozenset(map(word, one.mapping.ignore)),
    )


def _by_form(headings: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for heading in headings:
        if heading_key(heading):
            found.setdefault(_form_key(heading), []).append(heading)
    return found


def bind_remembered(one: Remembered, table: Table) -> TableMapping:
    """The table's columns by a remembered mapping; MappingError where it no longer fits."""
    bound = bind(one.mapping, table)
    told = f"mapping file {one.mapping.name}"
    columns = [replace(column, reason=one.reason) if column.reason == told else column for column in bound.columns]
    of_form = bound.form.form.constants if bound.form else {}
    return replace(bound, columns=tuple(columns), constants={**of_form, **bound.constants})


def load_remembered(folder: Path) -> dict[str, Remembered]:
    """Every mapping remembered in a folder, by layout; files that cannot be read are left aside."""
    found = {}
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        one = _load(path)
        if one is not None:
            found[one.key] = one
    return found


def _load(path: Path) -> Remembered | None:
    try:
        about, content = yaml.safe_load_all(path.read_text(encoding="utf-8"))
        mapping = read_mapping(yaml.safe_dump(content, allow_unicode=True), str(about["mapping"]))
        date.fromisoformat(str(about["on"]))
        headings = tuple(str(heading) for heading in about["headings"])
        return _build(path.stem, mapping, headings, str(about["source"]), str(about["on"]))
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError, MappingError):
        return None  # of an older version, or mended by hand beyond use: the table is read without it


def build_correction(
    mapping: MappingFile, headings: Sequence[str] = (), key: str = "", reason: str = CORRECTED
) -> Remembered:
    """A mapping for this import only, with all that it says; without a key it is for any table that it fits."""
    return Remembered(key=key, mapping=mapping, headings=tuple(headings), source="", on="", reason=reason)


def remember_used(
    given: Mapping[str, MappingFile], tables: Iterable[tuple[str, TableMapping]], folder: Path, on: date
) -> tuple[list[Remembered], list[MappingError]]:
    """Keep mappings (by name) for the layouts of the tables (file, as bound) that they were used for.

    Also says what cannot be kept, and why.
    """
    kept: dict[str, Remembered] = {}
    errors: dict[str, MappingError] = {}
    for file, table in tables:
        mapping = given.get(table.name)
        if mapping is None:
            continue
        try:
            one = build_remembered(mapping, table.rows.headings, file, on)
        except MappingError as error:
            errors.setdefault(mapping.name, error)
            continue
        if one.key:
            kept.setdefault(one.key, one)
    for one in kept.values():
        save_remembered(one, folder)
    return list(kept.values()), list(errors.values())


def save_remembered(one: Remembered, folder: Path) -> Path:
    """Keep a mapping; an earlier one of the same layout is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    about = {"source": one.source, "on": one.on, "mapping": one.mapping.name, "headings": list(one.headings)}
    text = yaml.safe_dump(about, allow_unicode=True, sort_keys=False) + "---\n" + mapping_text(one.mapping)
    path = folder / f"{one.key}.yaml"
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
    return path


def forget(key: str, folder: Path) -> bool:
    """Take a remembered mapping away; False where there is none with this key."""
    path = folder / f"{key}.yaml"
    if not _KEY.fullmatch(key) or not path.is_file():
        return False
    path.unlink()
    return True

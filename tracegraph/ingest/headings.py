"""Find the heading rows of a table and say what each heading means (aliases in ``data/headings.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from tracegraph.ingest.tables import Row, Table
from tracegraph.thai.normalize import normalize

KINDS = ("needs", "items", "strategies", "contracts", "links", "plans")
#: National lists by property name; ``PV`` and ``CL`` stand for lists that are imported.
STRATEGY_LISTS = ("NS", "MP", "M13", "SDG", "BP", "PV", "CL")

_SEARCHED_ROWS = 40
_PUNCTUATION = re.compile(r"[\s_.,:;/\\()\[\]{}\"'*#&+-]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_YEAR_WORD = (
    "ปีงบประมาณ|งบประมาณรายปี|งบประมาณและที่ผ่านมา|งบประมาณปี|งบประมาณ|จำนวนเงิน|วงเงิน|รายปี|ปี|พศ|งบ"
    "|year|budget|amount|money|fy|y"
)
_YEAR = re.compile(rf"^(?P<words>(?:{_YEAR_WORD})*)(?P<year>2[45]\d\d|20\d\d|(?<=[^\d])\d\d)(?P<unit>(?:ล้าน|พัน)?บาท)?$")
_BUDGETED = re.compile(r"^(?:เทศบัญญัติ|ข้อบัญญัติ|ตั้งงบ|ได้รับจัดสรร|งบที่ได้รับ|อนุมัติ|budgeted|approved)")
_UNITS = (("ล้านบาท", 1_000_000.0), ("พันบาท", 1_000.0), ("บาท", 1.0))
_MONTH = re.compile(
    r"^(?:(?:ปีงบประมาณ|ปี|พศ)*(?:2[45])?\d\d)?(?:ตค|พย|ธค|มค|กพ|มีค|เมย|พค|มิย|กค|สค|กย)(?:(?:2[45])?\d\d)?$"
)
_DATA_IN_HEADING = re.compile(r"^[\d.,\s-]*$")


@lru_cache(maxsize=8192)
def heading_key(text: str) -> str:
    """The form in which headings are compared: no spaces, line breaks, dots, brackets or case; Arabic digits."""
    return _PUNCTUATION.sub("", normalize(_BREAK.sub("", text)).lower())


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading holds: a property, for money columns the year (Buddhist era) and the unit in baht."""

    prop: str
    year: int | None = None
    unit: float = 1.0


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """Where the headings stand: the first and last heading row, and the joined heading of each column."""

    first: int
    last: int
    headings: tuple[str, ...]


@cache
def _book() -> Mapping[str, Any]:
    text = files("tracegraph.ingest").joinpath("data", "headings.yaml").read_text(encoding="utf-8")
    book: Mapping[str, Any] = yaml.safe_load(text)
    return book


@cache
def known_headings(kind: str) -> Mapping[str, str]:
    """Comparison form of every known heading of a kind of table → its property."""
    found: dict[str, str] = {}
    for section in (_book()["common"], _book()[kind]):
        if kind in ("links", "plans", "strategies") and section is _book()["common"]:
            section = {name: section[name] for name in _FEW if name in section}  # noqa: PLW2901
        for prop, aliases in section.items():
            found.update({heading_key(str(alias)): prop for alias in aliases})
    if kind == "contracts":
        found = {**{k: p for k, p in known_headings("items").items() if p not in ("id", "name", "budget")}, **found}
    return found


@cache
def list_headings(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The known headings of each property of a kind of table, as people write them; the kind's own before the common."""
    found: dict[str, tuple[str, ...]] = {}
    for section in (_book()[kind], _book()["common"]):
        for prop, aliases in section.items():
            found[prop] = (*found.get(prop, ()), *map(str, aliases))
    return found


_FEW = ("owner", "area", "stage", "edition", "year", "plan_kind")


def properties(kind: str) -> frozenset[str]:
    """Every property that a table of this kind may state (money columns are ``money`` and ``budgeted``)."""
    names = set(known_headings(kind).values())
    if kind in ("items", "contracts"):
        names |= {"money", "budgeted", "months", *STRATEGY_LISTS}
    return frozenset(names)


def group_properties() -> frozenset[str]:
    """Properties that are often stated once for the rows below."""
    return frozenset(_book()["groups"])


def repeatable_properties() -> frozenset[str]:
    """Properties of which a table may hold several columns."""
    return frozenset({*_book()["repeatable"], "money", "budgeted", "months"})


def required_properties(kind: str) -> tuple[frozenset[str], ...]:
    """Without one property of each set a table is not of this kind."""
    return tuple(frozenset(str(names).split("|")) for names in _book()["required"][kind])


def read_heading(text: str, kind: str) -> Meaning | None:
    """What a heading means in a table of this kind, or None where it is not known."""
    key = heading_key(text)
    if not key:
        return None
    if kind in ("items", "contracts"):
        budgeted = _BUDGETED.match(key)
        year = _YEAR.match(key[budgeted.end() :] if budgeted else key)
        if year:
            return Meaning("budgeted" if budgeted else "money", _buddhist(int(year["year"])), _unit(key))
        if _MONTH.match(key):
            return Meaning("months")
    prop = known_headings(kind).get(key)
    return Meaning(prop, unit=_unit(key)) if prop else None


def _buddhist(year: int) -> int:
    if year < 100:
        return 2500 + year
    return year + 543 if year < 2400 else year


def _unit(key: str) -> float:
    return next((factor for word, factor in _UNITS if key.endswith(word)), 1.0)


def find_kind(headings: tuple[str, ...]) -> tuple[str, int] | None:
    """The kind of table with these headings and how many are known; None where no kind has what it must have."""
    best: tuple[str, int] | None = None
    for kind in _book()["required"]:
        meanings = [meaning for text in headings if (meaning := read_heading(text, kind))]
        props = {meaning.prop for meaning in meanings}
        if all(props & names for names in required_properties(kind)) and (best is None or len(meanings) > best[1]):
            best = kind, len(meanings)
    return best


def count_known(row: Row) -> int:
    """How many cells of a row are known headings, in the kind of table that knows most of them."""
    cells = [cell for cell in row.cells if cell.strip()]
    return max(len({m for cell in cells if (m := read_heading(cell, kind))}) for kind in KINDS)


def find_heading_rows(table: Table) -> HeadingRows | None:
    """The heading rows among the first 40 rows: the row with most known headings, and the rows that go on with it.

    A row counts with three known headings, or with two where it has no other text.
    """
    best, most = None, 0
    for row in table.rows[:_SEARCHED_ROWS]:
        known = count_known(row)
        texts = sum(1 for cell in row.cells if cell.strip())
        if known > most and (known >= 3 or (known == 2 and texts == 2)):
            best, most = row, known
    return None if best is None else _join_rows(table, best)


def _join_rows(table: Table, first: Row) -> HeadingRows:
    """Join the rows below as long as they only detail the headings: years, units, notes in brackets."""
    rows = [first]
    for row in table.rows[table.rows.index(first) + 1 :][:3]:
        if not _continues(table, first, row):
            break
        rows.append(row)
    width = max(table.width, len(first.cells))
    headings = tuple(_joined([table.filled(row, column).strip() for row in rows]) for column in range(width))
    return HeadingRows(first.number, rows[-1].number, headings)


def _continues(table: Table, first: Row, row: Row) -> bool:
    """True for a row that only details the row above: a year or unit in each cell, '(…)', or a merged heading."""
    texts = [(column, cell.strip()) for column, cell in enumerate(row.cells) if cell.strip()]
    return bool(texts) and all(
        _is_detail(cell) or (not table.filled(first, column).strip() and _is_plain(cell)) for column, cell in texts
    )


def _is_detail(cell: str) -> bool:
    key = heading_key(cell)
    if key in ("บาท", "ล้านบาท", "พันบาท") or re.fullmatch(r"\(.*\)", cell, re.DOTALL):
        return True
    return _YEAR.match(f"ปี{key}") is not None


def _is_plain(cell: str) -> bool:
    return any(heading_key(cell) in known_headings(kind) for kind in KINDS)


def _joined(parts: list[str]) -> str:
    kept: list[str] = []
    for part in parts:
        if part and part not in kept:
            kept.append(part)
    return " ".join(kept)

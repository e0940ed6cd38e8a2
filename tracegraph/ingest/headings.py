"""Find the heading rows of a table and say what each heading means (aliases in ``data/headings.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

from tracegraph.ingest.tables import Row, Table
from tracegraph.thai.normalize import normalize

KINDS = ("needs", "items", "strategies", "contracts", "links", "plans")
#: National lists by property name; ``PV`` and ``CL`` stand for lists that are imported.
STRATEGY_LISTS = ("NS", "MP", "M13", "SDG", "BP", "PV", "CL")

_SEARCHED_ROWS = 40
_MORE_ROWS = 3  # heading rows above or below the one that names most
_PUNCTUATION = re.compile(r"[\s_.,:;/\\()\[\]{}\"'*#&+-]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_YEAR_WORD = (
    "ปีงบประมาณ|งบประมาณรายปี|งบประมาณและที่ผ่านมา|งบประมาณปี|งบประมาณ|จำนวนเงิน|วงเงิน|รายปี|ปี|พศ|งบ"
    "|ล้านบาท|พันบาท|บาท|year|budget|amount|money|fy|y"
)
_YEAR = re.compile(rf"^(?P<words>(?:{_YEAR_WORD})*)(?P<year>2[45]\d\d|20\d\d|(?<=[^\d])\d\d)(?P<unit>(?:ล้าน|พัน)?บาท)?$")
_BUDGETED = re.compile(r"^(?:เทศบัญญัติ|ข้อบัญญัติ|ตั้งงบ|ได้รับจัดสรร|งบที่ได้รับ|อนุมัติ|budgeted|approved)")
_UNITS = (("ล้านบาท", 1_000_000.0), ("พันบาท", 1_000.0), ("บาท", 1.0))
_MONTH = re.compile(
    r"^(?:(?:ปีงบประมาณ|ปี|พศ)*(?:2[45])?\d\d)?(?:ตค|พย|ธค|มค|กพ|มีค|เมย|พค|มิย|กค|สค|กย)(?:(?:2[45])?\d\d)?$"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_UNIT_WORDS = frozenset(("บาท", "ล้านบาท", "พันบาท"))
_YEAR_ROW = frozenset(("พศ", "ปี", "ปีพศ", "ปีงบประมาณ", "ปีงบประมาณพศ"))  # over the years, in a row of their own


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
    """The known headings of each property of a kind of table, as people write them; the kind's own come first."""
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


@lru_cache(maxsize=16_384)
def read_heading(text: str, kind: str) -> Meaning | None:
    """What a heading means in a table of this kind, or None where it is not known.

    Words in brackets explain a heading; where they are not known with it, it is read without them.
    """
    key = heading_key(text)
    if not key:
        return None
    bare = heading_key(_BRACKETED.sub(" ", text)) or key
    meaning = _read_key(key, kind) or _read_key(bare, kind)
    return None if meaning is None else Meaning(meaning.prop, meaning.year, _unit(key))


def _read_key(key: str, kind: str) -> Meaning | None:
    if kind in ("items", "contracts"):
        budgeted = _BUDGETED.match(key)
        year = _YEAR.match(key[budgeted.end() :] if budgeted else key)
        if year:
            return Meaning("budgeted" if budgeted else "money", _buddhist(int(year["year"])))
        if _MONTH.match(key):
            return Meaning("months")
    prop = known_headings(kind).get(key)
    return Meaning(prop) if prop else None


def read_headings(headings: Sequence[str], kind: str) -> tuple[Meaning | None, ...]:
    """What each heading of a table means; one may stand in for a property that no other names (``instead``)."""
    found = [read_heading(text, kind) if text else None for text in headings]
    held = {meaning.prop for meaning in found if meaning}
    for prop, aliases in _book()["instead"].get(kind, {}).items():
        keys = {heading_key(alias) for alias in aliases}
        at = next((i for i, text in enumerate(headings) if heading_key(text) in keys), None)
        if prop not in held and at is not None:
            found[at] = Meaning(prop)
    return tuple(found)


def _buddhist(year: int) -> int:
    if year < 100:
        return 2500 + year
    return year + 543 if year < 2400 else year


def _unit(key: str) -> float:
    return next((factor for word, factor in _UNITS if word in key), 1.0)


def find_kind(headings: tuple[str, ...]) -> tuple[str, int] | None:
    """The kind of table with these headings and how many are known; None where no kind has what it must have."""
    best: tuple[str, int] | None = None
    for kind in _book()["required"]:
        meanings = [meaning for meaning in read_headings(headings, kind) if meaning]
        props = {meaning.prop for meaning in meanings}
        if all(props & names for names in required_properties(kind)) and (best is None or len(meanings) > best[1]):
            best = kind, len(meanings)
    return best


def count_known(row: Row) -> int:
    """How many cells of a row are known headings, in the kind of table that knows most of them."""
    return max(len(meanings) for meanings in _meanings_of(row))


def _meanings_of(row: Row) -> list[set[Meaning]]:
    """What the cells of a row mean as headings, for each kind of table."""
    cells = [cell for cell in row.cells if cell.strip()]
    return [{meaning for cell in cells if (meaning := read_heading(cell, kind))} for kind in KINDS]


def find_heading_rows(table: Table) -> HeadingRows | None:
    """The heading rows among the first 40 rows: the row that names most properties, and the rows that go on with it.

    A row counts with three known headings, or with two where it has no other text. Five years of money are one
    property, so that the row of years is not taken for the one above it.
    """
    best, most = None, (0, 0)
    for row in table.rows[:_SEARCHED_ROWS]:
        meanings = _meanings_of(row)
        known = max(map(len, meanings))
        texts = sum(1 for cell in row.cells if cell.strip())
        rank = max((len({meaning.prop for meaning in found}), len(found)) for found in meanings)
        if rank > most and (known >= 3 or (known == 2 and texts == 2)):
            best, most = row, rank
    return None if best is None else _join_rows(table, best)


def _join_rows(table: Table, best: Row) -> HeadingRows:
    """The best row with the rows right above and below it that are headings too."""
    at = table.rows.index(best)
    first = at
    while first > 0 and at - first < _MORE_ROWS and _leads(table.rows[first - 1], table.rows[first]):
        first -= 1
    rows = list(table.rows[first : at + 1])
    for row in table.rows[at + 1 :][:_MORE_ROWS]:
        if not _continues(table, rows, row):
            break
        rows.append(row)
    width = max(table.width, len(best.cells))
    cells = [[table.filled(row, column).strip() for column in range(width)] for row in rows]
    for lower, upper in pairwise(reversed(cells)):
        _spread(upper, lower)
    headings = tuple(_joined([line[column] for line in cells]) for column in range(width))
    return HeadingRows(rows[0].number, rows[-1].number, headings)


def _leads(row: Row, below: Row) -> bool:
    """True for a row right above the headings that names further columns: ที่ and โครงการ over their details."""
    cells = [cell for cell in row.cells if cell.strip()]
    fits = row.number + 1 == below.number and len(cells) > 1 and count_known(row) * 2 >= len(cells)
    return fits and any(cell.strip() and not below.cell(at).strip() for at, cell in enumerate(row.cells))


def _continues(table: Table, above: Sequence[Row], row: Row) -> bool:
    """True for a row that only details the rows above: a year, month or unit in each cell, '(…)', or more headings.

    A heading may also go on in it, word by word: หน่วยงาน, รับผิดชอบ, หลัก.
    """
    texts = [(column, cell.strip()) for column, cell in enumerate(row.cells) if cell.strip()]
    if len(texts) > _MORE_ROWS and [normalize(cell) for _, cell in texts] == [str(at + 1) for at in range(len(texts))]:
        return True  # the columns are numbered
    return bool(texts) and all(_fits_below(table, above, column, cell, len(texts)) for column, cell in texts)


def _fits_below(table: Table, above: Sequence[Row], column: int, cell: str, texts: int) -> bool:
    if heading_key(cell) in _UNIT_WORDS or re.fullmatch(r"\(.*\)", cell, re.DOTALL) or _is_period(cell):
        return True
    over = [text for r in above if (text := table.filled(r, column).strip())]
    if _is_known(cell):
        return texts > 1 or not over
    return bool(over) and texts > 1 and any(_is_known(" ".join([*over[at:], cell])) for at in range(len(over)))


def _is_period(cell: str) -> bool:
    """True for a year or a month, or the word for them."""
    key = heading_key(cell)
    return key in _YEAR_ROW or _YEAR.match(f"ปี{key}") is not None or _MONTH.match(key) is not None


def _is_known(text: str) -> bool:
    return any(heading_key(text) in known_headings(kind) for kind in KINDS)


def _spread(upper: list[str], lower: Sequence[str]) -> None:
    """Let a heading over years or months reach over those to its right, as where merged cells were lost."""
    group = ""
    for column, below in enumerate(lower):
        if upper[column]:
            group = upper[column] if _is_period(below) else ""
        elif group and _is_period(below):
            upper[column] = group
        else:
            group = ""


def _joined(parts: Sequence[str]) -> str:
    """The heading of a column: all its parts, or where these are not known together, those that are."""
    kept = list(dict.fromkeys(part for part in parts if part))
    ends = [kept[at:] for at in range(1, len(kept))]
    begins = [kept[:at] for at in range(len(kept) - 1, 0, -1)]
    for some in (kept, *ends, *begins):
        if any(read_heading(" ".join(some), kind) for kind in KINDS):
            return " ".join(some)
    return " ".join(kept)

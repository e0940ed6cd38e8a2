"""Rows that print one item twice, as it was and as it is from now on: a difference, not two projects.

A book of changes marks them (``เดิม`` and ``เปลี่ยนแปลง`` in a column, a line above, or before the name), or prints two
rows of one name one below the other. Only rows that the document itself puts side by side are paired here; what lies
further apart is for matching to propose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from tracegraph.ingest.editions import Edition
from tracegraph.ingest.stretches import read_seq
from tracegraph.thai.normalize import normalize

_OLD = re.compile(r"^\W*(?:(?:ข้อความ|โครงการ|รายการ|รายละเอียด|แผน|ข้อ)?เดิม|ก่อน(?:การ)?(?:แก้ไข|เปลี่ยนแปลง))(?![ก-๙])")
_NEW = re.compile(
    r"^\W*(?:(?:ขอ)?(?:เปลี่ยนแปลง|เปลี่ยน|แก้ไข)(?:ใหม่)?(?:เป็น)?|(?:ข้อความ|โครงการ|รายการ|รายละเอียด)?ใหม่"
    r"|หลัง(?:การ)?(?:แก้ไข|เปลี่ยนแปลง))(?![ก-๙])"
)
_BEFORE_NAME = re.compile(r"^\s*(?:\(\s*(?P<in>[ก-๙ ]{3,16})\s*\)|(?P<colon>[ก-๙]{3,16})\s*[:：])")
_CHANGES = ("เปลี่ยนแปลง", "แก้ไข")
_SHARED = 0.4  # least likeness of two marked rows' names; below it they only stand one below the other
_SAME_NAME = 0.97  # of two unmarked rows: a letter or two in a long name
_NEAREST = 3  # rows apart, for an item may have continuation rows
_NEIGHBORS = 20  # places up and down in a group of new rows where an old row's is looked for
_COMPARED = 400  # letters of a name; comparing takes the square of it
_SHORTEST = 15  # letters of a name that may differ in a letter


class Mark(StrEnum):
    """Which of the two rows of a change a row is."""

    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """An item's row: ``mark`` is the cell or line that says เดิม or เปลี่ยนแปลง ('' where none does).

    ``fields`` are (property, words) without the name, ``money`` (year, baht or None).
    """

    number: int
    block: int
    seq: str
    name: str
    mark: str = ""
    edition: Edition | None = None
    fields: tuple[tuple[str, str], ...] = ()
    money: tuple[tuple[int, float | None], ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a change did to one field (``name``, a property, or ``y2568`` for money): both values as written."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedPair:
    """The old row and the row that replaces it. ``marked``: the document says so; else its rows' names do (0–1)."""

    old: int
    new: int
    changes: tuple[FieldChange, ...]
    marked: bool
    words: str
    confidence: float


def read_mark(text: str) -> Mark | None:
    """What a cell or a line says of its row: เดิม, เปลี่ยนแปลง(เป็น), แก้ไข, ใหม่; None for anything else."""
    bare = normalize(text)
    if _OLD.match(bare):
        return Mark.OLD
    return Mark.NEW if _NEW.match(bare) else None


def find_changed_pairs(rows: Sequence[ChangeRow]) -> tuple[ChangedPair, ...]:
    """Pairs of a sheet's items, each row in one pair at most; ``rows`` in the order of the sheet."""
    marks = [_mark_of(row) for row in rows]
    pairs: list[ChangedPair] = []
    at = 0
    while at < len(rows):
        end, found = _pair_from(rows, marks, at)
        pairs += found
        at = end
    return tuple(pairs)


def _mark_of(row: ChangeRow) -> Mark | None:
    if said := read_mark(row.mark):
        return said
    before = _BEFORE_NAME.match(row.name)
    return read_mark(before["in"] or before["colon"]) if before else None


def _pair_from(rows: Sequence[ChangeRow], marks: Sequence[Mark | None], at: int) -> tuple[int, list[ChangedPair]]:
    """Pairs that begin at a row, and the row to go on with: old rows with the new ones below, or two of one name."""
    if marks[at] is Mark.OLD:
        middle = _end_of(rows, marks, at, Mark.OLD)
        end = _end_of(rows, marks, middle, Mark.NEW) if middle < len(rows) and _follows(rows, middle) else middle
        return end, _pair_marked(rows[at:middle], rows[middle:end])
    below = at + 1
    if below < len(rows) and marks[at] is marks[below] is None and _follows(rows, below):
        pair = _pair_unmarked(rows[at], rows[below])
        if pair:
            return below + 1, [pair]
    return at + 1, []


def _end_of(rows: Sequence[ChangeRow], marks: Sequence[Mark | None], at: int, mark: Mark) -> int:
    end = at
    while end < len(rows) and marks[end] is mark and (end == at or _follows(rows, end)):
        end += 1
    return end


def _follows(rows: Sequence[ChangeRow], at: int) -> bool:
    return rows[at].number - rows[at - 1].number <= _NEAREST


def _pair_marked(olds: Sequence[ChangeRow], news: Sequence[ChangeRow]) -> list[ChangedPair]:
    """The best pairs of old and new rows first; of equally good ones those that stand in the same place."""
    ranked = sorted(
        (
            (_likeness(old, new), -abs(i - j), i, j)
            for i, old in enumerate(olds)
            for j, new in enumerate(news[max(0, i - _NEIGHBORS) : i + _NEIGHBORS + 1], max(0, i - _NEIGHBORS))
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for likeness, _, i, j in ranked:
        if likeness >= _SHARED and i not in taken and j not in taken.values():
            taken[i] = j
    return [
        _build(olds[i], news[j], True, 1.0 if len(olds) == len(news) == 1 else 0.9) for i, j in sorted(taken.items())
    ]


def _likeness(old: ChangeRow, new: ChangeRow) -> float:
    """Likeness of the names (0–1); at least 0.5 for two rows of one number, which may get a wholly new name."""
    a, b = _bare(old.name), _bare(new.name)
    likeness = SequenceMatcher(None, a, b, autojunk=False).ratio()
    same_number = read_seq(old.seq) is not None and read_seq(old.seq) == read_seq(new.seq)
    return max(likeness, 0.5) if same_number else likeness


def _pair_unmarked(above: ChangeRow, below: ChangeRow) -> ChangedPair | None:
    """Two rows of one name in a run of changes, where something else differs; equal rows are a repetition."""
    edition = below.edition
    if above.block != below.block or edition is None or edition.word not in _CHANGES or edition != above.edition:
        return None
    a, b = _bare(above.name), _bare(below.name)
    if a != b and (min(len(a), len(b)) < _SHORTEST or re.findall(r"\d+", a) != re.findall(r"\d+", b)):
        return None
    likeness = SequenceMatcher(None, a, b, autojunk=False).ratio()
    changes = _compare(above, below)
    if likeness < _SAME_NAME or not changes:
        return None
    one_number = read_seq(above.seq) == read_seq(below.seq) or not below.seq.strip() or not above.seq.strip()
    return _build(above, below, False, 0.9 if one_number and a == b else 0.7)


def _bare(name: str) -> str:
    return _BEFORE_NAME.sub("", normalize(name)).replace(" ", "")[:_COMPARED]


def _build(old: ChangeRow, new: ChangeRow, marked: bool, confidence: float) -> ChangedPair:
    said = " → ".join(part for part in (old.mark.strip(), new.mark.strip()) if part)
    words = said or (new.edition.text if new.edition else "")
    return ChangedPair(old.number, new.number, _compare(old, new), marked, words, confidence)


def _compare(old: ChangeRow, new: ChangeRow) -> tuple[FieldChange, ...]:
    """Fields whose comparison forms differ, the name first, money by year last."""
    before, after = ({"name": row.name, **dict(row.fields)} for row in (old, new))
    found = [
        FieldChange(name, before.get(name, ""), after.get(name, ""))
        for name in dict.fromkeys((*before, *after))
        if _plain(before.get(name, "")) != _plain(after.get(name, ""))
    ]
    paid, pays = dict(old.money), dict(new.money)
    for year in sorted({*paid, *pays}):
        if (paid.get(year) or 0.0) != (pays.get(year) or 0.0):
            found.append(FieldChange(f"y{year}", _money(paid.get(year)), _money(pays.get(year))))
    return tuple(found)


def _plain(text: str) -> str:
    return _BEFORE_NAME.sub("", normalize(text)).replace(" ", "").strip("-")


def _money(baht: float | None) -> str:
    return "" if baht is None else f"{baht:,.2f}".removesuffix(".00")

"""Labels of pairs: what people said about two records, checked before anything is learned or measured from it.

A label file may say SAME, DIFF, DIFF-PERIOD, PART or UNSURE, 1 or 0, yes or no, เหมือน or ต่าง. A pair has no direction.
Nothing is dropped in silence: rows that say nothing (empty, UNSURE), say it again, or name one record twice count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracegraph.errors import InputError
from tracegraph.thai.normalize import normalize

SAME, UNSURE = "SAME", "UNSURE"
#: Labels that mean two pieces of work: another one, another period, a part of the other.
DIFFERENT = ("DIFF", "DIFF-PERIOD", "PART")

_WORDS = {
    SAME: ("same", "1", "yes", "y", "true", "เหมือน", "เหมือนกัน", "ใช่", "เดียวกัน", "งานเดียวกัน"),
    "DIFF": ("diff", "different", "0", "no", "n", "false", "ต่าง", "ต่างกัน", "ไม่ใช่", "คนละงาน", "ไม่เหมือน"),
    "DIFF-PERIOD": ("diff-period", "diff_period", "คนละช่วงเวลา", "คนละงวด"),
    "PART": ("part", "บางส่วน", "เป็นส่วนหนึ่ง"),
    UNSURE: ("unsure", "?", "ไม่แน่ใจ"),
}
_LABEL_OF = {normalize(word): label for label, words in _WORDS.items() for word in words}
_LISTED = 12


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row of a label file as it stands there; ``row`` as a spreadsheet counts."""

    row: int
    left_id: str
    right_id: str
    label: str
    kind: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A pair with a label that decides: ``same`` or not, and the label's own word."""

    row: int
    left_id: str
    right_id: str
    same: bool
    label: str
    kind: str = ""
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The pairs that a file decides, and the rows that decide nothing: UNSURE, no label yet, the same said again,
    a record paired with itself."""

    pairs: tuple[LabelledPair, ...]
    unsure: tuple[int, ...] = ()
    empty: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    itself: tuple[int, ...] = ()


def parse_label(text: str) -> str | None:
    """The label that a cell states: SAME, UNSURE, one of DIFFERENT; '' for an empty cell, None for any other word."""
    word = normalize(text).lower()
    return _LABEL_OF.get(word) if word else ""


def build_label_set(rows: Iterable[LabelRow], name: str) -> LabelSet:
    """The labels of a file called ``name``; InputError for words that are no label and pairs labelled both ways."""
    listed = list(rows)
    read = [(row, parse_label(row.label)) for row in listed]
    _refuse_unknown([row for row, label in read if label is None], name)
    first: dict[frozenset[str], LabelledPair] = {}
    unsure, empty, repeated, itself = [], [], [], []
    against: list[tuple[LabelledPair, LabelRow]] = []
    for row, label in read:
        pair = frozenset((row.left_id, row.right_id))
        if not label:
            empty.append(row.row)
        elif len(pair) < 2:
            itself.append(row.row)
        elif label == UNSURE:
            unsure.append(row.row)
        elif pair not in first:
            first[pair] = LabelledPair(
                row.row, row.left_id, row.right_id, label == SAME, label, row.kind.strip(), row.cluster.strip()
            )
        elif first[pair].same == (label == SAME):
            repeated.append(row.row)
        else:
            against.append((first[pair], row))
    _refuse_contradictions(against, name)
    return LabelSet(tuple(first.values()), tuple(unsure), tuple(empty), tuple(repeated), tuple(itself))


def _refuse_unknown(rows: Sequence[LabelRow], name: str) -> None:
    if not rows:
        return
    words = ", ".join(f"{row.row}: {row.label.strip()[:30]!r}" for row in rows[:_LISTED])
    more = f" (+{len(rows) - _LISTED})" if len(rows) > _LISTED else ""
    raise InputError(
        f"{name}: {len(rows):,} แถวมีคำตัดสินที่ไม่รู้จัก แถว {words}{more}",
        f"{name}: {len(rows):,} rows have an unknown label, row {words}{more}",
        hint_th="ใช้ SAME DIFF DIFF-PERIOD PART UNSURE หรือ 1 0 หรือ เหมือน ต่าง ไม่แน่ใจ",
        hint_en="use SAME, DIFF, DIFF-PERIOD, PART, UNSURE, or 1, 0, or yes, no",
    )


def _refuse_contradictions(against: Sequence[tuple[LabelledPair, LabelRow]], name: str) -> None:
    if not against:
        return
    rows = ", ".join(f"{pair.row}≠{row.row} ({pair.left_id}, {pair.right_id})" for pair, row in against[:_LISTED])
    more = f" (+{len(against) - _LISTED})" if len(against) > _LISTED else ""
    raise InputError(
        f"{name}: {len(against):,} คู่ถูกตัดสินขัดกันเอง แถว {rows}{more}",
        f"{name}: {len(against):,} pairs are labelled both ways, rows {rows}{more}",
        hint_th="ให้แต่ละคู่มีคำตัดสินเดียว หรือใส่ UNSURE",
        hint_en="leave one label for each pair, or write UNSURE",
    )


def find_group_conflicts(pairs: Iterable[LabelledPair]) -> list[LabelledPair]:
    """Pairs labelled as different although other labels join both records into one piece of work (A=B, B=C, A≠C)."""
    listed = list(pairs)
    groups = group_records((p.left_id, p.right_id) for p in listed if p.same)
    return [p for p in listed if not p.same and p.left_id in groups and groups[p.left_id] == groups.get(p.right_id, "")]


def group_records(joined: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each record of the pairs the name of its group (its smallest member), groups joined through any pair."""
    parent: dict[str, str] = {}

    def find(record: str) -> str:
        parent.setdefault(record, record)
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for left, right in joined:
        low, high = sorted((find(left), find(right)))
        parent[high] = low
    return {record: find(record) for record in parent}

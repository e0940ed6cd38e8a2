"""Invented projects of Thai plans with known truth: which records tell the same piece of work.

Real tambons and districts (official codes); villages, roads, waters, landmarks and works are invented. About a quarter
of the records stand in groups of two to four that tell one work as another body, level or year writes it; beside them
stand works that look like one another and are not (``HARD_KINDS``). The same seed gives the same records on every
version of Python. All is made district by district, so a million records need no more memory than what is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.project_dice import Dice
from benchmarks.project_labels import write_labels, write_records
from benchmarks.project_patterns import load_patterns
from benchmarks.project_places import count_tambons
from benchmarks.project_records import Record, Settings, iter_districts, tell_district
from benchmarks.project_works import HARD_KINDS
from tracegraph.model.items import Item
from tracegraph.thai.normalize import text_hash

__all__ = [
    "HARD_KINDS",
    "HardPair",
    "Invented",
    "Record",
    "Table",
    "generate",
    "generate_table",
    "to_item",
    "write_csv",
]
DENSITY = 140.0
_RANKS = {"PK02": 2, "PK03": 3, "PK05": 5, "PK06": 6, "PK08": 8, "PK09": 9, "PK12": 12}


class HardPair(NamedTuple):
    """Two records of different works that differ in one thing only: ``kind`` is one of HARD_KINDS."""

    left: str
    right: str
    kind: str


@dataclass(frozen=True, slots=True)
class Invented:
    """What ``generate`` made."""

    records: list[Record]
    hard: list[HardPair]


@dataclass(frozen=True, slots=True)
class Table:
    """The same as columns: lists by the names of ``Record``'s fields, and the hard pairs by ids."""

    columns: dict[str, list[Any]]
    hard: list[HardPair] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.columns["id"])

    def __getitem__(self, name: str) -> list[Any]:
        return self.columns[name]


def generate(
    count: int, *, seed: int, density: float = DENSITY, patterns: str = "usual", misplaced: float = 0.05
) -> Invented:
    """``count`` records, ``density`` of them for each tambon. ``patterns="other"`` takes the third of the name patterns
    that the usual ones lack; ``misplaced`` is the share of repeated records without a code of place, or with one of
    another district."""
    records: list[Record] = []
    hard: list[HardPair] = []
    for rows, pairs in iter_parts(count, seed=seed, density=density, patterns=patterns, misplaced=misplaced):
        records += rows
        hard += pairs
    return Invented(records, hard)


def generate_table(
    count: int, seed: int, density: float = DENSITY, *, patterns: str = "usual", misplaced: float = 0.05
) -> Table:
    """The records of ``generate`` as columns, for millions of them."""
    columns: dict[str, list[Any]] = {name: [] for name in Record._fields}
    hard: list[HardPair] = []
    for rows, pairs in iter_parts(count, seed=seed, density=density, patterns=patterns, misplaced=misplaced):
        for name, values in zip(Record._fields, zip(*rows, strict=True), strict=True):
            columns[name].extend(values)
        hard += pairs
    return Table(columns, hard)


def iter_parts(
    count: int, *, seed: int, density: float = DENSITY, patterns: str = "usual", misplaced: float = 0.05
) -> Iterator[tuple[list[Record], list[HardPair]]]:
    """The records of one district after the other, with the hard pairs between them."""
    if count < 0 or density <= 0:
        raise ValueError(
            f"{count} records at {density:g} for each tambon: neither may be negative, nor the density nothing"
        )
    if count > density * count_tambons():
        raise ValueError(f"{count} records at {density:g} for each tambon: Thailand has {count_tambons()} tambons")
    settings = Settings(seed, density, misplaced, load_patterns(patterns))
    made = 0
    for district in iter_districts(count, settings):
        if made == count:  # tambons hold a little more than asked, by the works that end them
            return
        rows, pairs = _number(tell_district(district, settings, count - made), made)
        made += len(rows)
        yield rows, pairs


def _number(
    told: tuple[list[Record], list[tuple[int, int, str]], Dice], made: int
) -> tuple[list[Record], list[HardPair]]:
    """Give ids in an order that says nothing of the works."""
    rows, pairs, dice = told
    order = list(range(len(rows)))
    dice.shuffle(order)
    ids = [""] * len(rows)
    for place, index in enumerate(order):
        ids[index] = f"P{made + place + 1:07d}"
    numbered = [rows[index]._replace(id=ids[index]) for index in order]
    named = ((min(ids[left], ids[right]), max(ids[left], ids[right]), kind) for left, right, kind in pairs)
    return numbered, [HardPair(*pair) for pair in named]


def to_item(record: Record) -> Item:
    """The record as matching sees it."""
    return Item(
        uid=f"proj:{record.id}",
        role="project",
        text=record.text,
        text_hash=text_hash(record.text),
        source_id=record.id,
        plan=record.plan,
        plan_kind=record.plan_kind,
        plan_rank=_RANKS[record.plan_kind],
        stage=record.stage,
        owner=f"body:{record.owner}",
        owner_name=record.owner,
        years=(record.year,),
        amounts=() if record.amount is None else (record.amount,),
        amount=record.amount,
        year=record.year,
        area=record.tambon or record.district or record.province or None,
        province=record.province or None,
        district=record.district or None,
        tambon=record.tambon or None,
        file=f"{record.plan}.csv",
        document=record.plan,
    )


def write_csv(invented: Invented, folder: Path) -> tuple[Path, Path]:
    """``records.csv`` and ``labels.csv`` (see project_labels) in ``folder``; both UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    records = write_records(invented.records, folder / "records.csv")
    return records, write_labels(invented.records, invented.hard, folder / "labels.csv")

"""A table of records in, columns of codes out: what every feature needs to know of a record, as numbers.

A code stands for one value of one field (a set of villages, a tuple of roads). Comparing two records then means looking
at two codes, and a feature is asked once for each pair of values that occurs, not once for each pair of records.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from tracegraph.link.bulk.pieces import FIELD_INDEX, FIELDS, Codes, PieceBook, cut_name, take_first
from tracegraph.link.bulk.signatures import Bits, join_signatures
from tracegraph.link.same_work.features.roads import ENDS
from tracegraph.link.same_work.locating import resolve_tambon
from tracegraph.link.same_work.prepare import KIND_PREFIX
from tracegraph.link.same_work.runners import tell_nobody
from tracegraph.link.same_work.said import WISHING_KINDS
from tracegraph.link.same_work.texts import find_work_text
from tracegraph.model.items import Item
from tracegraph.thai.normalize import normalize

Ints = npt.NDArray[np.int64]
Codes32 = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]

#: Names after which the progress of cutting is told, and the share of reading that cutting is.
_TOLD, _CUT = 20_000, 0.15


@dataclass(frozen=True, slots=True)
class Labels:
    """A column of few distinct values: a code for each row and the value of each code; code 0 is "unknown"."""

    codes: Codes32
    values: tuple[str, ...]

    @classmethod
    def of(cls, column: Sequence[str | None]) -> Labels:
        """The column's values numbered in order of first appearance; None and '' are unknown."""
        numbers: dict[str, int] = {"": 0}
        codes = np.fromiter((numbers.setdefault(v or "", len(numbers)) for v in column), np.int32, len(column))
        return cls(codes, tuple(numbers))

    def take(self, rows: Ints) -> Labels:
        """The same values for some rows."""
        return Labels(self.codes[rows], self.values)


@dataclass(frozen=True, slots=True)
class Table:
    """Records as columns of one length. ``district`` and ``tambon`` are official codes as numbers, 0 where unknown;
    ``year`` is a fiscal year of the Buddhist era, ``amount`` baht; both 0 where unknown."""

    uid: Sequence[str]
    text: Sequence[str]
    province: Ints
    district: Ints
    tambon: Ints
    year: Ints
    amount: Floats
    owner: Labels
    plan: Labels
    plan_kind: Labels
    stage: Labels

    def __len__(self) -> int:
        return len(self.uid)

    def take(self, rows: Ints) -> Table:
        """Some rows, in the order given."""
        at = rows.tolist()
        return Table(
            [self.uid[i] for i in at],
            [self.text[i] for i in at],
            self.province[rows],
            self.district[rows],
            self.tambon[rows],
            self.year[rows],
            self.amount[rows],
            self.owner.take(rows),
            self.plan.take(rows),
            self.plan_kind.take(rows),
            self.stage.take(rows),
        )

    def find_first_copies(self) -> Ints:
        """For each row the first row that is equal to it in everything but its uid."""
        columns = (self.province, self.district, self.tambon, self.year, self.amount)
        labels = (self.owner.codes, self.plan.codes, self.plan_kind.codes, self.stage.codes)
        rows = zip(self.text, *(column.tolist() for column in (*columns, *labels)), strict=True)
        known: dict[tuple[object, ...], int] = {}
        return np.fromiter((known.setdefault(row, at) for at, row in enumerate(rows)), np.int64, len(self))

    def item(self, row: int) -> Item:
        """One row as the item that ``score_pairs`` and ``explain`` take."""
        tambon, district = _code(self.tambon[row], 6), _code(self.district[row], 4)
        year, amount = int(self.year[row]), float(self.amount[row])
        return Item(
            uid=self.uid[row],
            role="project",
            text=self.text[row],
            text_hash="",
            plan=self.plan.values[self.plan.codes[row]],
            plan_kind=self.plan_kind.values[self.plan_kind.codes[row]],
            stage=self.stage.values[self.stage.codes[row]] or "plan",
            owner=self.owner.values[self.owner.codes[row]] or None,
            years=(year,) if year else (),
            amounts=(amount,) if year and amount > 0 else (),
            amount=amount if amount > 0 else None,
            year=year or None,
            province=_code(self.province[row], 2),
            district=district,
            tambon=tambon,
        )


def _code(number: int, digits: int) -> str | None:
    return f"{int(number):0{digits}d}" if number else None


@dataclass(frozen=True, slots=True)
class Columns:
    """Records as read: wording, and for each field that features read a code a record and the value of each code.

    ``tambon`` is the code that the record's own words and its table agree on (``locating.resolve_tambon``).
    """

    table: Table
    tambon: Ints
    whole: Sequence[str]
    core: Sequence[str]
    unplaced: Sequence[str]
    codes: Mapping[str, Codes32]
    values: Mapping[str, Sequence[Hashable]]
    crowd: Ints
    signature: Bits

    def __len__(self) -> int:
        return len(self.whole)


@dataclass(frozen=True, slots=True)
class Reading:
    """The names of a table as numbers of pieces: those of row *i* are ``pieces[ends[i - 1]:ends[i]]``."""

    table: Table
    book: PieceBook
    pieces: Codes32
    ends: Ints
    tambon: Ints
    tambon_names: Codes32
    names: Codes
    crowd: Ints

    def __len__(self) -> int:
        return len(self.ends)


def read_table(
    table: Table, book: PieceBook, tell: Callable[[float], None] | None = None, *, crowd: Ints | None = None
) -> Reading:
    """Read every name by its pieces; ``book`` keeps what it learns for the next table.

    ``crowd`` where the table is a part of one whose crowds are counted already.
    """
    told = tell or tell_nobody
    flat, ends = array("i"), array("q")
    wishing = np.isin(
        table.plan_kind.codes, [i for i, kind in enumerate(table.plan_kind.values) if kind in WISHING_KINDS]
    )
    number = book.number
    for text, wishes in zip(table.text, wishing.tolist(), strict=True):
        name = normalize(find_work_text(text, wishing=True) if wishes else text)
        flat.extend([number(part) for part in cut_name(name)])
        ends.append(len(flat))
        if len(ends) % _TOLD == 0:
            told(_CUT * len(ends) / len(table))
    book.read(lambda share: told(_CUT + (1 - _CUT) * share))
    pieces, stops = (
        np.frombuffer(flat, dtype=np.int32) if len(flat) else np.zeros(0, np.int32),
        np.array(ends, np.int64),
    )
    tambon, tambon_names, names = _resolve_tambons(table, book, pieces, stops)
    crowds = _count_crowds(table, tambon, book, pieces, stops) if crowd is None else crowd
    return Reading(table, book, pieces, stops, tambon, tambon_names, names, crowds)


def _resolve_tambons(table: Table, book: PieceBook, pieces: Codes32, ends: Ints) -> tuple[Ints, Codes32, Codes]:
    """For each record its tambon and a code for the names of tambons that count, both as ``prepare`` gives them."""
    stated, districts, roads = (_join_field(name, book, pieces, ends) for name in ("tambons", "districts", "roads"))
    values = [book.codes[FIELD_INDEX[name]].values for name in ("tambons", "districts", "roads")]
    has_ends = np.fromiter((any(ENDS in road.name for road in cast(Any, found)) for found in values[2]), np.bool_)
    leads = has_ends[roads].astype(np.int64)
    codes = Codes(frozenset())
    tambon, names = table.tambon.copy(), np.zeros(len(table), dtype=np.int32)
    named = np.flatnonzero(stated)
    keys = np.stack((table.tambon, table.province, stated, districts, leads), axis=1)[named]
    kinds, inverse = np.unique(keys, axis=0, return_inverse=True)
    found = np.zeros((len(kinds), 2), dtype=np.int64)
    for row, (code, province, tambons, areas, leading) in enumerate(kinds.tolist()):
        resolved, kept = resolve_tambon(
            _code(code, 6),
            _code(province, 2) or "",
            values[0][tambons],
            values[1][areas],
            leads_on=bool(leading),
        )
        found[row] = int(resolved or 0), codes.code(kept)
    tambon[named], names[named] = found[inverse.ravel()].T
    return tambon, names, codes


def build_columns(reading: Reading, rows: Ints) -> Columns:
    """The columns of some rows, in the order given."""
    book = reading.book
    pieces, ends = _take_pieces(reading.pieces, reading.ends, rows)
    codes = {found.name: _join_field(found.name, book, pieces, ends) for found in FIELDS}
    values = {found.name: book.codes[index].values for index, found in enumerate(FIELDS)}
    codes["sizes"] = _add_lengths(codes["sizes"], codes["stations"], book)
    codes["tambon_names"], values["tambon_names"] = reading.tambon_names[rows], reading.names.values
    whole, core, unplaced = (_join_texts(texts, pieces, ends, joint) for texts, joint in book.wordings())
    signature = join_signatures(book.signatures()[pieces], ends)
    table, tambon, crowd = reading.table.take(rows), reading.tambon[rows], reading.crowd[rows]
    return Columns(table, tambon, whole, core, unplaced, codes, values, crowd, signature)


def _add_lengths(sizes: Codes32, stations: Codes32, book: PieceBook) -> Codes32:
    """Sizes with the length of stations where the name states no length, as ``prepare`` has it."""
    with_lengths, known = sizes.copy(), book.codes[FIELD_INDEX["sizes"]]
    segments = book.codes[FIELD_INDEX["stations"]].values
    for row in np.flatnonzero(stations).tolist():
        stated = dict(cast(Any, known.values[sizes[row]]))
        length = sum(end - start for start, end in cast(Any, segments[stations[row]]))
        if length > 0 and "length" not in stated:
            with_lengths[row] = known.code(tuple(sorted({**stated, "length": frozenset((length,))}.items())))
    return with_lengths


def _take_pieces(pieces: Codes32, ends: Ints, rows: Ints) -> tuple[Codes32, Ints]:
    """The pieces of some rows and where those of each end."""
    starts = np.concatenate(([0], ends[:-1]))[rows]
    counts = ends[rows] - starts
    stops = np.cumsum(counts)
    return pieces[np.repeat(starts - (stops - counts), counts) + np.arange(int(counts.sum()))], stops


def _join_texts(texts: Sequence[str], pieces: Codes32, ends: Ints, joint: str) -> list[str]:
    words = [texts[number] for number in pieces.tolist()]
    joined, start = [], 0
    for end in ends.tolist():
        parts = words[start:end]
        joined.append(parts[0] if end - start == 1 else joint.join(filter(None, parts)))
        start = end
    return joined


def _count_crowds(table: Table, tambon: Ints, book: PieceBook, pieces: Codes32, ends: Ints) -> Ints:
    """For each record the number of records that do its kind of work in its tambon, else its district."""
    kinds = _join_field("work_object", book, pieces, ends).astype(np.int64)
    rows = np.flatnonzero(kinds == 0)
    mine, stops = _take_pieces(pieces, ends, rows)
    whole, core, _ = (_join_texts(texts, mine, stops, joint) for texts, joint in book.wordings())
    starts: dict[str, int] = {}
    for row, name, rest in zip(rows.tolist(), whole, core, strict=True):
        kinds[row] = -1 - starts.setdefault((rest or name)[:KIND_PREFIX], len(starts))
    _, inverse, counts = np.unique(
        np.stack((find_scopes(table, tambon), tambon, kinds)), axis=1, return_inverse=True, return_counts=True
    )
    return np.asarray(counts[inverse.ravel()])


def find_scopes(table: Table, tambon: Ints) -> Ints:
    """The scope of each record as ``locating.find_scopes`` has it: a district, else below 0 the number of its owner."""
    stated = np.where(tambon != table.tambon, tambon // 100, 0)
    scope = np.where(stated > 0, stated, np.where(table.district > 0, table.district, table.tambon // 100))
    owner = table.owner.codes.astype(np.int64)
    pairs = np.unique(np.stack((owner, scope))[:, (owner > 0) & (scope > 0)], axis=1)
    owners, first, counts = np.unique(pairs[0], return_index=True, return_counts=True)
    homes = -np.arange(len(table.owner.values), dtype=np.int64)  # 0 for the unknown owner
    homes[owners[counts == 1]] = pairs[1][first[counts == 1]]
    return np.asarray(np.where(scope > 0, scope, homes[owner]))


def read_field(reading: Reading, name: str) -> Codes32:
    """The code of each record for one field."""
    return _join_field(name, reading.book, reading.pieces, reading.ends)


def _join_field(name: str, book: PieceBook, pieces: Codes32, ends: Ints) -> Codes32:
    """The code of each record for one field, from the codes of its pieces."""
    index = FIELD_INDEX[name]
    codes = book.rows_array()[pieces, index]
    joined = np.zeros(len(ends), dtype=np.int32)
    stated = np.flatnonzero(codes)
    records, found = np.searchsorted(ends, stated, side="right"), codes[stated]
    if not len(records):
        return joined
    starts = np.flatnonzero(np.concatenate(([True], records[1:] != records[:-1])))
    joined[records[starts]] = found[starts]
    join = FIELDS[index].join
    if join is take_first:
        return joined
    sizes = np.diff(np.append(starts, len(records)))
    known: dict[tuple[int, ...], int] = {}
    field_codes, several = book.codes[index], sizes > 1
    for start, size in zip(starts[several].tolist(), sizes[several].tolist(), strict=True):
        parts = tuple(found[start : start + size].tolist())
        if parts not in known:
            known[parts] = field_codes.code(join([field_codes.values[part] for part in parts]))
        joined[records[start]] = known[parts]
    return joined

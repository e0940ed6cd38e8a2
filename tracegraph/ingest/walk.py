"""Walk through the rows of a table: first what each row is, then the cells of each record.

A record may take several rows: texts go on below it, or its name is one merged cell beside several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracegraph.ingest.anchors import AnchoredNote, AnchorRow, RowKind, anchor_notes
from tracegraph.ingest.blocks import begins_preamble, find_first_above
from tracegraph.ingest.edition_chain import RowEdition, find_row_editions
from tracegraph.ingest.editions import Edition
from tracegraph.ingest.headings import group_properties, heading_key
from tracegraph.ingest.lines import Section, is_total, read_group, read_line, read_preamble
from tracegraph.ingest.mapping import Column, TableMapping
from tracegraph.ingest.rows import ERRORS, LONGEST_MARKER, RowCells
from tracegraph.ingest.stretches import read_seq
from tracegraph.ingest.tables import Row, SheetNote, Table
from tracegraph.thai.normalize import normalize

_COUNT = re.compile(r"[\d,]+ ?(?:โครงการ|รายการ)")  # what stands under โครงการ in a line of totals
_FEWEST_HEADINGS = 3  # cells that a repeated heading row has at least; two where each equals its own heading cell
_DITTO_STARTS = frozenset("\"'“”〃-เดต(\u200b\ufeff")
_DITTO = frozenset(('"', "''", '""', "〃", '-"-', "เช่นเดียวกัน", "(เดียวกัน)", "เดียวกัน"))
_LIKE_ITEM = re.compile(
    r"\(?(?:เหมือน|เช่นเดียว|เดียว|ตาม|ดู)(?:กับ|กัน)?(?:กับ)? ?(?:โครงการ|รายการ)?(?:ข้อ|ลำดับที่|ลำดับ|ที่) ?(\d{1,4})\)?"
)
_READ_ELSEWHERE = frozenset(("money", "budget", "budgeted", "name", "text"))
_NO_DITTO = frozenset(("id", "seq", "page"))
_MONEY = frozenset(("money", "budget", "budgeted"))
#: What the rows below a record may go on with.
_CONTINUED = frozenset(("objective", "target", "kpi", "expected", "department", "place_text", "note"))
#: What one merged cell beside several items says of each of them; money in one is for all of them together.
_HELD_BY_MERGE = frozenset(
    ("objective", "target", "kpi", "expected", "department", "place_text", "payer", "fund_source")
)
_USES_SEQ = 0.6  # share of named rows with a running number from which a row without one goes on with the row above
#: Lines under a table that are no records: who signed it, and remarks on all of it.
_BELOW = re.compile(r"\(?\s*(?:ลงชื่อ|ลงนาม|หมายเหตุ|ผู้จัดทำ|ผู้ตรวจสอบ|ผู้รับรอง)")
_DASH = re.compile(r"[-–—\s.]*")


@dataclass(frozen=True, slots=True)
class WalkedRow:
    """A row, what it is, and what the lines above state for it; ``block`` counts the lines passed so far."""

    row: Row
    kind: RowKind
    block: int
    section: Section
    seq: str


@dataclass(slots=True)
class RowWalk:
    """The rows below the headings. Iterate once for the records; ``rows`` tells what every row is.

    ``notes`` gives the text boxes and comments by the row of their item (0: the whole sheet), ``editions`` what these
    and the lines say of each item's edition.
    """

    table: Table
    mapping: TableMapping
    section: Section
    rows: list[WalkedRow] = field(default_factory=list)
    anchors: list[AnchorRow] = field(default_factory=list)
    notes: Mapping[int, tuple[AnchoredNote, ...]] = field(default_factory=dict)
    editions: Mapping[int, RowEdition] = field(default_factory=dict)
    _last: dict[int, str] = field(default_factory=dict)
    _of_seq: dict[tuple[int, str], dict[int, str]] = field(default_factory=dict)
    _own_editions: list[Edition | None] = field(default_factory=list)
    _parts: Mapping[int, frozenset[str]] = field(default_factory=dict)
    _uses_seq: bool = False
    _next_seq: int | None = None

    def __post_init__(self) -> None:
        headings = self.mapping.rows
        self._own_editions = [self.section.edition]
        body = [row for row in self.table.rows if row.number > headings.last]
        self._parts = _heading_parts(self.table, headings.first, headings.last)
        self._uses_seq = self._find_seq_use(body)
        self._read_rows(body)
        self.anchors = [self._anchor_row(walked) for walked in self.rows]
        self.notes = anchor_notes([*self.table.notes, *self._written_notes()], self.anchors)
        self.editions = find_row_editions(self.anchors, self.notes)

    def _read_rows(self, body: Sequence[Row]) -> None:
        """Say what each row is; the latest line above a row holds for it."""
        repeated = [self._repeats_headings(row) for row in body]
        ends = self._find_preambles(body, repeated)
        printed: Sequence[Row] = [row for row in self.table.rows if row.number < self.mapping.rows.first]
        block = until = 0
        above: WalkedRow | None = None
        for at, row in enumerate(body):
            if at in ends:
                until = ends[at]
                if _texts_of(body[at:until]) != _texts_of(printed):  # the same lines are only those of the next page
                    printed = body[at:until]
                    self.section = read_preamble(_texts_of(printed))
                    self._own_editions.append(self.section.edition)
                    block += 1
            self._next_seq = read_seq(self._raw(body[at + 1], "seq")) if at + 1 < len(body) else None
            kind = RowKind.HEADING if at < until or repeated[at] else self._kind_of(row, above)
            if kind is RowKind.DIVIDER:
                block += 1
            walked = WalkedRow(row, kind, block, self.section, self._raw(row, "seq"))
            self.rows.append(walked)
            if kind is not RowKind.CONTINUATION:
                above = walked

    def _find_preambles(self, body: Sequence[Row], repeated: Sequence[bool]) -> dict[int, int]:
        """Where whole lines above repeated headings begin, and where they end: the form printed anew in one sheet."""
        found: dict[int, int] = {}
        for at, again in enumerate(repeated):
            if again and at and not repeated[at - 1]:
                first = find_first_above(body, at)
                if first < at and begins_preamble(body[first]):
                    found[first] = at
        return found

    @property
    def lines(self) -> list[int]:
        """Numbers of the rows that are lines of the table, not records."""
        return [walked.row.number for walked in self.rows if walked.kind not in (RowKind.ITEM, RowKind.CONTINUATION)]

    def __iter__(self) -> Iterator[RowCells]:
        at = 0
        while at < len(self.rows):
            walked = self.rows[at]
            at += 1
            if walked.kind is not RowKind.ITEM:
                continue
            more: list[Row] = []
            while at < len(self.rows) and self.rows[at].kind is RowKind.CONTINUATION:
                more.append(self.rows[at].row)
                at += 1
            yield self._cells(walked, more)

    def _anchor_row(self, walked: WalkedRow) -> AnchorRow:
        row, edition = walked.row, walked.section.edition
        if any(edition is own for own in self._own_editions):  # the book's own amends none of its rows
            edition = None
        return AnchorRow(row.number, walked.kind, walked.block, walked.seq, edition, self._raw(row, "name"))

    def _written_notes(self) -> Iterator[SheetNote]:
        """The cells of หมายเหตุ, which say the same things as text boxes do."""
        for column in self.mapping.all("note"):
            for walked in self.rows:
                text = walked.row.cell(column.index)
                if walked.kind is RowKind.ITEM and not _DASH.fullmatch(text):
                    yield SheetNote(walked.row.number, walked.row.number, column.index, text, "comment")

    def _find_seq_use(self, body: Sequence[Row]) -> bool:
        seq, name = self.mapping.find("seq"), self.mapping.find("name")
        if seq is None or name is None:
            return False
        named = [row for row in body if row.cell(name.index).strip()]
        numbered = sum(1 for row in named if row.cell(seq.index).strip())
        return bool(named) and numbered >= _USES_SEQ * len(named)

    def _kind_of(self, row: Row, above: WalkedRow | None) -> RowKind:
        if self._is_unfilled(row):
            return RowKind.BLANK
        if self._is_total_row(row):
            return RowKind.TOTAL
        if self._is_line(row, above):
            return RowKind.DIVIDER
        goes_on = above is not None and above.kind is RowKind.ITEM and self._goes_on(row, above.row)
        return RowKind.CONTINUATION if goes_on else RowKind.ITEM

    def _repeats_headings(self, row: Row) -> bool:
        same = exact = 0
        for at, cell in enumerate(row.cells):
            if not cell.strip():
                continue
            key = heading_key(cell)
            heading = self.mapping.rows.headings[at] if at < len(self.mapping.rows.headings) else ""
            if key in self._parts.get(at, ()):
                exact += 1
            elif not heading or not heading_key(heading).startswith(key):
                return False
            same += 1
        return same >= _FEWEST_HEADINGS or exact == same >= _FEWEST_HEADINGS - 1

    def _is_unfilled(self, row: Row) -> bool:
        """A row of the form with its running number printed and nothing written in it."""
        seq = self.mapping.find("seq")
        if seq is None or read_seq(row.cell(seq.index)) is None:
            return False
        return all(at == seq.index or _DASH.fullmatch(cell) for at, cell in enumerate(row.cells))

    def _is_total_row(self, row: Row) -> bool:
        name = self._raw(row, "name") or self._raw(row, "text")
        counted = not name or is_total(name) or _COUNT.fullmatch(normalize(name)) is not None
        return counted and not self._raw(row, "id") and any(is_total(cell) for cell in row.cells if cell)

    def _is_line(self, row: Row, above: WalkedRow | None) -> bool:
        said = {" ".join(cell.split()) for cell in row.cells if not _DASH.fullmatch(cell)}
        if len(said) != 1 or len(self.mapping.columns) < 3:
            return False
        text = next(cell for cell in row.cells if not _DASH.fullmatch(cell))
        section = read_line(text, self.section)
        if section is not None:
            self.section = section
            return True
        if _BELOW.match(text.strip()) or self._is_beside_money(row, text):
            return True
        if not any(char.isalpha() for char in text):
            return False
        named = self._raw(row, "name") or self._raw(row, "text")
        in_seq = self._raw(row, "seq") == text.strip()  # words where the running number stands
        if self._begins_numbering(above) if named else in_seq or self._wide(row):
            self.section = read_group(text, self.section)
            return True
        return False

    def _begins_numbering(self, above: WalkedRow | None) -> bool:
        """True for words alone in the column of names, below which the numbers start again: the name of a group."""
        return self._next_seq == 1 and (above is None or read_seq(above.seq) != 1)

    def _is_beside_money(self, row: Row, text: str) -> bool:
        """True for words alone in a column of money: what stands there below a table is no amount."""
        at = next(at for at, cell in enumerate(row.cells) if cell == text)
        paid = any(column.index == at and column.prop in _MONEY for column in self.mapping.columns)
        return paid and not any(char.isdigit() for char in text)

    def _wide(self, row: Row) -> bool:
        """True where one merged cell runs over most of the table."""
        covered = sum(1 for at in range(self.table.width) if (row.number, at) in self.table.merged)
        return covered >= max(3, self.table.width // 2)

    def _goes_on(self, row: Row, item: Row) -> bool:
        """True for a row that goes on with the item above it."""
        if self.mapping.kind not in ("items", "contracts"):
            return False
        name = self.mapping.find("name")
        if self._raw(row, "id") or self._raw(row, "seq") or name is None:
            return False
        columns = [
            c for c in self.mapping.columns if row.cell(c.index).strip() and c.prop not in self.mapping.fill_down
        ]
        stated = {column.prop for column in columns}
        paid = [column for column in columns if column.prop in _MONEY and not _DASH.fullmatch(row.cell(column.index))]
        if not row.cell(name.index).strip():
            if (row.number, name.index) in self.table.merged:  # one name beside several lines
                return bool(stated)
            free = all(_DASH.fullmatch(item.cell(column.index)) for column in paid)
            return bool(stated - _MONEY or paid) and free and stated - _MONEY <= _CONTINUED
        return self._uses_seq and not paid and stated <= _CONTINUED | {"name"} | _MONEY and "department" not in stated

    def _raw(self, row: Row, prop: str) -> str:
        column = self.mapping.find(prop)
        return row.cell(column.index).strip() if column else ""

    def _cells(self, walked: WalkedRow, more: Sequence[Row]) -> RowCells:
        row = walked.row
        cells = RowCells(self.table, row, self.mapping, walked.section, ())
        cells.notes = tuple(note.reading for note in self.notes.get(row.number, ()))
        cells.row_edition = self.editions.get(row.number)
        read = [(column, self._cell(walked, column, cells)) for column in self.mapping.columns]
        if walked.seq:
            self._of_seq[walked.block, normalize(walked.seq)] = {column.index: cell for column, cell in read}
        if more:
            cells.more = tuple(more)
            read = [pair for column, cell in read for pair in _with_more(column, cell, more)]
        cells.cells = tuple(read)
        return cells

    def _cell(self, walked: WalkedRow, column: Column, cells: RowCells) -> str:
        row = walked.row
        text = row.cell(column.index)
        above = self._last.get(column.index, "")
        if not text.strip():
            if column.prop in group_properties() or column.prop in _HELD_BY_MERGE:
                text = self._merged_down(row, column)
            if not text and column.prop in self.mapping.fill_down:
                return above
        elif _may_be_ditto(text) and column.prop not in _NO_DITTO:
            pointed = self._pointed_at(walked, column, text, above)
            if pointed:
                cells.warn("ditto", column.heading, text, pointed)
                return pointed
            if pointed == "":
                cells.warn("pointer-unknown", column.heading, text)
        elif (
            text.lstrip().startswith("#") and normalize(text).startswith(ERRORS) and column.prop not in _READ_ELSEWHERE
        ):
            cells.warn("damaged-text", column.heading, text)
        if text.strip():
            self._last[column.index] = text
        return text

    def _merged_down(self, row: Row, column: Column) -> str:
        """The text of a merged cell that holds for this row too; '' for one that only runs over from the left."""
        text = self.table.merged.get((row.number, column.index), "")
        left = self.table.merged.get((row.number, column.index - 1), "") or row.cell(column.index - 1)
        return "" if text == left and column.prop in _HELD_BY_MERGE else text

    def _pointed_at(self, walked: WalkedRow, column: Column, text: str, above: str) -> str | None:
        """What a ditto mark or "เหมือนข้อ 1" stands for, '' where it points at nothing; None for other cells."""
        bare = normalize(text)
        if bare in _DITTO:
            return above or None
        match = _LIKE_ITEM.fullmatch(bare)
        if match is None:
            return None
        return self._of_seq.get((walked.block, match[1]), {}).get(column.index, "")


def _texts_of(rows: Sequence[Row]) -> list[str]:
    return [cell for row in rows for cell in row.cells if cell.strip()]


def _with_more(column: Column, cell: str, more: Sequence[Row]) -> list[tuple[Column, str]]:
    """A cell with what the rows below add: words go on in lines, money stands beside it and is added up."""
    added = [text for row in more if not _DASH.fullmatch(text := row.cell(column.index))]
    if column.prop in _MONEY:
        return [(column, cell), *((column, text) for text in added)]
    return [(column, "\n".join([*([cell] if cell.strip() else []), *added]))]


def _heading_parts(table: Table, first: int, last: int) -> dict[int, frozenset[str]]:
    """The comparison form of each heading cell, by column: a heading of three rows has up to three."""
    parts: dict[int, set[str]] = {}
    for row in table.rows:
        if first <= row.number <= last:
            for at, cell in enumerate(row.cells):
                if cell.strip():
                    parts.setdefault(at, set()).add(heading_key(cell))
    return {at: frozenset(keys) for at, keys in parts.items()}


def _may_be_ditto(text: str) -> bool:
    bare = text.strip()
    return bare[0] in _DITTO_STARTS and bare != "-" and len(bare) <= LONGEST_MARKER

"""What a report says of rows and tables: the words of each row, its page, and the counts of each worksheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tracegraph.model.records import (
    NeedRecord,
    Origin,
    Problem,
    ProjectRecord,
    RecordBatch,
    RowFate,
    RowReport,
    TableLayout,
)

FATE_WORDS: Mapping[RowFate, str] = {
    RowFate.LOADED: "รับเข้า / loaded",
    RowFate.MERGED: "รวมกับแถวอื่น / merged",
    RowFate.QUARANTINED: "กักไว้ / quarantined",
}
SEVERITY_WORDS: Mapping[str, str] = {"error": "กักไว้/error", "warning": "โปรดตรวจสอบ/warning"}
_NAMED_BY = ("name", "text", "title", "number")
_Where = tuple[str, int]
TableKey = tuple[str, int]
"""A table of a file: its sheet and its first heading row, 0 where nothing was read; a sheet may hold several."""


@dataclass(frozen=True, slots=True)
class TableCounts:
    """One table in figures: rows by fate, warnings, what is said of it as a whole, and how it was read.

    ``layout`` is None where the table was not read at all.
    """

    file: str
    key: TableKey
    layout: TableLayout | None
    fates: Mapping[RowFate, int]
    warnings: int
    remarks: tuple[Problem, ...]
    plans: tuple[str, ...]

    @property
    def sheet(self) -> str:
        """Its worksheet."""
        return self.key[0]

    @property
    def rows(self) -> int:
        """Rows that met a fate."""
        return sum(self.fates.values())


@dataclass(slots=True)
class BatchRows:
    """Names and pages of the rows of one file, looked up once."""

    batch: RecordBatch
    _names: dict[str, str] = field(default_factory=dict)
    _words: dict[_Where, str] = field(default_factory=dict)
    _pages: dict[_Where, str] = field(default_factory=dict)
    _layouts: dict[str, list[TableLayout]] = field(default_factory=dict)
    _name_headings: dict[TableKey, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        batch = self.batch
        items: tuple[NeedRecord | ProjectRecord, ...] = (*batch.needs, *batch.projects)
        for item in items:
            self._names[item.uid] = item.name if isinstance(item, ProjectRecord) else item.text
            self._keep_page(item.origin)
        self._names |= {strategy.uid: f"{strategy.number} {strategy.name}" for strategy in batch.strategies}
        self._names |= {plan.uid: plan.title for plan in batch.plans}
        self._words = {(reading.sheet, reading.row): reading.name for reading in batch.readings}
        for layout in batch.layouts:
            self._layouts.setdefault(layout.sheet, []).append(layout)
            props = {column.prop: column.heading for column in layout.columns}
            named = next((props[prop] for prop in _NAMED_BY if prop in props), None)
            if named is not None:
                self._name_headings[layout.sheet, layout.heading_first] = named

    def _keep_page(self, origin: Origin) -> None:
        if origin.page:
            self._pages[origin.sheet, origin.row] = origin.page

    def name_of(self, row: RowReport) -> str:
        """The row's words as read; of a row that gave no record, those of the cell that should name it."""
        where = (row.sheet, row.row)
        if where in self._words:
            return self._words[where]
        if row.uid in self._names:
            return self._names[row.uid]
        said = dict(reversed(row.cells))
        heading = self._name_headings.get(self.table_of(row.sheet, row.row))
        if heading in said:
            return said[heading]
        return max(said.values(), key=len, default="")

    def page_of(self, row: RowReport) -> str:
        """The page that the row's record states, '' where none."""
        return self._pages.get((row.sheet, row.row), "")

    def find_layout(self, sheet: str, row: int | None) -> TableLayout | None:
        """How the table was read that this row stands in; the sheet's first table for what is said of a sheet."""
        layouts = self._layouts.get(sheet, [])
        above = [layout for layout in layouts if row is not None and layout.heading_last < row]
        return max(above, key=lambda one: one.heading_last) if above else next(iter(layouts), None)

    def table_of(self, sheet: str, row: int | None) -> TableKey:
        """The table that a row stands in."""
        layout = self.find_layout(sheet, row)
        return (sheet, layout.heading_first if layout else 0)

    def iter_tables(self) -> Iterator[TableCounts]:
        """Every table that was read or spoken of, in the file's order."""
        batch = self.batch
        layouts = {(layout.sheet, layout.heading_first): layout for layout in batch.layouts}
        fates: dict[TableKey, dict[RowFate, int]] = {key: {} for key in layouts}
        for row in batch.rows:
            counts = fates.setdefault(self.table_of(row.sheet, row.row), {})
            counts[row.fate] = counts.get(row.fate, 0) + 1
        remarks: dict[TableKey, list[Problem]] = {}
        warnings: dict[TableKey, int] = {}
        for problem in batch.problems:
            key = self.table_of(problem.sheet, problem.row)
            fates.setdefault(key, {})
            if problem.row is None:
                remarks.setdefault(key, []).append(problem)
            warnings[key] = warnings.get(key, 0) + (problem.severity == "warning")
        plans = self._plans_by_table()
        for key, counts in fates.items():
            yield TableCounts(
                file=batch.document.file,
                key=key,
                layout=layouts.get(key),
                fates=counts,
                warnings=warnings.get(key, 0),
                remarks=tuple(remarks.get(key, ())),
                plans=tuple(plans.get(key, ())),
            )

    def _plans_by_table(self) -> dict[TableKey, list[str]]:
        titles = {plan.uid: plan.title for plan in self.batch.plans}
        found: dict[TableKey, dict[str, None]] = {}
        items: tuple[NeedRecord | ProjectRecord, ...] = (*self.batch.needs, *self.batch.projects)
        for item in items:
            key = self.table_of(item.origin.sheet, item.origin.row)
            found.setdefault(key, {})[titles.get(item.plan, item.plan)] = None
        return {key: list(names) for key, names in found.items()}

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


@dataclass(frozen=True, slots=True)
class TableCounts:
    """One worksheet in figures: rows by fate, warnings, what is said of it as a whole, and how it was read.

    ``layout`` is None where the table was not read at all.
    """

    file: str
    sheet: str
    layout: TableLayout | None
    fates: Mapping[RowFate, int]
    warnings: int
    remarks: tuple[Problem, ...]
    plans: tuple[str, ...]

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
    _name_headings: dict[str, str] = field(default_factory=dict)

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
            props = {column.prop: column.heading for column in layout.columns}
            named = next((props[prop] for prop in _NAMED_BY if prop in props), None)
            if named is not None:
                self._name_headings[layout.sheet] = named

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
        heading = self._name_headings.get(row.sheet)
        if heading in said:
            return said[heading]
        return max(said.values(), key=len, default="")

    def page_of(self, row: RowReport) -> str:
        """The page that the row's record states, '' where none."""
        return self._pages.get((row.sheet, row.row), "")

    def iter_tables(self) -> Iterator[TableCounts]:
        """Every worksheet that was read or spoken of, in the file's order."""
        batch = self.batch
        layouts = {layout.sheet: layout for layout in batch.layouts}
        fates: dict[str, dict[RowFate, int]] = {sheet: {} for sheet in layouts}
        for row in batch.rows:
            counts = fates.setdefault(row.sheet, {})
            counts[row.fate] = counts.get(row.fate, 0) + 1
        remarks: dict[str, list[Problem]] = {}
        warnings: dict[str, int] = {}
        for problem in batch.problems:
            fates.setdefault(problem.sheet, {})
            if problem.row is None:
                remarks.setdefault(problem.sheet, []).append(problem)
            warnings[problem.sheet] = warnings.get(problem.sheet, 0) + (problem.severity == "warning")
        plans = self._plans_by_sheet()
        for sheet, counts in fates.items():
            yield TableCounts(
                file=batch.document.file,
                sheet=sheet,
                layout=layouts.get(sheet),
                fates=counts,
                warnings=warnings.get(sheet, 0),
                remarks=tuple(remarks.get(sheet, ())),
                plans=tuple(plans.get(sheet, ())),
            )

    def _plans_by_sheet(self) -> dict[str, list[str]]:
        titles = {plan.uid: plan.title for plan in self.batch.plans}
        found: dict[str, dict[str, None]] = {}
        items: tuple[NeedRecord | ProjectRecord, ...] = (*self.batch.needs, *self.batch.projects)
        for item in items:
            found.setdefault(item.origin.sheet, {})[titles.get(item.plan, item.plan)] = None
        return {sheet: list(names) for sheet, names in found.items()}

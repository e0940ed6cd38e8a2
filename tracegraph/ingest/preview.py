"""What an import would read and do, told before anything is written: forms, columns with reasons, counts, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tracegraph.ingest.headings import heading_key
from tracegraph.ingest.mapping_text import doubled_headings
from tracegraph.ingest.property_words import property_words, reason_words
from tracegraph.ingest.quarantine import Refused, count_fates
from tracegraph.ingest.remembered import layout_key
from tracegraph.model.records import ColumnRead, Problem, RecordBatch, TableLayout

#: Problems that a preview shows of one file, and of one sort.
SHOWN, SHOWN_OF_ONE_CODE = 20, 3
_PLANS = 12  # plans of one file that are named


class Difference(Protocol):
    """One property that would say something else."""

    @property
    def name(self) -> str: ...
    @property
    def old(self) -> Any: ...
    @property
    def new(self) -> Any: ...


class Changed(Protocol):
    """A statement that would change, or cease to be current."""

    @property
    def text(self) -> str: ...
    @property
    def sheet(self) -> str: ...
    @property
    def row(self) -> int | None: ...
    @property
    def differences(self) -> Sequence[Difference]: ...


class Compared(Protocol):
    """What one document would bring to the graph (``graph.comparing.DocumentComparison``)."""

    @property
    def uid(self) -> str: ...
    @property
    def new(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def unchanged(self) -> int: ...
    @property
    def superseded(self) -> int: ...
    @property
    def skipped(self) -> bool: ...
    @property
    def changes(self) -> Sequence[Changed]: ...
    @property
    def gone(self) -> Sequence[Changed]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewColumn:
    """One column: its letter in a spreadsheet, heading, what it is taken for and why; ``prop`` '' where it is not read.

    ``fixed`` says that a mapping file cannot name it, because its heading stands over several columns.
    """

    letter: str
    heading: str
    prop: str
    th: str
    en: str
    reason_th: str
    reason_en: str
    year: int | None = None
    unit: float = 1.0
    list_id: str | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTable:
    """One table: its form with confidence (0–1) and reasons, where its headings stand, its columns.

    ``layout`` is the key under which a corrected mapping would be remembered ('' where there is none).
    """

    sheet: str
    kind: str
    layout: str
    form: str
    form_label: str
    confidence: float
    reasons: tuple[tuple[str, str], ...]
    heading_first: int
    heading_last: int
    columns: tuple[PreviewColumn, ...]
    document: tuple[tuple[str, str], ...]
    constants: tuple[tuple[str, str], ...]
    hidden: bool
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPlan:
    """A plan that the rows of a file belong to: what was taken for the whole table, from wherever it was found."""

    title: str
    kind: str
    stage: str
    owner: str
    area: str
    years: str
    edition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFile:
    """One file: rows by fate, tables, plans, first problems (``left`` more), what it would do (None: unknown)."""

    file: str
    document: str
    kind: str
    rows: int
    loaded: int
    merged: int
    quarantined: int
    warnings: int
    tables: tuple[PreviewTable, ...]
    plans: tuple[PreviewPlan, ...]
    more_plans: int
    problems: tuple[Problem, ...]
    left: int
    compared: Compared | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """All files of an import; ``first`` says that nothing was imported before, so that everything is new."""

    files: tuple[PreviewFile, ...]
    refused: tuple[Refused, ...] = ()
    first: bool = False


def build_preview(
    batches: Sequence[RecordBatch],
    compared: Sequence[Compared] = (),
    *,
    refused: Sequence[Refused] = (),
    first: bool = False,
) -> Preview:
    """The preview of batches as read, with what each would do to the graph."""
    by_uid = {one.uid: one for one in compared}
    files = tuple(_preview_file(batch, by_uid.get(batch.document.uid)) for batch in batches)
    return Preview(files=files, refused=tuple(refused), first=first)


def _preview_file(batch: RecordBatch, compared: Compared | None) -> PreviewFile:
    shown, left = first_problems(batch.problems)
    plans, counts = _plans(batch), count_fates(batch)
    return PreviewFile(
        file=batch.document.file,
        document=batch.document.uid,
        kind=batch.document.kind,
        rows=counts["rows"],
        loaded=counts["loaded"],
        merged=counts["merged"],
        quarantined=counts["quarantined"],
        warnings=sum(problem.severity == "warning" for problem in batch.problems),
        tables=tuple(_preview_table(layout) for layout in batch.layouts),
        plans=plans[:_PLANS],
        more_plans=max(0, len(plans) - _PLANS),
        problems=tuple(shown),
        left=left,
        compared=compared,
    )


def first_problems(problems: Sequence[Problem]) -> tuple[list[Problem], int]:
    """The problems to show, and how many are left: errors first, rows before files, few of one sort."""
    shown: list[Problem] = []
    of_code: Counter[str] = Counter()
    for problem in sorted(problems, key=lambda p: (p.severity != "error", p.row is None)):
        if of_code[problem.code] < SHOWN_OF_ONE_CODE and len(shown) < SHOWN:
            of_code[problem.code] += 1
            shown.append(problem)
    return shown, len(problems) - len(shown)


def _preview_table(layout: TableLayout) -> PreviewTable:
    return PreviewTable(
        sheet=layout.sheet,
        kind=layout.kind,
        layout=layout_key(layout.headings),
        form=layout.form,
        form_label=layout.form_label,
        confidence=layout.form_confidence,
        reasons=layout.form_reasons,
        heading_first=layout.heading_first,
        heading_last=layout.heading_last,
        columns=_columns(layout),
        document=layout.document,
        constants=layout.constants,
        hidden=layout.hidden,
        rows=layout.rows,
    )


def _columns(layout: TableLayout) -> tuple[PreviewColumn, ...]:
    """Every column with a heading, in the table's order; those that nothing is read from too."""
    doubled = doubled_headings(layout.headings)
    read: Mapping[int, ColumnRead] = {column.index: column for column in layout.columns}
    found = []
    for index, heading in enumerate(layout.headings):
        column = read.get(index)
        if column is None and not heading.strip():
            continue
        one = _column(column) if column else _unread(heading)
        fixed = heading_key(heading) in doubled or not heading_key(heading)
        found.append(replace(one, letter=column_letter(index), fixed=fixed))
    return tuple(found)


def _column(column: ColumnRead) -> PreviewColumn:
    th, en = property_words(column.prop)
    reason_th, reason_en = reason_words(column.reason)
    return PreviewColumn(
        letter="",
        heading=column.heading,
        prop=column.prop,
        th=th,
        en=en,
        reason_th=reason_th,
        reason_en=reason_en,
        year=column.year,
        unit=column.unit,
        list_id=column.list_id,
    )


def _unread(heading: str) -> PreviewColumn:
    return PreviewColumn(
        letter="",
        heading=heading,
        prop="",
        th="ไม่ได้อ่าน",
        en="not read",
        reason_th="ไม่รู้จักหัวคอลัมน์นี้",
        reason_en="this heading is not known",
    )


def column_letter(index: int) -> str:
    """The letter over a column in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _plans(batch: RecordBatch) -> tuple[PreviewPlan, ...]:
    """The plans that the batch's rows belong to, those of most rows first."""
    bodies = {body.uid: body.name for body in batch.bodies}
    areas = {area.uid: area.name for area in batch.areas}
    rows = Counter([*(need.plan for need in batch.needs), *(item.plan for item in batch.projects)])
    ordered = sorted(batch.plans, key=lambda plan: -rows[plan.uid])
    return tuple(
        PreviewPlan(
            title=plan.title,
            kind=plan.kind,
            stage=plan.stage.value,
            owner=bodies.get(plan.owner or "", ""),
            area=areas.get(plan.area or "", plan.area or ""),
            years="" if plan.year_from is None else f"{plan.year_from}–{plan.year_to or plan.year_from}",
            edition=plan.edition,
        )
        for plan in ordered
    )

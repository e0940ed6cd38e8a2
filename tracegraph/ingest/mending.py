"""From quarantined rows to a table that can be mended and read again in the place of the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracegraph.ingest.headings import heading_key, properties, read_heading
from tracegraph.model.records import (
    ColumnRead,
    NeedRecord,
    PlanRecord,
    Problem,
    ProjectRecord,
    RecordBatch,
    RowReport,
    TableLayout,
)

#: Columns added after the source's own; in the words of the page that shows them.
PROBLEM_COLUMNS = (
    "ไฟล์/file",
    "แผ่นงาน/sheet",
    "แถว/row",
    "คอลัมน์/column",
    "ปัญหา/problem",
    "พบ/found",
    "ควรเป็น/expected",
    "คำอธิบาย",
    "explanation",
)
#: Headings for what a row took from other lines of its table; a property that is not here is its own heading.
_CONTEXT_HEADINGS: Mapping[str, str] = {
    "edition": "ฉบับ/ครั้งที่", "amendment": "แก้ไข/เปลี่ยนแปลง/เพิ่มเติม", "programme": "แผนงาน",
    "strategy_no": "ยุทธศาสตร์ที่", "strategy": "ยุทธศาสตร์", "form": "แบบฟอร์ม", "owner": "เจ้าของแผน", "tambon": "ตำบล",
    "district": "อำเภอ", "province": "จังหวัด", "village_no": "หมู่ที่", "village_name": "ชื่อหมู่บ้าน",
    "plan_years": "ช่วงปีของแผน", "NS": "ยุทธศาสตร์ชาติ", "MP": "แผนแม่บท", "M13": "หมุดหมาย",
    "SDG": "เป้าหมายการพัฒนาที่ยั่งยืน", "PV": "ยุทธศาสตร์จังหวัด", "CL": "ยุทธศาสตร์กลุ่มจังหวัด", "side": "ด้าน",
}  # fmt: skip
_Key = tuple[str, int]  # a heading, and which of the columns with that heading


@dataclass(frozen=True, slots=True)
class MendingTable:
    """Headings and lines of a quarantine file; the first ``source_columns`` are read again, the others say why.

    ``mapping`` are the sections of its mapping file but ``document``, None where how the source was read is not known;
    ``document`` is what the table states as a whole.
    """

    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    source_columns: int
    mapping: dict[str, Any] | None
    document: dict[str, str]


def build_mending_table(batch: RecordBatch, layout: TableLayout | None, rows: Sequence[RowReport]) -> MendingTable:
    """The quarantined rows of one table, read by ``layout``, with all that reading them again needs."""
    document, carried = _split_facts(batch, layout) if layout else ({}, {})
    cells = [_cells_of(row) for row in rows]
    own = _own_columns(layout, cells)
    props = _props_of(layout, own)
    extra = _extra_columns(rows, props, carried)
    unique = _unique([heading for heading, _ in own] + [_CONTEXT_HEADINGS.get(prop, prop) for prop in extra])
    problems = _unique([*unique, *PROBLEM_COLUMNS])[len(unique) :]
    lines = []
    for row, said in zip(rows, cells, strict=True):
        goes_on = all(problem.severity != "error" for problem in row.problems)  # with the words of the row above
        context = {} if goes_on else {**carried, **dict(row.context)}
        told = [_filled(said.get(key, ""), props.get(key), context) for key in own]
        told += [_beside(prop, context, said, props) for prop in extra]
        lines.append((*told, *problem_cells(row)))
    mapping = None
    if layout is not None:
        mapping = _mapping_of(layout, own, extra, unique, problems)
        if taken := _taken(batch, rows):
            mapping["taken"] = taken
    return MendingTable((*unique, *problems), tuple(lines), len(unique), mapping, document)


def _cells_of(row: RowReport) -> dict[_Key, str]:
    """The row's cells by heading and its number among equal ones; a ditto mark gives way to what it stands for."""
    meant = {(p.column, p.found): p.expected for p in row.problems if p.code == "ditto" and p.expected}
    met: dict[str, int] = {}
    found: dict[_Key, str] = {}
    for heading, text in row.cells:
        met[heading] = number = met.get(heading, 0) + 1
        found[heading, number] = meant.get((heading, text), text)
    return found


def _own_columns(layout: TableLayout | None, cells: Iterable[Mapping[_Key, str]]) -> list[_Key]:
    """The source's columns in its own order, those after the last heading too.

    Where the source was itself a quarantine file, the problems that it told of are not told again.
    """
    keys: dict[_Key, None] = {}
    met: dict[str, int] = {}
    for index, heading in enumerate(layout.headings if layout else ()):
        shown = heading or f"#{index + 1}"
        met[shown] = number = met.get(shown, 0) + 1
        keys[shown, number] = None
    for said in cells:
        keys |= dict.fromkeys(said)
    own = list(keys)
    if set(PROBLEM_COLUMNS) <= {heading for heading, _ in own}:
        while own[-1][0] in PROBLEM_COLUMNS:  # only from the end: columns are known by their places
            own.pop()
    return own


def _props_of(layout: TableLayout | None, own: Sequence[_Key]) -> dict[_Key, str]:
    """What each of the source's columns was read as."""
    if layout is None:
        return {}
    read = {column.index: column.prop for column in layout.columns}
    return {key: read[index] for index, key in enumerate(own) if index in read}


def _extra_columns(rows: Sequence[RowReport], props: Mapping[_Key, str], carried: Mapping[str, str]) -> list[str]:
    """Properties that rows take from elsewhere and that no column of the source holds, in the order first met."""
    held = set(props.values())
    met = dict.fromkeys(prop for row in rows for prop, words in row.context if words) | dict.fromkeys(carried)
    return [prop for prop in met if prop not in held]


def _filled(cell: str, prop: str | None, context: Mapping[str, str]) -> str:
    return cell if cell.strip() or prop is None else context.get(prop, cell)


def _beside(prop: str, context: Mapping[str, str], said: Mapping[_Key, str], props: Mapping[_Key, str]) -> str:
    """A value that stands in no column of the source; the years of the plan only where the row states no year."""
    if prop == "plan_years" and any(said.get(key, "").strip() for key, held in props.items() if held == "year"):
        return ""
    return context.get(prop, "")


def _unique(headings: Iterable[str]) -> list[str]:
    """Headings on one line, no two alike in the form in which headings are compared."""
    taken: set[str] = set()
    found: list[str] = []
    for heading in headings:
        plain = " ".join(heading.split())
        name, number = plain, 1
        while heading_key(name) in taken:
            number += 1
            name = f"{plain} (ซ้ำ {number})"
        taken.add(heading_key(name))
        found.append(name)
    return found


def _mapping_of(
    layout: TableLayout,
    own: Sequence[_Key],
    extra: Sequence[str],
    unique: Sequence[str],
    problems: Sequence[str],
) -> dict[str, Any]:
    known = properties(layout.kind)
    read = [(unique[column.index], column) for column in layout.columns if column.index < len(own)]
    dated = {heading for heading, column in read if column.year is not None}
    by_heading = all(_tells_itself(column, heading, layout.kind) for heading, column in read if heading in dated)
    columns: dict[str, str] = {}
    money: dict[str, int] = {}
    for heading, column in read:
        if heading in dated and by_heading:  # read as in the source; a mapping that names one year must name all
            continue
        if column.prop == "money" and column.year is not None:
            money[heading] = column.year
        elif column.prop == "strategy_of" and column.list_id:
            columns[heading] = f"strategy:{column.list_id}"
        elif column.prop in known:
            columns[heading] = column.prop
    columns |= {unique[len(own) + at]: prop for at, prop in enumerate(extra) if prop in known}
    named = columns.keys() | money.keys() | (dated if by_heading else set())
    ignored = [heading for heading in (*unique, *problems) if heading not in named]
    sections: dict[str, Any] = {"columns": columns, "money": money, "constants": dict(layout.constants)}
    return {name: section for name, section in sections.items() if section} | {"ignore": ignored}


def _tells_itself(column: ColumnRead, heading: str, kind: str) -> bool:
    """True for a year column whose heading says all of it: such are read by their headings, with their unit."""
    meaning = read_heading(heading, kind)
    return meaning is not None and (meaning.prop, meaning.year, meaning.unit) == (column.prop, column.year, column.unit)


def _split_facts(batch: RecordBatch, layout: TableLayout) -> tuple[dict[str, str], dict[str, str]]:
    """What the mapping file states for the whole table, and what rows must carry that do not say it themselves.

    What each row or the headings of years decide is left to them: a mapping file's word would win over it.
    """
    stated = {name: value for name, value in layout.document if value}
    plans = [plan for plan in _plans_of(batch, layout.sheet) if plan.stage == stated.get("stage", plan.stage)]
    props = {column.prop for column in layout.columns}
    carried: dict[str, str] = {}
    if "owner" in props and not (stated.get("owner") and len({plan.owner for plan in plans}) == 1):
        carried["owner"] = stated.pop("owner", "")
        stated.pop("area", None)
    periods = {(plan.year_from, plan.year_to) for plan in plans}
    first, last = periods.pop() if len(periods) == 1 else (None, None)
    if first is not None and last is not None and (first < last or "year" not in props):
        stated["years"] = f"{first}-{last}"
    elif props & {"year", "plan_years"}:
        carried["plan_years"] = stated.pop("years", "")
    elif any(column.year is not None for column in layout.columns):
        stated.pop("years", None)
    return {"kind": layout.kind} | stated, {prop: words for prop, words in carried.items() if words}


def _plans_of(batch: RecordBatch, sheet: str) -> list[PlanRecord]:
    used = {need.plan for need in batch.needs if need.origin.sheet == sheet}
    used |= {item.plan for item in batch.projects if item.origin.sheet == sheet}
    return [plan for plan in batch.plans if plan.uid in used]


def _taken(batch: RecordBatch, rows: Sequence[RowReport]) -> str:
    """Uids that rows of the source have already, each with its row: the ids found twice, and all made from words.

    A mended row that comes to the same words is another item, as it would be in the source.
    """
    twice = {problem.found for row in rows for problem in row.problems if problem.code == "duplicate-id"}
    items: tuple[NeedRecord | ProjectRecord, ...] = (*batch.needs, *batch.projects)
    return "\n".join(
        f"{item.uid} {item.origin.row} (ต้นทาง/source)"
        for item in items
        if item.source_id is None or item.source_id in twice
    )


def problem_cells(row: RowReport) -> tuple[str, ...]:
    """Where the row stands and what keeps it out, for ``PROBLEM_COLUMNS``."""
    errors = [problem for problem in row.problems if problem.severity == "error"]
    said = tuple(_joined(errors, name) for name in ("column", "code", "found", "expected", "th", "en"))
    return (row.file, row.sheet, str(row.row), *said)


def _joined(problems: Sequence[Problem], name: str) -> str:
    return "; ".join(text for problem in problems if (text := str(getattr(problem, name) or "")))

"""Say which column of a table holds which property: by a mapping file, or by the headings themselves."""

from __future__ import annotations

from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import pairwise

from tracegraph.errors import MappingError
from tracegraph.ingest.forms import FormReading, Signs, find_form_of
from tracegraph.ingest.headings import (
    KINDS,
    HeadingRows,
    find_heading_rows,
    find_kind,
    group_properties,
    heading_key,
    read_heading,
    read_headings,
    repeatable_properties,
    required_properties,
)
from tracegraph.ingest.mapping_file import DocumentInfo, Mapping, load_mapping
from tracegraph.ingest.tables import Table

__all__ = ["Column", "Mapping", "TableMapping", "bind", "detect_mapping", "load_mapping"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: where it is, its heading, what it holds and why we think so.

    ``year`` (Buddhist era) and ``unit`` (baht) are for money columns, ``list_id`` for strategy columns.
    """

    index: int
    heading: str
    prop: str
    reason: str
    year: int | None = None
    unit: float = 1.0
    list_id: str | None = None


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A table's columns by property, its heading rows, and the headings that nothing is read from.

    ``form`` is what the table was taken for; a mapping file's statements win over what the form says.
    """

    kind: str
    name: str
    rows: HeadingRows
    columns: tuple[Column, ...]
    unused: tuple[str, ...] = ()
    document: DocumentInfo = field(default_factory=DocumentInfo)
    constants: MappingType[str, str] = field(default_factory=dict)
    fill_down: frozenset[str] = frozenset()
    form: FormReading | None = None
    taken: MappingType[str, str] = field(default_factory=dict)

    def find(self, prop: str) -> Column | None:
        """The first column of a property."""
        return next((column for column in self.columns if column.prop == prop), None)

    def all(self, prop: str) -> tuple[Column, ...]:
        """Every column of a property, in the table's order."""
        return tuple(column for column in self.columns if column.prop == prop)


def bind(mapping: Mapping, table: Table) -> TableMapping:
    """The table's columns by a mapping file; MappingError names headings that are missing, doubled or too many."""
    rows = _find_rows_of(table, mapping) or find_heading_rows(table) or _find_first_rows(table)
    if rows is None:
        raise _no_headings(table)
    at: dict[str, list[int]] = {}
    for index, heading in enumerate(rows.headings):
        if heading:
            at.setdefault(heading_key(heading), []).append(index)
    wanted = {**mapping.columns, **{h: f"money:{y}" for h, y in mapping.money.items()}}
    _require_headings(table, mapping, rows, at, wanted)
    columns = [
        _column(at[heading_key(heading)][0], rows, heading, prop, mapping.name)
        for heading, prop in wanted.items()
        if heading_key(heading) in at
    ]
    used = {column.index for column in columns} | {i for h in mapping.ignore for i in at.get(heading_key(h), ())}
    if not mapping.money:  # year columns are read by their headings, so that one file serves every plan period
        columns += [c for c in _year_columns(rows, mapping.kind) if c.index not in used]
        used |= {column.index for column in columns}
    unused = tuple(h for i, h in enumerate(rows.headings) if h and i not in used)
    columns.sort(key=lambda column: column.index)
    _require_single(table, columns)
    _require_properties(table, mapping, columns)
    bound = TableMapping(
        mapping.kind, mapping.name, rows, tuple(columns), unused, mapping.document, mapping.constants, mapping.fill_down
    )
    return replace(bound, form=_find_form(table, bound), taken=mapping.taken)


def detect_mapping(table: Table) -> TableMapping:
    """The table's columns by known headings, and the form that they and the lines above make.

    MappingError where no row of known headings is found, or two columns claim to be the same thing.
    """
    rows = find_heading_rows(table)
    if rows is None:
        raise _no_headings(table)
    if (found := find_kind(rows.headings)) is None:
        raise _no_names(table, rows)
    columns = _detected_columns(table, rows, found[0])
    taken = {column.index for column in columns}
    unused = tuple(h for i, h in enumerate(rows.headings) if h and i not in taken)
    read = TableMapping(
        found[0], "headings", rows, tuple(columns), unused, fill_down=_blank_groups(table, rows, columns)
    )
    form = _find_form(table, read)
    return replace(read, form=form, constants=form.form.constants)


def _find_form(table: Table, mapping: TableMapping) -> FormReading:
    first = mapping.rows.first
    lines = [cell for row in table.rows if row.number < first for cell in row.cells if cell.strip()]
    lines += [note.text for note in table.notes if note.row < first]
    lines += [table.sheet] if table.sheet else []  # a worksheet's name is a title, though one cut at 31 characters
    props = frozenset(column.prop for column in mapping.columns)
    years = tuple(sorted({c.year for c in mapping.columns if c.year is not None and c.prop == "money"}))
    return find_form_of(Signs(mapping.kind, props, years, tuple(lines), mapping.rows.headings))


def _detected_columns(table: Table, rows: HeadingRows, kind: str) -> list[Column]:
    """Columns by known headings; of two that say the same the first is taken, where that can do no harm."""
    columns: dict[tuple[str, int | None, int], Column] = {}
    for index, meaning in enumerate(read_headings(rows.headings, kind)):
        if meaning is None:
            continue
        heading = rows.headings[index]
        column = Column(index, heading, meaning.prop, f"heading known for {kind}", meaning.year, meaning.unit)
        many = meaning.prop in repeatable_properties() and meaning.year is None
        earlier = columns.setdefault((meaning.prop, meaning.year, index if many else 0), column)
        if earlier is not column and meaning.prop in _ONLY_ONCE:
            raise _doubled(table, earlier, column)
    return list(columns.values())


#: Of these a second column would change what is read, so a person must say which one is meant.
_ONLY_ONCE = frozenset(
    {"id", "name", "text", "money", "budgeted", "budget", "from", "to", "village_no", "number", "list_id"}
)


def _find_rows_of(table: Table, mapping: Mapping) -> HeadingRows | None:
    """The first row that holds every heading of the mapping that is not optional."""
    needed = {heading_key(h) for h in [*mapping.columns, *mapping.money] if h not in mapping.optional}
    for row in table.rows[:40]:
        if needed and needed <= {heading_key(cell) for cell in row.cells}:
            headings = tuple(cell.strip() for cell in row.cells)
            return HeadingRows(row.number, row.number, headings + ("",) * (table.width - len(headings)))
    return None


def _find_first_rows(table: Table) -> HeadingRows | None:
    """The first row of two texts or more: where headings would stand, for saying which are missing."""
    for row in table.rows[:40]:
        if sum(1 for cell in row.cells if cell.strip()) > 1:
            headings = tuple(cell.strip() for cell in row.cells)
            return HeadingRows(row.number, row.number, headings + ("",) * (table.width - len(headings)))
    return None


def _require_headings(
    table: Table, mapping: Mapping, rows: HeadingRows, at: MappingType[str, list[int]], wanted: MappingType[str, str]
) -> None:
    present = [heading for heading in rows.headings if heading]
    missing = [h for h in wanted if heading_key(h) not in at and h not in mapping.optional]
    doubled = [h for h in wanted if len(at.get(heading_key(h), ())) > 1]
    if missing:
        near = {h: get_close_matches(h, present, n=2, cutoff=0.5) for h in missing}
        said = "; ".join(f"{h} ≈ {', '.join(close)}" for h, close in near.items() if close)
        raise MappingError(
            f"{_where(table)}: ขาดหัวคอลัมน์ {', '.join(missing)} ตามไฟล์ {mapping.name}",
            f"{_where(table)}: headings of {mapping.name} are missing: {', '.join(missing)}",
            hint_th=f"พบหัวคอลัมน์: {', '.join(present)}" + (f" (ใกล้เคียง: {said})" if said else ""),
            hint_en=f"headings found: {', '.join(present)}" + (f" (near: {said})" if said else ""),
        )
    if doubled:
        raise MappingError(
            f"{_where(table)}: หัวคอลัมน์ซ้ำ {', '.join(doubled)}",
            f"{_where(table)}: headings occur twice: {', '.join(doubled)}",
            hint_th="เปลี่ยนชื่อหรือลบคอลัมน์ที่ซ้ำ แล้วนำเข้าใหม่",
            hint_en="rename or delete one of the columns and import again",
        )


def _require_properties(table: Table, mapping: Mapping, columns: Sequence[Column]) -> None:
    held = {column.prop for column in columns} | set(mapping.constants)
    for names in required_properties(mapping.kind):
        if not held & names:
            said = " / ".join(sorted(names))
            raise MappingError(
                f"{_where(table)}: ไฟล์ {mapping.name} ไม่ได้บอกคอลัมน์ {said} ซึ่งตารางชนิด {mapping.kind} ต้องมี",
                f"{_where(table)}: {mapping.name} names no column for {said}, needed in a table of {mapping.kind}",
                hint_th="เพิ่มใน columns หรือ constants ของไฟล์จับคู่หัวคอลัมน์",
                hint_en="add it under columns or constants of the mapping file",
            )


def _require_single(table: Table, columns: Sequence[Column]) -> None:
    seen: dict[tuple[str, int | None], Column] = {}
    for column in columns:
        earlier = seen.setdefault((column.prop, column.year), column)
        if earlier is not column and (column.prop not in repeatable_properties() or column.year is not None):
            raise _doubled(table, earlier, column)


def _doubled(table: Table, first: Column, second: Column) -> MappingError:
    return MappingError(
        f"{_where(table)}: สองคอลัมน์ใช้เป็นค่าเดียวกัน ({first.prop}): {first.heading!r} และ {second.heading!r}",
        f"{_where(table)}: two columns hold the same property ({first.prop}): {first.heading!r} and {second.heading!r}",
        hint_th="ลบหรือเปลี่ยนชื่อคอลัมน์หนึ่ง หรือระบุด้วยไฟล์จับคู่หัวคอลัมน์ (--mapping)",
        hint_en="delete or rename one of them, or say which with a mapping file (--mapping)",
    )


def _column(index: int, rows: HeadingRows, heading: str, prop: str, name: str) -> Column:
    shown, reason = rows.headings[index], f"mapping file {name}"
    head, _, tail = prop.partition(":")
    if head == "money":
        meaning = read_heading(shown, "items")
        return Column(index, shown, "money", reason, int(tail), meaning.unit if meaning else 1.0)
    if head == "strategy" and tail:
        return Column(index, shown, "strategy_of", reason, list_id=tail)
    meaning = read_heading(shown, "items")
    return Column(index, shown, prop, reason, unit=meaning.unit if meaning else 1.0)


def _year_columns(rows: HeadingRows, kind: str) -> list[Column]:
    found = []
    for index, heading in enumerate(rows.headings):
        meaning = read_heading(heading, kind) if heading else None
        if meaning is not None and meaning.year is not None:
            found.append(Column(index, heading, meaning.prop, "year in the heading", meaning.year, meaning.unit))
    return found


def _blank_groups(table: Table, rows: HeadingRows, columns: Sequence[Column]) -> frozenset[str]:
    """Group properties stated once and blank below: the first row has a value, no row repeats the one above."""
    body = [row for row in table.rows if row.number > rows.last]
    found = set()
    for column in columns:
        if column.prop not in group_properties() or not body:
            continue
        texts = [row.cell(column.index).strip() for row in body]
        repeated = any(a and a == b for a, b in pairwise(texts))
        if len(texts) > 2 and texts[0] and not repeated and sum(map(bool, texts)) * 2 <= len(texts):
            found.add(column.prop)
    return frozenset(found)


def _no_names(table: Table, rows: HeadingRows) -> MappingError:
    """Headings are known, but none holds what the rows are about."""
    present = ", ".join(heading for heading in rows.headings if heading)[:300]
    return MappingError(
        f"{_where(table)}: ขาดหัวคอลัมน์ที่บอกว่าแต่ละแถวคืออะไร เช่น โครงการ หรือ ความต้องการ (พบ: {present})",
        f"{_where(table)}: no heading says what each row is, such as โครงการ or ความต้องการ (found: {present})",
        hint_th="เติมหัวคอลัมน์ โครงการ, ความต้องการ, ข้อ และ ชื่อ (ยุทธศาสตร์) หรือ from และ to (ความเชื่อมโยง) หรือใช้ --mapping",
        hint_en="add โครงการ, ความต้องการ, ข้อ and ชื่อ (strategies), or from and to (links); or use --mapping",
    )


def _no_headings(table: Table) -> MappingError:
    first = next((row for row in table.rows), None)
    shown = ", ".join(cell.strip() for cell in first.cells if cell.strip())[:300] if first else ""
    kinds = "; ".join(f"{kind}: {' + '.join('/'.join(sorted(s)) for s in required_properties(kind))}" for kind in KINDS)
    return MappingError(
        f"{_where(table)}: ไม่พบแถวหัวคอลัมน์ที่รู้จักใน 40 แถวแรก (แถวแรก: {shown})",
        f"{_where(table)}: no row of known headings among the first 40 rows (first row: {shown})",
        hint_th=f"ต้องมีหัวคอลัมน์ที่รู้จักอย่างน้อย 3 คอลัมน์ หรือระบุด้วย --mapping; ที่ต้องมี: {kinds}",
        hint_en=f"at least three known headings are needed, or a mapping file (--mapping); needed: {kinds}",
    )


def _where(table: Table) -> str:
    return f"{table.file} [{table.sheet}]" if table.sheet else table.file

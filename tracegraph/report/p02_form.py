"""Form ผ.02 as data: which sheets a plan makes, what stands above their headings, and what the form has no room for.

Two shapes: by strategy (plans of 2561–2570: strategy, กลยุทธ์, แผนงาน, KPI) and by issue (from 2571: ประเด็นการพัฒนา,
none of those). One sheet for each strategy and แผนงาน (each issue), editions under their dividing lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracegraph.analyse.plan_items import PlanBook, PlanItem, StrategyEntry, number_order
from tracegraph.ingest.declared import find_programmes
from tracegraph.ingest.editions import find_edition

FIRST_ISSUE_YEAR = 2571
_RUNNING_NUMBER = re.compile(r"^(?:\(\s*[\d๐-๙]+\s*\)|[\d๐-๙]+\s*[.)])\s*")
_EQUIPMENT_FORMS = ("ผ.03", "ผ.08")
_FULL_NAMES = (("อบต.", "องค์การบริหารส่วนตำบล"), ("อบจ.", "องค์การบริหารส่วนจังหวัด"))
#: Lines ก–จ above the headings: list of strategies → letter, words before the number, words before the name.
_LETTERED: tuple[tuple[str, str, str], ...] = (
    ("NS", "ก", "ยุทธศาสตร์ชาติ 20 ปี ยุทธศาสตร์ที่"),
    ("MP", "ก", "แผนแม่บท ประเด็นที่"),
    ("M13", "ข", "แผนพัฒนาเศรษฐกิจและสังคมแห่งชาติ ฉบับที่ 13 หมุดหมายที่"),
    ("SDG", "ค", "Sustainable Development Goals (SDGs) เป้าหมายที่"),
    ("CL", "ง", "ยุทธศาสตร์กลุ่มจังหวัดที่"),
    ("PV", "ง", "ยุทธศาสตร์จังหวัดที่"),
)


class Shape(StrEnum):
    """The shape of the form: ``strategy`` (2561–2570) or ``issue`` (from 2571)."""

    STRATEGY = "strategy"
    ISSUE = "issue"


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one dividing line; ``divider`` is '' for those of the book itself."""

    divider: str
    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet: its title, the form's code at the top right, the lines above the headings, its items."""

    title: str
    code: str
    lines: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def items(self) -> tuple[PlanItem, ...]:
        """The items of all groups."""
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class FormBook:
    """A whole workbook: ``remarks`` say in Thai and English what the form has no room for."""

    shape: Shape
    years: tuple[int, ...]
    sheets: tuple[FormSheet, ...]
    remarks: tuple[str, ...]


def shape_of(book: PlanBook) -> Shape:
    """The shape that plans of these years are drawn up in."""
    return Shape.ISSUE if book.years[0] >= FIRST_ISSUE_YEAR else Shape.STRATEGY


def build_form(book: PlanBook, shape: Shape | None = None) -> FormBook:
    """The workbook of a plan."""
    shape = shape or shape_of(book)
    years = tuple(range(book.years[0], book.years[1] + 1))
    parts: dict[tuple[object, ...], list[tuple[int, PlanItem]]] = {}
    for place, edition in enumerate(book.editions):
        for item in edition.items:
            if item.form not in _EQUIPMENT_FORMS:
                parts.setdefault(_part_of(item, shape), []).append((place, item))
    titles: list[str] = []
    sheets = []
    for key in sorted(parts, key=str):
        sheet = _sheet(book, shape, parts[key], titles)
        titles.append(sheet.title)
        sheets.append(sheet)
    return FormBook(shape, years, tuple(sheets), tuple(_remarks(book, shape, years, sheets)))


def _part_of(item: PlanItem, shape: Shape) -> tuple[object, ...]:
    """What the items of one sheet share, in an order that sorts the sheets."""
    strategy = _order_of(item.strategy)
    if shape is Shape.ISSUE:
        return (item.form or "ผ.02", strategy)
    programme = programme_line(item)
    return (item.form or "ผ.02", strategy, _order_of(item.tactic), programme == "", programme)


def programme_line(item: PlanItem) -> str:
    """An item's แผนงาน as the form writes it, without its running number; words that name none stay as they are."""
    words = " ".join(_RUNNING_NUMBER.sub("", item.programme.strip()).split())
    return f"แผนงาน{words}" if not words.startswith("แผนงาน") and find_programmes(words) else words


def _order_of(entry: StrategyEntry | None) -> tuple[object, ...]:
    if entry is None:
        return ("~",)  # after every number
    return (*(f"{number:06d}{rest}" for number, rest in number_order(entry.number)), entry.uid)


def _sheet(book: PlanBook, shape: Shape, placed: Sequence[tuple[int, PlanItem]], titles: Sequence[str]) -> FormSheet:
    first = placed[0][1]
    code = first.form if first.form.startswith("ผ.02") else "ผ.02"
    groups: dict[int, list[PlanItem]] = {}
    for place, item in placed:
        groups.setdefault(place, []).append(item)
    return FormSheet(
        title=_sheet_title(first, shape, code, titles),
        code=code,
        lines=tuple(_lines(book, shape, [item for _, item in placed])),
        groups=tuple(
            Group(book.editions[place].edition.key if place else "", tuple(items))
            for place, items in sorted(groups.items())
        ),
    )


def _lines(book: PlanBook, shape: Shape, items: Sequence[PlanItem]) -> Iterable[str]:
    """The lines above the headings; the title names the oldest edition: the book itself where it has items."""
    first, last = book.years
    edition = book.editions[0].edition.key
    by_issue = shape is Shape.ISSUE
    yield "บัญชีรายละเอียดโครงการพัฒนาท้องถิ่น" if by_issue else "รายละเอียดโครงการพัฒนา"
    yield f"แผนพัฒนาท้องถิ่น (พ.ศ. {first} - {last})" + (f" {edition}" if edition else "")
    yield _body_line(book)
    item = items[0]
    if by_issue:
        if item.strategy is not None:
            yield f"{_numbered(item.strategy)}ประเด็นการพัฒนาท้องถิ่น: {item.strategy.name}"
        return
    yield from _declared_lines(items)
    if item.strategy is not None:
        yield _numbered(item.strategy) + _with_word("ยุทธศาสตร์", item.strategy.name)
    if item.tactic is not None:
        yield f"{item.tactic.number} {item.tactic.name}"
    if programme := programme_line(item):
        yield f"(1) {programme}"


def _numbered(entry: StrategyEntry) -> str:
    return f"{entry.number}. " if entry.number.isdecimal() else ""


def _with_word(word: str, name: str) -> str:
    return name if name.startswith(word) else f"{word}{name}"


def _body_line(book: PlanBook) -> str:
    name = book.owner
    for short, full in _FULL_NAMES:
        if name.startswith(short):
            name = full + name.removeprefix(short)
    words = ("ตำบล", "อำเภอ", "จังหวัด")[-len(book.place) :] if book.place else ()
    levels = [f"{word}{place}" for word, place in zip(words, book.place, strict=True)]
    around = [level for level in levels if not level.startswith("ตำบล" if name else "-")]
    return " ".join(part for part in (name, *(one for one in around if not name.endswith(one))) if part)


def _declared_lines(items: Sequence[PlanItem]) -> Iterable[str]:
    """A line holds for all items of the sheet: only what all of them declare is written."""
    entries = {entry.uid: entry for item in items for entry in item.declared}
    shared = [entry for entry in entries.values() if _has_line(entry, items)]
    for prefix, letter, words in _LETTERED:
        for entry in sorted(shared, key=lambda one: number_order(one.number)):
            if _list_kind(entry) == prefix:
                yield f"{letter}. {words} {entry.number} {entry.name}"


def _has_line(entry: StrategyEntry, items: Sequence[PlanItem]) -> bool:
    known = _list_kind(entry) in {kind for kind, _, _ in _LETTERED} and entry.number.isdecimal()
    return known and all(entry in item.declared for item in items)


def _list_kind(entry: StrategyEntry) -> str:
    """NS, M13 …; PV for the lists of provinces (PV81-2566), CL for those of clusters."""
    return next((kind for kind in ("PV", "CL") if entry.list_id.startswith(kind)), entry.list_id)


def _sheet_title(item: PlanItem, shape: Shape, code: str, taken: Sequence[str]) -> str:
    """As offices name them: ยุทธ1.1แผนงานสาธารณสุข. What would read as an edition is left out."""
    entry = item.tactic or item.strategy
    number = entry.number if entry is not None and entry.number[:1].isdecimal() else ""
    word = "ประเด็น" if shape is Shape.ISSUE else "ยุทธ"
    head = f"{word}{number}" if number else (entry.name if entry else f"ไม่ระบุ{word}")
    programme = programme_line(item) if shape is Shape.STRATEGY else ""
    named = f"{head} {programme}".strip()
    named = head if find_edition(named) else named
    base = (f"{code.replace('/', '-')} " if code != "ผ.02" else "") + named
    for sign in "[]:*?/\\":
        base = base.replace(sign, " ")
    base = " ".join(base.split()).strip("'")
    title, number_of = base[:31].rstrip(), 1
    while title.casefold() in {one.casefold() for one in taken}:
        number_of += 1
        mark = f" #{number_of}"
        title = base[: 31 - len(mark)].rstrip() + mark
    return title


def _remarks(book: PlanBook, shape: Shape, years: Sequence[int], sheets: Sequence[FormSheet]) -> Iterable[str]:
    """What the form cannot show, so that nobody takes the workbook for all that is known."""
    for sheet in sheets:
        for item in sheet.items:
            yield from _item_remarks(item, sheet, years)
        programme = programme_line(sheet.items[0]) if shape is Shape.STRATEGY else ""
        if programme and not programme.startswith("แผนงาน"):
            where = f"{programme} (แผ่นงาน {sheet.title})"
            yield f"ไม่ใช่ชื่อแผนงาน จึงพิมพ์ตามเอกสาร: {where} / no name of a แผนงาน, kept as it is"
        yield from _equal_remarks(sheet)
        yield from _declared_remarks(sheet, shape)
    left_out = [item for item in book.items if item.form in _EQUIPMENT_FORMS]
    for item in left_out:
        yield (
            f"ไม่ได้อยู่ในแบบ ผ.02: {item.name} (แบบ {item.form} ครุภัณฑ์ {_total(item):,.2f} บาท)"
            f" / not on form ผ.02: equipment, {_total(item):,.2f} baht"
        )
    for edition in book.editions:
        if edition.edition.key and find_edition(edition.edition.key) is None:
            yield f"ฉบับที่ไม่ใช่ แก้ไข เพิ่มเติม เปลี่ยนแปลง ทบทวน: {edition.edition.text} / an edition without a number"
    if shape is Shape.ISSUE:
        unseen = [item for item in book.items if item.kpi or item.programme]
        if unseen:
            yield (
                f"แบบนี้ไม่มีช่องแผนงานและตัวชี้วัด: มี {len(unseen):,} รายการที่ระบุไว้ในข้อมูล"
                f" / this shape has no แผนงาน and no KPI: {len(unseen):,} items state one"
            )


def _item_remarks(item: PlanItem, sheet: FormSheet, years: Sequence[int]) -> Iterable[str]:
    where = f"{item.name} (แผ่นงาน {sheet.title})"
    if item.undated is not None:
        yield f"เงินไม่ระบุปี {item.undated:,.2f} บาท: {where} / money without a year"
    outside = [(year, baht) for year, baht in item.money if year not in years]
    for year, baht in outside:
        yield f"เงินปี {year} อยู่นอกปีของแผน {baht:,.2f} บาท: {where} / money of a year outside the plan"
    for entry in item.other_strategies:
        yield f"ระบุยุทธศาสตร์อื่นด้วย {entry.number} {entry.name}: {where} / names another strategy too"


def _equal_remarks(sheet: FormSheet) -> Iterable[str]:
    """Items that look alike on the form: reading the workbook again takes them for one."""
    for group in sheet.groups:
        alike = Counter((item.money, *(" ".join(words.split()) for words in _printed(item))) for item in group.items)
        for (_, name, *_), count in alike.items():
            if count > 1:
                yield (
                    f"เหมือนกันทุกช่อง {count:,} รายการ: {name} (แผ่นงาน {sheet.title}) นำเข้าอีกครั้งจะนับเป็นรายการเดียว"
                    f" / {count:,} items alike in every cell: importing them again counts them as one"
                )


def _printed(item: PlanItem) -> tuple[str, ...]:
    return (item.name, item.objective, item.target, item.kpi, item.expected, item.department)


def _declared_remarks(sheet: FormSheet, shape: Shape) -> Iterable[str]:
    items = sheet.items
    counts: dict[str, int] = {}
    entries = {entry.uid: entry for item in items for entry in item.declared}
    for item in items:
        for uid in {entry.uid for entry in item.declared}:
            counts[uid] = counts.get(uid, 0) + 1
    for uid in sorted(counts):
        entry = entries[uid]
        if shape is Shape.ISSUE or not _has_line(entry, items):
            yield (
                f"สอดคล้องกับ {entry.list_name or entry.list_id} ข้อ {entry.number} {entry.name}:"
                f" {counts[uid]:,} จาก {len(items):,} รายการในแผ่นงาน {sheet.title}"
                f" / declared by {counts[uid]:,} of {len(items):,} items of the sheet"
            )


def _total(item: PlanItem) -> float:
    return sum(baht for _, baht in item.money) + (item.undated or 0.0)

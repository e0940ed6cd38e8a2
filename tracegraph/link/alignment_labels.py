"""Texts that people labelled with entries of a strategy list: finding the columns of a file and reading its rows.

Nothing is dropped silently: rows without a usable label stand apart with their numbers, and a column that cannot be
found is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tracegraph.errors import InputError
from tracegraph.link.alignment_lists import CODES, DESCRIPTIONS, PARENTS, StrategyList, find_level_columns
from tracegraph.model.items import Item

#: Headings of the text and of the label, in lower case, the likeliest first.
TEXTS = (
    "text",
    "project",
    "project_name",
    "project_name_th",
    "output_proj_name",
    "ชื่อโครงการ",
    "โครงการ",
    "รายการ",
    "ข้อความ",
)
LABELS = ("strategy", "label", "entry", "strategy_no", "code", "ยุทธศาสตร์", "ข้อ")
_DEPARTMENTS = ("department", "organization", "organisation", "agency", "หน่วยงาน", "ผู้รับผิดชอบ")
#: Headings of cells that are no words about the project.
_NO_TEXT = frozenset(
    {*CODES, *PARENTS, *DESCRIPTIONS, "row", "file", "sheet", "page", "cluster", "split", "kind", "source"}
)
#: Share of the cells of a column that must hold letters for it to be a text.
_WORDY = 0.5
#: Different cells of a column that are looked up to see whether they are entries.
_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold the text (the first is the name, others its context) and the label (the deepest last)."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A row of a file of labels: its number, what it says, and the uid of its entry."""

    row: int
    item: Item
    entry: str
    label: str


@dataclass(slots=True)
class LabelledTexts:
    """The labelled rows of a file; rows that cannot be used stand apart with their numbers, none is dropped."""

    texts: list[LabelledText]
    unlabelled: list[int] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    unclear: list[tuple[int, str]] = field(default_factory=list)
    contradicting: list[tuple[int, ...]] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)


def find_columns(
    headings: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    strategies: StrategyList,
    *,
    texts: Sequence[str] = (),
    labels: Sequence[str] = (),
    name: str = "",
) -> Columns:
    """The columns of a file of labels: those asked for, else the known headings, else what the cells look like.

    A column is a label where most of its cells are entries of the list. InputError where one cannot be found.
    """
    for asked in (*texts, *labels):
        if asked.strip().lower() not in headings:
            raise InputError(
                f"{name}: ไม่มีคอลัมน์ {asked} (พบ {', '.join(headings)[:200]})",
                f"{name}: no column {asked} (found {', '.join(headings)[:200]})",
            )
    of_labels = [one.strip().lower() for one in labels] or _find_label_columns(headings, rows, strategies)
    of_texts = [one.strip().lower() for one in texts] or _find_text_columns(headings, rows, of_labels)
    if not of_texts or not of_labels:
        th, en = ("ข้อความ", "text") if not of_texts else ("ข้อยุทธศาสตร์", "label")
        raise InputError(
            f"{name}: ไม่พบคอลัมน์{th} (พบ {', '.join(headings)[:200]})",
            f"{name}: no column with the {en} (found {', '.join(headings)[:200]})",
            hint_th="ใช้คอลัมน์ text,strategy หรือระบุ --text-column และ --label-column (ค่าต้องเป็นเลขหรือชื่อข้อในบัญชี)",
            hint_en="use the columns text,strategy, or name them with --text-column and --label-column (cells must be "
            "numbers or names of entries of the list)",
        )
    return Columns(tuple(of_texts), tuple(of_labels))


def _find_label_columns(
    headings: Sequence[str], rows: Sequence[Mapping[str, str]], strategies: StrategyList
) -> list[str]:
    fitting = []
    for heading in headings:
        distinct = sorted({cell for row in rows if (cell := (row.get(heading) or "").strip())})[:_LOOKED_AT]
        known = sum(bool(strategies.find_entries(cell)) for cell in distinct)
        if heading and known * 2 > len(distinct):
            fitting.append(heading)
    named = [one for one in LABELS if one in headings]
    return find_level_columns(fitting, rows) or [one for one in fitting if one in LABELS][:1] or named[:1]


def _find_text_columns(headings: Sequence[str], rows: Sequence[Mapping[str, str]], labels: Sequence[str]) -> list[str]:
    """The column of names first, then other columns with words, those with more different cells first."""
    wordy: dict[str, tuple[int, float]] = {}
    for heading in headings:
        cells = [cell for row in rows if (cell := (row.get(heading) or "").strip())]
        letters = sum(sum(letter.isalpha() for letter in cell) >= 3 for cell in cells)
        if heading and letters > _WORDY * len(cells) and heading not in (*labels, *_NO_TEXT):
            distinct = set(cells)
            wordy[heading] = (len(distinct), sum(map(len, distinct)) / len(distinct))
    known = [one for one in TEXTS if one in headings]
    if not known and not wordy:
        return [one for one in headings if one not in labels][:1]
    first = known[0] if known else max(wordy, key=lambda one: (wordy[one][0] * wordy[one][1], one))
    others = sorted((one for one in wordy if one != first), key=lambda one: (-wordy[one][0] * wordy[one][1], one))
    return [first, *(one for one in others if wordy[one][0] > 1)]


def read_labels(
    rows: Iterable[tuple[int, Mapping[str, str]]], columns: Columns, strategies: StrategyList, *, prefix: str = "t"
) -> LabelledTexts:
    """The texts of a file with their entries; the label is the deepest column that is filled.

    Rows without a label, with a label that the list does not have, or that means several entries, stand apart.
    """
    found = LabelledTexts([])
    by_text: dict[tuple[str, ...], dict[str, list[int]]] = {}
    for number, row in rows:
        label = next((cell for one in reversed(columns.labels) if (cell := (row.get(one) or "").strip())), "")
        cells = tuple(" ".join((row.get(one) or "").split()) for one in columns.texts)
        if not any(cells) and not label:
            continue
        entries = strategies.find_entries(label) if label else []
        if not label:
            found.unlabelled.append(number)
        elif not entries:
            found.unknown.append((number, label))
        elif len(entries) > 1:
            found.unclear.append((number, label))
        else:
            if not any(cells):
                found.empty.append(number)
            item = _build_item(f"{prefix}:{number:07d}", cells, columns.texts)
            found.texts.append(LabelledText(number, item, entries[0], label))
            by_text.setdefault(cells, {}).setdefault(entries[0], []).append(number)
    for labels in by_text.values():
        if len(labels) > 1:
            found.contradicting.append(tuple(sorted(number for numbers in labels.values() for number in numbers)))
    return found


def _build_item(uid: str, cells: Sequence[str], headings: Sequence[str]) -> Item:
    """A project with its name and its context; a column of departments weighs least."""
    context = [cell for cell, head in zip(cells[1:], headings[1:], strict=True) if not _is_department(head)]
    departments = [cell for cell, head in zip(cells[1:], headings[1:], strict=True) if _is_department(head)]
    return Item(
        uid=uid,
        role="project",
        text=cells[0],
        text_hash="",
        objective=context[0] if context else None,
        target=context[1] if len(context) > 1 else None,
        programme=" / ".join(filter(None, context[2:])) or None,
        department=" / ".join(filter(None, departments)) or None,
    )


def _is_department(heading: str) -> bool:
    return any(word in heading for word in _DEPARTMENTS)

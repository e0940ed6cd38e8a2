"""The columns of an answer as a page shows them: file, sheet and row in one, uids behind the ids they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.cells import Cell, build_cell, is_numeric
from api.i18n import label
from api.render import Page
from tracegraph.report.terms import Lang

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the table; ``parts`` are the three columns of a source cell, else empty."""

    name: str
    words: str
    numeric: bool
    parts: tuple[str, str, str] | None = None


def build_columns(
    columns: Sequence[str], labels: Mapping[str, tuple[str, str]], rows: Sequence[Row], lang: Lang
) -> list[ShownColumn]:
    """What to show of an answer's columns, in their order."""
    known = set(columns)
    shown = []
    for name in columns:
        th, en = labels.get(name, (name, name))
        prefix = name.removesuffix("file")
        parts = (name, f"{prefix}sheet", f"{prefix}row")
        if name.endswith("file") and set(parts) <= known:
            words = label("source.cell", lang)
            suffix = (th if lang == "th" else en).removeprefix("ไฟล์").removesuffix("file").strip()
            shown.append(ShownColumn(name, f"{words} {suffix}".strip(), False, parts))
        elif not _is_behind_another(name, known) and not _is_other_language(name, known, lang):
            shown.append(ShownColumn(name, th if lang == "th" else en, is_numeric(name, rows)))
    return shown


def _is_behind_another(name: str, known: set[str]) -> bool:
    """True for parts of a source cell, and for a uid whose id is a column of its own."""
    for part in ("sheet", "row"):
        if name.endswith(part) and {name.removesuffix(part) + "file", name.removesuffix(part) + "row"} <= known:
            return True
    if name == "uid":
        return bool(known & {"need_id", "project_id"})
    return name.endswith("_uid") and (name.removesuffix("uid") + "id" in known or name == "link_uid")


def _is_other_language(name: str, known: set[str], lang: Lang) -> bool:
    """True for a code that has its Thai words beside it (``level`` and ``level_th``), and in English for those."""
    return f"{name}_th" in known if lang == "th" else name.endswith("_th") and name.removesuffix("_th") in known


def build_cells(columns: Sequence[ShownColumn], row: Row, page: Page) -> list[Cell]:
    """The cells of one row."""
    return [_source(row, c.parts, page.lang) if c.parts else build_cell(c.name, row, page) for c in columns]


def _source(row: Row, parts: tuple[str, str, str], lang: Lang) -> Cell:
    file, sheet, number = (row[part] for part in parts)
    if not file:
        return Cell("–")
    words = [str(file)]
    if sheet:
        words.append(f"{label('source.sheet', lang)} {sheet}")
    if number is not None:
        words.append(f"{label('source.row', lang)} {number}")
    return Cell(" · ".join(words), "source")

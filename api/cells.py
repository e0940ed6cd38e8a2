"""Cells of an answer as a page shows them: ids lead to traces, fates and statuses are words, source cells are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.answers import require_question
from api.formats import cell, number, thai_date
from api.i18n import label, load_labels
from api.register import fate_words
from api.render import Page, build_link
from tracegraph.errors import TracegraphError
from tracegraph.model.graph import CLASS_BY_CODE, Fate, LinkKind, Stage, Status
from tracegraph.model.process import find_plan_kind
from tracegraph.report.terms import (
    CONFIDENCE,
    LINK_WORDS,
    STATUSES,
    Lang,
    confidence_of,
    plan_kind_word,
    shown_probability,
)

_FATES = {str(f) for f in Fate}
_STATUSES = {str(s) for s in Status}
_LINKS = {str(k) for k in LINK_WORDS}

#: Columns of ids that lead to a trace, and the ends of their names.
_ITEM_IDS = ("need_id", "project_id", "from_id", "to_id", "path", "asked_again_in", "answered_by", "nearest_project_id")
_ITEM_ENDS = ("_id", "project_ids", "need_ids")


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a cell that leads somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: plain text, a badge, or links."""

    text: str
    style: str = ""
    badge: str = ""
    links: tuple[Link, ...] = ()


def is_numeric(column: str, rows: Iterable[Mapping[str, Any]]) -> bool:
    """True where the first value of a column is a number that is no year and no row number."""
    first = next((row[column] for row in rows if row[column] is not None), None)
    return isinstance(first, int | float) and not isinstance(first, bool) and not _is_label(column)


def _is_label(column: str) -> bool:
    return column in ("row", "step") or "year" in column


def build_cell(column: str, row: Mapping[str, Any], page: Page) -> Cell:
    """The cell of one column of a row."""
    value = row[column]
    if value is None or value in ([], ""):
        return Cell("–")
    if column == "uid" or column.endswith("_uid"):
        return _uid(str(value), page)
    if column in _ITEM_IDS or column.endswith(_ITEM_ENDS):
        return _items(column, value, row, page)
    if column == "fate" and value in _FATES:
        return _fate(value, row, page)
    if isinstance(value, str):
        return _text(column, value, page)
    return _number(column, value, page)


def _number(column: str, value: Any, page: Page) -> Cell:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Cell(cell(value))
    if "probability" in column:
        return _probability(value, page)
    return Cell(str(value), "code") if _is_label(column) else Cell(number(value), "number")


def _probability(value: float, page: Page) -> Cell:
    level = confidence_of(value)
    return Cell(f"{CONFIDENCE[level].to(page.lang)} ({shown_probability(value)})", "code", badge=level)


def _uid(value: str, page: Page) -> Cell:
    if value.startswith(("need:", "proj:")):
        return Cell("", "code", links=(Link("↗", build_link(page, f"/trace/{value}")),))
    return Cell(value, "code")


def _items(column: str, value: Any, row: Mapping[str, Any], page: Page) -> Cell:
    """Ids as links; a uid beside the id (``from_id`` and ``from_uid``) names the item exactly."""
    if isinstance(value, list | tuple):
        return Cell("", links=tuple(Link(str(one), build_link(page, f"/trace/{one}")) for one in value))
    exact = row.get(column.removesuffix("id") + "uid") or (
        row.get("uid") if column in ("need_id", "project_id") else None
    )
    if exact is not None and not str(exact).startswith(("need:", "proj:")):
        return Cell(str(value), "code")
    return Cell("", "code", links=(Link(str(value), build_link(page, f"/trace/{exact or value}")),))


def _fate(value: str, row: Mapping[str, Any], page: Page) -> Cell:
    """A fate; one that rests on a suggestion looks like one."""
    weakest = row.get("weakest_probability")
    suggested = isinstance(weakest, int | float) and weakest < 1
    return Cell(fate_words(value, page.lang), badge=f"{value} by-suggestion" if suggested else value)


def _question(name: str, page: Page) -> Cell:
    """A question that lists what a figure counts."""
    try:
        question = require_question(name)
    except TracegraphError:
        return Cell(name)
    words = question.title_th if page.lang == "th" else question.title_en
    return Cell("", links=(Link(words, build_link(page, f"/ask/{name}")),))


def _text(column: str, value: str, page: Page) -> Cell:
    if column == "question":
        return _question(value, page)
    if column == "unit" and f"unit.{value}" in load_labels():
        return Cell(label(f"unit.{value}", page.lang))
    if column.endswith("status") and value in _STATUSES:
        return Cell(STATUSES[Status(value)].to(page.lang), badge=value)
    words = _code_words(column, value, page.lang)
    if words:
        return Cell(words)
    if column.endswith(("_on", "_at")):
        return Cell(thai_date(value, page.lang), "code")
    return Cell(value, "words" if len(value) > 24 else "")


def _code_words(column: str, value: str, lang: Lang) -> str:
    """The words for a code of a link, a class, a state or a plan kind; '' for other text."""
    if column in ("link", "kind") and value in _LINKS:
        return LINK_WORDS[LinkKind(value)].to(lang)
    if "class" in column and value in CLASS_BY_CODE:
        known = CLASS_BY_CODE[value]
        return known.th if lang == "th" else known.en
    if column == "state" and value in ("late", "missing"):
        return label(f"state.{value}", lang)
    if column == "stage" and value in set(Stage):
        return label(f"stage.{value}", lang)
    if "class" in column and value == "all":
        return label("class.all", lang)
    kinds = value.split()
    known_kinds = bool(kinds) and all(find_plan_kind(kind) is not None for kind in kinds)
    return " · ".join(plan_kind_word(kind, lang) for kind in kinds) if known_kinds else ""

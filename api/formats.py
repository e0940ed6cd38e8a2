"""Numbers, money, dates in พ.ศ. and cells as people read them; and cells that a spreadsheet cannot run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tracegraph.model.process import THAI_MONTHS
from tracegraph.report.terms import Lang, baht, shown_probability

_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def number(value: float | None) -> str:
    """A number with separators and at most two decimals; '–' for None."""
    if value is None:
        return "–"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def percent(share: float | None) -> str:
    """A share 0–1 as percent with one decimal at most; '–' for None."""
    return "–" if share is None else f"{share * 100:.1f}".removesuffix(".0") + "%"


def thai_date(value: str | date | datetime | None, lang: Lang = "th") -> str:
    """A date in the Buddhist era (Thai) or the common one (English); other text as it is."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return str(value)
    if value is None:
        return ""
    if lang == "th":
        return f"{value.day} {THAI_MONTHS[value.month - 1]} {value.year + 543}"
    return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"


def cell(value: Any) -> str:
    """A value of a row as text on a page: lists joined, None empty, numbers with separators where they are money."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, list | tuple):
        return ", ".join(cell(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return number(value) if isinstance(value, float) else str(value)


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe before it, numbers stay numbers."""
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A CSV that Excel opens with Thai intact (UTF-8 with BOM) and in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([safe_cell(row.get(column)) for column in columns] for row in rows)
    return "\ufeff" + out.getvalue()


FILTERS: dict[str, Callable[..., str]] = {
    "number": number,
    "percent": percent,
    "baht": baht,
    "date": thai_date,
    "cell": cell,
    "probability": shown_probability,
}

"""Which form a table is: told by the words above its headings and by the headings (``data/forms.yaml``).

A form's printed code counts little and its file name not at all: in real books one code stands on different forms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from tracegraph.ingest.lines import find_form
from tracegraph.thai.normalize import normalize

#: Log-odds that a sign of a form adds; set by hand from the forms of the regulations, checked on real books.
_TITLE, _STAMP, _HEADINGS, _LACKED, _YEARS, _BASE = 2.0, 0.6, 3.5, 1.2, 1.0, -1.6
_PLAIN = -0.4  # a plain list is what remains where no form fits better
_LONGEST_TITLE = 200  # characters; longer lines are text, not titles


@dataclass(frozen=True, slots=True)
class Form:
    """One form, as ``data/forms.yaml`` describes it."""

    code: str
    label: str
    label_en: str
    kind: str
    title: tuple[re.Pattern[str], ...]
    title_needed: bool
    heading: re.Pattern[str] | None
    stamp: str | None
    needs: frozenset[str]
    any: frozenset[str]
    has: frozenset[str]
    lacks: frozenset[str]
    years: tuple[int, int] | None
    only: bool
    plain: bool
    plan_kind: str | None
    stage: str | None
    plan_title: str | None
    item_kind: str | None
    beyond: bool
    constants: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormReading:
    """The form that a table was taken for, how sure (0–1), and why (Thai and English sentences)."""

    code: str
    label: str
    label_en: str
    confidence: float
    reasons: tuple[tuple[str, str], ...]
    form: Form = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a table shows of its form: its kind, properties of its headings, years of money, lines above, headings."""

    kind: str
    props: frozenset[str]
    years: tuple[int, ...]
    lines: tuple[str, ...]
    headings: tuple[str, ...] = ()


def find_form_of(signs: Signs) -> FormReading:
    """The form that fits best; a table that fits none is a plain list of its kind.

    The confidence is the logistic of the signs' sum, halved in distance where a second form fits nearly as well.
    """
    titles = tuple(normalize(line) for line in signs.lines if len(line) <= _LONGEST_TITLE)
    fitting = [found for form in load_forms() if (found := _weigh(form, signs, titles)) is not None]
    fitting.sort(key=lambda found: -found[0])
    score, form, reasons = fitting[0]
    rival = fitting[1][0] if len(fitting) > 1 and not fitting[1][1].plain else -math.inf
    doubt = 1 / (1 + math.exp(rival - score))
    confidence = min(1 / (1 + math.exp(-score)), doubt if math.isfinite(rival) else 1.0)
    return FormReading(form.code, form.label, form.label_en, round(confidence, 3), tuple(reasons), form)


def _weigh(form: Form, signs: Signs, titles: Sequence[str]) -> tuple[float, Form, list[tuple[str, str]]] | None:
    """The signs' sum for a form with its reasons; None where the table cannot be this form."""
    if form.kind != signs.kind or not form.needs <= signs.props or (form.any and not form.any & signs.props):
        return None
    if form.only and not signs.props <= form.needs | form.any | form.has:
        return None
    if form.plain:
        said = "ไม่มีลักษณะของแบบฟอร์มใด จึงอ่านตามหัวคอลัมน์", "no sign of any form: read by its headings"
        return _PLAIN, form, [said]
    title = next((match[0] for text in titles for p in form.title if (match := p.search(text))), None)
    if title is None and form.heading is not None:
        title = next((h for h in signs.headings if form.heading.search(normalize(h))), None)
    stamped = form.stamp is not None and any(find_form(text) == form.stamp for text in titles if len(text) < 40)
    if form.title_needed and title is None and not stamped:
        return None
    score = _BASE
    reasons: list[tuple[str, str]] = []
    if title:
        score += _TITLE
        reasons.append((f"เหนือหัวตารางเขียนว่า “{title}”", f"the lines above the headings say “{title}”"))
    if stamped:
        score += _STAMP
        reasons.append((f"พิมพ์รหัสแบบ {form.stamp}", f"the form's code {form.stamp} is printed"))
    usual = form.needs | form.has
    there = usual & signs.props
    score += _HEADINGS * len(there) / len(usual)
    reasons.append(
        (f"พบหัวคอลัมน์ {len(there)} จาก {len(usual)} ของแบบนี้", f"{len(there)} of the form's {len(usual)} headings")
    )
    odd = sorted(form.lacks & signs.props)
    if odd:
        score -= _LACKED * len(odd)
        reasons.append((f"แต่มีคอลัมน์ที่แบบนี้ไม่มี: {', '.join(odd)}", f"but it has columns the form lacks: {', '.join(odd)}"))
    if form.years and signs.years:
        fits = form.years[0] <= signs.years[0] and signs.years[-1] <= form.years[1]
        score += _YEARS if fits else -_YEARS
        if fits:
            span = f"{signs.years[0]}–{signs.years[-1]}"
            reasons.append((f"ปี {span} อยู่ในช่วงที่ใช้แบบนี้", f"its years {span} are those of this form"))
    return score, form, reasons


@cache
def load_forms() -> tuple[Form, ...]:
    """Every form, in the file's order."""
    text = files("tracegraph.ingest").joinpath("data", "forms.yaml").read_text(encoding="utf-8")
    return tuple(_read(entry) for entry in yaml.safe_load(text))


def _read(entry: Mapping[str, Any]) -> Form:
    years = entry.get("years")
    return Form(
        code=entry["code"],
        label=entry["label"],
        label_en=entry["label_en"],
        kind=entry["kind"],
        title=tuple(re.compile(pattern, re.IGNORECASE) for pattern in entry.get("title", ())),
        title_needed=entry.get("title_needed", False),
        heading=re.compile(entry["heading"]) if "heading" in entry else None,
        stamp=entry.get("stamp"),
        needs=frozenset(entry["needs"]),
        any=frozenset(entry.get("any", ())),
        has=frozenset(entry.get("has", ())),
        lacks=frozenset(entry.get("lacks", ())),
        years=(years[0], years[1]) if years else None,
        only=entry.get("only", False),
        plain=entry.get("plain", False),
        plan_kind=entry.get("plan_kind"),
        stage=entry.get("stage"),
        plan_title=entry.get("plan_title"),
        item_kind=entry.get("item_kind"),
        beyond=entry.get("beyond", False),
        constants=entry.get("constants", {}),
    )

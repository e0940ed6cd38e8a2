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

from tracegraph.ingest.headings import read_headings
from tracegraph.ingest.lines import Section, Written, find_form, read_line
from tracegraph.thai.normalize import normalize

#: Log-odds that a sign of a form adds; set by hand from the forms of the regulations, checked on real books.
_TITLE, _STAMP, _HEADINGS, _LACKED, _YEARS, _BASE = 2.0, 0.6, 3.5, 1.2, 1.0, -1.6
_PLAIN = -0.4  # a plain list is what remains where no form fits better
_PLAIN_SURE = 0.9  # how sure a plain list is whose every heading is known
_LONGEST_TITLE = 200  # characters; longer lines are text, not titles
_LONGEST_STAMP = 40


@dataclass(frozen=True, slots=True)
class Form:
    """One form, as ``data/forms.yaml`` describes it."""

    code: str
    label: str
    label_en: str
    kind: str
    title: tuple[re.Pattern[str], ...]
    of: frozenset[str]
    sure: frozenset[str]
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
class _Weighed:
    """A form that a table may be, with the sum of its signs and the reasons."""

    score: float
    form: Form
    reasons: tuple[tuple[str, str], ...]


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

    The confidence is the logistic of the signs' sum, less where a second form fits nearly as well. A form that is a
    special case of others (``of``) is told by its title alone, and where that is there the others are no rivals. Of a
    plain list the confidence is how many of its headings are known.
    """
    lines = tuple(line for line in signs.lines if len(line) <= _LONGEST_TITLE)
    titles = tuple(normalize(line) for line in lines)
    # what a body strives for (1.3 ประสานแผนชุมชน) is no title of its list
    own = tuple(normalize(line) for line in lines if not _is_statement(line))
    fitting = [
        found for form in load_forms() if (found := _weigh(form, signs, own if form.of else titles, titles)) is not None
    ]
    special = frozenset(code for found in fitting for code in found.form.of)
    fitting = sorted((found for found in fitting if found.form.code not in special), key=lambda found: -found.score)
    best, form = fitting[0], fitting[0].form
    confidence = _PLAIN_SURE * _share_known(signs) if form.plain else _chance(best.score)
    if not form.plain and len(fitting) > 1 and not fitting[1].form.plain:
        confidence = min(confidence, _chance(best.score - fitting[1].score))
    return FormReading(form.code, form.label, form.label_en, round(confidence, 3), best.reasons, form)


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _is_statement(line: str) -> bool:
    """True for a line of alignment, strategy, tactic or แผนงาน above the rows."""
    section = read_line(line, Section())
    return section is not None and bool(section.declared or section.strategy or section.written != Written())


def _weigh(form: Form, signs: Signs, titles: Sequence[str], lines: Sequence[str]) -> _Weighed | None:
    """The signs of a form; None where the table cannot be this form. ``titles`` are those lines that may name it."""
    if form.kind != signs.kind or not form.needs <= signs.props or (form.any and not form.any & signs.props):
        return None
    if form.only and not signs.props <= form.needs | form.any | form.has:
        return None
    if form.plain:
        return _Weighed(_PLAIN, form, (_count_known(signs),))
    title = _find_title(form, signs, titles)
    if title is None and (form.of or (form.sure and not form.sure & signs.props)):
        return None
    signs_found = [
        (_TITLE, f"เหนือหัวตารางเขียนว่า “{title}”", f"the lines above the headings say “{title}”") if title else None,
        _weigh_stamp(form, lines),
        _weigh_headings(form, signs),
        _weigh_odd(form, signs),
        _weigh_years(form, signs),
    ]
    there = [sign for sign in signs_found if sign]
    return _Weighed(_BASE + sum(sign[0] for sign in there), form, tuple(sign[1:] for sign in there if sign[1]))


def _share_known(signs: Signs) -> float:
    """The share of the headings whose meaning is known."""
    headings = [heading for heading in signs.headings if heading]
    known = [meaning for meaning in read_headings(headings, signs.kind) if meaning]
    return len(known) / len(headings) if headings else 1.0


def _count_known(signs: Signs) -> tuple[str, str]:
    share = f"{_share_known(signs):.0%}"
    return (
        f"ไม่มีลักษณะของแบบฟอร์มใด จึงอ่านตามหัวคอลัมน์ (รู้จัก {share})",
        f"no sign of any form: read by its headings ({share} known)",
    )


def _find_title(form: Form, signs: Signs, titles: Sequence[str]) -> str | None:
    """The words that name the form: in a line above the headings, else in a heading."""
    for text in titles:
        for pattern in form.title:
            if match := pattern.search(text):
                return match[0]
    if form.heading is None:
        return None
    return next((h for h in signs.headings if form.heading.search(normalize(h))), None)


_Sign = tuple[float, str, str]
"""What a sign adds to the sum, and the reason in Thai and English ('' for none)."""


def _weigh_stamp(form: Form, lines: Sequence[str]) -> _Sign | None:
    if form.stamp is None or not any(find_form(text) == form.stamp for text in lines if len(text) < _LONGEST_STAMP):
        return None
    return _STAMP, f"พิมพ์รหัสแบบ {form.stamp}", f"the form's code {form.stamp} is printed"


def _weigh_headings(form: Form, signs: Signs) -> _Sign:
    usual = form.needs | form.has
    there, of = len(usual & signs.props), len(usual)
    return _HEADINGS * there / of, f"พบหัวคอลัมน์ {there} จาก {of} ของแบบนี้", f"{there} of the form's {of} headings"


def _weigh_odd(form: Form, signs: Signs) -> _Sign | None:
    odd = sorted(form.lacks & signs.props)
    if not odd:
        return None
    words = ", ".join(odd)
    return -_LACKED * len(odd), f"แต่มีคอลัมน์ที่แบบนี้ไม่มี: {words}", f"but it has columns the form lacks: {words}"


def _weigh_years(form: Form, signs: Signs) -> _Sign | None:
    if form.years is None or not signs.years:
        return None
    first, last = signs.years[0], signs.years[-1]
    if first < form.years[0] or last > form.years[1]:
        return -_YEARS, "", ""
    return _YEARS, f"ปี {first}–{last} อยู่ในช่วงที่ใช้แบบนี้", f"its years {first}–{last} are those of this form"


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
        of=frozenset(entry.get("of", ())),
        sure=frozenset(entry.get("sure", ())),
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

"""Lines of a table that are no records: titles above the headings, group lines, dividers and totals.

Books of plans state the edition, แผนงาน, strategy and declared alignment in such lines, and every row
below belongs to the latest of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracegraph.ingest.editions import Edition, find_edition
from tracegraph.thai.normalize import normalize

_PROGRAMME = re.compile(r"^\(?\s*\d*\s*[.)]?\s*(?:แผนงาน|ผง\.)\s*\S")
_STRATEGY = re.compile(
    r"^(?:(?P<number>\d{1,2})\s*[.)]\s*)?(?:ยุทธศาสตร์|ประเด็นการพัฒนา(?:ท้องถิ่น)?|ประเด็นยุทธศาสตร์)"
    r"(?:ที่\s*(?P<at>\d{1,2}))?\s*[.:]?\s*(?P<name>.*)$"
)
_TACTIC = re.compile(r"^\d{1,2}\.\d{1,2}\.?\s|^(?:กลยุทธ์|แนวทาง(?:การพัฒนา)?)")
_LETTERED = re.compile(r"^[ก-ซ]\s*\.\s*")
_FORM = re.compile(r"(?:แบบ\s*)?((?:ผ|ผด|ยท|จ)\.?\s?0?\d(?:\s?/\s?\d)?)(?![\d,])")
_TOTAL = re.compile(
    r"^(?:รวม(?:ทั้งสิ้น|ทั้งหมด|งบประมาณ|จำนวนโครงการ|จำนวนเงิน|เงิน|แผนงาน.*|ยุทธศาสตร์.*)?|ยอดรวม.*|total)"
    r"\s*[\d,.]*\s*(?:โครงการ|บาท)?$",
    re.IGNORECASE,
)
_LIST_WORDS: tuple[tuple[str, str, str], ...] = (
    ("NS", r"ยุทธศาสตร์ชาติ", r"(?:ยุทธศาสตร์|ด้าน)ที่\s*(\d{1,2})"),
    ("MP", r"แผนแม่บท", r"(?:ประเด็น)?ที่\s*(\d{1,2})|ประเด็น\s*\(?(\d{1,2})"),
    ("M13", r"แผนพัฒนาเศรษฐกิจและสังคม|หมุดหมาย", r"หมุดหมายที่\s*(\d{1,2})"),
    ("SDG", r"sdg|การพัฒนาที่ยั่งยืน", r"เป้าหมายที่\s*(\d{1,2})"),
    ("CL", r"กลุ่มจังหวัด", r"ที่\s*(\d{1,2})"),
    ("PV", r"(?:ยุทธศาสตร์|ประเด็น(?:การพัฒนา)?|แผนพัฒนา)(?:การพัฒนา)?จังหวัด", r"ที่\s*(\d{1,2})"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """What the lines above a row state for it. ``declared``: (list, number as typed, the line's words)."""

    edition: Edition | None = None
    programme: str | None = None
    strategy: tuple[str, str] | None = None  # number ('' where none), name
    form: str | None = None
    declared: tuple[tuple[str, str, str], ...] = ()


def read_line(text: str, section: Section) -> Section | None:
    """The section that begins with this line, or None where the line is none of ours."""
    line = " ".join(normalize(text).split())
    edition = find_edition(line)
    if edition and len(line) < 60 and not line.startswith(("แผนพัฒนา", "โครงการ")):
        return replace(section, edition=edition)
    if _LETTERED.match(line) and (declared := _read_declared(line)):
        return replace(section, declared=(*section.declared, declared))
    if _PROGRAMME.match(line):
        return replace(section, programme=_PROGRAMME_NUMBER.sub("", line))
    if (match := _STRATEGY.match(line)) and not line.startswith("ยุทธศาสตร์ชาติ"):
        return replace(section, strategy=(match["number"] or match["at"] or "", match["name"].strip()), programme=None)
    if _TACTIC.match(line):
        return section
    return None


_PROGRAMME_NUMBER = re.compile(r"^\(?\s*\d*\s*[.)]?\s*")


def _read_declared(line: str) -> tuple[str, str, str] | None:
    for code, words, number in _LIST_WORDS:
        if re.search(words, line):
            found = re.search(number, line)
            digits = next((group for group in found.groups() if group), "") if found else ""
            return (code, digits, line) if digits else None
    return None


def read_preamble(lines: Iterable[str]) -> Section:
    """The section that the lines above the headings state."""
    section = Section()
    for line in lines:
        form = find_form(line) if len(line) < 30 else None
        section = replace(section, form=form or section.form)
        section = read_line(line, section) or section
    return section


def find_form(text: str) -> str | None:
    """The form's code (``ผ.02/2``) in a text, spelled one way, or None."""
    match = _FORM.search(normalize(text))
    if match is None:
        return None
    head, _, tail = re.sub(r"\s", "", match[1]).partition("/")
    letters = re.sub(r"[\d.]", "", head)
    digits = re.sub(r"\D", "", head)
    return f"{letters}.{int(digits):02d}" + (f"/{tail}" if tail else "") if letters != "จ" else f"จ.{int(digits)}"


def is_total(text: str) -> bool:
    """True for the text of a line of totals (รวม, รวมจำนวนโครงการ …), not for a project that begins with รวม."""
    return _TOTAL.match(" ".join(normalize(text).split())) is not None

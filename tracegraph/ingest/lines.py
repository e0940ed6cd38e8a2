"""Lines of a table that are no records: titles above the headings, group lines, dividers and totals.

Books of plans state the edition, แผนงาน, strategy and declared alignment in such lines, and every row
below belongs to the latest of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tracegraph.ingest.declared_lines import DeclaredLine, read_declared_line
from tracegraph.ingest.editions import Edition, find_edition
from tracegraph.thai.normalize import normalize

_PROGRAMME = re.compile(r"^\(?\s*(?:\d+(?:\.\d+)*)?\s*[.)]?\s*(?:แผนงาน|ผง\.)\s*\S")
_STRATEGY = re.compile(
    r"^(?:(?P<number>\d{1,2})\s*[.)]\s*)?(?:ยุทธศาสตร์|ประเด็นการพัฒนา(?:ท้องถิ่น)?|ประเด็นยุทธศาสตร์)"
    r"(?:ที่\s*(?P<at>\d{1,2}))?\s*[.:]?\s*(?P<name>.*)$"
)
_TACTIC = re.compile(
    r"^(?:(?P<number>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\.?\s|(?:กลยุทธ์|แนวทาง(?:การพัฒนา)?)(?:ที่)?\s*(?P<at>\d{1,2}(?:\.\d{1,2})?)?)"
    r"\s*[.:]?\s*(?P<name>.*)$"
)
#: The three lines above the headings of a ผ.02 as the form prints them: strategy, tactic (กลยุทธ์), (n) แผนงาน.
_STRATEGY_LINE = re.compile(r"^\s*(?P<number>[\d๐-๙]*)\s?\.(?!\s?[\d๐-๙])\s*(?P<name>.*)$", re.DOTALL)
_TACTIC_LINE = re.compile(r"^\s*(?P<number>[\d๐-๙]+(?:\.[\d๐-๙]+)*\.?)\s+(?P<name>.*)$", re.DOTALL)
_PROGRAMME_LINE = re.compile(r"^\s*\([\d๐-๙]*\)\s*(?P<name>.*)$", re.DOTALL)
_GROUP_HEAD = re.compile(r"^(?:\(?\d{0,2}[.)]?\s*)?(?:ด้าน|ประเภท|กลุ่ม(?!สตรี)|หมวด|ครุภัณฑ์|สาขา)")
_PLACE_HEAD = re.compile(r"^(?:\(?\d{0,2}[.)]?\s*)?(?:หมู่(?!คณะ)|ม\. ?\d|บ้าน|ชุมชน|ตำบล)")
_LETTERED = re.compile(r"^[ก-ซ]\s*\.\s*")
_FORM = re.compile(r"(?:แบบ\s*)?((?:ผ|ผด|ยท|จ)\.?\s?0?\d(?:\s?/\s?\d)?)(?![\d,])")
_TOTAL = re.compile(
    r"^(?:รวม(?:ทั้งสิ้น|ทั้งหมด|งบประมาณ|จำนวนโครงการ|จำนวนเงิน|เงิน|แผนงาน.*|ยุทธศาสตร์.*)?|ยอดรวม.*"
    r"|(?:รวม)?(?:ยอด)?ยก(?:ไป|มา).*|รวมหน้านี้|total)"
    r"\s*[\d,.]*\s*(?:โครงการ|บาท)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """Strategy, tactic (กลยุทธ์) and แผนงาน as the lines above the rows have them, word for word; '' where empty."""

    strategy_no: str = ""
    strategy: str = ""
    tactic_no: str = ""
    tactic: str = ""
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """What the lines above a row state for it.

    ``group`` is a group line that names none of the others (ด้านเศรษฐกิจ, ครุภัณฑ์สำนักงาน), ``place`` one that names
    a village or community.
    """

    edition: Edition | None = None
    programme: str | None = None
    strategy: tuple[str, str] | None = None  # number ('' where none), name
    form: str | None = None
    declared: tuple[DeclaredLine, ...] = ()
    group: str | None = None
    place: str | None = None
    written: Written = field(default_factory=Written)


def read_line(text: str, section: Section) -> Section | None:
    """The section that begins with this line, or None where the line is none of ours."""
    line = " ".join(normalize(text).split())
    edition = find_edition(line)
    if edition and len(line) < 60 and not line.startswith(("แผนพัฒนา", "โครงการ")):
        return replace(section, edition=edition)
    if declared := _read_alignment(text):
        return replace(section, declared=(*section.declared, *declared))
    if _PROGRAMME.match(line):
        bare = _PROGRAMME_NUMBER.sub("", line)
        written = replace(section.written, programme=_PROGRAMME_NUMBER.sub("", text.strip()))
        return replace(section, programme=bare, written=written)
    if (match := _STRATEGY.match(line)) and not line.startswith("ยุทธศาสตร์ชาติ"):
        number = match["number"] or match["at"] or ""
        name = text.strip() if not number else _AFTER_NUMBER.sub("", text.strip(), count=1)
        strategy = (number, match["name"].strip())
        return replace(section, strategy=strategy, programme=None, written=Written(number, name or match["name"]))
    if match := _TACTIC.match(line):
        number = match["number"] or match["at"] or ""
        written = replace(section.written, tactic_no=number, tactic=match["name"].strip(), programme="")
        return replace(section, written=written)
    return replace(section, group=text.strip()) if len(line) < 80 and _GROUP_HEAD.match(line) else None


def read_group(text: str, section: Section) -> Section:
    """The section under a group line of any words: a village or community, else a group."""
    words = text.strip()
    if _PLACE_HEAD.match(normalize(words)):
        return replace(section, place=words)
    return replace(section, group=words)


_AFTER_NUMBER = re.compile(r"^(?:(?:ยุทธศาสตร์|ประเด็น\S*?)(?:ที่)?\s*)?[\d๐-๙]{1,2}\s*[.):]?\s*")
_PROGRAMME_NUMBER = re.compile(r"^\(?\s*[\d๐-๙.]*\s*[.)]?\s*")


def _read_alignment(line: str) -> tuple[DeclaredLine, ...]:
    """What the line declares; a title (แผนพัฒนาจังหวัด… พ.ศ. …) names a list too, but none of its entries."""
    declared = read_declared_line(line)
    return declared if _LETTERED.match(line.strip()) or any(d.number or d.entry for d in declared) else ()


def read_preamble(lines: Sequence[str]) -> Section:
    """The section that the lines above the headings state."""
    section = Section()
    for line in lines:
        form = find_form(line) if len(line) < 30 else None
        section = replace(section, form=form or section.form)
        section = read_line(line, section) or section
    written = _read_form_lines(lines)
    return replace(section, written=written) if written else section


def _read_form_lines(lines: Sequence[str]) -> Written | None:
    """The form's own three lines right above the headings, by their places; None where they do not stand there.

    An office that leaves one empty ("2. ", "(1) ") leaves its place, so what stands in the next line is not moved up.
    """
    if len(lines) < 3:
        return None
    strategy, tactic = _STRATEGY_LINE.match(lines[-3]), _TACTIC_LINE.match(lines[-2])
    programme = _PROGRAMME_LINE.match(lines[-1])
    if not (strategy and tactic and programme):
        return None
    return Written(
        strategy["number"],
        strategy["name"].strip(),
        tactic["number"],
        tactic["name"].strip(),
        programme["name"].strip(),
    )


@lru_cache(maxsize=1024)  # asked of the same few codes and names of worksheets for every row
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

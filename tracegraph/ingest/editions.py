"""What the title of a plan says: its kind, stage, years and edition (แก้ไข เปลี่ยนแปลง เพิ่มเติม ทบทวน)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tracegraph.model.graph import Stage
from tracegraph.model.process import plan_kinds
from tracegraph.thai.normalize import normalize

_WORDS = {
    "เพิ่มเติม": "เพิ่มเติม|supplement(?:ary)?|addition",
    "เปลี่ยนแปลง": "เปลี่ยนแปลง|amend(?:ment|ed)?|change[ds]?",
    "แก้ไข": "แก้ไข|correct(?:ion|ed)?",
    "ทบทวน": "ทบทวน|review(?:ed)?|revis(?:ion|ed)",
}
_EDITION = re.compile(
    "(?P<word>" + "|".join(_WORDS.values()) + r")[\s_-]*(?:ครั้งที่|ฉบับที่|ครั้ง|ฉบับ|no\.?)?[\s_-]*(?P<number>\d{1,2})(?!\d)"
    r"(?:[\s_/-]*(?:พ\.?\s?ศ\.?|ปี)?[\s_/-]*(?P<year>2[45]\d\d|(?<=/)\s?\d\d(?!\d)))?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<!\d)(2[45]\d\d)\s*(?:-|ถึง|_)\s*(2[45]\d\d)(?!\d)")
_SINGLE = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
_STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    (Stage.CONTRACT, re.compile(r"สัญญา|จัดซื้อจัดจ้าง|e-?gp|contract", re.IGNORECASE)),
    (
        Stage.ACTION,
        re.compile(r"แผนการ?ดำเนินงาน|ผด\.?\s?0?[12]|action[\s_-]?plan|operation(?:al)?[\s_-]?plan", re.IGNORECASE),
    ),
    (
        Stage.BUDGET,
        re.compile(r"ข้อบัญญัติ|เทศบัญญัติ|จ่ายขาด|เงินสะสม|ที่อนุมัติ|ได้รับอนุมัติ|approved|ordinance|accumulated", re.IGNORECASE),
    ),
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a plan: the document's own words, one spelling of them, and a number that orders editions.

    ``order`` is year × 100 + number (``เพิ่มเติม ครั้งที่ 3/2568`` → 256803), the number alone without a
    year, and 0 for the book itself.
    """

    text: str = ""
    key: str = ""
    word: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """What the words of a title say; None where they do not."""

    kind: str | None = None
    stage: Stage | None = None
    years: tuple[int, int] | None = None
    edition: Edition | None = None


def find_edition(text: str) -> Edition | None:
    """The edition that a text names, or None."""
    match = _EDITION.search(normalize(text.replace("_", " ")))
    if match is None:
        return None
    word = next(w for w, pattern in _WORDS.items() if re.fullmatch(pattern, match["word"], re.IGNORECASE))
    number, year = int(match["number"]), match["year"]
    full = (2500 + int(year) if len(year.strip()) == 2 else int(year)) if year else None
    name = f"{word} ครั้งที่ {number}" + (f"/{full}" if full else "")
    return Edition(" ".join(text.split()), name, word, full * 100 + number if full else number)


def find_years(text: str) -> tuple[int, int] | None:
    """First and last year of a plan as its title states them; the year of an edition is not one of them."""
    bare = _EDITION.sub(" ", normalize(text.replace("_", " ")))
    if match := _RANGE.search(bare):
        first, last = int(match[1]), int(match[2])
        return (first, last) if 0 <= last - first <= 30 else None
    singles = {int(year) for year in _SINGLE.findall(bare)}
    return (min(singles), max(singles)) if len(singles) == 1 else None


def read_title(text: str) -> Title:
    """Kind, stage, years and edition of a plan from the words of its title or file name."""
    bare = normalize(text)
    stage = next((stage for stage, pattern in _STAGES if pattern.search(bare)), None)
    return Title(find_kind_in(bare), stage, find_years(text), find_edition(text))


def find_kind_in(text: str) -> str | None:
    """The plan kind whose name stands in a text, the longest name first; None where none does."""
    bare = normalize(text).replace(" ", "")
    return next((code for name, code in _kind_names() if name in bare), None)


@cache
def _kind_names() -> tuple[tuple[str, str], ...]:
    """Every name of every plan kind, longest first, so that แผนความต้องการระดับอำเภอ is not read as a shorter one."""
    names: dict[str, str] = {}
    for kind in plan_kinds():
        if kind.group == "plan":
            for name in (kind.thai, *kind.aliases, *kind.names_2569):
                whole = re.sub(r"\(.*?\)", "", name)
                for part in whole.split("/") if "/" in whole else [whole]:
                    names.setdefault(normalize(part).replace(" ", ""), kind.id)
    return tuple(sorted(((n, k) for n, k in names.items() if len(n) > 6), key=lambda pair: (-len(pair[0]), pair[0])))

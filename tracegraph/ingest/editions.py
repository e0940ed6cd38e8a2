"""What the title of a plan says: its kind, stage, years and edition (แก้ไข เปลี่ยนแปลง เพิ่มเติม ทบทวน)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tracegraph.model.graph import Stage
from tracegraph.model.process import plan_kinds
from tracegraph.thai.normalize import normalize, normalize_with_offsets

_WORDS = {
    "เพิ่มเติม": "เพิ่มเติม|supplement(?:ary)?|addition",
    "เปลี่ยนแปลง": "เปลี่ยนแปลง|เปลียนแปลง|เปลี่ยนเเปลง|amend(?:ment|ed)?|change[ds]?",
    "แก้ไข": "แก้ไข|แก้ใข|แก่ไข|correct(?:ion|ed)?",
    "ทบทวน": "ทบทวน|review(?:ed)?|revis(?:ion|ed)",
}
#: Kinds of edition in the order in which they can touch one row: reviewed with the book, added, changed, corrected.
KINDS = ("ทบทวน", "เพิ่มเติม", "เปลี่ยนแปลง", "แก้ไข")
_TIMES = r"(?:ครั้งที่|ครังที่|ฉบับที่|ครั้ง|ฉบับ|no\.?)"
_YEAR_WORD = r"(?:ประจำปี(?:งบประมาณ)?|ปีงบประมาณ|ประจำ|ปี)?\s*(?:พ\.?\s?ศ\.?|ปี)?"
#: Between the words of an edition; bounded, for a row of thousands of dashes would be tried at every place.
_OPEN, _GAP, _SLASH = r"[\s_(-]{0,6}", r"[\s_-]{0,6}", r"[\s_/-]{0,6}"
_EDITION = re.compile(
    "(?:(?P<word>" + "|".join(_WORDS.values()) + rf"){_OPEN}(?P<times>{_TIMES})?"
    rf"|(?P<short>เปลี่ยน){_OPEN}(?P<short_times>{_TIMES})?){_GAP}(?P<number>\d{{1,2}})(?!\d)(?!\.\d)"
    rf"(?:{_SLASH}{_YEAR_WORD}{_SLASH}"
    r"(?P<year>2[45]\d\d(?!\s*(?:-|ถึง)\s*2[45]\d\d)(?!\d)|(?<=/)\s?\d\d(?!\s*[/\d])))?",
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

    @property
    def year(self) -> int | None:
        """Buddhist-era year, None where the words state none."""
        return self.order // 100 or None

    @property
    def number(self) -> int:
        """The number within the year and kind, 0 for the book itself."""
        return self.order % 100

    @property
    def short(self) -> str:
        """``แก้ไข 2/2568``, the number alone where no year is stated, '' for the book itself."""
        return f"{self.word} {self.number}" + (f"/{self.year}" if self.year else "") if self.word else ""

    @property
    def rank(self) -> tuple[int, int]:
        """Sort key among editions of one plan: ``order``, and at the same year and number the place in ``KINDS``.

        Each kind counts for itself within a year, so equal numbers do not say which came first. A row is added
        before it is changed, and what was changed is corrected.
        """
        return self.order, KINDS.index(self.word) if self.word in KINDS else 0


@dataclass(frozen=True, slots=True)
class Title:
    """What the words of a title say; None where they do not."""

    kind: str | None = None
    stage: Stage | None = None
    years: tuple[int, int] | None = None
    edition: Edition | None = None
    printed: bool = False  # the edition stands above the headings, not only in the file's name


def find_edition(text: str) -> Edition | None:
    """The first edition that a text names, or None; ``Edition.text`` is the whole text."""
    match = next(_iter_editions(normalize(text.replace("_", " "))), None)
    return None if match is None else _read_edition(match, text)


def find_editions(text: str) -> tuple[Edition, ...]:
    """Every edition that a text names, in its order; ``Edition.text`` is the words of each as typed.

    A number counts only with ครั้งที่ or a year before or after it: ``แก้ไข 3 จุด`` names no edition.
    """
    bare, starts = normalize_with_offsets(text.replace("_", " "))
    found: dict[str, Edition] = {}
    for match in _iter_editions(bare):
        if match["times"] or match["short_times"] or match["year"]:
            edition = _read_edition(match, text[starts[match.start()] : starts[match.end()]])
            found.setdefault(edition.key, edition)
    return tuple(found.values())


def split_editions(text: str) -> tuple[tuple[Edition, ...], str]:
    """``find_editions`` and the comparison form of the text's lines, a line break in place of each edition's words."""
    bare = "\n".join(normalize(line) for line in text.replace("_", " ").splitlines())

    def cut(match: re.Match[str]) -> str:
        return "\n" if match["times"] or match["short_times"] or match["year"] else match[0]

    return find_editions(text), _EDITION.sub(cut, bare)


def _iter_editions(bare: str) -> Iterator[re.Match[str]]:
    """Matches that state an edition; the short word เปลี่ยน is common and needs ครั้งที่ or a year."""
    for match in _EDITION.finditer(bare):
        if match["word"] or match["short_times"] or match["year"]:
            yield match


def _read_edition(match: re.Match[str], words: str) -> Edition:
    said = match["word"] or "เปลี่ยนแปลง"
    word = next(w for w, pattern in _WORDS.items() if re.fullmatch(pattern, said, re.IGNORECASE))
    number, year = int(match["number"]), match["year"]
    full = (2500 + int(year) if len(year.strip()) == 2 else int(year)) if year else None
    name = f"{word} ครั้งที่ {number}" + (f"/{full}" if full else "")
    return Edition(" ".join(words.split()), name, word, full * 100 + number if full else number)


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

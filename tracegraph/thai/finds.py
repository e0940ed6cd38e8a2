"""A normalized text while finders read it: what they found, and the text that nobody has claimed yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

TAKEN = "\0"
"""Stands for each character that a finder has claimed, so that no later finder reads it again."""

_RUN = re.compile(r"[ก-ฮะ-ฺเ-๎a-z]+(?:[.'-](?=[ก-ฮเ-ไa-z])[ก-ฮะ-ฺเ-๎a-z]+)*")
_LENGTH = re.compile(r"\s?(?:\d[\d,]*\s?(?:เมตร|ม\.(?!\s?\d)|กม|กิโล)|\d[\d,]*\.\d|ประมาณ|รวม|เฉลี่ย|ไม่น้อย|ไม่เกิน|ตลอด)")
_NAMES_WITH = ("ใจ", "สุข", "มิตร", "พงษ์", "จิต", "พันธ์")  # ซอยพร้อมใจ is a name, ซอยสุขใจพร้อมวางท่อ is not
_MEASURED = ("ยาว", "กว้าง")
_LAST_PART = ("จาก", "ฝาย", "ราง", "นาง", "จังหวัด", "ช่วง")  # บ้านบางจาก, บ้านนาฝาย: at the end of a name they belong to it
_DIRECTIONS = frozenset(("ใน", "นอก", "เหนือ", "ใต้", "ตก", "ออก", "กลาง", "ใหม่", "เก่า", "น้อย", "ใหญ่", "พัฒนา", "สามัคคี"))
_TO = ("ถึง", "ไป", "จรด")
_THAI = frozenset(chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F)))
_BY_START = itemgetter(0)
Ends = Mapping[str, tuple[str, ...]]
"""Words by their last letter (``group_ends``)."""


class Reading:
    """A normalized text being read.

    ``rest`` is the text with claimed characters replaced by TAKEN, so places in it are places in the text;
    ``values`` holds for each field what was found with its start, ``spans`` every found range.
    """

    __slots__ = ("has_digit", "rest", "spans", "values")

    def __init__(self, text: str) -> None:
        self.rest = text
        self.values: dict[str, list[tuple[int, Any]]] = {}
        self.spans: list[tuple[str, int, int]] = []
        self.has_digit = _DIGIT.search(text) is not None

    def claim(self, field: str, value: object, start: int, end: int) -> None:
        """Record a value and blank its range."""
        if field in self.values:
            self.values[field].append((start, value))
        else:
            self.values[field] = [(start, value)]
        self.spans.append((field, start, end))
        rest = self.rest
        self.rest = f"{rest[:start]}{TAKEN * (end - start)}{rest[end:]}"

    def note(self, field: str, value: object, start: int, end: int) -> None:
        """Record a value; other finders may still read its range."""
        self.values.setdefault(field, []).append((start, value))
        self.spans.append((field, start, end))

    def blank(self, start: int, end: int) -> None:
        """Keep later finders from reading a range."""
        rest = self.rest
        self.rest = f"{rest[:start]}{TAKEN * (end - start)}{rest[end:]}"

    def found(self, field: str) -> list[Any]:
        """The values of a field in the order of the text."""
        values = self.values.get(field, [])
        if len(values) > 1:
            values = sorted(values, key=_BY_START)
        return [value for _, value in values]


_DIGIT = re.compile("[0-9]")


def is_thai(letter: str) -> bool:
    """Whether a character is a Thai letter, vowel or mark ('' is not)."""
    return letter in _THAI


def starts_word(text: str, at: int) -> bool:
    """Whether no Thai letter or dot stands before ``at``: an abbreviation there is not the end of another."""
    return at == 0 or not (text[at - 1] in _THAI or text[at - 1] == ".")


def read_run(text: str, at: int, stop: re.Pattern[str]) -> str:
    """The letters from ``at`` on (dots, dashes and apostrophes between letters too), up to the first stop word."""
    m = _RUN.match(text, at)
    if m is None:
        return ""
    run = m[0]
    for cut in stop.finditer(run):
        if cut[0] == "พร้อม" and text.startswith(_NAMES_WITH, at + cut.end()):
            continue
        if cut[0] in _LAST_PART and _is_last_part(text, run, cut, at):
            continue
        if cut[0] == "ทิศ" and run.endswith("อุ", 0, cut.start()):  # ซอยสุขอุทิศ is a name, ซอยสุขทิศเหนือ is not
            continue
        if cut[0] not in _MEASURED or _LENGTH.match(text, at + cut.end()):  # บ้านทุ่งยาว is a name, ทุ่งยาว 200 เมตร is not
            return run[: cut.start()].rstrip(".-'")
    return run


def _is_last_part(text: str, run: str, cut: re.Match[str], at: int) -> bool:
    """Whether a stop word ends a name: บ้านคลองจาก and บ้านบางจากใน are names, บ้านไร่จากวัดถึงคลอง is not."""
    after = run[cut.end() :]
    if cut.start() < 2 or (after and after not in _DIRECTIONS):
        return after.startswith("ค์")  # ปรางค์ has no ราง
    rest = text[at + len(run) :].lstrip()  # from one place to another: บ้านไร่จาก กม.0 ถึง กม.1
    return cut[0] != "จาก" or rest.startswith(_TO) or not any(word in rest for word in _TO)


def has_any(text: str, signs: tuple[str, ...]) -> bool:
    """Whether one of ``signs`` stands in ``text``: ten look-ups cost less than one pattern's scan."""
    for sign in signs:  # noqa: SIM110  (any() over a generator takes twice as long)
        if sign in text:
            return True
    return False


def skip_space(text: str, at: int) -> int:
    """``at``, or one further where a space stands there."""
    return at + 1 if text.startswith(" ", at) else at


def skip_space_left(text: str, at: int) -> int:
    """``at``, or one less where a space stands before it."""
    return at - 1 if at and text[at - 1] == " " else at


def extend_left(text: str, start: int, ends: Ends) -> int:
    """Where a run of the words of ``ends`` (spaces between them allowed) that ends at ``start`` begins."""
    while True:
        end = start - 1 if start and text[start - 1] == " " else start
        word = last_word(text, end, ends)
        if not word:
            return start
        start = end - len(word)


def last_word(text: str, end: int, ends: Ends) -> str:
    """The longest word of ``ends`` that stands just before ``end``; '' where none does."""
    for word in ends.get(text[end - 1 : end], ()):
        if text.endswith(word, 0, end):
            return word
    return ""


def group_ends(*words: str) -> Ends:
    """Words by their last letter, the longest first: most texts are told apart by that letter."""
    ends: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        ends.setdefault(word[-1], []).append(word)
    return {letter: tuple(found) for letter, found in ends.items()}

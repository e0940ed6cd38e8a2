"""Lines of text from the letters of a PDF page. A page has no words or lines, only letters with their places.

Thai marks are kept with the letter they were drawn after: their own place is of no use, since fonts draw them
raised, shifted to the left or without width. Distances are in points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from tracegraph.thai.broken_words import first_word
from tracegraph.thai.lost_letters import LOST, LOST_MARK

#: What a letter is called whose font does not say what it is.
NAMELESS = frozenset(map(chr, (*range(0x20), 0x7F, 0xFFFD, 0xFFFE, 0xFFFF))) - {"\t", "\n", "\r"}
_SAME_LINE = 0.45  # of the letters' size: baselines nearer than this are one line
_GAP = 0.28  # of the size: a wider gap between letters is a space
_THIN = 0.08  # of the size: a drawn space narrower than this is there for the program, not for the reader
_COLUMN_GAP = 1.2  # of the size: a wider gap parts columns
_ENTRY = re.compile(r"^\s*(?:[-–•*]|\(?[\d๐-๙]{1,2}(?:\.[\d๐-๙]{1,2})*[.)](?![\d๐-๙])|\(?[ก-ฮ][.)])\s*\D")
_OFFICE = re.compile(r"^(?:กอง|สำนัก|ฝ่าย|ส่วน|ศูนย์|งาน)")
_MONEY = re.compile(r"[\d๐-๙.,\s]+")


@dataclass(slots=True)
class Letter:
    """One letter with the marks on it."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a line that stands apart from the next by a gap as between columns."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """Letters on one baseline. ``spaced`` tells that it ended in a space before the line was broken."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    chunks: tuple[Chunk, ...] = ()
    spaced: bool = False


@dataclass(slots=True)
class _Gathered:
    letters: list[Letter] = field(default_factory=list)
    loose: list[Letter] = field(default_factory=list)


def read_letters(chars: Iterable[Mapping[str, Any]]) -> list[Letter]:
    """The letters of a page in the order they were drawn, each with its marks; letters drawn twice count once."""
    found = _Gathered()
    for char in chars:
        letter = _letter(char)
        if not _is_mark(letter.text):
            if not (found.letters and _is_repeat(letter, found.letters[-1])):
                found.letters.append(letter)
        elif found.letters and _belongs(letter, found.letters[-1]):
            found.letters[-1].text += letter.text
        else:
            found.loose.append(letter)
    for mark in found.loose:
        near = [letter for letter in found.letters if abs(letter.base - mark.base) < 0.8 * mark.size]
        if near:
            closest = min(near, key=lambda letter: abs(letter.x1 - mark.x1))
            closest.text += mark.text
    return found.letters


def _letter(char: Mapping[str, Any]) -> Letter:
    x0, x1 = float(char["x0"]), float(char["x1"])
    size = max(1.0, min(float(char["size"]), 200.0))
    base = float(char["matrix"][5]) if char.get("upright", True) else -float(char["bottom"])
    text = str(char["text"])
    if text in NAMELESS:  # one without width is a mark
        text = LOST_MARK if abs(x1 - x0) < _THIN * size else LOST
    return Letter(text, min(x0, x1), max(x0, x1), base, size, float(char["top"]), float(char["bottom"]))


def _is_mark(text: str) -> bool:
    """Whether this stands above or below a letter; two of the private glyphs are letters (ฐ and ญ without a tail)."""
    if len(text) != 1:
        return False
    private = "\uf700" < text <= "\uf71a" and text != "\uf70f"
    return private or text == LOST_MARK or unicodedata.category(text) == "Mn"


def _belongs(mark: Letter, letter: Letter) -> bool:
    near = letter.x0 - mark.size <= mark.x0 <= letter.x1 + 0.7 * mark.size
    return near and abs(mark.base - letter.base) < 0.9 * mark.size


def _is_repeat(letter: Letter, last: Letter) -> bool:
    same = letter.text == last.text[: len(letter.text)] and letter.text.strip() != ""
    return same and abs(letter.x0 - last.x0) < 0.25 * letter.size and abs(letter.base - last.base) < 0.1 * letter.size


def build_lines(letters: Sequence[Letter]) -> list[Line]:
    """Lines from top to bottom; empty ones are left out."""
    groups: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda letter: -letter.base):
        last = groups[-1] if groups else None
        if last and abs(last[0].base - letter.base) <= _SAME_LINE * max(last[0].size, letter.size):
            last.append(letter)
        else:
            groups.append([letter])
    order = {id(letter): at for at, letter in enumerate(letters)}
    lines = [_line(sorted(group, key=lambda letter: order[id(letter)])) for group in groups]
    return [line for line in lines if line is not None]


def _line(letters: list[Letter]) -> Line | None:
    if any(after.x0 < before.x0 - 0.5 * before.size for before, after in pairwise(letters)):
        letters = sorted(letters, key=lambda letter: letter.x0)
    shown = [letter for letter in letters if letter.text.strip()]
    if not shown:
        return None
    size = median(letter.size for letter in shown)
    gaps = [after.x0 - before.x1 for before, after in pairwise(shown)]
    usual = median(gaps) if gaps else 0.0
    widest = max(_GAP * size, 2.2 * usual)  # letters of a stretched line stand apart without being words
    chunks: list[list[str]] = [[shown[0].text]]
    ends = [[shown[0].x0, shown[0].x1]]
    spaces = _explicit_spaces(letters)
    for at, (letter, gap) in enumerate(zip(shown[1:], gaps, strict=True), start=1):
        if gap > max(_COLUMN_GAP * size, widest):
            chunks.append([letter.text])
            ends.append([letter.x0, letter.x1])
            continue
        chunks[-1].append(f" {letter.text}" if gap > widest or at in spaces else letter.text)
        ends[-1][1] = max(ends[-1][1], letter.x1)
    parts = tuple(Chunk("".join(texts), x0, x1) for texts, (x0, x1) in zip(chunks, ends, strict=True))
    return Line(
        text=" ".join(part.text for part in parts),
        x0=parts[0].x0,
        x1=max(part.x1 for part in parts),
        top=min(letter.top for letter in shown),
        bottom=max(letter.bottom for letter in shown),
        size=size,
        chunks=parts,
        spaced=not letters[-1].text.strip(),
    )


def _explicit_spaces(letters: Sequence[Letter]) -> set[int]:
    """Before which of the letters that show something a space was drawn."""
    found: set[int] = set()
    count = 0
    for letter in letters:
        if letter.text.strip():
            count += 1
        elif count and letter.x1 - letter.x0 > _THIN * letter.size:
            found.add(count)
    return found


def join_lines(lines: Sequence[Line], width: float) -> str:
    """The text of a cell ``width`` wide: lines that were only broken for want of room are joined again.

    A line break stays where the next word would have had room, and before an entry of a list.
    """
    if not lines:
        return ""
    if all(_MONEY.fullmatch(line.text) for line in lines) and _is_cut_number(lines):
        return "".join(line.text for line in lines)
    text = lines[0].text
    for before, line in pairwise(lines):
        text += _joint(before, line, width) + line.text
    return text


def _is_cut_number(lines: Sequence[Line]) -> bool:
    """Whether the lines are one figure that the cell was too narrow for ("1,500," and "000")."""
    whole = "".join(line.text.strip() for line in lines)
    return re.fullmatch(r"[\d๐-๙]{1,3}(?:,[\d๐-๙]{3})+(?:\.[\d๐-๙]{1,2})?", whole) is not None and any(
        re.fullmatch(r"[\d๐-๙]{1,3}(?:,[\d๐-๙]{3})*(?:\.[\d๐-๙]{2})?", line.text.strip()) is None for line in lines[:-1]
    )


def _joint(before: Line, line: Line, width: float) -> str:
    if _ENTRY.match(line.text) or (_OFFICE.match(line.text) and _OFFICE.match(before.text)):
        return "\n"
    word = first_word(line.text)
    letters = max(1, sum(not _is_mark(char) for char in line.text))
    needed = sum(not _is_mark(char) for char in word) * (line.x1 - line.x0) / letters
    if width - (before.x1 - before.x0) > needed + 0.6 * line.size:
        return "\n"
    thai = "\u0e01" <= before.text[-1] <= "\u0e4e" and "\u0e01" <= line.text[0] <= "\u0e4e"
    return " " if before.spaced or not thai else ""

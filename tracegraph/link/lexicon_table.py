"""The rows of the lexicon: the table of the package and an office's own on top of it, every cell of which is checked.

An office's table (``HOME/lexicon.csv`` or ``--lexicon FILE``) has the columns of the package's. A row with the id of a
known work or problem adds words and answers to it; a new id adds a concept. Every row keeps where it stands
(``lexicon.csv:3``), so that evidence can name it. See docs/lexicon.md.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from tracegraph.errors import InputError
from tracegraph.link.lexicon_words import plain

COLUMNS = ("kind", "id", "programme", "broader", "reach", "th", "en", "phrases", "answers")
SHIPPED = "problem_solution.csv"
#: What an office calls its own table in the data folder.
OWN = "lexicon.csv"

_REQUIRED = ("kind", "id", "phrases")
_REACH = {"work": ("spot", "area"), "problem": ("", "context")}
_ID = re.compile(r"[a-z0-9][a-z0-9_]*")
_PROGRAMME = re.compile(r"\d{5}")
#: A phrase of one letter would be found in every text.
_SHORTEST = 2
_MOST_BYTES, _MOST_ROWS = 5_000_000, 20_000
_TOLD = 10


@dataclass(frozen=True, slots=True)
class LexiconRow:
    """One row as it stands in its table; ``source`` is ``file:row`` with the heading in row 1."""

    source: str
    kind: str
    id: str
    programme: str
    broader: str
    reach: str
    th: str
    en: str
    phrases: str
    answers: str


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One cell that cannot be taken: where it stands, what is there and what should be."""

    row: int
    column: str
    found: str
    th: str
    en: str


def read_shipped() -> list[LexiconRow]:
    """The table of the package."""
    text = files("tracegraph.link").joinpath(f"data/{SHIPPED}").read_text(encoding="utf-8")
    return [_build_row(SHIPPED, number, cells) for number, cells in _iter_cells(text)]


def read_own(path: Path, shipped: Sequence[LexiconRow]) -> list[LexiconRow]:
    """An office's table; InputError where it cannot be read, or that names each wrong cell, found and expected."""
    text = _read_text(path)
    headings = [heading.strip().lower() for heading in next(csv.reader(io.StringIO(text, newline="")), [])]
    missing = [column for column in _REQUIRED if column not in headings]
    unknown = [heading for heading in headings if heading and heading not in COLUMNS]
    if missing or unknown:
        raise _refuse(
            path,
            [
                *(CellProblem(1, c, "-", "ต้องมีหัวคอลัมน์นี้", "this column must be there") for c in missing),
                *(CellProblem(1, c, c, f"หัวคอลัมน์ที่รู้จัก: {', '.join(COLUMNS)}", "an unknown heading") for c in unknown),
            ],
        )
    read = list(_iter_cells(text))
    if len(read) > _MOST_ROWS:
        raise _refuse(
            path, [CellProblem(_MOST_ROWS + 1, "", "", f"ไม่เกิน {_MOST_ROWS:,} แถว", f"at most {_MOST_ROWS:,} rows")]
        )
    rows = [_build_row(path.name, number, cells) for number, cells in read]
    problems = list(_iter_problems(rows, read, shipped))
    if problems:
        raise _refuse(path, problems)
    known = {row.id: row for row in shipped}
    return [replace(row, reach=known[row.id].reach) if row.id in known and not row.reach else row for row in rows]


def read_answers(cell: str) -> tuple[tuple[str, float], ...]:
    """``work:strength`` divided by ``|``; ValueError where a strength is no number."""
    pairs = (part.rpartition(":") for part in cell.split("|") if part.strip())
    return tuple((work.strip(), float(strength)) for work, _, strength in pairs)


def _read_text(path: Path) -> str:
    hint_th = "บันทึกจาก Excel เป็นชนิด CSV UTF-8 แล้วลองใหม่"
    hint_en = "save it as CSV UTF-8 and try again"
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(
                f"พจนานุกรม {path.name} ใหญ่เกิน {_MOST_BYTES:,} ไบต์",
                f"lexicon {path.name} is larger than {_MOST_BYTES:,} bytes",
            )
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"อ่านพจนานุกรม {path.name} ไม่ได้: {error}",
            f"cannot read lexicon {path.name}: {error}",
            hint_th=hint_th,
            hint_en=hint_en,
        ) from error


def _iter_cells(text: str) -> Iterator[tuple[int, Mapping[str | None, object]]]:
    """Row number and cells by heading; rows without anything are passed over."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    reader.fieldnames = [heading.strip().lower() for heading in reader.fieldnames or ()]
    for number, cells in enumerate(reader, start=2):
        if any(isinstance(cell, str) and cell.strip() for cell in cells.values()):
            yield number, cells


def _build_row(name: str, number: int, cells: Mapping[str | None, object]) -> LexiconRow:
    values = {column: str(cells.get(column) or "").strip() for column in COLUMNS}
    return LexiconRow(source=f"{name}:{number}", **values)


def _iter_problems(
    rows: Sequence[LexiconRow],
    read: Sequence[tuple[int, Mapping[str | None, object]]],
    shipped: Sequence[LexiconRow],
) -> Iterator[CellProblem]:
    known = {row.id: row for row in (*rows, *shipped)}
    for row, (number, cells) in zip(rows, read, strict=True):
        if None in cells:
            yield CellProblem(
                number, "", str(cells[None])[:40], f"ไม่เกิน {len(COLUMNS)} ช่อง", "more cells than headings"
            )
        for column, found, th, en in (*_check_concept(row, known), *_check_words(row), *_check_answers(row, known)):
            yield CellProblem(number, column, found, th, en)


_Check = tuple[str, str, str, str]


def _check_concept(row: LexiconRow, known: Mapping[str, LexiconRow]) -> Iterator[_Check]:
    if row.kind not in ("work", "problem"):
        yield "kind", row.kind, "work หรือ problem", "work or problem"
        return
    if not _ID.fullmatch(row.id):
        yield "id", row.id, "อักษร a–z ตัวเลข และ _", "letters a–z, digits and _"
    elif known[row.id].kind != row.kind:
        yield "id", row.id, f"รหัสนี้เป็น {known[row.id].kind} อยู่แล้ว", f"this id is a {known[row.id].kind} already"
    if row.programme and not _PROGRAMME.fullmatch(row.programme):
        yield "programme", row.programme, "รหัสแผนงานห้าหลัก เช่น 00310", "the five digits of a budget programme"
    if row.reach and row.reach not in _REACH[row.kind]:
        yield "reach", row.reach, " / ".join(filter(None, _REACH[row.kind])), "one of these"
    if row.broader:
        above = known.get(row.broader)
        if above is None or above.kind != "work":
            yield "broader", row.broader, "รหัสงาน (work) ที่มีอยู่", "the id of a work that is there"
        elif above.broader or row.broader == row.id:
            yield "broader", row.broader, "งานชั้นบนสุด (มีได้สองชั้น)", "a work that has none above it: two levels only"


def _check_words(row: LexiconRow) -> Iterator[_Check]:
    if not row.phrases:
        yield "phrases", "", "คำอย่างน้อยหนึ่งคำ คั่นด้วย |", "at least one word; alternatives divided by |"
    for alternative in filter(None, row.phrases.split("|")):
        words = [word for word in alternative.split() if not word.startswith("-")]
        if not words or any(len(plain(word)) < _SHORTEST for word in words):
            yield (
                "phrases",
                alternative.strip(),
                "คำที่ต้องพบ ยาวอย่างน้อยสองอักษร",
                "a word to be found, of two letters or more",
            )


def _check_answers(row: LexiconRow, known: Mapping[str, LexiconRow]) -> Iterator[_Check]:
    for part in filter(str.strip, row.answers.split("|")):
        work, _, strength = part.rpartition(":")
        target = known.get(work.strip())
        if target is None or target.kind != "work":
            yield "answers", part.strip(), "รหัสงาน:น้ำหนัก เช่น drain:0.9", "work:strength with a work that is there"
            continue
        try:
            value = float(strength)
        except ValueError:
            value = 0.0
        if not 0 < value <= 1:
            yield "answers", part.strip(), "น้ำหนักมากกว่า 0 ไม่เกิน 1", "a strength above 0 and up to 1"


def _refuse(path: Path, problems: Sequence[CellProblem]) -> InputError:
    """One error that names every cell (the first ten), so that a table is mended in one go."""
    th = [_say(p, "แถว", "คอลัมน์", "พบ", "ต้องเป็น", p.th) for p in problems[:_TOLD]]
    en = [_say(p, "row", "column", "found", "expected", p.en) for p in problems[:_TOLD]]
    more = f" … (+{len(problems) - _TOLD:,})" if len(problems) > _TOLD else ""
    return InputError(
        f"พจนานุกรม {path.name}: {'; '.join(th)}{more}",
        f"lexicon {path.name}: {'; '.join(en)}{more}",
        hint_th=f"คอลัมน์: {', '.join(COLUMNS)} ดู docs/lexicon.md",
        hint_en=f"columns: {', '.join(COLUMNS)}; see docs/lexicon.md",
    )


def _say(problem: CellProblem, row: str, column: str, found: str, expected: str, what: str) -> str:
    where = f"{row} {problem.row}" + (f" {column} {problem.column}" if problem.column else "")
    return f"{where}: {found} {problem.found[:60]!r} {expected} {what}"

"""Project briefs (แบบ จ.1-1): one project told in lines of หัวข้อ and รายละเอียด, read as a row of a table.

Source: domain notes on provincial forms (แบบ จ.1-1, Project Brief): หัวข้อ 1 ชื่อโครงการสำคัญ … 11 ผลลัพธ์.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracegraph.ingest.tables import Row, Table
from tracegraph.thai.normalize import normalize

_HEAD = r"^(?:\(?\d{1,2}[.)]?\)?\s*)?"
#: A label of the form → the heading of the column that it becomes, in the form's order.
_LABELS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_HEAD + words, re.IGNORECASE), heading)
    for words, heading in (
        (r"ประเด็นการพัฒนา(?:จังหวัด|ของจังหวัด)(?!\S*ตัวชี้วัด)", "ประเด็นการพัฒนาจังหวัด"),
        (r"แนวทางการพัฒนา", "แนวทางการพัฒนา"),
        (r"แผนงานหลัก", "แผนงานหลัก"),
        (r"แผนงาน(?!/)", "แผนงาน"),
        (r"ตัวชี้วัด\S*ประเด็น", "ตัวชี้วัดของประเด็นการพัฒนา"),
        (r"ชื่อโครงการ(?:สำคัญ)?", "ชื่อโครงการสำคัญ"),
        (r"หลักการและเหตุผล|ความสำคัญของโครงการ", "หลักการและเหตุผล"),
        (r"วัตถุประสงค์(?:ของโครงการ)?", "วัตถุประสงค์"),
        (r"ตัวชี้วัดและค่าเป้าหมาย(?!\S*ประเด็น)|ตัวชี้วัด(?:ความสำเร็จ)?(?!\S*ประเด็น)", "ตัวชี้วัด"),
        (r"พื้นที่(?:เป้าหมาย|ดำเนินการ)", "พื้นที่เป้าหมาย"),
        (r"ขอบเขตของกิจกรรม|กิจกรรมหลัก|กิจกรรม", "เป้าหมาย"),
        (r"หน่วยงาน(?:ที่)?(?:ดำเนินการ|ดําเนินการ|รับผิดชอบ)", "หน่วยงานดำเนินการ"),
        (r"ระยะเวลา", "ระยะเวลา"),
        (r"งบประมาณ|วงเงิน", "งบประมาณ"),
        (r"ผลผลิต", "ผลผลิต (Output)"),
        (r"ผลลัพธ์|ผลที่คาดว่าจะได้รับ", "ผลลัพธ์"),
    )
)
_NAME = "ชื่อโครงการสำคัญ"
_ABOVE_NAME = frozenset(heading for _, heading in _LABELS[: [heading for _, heading in _LABELS].index(_NAME)])
_YEAR, _DURATION = "ปีงบประมาณ", "ระยะเวลา"
_ONE_YEAR = re.compile(
    r"ปีงบประมาณ (?:พ\.? ?ศ\.? ?)?(2[45]\d\d)(?! ?[-–] ?2)|กันยายน (?:พ\.? ?ศ\.? ?)?(2[45]\d\d)|ก\.ย\. ?(2[45]\d\d)"
)
_TITLE = re.compile(r"^แบบ ?(?:ฟอร์ม|จ\.?|ก\.?จ)|project brief|^หัวข้อ$", re.IGNORECASE)
_FEWEST = 5  # labels, one below another, that make a sheet a brief
_MOST_CELLS = 4  # of most rows of a brief: number, label, words, money of an activity
_LONGEST_LABEL = 80  # characters before a colon, or of a whole cell


@dataclass(slots=True)
class _Line:
    row: int
    heading: str
    words: list[str]


def read_briefs(table: Table) -> Table | None:
    """The table with one row for each brief below a row of headings; None where it holds no briefs."""
    if sum(1 for row in table.rows if sum(map(bool, row.cells)) > _MOST_CELLS) * 2 > len(table.rows):
        return None
    lines = list(_iter_lines(table.rows))
    if len({line.heading for line in lines}) < _FEWEST or _NAME not in {line.heading for line in lines}:
        return None
    briefs = _split(lines)
    used = {line.heading for brief in briefs for line in brief}
    headings = (*(heading for _, heading in _LABELS if heading in used), _YEAR)
    first = min(line.row for brief in briefs for line in brief)
    above = tuple(row for row in table.rows if row.number < first)
    rows = tuple(Row(_row_of(brief), tuple(_words_of(brief, heading) for heading in headings)) for brief in briefs)
    number = max((row.number for row in above), default=0)
    if number + 1 >= rows[0].number:  # the headings need a row of their own above the first brief
        above = tuple(row for row in above if row.number < rows[0].number - 1)
        number = rows[0].number - 2
    return replace(table, rows=(*above, Row(number + 1, headings), *rows), merged={})


def _iter_lines(rows: Sequence[Row]) -> Iterator[_Line]:
    """Label by label, each with the words beside it and in the rows below it, until the next label."""
    line: _Line | None = None
    for row in rows:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        found = _read_label(cells)
        if found is not None:
            if line:
                yield line
            line = _Line(row.number, found[0], [*found[1]])
        elif line and any(_TITLE.search(normalize(cell)) for cell in cells[:1]):
            yield line  # the next brief's title is no word of this one
            line = None
        elif line:
            line.words += cells
    if line:
        yield line


def _read_label(cells: Sequence[str]) -> tuple[str, list[str]] | None:
    """The heading for a row that begins with a label, and the words after it."""
    for at, cell in enumerate(cells[:2]):
        label, colon, rest = cell.partition(":")
        if len(label) > _LONGEST_LABEL:
            continue
        bare = normalize(label)
        heading = next((heading for pattern, heading in _LABELS if pattern.match(bare)), None)
        if heading and (colon or len(cells) > at + 1 or len(cell) <= _LONGEST_LABEL):
            return heading, [*([rest.strip()] if rest.strip() else []), *cells[at + 1 :]]
        if not re.fullmatch(r"[\d.() ]+", bare):  # only a running number may stand before the label
            return None
    return None


def _split(lines: Sequence[_Line]) -> list[list[_Line]]:
    """A new brief begins with each name; what stands before the first name belongs to it."""
    briefs: list[list[_Line]] = []
    pending: list[_Line] = []
    for line in lines:
        if line.heading == _NAME:
            briefs.append([*pending, line])
            pending = []
        elif briefs and line.heading not in _ABOVE_NAME:
            briefs[-1].append(line)
        else:
            pending.append(line)
    return briefs


def _row_of(brief: Sequence[_Line]) -> int:
    return next(line.row for line in brief if line.heading == _NAME)


def _words_of(brief: Sequence[_Line], heading: str) -> str:
    if heading == _YEAR:
        return _find_year(_words_of(brief, _DURATION))
    return "\n".join(word for line in brief if line.heading == heading for word in line.words)


def _find_year(duration: str) -> str:
    """The one fiscal year of the work's duration (ปีงบประมาณ 2571, ตุลาคม 2570 – กันยายน 2571); '' where it has more."""
    years = {year for found in _ONE_YEAR.findall(normalize(duration)) for year in found if year}
    return years.pop() if len(years) == 1 else ""

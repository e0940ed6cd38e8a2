"""A strategy list as a table states it, and finding the entry that a label means, by number or by name.

Two shapes are read. A plain list has a row for each entry: ``code,name[,parent][,description]``. A list by levels has a
row for each leaf and a column for each level, as ``strategy,sub_strategy,purpose`` with numbers before the names.
Nothing is dropped silently: what cannot be taken is in ``remarks`` or raises InputError.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import partial_ratio

from tracegraph.errors import InputError
from tracegraph.link.alignment_texts import StrategyRow, clean_name
from tracegraph.thai.normalize import normalize

#: List id of every list that is read from a file.
LIST_ID = "LIST"

#: Headings by what they hold, in lower case.
CODES = ("code", "number", "no", "id", "uid", "รหัส", "เลขที่", "ลำดับ", "ลำดับที่", "ข้อ", "ข้อที่")
NAMES = ("name", "text", "title", "strategy_name", "ชื่อ", "ชื่อยุทธศาสตร์", "ยุทธศาสตร์", "รายการ")
PARENTS = ("parent", "parent_code", "broader", "อยู่ภายใต้", "ภายใต้", "ข้อแม่")
DESCRIPTIONS = ("description", "aliases", "alias", "details", "detail", "keywords", "คำอธิบาย", "รายละเอียด", "ชื่ออื่น")

#: How alike two names must be (0–100) where their numbers are the same.
_ALIKE = 60.0

_NUMBER = re.compile(r"^(?:\D{0,25}ที่)?\s*(\d+(?:\.\d+)*)\.?(?=[\s_.):]|$)")
_GAPS = re.compile(r"[\s.,;:_\-–()\[\]\"'“”/]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a table that its owner should know, in Thai and English."""

    th: str
    en: str


@dataclass(slots=True)
class StrategyList:
    """A list ready for ``build_alignment_corpus``: its rows, the depth of each entry (1 = top), and remarks."""

    rows: list[StrategyRow]
    depth: dict[str, int]
    remarks: list[Remark] = field(default_factory=list)
    parents: dict[str, str | None] = field(default_factory=dict)
    _numbers: dict[str, list[str]] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _written: dict[str, list[str]] = field(default_factory=dict)

    @property
    def levels(self) -> int:
        """How deep the list is."""
        return max(self.depth.values())

    def find_entries(self, label: str) -> list[str]:
        """Uids that a label may mean: one where it is clear, none where the list has no such entry.

        Several where the label contradicts itself: it has the number of one entry and the name of another.
        """
        exact = self._written.get(" ".join(label.split()), [])
        if len(exact) == 1:
            return exact
        number = find_number(label)
        key = "" if number and find_key(label).isdigit() else find_key(label)
        named = self._names.get(key, []) if key else []
        numbered = self._numbers.get(number or normalize(label).strip(), [])
        if named and numbered:
            return [uid for uid in named if uid in numbered] or sorted({*named, *numbered})
        if numbered and number and key:
            return [uid for uid in numbered if self._sounds_like(uid, key)]
        return numbered or named

    def _sounds_like(self, uid: str, key: str) -> bool:
        """Whether a name that the list does not have word for word may be that of an entry: shortened, or misspelt."""
        return any(partial_ratio(key, known) >= _ALIKE for known, uids in self._names.items() if uid in uids)

    def __post_init__(self) -> None:
        """Read the rows once: parents, and the numbers and names by which labels find their entries."""
        self.parents = {row[0]: row[4] for row in self.rows}
        for uid, _, number, text, _, aliases in self.rows:
            self._written.setdefault(" ".join(text.split()), []).append(uid)
            if number:
                self._numbers.setdefault(number, []).append(uid)
            for one in dict.fromkeys(find_key(part) for part in (text, *aliases.split("|")) if part):
                self._names.setdefault(one, []).append(uid)

    def above(self, uid: str, level: int) -> str:
        """The entry of a level at or above an entry; the entry itself where it stands above that level."""
        at = uid
        while self.depth[at] > level:
            at = self.parents[at] or at
        return at

    def at_level(self, level: int) -> list[str]:
        """Uids of the entries of a level, and of leaves that stand above it."""
        above = set(self.parents.values())
        return [uid for uid, deep in self.depth.items() if deep == level or (deep < level and uid not in above)]


def find_number(text: str) -> str:
    """The number before a name (``1.5.2_…``, ``ยุทธศาสตร์ที่ ๒ …``), '' for none."""
    found = _NUMBER.match(normalize(text.replace("_", " ")).strip())
    return found[1] if found else ""


def find_key(text: str) -> str:
    """A name as it is compared: without its number, spaces and marks."""
    return _GAPS.sub("", normalize(clean_name(text)))


def build_list(headings: Sequence[str], rows: Iterable[Mapping[str, str]], name: str) -> StrategyList:
    """The list that a table states, in either shape; ``name`` names the file in messages.

    InputError where it has no entry, no column that can be read, or parents that are unknown or go round.
    """
    table = [{head: (row.get(head) or "").strip() for head in headings} for row in rows]
    table = [row for row in table if any(row.values())]
    code, title = _find_heading(headings, CODES), _find_heading(headings, NAMES)
    if not table:
        raise InputError(
            f"{name}: ไม่มียุทธศาสตร์สักข้อ",
            f"{name}: the list has no entry",
            hint_th="ใช้คอลัมน์ code,name[,parent][,description] หรือคอลัมน์ละระดับ",
            hint_en="use the columns code,name[,parent][,description], or a column for each level",
        )
    if title and (code or len(headings) == 1):
        return _build_plain(table, code, title, headings, name)
    return _build_levels(table, headings, name)


def _find_heading(headings: Sequence[str], known: Sequence[str]) -> str:
    return next((one for wanted in known for one in headings if one.strip().lower() == wanted), "")


def _build_plain(
    table: Sequence[Mapping[str, str]], code: str, title: str, headings: Sequence[str], name: str
) -> StrategyList:
    parent, more = _find_heading(headings, PARENTS), _find_heading(headings, DESCRIPTIONS)
    entries: dict[str, StrategyRow] = {}
    remarks: list[Remark] = []
    for at, row in enumerate(table, start=2):
        number = normalize(row[code]).strip() if code else find_number(row[title])
        text = row[title] or (row[more] if more else "") or number
        key = number or find_key(text)
        above = normalize(row[parent]).strip() if parent else ""
        known = entries.get(key)
        if known is not None:
            if find_key(known[3]) != find_key(text):
                raise InputError(
                    f"{name} แถว {at}: รหัส {number} ซ้ำ ชื่อ “{text[:60]}” กับ “{known[3][:60]}”",
                    f"{name} row {at}: code {number} twice, with the names “{text[:60]}” and “{known[3][:60]}”",
                    hint_th="แต่ละข้อใช้รหัสของตนเอง",
                    hint_en="give each entry a code of its own",
                )
            remarks.append(Remark(f"แถว {at} ซ้ำกับข้อ {number}", f"row {at} repeats entry {number}"))
            continue
        entries[key] = (_uid(key), LIST_ID, number, text, _uid(above) if above else None, row[more] if more else "")
    _check_parents(entries, name)
    if not parent:
        entries = _nest_by_number(entries)
    return StrategyList(list(entries.values()), _find_depths(entries), remarks)


def _nest_by_number(entries: Mapping[str, StrategyRow]) -> dict[str, StrategyRow]:
    """Parents from the numbers (1.5.2 under 1.5) where a list states none."""
    nested: dict[str, StrategyRow] = {}
    for key, row in entries.items():
        above = key.rpartition(".")[0]
        while above and above not in entries:
            above = above.rpartition(".")[0]
        nested[key] = (row[0], row[1], row[2], row[3], _uid(above) if above else None, row[5])
    return nested


def _check_parents(entries: Mapping[str, StrategyRow], name: str) -> None:
    known = {row[0]: row[4] for row in entries.values()}
    for uid, first in known.items():
        seen, above = {uid}, first
        while above is not None:
            if above not in known or above in seen:
                what = (
                    ("วนกลับมาที่ตัวเอง", "goes round in a circle") if above in seen else ("ไม่มีในบัญชี", "is not in the list")
                )
                raise InputError(
                    f"{name}: ข้อ {uid.partition(':')[2]} อยู่ภายใต้ {above.partition(':')[2]} ซึ่ง{what[0]}",
                    f"{name}: entry {uid.partition(':')[2]} stands under {above.partition(':')[2]}, which {what[1]}",
                    hint_th="แก้คอลัมน์ parent ให้เป็นรหัสของข้อที่อยู่เหนือขึ้นไป",
                    hint_en="make the column parent the code of the entry above",
                )
            seen.add(above)
            above = known[above]


def find_level_columns(headings: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Columns of a list by levels, the most general first: fewer different values stand above more."""
    skipped = {*DESCRIPTIONS, *PARENTS, *CODES}
    columns = [one for one in headings if one and one.strip().lower() not in skipped]
    texts = [one for one in columns if any(re.search(r"[^\W\d_]", row.get(one) or "") for row in rows)]
    counts = {
        one: len({find_number(row.get(one) or "") or find_key(row.get(one) or "") for row in rows}) for one in texts
    }
    return sorted(texts, key=lambda one: (counts[one], headings.index(one)))


def _build_levels(table: Sequence[Mapping[str, str]], headings: Sequence[str], name: str) -> StrategyList:
    columns = find_level_columns(headings, table)
    if not columns:
        raise InputError(
            f"{name}: ไม่พบคอลัมน์ชื่อยุทธศาสตร์ (พบ {', '.join(headings) or '-'})",
            f"{name}: no column with names of strategies (found {', '.join(headings) or '-'})",
            hint_th="ใช้คอลัมน์ code,name[,parent][,description] หรือคอลัมน์ละระดับ",
            hint_en="use the columns code,name[,parent][,description], or a column for each level",
        )
    entries: dict[str, StrategyRow] = {}
    names: dict[str, dict[str, str]] = {}
    for path in _list_paths(table, columns):
        above = ""
        for cell, key in path:
            uid = _uid(key)
            names.setdefault(key, {}).setdefault(find_key(cell), " ".join(cell.split()))
            entries.setdefault(key, (uid, LIST_ID, find_number(cell), "", _uid(above) if above else None, ""))
            above = key
    rows = {}
    remarks = []
    for key, row in entries.items():
        first, *others = names[key].values()
        rows[key] = (row[0], row[1], row[2], first, row[4], "|".join(one.replace("|", " ") for one in others))
        if others:
            th, en = f"ข้อ {row[2] or first[:40]} เขียนไว้ {len(others) + 1} แบบ", f"is written in {len(others) + 1} ways"
            remarks.append(Remark(th, f"entry {row[2] or first[:40]} {en}"))
    return StrategyList(list(rows.values()), _find_depths(rows), remarks)


def _list_paths(table: Sequence[Mapping[str, str]], columns: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Cells from the top down with their keys: numbers where they name one entry each, else numbers under numbers."""
    cells = [[row[column] for column in columns if row[column]] for row in table]
    seen: dict[str, set[tuple[str, ...]]] = {}
    for line in cells:
        short = [find_number(cell) or find_key(cell) for cell in line]
        for at, one in enumerate(short):
            seen.setdefault(one, set()).add(tuple(short[:at]))
    clear = all(len(paths) == 1 for paths in seen.values())
    found = []
    for line in cells:
        path, key = [], ""
        for cell in line:
            own = find_number(cell) or find_key(cell)
            key = own if clear else f"{key}/{own}".strip("/")
            path.append((cell, key))
        found.append(path)
    return found


def _find_depths(entries: Mapping[str, StrategyRow]) -> dict[str, int]:
    parents = {row[0]: row[4] for row in entries.values()}
    depths: dict[str, int] = {}
    for uid, parent in parents.items():
        depths[uid] = 1
        above = parent
        while above is not None:
            depths[uid] += 1
            above = parents.get(above)
    return depths


def _uid(key: str) -> str:
    return f"{LIST_ID}:{key}"

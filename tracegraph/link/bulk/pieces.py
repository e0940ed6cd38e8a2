"""Names read by pieces: a name of a plan is put together from parts that other names have too.

"ก่อสร้างถนน คสล. | หมู่ที่ 5 | บ้านหนองบัว | ตำบลท่าช้าง" has four parts, and in a million names most parts repeat. Each
distinct part is read once, by the same ``prepare_item`` that reads whole names, and what the parts say is put together.
Parts are cut only where the reading of one cannot depend on the next; the test compares both readings on real names.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from tracegraph.link.bulk.signatures import WORDS, Bits, build_signatures
from tracegraph.link.same_work.said import read_all_said
from tracegraph.thai.cues import load_cues

#: Where a new part may begin: a space and a word after which a place, a section, a measure or a year is named.
_CUT = re.compile(
    r" (?=หมู่(?:ที่|บ้าน)? ?\d|ม\. ?\d|ตำบล|ต\.|แขวง|อำเภอ|อ\.|จังหวัด|จ\.|บ้าน(?!เลขที่)"
    r"|ซอย|ซ\.|ถนน|ถ\.|สาย(?!ทาง)|ช่วงที่|ระยะที่|กว้าง|ยาว|หนา|ระยะทาง|จำนวน|ประจำ|ปีงบประมาณ|ปี \d|พ\.ศ\.|โดยวิธี|ด้วยวิธี"
    r"|บริเวณ|ในเขต|รหัส|กม\.)"
)
#: Words that tie what stands before them to what follows, however far: from there on only measures, years and the
#: like are cut off.
_TIES = re.compile(r"เชื่อม|ถึง|ไป|จาก|-|ระหว่าง|เข้า|จรด|สู่")
_TAIL = re.compile(
    r"กว้าง ?\d|ยาว ?\d|หนา ?\d|ระยะทาง ?\d|จำนวน ?\d|ประจำ|ปีงบประมาณ|ปี \d|พ\.ศ\.|โดยวิธี|ด้วยวิธี|หมู่(?:ที่)? ?\d|ม\. ?\d"
)
#: A part does not end with these words, for they need the next.
_OPEN = (
    *(
        "และ",
        "กับ",
        "พร้อม",
        "ของ",
        "โดย",
        ",",
        "/",
        "-",
        "+",
        "(",
        "ถึง",
        "ที่",
        "ขนาด",
        "ประจำ",
        "ปีงบประมาณ",
        "บริเวณ",
        "ใน",
        "เขต",
    ),
    *load_cues("landmark"),
    *(
        "งบประมาณ",
        "ส่งเสริมสุขภาพ",
        "ชาวบ้าน",
        "หมู่บ้าน",
        "ภายใน",
        "ข้าง",
        "หน้า",
        "หลัง",
        "เดือน",
        "รวม",
        "เฉลี่ย",
        "ความ",
        "พ.ศ.",
        "ปี",
        "สาย",
        "ถนน",
        "ซอย",
    ),
)
_ROADS = ("ซอย", "ซ.", "ถนน", "ถ.", "สาย", "รหัส")
#: A number that ends a part must be that part's own; any other may belong to the word before it or to the next.
_OWN_NUMBER = re.compile(r"(?:หมู่(?:ที่|บ้าน)?|ม\.|ซอย(?:ที่)?|ซ\.|ช่วงที่|ระยะที่|สาย(?:ที่)?|ปี|พ\.ศ\.|ปีงบประมาณ) ?\d{1,4}\Z")
#: A name of several jobs, or of a purchase for a project, is read whole.
_JOBS = re.compile(r"จัดซื้อ|ก่อสร้าง|ปรับปรุง|ติดตั้ง|ซ่อมแซม|จัดงาน|ป้องกัน")
_FOR_PROJECT = re.compile(r"(?:ใช้|สำหรับ|เพื่อ|ตาม|ใน)(?:การ|จัด|อบรม|ดำเนินงาน|ดำเนินการ|ตาม|ใน)*โครงการ")


def cut_name(text: str) -> list[str]:
    """The parts of a normalized name, in its order; joined by spaces they are the name."""
    places = [found.start() for found in _CUT.finditer(text)]
    if not places or len(_JOBS.findall(text)) > 1 or ("โครงการ" in text[1:] and _FOR_PROJECT.search(text)):
        return [text]
    tie = _TIES.search(text)
    tied = tie.start() if tie else len(text)
    parts: list[str] = []
    start = 0
    for place in places:
        if (place < tied or _TAIL.match(text, place + 1)) and _may_cut(text, start, place):
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return parts


def _may_cut(text: str, start: int, place: int) -> bool:
    before = text[start:place]
    if before[-1:].isdigit() and not _OWN_NUMBER.search(before):
        return False
    if text.startswith(_ROADS, place + 1) and any(word in before for word in _ROADS):
        return False
    return not before.endswith(_OPEN) and before.count("(") == before.count(")")


class Codes:
    """Numbers for values, 0 for the empty one; equal values have equal numbers."""

    __slots__ = ("numbers", "values")

    def __init__(self, empty: Hashable) -> None:
        self.numbers: dict[Hashable, int] = {empty: 0}
        self.values: list[Hashable] = [empty]

    def __len__(self) -> int:
        return len(self.values)

    def code(self, value: Hashable) -> int:
        """The number of a value."""
        number = self.numbers.get(value)
        if number is None:
            number = self.numbers[value] = len(self.values)
            self.values.append(value)
        return number


def take_first(values: Sequence[Hashable]) -> Hashable:
    """What the first piece that says something says."""
    return values[0]


def _union(values: Sequence[frozenset[Hashable]]) -> frozenset[Hashable]:
    return frozenset().union(*values)


def _chain(values: Sequence[tuple[Hashable, ...]]) -> tuple[Hashable, ...]:
    return tuple(dict.fromkeys(value for part in values for value in part))


def _join_sizes(values: Sequence[tuple[tuple[str, frozenset[float]], ...]]) -> tuple[tuple[str, frozenset[float]], ...]:
    joined: dict[str, frozenset[float]] = {}
    for part in values:
        for kind, sizes in part:
            joined[kind] = joined.get(kind, frozenset()) | sizes
    return tuple(sorted(joined.items()))


@dataclass(frozen=True, slots=True)
class PieceField:
    """One field of ``Said`` that pieces add to: its empty value, and how pieces join."""

    name: str
    empty: Hashable
    join: Callable[[Sequence[Any]], Hashable]


_NONE: frozenset[Hashable] = frozenset()

#: Every field that the features read from a name, beside its wordings. The tambon of a record is decided by the names
#: of tambons and districts in all of it (``locating.read_tambon``).
FIELDS: tuple[PieceField, ...] = (
    PieceField("verb", None, take_first),
    PieceField("added_verbs", _NONE, _union),
    PieceField("work_object", None, take_first),
    PieceField("family", None, take_first),
    PieceField("purpose", None, take_first),
    PieceField("furnished", None, take_first),
    PieceField("tambons", (), _chain),
    PieceField("districts", (), _chain),
    PieceField("villages", _NONE, _union),
    PieceField("everywhere", False, take_first),
    PieceField("village_names", (), _chain),
    PieceField("roads", (), _chain),
    PieceField("spots", (), _chain),
    PieceField("bank", None, take_first),
    PieceField("phase", None, take_first),
    PieceField("stations", (), _chain),
    PieceField("sizes", (), _join_sizes),
    PieceField("name_sizes", _NONE, _union),
    PieceField("leftover", _NONE, _union),
    PieceField("ordinals", _NONE, _union),
    PieceField("continued", False, take_first),
    PieceField("unit", None, take_first),
    PieceField("unit_named", False, take_first),
    PieceField("period", None, take_first),
    PieceField("forwarded", None, take_first),
    PieceField("assets", _NONE, _union),
    PieceField("references", _NONE, _union),
)
FIELD_INDEX: dict[str, int] = {found.name: index for index, found in enumerate(FIELDS)}
#: Pieces after which the progress of reading is told; what they say is kept in short form only.
_TOLD = 5_000


@dataclass(slots=True)
class PieceBook:
    """What is known of each distinct piece: its wording and a code for each field."""

    codes: tuple[Codes, ...] = field(default_factory=lambda: tuple(Codes(f.empty) for f in FIELDS))
    numbers: dict[str, int] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    core: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    flat: array[int] = field(default_factory=lambda: array("i"))
    _signatures: Bits = field(default_factory=lambda: np.zeros((0, WORDS), dtype=np.int64))
    _array: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, len(FIELDS)), dtype=np.int32))

    def number(self, piece: str) -> int:
        """The number of a piece; a new one is read by the next ``read``."""
        return self.numbers.setdefault(piece, len(self.numbers))

    def read(self, tell: Callable[[float], None] | None = None) -> None:
        """Read the pieces that are new."""
        new = list(islice(self.numbers, len(self.whole), None))
        for at in range(0, len(new), _TOLD):
            for said in read_all_said(new[at : at + _TOLD]):
                self._add(vars(said))
            if tell:
                tell((at + 1) / len(new))

    def _add(self, stated: Mapping[str, Any]) -> None:
        self.whole.append(stated.get("whole", ""))
        self.core.append(stated.get("core", ""))
        self.unplaced.append(stated.get("unplaced", ""))
        row = [0] * len(FIELDS)
        for name, value in stated.items():
            index = FIELD_INDEX.get(name)
            if index is not None:
                row[index] = self.codes[index].code(tuple(sorted(value.items())) if name == "sizes" else value)
        self.flat.extend(row)

    def rows_array(self) -> npt.NDArray[np.int32]:
        """The codes of all pieces (pieces × fields); grows by the pieces read since the last call."""
        if len(self._array) < len(self.whole):
            self._array = np.array(self.flat, dtype=np.int32).reshape(-1, len(FIELDS))
        return self._array

    def signatures(self) -> Bits:
        """The letter pairs of all pieces' bare names; grows like ``rows_array``."""
        if len(self._signatures) < len(self.whole):
            fresh = build_signatures(self.whole[len(self._signatures) :])
            self._signatures = np.concatenate((self._signatures, fresh))
        return self._signatures

    def wordings(self) -> tuple[tuple[list[str], str], ...]:
        """The wording of all pieces (whole, core, unplaced), each with what stands between the pieces of a name."""
        return (self.whole, ""), (self.core, " "), (self.unplaced, "")

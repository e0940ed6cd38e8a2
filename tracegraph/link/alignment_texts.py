"""What alignment sees of an entry of a strategy list and of a project: texts, words, themes, usual entries."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from tracegraph.link.alignment_themes import Floats, load_themes
from tracegraph.link.lexicon import Concepts, Lexicon
from tracegraph.model.items import Item
from tracegraph.model.strategies import national_strategies
from tracegraph.thai.normalize import normalize
from tracegraph.thai.parse import parse_name
from tracegraph.thai.words import words

#: The lists for which ``data/strategy_priors.csv`` says which entries a kind of work usually serves.
NATIONAL = ("NS", "MP", "M13", "SDG", "BP")

#: One row of StoredItems.strategies: uid, list, number, name, parent, aliases joined by ``|``.
StrategyRow = tuple[str, str, str, str, str | None, str]

_NUMBERING = re.compile(r"^\s*[\d.]+\s*[_.)\s]\s*")
#: Words that every strategy has.
_EMPTY_WORDS = frozenset(
    [
        "ไทย",
        "ประเทศ",
        "ประเทศไทย",
        "พัฒนา",
        "การพัฒนา",
        "ส่งเสริม",
        "ยุทธศาสตร์",
        "ด้าน",
        "ประเด็น",
        "แผนงาน",
        "กลยุทธ์",
        "เป้าประสงค์",
        "สร้าง",
        "เพิ่ม",
        "ยกระดับ",
        "บริหาร",
        "จัดการ",
        "บริหารจัดการ",
        "ประสิทธิภาพ",
    ]
)


#: What stands before the name of a budget line or a contract and says nothing of its subject.
_WRAPPER = re.compile(
    r"^\s*(?:รายการ)?\s*(?:ค่าใช้จ่าย(?:ใน|ตาม|สำหรับ)?)?\s*(?:การ)?(?:ดำเนิน|จัดทำ)?\s*(?:โครงการ)?\s*(?:การ)?(?:จัดกิจกรรม)?\s*"
)

#: Where within a name the budget's own division of work begins, and where what is done begins (again).
_DIVISION = re.compile(r"(?:(?<=\s)|(?<=\()|^)(?=(?:งาน|แผนงาน)[\u0e01-\u0e4e])")
_DEED = re.compile(r"(?:(?<=\s)|^)(?=โครงการ|ค่าใช้จ่าย|รายการค่าใช้จ่าย|ก่อสร้าง|ปรับปรุง|จัดซื้อ|จ้าง)")
#: Share of a division of work that stands within a name.
_DIVISION_SHARE = 0.6

#: Letters of a text that are read: a longer one is a whole document, and its subject stands at its beginning.
_LONGEST = 3000

#: Share of each text of a project, after its name, in what it is about: objective, target, programme, department.
_SHARES = (0.6, 0.6, 0.5, 0.4)

#: How much of their share the texts around a name keep where words are learned.
_CONTEXT_LEARNED = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a list: its own text, the texts above it (nearest first), and what they are about.

    ``themes`` has a place for each theme of ``alignment_themes``; ``above`` are the cleaned names of its parents.
    """

    uid: str
    list_id: str
    number: str
    name: str
    parent: str | None
    leaf: bool
    phrases: tuple[str, ...]
    above: tuple[str, ...]
    concepts: Concepts
    themes: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One project: its texts with their shares, themes and concepts.

    ``phrases`` are the texts without what budgets put before a name.
    """

    item: Item
    texts: tuple[tuple[str, float], ...]
    phrases: tuple[str, ...]
    concepts: Concepts
    themes: Floats
    programme: str


@cache
def usual_entries() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Work or budget programme → list → number → how usual it is that such a project serves the entry, 0–1."""
    text = files("tracegraph.link").joinpath("data/strategy_priors.csv").read_text(encoding="utf-8")
    table: dict[str, dict[str, dict[str, float]]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        key = row.pop("key")
        table[key] = {
            list_id: {number: float(share) for number, _, share in (part.partition(":") for part in cell.split("|"))}
            for list_id, cell in row.items()
            if cell
        }
    return table


def find_usual(subject: Subject, list_id: str, lexicon: Lexicon) -> dict[str, tuple[float, str]]:
    """Number → (how usual, through which work): the works' own rows, else their programme's."""
    table = usual_entries()
    found: dict[str, tuple[float, str]] = {}
    for work, strength in _solid_works(subject.concepts):
        programme = lexicon.works[work].programme
        if list_id == "BP":
            numbers: Mapping[str, float] = {programme: 0.8}
        else:
            numbers = table.get(work, {}).get(list_id) or table.get(programme, {}).get(list_id, {})
        for number, share in numbers.items():
            if share * strength > found.get(number, (0.0, ""))[0]:
                found[number] = (round(share * strength, 4), work)
    if not found and subject.programme and list_id != "BP":
        numbers = table.get(subject.programme, {}).get(list_id, {})
        found = {number: (round(0.7 * share, 4), subject.programme) for number, share in numbers.items()}
    return found


def read_entries(strategies: Iterable[StrategyRow], lexicon: Lexicon) -> dict[str, list[Entry]]:
    """Every entry by list, in the order of their rows sorted; the order of the input does not matter.

    A row that repeats another word for word counts once; a parent that its list does not have is no parent.
    """
    rows = sorted(set(strategies), key=lambda row: tuple(cell or "" for cell in row))
    by_uid = {row[0]: row for row in rows}
    parents = {row[4] for row in by_uid.values() if row[4] and row[4] != row[0]}
    lists: dict[str, list[Entry]] = {}
    for uid in sorted(by_uid):
        row = by_uid[uid]
        lists.setdefault(row[1], []).append(_entry(row, by_uid, uid not in parents, lexicon))
    for entries in lists.values():
        _open_circles(entries)
    return lists


def find_leaves_below(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """For each entry above the leaves the places of its leaves among all leaves; a circle of parents ends."""
    by_uid = {entry.uid: entry for entry in entries}
    below: dict[str, list[int]] = {}
    for at, leaf in enumerate(entry for entry in entries if entry.leaf):
        parent, seen = leaf.parent, {leaf.uid}
        while parent in by_uid and parent not in seen:
            below.setdefault(parent, []).append(at)
            seen.add(parent)
            parent = by_uid[parent].parent
    return below


def _open_circles(entries: list[Entry]) -> None:
    """Entries whose parents go round in a circle have no leaf below them: they stand as leaves themselves."""
    by_uid = {entry.uid: entry for entry in entries}
    reached: set[str] = set()
    for leaf in entries:
        at: Entry | None = leaf if leaf.leaf else None
        while at is not None and at.uid not in reached:
            reached.add(at.uid)
            at = by_uid.get(at.parent or "")
    for place, entry in enumerate(entries):
        if entry.uid not in reached:
            entries[place] = replace(entry, leaf=True, parent=None)


def _entry(row: StrategyRow, by_uid: Mapping[str, StrategyRow], leaf: bool, lexicon: Lexicon) -> Entry:
    uid, list_id, number, name, parent, aliases = row
    own = tuple(dict.fromkeys(filter(None, (clean_name(text) for text in (name, *aliases.split("|"))))))
    above = _above(parent, by_uid)
    texts = [(text, 1.0) for text in own] + [(text, 0.6 if at == 0 else 0.25) for at, text in enumerate(above)]
    return Entry(
        uid=uid,
        list_id=list_id,
        number=number,
        name=name,
        parent=parent,
        leaf=leaf,
        phrases=own,
        above=above,
        concepts=lexicon.find_concepts(" / ".join(own)),
        themes=load_themes().weigh(texts),
    )


def _above(parent: str | None, by_uid: Mapping[str, StrategyRow]) -> tuple[str, ...]:
    names: list[str] = []
    seen: set[str] = set()
    while parent and parent in by_uid and parent not in seen:
        seen.add(parent)
        names.append(clean_name(by_uid[parent][3]))
        parent = by_uid[parent][4]
    return tuple(filter(None, names))


def read_subject(item: Item, lexicon: Lexicon) -> Subject:
    """A project as alignment sees it; depends on nothing but the project."""
    phrase = _without_places(item.text[:_LONGEST])
    concepts = lexicon.find_concepts(phrase)
    more = [text for text in (item.objective, item.target) if text]
    if not concepts.works:
        for text in more:
            works = tuple((work, round(0.8 * how, 4)) for work, how in lexicon.find_concepts(text).works)
            concepts = Concepts(concepts.works or works, concepts.problems)
    context = (item.objective, item.target, item.programme, item.department)
    texts = split_name(phrase)
    texts += [(text[:_LONGEST], share) for text, share in zip(context, _SHARES, strict=True) if text]
    names = (_WRAPPER.sub("", text, count=1) or text for text in (*(text for text, _ in texts), phrase))
    return Subject(
        item=item,
        texts=tuple(texts),
        phrases=tuple(dict.fromkeys(text for text in names if text.strip())),
        concepts=concepts,
        themes=load_themes().weigh(texts),
        programme=find_programme(item.programme),
    )


def split_name(name: str) -> list[tuple[str, float]]:
    """A name's parts with their shares: what is done counts in full, the division of work that a budget adds less.

    Offices join both in one cell (``ค่าใช้จ่ายในการ… งานปกครอง``). A name of divisions only is all there
    is and counts in full.
    """
    starts = {match.start(): 1.0 for match in _DEED.finditer(name)}
    starts.update({match.start(): _DIVISION_SHARE for match in _DIVISION.finditer(name)})
    edges = sorted({0: 1.0, **starts}.items())
    ends = [at for at, _ in edges[1:]] + [len(name)]
    parts = [(name[at:end].strip(" ()"), share) for (at, share), end in zip(edges, ends, strict=True)]
    done = " ".join(part for part, share in parts if share == 1.0 and part)
    divisions = [(part, share) for part, share in parts if share < 1.0 and part]
    return [(done, 1.0), *divisions] if done and divisions else [(name, 1.0)]


def read_tokens(subject: Subject) -> dict[str, float]:
    """The telling words of a project's texts, each with the largest share of a text that has it.

    They are learned from, and there the name counts most: what stands around it is that of many projects.
    """
    tokens: dict[str, float] = {}
    for text, share in subject.texts:
        for word in tokens_of(text):
            tokens[word] = max(tokens.get(word, 0.0), share if share == 1.0 else _CONTEXT_LEARNED * share)
    return tokens


def find_programme(text: str | None) -> str:
    """Code of the local budget programme that a text names by code or name; '' for none."""
    if not text:
        return ""
    bare = _squeeze(text)
    for code, name in _programme_names().items():
        if code in bare or _squeeze(name).removeprefix("แผนงาน").removeprefix("การ") in bare:
            return code
    return ""


@cache
def _programme_names() -> dict[str, str]:
    return {entry.number: entry.name for entry in national_strategies() if entry.list_id == "BP"}


def _squeeze(text: str) -> str:
    return re.sub(r"[\s.]", "", normalize(text))


def _solid_works(concepts: Concepts) -> list[tuple[str, float]]:
    solid = [(work, strength) for work, strength in concepts.works if strength >= 0.75]
    return solid or list(concepts.works)


def _without_places(text: str) -> str:
    parsed = parse_name(text)
    masked = ("villages", "village_names", "tambons", "provinces", "persons", "roads", "road_ends")
    out, last = [], 0
    for start, end in sorted((span.start, span.end) for field_name, span in parsed.spans if field_name in masked):
        out.append(text[last : max(start, last)])
        last = max(last, end)
    return " ".join(" ".join([*out, text[last:]]).split()) or text


def clean_name(name: str) -> str:
    """An entry's name without its number (``1.5.2_ความครอบคลุม…``)."""
    return _NUMBERING.sub("", name.replace("_", " ")).strip()


def tokens_of(text: str) -> Iterable[str]:
    """Telling words of a text, without words that every strategy has."""
    return [word for word in words(text) if len(word) > 1 and not word.isdigit() and word not in _EMPTY_WORDS]

"""Find the entry of a national list that some words name, in any of the spellings met in plan books."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

import yaml

from tracegraph.model.records import StrategyRecord
from tracegraph.model.strategies import national_strategies
from tracegraph.thai.normalize import normalize

CLEAR = 0.85  # a likeness from which words name an entry for sure; two entries of one list stay below 0.6
NOT_THIS = 0.6  # a likeness below which words do not name a given entry
_POSSIBLE = 0.78  # below it words name no entry
_MARGIN = 0.08  # by which the best entry must lie before the next
_SHORTEST = 6  # letters that a part of a name must have
_CUT = 14  # letters from which a name that breaks off still names one entry
_HEAD = re.compile(r"^(?:ยุทธศาสตร์|ด้าน|ประเด็น|การ|หมุดหมาย|เป้าหมาย|แผนแม่บท)+(?=[ก-ฮเ-ไ])")
_DROPPED = re.compile(r"[^ก-๙a-z0-9]+")
_COMPARED = 300  # letters; comparing takes the square of it


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """An entry and how clearly words name it (0–1; 1 where they hold its whole name)."""

    entry: StrategyRecord
    likeness: float


@dataclass(frozen=True, slots=True)
class ChosenEntry:
    """The entry to link (None where there is none), the one of the number, and whether the two are not one."""

    entry: StrategyRecord | None
    by_number: StrategyRecord | None
    disagrees: bool = False


@cache
def entries_of(list_id: str) -> Mapping[str, StrategyRecord]:
    """The entries of a national list by number (without leading zeros); empty for a list that is not shipped."""
    return {entry.number: entry for entry in national_strategies() if entry.list_id == list_id}


def find_named(list_id: str, words: str) -> NamedEntry | None:
    """The entry that words name: wholly, in part, cut short, or misspelt; None where none or several fit."""
    bare = bare_name(words)
    if len(bare) < 4:
        return None
    ranked = sorted(((like(bare, names), number) for number, names in _names(list_id).items()), reverse=True)
    if not ranked or ranked[0][0] < _POSSIBLE:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN:
        return None
    return NamedEntry(entries_of(list_id)[ranked[0][1]], ranked[0][0])


def choose_entry(list_id: str, number: str, name: str) -> ChosenEntry:
    """The entry that a number, a name, or both state ('' where one is missing).

    Where they state two entries, the name holds: it says with forty letters what the number says with one, a slip in a
    number is one key, and books copy numbers of older lists. A name that is not clear leaves the number.
    """
    by_number = entries_of(list_id).get(str(int(number))) if number else None
    named = find_named(list_id, name) if name else None
    if named is None or named.entry is by_number:
        return ChosenEntry(by_number, by_number)
    if not number:
        return ChosenEntry(named.entry, None)
    clear = named.likeness >= CLEAR and (by_number is None or _measure(by_number, name) < NOT_THIS)
    return ChosenEntry(named.entry if clear else by_number, by_number, clear)


def _measure(entry: StrategyRecord, words: str) -> float:
    return like(bare_name(words), _names(entry.list_id)[entry.number])


def bare_name(text: str) -> str:
    """A name as it is compared: no spaces, signs or leading ยุทธศาสตร์, ด้าน, การ."""
    return _HEAD.sub("", _DROPPED.sub("", normalize(text).lower()))[:_COMPARED]


def like(bare: str, names: tuple[str, ...]) -> float:
    """The best likeness of words to one of several names, all in the form of ``bare_name``."""
    return max((_like(bare, name) for name in names), default=0.0)


def _like(bare: str, name: str) -> float:
    if not bare or not name:
        return 0.0
    if bare == name:
        return 1.0
    if len(name) >= _SHORTEST and name in bare:
        return 0.98 if len(name) >= _CUT or bare.startswith(name) else _share(name, bare)
    if len(bare) >= (_SHORTEST if name.startswith(bare) else _CUT) and bare in name:
        return 0.9 if len(bare) >= _CUT and name.startswith(bare) else _share(bare, name)
    whole = _ratio(bare, name)
    if _CUT <= len(bare) < len(name):  # the words may break off: compare with as much of the name
        return max(whole, 0.97 * _ratio(bare, name[: len(bare)]))
    return whole


def _share(part: str, whole: str) -> float:
    return 0.8 + 0.2 * len(part) / len(whole)


def _ratio(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


@cache
def _names(list_id: str) -> Mapping[str, tuple[str, ...]]:
    text = files("tracegraph.ingest").joinpath("data", "entry_names.yaml").read_text(encoding="utf-8")
    more: Mapping[str, Sequence[str]] = yaml.safe_load(text).get(list_id, {})
    return {
        number: tuple(bare_name(name) for name in (entry.name, *entry.aliases, *more.get(number, ())))
        for number, entry in entries_of(list_id).items()
    }

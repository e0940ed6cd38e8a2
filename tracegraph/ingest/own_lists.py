"""Strategies that rows of a plan state for themselves: the owner's own list, as its document writes it.

Nothing is invented: an entry exists because a row names it. Spellings of one number become aliases of the
commonest one.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

from tracegraph.ingest.declared import build_declared_link
from tracegraph.ingest.scope import PlanScope, five_years
from tracegraph.model.records import LinkRecord, Origin, ProjectRecord, StrategyRecord
from tracegraph.thai.normalize import normalize

_STATED = re.compile(
    r"(?:ยุทธศาสตร์|ประเด็น(?:การพัฒนา|ยุทธศาสตร์)?(?:ท้องถิ่น)?)(?:ที่)?\s*(?P<number>\d{1,2})(?![\d.])\s*[.:)]?\s*(?P<name>.*)"
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?!\.?\d)\s*[.:)]\s*(?P<name>\S.*)")
_NAMED = re.compile(r"(?:ยุทธศาสตร์|ประเด็นการพัฒนา(?:ท้องถิ่น)?)\s*[.:]?\s*(?P<name>\S.*)")
_CUT = re.compile(r"\s*(?:\+|;|\||/\s?กลยุทธ์|กลยุทธ์|แนวทางการพัฒนา|\s\d{1,2}\.\d{1,2}).*$")
_NO_STRATEGY = re.compile(r"^บัญชี|ครุภัณฑ์|^แผนงาน|^ไม่")
_LEVELS = {"จังหวัด": ("PV", "province"), "อำเภอ": ("DS", "district"), "กลุ่มจังหวัด": ("CL", "cluster")}


def parse_own_strategy(number: str | None, text: str | None) -> tuple[str, str] | None:
    """Number ('' where none) and name of an own strategy in a row's cells; None where the cells name none."""
    cell = " ".join(normalize(text or "").split())
    digits = re.search(r"\d{1,2}", normalize(number or ""))
    if digits is None and (not cell or (_NO_STRATEGY.search(cell) and not cell.startswith("ยุทธศาสตร์"))):
        return None
    match = _STATED.match(cell) or _NUMBERED.match(cell)
    name = match["name"] if match else (named["name"] if (named := _NAMED.match(cell)) else cell)
    found = digits[0] if digits else (match["number"] if match else "")
    return str(int(found)) if found else "", _CUT.sub("", name).strip()


@dataclass(slots=True)
class _Entry:
    names: Counter[str]
    origin: Origin


@dataclass(slots=True)
class _List:
    id: str
    name: str
    level: str
    years: tuple[int, int] | None
    area: str | None
    owner: str | None
    entries: dict[str, _Entry] = field(default_factory=dict)


@dataclass(slots=True)
class OwnLists:
    """The owners' lists of one file, and which project names which entry."""

    sample: bool
    lists: dict[str, _List] = field(default_factory=dict)
    _declared: list[tuple[ProjectRecord, str, str, str, str]] = field(default_factory=list)

    def declare(
        self, project: ProjectRecord, scope: PlanScope, number: str, name: str, words: str, column: str
    ) -> None:
        """A project's row names an entry of its owner's list."""
        own = self._list_of(scope, project.origin.document)
        name = name.removeprefix(scope.owner.name if scope.owner else "").strip()
        key = number or hashlib.blake2b(name.replace(" ", "").encode(), digest_size=3).hexdigest()
        entry = own.entries.setdefault(key, _Entry(Counter(), project.origin))
        entry.names.update([name] if name else [])
        self._declared.append((project, own.id, key, words, column))

    def _list_of(self, scope: PlanScope, document: str) -> _List:
        prefix, level = _LEVELS.get(scope.owner.kind if scope.owner else "", ("LAO", "local"))
        years = scope.years if scope.years and scope.years[1] - scope.years[0] >= 2 else None
        cycle = years or (five_years(scope.years[0]) if scope.years else None)
        whose = scope.area or (scope.owner.uid[-8:] if scope.owner else document[-8:])
        list_id = f"{prefix}{whose}" + (f"-{cycle[0]}" if cycle else "")
        name = "ยุทธศาสตร์" + (f" {scope.owner.name}" if scope.owner else "")
        owner = scope.owner.uid if scope.owner else None
        return self.lists.setdefault(list_id, _List(list_id, name, level, cycle, scope.area, owner))

    def build_strategies(self) -> tuple[StrategyRecord, ...]:
        """The entries named, in order of list and number."""
        return tuple(self._build(own, key) for own in self.lists.values() for key in sorted(own.entries, key=_order))

    def _build(self, own: _List, key: str) -> StrategyRecord:
        entry = own.entries[key]
        names = [name for name, _ in sorted(entry.names.items(), key=lambda pair: (-pair[1], pair[0]))]
        return StrategyRecord(
            uid=f"{own.id}:{key}",
            list_id=own.id,
            list_name=own.name,
            version=str(own.years[0]) if own.years else "",
            number=key,
            name=names[0] if names else f"ยุทธศาสตร์ที่ {key}",
            level=own.level,
            valid_from=own.years[0] if own.years else None,
            valid_to=own.years[1] if own.years else None,
            area=own.area,
            owner=own.owner,
            aliases=tuple(names[1:]),
            sample=self.sample,
            origin=entry.origin,
        )

    def build_links(self) -> tuple[LinkRecord, ...]:
        """Every project's declared link to its owner's entry."""
        built = {strategy.uid: strategy for strategy in self.build_strategies()}
        return tuple(
            build_declared_link(
                project.uid, project.text_hash, built[f"{list_id}:{key}"], words, column, project.origin
            )
            for project, list_id, key, words, column in self._declared
        )


def _order(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdigit() else (10_000, key)

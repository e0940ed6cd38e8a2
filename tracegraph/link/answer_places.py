"""Where a need and a project lie to each other: place comes first, and another village rules a project out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz

from tracegraph.link.answer_sides import Side

#: Two folded names of at least five letters are one name from this similarity on (one letter in ten misread).
_SAME_NAME = 90
#: A folded village name of this length is looked for anywhere in a project's text (แยกบ้านสามแยกใหม่).
_TELLING = 5


class Relation(StrEnum):
    """How the project's place stands to the need's; the values are levels of the feature ``place``."""

    SAME_VILLAGE = "same_village"
    SAME_NAME = "same_village_name"
    COVERS = "covers"
    COVERS_SPOTS = "covers_spots"
    SAME_TAMBON = "same_tambon"
    SPOT_IN_TAMBON = "spot_in_tambon"
    NEED_WITHOUT_VILLAGE = "need_without_village"
    COVERS_DISTRICT = "covers_district"
    SAME_DISTRICT = "same_district"
    SAME_PROVINCE = "same_province"
    UNKNOWN = "unknown"
    OTHER_NAME = "other_village_name"
    OTHER_VILLAGE = "other_village"
    OTHER_TAMBON = "other_tambon"
    OTHER_DISTRICT = "other_district"
    OTHER_PROVINCE = "other_province"


#: Relations in which both sides may lie in different subdistricts: lane 2 of the one says nothing of lane 2 of the
#: other.
FAR = frozenset({Relation.UNKNOWN, Relation.SAME_PROVINCE})


@dataclass(slots=True)
class VillageNames:
    """Names and numbers of villages as the documents themselves join them (บ้านร่องไฮ หมู่ที่ 1), by tambon."""

    numbers: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    names: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    _known: dict[str, tuple[frozenset[int], frozenset[str]]] = field(default_factory=dict)

    def learn(self, sides: Iterable[Side]) -> None:
        """Take the pairs that stand together in one record with one village; done before anything is asked."""
        for side in sides:
            tambon = side.item.tambon
            if tambon and len(side.villages) == 1 and len(side.names) == 1:
                (number,), (name,) = side.villages, side.names
                self.numbers.setdefault((tambon, name), set()).add(number)
                self.names.setdefault((tambon, number), set()).add(name)

    def numbers_of(self, side: Side) -> frozenset[int]:
        """The side's village numbers, or those of the names it gives."""
        return self._of(side)[0]

    def names_of(self, side: Side) -> frozenset[str]:
        """Names the side gives, and names known for its numbers."""
        return self._of(side)[1]

    def _of(self, side: Side) -> tuple[frozenset[int], frozenset[str]]:
        known = self._known.get(side.item.uid)
        if known is None:
            tambon = side.item.tambon or ""
            named = (self.numbers.get((tambon, name), set()) for name in side.names)
            numbers = side.villages or frozenset(number for found in named for number in found)
            names = side.names.union(*(self.names.get((tambon, number), set()) for number in side.villages))
            known = self._known[side.item.uid] = (numbers, names)
        return known


def relate(need: Side, project: Side, villages: VillageNames) -> Relation:
    """The relation of the two places, most exact first."""
    a, b = need.item, project.item
    if a.province and b.province and a.province != b.province:
        return Relation.OTHER_PROVINCE
    if a.district and b.district and a.district != b.district:
        return Relation.OTHER_DISTRICT
    if a.tambon and b.tambon:
        within = _within_tambon if a.tambon == b.tambon else _across_tambons
        return within(need, project, villages)
    if a.district and b.district:
        return Relation.COVERS_DISTRICT if project.covers or project.service else Relation.SAME_DISTRICT
    return Relation.SAME_PROVINCE if a.province and b.province else Relation.UNKNOWN


def _across_tambons(need: Side, project: Side, villages: VillageNames) -> Relation:
    """A line that ends in the need's own village may belong to the tambon next door."""
    names = villages.names_of(need)
    if len(project.parsed.tambons) > 1 and share_name(names, project.line_names | project.names):
        return Relation.SAME_NAME
    return Relation.OTHER_TAMBON


def _within_tambon(need: Side, project: Side, villages: VillageNames) -> Relation:
    numbers, others = villages.numbers_of(need), villages.numbers_of(project)
    if numbers & others:
        return Relation.SAME_VILLAGE
    names = villages.names_of(need)
    if _named(names, project, others, villages):
        return Relation.SAME_NAME
    if project.covers:
        reached = project.service or project.each_village or not project.concepts.works
        return Relation.COVERS if reached else Relation.COVERS_SPOTS
    if others:
        return Relation.OTHER_VILLAGE if numbers else Relation.NEED_WITHOUT_VILLAGE
    return _village_unknown(bool(numbers or names), names, project)


def _named(names: frozenset[str], project: Side, others: frozenset[int], villages: VillageNames) -> bool:
    """Whether the project names the need's village: as its own, on its line, or anywhere where it gives no number."""
    if others:  # its own name may be that of two villages; the number decides
        return share_name(names, project.line_names - villages.names_of(project))
    if share_name(names, project.names | project.line_names):
        return True
    return any(len(name) >= _TELLING and name in project.folded for name in names)


def _village_unknown(need_known: bool, names: frozenset[str], project: Side) -> Relation:
    """The project gives no number of a village."""
    if project.service:
        return Relation.COVERS
    if project.names and names:
        return Relation.OTHER_NAME
    if not need_known:
        return Relation.NEED_WITHOUT_VILLAGE
    # A project that names a line or a landmark but no village stands in some village, mostly not this one.
    return Relation.SPOT_IN_TAMBON if project.spot.says_where() or project.line_names else Relation.SAME_TAMBON


def share_name(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether any name of one side is a name of the other, but for a misread letter."""
    others = list(right)
    return any(a == b or _alike(a, b) for a in left for b in others)


def _alike(a: str, b: str) -> bool:
    return min(len(a), len(b)) > 5 and abs(len(a) - len(b)) <= 1 and fuzz.ratio(a, b) >= _SAME_NAME

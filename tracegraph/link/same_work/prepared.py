"""What comparing sees of one item: its typed fields, read once, in the form in which they are compared.

Every field is "unknown" when empty or None; unknown is never evidence for or against anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tracegraph.model.items import Item

_TAMBON_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Road:
    """A road, soi, line or canal: its normalized name ('' where only a number is given) and its numbers."""

    name: str
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One item, ready to be compared.

    ``whole`` is the name in canonical spelling without wrappers, money, spaces and fields that are compared apart;
    ``unplaced`` the same without names of villages; ``core`` what remains without places, measures and periods,
    ``concepts`` what the core means. ``added_verbs`` are actions that the name has besides its first one. ``furnished``
    is what the name builds and what it buys for it ("อาคาร… พร้อมโต๊ะ"). ``spots`` are landmarks, house numbers and
    persons that pin a place. ``sizes`` maps a kind of measure (``length``, ``count:ชุด``) to its values, ``name_sizes``
    are the kinds that the name itself states. ``leftover`` are numbers of the name that no field explains.
    ``ordinals`` are its places in a row of like things ("จุด 2"); ``continued`` whether it says that it goes on where
    another piece stopped. ``tambon`` is the official code of the place that the name speaks of, else of the row,
    ``tambon_names`` are those that the text names, ``tambon_called`` the official name of the code. ``forwarded`` is
    the year from which the row says it is carried. ``scope`` is the place within which candidates are looked for.
    ``crowd`` counts the records of its place that do the same kind of work, itself included; 0 where it was prepared
    alone.
    """

    item: Item
    whole: str
    core: str
    unplaced: str = ""
    concepts: frozenset[str] = frozenset()
    verb: str | None = None
    added_verbs: frozenset[str] = frozenset()
    work_object: str | None = None
    family: str | None = None
    purpose: str | None = None
    furnished: tuple[str, str] | None = None
    tambon: str | None = None
    tambon_names: frozenset[str] = frozenset()
    tambon_called: str = ""
    villages: frozenset[int] = frozenset()
    everywhere: bool = False
    village_names: tuple[str, ...] = ()
    roads: tuple[Road, ...] = ()
    spots: tuple[str, ...] = ()
    bank: str | None = None
    phase: int | None = None
    stations: tuple[tuple[float, float], ...] = ()
    sizes: Mapping[str, frozenset[float]] = field(default_factory=dict)
    name_sizes: frozenset[str] = frozenset()
    leftover: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    continued: bool = False
    money: Mapping[int, float] = field(default_factory=dict)
    amounts: frozenset[float] = frozenset()
    years: frozenset[int] = frozenset()
    unit: str | None = None
    unit_named: bool = False
    period: str | None = None
    assets: frozenset[str] = frozenset()
    forwarded: int | None = None
    references: frozenset[str] = frozenset()
    scope: str = ""
    crowd: int = 0

    @property
    def uid(self) -> str:
        """The item's uid."""
        return self.item.uid

    @property
    def stray(self) -> bool:
        """Whether its tambon is not known or lies outside the scope in which candidates are looked for."""
        return self.tambon is None or not self.tambon.startswith(self.scope or "?")

    @property
    def doubted(self) -> bool:
        """Whether the row has a tambon's code that its text speaks against."""
        it = self.item
        return self.tambon is None and bool(it.tambon or (it.area and len(it.area) >= _TAMBON_DIGITS))

    @property
    def road_numbers(self) -> frozenset[str]:
        """Numbers of all its roads."""
        return frozenset().union(*(road.numbers for road in self.roads))

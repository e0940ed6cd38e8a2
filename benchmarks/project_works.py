"""Pieces of work (the truth): what, where, which phase, period and size; and works that only look like them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from benchmarks.project_dice import Dice
from benchmarks.project_patterns import Pattern
from benchmarks.project_places import Site, Tambon, draw_department

YEARS = tuple(range(2566, 2571))
HARD_KINDS = ("village", "phase", "road_number", "year", "tambon")
_NUMBERED = ("soi_number", "soi_named_number", "code")
_TRIES = 40


@dataclass(slots=True)
class Work:
    """One piece of work. ``village`` is a number from 1 (0: no village), ``phase`` 0 where the work has none.

    ``stations`` are metres from the road's start; ``period`` is a year or (year, month) of what is done again and
    again. ``style`` seeds the wording of its first record, so that a look-alike is written in the same words.
    """

    pattern: Pattern
    tambon: Tambon
    site: Site | None
    village: int
    year: int
    amount: int
    sizes: tuple[float, ...]
    style: int
    phase: int = 0
    stations: tuple[int, int] | None = None
    month: int = 0
    number: int = 0
    kept: set[str] = field(default_factory=set)  # parts that no record may leave out

    def key(self) -> tuple[object, ...]:
        """What tells this work from every other one of its tambon."""
        return (self.pattern.object, self.site, self.village, self.phase, self.stations, *self.period())

    def period(self) -> tuple[int, int]:
        """Year and month of a repeated work; zeros for what is done once."""
        return (self.year, self.month) if self.pattern.again else (0, 0)


class WorkMaker:
    """Draws works of one tambon, all different from each other."""

    def __init__(self, dice: Dice, tambon: Tambon, patterns: tuple[Pattern, ...]) -> None:
        self.dice = dice
        self.tambon = tambon
        self.patterns = patterns
        self.works: list[Work] = []
        self.keys: set[tuple[object, ...]] = set()

    def add(self, work: Work) -> bool:
        """Keep a work, unless the tambon has it already."""
        key = work.key()
        if key in self.keys:
            return False
        self.keys.add(key)
        self.works.append(work)
        return True

    def make(self) -> Work:
        """A new work of any pattern."""
        for _ in range(_TRIES):
            work = self._draw()
            if self.add(work):
                return work
        while True:  # a crowded tambon: an invented site of its own always is new
            work = self._draw()
            if work.site is not None and work.site.form != "office":
                work.site = work.site._replace(name=work.site.name + self.dice.pick(_MORE) + self.dice.pick(_MORE))
                if self.add(work):
                    return work

    def _draw(self) -> Work:
        dice, tambon = self.dice, self.tambon
        pattern = dice.pick(self.patterns)
        sites = tambon.sites.get(pattern.place)
        site = dice.pick(sites) if sites else None
        if site is not None and site.form == "office":
            site = draw_department(dice, pattern)
        within = pattern.place not in ("tambon", "office")
        village = dice.whole(1, len(tambon.villages)) if within else 0
        work = Work(
            pattern=pattern,
            tambon=tambon,
            site=site,
            village=village,
            year=dice.pick(YEARS),
            amount=draw_amount(dice, pattern),
            sizes=draw_sizes(dice, pattern.measure),
            style=int(dice.roll() * 2**31),
            month=dice.whole(1, 12) if pattern.again == "m" else 0,
        )
        if pattern.place in ("road", "canal", "pond") and not pattern.again:
            roll = dice.roll()
            if roll < 0.06:
                work.phase = dice.whole(1, 3)
            elif roll < 0.12 and pattern.place == "road":
                start = dice.pick((0, 0, 0, 250, 500, 1000, 1200))
                length = dice.whole(2, 30) * 50
                work.stations = (start, start + length)
                if len(work.sizes) > 1:
                    work.sizes = (work.sizes[0], length, *work.sizes[2:])
        return work

    def make_alike(self, work: Work, neighbour: WorkMaker | None) -> tuple[Work, str] | None:
        """A work that looks like ``work`` and is another, with the kind of the difference; None where none fits."""
        kinds = [kind for kind in HARD_KINDS if may_differ(work, kind, neighbour)]
        for _ in range(3):
            if not kinds:
                return None
            kind = "road_number" if "road_number" in kinds and self.dice.chance(0.4) else self.dice.pick(kinds)
            place = neighbour if kind == "tambon" and neighbour else self
            if kind == "phase" and not work.phase and work.stations is None:
                self.keys.discard(work.key())
                work.phase = 1
                self.keys.add(work.key())
            other = self._differ(work, kind, place)
            if other is not None and place.add(other):
                for one in (work, other):
                    one.kept.add(kind)
                return other, kind
        return None

    def _differ(self, work: Work, kind: str, place: WorkMaker) -> Work | None:
        dice = self.dice
        other = replace(work, kept=set(work.kept), number=0)
        if dice.chance(0.6):
            other.amount = draw_near(dice, work.amount, 0.3)
        if kind == "village":
            other.village = dice.whole(1, len(self.tambon.villages))
        elif kind == "phase":
            _next_phase(dice, work, other)
        elif kind == "road_number" and work.site:
            other.site = work.site._replace(number=_next_number(dice, work.site.number))
        elif kind == "year":
            if work.month and dice.chance(0.7):
                other.month = work.month % 12 + 1
            else:
                other.year = work.year + 1 if work.year < YEARS[-1] else work.year - 1
        elif kind == "tambon":
            other.tambon = place.tambon
            if other.village > len(place.tambon.villages):
                return None
        return other


_MORE = ("แดง", "ขาว", "ทอง", "งาม", "ใหม่", "ใน", "นอก", "บน", "ล่าง", "ไทร", "ยาง", "ตาล")


def may_differ(work: Work, kind: str, neighbour: WorkMaker | None) -> bool:
    """Whether real plans hold two works that differ from each other in this and in nothing else."""
    place, site = work.pattern.place, work.site
    if kind == "village":
        shared = place in ("village", "canal") or (place == "road" and site is not None and site.form == "soi_number")
        return shared and len(work.tambon.villages) > 1
    if kind == "phase":
        return place in ("road", "canal", "pond") and not work.pattern.again
    if kind == "road_number":
        return place == "road" and site is not None and site.form in _NUMBERED
    if kind == "year":
        return bool(work.pattern.again)
    common = place in ("village", "tambon") or (site is not None and site.form == "soi_number")
    return common and neighbour is not None


def _next_phase(dice: Dice, work: Work, other: Work) -> None:
    """The next stretch (or the one before)."""
    if work.stations is not None:
        length = work.stations[1] - work.stations[0]
        other.stations = (work.stations[1], work.stations[1] + length)
    else:
        other.phase = work.phase + 1 if dice.chance(0.8) or work.phase == 1 else work.phase - 1


def _next_number(dice: Dice, number: str) -> str:
    head, dash, last = number.rpartition("-") if "-" in number else number.rpartition("/")
    moved = max(1, int(last) + dice.pick((1, 1, 2, 2, 3, -1, -2, 10)))
    return f"{head}{dash}{moved:0{len(last)}d}" if dash == "-" else f"{head}{dash}{moved}"


def draw_amount(dice: Dice, pattern: Pattern) -> int:
    """Baht: small amounts are more common than large ones; most are round."""
    share = dice.roll() * dice.roll()
    amount = (pattern.low + (pattern.high - pattern.low) * share) * 1000
    step = 1000 if dice.chance(0.75) else 100 if dice.chance(0.7) else 1
    return max(1000, int(amount / step) * step)


def draw_near(dice: Dice, amount: int, spread: float) -> int:
    """Another amount within ``spread`` of one, rounded like it."""
    step = 1000 if amount % 1000 == 0 else 100 if amount % 100 == 0 else 1
    return max(step, int(amount * (1 + spread * (2 * dice.roll() - 1)) / step) * step)


#: Largest numbers of pieces, by unit.
_MOST = {"คัน": 2, "เครื่อง": 6, "ตู้": 8, "ตัว": 15, "รายการ": 40, "หลัง": 5, "ชุด": 30, "ใบ": 40, "ฝา": 120, "ป้าย": 30}


#: Widths (or diameters), and thicknesses (or depths) in metres, by kind of measures; the length stands between them.
_ACROSS: dict[str, tuple[float, ...]] = {
    **dict.fromkeys(("rc", "asphalt", "stone"), (3, 3.5, 4, 4, 5, 5, 6)),
    "drain": (0.3, 0.4, 0.5, 0.6),
    "dredge": (2, 3, 4, 6, 8, 10, 12, 30),
    "pipe": (0.3, 0.4, 0.6, 0.6, 0.8, 1),
    "bridge": (3, 4, 5, 6, 8),
    **dict.fromkeys(("building", "paving"), tuple(range(3, 21))),
}
_DEEP: dict[str, tuple[float, ...]] = {
    "rc": (0.15, 0.15, 0.20),
    "asphalt": (0.04, 0.05),
    "stone": (0.10, 0.15),
    "drain": (0.4, 0.5, 0.6),
    "dredge": (1, 1.5, 2, 2.5, 3),
}


def draw_sizes(dice: Dice, measure: str) -> tuple[float, ...]:
    """Values of a kind of measures: metres (across, along, deep), pieces or people."""
    if not measure:
        return ()
    if measure.startswith("count:"):
        return (dice.whole(1, _MOST.get(measure.partition(":")[2], 20)),)
    if measure == "people":
        return (dice.whole(2, 30) * 10,)
    along = dice.whole(2, 120) * 10 + (dice.whole(0, 9) if dice.chance(0.3) else 0)
    if measure in ("bridge", "building", "paving"):
        along = dice.whole(4, 40)
    across = (dice.pick(_ACROSS[measure]),) if measure in _ACROSS else ()
    deep = (dice.pick(_DEEP[measure]),) if measure in _DEEP else ()
    return (*across, along * (5 if measure == "dredge" else 1), *deep)


def mark_kept(works: list[Work]) -> None:
    """Note on each work of a tambon what its records must state, lest two works be told in the same words."""
    for part, without in _PARTS:
        counted = Counter(without(work) for work in works)
        for work in works:
            if counted[without(work)] > 1:
                work.kept.add(part)


_PARTS = (
    ("village", lambda w: (w.pattern.object, w.site, w.phase, w.stations, w.period())),
    ("site", lambda w: (w.pattern.object, w.village, w.phase, w.stations, w.period())),
    ("year", lambda w: (w.pattern.object, w.site, w.village)),
    ("village_number", lambda w: (w.pattern.object, w.site)),
)

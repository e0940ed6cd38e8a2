"""Tell the works of a district: each in one record, or in several as bodies, levels, stages and years repeat it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.project_dice import Dice
from benchmarks.project_patterns import Pattern
from benchmarks.project_places import Tambon, build_tambon, load_codes, load_districts, load_homonyms
from benchmarks.project_slips import draw_slip, make_slip
from benchmarks.project_texts import draw_style, read_style, write_name
from benchmarks.project_works import Work, WorkMaker, draw_near, mark_kept

#: Shares that make about a quarter of the records repeat a work, and a third have a look-alike.
_REPEATED, _ALIKE = 0.135, 0.17
_SLIPS_FIRST, _SLIPS_REPEATED = 0.15, 0.45
_SAME_STYLE = 0.12


class Record(NamedTuple):
    """One row of one plan. Codes are official, '' where the document does not say, and sometimes wrong on purpose.

    ``year`` is Buddhist-era, ``amount`` baht or None; ``work`` is the truth: records of one work have the same.
    ``noise`` names what was done to the text or the place, joined by ``+`` ('' for a clean record).
    """

    id: str
    text: str
    province: str
    district: str
    tambon: str
    owner: str
    plan: str
    plan_kind: str
    stage: str
    year: int
    amount: float | None
    work: str
    noise: str


class Settings(NamedTuple):
    """What was asked for."""

    seed: int
    density: float
    misplaced: float
    patterns: tuple[Pattern, ...]


class District(NamedTuple):
    """One district of the country with how many records each of its tambons is to have."""

    number: int
    tambons: tuple[tuple[str, str], ...]
    name: str
    province: str
    quotas: tuple[int, ...]


class Telling(NamedTuple):
    """In which plan a record of a work stands."""

    plan_kind: str
    stage: str
    body: str  # own | pao | district | agency


_OWN_PLAN, _OWN_ACTION = Telling("PK03", "plan", "own"), Telling("PK03", "action", "own")
_OWN_CONTRACT = Telling("PK03", "contract", "own")
_PAO, _ASKED = Telling("PK08", "plan", "pao"), Telling("PK05", "plan", "district")
_TAMBON_PLAN = Telling("PK02", "plan", "own")
_FIRST = (_OWN_PLAN, _OWN_PLAN, _OWN_PLAN, _OWN_PLAN, _OWN_ACTION, _OWN_CONTRACT, _PAO, _ASKED)
#: Ways of a work through plans and stages; an own plan that comes twice is amended or put off to a later year.
_WAYS = (
    (_OWN_PLAN, _OWN_ACTION, _OWN_CONTRACT, _OWN_PLAN),
    (_OWN_PLAN, _OWN_PLAN, _OWN_ACTION, _OWN_CONTRACT),
    (_OWN_PLAN, _PAO, Telling("PK08", "action", "pao"), Telling("PK08", "contract", "pao")),
    (_OWN_PLAN, _ASKED, Telling("PK06", "plan", "district"), _PAO),
    (_TAMBON_PLAN, _OWN_PLAN, _OWN_ACTION, _OWN_CONTRACT),
    (_OWN_PLAN, Telling("PK09", "plan", "agency"), Telling("PK12", "plan", "agency"), _OWN_PLAN),
    (_OWN_ACTION, _OWN_CONTRACT, _OWN_PLAN, _OWN_PLAN),
    (_PAO, _OWN_PLAN, Telling("PK08", "action", "pao"), _OWN_ACTION),
)
#: What a body does again and again, buys for itself or does for all its people stays in its own books.
_OWN_FIRST = (_OWN_PLAN, _OWN_PLAN, _OWN_ACTION, _TAMBON_PLAN)
_OWN_WAYS = (
    (_OWN_PLAN, _OWN_ACTION, _OWN_PLAN, _OWN_ACTION),
    (_OWN_PLAN, _OWN_PLAN, _OWN_ACTION, _OWN_PLAN),
    (_TAMBON_PLAN, _OWN_PLAN, _OWN_ACTION, _OWN_PLAN),
)
_BOUGHT_WAYS = ((_OWN_PLAN, _OWN_ACTION, _OWN_CONTRACT, _OWN_PLAN), (_OWN_PLAN, _OWN_CONTRACT, _OWN_ACTION, _OWN_PLAN))
_BOUGHT = ("จัดซื้อ", "ซื้อ", "จ้าง", "เช่า")
_AGENCIES = ("กรมทางหลวงชนบท", "กรมชลประทาน", "กรมทรัพยากรน้ำ", "กรมโยธาธิการและผังเมือง", "กรมทรัพยากรน้ำบาดาล")


def iter_districts(count: int, settings: Settings) -> Iterator[District]:
    """Districts in an order of the seed, until ``count`` records are spread; tambons are of unequal size."""
    dice = Dice(settings.seed, "districts")
    districts = list(load_districts())
    dice.shuffle(districts)
    left = count
    for number, (_, name, province, tambons) in enumerate(districts):
        quotas = []
        for _ in tambons:
            quotas.append(min(left, max(1, round(settings.density * (0.7 + 0.6 * dice.roll())))))
            left -= quotas[-1]
        used = tuple(quota for quota in quotas if quota)
        yield District(number, tambons[: len(used)], name, province, used)
        if not left:
            return


def tell_district(
    district: District, settings: Settings, most: int
) -> tuple[list[Record], list[tuple[int, int, str]], Dice]:
    """At most ``most`` rows of a district, its hard pairs by position, and its dice for what comes after."""
    dice = Dice(settings.seed, "district", district.number)
    makers = [
        WorkMaker(dice, build_tambon(dice, code, name, district.name, district.province, quota), settings.patterns)
        for (code, name), quota in zip(district.tambons, district.quotas, strict=True)
    ]
    pairs: list[tuple[Work, Work, str]] = []
    sizes: dict[int, int] = {}
    for index, (maker, quota) in enumerate(zip(makers, district.quotas, strict=True)):
        neighbour = makers[(index + 1) % len(makers)] if len(makers) > 1 else None
        pairs += _fill(maker, neighbour, quota, sizes)
    for maker in makers:
        mark_kept(maker.works)
    teller = _Teller(dice, settings, district)
    told: dict[int, list[int]] = {}
    for maker in makers:
        for work in maker.works:
            told[id(work)] = teller.tell(work, sizes[id(work)])
    rows = teller.rows[:most]
    hard = [
        (left, right, kind)
        for one, other, kind in pairs
        for left in told[id(one)][:2]
        for right in told[id(other)][:2]
        if max(left, right) < len(rows)
    ]
    return rows, hard, dice


def _fill(
    maker: WorkMaker, neighbour: WorkMaker | None, quota: int, sizes: dict[int, int]
) -> list[tuple[Work, Work, str]]:
    """Works until their records come to ``quota``; the hard pairs among them."""
    dice = maker.dice
    pairs = []
    made = sum(sizes[id(work)] for work in maker.works)
    while made < quota:
        work = maker.make()
        work.style = draw_style(dice)
        sizes[id(work)] = _draw_size(dice)
        made += sizes[id(work)]
        rounds = 1 + (dice.chance(0.3)) if dice.chance(_ALIKE) else 0
        for _ in range(rounds):
            alike = maker.make_alike(work, neighbour)
            if alike is None:
                break
            other, kind = alike
            sizes[id(other)] = _draw_size(dice)
            made += sizes[id(other)] if other.tambon is maker.tambon else 0
            pairs.append((work, other, kind))
    return pairs


def _draw_size(dice: Dice) -> int:
    if not dice.chance(_REPEATED):
        return 1
    roll = dice.roll()
    return 2 if roll < 0.68 else 3 if roll < 0.92 else 4


def _find_ways(work: Work) -> tuple[tuple[Telling, ...], tuple[tuple[Telling, ...], ...]]:
    """Where a work that is told once may stand, and the ways of one that is told again."""
    pattern = work.pattern
    if pattern.place == "office" or (pattern.again and pattern.wordings[0].startswith(_BOUGHT)):
        return (*_OWN_FIRST, _OWN_CONTRACT), _BOUGHT_WAYS
    return (_OWN_FIRST, _OWN_WAYS) if pattern.again or pattern.place == "tambon" else (_FIRST, _WAYS)


class _Teller:
    """Writes the rows of a district."""

    def __init__(self, dice: Dice, settings: Settings, district: District) -> None:
        self.dice = dice
        self.settings = settings
        self.district = district
        self.rows: list[Record] = []
        self.works = 0

    def tell(self, work: Work, size: int) -> list[int]:
        """Append the records of one work; their positions."""
        self.works += 1
        name = f"W{self.district.number:04d}-{self.works:06d}"
        firsts, ways = _find_ways(work)
        way = self.dice.pick(ways) if size > 1 else (self.dice.pick(firsts),)
        year, places = work.year, []
        for count, telling in enumerate(way[:size]):
            if count and not work.pattern.again and self.dice.chance(0.35):
                year = min(year + 1, 2570)
            places.append(len(self.rows))
            self.rows.append(self._tell_once(work, telling, name, year, repeated=count > 0))
        return places

    def _tell_once(self, work: Work, telling: Telling, name: str, year: int, *, repeated: bool) -> Record:
        dice, tambon = self.dice, work.tambon
        noise: list[str] = []
        other_style = repeated and not dice.chance(_SAME_STYLE)
        style = read_style(draw_style(dice) if other_style else work.style)
        misplaced = repeated and dice.chance(self.settings.misplaced)
        area = 2 if misplaced or telling.body in ("pao", "agency") else 1 if "tambon" in work.kept and repeated else 0
        brief = dice.roll() if other_style and not misplaced else 0.0
        text = write_name(work, style, telling.stage, area=area, brief=brief)
        if dice.chance(_SLIPS_REPEATED if repeated else _SLIPS_FIRST):
            for _ in range(dice.pick((1, 1, 1, 2))):
                slip = draw_slip(dice)
                changed = make_slip(dice, text, slip)
                if changed != text:
                    text = changed
                    noise.append(slip)
        code, province = tambon.code, tambon.code[:2]
        if misplaced:
            code = "" if dice.chance(0.7) else self._find_elsewhere(tambon)
            province = code[:2] or (province if dice.chance(0.7) else "")
            noise.append("wrong_district" if code else "no_district")
        owner = self._owner(tambon, telling)
        return Record(
            id="",
            text=text,
            province=province,
            district=code[:4],
            tambon=code,
            owner=owner,
            plan=f"{owner} {telling.plan_kind} {telling.stage} {year if telling.stage != 'plan' else '2566-2570'}",
            plan_kind=telling.plan_kind,
            stage=telling.stage,
            year=year,
            amount=self._amount(work, telling, repeated=repeated),
            work=name,
            noise="+".join(noise),
        )

    def _find_elsewhere(self, tambon: Tambon) -> str:
        """A tambon of another district: one of the same name where there is one, else one of the province."""
        codes = [code for code in load_homonyms()[tambon.name] if code[:4] != tambon.code[:4]]
        if not codes or self.dice.chance(0.5):
            codes = [code for code in load_codes(tambon.code[:2]) if code[:4] != tambon.code[:4]] or codes
        return self.dice.pick(codes) if codes else ""

    def _amount(self, work: Work, telling: Telling, *, repeated: bool) -> float | None:
        dice = self.dice
        roll = dice.roll()
        if roll < 0.02:
            return None
        if telling.stage == "contract":
            return round(work.amount * (0.75 + 0.25 * dice.roll()), 2) if roll < 0.6 else float(work.amount)
        if not repeated or roll < 0.55:
            return float(work.amount)
        return float(draw_near(dice, work.amount, 0.12 if roll < 0.9 else 0.5))

    def _owner(self, tambon: Tambon, telling: Telling) -> str:
        if telling.body == "own":
            return tambon.body
        if telling.body == "pao":
            return f"อบจ.{tambon.province}"
        return f"อำเภอ{tambon.district}" if telling.body == "district" else self.dice.pick(_AGENCIES)

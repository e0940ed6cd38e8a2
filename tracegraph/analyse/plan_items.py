"""The current items of one plan, edition by edition, as they stand in the graph: what an export writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracegraph.analyse.items import Reader, Row
from tracegraph.errors import NotFoundError, UsageError
from tracegraph.ingest.bodies import parse_body
from tracegraph.ingest.editions import Edition, find_edition
from tracegraph.model.graph import Stage, Status
from tracegraph.thai.numbers import read_years

#: Plans that are drawn up on form ผ.02: of an อปท. and of an อบจ.
FORM_KINDS = ("PK03", "PK08")

_PLANS = """
MATCH (p:Plan) WHERE p.stage = $stage AND ($plan = '' OR p.uid = $plan) AND ($area = '' OR p.area = $area)
RETURN p.uid AS uid, p.kind AS kind, p.title AS title, p.edition AS edition, p.edition_no AS edition_no,
  p.owner AS owner, p.owner_name AS owner_name, p.area AS area, p.year_from AS year_from, p.year_to AS year_to
ORDER BY uid
"""
_ITEMS = "MATCH (n:Project {plan: $plan}) WHERE n.current RETURN n AS item ORDER BY n.uid"
_LINKS = """
MATCH (n:Project {plan: $plan})-[r:ALIGNS_WITH]->(s:Strategy)
WHERE n.current AND r.status IN $statuses
RETURN n.uid AS item, s.uid AS uid, s.list_id AS list_id, s.list_name AS list_name, s.number AS number,
  s.name AS name, s.level AS level, s.owner AS owner, s.parent AS parent
ORDER BY item, uid
"""
_ENTRIES = "MATCH (s:Strategy {list_id: $list}) RETURN s.uid AS uid, s.number AS number, s.name AS name"
_AREAS = "MATCH (a:Area {uid: $code}) RETURN a.name AS name"
_SHOWN = 8
_REVIEW = "ทบทวน"  # comes as a whole book; the other editions amend one


@dataclass(frozen=True, slots=True)
class StrategyEntry:
    """An entry of a strategy list that an item declares; ``uid`` is ``LIST:number``."""

    uid: str
    list_id: str
    list_name: str
    number: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One item as stored. ``money`` is (year, baht); ``undated`` is baht without a year, None where there is none.

    ``strategy`` and ``tactic`` are entries of the owner's own list; ``declared`` those of all other lists.
    """

    uid: str
    source_id: str
    name: str
    objective: str
    target: str
    kpi: str
    expected: str
    department: str
    programme: str
    form: str
    item_kind: str
    money: tuple[tuple[int, float], ...]
    undated: float | None
    strategy: StrategyEntry | None
    tactic: StrategyEntry | None
    declared: tuple[StrategyEntry, ...]
    other_strategies: tuple[StrategyEntry, ...]


@dataclass(frozen=True, slots=True)
class BookEdition:
    """One edition of a plan book with its items in the order of their source; ``edition.key`` is '' for the book."""

    plan: str
    title: str
    edition: Edition
    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class PlanBook:
    """A plan with its editions: the book first, then what amends it, oldest first.

    ``place`` are names of areas, the largest last.
    """

    kind: str
    owner: str
    area: str
    place: tuple[str, ...]
    years: tuple[int, int]
    editions: tuple[BookEdition, ...]

    @property
    def items(self) -> tuple[PlanItem, ...]:
        """The items of all editions."""
        return tuple(item for edition in self.editions for item in edition.items)


def require_book(store: Reader, *, plan: str = "", owner: str = "", area: str = "", years: str = "") -> PlanBook:
    """The book of one plan (by uid: that edition alone), or of an owner or area with all its editions.

    ``owner`` is a body's uid or name, ``area`` its code, ``years`` as ``2566-2570``. NotFoundError where there is
    none, or nothing in it; UsageError where several fit: the hint lists them.
    """
    if not (plan or owner or area):
        raise UsageError(
            "ระบุแผนด้วย --plan, --owner หรือ --area", "say which plan: --plan, --owner or --area",
            hint_th="เช่น --owner อบต.ตัวอย่าง --years 2566-2570", hint_en="e.g. --owner อบต.ตัวอย่าง --years 2566-2570",
        )  # fmt: skip
    rows = store.read(_PLANS, {"stage": Stage.PLAN.value, "plan": plan, "area": area})
    rows = [row for row in rows if _is_wanted(row, owner, years)]
    filled = [(row, items) for row in rows if (items := _read_items(store, row))]
    books: dict[tuple[object, ...], list[tuple[Row, tuple[PlanItem, ...]]]] = {}
    for row, items in filled:
        whose = row["owner"] or row["area"]
        books.setdefault((row["kind"], whose, row["year_from"], row["year_to"]), []).append((row, items))
    if not books:
        raise _none(plan or owner or area, rows)
    if len(books) > 1:
        raise _several(plan or owner or area, [row for row, _ in filled])
    (parts,) = books.values()
    return _build(store, parts)


def _is_wanted(row: Row, owner: str, years: str) -> bool:
    if row["kind"] not in FORM_KINDS:
        return False
    if owner and owner not in (row["owner"], row["owner_name"]):
        named = parse_body(owner)
        if named is None or named.label != row["owner_name"]:
            return False
    wanted = read_years(years) if years else ()
    if years and not wanted:
        raise UsageError(f"อ่านปีไม่ได้: {years!r}", f"cannot read the years {years!r}", hint_th="เช่น 2566-2570")
    return not wanted or (row["year_from"], row["year_to"]) == (min(wanted), max(wanted))


def _read_items(store: Reader, plan: Row) -> tuple[PlanItem, ...]:
    statuses = [Status.DECLARED.value, Status.CONFIRMED.value]
    links: dict[str, list[Row]] = {}
    for row in store.read(_LINKS, {"plan": plan["uid"], "statuses": statuses}):
        links.setdefault(row["item"], []).append(row)
    lists = sorted({row["list_id"] for of_item in links.values() for row in of_item if _is_own(row, plan)})
    own = {row["uid"]: _entry(row, one) for one in lists for row in store.read(_ENTRIES, {"list": one})}
    found = [row["item"] for row in store.read(_ITEMS, {"plan": plan["uid"]})]
    found.sort(key=lambda item: (item["file"], item["sheet"], item["row"]))
    return tuple(_item(item, links.get(item["uid"], []), plan, own) for item in found)


def _is_own(link: Row, plan: Row) -> bool:
    return link["level"] == "local" and (not link["owner"] or not plan["owner"] or link["owner"] == plan["owner"])


def _entry(row: Row, list_id: str, list_name: str = "") -> StrategyEntry:
    return StrategyEntry(row["uid"], list_id, list_name, row["number"], row["name"])


def _item(item: Row, links: Sequence[Row], plan: Row, own: dict[str, StrategyEntry]) -> PlanItem:
    mine = [(_entry(row, row["list_id"], row["list_name"]), row["parent"]) for row in links if _is_own(row, plan)]
    others = [_entry(row, row["list_id"], row["list_name"]) for row in links if not _is_own(row, plan)]
    mine.sort(key=lambda pair: (pair[1] not in own, number_order(pair[0].number)))  # the most detailed first
    strategy = tactic = None
    if mine:
        entry, parent = mine[0]
        strategy, tactic = (own[parent], entry) if parent in own else (entry, None)
    used = {one.uid for one in (strategy, tactic) if one is not None}
    programmes = [entry.name for entry in others if entry.list_id == "BP"]
    years, amounts = item.get("years") or [], item.get("amounts") or []
    words = ("objective", "target", "kpi", "expected", "department", "form", "item_kind", "source_id")
    return PlanItem(
        uid=item["uid"],
        name=item["name"],
        programme=item.get("programme") or next(iter(programmes), ""),
        money=tuple(zip(years, amounts, strict=True)) if years else (),
        undated=None if years or not amounts else sum(amounts),
        strategy=strategy,
        tactic=tactic,
        declared=tuple(entry for entry in others if entry.list_id != "BP"),
        other_strategies=tuple(entry for entry, _ in mine if entry.uid not in used),
        **{name: str(item.get(name) or "") for name in words},
    )


def number_order(number: str) -> tuple[tuple[int, str], ...]:
    """Sort key of a strategy's number: 2 before 10, 1.2 before 1.10; what is no number last."""
    return tuple((int(part), "") if part.isdecimal() else (10_000, part) for part in number.split("."))


def _build(store: Reader, parts: Sequence[tuple[Row, tuple[PlanItem, ...]]]) -> PlanBook:
    editions = [
        BookEdition(row["uid"], row["title"] or "", _edition(row["edition"] or ""), items) for row, items in parts
    ]
    editions.sort(key=lambda one: (one.edition.rank, one.edition.key, one.plan))
    editions.insert(0, editions.pop(_find_book(editions)))
    first = parts[0][0]
    area = first["area"] or ""
    return PlanBook(
        kind=first["kind"],
        owner=first["owner_name"] or "",
        area=area,
        place=_place(store, area),
        years=_years(first, [item for _, items in parts for item in items]),
        editions=tuple(editions),
    )


def _find_book(editions: Sequence[BookEdition]) -> int:
    """Which edition is the book that the others amend: the one without a name, else a review, else the largest."""
    for is_book in (lambda one: not one.edition.key, lambda one: one.edition.word == _REVIEW):
        found = [at for at, one in enumerate(editions) if is_book(one)]
        if found:
            return found[0]
    return max(range(len(editions)), key=lambda at: len(editions[at].items))


def _edition(text: str) -> Edition:
    return find_edition(text) or Edition(text, text)


def _years(plan: Row, items: Sequence[PlanItem]) -> tuple[int, int]:
    if plan["year_from"] and plan["year_to"]:
        return plan["year_from"], plan["year_to"]
    years = [year for item in items for year, _ in item.money]
    if not years:
        raise NotFoundError(
            f"แผน {plan['title']} ไม่มีปีและไม่มีเงินรายปี จึงทำช่องปีของแบบไม่ได้",
            f"plan {plan['uid']} states no years and no money by year: the form's year columns cannot be told",
            hint_th="นำเข้าใหม่ด้วย --years 2566-2570", hint_en="import it again with --years 2566-2570",
        )  # fmt: skip
    return min(years), max(years)


def _place(store: Reader, area: str) -> tuple[str, ...]:
    """Names of the tambon, district and province that a code lies in, as far as the graph holds them."""
    codes = [area[:length] for length in (6, 4, 2) if area.isdecimal() and len(area) >= length]
    return tuple(str(row["name"]) for code in codes for row in store.read(_AREAS, {"code": code}))


def _none(asked: str, rows: Sequence[Row]) -> NotFoundError:
    if rows:
        return NotFoundError(
            f"แผนของ {asked!r} ไม่มีรายการที่ใช้อยู่", f"the plans of {asked!r} hold no current items",
            hint_th="นำเข้าเล่มแผนก่อน", hint_en="import the plan book first",
        )  # fmt: skip
    kinds = ", ".join(FORM_KINDS)
    return NotFoundError(
        f"ไม่พบแผนพัฒนาท้องถิ่นของ {asked!r}", f"no local development plan of {asked!r}",
        hint_th=f"ต้องเป็นแผนชนิด {kinds} ขั้น plan; ดู uid ได้จาก tracegraph query alignment_by_plan",
        hint_en=f"it must be of kind {kinds} and stage plan; uids: tracegraph query alignment_by_plan",
    )  # fmt: skip


def _several(asked: str, rows: Sequence[Row]) -> UsageError:
    names = "; ".join(f"{row['uid']} {row['title']}" for row in rows[:_SHOWN])
    return UsageError(
        f"{asked!r} มีแผนหลายเล่ม ระบุ --years หรือ --plan",
        f"{asked!r} has several plans; say which with --years or --plan",
        hint_th=names,
        hint_en=names,
    )

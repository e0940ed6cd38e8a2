"""What a score is asked for: the thing by its id, its name, and the needs that belong to it."""

from __future__ import annotations

from dataclasses import dataclass

from tracegraph.analyse.alignment_cypher import Scope
from tracegraph.analyse.items import Reader, Row, find_item, shown_id
from tracegraph.analyse.params import near
from tracegraph.errors import NotFoundError, UsageError
from tracegraph.model.graph import Label


@dataclass(frozen=True, slots=True)
class Place:
    """A scored thing. ``needs_scope`` and ``needs_uid`` say whose needs count (None: not known).

    ``cluster_area`` is the area in which its duplicates lie ('' = anywhere): duplicates are found inside places.
    """

    scope: Scope
    uid: str
    name: str
    needs_scope: Scope | None
    needs_uid: str
    cluster_area: str


_PLAN = """
MATCH (t:Plan {uid: $uid})
OPTIONAL MATCH (n:Need {plan: $uid}) WHERE n.current
RETURN t.uid AS uid, t.title AS name, t.area AS area, count(n) AS needs
"""
_BODY = """
MATCH (t:Body) WHERE t.uid = $uid OR t.name = $uid
RETURN t.uid AS uid, t.name AS name, t.area AS area
ORDER BY uid
"""
_AREA = "MATCH (t:Area {uid: $uid}) RETURN t.uid AS uid, t.name AS name"
_STRATEGY = "MATCH (t:Strategy {uid: $uid}) RETURN t.uid AS uid, t.list_name + ' ' + t.number + ' ' + t.name AS name"
_AREA_LENGTHS = (2, 4, 6, 8)
_EVERYWHERE = "ทุกพื้นที่ในข้อมูล / everywhere in the data"


def require_place(store: Reader, scope: str, uid: str) -> Place:
    """The thing to score; UsageError for an unknown scope, NotFoundError where it is not there."""
    known = [one.value for one in Scope]
    if scope not in known:
        raise UsageError(
            f"ไม่รู้จักขอบเขต {scope!r}",
            f"unknown scope {scope!r}",
            hint_th=f"ที่ใกล้เคียง: {near(scope, known)}",
            hint_en=f"near: {near(scope, known)}",
        )
    asked = uid.strip()
    return _READ[Scope(scope)](store, asked)


def _project(store: Reader, uid: str) -> Place:
    item = find_item(store, uid, Label.PROJECT)
    name = f"{shown_id(item)} {item['name']}"
    return Place(Scope.PROJECT, item["uid"], name, Scope.PROJECT, item["uid"], str(item.get("province") or ""))


def _plan(store: Reader, uid: str) -> Place:
    row = _one(store, _PLAN, uid, "แผน", "plan")
    if row["needs"]:
        return Place(Scope.PLAN, row["uid"], row["name"], Scope.PLAN, row["uid"], _province(row))
    return _placed(Scope.PLAN, row)


def _body(store: Reader, uid: str) -> Place:
    return _placed(Scope.BODY, _one(store, _BODY, uid, "หน่วยงาน", "body"))


def _placed(scope: Scope, row: Row) -> Place:
    """A plan or body whose needs are those of its area."""
    area = row["area"] if row["area"] and row["area"].isdecimal() else None
    return Place(scope, row["uid"], row["name"], Scope.AREA if area else None, area or "", _province(row))


def _province(row: Row) -> str:
    area = str(row["area"] or "")
    return area[:2] if area.isdecimal() else ""


def _area(store: Reader, uid: str) -> Place:
    if not uid:
        return Place(Scope.AREA, "", _EVERYWHERE, Scope.AREA, "", "")
    if len(uid) not in _AREA_LENGTHS or not uid.isdecimal():
        raise UsageError(
            f"รหัสพื้นที่ {uid!r} ต้องเป็นเลข 2, 4, 6 หรือ 8 หลัก",
            f"the area code {uid!r} must have 2, 4, 6 or 8 digits",
            hint_th="เช่น 81 (จังหวัด) 8104 (อำเภอ) 810405 (ตำบล) 81040503 (หมู่บ้าน)",
            hint_en="for example 81 (province), 8104 (district), 810405 (tambon), 81040503 (village)",
        )
    row = _one(store, _AREA, uid, "พื้นที่", "area")
    return Place(Scope.AREA, row["uid"], row["name"], Scope.AREA, row["uid"], row["uid"][:2])


def _strategy(store: Reader, uid: str) -> Place:
    row = _one(store, _STRATEGY, uid, "ยุทธศาสตร์", "strategy")
    return Place(Scope.STRATEGY, row["uid"], row["name"], Scope.STRATEGY, row["uid"], "")


def _one(store: Reader, cypher: str, uid: str, th: str, en: str) -> Row:
    rows = store.read(cypher, {"uid": uid})
    if len(rows) == 1:
        return rows[0]
    if rows:
        names = "; ".join(row["uid"] for row in rows[:8])
        raise NotFoundError(
            f"{th} {uid!r} มี {len(rows)} รายการ", f"{len(rows)} of {en} {uid!r}", hint_th=names, hint_en=names
        )
    raise NotFoundError(
        f"ไม่พบ{th} {uid!r}",
        f"no {en} {uid!r}",
        hint_th="ดู uid ได้จากคำสั่ง tracegraph query alignment_by_plan หรือ strategy_coverage",
        hint_en="uids: tracegraph query alignment_by_plan, or strategy_coverage",
    )


_READ = {
    Scope.PROJECT: _project,
    Scope.PLAN: _plan,
    Scope.BODY: _body,
    Scope.AREA: _area,
    Scope.STRATEGY: _strategy,
}

"""Finding a need or a project by whatever id a person has: uid, the source's id, or ``file#sheet#row``."""

from __future__ import annotations

from typing import Any, Protocol

from tracegraph.errors import NotFoundError
from tracegraph.model.graph import Label

Row = dict[str, Any]


class Reader(Protocol):
    """What analysis needs of the store: rows of a read-only query."""

    def read(self, cypher: str, params: dict[str, Any] | None = None) -> list[Row]:
        """Rows as plain dicts; a node is the dict of its properties."""


_ITEMS = (Label.NEED, Label.PROJECT)
_CANDIDATES_SHOWN = 8
_BY_CELL = (
    "MATCH (d:Document {{file: $file}})<-[:STATED_IN]-(n:{label}) "
    "WHERE n.file = $file AND n.sheet = $sheet AND n.row = $row RETURN DISTINCT n AS item ORDER BY n.uid"
)


def shown_id(item: Row) -> str:
    """The id the source gave, or ``file#sheet#row`` where it gave none."""
    return str(item.get("source_id") or f"{item.get('file')}#{item.get('sheet') or ''}#{item.get('row')}")


def find_item(store: Reader, item_id: str, label: str | None = None) -> Row:
    """Properties of the one need or project with this id, with ``label``.

    Current items win over superseded ones. NotFoundError where nothing has the id, or where several have
    it: the hint lists their uids.
    """
    wanted = item_id.strip()
    labels = [one for one in _ITEMS if label is None or one == label]
    found: list[Row] = []
    for search in (_by_uid, _by_source_id, _by_cell):
        found = [row for one in labels for row in search(store, wanted, one)]
        if found:
            break
    current = [row for row in found if row.get("current")] or found
    if len(current) == 1:
        return current[0]
    raise _several(wanted, current) if current else _none(wanted, labels)


def _with_label(rows: list[Row], label: Label) -> list[Row]:
    return [{**row["item"], "label": label.value} for row in rows]


def _by_uid(store: Reader, uid: str, label: Label) -> list[Row]:
    if ":" not in uid:
        return []
    return _with_label(store.read(f"MATCH (n:{label} {{uid: $id}}) RETURN n AS item", {"id": uid}), label)


def _by_source_id(store: Reader, source_id: str, label: Label) -> list[Row]:
    cypher = f"MATCH (n:{label} {{source_id: $id}}) RETURN n AS item ORDER BY n.uid"
    return _with_label(store.read(cypher, {"id": source_id}), label)


def _by_cell(store: Reader, text: str, label: Label) -> list[Row]:
    parts = text.rsplit("#", 2)  # a file name may hold a # of its own
    if len(parts) != 3 or not parts[2].strip().isdecimal():
        return []
    params = {"file": parts[0], "sheet": parts[1], "row": int(parts[2])}
    return _with_label(store.read(_BY_CELL.format(label=label.value), params), label)


def _none(item_id: str, labels: list[Label]) -> NotFoundError:
    kinds_th = "หรือ".join({Label.NEED: "ความต้องการ", Label.PROJECT: "โครงการ"}[one] for one in labels)
    kinds_en = " or ".join(one.value.lower() for one in labels)
    return NotFoundError(
        f"ไม่พบ{kinds_th}รหัส {item_id!r}",
        f"no {kinds_en} with id {item_id!r}",
        hint_th="ใช้ uid รหัสที่ไฟล์ให้ไว้ หรือ ไฟล์#ชีต#แถว เช่น แผน.xlsx#ผ.02#15 (CSV: ไฟล์##แถว)",
        hint_en="give a uid, the id of the source file, or file#sheet#row (a CSV: file##row)",
    )


def _several(item_id: str, rows: list[Row]) -> NotFoundError:
    shown = [f"{row['uid']} ({str(row.get('text') or row.get('name'))[:60]})" for row in rows[:_CANDIDATES_SHOWN]]
    rest = f" … +{len(rows) - len(shown)}" if len(rows) > len(shown) else ""
    names = "; ".join(shown) + rest
    return NotFoundError(
        f"รหัส {item_id!r} ตรงกับ {len(rows)} รายการ",
        f"the id {item_id!r} belongs to {len(rows)} items",
        hint_th=f"ระบุ uid: {names}",
        hint_en=f"give a uid: {names}",
    )

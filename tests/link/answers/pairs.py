"""Needs and projects of one invented tambon, for tests that compare two of them."""

from __future__ import annotations

from tracegraph.model.items import Item
from tracegraph.thai.normalize import text_hash

TAMBON = "990101"


def need(text: str, village: int | None = 3, **fields: object) -> Item:
    """A need of a village (None: the village is not known)."""
    return build_item("need", text, village, fields)


def project(text: str, village: int | None = None, **fields: object) -> Item:
    """An item of a plan; fields such as ``tambon`` replace those of the invented tambon."""
    return build_item("project", text, village, fields)


def build_item(role: str, text: str, village: int | None, fields: dict[str, object]) -> Item:
    """A need or a project with codes of the invented tambon, of another one, or of none."""
    tambon = fields.get("tambon", TAMBON)
    codes = (tambon[:4], tambon[:2]) if isinstance(tambon, str) else (None, None)
    values: dict[str, object] = {
        "uid": f"{role}:{text_hash(text)}:{village}",
        "role": role,
        "text": text,
        "text_hash": text_hash(text),
        "village_nos": (village,) if village else (),
        "tambon": tambon,
        "district": codes[0],
        "province": codes[1],
        **fields,
    }
    return Item(**values)  # type: ignore[arg-type]

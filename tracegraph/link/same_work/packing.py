"""Prepared items in few bytes, for keeping a million of them: what an item does not say takes no room.

The bytes stay in this process and are of use to no other version.
"""

from __future__ import annotations

import marshal
from dataclasses import MISSING, fields
from typing import Any

from tracegraph.link.same_work.prepared import Prepared, Road
from tracegraph.model.items import Item

_FIELDS = tuple(field for field in fields(Prepared) if field.name != "item")
_DEFAULTS = tuple(
    field.default_factory() if field.default_factory is not MISSING else field.default for field in _FIELDS
)
#: One byte a letter; what it does not have (OCR debris, other scripts) is packed as it is.
_THAI = "cp874"


def pack(item: Prepared) -> bytes:
    """The fields of a prepared item that say something; not the item itself."""
    said = [
        (position, _shrink(getattr(item, field.name)))
        for position, (field, default) in enumerate(zip(_FIELDS, _DEFAULTS, strict=True))
        if getattr(item, field.name) != default
    ]
    return marshal.dumps(said)


def unpack(packed: bytes | memoryview, item: Item) -> Prepared:
    """The prepared item again."""
    said = {_FIELDS[position].name: _grow(value) for position, value in marshal.loads(packed)}  # noqa: S302 - our own
    return Prepared(**{"whole": "", "core": "", **said}, item=item)


def _shrink(value: Any) -> Any:
    """Text in one byte a letter where it can be; roads as marked pairs."""
    if isinstance(value, str):
        return _shrink_text(value)
    if isinstance(value, Road):
        return (Ellipsis, _shrink(value.name), _shrink(value.numbers))
    if isinstance(value, tuple | frozenset):
        return type(value)(_shrink(one) for one in value)
    if isinstance(value, dict):
        return {_shrink(name): _shrink(one) for name, one in value.items()}
    return value


def _shrink_text(text: str) -> bytes | str:
    try:
        return text.encode(_THAI)
    except UnicodeEncodeError:
        return text


def _grow(value: Any) -> Any:
    kind = type(value)
    if kind is bytes:
        return value.decode(_THAI)
    if kind is tuple:
        if value and value[0] is Ellipsis:
            return Road(_grow(value[1]), _grow(value[2]))
        return tuple([_grow(one) for one in value])
    if kind is frozenset:
        return frozenset([_grow(one) for one in value])
    if kind is dict:
        return {_grow(name): _grow(one) for name, one in value.items()}
    return value

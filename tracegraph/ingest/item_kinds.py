"""Tell projects from recurring work, administration and equipment (rules in ``data/item_kinds.yaml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from tracegraph.model.graph import ItemKind
from tracegraph.thai.normalize import normalize

_LABELS = {
    "โครงการ": ItemKind.PROJECT,
    "งานประจำ": ItemKind.RECURRING,
    "บริหาร": ItemKind.ADMINISTRATIVE,
    "ครุภัณฑ์": ItemKind.EQUIPMENT,
    **{kind.value: kind for kind in ItemKind},
}


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: ItemKind
    field: str  # form | group | name
    pattern: re.Pattern[str]


@cache
def _rules() -> tuple[_Rule, ...]:
    text = files("tracegraph.ingest").joinpath("data", "item_kinds.yaml").read_text(encoding="utf-8")
    return tuple(
        _Rule(ItemKind(entry["kind"]), field, re.compile("|".join(f"(?:{p})" for p in entry[field])))
        for entry in yaml.safe_load(text)
        for field in ("form", "group", "name")
        if field in entry
    )


def find_item_kind(name: str, *, form: str | None = None, groups: tuple[str | None, ...] = ()) -> ItemKind:
    """What an item is, by its name, the form it stands on, and the group lines and แผนงาน above it."""
    texts = {
        "name": normalize(name),
        "form": normalize(form or ""),
        "group": " | ".join(normalize(group) for group in groups if group),
    }
    return next((rule.kind for rule in _rules() if rule.pattern.search(texts[rule.field])), ItemKind.PROJECT)


def parse_item_kind(label: str) -> ItemKind | None:
    """The kind that a column states in words, or None."""
    return _LABELS.get(normalize(label).strip())

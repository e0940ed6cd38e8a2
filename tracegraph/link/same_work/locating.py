"""Where a work lies: the tambon that its name and its row agree on, and the scope in which partners are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from tracegraph.link.same_work.said import WISHING_KINDS, read_name
from tracegraph.model.items import Item
from tracegraph.thai.fields import ParsedName
from tracegraph.thai.gazetteer import build_key, load_names

TAMBON_DIGITS, _DISTRICT_DIGITS = 6, 4
#: Likeness of two spellings of one tambon.
_SAME_TAMBON = 80.0


def read_tambon(item: Item, parsed: ParsedName, *, leads_on: bool = False) -> tuple[str | None, frozenset[str]]:
    """The tambon's code and the names that the text gives.

    Where both disagree, the text is right about the work: the code is that of the names, None where they do not decide.
    Two names join two tambons and speak against no code; nor does a line's (``leads_on``): behind its second end stands
    where that end lies (สายบ้าน ก - บ้าน ข ตำบล ค).
    """
    province = (item.province or "")[:2]
    return resolve_tambon(_tambon(item), province, parsed.tambons, parsed.districts, leads_on=leads_on)


def resolve_tambon(
    code: str | None, province: str, tambons: Sequence[str], districts: Sequence[str], *, leads_on: bool
) -> tuple[str | None, frozenset[str]]:
    """``read_tambon`` of a code and of the names that a text gives; ``province`` is a code or ''."""
    names = frozenset(tambons)
    called = load_names().by_code.get(code, "") if code else ""
    if not names or len(names) > 1 or (code and not called):
        return code, names
    if code and is_called(called, tambons[0]):
        other = not leads_on and bool(districts) and not _lies_in(code, districts)
        return (find_stated_tambon(tambons[0], districts, "") if other else None) or code, frozenset((called,))
    found = find_stated_tambon(tambons[0], districts, province or (code or "")[:2])
    if code and leads_on and (not found or found[:2] == code[:2]):
        return code, frozenset()
    if code and not found and not load_names().tambons.get(build_key(tambons[0])):
        return code, frozenset()  # a name that no tambon has is misread
    return found, names


def _tambon(item: Item) -> str | None:
    if item.tambon:
        return item.tambon
    return item.area[:TAMBON_DIGITS] if item.area and len(item.area) >= TAMBON_DIGITS else None


def _lies_in(code: str, districts: Sequence[str]) -> bool:
    """Whether a tambon's district is one of those that a text names."""
    district = load_names().by_code.get(code[:_DISTRICT_DIGITS], "")
    return any(is_called(district, name) for name in districts)


def find_stated_tambon(name: str, districts: Sequence[str], province: str) -> str | None:
    """The one tambon of this name in the districts that are named beside it, letters of a misprint aside; else the one
    in the province (a code or '')."""
    names = load_names()
    codes = names.tambons.get(build_key(name), ())
    within = tuple(code for district in districts for code in names.districts.get(build_key(district), ()))
    if within:
        found = [code for code in codes if code.startswith(within)]
        if not found and len(within) == 1:
            found = [code for code in names.tambons_in(within[0]) if is_called(names.by_code[code], name)]
    else:
        found = [code for code in codes if province and not districts and code.startswith(province)]
    if len(found) > 1:
        found = [code for code in found if code.startswith(province)]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=16_384)
def is_called(official: str, typed: str) -> bool:
    """Whether a typed name of a tambon is an official one, letters of a misprint aside."""
    left, right = build_key(official), build_key(typed)
    return left == right or fuzz.ratio(left, right) >= _SAME_TAMBON or right.startswith(left)


def find_scopes(items: Sequence[Item]) -> list[str]:
    """The scope of each item: its district; else the one district of its owner's other items; else the owner.

    '' where nothing is known: such items meet others only in the pass across districts.
    """
    own = [_stated_district(item) or _district(item) for item in items]
    districts: dict[str, set[str]] = {}
    for item, district in zip(items, own, strict=True):
        if item.owner and district:
            districts.setdefault(item.owner, set()).add(district)
    return [district or _owner_scope(item, districts) for item, district in zip(items, own, strict=True)]


def _owner_scope(item: Item, districts: Mapping[str, set[str]]) -> str:
    if not item.owner:
        return ""
    known = districts.get(item.owner, set())
    return next(iter(known)) if len(known) == 1 else f"owner:{item.owner}"


def _stated_district(item: Item) -> str | None:
    """The district of the tambon that a name states beside a wrong code or none; names that say the same as the code
    are not read."""
    text = item.text
    if "ตำบล" not in text and "ต." not in text:
        return None
    code, called = _tambon(item), load_names().by_code
    if (
        code
        and called.get(code, text) in text
        and (("อำเภอ" not in text and "อ." not in text) or called.get(code[:_DISTRICT_DIGITS], text) in text)
    ):
        return None
    name = read_name(text, wishing=item.plan_kind in WISHING_KINDS)
    stated, _ = read_tambon(item, name, leads_on=bool(name.road_ends)) if name.tambons else (None, ())
    return stated[:_DISTRICT_DIGITS] if stated else None


def _district(item: Item) -> str | None:
    if item.district:
        return item.district
    code = item.tambon or item.area
    return code[:_DISTRICT_DIGITS] if code and len(code) >= _DISTRICT_DIGITS else None

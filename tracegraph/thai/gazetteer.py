"""Names and official codes of provinces, districts and tambons, from the package geothai; read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import geothai

from tracegraph.thai.normalize import normalize

LEVELS = {2: "province", 4: "district", 6: "tambon", 8: "village"}
BANGKOK = "10"
_WORDS = ("จังหวัด", "กิ่งอำเภอ", "อำเภอ", "เขต", "ตำบล", "แขวง", "จ.", "อ.", "ต.")
_SHORT_PROVINCES = {"กทม": "10", "กทม.": "10", "กรุงเทพ": "10", "กรุงเทพฯ": "10", "โคราช": "30", "อยุธยา": "14", "แปดริ้ว": "24"}


@dataclass(frozen=True, slots=True)
class Names:
    """Official names by code, and codes by the comparison form of the name, for each level."""

    by_code: dict[str, str]
    provinces: dict[str, tuple[str, ...]]
    districts: dict[str, tuple[str, ...]]
    tambons: dict[str, tuple[str, ...]]
    children: dict[str, tuple[str, ...]]

    def codes(self, level: str, name: str) -> tuple[str, ...]:
        """Codes of every area of that level with that name (as typed, with or without its word ตำบล, อำเภอ …)."""
        key = build_key(name)
        if level == "province":
            return self.provinces.get(key, ())
        return (self.districts if level == "district" else self.tambons).get(key, ())


def build_key(name: str) -> str:
    """Comparison form of an area's name: normalized, without spaces and without the word for its level."""
    key = normalize(name).replace(" ", "")
    for word in _WORDS:
        if key.startswith(word) and len(key) > len(word) + 1:
            return key[len(word) :]
    return key


@cache
def load_names() -> Names:
    """Every area of geothai; about 8,400 names, loaded in a few tens of milliseconds."""
    by_code: dict[str, str] = {}
    provinces: dict[str, list[str]] = {}
    districts: dict[str, list[str]] = {}
    tambons: dict[str, list[str]] = {}
    children: dict[str, list[str]] = {}
    for province in geothai.provinces():
        _add(by_code, provinces, province.code, province.name_th)
        for district in geothai.districts(province.code):
            _add(by_code, districts, district.code, district.name_th.removeprefix("เขต"))
            children.setdefault(province.code, []).append(district.code)
            if district.name_th == f"เมือง{province.name_th}":
                districts.setdefault("เมือง", []).append(district.code)
            for tambon in geothai.subdistricts(district.code):
                _add(by_code, tambons, tambon.code, tambon.name_th)
                children.setdefault(district.code, []).append(tambon.code)
    for short, code in _SHORT_PROVINCES.items():
        provinces.setdefault(short, []).append(code)
    return Names(by_code, _frozen(provinces), _frozen(districts), _frozen(tambons), _frozen(children))


def _add(by_code: dict[str, str], table: dict[str, list[str]], code: str, name: str) -> None:
    by_code[code] = name
    table.setdefault(build_key(name), []).append(code)


def _frozen(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(codes) for name, codes in table.items()}


def find_within(codes: Iterable[str], area: str) -> tuple[str, ...]:
    """Those of ``codes`` that lie in ``area`` or are it."""
    return tuple(code for code in codes if code.startswith(area))

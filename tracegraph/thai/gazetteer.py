"""Names and official codes of provinces, districts and tambons, from the package geothai; read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import geothai

from tracegraph.thai.normalize import normalize

_WORDS = ("จังหวัด", "กิ่งอำเภอ", "กิ่งอ.", "อำเภอ", "เขต", "ตำบล", "แขวง", "จว.", "จ.", "อ.", "ต.")
_INITIALS = re.compile(r"(?:[ก-ฮ]\.)+")  # a name of initials has no word for its level: จ.ป.ร.
_SHORT_PROVINCES = {
    "กทม": "10", "กทม.": "10", "กรุงเทพ": "10", "กรุงเทพฯ": "10", "อยุธยา": "14", "โคราช": "30", "แปดริ้ว": "24",
    "สุราษฎร์": "84", "สุราษฏร์ธานี": "84", "นครศรีฯ": "80", "ประจวบฯ": "77", "ประจวบ": "77", "อุบล": "34",
    "อุดร": "41", "กาญจน์": "71", "ปราจีน": "25", "เมืองคอน": "80",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Official names by code, codes by the comparison form of the name for each level, and codes by their parent."""

    by_code: dict[str, str]
    provinces: dict[str, tuple[str, ...]]
    districts: dict[str, tuple[str, ...]]
    tambons: dict[str, tuple[str, ...]]
    children: dict[str, tuple[str, ...]]

    def tambons_in(self, area: str) -> tuple[str, ...]:
        """Codes of the tambons of a province or district, or the tambon itself."""
        if len(area) >= 6:
            return (area[:6],) if area[:6] in self.by_code else ()
        if len(area) == 4:
            return self.children.get(area, ())
        return tuple(code for district in self.children.get(area, ()) for code in self.children.get(district, ()))

    def keys_of(self, codes: Iterable[str]) -> dict[str, str]:
        """Codes by the comparison form of their names."""
        return {build_key(self.by_code[code]): code for code in codes}


@lru_cache(maxsize=16_384)
def build_key(name: str) -> str:
    """Comparison form of an area's name: normalized, without spaces and without the word for its level."""
    key = normalize(name).replace(" ", "")
    if _INITIALS.fullmatch(key):
        return key
    for word in _WORDS:
        if key.startswith(word) and len(key) > len(word) + 1:
            return key[len(word) :]
    return key


@cache
def load_names() -> Names:
    """Every area of geothai: about 8,400 names, loaded in a few tens of milliseconds."""
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
    return Names(by_code, _freeze(provinces), _freeze(districts), _freeze(tambons), _freeze(children))


def _add(by_code: dict[str, str], table: dict[str, list[str]], code: str, name: str) -> None:
    by_code[code] = name
    table.setdefault(build_key(name), []).append(code)


def _freeze(table: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(codes) for name, codes in table.items()}


def find_within(codes: Iterable[str], scopes: Iterable[str]) -> tuple[str, ...]:
    """Those of ``codes`` that lie in one of the areas or are one; all of them where no area is given."""
    prefixes = tuple(scopes)
    return tuple(code for code in codes if code.startswith(prefixes)) if prefixes else tuple(codes)

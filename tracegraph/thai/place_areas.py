"""From the names of province, district and tambon to codes.

Names of tambons repeat (28 are called หนองบัว), so a name alone rarely decides: the district and province beside it do,
then the areas of the document's owner; what stays open is reported with every homonym, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracegraph.thai.gazetteer import Names, build_key, find_within
from tracegraph.thai.name_slips import MOST_NAMES, Slip, SlipKind, find_slip
from tracegraph.thai.near import find_near
from tracegraph.thai.place_types import LEVELS, UNKNOWN, PlaceContext, PlaceMatch, Stated, build_match, find_nearest

# How sure each way of finding is; only their order matters.
_IN_DISTRICT, _IN_PROVINCE = 0.98, 0.93
_OWNERS = ((6, 0.95), (4, 0.9), (2, 0.8))  # the owner's own tambon, one of its district, of its province
_ONLY_ONE, _OF_SEVERAL, _OUTSIDE = 0.85, 0.6, 0.5
_BODY, _SLIP = 0.85, 0.8  # factors: named by its body; one letter off
# Factors by kind of slip, from the share that invented slips of official names find right (benchmarks.bench_places).
_BY_KIND = {SlipKind.SAME: 1.0, SlipKind.ONE: 0.88, SlipKind.SEVERAL: 0.85, SlipKind.PART: 0.75}
_BESIDE = {None: 1.0, "misspelt": 0.9}  # factor by the problem of the district or province beside a right tambon
_BESIDE_UNKNOWN = 0.85
_NEAR = (SlipKind.SAME, SlipKind.ONE)  # nearer than the same name in another district of the province
_SHORTEST_BEGUN = 4


@dataclass(frozen=True, slots=True)
class AreaReader:
    """Resolves the names of one row, given the official names and the document's context."""

    names: Names
    context: PlaceContext

    def read(self, stated: Stated) -> PlaceMatch:
        """The tambon, else the district, else the province, else the owner's area, else unknown."""
        province = self._province(stated.province)
        districts = [self._district(name, province) for name in stated.districts]
        if stated.tambons:
            found = [self._tambon(name, stated, districts, province) for name in stated.tambons]
            return found[0] if len(found) == 1 else _common(found, " ".join(f"ต.{name}" for name in stated.tambons))
        if len(districts) > 1:
            return _common(districts, " ".join(match.words for match in districts))
        for match in (*districts, province):
            if match.area or match.problem:
                return match
        owner = self.context.owner
        return build_match(owner, 0.5, "") if owner and len(owner) in LEVELS else UNKNOWN

    def _province(self, name: str | None) -> PlaceMatch:
        if not name:
            return UNKNOWN
        key, words, provinces = build_key(name), f"จ.{name}", self.names.provinces
        if codes := provinces.get(key):
            return build_match(codes[0], 0.9, words)
        slip = find_slip(key, tuple(provinces))
        if isinstance(slip, Slip) and slip.kind is not SlipKind.PART:
            return build_match(provinces[slip.name][0], 0.7, words, "misspelt")
        # Words that ran on: จังหวัดชลบุรีผิวจราจร
        begun = max((known for known in provinces if key.startswith(known)), key=len, default="")
        if len(begun) >= _SHORTEST_BEGUN:
            return build_match(provinces[begun][0], 0.6, words, "misspelt")
        return replace(UNKNOWN, words=words, problem="unknown-province")

    def _district(self, name: str, province: PlaceMatch) -> PlaceMatch:
        key, words = build_key(name), f"อ.{name} {province.words}".strip()
        scope = (province.area,) if province.area else ()
        codes = self._districts_called(key, scope)
        if inside := find_nearest(codes, self.context):
            if len(inside) == 1:
                return build_match(inside[0], 0.9, words, province.problem)
            return replace(province, confidence=0.4, words=words, homonyms=inside, problem="homonym")
        pool = {key: at for key, all_codes in self.names.districts.items() if (at := find_within(all_codes, scope))}
        if (found := _find_meant(key, pool)) and len(pool[found.name]) == 1:
            problem = province.problem if found.kind is SlipKind.SAME else "misspelt"
            return build_match(pool[found.name][0], 0.75, words, problem)
        return replace(province, words=words, problem="unknown-district")

    def _districts_called(self, key: str, scope: tuple[str, ...]) -> tuple[str, ...]:
        """Districts of that name; the capital's is often named like the province alone (อ.บึงกาฬ จ.บึงกาฬ)."""
        districts = self.names.districts
        return find_within(districts.get(key, ()), scope) or find_within(districts.get(f"เมือง{key}", ()), scope)

    def _tambon(self, name: str, stated: Stated, districts: list[PlaceMatch], province: PlaceMatch) -> PlaceMatch:
        beside = districts[0] if len(districts) == 1 else province
        words = " ".join(part for part in (f"ต.{name}", beside.words or province.words) if part)
        scopes = tuple(match.area for match in districts if match.area) or ((province.area,) if province.area else ())
        trust = _BODY if stated.from_body else 1.0
        if not scopes:
            return self._unscoped(name, words, trust)
        problem = next((match.problem for match in (*districts, province) if match.problem), None)
        return self._scoped(name, scopes, words, trust, problem)

    def _scoped(self, name: str, scopes: tuple[str, ...], words: str, trust: float, problem: str | None) -> PlaceMatch:
        key = build_key(name)
        codes = self.names.tambons.get(key, ())
        inside = find_nearest(find_within(codes, scopes), self.context)
        sure = (_IN_DISTRICT if len(scopes[0]) == 4 else _IN_PROVINCE) * trust
        if len(inside) == 1:
            return build_match(inside[0], sure * _BESIDE.get(problem, _BESIDE_UNKNOWN), words, problem)
        scope = scopes[0] if len(scopes) == 1 else scopes[0][:2]
        if inside:
            return replace(build_match(scope, 0.4, words, "homonym"), homonyms=inside)
        pool = {key: (code,) for key, code in self._pool_of(scopes).items()}
        slip = find_slip(key, tuple(pool)) if len(pool) <= MOST_NAMES else _find_meant(key, pool) or ()
        elsewhere = find_within(codes, (scope[:2],))
        if isinstance(slip, Slip) and (slip.kind in _NEAR or len(elsewhere) != 1):
            right = problem if slip.kind is SlipKind.SAME else "misspelt"
            return build_match(pool[slip.name][0], sure * _BY_KIND[slip.kind], words, right)
        rivals = (slip.name,) if isinstance(slip, Slip) else slip
        homonyms = tuple(pool[rival][0] for rival in rivals)
        if len(elsewhere) == 1:
            return replace(build_match(elsewhere[0], 0.55, words, "district-disagrees"), homonyms=homonyms)
        return replace(build_match(scope, 0.6, words, "unknown-tambon"), homonyms=homonyms)

    def _pool_of(self, scopes: tuple[str, ...]) -> dict[str, str]:
        return self.names.keys_of(code for area in scopes for code in self.names.tambons_in(area))

    def _unscoped(self, name: str, words: str, trust: float) -> PlaceMatch:
        codes = self.names.tambons.get(build_key(name), ())
        chosen = find_nearest(codes, self.context)
        if len(chosen) > 1:
            return replace(UNKNOWN, words=words, homonyms=chosen, problem="homonym")
        if not chosen:
            return self._slip(name, words, trust)
        for length, sure in _OWNERS:
            if chosen[0][:length] in self.context.scopes(length):
                return build_match(chosen[0], sure * trust, words)
        if self.context.areas():
            return build_match(chosen[0], _OUTSIDE * trust, words, "outside-owner")
        return build_match(chosen[0], (_ONLY_ONE if len(codes) == 1 else _OF_SEVERAL) * trust, words)

    def _slip(self, name: str, words: str, trust: float) -> PlaceMatch:
        """A name that no tambon has: a slip of one near the owner, never of one anywhere in Thailand."""
        for length, sure in _OWNERS[1:]:
            scopes = self.context.scopes(length)
            pool = self._pool_of(scopes)
            near = find_near(build_key(name), pool)
            if len(near) == 1:
                return build_match(pool[near[0]], sure * _SLIP * trust, words, "misspelt")
        owner = self.context.owner
        if owner and len(owner) in LEVELS:
            return build_match(owner, 0.3, words, "unknown-tambon")
        return replace(UNKNOWN, words=words, problem="unknown-tambon")


def _find_meant(key: str, pool: Mapping[str, tuple[str, ...]]) -> Slip | None:
    """The one name of a pool that a misspelt name stands for; in a large pool one slip away at most."""
    if len(pool) <= MOST_NAMES:
        slip = find_slip(key, tuple(pool))
        return slip if isinstance(slip, Slip) else None
    near = find_near(key, pool)
    return Slip(near[0], SlipKind.ONE, 0.0) if len(near) == 1 else None


def _common(found: list[PlaceMatch], words: str) -> PlaceMatch:
    """Several tambons or districts: the smallest area that holds them all."""
    codes = [match.area for match in found if match.area]
    if len(codes) == len(found):
        for length in (6, 4, 2):
            if len({code[:length] for code in codes}) == 1 and min(map(len, codes)) >= length:
                sure = min(match.confidence for match in found)
                same = len(set(codes)) == 1
                match = build_match(codes[0][:length], sure, words, None if same else "several-tambons")
                return match if same else replace(match, areas=tuple(dict.fromkeys(codes)))
    return replace(UNKNOWN, words=words, problem="several-tambons")

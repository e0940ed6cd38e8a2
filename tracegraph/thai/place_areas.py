"""From the names of province, district and tambon to codes.

Names of tambons repeat (28 are called หนองบัว), so a name alone rarely decides: the district and province beside it do,
then the areas of the document's owner; what stays open is reported with every homonym, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracegraph.thai.gazetteer import Names, build_key, find_within
from tracegraph.thai.near import find_near
from tracegraph.thai.place_types import LEVELS, UNKNOWN, PlaceContext, PlaceMatch, Stated, build_match, find_nearest

# How sure each way of finding is; only their order matters.
_IN_DISTRICT, _IN_PROVINCE = 0.98, 0.93
_OWNERS = ((6, 0.95), (4, 0.9), (2, 0.8))  # the owner's own tambon, one of its district, of its province
_ONLY_ONE, _OF_SEVERAL, _OUTSIDE = 0.85, 0.6, 0.5
_BODY, _SLIP = 0.85, 0.8  # factors: named by its body; one letter off


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
        words, provinces = f"จ.{name}", self.names.provinces
        if codes := provinces.get(build_key(name)):
            return build_match(codes[0], 0.9, words)
        near = find_near(build_key(name), provinces)
        if len(near) == 1:
            return build_match(provinces[near[0]][0], 0.7, words, "misspelt")
        return replace(UNKNOWN, words=words, problem="unknown-province")

    def _district(self, name: str, province: PlaceMatch) -> PlaceMatch:
        words = f"อ.{name} {province.words}".strip()
        scope = (province.area,) if province.area else ()
        codes = self.names.districts.get(build_key(name), ())
        if inside := find_nearest(find_within(codes, scope), self.context):
            if len(inside) == 1:
                return build_match(inside[0], 0.9, words, province.problem)
            return replace(province, confidence=0.4, words=words, homonyms=inside, problem="homonym")
        pool = {key: at for key, all_codes in self.names.districts.items() if (at := find_within(all_codes, scope))}
        near = find_near(build_key(name), pool)
        if len(near) == 1 and len(pool[near[0]]) == 1:
            return build_match(pool[near[0]][0], 0.75, words, "misspelt")
        return replace(province, words=words, problem="unknown-district")

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
        codes = self.names.tambons.get(build_key(name), ())
        inside = find_nearest(find_within(codes, scopes), self.context)
        if len(inside) == 1:
            sure = _IN_DISTRICT if len(scopes[0]) == 4 else _IN_PROVINCE
            return build_match(inside[0], sure * trust * (0.85 if problem else 1.0), words, problem)
        scope = scopes[0] if len(scopes) == 1 else scopes[0][:2]
        if inside:
            return replace(build_match(scope, 0.4, words, "homonym"), homonyms=inside)
        pool = self.names.keys_of(code for area in scopes for code in self.names.tambons_in(area))
        near = find_near(build_key(name), pool)
        if len(near) == 1:
            return build_match(pool[near[0]], _IN_DISTRICT * _SLIP * trust, words, "misspelt")
        if len(elsewhere := find_within(codes, (scope[:2],))) == 1:
            return build_match(elsewhere[0], 0.55, words, "district-disagrees")
        homonyms = tuple(pool[key] for key in near)
        return replace(build_match(scope, 0.6, words, "unknown-tambon"), homonyms=homonyms)

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
            pool = self.names.keys_of(code for scope in scopes for code in self.names.tambons_in(scope))
            near = find_near(build_key(name), pool)
            if len(near) == 1:
                return build_match(pool[near[0]], sure * _SLIP * trust, words, "misspelt")
        owner = self.context.owner
        if owner and len(owner) in LEVELS:
            return build_match(owner, 0.3, words, "unknown-tambon")
        return replace(UNKNOWN, words=words, problem="unknown-tambon")


def _common(found: list[PlaceMatch], words: str) -> PlaceMatch:
    """Several tambons or districts: the smallest area that holds them all."""
    codes = [match.area for match in found if match.area]
    if len(codes) == len(found):
        for length in (6, 4, 2):
            if len({code[:length] for code in codes}) == 1 and min(map(len, codes)) >= length:
                sure = min(match.confidence for match in found)
                same = len(set(codes)) == 1
                return build_match(codes[0][:length], sure, words, None if same else "several-tambons")
    return replace(UNKNOWN, words=words, problem="several-tambons")

"""From place words to official codes: stated village, then tambon unique in its district, then the owner's area.

Names of tambons repeat (28 are called หนองบัว), so a name alone rarely decides: the district and province beside it,
then the areas of the document's owner do; what stays open is reported with every homonym, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tracegraph.model.records import AreaRecord
from tracegraph.thai.areas import find_areas
from tracegraph.thai.fields import ParsedName
from tracegraph.thai.finds import Reading
from tracegraph.thai.gazetteer import LEVELS, Names, build_key, find_within, load_names
from tracegraph.thai.near import find_near
from tracegraph.thai.normalize import normalize
from tracegraph.thai.parse import parse_name

_LOCAL_BODY = re.compile(
    r"(?:องค์การบริหารส่วนตำบล|เทศบาลตำบล|(?<![ก-๙.])(?:อบต|ทต)\.?)\s?([ก-ฮเ-ไ](?:(?!ตำบล|อำเภอ|จังหวัด|หมู่)[ก-ฮะ-ฺเ-ๅ็-๎])+)"
)
_PROVINCE_BODY = re.compile(r"(?:องค์การบริหารส่วนจังหวัด|(?<![ก-๙.])อบจ\.?)\s?([ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎]+)")
_LOCATING = ("พื้นที่", "เขต", "ใน", "ชาว", "ชุมชน", "ท้องที่")


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known before reading: the area of the document's owner, and other areas that it serves (codes)."""

    owner: str | None = None
    known: tuple[str, ...] = ()

    def areas(self) -> tuple[str, ...]:
        """Every area of the context, the owner's first."""
        return ((self.owner,) if self.owner else ()) + self.known


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The most exact area that the words and the context give.

    ``level`` is province, district, tambon or village; ``confidence`` 0-1 is for comparing, not a probability;
    ``words`` are the words it came from ('' where only the owner's area is known). ``problem`` is one of homonym,
    misspelt, district-disagrees, unknown-tambon, unknown-district, unknown-province, outside-owner, several-tambons,
    village-without-tambon, village-number, village-not-listed, village-name-disagrees; ``homonyms`` are the codes
    among which the words do not decide.
    """

    area: str | None
    level: str | None
    confidence: float
    words: str = ""
    homonyms: tuple[str, ...] = ()
    problem: str | None = None


UNKNOWN = PlaceMatch(None, None, 0.0)


@dataclass(frozen=True, slots=True)
class _Stated:
    tambons: tuple[str, ...] = ()
    district: str | None = None
    province: str | None = None
    villages: tuple[int, ...] = ()
    village_name: str | None = None
    from_body: bool = False


@dataclass(slots=True)
class Gazetteer:
    """Provinces, districts and tambons of geothai, and the villages that imports add by number and name."""

    names: Names = field(default_factory=load_names)
    _villages: dict[str, dict[str, str]] = field(default_factory=dict)

    def add_village(self, code: str, name: str) -> None:
        """Make a village known: 8-digit code (tambon and หมู่) and its name, with or without บ้าน."""
        if len(code) != 8 or not code.isdigit():
            raise ValueError(f"a village code has 8 digits: {code!r}")
        self._villages.setdefault(code[:6], {})[code] = name.strip()

    def area_record(self, code: str) -> AreaRecord | None:
        """Name, level and parent of an area by its code; None for a code that no area has."""
        level = LEVELS.get(len(code))
        if level is None:
            return None
        parent = None if level == "province" else code[:-2]
        if level == "village":
            if code[:6] not in self.names.by_code or code.endswith("00"):
                return None
            name = self._villages.get(code[:6], {}).get(code) or f"หมู่ที่ {int(code[6:])}"
            return AreaRecord(uid=code, name=name, level=level, parent=parent)
        known = self.names.by_code.get(code)
        return None if known is None else AreaRecord(uid=code, name=known, level=level, parent=parent)

    def iter_area_chain(self, code: str) -> Iterator[AreaRecord]:
        """The area and everything it lies in, the smallest first; codes that no area has are left out."""
        for length in (8, 6, 4, 2):
            if len(code) >= length and (record := self.area_record(code[:length])):
                yield record

    def resolve(
        self,
        *,
        text: str = "",
        village_no: int | Sequence[int] | None = None,
        village_name: str | None = None,
        tambon: str | None = None,
        district: str | None = None,
        province: str | None = None,
        context: PlaceContext | None = None,
        parsed: ParsedName | None = None,
    ) -> PlaceMatch:
        """The area of a row: what its place columns say, then what ``text`` says, then the owner's area.

        ``parsed`` saves reading ``text`` again. Nothing stated and no owner gives an unknown place.
        """
        context = context or PlaceContext()
        numbers = (village_no,) if isinstance(village_no, int) else tuple(village_no or ())
        given = _Stated((tambon,) if tambon else (), district or None, province or None, numbers, village_name or None)
        stated = self._complete(given, text, context, parsed)
        match = self._tambon_or_wider(stated, context)
        return self._village(match, stated, context)

    def _complete(self, given: _Stated, text: str, context: PlaceContext, parsed: ParsedName | None) -> _Stated:
        if not text and parsed is None:
            return given
        name = parsed or parse_name(text)
        tambons, from_body = given.tambons or name.tambons, False
        if not tambons and not given.district:
            tambons = self._bare_tambon(name.normalized, context)
        if not tambons and not given.district and not name.districts:
            tambons, from_body = tuple(dict.fromkeys(_LOCAL_BODY.findall(name.normalized)[:1])), True
        body_province = _PROVINCE_BODY.findall(name.normalized)[:1]
        return _Stated(
            tambons=tambons,
            district=given.district or next(iter(name.districts), None),
            province=given.province or next(iter(name.provinces or body_province), None),
            villages=given.villages or name.villages,
            village_name=given.village_name or next(iter(name.village_names), None),
            from_body=from_body,
        )

    def _bare_tambon(self, text: str, context: PlaceContext) -> tuple[str, ...]:
        """A tambon's name without ต. counts only as the whole text or after พื้นที่, เขต …, and only near the owner."""
        near = {code for area in context.areas() for code in self._tambons_in(area[:4])}
        for code in sorted(near):
            name = self.names.by_code[code]
            at = text.find(name)
            if at < 0:
                continue
            whole = text == name
            located = text[:at].rstrip().endswith(_LOCATING) and not re.match("[ก-๙]", text[at + len(name) :])
            if whole or located:
                return (name,)
        return ()

    def _tambons_in(self, area: str) -> tuple[str, ...]:
        if len(area) >= 6:
            return (area[:6],) if area[:6] in self.names.by_code else ()
        if len(area) == 4:
            return self.names.children.get(area, ())
        return tuple(code for district in self.names.children.get(area, ()) for code in self._tambons_in(district))

    def _tambon_or_wider(self, stated: _Stated, context: PlaceContext) -> PlaceMatch:
        province = self._province(stated, context)
        district = self._district(stated, province, context)
        if len(stated.tambons) > 1:
            found = [self._tambon(name, stated, district, province, context) for name in stated.tambons]
            return _common(found, " ".join(f"ต.{name}" for name in stated.tambons))
        if stated.tambons:
            return self._tambon(stated.tambons[0], stated, district, province, context)
        if district.area or district.problem:
            return district
        if province.area or province.problem:
            return province
        if context.owner:
            return PlaceMatch(context.owner, LEVELS.get(len(context.owner)), 0.5)
        return UNKNOWN

    def _province(self, stated: _Stated, context: PlaceContext) -> PlaceMatch:
        if not stated.province:
            return UNKNOWN
        words = f"จ.{stated.province}"
        codes = self.names.codes("province", stated.province)
        if codes:
            return PlaceMatch(codes[0], "province", 0.9, words)
        near = find_near(build_key(stated.province), self.names.provinces)
        if len(near) == 1:
            return PlaceMatch(self.names.provinces[near[0]][0], "province", 0.7, words, problem="misspelt")
        return PlaceMatch(None, None, 0.0, words, problem="unknown-province")

    def _district(self, stated: _Stated, province: PlaceMatch, context: PlaceContext) -> PlaceMatch:
        if not stated.district:
            return UNKNOWN
        words = f"อ.{stated.district}" + (f" {province.words}" if province.area else "")
        codes = self.names.codes("district", stated.district)
        scope = province.area or ""
        inside = find_within(codes, scope)
        if not inside:
            pool = {key: c for key, all_codes in self.names.districts.items() if (c := find_within(all_codes, scope))}
            near = find_near(build_key(stated.district), pool)
            if len(near) == 1 and len(pool[near[0]]) == 1:
                return PlaceMatch(pool[near[0]][0], "district", 0.75, words, problem="misspelt")
            if codes and len(codes) == 1 and not province.area:
                return PlaceMatch(codes[0], "district", 0.6, words)
            return replace(province, words=words, problem="unknown-district") if province.area else replace(
                UNKNOWN, words=words, problem="unknown-district"
            )
        chosen = _nearest(inside, context)
        if len(chosen) == 1:
            return PlaceMatch(chosen[0], "district", 0.9, words, problem=province.problem)
        return PlaceMatch(province.area, province.level, 0.4, words, homonyms=chosen, problem="homonym")

    def _tambon(
        self, name: str, stated: _Stated, district: PlaceMatch, province: PlaceMatch, context: PlaceContext
    ) -> PlaceMatch:
        words = " ".join(part for part in (f"ต.{name}", district.words or province.words) if part)
        codes = self.names.codes("tambon", name)
        trust = 0.85 if stated.from_body else 1.0
        scope = district.area if district.level == "district" else (province.area or "")
        if scope:
            return self._tambon_in_scope(name, codes, scope, words, trust, district, context)
        chosen = _nearest(codes, context)
        if len(chosen) == 1:
            match = self._single(chosen[0], codes, context, words)
            return replace(match, confidence=round(match.confidence * trust, 3))
        if chosen:
            return PlaceMatch(None, None, 0.0, words, homonyms=chosen, problem="homonym")
        return self._misspelt(name, context, words, trust)

    def _tambon_in_scope(
        self,
        name: str,
        codes: tuple[str, ...],
        scope: str,
        words: str,
        trust: float,
        wider: PlaceMatch,
        context: PlaceContext,
    ) -> PlaceMatch:
        inside = _nearest(find_within(codes, scope), context)
        slip = 0.85 if wider.problem == "misspelt" else 1.0
        if len(inside) == 1:
            sure = 0.98 if len(scope) == 4 else 0.93
            return PlaceMatch(inside[0], "tambon", round(sure * trust * slip, 3), words, problem=wider.problem)
        if inside:
            return PlaceMatch(scope, LEVELS[len(scope)], 0.4, words, homonyms=inside, problem="homonym")
        pool = {build_key(self.names.by_code[code]): code for code in self._tambons_in(scope)}
        near = find_near(build_key(name), pool)
        if len(near) == 1:
            return PlaceMatch(pool[near[0]], "tambon", round(0.78 * trust * slip, 3), words, problem="misspelt")
        elsewhere = find_within(codes, scope[:2])
        if len(elsewhere) == 1:
            return PlaceMatch(elsewhere[0], "tambon", 0.55, words, problem="district-disagrees")
        homonyms = tuple(pool[key] for key in near)
        return PlaceMatch(scope, LEVELS[len(scope)], 0.6, words, homonyms, problem="unknown-tambon")

    def _single(self, code: str, codes: tuple[str, ...], context: PlaceContext, words: str) -> PlaceMatch:
        """How sure one tambon is: the owner's own, one of its district, of its province, or the only one in Thailand."""
        for length, sure in ((6, 0.95), (4, 0.9), (2, 0.8)):
            if any(code[:length] == area[:length] for area in context.areas() if len(area) >= length):
                return PlaceMatch(code, "tambon", sure, words)
        problem = "outside-owner" if context.areas() else None
        return PlaceMatch(code, "tambon", 0.5 if problem else (0.85 if len(codes) == 1 else 0.6), words, problem=problem)

    def _misspelt(self, name: str, context: PlaceContext, words: str, trust: float) -> PlaceMatch:
        for length, sure in ((4, 0.7), (2, 0.55)):
            scopes = dict.fromkeys(area[:length] for area in context.areas() if len(area) >= length)
            pool = {build_key(self.names.by_code[c]): c for scope in scopes for c in self._tambons_in(scope)}
            near = find_near(build_key(name), pool)
            if len(near) == 1:
                return PlaceMatch(pool[near[0]], "tambon", round(sure * trust, 3), words, problem="misspelt")
        if context.owner:
            level = LEVELS.get(len(context.owner))
            return PlaceMatch(context.owner, level, 0.3, words, problem="unknown-tambon")
        return PlaceMatch(None, None, 0.0, words, problem="unknown-tambon")

    def _village(self, match: PlaceMatch, stated: _Stated, context: PlaceContext) -> PlaceMatch:
        if not stated.villages and not stated.village_name:
            return match
        said = _village_words(stated)
        if match.level != "tambon":
            return self._village_without_tambon(match, stated, context, said)
        if match.area is None or len(stated.villages) > 1:
            return replace(match, words=f"{said} {match.words}".strip())
        words = f"{said} {match.words}".strip()
        if not stated.villages:
            return self._village_by_name(match, stated.village_name or "", words)
        number = stated.villages[0]
        if not 1 <= number <= 99:
            return replace(match, words=words, problem="village-number")
        return self._village_by_number(match, number, stated.village_name, words)

    def _village_by_number(self, match: PlaceMatch, number: int, name: str | None, words: str) -> PlaceMatch:
        code = f"{match.area}{number:02d}"
        listed = self._villages.get(match.area or "", {})
        sure, problem = match.confidence, match.problem
        if listed and code not in listed:
            sure, problem = sure * 0.7, problem or "village-not-listed"
        elif listed and name and not _same_village(name, listed[code]):
            elsewhere = [c for c, known in listed.items() if _same_village(name, known)]
            if elsewhere:
                sure, problem = sure * 0.7, "village-name-disagrees"
        return PlaceMatch(code, "village", round(sure, 3), words, match.homonyms, problem)

    def _village_by_name(self, match: PlaceMatch, name: str, words: str) -> PlaceMatch:
        listed = self._villages.get(match.area or "", {})
        same = tuple(code for code, known in listed.items() if _key_of_village(known) == _key_of_village(name))
        if len(same) == 1:
            return replace(match, area=same[0], level="village", confidence=round(match.confidence * 0.95, 3), words=words)
        if len(same) > 1:
            return replace(match, words=words, homonyms=same, problem="homonym")
        near = tuple(code for code, known in listed.items() if _same_village(name, known))
        if len(near) == 1:
            sure = round(match.confidence * 0.75, 3)
            return PlaceMatch(near[0], "village", sure, words, problem=match.problem or "misspelt")
        return replace(match, words=words)

    def _village_without_tambon(
        self, match: PlaceMatch, stated: _Stated, context: PlaceContext, said: str
    ) -> PlaceMatch:
        stated_elsewhere = bool(match.words)
        if context.owner and len(context.owner) >= 6 and not stated_elsewhere:
            tambon = PlaceMatch(context.owner[:6], "tambon", 0.85)
            return self._village(tambon, stated, context)
        if stated.village_name:
            scopes = (match.area,) if stated_elsewhere and match.area else context.areas()
            found = self._villages_named(stated, tuple(scope for scope in scopes if scope))
            if len(found) == 1:
                return PlaceMatch(found[0], "village", 0.75, f"{said} {match.words}".strip())
            if found:
                return replace(match, words=said, homonyms=found, problem="homonym")
        problem = match.problem or "village-without-tambon"
        return replace(match, confidence=min(match.confidence, 0.4), words=f"{said} {match.words}".strip(), problem=problem)

    def _villages_named(self, stated: _Stated, scopes: tuple[str, ...]) -> tuple[str, ...]:
        key = _key_of_village(stated.village_name or "")
        found = [
            code
            for tambon, listed in self._villages.items()
            if any(tambon.startswith(scope[:4]) for scope in scopes)
            for code, name in listed.items()
            if _key_of_village(name) == key and (not stated.villages or int(code[6:]) in stated.villages)
        ]
        return tuple(sorted(found))


def find_tambon_names(text: str) -> tuple[str, ...]:
    """Names of tambons that a text marks as such: ต.แม่ใส, ตำบลแม่ใส, แขวง…, อบต.แม่ใส, เทศบาลตำบล…"""
    plain = normalize(text)
    reading = Reading(plain)
    find_areas(reading)
    named = [str(found.value) for found in reading.found if found.field == "tambons"]
    return tuple(dict.fromkeys((*named, *_LOCAL_BODY.findall(plain))))


def _nearest(codes: tuple[str, ...], context: PlaceContext) -> tuple[str, ...]:
    """The homonyms that lie closest to the context: in its tambons, else its districts, else its provinces; else all."""
    if len(codes) < 2:
        return codes
    for length in (6, 4, 2):
        scopes = {area[:length] for area in context.areas() if len(area) >= length}
        if inside := tuple(code for code in codes if code[:length] in scopes):
            return inside
    return codes


def _common(found: list[PlaceMatch], words: str) -> PlaceMatch:
    """Several tambons: the smallest area that holds them all."""
    codes = [match.area for match in found if match.area]
    if len(codes) < len(found):
        return PlaceMatch(None, None, 0.0, words, problem="several-tambons")
    for length in (6, 4, 2):
        if len({code[:length] for code in codes}) == 1 and all(len(code) >= length for code in codes):
            sure = min(match.confidence for match in found)
            return PlaceMatch(codes[0][:length], LEVELS[length], sure, words, problem="several-tambons")
    return PlaceMatch(None, None, 0.0, words, problem="several-tambons")


def _key_of_village(name: str) -> str:
    return build_key(name).removeprefix("บ้าน")


def _same_village(left: str, right: str) -> bool:
    a, b = _key_of_village(left), _key_of_village(right)
    return a == b or bool(find_near(a, (b,)))


def _village_words(stated: _Stated) -> str:
    numbers = f"หมู่ {','.join(map(str, stated.villages))}" if stated.villages else ""
    return f"{numbers} {'บ้าน' + stated.village_name if stated.village_name else ''}".strip()

"""From place words to official codes: stated village, then tambon unique in its district, then the owner's area."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracegraph.model.records import AreaRecord
from tracegraph.thai.areas import find_areas
from tracegraph.thai.far_ends import read_home
from tracegraph.thai.fields import ParsedName
from tracegraph.thai.finds import Reading, is_thai
from tracegraph.thai.gazetteer import Names, build_key, load_names
from tracegraph.thai.normalize import normalize
from tracegraph.thai.parse import parse_name
from tracegraph.thai.place_areas import AreaReader
from tracegraph.thai.place_types import LEVELS, UNKNOWN, PlaceContext, PlaceMatch, Stated
from tracegraph.thai.place_villages import Villages

__all__ = ["UNKNOWN", "Gazetteer", "PlaceContext", "PlaceMatch", "find_tambon_names"]

_NAME = r"\s?([ก-ฮเ-ไ](?:(?!ตำบล|อำเภอ|จังหวัด|หมู่|ร่วม|และ)[ก-ฮะ-ฺเ-๎])+)"
_LOCAL_BODY = re.compile(rf"(?:องค์การบริหารส่วนตำบล|เทศบาลตำบล|(?<![ก-๙.])(?:อบต\.?|ทต\.)){_NAME}")
_PROVINCE_BODY = re.compile(rf"(?:องค์การบริหารส่วนจังหวัด|(?<![ก-๙.])อบจ\.?){_NAME}")
_LOCATING = ("พื้นที่", "เขต", "ใน", "ชาว", "ชุมชน", "ท้องที่")
_BETWEEN_TAMBONS = re.compile(r"[,/;\n]|\s-\s|-|\sและ\s?|และ(?=ตำบล|ต\.)|\s(?=ตำบล|ต\.)")
_NO_CONTEXT = PlaceContext()


@dataclass(slots=True)
class Gazetteer:
    """Provinces, districts and tambons of geothai, and the villages that imports add by number and name."""

    names: Names = field(default_factory=load_names)
    _villages: Villages = field(default_factory=Villages)

    def add_village(self, code: str, name: str) -> None:
        """Make a village known: 8-digit code (tambon and หมู่) and its name, with or without บ้าน."""
        if len(code) != 8 or not code.isascii() or not code.isdigit():
            raise ValueError(f"a village code has 8 digits: {code!r}")
        self._villages.add(code, name)

    def area_record(self, code: str) -> AreaRecord | None:
        """Name, level and parent of an area by its code; None for a code that no area has.

        A village of a known tambon that no import named is called หมู่ที่ and its number.
        """
        level = LEVELS.get(len(code))
        if level == "village":
            if code[:6] not in self.names.by_code or not code[6:].isdigit() or code.endswith("00"):
                return None
            name = self._villages.name_of(code) or f"หมู่ที่ {int(code[6:])}"
            return AreaRecord(uid=code, name=name, level=level, parent=code[:6])
        if level is None or code not in self.names.by_code:
            return None
        return AreaRecord(
            uid=code, name=self.names.by_code[code], level=level, parent=None if level == "province" else code[:-2]
        )

    def iter_area_chain(self, code: str) -> Iterator[AreaRecord]:
        """The area and everything it lies in, the smallest first; codes that no area has are left out."""
        for length in sorted(LEVELS, reverse=True):
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

        ``parsed`` saves reading ``text`` again. A place that a road only leads to is not its place
        (``far_ends``). Nothing stated and no owner gives an unknown place.
        """
        context = context or _NO_CONTEXT
        stated = Stated(
            tambons=self._split_tambons(tambon) if tambon else (),
            districts=(district,) if district else (),
            province=province or None,
            villages=(village_no,) if isinstance(village_no, int) else tuple(village_no or ()),
            village_name=village_name or None,
        )
        if text or parsed:
            stated = self._complete(stated, self.read_home(parsed or parse_name(text), context), context)
        match = AreaReader(self.names, context).read(stated)
        return self._villages.read(match, stated, context)

    def _split_tambons(self, said: str) -> tuple[str, ...]:
        """The tambons of a column: one, or several where no tambon has the whole name (ละงู,ตำบลอุไดเจริญ)."""
        if build_key(said) in self.names.tambons:
            return (said,)
        parts = tuple(part for part in map(str.strip, _BETWEEN_TAMBONS.split(said)) if len(part) > 1)
        return parts if len(parts) > 1 and any(build_key(part) in self.names.tambons for part in parts) else (said,)

    def read_home(self, name: ParsedName, context: PlaceContext) -> ParsedName:
        """The name without places that a road only leads to; the owner's own tambon is home."""
        own = self.names.by_code.get(context.owner[:6]) if context.owner and len(context.owner) >= 6 else None
        return read_home(name, (own,) if own else ())

    def _complete(self, given: Stated, name: ParsedName, context: PlaceContext) -> Stated:
        """What the columns leave open, from the text; a column wins over the text."""
        tambons, from_body = given.tambons or name.tambons, False
        districts = given.districts or name.districts
        if not tambons:
            tambons = self._bare_tambon(name.normalized, context)
        if not tambons:
            named = tuple(_LOCAL_BODY.findall(name.normalized)[:1])
            if not districts or self._lies_in(named, districts):
                tambons, from_body = named, True
        provinces = name.provinces or tuple(_PROVINCE_BODY.findall(name.normalized)[:1])
        known = self.names.provinces
        return Stated(
            tambons=tambons,
            districts=districts,
            province=given.province
            or next((n for n in provinces if build_key(n) in known), next(iter(provinces), None)),
            villages=given.villages or name.villages,
            village_name=given.village_name or next(iter(name.village_names), None),
            from_body=from_body,
        )

    def _lies_in(self, tambons: tuple[str, ...], districts: tuple[str, ...]) -> bool:
        """Whether a tambon of such a name lies in a district of such a name."""
        inside = tuple(code for name in districts for code in self.names.districts.get(build_key(name), ()))
        codes = (code for name in tambons for code in self.names.tambons.get(build_key(name), ()))
        return bool(inside) and any(code.startswith(inside) for code in codes)

    def _bare_tambon(self, text: str, context: PlaceContext) -> tuple[str, ...]:
        """A tambon's name without ต. counts only as the whole text or after พื้นที่, เขต …, and only near the owner.

        ขุดลอกคลองพน is a canal and ถนนดินแดง a road of laterite, though both are tambons.
        """
        for scope in context.scopes(4):
            for code in self.names.tambons_in(scope):
                name = self.names.by_code[code]
                at = text.find(name)
                if at < 0:
                    continue
                end = at + len(name)
                if text == name or (text[:at].rstrip(" ").endswith(_LOCATING) and not is_thai(text[end : end + 1])):
                    return (name,)
        return ()


def find_tambon_names(text: str) -> tuple[str, ...]:
    """Names of tambons that a text marks as such: ต.แม่ใส, ตำบลแม่ใส, แขวง…, อบต.แม่ใส, เทศบาลตำบล…"""
    plain = normalize(text)
    reading = Reading(plain)
    find_areas(reading)
    return tuple(dict.fromkeys((*reading.found("tambons"), *_LOCAL_BODY.findall(plain))))

"""Where a road only leads to: เชื่อมบ้าน ก ตำบล ข names the neighbor of the place where the road is built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tracegraph.thai.fields import ParsedName, Span
from tracegraph.thai.gazetteer import build_key, load_names
from tracegraph.thai.parse import parse_name

#: After these words a place is where the road leads, whatever parts of an address follow; พร้อมทางเชื่อม is a walkway.
_LEADS = re.compile(
    r"เชื่อม(?<!พร้อมทางเชื่อม)(?:ต่อ|โยง)?(?:กับ|ไปยัง|ไปสู่|ไป|ถึง|ระหว่าง)?|ไปยัง|ไปสู่|บรรจบ(?:กับ)?|ติดต่อ(?:กับ)?|ติดกับ|ติดเขต|ต่อเขต|จรด"
)
#: These lead there only where a tambon or district follows at once: บ้าน ก - บ้าน ข ตำบล ค lies in ค.
_LEADS_STRAIGHT = re.compile(r"(?:ถึง|ไป(?<!ทั่วไป)|สู่|อุดหนุน|กับ|-)(?=\s?(?:เขต)?\s?(?:ตำบล|ต\.|แขวง|อำเภอ|อ\.))")
_FILLER = re.compile(r"(?:[\s,(]|เขต|พื้นที่|ท้องที่|ถนน|สาย|ทาง|ซอย)*")
_ROAD = re.compile(r"ถนน|ซอย|ทาง")
_BREAKS = re.compile(r"พร้อม|และ|กับ|กว้าง|ยาว|หนา|ขนาด|จำนวน|โดย|ระยะ|ใน|ตำบล|แขวง|อำเภอ|จังหวัด|[ตอจ]\.|หมู่|\d|\)")
_LONGEST_GAP = 30  # letters of a name that nothing claimed, between the word and the next part of the address
_RANK = {"village_names": 1, "villages": 1, "tambons": 2, "districts": 3, "provinces": 4}
_STRAIGHT_RANK = 2


@dataclass(frozen=True, slots=True)
class FarEnd:
    """One place that a road leads to: the parts of its address, as fields with their spans in the normalized text.

    ``straight``: the tambon, district or province follows the leading word at once; ``joins_road``: what is joined is
    a road, beside which the work itself may lie (เชื่อมต่อถนนเดิม หมู่ที่ 3 ตำบล ก).
    """

    parts: tuple[tuple[str, Span], ...]
    tambons: tuple[str, ...]
    straight: bool
    joins_road: bool

    @property
    def is_elsewhere(self) -> bool:
        """Whether it names a tambon, district or province; villages alone may be the plan's own."""
        return any(_RANK[field] >= _STRAIGHT_RANK for field, _ in self.parts)


def find_far_ends(name: ParsedName) -> tuple[FarEnd, ...]:
    """The far ends that a name states, in its order; empty where it states none."""
    if not _may_lead(name):
        return ()
    name = _plain(name)
    parts = [(field, span) for field, span in name.spans if field in _RANK]
    return tuple(_iter_ends(name, name.normalized, parts))


def _may_lead(name: ParsedName) -> bool:
    return bool(_LEADS.search(name.normalized) or _LEADS_STRAIGHT.search(name.normalized))


def _plain(name: ParsedName) -> ParsedName:
    """The name read from its normalized text, so that its spans are places in that text."""
    return name if name.original == name.normalized else parse_name(name.normalized)


def read_home(name: ParsedName, own: Iterable[str] = ()) -> ParsedName:
    """The name without places that a road only leads to.

    ``own``: names of the tambons of the plan's owner, which are home wherever they stand. Where neither the rest of
    the text nor an owner of one tambon tells where the road is, the far end is the best that is known: its tambon
    then stays, its village does not.
    """
    if not (name.tambons or name.districts or name.provinces) or not _may_lead(name):
        return name
    name = _plain(name)
    home = {build_key(tambon) for tambon in own}
    ends = [end for end in find_far_ends(name) if end.is_elsewhere]
    away = [end for end in ends if not home & {build_key(tambon) for tambon in end.tambons}]
    if not away:
        return name
    spans = {span for end in away for _, span in end.parts}
    near = _without(name, spans)
    if near.tambons and not near.districts and (shared := _find_shared(near, away)):
        near = _without(name, spans - shared)
    if home or near.tambons or near.districts or all(end.straight for end in away):
        return near
    if any(end.joins_road for end in away):
        return name
    return _without(name, {span for field, span in name.spans if field in ("villages", "village_names")})


def _find_shared(near: ParsedName, away: list[FarEnd]) -> set[Span]:
    """District and province after a far end that are the near tambon's too: ตำบล ก - ตำบล ข อำเภอ ค."""
    names = load_names()
    codes = tuple(code for tambon in near.tambons for code in names.tambons.get(build_key(tambon), ()))
    for end in away:
        wider = {span: field for field, span in end.parts if _RANK[field] > _STRAIGHT_RANK}
        said = [build_key(near.normalized[s.start : s.end]) for s, field in wider.items() if field == "districts"]
        districts = tuple(code for key in said for code in names.districts.get(key, ()))
        if districts and (not codes or any(code.startswith(districts) for code in codes)):
            return set(wider)
    return set()


def find_far_villages(name: ParsedName) -> frozenset[int]:
    """Village numbers that only a far end has."""
    if not name.villages or not _may_lead(name):
        return frozenset()
    name = _plain(name)
    spans = {span for end in find_far_ends(name) for field, span in end.parts if field == "villages"}
    return frozenset(name.villages) - frozenset(_without(name, spans).villages) if spans else frozenset()


def _iter_ends(name: ParsedName, text: str, parts: list[tuple[str, Span]]) -> Iterator[FarEnd]:
    done = 0
    leads = [m for pattern in (_LEADS, _LEADS_STRAIGHT) for m in pattern.finditer(text)]
    for m in sorted(leads, key=lambda m: m.start()):
        if m.start() < done or any(span.start <= m.start() < span.end for _, span in parts):
            continue
        both = m[0].endswith("ระหว่าง")  # เชื่อมระหว่าง ก กับ ข: either may be the owner's
        at = m.end()
        while chain := _read_chain(text, at, parts):
            between = text[at : chain[0][1].start]
            at = done = chain[-1][1].end
            said = [build_key(text[span.start : span.end]) for field, span in chain if field == "tambons"]
            tambons = tuple(tambon for tambon in name.tambons if build_key(tambon) in said)
            straight = _RANK[chain[0][0]] >= _STRAIGHT_RANK and _FILLER.fullmatch(between) is not None
            yield FarEnd(tuple(chain), tambons, straight, _ROAD.search(between) is not None)
            join = re.compile(r"\s?(?:กับ|และ|ถึง|-)").match(text, at) if both else None
            if join is None:
                break
            at, both = join.end(), False


def _read_chain(text: str, at: int, parts: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The parts of one address from ``at`` on, from the village up to the province."""
    chain: list[tuple[str, Span]] = []
    rank = 0
    for field, span in parts:
        if span.start < at:
            continue
        if _RANK[field] < max(rank, 1) or (_RANK[field] == rank >= _STRAIGHT_RANK) or not _may_follow(text, at, span):
            break
        chain.append((field, span))
        rank, at = _RANK[field], span.end
    return chain


def _may_follow(text: str, at: int, span: Span) -> bool:
    filler = _FILLER.match(text, at)
    begin = filler.end() if filler else at
    return begin >= span.start or (
        span.start - begin <= _LONGEST_GAP and _BREAKS.search(text, begin, span.start) is None
    )


def _without(name: ParsedName, spans: set[Span]) -> ParsedName:
    """The name without what it says at these places."""
    kept = tuple((field, span) for field, span in name.spans if span not in spans)
    text = {field: " ".join(name.normalized[s.start : s.end] for f, s in kept if f == field) for field in _RANK}

    def said(field: str) -> tuple[str, ...]:
        return tuple(value for value in getattr(name, field) if value in text[field])

    return replace(
        name,
        villages=parse_name(text["villages"]).villages,
        village_names=said("village_names"),
        tambons=said("tambons"),
        districts=said("districts"),
        provinces=said("provinces"),
        spans=kept,
    )

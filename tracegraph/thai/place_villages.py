"""From a tambon and a village number or name to a village's code, checked against the villages that imports named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tracegraph.thai.gazetteer import build_key
from tracegraph.thai.near import find_near
from tracegraph.thai.place_types import PlaceContext, PlaceMatch, Stated, build_match

MAX_VILLAGE = 99  # two digits of the code
_OWNERS_TAMBON = 0.85  # a village number without a tambon, in a document of one tambon


@dataclass(slots=True)
class Villages:
    """Village names by code, for each tambon."""

    by_tambon: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, code: str, name: str) -> None:
        """``code`` has 8 digits: tambon and หมู่."""
        self.by_tambon.setdefault(code[:6], {})[code] = name.strip()

    def name_of(self, code: str) -> str | None:
        """Name as imported; None for a village that nobody named."""
        return self.by_tambon.get(code[:6], {}).get(code) or None

    def read(self, match: PlaceMatch, stated: Stated, context: PlaceContext) -> PlaceMatch:
        """``match`` made exact to the village where the words state one."""
        if not stated.villages and not stated.village_name:
            return match
        tambon = match.area
        if match.level != "tambon" or tambon is None:
            return self._without_tambon(match, stated, context)
        if not match.words:  # only the owner's tambon is known, and a village of it is stated
            match = replace(match, confidence=_OWNERS_TAMBON)
        said = replace(match, words=f"{_words(stated)} {match.words}".strip())
        if len(stated.villages) > 1:
            return said
        if not stated.villages:
            return self._by_name(said, tambon, stated.village_name or "")
        if not 1 <= stated.villages[0] <= MAX_VILLAGE:
            return replace(said, problem="village-number")
        return self._by_number(said, tambon, stated.villages[0], stated.village_name)

    def _by_number(self, match: PlaceMatch, tambon: str, number: int, name: str | None) -> PlaceMatch:
        code, listed = f"{tambon}{number:02d}", self.by_tambon.get(tambon, {})
        sure, problem = match.confidence, match.problem
        if listed and code not in listed:
            sure, problem = sure * 0.7, problem or "village-not-listed"
        elif name and not _same(name, listed.get(code, name)) and any(_same(name, other) for other in listed.values()):
            sure, problem = sure * 0.7, "village-name-disagrees"
        return PlaceMatch(code, "village", round(sure, 3), match.words, match.homonyms, problem)

    def _by_name(self, match: PlaceMatch, tambon: str, name: str) -> PlaceMatch:
        listed = self.by_tambon.get(tambon, {})
        exact = tuple(code for code, other in listed.items() if _key(other) == _key(name))
        if len(exact) > 1:
            return replace(match, homonyms=exact, problem="homonym")
        near = exact or tuple(code for code, other in listed.items() if _same(name, other))
        if len(near) != 1:
            return match
        factor, problem = (0.95, match.problem) if exact else (0.75, match.problem or "misspelt")
        return build_match(near[0], match.confidence * factor, match.words, problem)

    def _without_tambon(self, match: PlaceMatch, stated: Stated, context: PlaceContext) -> PlaceMatch:
        words = f"{_words(stated)} {match.words}".strip()
        if stated.village_name:
            scopes = (match.area,) if match.words and match.area else context.scopes(4)
            found = self._named(stated, scopes)
            if len(found) == 1:
                return build_match(found[0], 0.75, words)
            if found:
                return replace(match, words=words, homonyms=found, problem="homonym")
        problem = match.problem or "village-without-tambon"
        return replace(match, confidence=min(match.confidence, 0.4), words=words, problem=problem)

    def _named(self, stated: Stated, scopes: Iterable[str]) -> tuple[str, ...]:
        key, prefixes = _key(stated.village_name or ""), tuple(scopes)
        if not prefixes:
            return ()
        return tuple(
            code
            for tambon, listed in sorted(self.by_tambon.items())
            if tambon.startswith(prefixes)
            for code, name in sorted(listed.items())
            if _key(name) == key and (not stated.villages or int(code[6:]) in stated.villages)
        )


def _key(name: str) -> str:
    return build_key(name).removeprefix("บ้าน")


def _same(left: str, right: str) -> bool:
    return _key(left) == _key(right) or bool(find_near(_key(left), (_key(right),)))


def _words(stated: Stated) -> str:
    numbers = f"หมู่ {','.join(map(str, stated.villages))}" if stated.villages else ""
    name = f"บ้าน{stated.village_name.removeprefix('บ้าน')}" if stated.village_name else ""
    return f"{numbers} {name}".strip()

"""What place resolution takes and gives."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = {2: "province", 4: "district", 6: "tambon", 8: "village"}
"""Level of an area by the length of its official code."""


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known before reading: the area of the document's owner, and other areas that it serves (codes)."""

    owner: str | None = None
    known: tuple[str, ...] = ()

    def areas(self) -> tuple[str, ...]:
        """Every area of the context, the owner's first."""
        return ((self.owner,) if self.owner else ()) + self.known

    def scopes(self, length: int) -> tuple[str, ...]:
        """The areas cut to ``length`` digits (2 province, 4 district, 6 tambon), without repeats."""
        return tuple(dict.fromkeys(area[:length] for area in self.areas() if len(area) >= length))


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """The most exact area that the words and the context give.

    ``level`` is province, district, tambon or village; ``confidence`` 0-1 is for comparing, not a probability;
    ``words`` are the words it came from ('' where only the owner's area is known). ``problem`` is one of homonym,
    misspelt, district-disagrees, unknown-tambon, unknown-district, unknown-province, outside-owner, several-tambons,
    village-without-tambon, village-number, village-not-listed, village-name-disagrees; ``homonyms`` are the codes
    among which the words do not decide; ``areas`` are all that they state where they state several.
    """

    area: str | None
    level: str | None
    confidence: float
    words: str = ""
    homonyms: tuple[str, ...] = ()
    problem: str | None = None
    areas: tuple[str, ...] = ()


UNKNOWN = PlaceMatch(None, None, 0.0)


@dataclass(frozen=True, slots=True)
class Stated:
    """What place columns and a text state, as typed and without ต., อ., จ.

    ``from_body``: the tambon is the name of a body (อบต.แม่ใส), which may also serve its neighbors.
    """

    tambons: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    province: str | None = None
    villages: tuple[int, ...] = ()
    village_name: str | None = None
    from_body: bool = False


def build_match(code: str, confidence: float, words: str, problem: str | None = None) -> PlaceMatch:
    """A match on one code, its level read from the code's length."""
    return PlaceMatch(code, LEVELS[len(code)], round(confidence, 3), words, problem=problem)


def find_nearest(codes: tuple[str, ...], context: PlaceContext) -> tuple[str, ...]:
    """The homonyms closest to the context: in its tambons, else its districts, else its provinces; else all."""
    if len(codes) < 2:
        return codes
    for length in (6, 4, 2):
        scopes = context.scopes(length)
        if inside := tuple(code for code in codes if code[:length] in scopes):
            return inside
    return codes

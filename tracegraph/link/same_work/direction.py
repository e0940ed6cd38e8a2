"""Which way a link between two items runs."""

from __future__ import annotations

from tracegraph.link.same_work.features.document import is_old_row
from tracegraph.link.same_work.levels import continues, order_of
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.graph import LinkKind

#: Classes in which one item continues another, where stage or plan level differ.
_CONTINUES = frozenset({"carried", "procurement_step", "merged_split", "joint", "recurring"})

#: Classes whose members stand in a row of phases or periods.
IN_ROWS = ("next_phase", "recurring")


def find_direction(a: Prepared, b: Prepared, work_class: str) -> tuple[LinkKind, Prepared, Prepared]:
    """The kind of link and both ends in its direction: lower or earlier → higher or later, else older → newer."""
    early, late = sorted((a, b), key=order_of)
    if work_class in _CONTINUES and continues(early.item, late.item):
        return LinkKind.CARRIED_TO, early, late
    if work_class == "carried_forward":
        early, late = sorted((a, b), key=_year)
        return LinkKind.CARRIED_TO, early, late
    older, newer = sorted((a, b), key=_age)
    if work_class == "amended" and older.item.edition_no < newer.item.edition_no and not is_old_row(newer.item):
        return LinkKind.CARRIED_TO, older, newer
    older, newer = sorted((a, b), key=place_in_row if work_class in IN_ROWS else _age)
    return LinkKind.SAME_WORK, older, newer


def place_in_row(item: Prepared) -> tuple[int, float, str, int, str]:
    """Where an item stands among the phases or periods of one line of work."""
    start = item.stations[0][0] if item.stations else 0.0
    return (item.phase or 0, start, item.period or "", min(item.years, default=0), item.uid)


def _year(item: Prepared) -> tuple[int, int, str]:
    """Order of rows of which the later repeats the earlier in a later year."""
    return (min(item.years, default=0), item.item.edition_no, item.uid)


def _age(item: Prepared) -> tuple[int, int, str, str, int, str]:
    """Older first: edition, first year with money, then the order within one document, then uid."""
    it = item.item
    return (it.edition_no, min(item.years, default=0), it.document, it.sheet, it.row, it.uid)

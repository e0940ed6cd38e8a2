"""What is known of a place from an earlier run, and what of it still holds: as plain data, in any process.

A pair is settled by its two records, how crowded it is around them, the model and the floor. Where both records are as
they were, what came of them then is what would come of them now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tracegraph.link.same_work.features.crowd import crowd
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.model.items import Item

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Log-odds within which a changed sum is not trusted, and the pair is compared again.
_SURE = 1e-6
_NOBODY = Item(uid="", role="project", text="", text_hash="")


class InRow(NamedTuple):
    """Where an item stands in a row of phases or periods; 0 and '' where it says nothing."""

    phase: int
    start: float
    period: str
    year: int


class PairRow(NamedTuple):
    """One scored pair as plain values: a proposal before it competes with others."""

    kind: str
    early: str
    late: str
    score: float
    work_class: str
    aside: tuple[str, ...]
    early_row: InRow
    late_row: InRow


class Pairs(NamedTuple):
    """Pairs by position, and of each whether its class may set features aside."""

    left: Integers
    right: Integers
    lenient: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a place from an earlier run; positions are those of ``uids``, which rise.

    ``digests`` stand for all that an item says, ``crowds`` for how many are like it. ``left`` and ``right`` were
    compared, ``rows`` are all that came of it, and ``reach`` is the highest score that each pair has under any class:
    it tells whether the pair must be compared again where only the crowd has changed. ``columns`` and ``keys`` are what
    the search for pairs across places needs of each item.
    """

    name: str
    digest: str
    uids: tuple[str, ...]
    digests: Integers
    crowds: Integers
    left: Integers
    right: Integers
    lenient: npt.NDArray[np.bool_]
    reach: Floats
    rows: tuple[PairRow, ...]
    columns: Mapping[str, Integers]
    keys: Mapping[str, Integers]
    skipped: int


class Bar(NamedTuple):
    """The model, and the log-odds that a pair must reach."""

    model: Model
    lowest: float


class Recalled(NamedTuple):
    """Positions of the pairs that must be compared now; the reach of the others (NaN for those), and their rows."""

    fresh: Integers
    reach: Floats
    rows: list[PairRow]


def recall(
    known: Known | None, uids: Sequence[str], digests: Integers, crowds: Integers, pairs: Pairs, bar: Bar
) -> Recalled:
    """What ``known`` still says of the ``pairs`` of records with these ``uids``, ``digests`` and ``crowds``.

    Where only the crowd has changed, the sum of a pair changes by what the crowd weighs, and by nothing else.
    """
    left, right, _ = pairs
    reach = np.full(len(left), np.nan)
    if known is None:
        return Recalled(np.arange(len(left)), reach, [])
    now = {uid: at for at, uid in enumerate(uids)}
    met, before = _find_before(known, now, digests, pairs)
    size_now = np.maximum(crowds[left[met]], crowds[right[met]])
    size_before = np.maximum(known.crowds[known.left[before]], known.crowds[known.right[before]])
    gain = _weigh_crowds(size_now, bar.model) - _weigh_crowds(size_before, bar.model)
    reach[met] = known.reach[before] + gain
    alike = met[size_now == size_before]
    settled = np.zeros(len(left), dtype=bool)
    settled[met] = reach[met] < bar.lowest - _SURE
    settled[alike] = True
    kept = set(zip(left[alike].tolist(), right[alike].tolist(), strict=True))
    return Recalled(np.nonzero(~settled)[0], reach, [row for row in known.rows if _ends(row, now) in kept])


def _find_before(known: Known, now: dict[str, int], digests: Integers, pairs: Pairs) -> tuple[Integers, Integers]:
    """Positions of the pairs that were compared before with the same texts, and where in ``known``."""
    left, right, lenient = pairs
    nothing = np.zeros(0, dtype=np.int64)
    if not len(known.left) or not len(left):
        return nothing, nothing
    place = np.array([now.get(uid, -1) for uid in known.uids], dtype=np.int64)
    place[digests[place] != known.digests] = -1
    usable = np.nonzero((place[known.left] >= 0) & (place[known.right] >= 0))[0]
    codes = (place[known.left[usable]] * len(now) + place[known.right[usable]]) * 2 + known.lenient[usable]
    wanted = (left * len(now) + right) * 2 + lenient
    _, met, before = np.intersect1d(wanted, codes, assume_unique=True, return_indices=True)
    return met, usable[before]


def _weigh_crowds(sizes: Integers, model: Model) -> Floats:
    """What the model makes of crowds of these sizes."""
    different, where = np.unique(sizes, return_inverse=True)
    weights = model.features["crowd"]
    found = [weights.weigh(crowd.observe(*[_alone(int(size))] * 2)) for size in different]
    return np.asarray(np.array(found, dtype=np.float64)[where])


def _alone(size: int) -> Prepared:
    return Prepared(item=_NOBODY, whole="", core="", crowd=size)


def _ends(row: PairRow, position: dict[str, int]) -> tuple[int, int]:
    a, b = position.get(row.early, -1), position.get(row.late, -1)
    return (a, b) if a < b else (b, a)

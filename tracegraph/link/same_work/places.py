"""The heavy part of linking as a pure function over plain data: the records of a place in, scored pairs out.

A place is a scope (a district, mostly), or a bundle of pairs whose records are of two scopes. What comes out depends on
nothing but the task, so any process of any computer may do it, in any order, and what an earlier run compared need not
be compared again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter

import numpy as np

from tracegraph.link.same_work.blocking import Candidates, build_columns, intern_keys, join_blocks
from tracegraph.link.same_work.choose import Proposal
from tracegraph.link.same_work.comparing import compare_pair, find_compared
from tracegraph.link.same_work.keys import RULE_INDEX, Key, iter_keys
from tracegraph.link.same_work.known import Bar, InRow, Integers, Known, PairRow, Pairs, recall
from tracegraph.link.same_work.model import Model
from tracegraph.link.same_work.prepare import count_crowds, prepare_item
from tracegraph.link.same_work.prepared import Prepared
from tracegraph.link.same_work.runners import tell_nobody
from tracegraph.model.graph import LinkKind
from tracegraph.model.items import Item

Tell = Callable[[float], None]

_TOLD_EVERY = 5_000
_PREPARED, _BLOCKED = 0.15, 0.25
_read_fields = attrgetter(*Item.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class PlaceTask:
    """Compare the records of one place: ``items`` by rising uid, each with its scope.

    ``pairs`` are the candidates where they were found across places, with the ``crowds`` that the places told; both
    None: they are found here. ``part`` of ``parts``: only every ``parts``-th pair is compared, so that several workers
    can share a large place.
    """

    name: str
    items: tuple[Item, ...]
    scopes: tuple[str, ...]
    model: Model
    lowest: float
    pairs: Candidates | None = None
    crowds: Integers | None = None
    part: int = 0
    parts: int = 1
    known: Known | None = None

    def split(self, parts: int) -> Iterator[PlaceTask]:
        """The same in parts, for as many workers."""
        return (replace(self, part=part, parts=parts) for part in range(parts))

    @property
    def digest(self) -> str:
        """A digest of everything that the result depends on, but for the model and the floor."""
        parts = [digest_items(self.items).tobytes(), "\0".join(self.scopes).encode("utf-8", "surrogatepass")]
        if self.crowds is not None:
            parts.append(self.crowds.tobytes())
        if self.pairs is not None:
            parts += [self.pairs.left.tobytes(), self.pairs.right.tobytes(), self.pairs.rules.tobytes()]
        return hashlib.blake2b(b"".join(parts), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class PlaceResult:
    """What came of a task: everything that the next run may know, and how many pairs were compared now."""

    known: Known
    compared: int


def digest_items(items: Sequence[Item]) -> Integers:
    """A number for all that each item says."""
    return np.array([_hash(repr(_read_fields(item))) for item in items], dtype=np.int64)


def _hash(text: str) -> int:
    raw = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(raw, "little", signed=True)


def link_place(task: PlaceTask, tell: Tell | None = None) -> PlaceResult:
    """Compare the records of a place; pairs that an earlier run compared keep what came of them."""
    say = tell or tell_nobody
    prepared = prepare_place(task.items, task.scopes, task.crowds)
    crowds = np.array([item.crowd for item in prepared], dtype=np.int64)
    say(_PREPARED)
    columns: dict[str, Integers] = {}
    keys: list[tuple[int, str, Key]] = []
    candidates = task.pairs
    if candidates is None:
        columns, keys = build_columns(prepared), list(iter_keys(prepared))
        candidates = join_blocks(columns, intern_keys(keys))
    say(_BLOCKED)
    positions, lenient = find_compared(prepared, candidates, task.model, task.lowest)
    positions, lenient = positions[task.part :: task.parts], lenient[task.part :: task.parts]
    left, right = candidates.left[positions], candidates.right[positions]
    digests = digest_items(task.items)
    uids = tuple(item.uid for item in task.items)
    bar = Bar(task.model, task.lowest)
    fresh, reach, rows = recall(task.known, uids, digests, crowds, Pairs(left, right, lenient), bar)
    for count, at in enumerate(fresh.tolist()):
        a, b = prepared[left[at]], prepared[right[at]]
        proposal, reach[at] = compare_pair(a, b, task.model, task.lowest, lenient=bool(lenient[at]))
        if proposal:
            rows.append(_row_of(proposal))
        if count % _TOLD_EVERY == 0:
            say(_BLOCKED + (1 - _BLOCKED) * count / len(fresh))
    known = Known(
        name=task.name,
        digest=task.digest,
        uids=uids,
        digests=digests,
        crowds=crowds,
        left=left,
        right=right,
        lenient=lenient,
        reach=reach,
        rows=tuple(sorted(rows)),
        columns=columns,
        keys=_keys_in_common(prepared, keys),
        skipped=candidates.skipped,
    )
    return PlaceResult(known, len(fresh))


def merge_parts(parts: Sequence[Known]) -> Known:
    """One place from its parts."""
    first = parts[0]
    if len(parts) == 1:
        return first
    return replace(
        first,
        left=np.concatenate([part.left for part in parts]),
        right=np.concatenate([part.right for part in parts]),
        lenient=np.concatenate([part.lenient for part in parts]),
        reach=np.concatenate([part.reach for part in parts]),
        rows=tuple(sorted(row for part in parts for row in part.rows)),
    )


def prepare_place(items: Sequence[Item], scopes: Sequence[str], crowds: Integers | None = None) -> list[Prepared]:
    """The items of a place, ready to be compared; their crowds counted where they are not given."""
    prepared = [_prepare(item, scope) for item, scope in zip(items, scopes, strict=True)]
    if crowds is None:
        return count_crowds(prepared)
    return [replace(item, crowd=size) for item, size in zip(prepared, crowds.tolist(), strict=True)]


@lru_cache(maxsize=20_000)
def _prepare(item: Item, scope: str) -> Prepared:
    """Read once, though a record of several pairs stands in its place, across places and in its links."""
    return prepare_item(item, scope)


def forget_prepared() -> None:
    """Give back the memory of what was read last."""
    _prepare.cache_clear()


def _keys_in_common(items: Sequence[Prepared], keys: Iterable[tuple[int, str, Key]]) -> dict[str, Integers]:
    """Keys that hold in any place: those that do not begin, after the rule's name, with the item's scope."""
    anywhere = ((at, rule, key) for at, rule, key in keys if key[1] != items[at].scope)
    found = {(at, RULE_INDEX[rule], _hash(repr(key))) for at, rule, key in anywhere}
    table = np.array(sorted(found), dtype=np.int64).reshape(-1, 3)
    return {"item": table[:, 0].copy(), "rule": table[:, 1].copy(), "key": table[:, 2].copy()}


def _row_of(proposal: Proposal) -> PairRow:
    return PairRow(
        kind=proposal.kind.value,
        early=proposal.early.uid,
        late=proposal.late.uid,
        score=proposal.score,
        work_class=proposal.work_class,
        aside=tuple(sorted(proposal.aside)),
        early_row=_place_of(proposal.early),
        late_row=_place_of(proposal.late),
    )


def _place_of(item: Prepared) -> InRow:
    start = item.stations[0][0] if item.stations else 0.0
    return InRow(item.phase or 0, start, item.period or "", min(item.years, default=0))


def parse_proposal(row: PairRow, early: Item, late: Item) -> Proposal:
    """The proposal of a row, for choosing: its ends hold what choosing reads, and nothing else of what they say."""
    return Proposal(
        kind=LinkKind(row.kind),
        early=_stand_in(early, row.early_row),
        late=_stand_in(late, row.late_row),
        score=row.score,
        work_class=row.work_class,
        aside=frozenset(row.aside),
    )


def _stand_in(item: Item, place: InRow) -> Prepared:
    return Prepared(
        item=item,
        whole="",
        core="",
        phase=place.phase or None,
        stations=((place.start, place.start),) if place.start else (),
        period=place.period or None,
        years=frozenset((place.year,)) if place.year else frozenset(),
    )

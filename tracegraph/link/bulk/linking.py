"""A million records: read, compared and scored some tambons at a time, in this process or in worker processes.

The records are divided by tambon; each part is read and compared on its own by one pure function. Records that are
unsure of their place are compared across the parts afterwards, so the links are the same however many parts there are.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from tracegraph.link.bulk.across import find_across, find_keys
from tracegraph.link.bulk.candidates import Found, find_candidates
from tracegraph.link.bulk.columns import Floats, Ints, Reading, Table, build_columns, read_table
from tracegraph.link.bulk.grouping import build_groups, find_roots, find_vetoed
from tracegraph.link.bulk.pieces import PieceBook
from tracegraph.link.bulk.places import divide, guess_tambons
from tracegraph.link.bulk.scoring import PairScorer, Scored
from tracegraph.link.same_work.model import Model, load_model
from tracegraph.link.same_work.runners import InProcess, Runner, tell_nobody
from tracegraph.link.scores import to_log_odds

Progress = Callable[[float], None]

#: Records that are compared in one go; a tambon is never divided.
BATCH = 60_000
#: Records of a part, about: what is known of their pieces is forgotten with the part.
PART = 150_000
#: Pairs that are scored in one go.
_PAIRS = 1_000_000
_READ, _DONE = 0.7, 0.9


@dataclass(frozen=True, slots=True)
class BulkLinks:
    """Pairs of rows (``left < right``) with their score in log-odds, the group of each row (-1: alone), and how many
    blocks of look-alikes were too large to compare."""

    left: Ints
    right: Ints
    score: Floats
    groups: Ints
    skipped: int


@dataclass(frozen=True, slots=True)
class PartTask:
    """Some tambons of a table, to be linked under a model from ``lowest`` (log-odds) up."""

    table: Table
    model: Model
    lowest: float
    threads: int

    def __len__(self) -> int:
        return len(self.table)


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of a part: its links by row of the part, the pairs among linked records that a veto keeps apart,
    and of each row the tambon, the crowd and the key under which records of other parts may meet it."""

    links: Scored
    vetoed: Scored
    tambon: Ints
    crowd: Ints
    keys: Ints
    skipped: int


def link_table(
    table: Table,
    model: Model | None = None,
    *,
    floor: float = 0.5,
    runner: Runner | None = None,
    progress: Progress | None = None,
) -> BulkLinks:
    """Links with ``probability >= floor`` between the records of a table, and the groups that they make.

    The scores are those of ``score_pairs``. Memory grows with the number of distinct pieces of names; time with the
    pairs of one tambon that no veto keeps apart.
    """
    weights, tell, runs = model or load_model(), progress or tell_nobody, runner or InProcess()
    lowest = to_log_odds(floor)
    threads = 2 if runs.workers == 1 else 1
    parts_wanted = max(runs.workers, -(-len(table) // PART))
    guessed = guess_tambons(table) if parts_wanted > 1 else None
    rows = [np.arange(len(table), dtype=np.int64)] if guessed is None else divide(guessed, parts_wanted)
    tasks = [PartTask(table.take(mine), weights, lowest, threads) for mine in rows]
    parts: list[Part | None] = [None] * len(tasks)
    for position, part in runs.run(link_part, tasks, lambda share: tell(_DONE * share)):
        parts[position] = part
    known = _join_parts(len(table), rows, [part for part in parts if part is not None])
    if guessed is not None:
        known = _bring_home(known, guessed, PartTask(table, weights, lowest, threads))
    again = _Again(table, weights, known.crowd, threads)
    left, right, skipped = find_across(known.keys, known.tambon, table.tambon)
    across = again.score(left, right, lowest)
    links = sort_links(join_scored([known.links, across]))
    vetoed = join_scored([known.vetoed, again.find_vetoed(len(table), links, across)])
    groups = build_groups(len(table), links, vetoed, table.uid)
    tell(1.0)
    return BulkLinks(links.left, links.right, links.score, groups, known.skipped + skipped)


def link_part(task: PartTask, tell: Progress | None = None) -> Part:
    """Read the records of some tambons and compare those of one tambon with each other; pure."""
    told = tell or tell_nobody
    with _without_collector():
        reading = read_table(task.table, PieceBook(), lambda share: told(_READ * share))
        links, vetoed, skipped = link_within_tambons(
            reading, task.model, task.lowest, task.threads, lambda share: told(_READ + (1 - _READ) * share)
        )
    return Part(links, vetoed, reading.tambon, reading.crowd, find_keys(reading), skipped)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Reading makes millions of small values and no cycles: looking for some took a sixth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _join_parts(count: int, rows: Sequence[Ints], parts: Sequence[Part]) -> Part:
    """What all parts found, by row of the whole table."""
    tambon, crowd, keys = (np.zeros(count, dtype=np.int64) for _ in range(3))
    links, vetoed = [], []
    for mine, part in zip(rows, parts, strict=True):
        tambon[mine], crowd[mine], keys[mine] = part.tambon, part.crowd, part.keys
        links.append(part.links.at(mine))
        vetoed.append(part.vetoed.at(mine))
    skipped = sum(part.skipped for part in parts)
    return Part(join_scored(links), join_scored(vetoed), tambon, crowd, keys, skipped)


def _bring_home(known: Part, guessed: Ints, whole: PartTask) -> Part:
    """Records whose name places them elsewhere than was guessed were in a wrong part: their tambons are linked anew."""
    astray = (known.tambon != guessed) & (known.tambon > 0)
    rows = np.flatnonzero(np.isin(known.tambon, np.unique(known.tambon[astray])))
    if not len(rows):
        return known
    again = link_part(PartTask(whole.table.take(rows), whole.model, whole.lowest, whole.threads))
    known.crowd[rows] = again.crowd
    kept = known.links.take(~np.isin(known.links.left, rows))
    apart = known.vetoed.take(~np.isin(known.vetoed.left, rows))
    links = join_scored([kept, again.links.at(rows)])
    vetoed = join_scored([apart, again.vetoed.at(rows)])
    return Part(links, vetoed, known.tambon, known.crowd, known.keys, known.skipped + again.skipped)


@dataclass(slots=True)
class _Again:
    """Scores pairs of any parts: the few records in them are read once more."""

    table: Table
    model: Model
    crowd: Ints
    threads: int

    def score(self, left: Ints, right: Ints, lowest: float) -> Scored:
        """The scores of pairs of rows, those below ``lowest`` left out."""
        if not len(left):
            return join_scored([])
        rows, places = np.unique(np.concatenate((left, right)), return_inverse=True)
        reading = read_table(self.table.take(rows), PieceBook(), crowd=self.crowd[rows])
        scorer = PairScorer(build_columns(reading, np.arange(len(rows))), self.model, self.threads)
        return scorer.score(places[: len(left)], places[len(left) :], lowest).at(rows)

    def find_vetoed(self, count: int, links: Scored, across: Scored) -> Scored:
        """Pairs that a veto keeps apart, in the sets that links across parts have joined."""
        root = find_roots(count, links.left, links.right)
        joined = links.take(np.isin(root[links.left], np.unique(root[across.left])))
        return find_vetoed(count, joined, lambda left, right: self.score(left, right, -np.inf))


def link_within_tambons(
    reading: Reading, model: Model, lowest: float, threads: int, tell: Progress
) -> tuple[Scored, Scored, int]:
    """The pairs of one tambon whose score is at least ``lowest``, those of linked records that a veto keeps apart, and
    how many blocks were too large.

    Rows that repeat another to the letter are paired with the first of their like only: n copies have n² pairs.
    """
    first = reading.table.find_first_copies()
    copies = np.flatnonzero((first < np.arange(len(first))) & (reading.tambon > 0))
    order = np.argsort(reading.tambon, kind="stable")
    order = order[(reading.tambon[order] > 0) & (first[order] == order)]
    tambons = reading.tambon[order]
    parts, vetoed, skipped, start = [], [], 0, 0
    while start < len(order):
        end = int(np.searchsorted(tambons, tambons[min(start + BATCH, len(order)) - 1], side="right"))
        rows = order[start:end]
        scorer = PairScorer(build_columns(reading, rows), model, threads)
        found = find_candidates(scorer.columns, model, threads)
        links, apart = _link_candidates(scorer, found, lowest)
        parts.append(links.at(rows))
        vetoed.append(apart.at(rows))
        skipped, start = skipped + found.skipped, end
        tell(end / len(order))
    parts += [
        _score_copies(reading, first, copies[at : at + BATCH], model, lowest, threads)
        for at in range(0, len(copies), BATCH)
    ]
    return join_scored(parts), join_scored(vetoed), skipped


def _link_candidates(scorer: PairScorer, found: Found, lowest: float) -> tuple[Scored, Scored]:
    """The candidates whose score is at least ``lowest``, and pairs among these records that a veto keeps apart."""
    slices = [slice(at, at + _PAIRS) for at in range(0, len(found.left), _PAIRS)]
    links = join_scored([scorer.score(found.left[part], found.right[part], lowest) for part in slices])
    vetoed = find_vetoed(len(scorer.columns), links, lambda left, right: scorer.score(left, right, -np.inf))
    return links, vetoed


def _score_copies(reading: Reading, first: Ints, copies: Ints, model: Model, lowest: float, threads: int) -> Scored:
    """Each copy with the first of its like."""
    rows, places = np.unique(np.concatenate((first[copies], copies)), return_inverse=True)
    pairs = PairScorer(build_columns(reading, rows), model, threads).score(
        places[: len(copies)], places[len(copies) :], lowest
    )
    return pairs.at(rows)


def join_scored(parts: Sequence[Scored]) -> Scored:
    """Several lots of pairs as one."""
    if not parts:
        return Scored(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    return Scored(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("left", "right", "score")))


def sort_links(links: Scored) -> Scored:
    """The pairs in order of their rows, the lower row on the left."""
    low, high = np.minimum(links.left, links.right), np.maximum(links.left, links.right)
    order = np.lexsort((high, low))
    return Scored(low[order], high[order], links.score[order])

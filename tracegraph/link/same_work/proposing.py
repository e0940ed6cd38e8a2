"""Propose links between all items: candidates, scores, classes, direction, and the choice among competing partners.

Pure and deterministic: the same items give the same links, in the same order, whatever order they come in and wherever
the work is done. What is heavy is done place by place (``places``), by any runner; what looks at everything at once
(choosing among partners) is light and done here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tracegraph.link.same_work.across import find_across, split_pairs
from tracegraph.link.same_work.blocking import Candidates
from tracegraph.link.same_work.chains import drop_repetitions
from tracegraph.link.same_work.choose import choose
from tracegraph.link.same_work.comparing import Progress, find_proposal, find_proposals
from tracegraph.link.same_work.explained import ExplainTask, explain_rows
from tracegraph.link.same_work.known import Integers, Known, PairRow
from tracegraph.link.same_work.locating import find_scopes
from tracegraph.link.same_work.memory import Memory
from tracegraph.link.same_work.model import Model, load_model
from tracegraph.link.same_work.places import (
    PlaceTask,
    forget_prepared,
    link_place,
    merge_parts,
    parse_proposal,
)
from tracegraph.link.same_work.runners import InProcess, Runner, tell_nobody
from tracegraph.link.scores import to_log_odds
from tracegraph.model.items import Item
from tracegraph.model.records import LinkRecord

__all__ = ["Linked", "Progress", "find_proposal", "find_proposals", "link_projects", "propose"]

_PLACES_DONE, _ACROSS_DONE = 0.85, 0.92
_ROWS_A_TASK = 2_000
#: A place of fewer records is not worth sharing between workers.
_LEAST_SHARED = 1_000


@dataclass(frozen=True, slots=True)
class Linked:
    """Links best first, and what a run did: places in all and compared now, pairs compared now.

    ``skipped_keys`` counts what more than ``blocking.MAX_BLOCK`` records of one place (or of all places) have in
    common: too common to bring them together; their other keys do. ``doubled`` counts records left out because another,
    later one has the same uid.
    """

    links: list[LinkRecord]
    places: int
    places_compared: int
    pairs_compared: int
    skipped_keys: int
    doubled: int


def propose(
    items: Iterable[Item], *, floor: float = 0.5, progress: Progress | None = None, model: Model | None = None
) -> list[LinkRecord]:
    """Links with ``probability >= floor`` between the current projects of ``items``, best first.

    CARRIED_TO where the later or higher item continues the earlier one, SAME_WORK with a class otherwise. For another
    phase, period or step the probability is that of one line of work, the phase set aside (``classes.SET_ASIDE``).
    """
    return link_projects(items, floor=floor, progress=progress, model=model).links


def link_projects(
    items: Iterable[Item],
    *,
    floor: float = 0.5,
    progress: Progress | None = None,
    model: Model | None = None,
    runner: Runner | None = None,
    memory: Memory | None = None,
) -> Linked:
    """The same, by any runner; places that ``memory`` knows as they are now are not compared again."""
    weights, tell = model or load_model(), progress or tell_nobody
    projects, doubled = choose_projects(items)
    lowest = to_log_odds(floor) if 0 < floor < 1 else (-np.inf if floor <= 0 else np.inf)
    run = _Run(projects, find_scopes(projects), weights, float(lowest), runner or InProcess(), memory)
    places = run.link(run.split_places(), _part_of(tell, 0.0, _PLACES_DONE))
    run.keep_crowds(places)
    bundles, crowded = run.split_across(places)
    across = run.link(bundles, _part_of(tell, _PLACES_DONE, _ACROSS_DONE))
    rows = [row for known in (*places, *across) for row in known.rows]
    links = run.explain(run.choose(rows), _part_of(tell, _ACROSS_DONE, 1.0))
    forget_prepared()
    if memory:
        memory.forget_others([known.name for known in (*places, *across)])
    tell(1.0)
    return Linked(
        links=sorted(links, key=lambda link: (-link.probability, link.kind, link.from_uid, link.to_uid)),
        places=len(places),
        places_compared=run.places_compared,
        pairs_compared=run.pairs_compared,
        skipped_keys=crowded + sum(known.skipped for known in places),
        doubled=doubled,
    )


def choose_projects(items: Iterable[Item]) -> tuple[list[Item], int]:
    """The current projects by uid, each uid once, and how many were left out.

    Of several that share a uid the one of the latest edition counts, and where that decides nothing the one whose
    fields come last: whatever order they come in, it is the same one.
    """
    found: dict[str, Item] = {}
    doubled = 0
    for item in items:
        if item.role != "project" or not item.current:
            continue
        other = found.get(item.uid)
        if other is not None and other != item:
            doubled += 1
        if other is None or (item.edition_no, repr(item)) > (other.edition_no, repr(other)):
            found[item.uid] = item
    return [found[uid] for uid in sorted(found)], doubled


def _part_of(tell: Progress, start: float, end: float) -> Progress:
    return lambda share: tell(start + (end - start) * share)


class _Run:
    """One run: its items, and where they are compared."""

    def __init__(
        self,
        items: Sequence[Item],
        scopes: Sequence[str],
        model: Model,
        lowest: float,
        runner: Runner,
        memory: Memory | None,
    ) -> None:
        self.items, self.scopes, self.model, self.lowest = items, scopes, model, lowest
        self.runner, self.memory = runner, memory
        self.position = {item.uid: at for at, item in enumerate(items)}
        self.crowds: Integers = np.zeros(len(items), dtype=np.int64)
        self.places_compared = self.pairs_compared = 0

    def split_places(self) -> list[PlaceTask]:
        """One task for each scope."""
        members: dict[str, list[int]] = {}
        for at, scope in enumerate(self.scopes):
            members.setdefault(scope, []).append(at)
        return [self._task(f"place {scope}", mine) for scope, mine in sorted(members.items())]

    def split_across(self, places: Sequence[Known]) -> tuple[list[PlaceTask], int]:
        """Tasks for pairs of records of different places, and how many keys were too common."""
        at = [np.array([self.position[uid] for uid in known.uids], dtype=np.int64) for known in places]
        columns: dict[str, Integers] = {"item": np.arange(len(self.items), dtype=np.int64)}
        for name in places[0].columns if places else ():
            columns[name] = np.zeros(len(self.items), dtype=np.int64)
            for where, known in zip(at, places, strict=True):
                columns[name][where] = known.columns[name] if name != "item" else where
        keys = {
            name: np.concatenate([np.zeros(0, dtype=np.int64), *(known.keys[name] for known in places)])
            for name in ("rule", "key")
        }
        owners = [where[known.keys["item"]] for where, known in zip(at, places, strict=True)]
        keys["item"] = np.concatenate([np.zeros(0, dtype=np.int64), *owners])
        names = {scope: code for code, scope in enumerate(sorted(set(self.scopes)))}
        pairs = find_across(columns, keys, np.array([names[scope] for scope in self.scopes], dtype=np.int64))
        uids = [item.uid for item in self.items]
        bundles = split_pairs(uids, pairs).items()
        return [self._across(f"across {bundle}", pairs.take(mine)) for bundle, mine in bundles], pairs.skipped

    def _across(self, name: str, pairs: Candidates) -> PlaceTask:
        members = np.unique(np.concatenate([pairs.left, pairs.right]))
        left, right = np.searchsorted(members, pairs.left), np.searchsorted(members, pairs.right)
        task = self._task(name, members.tolist())
        return replace(task, pairs=Candidates(left, right, pairs.rules, 0), crowds=self.crowds[members])

    def _task(self, name: str, members: Sequence[int]) -> PlaceTask:
        return PlaceTask(
            name=name,
            items=tuple(self.items[at] for at in members),
            scopes=tuple(self.scopes[at] for at in members),
            model=self.model,
            lowest=self.lowest,
            known=self.memory.load(name) if self.memory else None,
        )

    def link(self, tasks: Sequence[PlaceTask], tell: Progress) -> list[Known]:
        """What is known of each place after comparing what is not known yet."""
        known = {task.name: task.known for task in tasks if task.known and task.known.digest == task.digest}
        fresh = [part for task in tasks if task.name not in known for part in self._share(task, tasks)]
        parts: dict[str, list[Known]] = {}
        for position, result in self.runner.run(link_place, fresh, tell):
            parts.setdefault(fresh[position].name, []).append(result.known)
            self.pairs_compared += result.compared
        for name, mine in parts.items():
            known[name] = merge_parts(mine)
            if self.memory:
                self.memory.save(known[name])
        self.places_compared += len(parts) if tasks and tasks[0].pairs is None else 0
        return [known[task.name] for task in tasks]

    def _share(self, task: PlaceTask, tasks: Sequence[PlaceTask]) -> Iterator[PlaceTask]:
        """The task, in parts where it alone is more than one worker's share of everything."""
        share = sum(len(one.items) for one in tasks) / self.runner.workers
        whole = len(task.items) <= max(_LEAST_SHARED, share) or self.runner.workers == 1
        return iter((task,)) if whole else task.split(self.runner.workers)

    def keep_crowds(self, places: Sequence[Known]) -> None:
        """Remember how crowded it is around each item, as its place says."""
        for known in places:
            self.crowds[[self.position[uid] for uid in known.uids]] = known.crowds

    def choose(self, rows: Iterable[PairRow]) -> list[PairRow]:
        """The rows that stand after competition."""
        by_pair = {(row.kind, row.early, row.late): row for row in rows}
        proposals = [
            parse_proposal(row, self.items[self.position[row.early]], self.items[self.position[row.late]])
            for row in by_pair.values()
        ]
        chosen = drop_repetitions(choose(proposals))
        return [by_pair[one.kind.value, one.early.uid, one.late.uid] for one in chosen]

    def explain(self, rows: Sequence[PairRow], tell: Progress) -> list[LinkRecord]:
        """The links of the chosen rows."""
        tasks = []
        ordered = sorted(rows)
        for start in range(0, len(ordered), _ROWS_A_TASK):
            mine = tuple(ordered[start : start + _ROWS_A_TASK])
            ends = sorted({self.position[uid] for row in mine for uid in (row.early, row.late)})
            items, scopes = tuple(self.items[at] for at in ends), tuple(self.scopes[at] for at in ends)
            tasks.append(ExplainTask(mine, items, scopes, self.crowds[ends], self.model))
        return [link for _, links in self.runner.run(explain_rows, tasks, tell) for link in links]

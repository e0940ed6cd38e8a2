"""Write invented projects as files: records that ``tracegraph import`` reads, and labels of pairs."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.project_dice import Dice

if TYPE_CHECKING:
    from benchmarks.invented_projects import HardPair
    from benchmarks.project_records import Record

RECORD_HEADINGS = ("id", "name", "owner", "plan_kind", "stage", "year", "budget", "area", "province", "work", "noise")
LABEL_HEADINGS = ("left_id", "right_id", "label", "kind", "cluster")


def write_records(records: Iterable[Record], path: Path) -> Path:
    """One line for each record, under headings that the importer knows; ``work`` and ``noise`` are for people."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(RECORD_HEADINGS)
        for r in records:
            area = r.tambon or r.district or r.province
            amount = "" if r.amount is None else f"{r.amount:.2f}"
            writer.writerow(
                (r.id, r.text, r.owner, r.plan_kind, r.stage, r.year, amount, area, r.province, r.work, r.noise)
            )
    return path


def write_labels(records: Sequence[Record], hard: Sequence[HardPair], path: Path) -> Path:
    """All true pairs (SAME), all hard pairs and as many drawn pairs of one tambon (DIFF).

    ``cluster`` joins what must not be split between learning and testing: works tied by a hard pair are one cluster.
    """
    works = {record.id: record.work for record in records}
    cluster = _join(records, hard, works)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(LABEL_HEADINGS)
        for left, right, kind in sorted(_iter_pairs(records, hard)):
            label = "SAME" if works[left] == works[right] else "DIFF"
            writer.writerow((left, right, label, kind, cluster[left]))
    return path


def iter_true_pairs(records: Iterable[Record]) -> Iterable[tuple[str, str]]:
    """Every pair of records of one work, each once, smaller id first."""
    members: dict[str, list[str]] = defaultdict(list)
    for record in records:
        members[record.work].append(record.id)
    for ids in members.values():
        ids.sort()
        for index, left in enumerate(ids):
            for right in ids[index + 1 :]:
                yield left, right


def _iter_pairs(records: Sequence[Record], hard: Sequence[HardPair]) -> Iterable[tuple[str, str, str]]:
    listed = [(left, right, "") for left, right in iter_true_pairs(records)]
    listed += [(pair.left, pair.right, pair.kind) for pair in hard]
    seen = {(left, right) for left, right, _ in listed}
    by_tambon: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_tambon[record.tambon].append(record)
    dice = Dice("labels", len(records))
    wanted = len(listed)
    places = [found for place, found in sorted(by_tambon.items()) if place and len(found) > 1]
    for _ in range(wanted if places else 0):
        found = dice.pick(places)
        left, right = sorted((dice.pick(found), dice.pick(found)), key=lambda record: record.id)
        if left.work != right.work and (left.id, right.id) not in seen:
            seen.add((left.id, right.id))
            listed.append((left.id, right.id, "other"))
    return listed


def _join(records: Sequence[Record], hard: Sequence[HardPair], works: dict[str, str]) -> dict[str, str]:
    """Each record's cluster: the smallest work it is tied to by hard pairs."""
    head = {work: work for work in works.values()}

    def find(work: str) -> str:
        while head[work] != work:
            head[work] = head[head[work]]
            work = head[work]
        return work

    for pair in hard:
        one, other = sorted((find(works[pair.left]), find(works[pair.right])))
        head[other] = one
    return {record.id: find(record.work) for record in records}

"""One way of finding the same work, in a process of its own; prints one JSON object. Started by ``same_work``."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import multiprocessing
import resource
import sys
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.competitors import COMPETITORS
from benchmarks.same_work_case import Case, Pairs
from benchmarks.same_work_measure import cluster, find_best, find_candidate_recall, find_merged, measure, number_groups

_MEGABYTE = 1024 if sys.platform != "darwin" else 1024 * 1024


def main() -> int:
    """Learn on the training case, choose the threshold there, then link the case of the test with a clock running."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=COMPETITORS)
    for option, default in (
        ("count", 10_000),
        ("seed", 7),
        ("train-count", 10_000),
        ("train-seed", 1007),
        ("workers", 1),
    ):
        parser.add_argument(f"--{option}", type=int, default=default)
    parser.add_argument("--density", type=float, default=140.0)
    parser.add_argument("--patterns", default="usual")
    asked = parser.parse_args()
    if asked.seed == asked.train_seed:
        parser.error("the seed of the test must not be that of the training")
    print(json.dumps(run(asked)))
    return 0


def run(asked: argparse.Namespace) -> dict[str, Any]:
    """All figures of one way."""
    competitor = COMPETITORS[asked.name]
    way = importlib.import_module(f"benchmarks.competitors.{competitor.module}").Way(competitor.option, asked.workers)
    training = Case.of(min(asked.train_count, competitor.training), asked.train_seed, asked.density)
    started = time.perf_counter()
    way.learn(training, competitor.labels)
    best = find_best(training, way.link(training))
    learned = time.perf_counter() - started
    case = Case.of(asked.count, asked.seed, asked.density, asked.patterns)
    before = _find_peak()
    with WorkerMemory() as workers:
        wall, cpu = time.perf_counter(), _find_cpu()
        pairs: Pairs = way.link(case, best.threshold)
        found = cluster(case, pairs, best.threshold) if pairs.groups is None else number_groups(pairs.groups)
        wall, cpu = time.perf_counter() - wall, _find_cpu() - cpu
    peak = _find_peak() + workers.peak
    if hasattr(way, "see"):
        seen = way.see(case)
        pairs = dataclasses.replace(pairs, seen=seen, compared=len(seen[0]))
    quality = measure(case, found, best.threshold)
    recall = find_candidate_recall(case, pairs)
    return {
        "name": asked.name,
        "records": len(case),
        "learning": learned,
        "wall": wall,
        "cpu": cpu,
        "peak_mb": peak,
        "input_mb": before,
        "pairs": pairs.compared,
        "threshold": best.threshold,
        "train_f1": best.f1,
        "precision": quality.precision,
        "recall": quality.recall,
        "f1": quality.f1,
        "candidate_recall": recall[0] if recall else None,
        "candidate_recall_misplaced": recall[1] if recall else None,
        "merged": find_merged(case, found),
        "notes": pairs.notes,
    }


def _find_cpu() -> float:
    """Seconds of processor time of this process and of its children that ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _find_peak() -> int:
    """Highest resident memory of this process so far, in megabytes."""
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE)


class WorkerMemory:
    """The highest resident memory of all worker processes together while the block runs, in megabytes.

    Their own high-water marks, looked at twice a second (Linux; elsewhere 0): what the system reports of children that
    ended counts the memory of the process that started them.
    """

    def __init__(self) -> None:
        self._marks: dict[int, int] = {}
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> WorkerMemory:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._watch.join()

    @property
    def peak(self) -> int:
        """Megabytes, the sum over the workers."""
        return sum(self._marks.values()) // 1024

    def _look(self) -> None:
        while not self._stop.wait(0.5):
            for child in multiprocessing.active_children():
                if child.pid and (mark := _read_high_water(child.pid)):
                    self._marks[child.pid] = mark


def _read_high_water(pid: int) -> int:
    """Kilobytes; 0 where the process has just ended or the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    sys.exit(main())

"""One way of finding the same work, in a process of its own; prints one JSON object. Started by ``same_work``."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import resource
import sys
import time
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
    before = _find_peak(0)
    wall, cpu = time.perf_counter(), _find_cpu()
    pairs: Pairs = way.link(case, best.threshold)
    found = cluster(case, pairs, best.threshold) if pairs.groups is None else number_groups(pairs.groups)
    wall, cpu = time.perf_counter() - wall, _find_cpu() - cpu
    peak = _find_peak(asked.workers)
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


def _find_peak(children: int) -> int:
    """Highest resident memory so far, in megabytes: of this process, and of so many children like its largest."""
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if children > 1 else 0
    return int((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + children * largest) / _MEGABYTE)


if __name__ == "__main__":
    sys.exit(main())

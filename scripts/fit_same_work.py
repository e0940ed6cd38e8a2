"""Fit the weights of "same work" to labelled pairs and write them into the model file that ships.

    python scripts/fit_same_work.py SHARED [--write] [--generated]

SHARED is the folder with ``gold/`` and ``data/`` (real records; they never enter the repository). Labels come from
four places: pairs of one city labelled by two readers; links of one tambon proven by equal budgets, where other pairs
count as different; the invented pairs of the tests, which stand for kinds of work that neither has; and candidates of
generated projects, of fixed seeds and densities (TRAINING), which also show how chance likeness grows with the crowd.
``--generated`` measures the result on seeds that no fit has seen (TESTS), and the fit without generated projects as
well. Figures on held-out clusters: pairs that share a record, directly or through others, are in one fold, so that no
pair is scored by a model that saw either of its records. The hand-set weights stay in the
file beside the fitted ones, as ``hand``; they are the prior of every later fit.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPO))

from tests.link.readers import read_gold, read_klongluang, read_maesai  # noqa: E402
from tests.link.same_work.cases import CASES  # noqa: E402
from tests.link.same_work.generated import build_generated, draw_labels, measure_generated  # noqa: E402
from tracegraph.link.evaluate import (  # noqa: E402
    build_folds,
    cross_validate,
    find_average_precision,
    find_calibration_error,
    find_recall_at,
    measure,
)
from tracegraph.link.same_work.features import Finding  # noqa: E402
from tracegraph.link.same_work.fit import fit  # noqa: E402
from tracegraph.link.same_work.model import CURRENT, parse_model, read_table  # noqa: E402
from tracegraph.link.same_work.prepare import prepare, prepare_item  # noqa: E402
from tracegraph.link.same_work.score import observe, total  # noqa: E402
from tracegraph.link.scores import to_probability  # noqa: E402
from tracegraph.model.items import Item  # noqa: E402

MODEL_FILE = REPO / "tracegraph" / "link" / "models" / f"{CURRENT}.json"
FOLDS = 5
#: Spread of the prior with generated projects, and without them: some hundred labels say less than thousands.
SPREAD, SPREAD_OF_FEW = 1.2, 0.5
#: Seeds and densities of the generated projects: to learn from, 2,500 records each; and to measure on, 10,000 each.
TRAINING = ((101, 30.0), (102, 140.0), (103, 1000.0))
TESTS = ((7, 30.0), (7, 140.0), (7, 1000.0), (8, 140.0))
TRAINING_RECORDS, TEST_RECORDS = 2_500, 10_000
LABELS = 2_000
#: How much the generated labels count, against one for each pair of the city. More moves the weights no further where
#: the city's pairs say something (their held-out figures stay), less leaves what only crowds show to the prior.
GENERATED = 12.0
#: The tambon's pairs say less each: one office, one year, and "different" only because the money differs.
PROVEN, OTHER = 0.5, 0.05
#: Read by people: a road that went on with other money, and a second phase beside the first that was approved.
READ = {("MS-P15", "MS-X21"): True, ("MS-A10", "MS-X09"): False}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with what the features found, its label, its records and how much it counts."""

    found: dict[str, Finding]
    same: bool
    records: tuple[str, str]
    importance: float


def label_city(shared: Path) -> list[Labelled]:
    """The labelled pairs of the city; pairs on which the readers could not decide are left out."""
    items = {p.item.source_id or "": p for p in prepare(read_klongluang(shared / "data" / "klongluang"))}
    pairs = read_gold(shared / "gold" / "klongluang_same_work_dev.csv")
    return [
        Labelled(observe(items[a], items[b]), label == "SAME", (a, b), 1.0)
        for a, b, label in pairs
        if label != "UNSURE"
    ]


def label_tambon(shared: Path) -> list[Labelled]:
    """Approved and planned items against action items of the tambon."""
    folder = shared / "data" / "maesai"
    items = {p.item.source_id or "": p for p in prepare(_projects(read_maesai(folder)))}
    with (folder / "gold_links_by_identical_budget.csv").open(encoding="utf-8-sig", newline="") as file:
        proven = {(row["from"], row["to"]) for row in csv.DictReader(file)}
    late = [key for key, item in items.items() if item.item.stage == "action"]
    labels = dict.fromkeys(proven, True) | READ
    return [
        Labelled(observe(item, items[b]), labels.get((a, b), False), (a, b), PROVEN if (a, b) in labels else OTHER)
        for a, item in items.items()
        if item.item.stage != "action"
        for b in late
    ]


def label_invented() -> list[Labelled]:
    """The invented pairs of the tests."""
    return [
        Labelled(observe(prepare_item(case.left), prepare_item(case.right)), case.same, (case.name, case.name), 1.0)
        for case in CASES
    ]


def label_generated() -> list[Labelled]:
    """Candidates of generated projects; no pair of the tests' seeds is among them."""
    rows = []
    model = parse_model(hand_table(read_table()))
    for seed, density in TRAINING:
        made = build_generated(TRAINING_RECORDS, seed=seed, density=density)
        for found, same, (a, b), weight in draw_labels(made, model, LABELS // len(TRAINING), seed=seed):
            ends = (f"{seed}:{made.items[a].uid}", f"{seed}:{made.items[b].uid}")
            rows.append(Labelled(found, same, ends, weight * GENERATED))
    return rows


def _projects(items: Any) -> list[Item]:
    return [item for item in items if item.role == "project"]


def hand_table(table: dict[str, Any]) -> dict[str, Any]:
    """The table with the hand-set weights in place of the fitted ones."""
    features = {}
    for name, entry in table["features"].items():
        kind = "curve" if "curve" in entry else "levels"
        features[name] = {**entry, kind: deepcopy(entry["hand"])}
    return {**table, "base": table["hand_base"], "features": features}


def report(name: str, scores: Sequence[float], labels: Sequence[bool]) -> str:
    """One line of figures."""
    pairs = list(zip(scores, labels, strict=True))
    at_half = measure(pairs)
    return (
        f"{name}: F1 {at_half.f1:.3f} precision {at_half.precision:.3f} recall {at_half.recall:.3f} at 0.5, "
        f"average precision {find_average_precision(pairs):.3f}, "
        f"recall at .95 precision {find_recall_at(pairs, 0.95):.3f}, "
        f"calibration error {find_calibration_error(pairs) or 0:.3f}"
    )


@dataclass(frozen=True, slots=True)
class Fitting:
    """What fitting gives: the fitted table, the one fitted without generated projects, the labels of the city's pairs,
    and three scores of each."""

    fitted: dict[str, Any]
    without_generated: dict[str, Any]
    counts: dict[str, int]
    labels: list[bool]
    by_hand: list[float]
    held_out: list[float]
    seen: list[float]


def fit_all(shared: Path) -> Fitting:
    """Fit on everything; score the city's pairs by the hand-set weights, by models that saw no record of a pair, and
    by the fitted weights."""
    hand = hand_table(read_table())
    city, real = label_city(shared), [*label_tambon(shared), *label_invented()]
    others = [*real, *label_generated()]

    def train(rows: Sequence[Labelled], more: Sequence[Labelled] = others, spread: float = SPREAD) -> dict[str, Any]:
        everything = [*rows, *more]
        return fit(
            [row.found for row in everything],
            [row.same for row in everything],
            hand,
            importance=[row.importance for row in everything],
            spread=spread,
        )

    def score(trained: dict[str, Any], rows: Sequence[Labelled]) -> list[float]:
        model = parse_model(trained)
        return [to_probability(total(row.found, model)) for row in rows]

    folds = build_folds([row.records for row in city], FOLDS)
    held_out = cross_validate(city, folds, lambda rows, rest: score(train(rows), rest))
    fitted = train(city)
    few = train(city, real, SPREAD_OF_FEW)
    counts = {"city": len(city), "same": sum(row.same for row in city), "generated": len(others) - len(real)}
    return Fitting(fitted, few, counts, [row.same for row in city], score(hand, city), held_out, score(fitted, city))


def measure_all(tables: dict[str, dict[str, Any]]) -> list[str]:
    """A line for each test seed and density and each table."""
    lines = []
    for seed, density in TESTS:
        made = build_generated(TEST_RECORDS, seed=seed, density=density)
        recalls = f"{made.find_recall():.4f}, of misplaced {made.find_recall(misplaced=True):.4f}"
        lines.append(f"seed {seed}, density {density:g}: {len(made.candidates)} candidates, recall {recalls}")
        lines += [f"  {name}: {measure_generated(made, parse_model(table))}" for name, table in tables.items()]
        print("\n".join(lines[-1 - len(tables) :]), flush=True)
    return lines


def main() -> int:
    """Fit, report, and write where asked."""
    parser = argparse.ArgumentParser(description="Fit the weights of same work")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true", help="write the fitted weights into the model file")
    parser.add_argument("--generated", action="store_true", help="measure on generated projects as well")
    options = parser.parse_args()
    found = fit_all(options.shared)
    lines = [
        report("hand-set", found.by_hand, found.labels),
        report("held-out clusters", found.held_out, found.labels),
        report("fitted", found.seen, found.labels),
    ]
    print("\n".join(lines))
    tables = {"2,000 generated labels": found.fitted, "no generated labels": found.without_generated}
    generated = measure_all(tables) if options.generated else read_table()["figures"].get("generated", [])
    if options.write:
        figures = {
            "pairs": found.counts["city"],
            "same": found.counts["same"],
            "held_out_clusters": lines[1],
            "generated_labels": found.counts["generated"],
            "generated_seeds": [seed for seed, _ in TRAINING],
            "generated": generated,
        }
        MODEL_FILE.write_text(dump({**found.fitted, "figures": figures}), encoding="utf-8")
        print(f"wrote {MODEL_FILE.relative_to(REPO)}")
    return 0


def dump(table: dict[str, Any]) -> str:
    """The table as JSON with one feature on a few lines, so that a person can read and compare it."""
    head = {key: value for key, value in table.items() if key != "features"}
    lines = [f'  "{name}": {json.dumps(entry, ensure_ascii=False)}' for name, entry in table["features"].items()]
    return json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "features": {\n' + ",\n".join(lines) + "\n }\n}\n"


if __name__ == "__main__":
    sys.exit(main())

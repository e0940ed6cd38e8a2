"""Fit the weights of "answers" to labelled pairs and write them into the model file that ships.

    python scripts/fit_answers.py SHARED [--write]

SHARED is the folder with ``data/`` and ``domain/`` (real records; they never enter the repository). Labels come from
three places: the proposals of one tambon that people read against its plans; the invented needs and look-alikes of the
domain notes; and what villages ask in their own words against a plan of nearly every kind (``tests/link/answers``), of
which part b is never fitted. Figures are of pairs whose need was in another fold than those that were learned from:
a need is in one fold with all its pairs, the tambon's needs by village. Pairs that are ruled out are left out, so that
the many sure zeros do not flatter the calibration.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

REPO = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPO))

from tests.link.answers.invented import read_invented  # noqa: E402
from tests.link.answers.maesai_labels import ANSWERS, UNSURE  # noqa: E402
from tests.link.answers.test_village_words import TAMBON, VILLAGE, plan, read_rows  # noqa: E402
from tests.link.readers import make_item, read_maesai  # noqa: E402
from tracegraph.link.answer_features import Corpus, build_corpus, find_all  # noqa: E402
from tracegraph.link.answer_fit import build_design, fit, read_weights  # noqa: E402
from tracegraph.link.answer_model import CURRENT, Finding, parse_model, read_table  # noqa: E402
from tracegraph.link.evaluate import (  # noqa: E402
    Scored,
    build_folds,
    find_average_precision,
    find_calibration_error,
    measure,
)
from tracegraph.link.scores import to_probability  # noqa: E402
from tracegraph.link.vectors import Vectors, open_vectors  # noqa: E402
from tracegraph.model.items import Item  # noqa: E402

MODEL_FILE = REPO / "tracegraph" / "link" / "models" / f"{CURRENT}.json"
FOLDS = 5
SPREAD = 0.4
CHANCE_SEED, CHANCE_DRAWS = 1, 200
#: Neighbours that help in part are not labelled as such, so that "other" says less where a plan has every kind.
OTHER_OF_VILLAGE = 0.75


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with what the features found, its label, its group (a need or its village) and how much it counts."""

    part: str
    group: str
    found: tuple[Finding, ...]
    truth: bool
    importance: float = 1.0


def iter_maesai(folder: Path, vectors: Vectors | None) -> Iterator[Labelled]:
    """Needs of the tambon against all its items; pairs on which the readers could not decide are left out."""
    items = list(read_maesai(folder))
    names = {item.uid: item.source_id or "" for item in items}
    needs = [item for item in items if item.role == "need"]
    projects = [item for item in items if item.role == "project"]
    for need, project, found in iter_findings(needs, projects, vectors):
        right, unsure = ANSWERS.get(names[need.uid], ()), UNSURE.get(names[need.uid], ())
        if names[project.uid] in right or names[project.uid] not in unsure:
            village = str(need.village_nos)
            yield Labelled("tambon", f"tambon {village}", found, names[project.uid] in right)


def iter_invented(folder: Path, vectors: Vectors | None) -> Iterator[Labelled]:
    """Invented needs against every invented project and look-alike."""
    invented = read_invented(folder)
    everything = [*invented.projects.values(), *(item for item, _ in invented.negatives.values())]
    for need, project, found in iter_findings(list(invented.needs.values()), everything, vectors):
        right = invented.right.get(need.source_id or "") == project.source_id
        yield Labelled("invented", need.uid, found, right)


def iter_village(part: str, vectors: Vectors | None) -> Iterator[Labelled]:
    """What villages ask for in their own words against a plan of nearly every kind."""
    for number, row in enumerate(row for row in read_rows("village_needs.csv") if row["part"] == part):
        need = make_item(
            row["text"], uid=f"need:{part}{number}", role="need", village_nos=(VILLAGE,), tambon=TAMBON,
            district=TAMBON[:4], province=TAMBON[:2],
        )  # fmt: skip
        wanted = row["wanted"].split("|")
        for _, project, found in iter_findings([need], list(plan().values()), vectors):
            right = project.text_hash in wanted
            yield Labelled(f"village {part}", need.uid, found, right, 1.0 if right else OTHER_OF_VILLAGE)


def iter_findings(
    needs: Sequence[Item], projects: Sequence[Item], vectors: Vectors | None
) -> Iterator[tuple[Item, Item, tuple[Finding, ...]]]:
    """What the features find on every pair that nothing rules out."""
    corpus: Corpus
    corpus, asked, offered = build_corpus(needs, projects, vectors=vectors, complete=len(needs) > 1)
    model = parse_model(read_table())
    for need in asked:
        for project in offered:
            found = tuple(find_all(need, project, corpus))
            if not any(model.is_veto(finding) for finding in found):
                yield need.item, project.item, found


def score_all(rows: Sequence[Labelled], table: dict[str, Any]) -> list[float]:
    """Probabilities by a table of weights."""
    totals = build_design([row.found for row in rows], table) @ read_weights(table)
    return [to_probability(float(total)) for total in totals]


def cross_validate(rows: Sequence[Labelled], table: dict[str, Any]) -> list[float]:
    """Probability of every pair by a model that saw no pair of its need (village)."""
    folds = np.array(build_folds([(row.group,) for row in rows], FOLDS))
    design = build_design([row.found for row in rows], table)
    out = np.zeros(len(rows))
    for fold in range(FOLDS):
        learned = [row for row, other in zip(rows, folds, strict=True) if other != fold]
        fitted = fit(
            design[folds != fold], [row.truth for row in learned], table,
            importance=[row.importance for row in learned], spread=SPREAD,
        )  # fmt: skip
        out[folds == fold] = [to_probability(float(t)) for t in design[folds == fold] @ read_weights(fitted)]
    return out.tolist()


def tell(title: str, rows: Sequence[Labelled], scores: Sequence[float]) -> None:
    """Print the figures of each part and of all."""
    told = sorted(zip(rows, scores, strict=True), key=lambda row: row[0].part)
    parts = [(part, list(group)) for part, group in groupby(told, key=lambda row: row[0].part)]
    for part, group in [*parts, ("all", told)]:
        pairs: list[Scored] = [(score, row.truth) for row, score in group]
        near = [pair for pair in pairs if pair[0] >= 0.1]
        at = measure(pairs)
        print(
            f"{title:8} {part:10} pairs {len(pairs):6,} true {sum(t for _, t in pairs):4} F1 {at.f1 or 0:.3f} "
            f"AP {find_average_precision(pairs) or 0:.3f} ECE {find_calibration_error(pairs) or 0:.4f} "
            f"ECE of pairs from .1 on {find_calibration_error(near) or 0:.4f} ({len(near)}; "
            f"by chance alone {find_chance(near):.4f})"
        )


def find_chance(pairs: Sequence[Scored]) -> float:
    """The calibration error that so few pairs show on average when every probability is exactly right."""
    chance = np.random.default_rng(CHANCE_SEED)
    drawn = [[(score, bool(chance.random() < score)) for score, _ in pairs] for _ in range(CHANCE_DRAWS)]
    return float(np.mean([find_calibration_error(draw) or 0.0 for draw in drawn]))


def main() -> None:
    """Fit, print figures of held-out needs, and write the file where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    table = read_table()
    hand = {**table, **table["hand"]} if "hand" in table else table
    vectors = open_vectors(Path(".vectors") if Path(".vectors").is_dir() else None)
    rows = [
        *iter_maesai(args.shared / "data" / "maesai", vectors),
        *iter_invented(args.shared / "domain", vectors),
        *iter_village("a", vectors),
    ]
    held = list(iter_village("b", vectors))
    tell("hand", [*rows, *held], score_all([*rows, *held], hand))
    validated = cross_validate(rows, hand)
    fitted = fit(
        build_design([row.found for row in rows], hand),
        [row.truth for row in rows],
        hand,
        importance=[row.importance for row in rows],
        spread=SPREAD,
    )
    tell("held out", [*rows, *held], [*validated, *score_all(held, fitted)])
    if args.write:
        fitted["hand"] = {"prior": hand["prior"], "features": hand["features"]}
        MODEL_FILE.write_text(write_table(fitted), encoding="utf-8", newline="\n")


def write_table(table: dict[str, Any]) -> str:
    """The table as JSON for people: a feature's levels and each of its curves on a line."""
    text = json.dumps(table, ensure_ascii=False, indent=1)
    text = re.sub(r"\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]", r"[\1, \2]", text)
    text = re.sub(r"\],\s+\[", "], [", text)
    text = re.sub(r"\[\s+\[", "[[", text)
    return re.sub(r"\]\s+\]", "]]", text) + "\n"


if __name__ == "__main__":
    main()

"""Alignment without learning, on budget lines that an office labelled and on the domain notes' projects."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from tracegraph.link.alignment import build_alignment_corpus, infer
from tracegraph.link.alignment_texts import StrategyRow
from tracegraph.link.lexicon import load_lexicon
from tracegraph.link.vectors import open_vectors
from tracegraph.model.items import Item
from tracegraph.model.strategies import national_strategies

pytestmark = pytest.mark.shared

#: Column of projects.csv for each list; several numbers are several right answers.
COLUMNS = {"NS": "national_strategy", "MP": "master_plan", "M13": "milestone13", "SDG": "sdg", "BP": "budget_programme"}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str) -> str:
    found = re.match(r"[\d.]+", text.strip())
    return found[0].rstrip(".") if found else ""


def _tree(rows: list[dict[str, str]]) -> list[StrategyRow]:
    entries: dict[str, StrategyRow] = {}
    for row in rows:
        above: str | None = None
        for column in ("strategy", "sub_strategy", "purpose_proj"):
            number = _number(row[column])
            entries[number] = (f"B:{number}", "B", number, row[column], above, "")
            above = f"B:{number}"
    return list(entries.values())


@pytest.mark.parametrize(("encoder", "leaf", "strategy"), [(True, 0.5, 0.8), (False, 0.5, 0.8)])
def test_labelled_budget_lines_without_learning(shared: Path, encoder: bool, leaf: float, strategy: float) -> None:
    folder = shared / "data" / "bkk_budget"
    labelled = read_rows(folder / "labelled.csv")
    projects = [
        Item(
            uid=f"p:{n:04d}",
            role="project",
            text=row["output_proj_name"],
            text_hash="",
            objective=row["plan_proj_name"],
        )
        for n, row in enumerate(labelled)
    ]
    tree = _tree(read_rows(folder / "strategies.csv"))
    corpus, subjects = build_alignment_corpus(projects, tree, load_lexicon(), open_vectors() if encoder else None)
    right: Counter[str] = Counter()
    for subject, row in zip(subjects, labelled, strict=True):
        first = next(one for one in infer(subject, "B", corpus) if one.entry.leaf).entry.number
        right["leaf"] += first == _number(row["purpose_proj"])
        right["strategy"] += first.split(".")[0] == _number(row["strategy"])
    assert right["leaf"] >= leaf * len(labelled), right
    assert right["strategy"] >= strategy * len(labelled), right


@pytest.mark.parametrize("encoder", [True, False])
def test_projects_of_the_domain_notes(shared: Path, encoder: bool) -> None:
    wanted = read_rows(shared / "domain" / "projects.csv")
    national = [(s.uid, s.list_id, s.number, s.name, s.parent, "|".join(s.aliases)) for s in national_strategies()]
    items = [
        Item(uid=f"p:{row['id']}", role="project", text=row["title"], text_hash="", target=row["target"])
        for row in wanted
    ]
    corpus, subjects = build_alignment_corpus(items, national, load_lexicon(), open_vectors() if encoder else None)
    for list_id, column in COLUMNS.items():
        first = near = 0
        for subject, row in zip(subjects, wanted, strict=True):
            right = {number.strip() for number in row[column].split(",")}
            ranked = [one.entry.number for one in infer(subject, list_id, corpus)][:2]
            first += ranked[0] in right
            near += bool(right & set(ranked))
        assert first >= 24, list_id
        assert near >= 28, list_id

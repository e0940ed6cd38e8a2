"""Complaints as citizens write them reach a project of a kind that fits the type they were filed under.

The complaints are of one city and the projects of another, so place plays no role: meaning decides. The development
half was learned from (``scripts/fit_need_kinds.py``); nobody looked at the texts of the held-out half. Complaints whose
only listed types a relay took from address words are in ``stated`` alone: they can hardly be met, and should not be.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.link.answers.reach_kinds import Complaint, find_kinds, read_complaints
from tests.link.readers import make_item, read_rows
from tracegraph.link import answers
from tracegraph.link.vectors import open_vectors
from tracegraph.model.items import Item
from tracegraph.thai.debris import find_debris

pytestmark = pytest.mark.shared

Firsts = dict[str, Item]


@pytest.fixture(scope="module")
def projects(shared: Path) -> list[Item]:
    """Items of the plan whose name is no debris of a scan, one for each name; the name is all that is known."""
    rows = read_rows(shared / "data" / "klongluang" / "plan_projects.csv")
    names = {cells["project_name_th"]: None for _, cells in rows}
    return [make_item(name, uid=f"proj:{n:04d}") for n, name in enumerate(names) if not find_debris(name)]


@pytest.fixture(scope="module")
def complaints(shared: Path) -> list[Complaint]:
    """Every third complaint, to spare time; TRACEGRAPH_ALL_COMPLAINTS=1 takes all."""
    step = 1 if os.environ.get("TRACEGRAPH_ALL_COMPLAINTS") == "1" else 3
    return read_complaints(shared / "data" / "traffy" / "complaints.csv")[::step]


@pytest.fixture(scope="module", params=["with vectors", "without"])
def firsts(
    request: pytest.FixtureRequest,
    complaints: list[Complaint],
    projects: list[Item],
    tmp_path_factory: pytest.TempPathFactory,
) -> Firsts:
    """The first project of each complaint by id."""
    cache = tmp_path_factory.mktemp("vectors")
    needs = [make_item(one.text, uid=f"need:{one.id}", role="need") for one in complaints]
    vectors = open_vectors(cache) if request.param == "with vectors" else None
    ranked = answers.rank(needs, projects, limit=1, vectors=vectors)
    return {uid.removeprefix("need:"): best[0][0] for uid, best in ranked.items()}


def share(complaints: list[Complaint], firsts: Firsts, fits: Callable[[Complaint], frozenset[str]]) -> float:
    """Share of the complaints with a fitting type whose first project is of a kind that fits."""
    usable = [one for one in complaints if fits(one)]
    hits = sum(bool(fits(one) & find_kinds(firsts[one.id].text)) for one in usable)
    print(f"{hits}/{len(usable)} = {hits / len(usable):.3f}")  # noqa: T201  (shown with -s)
    return hits / len(usable)


@pytest.mark.parametrize("held", [False, True], ids=["development half", "held-out half"])
def test_the_first_project_is_of_a_fitting_kind(complaints: list[Complaint], firsts: Firsts, held: bool) -> None:
    half = [one for one in complaints if one.held is held]
    assert len(half) >= 200
    assert share(half, firsts, lambda one: one.told) >= 0.86
    assert share(half, firsts, lambda one: one.stated) >= 0.76


def test_every_type_fits_some_project(projects: list[Item], complaints: list[Complaint]) -> None:
    there = frozenset().union(*(find_kinds(item.text) for item in projects))
    assert all(one.stated <= there for one in complaints)
    assert len(projects) >= 1000

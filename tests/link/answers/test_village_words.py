"""What villages ask for in their own words, against a plan that holds one project of nearly every kind.

``village_plan.csv`` is the plan, ``village_needs.csv`` the needs with the projects that answer each (and those that
must not). Part ``a`` was at hand when words were added to the lexicon; part ``b`` was written before and then only
counted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tracegraph.link import answers
from tracegraph.link.vectors import PhraseVectors, open_vectors
from tracegraph.model.items import Item

HERE = Path(__file__).parent
TAMBON, VILLAGE = "990101", 3
FLOOR = 0.5


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def plan() -> dict[str, Item]:
    """The projects by id; those with a village stand in the need's village, the others serve the tambon."""
    return {
        row["id"]: Item(
            uid=f"proj:{row['id']}",
            role="project",
            text=row["text"],
            text_hash=row["id"],
            village_nos=(int(row["village"]),) if row["village"] else (),
            tambon=TAMBON,
            district=TAMBON[:4],
            province=TAMBON[:2],
        )
        for row in read_rows("village_plan.csv")
    }


@pytest.fixture(scope="module", params=["with vectors", "without"])
def encoder(request: pytest.FixtureRequest) -> PhraseVectors | None:
    return open_vectors() if request.param == "with vectors" else None


def ask(text: str, encoder: PhraseVectors | None, without: frozenset[str] = frozenset()) -> list[str]:
    projects = [project for name, project in plan().items() if name not in without]
    found = answers.match_text(text, projects, area=f"{TAMBON}{VILLAGE:02d}", vectors=encoder, floor=FLOOR)
    return [item.text_hash for item, _ in found]


def needs(part: str) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    for row in read_rows("village_needs.csv"):
        if row["part"] == part:
            yield row["text"], frozenset(row["wanted"].split("|")), frozenset(filter(None, row["never"].split("|")))


def test_the_lists_fit_together() -> None:
    for part in "ab":
        rows = list(needs(part))
        assert len(rows) >= 90
        assert len({text for text, _, _ in rows}) == len(rows)
        assert all(wanted and wanted | never <= set(plan()) and not wanted & never for _, wanted, never in rows)


@pytest.mark.parametrize(("part", "first", "anywhere"), [("a", 0.95, 0.98), ("b", 0.9, 0.97)])
def test_villagers_find_their_project(part: str, first: float, anywhere: float, encoder: PhraseVectors | None) -> None:
    rows = [(text, wanted, ask(text, encoder)) for text, wanted, _ in needs(part)]
    at_the_top = [text for text, wanted, found in rows if found and found[0] in wanted]
    somewhere = [text for text, wanted, found in rows if wanted.intersection(found)]
    assert len(at_the_top) >= first * len(rows)
    assert len(somewhere) >= anywhere * len(rows)


def test_a_dry_season_draws_no_fire_engine_and_a_road_no_house(encoder: PhraseVectors | None) -> None:
    given = {text: never.intersection(ask(text, encoder)) for part in "ab" for text, _, never in needs(part) if never}
    assert len(given) >= 20
    assert {text: wrong for text, wrong in given.items() if wrong} == {}


def test_where_the_answers_are_taken_away_most_needs_have_none(encoder: PhraseVectors | None) -> None:
    rows = [(text, ask(text, encoder, without=wanted)) for part in "ab" for text, wanted, _ in needs(part)]
    given = [text for text, found in rows if found]
    assert len(given) <= 0.25 * len(rows)  # what remains are neighbours that help in part (a drain, a dredged stream)
